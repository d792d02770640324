/* test-projects.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-draft.h"
#include "rushes-test-library.h"

static RushesProject *
create (RushesLibrary *library, const char *name)
{
  g_autoptr (GError) error = NULL;
  RushesProject *project = dex_await_object (rushes_library_create_project (library, name), &error);

  g_assert_no_error (error);

  return project;
}

static void
assert_names (RushesLibrary *library, const char *expected)
{
  GListModel *projects = rushes_library_get_projects (library);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (projects); i++)
    {
      g_autoptr (RushesProject) project = g_list_model_get_item (projects, i);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", rushes_project_get_name (project));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

static void
test_create (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) wedding = create (library, "  Wedding ");
  g_autoptr (RushesProject) boats = create (library, "Boats");
  const char *const refused[] = { "", "  \t", "Wedding", " Boats", "My Project" };

  assert_names (library, "Boats, My Project, Wedding");
  g_assert_cmpint (rushes_project_get_created (boats), >=, rushes_project_get_created (wedding));
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (dex_await (rushes_library_create_project (library, refused[i]), &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (rushes_error_get_field (error), ==, "name");
    }
  assert_names (library, "Boats, My Project, Wedding");
  rushes_test_close (library);
  g_clear_object (&library);

  library = rushes_test_open (folders);
  assert_names (library, "Boats, My Project, Wedding");
  rushes_test_close (library);
}

static void
test_rename (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = create (library, "Zebra");
  g_autoptr (RushesProject) first = NULL;

  assert_names (library, "My Project, Zebra");
  rushes_test_expect (rushes_library_rename_project (library, project, "Antelope"), TRUE);
  assert_names (library, "Antelope, My Project");
  /* It is still the same object, and may keep its own name. */
  first = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_assert_true (first == project);
  rushes_test_expect (rushes_library_rename_project (library, project, "Antelope"), TRUE);
  g_free (rushes_test_expect_error (rushes_library_rename_project (library, project, "My Project"),
                                    RUSHES_ERROR_BAD_REQUEST));
  g_free (rushes_test_expect_error (rushes_library_rename_project (library, project, " "), RUSHES_ERROR_BAD_REQUEST));
  assert_names (library, "Antelope, My Project");
  rushes_test_close (library);
}

static void
test_delete (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) first = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (RushesTake) take = rushes_test_order_one (library, "in work");
  g_autoptr (RushesAttempt) attempt = rushes_test_attempt (library, take);
  g_autoptr (RushesProject) other = NULL;
  g_autofree char *message = NULL;

  message = rushes_test_expect_error (rushes_library_delete_project (library, first), RUSHES_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (message, "only project"));
  g_clear_pointer (&message, g_free);
  other = create (library, "Other");
  message = rushes_test_expect_error (rushes_library_delete_project (library, first), RUSHES_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (message, "1 take "));

  rushes_test_step (library, take, attempt, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  rushes_test_expect (rushes_library_delete_project (library, first), TRUE);
  assert_names (library, "Other");
  g_assert_true (rushes_take_get_deleted (take));
  g_assert_null (rushes_library_find_project (library, "My Project"));
  /* Its name is free again. */
  g_object_unref (create (library, "My Project"));
  assert_names (library, "My Project, Other");
  rushes_test_close (library);
}

static void
test_find (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) first = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (RushesProject) second = create (library, "Second");
  g_autofree char *whole = g_ascii_strup (rushes_project_get_id (second), -1);
  g_autofree char *shared = g_strndup (rushes_project_get_id (second), 6);
  g_autoptr (RushesProject) like_an_id = create (library, whole);

  g_assert_true (rushes_library_find_project (library, "Second") == second);
  g_assert_true (rushes_library_find_project (library, rushes_project_get_id (first)) == first);
  g_assert_null (rushes_library_find_project (library, "second"));
  g_assert_null (rushes_library_find_project (library, ""));
  g_assert_null (rushes_library_find_project (library, shared));
  /* A name goes before an id. */
  g_assert_true (rushes_library_find_project (library, whole) == like_an_id);
  rushes_test_close (library);
}

static gboolean
has_three (gpointer projects)
{
  return g_list_model_get_n_items (projects) == 3;
}

static gboolean
is_renamed (gpointer project)
{
  return g_str_equal (rushes_project_get_name (project), "Renamed there");
}

static void
test_other_library (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) here = rushes_test_open (folders);
  g_autoptr (RushesLibrary) there = rushes_test_open (folders);
  g_autoptr (RushesProject) made = create (there, "Made there");
  g_autoptr (RushesProject) mine = NULL;

  g_object_unref (create (here, "Made here"));
  rushes_test_await (has_three, rushes_library_get_projects (here));
  mine = g_object_ref (rushes_library_find_project (here, "Made there"));
  rushes_test_expect (rushes_library_rename_project (there, made, "Renamed there"), TRUE);
  rushes_test_await (is_renamed, mine);
  assert_names (here, "Made here, My Project, Renamed there");
  rushes_test_close (here);
  rushes_test_close (there);
}

static void
test_draft (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesDraft) read = rushes_draft_new ();

  g_assert_null (rushes_project_get_draft (project));
  rushes_draft_set_prompt (draft, "half a thought");
  rushes_test_expect (rushes_library_save_draft (library, project, draft), TRUE);
  rushes_test_close (library);
  g_clear_object (&library);
  g_clear_object (&project);

  library = rushes_test_open (folders);
  project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  rushes_draft_load_json (read, rushes_project_get_draft (project), rushes_folders_get_references (folders));
  g_assert_cmpstr (rushes_draft_get_prompt (read), ==, "half a thought");
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/projects/create", test_create);
  rushes_test_add_fiber ("/projects/rename", test_rename);
  rushes_test_add_fiber ("/projects/delete", test_delete);
  rushes_test_add_fiber ("/projects/find", test_find);
  rushes_test_add_fiber ("/projects/other-library", test_other_library);
  rushes_test_add_fiber ("/projects/draft", test_draft);

  return g_test_run ();
}
