/* test-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <malloc.h>
#include <time.h>

#include "rushes-async.h"
#include "rushes-search.h"
#include "rushes-test-library.h"

/* ---- a reader that believes every word of items-changed ---- */

/* Keeps the ids that the list has according to what it told, and checks after each word that it is true. */
typedef struct
{
  GListModel *list;
  GPtrArray *ids;
  guint n_told;
} Mirror;

static void
check_mirror (Mirror *self)
{
  g_assert_cmpuint (g_list_model_get_n_items (self->list), ==, self->ids->len);
  for (guint i = 0; i < self->ids->len; i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (self->list, i);

      g_assert_cmpstr (rushes_take_get_id (take), ==, g_ptr_array_index (self->ids, i));
    }
}

static void
follow (GListModel *list, guint position, guint removed, guint added, Mirror *self)
{
  self->n_told++;
  g_assert_cmpuint (position + removed, <=, self->ids->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->ids, position, removed);
  for (guint i = 0; i < added; i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (list, position + i);

      g_ptr_array_insert (self->ids, position + i, g_strdup (rushes_take_get_id (take)));
    }
  check_mirror (self);
}

static gboolean
is_settled (gpointer list)
{
  gboolean pending;

  g_object_get (list, "pending", &pending, NULL);

  return !pending;
}

static Mirror *
mirror_new (RushesLibrary *library, RushesTakeFilter *filter)
{
  Mirror *self = g_new0 (Mirror, 1);

  self->list = rushes_library_list_takes (library, filter);
  self->ids = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect (self->list, "items-changed", G_CALLBACK (follow), self);
  rushes_test_await (is_settled, self->list);

  return self;
}

static void
mirror_free (Mirror *self)
{
  check_mirror (self);
  g_signal_handlers_disconnect_by_data (self->list, self);
  g_object_unref (self->list);
  g_ptr_array_unref (self->ids);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Mirror, mirror_free)

/* The list has seen every change that was answered before. */
static void
settle (RushesLibrary *library)
{
  g_autoptr (GPtrArray) page = dex_await_boxed (rushes_library_page_takes (library, NULL, NULL, 1), NULL);

  g_assert_nonnull (page);
}

static void
assert_titles (Mirror *mirror, const char *expected)
{
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < mirror->ids->len; i++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (mirror->list, i);

      while (!rushes_take_get_loaded (take))
        dex_await (rushes_async_sleep (0.001), NULL);
      g_string_append_printf (titles, "%s%s", i > 0 ? " " : "", rushes_take_get_title (take));
    }
  g_assert_cmpstr (titles->str, ==, expected);
}

/* ---- tests ---- */

static void
test_live (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (Mirror) newest = mirror_new (library, NULL);
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (Mirror) oldest = NULL;
  g_autoptr (GPtrArray) takes = NULL;

  filter->sort = RUSHES_SORT_OLDEST;
  oldest = mirror_new (library, filter);
  assert_titles (newest, "");

  /* One word for an order, however many takes it has. */
  takes = rushes_test_order (library, "a", "b", "c", "d", NULL);
  settle (library);
  assert_titles (newest, "d c b a");
  assert_titles (oldest, "a b c d");
  g_assert_cmpuint (newest->n_told, ==, 1);
  g_assert_cmpuint (oldest->n_told, ==, 1);

  rushes_test_expect (rushes_library_set_deleted (library, g_ptr_array_index (takes, 1), TRUE), TRUE);
  rushes_test_expect (rushes_library_set_deleted (library, g_ptr_array_index (takes, 3), TRUE), TRUE);
  settle (library);
  assert_titles (newest, "c a");
  assert_titles (oldest, "a c");
  rushes_test_expect (rushes_library_set_deleted (library, g_ptr_array_index (takes, 1), FALSE), TRUE);
  settle (library);
  assert_titles (newest, "c b a");
  assert_titles (oldest, "a b c");

  /* The object in the list is the one that everybody has. */
  {
    g_autoptr (RushesTake) item = g_list_model_get_item (newest->list, 1);

    g_assert_true (item == g_ptr_array_index (takes, 1));
    g_assert_null (g_list_model_get_item (newest->list, 3));
  }
  rushes_test_close (library);
}

static void
test_kinds (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GPtrArray) takes = rushes_test_order (library, "a", "b", "c", NULL);
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (Mirror) active = NULL;
  g_autoptr (Mirror) failed = NULL;
  g_autoptr (Mirror) starred = NULL;
  g_autoptr (Mirror) not_saved = NULL;
  g_autoptr (Mirror) cancelled = NULL;
  g_autoptr (RushesAttempt) a = rushes_test_attempt (library, g_ptr_array_index (takes, 0));
  g_autoptr (RushesAttempt) b = rushes_test_attempt (library, g_ptr_array_index (takes, 1));
  g_autoptr (RushesAttempt) c = rushes_test_attempt (library, g_ptr_array_index (takes, 2));
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "a.mp4", NULL);
  g_autoptr (GFile) saved = NULL;

  filter->kind = RUSHES_TAKES_ACTIVE;
  active = mirror_new (library, filter);
  filter->kind = RUSHES_TAKES_FAILED;
  failed = mirror_new (library, filter);
  filter->kind = RUSHES_TAKES_STARRED;
  starred = mirror_new (library, filter);
  filter->kind = RUSHES_TAKES_NOT_SAVED;
  not_saved = mirror_new (library, filter);
  /* A state overrides the kind. */
  filter->state = g_strdup ("cancelled");
  cancelled = mirror_new (library, filter);
  assert_titles (active, "c b a");
  assert_titles (failed, "");

  rushes_test_walk (library, g_ptr_array_index (takes, 0), a, RUSHES_TAKE_STATE_READY);
  rushes_test_step (library, g_ptr_array_index (takes, 1), b, RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO);
  rushes_test_step (library, g_ptr_array_index (takes, 2), c, RUSHES_TAKE_STATE_CANCELLED, RUSHES_CHARGED_NO);
  rushes_test_expect (rushes_library_star (library, g_ptr_array_index (takes, 2), TRUE), TRUE);
  settle (library);
  assert_titles (active, "");
  assert_titles (failed, "b");
  assert_titles (starred, "c");
  assert_titles (not_saved, "a");
  assert_titles (cancelled, "c");

  saved = dex_await_object (
      rushes_library_save_clip (library, g_ptr_array_index (takes, 0), place, RUSHES_SAVE_DEFAULT), NULL);
  g_assert_nonnull (saved);
  rushes_test_expect (rushes_library_star (library, g_ptr_array_index (takes, 2), FALSE), TRUE);
  settle (library);
  assert_titles (not_saved, "");
  assert_titles (starred, "");
  rushes_test_close (library);
}

static void
test_projects (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) first = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (RushesProject) second = dex_await_object (rushes_library_create_project (library, "Second"), NULL);
  g_autoptr (GPtrArray) takes = rushes_test_order (library, "a", "b", NULL);
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (Mirror) here = NULL;
  g_autoptr (Mirror) there = NULL;
  g_autoptr (Mirror) all = mirror_new (library, NULL);

  filter->project_id = g_strdup (rushes_project_get_id (first));
  here = mirror_new (library, filter);
  g_free (filter->project_id);
  filter->project_id = g_strdup (rushes_project_get_id (second));
  there = mirror_new (library, filter);
  rushes_test_expect (rushes_library_move_take (library, g_ptr_array_index (takes, 0), second), TRUE);
  settle (library);
  assert_titles (here, "b");
  assert_titles (there, "a");
  assert_titles (all, "b a");
  rushes_test_close (library);
}

/* Whatever happens in whatever order, every list says what a fresh one would. */
static void
test_random (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) filters = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_take_filter_free);
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func ((GDestroyNotify) mirror_free);

  for (guint i = 0; i < 4; i++)
    {
      RushesTakeFilter *filter = rushes_take_filter_new ();

      filter->kind = i == 1 ? RUSHES_TAKES_STARRED : RUSHES_TAKES_ALL;
      filter->sort = i == 2 ? RUSHES_SORT_OLDEST : RUSHES_SORT_NEWEST;
      filter->search = g_strdup (i == 3 ? "red kite" : NULL);
      g_ptr_array_add (filters, filter);
      g_ptr_array_add (lists, mirror_new (library, filter));
    }

  for (guint i = 0; i < 150; i++)
    {
      guint choice = g_test_rand_int_range (0, 10);

      if (choice < 3 || takes->len == 0)
        {
          g_autoptr (GPtrArray) more = rushes_test_order (library, "kite", "boat", NULL);

          for (guint n = 0; n < more->len; n++)
            g_ptr_array_add (takes, g_object_ref (more->pdata[n]));
        }
      else
        {
          RushesTake *take = g_ptr_array_index (takes, g_test_rand_int_range (0, takes->len));

          if (choice < 6)
            rushes_test_expect (rushes_library_star (library, take, !rushes_take_get_starred (take)), TRUE);
          else
            rushes_test_expect (rushes_library_set_deleted (library, take, !rushes_take_get_deleted (take)), TRUE);
        }
    }
  settle (library);
  for (guint i = 0; i < lists->len; i++)
    {
      Mirror *list = g_ptr_array_index (lists, i);
      g_autoptr (Mirror) fresh = mirror_new (library, g_ptr_array_index (filters, i));

      check_mirror (list);
      g_assert_cmpuint (fresh->ids->len, ==, list->ids->len);
      for (guint n = 0; n < fresh->ids->len; n++)
        g_assert_cmpstr (g_ptr_array_index (fresh->ids, n), ==, g_ptr_array_index (list->ids, n));
    }
  rushes_test_close (library);
}

static void
test_pages (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();

  rushes_test_close (library);
  g_clear_object (&library);
  rushes_test_fill (folders, 95);
  library = rushes_test_open (folders);

  for (filter->sort = RUSHES_SORT_NEWEST; filter->sort <= RUSHES_SORT_OLDEST; filter->sort++)
    {
      g_autofree char *cursor = NULL;
      guint n = 0, n_pages = 0;

      for (;;)
        {
          g_autoptr (GPtrArray) page = NULL;

          page = dex_await_boxed (rushes_library_page_takes (library, filter, cursor, 20), NULL);
          if (page->len == 0)
            break;
          n_pages++;
          for (guint i = 0; i < page->len; i++, n++)
            {
              RushesTake *take = g_ptr_array_index (page, i);
              g_autofree char *title = g_strdup_printf ("take %u", filter->sort == RUSHES_SORT_NEWEST ? 94 - n : n);

              g_assert_true (rushes_take_get_loaded (take));
              g_assert_cmpstr (rushes_take_get_title (take), ==, title);
            }
          g_free (cursor);
          cursor = g_strdup (rushes_take_get_id (g_ptr_array_index (page, page->len - 1)));
        }
      g_assert_cmpuint (n, ==, 95);
      g_assert_cmpuint (n_pages, ==, 5);
    }
  rushes_test_close (library);
}

/* ---- search ---- */

static void
assert_found (RushesLibrary *library, const char *search, const char *expected)
{
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  filter->search = g_strdup (search);
  filter->sort = RUSHES_SORT_OLDEST;
  takes = dex_await_boxed (rushes_library_page_takes (library, filter, NULL, 100), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < takes->len; i++)
    g_string_append_c (found, *rushes_take_get_title (g_ptr_array_index (takes, i)));
  if (g_strcmp0 (found->str, expected) != 0)
    g_error ("“%s” found “%s” instead of “%s”", search, found->str, expected);
}

static void
test_search (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  g_autoptr (RushesTake) chinese = rushes_test_order_one (library, "1 纸船在河里，一只狐狸");
  g_autoptr (RushesTake) english = rushes_test_order_one (library, "2 A paper boat, foo-bar; Café at dusk");
  g_autoptr (RushesTake) odd = rushes_test_order_one (library, "3 \"quoted\" AND NOT near OR (this) * ^ :");
  g_autoptr (RushesTake) mixed = rushes_test_order_one (library, "4 ＶＲ眼镜 by Ünal, ペーパー 종이배");
  const struct
  {
    const char *search;
    const char *found;
  } cases[] = {
    { "纸船", "1" },
    { "狐狸", "1" },
    { "船纸", "" },
    { "河", "1" },
    { "纸船 狐狸", "1" },
    { "纸船 眼镜", "" },
    { "vr眼镜", "4" },
    { "ＶＲ", "4" },
    { "ペーパ", "4" },
    { "종이", "4" },
    { "boat", "2" },
    { "boa", "2" },
    { "BOAT paper", "2" },
    { "oat", "" },
    { "pap boat", "" }, /* only the last word may go on */
    { "foo-bar", "2" },
    { "foo-b", "2" },
    { "cafe", "2" },
    { "unal", "4" },
    { "\"quoted\"", "3" },
    { "\"", "1234" },
    { "a \"b", "2" },
    { "AND", "3" },
    { "NOT near", "3" },
    { "boat OR this", "" },
    { "(this)", "3" },
    { "prompt:boat", "" },
    { "*", "1234" },
    { "", "1234" },
    { "   ", "1234" },
    { "^:*()", "1234" },
    { "red", "1234" },   /* the model */
    { "kites", "1234" }, /* the provider */
    { "my project", "1234" },
    { "my project boat", "2" },
    { "'; DROP TABLE takes; --", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (library, cases[i].search, cases[i].found);

  /* The project's name is searched as it is now. */
  rushes_test_expect (rushes_library_rename_project (library, project, "婚礼 Wedding"), TRUE);
  assert_found (library, "my project", "");
  assert_found (library, "婚礼", "1234");
  assert_found (library, "wedding boat", "2");

  /* So is the newest note of a take, beside its prompt. */
  rushes_test_expect (rushes_library_set_note (library, english, "für die Hochzeit"), TRUE);
  assert_found (library, "hochzeit", "2");
  assert_found (library, "boat hochz", "2");
  rushes_test_expect (rushes_library_set_note (library, english, "客户喜欢"), TRUE);
  assert_found (library, "hochzeit", "");
  assert_found (library, "客户", "2");
  rushes_test_expect (rushes_library_set_note (library, english, ""), TRUE);
  assert_found (library, "客户", "");
  assert_found (library, "boat", "2");
  rushes_test_close (library);
}

static void
test_search_texts (void)
{
  const struct
  {
    const char *text;
    const char *query;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { " \t\n", NULL },
    { "\"*()", NULL },
    { "kite", "\"kite\"*" },
    { "red kite", "\"red\" \"kite\"*" },
    { "say \"hi\"", "\"say\" \"\"\"hi\"\"\"*" },
    { "纸船", "\"纸  船\"*" },
    { "红 kite", "\"红\" \"kite\"*" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *query = rushes_search_query (cases[i].text);

      g_assert_cmpstr (query, ==, cases[i].query);
    }
}

/* ---- size ---- */

/* Fewer under the sanitizers, where nothing is measured. */
#ifdef __SANITIZE_ADDRESS__
#define MANY 10000
#else
#define MANY 100000
#endif

static gint64
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void
read_to (GListModel *list, guint position, guint n)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (held, g_list_model_get_item (list, position + i));
  for (guint i = 0; i < n; i++)
    while (!rushes_take_get_loaded (g_ptr_array_index (held, i)))
      dex_await (rushes_async_sleep (0.0005), NULL);
}

static gsize
used_memory (void)
{
  malloc_trim (0);

  return mallinfo2 ().uordblks;
}

static void
test_many (void)
{
  g_autoptr (RushesFolders) folders = rushes_test_folders ();
  g_autoptr (RushesLibrary) library = rushes_test_open (folders);
  g_autoptr (GListModel) list = NULL;
  g_autoptr (RushesTake) first = NULL;
  g_autoptr (RushesTake) added = NULL;
  gint64 started, waited, cpu, scrolled;
  gsize before, after;

  rushes_test_close (library);
  g_clear_object (&library);
  rushes_test_fill (folders, MANY);
  library = rushes_test_open (folders);

  started = g_get_monotonic_time ();
  cpu = thread_time ();
  list = rushes_library_list_takes (library, NULL);
  rushes_test_await (is_settled, list);
  cpu = thread_time () - cpu;
  waited = g_get_monotonic_time () - started;
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, MANY);

  started = g_get_monotonic_time ();
  read_to (list, 0, 200);
  g_test_message (
      "%d takes: listed after %.1f ms with %.2f ms of the main thread, the first 200 loaded after %.1f ms more", MANY,
      waited / 1000.0, cpu / 1000.0, (g_get_monotonic_time () - started) / 1000.0);
  g_assert_cmpint (cpu, <, 100000);

  /* Objects that nobody holds are gone, so that scrolling costs nothing that stays. */
  read_to (list, 0, 2000);
  before = used_memory ();
  started = thread_time ();
  for (guint i = 0; i < MANY; i += 2000)
    read_to (list, i, 100);
  scrolled = thread_time () - started;
  after = used_memory ();
  g_test_message ("scrolling past 5000 of them: %.1f ms of the main thread, %.1f KiB of memory kept", scrolled / 1000.0,
                  ((double) after - before) / 1024.0);
  g_assert_cmpint ((gssize) after - (gssize) before, <, 1024 * 1024);

  /* What is new comes on top, and nothing else is read again. */
  first = g_list_model_get_item (list, 0);
  started = g_get_monotonic_time ();
  added = rushes_test_order_one (library, "on top");
  settle (library);
  g_test_message ("one more take is there after %.1f ms", (g_get_monotonic_time () - started) / 1000.0);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, MANY + 1);
  {
    g_autoptr (RushesTake) top = g_list_model_get_item (list, 0);
    g_autoptr (RushesTake) second = g_list_model_get_item (list, 1);

    g_assert_true (top == added);
    g_assert_true (second == first);
  }
  rushes_test_close (library);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/lists/live", test_live);
  rushes_test_add_fiber ("/lists/kinds", test_kinds);
  rushes_test_add_fiber ("/lists/projects", test_projects);
  rushes_test_add_fiber ("/lists/random", test_random);
  rushes_test_add_fiber ("/lists/pages", test_pages);
  rushes_test_add_fiber ("/lists/search", test_search);
  g_test_add_func ("/lists/search/texts", test_search_texts);
  rushes_test_add_fiber ("/lists/many", test_many);

  return g_test_run ();
}
