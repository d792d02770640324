/* test-work-line.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-error.h"
#include "rushes-test.h"
#include "rushes-work-line.h"

/* Works that a test ends by hand. */
typedef struct
{
  GString *begun; /* their letters, in the order they began */
  DexPromise *ends[8];
} Works;

typedef struct
{
  Works *works;
  int number;
} Work;

static DexFuture *
begin (gpointer data)
{
  Work *work = data;

  g_string_append_c (work->works->begun, (char) ('a' + work->number));
  return DEX_FUTURE (dex_ref (work->works->ends[work->number]));
}

static void
works_init (Works *works)
{
  works->begun = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (works->ends); i++)
    works->ends[i] = dex_promise_new ();
}

static void
works_clear (Works *works)
{
  g_string_free (works->begun, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (works->ends); i++)
    dex_clear (&works->ends[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Works, works_clear)

static DexFuture *
push (RushesWorkLine *line, Works *works, int number)
{
  Work *work = g_new (Work, 1);

  work->works = works;
  work->number = number;
  return rushes_work_line_push (line, begin, work, g_free);
}

static void
test_order (gconstpointer data)
{
  RushesLineOrder order = GPOINTER_TO_INT (data);
  g_auto (Works) works = { 0 };
  g_autoptr (RushesWorkLine) line = rushes_work_line_new (2, order);
  g_autoptr (GPtrArray) futures = g_ptr_array_new_with_free_func (dex_unref);

  works_init (&works);
  for (int i = 0; i < 6; i++)
    g_ptr_array_add (futures, push (line, &works, i));
  g_assert_cmpstr (works.begun->str, ==, "ab");

  for (int i = 0; i < 6; i++)
    {
      int which = works.begun->str[i] - 'a';
      g_autoptr (DexFuture) ended = NULL;

      dex_promise_resolve_int (works.ends[which], which);
      ended = rushes_test_run (dex_ref (futures->pdata[which]));
      g_assert_cmpint (g_value_get_int (dex_future_get_value (ended, NULL)), ==, which);
    }
  g_assert_cmpstr (works.begun->str, ==, order == RUSHES_LINE_OLDEST_FIRST ? "abcdef" : "abfedc");
}

static void
test_failure_does_not_stop_the_line (void)
{
  g_auto (Works) works = { 0 };
  g_autoptr (RushesWorkLine) line = rushes_work_line_new (1, RUSHES_LINE_OLDEST_FIRST);
  g_autoptr (DexFuture) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  works_init (&works);
  first = push (line, &works, 0);
  second = push (line, &works, 1);
  dex_promise_reject (works.ends[0], rushes_error_new (RUSHES_ERROR_MEDIA, "It is no picture."));
  dex_promise_resolve_int (works.ends[1], 1);
  first = rushes_test_run (g_steal_pointer (&first));
  second = rushes_test_run (g_steal_pointer (&second));
  g_assert_null (dex_future_get_value (first, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_MEDIA);
  g_assert_nonnull (dex_future_get_value (second, NULL));
}

static void
test_line_outlives_its_owner (void)
{
  g_auto (Works) works = { 0 };
  RushesWorkLine *line = rushes_work_line_new (1, RUSHES_LINE_OLDEST_FIRST);
  g_autoptr (DexFuture) first = NULL, second = NULL;

  works_init (&works);
  first = push (line, &works, 0);
  second = push (line, &works, 1);
  g_object_unref (line);
  dex_promise_resolve_int (works.ends[0], 0);
  dex_promise_resolve_int (works.ends[1], 1);
  second = rushes_test_run (g_steal_pointer (&second));
  g_assert_nonnull (dex_future_get_value (second, NULL));
}

static void
test_unwanted_is_left_out (void)
{
  g_auto (Works) works = { 0 };
  g_autoptr (RushesWorkLine) line = rushes_work_line_new (1, RUSHES_LINE_OLDEST_FIRST);
  g_autoptr (DexFuture) first = NULL, wanted = NULL, either = NULL;
  DexFuture *unwanted;

  works_init (&works);
  first = push (line, &works, 0);
  unwanted = push (line, &works, 1);
  wanted = push (line, &works, 2);
  /* Whoever waited for it went on without it. */
  either = dex_future_first (unwanted, dex_future_new_true (), NULL);
  dex_clear (&either);
  dex_promise_resolve_int (works.ends[0], 0);
  dex_promise_resolve_int (works.ends[2], 2);
  wanted = rushes_test_run (g_steal_pointer (&wanted));
  g_assert_cmpstr (works.begun->str, ==, "ac");
}

static void
test_held (void)
{
  g_auto (Works) works = { 0 };
  RushesWorkLine *line = rushes_work_line_new (2, RUSHES_LINE_OLDEST_FIRST);
  g_autoptr (DexFuture) first = NULL, second = NULL, third = NULL;
  g_autoptr (GError) error = NULL;

  works_init (&works);
  first = push (line, &works, 0);
  rushes_work_line_set_held (line, TRUE);
  second = push (line, &works, 1);
  dex_promise_resolve_int (works.ends[0], 0);
  first = rushes_test_run (g_steal_pointer (&first));
  g_assert_cmpstr (works.begun->str, ==, "a");

  rushes_work_line_set_held (line, FALSE);
  g_assert_cmpstr (works.begun->str, ==, "ab");
  dex_promise_resolve_int (works.ends[1], 1);
  second = rushes_test_run (g_steal_pointer (&second));
  g_assert_nonnull (dex_future_get_value (second, NULL));

  /* Who waits when it is let go is told so. */
  rushes_work_line_set_held (line, TRUE);
  third = push (line, &works, 2);
  g_object_unref (line);
  third = rushes_test_run (g_steal_pointer (&third));
  g_assert_null (dex_future_get_value (third, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpstr (works.begun->str, ==, "ab");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_data_func ("/work-line/oldest-first", GINT_TO_POINTER (RUSHES_LINE_OLDEST_FIRST), test_order);
  g_test_add_data_func ("/work-line/newest-first", GINT_TO_POINTER (RUSHES_LINE_NEWEST_FIRST), test_order);
  g_test_add_func ("/work-line/failure-does-not-stop-the-line", test_failure_does_not_stop_the_line);
  g_test_add_func ("/work-line/line-outlives-its-owner", test_line_outlives_its_owner);
  g_test_add_func ("/work-line/unwanted-is-left-out", test_unwanted_is_left_out);
  g_test_add_func ("/work-line/held", test_held);
  return g_test_run ();
}
