/* rushes-ledger-item.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-item.h"

struct _RushesLedgerItem
{
  GObject parent_instance;

  RushesLedgerEntry *entry;
};

G_DEFINE_FINAL_TYPE (RushesLedgerItem, rushes_ledger_item, G_TYPE_OBJECT)

static void
rushes_ledger_item_finalize (GObject *object)
{
  rushes_ledger_entry_unref (RUSHES_LEDGER_ITEM (object)->entry);

  G_OBJECT_CLASS (rushes_ledger_item_parent_class)->finalize (object);
}

static void
rushes_ledger_item_class_init (RushesLedgerItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_ledger_item_finalize;
}

static void
rushes_ledger_item_init (RushesLedgerItem *self)
{
}

RushesLedgerItem *
rushes_ledger_item_new (RushesLedgerEntry *entry)
{
  RushesLedgerItem *self = g_object_new (RUSHES_TYPE_LEDGER_ITEM, NULL);

  self->entry = rushes_ledger_entry_ref (entry);

  return self;
}

const RushesLedgerEntry *
rushes_ledger_item_get_entry (RushesLedgerItem *self)
{
  g_return_val_if_fail (RUSHES_IS_LEDGER_ITEM (self), NULL);

  return self->entry;
}
