/* rushes-upload-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-group.h"

#include <glib/gi18n.h>

#include "rushes-provider-settings.h"
#include "rushes-upload-place.h"
#include "rushes-upload-places-page.h"

struct _RushesUploadGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings *settings;
  RushesUploadPlaces *places;
  gboolean following;

  AdwComboRow *place;
};

G_DEFINE_FINAL_TYPE (RushesUploadGroup, rushes_upload_group, ADW_TYPE_PREFERENCES_GROUP)

/* The list: as for every provider, and then each place. */
static void
show_places (RushesUploadGroup *self)
{
  GListModel *places = G_LIST_MODEL (self->places);
  const char *usual_id = rushes_upload_places_get_chosen (self->places);
  RushesUploadPlace *usual = usual_id != NULL ? rushes_upload_places_find (self->places, usual_id) : NULL;
  g_autofree char *chosen = g_settings_get_string (self->settings, "upload-place");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *first = NULL;
  guint selected = 0;

  if (usual != NULL)
    /* Translators: %s is the name of a place that pictures are uploaded to; it is used unless another is chosen. */
    first = g_strdup_printf (_ ("As Usual (%s)"), rushes_upload_place_get_name (usual));
  gtk_string_list_append (names, first != NULL ? first : _ ("None Chosen"));
  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (RushesUploadPlace) place = g_list_model_get_item (places, i);

      gtk_string_list_append (names, rushes_upload_place_get_name (place));
      if (g_str_equal (rushes_upload_place_get_id (place), chosen))
        selected = i + 1;
    }
  self->following = TRUE;
  adw_combo_row_set_model (self->place, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->place, selected);
  self->following = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->place), g_list_model_get_n_items (places) > 0);
}

static void
place_chosen (RushesUploadGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->place);
  g_autoptr (RushesUploadPlace) place = NULL;

  if (self->following || self->settings == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (selected > 0)
    place = g_list_model_get_item (G_LIST_MODEL (self->places), selected - 1);
  g_settings_set_string (self->settings, "upload-place", place != NULL ? rushes_upload_place_get_id (place) : "");
}

static void
open_places (RushesUploadGroup *self)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog),
                                       ADW_NAVIGATION_PAGE (rushes_upload_places_page_new (self->places)));
}

void
rushes_upload_group_set_provider (RushesUploadGroup *self, RushesProvider *provider)
{
  g_return_if_fail (RUSHES_IS_UPLOAD_GROUP (self));
  g_return_if_fail (RUSHES_IS_PROVIDER (provider));
  g_return_if_fail (self->settings == NULL);

  self->settings = rushes_provider_settings_get (rushes_provider_get_id (provider));
  self->places = g_object_ref (rushes_upload_places_get_default ());
  g_signal_connect_object (self->places, "items-changed", G_CALLBACK (show_places), self, G_CONNECT_SWAPPED);
  /* Coming back from where the usual one is chosen. */
  g_signal_connect (self, "map", G_CALLBACK (show_places), NULL);
  show_places (self);
}

static void
rushes_upload_group_dispose (GObject *object)
{
  RushesUploadGroup *self = RUSHES_UPLOAD_GROUP (object);

  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_UPLOAD_GROUP);
  g_clear_object (&self->settings);
  g_clear_object (&self->places);

  G_OBJECT_CLASS (rushes_upload_group_parent_class)->dispose (object);
}

static void
rushes_upload_group_class_init (RushesUploadGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_upload_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-upload-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesUploadGroup, place);
  gtk_widget_class_bind_template_callback (widget_class, place_chosen);
  gtk_widget_class_bind_template_callback (widget_class, open_places);
}

static void
rushes_upload_group_init (RushesUploadGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
