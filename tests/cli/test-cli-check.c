/* test-cli-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is done on the command line about a take whose end is not known, or not believed. */

#include <string.h>

#include "rushes-cli-run.h"
#include "rushes-test-simulator.h"
#include "rushes-test.h"

/* A home with one take that came to such an end, at a simulator with that fault; NULL for one that is only slow. */
typedef struct
{
  Home *home;
  RushesTestSimulator *simulator;
  char *take;
} Case;

static void
case_clear (Case *self)
{
  home_free (self->home);
  g_clear_pointer (&self->simulator, rushes_test_simulator_free);
  g_free (self->take);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
case_init (Case *self, const char *fault, const char *timeout, int status)
{
  g_autoptr (Run) run = NULL;

  self->home = home_new ();
  self->simulator = rushes_test_simulator_new ("runway", fault, NULL);
  g_subprocess_launcher_setenv (self->home->launcher, "RUSHES_KEY_RUNWAY", RUSHES_TEST_KEY, TRUE);
  run = run_rushes (self->home, "generate", "a paper boat", "-p", "runway", "--base-url",
                    rushes_test_simulator_get_url (self->simulator), "--poll-interval", fault != NULL ? "0.1" : "5",
                    "--tries", "0", "--timeout", timeout, "--json", NULL);
  g_test_message ("%d, %s", run->status, run->err);
  g_assert_cmpint (run->status, ==, status);
  self->take = g_strdup (json_object_get_string_member (find_event (run, "queued"), "take"));
}

static Run *
take_run (Case *self, const char *verb, const char *option)
{
  return run_rushes (self->home, "takes", verb, self->take, "--json", option, NULL);
}

static void
assert_submits (Case *self, guint n)
{
  g_assert_cmpuint (rushes_test_simulator_count (self->simulator, "submits"), ==, n);
}

/* ---- check ---- */

/* Nobody knows of it: it stays unconfirmed, and nothing is bought by asking. */
static void
test_unconfirmed (void)
{
  g_auto (Case) lost = { 0 };
  g_autoptr (Run) run = NULL;

  case_init (&lost, "reset-submit@1", "60", 11);
  run = take_run (&lost, "check", NULL);
  g_assert_cmpint (run->status, ==, 11);
  g_assert_cmpstr (json_object_get_string_member (assert_story (run, NULL), "event"), ==, "unconfirmed");
  g_assert_nonnull (strstr (run->err, "gave no answer that can be asked about"));
  assert_submits (&lost, 1);
}

/* What the service declined stays so, and it is asked all the same. */
static void
test_declined (void)
{
  g_auto (Case) declined = { 0 };
  g_autoptr (Run) run = NULL;
  guint polls;

  case_init (&declined, "fail=rejected", "60", 5);
  polls = rushes_test_simulator_count (declined.simulator, "polls");
  run = take_run (&declined, "check", NULL);
  g_assert_cmpint (run->status, ==, 5);
  g_assert_cmpstr (json_object_get_string_member (assert_story (run, NULL), "event"), ==, "failed");
  g_assert_cmpuint (rushes_test_simulator_count (declined.simulator, "polls"), ==, polls + 1);
  assert_submits (&declined, 1);
}

/* What nobody waited for any more turns out to be alive. */
static void
test_left (void)
{
  g_auto (Case) left = { 0 };
  g_autoptr (Run) run = NULL;

  case_init (&left, NULL, "1", 7);
  run = take_run (&left, "check", NULL);
  g_test_message ("%s", run->err);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (assert_story (run, NULL), "event"), ==, "completed");
  assert_submits (&left, 1);
}

/* Another process asks with the key of another account, and waits as long as was said when the take was ordered. */
static void
test_other_key (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) resumed = NULL;
  g_autoptr (Run) checked = NULL;
  g_autoptr (Run) shown = NULL;
  g_autoptr (Run) again = NULL;
  const char *take;

  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_RUNWAY", RUSHES_TEST_KEY, TRUE);
  run = run_rushes (home, "generate", "a paper boat", "-p", "runway", "--base-url",
                    rushes_test_simulator_get_url (simulator), "--timeout", "2", "--no-wait", "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  take = json_object_get_string_member (find_event (run, "queued"), "take");

  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_RUNWAY", "another", TRUE);
  resumed = run_rushes (home, "takes", "resume", take, "--json", NULL);
  g_test_message ("%s%s", resumed->out, resumed->err);
  g_assert_cmpint (resumed->status, ==, 7);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "wrong_keys"), >=, 1);
  checked = run_rushes (home, "takes", "check", take, NULL);
  assert_refused (checked, 3, "The key for Runway has changed since.");

  /* Nobody is told which. */
  shown = run_rushes (home, "takes", "show", take, "--json", NULL);
  g_assert_cmpint (shown->status, ==, 0);
  g_assert_null (strstr (shown->out, "key_"));
  g_assert_null (strstr (shown->out, "print"));

  g_subprocess_launcher_setenv (home->launcher, "RUSHES_KEY_RUNWAY", RUSHES_TEST_KEY, TRUE);
  again = run_rushes (home, "takes", "resume", take, "--json", NULL);
  g_assert_cmpint (again->status, ==, 0);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
}

static void
test_no_answer (void)
{
  g_auto (Case) declined = { 0 };
  g_autoptr (Run) run = NULL;

  case_init (&declined, "fail=rejected", "60", 5);
  g_clear_pointer (&declined.simulator, rushes_test_simulator_free);
  run = take_run (&declined, "check", NULL);
  g_assert_cmpint (run->status, ==, 6);
}

/* ---- submit again, and forget ---- */

static void
test_submit_again (void)
{
  g_auto (Case) lost = { 0 };
  g_autoptr (Run) unasked = NULL;
  g_autoptr (Run) run = NULL;

  case_init (&lost, "reset-submit@1", "60", 11);
  unasked = run_rushes (lost.home, "takes", "retry", lost.take, NULL);
  assert_refused (unasked, 2, "it may cost twice");
  assert_submits (&lost, 1);

  /* Agreed to, only the price is in the way. */
  run = run_rushes (lost.home, "takes", "retry", lost.take, "--yes", "--max-cost", "0.01USD", NULL);
  g_assert_cmpint (run->status, ==, 4);
  g_assert_null (strstr (run->err, "cost twice"));
  assert_submits (&lost, 1);
}

/* What was forgotten may be paid for all the same, and only what the bill says ends that. */
static void
test_retry_forgotten (void)
{
  g_auto (Case) lost = { 0 };
  g_autoptr (Run) forgotten = NULL;
  g_autoptr (Run) unasked = NULL;
  g_autoptr (Run) max = NULL;
  g_autoptr (Run) judged = NULL;
  g_autoptr (Run) made = NULL;
  g_autoptr (Run) nowhere = NULL;
  const char *url;

  case_init (&lost, "reset-submit@2", "60", 11);
  url = rushes_test_simulator_get_url (lost.simulator);
  forgotten = take_run (&lost, "forget", NULL);
  g_assert_cmpint (forgotten->status, ==, 0);

  unasked = run_rushes (lost.home, "takes", "retry", lost.take, "--base-url", url, NULL);
  assert_refused (unasked, 2, "it may cost twice");
  max = run_rushes (lost.home, "takes", "retry", lost.take, "--base-url", url, "--max-cost", "5USD", NULL);
  assert_refused (max, 2, "it may cost twice");
  assert_submits (&lost, 1);

  judged = run_rushes (lost.home, "ledger", "not-charged", lost.take, NULL);
  g_assert_cmpint (judged->status, ==, 0);
  nowhere = run_rushes (lost.home, "takes", "retry", lost.take, "--base-url", "not an address", NULL);
  g_assert_cmpint (nowhere->status, ==, 2);
  made = run_rushes (lost.home, "takes", "retry", lost.take, "--base-url", url, "--json", NULL);
  g_test_message ("%s", made->err);
  g_assert_cmpint (made->status, ==, 11);
  assert_submits (&lost, 2);
}

/* Another server gets no stored key but its own. */
static void
test_retry_elsewhere (void)
{
  g_auto (Case) declined = { 0 };
  g_autoptr (RushesTestSimulator) other = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (GBytes) key = g_bytes_new_static (RUSHES_TEST_KEY, strlen (RUSHES_TEST_KEY));
  g_autofree char *keyring = NULL;
  g_autoptr (Run) kept = NULL;
  g_autoptr (Run) retry = NULL;

  case_init (&declined, "fail=rejected", "60", 5);
  keyring = g_build_filename (declined.home->folder, "keyring", NULL);
  g_subprocess_launcher_setenv (declined.home->launcher, "SECRET_BACKEND", "file", TRUE);
  g_subprocess_launcher_setenv (declined.home->launcher, "SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_subprocess_launcher_setenv (declined.home->launcher, "SECRET_FILE_TEST_PASSWORD", "test", TRUE);
  g_subprocess_launcher_unsetenv (declined.home->launcher, "RUSHES_KEY_RUNWAY");
  kept = run_rushes_input (declined.home, key, "key", "set", "runway", NULL);
  g_test_message ("%s", kept->err);
  g_assert_cmpint (kept->status, ==, 0);

  retry = run_rushes (declined.home, "takes", "retry", declined.take, "--yes", "--base-url",
                      rushes_test_simulator_get_url (other), NULL);
  g_test_message ("%s", retry->err);
  g_assert_cmpint (retry->status, ==, 3);
  g_assert_cmpuint (rushes_test_simulator_count (other, "submits"), ==, 0);
  g_assert_cmpuint (rushes_test_simulator_count (other, "wrong_keys"), ==, 0);
  assert_submits (&declined, 1);
}

static void
test_forget (void)
{
  g_auto (Case) lost = { 0 };
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) again = NULL;
  JsonObject *listing;

  case_init (&lost, "reset-submit@1", "60", 11);
  run = take_run (&lost, "forget", NULL);
  g_assert_cmpint (run->status, ==, 0);
  listing = g_ptr_array_index (run->events, 0);
  g_assert_cmpstr (json_object_get_string_member (listing, "status"), ==, "failed");
  g_assert_cmpuint (home_count_files (lost.home, "spool"), ==, 0);

  again = run_rushes (lost.home, "takes", "forget", lost.take, NULL);
  assert_refused (again, 2, "can be forgotten");
  assert_submits (&lost, 1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/cli/check/unconfirmed", test_unconfirmed);
  g_test_add_func ("/cli/check/declined", test_declined);
  g_test_add_func ("/cli/check/left", test_left);
  g_test_add_func ("/cli/check/no-answer", test_no_answer);
  g_test_add_func ("/cli/check/other-key", test_other_key);
  g_test_add_func ("/cli/submit-again", test_submit_again);
  g_test_add_func ("/cli/retry-forgotten", test_retry_forgotten);
  g_test_add_func ("/cli/retry-elsewhere", test_retry_elsewhere);
  g_test_add_func ("/cli/forget", test_forget);

  return g_test_run ();
}
