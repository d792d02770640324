/* rushes-simulate-runway-models.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The models of Runway, each with the members that it takes; any other is refused. */

#include "rushes-simulate-runway-private.h"

#include <string.h>

/* Of encoded text: about 3.7 MB of picture. */
#define LONGEST_DATA_URI (5 * 1024 * 1024)
#define LONGEST_ADDRESS  2048

#define SIX_RATIOS  "1280:720|720:1280|1104:832|960:960|832:1104|1584:672"
#define FOUR_RATIOS "1280:720|720:1280|1080:1920|1920:1080"
#define ANY_PIXELS  "*"
#define AUTO_RATIOS "auto_480p|auto_720p|auto_1080p"

typedef struct
{
  const char *name;
  gboolean text, image; /* which of the two routes know it */
  gboolean needs_prompt;
  gint64 shortest, longest;
  const char *lengths; /* instead of all between: "4|6|8" */
  gboolean auto_length;
  gboolean needs_length;
  const char *text_ratios; /* NULL: there is no ratio; ANY_PIXELS: any pair of pixels */
  const char *image_ratios;
  gboolean needs_ratio;
  const char *resolutions; /* NULL */
  gboolean last;
  guint references;
  gboolean audio, seed, negative, moderation;
  glong prompt_limit;          /* UTF-16 code units; 0: none is known */
  gint64 credits;              /* a second */
  gboolean needs_prompt_alone; /* when there is no picture */
} Model;

static const Model models[] = {
  { "gen4.5", TRUE, TRUE, TRUE, 2, 10, .needs_length = TRUE, .text_ratios = "1280:720|720:1280",
    .image_ratios = SIX_RATIOS, .needs_ratio = TRUE, .seed = TRUE, .moderation = TRUE, .prompt_limit = 1000,
    .credits = 12 },
  { "gen4_turbo", FALSE, TRUE, FALSE, 2, 10, .image_ratios = SIX_RATIOS, .needs_ratio = TRUE, .seed = TRUE,
    .moderation = TRUE, .prompt_limit = 1000, .credits = 5 },
  { "veo3.1", TRUE, TRUE, FALSE, 4, 8, .lengths = "4|6|8", .text_ratios = FOUR_RATIOS, .image_ratios = FOUR_RATIOS,
    .needs_ratio = TRUE, .last = TRUE, .audio = TRUE, .seed = TRUE, .negative = TRUE, .prompt_limit = 1000,
    .credits = 40 },
  { "veo3.1_fast", TRUE, TRUE, FALSE, 4, 8, .lengths = "4|6|8", .text_ratios = FOUR_RATIOS, .image_ratios = FOUR_RATIOS,
    .needs_ratio = TRUE, .last = TRUE, .audio = TRUE, .seed = TRUE, .negative = TRUE, .prompt_limit = 1000,
    .credits = 15 },
  { "hailuo3", TRUE, TRUE, TRUE, 1, 30, .text_ratios = "21:9|16:9|4:3|1:1|3:4|9:16",
    .image_ratios = "adaptive|21:9|16:9|4:3|1:1|3:4|9:16", .resolutions = "768p|2k", .last = TRUE, .references = 9,
    .credits = 8 },
  { "h3_max", TRUE, TRUE, TRUE, 1, 30, .resolutions = "480p|768p", .last = TRUE, .seed = TRUE, .credits = 5 },
  { "happyhorse_1_0", TRUE, TRUE, FALSE, 1, 30, .text_ratios = ANY_PIXELS, .resolutions = "720p|1080p",
    .prompt_limit = 2500, .credits = 10 },
  { "seedance2", TRUE, TRUE, FALSE, 1, 30, .auto_length = TRUE, .text_ratios = ANY_PIXELS, .image_ratios = ANY_PIXELS,
    .last = TRUE, .references = 9, .audio = TRUE, .seed = TRUE, .prompt_limit = 3500, .credits = 36 },
  { "seedance2_fast", TRUE, TRUE, FALSE, 1, 30, .auto_length = TRUE, .text_ratios = ANY_PIXELS,
    .image_ratios = ANY_PIXELS, .last = TRUE, .references = 9, .audio = TRUE, .seed = TRUE, .prompt_limit = 3500,
    .credits = 18 },
  { "seedance2_mini", TRUE, TRUE, FALSE, 1, 30, .auto_length = TRUE, .text_ratios = ANY_PIXELS,
    .image_ratios = ANY_PIXELS, .last = TRUE, .references = 9, .audio = TRUE, .seed = TRUE, .prompt_limit = 3500,
    .credits = 9 },
  { "seedance2_5", TRUE, TRUE, FALSE, 1, 30, .auto_length = TRUE, .text_ratios = ANY_PIXELS, .image_ratios = ANY_PIXELS,
    .last = TRUE, .references = 30, .audio = TRUE, .seed = TRUE, .prompt_limit = 15000, .credits = 36 },
  { "gemini_omni_flash", TRUE, TRUE, FALSE, 3, 10, .text_ratios = "1280:720|720:1280",
    .image_ratios = "1280:720|720:1280", .credits = 10 },
  { "gemini_omni_flash_1.1", TRUE, TRUE, TRUE, 3, 10, .auto_length = TRUE, .text_ratios = ANY_PIXELS,
    .image_ratios = ANY_PIXELS, .last = TRUE, .credits = 10 },
  { "grok_imagine_1_5", TRUE, TRUE, FALSE, 1, 15, .needs_prompt_alone = TRUE,
    .text_ratios = "1:1|16:9|9:16|4:3|3:4|3:2|2:3", .resolutions = "480p|720p|1080p", .references = 9, .credits = 14 },
  { "wan3", TRUE, TRUE, TRUE, 1, 30, .text_ratios = ANY_PIXELS, .image_ratios = AUTO_RATIOS, .last = TRUE,
    .references = 10, .audio = TRUE, .credits = 10 },
  { "wan3_prime", TRUE, TRUE, TRUE, 1, 30, .text_ratios = ANY_PIXELS, .image_ratios = AUTO_RATIOS, .last = TRUE,
    .references = 10, .audio = TRUE, .credits = 15 },
};

static const Model *
find_model (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    if (g_strcmp0 (models[i].name, name) == 0)
      return &models[i];
  return NULL;
}

gint64
rushes_simulated_runway_count_credits (JsonObject *body)
{
  const Model *model = find_model (rushes_simulated_body_text (body, "model"));
  JsonNode *duration = json_object_get_member (body, "duration");
  gint64 seconds =
      duration != NULL && json_node_get_value_type (duration) == G_TYPE_INT64 ? json_node_get_int (duration) : 5;

  return model->credits * seconds;
}

/* ---- what is wrong: each function answers it, or NULL ---- */

static RushesSimulatedProblem *
wrong (const char *where, const char *message)
{
  return rushes_simulated_problem_new (RUSHES_PROBLEM_VALUE, where, message);
}

/* Whether the pictures are frames: a text, or what has positions. */
static gboolean
has_frames (JsonObject *body)
{
  JsonNode *node = json_object_get_member (body, "promptImage");
  JsonNode *first;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node) || json_array_get_length (json_node_get_array (node)) == 0)
    return node != NULL;
  first = json_array_get_element (json_node_get_array (node), 0);
  return JSON_NODE_HOLDS_OBJECT (first) && json_object_has_member (json_node_get_object (first), "position");
}

/* The sizes of wan3 follow the picture only where it is a frame. */
static const char *
get_ratios (const Model *model, JsonObject *body, gboolean from_image)
{
  if (!from_image || (g_strcmp0 (model->image_ratios, AUTO_RATIOS) == 0 && !has_frames (body)))
    return model->text_ratios;
  return model->image_ratios;
}

/* Which members there may be: what is optional for one model is refused for another. */
static RushesSimulatedProblem *
check_members (JsonObject *body, const Model *model, gboolean from_image)
{
  const char *ratios = get_ratios (model, body, from_image);
  const struct
  {
    const char *name;
    RushesSimulatedFieldType type;
    gboolean there;
    gboolean required;
  } all[] = {
    { "model", RUSHES_FIELD_TEXT, TRUE, TRUE },
    { "promptText", RUSHES_FIELD_TEXT, TRUE, model->needs_prompt || (model->needs_prompt_alone && !from_image) },
    { "promptImage", RUSHES_FIELD_ANY, from_image, TRUE },
    { "references", RUSHES_FIELD_ANY, !from_image && model->references > 0, FALSE },
    { "ratio", RUSHES_FIELD_TEXT, ratios != NULL, model->needs_ratio },
    { "resolution", RUSHES_FIELD_TEXT, model->resolutions != NULL, FALSE },
    { "duration", RUSHES_FIELD_ANY, TRUE, model->needs_length },
    { "audio", RUSHES_FIELD_SWITCH, model->audio, FALSE },
    { "seed", RUSHES_FIELD_INTEGER, model->seed, FALSE },
    { "negativePrompt", RUSHES_FIELD_TEXT, model->negative, FALSE },
    { "contentModeration", RUSHES_FIELD_OBJECT, model->moderation, FALSE },
    { "outputFormat", RUSHES_FIELD_TEXT, strcmp (model->name, "gen4.5") == 0, FALSE },
  };
  RushesSimulatedField fields[G_N_ELEMENTS (all) + 1] = { 0 };
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].there)
      {
        fields[n].name = all[i].name;
        fields[n].type = all[i].type;
        fields[n].required = all[i].required;
        if (strcmp (all[i].name, "resolution") == 0)
          fields[n].choices = model->resolutions;
        if (strcmp (all[i].name, "seed") == 0)
          fields[n].maximum = G_MAXUINT32;
        n++;
      }
  return rushes_simulated_body_check (body, fields, FALSE);
}

static gboolean
is_pair_of_pixels (const char *text)
{
  return g_regex_match_simple ("^[1-9][0-9]{2,3}:[1-9][0-9]{2,3}$", text, 0, 0);
}

static gboolean
is_one_of (const char *list, const char *text)
{
  g_auto (GStrv) words = g_strsplit (list, "|", -1);

  return g_strv_contains ((const char *const *) words, text);
}

static RushesSimulatedProblem *
check_ratio (JsonObject *body, const char *ratios)
{
  const char *ratio = rushes_simulated_body_text (body, "ratio");

  if (ratio == NULL || (strcmp (ratios, ANY_PIXELS) == 0 ? is_pair_of_pixels (ratio) : is_one_of (ratios, ratio)))
    return NULL;
  return wrong ("ratio", "Invalid enum value.");
}

static RushesSimulatedProblem *
check_duration (JsonObject *body, const Model *model)
{
  JsonNode *node = json_object_get_member (body, "duration");
  g_autofree char *text = NULL;
  gint64 seconds;

  if (node == NULL)
    return NULL;
  if (model->auto_length && g_strcmp0 (rushes_simulated_body_text (body, "duration"), "auto") == 0)
    return NULL;
  if (json_node_get_value_type (node) != G_TYPE_INT64)
    return rushes_simulated_problem_new (RUSHES_PROBLEM_TYPE, "duration", "Expected an integer.");
  seconds = json_node_get_int (node);
  text = g_strdup_printf ("%" G_GINT64_FORMAT, seconds);
  if (seconds < model->shortest || seconds > model->longest ||
      (model->lengths != NULL && !is_one_of (model->lengths, text)))
    return wrong ("duration", "The duration is not one that this model makes.");
  return NULL;
}

static RushesSimulatedProblem *
check_prompt (JsonObject *body, const Model *model)
{
  const char *prompt = rushes_simulated_body_text (body, "promptText");
  glong length = 0;
  g_autofree gunichar2 *units = prompt != NULL ? g_utf8_to_utf16 (prompt, -1, NULL, &length, NULL) : NULL;

  if (units != NULL && (length == 0 || (model->prompt_limit > 0 && length > model->prompt_limit)))
    return wrong ("promptText", "The prompt is empty or too long.");
  return NULL;
}

/* ---- pictures ---- */

static RushesSimulatedProblem *
check_data (const char *uri, const char *where)
{
  const char *comma = strchr (uri, ',');
  g_autofree char *type = NULL;
  g_autofree guchar *data = NULL;
  const char *found;
  gsize length;

  if (strlen (uri) > LONGEST_DATA_URI)
    return wrong (where, "The data URI is larger than 5 MB.");
  if (comma == NULL || comma - uri < (gssize) strlen ("data:;base64") || !g_str_has_prefix (comma - 7, ";base64,"))
    return wrong (where, "This is no data URI of base64.");
  type = g_strndup (uri + strlen ("data:"), comma - 7 - uri - strlen ("data:"));
  if (!is_one_of ("image/jpeg|image/png|image/webp", type))
    return wrong (where, "The media type is not supported.");
  data = g_base64_decode (comma + 1, &length);
  found = rushes_simulated_picture_type (data, length);
  return g_strcmp0 (found, type) == 0 ? NULL : wrong (where, "The picture is not of the type that it names.");
}

static RushesSimulatedProblem *
check_uri (RushesSimulatedCall *call, const char *uri, const char *where)
{
  GHashTable *notes = rushes_simulator_get_notes (rushes_simulated_call_get_simulator (call));
  g_autoptr (GUri) parsed = NULL;

  if (uri == NULL)
    return rushes_simulated_problem_new (RUSHES_PROBLEM_TYPE, where, "Expected a URI.");
  if (g_str_has_prefix (uri, "data:"))
    return check_data (uri, where);
  if (g_str_has_prefix (uri, "runway://"))
    {
      const char *stored = g_hash_table_lookup (notes, uri);

      return stored != NULL && is_one_of ("image/jpeg|image/png|image/webp", stored)
                 ? NULL
                 : wrong (where, "There is no such upload, or it is no picture.");
    }
  parsed = g_uri_parse (uri, G_URI_FLAGS_NONE, NULL);
  if (parsed == NULL || strlen (uri) > LONGEST_ADDRESS || strcmp (g_uri_get_scheme (parsed), "https") != 0 ||
      g_uri_get_host (parsed) == NULL || g_hostname_is_ip_address (g_uri_get_host (parsed)))
    return wrong (where, "The URI must be HTTPS and its host a domain name.");
  return NULL;
}

/* A list of {uri, position}: frames have a position, references none, and the two are never mixed. */
static RushesSimulatedProblem *
check_list (RushesSimulatedCall *call, JsonArray *list, const char *where, const Model *model, gboolean frames)
{
  static const RushesSimulatedField fields[] = {
    { .name = "uri", .type = RUSHES_FIELD_TEXT, .required = TRUE, .minimum = 1, .maximum = 1e9 },
    { .name = "position", .type = RUSHES_FIELD_TEXT, .choices = "first|last" },
    {},
  };
  guint n_first = 0, n_last = 0, n_others = 0;

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      RushesSimulatedProblem *problem;
      const char *position;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        return rushes_simulated_problem_new (RUSHES_PROBLEM_TYPE, where, "Expected objects.");
      if ((problem = rushes_simulated_body_check (json_node_get_object (node), fields, FALSE)) != NULL ||
          (problem = check_uri (call, rushes_simulated_body_text (json_node_get_object (node), "uri"), where)) != NULL)
        return problem;
      position = rushes_simulated_body_text (json_node_get_object (node), "position");
      n_first += g_strcmp0 (position, "first") == 0;
      n_last += g_strcmp0 (position, "last") == 0;
      n_others += position == NULL;
    }
  if (n_others > 0 && (n_first > 0 || n_last > 0))
    return wrong (where, "Frames and references cannot be mixed.");
  if (n_first > 1 || n_last > 1 || (n_last > 0 && n_first == 0) || (!frames && n_first > 0))
    return wrong (where, "The positions are wrong.");
  if (n_last > 0 && !model->last)
    return wrong (where, "This model takes no last frame.");
  if (n_first + n_others == 0 || n_others > model->references)
    return wrong (where, "This model does not take so many references.");
  return NULL;
}

static RushesSimulatedProblem *
check_pictures (RushesSimulatedCall *call, const Model *model, gboolean from_image)
{
  JsonObject *body = rushes_simulated_call_get_body (call);
  const char *where = from_image ? "promptImage" : "references";
  JsonNode *node = json_object_get_member (body, where);

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_ARRAY (node))
    return check_list (call, json_node_get_array (node), where, model, from_image);
  if (!from_image)
    return rushes_simulated_problem_new (RUSHES_PROBLEM_TYPE, where, "Expected an array.");
  return check_uri (call, rushes_simulated_body_text (body, where), where);
}

RushesSimulatedProblem *
rushes_simulated_runway_check (RushesSimulatedCall *call, gboolean from_image)
{
  JsonObject *body = rushes_simulated_call_get_body (call);
  const Model *model;
  RushesSimulatedProblem *problem;

  if (body == NULL || rushes_simulated_call_is_form (call))
    return rushes_simulated_problem_new (RUSHES_PROBLEM_SYNTAX, "", "Expected a JSON object.");
  model = find_model (rushes_simulated_body_text (body, "model"));
  if (model == NULL || !(from_image ? model->image : model->text))
    return wrong ("model", "Invalid enum value.");
  if ((problem = check_members (body, model, from_image)) != NULL ||
      (problem = check_ratio (body, get_ratios (model, body, from_image))) != NULL ||
      (problem = check_duration (body, model)) != NULL || (problem = check_prompt (body, model)) != NULL)
    return problem;
  return check_pictures (call, model, from_image);
}
