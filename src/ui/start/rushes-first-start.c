/* rushes-first-start.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-first-start.h"

#include "rushes-drop.h"
#include "rushes-ways.h"

struct _RushesFirstStart
{
  AdwBin parent_instance;

  gboolean busy;

  GtkWidget *well;
  AdwWrapBox *preset_box;
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
  WAY_CHOSEN,
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
preset_clicked (GtkWidget *button)
{
  GtkWidget *self = gtk_widget_get_ancestor (button, RUSHES_TYPE_FIRST_START);

  g_signal_emit (self, signals[PRESET_PICKED], 0, g_object_get_data (G_OBJECT (button), "preset"));
}

static void
way_chosen (RushesFirstStart *self, const char *way)
{
  g_signal_emit (self, signals[WAY_CHOSEN], 0, way);
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
  signals[WAY_CHOSEN] =
      g_signal_new ("way-chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUSHES_TYPE_WAYS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-first-start.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesFirstStart, well);
  gtk_widget_class_bind_template_child (widget_class, RushesFirstStart, preset_box);
  gtk_widget_class_bind_template_callback (widget_class, choose);
  gtk_widget_class_bind_template_callback (widget_class, way_chosen);
}

static void
rushes_first_start_init (RushesFirstStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rushes_drop_accept (GTK_WIDGET (self), self->well, GTK_PHASE_BUBBLE, drop_came, NULL);
}

static void
add_preset (RushesFirstStart *self, RushesPreset *preset)
{
  GtkWidget *content = adw_button_content_new ();
  GtkWidget *button = gtk_button_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), rushes_preset_get_icon_name (preset));
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), rushes_preset_get_name (preset));
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_set_tooltip_text (button, rushes_preset_get_summary (preset));
  g_object_set_data_full (G_OBJECT (button), "preset", g_object_ref (preset), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (preset_clicked), NULL);
  adw_wrap_box_append (self->preset_box, button);
}

GtkWidget *
rushes_first_start_new (RushesPresets *presets)
{
  static const char *const ids[] = { "slow-push-in", "turntable", "living-photo" };
  RushesFirstStart *self = g_object_new (RUSHES_TYPE_FIRST_START, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      RushesPreset *preset = rushes_presets_find (presets, ids[i]);

      /* A person may have hidden it. */
      if (preset != NULL)
        add_preset (self, preset);
    }

  return GTK_WIDGET (self);
}
