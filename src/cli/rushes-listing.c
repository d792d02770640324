/* rushes-listing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-listing.h"

#include <glib/gi18n.h>

#include "rushes-printer.h"
#include "rushes-provider-facts.h"

char *
rushes_time_to_display (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

char *
rushes_time_to_iso8601 (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);

  return g_date_time_format_iso8601 (utc);
}

char *
rushes_show_path (const char *path)
{
  g_autofree char *name = g_filename_display_name (path);

  return rushes_clean_words (name);
}

const char *
rushes_take_state_to_display (RushesTakeState state)
{
  switch (state)
    {
    case RUSHES_TAKE_STATE_QUEUED:
      return C_ ("take", "in line");
    case RUSHES_TAKE_STATE_PREPARING:
      return C_ ("take", "preparing");
    case RUSHES_TAKE_STATE_SUBMITTING:
      return C_ ("take", "submitting");
    case RUSHES_TAKE_STATE_RUNNING:
      return C_ ("take", "running");
    case RUSHES_TAKE_STATE_DOWNLOADING:
      return C_ ("take", "downloading");
    case RUSHES_TAKE_STATE_READY:
      return C_ ("take", "ready");
    case RUSHES_TAKE_STATE_FAILED:
      return C_ ("take", "failed");
    case RUSHES_TAKE_STATE_CANCELLED:
      return C_ ("take", "cancelled");
    case RUSHES_TAKE_STATE_EXPIRED:
      return C_ ("take", "expired");
    case RUSHES_TAKE_STATE_UNCONFIRMED:
      return C_ ("take", "unconfirmed");
    case RUSHES_TAKE_STATE_LEFT:
      return C_ ("take", "left");
    default:
      g_return_val_if_reached ("");
    }
}

/* NULL is said as null: a member that is missing would have to be looked for. */
static void
set_text (JsonObject *object, const char *member, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, member, text);
  else
    json_object_set_null_member (object, member);
}

static void
set_time (JsonObject *object, const char *member, gint64 time)
{
  g_autofree char *text = rushes_time_to_iso8601 (time);

  json_object_set_string_member (object, member, text);
}

JsonObject *
rushes_project_to_listing (RushesProject *project)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "project", rushes_project_get_id (project));
  json_object_set_string_member (object, "name", rushes_project_get_name (project));
  json_object_set_int_member (object, "takes", rushes_project_get_n_takes (project));
  set_time (object, "created", rushes_project_get_created (project));
  if (rushes_project_get_defaults (project) != NULL)
    json_object_set_member (object, "defaults", json_node_copy (rushes_project_get_defaults (project)));

  return object;
}

JsonObject *
rushes_preset_to_listing (RushesPreset *preset)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "preset", rushes_preset_get_id (preset));
  json_object_set_string_member (object, "name", rushes_preset_get_name (preset));
  set_text (object, "summary", rushes_preset_get_summary (preset));
  json_object_set_string_member (object, "prompt", rushes_preset_get_prompt (preset));
  set_text (object, "group", rushes_preset_get_group (preset));
  json_object_set_boolean_member (object, "shipped", rushes_preset_get_shipped (preset));

  return object;
}

void
rushes_file_add_to_listing (GFile *file, JsonObject *object)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *path = g_file_get_path (file);

  /* JSON bears nothing but Unicode; where the path is something else, the URI still says it. */
  set_text (object, "path", path != NULL && g_utf8_validate (path, -1, NULL) ? path : NULL);
  json_object_set_string_member (object, "uri", uri);
}

void
rushes_clip_add_to_listing (RushesClip *clip, JsonObject *object)
{
  const RushesClipFacts *facts = rushes_clip_get_facts (clip);

  json_object_set_double_member (object, "duration", facts->duration);
  json_object_set_int_member (object, "width", facts->width);
  json_object_set_int_member (object, "height", facts->height);
  json_object_set_double_member (object, "frame_rate", facts->frame_rate);
  json_object_set_int_member (object, "frames", facts->n_frames);
  json_object_set_int_member (object, "size", facts->size);
  set_text (object, "container", facts->container);
  set_text (object, "video_codec", facts->video_codec);
  set_text (object, "audio_codec", facts->audio_codec);
  json_object_set_string_member (object, "sha256", rushes_clip_get_sha256 (clip));
}

JsonObject *
rushes_take_to_listing (RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  const RushesPrice *price = rushes_take_get_price (take);
  RushesClip *clip = rushes_take_get_clip (take);
  JsonNode *cost = price != NULL ? rushes_price_to_json (price) : NULL;
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "take", rushes_take_get_id (take));
  json_object_set_string_member (object, "project", rushes_take_get_project_id (take));
  json_object_set_string_member (object, "status", rushes_take_state_to_string (rushes_take_get_state (take)));
  set_time (object, "created", rushes_take_get_created (take));
  json_object_set_string_member (object, "title", rushes_take_get_title (take));
  json_object_set_string_member (object, "provider", rushes_request_get_provider_id (request));
  json_object_set_string_member (object, "model", rushes_request_get_model_id (request));
  json_object_set_int_member (object, "seed", rushes_request_get_seed (request));
  json_object_set_boolean_member (object, "starred", rushes_take_get_starred (take));
  set_text (object, "note", rushes_take_get_note (take));
  json_object_set_member (object, "cost", cost != NULL ? cost : json_node_new (JSON_NODE_NULL));
  if (rushes_take_get_error (take) != NULL)
    json_object_set_object_member (object, "error", rushes_error_to_json (rushes_take_get_error (take)));
  if (clip != NULL)
    {
      rushes_file_add_to_listing (rushes_clip_get_file (clip), object);
      rushes_clip_add_to_listing (clip, object);
    }
  set_text (object, "saved_to", rushes_take_get_saved_to (take));
  json_object_set_boolean_member (object, "kept_for_now", clip != NULL && rushes_take_get_cached (take));

  return object;
}

static JsonArray *
new_array_of_words (const char *const *words)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);

  return array;
}

static const char *
input_to_string (RushesInput input)
{
  static const char *const names[] = {
    [RUSHES_INPUT_NONE] = "none",
    [RUSHES_INPUT_OPTIONAL] = "optional",
    [RUSHES_INPUT_REQUIRED] = "required",
  };

  return names[input];
}

static void
add_durations (RushesModel *model, JsonObject *object)
{
  double minimum, maximum, step;

  if (rushes_model_get_duration_range (model, &minimum, &maximum, &step))
    {
      JsonObject *range = json_object_new ();

      json_object_set_double_member (range, "minimum", minimum);
      json_object_set_double_member (range, "maximum", maximum);
      json_object_set_double_member (range, "step", step);
      json_object_set_object_member (object, "durations", range);
    }
  else
    {
      gsize n;
      const double *durations = rushes_model_get_durations (model, &n);
      JsonArray *array = json_array_new ();

      for (gsize i = 0; i < n; i++)
        json_array_add_double_element (array, durations[i]);
      json_object_set_array_member (object, "durations", array);
    }
  json_object_set_double_member (object, "default_duration", rushes_model_get_default_duration (model));
}

static const char *
parameter_kind_to_string (RushesParameterKind kind)
{
  static const char *const names[] = {
    [RUSHES_PARAMETER_SWITCH] = "switch", [RUSHES_PARAMETER_CHOICE] = "choice", [RUSHES_PARAMETER_INTEGER] = "integer",
    [RUSHES_PARAMETER_NUMBER] = "number", [RUSHES_PARAMETER_TEXT] = "text",
  };

  return names[kind];
}

static JsonObject *
parameter_to_listing (const RushesParameter *parameter)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", parameter->name);
  json_object_set_string_member (object, "title", parameter->title);
  json_object_set_string_member (object, "kind", parameter_kind_to_string (parameter->kind));
  set_text (object, "default", parameter->fallback);
  if (parameter->kind == RUSHES_PARAMETER_INTEGER || parameter->kind == RUSHES_PARAMETER_NUMBER)
    {
      json_object_set_double_member (object, "minimum", parameter->minimum);
      json_object_set_double_member (object, "maximum", parameter->maximum);
    }
  if (parameter->kind == RUSHES_PARAMETER_CHOICE)
    {
      JsonArray *choices = json_array_new ();

      for (guint i = 0; i < parameter->choices->len; i++)
        {
          const RushesParameterChoice *choice = g_ptr_array_index (parameter->choices, i);

          json_array_add_string_element (choices, choice->value);
        }
      json_object_set_array_member (object, "choices", choices);
    }

  return object;
}

JsonObject *
rushes_model_to_listing (RushesModel *model)
{
  static const char *const stretches[] = {
    [RUSHES_STRETCH_NONE] = NULL, [RUSHES_STRETCH_WHOLE] = "whole", [RUSHES_STRETCH_PART] = "part"
  };
  JsonObject *object = json_object_new ();
  JsonArray *frame_rates = json_array_new ();
  JsonArray *parameters = json_array_new ();
  gsize n_rates;
  const int *rates = rushes_model_get_frame_rates (model, &n_rates);
  GPtrArray *own = rushes_model_get_parameters (model);

  for (gsize i = 0; i < n_rates; i++)
    json_array_add_int_element (frame_rates, rates[i]);
  for (guint i = 0; i < own->len; i++)
    json_array_add_object_element (parameters, parameter_to_listing (g_ptr_array_index (own, i)));

  json_object_set_string_member (object, "model", rushes_model_get_id (model));
  json_object_set_string_member (object, "provider", rushes_model_get_provider_id (model));
  json_object_set_string_member (object, "name", rushes_model_get_name (model));
  set_text (object, "summary", rushes_model_get_summary (model));
  set_text (object, "retired", rushes_model_get_retired (model));
  add_durations (model, object);
  json_object_set_array_member (object, "resolutions", new_array_of_words (rushes_model_get_resolutions (model)));
  set_text (object, "default_resolution", rushes_model_get_default_resolution (model));
  json_object_set_array_member (object, "aspects", new_array_of_words (rushes_model_get_aspects (model)));
  set_text (object, "default_aspect", rushes_model_get_default_aspect (model));
  json_object_set_array_member (object, "frame_rates", frame_rates);
  json_object_set_int_member (object, "default_frame_rate", rushes_model_get_default_frame_rate (model));
  json_object_set_string_member (object, "prompt", input_to_string (rushes_model_get_prompt_input (model)));
  json_object_set_int_member (object, "prompt_limit", rushes_model_get_prompt_limit (model));
  json_object_set_string_member (object, "first_frame",
                                 input_to_string (rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME)));
  json_object_set_string_member (object, "last_frame",
                                 input_to_string (rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME)));
  json_object_set_int_member (object, "max_references", rushes_model_get_max_references (model));
  json_object_set_boolean_member (object, "negative_prompt", rushes_model_get_has_negative (model));
  json_object_set_boolean_member (object, "seed", rushes_model_get_has_seed (model));
  json_object_set_boolean_member (object, "audio", rushes_model_get_has_audio (model));
  json_object_set_boolean_member (object, "watermark", rushes_model_get_has_watermark (model));
  set_text (object, "extend", stretches[rushes_model_get_stretch (model)->kind]);
  json_object_set_int_member (object, "max_count", rushes_model_get_max_count (model));
  json_object_set_array_member (object, "parameters", parameters);

  return object;
}

JsonObject *
rushes_provider_to_listing (RushesProvider *provider)
{
  JsonObject *object = json_object_new ();
  JsonArray *models = json_array_new ();
  GListModel *list = rushes_provider_get_models (provider);
  RushesModel *fallback = rushes_provider_find_model (provider, NULL);
  g_autoptr (GError) problem = rushes_provider_get_problem (provider);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (list, i);

      json_array_add_string_element (models, rushes_model_get_id (model));
    }

  json_object_set_string_member (object, "provider", rushes_provider_get_id (provider));
  json_object_set_string_member (object, "name", rushes_provider_get_name (provider));
  set_text (object, "summary", rushes_provider_get_summary (provider));
  json_object_set_boolean_member (object, "local", rushes_provider_get_is_local (provider));
  json_object_set_string_member (object, "state", rushes_provider_get_state_word (provider));
  json_object_set_int_member (object, "parallel", rushes_provider_get_slots (provider));
  json_object_set_double_member (object, "time_limit", rushes_provider_get_time_limit (provider));
  set_text (object, "default_model", fallback != NULL ? rushes_model_get_id (fallback) : NULL);
  json_object_set_array_member (object, "models", models);
  if (problem != NULL)
    json_object_set_object_member (object, "problem", rushes_error_to_json (problem));

  return object;
}
