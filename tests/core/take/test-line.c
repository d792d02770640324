/* test-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-line.h"
#include "rushes-settings.h"
#include "rushes-test-house.h"

/* ---- the line alone ---- */

static gboolean
is_in (DexFuture *turn)
{
  return dex_future_is_resolved (turn);
}

static void
count_shift (RushesLine *line, guint *n)
{
  (*n)++;
}

static void
wait_for_shift (guint *n)
{
  guint before = *n;

  while (*n == before)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_lanes (void)
{
  g_autoptr (RushesLine) line = rushes_line_new ();
  g_autoptr (DexFuture) a = NULL;
  g_autoptr (DexFuture) b = NULL;
  g_autoptr (DexFuture) c = NULL;
  g_autoptr (DexFuture) other = NULL;
  guint n = 0;

  g_signal_connect (line, "shifted", G_CALLBACK (count_shift), &n);
  a = rushes_line_join (line, "kites", "a", 1);
  b = rushes_line_join (line, "kites", "b", 2);
  c = rushes_line_join (line, "kites", "c", 3);
  other = rushes_line_join (line, "boats", "d", 4);
  g_assert_true (is_in (a) && !is_in (b) && !is_in (c) && is_in (other));
  g_assert_cmpuint (rushes_line_get_n_taken (line), ==, 2);

  /* All that happened at once is told once. */
  wait_for_shift (&n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (rushes_line_get_place (line, "a"), ==, -1);
  g_assert_cmpint (rushes_line_get_place (line, "b"), ==, 0);
  g_assert_cmpint (rushes_line_get_place (line, "c"), ==, 1);

  rushes_line_set_turn (line, "c", 0);
  wait_for_shift (&n);
  g_assert_cmpint (rushes_line_get_place (line, "b"), ==, 1);
  rushes_line_leave (line, "a");
  g_assert_true (is_in (c) && !is_in (b));
  rushes_line_set_slots (line, "kites", 2);
  g_assert_true (is_in (b));
}

static void
note_taken (RushesLine *line, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%u", rushes_line_get_n_taken (line));
}

static void
test_tickets (void)
{
  g_autoptr (RushesLine) line = rushes_line_new ();
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (DexFuture) a = NULL;
  g_autoptr (DexFuture) b = NULL;
  g_autoptr (DexFuture) c = NULL;
  g_autoptr (DexFuture) d = NULL;
  g_autoptr (DexFuture) e = NULL;

  rushes_line_set_slots (line, "kites", 2);
  g_signal_connect (line, "notify::n-taken", G_CALLBACK (note_taken), log);
  a = rushes_line_join (line, "kites", "a", 0);
  d = rushes_line_join (line, "kites", "d", 0);
  e = rushes_line_join (line, "kites", "e", 0);
  c = rushes_line_join (line, "kites", "c", 0);
  b = rushes_line_join (line, "kites", "b", 0);
  g_assert_true (dex_future_is_resolved (a) && dex_future_is_resolved (d));
  g_assert_true (dex_future_is_pending (b) && dex_future_is_pending (c) && dex_future_is_pending (e));

  /* In the order of the tickets where turns are equal, not of their coming; who left the line is not waited for. */
  rushes_line_leave (line, "b");
  rushes_line_leave (line, "a");
  g_assert_true (dex_future_is_resolved (c));
  g_assert_true (dex_future_is_pending (b) && dex_future_is_pending (e));

  /* What pushes in takes no slot from those inside, but lets nobody else in. */
  rushes_line_push_in (line, "kites", "z");
  rushes_line_push_in (line, "kites", "z");
  g_assert_cmpuint (rushes_line_get_n_taken (line), ==, 3);
  rushes_line_leave (line, "c");
  g_assert_true (dex_future_is_pending (e));
  rushes_line_leave (line, "d");
  g_assert_true (dex_future_is_resolved (e));
  g_assert_true (rushes_line_has_slot (line, "e"));
  rushes_line_leave (line, "e");
  rushes_line_leave (line, "e");
  rushes_line_leave (line, "z");
  g_assert_cmpstr (log->str, ==,
                   "12123212"
                   "10");
}

static void
test_slots (void)
{
  g_autoptr (RushesLine) line = rushes_line_new ();
  g_autoptr (DexFuture) a = rushes_line_join (line, "kites", "a", 0);
  g_autoptr (DexFuture) b = rushes_line_join (line, "kites", "b", 0);
  g_autoptr (DexFuture) c = rushes_line_join (line, "kites", "c", 0);

  g_assert_true (dex_future_is_resolved (a) && dex_future_is_pending (b));
  rushes_line_set_slots (line, "kites", 2);
  g_assert_true (dex_future_is_resolved (b) && dex_future_is_pending (c));

  /* Fewer take none away, and let nobody in before there is room again. */
  rushes_line_set_slots (line, "kites", 1);
  rushes_line_leave (line, "a");
  g_assert_true (dex_future_is_pending (c));
  rushes_line_leave (line, "b");
  g_assert_true (dex_future_is_resolved (c));
  rushes_line_leave (line, "c");
}

static void
test_total (void)
{
  g_autoptr (RushesLine) line = rushes_line_new ();
  g_autoptr (DexFuture) a = NULL;
  g_autoptr (DexFuture) b = NULL;
  g_autoptr (DexFuture) c = NULL;

  rushes_line_set_total (line, 1);
  rushes_line_set_slots (line, "kites", 5);
  a = rushes_line_join (line, "kites", "a", 3);
  b = rushes_line_join (line, "boats", "b", 2);
  c = rushes_line_join (line, "kites", "c", 1);
  g_assert_true (is_in (a) && !is_in (b) && !is_in (c));

  /* What runs already counts, and is not held up. */
  rushes_line_push_in (line, "boats", "e");
  rushes_line_leave (line, "a");
  g_assert_false (is_in (b) || is_in (c));
  rushes_line_leave (line, "e");
  g_assert_true (is_in (c) && !is_in (b));
  rushes_line_set_total (line, 0);
  g_assert_true (is_in (b));
}

static void
test_pause (void)
{
  g_autoptr (RushesLine) line = rushes_line_new ();
  g_autoptr (DexFuture) a = NULL;
  g_autoptr (DexFuture) b = NULL;

  rushes_line_set_paused (line, TRUE);
  a = rushes_line_join (line, "kites", "a", 1);
  b = rushes_line_join (line, "boats", "b", 2);
  g_assert_false (is_in (a) || is_in (b));
  rushes_line_leave (line, "b");
  rushes_line_set_paused (line, FALSE);
  g_assert_true (is_in (a));
  g_assert_false (rushes_line_has_slot (line, "b"));
}

/* ---- its order ---- */

static void
put (RushesTestHouse *house, RushesTake *take, RushesMove where, int expected)
{
  g_autoptr (GError) error = NULL;
  int n_ahead = dex_await_int (rushes_library_move_in_line (house->library, take, where), &error);

  g_assert_no_error (error);
  g_assert_cmpint (n_ahead, ==, expected);
}

static void
read_message (RushesTake *take, const char *message)
{
  gint64 until = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (g_strcmp0 (rushes_take_get_message (take), message) != 0 && g_get_monotonic_time () < until)
    dex_await (rushes_async_sleep (0.001), NULL);
  g_assert_cmpstr (rushes_take_get_message (take), ==, message);
}

/* One take runs, and three wait. */
typedef struct
{
  RushesTestHouse *house;
  RushesTake *running;
  RushesTake *b;
  RushesTake *c;
  RushesTake *d;
} Four;

static void
four_init (Four *self)
{
  self->house = rushes_test_house_new ("http", 1);
  rushes_test_service_set_busy (self->house->service, TRUE);
  self->running = rushes_test_house_order (self->house, "a");
  rushes_test_house_reach (self->running, RUSHES_TAKE_STATE_RUNNING);
  self->b = rushes_test_house_order (self->house, "b");
  self->c = rushes_test_house_order (self->house, "c");
  self->d = rushes_test_house_order (self->house, "d");
}

static void
four_clear (Four *self)
{
  g_object_unref (self->running);
  g_object_unref (self->b);
  g_object_unref (self->c);
  g_object_unref (self->d);
  rushes_test_house_free (self->house);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Four, four_clear)

static void
expect_order (RushesTestHouse *house, RushesTake *last, const char *log)
{
  rushes_test_service_set_busy (house->service, FALSE);
  rushes_test_house_expect (house, last, RUSHES_TAKE_STATE_READY);
  g_assert_cmpstr (rushes_test_service_get_log (house->service), ==, log);
}

static void
test_moves (void)
{
  g_auto (Four) four = { 0 };
  g_autoptr (GError) error = NULL;

  four_init (&four);
  read_message (four.b, "In line");
  read_message (four.d, "In line, 2 ahead");

  put (four.house, four.d, RUSHES_MOVE_FIRST, 0);
  read_message (four.d, "In line");
  read_message (four.b, "In line, 1 ahead");
  put (four.house, four.d, RUSHES_MOVE_FIRST, 0);
  put (four.house, four.d, RUSHES_MOVE_UP, 0);
  put (four.house, four.d, RUSHES_MOVE_DOWN, 1);
  put (four.house, four.c, RUSHES_MOVE_DOWN, 2);
  put (four.house, four.c, RUSHES_MOVE_UP, 1);
  put (four.house, four.d, RUSHES_MOVE_UP, 1);

  /* What is not in line has no place there. */
  g_assert_cmpint (
      dex_await_int (rushes_library_move_in_line (four.house->library, four.running, RUSHES_MOVE_FIRST), &error), ==,
      0);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);

  expect_order (four.house, four.c, "a b d c ");
}

/* One that fails and is tried again goes back to its place, also when another was given the same. */
static void
test_back_in_line (void)
{
  g_auto (Four) four = { 0 };

  four_init (&four);
  put (four.house, four.c, RUSHES_MOVE_FIRST, 0);
  rushes_test_house_cancel (four.house, four.running);
  rushes_test_house_expect (four.house, four.running, RUSHES_TAKE_STATE_CANCELLED);
  rushes_test_house_reach (four.c, RUSHES_TAKE_STATE_RUNNING);
  g_object_unref (dex_await_object (
      rushes_queue_retry_with_consent (four.house->queue, four.running, &RUSHES_CONSENT_AGAIN), NULL));
  g_assert_cmpint (rushes_take_get_turn (four.running), <, rushes_take_get_turn (four.b));
  put (four.house, four.d, RUSHES_MOVE_FIRST, 0);
  put (four.house, four.running, RUSHES_MOVE_DOWN, 2);
  expect_order (four.house, four.running, "a c d b a ");
}

static void
test_order_survives (void)
{
  g_auto (Four) four = { 0 };
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTake) last = NULL;

  four_init (&four);
  put (four.house, four.d, RUSHES_MOVE_FIRST, 0);
  rushes_test_house_leave (four.house);

  after = rushes_test_house_again (four.house, "http");
  rushes_test_service_set_busy (after->service, TRUE);
  rushes_test_house_resume (after, NULL, 4);
  first = rushes_test_house_find (after, four.d);
  last = rushes_test_house_find (after, four.c);
  read_message (first, "In line");
  read_message (last, "In line, 2 ahead");
  expect_order (after, last, "d b c ");
}

/* The command line moves what the window is to run. */
static void
test_order_of_others (void)
{
  g_auto (Four) four = { 0 };
  g_autoptr (RushesTestHouse) cli = NULL;
  g_autoptr (RushesTake) there = NULL;

  four_init (&four);
  cli = rushes_test_house_again (four.house, "http");
  there = rushes_test_house_find (cli, four.d);
  put (cli, there, RUSHES_MOVE_FIRST, 0);
  read_message (four.d, "In line");
  put (cli, there, RUSHES_MOVE_DOWN, 1);
  read_message (four.d, "In line, 1 ahead");
  expect_order (four.house, four.c, "a b d c ");
  for (RushesTestCall call = 0; call < RUSHES_TEST_N_CALLS; call++)
    g_assert_cmpuint (rushes_test_service_count (cli->service, call), ==, 0);
}

static void
test_bound (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (RushesTestHouse) house = NULL;
  g_autoptr (RushesTake) a = NULL;
  g_autoptr (RushesTake) b = NULL;

  g_settings_set_uint (settings, "slots", 1);
  house = rushes_test_house_new ("http", 3);
  rushes_test_service_set_busy (house->service, TRUE);
  a = rushes_test_house_order (house, "a");
  b = rushes_test_house_order (house, "b");
  rushes_test_house_reach (a, RUSHES_TAKE_STATE_RUNNING);
  read_message (b, "In line");
  g_settings_reset (settings, "slots");
  rushes_test_house_reach (b, RUSHES_TAKE_STATE_RUNNING);
  expect_order (house, b, "a b ");
}

/* ---- the pause ---- */

static void
set_paused (RushesTestHouse *house, gboolean paused)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (dex_await_boolean (rushes_library_set_paused (house->library, paused), &error));
  g_assert_no_error (error);
  g_assert_cmpint (rushes_library_get_paused (house->library), ==, paused);
}

static void
test_paused (void)
{
  g_auto (Four) four = { 0 };
  g_autoptr (RushesAttempt) attempt = NULL;

  four_init (&four);
  set_paused (four.house, TRUE);
  read_message (four.b, "Paused in line");

  /* What was submitted goes on, and nothing follows it. */
  rushes_test_service_set_busy (four.house->service, FALSE);
  rushes_test_house_expect (four.house, four.running, RUSHES_TAKE_STATE_READY);
  g_assert_cmpint (rushes_take_get_state (four.b), ==, RUSHES_TAKE_STATE_QUEUED);

  /* It can be cancelled without waiting for the end of the pause, and costs nothing. */
  rushes_test_house_cancel (four.house, four.b);
  rushes_test_house_expect (four.house, four.b, RUSHES_TAKE_STATE_CANCELLED);
  attempt = rushes_test_house_attempt (four.house, four.b);
  g_assert_cmpint (attempt->charged, ==, RUSHES_CHARGED_NO);
  g_assert_cmpuint (rushes_test_service_count (four.house->service, RUSHES_TEST_SUBMIT), ==, 1);

  set_paused (four.house, FALSE);
  expect_order (four.house, four.d, "a c d ");
}

/* A pause outlives the process, and any process may end it. */
static void
test_paused_for_all (void)
{
  g_auto (Four) four = { 0 };
  g_autoptr (RushesTestHouse) after = NULL;
  g_autoptr (RushesTestHouse) cli = NULL;
  g_autoptr (RushesTake) last = NULL;

  four_init (&four);
  set_paused (four.house, TRUE);
  rushes_test_house_leave (four.house);

  after = rushes_test_house_again (four.house, "http");
  g_assert_true (rushes_library_get_paused (after->library));
  rushes_test_house_resume (after, NULL, 4);
  last = rushes_test_house_find (after, four.d);
  read_message (last, "Paused in line, 2 ahead");

  cli = rushes_test_house_again (after, "http");
  g_assert_true (rushes_library_get_paused (cli->library));
  set_paused (cli, FALSE);
  expect_order (after, last, "b c d ");
}

/* Another process pauses while this one prepares: the take goes back into the line before anything is sent. */
static void
test_paused_preparing (void)
{
  g_autoptr (RushesTestHouse) house = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) cli = NULL;
  g_autoptr (RushesTake) take = NULL;

  rushes_test_service_shut (house->service, RUSHES_TEST_PREPARE);
  take = rushes_test_house_order (house, "a");
  rushes_test_house_called (house, RUSHES_TEST_PREPARE, 1);
  cli = rushes_test_house_again (house, "http");
  set_paused (cli, TRUE);
  rushes_test_service_open (house->service, RUSHES_TEST_PREPARE);
  rushes_test_house_reach (take, RUSHES_TAKE_STATE_QUEUED);
  read_message (take, "Paused in line");
  g_assert_true (rushes_library_get_paused (house->library));
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 0);

  set_paused (cli, FALSE);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (rushes_test_service_count (house->service, RUSHES_TEST_SUBMIT), ==, 1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/line/lanes", test_lanes);
  rushes_test_add_fiber ("/line/tickets", test_tickets);
  rushes_test_add_fiber ("/line/slots", test_slots);
  g_test_add_func ("/line/total", test_total);
  g_test_add_func ("/line/pause", test_pause);
  rushes_test_add_fiber ("/line/moves", test_moves);
  rushes_test_add_fiber ("/line/back-in-line", test_back_in_line);
  rushes_test_add_fiber ("/line/order-survives", test_order_survives);
  rushes_test_add_fiber ("/line/order-of-others", test_order_of_others);
  rushes_test_add_fiber ("/line/bound", test_bound);
  rushes_test_add_fiber ("/line/paused", test_paused);
  rushes_test_add_fiber ("/line/paused-for-all", test_paused_for_all);
  rushes_test_add_fiber ("/line/paused-preparing", test_paused_preparing);

  return g_test_run ();
}
