/* rushes-preset.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rushes-preset-private.h"

struct _RushesPreset
{
  GObject parent_instance;

  char *id;
  char *plain_name;
  char *name;
  char *summary;
  char *prompt;
  char *group;
  char *icon_name;
  gboolean shipped;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_SUMMARY,
  PROP_PROMPT,
  PROP_GROUP,
  PROP_ICON_NAME,
  PROP_SHIPPED,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesPreset, rushes_preset, G_TYPE_OBJECT)

static void
rushes_preset_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RushesPreset *self = RUSHES_PRESET (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_PROMPT:
      g_value_set_string (value, self->prompt);
      break;
    case PROP_GROUP:
      g_value_set_string (value, self->group);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_SHIPPED:
      g_value_set_boolean (value, self->shipped);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rushes_preset_finalize (GObject *object)
{
  RushesPreset *self = RUSHES_PRESET (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->plain_name, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->summary, g_free);
  g_clear_pointer (&self->prompt, g_free);
  g_clear_pointer (&self->group, g_free);
  g_clear_pointer (&self->icon_name, g_free);

  G_OBJECT_CLASS (rushes_preset_parent_class)->finalize (object);
}

static void
rushes_preset_class_init (RushesPresetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rushes_preset_get_property;
  object_class->finalize = rushes_preset_finalize;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUMMARY] =
      g_param_spec_string ("summary", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROMPT] = g_param_spec_string ("prompt", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_GROUP] = g_param_spec_string ("group", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ICON_NAME] =
      g_param_spec_string ("icon-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SHIPPED] =
      g_param_spec_boolean ("shipped", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_preset_init (RushesPreset *self)
{
}

RushesPreset *
rushes_preset_new_shipped (const char *id,
                           const char *group,
                           const char *name,
                           const char *summary,
                           const char *prompt,
                           const char *icon_name)
{
  RushesPreset *self = g_object_new (RUSHES_TYPE_PRESET, NULL);

  self->id = g_strdup (id);
  self->group = g_strdup (gettext (group));
  self->plain_name = g_strdup (name);
  self->name = g_strdup (gettext (name));
  self->summary = g_strdup (gettext (summary));
  self->prompt = g_strdup (prompt);
  self->icon_name = g_strdup (icon_name);
  self->shipped = TRUE;
  return self;
}

RushesPreset *
rushes_preset_new_own (const char *id, const char *name, const char *prompt)
{
  RushesPreset *self = g_object_new (RUSHES_TYPE_PRESET, NULL);

  self->id = g_strdup (id);
  /* Translators: the group of those presets that the person has made. */
  self->group = g_strdup (_ ("My Presets"));
  self->plain_name = g_strdup (name);
  self->name = g_strdup (name);
  self->summary = g_strdup (prompt);
  self->prompt = g_strdup (prompt);
  self->icon_name = g_strdup ("user-bookmarks-symbolic");
  return self;
}

RushesPreset *
rushes_preset_new_changed (RushesPreset *shipped, const char *prompt)
{
  RushesPreset *self = g_object_new (RUSHES_TYPE_PRESET, NULL);

  self->id = g_strdup (shipped->id);
  self->group = g_strdup (shipped->group);
  self->plain_name = g_strdup (shipped->plain_name);
  self->name = g_strdup (shipped->name);
  self->summary = g_strdup (prompt);
  self->prompt = g_strdup (prompt);
  self->icon_name = g_strdup (shipped->icon_name);
  return self;
}

const char *
rushes_preset_get_id (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), NULL);
  return self->id;
}

const char *
rushes_preset_get_name (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), NULL);
  return self->name;
}

const char *
rushes_preset_get_plain_name (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), NULL);
  return self->plain_name;
}

const char *
rushes_preset_get_summary (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), NULL);
  return self->summary;
}

const char *
rushes_preset_get_prompt (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), NULL);
  return self->prompt;
}

const char *
rushes_preset_get_group (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), NULL);
  return self->group;
}

const char *
rushes_preset_get_icon_name (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), NULL);
  return self->icon_name;
}

gboolean
rushes_preset_get_shipped (RushesPreset *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET (self), FALSE);
  return self->shipped;
}

gboolean
rushes_preset_equal (RushesPreset *self, RushesPreset *other)
{
  return g_str_equal (self->id, other->id) && g_str_equal (self->name, other->name) &&
         g_str_equal (self->prompt, other->prompt) && self->shipped == other->shipped;
}

gboolean
rushes_preset_same_word (const char *a, const char *b)
{
  g_autofree char *normal_a = g_utf8_normalize (a, -1, G_NORMALIZE_NFC);
  g_autofree char *normal_b = g_utf8_normalize (b, -1, G_NORMALIZE_NFC);
  g_autofree char *folded_a = NULL;
  g_autofree char *folded_b = NULL;

  if (normal_a == NULL || normal_b == NULL)
    return FALSE;
  folded_a = g_utf8_casefold (normal_a, -1);
  folded_b = g_utf8_casefold (normal_b, -1);
  return g_str_equal (folded_a, folded_b);
}

gboolean
rushes_preset_is_called (RushesPreset *self, const char *id_or_name)
{
  return rushes_preset_same_word (self->id, id_or_name) || rushes_preset_same_word (self->plain_name, id_or_name) ||
         rushes_preset_same_word (self->name, id_or_name);
}

static gunichar
fold_character (const char *text)
{
  gunichar c = g_utf8_get_char (text);

  return g_unichar_isspace (c) || c == '-' || c == '_' ? ' ' : g_unichar_tolower (c);
}

static const char *
skip_word (const char *text, const char *name)
{
  for (; *name != '\0'; name = g_utf8_next_char (name), text = g_utf8_next_char (text))
    if (*text == '\0' || fold_character (text) != fold_character (name))
      return NULL;
  if (*text == '\0' || !g_unichar_isspace (g_utf8_get_char (text)))
    return NULL;

  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

const char *
rushes_preset_skip_name (RushesPreset *self, const char *text)
{
  const char *rest;

  if ((rest = skip_word (text, self->name)) || (rest = skip_word (text, self->plain_name)))
    return rest;
  return skip_word (text, self->id);
}
