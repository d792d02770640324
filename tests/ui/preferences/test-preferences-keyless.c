/* test-preferences-keyless.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include "rushes-provider-status.h"

/* Where there is no keyring, a key can still be kept until Rushes ends. */

static gboolean
is_for_session (RushesDesk *self, gconstpointer id)
{
  RushesProviderStatus *status = rushes_provider_status_of (rushes_registry_find (self->registry, id));

  return g_strcmp0 (rushes_provider_status_get_words (status), "Key for this session") == 0;
}

static void
test_session (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  GtkWidget *entry;

  rushes_preferences_show (desk->preferences, "providers/xai");
  entry = rushes_desk_row (desk, "API Key");
  rushes_desk_await_words (desk, "There is no keyring");

  /* Storing it does not work, and what was typed is not lost by that. */
  rushes_desk_type (entry, "sk-test");
  rushes_desk_await_words (desk, "RUSHES_KEY_XAI");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "sk-test");

  rushes_desk_press (desk, NULL, "Keep for This Session");
  rushes_desk_await (desk, is_for_session, "xai");
  rushes_desk_row (desk, "A key is kept for this session");
  g_assert_false (gtk_widget_get_mapped (entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");

  rushes_desk_close (desk);
}

/* Nothing is kept of nothing. */
static void
test_empty (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  rushes_preferences_show (desk->preferences, "providers/runway");
  rushes_desk_row (desk, "API Key");
  rushes_desk_await_words (desk, "There is no keyring");
  rushes_desk_press (desk, NULL, "Keep for This Session");
  g_assert_true (rushes_desk_has_row (desk, "API Key"));
  g_assert_false (is_for_session (desk, "runway"));

  rushes_desk_close (desk);
}

int
main (int argc, char **argv)
{
  /* Nobody listens there. */
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  g_setenv ("GTK_A11Y", "none", TRUE);
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/preferences/keyless/session", test_session);
  g_test_add_func ("/preferences/keyless/empty", test_empty);

  return g_test_run ();
}
