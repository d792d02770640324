/* rushes-ledger-entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "rushes-money.h"

G_BEGIN_DECLS

/* What stands in the ledger, for people to read. */

/**
 * RushesLedgerFilter:
 *
 * Which entries; NULL and FALSE leave none out.
 */
typedef struct
{
  const char *from;      /* local date, "2026-08-01": that day and later */
  const char *to;        /* that day and earlier */
  const char *project;   /* id */
  gboolean    uncertain; /* only attempts whose cost is uncertain still */
} RushesLedgerFilter;

/**
 * RushesLedgerEntry:
 *
 * One entry with what it is about. Only the newest entry of an attempt counts, and a refund counts nothing.
 */
typedef struct
{
  gint64       id;      /* grows with every entry of the library */
  char        *take_id;
  int          attempt; /* 1, 2 … within the take */
  char        *provider;
  char        *model;
  char        *project; /* its name */
  char        *prompt;  /* NULL where nobody asked for it */
  const char  *kind;    /* "hold", "settle", "refund", "uncertain"; interned */
  RushesPrice  price;   /* in the words of the entry: a refund's is what it gives back */
  gboolean     counts;  /* the newest of its attempt, and no refund */
  gint64       at;      /* µs UTC */
  char        *day;     /* the local date when it was written */
} RushesLedgerEntry;

RushesLedgerEntry *rushes_ledger_entry_new   (void) G_GNUC_WARN_UNUSED_RESULT;
RushesLedgerEntry *rushes_ledger_entry_ref   (RushesLedgerEntry *self) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_ledger_entry_unref (RushesLedgerEntry *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesLedgerEntry, rushes_ledger_entry_unref)

/* What a kind of entry says, for people: “set aside”, “paid” …, translated. */
const char *rushes_ledger_kind_to_display (const char *kind);

G_END_DECLS
