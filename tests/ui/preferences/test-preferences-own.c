/* test-preferences-own.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include "rushes-add-provider-dialog.h"
#include "rushes-async.h"
#include "rushes-http-provider.h"
#include "rushes-provider-settings.h"
#include "rushes-settings.h"

/* Providers of the person's own: servers, descriptions from files, and what is wrong with them. */

static const char kites[] =
    "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites & <b>Co</b>\",\"base\":\"openai-compatible\","
    "\"base_url\":\"https://api.kites.example\"}";

static gboolean
is_known (RushesDesk *self, gconstpointer id)
{
  return rushes_registry_find (self->registry, id) != NULL;
}

static gboolean
is_unknown (RushesDesk *self, gconstpointer id)
{
  return !is_known (self, id);
}

static GFile *
get_file (RushesDesk *self, const char *name)
{
  return g_file_get_child (rushes_folders_get_providers (self->folders), name);
}

static void
open_dialog (RushesDesk *self)
{
  GtkWidget *row = rushes_desk_row (self, "_Add Provider…");

  g_signal_emit_by_name (row, "activated");
  rushes_desk_row (self, "Speaks Like");
}

static void
test_server (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  g_autofree char *pasted = g_strconcat (desk->url, "/v1/", NULL);
  g_autoptr (GFile) file = get_file (desk, "at-home.json");
  RushesProvider *provider;

  open_dialog (desk);
  rushes_desk_type (rushes_desk_row (desk, "Name"), "At Home");
  rushes_desk_type (rushes_desk_row (desk, "Server Address"), "nowhere at all");
  rushes_desk_press (desk, NULL, "Add");
  g_assert_true (gtk_widget_has_css_class (rushes_desk_row (desk, "Server Address"), "error"));

  rushes_desk_type (rushes_desk_row (desk, "Server Address"), pasted);
  rushes_desk_press (desk, NULL, "Add");
  rushes_desk_await (desk, is_known, "at-home");
  provider = rushes_registry_find (desk->registry, "at-home");
  g_assert_cmpstr (rushes_provider_get_name (provider), ==, "At Home");
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)), ==, desk->url);
  g_assert_true (g_file_query_exists (file, NULL));

  /* Its page is opened, and it can be tried out at once. */
  rushes_desk_press (desk, rushes_desk_row (desk, "Connection"), "Test");
  rushes_desk_await_words (desk, "It works");

  g_signal_emit_by_name (rushes_desk_row (desk, "_Remove Provider…"), "activated");
  rushes_desk_answer (desk, "cancel");
  g_assert_true (is_known (desk, "at-home"));
  g_signal_emit_by_name (rushes_desk_row (desk, "_Remove Provider…"), "activated");
  rushes_desk_answer (desk, "remove");
  rushes_desk_await (desk, is_unknown, "at-home");
  rushes_desk_row (desk, "Default Provider");
  g_assert_false (g_file_query_exists (file, NULL));
  g_assert_false (rushes_desk_has_row (desk, "At Home"));

  rushes_desk_close (desk);
}

static RushesAddProviderDialog *
read_file (RushesDesk *self, const char *text)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "kites.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  RushesAddProviderDialog *dialog =
      RUSHES_ADD_PROVIDER_DIALOG (rushes_add_provider_dialog_new (self->registry, GTK_WIDGET (self->preferences)));

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self->preferences));
  rushes_desk_row (self, "Speaks Like");
  rushes_add_provider_dialog_read_file (dialog, file);

  return dialog;
}

/* Who will get the key is told before anything is added. */
static void
test_description (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  RushesAddProviderDialog *dialog = read_file (desk, kites);

  rushes_desk_await_words (desk, "api.kites.example");
  rushes_desk_answer (desk, "cancel");
  g_assert_true (is_unknown (desk, "kites"));
  adw_dialog_force_close (ADW_DIALOG (dialog));

  read_file (desk, kites);
  rushes_desk_await_words (desk, "api.kites.example");
  rushes_desk_answer (desk, "add");
  rushes_desk_await (desk, is_known, "kites");
  rushes_desk_row (desk, "Connection");
  /* Names from outside are no markup. */
  rushes_desk_await_words (desk, "Kites & <b>Co</b>");

  rushes_desk_close (desk);
}

static void
test_bad_description (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  read_file (desk, "{\"version\":1,\"id\":\"kites\",\"name\":7}");
  rushes_desk_await_words (desk, "kites.json");
  rushes_desk_answer (desk, "close");
  g_assert_true (is_unknown (desk, "kites"));

  rushes_desk_close (desk);
}

/* ---- workflows ---- */

static void
open_workflow (RushesDesk *self, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "workflows", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  read_file (self, text);
}

static gboolean
can_add (RushesDesk *self, gconstpointer place)
{
  return gtk_widget_get_sensitive (rushes_test_find ((gpointer) place, GTK_TYPE_BUTTON, "Add"));
}

static gboolean
cannot_add (RushesDesk *self, gconstpointer place)
{
  return !can_add (self, place);
}

/* What is certain is chosen already, and what is not keeps it from being added. */
static void
test_workflow (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  GtkWidget *prompt, *dialog;
  RushesProvider *provider;

  open_workflow (desk, "unsure.json");
  prompt = rushes_desk_row (desk, "Prompt");
  dialog = gtk_widget_get_ancestor (prompt, ADW_TYPE_DIALOG);
  g_assert_true (gtk_widget_get_mapped (rushes_desk_row (desk, "Frame Rate")));
  g_assert_false (rushes_desk_has_row (desk, "First Frame"));
  g_assert_false (rushes_desk_has_row (desk, "Saved Video"));
  rushes_test_await_words (dialog, "Choose what this is in the workflow: Prompt.");
  rushes_test_await (cannot_add, desk, dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (prompt), 2);
  rushes_test_await_words (dialog, "Choose what this is in the workflow: Seed.");
  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (desk, "Seed")), 1);
  rushes_test_await (can_add, desk, dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (desk, "Width")), 0);
  rushes_test_await_words (dialog, "Width and height belong together.");
  rushes_test_await (cannot_add, desk, dialog);
  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (desk, "Width")), 1);
  rushes_test_assert_fits (dialog, 360);

  rushes_desk_type (rushes_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Name"), "Light House");
  rushes_desk_type (rushes_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Server Address"), "http://gpu.example");
  rushes_desk_press (desk, dialog, "Add");
  rushes_test_await_words (dialog, "Use https.");
  rushes_desk_type (rushes_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Server Address"), desk->url);
  rushes_desk_press (desk, dialog, "Add");
  rushes_desk_await (desk, is_known, "light-house");
  provider = rushes_registry_find (desk->registry, "light-house");
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)), ==, desk->url);
  rushes_desk_row (desk, "Connection");

  rushes_desk_close (desk);
}

static gboolean
has_no_prompt (RushesDesk *self, gconstpointer data)
{
  return !rushes_desk_has_row (self, "Prompt");
}

/* The address is the one where ComfyUI is, and a name that another provider has gets a number. */
static void
test_workflow_again (void)
{
  static const char *const names[] = { "kites", "kites 2" };
  static const char *const ids[] = { "kites", "kites-2" };
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("comfyui");
  RushesDesk *desk;

  g_settings_set_string (settings, "base-url", "http://192.168.7.7:8188");
  desk = rushes_desk_open (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *dialog;

      open_workflow (desk, "wan-14b-first-last.json");
      dialog = gtk_widget_get_ancestor (rushes_desk_row (desk, "Prompt"), ADW_TYPE_DIALOG);
      g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (rushes_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Name"))), ==,
                       names[i]);
      g_assert_cmpstr (
          gtk_editable_get_text (GTK_EDITABLE (rushes_test_find (dialog, ADW_TYPE_ENTRY_ROW, "Server Address"))), ==,
          "http://192.168.7.7:8188");
      rushes_desk_press (desk, dialog, "Add");
      rushes_desk_await (desk, is_known, ids[i]);
      g_assert_cmpstr (rushes_provider_get_name (rushes_registry_find (desk->registry, ids[i])), ==, names[i]);
      /* The dialog goes away, and what it added is opened. */
      rushes_desk_row (desk, "_Remove Provider…");
      rushes_desk_await (desk, has_no_prompt, NULL);
    }
  rushes_desk_close (desk);
  rushes_provider_settings_reset ("comfyui");
}

static void
test_saved_workflow (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  open_workflow (desk, "saved-format.json");
  rushes_desk_await_words (desk, "Export (API)");
  rushes_desk_answer (desk, "close");

  rushes_desk_close (desk);
}

/* Left out, with file, place and reason. */
static void
test_unreadable (void)
{
  RushesDesk *desk = rushes_desk_open ("{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\",\"engine\":\"http\","
                                       "\"default_model\":\"m\",\"models\":[{\"id\":\"m\",\"name\":7}]}");

  g_assert_true (is_unknown (desk, "kites"));
  g_assert_nonnull (
      strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (rushes_desk_row (desk, "kites.json"))), "models[0]"));

  rushes_desk_close (desk);
}

/* ---- takes that are not finished ---- */

static const GValue *
get_value (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_assert_no_error (error);

  return value;
}

/* One that nobody works on. */
static void
order_take (RushesLibrary *library, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GFile) folder = g_file_new_for_path ("/nowhere");
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (DexFuture) ordered = NULL;
  g_autoptr (GError) error = NULL;
  RushesRequest *request = rushes_request_from_json (node, folder, &error);
  RushesPrice price = { .kind = RUSHES_PRICE_UNKNOWN };

  g_assert_no_error (error);
  g_ptr_array_add (requests, request);
  g_array_append_val (prices, price);
  ordered = rushes_test_run (rushes_library_order (library, project, requests, prices, order_id));
  get_value (ordered);
}

/* They are told before their provider goes. */
static void
test_unfinished (void)
{
  RushesDesk *desk = rushes_desk_open (kites);
  g_autoptr (DexFuture) opening = rushes_test_run (rushes_library_open (desk->folders, RUSHES_LIBRARY_OPEN_DEFAULT));
  g_autoptr (RushesLibrary) library = g_value_dup_object (get_value (opening));
  g_autoptr (DexFuture) closing = NULL;

  order_take (library,
              "{\"version\":1,\"provider\":\"kites\",\"model\":\"m\",\"duration\":5,\"seed\":7,\"prompt\":\"a kite\"}");
  order_take (library, "{\"version\":1,\"provider\":\"animatic\",\"model\":\"animatic\",\"duration\":5,\"seed\":7,"
                       "\"prompt\":\"a boat\"}");
  rushes_desk_give_library (desk, library);
  rushes_preferences_show (desk->preferences, "providers/kites");
  g_signal_emit_by_name (rushes_desk_row (desk, "_Remove Provider…"), "activated");
  rushes_desk_await_words (desk, "has 1 take that is not finished");
  rushes_desk_await_words (desk, "RUSHES_KEY_KITES");
  rushes_desk_answer (desk, "cancel");
  g_assert_true (is_known (desk, "kites"));

  rushes_desk_close (desk);
  dex_clear (&opening);
  closing = rushes_test_run (rushes_library_close (library));
  get_value (closing);
}

static void
test_recipes (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  g_autoptr (GSettings) settings = rushes_settings_get ();
  GtkWidget *row;

  rushes_preferences_show (desk->preferences, "storage");
  row = rushes_desk_row (desk, "Recipes in Saved Clips");
  g_assert_true (adw_switch_row_get_active (ADW_SWITCH_ROW (row)));
  adw_switch_row_set_active (ADW_SWITCH_ROW (row), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "save-recipes"));
  g_settings_reset (settings, "save-recipes");
  g_clear_object (&settings);
  rushes_desk_close (desk);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  g_test_add_func ("/preferences/own/server", test_server);
  g_test_add_func ("/preferences/own/description", test_description);
  g_test_add_func ("/preferences/own/bad-description", test_bad_description);
  g_test_add_func ("/preferences/own/workflow", test_workflow);
  g_test_add_func ("/preferences/own/workflow-again", test_workflow_again);
  g_test_add_func ("/preferences/own/saved-workflow", test_saved_workflow);
  g_test_add_func ("/preferences/own/unreadable", test_unreadable);
  g_test_add_func ("/preferences/own/unfinished", test_unfinished);
  g_test_add_func ("/preferences/recipes", test_recipes);

  return g_test_run ();
}
