/* test-clip-room.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "rushes-clip-room.h"
#include "rushes-test-library.h"

static RushesTake *
make (RushesLibrary *library, const char *prompt)
{
  RushesTake *take = rushes_test_order_one (library, prompt);
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_DOWNLOADING);
  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_READY, RUSHES_CHARGED_YES);
  return take;
}

static RushesTake *
make_for_now (RushesLibrary *library, const char *prompt)
{
  RushesTake *take = rushes_test_order_one (library, prompt);
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_DOWNLOADING);
  rushes_test_land_for_now (library, take, attempt);
  return take;
}

static GFile *
save (RushesLibrary *library, RushesTake *take)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) to = g_file_new_build_filename (folder, "clip.mp4", NULL);
  g_autoptr (GError) error = NULL;
  GFile *saved = dex_await_object (rushes_library_save_clip (library, take, to, FALSE), &error);

  g_assert_no_error (error);
  return saved;
}

static RushesClipRoom *
prune (RushesLibrary *library, RushesClipLimits limits, gboolean dry_run)
{
  g_autoptr (GError) error = NULL;
  RushesClipRoom *room = dex_await_boxed (rushes_library_prune (library, &limits, dry_run), &error);

  g_assert_no_error (error);
  return room;
}

static gboolean
has_file (RushesTake *take)
{
  return rushes_take_get_clip (take) != NULL &&
         g_file_query_exists (rushes_clip_get_file (rushes_take_get_clip (take)), NULL);
}

/* Oldest first, and only what lies elsewhere. */
static void
test_saved (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) unsaved = make (library, "unsaved");
  g_autoptr (RushesTake) starred = make (library, "starred");
  g_autoptr (RushesTake) gone = make (library, "gone");
  g_autoptr (RushesTake) old = make (library, "old");
  g_autoptr (RushesTake) fresh = make (library, "fresh");
  g_autoptr (GFile) starred_copy = save (library, starred);
  g_autoptr (GFile) gone_copy = save (library, gone);
  g_autoptr (GFile) old_copy = save (library, old);
  g_autoptr (GFile) fresh_copy = save (library, fresh);
  g_autoptr (GFile) file = g_object_ref (rushes_clip_get_file (rushes_take_get_clip (old)));
  guint64 size = rushes_clip_get_facts (rushes_take_get_clip (old))->size;
  g_autoptr (RushesClipRoom) all = prune (library, (RushesClipLimits) { 0 }, FALSE);
  g_autoptr (RushesClipRoom) dry = NULL;
  g_autoptr (RushesClipRoom) room = NULL;
  g_autoptr (RushesClipRoom) again = NULL;
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GPtrArray) not_saved = NULL;
  g_autoptr (RushesAttempt) attempt = NULL;

  rushes_test_expect (rushes_library_star (library, starred, TRUE), TRUE);
  g_assert_true (g_file_delete (gone_copy, NULL, NULL));
  g_assert_cmpuint (all->n_clips, ==, 5);
  g_assert_cmpuint (all->size, ==, 5 * size);
  g_assert_cmpuint (all->n_pruned, ==, 0);

  dry = prune (library, (RushesClipLimits) { .most = 4 }, TRUE);
  g_assert_cmpuint (dry->n_pruned, ==, 1);
  g_assert_cmpuint (dry->n_spared, ==, 1);
  g_assert_cmpuint (dry->size_spared, ==, size);
  g_assert_cmpstr (g_ptr_array_index (dry->takes, 0), ==, rushes_take_get_id (old));
  g_assert_true (has_file (old));

  room = prune (library, (RushesClipLimits) { .size = 4 * size }, FALSE);
  g_assert_cmpuint (room->n_pruned, ==, 1);
  g_assert_cmpuint (room->n_unsaved, ==, 0);
  g_assert_null (rushes_take_get_clip (old));
  g_assert_false (g_file_query_exists (file, NULL));
  g_assert_true (g_file_query_exists (old_copy, NULL));
  g_assert_true (has_file (unsaved) && has_file (starred) && has_file (gone) && has_file (fresh));

  /* The take and what is known of it stay. */
  g_assert_cmpint (rushes_take_get_state (old), ==, RUSHES_TAKE_STATE_READY);
  g_assert_nonnull (rushes_take_get_request (old));
  attempt = rushes_test_attempt (library, old);
  g_assert_cmpint (attempt->state, ==, RUSHES_TAKE_STATE_READY);
  again = prune (library, (RushesClipLimits) { .most = 4 }, FALSE);
  g_assert_cmpuint (again->n_clips, ==, 4);
  g_assert_cmpuint (again->n_pruned, ==, 0);

  filter->kind = RUSHES_TAKES_NOT_SAVED;
  not_saved = dex_await_boxed (rushes_library_page_takes (library, filter, NULL, 10), NULL);
  g_assert_cmpuint (not_saved->len, ==, 1);
  rushes_test_close (library);
}

/* What lies nowhere else goes only when that was said; what is in work, deleted or starred not even then. */
static void
test_unsaved (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) starred = make (library, "starred");
  g_autoptr (RushesTake) deleted = make (library, "deleted");
  g_autoptr (RushesTake) old = make (library, "old");
  g_autoptr (RushesTake) fresh = make (library, "fresh");
  g_autoptr (RushesClipRoom) room = NULL;
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GPtrArray) not_saved = NULL;

  rushes_test_expect (rushes_library_star (library, starred, TRUE), TRUE);
  rushes_test_expect (rushes_library_set_deleted (library, deleted, TRUE), TRUE);
  room = prune (library, (RushesClipLimits) { .most = 1, .unsaved = TRUE }, FALSE);
  g_assert_cmpuint (room->n_pruned, ==, 2);
  g_assert_cmpuint (room->n_unsaved, ==, 2);
  g_assert_true (has_file (starred) && has_file (deleted));
  g_assert_null (rushes_take_get_clip (old));
  g_assert_null (rushes_take_get_clip (fresh));

  /* Nobody is asked to save what is not there. */
  filter->kind = RUSHES_TAKES_NOT_SAVED;
  not_saved = dex_await_boxed (rushes_library_page_takes (library, filter, NULL, 10), NULL);
  g_assert_cmpuint (not_saved->len, ==, 1);
  rushes_test_close (library);
}

/* What is kept for now only goes before all that is older, and need not lie elsewhere; once saved it is as any other.
 */
static void
test_for_now (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) unsaved = make (library, "unsaved");
  g_autoptr (RushesTake) old = make (library, "old");
  g_autoptr (RushesTake) starred = make_for_now (library, "starred");
  g_autoptr (RushesTake) saved = make_for_now (library, "saved");
  g_autoptr (RushesTake) seen = make_for_now (library, "seen");
  g_autoptr (GFile) old_copy = save (library, old);
  g_autoptr (GFile) saved_copy = save (library, saved);
  g_autoptr (RushesClipRoom) first = NULL;
  g_autoptr (RushesClipRoom) second = NULL;

  rushes_test_expect (rushes_library_star (library, starred, TRUE), TRUE);
  first = prune (library, (RushesClipLimits) { .most = 4 }, FALSE);
  g_assert_cmpuint (first->n_unsaved, ==, 0);
  g_assert_null (rushes_take_get_clip (seen));
  g_assert_true (has_file (unsaved) && has_file (old) && has_file (starred) && has_file (saved));

  second = prune (library, (RushesClipLimits) { .most = 1 }, FALSE);
  g_assert_cmpuint (second->n_pruned, ==, 2);
  g_assert_true (has_file (unsaved) && has_file (starred));
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/clip-room/saved", test_saved);
  rushes_test_add_fiber ("/clip-room/unsaved", test_unsaved);
  rushes_test_add_fiber ("/clip-room/for-now", test_for_now);

  return g_test_run ();
}
