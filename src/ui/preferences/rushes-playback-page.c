/* rushes-playback-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-playback-page.h"

#include "rushes-handling.h"
#include "rushes-settings.h"

struct _RushesPlaybackPage
{
  AdwPreferencesPage parent_instance;

  GSettings *settings;
  AdwComboRow *handling; /* in the order of RushesHandling */
};

G_DEFINE_FINAL_TYPE (RushesPlaybackPage, rushes_playback_page, ADW_TYPE_PREFERENCES_PAGE)

static void
handling_chosen (RushesPlaybackPage *self)
{
  guint selected = adw_combo_row_get_selected (self->handling);

  if (self->settings != NULL && selected <= RUSHES_HANDLING_AUTO)
    g_settings_set_enum (self->settings, "handling", (int) selected);
}

static void
handling_changed (RushesPlaybackPage *self)
{
  adw_combo_row_set_selected (self->handling, (guint) g_settings_get_enum (self->settings, "handling"));
}

static void
rushes_playback_page_dispose (GObject *object)
{
  RushesPlaybackPage *self = RUSHES_PLAYBACK_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PLAYBACK_PAGE);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_playback_page_parent_class)->dispose (object);
}

static void
rushes_playback_page_class_init (RushesPlaybackPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_playback_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-playback-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPlaybackPage, handling);
  gtk_widget_class_bind_template_callback (widget_class, handling_chosen);
}

static void
rushes_playback_page_init (RushesPlaybackPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  g_signal_connect_object (self->settings, "changed::handling", G_CALLBACK (handling_changed), self, G_CONNECT_SWAPPED);
  handling_changed (self);
}
