/* test-async.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test.h"

static DexFuture *
tell_thread (gpointer data)
{
  return dex_future_new_for_pointer (g_thread_self ());
}

static void
test_work (void)
{
  g_autoptr (GError) error = NULL;
  gpointer thread = dex_await_pointer (rushes_async_work (tell_thread, NULL, NULL), &error);

  g_assert_no_error (error);
  g_assert_true (thread != g_thread_self ());
}

static DexFuture *
fail (gpointer data)
{
  return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_STORAGE, "The disk is full."));
}

static void
test_work_fails (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (rushes_async_work (fail, g_strdup ("freed by its destroy function"), g_free), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
}

static void
test_limit (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (DexFuture) never = DEX_FUTURE (dex_promise_new ());

  g_assert_true (dex_await (rushes_async_limit (rushes_async_sleep (0.001), 30, "Too long."), &error));
  g_assert_no_error (error);
  g_assert_false (dex_await (rushes_async_limit (dex_ref (never), 0.01, "Too long."), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_TIMEOUT);
  g_assert_cmpstr (error->message, ==, "Too long.");
}

static gpointer
make_ids (gpointer data)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < 5000; i++)
    g_ptr_array_add (ids, rushes_new_id ());
  return ids;
}

/* Made in a row they sort in their order, and no two threads ever get the same. */
static void
test_ids (void)
{
  GThread *threads[4];
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ids", make_ids, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GPtrArray) ids = g_thread_join (threads[i]);

      for (guint k = 0; k < ids->len; k++)
        {
          const char *id = ids->pdata[k];

          g_assert_true (g_uuid_string_is_valid (id));
          g_assert_true (id[14] == '7');
          g_assert_nonnull (strchr ("89ab", id[19]));
          if (k > 0)
            g_assert_cmpstr (ids->pdata[k - 1], <, id);
          g_assert_true (g_hash_table_add (all, g_strdup (id)));
        }
    }
}

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/async/work", test_work);
  rushes_test_add_fiber ("/async/work-fails", test_work_fails);
  rushes_test_add_fiber ("/async/limit", test_limit);
  g_test_add_func ("/async/ids", test_ids);

  return g_test_run ();
}
