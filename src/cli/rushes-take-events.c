/* rushes-take-events.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-events.h"

#include <libdex.h>

#include "rushes-listing.h"
#include "rushes-printer.h"

void
rushes_attempt_facts_clear (RushesAttemptFacts *self)
{
  g_clear_pointer (&self->attempt, g_free);
  g_clear_pointer (&self->task_id, g_free);
  g_clear_pointer (&self->video_url, g_free);
}

/* Whether the attempt came past its submit: somebody has accepted it. */
static gboolean
was_accepted (JsonObject *attempt)
{
  JsonArray *steps = json_object_get_array_member (attempt, "steps");

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);
      RushesTakeState state;

      if (rushes_take_state_from_string (json_object_get_string_member (step, "state"), &state) &&
          (state == RUSHES_TAKE_STATE_RUNNING || state == RUSHES_TAKE_STATE_DOWNLOADING))
        return TRUE;
    }
  return FALSE;
}

/* Where the clip was at a service; what was made on this computer has no such place. */
static const char *
find_address (JsonObject *attempt)
{
  JsonArray *results = json_object_get_array_member (attempt, "results");

  for (guint i = 0; i < json_array_get_length (results); i++)
    {
      JsonObject *result = json_array_get_object_element (results, i);
      const char *uri = json_object_get_string_member_with_default (result, "uri", NULL);

      if (uri != NULL && g_str_has_prefix (uri, "http"))
        return uri;
    }
  return NULL;
}

void
rushes_attempt_facts_load (RushesAttemptFacts *self, RushesLibrary *library, RushesTake *take)
{
  g_autoptr (JsonNode) description = dex_await_boxed (rushes_library_describe_take (library, take), NULL);
  JsonArray *attempts;
  JsonObject *attempt;

  if (description == NULL)
    return;
  attempts = json_object_get_array_member (json_node_get_object (description), "attempts");
  if (json_array_get_length (attempts) == 0)
    return;

  attempt = json_array_get_object_element (attempts, 0);
  g_set_str (&self->attempt, json_object_get_string_member_with_default (attempt, "id", NULL));
  g_set_str (&self->task_id, json_object_get_string_member_with_default (attempt, "task_id", NULL));
  g_set_str (&self->video_url, find_address (attempt));
  self->charged = rushes_charged_from_string (json_object_get_string_member_with_default (attempt, "charged", "no"));
  self->submitted = was_accepted (attempt);
}

static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static JsonObject *
new_event (const char *event, RushesTake *take)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "event", event);
  json_object_set_string_member (object, "take", rushes_take_get_id (take));

  return object;
}

static JsonObject *
new_attempt_event (const char *event, RushesTake *take, const RushesAttemptFacts *facts)
{
  JsonObject *object = new_event (event, take);

  set_text (object, "attempt", facts->attempt);
  set_text (object, "task_id", facts->task_id);

  return object;
}

JsonObject *
rushes_event_new_note (const RushesNote *note)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "event", "note");
  json_object_set_string_member (object, "field", note->field);
  set_text (object, "asked", note->asked);
  set_text (object, "used", note->used);
  json_object_set_string_member (object, "message", note->message);

  return object;
}

JsonObject *
rushes_event_new_queued (RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  JsonObject *object = new_event ("queued", take);

  json_object_set_string_member (object, "project", rushes_take_get_project_id (take));
  json_object_set_string_member (object, "provider", rushes_request_get_provider_id (request));
  json_object_set_string_member (object, "model", rushes_request_get_model_id (request));
  json_object_set_int_member (object, "seed", rushes_request_get_seed (request));
  if (rushes_request_get_extension (request) != NULL)
    json_object_set_string_member (object, "parent", rushes_request_get_extension (request)->take_id);

  return object;
}

JsonObject *
rushes_event_new_preparing (RushesTake *take, const RushesAttemptFacts *facts)
{
  return new_attempt_event ("preparing", take, facts);
}

JsonObject *
rushes_event_new_submitted (RushesTake *take, const RushesAttemptFacts *facts)
{
  JsonObject *object = new_attempt_event ("submitted", take, facts);

  json_object_set_string_member (object, "status", "submitted");
  set_text (object, "message", rushes_take_get_message (take));

  return object;
}

JsonObject *
rushes_event_new_progress (RushesTake *take)
{
  JsonObject *object = new_event ("progress", take);
  double progress = rushes_take_get_progress (take);

  json_object_set_string_member (object, "status", "running");
  if (progress >= 0)
    json_object_set_double_member (object, "progress", progress);
  else
    json_object_set_null_member (object, "progress");
  set_text (object, "message", rushes_take_get_message (take));

  return object;
}

JsonObject *
rushes_event_new_downloading (RushesTake *take)
{
  RushesClip *clip = rushes_take_get_clip (take);
  JsonObject *object = new_event ("downloading", take);

  if (clip != NULL)
    {
      json_object_set_int_member (object, "bytes", rushes_clip_get_facts (clip)->size);
      json_object_set_int_member (object, "total", rushes_clip_get_facts (clip)->size);
    }
  else
    {
      json_object_set_null_member (object, "bytes");
      json_object_set_null_member (object, "total");
    }
  set_text (object, "message", rushes_take_get_message (take));

  return object;
}

JsonObject *
rushes_event_new_completed (RushesTake *take, const RushesAttemptFacts *facts, GFile *file, const GError *error)
{
  const RushesPrice *price = rushes_take_get_price (take);
  JsonNode *cost = price != NULL ? rushes_price_to_json (price) : NULL;
  JsonObject *object = new_attempt_event ("completed", take, facts);

  json_object_set_string_member (object, "status", "completed");
  if (facts->video_url != NULL)
    json_object_set_string_member (object, "video_url", facts->video_url);
  else
    {
      g_autofree char *uri = g_file_get_uri (rushes_clip_get_file (rushes_take_get_clip (take)));

      json_object_set_string_member (object, "video_url", uri);
    }
  rushes_file_add_to_listing (file, object);
  rushes_clip_add_to_listing (rushes_take_get_clip (take), object);
  json_object_set_member (object, "cost", cost != NULL ? cost : json_node_new (JSON_NODE_NULL));
  if (error != NULL)
    json_object_set_object_member (object, "error", rushes_error_to_json (error));

  return object;
}

JsonObject *
rushes_event_new_failed (RushesTake *take, const RushesAttemptFacts *facts, const GError *error)
{
  JsonObject *object = new_attempt_event ("failed", take, facts);

  json_object_set_string_member (object, "status", "failed");
  json_object_set_object_member (object, "error", rushes_error_to_json (error));

  return object;
}

JsonObject *
rushes_event_new_ending (RushesTake *take, const RushesAttemptFacts *facts, RushesTakeState ending, const char *message)
{
  const char *word = rushes_take_state_to_string (ending);
  JsonObject *object = new_attempt_event (word, take, facts);
  gboolean open = ending == RUSHES_TAKE_STATE_LEFT || ending == RUSHES_TAKE_STATE_UNCONFIRMED;
  RushesCharged charged = facts->charged;

  /* What has no end yet may still cost something, unless it is free. */
  if (open && charged == RUSHES_CHARGED_NO && rushes_take_get_price (take)->kind != RUSHES_PRICE_FREE)
    charged = RUSHES_CHARGED_MAYBE;
  json_object_set_string_member (object, "status", word);
  json_object_set_string_member (object, "charged", rushes_charged_to_string (charged));
  json_object_set_string_member (object, "message", message);

  return object;
}
