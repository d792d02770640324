/* rushes-model-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-draft-private.h"

#define MAX_BYTES  G_GINT64_CONSTANT (10000000000)
#define MAX_EDGE   100000
#define MAX_ASPECT 100

static const char *const forms[] = { "data", "base64", "part", "upload", "address", NULL };

#define N_FORMS (G_N_ELEMENTS (forms) - 1)

struct _RushesPictures
{
  RushesPictureForm forms[N_FORMS]; /* the preferred one first */
  guint n_forms;
  RushesPictureForm large_forms[N_FORMS]; /* those of them for more than inline_bytes */
  guint n_large_forms;
  gint64 inline_bytes; /* 0: no limit; the same for those below */
  gint64 max_bytes;
  int max_edge;
  int min_edge;
  double min_aspect;
  double max_aspect;
  char **types;
  gboolean crop;
};

RushesPictures *
rushes_pictures_ref (RushesPictures *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RushesPictures *self = data;

  g_strfreev (self->types);
}

void
rushes_pictures_unref (RushesPictures *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* ---- reading ---- */

static gboolean
is_inline (RushesPictureForm form)
{
  return form == RUSHES_FORM_DATA || form == RUSHES_FORM_BASE64;
}

static gboolean
has_form (const RushesPictures *self, RushesPictureForm form)
{
  for (guint i = 0; i < self->n_forms; i++)
    if (self->forms[i] == form)
      return TRUE;
  return FALSE;
}

static void
read_forms (RushesPictures *self, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_list (reader, "as"))
    return;

  self->n_forms = 0;
  while (rushes_json_reader_next (reader))
    {
      RushesPictureForm form = rushes_json_reader_get_word (reader, NULL, forms, RUSHES_FORM_DATA);

      if (has_form (self, form))
        rushes_json_reader_complain (reader, NULL, _ ("there is another “%s” already."), forms[form]);
      else
        self->forms[self->n_forms++] = form;
    }
  if (self->n_forms == 0)
    rushes_json_reader_complain (reader, NULL, "%s", _ ("at least one form is expected."));
  rushes_json_reader_leave (reader);
}

static void
find_large_forms (RushesPictures *self)
{
  self->n_large_forms = 0;
  for (guint i = 0; i < self->n_forms; i++)
    if (!is_inline (self->forms[i]))
      self->large_forms[self->n_large_forms++] = self->forms[i];
}

RushesPictures *
rushes_pictures_read (RushesJsonReader *reader, RushesPictures *base)
{
  RushesPictures *self;

  if (!rushes_json_reader_enter_object (reader, "pictures"))
    return base != NULL ? rushes_pictures_ref (base) : NULL;

  self = g_atomic_rc_box_new0 (RushesPictures);
  if (base != NULL)
    *self = *base;
  else
    rushes_json_reader_need (reader, "as", "types", NULL);

  read_forms (self, reader);
  find_large_forms (self);
  self->inline_bytes = rushes_json_reader_get_integer (reader, "inline_bytes", 1, MAX_BYTES, self->inline_bytes);
  self->max_bytes = rushes_json_reader_get_integer (reader, "max_bytes", 1, MAX_BYTES, self->max_bytes);
  self->max_edge = rushes_json_reader_get_integer (reader, "max_edge", 1, MAX_EDGE, self->max_edge);
  self->min_edge = rushes_json_reader_get_integer (reader, "min_edge", 1, MAX_EDGE, self->min_edge);
  self->min_aspect =
      rushes_json_reader_get_number (reader, "min_aspect", 1.0 / MAX_ASPECT, MAX_ASPECT, self->min_aspect);
  self->max_aspect = rushes_json_reader_get_number (reader, "max_aspect", MAX (self->min_aspect, 1.0 / MAX_ASPECT),
                                                    MAX_ASPECT, self->max_aspect);
  self->types = rushes_json_reader_has (reader, "types") ? rushes_json_reader_get_strings (reader, "types")
                                                         : g_strdupv (self->types);
  self->crop = rushes_json_reader_get_boolean (reader, "crop", self->crop);
  rushes_json_reader_leave (reader);

  return self;
}

/* ---- asking ---- */

const RushesPictureForm *
rushes_model_get_picture_forms (RushesModel *self, gsize n_bytes, guint *n_forms)
{
  const RushesPictures *pictures;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (n_forms != NULL, NULL);

  pictures = self->pictures;
  *n_forms = 0;
  if (pictures == NULL || (pictures->max_bytes > 0 && n_bytes > (guint64) pictures->max_bytes))
    return NULL;

  if (pictures->inline_bytes > 0 && n_bytes > (guint64) pictures->inline_bytes)
    {
      *n_forms = pictures->n_large_forms;
      return pictures->large_forms;
    }
  *n_forms = pictures->n_forms;
  return pictures->forms;
}

/* Where large pictures could only go by an upload place that the person would have to choose, they are rather made
 * small enough to go with the request. */
static gint64
get_max_bytes (const RushesPictures *pictures)
{
  gboolean goes_inline = has_form (pictures, RUSHES_FORM_DATA) || has_form (pictures, RUSHES_FORM_BASE64);
  gboolean goes_large = has_form (pictures, RUSHES_FORM_PART) || has_form (pictures, RUSHES_FORM_UPLOAD);

  if (!goes_inline || goes_large || pictures->inline_bytes == 0)
    return pictures->max_bytes;
  return pictures->max_bytes > 0 ? MIN (pictures->max_bytes, pictures->inline_bytes) : pictures->inline_bytes;
}

/* The shape that a picture is cropped to; 0 for its own. */
static double
get_aspect (const RushesPictures *pictures, const RushesBrief *brief, RushesReference *picture)
{
  double own = (double) rushes_reference_get_width (picture) / rushes_reference_get_height (picture);
  double aspect = own;
  int width, height;

  if (pictures->crop && brief->aspect != NULL)
    aspect = rushes_aspect_to_ratio (brief->aspect);
  else if (pictures->crop && brief->resolution != NULL && strpbrk (brief->resolution, "xX") != NULL &&
           rushes_resolution_to_size (brief->resolution, NULL, &width, &height))
    aspect = (double) width / height;

  if (pictures->min_aspect > 0)
    aspect = MAX (aspect, pictures->min_aspect);
  if (pictures->max_aspect > 0)
    aspect = MIN (aspect, pictures->max_aspect);
  return aspect == own ? 0 : aspect;
}

gboolean
rushes_model_get_picture_limits (RushesModel *self,
                                 RushesDraft *draft,
                                 RushesReference *picture,
                                 RushesPictureLimits *limits)
{
  const RushesPictures *pictures;
  g_autoptr (RushesBrief) brief = NULL;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), FALSE);
  g_return_val_if_fail (RUSHES_IS_REFERENCE (picture), FALSE);
  g_return_val_if_fail (limits != NULL, FALSE);

  pictures = self->pictures;
  if (pictures == NULL)
    return FALSE;

  brief = rushes_brief_copy (rushes_draft_peek (draft));
  rushes_model_complete (self, brief);
  *limits = (RushesPictureLimits) {
    .max_edge = pictures->max_edge,
    .min_edge = pictures->min_edge,
    .max_bytes = get_max_bytes (pictures),
    .aspect = get_aspect (pictures, brief, picture),
    .media_types = (const char *const *) pictures->types,
  };
  return TRUE;
}
