/* test-extending.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-choice-row.h"
#include "rushes-extend-dialog.h"
#include "rushes-extending.h"
#include "rushes-http-provider.h"
#include "rushes-player-controls.h"
#include "rushes-set.h"
#include "rushes-take-page.h"
#include "rushes-test-simulator.h"

/* “Extend…”: a clip that is made longer by the service that made it. */

/* A window with xAI in it as well, which is the simulator. */
static RushesSet *
open_set (RushesTestSimulator *simulator)
{
  RushesSet *set = rushes_set_open ();
  RushesProvider *xai;
  g_autoptr (GError) error = NULL;

  g_setenv ("RUSHES_KEY_XAI", RUSHES_TEST_KEY, TRUE);
  rushes_registry_load (set->registry, set->folders, rushes_keyring_get_default ());
  xai = rushes_registry_find (set->registry, "xai");
  g_assert_nonnull (xai);
  rushes_provider_set_interval (xai, 0.1);
  rushes_http_provider_set_base_url (RUSHES_HTTP_PROVIDER (xai), rushes_test_simulator_get_url (simulator), &error);
  g_assert_no_error (error);
  rushes_set_compose (set);
  rushes_set_choose (set, "xai");
  rushes_draft_set_prompt (rushes_set_draft (set), "a paper boat");
  rushes_draft_set_resolution (rushes_set_draft (set), "480p");
  rushes_set_await_words (set, "Generate · about");
  return set;
}

static gboolean
can_generate (RushesSet *self, gconstpointer data)
{
  return gtk_widget_is_sensitive (self->composer->generate_button);
}

/* So many takes, all of them ready. */
static gboolean
are_ready (RushesSet *self, gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);

  if (g_list_model_get_n_items (self->takes) != n ||
      rushes_queue_get_n_active (rushes_studio_get_queue (self->studio)) > 0)
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (self->takes, i);

      if (!rushes_take_get_loaded (take) || rushes_take_get_state (take) != RUSHES_TAKE_STATE_READY)
        return FALSE;
    }
  return TRUE;
}

static gboolean
shows_take_page (RushesSet *self, gconstpointer data)
{
  return RUSHES_IS_TAKE_PAGE (adw_navigation_view_get_visible_page (self->window->places));
}

static gboolean
has_picture (RushesSet *self, gconstpointer data)
{
  GtkWidget *controls = rushes_set_find (GTK_WIDGET (self->window), RUSHES_TYPE_PLAYER_CONTROLS, NULL);

  return controls != NULL && gtk_widget_get_visible (controls);
}

/* One clip, and its page. */
static RushesTake *
make_take (RushesSet *set)
{
  RushesTake *take;

  rushes_set_await (set, can_generate, NULL);
  g_signal_emit_by_name (set->composer->generate_button, "clicked");
  rushes_set_await (set, are_ready, GUINT_TO_POINTER (1));
  take = g_list_model_get_item (set->takes, 0);
  rushes_window_open_take (set->window, take);
  rushes_set_await (set, shows_take_page, NULL);
  rushes_set_await (set, has_picture, NULL);
  return take;
}

static GtkWidget *
find_dialog (RushesSet *set, GType type)
{
  return rushes_set_find (GTK_WIDGET (set->window), type, NULL);
}

static gboolean
has_dialog (RushesSet *self, gconstpointer data)
{
  return find_dialog (self, GPOINTER_TO_SIZE (data)) != NULL;
}

static GtkWidget *
extend (RushesSet *set, GType type)
{
  gtk_widget_activate_action (GTK_WIDGET (adw_navigation_view_get_visible_page (set->window->places)), "take.extend",
                              NULL);
  rushes_set_await (set, has_dialog, GSIZE_TO_POINTER (type));
  return find_dialog (set, type);
}

static gboolean
is_extend_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL &&
         g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), "Extend · ");
}

static void
test_extend (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("xai", NULL);
  g_autoptr (RushesSet) set = open_set (simulator);
  g_autoptr (RushesTake) take = make_take (set);
  GtkWidget *dialog, *button, *prompt, *range;

  dialog = extend (set, RUSHES_TYPE_EXTEND_DIALOG);
  rushes_set_await_words (set, "Say what should happen.");
  button = rushes_set_search (dialog, is_extend_button, NULL);
  prompt = rushes_set_find (dialog, GTK_TYPE_TEXT_VIEW, NULL);
  range = rushes_set_find (dialog, ADW_TYPE_SPIN_ROW, NULL);
  g_assert_nonnull (button);
  g_assert_nonnull (prompt);
  g_assert_nonnull (range);
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (prompt)), "It sails on", -1);
  g_assert_true (gtk_widget_is_sensitive (button));
  /* Six seconds at 480p, and what xAI asks for the five that there are. */
  g_assert_cmpfloat (adw_spin_row_get_value (ADW_SPIN_ROW (range)), ==, 6);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Extend · about $0.35");
  adw_spin_row_set_value (ADW_SPIN_ROW (range), 10);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (button)), ==, "Extend · about $0.55");
  rushes_set_await_words (set, "all of it and what is added: about 15 s.");

  g_signal_emit_by_name (button, "clicked");
  rushes_set_await (set, are_ready, GUINT_TO_POINTER (2));
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RushesTake) longer = g_list_model_get_item (set->takes, i);
      RushesRequest *request = rushes_take_get_request (longer);

      if (longer == take)
        continue;
      g_assert_cmpstr (rushes_request_get_prompt (request), ==, "It sails on");
      g_assert_cmpfloat (rushes_request_get_duration (request), ==, 10);
      g_assert_cmpstr (rushes_request_get_extension (request)->take_id, ==, rushes_take_get_id (take));
      rushes_window_open_take (set->window, longer);
      rushes_set_await_words (set, "The whole clip:");
    }
  /* The composer's own draft is as it was. */
  g_assert_cmpstr (rushes_draft_get_prompt (rushes_set_draft (set)), ==, "a paper boat");
}

/* Why not, and what can be done instead. */
static void
test_another_key (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("xai", NULL);
  g_autoptr (RushesSet) set = open_set (simulator);
  g_autoptr (RushesTake) take = make_take (set);
  AdwAlertDialog *dialog;

  g_setenv ("RUSHES_KEY_XAI", "another-0123456789", TRUE);
  dialog = ADW_ALERT_DIALOG (extend (set, ADW_TYPE_ALERT_DIALOG));
  g_assert_cmpstr (adw_alert_dialog_get_heading (dialog), ==, "Cannot Be Extended");
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (dialog), "key"));
  g_assert_true (adw_alert_dialog_has_response (dialog, "continue"));
  adw_alert_dialog_set_close_response (dialog, "continue");
  adw_dialog_close (ADW_DIALOG (dialog));
  rushes_set_await_picture (set);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
}

/* Where its model has no such call it is not offered. */
static void
test_not_known (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("xai", NULL);
  g_autoptr (RushesSet) set = open_set (simulator);
  g_autoptr (RushesTake) take = NULL;

  rushes_draft_set_model (rushes_set_draft (set), "xai", "grok-imagine-video-1.5");
  rushes_set_await_words (set, "Generate · about");
  take = make_take (set);
  g_assert_false (rushes_extending_is_known (set->registry, take));
  gtk_widget_activate_action (GTK_WIDGET (adw_navigation_view_get_visible_page (set->window->places)), "take.extend",
                              NULL);
  g_assert_null (find_dialog (set, ADW_TYPE_DIALOG));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/extending/extend", test_extend);
  g_test_add_func ("/extending/another-key", test_another_key);
  g_test_add_func ("/extending/not-known", test_not_known);

  return g_test_run ();
}
