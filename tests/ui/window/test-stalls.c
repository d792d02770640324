/* test-stalls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window never stands still: while many takes are asked about, several clips come and one is played, no turn of the
 * main loop is long. The processor's time of its thread is counted, which a busy machine does not make longer. */

#include "config.h"

#include <time.h>

#include "rushes-keyring.h"
#include "rushes-set.h"
#include "rushes-settings.h"
#include "rushes-take-page-private.h"
#include "rushes-test-simulator.h"

#define ASKED         20
#define DOWNLOADED    4
#define CLIP_SIZE     (48 * 1024 * 1024)
#define LONGEST_TURN  50.0 /* milliseconds */
#define TIME_TO_WATCH (120 * G_USEC_PER_SEC)

/* ---- a service with clips of some size ---- */

/* Behind what a player needs stands a box with nothing in it. */
static char *
make_big_clip (void)
{
  g_autofree char *small = g_build_filename (g_getenv ("RUSHES_SOURCE"), "tests", "simulators", "clip.mp4", NULL);
  g_autofree char *folder = rushes_test_folder ();
  char *path = g_build_filename (folder, "big.mp4", NULL);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  const guint32 size = GUINT32_TO_BE (CLIP_SIZE);
  g_autofree char *contents = NULL;
  gsize length, whole;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_get_contents (small, &contents, &length, &error));
  g_byte_array_append (bytes, (const guint8 *) contents, length);
  g_byte_array_append (bytes, (const guint8 *) &size, 4);
  g_byte_array_append (bytes, (const guint8 *) "free", 4);
  whole = length + CLIP_SIZE;
  while (bytes->len < whole)
    {
      static const guint8 nothing[64 * 1024];

      g_byte_array_append (bytes, nothing, MIN (sizeof nothing, whole - bytes->len));
    }
  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, &error));

  return path;
}

static void
use_simulator (const char *id, RushesTestSimulator *simulator, guint slots)
{
  g_autofree char *path = g_strdup_printf ("/io/github/rushes_app/Rushes/providers/%s/", id);
  g_autoptr (GSettings) settings = rushes_settings_open ("io.github.rushes_app.Rushes.Provider", path);

  g_settings_set_string (settings, "base-url", rushes_test_simulator_get_url (simulator));
  g_settings_set_uint (settings, "slots", slots);
}

/* ---- takes ---- */

static void
order (RushesSet *set, const char *provider_id, const char *prompt, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autofree char *words = g_strdup_printf ("%s %u", prompt, i + 1);
      g_autofree char *id = g_uuid_string_random ();

      rushes_draft_set_model (
          draft, provider_id,
          rushes_model_get_id (rushes_provider_find_model (rushes_registry_find (set->registry, provider_id), NULL)));
      rushes_draft_set_prompt (draft, words);
      rushes_test_expect (
          rushes_queue_generate (rushes_studio_get_queue (set->studio), set->window->project, draft, NULL, id));
    }
}

static guint
count (RushesSet *set, const char *provider_id, RushesTakeState state)
{
  GListModel *takes = set->takes;
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (takes); i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (takes, i);

      n += rushes_take_get_loaded (take) && rushes_take_get_state (take) == state &&
           g_str_equal (rushes_request_get_provider_id (rushes_take_get_request (take)), provider_id);
    }

  return n;
}

static gboolean
all_run (RushesSet *set, gconstpointer data)
{
  return count (set, "pika", RUSHES_TAKE_STATE_RUNNING) == ASKED;
}

static gboolean
is_ready (RushesSet *set, gconstpointer data)
{
  return count (set, "animatic", RUSHES_TAKE_STATE_READY) == 1;
}

static gboolean
is_playing (RushesSet *set, gconstpointer data)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (set->window->places);

  return RUSHES_IS_TAKE_PAGE (page) && rushes_player_get_position (RUSHES_TAKE_PAGE (page)->player) > 0.1;
}

/* ---- the watch ---- */

static double
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static void
test_busy (void)
{
  g_autofree char *clip = make_big_clip ();
  g_autofree char *clip_option = g_strconcat ("--clip=", clip, NULL);
  g_autoptr (RushesTestSimulator) endless = rushes_test_simulator_new ("pika", "never", NULL);
  g_autoptr (RushesTestSimulator) quick = rushes_test_simulator_new ("openai-compatible", clip_option, NULL);
  g_autoptr (RushesSet) set = rushes_set_open ();
  gint64 limit = g_get_monotonic_time () + TIME_TO_WATCH;
  double longest = 0;
  guint n = 0;

  use_simulator ("pika", endless, ASKED);
  use_simulator ("openai-compatible", quick, DOWNLOADED);
  rushes_registry_load (set->registry, set->folders, rushes_keyring_get_default ());

  order (set, "animatic", "a lamp is lit", 1);
  rushes_set_await (set, is_ready, NULL);
  {
    g_autoptr (RushesTake) take = g_list_model_get_item (set->takes, 0);

    rushes_window_open_take (set->window, take);
    rushes_set_await (set, is_playing, NULL);
  }
  order (set, "pika", "a paper boat", ASKED);
  rushes_set_await (set, all_run, NULL);

  order (set, "openai-compatible", "a long river", DOWNLOADED);
  while (count (set, "openai-compatible", RUSHES_TAKE_STATE_READY) < DOWNLOADED)
    {
      double begin = thread_time ();

      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, thread_time () - begin);
      n++;
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
    }

  g_test_message ("%u turns of the main loop; the longest took %.1f ms", n, longest);
  /* It begins again after its end. */
  rushes_set_await (set, is_playing, NULL);
  g_assert_cmpuint (count (set, "pika", RUSHES_TAKE_STATE_RUNNING), ==, ASKED);
  g_assert_cmpuint (rushes_test_simulator_count (quick, "downloads"), >=, DOWNLOADED);
  g_assert_cmpfloat (longest, <, LONGEST_TURN);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_setenv ("RUSHES_KEY_PIKA", RUSHES_TEST_KEY, TRUE);
  g_setenv ("RUSHES_KEY_OPENAI_COMPATIBLE", RUSHES_TEST_KEY, TRUE);

  g_test_add_func ("/stalls/busy", test_busy);

  return g_test_run ();
}
