/* rushes-take-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-entry.h"

#include "rushes-async.h"
#include "rushes-search.h"

RushesTakeEntry *
rushes_take_entry_new (const char *id, RushesRequest *request)
{
  const RushesReferenceRole roles[] = { RUSHES_ROLE_FIRST_FRAME, RUSHES_ROLE_LAST_FRAME, RUSHES_ROLE_REFERENCE };
  g_autoptr (JsonNode) node = rushes_request_to_json (request);
  RushesTakeEntry *self = g_new0 (RushesTakeEntry, 1);

  self->id = id != NULL ? g_strdup (id) : rushes_new_id ();
  self->request = json_to_string (node, FALSE);
  self->provider = g_strdup (rushes_request_get_provider_id (request));
  self->model = g_strdup (rushes_request_get_model_id (request));
  self->prompt = g_strdup (rushes_request_get_prompt (request));
  self->whole_prompt = g_strdup (rushes_request_get_whole_prompt (request));
  self->references = g_ptr_array_new_with_free_func (g_free);
  for (guint r = 0; r < G_N_ELEMENTS (roles); r++)
    for (guint i = 0; i < rushes_request_get_n_references (request, roles[r]); i++)
      {
        RushesReference *reference = rushes_request_get_reference (request, roles[r], i);

        g_ptr_array_add (self->references, g_strdup (rushes_reference_role_to_string (roles[r])));
        g_ptr_array_add (self->references, g_strdup (rushes_reference_get_sha256 (reference)));
      }

  return self;
}

void
rushes_take_entry_free (RushesTakeEntry *self)
{
  g_free (self->id);
  g_free (self->request);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->prompt);
  g_free (self->whole_prompt);
  g_ptr_array_unref (self->references);
  g_free (self);
}

static gboolean
write_references (const RushesTakeEntry *self, RushesDatabase *database, GError **error)
{
  for (guint i = 0; i < self->references->len; i += 2)
    if (!rushes_database_run (database, error,
                              "INSERT INTO take_references (take_id, role, place, sha256) VALUES (?, ?, ?, ?)", "ttit",
                              self->id, g_ptr_array_index (self->references, i), (gint64) i / 2,
                              g_ptr_array_index (self->references, i + 1)))
      return FALSE;

  return TRUE;
}

static gboolean
write_words (const RushesTakeEntry *self, RushesDatabase *database, const char *project_name, GError **error)
{
  g_autofree char *prompt = rushes_search_index (self->whole_prompt);
  g_autofree char *model = rushes_search_index (self->model);
  g_autofree char *provider = rushes_search_index (self->provider);
  g_autofree char *project = rushes_search_index (project_name);

  return rushes_database_run (database, error,
                              "INSERT INTO takes_text (rowid, prompt, model, provider, project)"
                              " VALUES ((SELECT serial FROM takes WHERE id = ?), ?, ?, ?, ?)",
                              "ttttt", self->id, prompt, model, provider, project);
}

gboolean
rushes_take_entry_write (const RushesTakeEntry *self,
                         RushesDatabase *database,
                         const char *order_id,
                         guint place,
                         gint64 created,
                         const char *project_id,
                         const char *project_name,
                         GError **error)
{
  return rushes_database_run (database, error,
                              "INSERT INTO takes (id, project_id, order_id, place, created, request, provider, model,"
                              " prompt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                              "tttiitttt", self->id, project_id, order_id, (gint64) place, created, self->request,
                              self->provider, self->model, self->prompt) &&
         write_references (self, database, error) && write_words (self, database, project_name, error);
}
