/* rushes-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-request-private.h"

#include <string.h>

#include "rushes-draft-private.h"
#include "rushes-model-private.h"

struct _RushesRequest
{
  GObject parent_instance;

  RushesBrief *brief;
  char *whole_prompt;
  GError *problem; /* of one that is lost */
};

G_DEFINE_FINAL_TYPE (RushesRequest, rushes_request, G_TYPE_OBJECT)

static void
rushes_request_finalize (GObject *object)
{
  RushesRequest *self = RUSHES_REQUEST (object);

  g_clear_pointer (&self->brief, rushes_brief_free);
  g_free (self->whole_prompt);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (rushes_request_parent_class)->finalize (object);
}

static void
rushes_request_class_init (RushesRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_request_finalize;
}

static void
rushes_request_init (RushesRequest *self)
{
}

/* Takes @brief. */
static RushesRequest *
new_for_brief (RushesBrief *brief)
{
  RushesRequest *self = g_object_new (RUSHES_TYPE_REQUEST, NULL);

  self->brief = brief;
  self->whole_prompt = rushes_brief_get_whole_prompt (brief);
  return self;
}

/* Services that take a seed take at least 31 bits of it. */
static gint64
random_seed (void)
{
  return g_random_int () & G_MAXINT32;
}

RushesRequest *
rushes_request_new (RushesDraft *draft, RushesModel *model, guint index)
{
  RushesBrief *brief;

  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);
  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);

  brief = rushes_brief_copy (rushes_draft_peek (draft));
  g_clear_pointer (&brief->sheet, json_node_unref);
  if (rushes_model_get_sheet (model) != NULL)
    brief->sheet = json_node_ref (rushes_model_get_sheet (model));
  model = rushes_model_complete (model, brief);
  brief->count = 1;
  if (rushes_model_get_has_seed (model))
    brief->seed = brief->seed < 0 ? random_seed () : (gint64) (((guint64) brief->seed + index) & G_MAXINT64);

  return new_for_brief (brief);
}

RushesRequest *
rushes_request_new_lost (const char *provider_id, const char *model_id, const char *prompt, const GError *problem)
{
  RushesBrief *brief;
  RushesRequest *self;

  g_return_val_if_fail (provider_id != NULL && model_id != NULL && prompt != NULL, NULL);
  g_return_val_if_fail (problem != NULL, NULL);

  /* Where one thing is spoilt, others may be. */
  brief = rushes_brief_new ();
  brief->provider_id = g_utf8_make_valid (provider_id, -1);
  brief->model_id = g_utf8_make_valid (model_id, -1);
  g_free (brief->prompt);
  brief->prompt = g_utf8_make_valid (prompt, -1);
  self = new_for_brief (brief);
  self->problem = g_error_copy (problem);

  return self;
}

const GError *
rushes_request_get_problem (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);

  return self->problem;
}

const RushesBrief *
rushes_request_peek (RushesRequest *self)
{
  return self->brief;
}

const char *
rushes_request_get_provider_id (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->provider_id;
}

const char *
rushes_request_get_model_id (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->model_id;
}

const char *
rushes_request_get_prompt (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->prompt;
}

const char *
rushes_request_get_preset_id (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->preset_id;
}

const char *
rushes_request_get_preset_text (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->preset_text;
}

const char *
rushes_request_get_whole_prompt (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->whole_prompt;
}

const char *
rushes_request_get_negative_prompt (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->negative_prompt;
}

double
rushes_request_get_duration (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), 0);
  return self->brief->duration;
}

const char *
rushes_request_get_resolution (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->resolution;
}

const char *
rushes_request_get_aspect (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->aspect;
}

int
rushes_request_get_frame_rate (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), 0);
  return self->brief->frame_rate;
}

gint64
rushes_request_get_seed (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), -1);
  return self->brief->seed;
}

gboolean
rushes_request_get_audio (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), FALSE);
  return self->brief->audio;
}

gboolean
rushes_request_get_watermark (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), FALSE);
  return self->brief->watermark;
}

const char *
rushes_request_get_parameter (RushesRequest *self, const char *name)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return g_hash_table_lookup (self->brief->parameters, name);
}

guint
rushes_request_get_n_references (RushesRequest *self, RushesReferenceRole role)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), 0);
  g_return_val_if_fail (role < RUSHES_N_ROLES, 0);

  return self->brief->references[role]->len;
}

RushesReference *
rushes_request_get_reference (RushesRequest *self, RushesReferenceRole role, guint n)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  g_return_val_if_fail (role < RUSHES_N_ROLES, NULL);

  return n < self->brief->references[role]->len ? g_ptr_array_index (self->brief->references[role], n) : NULL;
}

JsonNode *
rushes_request_get_sheet (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->sheet;
}

const RushesExtension *
rushes_request_get_extension (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return self->brief->extension;
}

/* All white space, line ends too, becomes single spaces. */
static char *
make_line (const char *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_isspace (c))
        g_string_append_unichar (line, c);
      else if (line->len > 0 && line->str[line->len - 1] != ' ')
        g_string_append_c (line, ' ');
    }
  if (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);

  return g_string_free (g_steal_pointer (&line), FALSE);
}

char *
rushes_request_get_title (RushesRequest *self)
{
  g_autofree char *typed = NULL;

  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);

  typed = make_line (self->brief->prompt);
  if (*typed != '\0')
    return g_steal_pointer (&typed);
  if (self->brief->preset_text != NULL)
    return make_line (self->brief->preset_text);
  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    if (self->brief->references[i]->len > 0)
      return make_line (rushes_reference_get_name (g_ptr_array_index (self->brief->references[i], 0)));

  return g_strdup ("");
}

JsonNode *
rushes_request_to_json (RushesRequest *self)
{
  g_return_val_if_fail (RUSHES_IS_REQUEST (self), NULL);
  return rushes_brief_to_json (self->brief, FALSE);
}

RushesRequest *
rushes_request_from_json (JsonNode *node, GFile *references_folder, GError **error)
{
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (RushesBrief) brief = NULL;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (references_folder), NULL);

  reader = rushes_json_reader_new (node, "request");
  brief = rushes_brief_new ();
  rushes_json_reader_need (reader, "provider", "model", "duration", NULL);
  rushes_brief_read (brief, reader, references_folder);
  brief->count = 1;

  return rushes_json_reader_finish (reader, error) ? new_for_brief (g_steal_pointer (&brief)) : NULL;
}
