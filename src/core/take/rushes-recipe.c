/* rushes-recipe.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-recipe-private.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-draft-private.h"
#include "rushes-error.h"
#include "rushes-recipe-box.h"

/* More than any service takes; in characters. */
#define MAX_PROMPT     20000
#define MAX_WORD       200
#define MAX_VALUE      4000
#define MAX_PLACE      500
#define MAX_PARAMETERS 64
#define MAX_PICTURES   32
#define MAX_SMALL      (64 * 1024)

G_DEFINE_FINAL_TYPE (RushesRecipe, rushes_recipe, G_TYPE_OBJECT)

static void
picture_free (gpointer data)
{
  RushesRecipePicture *picture = data;

  g_free (picture->sha256);
  g_clear_pointer (&picture->small, g_bytes_unref);
  g_free (picture->place);
  g_clear_object (&picture->reference);
  g_free (picture);
}

static void
rushes_recipe_finalize (GObject *object)
{
  RushesRecipe *self = RUSHES_RECIPE (object);

  g_free (self->maker);
  g_clear_pointer (&self->made, g_date_time_unref);
  rushes_brief_free (self->brief);
  g_ptr_array_unref (self->pictures);

  G_OBJECT_CLASS (rushes_recipe_parent_class)->finalize (object);
}

static void
rushes_recipe_class_init (RushesRecipeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_recipe_finalize;
}

static void
rushes_recipe_init (RushesRecipe *self)
{
  self->brief = rushes_brief_new ();
  self->pictures = g_ptr_array_new_with_free_func (picture_free);
}

/* ---- what a stranger may have written ---- */

/* Controls, and marks that nobody sees but a service reads: other directions, and the tags of Unicode, in which a
 * whole text can hide. */
static gboolean
is_hidden (gunichar c)
{
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || (c >= 0xE0000 && c <= 0xE007F);
}

static char *
clean (const char *text, guint max_characters)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) kept = g_string_new (NULL);
  guint n = 0;

  for (const char *p = valid; *p != '\0' && n < max_characters; p = g_utf8_next_char (p))
    if (!is_hidden (g_utf8_get_char (p)))
      {
        g_string_append_unichar (kept, g_utf8_get_char (p));
        n++;
      }
  return g_string_free_and_steal (g_steal_pointer (&kept));
}

static JsonNode *
get_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

static JsonObject *
get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* NULL when there is none. */
static char *
get_text (JsonObject *object, const char *member, guint max_characters)
{
  JsonNode *node = get_value (object, member, G_TYPE_STRING);

  return node != NULL ? clean (json_node_get_string (node), max_characters) : NULL;
}

/* A name or an id: one line, and not a part of a longer one. */
static char *
get_word (JsonObject *object, const char *member)
{
  g_autofree char *word = get_text (object, member, MAX_WORD + 1);

  if (word == NULL || *word == '\0' || strpbrk (word, "\n\t") != NULL || g_utf8_strlen (word, -1) > MAX_WORD)
    return NULL;
  return g_steal_pointer (&word);
}

static gint64
get_integer (JsonObject *object, const char *member, gint64 minimum, gint64 maximum, gint64 fallback)
{
  JsonNode *node = get_value (object, member, G_TYPE_INT64);
  gint64 value = node != NULL ? json_node_get_int (node) : fallback;

  return value >= minimum && value <= maximum ? value : fallback;
}

static gboolean
get_boolean (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

static double
get_seconds (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);
  double value = 0;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      (json_node_get_value_type (node) == G_TYPE_INT64 || json_node_get_value_type (node) == G_TYPE_DOUBLE))
    value = json_node_get_double (node);
  return isfinite (value) && value > 0 && value <= RUSHES_MAX_SECONDS ? value : 0;
}

static gboolean
is_provider_id (const char *id)
{
  gsize length = id != NULL ? strlen (id) : 0;

  return length >= 2 && length <= 40 && strspn (id, G_CSET_a_2_z G_CSET_DIGITS "-") == length;
}

/* A text without the preset that it was of is words like any other. */
static void
read_words (RushesRecipe *self, JsonObject *object)
{
  RushesBrief *brief = self->brief;
  JsonObject *preset = get_object (object, "preset");
  g_autofree char *prompt = get_text (object, "prompt", MAX_PROMPT);
  g_autofree char *negative = get_text (object, "negative_prompt", MAX_PROMPT);

  g_set_str (&brief->prompt, prompt != NULL ? prompt : "");
  g_set_str (&brief->negative_prompt, negative != NULL ? negative : "");
  if (preset == NULL || (brief->preset_text = get_text (preset, "text", MAX_PROMPT)) == NULL)
    return;
  if ((brief->preset_id = get_word (preset, "id")) == NULL)
    {
      g_autofree char *whole = rushes_brief_get_whole_prompt (brief);

      g_set_str (&brief->prompt, whole);
      g_clear_pointer (&brief->preset_text, g_free);
    }
}

static void
read_parameters (RushesRecipe *self, JsonObject *object)
{
  JsonObject *parameters = get_object (object, "parameters");
  JsonObjectIter iter;
  const char *name;

  if (parameters == NULL)
    return;
  json_object_iter_init (&iter, parameters);
  while (json_object_iter_next (&iter, &name, NULL) && g_hash_table_size (self->brief->parameters) < MAX_PARAMETERS)
    {
      g_autofree char *own_name = clean (name, MAX_WORD);
      char *value = get_text (parameters, name, MAX_VALUE);

      if (value != NULL && g_str_equal (own_name, name) && *name != '\0')
        g_hash_table_insert (self->brief->parameters, g_steal_pointer (&own_name), value);
      else
        g_free (value);
    }
}

static void
read_settings (RushesRecipe *self, JsonObject *object)
{
  RushesBrief *brief = self->brief;

  brief->provider_id = get_word (object, "provider");
  brief->model_id = get_word (object, "model");
  if (!is_provider_id (brief->provider_id))
    g_clear_pointer (&brief->provider_id, g_free);

  brief->duration = get_seconds (object, "duration");
  brief->resolution = get_word (object, "resolution");
  brief->aspect = get_word (object, "aspect");
  brief->frame_rate = (int) get_integer (object, "frame_rate", 0, RUSHES_MAX_FRAME_RATE, 0);
  brief->seed = get_integer (object, "seed", -1, G_MAXINT64, -1);
  brief->audio = get_boolean (object, "audio");
  brief->watermark = get_boolean (object, "watermark");
  self->extended = get_boolean (object, "extended");
  read_parameters (self, object);
}

/* ---- pictures ---- */

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* Only what cannot refer to anything outside of itself, as an SVG can. */
static gboolean
is_plain_picture (const guchar *data, gsize size)
{
  return size > 8 && (memcmp (data, "\xff\xd8\xff", 3) == 0 || memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0);
}

static GBytes *
read_small (JsonObject *object)
{
  JsonNode *node = get_value (object, "small", G_TYPE_STRING);
  const char *text = node != NULL ? json_node_get_string (node) : "";
  g_autofree guchar *data = NULL;
  gsize size;

  if (*text == '\0' || strlen (text) > MAX_SMALL / 3 * 4)
    return NULL;
  data = g_base64_decode (text, &size);
  return is_plain_picture (data, size) ? g_bytes_new_take (g_steal_pointer (&data), size) : NULL;
}

static void
read_picture (RushesRecipe *self, JsonObject *object, RushesReferenceRole role)
{
  static const char *const places[] = { "path", "url", "uri", "file" };
  RushesRecipePicture *picture = g_new0 (RushesRecipePicture, 1);

  picture->role = role;
  picture->sha256 = get_word (object, "sha256");
  if (!is_sha256 (picture->sha256))
    g_clear_pointer (&picture->sha256, g_free);
  picture->small = read_small (object);
  for (gsize i = 0; picture->place == NULL && i < G_N_ELEMENTS (places); i++)
    picture->place = get_text (object, places[i], MAX_PLACE);

  if (picture->sha256 != NULL || picture->small != NULL || picture->place != NULL)
    g_ptr_array_add (self->pictures, picture);
  else
    picture_free (picture);
}

static void
read_pictures (RushesRecipe *self, JsonObject *object)
{
  JsonObject *references = get_object (object, "references");

  for (guint role = 0; references != NULL && role < RUSHES_N_ROLES; role++)
    {
      JsonNode *node = json_object_get_member (references, rushes_reference_role_to_string (role));
      JsonArray *list = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      guint n = list != NULL ? json_array_get_length (list) : 0;

      if (role != RUSHES_ROLE_REFERENCE)
        n = MIN (n, 1);
      for (guint i = 0; i < n && self->pictures->len < MAX_PICTURES; i++)
        {
          JsonNode *element = json_array_get_element (list, i);

          if (JSON_NODE_HOLDS_OBJECT (element))
            read_picture (self, json_node_get_object (element), role);
        }
    }
}

/* ---- the whole ---- */

static gboolean
is_empty (RushesRecipe *self)
{
  g_autofree char *whole = rushes_brief_get_whole_prompt (self->brief);

  return *whole == '\0' && self->pictures->len == 0 && self->brief->provider_id == NULL &&
         self->brief->model_id == NULL;
}

RushesRecipe *
rushes_recipe_new (JsonNode *node, GError **error)
{
  g_autoptr (RushesRecipe) self = NULL;
  g_autofree char *maker = NULL;
  g_autofree char *version = NULL;
  g_autofree char *made = NULL;
  JsonObject *object;
  gint64 format;

  g_return_val_if_fail (node != NULL, NULL);

  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  maker = object != NULL ? get_word (object, "maker") : NULL;
  format = object != NULL ? get_integer (object, "format", 1, G_MAXINT64, 0) : 0;
  if (g_strcmp0 (maker, "Rushes") != 0 || format == 0)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("This is no recipe of Rushes, or it is damaged."));
      return NULL;
    }
  if (format > RUSHES_RECIPE_FORMAT)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("This recipe was made by a newer version of Rushes. Update Rushes to use it."));
      return NULL;
    }

  self = g_object_new (RUSHES_TYPE_RECIPE, NULL);
  version = get_word (object, "maker_version");
  self->maker = version != NULL ? g_strconcat (maker, " ", version, NULL) : g_steal_pointer (&maker);
  if ((made = get_word (object, "made")) != NULL)
    self->made = g_date_time_new_from_iso8601 (made, NULL);
  read_words (self, object);
  read_settings (self, object);
  read_pictures (self, object);
  if (is_empty (self))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("There is nothing in this recipe that can be used."));
      return NULL;
    }
  return g_steal_pointer (&self);
}

static DexFuture *
load (gpointer file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = rushes_recipe_read (file, &error);
  g_autoptr (RushesRecipe) self = node != NULL ? rushes_recipe_new (node, &error) : NULL;

  if (self == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
rushes_recipe_load (GFile *file)
{
  dex_return_error_if_fail (G_IS_FILE (file));

  return rushes_async_work (load, g_object_ref (file), g_object_unref);
}

const char *
rushes_recipe_get_maker (RushesRecipe *self)
{
  g_return_val_if_fail (RUSHES_IS_RECIPE (self), NULL);
  return self->maker;
}

GDateTime *
rushes_recipe_get_made (RushesRecipe *self)
{
  g_return_val_if_fail (RUSHES_IS_RECIPE (self), NULL);
  return self->made;
}

const char *
rushes_recipe_get_provider_id (RushesRecipe *self)
{
  g_return_val_if_fail (RUSHES_IS_RECIPE (self), NULL);
  return self->brief->provider_id;
}

const char *
rushes_recipe_get_model_id (RushesRecipe *self)
{
  g_return_val_if_fail (RUSHES_IS_RECIPE (self), NULL);
  return self->brief->model_id;
}

GPtrArray *
rushes_recipe_get_pictures (RushesRecipe *self)
{
  g_return_val_if_fail (RUSHES_IS_RECIPE (self), NULL);
  return self->pictures;
}

void
rushes_recipe_fill (RushesRecipe *self, RushesDraft *draft)
{
  g_autoptr (RushesBrief) brief = NULL;

  g_return_if_fail (RUSHES_IS_RECIPE (self));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));

  brief = rushes_brief_copy (self->brief);
  brief->count = rushes_draft_get_count (draft);
  for (guint i = 0; i < self->pictures->len; i++)
    {
      const RushesRecipePicture *picture = g_ptr_array_index (self->pictures, i);

      if (picture->reference != NULL)
        g_ptr_array_add (brief->references[picture->role], g_object_ref (picture->reference));
    }
  rushes_draft_adopt (draft, brief);
}

JsonNode *
rushes_recipe_to_json (RushesRecipe *self)
{
  g_autoptr (JsonObject) references = json_object_new ();
  JsonObject *object;
  JsonNode *node;

  g_return_val_if_fail (RUSHES_IS_RECIPE (self), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "maker", self->maker);
  json_object_set_int_member (object, "format", RUSHES_RECIPE_FORMAT);
  if (self->made != NULL)
    {
      g_autofree char *made = g_date_time_format_iso8601 (self->made);

      json_object_set_string_member (object, "made", made);
    }
  rushes_recipe_write_brief (object, self->brief);
  if (self->extended)
    json_object_set_boolean_member (object, "extended", TRUE);

  for (guint i = 0; i < self->pictures->len; i++)
    {
      const RushesRecipePicture *picture = g_ptr_array_index (self->pictures, i);
      const char *role = rushes_reference_role_to_string (picture->role);
      JsonObject *one = json_object_new ();

      if (picture->sha256 != NULL)
        json_object_set_string_member (one, "sha256", picture->sha256);
      json_object_set_boolean_member (one, "small", picture->small != NULL);
      if (picture->place != NULL)
        json_object_set_string_member (one, "place", picture->place);
      if (!json_object_has_member (references, role))
        json_object_set_array_member (references, role, json_array_new ());
      json_array_add_object_element (json_object_get_array_member (references, role), one);
    }
  if (self->pictures->len > 0)
    json_object_set_object_member (object, "references", g_steal_pointer (&references));

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}
