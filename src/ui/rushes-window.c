/* rushes-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-window.h"

#include "rushes-settings.h"

struct _RushesWindow
{
  AdwApplicationWindow parent_instance;

  RushesStudio *studio;
  GSettings *settings;

  GtkStack *stack;
  AdwStatusPage *closed;
  AdwNavigationView *places;
};

G_DEFINE_FINAL_TYPE (RushesWindow, rushes_window, ADW_TYPE_APPLICATION_WINDOW)

static void
rushes_window_dispose (GObject *object)
{
  RushesWindow *self = RUSHES_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_WINDOW);
  g_clear_object (&self->studio);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_window_parent_class)->dispose (object);
}

static void
rushes_window_class_init (RushesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, closed);
  gtk_widget_class_bind_template_child (widget_class, RushesWindow, places);
}

static void
rushes_window_init (RushesWindow *self)
{
  GtkWindow *window = GTK_WINDOW (self);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  gtk_window_set_default_size (window, g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (window);
}

RushesWindow *
rushes_window_new (GtkApplication *application)
{
  return g_object_new (RUSHES_TYPE_WINDOW, "application", application, NULL);
}

void
rushes_window_set_studio (RushesWindow *self, RushesStudio *studio)
{
  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (RUSHES_IS_STUDIO (studio));
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  gtk_stack_set_visible_child_name (self->stack, "open");
}

RushesStudio *
rushes_window_get_studio (RushesWindow *self)
{
  g_return_val_if_fail (RUSHES_IS_WINDOW (self), NULL);

  return self->studio;
}

void
rushes_window_show_problem (RushesWindow *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (error != NULL);

  /* A status page reads markup. */
  sentence = g_markup_escape_text (error->message, -1);
  adw_status_page_set_description (self->closed, sentence);
  gtk_stack_set_visible_child_name (self->stack, "closed");
}

void
rushes_window_open_take (RushesWindow *self, RushesTake *take)
{
  g_return_if_fail (RUSHES_IS_WINDOW (self));
  g_return_if_fail (RUSHES_IS_TAKE (take));
}
