/* rushes-ledger-totals.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-money.h"

G_BEGIN_DECLS

/* What the entries of the ledger come to. */

typedef enum
{
  RUSHES_TOTALS_PROVIDER,
  RUSHES_TOTALS_MODEL,
  RUSHES_TOTALS_PROJECT,
  RUSHES_TOTALS_MONTH,
  RUSHES_TOTALS_ALL,
} RushesTotalsGroup;

#define RUSHES_N_TOTALS (RUSHES_TOTALS_ALL + 1)

/**
 * RushesLedgerTotal:
 *
 * What one thing cost in one currency. Only entries that count are in it, and none that are free.
 */
typedef struct
{
  RushesTotalsGroup  group;
  char              *name;     /* "runway", "runway/gen4.5", "My Project", "2026-08"; "" for all */
  const char        *currency; /* interned; NULL for what has no known price */
  gint64             micros;   /* a range at its top; what does not fit is as much as fits */
  RushesMoney        worth;    /* of credits; a currency of NULL when that of any of them is not known */
  guint              n;        /* attempts */
} RushesLedgerTotal;

void        rushes_ledger_total_free      (RushesLedgerTotal *self);

/* Adds up an array of RushesLedgerEntry: an array of RushesLedgerTotal in the order of the groups, names and currencies. */
GPtrArray  *rushes_ledger_totals_add_up   (GPtrArray         *entries) G_GNUC_WARN_UNUSED_RESULT;
/* "provider", "model", "project", "month", "all" */
const char *rushes_ledger_totals_get_word (RushesTotalsGroup  group);

G_END_DECLS
