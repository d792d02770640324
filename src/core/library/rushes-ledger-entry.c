/* rushes-ledger-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-entry.h"

#include <glib/gi18n.h>

RushesLedgerEntry *
rushes_ledger_entry_new (void)
{
  return g_atomic_rc_box_new0 (RushesLedgerEntry);
}

RushesLedgerEntry *
rushes_ledger_entry_ref (RushesLedgerEntry *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RushesLedgerEntry *self = data;

  g_free (self->take_id);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->project);
  g_free (self->prompt);
  g_free (self->day);
}

void
rushes_ledger_entry_unref (RushesLedgerEntry *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const char *
rushes_ledger_kind_to_display (const char *kind)
{
  if (g_str_equal (kind, "hold"))
    /* Translators: of money that a take is expected to cost */
    return C_ ("ledger", "set aside");
  if (g_str_equal (kind, "settle"))
    return C_ ("ledger", "paid");
  if (g_str_equal (kind, "refund"))
    return C_ ("ledger", "given back");

  return C_ ("ledger", "uncertain");
}
