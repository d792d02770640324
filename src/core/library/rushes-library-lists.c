/* rushes-library-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include "rushes-take-list.h"
#include "rushes-take-query.h"

GListModel *
rushes_library_list_takes (RushesLibrary *self, RushesTakeFilter *filter)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);

  return G_LIST_MODEL (rushes_take_list_new (self, filter));
}

typedef struct
{
  RushesLibrary *library;
  RushesTakeQuery *query;
  char *cursor;
  guint n;
  GPtrArray *ids;
  GPtrArray *rows;
} Page;

static void
page_free (Page *page)
{
  g_object_unref (page->library);
  rushes_take_query_unref (page->query);
  g_free (page->cursor);
  g_ptr_array_unref (page->ids);
  g_ptr_array_unref (page->rows);
  g_free (page);
}

static void
collect_id (const char *id, gpointer ids)
{
  g_ptr_array_add (ids, g_strdup (id));
}

static gboolean
read_page (RushesDatabase *database, gpointer data, GError **error)
{
  Page *page = data;

  if (!rushes_take_query_page (page->query, database, page->cursor, page->n, collect_id, page->ids, error))
    return FALSE;
  for (guint i = 0; i < page->ids->len; i++)
    {
      RushesTakeRow *row = rushes_take_row_load (database, g_ptr_array_index (page->ids, i), error);

      if (row == NULL)
        return FALSE;
      g_ptr_array_add (page->rows, row);
    }

  return TRUE;
}

static DexFuture *
give_page (gpointer data)
{
  Page *page = data;
  GPtrArray *takes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < page->rows->len; i++)
    g_ptr_array_add (takes, rushes_library_apply_row (page->library, g_ptr_array_index (page->rows, i)));

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, takes);
}

DexFuture *
rushes_library_page_takes (RushesLibrary *self, RushesTakeFilter *filter, const char *cursor, guint n)
{
  Page *page;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));

  page = g_new0 (Page, 1);
  page->library = g_object_ref (self);
  page->query = rushes_take_query_new (filter);
  page->cursor = g_strdup (cursor);
  page->n = n;
  page->ids = g_ptr_array_new_with_free_func (g_free);
  page->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_take_row_free);

  return rushes_store_read (self->store, read_page, give_page, page, (GDestroyNotify) page_free);
}
