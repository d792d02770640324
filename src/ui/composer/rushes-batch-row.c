/* rushes-batch-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-batch-row.h"

#include <glib/gi18n.h>

struct _RushesBatchRow
{
  AdwBin parent_instance;

  GPtrArray *pictures;
  gboolean accepted;

  GtkLabel *label;
};

enum
{
  PROP_ACCEPTED = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  DISMISSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesBatchRow, rushes_batch_row, ADW_TYPE_BIN)

static void
set_accepted (RushesBatchRow *self, gboolean accepted)
{
  if (self->accepted == accepted)
    return;
  self->accepted = accepted;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ACCEPTED]);
}

static void
dismiss (RushesBatchRow *self)
{
  rushes_batch_row_set_pictures (self, NULL);
  g_signal_emit (self, signals[DISMISSED], 0);
}

void
rushes_batch_row_set_pictures (RushesBatchRow *self, GPtrArray *pictures)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RUSHES_IS_BATCH_ROW (self));

  if (pictures != NULL && pictures->len < 2)
    pictures = NULL;
  if (pictures != NULL)
    {
      g_ptr_array_ref (pictures);
      words = g_strdup_printf (
          ngettext ("Make one take for each of %u picture", "Make one take for each of %u pictures", pictures->len),
          pictures->len);
      gtk_label_set_label (self->label, words);
    }
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  self->pictures = pictures;
  gtk_widget_set_visible (GTK_WIDGET (self), pictures != NULL);
  set_accepted (self, FALSE);
}

GPtrArray *
rushes_batch_row_get_pictures (RushesBatchRow *self)
{
  g_return_val_if_fail (RUSHES_IS_BATCH_ROW (self), NULL);

  return self->pictures;
}

gboolean
rushes_batch_row_get_accepted (RushesBatchRow *self)
{
  g_return_val_if_fail (RUSHES_IS_BATCH_ROW (self), FALSE);

  return self->accepted;
}

static void
rushes_batch_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACCEPTED:
      g_value_set_boolean (value, RUSHES_BATCH_ROW (object)->accepted);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_batch_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ACCEPTED:
      set_accepted (RUSHES_BATCH_ROW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_batch_row_dispose (GObject *object)
{
  RushesBatchRow *self = RUSHES_BATCH_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_BATCH_ROW);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_batch_row_parent_class)->dispose (object);
}

static void
rushes_batch_row_class_init (RushesBatchRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_batch_row_get_property;
  object_class->set_property = rushes_batch_row_set_property;
  object_class->dispose = rushes_batch_row_dispose;

  properties[PROP_ACCEPTED] = g_param_spec_boolean (
      "accepted", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[DISMISSED] =
      g_signal_new ("dismissed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-batch-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesBatchRow, label);
  gtk_widget_class_bind_template_callback (widget_class, dismiss);
}

static void
rushes_batch_row_init (RushesBatchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
