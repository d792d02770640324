/* rushes-take-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-list.h"

#include <json-glib/json-glib.h>

#include "rushes-library-private.h"
#include "rushes-take-query.h"

/* A UUID's 128 bits; a list of a hundred thousand fits in 1.6 MB. */
typedef struct
{
  guint64 high;
  guint64 low;
} Key;

/* Rows that are read and made objects of at once: more than any view shows, few enough not to be noticed. */
#define ROWS_AT_ONCE 250

struct _RushesTakeList
{
  GObject parent_instance;

  RushesLibrary *library;
  RushesTakeQuery *query;
  gboolean newest_first;
  gboolean pending;
  GArray *keys;      /* ascending; what is newest, and changes most, stands at the end */
  GPtrArray *wanted; /* ids of placeholders that were handed out since the last flush */
  guint flush;
};

static void rushes_take_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesTakeList,
                               rushes_take_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rushes_take_list_list_model_init))

enum
{
  PROP_0,
  PROP_PENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* ---- keys ---- */

static Key
key_parse (const char *id)
{
  Key key = { 0 };
  guint digits = 0;

  for (const char *p = id; *p != '\0'; p++)
    if (g_ascii_isxdigit (*p))
      {
        guint64 *half = digits++ < 16 ? &key.high : &key.low;

        *half = (*half << 4) | g_ascii_xdigit_value (*p);
      }

  return key;
}

static char *
key_print (const Key *key)
{
  return g_strdup_printf ("%08" G_GINT64_MODIFIER "x-%04" G_GINT64_MODIFIER "x-%04" G_GINT64_MODIFIER
                          "x-%04" G_GINT64_MODIFIER "x-%012" G_GINT64_MODIFIER "x",
                          key->high >> 32, (key->high >> 16) & 0xffff, key->high & 0xffff, key->low >> 48,
                          key->low & G_GUINT64_CONSTANT (0xffffffffffff));
}

static int
key_compare (gconstpointer a, gconstpointer b)
{
  const Key *first = a, *second = b;

  if (first->high != second->high)
    return first->high < second->high ? -1 : 1;
  if (first->low != second->low)
    return first->low < second->low ? -1 : 1;

  return 0;
}

static void
collect_key (const char *id, gpointer keys)
{
  Key key = key_parse (id);

  g_array_append_val ((GArray *) keys, key);
}

/* The place of the first key that is not before @key. */
static guint
find_key (GArray *keys, const Key *key)
{
  guint low = 0, high = keys->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (key_compare (&g_array_index (keys, Key, middle), key) < 0)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static void
sort_keys (GArray *keys)
{
  g_array_sort (keys, key_compare);
  for (guint i = keys->len; i > 1; i--)
    if (key_compare (&g_array_index (keys, Key, i - 1), &g_array_index (keys, Key, i - 2)) == 0)
      g_array_remove_index (keys, i - 1);
}

static gboolean
has_key_at (GArray *keys, guint place, const Key *key)
{
  return place < keys->len && key_compare (&g_array_index (keys, Key, place), key) == 0;
}

/* ---- loading ---- */

typedef struct
{
  RushesTakeList *list;
  RushesTakeQuery *query;
  GArray *keys;
} Fill;

static void
fill_free (Fill *fill)
{
  g_object_unref (fill->list);
  rushes_take_query_unref (fill->query);
  g_array_unref (fill->keys);
  g_free (fill);
}

static gboolean
read_keys (RushesDatabase *database, gpointer data, GError **error)
{
  Fill *fill = data;

  return rushes_take_query_list (fill->query, database, collect_key, fill->keys, error);
}

static DexFuture *
filled (gpointer data)
{
  Fill *fill = data;
  RushesTakeList *self = fill->list;

  g_array_unref (self->keys);
  self->keys = g_array_ref (fill->keys);
  if (self->keys->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->keys->len);

  return dex_future_new_true ();
}

static DexFuture *
stop_waiting (DexFuture *future, gpointer data)
{
  RushesTakeList *self = data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    g_warning ("The takes could not be listed: %s", error->message);
  self->pending = FALSE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PENDING]);

  return NULL;
}

/* ---- rows on demand ---- */

typedef struct
{
  RushesLibrary *library;
  GPtrArray *ids;
  GPtrArray *rows;
} Rows;

static void
rows_free (Rows *rows)
{
  g_object_unref (rows->library);
  g_ptr_array_unref (rows->ids);
  g_ptr_array_unref (rows->rows);
  g_free (rows);
}

static gboolean
read_rows (RushesDatabase *database, gpointer data, GError **error)
{
  Rows *rows = data;

  for (guint i = 0; i < rows->ids->len; i++)
    {
      RushesTakeRow *row = rushes_take_row_load (database, g_ptr_array_index (rows->ids, i), error);

      if (row == NULL)
        return FALSE;
      g_ptr_array_add (rows->rows, row);
    }

  return TRUE;
}

static DexFuture *
fill_placeholders (gpointer data)
{
  Rows *rows = data;

  for (guint i = 0; i < rows->rows->len; i++)
    rushes_library_refresh_row (rows->library, g_ptr_array_index (rows->rows, i));

  return dex_future_new_true ();
}

static gboolean
flush (gpointer data)
{
  RushesTakeList *self = data;
  Rows *rows = g_new0 (Rows, 1);

  self->flush = 0;
  rows->library = g_object_ref (self->library);
  rows->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_take_row_free);
  rows->ids = g_ptr_array_new_with_free_func (g_free);
  /* The last wishes first; what somebody only hurried past is not read. */
  while (self->wanted->len > 0 && rows->ids->len < ROWS_AT_ONCE)
    {
      g_autofree char *id = g_ptr_array_steal_index (self->wanted, self->wanted->len - 1);

      if (g_hash_table_contains (self->library->takes, id))
        g_ptr_array_add (rows->ids, g_steal_pointer (&id));
    }
  dex_future_disown (
      rushes_store_read (self->library->store, read_rows, fill_placeholders, rows, (GDestroyNotify) rows_free));
  if (self->wanted->len > 0)
    self->flush = g_idle_add_full (G_PRIORITY_DEFAULT, flush, self, NULL);

  return G_SOURCE_REMOVE;
}

static void
want (RushesTakeList *self, const char *id)
{
  g_ptr_array_add (self->wanted, g_strdup (id));
  /* All that one frame of a view asks for is read at once. */
  if (self->flush == 0)
    self->flush = g_idle_add_full (G_PRIORITY_DEFAULT, flush, self, NULL);
}

/* ---- what changes ---- */

typedef struct
{
  RushesTakeList *list;
  RushesTakeQuery *query;
  char *ids;       /* JSON list */
  GArray *changed; /* Key, ascending */
  GArray *fitting; /* those of them that fit the filter now, ascending */
} Check;

static void
check_free (Check *check)
{
  g_object_unref (check->list);
  rushes_take_query_unref (check->query);
  g_free (check->ids);
  g_array_unref (check->changed);
  g_array_unref (check->fitting);
  g_free (check);
}

static gboolean
read_fitting (RushesDatabase *database, gpointer data, GError **error)
{
  Check *check = data;

  if (!rushes_take_query_select (check->query, database, check->ids, collect_key, check->fitting, error))
    return FALSE;
  sort_keys (check->fitting);

  return TRUE;
}

static void
insert (RushesTakeList *self, guint place, const Key *keys, guint n)
{
  guint before = self->keys->len;

  g_array_insert_vals (self->keys, place, keys, n);
  g_list_model_items_changed (G_LIST_MODEL (self), self->newest_first ? before - place : place, 0, n);
}

static void
take_out (RushesTakeList *self, guint place, guint n)
{
  guint before = self->keys->len;

  g_array_remove_range (self->keys, place, n);
  g_list_model_items_changed (G_LIST_MODEL (self), self->newest_first ? before - place - n : place, n, 0);
}

/* Neighbours that come or go together are told of together. */
static DexFuture *
checked (gpointer data)
{
  Check *check = data;
  RushesTakeList *self = check->list;
  GArray *changed = check->changed;
  guint i = 0;

  while (i < changed->len)
    {
      const Key *key = &g_array_index (changed, Key, i);
      gboolean fits = has_key_at (check->fitting, find_key (check->fitting, key), key);
      guint place = find_key (self->keys, key);
      gboolean there = has_key_at (self->keys, place, key);
      guint n = 1;

      if (fits == there)
        {
          i++;
          continue;
        }
      for (; i + n < changed->len; n++)
        {
          const Key *next = &g_array_index (changed, Key, i + n);

          if (has_key_at (check->fitting, find_key (check->fitting, next), next) != fits ||
              (fits ? find_key (self->keys, next) != place || has_key_at (self->keys, place, next)
                    : !has_key_at (self->keys, place + n, next)))
            break;
        }
      if (fits)
        insert (self, place, key, n);
      else
        take_out (self, place, n);
      i += n;
    }

  return dex_future_new_true ();
}

static char *
list_ids (GPtrArray *rows)
{
  g_autoptr (JsonArray) array = json_array_sized_new (rows->len);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < rows->len; i++)
    json_array_add_string_element (array, ((RushesTakeRow *) g_ptr_array_index (rows, i))->id);
  json_node_set_array (node, array);

  return json_to_string (node, FALSE);
}

void
rushes_take_list_follow (RushesTakeList *self, GPtrArray *rows)
{
  Check *check;

  g_return_if_fail (RUSHES_IS_TAKE_LIST (self));

  check = g_new0 (Check, 1);
  check->list = g_object_ref (self);
  check->query = rushes_take_query_ref (self->query);
  check->ids = list_ids (rows);
  check->changed = g_array_sized_new (FALSE, FALSE, sizeof (Key), rows->len);
  check->fitting = g_array_new (FALSE, FALSE, sizeof (Key));
  for (guint i = 0; i < rows->len; i++)
    collect_key (((RushesTakeRow *) g_ptr_array_index (rows, i))->id, check->changed);
  sort_keys (check->changed);
  dex_future_disown (
      rushes_store_read (self->library->store, read_fitting, checked, check, (GDestroyNotify) check_free));
}

/* ---- the list model ---- */

static GType
rushes_take_list_get_item_type (GListModel *model)
{
  return RUSHES_TYPE_TAKE;
}

static guint
rushes_take_list_get_n_items (GListModel *model)
{
  return RUSHES_TAKE_LIST (model)->keys->len;
}

static gpointer
rushes_take_list_get_item (GListModel *model, guint position)
{
  RushesTakeList *self = RUSHES_TAKE_LIST (model);
  g_autofree char *id = NULL;
  RushesTake *take;

  if (position >= self->keys->len)
    return NULL;
  id = key_print (&g_array_index (self->keys, Key, self->newest_first ? self->keys->len - 1 - position : position));
  take = rushes_library_get_take (self->library, id);
  if (!rushes_take_get_loaded (take))
    want (self, id);

  return take;
}

static void
rushes_take_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_take_list_get_item_type;
  iface->get_n_items = rushes_take_list_get_n_items;
  iface->get_item = rushes_take_list_get_item;
}

static void
rushes_take_list_finalize (GObject *object)
{
  RushesTakeList *self = RUSHES_TAKE_LIST (object);

  g_clear_handle_id (&self->flush, g_source_remove);
  g_ptr_array_remove (self->library->lists, self);
  g_object_unref (self->library);
  rushes_take_query_unref (self->query);
  g_array_unref (self->keys);
  g_ptr_array_unref (self->wanted);

  G_OBJECT_CLASS (rushes_take_list_parent_class)->finalize (object);
}

static void
rushes_take_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RushesTakeList *self = RUSHES_TAKE_LIST (object);

  switch (property_id)
    {
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rushes_take_list_class_init (RushesTakeListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rushes_take_list_finalize;
  object_class->get_property = rushes_take_list_get_property;

  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, TRUE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_take_list_init (RushesTakeList *self)
{
  self->pending = TRUE;
  self->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  self->wanted = g_ptr_array_new_with_free_func (g_free);
}

RushesTakeList *
rushes_take_list_new (RushesLibrary *library, const RushesTakeFilter *filter)
{
  RushesTakeList *self = g_object_new (RUSHES_TYPE_TAKE_LIST, NULL);
  Fill *fill = g_new0 (Fill, 1);
  DexFuture *future;

  self->library = g_object_ref (library);
  self->query = rushes_take_query_new (filter);
  self->newest_first = filter == NULL || filter->sort == RUSHES_SORT_NEWEST;
  g_ptr_array_add (library->lists, self);

  fill->list = g_object_ref (self);
  fill->query = rushes_take_query_ref (self->query);
  fill->keys = g_array_new (FALSE, FALSE, sizeof (Key));
  future = rushes_store_read (library->store, read_keys, filled, fill, (GDestroyNotify) fill_free);
  dex_future_disown (dex_future_finally (future, stop_waiting, g_object_ref (self), g_object_unref));

  return self;
}

gboolean
rushes_take_list_get_pending (RushesTakeList *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE_LIST (self), FALSE);

  return self->pending;
}
