/* test-preferences-general.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include <glib/gstdio.h>

#include "rushes-provider-settings.h"
#include "rushes-settings.h"

/* What the desktop is told, and the proxy of the program. */

static RushesDesk *
open_general (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  rushes_preferences_show (desk->preferences, "general");
  rushes_desk_row (desk, "Finished Takes");

  return desk;
}

/* ---- notifications ---- */

static void
test_notifications (void)
{
  static const struct
  {
    const char *title;
    const char *key;
  } cases[] = { { "Finished Takes", "notify-ready" },
                { "Failed Takes", "notify-failed" },
                { "Pictures", "notify-thumbnails" } };
  RushesDesk *desk = open_general ();
  g_autoptr (GSettings) settings = rushes_settings_get ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      AdwSwitchRow *row = ADW_SWITCH_ROW (rushes_desk_row (desk, cases[i].title));

      g_assert_true (adw_switch_row_get_active (row));
      adw_switch_row_set_active (row, FALSE);
      for (gsize j = 0; j < G_N_ELEMENTS (cases); j++)
        g_assert_cmpint (g_settings_get_boolean (settings, cases[j].key), ==, j != i);
      g_settings_reset (settings, cases[i].key);
      g_assert_true (adw_switch_row_get_active (row));
    }

  rushes_desk_close (desk);
}

static gboolean
exists (gpointer self, gconstpointer path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* A desktop that has a panel for it is asked to open that. */
static void
test_desktop_panel (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "applications", NULL);
  g_autofree char *file = g_build_filename (folder, "gnome-notifications-panel.desktop", NULL);
  g_autofree char *trace = g_build_filename (g_get_user_data_dir (), "opened", NULL);
  g_autofree char *text =
      g_strdup_printf ("[Desktop Entry]\nType=Application\nName=Notifications\nExec=touch %s\n", trace);
  g_autoptr (GError) error = NULL;
  RushesDesk *desk;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (file, text, -1, &error);
  g_assert_no_error (error);

  desk = open_general ();
  adw_action_row_activate (ADW_ACTION_ROW (rushes_desk_row (desk, "Notifications of the Desktop")));
  rushes_desk_await (desk, exists, trace);
  rushes_desk_close (desk);

  g_assert_cmpint (g_remove (file), ==, 0);
  desk = open_general ();
  g_assert_false (rushes_desk_has_row (desk, "Notifications of the Desktop"));
  rushes_desk_close (desk);
}

/* ---- the proxy ---- */

/* A service that is there by its name alone, which only a proxy knows. */
static void
use_service (const char *url)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (GSettings) service = rushes_provider_settings_get ("openai-compatible");

  g_settings_set_string (settings, "default-provider", "openai-compatible");
  g_settings_set_string (service, "base-url", url);
}

static void
forget_service (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  g_settings_reset (settings, "default-provider");
  g_settings_reset (settings, "proxy");
  rushes_provider_settings_reset ("openai-compatible");
}

static gboolean
is_proxy (RushesDesk *self, gconstpointer address)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *proxy = g_settings_get_string (settings, "proxy");

  return g_str_equal (proxy, address);
}

/* The address of the desk's server, which is the proxy here, with a user. */
static char *
type_proxy (RushesDesk *desk, const char *user)
{
  g_autofree char *typed = g_strdup_printf ("%s%s", user, desk->url + strlen ("http://"));

  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (desk, "Proxy")), 2);
  rushes_desk_type (rushes_desk_row (desk, "Proxy Address"), typed);

  return g_strconcat ("http://", typed, NULL);
}

/* The question of the test goes through the proxy, and says what became of it. */
static void
test_connection (void)
{
  RushesDesk *desk;
  GtkWidget *test;
  g_autofree char *proxy = NULL;

  use_service ("http://studio:8080/v1");
  desk = open_general ();
  test = rushes_desk_row (desk, "Connection");
  g_assert_true (rushes_test_says (test, "Asks studio whether it is there"));
  proxy = type_proxy (desk, "");
  g_assert_true (is_proxy (desk, proxy));

  rushes_desk_press (desk, test, "Test");
  rushes_test_await_words (test, "studio answers.");
  g_assert_cmpuint (desk->n_requests, ==, 1);
  g_assert_null (desk->authorization);

  desk->status = 407;
  rushes_desk_press (desk, test, "Test");
  rushes_test_await_words (test, "The proxy asks for a password.");
  g_assert_cmpuint (desk->n_requests, ==, 2);

  /* Another way, of which nobody knows anything yet. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (desk, "Proxy")), 1);
  g_assert_true (is_proxy (desk, "direct://"));
  g_assert_false (rushes_desk_has_row (desk, "Proxy Address"));
  g_assert_false (rushes_test_says (test, "The proxy asks for a password."));

  forget_service ();
  rushes_desk_close (desk);
}

/* A password goes to the keyring, from wherever it was typed, and comes out of it with its proxy. */
static void
test_password (void)
{
  RushesDesk *desk = open_general ();
  g_autofree char *file = g_build_filename (g_get_user_config_dir (), "rushes", "settings.ini", NULL);
  g_autofree char *text = NULL;
  g_autofree char *typed = type_proxy (desk, "me:hunter2@");
  g_autofree char *proxy = g_strdup_printf ("http://me@%s", desk->url + strlen ("http://"));
  GtkWidget *password;

  g_assert_true (is_proxy (desk, proxy));
  rushes_desk_await_words (desk, "The password is in the keyring.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (rushes_desk_row (desk, "Proxy Address"))), ==, proxy);
  g_settings_sync ();
  g_file_get_contents (file, &text, NULL, NULL);
  g_assert_nonnull (strstr (text, proxy));
  g_assert_null (strstr (text, "hunter2"));

  rushes_desk_press (desk, NULL, "Remove the Password");
  rushes_desk_await_words (desk, "There is no password for this proxy yet.");

  password = rushes_desk_row (desk, "Proxy Password");
  rushes_desk_type (password, "of the other one");
  rushes_desk_await_words (desk, "The password is in the keyring.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (password)), ==, "");

  /* Nobody uses it any more; when it is used again, there is no password. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (rushes_desk_row (desk, "Proxy")), 0);
  g_assert_false (rushes_desk_has_row (desk, "Proxy Password"));
  g_free (type_proxy (desk, "me@"));
  rushes_desk_await_words (desk, "There is no password for this proxy yet.");

  forget_service ();
  rushes_desk_close (desk);
}

static void
test_own_proxies (void)
{
  RushesDesk *desk;
  g_autoptr (GSettings) xai = rushes_provider_settings_get ("xai");
  GtkWidget *row;

  desk = open_general ();
  g_assert_false (rushes_desk_has_row (desk, "xAI"));
  rushes_desk_close (desk);

  g_settings_set_string (xai, "proxy", "socks5://proxy.lan:1080");
  desk = open_general ();
  row = rushes_desk_row (desk, "xAI");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "Goes through socks5://proxy.lan:1080");
  g_signal_emit_by_name (row, "activate");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (rushes_desk_row (desk, "Proxy Address"))), ==,
                   "socks5://proxy.lan:1080");

  g_settings_reset (xai, "proxy");
  rushes_desk_close (desk);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  g_test_add_func ("/preferences/general/notifications", test_notifications);
  g_test_add_func ("/preferences/general/desktop-panel", test_desktop_panel);
  g_test_add_func ("/preferences/general/connection", test_connection);
  g_test_add_func ("/preferences/general/password", test_password);
  g_test_add_func ("/preferences/general/own-proxies", test_own_proxies);

  return g_test_run ();
}
