/* rushes-preset-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preset-card.h"

struct _RushesPresetCard
{
  GtkButton parent_instance;

  RushesPreset *preset;
  GtkOrientation orientation;
};

enum
{
  PROP_PRESET = 1,
  PROP_ORIENTATION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesPresetCard, rushes_preset_card, GTK_TYPE_BUTTON)

RushesPreset *
rushes_preset_card_get_preset (RushesPresetCard *self)
{
  g_return_val_if_fail (RUSHES_IS_PRESET_CARD (self), NULL);

  return self->preset;
}

void
rushes_preset_card_set_preset (RushesPresetCard *self, RushesPreset *preset)
{
  g_return_if_fail (RUSHES_IS_PRESET_CARD (self));

  if (g_set_object (&self->preset, preset))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PRESET]);
}

static void
rushes_preset_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesPresetCard *self = RUSHES_PRESET_CARD (object);

  switch (id)
    {
    case PROP_PRESET:
      g_value_set_object (value, self->preset);
      break;
    case PROP_ORIENTATION:
      g_value_set_enum (value, self->orientation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_preset_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesPresetCard *self = RUSHES_PRESET_CARD (object);

  switch (id)
    {
    case PROP_PRESET:
      rushes_preset_card_set_preset (self, g_value_get_object (value));
      break;
    case PROP_ORIENTATION:
      if ((int) self->orientation == g_value_get_enum (value))
        return;
      self->orientation = g_value_get_enum (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_preset_card_dispose (GObject *object)
{
  g_clear_object (&RUSHES_PRESET_CARD (object)->preset);

  G_OBJECT_CLASS (rushes_preset_card_parent_class)->dispose (object);
}

static void
rushes_preset_card_class_init (RushesPresetCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_preset_card_get_property;
  object_class->set_property = rushes_preset_card_set_property;
  object_class->dispose = rushes_preset_card_dispose;

  properties[PROP_PRESET] = g_param_spec_object ("preset", NULL, NULL, RUSHES_TYPE_PRESET, flags);
  properties[PROP_ORIENTATION] =
      g_param_spec_enum ("orientation", NULL, NULL, GTK_TYPE_ORIENTATION, GTK_ORIENTATION_VERTICAL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), RESOURCE_PATH "/ui/rushes-preset-card.ui");
}

static void
rushes_preset_card_init (RushesPresetCard *self)
{
  self->orientation = GTK_ORIENTATION_VERTICAL;
  gtk_widget_init_template (GTK_WIDGET (self));
}
