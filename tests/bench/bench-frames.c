/* bench-frames.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How evenly the window moves: bench-frames, under a display. Figures are of the clock of the window's frames: how long
 * one took after the other, and how many came late, which is after half a turn of the screen more than one. On a screen
 * without a graphics card most of that is the waiting for who composes it; what the window's own thread computed for a
 * frame stands beside. */

#include "config.h"

#include <stdio.h>
#include <time.h>

#include "rushes-async.h"
#include "rushes-bench-fill.h"
#include "rushes-compare-page.h"
#include "rushes-keyring.h"
#include "rushes-set.h"
#include "rushes-settings.h"
#include "rushes-take-card.h"
#include "rushes-take-page-private.h"
#include "rushes-test-simulator.h"

#define TAKES      10000
#define ASKED      20
#define DOWNLOADED 4
#define COMPARED   4
#define SECONDS    6
/* Rows of a grid go by at this many pixels a second: a quick hand at a wheel. */
#define SPEED 3000.0

/* ---- the watch ---- */

typedef struct
{
  GArray *intervals; /* of double, milliseconds */
  gint64 last;
  gint64 refresh; /* µs from one frame to the next, as the screen says */
  GtkTickCallback move;
  gpointer moved;
  gint64 began;
} Watch;

static gboolean
tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Watch *watch = data;
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double interval = (double) (now - watch->last) / 1000;

  if (watch->last == 0)
    watch->began = now;
  else
    g_array_append_val (watch->intervals, interval);
  watch->last = now;
  gdk_frame_clock_get_refresh_info (clock, now, &watch->refresh, NULL);
  if (watch->move != NULL)
    watch->move (widget, clock, watch);
  /* Whatever moves, there is always a next frame to be in time for. */
  gtk_widget_queue_draw (widget);

  return G_SOURCE_CONTINUE;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double one = *(const double *) a, other = *(const double *) b;

  return (one > other) - (one < other);
}

static double
get_part (GArray *sorted, double part)
{
  return g_array_index (sorted, double, MIN (sorted->len - 1, (guint) (part * sorted->len)));
}

/* By this thread, in milliseconds. */
static double
get_computed (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* Watches @widget's frames for a while, with @move called before each. */
static void
watch_frames (const char *name, GtkWidget *widget, GtkTickCallback move, gpointer moved)
{
  Watch watch = { .intervals = g_array_new (FALSE, FALSE, sizeof (double)), .move = move, .moved = moved };
  guint id = gtk_widget_add_tick_callback (widget, tick, &watch, NULL);
  gint64 end = g_get_monotonic_time () + SECONDS * G_USEC_PER_SEC;
  guint n_late = 0;
  double late, computed = get_computed ();

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  gtk_widget_remove_tick_callback (widget, id);
  computed = get_computed () - computed;

  late = 1.5 * (double) (watch.refresh > 0 ? watch.refresh : 16667) / 1000;
  for (guint i = 0; i < watch.intervals->len; i++)
    n_late += g_array_index (watch.intervals, double, i) > late;
  g_array_sort (watch.intervals, compare_doubles);
  if (watch.intervals->len > 0)
    printf ("%-37s %7u %9.1f %9.1f %9.1f %9.1f %6u %9.1f\n", name, watch.intervals->len,
            get_part (watch.intervals, 0.5), get_part (watch.intervals, 0.95), get_part (watch.intervals, 0.99),
            get_part (watch.intervals, 1), n_late, computed / (double) watch.intervals->len);
  fflush (stdout);
  g_array_unref (watch.intervals);
}

/* ---- a library with clips ---- */

static gboolean
is_of_type (GtkWidget *widget, gconstpointer type)
{
  return gtk_widget_get_mapped (widget) && G_TYPE_CHECK_INSTANCE_TYPE (widget, GPOINTER_TO_SIZE (type));
}

/* The same small clip for each, so that there are pictures to be made as one scrolls. */
static void
place_clips (RushesFolders *folders)
{
  g_autofree char *small = g_build_filename (g_getenv ("RUSHES_SOURCE"), "tests", "simulators", "clip.mp4", NULL);
  g_autoptr (GFile) month = g_file_get_child (rushes_folders_get_clips (folders), "2026-01");
  g_autoptr (GFile) clip = g_file_get_child (month, "clip.mp4");
  g_autoptr (GFile) source = g_file_new_for_path (small);

  g_file_make_directory_with_parents (month, NULL, NULL);
  g_file_copy (source, clip, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, NULL);
  for (guint i = 0; i < TAKES; i++)
    {
      g_autofree char *name = g_strdup_printf ("01900000-0000-7000-8000-%012x-0.mp4", i);
      g_autoptr (GFile) link = g_file_get_child (month, name);

      g_file_make_symbolic_link (link, "clip.mp4", NULL, NULL);
    }
}

/* One that was made serves for all, so that there is nothing left to be made. */
static void
place_pictures (RushesFolders *folders)
{
  GFile *folder = rushes_folders_get_thumbnails (folders);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  g_autofree char *made = dir != NULL ? g_strdup (g_dir_read_name (dir)) : NULL;

  g_assert_nonnull (made);
  for (guint i = 0; i < TAKES; i++)
    {
      g_autofree char *name = g_strdup_printf ("%064x%s", i + 1, strchr (made, '-'));
      g_autoptr (GFile) link = g_file_get_child (folder, name);

      g_file_make_symbolic_link (link, made, NULL, NULL);
    }
}

static gboolean
scroll (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Watch *watch = data;
  double seconds = (double) (watch->last - watch->began) / G_USEC_PER_SEC;

  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (watch->moved)), SPEED * seconds);

  return G_SOURCE_CONTINUE;
}

/* To and fro over the tile, as a hand that looks for a place. */
static gboolean
hover (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Watch *watch = data;
  double seconds = (double) (watch->last - watch->began) / G_USEC_PER_SEC;
  double place = seconds - (int) seconds;

  rushes_take_card_preview (RUSHES_TAKE_CARD (watch->moved), place * gtk_widget_get_width (GTK_WIDGET (watch->moved)));

  return G_SOURCE_CONTINUE;
}

static gboolean
shows_cards (RushesSet *set, gconstpointer data)
{
  return rushes_test_search (GTK_WIDGET (set->window), is_of_type, GSIZE_TO_POINTER (RUSHES_TYPE_TAKE_CARD)) != NULL;
}

static void
bench_library (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  GtkWidget *grid, *card;

  rushes_bench_fill (set->folders, TAKES);
  place_clips (set->folders);
  rushes_set_reopen (set);
  rushes_set_await (set, shows_cards, NULL);
  grid = rushes_test_search (GTK_WIDGET (set->window), is_of_type, GSIZE_TO_POINTER (GTK_TYPE_GRID_VIEW));
  watch_frames ("10,000 takes scroll, no pictures yet", GTK_WIDGET (set->window), scroll, grid);
  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid)), 0);
  rushes_test_await_rest (grid);
  place_pictures (set->folders);
  watch_frames ("with their pictures", GTK_WIDGET (set->window), scroll, grid);

  gtk_adjustment_set_value (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (grid)), 0);
  rushes_test_await_rest (grid);
  card = rushes_test_search (grid, is_of_type, GSIZE_TO_POINTER (RUSHES_TYPE_TAKE_CARD));
  watch_frames ("a tile shows its course", GTK_WIDGET (set->window), hover, card);
}

/* ---- clips that play ---- */

static void
use_simulator (const char *id, RushesTestSimulator *simulator, guint slots)
{
  g_autofree char *path = g_strdup_printf ("/io/github/rushes_app/Rushes/providers/%s/", id);
  g_autoptr (GSettings) settings = rushes_settings_open ("io.github.rushes_app.Rushes.Provider", path);

  g_settings_set_string (settings, "base-url", rushes_test_simulator_get_url (simulator));
  g_settings_set_uint (settings, "slots", slots);
}

static void
order (RushesSet *set, const char *provider_id, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autofree char *words = g_strdup_printf ("a paper boat %u", i + 1);
      g_autofree char *id = rushes_new_id ();

      rushes_draft_set_model (
          draft, provider_id,
          rushes_model_get_id (rushes_provider_find_model (rushes_registry_find (set->registry, provider_id), NULL)));
      rushes_draft_set_prompt (draft, words);
      if (g_str_equal (provider_id, "animatic"))
        {
          rushes_draft_set_duration (draft, 3);
          rushes_draft_set_resolution (draft, "480p");
        }
      rushes_test_expect (
          rushes_queue_generate (rushes_studio_get_queue (set->studio), set->window->project, draft, NULL, id));
    }
}

static guint
count (RushesSet *set, const char *provider_id, RushesTakeState state)
{
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (set->takes); i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (set->takes, i);

      n += rushes_take_get_loaded (take) && rushes_take_get_state (take) == state &&
           g_str_equal (rushes_request_get_provider_id (rushes_take_get_request (take)), provider_id);
    }

  return n;
}

static gboolean
are_ready (RushesSet *set, gconstpointer n)
{
  return count (set, "animatic", RUSHES_TAKE_STATE_READY) == GPOINTER_TO_UINT (n);
}

static gboolean
all_run (RushesSet *set, gconstpointer data)
{
  return count (set, "pika", RUSHES_TAKE_STATE_RUNNING) == ASKED;
}

static gboolean
is_playing (RushesSet *set, gconstpointer data)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (set->window->places);

  return RUSHES_IS_TAKE_PAGE (page) && rushes_player_get_position (RUSHES_TAKE_PAGE (page)->player) > 0.1;
}

static gboolean
compares (RushesSet *set, gconstpointer data)
{
  return RUSHES_IS_COMPARE_PAGE (adw_navigation_view_get_visible_page (set->window->places));
}

static void
bench_players (const char *clip)
{
  g_autofree char *clip_option = g_strconcat ("--clip=", clip, NULL);
  g_autoptr (RushesTestSimulator) endless = rushes_test_simulator_new ("pika", "never", NULL);
  g_autoptr (RushesTestSimulator) quick = rushes_test_simulator_new ("openai-compatible", clip_option, NULL);
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  use_simulator ("pika", endless, ASKED);
  use_simulator ("openai-compatible", quick, DOWNLOADED);
  rushes_registry_load (set->registry, set->folders, rushes_keyring_get_default ());
  order (set, "animatic", COMPARED);
  rushes_set_await (set, are_ready, GUINT_TO_POINTER (COMPARED));
  for (guint i = 0; i < COMPARED; i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (set->takes, i);

      g_ptr_array_add (ids, g_strdup (rushes_take_get_id (take)));
      if (i == 0)
        rushes_window_open_take (set->window, take);
    }
  rushes_set_await (set, is_playing, NULL);
  watch_frames ("a clip plays", GTK_WIDGET (set->window), NULL, NULL);

  order (set, "pika", ASKED);
  rushes_set_await (set, all_run, NULL);
  order (set, "openai-compatible", DOWNLOADED);
  watch_frames ("with 20 asked about, 4 downloaded", GTK_WIDGET (set->window), NULL, NULL);

  gtk_widget_activate_action_variant (GTK_WIDGET (set->window), "win.compare",
                                      g_variant_new_strv ((const char *const *) ids->pdata, ids->len));
  rushes_set_await (set, compares, NULL);
  watch_frames ("4 clips are compared", GTK_WIDGET (set->window), NULL, NULL);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_setenv ("RUSHES_KEY_PIKA", RUSHES_TEST_KEY, TRUE);
  g_setenv ("RUSHES_KEY_OPENAI_COMPATIBLE", RUSHES_TEST_KEY, TRUE);
  if (argc < 2)
    return 2;

  rushes_test_window_init ();
  /* A tile shows its course only where motion is welcome. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  printf ("%-37s %7s %9s %9s %9s %9s %6s %9s\n", "what the window does", "frames", "half, ms", "95 %", "99 %",
          "longest", "late", "own, ms");
  bench_library ();
  bench_players (argv[1]);

  return 0;
}
