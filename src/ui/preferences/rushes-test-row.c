/* rushes-test-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-test-row.h"

#include <glib/gi18n.h>

struct _RushesTestRow
{
  AdwPreferencesRow parent_instance;

  char *subtitle;
  gboolean running;

  GtkImage *symbol;
  GtkLabel *verdict;
  GtkLabel *words;
  GtkStack *stack;
  GtkWidget *button;
};

enum
{
  PROP_SUBTITLE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  TEST,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesTestRow, rushes_test_row, ADW_TYPE_PREFERENCES_ROW)

static void
clicked (RushesTestRow *self)
{
  if (!self->running)
    g_signal_emit (self, signals[TEST], 0);
}

void
rushes_test_row_set_running (RushesTestRow *self, gboolean running)
{
  g_return_if_fail (RUSHES_IS_TEST_ROW (self));

  if (self->running == running)
    return;
  self->running = running;
  gtk_stack_set_visible_child_name (self->stack, running ? "spinner" : "label");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_BUSY, running, -1);
  if (running)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), _ ("Testing…"), GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

void
rushes_test_row_show (RushesTestRow *self, gboolean good, const char *verdict, const char *words)
{
  g_return_if_fail (RUSHES_IS_TEST_ROW (self));

  gtk_image_set_from_icon_name (self->symbol, good ? "object-select-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->symbol), good ? "warning" : "success");
  gtk_widget_add_css_class (GTK_WIDGET (self->symbol), good ? "success" : "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->symbol), verdict != NULL);
  if (verdict != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), "dim-label");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "dim-label");
  gtk_label_set_label (self->verdict, verdict != NULL ? verdict : self->subtitle != NULL ? self->subtitle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), *gtk_label_get_label (self->verdict) != '\0');
  gtk_label_set_label (self->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->words), words != NULL);
  if (verdict != NULL)
    gtk_accessible_announce (GTK_ACCESSIBLE (self), verdict, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
rushes_test_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_SUBTITLE:
      g_value_set_string (value, RUSHES_TEST_ROW (object)->subtitle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_test_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesTestRow *self = RUSHES_TEST_ROW (object);

  switch (id)
    {
    case PROP_SUBTITLE:
      if (g_set_str (&self->subtitle, g_value_get_string (value)))
        {
          rushes_test_row_show (self, TRUE, NULL, NULL);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_test_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_TEST_ROW);

  G_OBJECT_CLASS (rushes_test_row_parent_class)->dispose (object);
}

static void
rushes_test_row_finalize (GObject *object)
{
  g_free (RUSHES_TEST_ROW (object)->subtitle);

  G_OBJECT_CLASS (rushes_test_row_parent_class)->finalize (object);
}

static void
rushes_test_row_class_init (RushesTestRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_test_row_get_property;
  object_class->set_property = rushes_test_row_set_property;
  object_class->dispose = rushes_test_row_dispose;
  object_class->finalize = rushes_test_row_finalize;

  properties[PROP_SUBTITLE] = g_param_spec_string (
      "subtitle", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[TEST] =
      g_signal_new ("test", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-test-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTestRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, RushesTestRow, verdict);
  gtk_widget_class_bind_template_child (widget_class, RushesTestRow, words);
  gtk_widget_class_bind_template_child (widget_class, RushesTestRow, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesTestRow, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked);
}

static void
rushes_test_row_init (RushesTestRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Test"), -1);
  rushes_test_row_show (self, TRUE, NULL, NULL);
}
