/* test-consent.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider.h"
#include "rushes-library-page-private.h"
#include "rushes-limits.h"
#include "rushes-set.h"
#include "rushes-take-page.h"
#include "rushes-test-simulator.h"

/* The question before money is spent that limits, or an earlier attempt, stand against: of Generate, of Retry and of
 * Submit Again, with a service that has prices. */

static void
set_limit (const char *amount)
{
  RushesMoney most;
  gboolean found;

  g_assert_true (rushes_limits_clear (RUSHES_LIMIT_DAY, NULL, &found, NULL));
  if (amount == NULL)
    return;
  g_assert_true (rushes_limits_parse_money (amount, "USD", &most));
  g_assert_true (rushes_limits_set (RUSHES_LIMIT_DAY, most, NULL));
}

/* A window with Runway in it as well, which is the simulator. */
static RushesSet *
open_set (RushesTestSimulator *simulator)
{
  RushesSet *set = rushes_set_open ();
  RushesProvider *runway;
  g_autoptr (GError) error = NULL;

  set_limit (NULL);
  rushes_registry_load (set->registry, set->folders, rushes_keyring_get_default ());
  runway = rushes_registry_find (set->registry, "runway");
  g_assert_nonnull (runway);
  rushes_provider_set_interval (runway, 0.1);
  rushes_http_provider_set_base_url (RUSHES_HTTP_PROVIDER (runway), rushes_test_simulator_get_url (simulator), &error);
  g_assert_no_error (error);
  rushes_set_compose (set);
  rushes_set_choose (set, "runway");
  rushes_draft_set_prompt (rushes_set_draft (set), "a paper boat");
  rushes_set_await_words (set, "Generate · about");

  return set;
}

static gboolean
can_generate (RushesSet *self, gconstpointer data)
{
  return gtk_widget_is_sensitive (self->composer->generate_button);
}

static void
generate (RushesSet *set)
{
  rushes_set_await (set, can_generate, NULL);
  g_signal_emit_by_name (set->composer->generate_button, "clicked");
}

/* ---- the dialog ---- */

static AdwAlertDialog *
find_dialog (RushesSet *set)
{
  return (AdwAlertDialog *) rushes_set_find (GTK_WIDGET (set->window), ADW_TYPE_ALERT_DIALOG, NULL);
}

static gboolean
asks (RushesSet *self, gconstpointer heading)
{
  AdwAlertDialog *dialog = find_dialog (self);

  return dialog != NULL && g_str_equal (adw_alert_dialog_get_heading (dialog), heading);
}

static gboolean
asks_nothing (RushesSet *self, gconstpointer data)
{
  return find_dialog (self) == NULL;
}

/* Waits for the question, sees that it says @words, and answers it. */
static void
answer (RushesSet *set, const char *heading, const char *words, const char *response)
{
  AdwAlertDialog *dialog;

  rushes_set_await (set, asks, heading);
  dialog = find_dialog (set);
  g_test_message ("%s", adw_alert_dialog_get_body (dialog));
  g_assert_nonnull (strstr (adw_alert_dialog_get_body (dialog), words));
  g_assert_cmpstr (adw_alert_dialog_get_default_response (dialog), ==, "cancel");
  g_assert_true (adw_alert_dialog_has_response (dialog, response));
  adw_alert_dialog_set_close_response (dialog, response);
  adw_dialog_close (ADW_DIALOG (dialog));
  rushes_set_await (set, asks_nothing, NULL);
}

/* ---- what came of it ---- */

static guint
count_entries (RushesSet *set)
{
  const RushesLedgerFilter filter = { 0 };
  g_autoptr (DexFuture) future =
      rushes_test_run (rushes_library_list_ledger (rushes_studio_get_library (set->studio), &filter));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  g_assert_no_error (error);

  return ((GPtrArray *) g_value_get_boxed (value))->len;
}

typedef struct
{
  RushesTestSimulator *simulator;
  guint n;
} Submits;

static gboolean
has_submits (RushesSet *self, gconstpointer data)
{
  const Submits *submits = data;

  return rushes_test_simulator_count (submits->simulator, "submits") == submits->n;
}

static void
await_submits (RushesSet *set, RushesTestSimulator *simulator, guint n)
{
  const Submits submits = { simulator, n };

  rushes_set_await (set, has_submits, &submits);
}

typedef struct
{
  guint n;
  RushesTakeState state;
} Standing;

/* So many takes, all of them so far, and nobody at work on any. */
static gboolean
stand (RushesSet *self, gconstpointer data)
{
  const Standing *standing = data;
  GListModel *takes = self->takes;

  if (g_list_model_get_n_items (takes) != standing->n ||
      rushes_queue_get_n_active (rushes_studio_get_queue (self->studio)) > 0)
    return FALSE;
  for (guint i = 0; i < standing->n; i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (takes, i);

      if (!rushes_take_get_loaded (take) || rushes_take_get_state (take) != standing->state)
        return FALSE;
    }

  return TRUE;
}

static void
await_takes (RushesSet *set, guint n, RushesTakeState state)
{
  const Standing standing = { n, state };

  g_test_message ("Waiting for %u takes that are %s", n, rushes_take_state_to_string (state));
  rushes_set_await (set, stand, &standing);
}

static RushesTake *
get_take (RushesSet *set)
{
  return g_list_model_get_item (set->takes, 0);
}

static gboolean
shows_take_page (RushesSet *self, gconstpointer data)
{
  return RUSHES_IS_TAKE_PAGE (adw_navigation_view_get_visible_page (self->window->places));
}

/* ---- Generate ---- */

static void
test_generate (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (RushesSet) set = open_set (simulator);

  set_limit ("0.01");
  generate (set);
  answer (set, "Generate Anyway?", "$0.01", "cancel");
  g_assert_cmpuint (count_entries (set), ==, 0);
  g_assert_cmpuint (rushes_set_count (set), ==, 0);

  generate (set);
  answer (set, "Generate Anyway?", "$0.01", "agree");
  await_takes (set, 1, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);

  /* What was agreed to was that one. */
  rushes_draft_set_prompt (rushes_set_draft (set), "another boat");
  generate (set);
  answer (set, "Generate Anyway?", "$0.01", "cancel");
  g_assert_cmpuint (rushes_set_count (set), ==, 1);
  set_limit (NULL);
}

/* ---- Retry ---- */

/* Declined before it was accepted: it cost nothing, and only the limit stands against another attempt. */
static void
test_retry (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", "bad-request@1", NULL);
  g_autoptr (RushesSet) set = open_set (simulator);
  g_autoptr (RushesTake) take = NULL;
  guint n_entries;

  generate (set);
  await_takes (set, 1, RUSHES_TAKE_STATE_FAILED);
  take = get_take (set);
  n_entries = count_entries (set);
  rushes_window_open_take (set->window, take);
  rushes_set_await (set, shows_take_page, NULL);

  set_limit ("0.01");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (adw_navigation_view_get_visible_page (set->window->places)),
                                             "take.retry", NULL));
  answer (set, "Generate Anyway?", "$0.01", "cancel");
  g_assert_cmpuint (count_entries (set), ==, n_entries);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_FAILED);

  gtk_widget_activate_action (GTK_WIDGET (adw_navigation_view_get_visible_page (set->window->places)), "take.retry",
                              NULL);
  answer (set, "Generate Anyway?", "$0.01", "agree");
  await_takes (set, 1, RUSHES_TAKE_STATE_READY);
  /* Held and settled, once. */
  g_assert_cmpuint (count_entries (set), ==, n_entries + 2);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
  set_limit (NULL);
}

/* ---- Submit Again ---- */

static void
test_submit_again (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", "reset-submit@1", NULL);
  g_autoptr (RushesSet) set = open_set (simulator);
  g_autoptr (RushesTake) take = NULL;
  GtkWidget *page;
  guint n_entries;

  generate (set);
  await_takes (set, 1, RUSHES_TAKE_STATE_UNCONFIRMED);
  take = get_take (set);
  n_entries = count_entries (set);
  rushes_window_open_take (set->window, take);
  rushes_set_await (set, shows_take_page, NULL);
  page = GTK_WIDGET (adw_navigation_view_get_visible_page (set->window->places));

  gtk_widget_activate_action (page, "take.submit-again", NULL);
  answer (set, "Submit It Again?", "may cost twice", "cancel");
  g_assert_cmpuint (count_entries (set), ==, n_entries);

  /* Given up, it is in doubt all the same; and one yes is not the other. */
  gtk_widget_activate_action (page, "take.forget", NULL);
  await_takes (set, 1, RUSHES_TAKE_STATE_FAILED);
  set_limit ("0.01");
  gtk_widget_activate_action (page, "take.retry", NULL);
  answer (set, "Generate Anyway?", "$0.01", "agree");
  answer (set, "Submit It Again?", "may cost twice", "cancel");
  g_assert_cmpuint (count_entries (set), ==, n_entries);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);

  gtk_widget_activate_action (page, "take.retry", NULL);
  answer (set, "Generate Anyway?", "$0.01", "agree");
  answer (set, "Submit It Again?", "may cost twice", "agree");
  await_takes (set, 1, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 2);
  set_limit (NULL);
}

static gboolean
select_both (RushesSet *self, gconstpointer data)
{
  RushesLibraryPage *page = self->window->library_page;

  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (page->selection));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (page->selection));

  return page->selected != NULL && page->selected->len == 2;
}

/* Several at a time are asked about once. */
static void
test_several (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", "reset-submit@2", NULL);
  g_autoptr (RushesSet) set = open_set (simulator);
  GtkWidget *page = GTK_WIDGET (set->window->library_page);

  generate (set);
  await_takes (set, 1, RUSHES_TAKE_STATE_UNCONFIRMED);
  rushes_draft_set_prompt (rushes_set_draft (set), "another boat");
  generate (set);
  await_takes (set, 2, RUSHES_TAKE_STATE_UNCONFIRMED);
  rushes_library_page_set_selecting (set->window->library_page, TRUE);
  rushes_set_await (set, select_both, NULL);
  gtk_widget_activate_action (page, "selection.forget", NULL);
  await_takes (set, 2, RUSHES_TAKE_STATE_FAILED);

  rushes_set_await (set, select_both, NULL);
  gtk_widget_activate_action (page, "selection.retry", NULL);
  answer (set, "Submit 2 Takes Again?", "may cost twice", "cancel");
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 2);
  gtk_widget_activate_action (page, "selection.retry", NULL);
  answer (set, "Submit 2 Takes Again?", "may cost twice", "agree");
  await_takes (set, 2, RUSHES_TAKE_STATE_READY);
  await_submits (set, simulator, 4);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_setenv ("RUSHES_KEY_RUNWAY", RUSHES_TEST_KEY, TRUE);

  g_test_add_func ("/consent/generate", test_generate);
  g_test_add_func ("/consent/retry", test_retry);
  g_test_add_func ("/consent/submit-again", test_submit_again);
  g_test_add_func ("/consent/several", test_several);

  return g_test_run ();
}
