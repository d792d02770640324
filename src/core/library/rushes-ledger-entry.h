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
  char        *take_id;
  int          attempt; /* 1, 2 … within the take */
  char        *provider;
  char        *model;
  char        *project; /* its name */
  char        *prompt;
  const char  *kind;    /* "hold", "settle", "refund", "uncertain"; interned */
  RushesPrice  price;   /* in the words of the entry: a refund's is what it gives back */
  gboolean     counts;  /* the newest of its attempt, and no refund */
  gint64       at;      /* µs UTC */
  char        *day;     /* the local date when it was written */
} RushesLedgerEntry;

void rushes_ledger_entry_free (RushesLedgerEntry *self);

G_END_DECLS
