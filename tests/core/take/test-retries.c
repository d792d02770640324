/* test-retries.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How often, and after how long, what certainly was not accepted is sent again by itself. */

#include <stdio.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-provider-settings.h"
#include "rushes-queue-private.h"
#include "rushes-test-house.h"

static void
refuse (RushesTestHouse *house, guint n, double retry_after)
{
  for (guint i = 0; i < n; i++)
    {
      GError *error = rushes_error_new (RUSHES_ERROR_RATE_LIMITED, "Too many kites.");

      rushes_error_set_charged (error, RUSHES_CHARGED_NO);
      rushes_error_set_retryable (error, TRUE);
      rushes_error_set_retry_after (error, retry_after);
      rushes_test_service_refuse (house->service, RUSHES_TEST_SUBMIT, error);
    }
}

/* The pauses that were told, in seconds. */
static GArray *
list_pauses (RushesTestHouse *house)
{
  GArray *pauses = g_array_new (FALSE, FALSE, sizeof (int));
  g_auto (GStrv) lines = g_strsplit (house->messages->str, "\n", -1);
  int seconds;

  for (guint i = 0; lines[i] != NULL; i++)
    if (sscanf (lines[i], "Trying again in %d second", &seconds) == 1)
      g_array_append_val (pauses, seconds);
  return pauses;
}

/* From none to five, each with an attempt and a pair of entries of its own, and each twice as long after the last. */
static void
test_numbers (void)
{
  for (guint tries = 0; tries <= 5; tries++)
    {
      g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
      const RushesLedgerFilter filter = { 0 };
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (GPtrArray) attempts = NULL;
      g_autoptr (GPtrArray) entries = NULL;
      g_autoptr (GArray) pauses = NULL;

      refuse (house, 9, 0);
      g_object_set (house->queue, "tries", tries, "delay", 2.0, NULL);
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
      g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, tries + 1);

      attempts = dex_await_boxed (rushes_library_load_attempts (house->library, take), NULL);
      g_assert_cmpuint (attempts->len, ==, tries + 1);
      for (guint i = 0; i < attempts->len; i++)
        {
          const RushesAttempt *attempt = g_ptr_array_index (attempts, i);

          g_assert_cmpint (attempt->state, ==, RUSHES_TAKE_STATE_FAILED);
          g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_NO);
          /* To the service it is the same all the time. */
          g_assert_cmpstr (attempt->own_id, ==, ((RushesAttempt *) g_ptr_array_index (attempts, 0))->own_id);
        }
      entries = dex_await_boxed (rushes_library_list_ledger (house->library, &filter), NULL);
      g_assert_cmpuint (entries->len, ==, 2 * (tries + 1));
      for (guint i = 0; i < entries->len; i++)
        g_assert_false (((RushesLedgerEntry *) g_ptr_array_index (entries, i))->counts);

      pauses = list_pauses (house);
      g_assert_cmpuint (pauses->len, ==, tries);
      for (guint i = 0; i < pauses->len; i++)
        {
          double middle = 2 << i;

          g_assert_cmpfloat (g_array_index (pauses, int, i), >=, 0.8 * middle);
          g_assert_cmpfloat (g_array_index (pauses, int, i), <=, 1.2 * middle + 1);
        }
    }
}

/* A task that failed at no cost was accepted: what follows it is something new to the service. */
static void
test_new_task (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  RushesAnswer *failed = rushes_answer_new (RUSHES_PHASE_FAILED);

  failed->error = rushes_error_new (RUSHES_ERROR_REJECTED, "Try once more.");
  rushes_error_set_charged (failed->error, RUSHES_CHARGED_NO);
  rushes_error_set_retryable (failed->error, TRUE);
  rushes_test_service_answer (house->service, RUSHES_TEST_POLL, failed);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 2);
  g_assert_cmpstr (rushes_test_service_get_own_id (house->service, 0), !=,
                   rushes_test_service_get_own_id (house->service, 1));
}

/* What the service asks for counts, where it is longer, but nobody waits for hours. */
static void
test_retry_after (void)
{
  static const struct
  {
    double asked;
    int pause;
  } cases[] = { { 30, 30 }, { 2.5, 3 }, { 600, 600 }, { 86400, 600 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (GArray) pauses = NULL;

      refuse (house, 1, cases[i].asked);
      rushes_queue_set_second (house->queue, 0.0005);
      g_object_set (house->queue, "delay", 0.1, NULL);
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
      pauses = list_pauses (house);
      g_assert_cmpuint (pauses->len, ==, 1);
      g_assert_cmpint (g_array_index (pauses, int, 0), ==, cases[i].pause);
    }
}

#define N_REFUSED 6

/* Several that were refused at once do not come back at once, and nobody has to wait behind them. */
static void
test_jitter (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RushesTake) other = NULL;
  g_autoptr (GArray) pauses = NULL;
  gboolean differ = FALSE;

  refuse (house, N_REFUSED, 0);
  g_object_set (house->queue, "delay", 3600.0, NULL);
  for (guint i = 0; i < N_REFUSED; i++)
    g_ptr_array_add (takes, rushes_test_house_order (house, "a kite"));
  rushes_test_house_called (house, RUSHES_TEST_SUBMIT, N_REFUSED);
  other = rushes_test_house_order (house, "another kite");
  rushes_test_house_expect (house, other, RUSHES_TAKE_STATE_READY);

  for (guint i = 0; i < takes->len; i++)
    {
      rushes_test_house_cancel (house, g_ptr_array_index (takes, i));
      rushes_test_house_expect (house, g_ptr_array_index (takes, i), RUSHES_TAKE_STATE_CANCELLED);
    }
  pauses = list_pauses (house);
  g_assert_cmpuint (pauses->len, ==, N_REFUSED);
  for (guint i = 1; i < pauses->len; i++)
    differ |= g_array_index (pauses, int, i) != g_array_index (pauses, int, 0);
  g_assert_true (differ);
}

/* What is set for a provider holds for its takes, unless this run was told something else. */
static void
test_settings (void)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("kites");

  g_settings_set_int (settings, "tries", 1);
  g_settings_set_double (settings, "delay", 40);
  for (guint told = 0; told < 2; told++)
    {
      g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
      g_autoptr (RushesTake) take = NULL;
      g_autoptr (GArray) pauses = NULL;

      refuse (house, 9, 0);
      if (told)
        g_object_set (house->queue, "tries", 3, "delay", 1.0, NULL);
      take = rushes_test_house_order (house, "a kite");
      rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
      pauses = list_pauses (house);
      g_assert_cmpuint (pauses->len, ==, told ? 3 : 1);
      if (told)
        g_assert_cmpint (g_array_index (pauses, int, 0), <=, 2);
      else
        g_assert_cmpint (g_array_index (pauses, int, 0), >=, 32);
    }
  g_settings_reset (settings, "tries");
  g_settings_reset (settings, "delay");
}

/* The process goes after the first try, and again after the second: the count goes on, and what was said for this take
 * holds in processes that were told nothing. */
static void
test_after_restart (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTake) take = NULL;
  guint n_submits = 0;

  g_object_set (house->queue, "tries", 3, "delay", 3600.0, "time-limit", 7.0, NULL);
  refuse (house, 1, 0);
  take = rushes_test_house_order (house, "a kite");
  for (guint n = 0; n < 3; n++)
    {
      g_autoptr (RushesTestHouse) next = NULL;
      g_autoptr (RushesAttempt) attempt = NULL;
      g_autoptr (RushesTake) same = NULL;

      rushes_test_house_called (house, RUSHES_TEST_SUBMIT, 1);
      rushes_test_house_reach (take, RUSHES_TAKE_STATE_QUEUED);
      n_submits += rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT);
      rushes_test_house_crash (house);

      next = rushes_test_house_again (house, "http");
      same = rushes_test_house_find (next, take);
      attempt = rushes_test_house_attempt (next, same);
      g_assert_cmpuint (attempt->n_resent, ==, n + 1);
      g_assert_cmpint (attempt->wishes.tries, ==, 3);
      g_assert_cmpfloat (attempt->wishes.delay, ==, 3600);
      g_assert_cmpfloat (attempt->wishes.time_limit, ==, 7);
      refuse (next, 9, 0);
      rushes_test_house_resume (next, NULL, 1);
      g_set_object (&take, same);
      rushes_test_house_free (house);
      house = g_steal_pointer (&next);
    }

  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpuint (n_submits + rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 4);
}

/* A person who tries again begins a new count, and what they had said for the take still holds. */
static void
test_by_hand (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) next = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesTake) same = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  g_object_set (house->queue, "tries", 1, NULL);
  refuse (house, 9, 0);
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  rushes_test_house_leave (house);

  next = rushes_test_house_again (house, "http");
  same = rushes_test_house_find (next, take);
  refuse (next, 9, 0);
  g_object_unref (dex_await_object (rushes_queue_retry (next->queue, same), NULL));
  rushes_test_house_expect (next, same, RUSHES_TAKE_STATE_FAILED);
  g_assert_cmpuint (rushes_test_service_count (next->service, RUSHES_TEST_SUBMIT), ==, 2);
  attempt = rushes_test_house_attempt (next, same);
  g_assert_cmpint (attempt->number, ==, 4);
  g_assert_cmpuint (attempt->n_resent, ==, 1);
}

/* Less than a second is no waiting at all: whoever wrote it down waits for one. */
static void
test_time_limit (void)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("kites");
  g_autoptr (RushesTestHouse) house = NULL;
  g_autoptr (RushesTake) take = NULL;
  gint64 began;

  g_settings_set_double (settings, "time-limit", 0.000001);
  house = rushes_test_house_new ("http", 1);
  rushes_queue_set_second (house->queue, 0.1);
  rushes_test_service_set_busy (house->service, TRUE);
  began = g_get_monotonic_time ();
  take = rushes_test_house_order (house, "a kite");
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_LEFT);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC / 10);
  g_settings_reset (settings, "time-limit");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/retries/numbers", test_numbers);
  rushes_test_add_fiber ("/retries/new-task", test_new_task);
  rushes_test_add_fiber ("/retries/retry-after", test_retry_after);
  rushes_test_add_fiber ("/retries/jitter", test_jitter);
  rushes_test_add_fiber ("/retries/settings", test_settings);
  rushes_test_add_fiber ("/retries/time-limit", test_time_limit);
  rushes_test_add_fiber ("/retries/after-restart", test_after_restart);
  rushes_test_add_fiber ("/retries/by-hand", test_by_hand);

  return g_test_run ();
}
