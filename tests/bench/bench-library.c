/* bench-library.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <malloc.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "rushes-async.h"
#include "rushes-bench-fill.h"
#include "rushes-core.h"
#include "rushes-library.h"

/* What a library of many takes costs: bench-library NUMBER, or "title", with an empty
 * folder for it in RUSHES_BENCH_FOLDER. Figures are milliseconds of waiting, with those of the
 * main thread's own processor time in brackets, and of memory. */

/* So many takes does a grid hold, and so many does it go on at once. */
#define HELD 200
#define STEP 50

typedef struct
{
  gint64 wall;
  gint64 cpu;
} Moment;

static Moment
now (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &cpu);

  return (Moment) { g_get_monotonic_time (), (gint64) cpu.tv_sec * G_USEC_PER_SEC + cpu.tv_nsec / 1000 };
}

static void
tell (Moment since)
{
  Moment end = now ();

  printf (" %9.1f (%7.1f)", (double) (end.wall - since.wall) / 1000, (double) (end.cpu - since.cpu) / 1000);
  fflush (stdout);
}

static RushesLibrary *
open_library (RushesFolders *folders)
{
  g_autoptr (GError) error = NULL;
  RushesLibrary *library = dex_await_object (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT), &error);

  if (library == NULL)
    g_error ("%s", error->message);

  return library;
}

static GListModel *
list_takes (RushesLibrary *library, const char *search, RushesTakeKind kind)
{
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  GListModel *list;
  gboolean pending = TRUE;

  filter->search = g_strdup (search);
  filter->kind = kind;
  list = rushes_library_list_takes (library, filter);
  for (g_object_get (list, "pending", &pending, NULL); pending; g_object_get (list, "pending", &pending, NULL))
    dex_await (rushes_async_sleep (0.0005), NULL);

  return list;
}

static void
await_loaded (GPtrArray *takes)
{
  for (guint i = 0; i < takes->len; i++)
    while (!rushes_take_get_loaded (g_ptr_array_index (takes, i)))
      dex_await (rushes_async_sleep (0.0002), NULL);
}

/* As a grid does: it holds what is near, and lets go of what is far. */
static void
scroll (GListModel *list, guint from, guint to)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = from; i < to; i++)
    {
      g_ptr_array_add (held, g_list_model_get_item (list, i));
      if (held->len > HELD)
        g_ptr_array_remove_range (held, 0, STEP);
      if (i % STEP == STEP - 1 || i == to - 1)
        await_loaded (held);
    }
}

static gsize
used_memory (void)
{
  malloc_trim (0);

  return mallinfo2 ().uordblks;
}

static DexFuture *
bench_fiber (gpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GFile) folder = g_file_new_for_path (g_getenv ("RUSHES_BENCH_FOLDER"));
  g_autoptr (RushesFolders) folders = rushes_folders_new (folder, folder);
  g_autoptr (RushesLibrary) library = open_library (folders);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GListModel) failed = NULL;
  g_autoptr (GListModel) unsaved = NULL;
  g_autoptr (GHashTable) uses = NULL;
  struct rusage usage;
  gsize before;
  Moment start;

  dex_await (rushes_library_close (library), NULL);
  g_clear_object (&library);
  rushes_bench_fill (folders, n);
  printf ("%7u", n);

  start = now ();
  library = open_library (folders);
  tell (start);

  start = now ();
  list = list_takes (library, NULL, RUSHES_TAKES_ALL);
  scroll (list, 0, MIN (n, 40));
  tell (start);

  before = used_memory ();
  start = now ();
  scroll (list, 0, n);
  tell (start);
  printf (" %8.0f", ((double) used_memory () - (double) before) / 1024);

  start = now ();
  found = list_takes (library, "fog lighth", RUSHES_TAKES_ALL);
  tell (start);
  start = now ();
  failed = list_takes (library, NULL, RUSHES_TAKES_FAILED);
  tell (start);
  start = now ();
  unsaved = list_takes (library, NULL, RUSHES_TAKES_NOT_SAVED);
  tell (start);
  start = now ();
  uses = dex_await_boxed (rushes_library_count_uses (library), NULL);
  tell (start);

  getrusage (RUSAGE_SELF, &usage);
  printf (" %7.0f\n", (double) usage.ru_maxrss / 1024);
  dex_await (rushes_library_close (library), NULL);

  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_autoptr (DexFuture) done = NULL;

  if (argc < 2)
    return 2;
  if (g_str_equal (argv[1], "title"))
    {
      printf ("%7s %19s %19s %19s %8s %19s %19s %19s %19s %7s\n", "takes", "open, ms (cpu)", "first page",
              "all, top to end", "kept KiB", "search", "failed", "not saved", "by model", "peak MB");
      return 0;
    }
  rushes_core_init ();
  done = rushes_async_run (
      rushes_async_spawn (bench_fiber, GUINT_TO_POINTER ((guint) g_ascii_strtoull (argv[1], NULL, 10)), NULL));

  return dex_future_get_value (done, NULL) == NULL;
}
