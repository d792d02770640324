/* rushes-ledger-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ledger-entry.h"

void
rushes_ledger_entry_free (RushesLedgerEntry *self)
{
  g_free (self->take_id);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->project);
  g_free (self->prompt);
  g_free (self->day);
  g_free (self);
}
