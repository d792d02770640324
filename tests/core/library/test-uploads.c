/* test-uploads.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-database.h"
#include "rushes-test-library.h"
#include "rushes-uploads.h"

#define SHA   "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define PLACE "place:bucket"

typedef struct
{
  RushesFolders *folders;
  RushesLibrary *library;
  RushesTake *take;
  RushesAttempt *attempt;
} Fixture;

static void
fixture_open (Fixture *self)
{
  self->folders = rushes_test_folders ();
  self->library = rushes_test_open (self->folders);
  self->take = rushes_test_order_one (self->library, "a paper boat");
  self->attempt = rushes_test_attempt (self->library, self->take);
}

static void
fixture_close (Fixture *self)
{
  rushes_test_close (self->library);
  rushes_attempt_free (self->attempt);
  g_object_unref (self->take);
  g_object_unref (self->library);
  g_object_unref (self->folders);
}

static void
begin (Fixture *self, const char *place, const char *name)
{
  rushes_test_expect (rushes_library_begin_upload (self->library, place, name, SHA, self->attempt->id), TRUE);
}

static void
finish (Fixture *self, const char *name, gint64 expires)
{
  g_autofree char *address = g_strdup_printf ("https://pictures.example.com/%s", name);

  rushes_test_expect (rushes_library_finish_upload (self->library, name, address, expires, NULL), TRUE);
}

static RushesUpload *
find (Fixture *self, const char *place, const char *attempt_id)
{
  g_autoptr (GError) error = NULL;
  RushesUpload *upload = dex_await_boxed (rushes_library_find_upload (self->library, place, SHA, attempt_id), &error);

  if (upload == NULL)
    g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);

  return upload;
}

/* The names of those that may go, in the order of their making. */
static char *
list_stale (RushesLibrary *library)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stale = dex_await_boxed (rushes_library_list_stale_uploads (library), &error);
  g_autoptr (GString) names = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < stale->len; i++)
    {
      const RushesUpload *upload = g_ptr_array_index (stale, i);

      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", upload->name);
    }

  return g_string_free_and_steal (g_steal_pointer (&names));
}

#define assert_stale(library, names)                                                                                   \
  G_STMT_START                                                                                                         \
    {                                                                                                                  \
      g_autofree char *stale_names = list_stale (library);                                                             \
                                                                                                                       \
      g_assert_cmpstr (stale_names, ==, names);                                                                        \
    }                                                                                                                  \
  G_STMT_END

static void
test_use_again (void)
{
  Fixture self;
  g_autoptr (RushesUpload) none = NULL;
  g_autoptr (RushesUpload) half = NULL;
  g_autoptr (RushesUpload) whole = NULL;
  g_autoptr (RushesUpload) elsewhere = NULL;
  gint64 soon = g_get_real_time () + G_TIME_SPAN_HOUR;

  fixture_open (&self);
  none = find (&self, PLACE, self.attempt->id);
  g_assert_null (none);

  begin (&self, PLACE, "one.jpg");
  half = find (&self, PLACE, self.attempt->id);
  g_assert_null (half);

  finish (&self, "one.jpg", soon);
  whole = find (&self, PLACE, self.attempt->id);
  g_assert_nonnull (whole);
  g_assert_cmpstr (whole->name, ==, "one.jpg");
  g_assert_cmpstr (whole->place, ==, PLACE);
  g_assert_cmpstr (whole->sha256, ==, SHA);
  g_assert_cmpstr (whole->address, ==, "https://pictures.example.com/one.jpg");
  g_assert_cmpint (whole->expires, ==, soon);

  elsewhere = find (&self, "place:other", self.attempt->id);
  g_assert_null (elsewhere);
  fixture_close (&self);
}

static void
test_expiry (void)
{
  Fixture self;
  g_autoptr (RushesUpload) dying = NULL;
  g_autoptr (RushesUpload) lasting = NULL;
  gint64 now = g_get_real_time ();

  fixture_open (&self);
  begin (&self, PLACE, "one.jpg");
  finish (&self, "one.jpg", now + 9 * G_TIME_SPAN_MINUTE);
  dying = find (&self, PLACE, self.attempt->id);
  g_assert_null (dying);

  begin (&self, PLACE, "two.jpg");
  finish (&self, "two.jpg", 0);
  lasting = find (&self, PLACE, self.attempt->id);
  g_assert_cmpstr (lasting->name, ==, "two.jpg");
  g_assert_cmpint (lasting->expires, ==, 0);
  fixture_close (&self);
}

/* Two takes use one copy: it goes when the second of them has ended, also in the next start. */
static void
test_stale (void)
{
  Fixture self;
  g_autoptr (RushesTake) other = NULL;
  g_autoptr (RushesAttempt) second = NULL;
  g_autoptr (RushesUpload) shared = NULL;
  g_autoptr (RushesUpload) going = NULL;

  fixture_open (&self);
  other = rushes_test_order_one (self.library, "another boat");
  second = rushes_test_attempt (self.library, other);
  begin (&self, PLACE, "one.jpg");
  finish (&self, "one.jpg", 0);
  shared = find (&self, PLACE, second->id);
  g_assert_nonnull (shared);
  /* What a service keeps itself is the service's. */
  begin (&self, "runway", "two.jpg");
  finish (&self, "two.jpg", 0);

  rushes_test_walk (self.library, self.take, self.attempt, RUSHES_TAKE_STATE_READY);
  assert_stale (self.library, "");
  rushes_test_walk (self.library, other, second, RUSHES_TAKE_STATE_RUNNING);
  assert_stale (self.library, "");
  rushes_test_step (self.library, other, second, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  assert_stale (self.library, "one.jpg");

  /* While it is being removed nobody begins to use it, and a start that finds it still there names it again. */
  going = find (&self, PLACE, self.attempt->id);
  g_assert_null (going);
  rushes_test_close (self.library);
  g_object_unref (self.library);
  self.library = rushes_test_open (self.folders);
  assert_stale (self.library, "one.jpg");

  rushes_test_expect (rushes_library_forget_upload (self.library, "one.jpg"), TRUE);
  assert_stale (self.library, "");
  fixture_close (&self);
}

/* What a form host said on how to remove a picture is there when that time comes. */
static void
test_removal (void)
{
  Fixture self;
  g_autoptr (GPtrArray) stale = NULL;
  g_autoptr (GError) error = NULL;
  const RushesUpload *upload;

  fixture_open (&self);
  begin (&self, PLACE, "one.jpg");
  rushes_test_expect (rushes_library_finish_upload (self.library, "one.jpg", "https://example.com/a", 0,
                                                    "https://example.com/remove/a"),
                      TRUE);
  rushes_test_walk (self.library, self.take, self.attempt, RUSHES_TAKE_STATE_READY);
  stale = dex_await_boxed (rushes_library_list_stale_uploads (self.library), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stale->len, ==, 1);
  upload = g_ptr_array_index (stale, 0);
  g_assert_cmpstr (upload->address, ==, "https://example.com/a");
  g_assert_cmpstr (upload->removal, ==, "https://example.com/remove/a");
  fixture_close (&self);
}

/* Looking wakes nobody up while there is nothing to do. */
static void
test_quiet (void)
{
  Fixture self;
  g_autofree char *path = NULL;
  g_autoptr (RushesDatabase) database = NULL;
  gint64 before, after, marked;

  fixture_open (&self);
  path = rushes_test_path (self.folders, "library.db");
  database = rushes_database_open (path, TRUE, NULL);
  begin (&self, PLACE, "one.jpg");
  before = rushes_database_get_int (database, NULL, "SELECT value FROM meta WHERE key = 'revision'", "");
  assert_stale (self.library, "");
  after = rushes_database_get_int (database, NULL, "SELECT value FROM meta WHERE key = 'revision'", "");
  g_assert_cmpint (before, ==, after);

  rushes_test_step (self.library, self.take, self.attempt, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO);
  after = rushes_database_get_int (database, NULL, "SELECT value FROM meta WHERE key = 'revision'", "");
  assert_stale (self.library, "one.jpg");
  marked = rushes_database_get_int (database, NULL, "SELECT value FROM meta WHERE key = 'revision'", "");
  g_assert_cmpint (marked, >, after);
  fixture_close (&self);
}

/* The program died while it uploaded: the copy may lie there, and its name is known. */
static void
test_cut_short (void)
{
  Fixture self;

  fixture_open (&self);
  begin (&self, PLACE, "one.jpg");
  rushes_test_step (self.library, self.take, self.attempt, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO);
  assert_stale (self.library, "one.jpg");
  fixture_close (&self);
}

static void
test_unknown (void)
{
  Fixture self;
  g_autofree char *message = NULL;
  g_autofree char *taken = NULL;

  fixture_open (&self);
  message = rushes_test_expect_error (
      rushes_library_finish_upload (self.library, "one.jpg", "https://example.com/", 0, NULL), RUSHES_ERROR_NOT_FOUND);
  g_assert_nonnull (message);

  /* A name is given once. */
  begin (&self, PLACE, "one.jpg");
  taken = rushes_test_expect_error (rushes_library_begin_upload (self.library, PLACE, "one.jpg", SHA, self.attempt->id),
                                    RUSHES_ERROR_INTERNAL);
  g_assert_nonnull (taken);
  fixture_close (&self);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/library/uploads/use-again", test_use_again);
  rushes_test_add_fiber ("/library/uploads/expiry", test_expiry);
  rushes_test_add_fiber ("/library/uploads/stale", test_stale);
  rushes_test_add_fiber ("/library/uploads/removal", test_removal);
  rushes_test_add_fiber ("/library/uploads/quiet", test_quiet);
  rushes_test_add_fiber ("/library/uploads/cut-short", test_cut_short);
  rushes_test_add_fiber ("/library/uploads/unknown", test_unknown);

  return g_test_run ();
}
