/* rushes-upload-places-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-places-page.h"

#include <glib/gi18n.h>

#include "rushes-note-row.h"
#include "rushes-toast.h"
#include "rushes-upload-place-page.h"

struct _RushesUploadPlacesPage
{
  AdwNavigationPage parent_instance;

  RushesUploadPlaces *places;
  GPtrArray *rows;   /* GtkWidget, in the order of the places */
  GtkWidget *nobody; /* in the group of the marks, so that one alone looks like the others; never shown */
  gboolean following;

  RushesNoteRow *note;
  AdwPreferencesGroup *list;
};

G_DEFINE_FINAL_TYPE (RushesUploadPlacesPage, rushes_upload_places_page, ADW_TYPE_NAVIGATION_PAGE)

static void
open_place (RushesUploadPlacesPage *self, RushesUploadPlace *place)
{
  GtkWidget *dialog = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_PREFERENCES_DIALOG);

  adw_preferences_dialog_push_subpage (ADW_PREFERENCES_DIALOG (dialog),
                                       ADW_NAVIGATION_PAGE (rushes_upload_place_page_new (self->places, place)));
}

static void
row_activated (AdwActionRow *row, RushesUploadPlacesPage *self)
{
  open_place (self, g_object_get_data (G_OBJECT (row), "place"));
}

static void
add_place (RushesUploadPlacesPage *self)
{
  open_place (self, NULL);
}

static void
place_marked (GtkCheckButton *check, GParamSpec *pspec, RushesUploadPlacesPage *self)
{
  RushesUploadPlace *place = g_object_get_data (G_OBJECT (check), "place");
  g_autoptr (GError) error = NULL;

  if (!self->following && gtk_check_button_get_active (check) &&
      !rushes_upload_places_set_chosen (self->places, rushes_upload_place_get_id (place), &error))
    rushes_toast_error (GTK_WIDGET (self), error);
}

static const char *
name_kind (RushesUploadKind kind)
{
  switch (kind)
    {
    case RUSHES_UPLOAD_S3:
      return _ ("Bucket (S3)");
    case RUSHES_UPLOAD_PUT:
      return _ ("Web Folder (PUT or WebDAV)");
    case RUSHES_UPLOAD_FORM:
      return _ ("Form Host");
    case RUSHES_UPLOAD_FOLDER:
    default:
      return _ ("Local Folder");
    }
}

static GtkWidget *
make_row (RushesUploadPlacesPage *self, RushesUploadPlace *place)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "activatable", TRUE, NULL);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  /* Translators: %s is the name of a place that pictures are uploaded to. */
  g_autofree char *label = g_strdup_printf (_ ("Use %s as usual"), rushes_upload_place_get_name (place));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rushes_upload_place_get_name (place));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), name_kind (rushes_upload_place_get_kind (place)));
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (self->nobody));
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (check, _ ("Use as Usual"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data_full (G_OBJECT (row), "place", g_object_ref (place), g_object_unref);
  g_object_set_data_full (G_OBJECT (check), "place", g_object_ref (place), g_object_unref);
  g_signal_connect_object (check, "notify::active", G_CALLBACK (place_marked), self, 0);
  g_signal_connect_object (row, "activated", G_CALLBACK (row_activated), self, 0);

  return row;
}

static void
show_chosen (RushesUploadPlacesPage *self)
{
  const char *chosen = rushes_upload_places_get_chosen (self->places);

  self->following = TRUE;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->nobody), TRUE);
  for (guint i = 0; i < self->rows->len; i++)
    {
      GObject *row = self->rows->pdata[i];
      RushesUploadPlace *place = g_object_get_data (row, "place");

      if (g_strcmp0 (chosen, rushes_upload_place_get_id (place)) == 0)
        gtk_check_button_set_active (g_object_get_data (row, "check"), TRUE);
    }
  self->following = FALSE;
}

static void
fill (RushesUploadPlacesPage *self)
{
  const GError *error = rushes_upload_places_get_error (self->places);
  GListModel *places = G_LIST_MODEL (self->places);

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->list, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (places); i++)
    {
      g_autoptr (RushesUploadPlace) place = g_list_model_get_item (places, i);
      GtkWidget *row = make_row (self, place);

      adw_preferences_group_add (self->list, row);
      g_ptr_array_add (self->rows, row);
    }
  show_chosen (self);
  rushes_note_row_say (self->note, error != NULL ? error->message : NULL, NULL);
}

static void
rushes_upload_places_page_dispose (GObject *object)
{
  RushesUploadPlacesPage *self = RUSHES_UPLOAD_PLACES_PAGE (object);

  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_UPLOAD_PLACES_PAGE);
  g_clear_object (&self->places);
  g_clear_object (&self->nobody);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_upload_places_page_parent_class)->dispose (object);
}

static void
rushes_upload_places_page_class_init (RushesUploadPlacesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_upload_places_page_dispose;

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-upload-places-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacesPage, note);
  gtk_widget_class_bind_template_child (widget_class, RushesUploadPlacesPage, list);
  gtk_widget_class_bind_template_callback (widget_class, add_place);
}

static void
rushes_upload_places_page_init (RushesUploadPlacesPage *self)
{
  self->rows = g_ptr_array_new ();
  self->nobody = g_object_ref_sink (gtk_check_button_new ());
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rushes_upload_places_page_new (RushesUploadPlaces *places)
{
  RushesUploadPlacesPage *self;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (places), NULL);

  self = g_object_new (RUSHES_TYPE_UPLOAD_PLACES_PAGE, NULL);
  self->places = g_object_ref (places);
  g_signal_connect_object (places, "items-changed", G_CALLBACK (fill), self, G_CONNECT_SWAPPED);
  /* The first place of all becomes the usual one on its own page. */
  g_signal_connect (self, "showing", G_CALLBACK (show_chosen), NULL);
  fill (self);

  return GTK_WIDGET (self);
}
