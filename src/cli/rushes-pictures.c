/* rushes-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pictures.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-standard-streams.h"

static gboolean
is_input (const char *typed)
{
  return g_strcmp0 (typed, "-") == 0;
}

guint
rushes_pictures_count (const RushesGenerateOptions *options)
{
  return options->images != NULL ? MAX (g_strv_length (options->images), 1) : 1;
}

gboolean
rushes_pictures_check (const RushesGenerateOptions *options, GError **error)
{
  guint n_inputs = is_input (options->last_image) ? 1 : 0;

  for (guint i = 0; options->images != NULL && options->images[i] != NULL; i++)
    n_inputs += is_input (options->images[i]) ? 1 : 0;
  for (guint i = 0; options->references != NULL && options->references[i] != NULL; i++)
    n_inputs += is_input (options->references[i]) ? 1 : 0;
  if (n_inputs <= 1)
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("Standard input holds one picture; give - only once."));
  return FALSE;
}

static char *
name_of (const char *typed)
{
  g_autofree char *base = NULL;

  if (is_input (typed))
    return g_strdup (_ ("standard input"));
  base = g_path_get_basename (typed);
  return g_filename_display_name (base);
}

static RushesReference *
new_stand_in (const char *typed)
{
  g_autofree char *nothing = g_strnfill (64, '0');
  g_autofree char *name = name_of (typed);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (typed);

  return rushes_reference_new (nothing, "image/png", 1, 1, 0, name, file);
}

void
rushes_pictures_stand_in (const RushesGenerateOptions *options, RushesDraft *draft)
{
  if (options->images != NULL && options->images[0] != NULL)
    {
      g_autoptr (RushesReference) first = new_stand_in (options->images[0]);

      rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, first);
    }
  if (options->last_image != NULL)
    {
      g_autoptr (RushesReference) last = new_stand_in (options->last_image);

      rushes_draft_set_reference (draft, RUSHES_ROLE_LAST_FRAME, 0, last);
    }
  for (guint i = 0; options->references != NULL && options->references[i] != NULL; i++)
    {
      g_autoptr (RushesReference) reference = new_stand_in (options->references[i]);

      rushes_draft_set_reference (draft, RUSHES_ROLE_REFERENCE, i, reference);
    }
}

static RushesReference *
import (const char *typed, RushesImporter *importer, gboolean offline, GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (is_input (typed))
    {
      g_autoptr (GInputStream) input = rushes_standard_input_open ();

      return dex_await_object (rushes_importer_import_stream (importer, input, _ ("standard input")), error);
    }

  file = g_file_new_for_commandline_arg (typed);
  if (offline && !g_file_is_native (file))
    return new_stand_in (typed);
  return dex_await_object (rushes_importer_import_file (importer, file), error);
}

static gboolean
replace (const char *typed,
         RushesImporter *importer,
         gboolean offline,
         RushesDraft *draft,
         RushesReferenceRole role,
         guint n,
         GError **error)
{
  g_autoptr (RushesReference) reference = import (typed, importer, offline, error);

  if (reference == NULL)
    return FALSE;
  rushes_draft_set_reference (draft, role, n, reference);
  return TRUE;
}

gboolean
rushes_pictures_import (const RushesGenerateOptions *options,
                        RushesImporter *importer,
                        gboolean offline,
                        RushesDraft *draft,
                        GPtrArray **batch,
                        GError **error)
{
  g_autoptr (GPtrArray) firsts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; options->images != NULL && options->images[i] != NULL; i++)
    {
      RushesReference *reference = import (options->images[i], importer, offline, error);

      if (reference == NULL)
        return FALSE;
      g_ptr_array_add (firsts, reference);
    }
  if (firsts->len > 0)
    rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, g_ptr_array_index (firsts, 0));

  if (options->last_image != NULL &&
      !replace (options->last_image, importer, offline, draft, RUSHES_ROLE_LAST_FRAME, 0, error))
    return FALSE;
  for (guint i = 0; options->references != NULL && options->references[i] != NULL; i++)
    if (!replace (options->references[i], importer, offline, draft, RUSHES_ROLE_REFERENCE, i, error))
      return FALSE;

  *batch = firsts->len > 1 ? g_steal_pointer (&firsts) : NULL;
  return TRUE;
}
