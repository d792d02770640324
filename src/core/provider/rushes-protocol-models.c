/* rushes-protocol-models.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-model-private.h"
#include "rushes-model-sheet.h"

/* Of one page; nobody has so many. */
#define MAX_ITEMS   5000
#define MAX_VALUES  64
#define MAX_CURSOR  2000
#define MAX_NAME    100
#define MAX_SUMMARY 300
#define MAX_LISTED  10 /* references, where the list says only that there may be some */

/* What tells whether a model has something. */
typedef struct
{
  GPtrArray *at;   /* RushesJsonPath */
  char **is;       /* words that say yes; NULL: any truth does */
  char **required; /* words that say that it must be there; NULL */
} Sign;

/* A member of the object of prices. */
typedef struct
{
  char *name;
  char *per;
  char *when; /* JSON, as the nodes of the description belong to the main thread; NULL */
} Sku;

struct _RushesListing
{
  RushesCall *call;
  char **parts; /* one of no name when nothing was said */
  GPtrArray *at;
  GPtrArray *next;
  GPtrArray *only; /* Sign */
  RushesTemplate *id;
  RushesTemplate *name;    /* NULL */
  RushesTemplate *summary; /* NULL */
  GPtrArray *durations;
  GPtrArray *resolutions;
  GPtrArray *aspects;
  GPtrArray *frame_rates;
  GPtrArray *retired;
  Sign *first_frame; /* NULL, as all of these */
  Sign *last_frame;
  Sign *references;
  Sign *audio;
  Sign *seed;
  Sign *negative_prompt;
  gint64 most_references;
  GPtrArray *prices_at;
  char *currency;
  GPtrArray *skus; /* Sku */
};

static void
sign_free (Sign *sign)
{
  g_ptr_array_unref (sign->at);
  g_strfreev (sign->is);
  g_strfreev (sign->required);
  g_free (sign);
}

static void
sku_free (Sku *sku)
{
  g_free (sku->name);
  g_free (sku->per);
  g_free (sku->when);
  g_free (sku);
}

void
rushes_listing_free (RushesListing *self)
{
  Sign *const signs[] = { self->first_frame, self->last_frame, self->references,
                          self->audio,       self->seed,       self->negative_prompt };

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (signs[i] != NULL)
      sign_free (signs[i]);
  rushes_call_free (self->call);
  g_strfreev (self->parts);
  g_ptr_array_unref (self->at);
  g_ptr_array_unref (self->next);
  g_ptr_array_unref (self->only);
  rushes_template_free (self->id);
  g_clear_pointer (&self->name, rushes_template_free);
  g_clear_pointer (&self->summary, rushes_template_free);
  g_ptr_array_unref (self->durations);
  g_ptr_array_unref (self->resolutions);
  g_ptr_array_unref (self->aspects);
  g_ptr_array_unref (self->frame_rates);
  g_ptr_array_unref (self->retired);
  g_ptr_array_unref (self->prices_at);
  g_free (self->currency);
  g_ptr_array_unref (self->skus);
  g_free (self);
}

/* ---- reading the description ---- */

static Sign *
read_sign_here (RushesJsonReader *reader)
{
  Sign *sign = g_new0 (Sign, 1);

  rushes_json_reader_need (reader, "at", NULL);
  sign->at = rushes_paths_read (reader, "at");
  if (rushes_json_reader_has (reader, "is"))
    sign->is = rushes_json_reader_get_strings (reader, "is");
  if (rushes_json_reader_has (reader, "required"))
    sign->required = rushes_json_reader_get_strings (reader, "required");
  return sign;
}

static Sign *
read_sign (RushesJsonReader *reader, const char *member)
{
  Sign *sign;

  if (!rushes_json_reader_enter_object (reader, member))
    return NULL;
  sign = read_sign_here (reader);
  rushes_json_reader_leave (reader);
  return sign;
}

static void
read_inputs (RushesListing *self, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_object (reader, "inputs"))
    return;
  self->first_frame = read_sign (reader, "first_frame");
  self->last_frame = read_sign (reader, "last_frame");
  if (rushes_json_reader_enter_object (reader, "references"))
    {
      self->references = read_sign_here (reader);
      self->most_references = rushes_json_reader_get_integer (reader, "most", 1, MAX_LISTED, 1);
      rushes_json_reader_leave (reader);
    }
  rushes_json_reader_leave (reader);
}

static void
read_prices (RushesListing *self, RushesJsonReader *reader)
{
  g_autoptr (GList) members = NULL;

  self->skus = g_ptr_array_new_with_free_func ((GDestroyNotify) sku_free);
  if (!rushes_json_reader_enter_object (reader, "prices"))
    {
      self->prices_at = g_ptr_array_new ();
      return;
    }
  rushes_json_reader_need (reader, "at", "currency", "of", NULL);
  self->prices_at = rushes_paths_read (reader, "at");
  self->currency = g_strdup (rushes_json_reader_get_string (reader, "currency", ""));
  if (rushes_json_reader_enter_object (reader, "of"))
    {
      members = rushes_json_reader_list_members (reader);
      for (const GList *member = members; member != NULL; member = member->next)
        {
          Sku *sku;

          if (!rushes_json_reader_enter_object (reader, member->data))
            continue;
          rushes_json_reader_need (reader, "per", NULL);
          sku = g_new0 (Sku, 1);
          sku->name = g_strdup (member->data);
          sku->per = g_strdup (rushes_json_reader_get_string (reader, "per", ""));
          if (rushes_json_reader_enter_object (reader, "when"))
            {
              rushes_condition_free (rushes_condition_read (reader));
              rushes_json_reader_leave (reader);
              sku->when = json_to_string (rushes_json_reader_get_node (reader, "when"), FALSE);
            }
          g_ptr_array_add (self->skus, sku);
          rushes_json_reader_leave (reader);
        }
      rushes_json_reader_leave (reader);
    }
  rushes_json_reader_leave (reader);
}

static RushesTemplate *
read_words (RushesServiceReader *service, const char *member)
{
  RushesTemplateNames names = { RUSHES_NAMES_ITEM };

  return rushes_json_reader_has (service->reader, member) ? rushes_template_read (service->reader, member, &names)
                                                          : NULL;
}

RushesListing *
rushes_listing_read (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  RushesListing *self;

  if (!rushes_json_reader_enter_object (reader, "models"))
    return NULL;

  self = g_new0 (RushesListing, 1);
  rushes_json_reader_need (reader, "at", "id", NULL);
  g_hash_table_add (names, (gpointer) "part");
  g_hash_table_add (names, (gpointer) "cursor");
  service->names.read = names;
  self->call = rushes_call_read (service, RUSHES_OPERATION_MODELS);
  service->names.read = NULL;
  self->parts = rushes_json_reader_has (reader, "parts") ? rushes_json_reader_get_strings (reader, "parts")
                                                         : g_strsplit (" ", ",", -1);
  if (self->parts[0] == NULL)
    rushes_json_reader_complain (reader, "parts", "%s", _ ("at least one is expected."));
  self->at = rushes_paths_read (reader, "at");
  self->next = rushes_paths_read (reader, "next");
  self->only = g_ptr_array_new_with_free_func ((GDestroyNotify) sign_free);
  if (rushes_json_reader_enter_list (reader, "only"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            g_ptr_array_add (self->only, read_sign_here (reader));
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }
  self->id = rushes_template_read (reader, "id", &(RushesTemplateNames) { RUSHES_NAMES_ITEM });
  self->name = read_words (service, "name");
  self->summary = read_words (service, "summary");
  self->durations = rushes_paths_read (reader, "durations");
  self->resolutions = rushes_paths_read (reader, "resolutions");
  self->aspects = rushes_paths_read (reader, "aspects");
  self->frame_rates = rushes_paths_read (reader, "frame_rates");
  self->retired = rushes_paths_read (reader, "retired");
  read_inputs (self, reader);
  self->audio = read_sign (reader, "audio");
  self->seed = read_sign (reader, "seed");
  self->negative_prompt = read_sign (reader, "negative_prompt");
  read_prices (self, reader);
  rushes_json_reader_leave (reader);
  return self;
}

/* ---- the request ---- */

gboolean
rushes_protocol_says_models (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), FALSE);
  return self->listing != NULL || self->schemas != NULL;
}

gboolean
rushes_protocol_lists_models (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), FALSE);
  return self->listing != NULL;
}

guint
rushes_protocol_get_n_list_parts (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && self->listing != NULL, 0);
  return g_strv_length (self->listing->parts);
}

RushesHttpRequest *
rushes_protocol_build_list (RushesProtocol *self, guint part, const char *cursor, const char *base_url, GError **error)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  RushesTask task = { .base_url = base_url };
  RushesTemplateInput input = { .task = &task, .values = values };
  g_autofree char *address = NULL;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && self->listing != NULL && base_url != NULL, NULL);

  g_hash_table_insert (values, (gpointer) "part", self->listing->parts[part]);
  g_hash_table_insert (values, (gpointer) "cursor", (gpointer) cursor);
  input.region = rushes_protocol_get_region (self, &task);
  address = rushes_protocol_make_address (self->listing->call, &input, error);
  return address != NULL ? rushes_protocol_build_call (self, self->listing->call, address, &input, error) : NULL;
}

/* ---- what stands in an item ---- */

/* All scalars that stand at the first path at which there is one, those of lists one by one; NULL when there is none,
 * and not even an empty list. */
static GPtrArray *
find_texts (GPtrArray *paths, JsonNode *item)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (g_ptr_array_index (paths, i), item);
      gboolean says_so = FALSE;

      for (guint j = 0; j < found->len && texts->len < MAX_VALUES; j++)
        {
          JsonNode *node = g_ptr_array_index (found, j);
          JsonArray *list = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
          guint n = list != NULL ? MIN (json_array_get_length (list), MAX_VALUES) : 1;

          for (guint k = 0; k < n; k++)
            {
              JsonNode *value = list != NULL ? json_array_get_element (list, k) : node;
              char *text = JSON_NODE_HOLDS_VALUE (value) ? rushes_json_node_to_text (value, NULL) : NULL;

              if (text != NULL)
                g_ptr_array_add (texts, text);
            }
          says_so |= texts->len > 0 || (list != NULL && n == 0);
        }
      if (says_so)
        return g_steal_pointer (&texts);
    }
  return NULL;
}

static gboolean
has_word (char **words, GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    for (guint j = 0; words != NULL && words[j] != NULL; j++)
      if (g_ascii_strcasecmp (words[j], g_ptr_array_index (texts, i)) == 0)
        return TRUE;
  return FALSE;
}

static gboolean
is_true (GPtrArray *texts)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);

      if (!g_str_equal (text, "") && !g_str_equal (text, "0") && !g_str_equal (text, "false"))
        return TRUE;
    }
  return FALSE;
}

/* -1 when the item says nothing of it; else an RushesInput. */
static int
ask_sign (const Sign *sign, JsonNode *item)
{
  g_autoptr (GPtrArray) texts = sign != NULL ? find_texts (sign->at, item) : NULL;

  if (texts == NULL)
    return -1;
  if (has_word (sign->required, texts))
    return RUSHES_INPUT_REQUIRED;
  if (sign->is != NULL || sign->required != NULL)
    return has_word (sign->is, texts) ? RUSHES_INPUT_OPTIONAL : RUSHES_INPUT_NONE;
  return is_true (texts) ? RUSHES_INPUT_OPTIONAL : RUSHES_INPUT_NONE;
}

static char *
make_words (const RushesTemplate *template, JsonNode *item, glong most)
{
  RushesTemplateInput input = { .item = item };
  g_autofree char *text = template != NULL ? rushes_template_make_text (template, &input) : NULL;

  return rushes_model_tidy_words (text, most);
}

/* ---- the members of a sheet ---- */

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return one < other ? -1 : one > other;
}

/* Those of the numbers that are in bounds, each once, growing; NULL when none is. */
static JsonArray *
make_numbers (GPtrArray *texts, double minimum, double maximum)
{
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (double));
  JsonArray *list;
  double last = 0;

  for (guint i = 0; i < texts->len; i++)
    {
      const char *text = g_ptr_array_index (texts, i);
      char *end;
      double number = g_ascii_strtod (text, &end);

      /* "8s" is how some write it. */
      if (end != text && (*end == '\0' || g_str_equal (end, "s")) && number >= minimum && number <= maximum)
        g_array_append_val (numbers, number);
    }
  if (numbers->len == 0)
    return NULL;

  g_array_sort (numbers, compare_numbers);
  list = json_array_new ();
  for (guint i = 0; i < numbers->len; i++)
    {
      double number = g_array_index (numbers, double, i);

      if (number > last && number == (gint64) number)
        json_array_add_int_element (list, (gint64) number);
      else if (number > last)
        json_array_add_double_element (list, number);
      last = number;
    }
  return list;
}

static void
add_numbers (JsonObject *sheet, const char *member, GPtrArray *paths, JsonNode *item, double minimum, double maximum)
{
  g_autoptr (GPtrArray) texts = find_texts (paths, item);
  JsonArray *list = texts != NULL ? make_numbers (texts, minimum, maximum) : NULL;

  if (list != NULL)
    json_object_set_array_member (sheet, member, list);
}

static gboolean
is_size (const char *word)
{
  int width, height;

  return rushes_resolution_to_size (word, NULL, &width, &height);
}

static gboolean
is_aspect (const char *word)
{
  double ratio = rushes_aspect_to_ratio (word);

  return ratio > 1 / 16.0 && ratio < 16;
}

/* Words that are none are left out. A list of nothing says that there is no choice. */
static void
add_choices (JsonObject *sheet, const char *member, GPtrArray *paths, JsonNode *item, gboolean (*is_one) (const char *))
{
  g_autoptr (GPtrArray) texts = find_texts (paths, item);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonArray) list = NULL;

  if (texts == NULL)
    return;
  list = json_array_new ();
  for (guint i = 0; i < texts->len; i++)
    {
      char *word = g_ascii_strdown (g_ptr_array_index (texts, i), -1);

      if (is_one (word) && !g_hash_table_contains (seen, word))
        json_array_add_string_element (list, word);
      g_hash_table_add (seen, word);
    }
  if (json_array_get_length (list) > 0 || texts->len == 0)
    json_object_set_array_member (sheet, member, g_steal_pointer (&list));
}

static void
add_inputs (const RushesListing *self, JsonObject *sheet, JsonNode *item)
{
  static const char *const words[] = { "none", "optional", "required" };
  g_autoptr (JsonObject) inputs = json_object_new ();
  int first = ask_sign (self->first_frame, item);
  int last = ask_sign (self->last_frame, item);
  int references = ask_sign (self->references, item);

  if (first >= 0)
    json_object_set_string_member (inputs, "first_frame", words[first]);
  if (last >= 0)
    json_object_set_string_member (inputs, "last_frame", words[last]);
  if (references >= 0)
    json_object_set_int_member (inputs, "references", references != RUSHES_INPUT_NONE ? self->most_references : 0);
  if (json_object_get_size (inputs) > 0)
    json_object_set_object_member (sheet, "inputs", g_steal_pointer (&inputs));
}

static void
add_truth (JsonObject *sheet, const char *member, const Sign *sign, JsonNode *item)
{
  int said = ask_sign (sign, item);

  if (said >= 0)
    json_object_set_boolean_member (sheet, member, said != RUSHES_INPUT_NONE);
}

static void
add_retirement (JsonObject *sheet, GPtrArray *paths, JsonNode *item)
{
  g_autoptr (GPtrArray) texts = find_texts (paths, item);
  g_autofree char *day = texts != NULL && texts->len > 0 ? g_strndup (g_ptr_array_index (texts, 0), 10) : NULL;

  if (day != NULL && g_regex_match_simple ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", day, G_REGEX_DOLLAR_ENDONLY, 0))
    json_object_set_string_member (sheet, "retired", day);
}

static JsonObject *
find_object (GPtrArray *paths, JsonNode *item)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (g_ptr_array_index (paths, i), item);

      for (guint j = 0; j < found->len; j++)
        if (JSON_NODE_HOLDS_OBJECT ((JsonNode *) g_ptr_array_index (found, j)))
          return json_node_get_object (g_ptr_array_index (found, j));
    }
  return NULL;
}

static JsonObject *
make_price (const RushesListing *self, const Sku *sku, JsonNode *amount, const char *today, const char *source)
{
  g_autofree char *text = JSON_NODE_HOLDS_VALUE (amount) ? rushes_json_node_to_text (amount, NULL) : NULL;
  JsonObject *price;
  RushesMoney money;

  if (text == NULL || !rushes_money_parse (text, self->currency, &money))
    return NULL;
  price = json_object_new ();
  json_object_set_string_member (price, "amount", text);
  json_object_set_string_member (price, "currency", self->currency);
  json_object_set_string_member (price, "per", sku->per);
  if (sku->when != NULL)
    json_object_set_member (price, "when", json_from_string (sku->when, NULL));
  json_object_set_string_member (price, "as_of", today);
  json_object_set_string_member (price, "source", source);
  return price;
}

/* A price that nobody here understands may be the one that holds: then nothing is known of any. */
static void
add_prices (const RushesListing *self, JsonObject *sheet, JsonNode *item, const char *today, const char *source)
{
  JsonObject *found = find_object (self->prices_at, item);
  g_autoptr (JsonArray) prices = NULL;
  guint n_known = 0;

  if (found == NULL || json_object_get_size (found) == 0)
    return;
  prices = json_array_new ();
  for (guint i = 0; i < self->skus->len; i++)
    {
      const Sku *sku = g_ptr_array_index (self->skus, i);
      JsonNode *amount = json_object_get_member (found, sku->name);
      JsonObject *price = amount != NULL ? make_price (self, sku, amount, today, source) : NULL;

      if (price == NULL)
        continue;
      json_array_add_object_element (prices, price);
      n_known++;
    }
  if (n_known == json_object_get_size (found))
    json_object_set_array_member (sheet, "prices", g_steal_pointer (&prices));
}

/* ---- the list ---- */

static gboolean
is_wanted (const RushesListing *self, JsonNode *item)
{
  for (guint i = 0; i < self->only->len; i++)
    if (ask_sign (g_ptr_array_index (self->only, i), item) <= RUSHES_INPUT_NONE)
      return FALSE;
  return TRUE;
}

static JsonNode *
read_item (const RushesListing *self, JsonNode *item, const char *today, const char *source)
{
  RushesTemplateInput input = { .item = item };
  g_autofree char *id = JSON_NODE_HOLDS_OBJECT (item) ? rushes_template_make_text (self->id, &input) : NULL;
  g_autofree char *name = NULL;
  g_autofree char *summary = NULL;
  JsonObject *sheet;
  JsonNode *node;

  if (id == NULL || !rushes_model_id_is_good (id) || !is_wanted (self, item))
    return NULL;

  name = make_words (self->name, item, MAX_NAME);
  summary = make_words (self->summary, item, MAX_SUMMARY);
  sheet = json_object_new ();
  json_object_set_string_member (sheet, "id", id);
  if (name != NULL)
    json_object_set_string_member (sheet, "name", name);
  if (summary != NULL)
    json_object_set_string_member (sheet, "summary", summary);
  add_retirement (sheet, self->retired, item);
  add_numbers (sheet, "durations", self->durations, item, 0.1, RUSHES_MAX_SECONDS);
  add_choices (sheet, "resolutions", self->resolutions, item, is_size);
  add_choices (sheet, "aspects", self->aspects, item, is_aspect);
  add_numbers (sheet, "frame_rates", self->frame_rates, item, 1, RUSHES_MAX_FRAME_RATE);
  add_inputs (self, sheet, item);
  add_truth (sheet, "negative_prompt", self->negative_prompt, item);
  add_truth (sheet, "seed", self->seed, item);
  add_truth (sheet, "audio", self->audio, item);
  add_prices (self, sheet, item, today, source);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, sheet);
  return node;
}

static JsonArray *
find_list (const RushesListing *self, JsonNode *root)
{
  for (guint i = 0; root != NULL && i < self->at->len; i++)
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (g_ptr_array_index (self->at, i), root);

      for (guint j = 0; j < found->len; j++)
        if (JSON_NODE_HOLDS_ARRAY ((JsonNode *) g_ptr_array_index (found, j)))
          return json_node_get_array (g_ptr_array_index (found, j));
    }
  return NULL;
}

/* It is told back to the same address, and nothing else is made of it. */
static char *
find_cursor (const RushesListing *self, JsonNode *root)
{
  g_autoptr (GPtrArray) texts = find_texts (self->next, root);
  const char *cursor = texts != NULL && texts->len > 0 ? g_ptr_array_index (texts, 0) : NULL;

  return cursor != NULL && *cursor != '\0' && strlen (cursor) <= MAX_CURSOR ? g_strdup (cursor) : NULL;
}

GPtrArray *
rushes_protocol_read_list (RushesProtocol *self,
                           RushesHttpReply *reply,
                           const char *base_url,
                           const char *today,
                           char **cursor,
                           GError **error)
{
  RushesTask task = { .base_url = base_url };
  g_autoptr (GPtrArray) sheets = NULL;
  g_autoptr (GError) problem = NULL;
  JsonNode *root;
  JsonArray *list;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && self->listing != NULL && reply != NULL, NULL);

  if (!rushes_protocol_read_consent (self, RUSHES_OPERATION_MODELS, &task, reply, &problem))
    {
      if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
        {
          /* Translators: %s is a provider. */
          g_autofree char *sentence =
              g_strdup_printf (_ ("%s has no list of models at this address. Check the base URL."), self->name);

          g_set_str (&problem->message, sentence);
        }
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  root = rushes_http_reply_get_json (reply);
  list = find_list (self->listing, root);
  if (list == NULL)
    {
      /* Translators: %s is a provider. */
      rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s answered, but there is no list of models in it."),
                        self->name);
      return NULL;
    }

  sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  for (guint i = 0; i < MIN (json_array_get_length (list), MAX_ITEMS); i++)
    {
      JsonNode *sheet = read_item (self->listing, json_array_get_element (list, i), today, base_url);

      if (sheet != NULL)
        g_ptr_array_add (sheets, sheet);
    }
  *cursor = find_cursor (self->listing, root);
  return g_steal_pointer (&sheets);
}
