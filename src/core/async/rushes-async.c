/* rushes-async.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-async.h"

#include <string.h>

#include "rushes-error.h"

DexFuture *
rushes_async_spawn (DexFiberFunc func, gpointer data, GDestroyNotify destroy)
{
  return dex_scheduler_spawn (dex_scheduler_get_default (), RUSHES_FIBER_STACK, func, data, destroy);
}

/* A thread pool of our own and not libdex's: its worker threads run fibers, and a fiber that blocks holds up its
 * neighbours. */
typedef struct
{
  RushesWorkFunc func;
  gpointer data;
  GDestroyNotify destroy;
  DexPromise *promise;
} Work;

static void
run_work (gpointer data, gpointer user_data)
{
  Work *work = data;
  g_autoptr (DexFuture) result = work->func (work->data);
  g_autoptr (GError) error = NULL;
  const GValue *value;

  if (work->destroy != NULL)
    work->destroy (work->data);

  if (result == NULL)
    dex_promise_reject (work->promise, rushes_error_new (RUSHES_ERROR_INTERNAL, "Work gave no result."));
  else if ((value = dex_future_get_value (result, &error)) != NULL)
    dex_promise_resolve (work->promise, value);
  else
    dex_promise_reject (work->promise, g_steal_pointer (&error));

  dex_unref (work->promise);
  g_free (work);
}

static gpointer
make_pool (gpointer data)
{
  return g_thread_pool_new (run_work, NULL, MAX (2, g_get_num_processors ()), FALSE, NULL);
}

DexFuture *
rushes_async_work (RushesWorkFunc func, gpointer data, GDestroyNotify destroy)
{
  static GOnce once = G_ONCE_INIT;
  GThreadPool *pool = g_once (&once, make_pool, NULL);
  DexPromise *promise = dex_promise_new ();
  Work *work = g_new0 (Work, 1);

  work->func = func;
  work->data = data;
  work->destroy = destroy;
  work->promise = dex_ref (promise);
  g_thread_pool_push (pool, work, NULL);

  return DEX_FUTURE (promise);
}

static DexFuture *
resolve_true (DexFuture *future, gpointer data)
{
  return dex_future_new_true ();
}

DexFuture *
rushes_async_sleep (double seconds)
{
  return dex_future_catch (dex_timeout_new_usec ((gint64) (seconds * G_USEC_PER_SEC)), resolve_true, NULL, NULL);
}

static DexFuture *
reject_with_sentence (DexFuture *future, gpointer data)
{
  return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_TIMEOUT, "%s", (const char *) data));
}

DexFuture *
rushes_async_limit (DexFuture *future, double seconds, const char *sentence)
{
  DexFuture *limit = dex_future_catch (dex_timeout_new_usec ((gint64) (seconds * G_USEC_PER_SEC)), reject_with_sentence,
                                       g_strdup (sentence), g_free);

  return dex_future_first (future, limit, NULL);
}

static DexFuture *
wake_up (DexFuture *future, gpointer data)
{
  g_main_context_wakeup (NULL);
  return NULL;
}

DexFuture *
rushes_async_run (DexFuture *future)
{
  g_autoptr (DexFuture) watch = dex_future_finally (dex_ref (future), wake_up, NULL, NULL);

  while (dex_future_is_pending (future))
    g_main_context_iteration (NULL, TRUE);

  return future;
}

/* RFC 9562, 5.7: 48 bits of milliseconds, then (method 1 of 6.2) a counter in rand_a so that ids of one moment sort,
 * then 62 random bits. The time never runs backwards within a process. */
static GMutex id_mutex;
static guint64 last_ms;

char *
rushes_new_id (void)
{
  static guint counter;
  guint64 ms = g_get_real_time () / 1000;
  guint64 random = ((guint64) g_random_int () << 32) | g_random_int ();
  guint sequence;

  g_mutex_lock (&id_mutex);
  if (ms > last_ms)
    {
      last_ms = ms;
      counter = g_random_int_range (0, 256);
    }
  else if (++counter > 0xFFF)
    {
      last_ms++;
      counter = 0;
    }
  ms = last_ms;
  sequence = counter;
  g_mutex_unlock (&id_mutex);

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%012" G_GINT64_MODIFIER "x", (guint) (ms >> 16), (guint) (ms & 0xFFFF),
                          sequence, (guint) (0x8000 | ((random >> 48) & 0x3FFF)),
                          random & G_GUINT64_CONSTANT (0xFFFFFFFFFFFF));
}

char *
rushes_new_id_after (const char *id)
{
  guint64 ms = 0;
  guint n = 0;

  /* The first twelve digits are its time. */
  for (; *id != '\0' && n < 12; id++)
    if (g_ascii_isxdigit (*id))
      {
        ms = ms << 4 | g_ascii_xdigit_value (*id);
        n++;
      }
  if (n == 12)
    {
      g_mutex_lock (&id_mutex);
      last_ms = MAX (last_ms, ms + 1);
      g_mutex_unlock (&id_mutex);
    }

  return rushes_new_id ();
}
