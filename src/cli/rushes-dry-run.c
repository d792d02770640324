/* rushes-dry-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-dry-run.h"

#include <ftw.h>
#include <glib/gi18n.h>
#include <stdio.h>

#include "rushes-async.h"
#include "rushes-pictures.h"
#include "rushes-request.h"

static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  return remove (path);
}

static void
say_clean (RushesPrinter *printer, const char *text)
{
  g_autofree char *clean = rushes_clean_words (text);

  rushes_printer_say (printer, "%s", clean);
}

static void
say_header (JsonObject *headers, const char *name, JsonNode *value, gpointer data)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", name, json_node_get_string (value));

  say_clean (data, line);
}

/* What the take itself would cost, which is asked for by its last request. */
static void
say_cost (RushesPrinter *printer, const RushesPrice *price, JsonObject *sent)
{
  JsonNode *cost = rushes_price_to_json (price);
  g_autofree char *words = rushes_price_to_display (price);

  if (cost != NULL)
    json_object_set_member (sent, "cost", cost);
  else
    json_object_set_null_member (sent, "cost");
  /* Translators: of a take that is not made: “free”, “about $0.50”. */
  rushes_printer_remark (printer, _ ("What it would cost: %s"), words);
}

/* As it would go over the wire; what is made on this computer is asked for by the request itself. */
static void
say_request (RushesInvocation *invocation, RushesRequest *request, const RushesPrice *price, JsonObject *sent)
{
  RushesPrinter *printer = rushes_invocation_get_printer (invocation);
  JsonNode *body = json_object_get_member (sent, "body");

  if (!json_object_get_null_member (sent, "url"))
    {
      g_autofree char *line = g_strdup_printf ("%s %s", json_object_get_string_member (sent, "method"),
                                               json_object_get_string_member (sent, "url"));

      say_clean (printer, line);
      json_object_foreach_member (json_object_get_object_member (sent, "headers"), say_header, printer);
      rushes_printer_say (printer, "%s", "");
    }
  if (body != NULL && !JSON_NODE_HOLDS_NULL (body))
    {
      g_autofree char *text = json_to_string (body, TRUE);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

      /* A picture in a body is longer than any words. */
      for (guint i = 0; lines[i] != NULL; i++)
        say_clean (printer, lines[i]);
    }

  if (g_str_equal (json_object_get_string_member (sent, "step"), "submit"))
    say_cost (printer, price, sent);
  json_object_set_string_member (sent, "event", "request");
  json_object_set_string_member (sent, "provider", rushes_request_get_provider_id (request));
  rushes_printer_emit (printer, json_object_ref (sent));
}

static gboolean
rehearse (RushesInvocation *invocation,
          RushesModel *model,
          RushesRequest *request,
          RushesFolders *folders,
          GError **error)
{
  RushesPrice price = rushes_model_estimate_request (model, request);
  RushesProvider *provider =
      rushes_registry_find (rushes_invocation_get_registry (invocation), rushes_request_get_provider_id (request));
  g_autofree char *own_id = rushes_new_id ();
  g_autoptr (GFile) spool = g_file_get_child (rushes_folders_get_spool (folders), own_id);
  g_autoptr (RushesJob) job = rushes_job_new (request, own_id, spool, rushes_invocation_get_fitter (invocation));
  g_autoptr (JsonNode) list = dex_await_boxed (rushes_provider_rehearse (provider, job), error);

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
    say_request (invocation, request, &price, json_array_get_object_element (json_node_get_array (list), i));
  return TRUE;
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

          if (!rehearse (invocation, model, request, folders, error))
            return FALSE;
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
