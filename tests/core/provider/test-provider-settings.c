/* test-provider-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-provider-settings.h"
#include "rushes-settings.h"
#include "rushes-test.h"

static void
test_defaults (void)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("kites");
  g_autofree char *base_url = g_settings_get_string (settings, "base-url");
  g_autofree char *model = g_settings_get_string (settings, "model");
  g_autofree char *proxy = g_settings_get_string (settings, "proxy");
  g_autofree char *place = g_settings_get_string (settings, "upload-place");

  g_assert_true (g_settings_get_boolean (settings, "enabled"));
  g_assert_cmpstr (base_url, ==, "");
  g_assert_cmpstr (model, ==, "");
  g_assert_cmpfloat (g_settings_get_double (settings, "time-limit"), ==, 0);
  g_assert_cmpint (g_settings_get_int (settings, "tries"), ==, -1);
  g_assert_cmpfloat (g_settings_get_double (settings, "delay"), ==, -1);
  g_assert_cmpuint (g_settings_get_uint (settings, "slots"), ==, 0);
  g_assert_cmpstr (proxy, ==, "");
  g_assert_cmpstr (place, ==, "");
}

/* Each provider has its own, all who ask for one share it, and the program's own stay in the same file. */
static void
test_apart (void)
{
  g_autoptr (GSettings) program = rushes_settings_get ();
  g_autoptr (GSettings) kites = rushes_provider_settings_get ("kites");
  g_autoptr (GSettings) same = rushes_provider_settings_get ("kites");
  g_autoptr (GSettings) boats = rushes_provider_settings_get ("boats");
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "rushes", "settings.ini", NULL);
  g_autofree char *text = NULL;
  g_autofree char *kites_url = NULL;
  g_autofree char *boats_url = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (kites == same);
  g_assert_true (kites != boats);

  g_settings_set_string (program, "default-provider", "kites");
  g_settings_set_string (kites, "base-url", "http://127.0.0.1:8091");
  g_settings_set_uint (boats, "slots", 3);
  g_settings_set_int (program, "window-width", 900);
  g_settings_sync ();

  kites_url = g_settings_get_string (kites, "base-url");
  boats_url = g_settings_get_string (boats, "base-url");
  g_assert_cmpstr (kites_url, ==, "http://127.0.0.1:8091");
  g_assert_cmpstr (boats_url, ==, "");

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (text, "providers/kites]"));
  g_assert_nonnull (strstr (text, "http://127.0.0.1:8091"));
  g_assert_nonnull (strstr (text, "slots=3"));
  g_assert_nonnull (strstr (text, "default-provider='kites'"));
  g_assert_nonnull (strstr (text, "window-width=900"));
}

static void
count_change (GSettings *settings, const char *key, gpointer data)
{
  ++*(guint *) data;
}

static void
test_reset (void)
{
  guint n = 0;

  {
    g_autoptr (GSettings) kites = rushes_provider_settings_get ("kites");

    g_settings_set_string (kites, "base-url", "https://kites.example");
    g_settings_set_boolean (kites, "enabled", FALSE);
    g_signal_connect (kites, "changed::enabled", G_CALLBACK (count_change), &n);
    rushes_provider_settings_reset ("kites");
    g_assert_cmpuint (n, ==, 1);
  }

  /* An object of its own again, over what is in the file. */
  test_defaults ();
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/provider/settings/defaults", test_defaults);
  g_test_add_func ("/provider/settings/apart", test_apart);
  g_test_add_func ("/provider/settings/reset", test_reset);

  return g_test_run ();
}
