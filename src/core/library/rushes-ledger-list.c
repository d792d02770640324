/* rushes-ledger-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-list.h"

/* What is read at a time; one more tells whether there are older ones. */
#define PAGE 100

/* Between two readings at most this often, however much is written. */
#define PAUSE_MS 100

struct _RushesLedgerList
{
  GObject parent_instance;

  RushesLibrary *library;
  gboolean uncertain;
  GPtrArray *items;
  gboolean more;
  gboolean pending;
  gboolean reading;
  gboolean read_again;
  gboolean extend_again;
  guint pause; /* source; 0 */
  GError *error;
};

enum
{
  PROP_0,
  PROP_MORE,
  PROP_PENDING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void rushes_ledger_list_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesLedgerList,
                               rushes_ledger_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rushes_ledger_list_iface_init))

static GType
rushes_ledger_list_get_item_type (GListModel *model)
{
  return RUSHES_TYPE_LEDGER_ITEM;
}

static guint
rushes_ledger_list_get_n_items (GListModel *model)
{
  return RUSHES_LEDGER_LIST (model)->items->len;
}

static gpointer
rushes_ledger_list_get_item (GListModel *model, guint position)
{
  RushesLedgerList *self = RUSHES_LEDGER_LIST (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
rushes_ledger_list_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_ledger_list_get_item_type;
  iface->get_n_items = rushes_ledger_list_get_n_items;
  iface->get_item = rushes_ledger_list_get_item;
}

/* ---- following ---- */

static const RushesLedgerEntry *
get_entry (RushesLedgerList *self, guint position)
{
  return rushes_ledger_item_get_entry (g_ptr_array_index (self->items, position));
}

/* An entry is never changed; only whether it still counts. */
static gboolean
is_still (RushesLedgerList *self, guint position, const RushesLedgerEntry *entry)
{
  const RushesLedgerEntry *old;

  if (position >= self->items->len)
    return FALSE;
  old = get_entry (self, position);

  return old->id == entry->id && old->counts == entry->counts && g_str_equal (old->project, entry->project);
}

static guint
count_before (RushesLedgerList *self, guint position, gint64 id)
{
  guint n = 0;

  while (position + n < self->items->len && get_entry (self, position + n)->id > id)
    n++;

  return n;
}

static void
splice (RushesLedgerList *self, guint position, guint n_removed, GPtrArray *entries, guint first, guint n_added)
{
  if (n_removed > 0)
    g_ptr_array_remove_range (self->items, position, n_removed);
  for (guint i = 0; i < n_added; i++)
    g_ptr_array_insert (self->items, position + i, rushes_ledger_item_new (g_ptr_array_index (entries, first + i)));
  if (n_removed + n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* Both run from the newest to the oldest: what is gone goes, what is new comes, and between them everything stays. */
static void
become (RushesLedgerList *self, GPtrArray *entries, guint n)
{
  guint i = 0;

  while (i < n)
    {
      const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);
      guint n_removed, n_added = 0;

      if (is_still (self, i, entry))
        {
          i++;
          continue;
        }
      while (i + n_added < n)
        {
          entry = g_ptr_array_index (entries, i + n_added);
          if (i < self->items->len && entry->id <= get_entry (self, i)->id)
            break;
          n_added++;
        }
      n_removed = n_added == 0 ? count_before (self, i, entry->id) : 0;
      /* The same entry, which counts no more. */
      if (n_added == 0 && n_removed == 0)
        n_added = n_removed = 1;
      splice (self, i, n_removed, entries, i, n_added);
      i += n_added;
    }
  if (self->items->len > n)
    splice (self, n, self->items->len - n, entries, 0, 0);
}

static void
set_flag (RushesLedgerList *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == value)
    return;
  *flag = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void read_entries (RushesLedgerList *self);

static void
rested (gpointer data)
{
  RushesLedgerList *self = data;

  self->pause = 0;
  if (self->read_again)
    read_entries (self);
}

/* A page that is on its way. */
typedef struct
{
  GWeakRef list;
  gboolean older; /* than what is there, else from the newest on */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_weak_ref_clear (&page->list);
  g_free (page);
}

/* A page of them, and more where what is shown reaches further back: news pushes nothing out at the end. */
static guint
count_shown (RushesLedgerList *self, const Page *page, GPtrArray *entries)
{
  gint64 oldest = self->items->len > 0 && !page->older ? get_entry (self, self->items->len - 1)->id : G_MAXINT64;
  guint n = MIN (entries->len, PAGE);

  while (n < entries->len && ((RushesLedgerEntry *) g_ptr_array_index (entries, n))->id >= oldest)
    n++;

  return n;
}

static void
take_entries (RushesLedgerList *self, const Page *page, GPtrArray *entries)
{
  guint n = count_shown (self, page, entries);

  if (page->older)
    splice (self, self->items->len, 0, entries, 0, n);
  else
    become (self, entries, n);
  set_flag (self, &self->more, entries->len > n, PROP_MORE);
}

static DexFuture *
came (DexFuture *future, gpointer data)
{
  Page *page = data;
  g_autoptr (RushesLedgerList) self = g_weak_ref_get (&page->list);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self == NULL)
    return NULL;

  /* Who is told of the change may ask for more at once. */
  if (value != NULL)
    take_entries (self, page, g_value_get_boxed (value));
  self->reading = FALSE;
  if (value == NULL || self->error != NULL)
    {
      g_clear_error (&self->error);
      self->error = g_steal_pointer (&error);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
    }
  set_flag (self, &self->pending, FALSE, PROP_PENDING);
  if (self->extend_again)
    rushes_ledger_list_extend (self);
  if (self->pause == 0)
    self->pause = g_timeout_add_once (PAUSE_MS, rested, self);

  return NULL;
}

static void
read_page (RushesLedgerList *self, gint64 before, guint n)
{
  const RushesLedgerFilter filter = { .uncertain = self->uncertain };
  Page *page = g_new0 (Page, 1);

  self->reading = TRUE;
  g_weak_ref_init (&page->list, self);
  page->older = before != 0;
  dex_future_disown (
      dex_future_finally (rushes_library_page_ledger (self->library, &filter, before, n), came, page, page_free));
}

static void
read_entries (RushesLedgerList *self)
{
  self->read_again = self->reading || self->pause != 0;
  if (!self->read_again)
    read_page (self, 0, self->items->len + PAGE + 1);
}

/* ---- the object ---- */

static void
rushes_ledger_list_dispose (GObject *object)
{
  RushesLedgerList *self = RUSHES_LEDGER_LIST (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_ledger_list_parent_class)->dispose (object);
}

static void
rushes_ledger_list_finalize (GObject *object)
{
  RushesLedgerList *self = RUSHES_LEDGER_LIST (object);

  g_ptr_array_unref (self->items);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rushes_ledger_list_parent_class)->finalize (object);
}

static void
rushes_ledger_list_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RushesLedgerList *self = RUSHES_LEDGER_LIST (object);

  switch (property_id)
    {
    case PROP_MORE:
      g_value_set_boolean (value, self->more);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rushes_ledger_list_class_init (RushesLedgerListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rushes_ledger_list_dispose;
  object_class->finalize = rushes_ledger_list_finalize;
  object_class->get_property = rushes_ledger_list_get_property;

  properties[PROP_MORE] = g_param_spec_boolean ("more", NULL, NULL, FALSE, flags);
  properties[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, TRUE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_ledger_list_init (RushesLedgerList *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->pending = TRUE;
}

RushesLedgerList *
rushes_ledger_list_new (RushesLibrary *library, gboolean uncertain)
{
  RushesLedgerList *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);

  self = g_object_new (RUSHES_TYPE_LEDGER_LIST, NULL);
  self->library = g_object_ref (library);
  self->uncertain = uncertain;
  g_signal_connect_object (library, "written", G_CALLBACK (read_entries), self, G_CONNECT_SWAPPED);
  read_entries (self);

  return self;
}

void
rushes_ledger_list_extend (RushesLedgerList *self)
{
  g_return_if_fail (RUSHES_IS_LEDGER_LIST (self));

  self->extend_again = self->more && self->reading;
  if (self->more && !self->reading)
    read_page (self, get_entry (self, self->items->len - 1)->id, PAGE + 1);
}

gboolean
rushes_ledger_list_get_more (RushesLedgerList *self)
{
  g_return_val_if_fail (RUSHES_IS_LEDGER_LIST (self), FALSE);

  return self->more;
}
