/* rushes-event-header-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-header-row.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-event-source.h"

struct _RushesEventHeaderRow
{
  AdwPreferencesRow parent_instance;

  GtkWidget *name;
  GtkWidget *value;
};

enum
{
  REMOVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesEventHeaderRow, rushes_event_header_row, ADW_TYPE_PREFERENCES_ROW)

static void
unmark (RushesEventHeaderRow *self)
{
  gtk_widget_remove_css_class (self->name, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_STATE_INVALID);
}

static void
mark (RushesEventHeaderRow *self)
{
  gtk_widget_add_css_class (self->name, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                               -1);
  gtk_widget_grab_focus (self->name);
}

gboolean
rushes_event_header_row_read (RushesEventHeaderRow *self, GPtrArray *headers, GError **error)
{
  g_autofree char *name = NULL;
  g_autofree char *value = NULL;
  g_autofree char *clean = NULL;

  g_return_val_if_fail (RUSHES_IS_EVENT_HEADER_ROW (self), FALSE);
  g_return_val_if_fail (headers != NULL, FALSE);

  name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  value = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->value))));
  if (*name == '\0' && *value == '\0')
    return TRUE;
  clean = rushes_clean_words (name);
  if (g_ascii_strcasecmp (name, "Authorization") == 0 || g_ascii_strcasecmp (name, "Proxy-Authorization") == 0)
    {
      mark (self);
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("“%s” would be readable on the screen: choose it under Authentication."), clean);
      return FALSE;
    }
  if (!rushes_event_source_takes_header (name) || strpbrk (value, "\r\n") != NULL)
    {
      mark (self);
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is no header that can be set."), clean);
      return FALSE;
    }
  g_ptr_array_add (headers, g_steal_pointer (&name));
  g_ptr_array_add (headers, g_steal_pointer (&value));
  return TRUE;
}

static void
remove_row (RushesEventHeaderRow *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static gboolean
rushes_event_header_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (RUSHES_EVENT_HEADER_ROW (widget)->name);
}

static void
rushes_event_header_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_EVENT_HEADER_ROW);

  G_OBJECT_CLASS (rushes_event_header_row_parent_class)->dispose (object);
}

static void
rushes_event_header_row_class_init (RushesEventHeaderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_event_header_row_dispose;
  widget_class->grab_focus = rushes_event_header_row_grab_focus;

  signals[REMOVE] =
      g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-event-header-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesEventHeaderRow, name);
  gtk_widget_class_bind_template_child (widget_class, RushesEventHeaderRow, value);
  gtk_widget_class_bind_template_callback (widget_class, unmark);
  gtk_widget_class_bind_template_callback_full (widget_class, "remove", G_CALLBACK (remove_row));
}

static void
rushes_event_header_row_init (RushesEventHeaderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_event_header_row_new (void)
{
  return g_object_new (RUSHES_TYPE_EVENT_HEADER_ROW, NULL);
}
