/* test-preferences-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include "rushes-provider-settings.h"
#include "rushes-upload-place.h"

/* Upload places: set up, tried out, chosen and removed. */

static void
open_places (RushesDesk *self)
{
  rushes_preferences_show (self->preferences, "providers/jiekou");
  adw_action_row_activate (ADW_ACTION_ROW (rushes_desk_row (self, "Set Up Upload Places…")));
  rushes_desk_row (self, "_Add Upload Place…");
}

static void
add_place (RushesDesk *self, RushesUploadKind kind, const char *name)
{
  g_signal_emit_by_name (rushes_desk_row (self, "_Add Upload Place…"), "activated");
  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (self, "Kind")), kind);
  rushes_desk_type (rushes_desk_row (self, "Name"), name);
}

static void
remove_all (RushesDesk *self)
{
  RushesUploadPlaces *places = rushes_upload_places_get_default ();

  while (g_list_model_get_n_items (G_LIST_MODEL (places)) > 0)
    {
      g_autoptr (RushesUploadPlace) place = g_list_model_get_item (G_LIST_MODEL (places), 0);
      g_autoptr (GError) error = NULL;

      rushes_upload_places_remove (places, rushes_upload_place_get_id (place), &error);
      g_assert_no_error (error);
    }
  rushes_desk_close (self);
}

static void
go_back (RushesDesk *self)
{
  g_assert_true (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self->preferences)));
}

static GtkCheckButton *
find_mark (GtkWidget *widget)
{
  if (GTK_IS_CHECK_BUTTON (widget))
    return GTK_CHECK_BUTTON (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkCheckButton *found = find_mark (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_bucket (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  RushesUploadPlaces *places = rushes_upload_places_get_default ();
  RushesUploadPlace *place;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (RushesKey) key = NULL;
  g_autoptr (DexFuture) found = NULL;
  g_autoptr (GError) error = NULL;
  const char *const origins[] = { "https://s3.kites.example", NULL };
  const RushesKeyOwner owner = { .provider_id = "upload:my-bucket", .origins = origins };
  const GValue *value;

  open_places (desk);
  add_place (desk, RUSHES_UPLOAD_S3, "My Bucket");
  rushes_desk_type (rushes_desk_row (desk, "Server Address"), "https://s3.kites.example");

  /* What must be there, and what cannot be. */
  rushes_desk_press (desk, NULL, "Save");
  rushes_desk_await_words (desk, "Fill in “Bucket”");
  g_assert_true (gtk_widget_has_css_class (rushes_desk_row (desk, "Bucket"), "error"));
  rushes_desk_type (rushes_desk_row (desk, "Bucket"), "my pictures");
  rushes_desk_type (rushes_desk_row (desk, "Access Key ID"), "AKIA");
  rushes_desk_press (desk, NULL, "Save");
  rushes_desk_await_words (desk, "Bucket: ");
  g_assert_true (gtk_widget_has_css_class (rushes_desk_row (desk, "Bucket"), "error"));
  g_assert_null (rushes_upload_places_find (places, "my-bucket"));

  rushes_desk_type (rushes_desk_row (desk, "Bucket"), "pictures");
  rushes_desk_type (rushes_desk_row (desk, "Secret Access Key"), "s3cret");
  rushes_desk_press (desk, NULL, "Save");
  rushes_desk_row (desk, "New Secret Access Key");
  place = rushes_upload_places_find (places, "my-bucket");
  g_assert_nonnull (place);
  g_assert_cmpstr (rushes_upload_places_get_chosen (places), ==, "my-bucket");
  json = rushes_upload_place_to_json (place);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json), "bucket"), ==, "pictures");
  g_assert_false (json_object_has_member (json_node_get_object (json), "region"));

  found = rushes_test_run (rushes_keyring_look_up (rushes_keyring_get_default (), &owner));
  value = dex_future_get_value (found, &error);
  g_assert_no_error (error);
  key = g_value_dup_boxed (value);
  g_assert_cmpstr (key->value, ==, "s3cret");

  go_back (desk);
  g_assert_true (gtk_check_button_get_active (find_mark (rushes_desk_row (desk, "My Bucket"))));
  go_back (desk);
  rushes_desk_await_words (desk, "As Usual (My Bucket)");

  remove_all (desk);
}

static void
test_folder (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  RushesUploadPlaces *places = rushes_upload_places_get_default ();
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("jiekou");
  g_autofree char *chosen = NULL;

  open_places (desk);
  add_place (desk, RUSHES_UPLOAD_FOLDER, "Here");
  rushes_desk_type (rushes_desk_row (desk, "Folder"), folder);
  rushes_desk_type (rushes_desk_row (desk, "Address for Reading"), desk->url);
  g_assert_false (rushes_desk_has_row (desk, "Secret Access Key"));

  /* Testing saves it first. The service answers with something that is not the picture. */
  rushes_desk_press (desk, rushes_desk_row (desk, "Try It Out"), "Test");
  rushes_desk_await_words (desk, "Here");
  g_assert_nonnull (rushes_upload_places_find (places, "here"));

  go_back (desk);
  add_place (desk, RUSHES_UPLOAD_FOLDER, "There");
  rushes_desk_type (rushes_desk_row (desk, "Folder"), folder);
  rushes_desk_type (rushes_desk_row (desk, "Address for Reading"), desk->url);
  rushes_desk_press (desk, NULL, "Save");
  g_assert_nonnull (rushes_upload_places_find (places, "there"));
  g_assert_cmpstr (rushes_upload_places_get_chosen (places), ==, "here");

  go_back (desk);
  g_assert_false (gtk_check_button_get_active (find_mark (rushes_desk_row (desk, "There"))));
  gtk_check_button_set_active (find_mark (rushes_desk_row (desk, "There")), TRUE);
  g_assert_cmpstr (rushes_upload_places_get_chosen (places), ==, "there");
  g_assert_false (gtk_check_button_get_active (find_mark (rushes_desk_row (desk, "Here"))));

  /* For one provider alone. */
  go_back (desk);
  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (desk, "Upload Place")), 2);
  chosen = g_settings_get_string (settings, "upload-place");
  g_assert_cmpstr (chosen, ==, "there");

  adw_action_row_activate (ADW_ACTION_ROW (rushes_desk_row (desk, "Set Up Upload Places…")));
  adw_action_row_activate (ADW_ACTION_ROW (rushes_desk_row (desk, "There")));
  g_signal_emit_by_name (rushes_desk_row (desk, "_Remove Upload Place…"), "activated");
  rushes_desk_answer (desk, "remove");
  rushes_desk_row (desk, "_Add Upload Place…");
  g_assert_null (rushes_upload_places_find (places, "there"));
  g_assert_false (rushes_desk_has_row (desk, "There"));

  g_settings_reset (settings, "upload-place");
  remove_all (desk);
}

/* A service that takes pictures otherwise has nothing to do with it. */
static void
test_not_needed (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  rushes_preferences_show (desk->preferences, "providers/runway");
  rushes_desk_row (desk, "Time Limit");
  g_assert_false (rushes_desk_has_row (desk, "Set Up Upload Places…"));

  rushes_desk_close (desk);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  g_test_add_func ("/preferences/places/bucket", test_bucket);
  g_test_add_func ("/preferences/places/folder", test_folder);
  g_test_add_func ("/preferences/places/not-needed", test_not_needed);

  return g_test_run ();
}
