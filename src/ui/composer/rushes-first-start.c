/* rushes-first-start.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-first-start.h"

#include "rushes-drop.h"
#include "rushes-preset-card.h"

struct _RushesFirstStart
{
  AdwBin parent_instance;

  gboolean busy;

  GtkWidget *well;
  RushesPresetCard *card_1;
  RushesPresetCard *card_2;
  RushesPresetCard *card_3;
};

enum
{
  PROP_BUSY = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHOOSE,
  DROPPED,
  PRESET_PICKED,
  TRY_NOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesFirstStart, rushes_first_start, ADW_TYPE_BIN)

static void
choose (RushesFirstStart *self)
{
  g_signal_emit (self, signals[CHOOSE], 0);
}

static void
card_clicked (RushesPresetCard *card)
{
  GtkWidget *self = gtk_widget_get_ancestor (GTK_WIDGET (card), RUSHES_TYPE_FIRST_START);

  g_signal_emit (self, signals[PRESET_PICKED], 0, rushes_preset_card_get_preset (card));
}

static void
try_now (RushesFirstStart *self)
{
  g_signal_emit (self, signals[TRY_NOW], 0);
}

static void
drop_came (GtkWidget *widget, GdkDrop *drop, gpointer data)
{
  g_signal_emit (widget, signals[DROPPED], 0, drop);
}

void
rushes_first_start_set_busy (RushesFirstStart *self, gboolean busy)
{
  g_return_if_fail (RUSHES_IS_FIRST_START (self));

  if (self->busy == busy)
    return;
  self->busy = busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
rushes_first_start_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, RUSHES_FIRST_START (object)->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_first_start_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY:
      rushes_first_start_set_busy (RUSHES_FIRST_START (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_first_start_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_FIRST_START);

  G_OBJECT_CLASS (rushes_first_start_parent_class)->dispose (object);
}

static void
rushes_first_start_class_init (RushesFirstStartClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = rushes_first_start_get_property;
  object_class->set_property = rushes_first_start_set_property;
  object_class->dispose = rushes_first_start_dispose;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHOOSE] = g_signal_new ("choose", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DROPPED] =
      g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, GDK_TYPE_DROP);
  signals[PRESET_PICKED] =
      g_signal_new ("preset-picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RUSHES_TYPE_PRESET);
  signals[TRY_NOW] = g_signal_new ("try-now", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUSHES_TYPE_PRESET_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-first-start.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesFirstStart, well);
  gtk_widget_class_bind_template_child (widget_class, RushesFirstStart, card_1);
  gtk_widget_class_bind_template_child (widget_class, RushesFirstStart, card_2);
  gtk_widget_class_bind_template_child (widget_class, RushesFirstStart, card_3);
  gtk_widget_class_bind_template_callback (widget_class, choose);
  gtk_widget_class_bind_template_callback (widget_class, card_clicked);
  gtk_widget_class_bind_template_callback (widget_class, try_now);
}

static void
rushes_first_start_init (RushesFirstStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rushes_drop_accept (GTK_WIDGET (self), self->well, GTK_PHASE_BUBBLE, drop_came, NULL);
}

static void
show_preset (RushesPresetCard *card, RushesPresets *presets, const char *id)
{
  RushesPreset *preset = rushes_presets_find (presets, id);

  /* A person may have hidden it. */
  rushes_preset_card_set_preset (card, preset);
  gtk_widget_set_visible (GTK_WIDGET (card), preset != NULL);
}

GtkWidget *
rushes_first_start_new (RushesPresets *presets)
{
  RushesFirstStart *self = g_object_new (RUSHES_TYPE_FIRST_START, NULL);

  show_preset (self->card_1, presets, "slow-push-in");
  show_preset (self->card_2, presets, "turntable");
  show_preset (self->card_3, presets, "living-photo");

  return GTK_WIDGET (self);
}
