/* rushes-library-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-attempt-row.h"
#include "rushes-error.h"
#include "rushes-ledger.h"
#include "rushes-spending.h"
#include "rushes-take-entry.h"

/* One of an order's takes, read out of its request on the main thread. */
typedef struct
{
  RushesTakeEntry *entry;
  RushesPrice price;
} Item;

static void
item_free (Item *item)
{
  rushes_take_entry_free (item->entry);
  g_free (item);
}

static Item *
item_new (RushesRequest *request, const RushesPrice *price)
{
  Item *item = g_new0 (Item, 1);

  item->entry = rushes_take_entry_new (NULL, request);
  item->price = *price;

  return item;
}

typedef struct
{
  RushesChange change;
  char *order_id;
  char *project_id;
  char *runner;
  GPtrArray *items;
  GArray *limits; /* RushesLimit */
  RushesConsent consent;
  RushesWishes wishes;
} Order;

static void
order_free (Order *order)
{
  rushes_change_clear (&order->change);
  g_free (order->order_id);
  g_free (order->project_id);
  g_free (order->runner);
  g_ptr_array_unref (order->items);
  g_array_unref (order->limits);
  g_free (order);
}

static gboolean
write_item (Order *self, RushesDatabase *database, guint place, const char *project_name, GError **error)
{
  const Item *item = g_ptr_array_index (self->items, place);
  const char *take_id = item->entry->id;

  return rushes_take_entry_write (item->entry, database, self->order_id, place, g_get_real_time (), self->project_id,
                                  project_name, error) &&
         rushes_attempt_row_insert (database, take_id, self->runner, &item->price, self->order_id, self->consent.most,
                                    &self->wishes, error) &&
         rushes_change_touch (&self->change, database, take_id, error);
}

/* The order was written before: its takes as they are now. */
static gboolean
find_takes (Order *self, RushesDatabase *database, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error, "SELECT id FROM takes WHERE order_id = ? ORDER BY place", "t",
                                 self->order_id);
  if (query == NULL)
    return FALSE;
  while (rushes_query_next (query, &failure))
    {
      RushesTakeRow *row = rushes_take_row_load (database, rushes_query_get_text (query, 0), &failure);

      if (row == NULL)
        break;
      g_ptr_array_add (self->change.rows, row);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }

  return TRUE;
}

static char *
get_project_name (Order *self, RushesDatabase *database, GError **error)
{
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query = rushes_database_query (database, error, "SELECT name FROM projects WHERE id = ? AND deleted IS NULL", "t",
                                 self->project_id);
  if (query == NULL)
    return NULL;
  if (rushes_query_next (query, &failure))
    return g_strdup (rushes_query_get_text (query, 0));
  if (failure == NULL)
    failure =
        rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", _ ("The project is not there any more. Choose another one."));
  g_propagate_error (error, g_steal_pointer (&failure));

  return NULL;
}

/* All takes of the order together. */
static gboolean
check_spending (Order *self, RushesDatabase *database, GError **error)
{
  g_autofree char *today = rushes_ledger_get_day (g_get_real_time ());
  g_autofree RushesPrice *prices = g_new (RushesPrice, self->items->len);

  for (guint i = 0; i < self->items->len; i++)
    prices[i] = ((const Item *) g_ptr_array_index (self->items, i))->price;

  return rushes_spending_check (database, self->limits, &self->consent, prices, self->items->len, today, error);
}

/* Lists are in the order of ids, whoever made them and whatever the clock said then. */
static gboolean
keep_order (Order *self, RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) newest = rushes_database_list_texts (database, error, "SELECT max (id) FROM takes", "");

  if (newest == NULL)
    return FALSE;
  for (guint i = 0; i < self->items->len && g_ptr_array_index (newest, 0) != NULL; i++)
    {
      RushesTakeEntry *entry = ((Item *) g_ptr_array_index (self->items, i))->entry;

      if (strcmp (entry->id, g_ptr_array_index (newest, 0)) > 0)
        continue;
      g_free (entry->id);
      entry->id = rushes_new_id_after (g_ptr_array_index (newest, 0));
    }

  return TRUE;
}

static gboolean
write_order (RushesDatabase *database, gpointer data, GError **error)
{
  Order *self = data;
  g_autofree char *project_name = NULL;
  gint64 known;

  known = rushes_database_get_int (database, error, "SELECT count (*) FROM orders WHERE id = ?", "t", self->order_id);
  if (known != 0)
    return known > 0 && find_takes (self, database, error) &&
           rushes_change_touch_projects (&self->change, database, error);

  if ((project_name = get_project_name (self, database, error)) == NULL || !check_spending (self, database, error) ||
      !keep_order (self, database, error) ||
      !rushes_database_run (database, error, "INSERT INTO orders (id, project_id, created) VALUES (?, ?, ?)", "tti",
                            self->order_id, self->project_id, g_get_real_time ()))
    return FALSE;
  for (guint i = 0; i < self->items->len; i++)
    if (!write_item (self, database, i, project_name, error))
      return FALSE;

  return rushes_change_touch_projects (&self->change, database, error);
}

static DexFuture *
ordered (gpointer data)
{
  Order *self = data;
  GPtrArray *takes = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->change.rows->len; i++)
    g_ptr_array_add (takes, rushes_library_apply_row (self->change.library, g_ptr_array_index (self->change.rows, i)));
  rushes_change_apply (&self->change);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, takes);
}

DexFuture *
rushes_library_order (RushesLibrary *self,
                      RushesProject *project,
                      GPtrArray *requests,
                      GArray *prices,
                      const char *order_id)
{
  return rushes_library_order_with_consent (self, project, requests, prices, order_id, NULL, NULL);
}

DexFuture *
rushes_library_order_with_consent (RushesLibrary *self,
                                   RushesProject *project,
                                   GPtrArray *requests,
                                   GArray *prices,
                                   const char *order_id,
                                   const RushesConsent *consent,
                                   const RushesWishes *wishes)
{
  Order *order;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (self));
  dex_return_error_if_fail (RUSHES_IS_PROJECT (project));
  dex_return_error_if_fail (requests != NULL && requests->len > 0);
  dex_return_error_if_fail (prices != NULL && prices->len == requests->len);
  dex_return_error_if_fail (order_id != NULL && g_uuid_string_is_valid (order_id));

  order = g_new0 (Order, 1);
  rushes_change_init (&order->change, self);
  order->order_id = g_ascii_strdown (order_id, -1);
  order->project_id = g_strdup (rushes_project_get_id (project));
  order->runner = g_strdup (rushes_library_get_runner_id (self));
  order->limits = rushes_limits_read ();
  order->consent = consent != NULL ? *consent : RUSHES_CONSENT_NONE;
  order->wishes = wishes != NULL ? *wishes : RUSHES_WISHES_NONE;
  order->items = g_ptr_array_new_with_free_func ((GDestroyNotify) item_free);
  for (guint i = 0; i < requests->len; i++)
    g_ptr_array_add (order->items, item_new (g_ptr_array_index (requests, i), &g_array_index (prices, RushesPrice, i)));

  return rushes_store_write (self->store, write_order, ordered, order, (GDestroyNotify) order_free);
}
