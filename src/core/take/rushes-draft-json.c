/* rushes-draft-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-draft-private.h"

/* How a draft is kept: its brief, and what the person wants to spend at most, which is no part of any request. */

JsonNode *
rushes_draft_to_json (RushesDraft *self)
{
  g_autofree char *budget = NULL;
  JsonNode *node;

  g_return_val_if_fail (RUSHES_IS_DRAFT (self), NULL);

  node = rushes_brief_to_json (rushes_draft_peek (self), TRUE);
  g_object_get (self, "budget", &budget, NULL);
  if (budget != NULL)
    json_object_set_string_member (json_node_get_object (node), "budget", budget);
  return node;
}

static void
read_budget (RushesDraft *self, RushesJsonReader *reader)
{
  g_auto (GStrv) parts = g_strsplit (rushes_json_reader_get_string (reader, "budget", ""), " ", 2);
  RushesMoney budget;

  if (g_strv_length (parts) == 2 && rushes_money_parse (parts[0], parts[1], &budget))
    rushes_draft_set_budget (self, budget);
}

void
rushes_draft_load_json (RushesDraft *self, JsonNode *node, GFile *references_folder)
{
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (RushesBrief) brief = NULL;

  g_return_if_fail (RUSHES_IS_DRAFT (self));
  g_return_if_fail (node != NULL);
  g_return_if_fail (G_IS_FILE (references_folder));

  /* Mistakes are not asked for: what can be read is. */
  reader = rushes_json_reader_new (node, "draft");
  brief = rushes_brief_copy (rushes_draft_peek (self));
  rushes_brief_read (brief, reader, references_folder);
  /* What a service may be asked to make longer is found anew each time, and never out of a file. */
  g_clear_pointer (&brief->extension, rushes_extension_free);
  rushes_draft_adopt (self, brief);
  read_budget (self, reader);
}
