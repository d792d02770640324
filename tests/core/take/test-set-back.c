/* test-set-back.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The clock was set back since a take was submitted: to the program it was submitted in a time to come. */

#include "rushes-async.h"
#include "rushes-database.h"
#include "rushes-error.h"
#include "rushes-test-house.h"

/* A task that its service does not know any more is given up all the same. */
static void
test_vanished (void)
{
  g_autoptr (RushesTestHouse) before = rushes_test_house_new ("http", 1);
  g_autoptr (RushesTestHouse) house = NULL;
  g_autoptr (RushesTake) left = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (RushesDatabase) database = NULL;
  g_autofree char *path = g_build_filename (
      g_file_peek_path (rushes_folders_get_data (rushes_library_get_folders (before->library))), "library.db", NULL);
  g_autoptr (GError) error = NULL;

  rushes_test_service_set_busy (before->service, TRUE);
  left = rushes_test_house_order (before, "a kite");
  rushes_test_house_reach (left, RUSHES_TAKE_STATE_RUNNING);
  rushes_test_house_leave (before);
  database = rushes_database_open (path, FALSE, &error);
  g_assert_no_error (error);
  rushes_database_run (database, &error, "UPDATE attempts SET submitted = ?", "i",
                       g_get_real_time () + 365 * G_TIME_SPAN_DAY);
  g_assert_no_error (error);
  g_clear_pointer (&database, rushes_database_close);

  house = rushes_test_house_again (before, "http");
  take = rushes_test_house_find (house, left);
  for (guint i = 0; i < 1000; i++)
    {
      GError *gone = rushes_error_new (RUSHES_ERROR_NOT_FOUND, "There is no such task.");

      rushes_error_set_charged (gone, RUSHES_CHARGED_MAYBE);
      rushes_test_service_refuse (house->service, RUSHES_TEST_POLL, gone);
    }
  rushes_test_house_resume (house, take, 1);
  rushes_test_house_expect (house, take, RUSHES_TAKE_STATE_FAILED);
  g_assert_error (rushes_take_get_error (take), RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}

/* An id of a time to come is followed by a later one, and by what is made after that. */
static void
test_ids (void)
{
  static const char future[] = "7fffffff-ffff-7000-8000-000000000000";
  g_autofree char *first = rushes_new_id_after ("0193a000-0000-7000-8000-000000000000");
  g_autofree char *second = rushes_new_id_after ("no id");
  g_autofree char *third = rushes_new_id_after (future);
  g_autofree char *fourth = rushes_new_id ();

  g_assert_cmpstr (first, <, second);
  g_assert_cmpstr (second, <, future);
  g_assert_cmpstr (future, <, third);
  g_assert_cmpstr (third, <, fourth);
  g_assert_true (g_uuid_string_is_valid (third));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_add_fiber ("/set-back/vanished", test_vanished);
  g_test_add_func ("/set-back/ids", test_ids);

  return g_test_run ();
}
