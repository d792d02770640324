/* rushes-dry-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-dry-run.h"

#include <ftw.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "rushes-pictures.h"
#include "rushes-request.h"

static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  return remove (path);
}

/* What is made on this computer is asked for by the request itself: there is no address. */
static void
say_request (RushesInvocation *invocation, RushesRequest *request)
{
  RushesPrinter *printer = rushes_invocation_get_printer (invocation);
  g_autoptr (JsonNode) body = rushes_request_to_json (request);
  g_autofree char *text = json_to_string (body, TRUE);
  g_autofree char *clean = rushes_clean_words (text);
  JsonObject *event = json_object_new ();

  rushes_printer_say (printer, "%s", clean);

  json_object_set_string_member (event, "event", "request");
  json_object_set_string_member (event, "step", "submit");
  json_object_set_string_member (event, "provider", rushes_request_get_provider_id (request));
  json_object_set_null_member (event, "method");
  json_object_set_null_member (event, "url");
  json_object_set_object_member (event, "headers", json_object_new ());
  json_object_set_member (event, "body", g_steal_pointer (&body));
  rushes_printer_emit (printer, event);
}

static gboolean
import_and_say (RushesInvocation *invocation,
                const RushesGenerateOptions *options,
                RushesModel *model,
                RushesDraft *draft,
                RushesFolders *folders,
                GError **error)
{
  g_autoptr (RushesImporter) importer = rushes_importer_new (folders, rushes_invocation_get_fitter (invocation));
  g_autoptr (GPtrArray) batch = NULL;
  guint n_pictures = rushes_pictures_count (options);

  if (!rushes_folders_ensure (folders, error) ||
      !rushes_pictures_import (options, importer, TRUE, draft, &batch, error))
    return FALSE;

  for (guint i = 0; i < n_pictures; i++)
    {
      if (batch != NULL)
        rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, g_ptr_array_index (batch, i));
      for (int j = 0; j < rushes_draft_get_count (draft); j++)
        {
          g_autoptr (RushesRequest) request = rushes_request_new (draft, model, i * rushes_draft_get_count (draft) + j);

          say_request (invocation, request);
        }
    }
  return TRUE;
}

int
rushes_dry_run (RushesInvocation *invocation,
                const RushesGenerateOptions *options,
                RushesModel *model,
                RushesDraft *draft)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_dir_make_tmp ("rushes-XXXXXX", &error);
  gboolean done = FALSE;

  if (path != NULL)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (path);
      g_autoptr (RushesFolders) folders = rushes_folders_new (folder, folder);

      done = import_and_say (invocation, options, model, draft, folders, &error);
      nftw (path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    }

  if (!done)
    return rushes_invocation_fail (invocation, error);
  rushes_printer_remark (rushes_invocation_get_printer (invocation), "%s",
                         _ ("This was a dry run: nothing was made and nothing was sent."));
  return 0;
}
