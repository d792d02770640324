/* test-attempts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-test-library.h"

static void
test_first_open (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);

  g_assert_cmpuint (g_list_model_get_n_items (rushes_library_get_projects (library)), ==, 1);
  g_assert_cmpstr (rushes_project_get_name (project), ==, "My Project");
  g_assert_cmpuint (rushes_project_get_n_takes (project), ==, 0);
  g_assert_null (rushes_library_get_warning (library));
  rushes_test_close (library);
}

static void
test_life (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "a paper boat");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);

  g_assert_true (rushes_take_get_loaded (take));
  g_assert_cmpstr (rushes_request_get_prompt (rushes_take_get_request (take)), ==, "a paper boat");
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_QUEUED);
  g_assert_cmpint (attempt->number, ==, 1);
  rushes_test_walk (library, take, attempt, RUSHES_TAKE_STATE_READY);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_READY);
  g_assert_nonnull (rushes_take_get_clip (take));
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/library/first-open", test_first_open);
  rushes_test_add_fiber ("/library/life", test_life);

  return g_test_run ();
}
