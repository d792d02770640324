/* rushes-ledger-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesLedgerPage:
 *
 * A subpage of Preferences with the entries of the ledger, newest first, read as far as somebody scrolls. An entry that is
 * activated leads to its take.
 *
 * Actions: ledger.charged, ledger.not-charged (x: the id of an uncertain entry).
 */
#define RUSHES_TYPE_LEDGER_PAGE (rushes_ledger_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesLedgerPage, rushes_ledger_page, RUSHES, LEDGER_PAGE, AdwNavigationPage)

/* With @uncertain only what nobody knows whether it was charged. */
AdwNavigationPage *rushes_ledger_page_new (RushesLibrary  *library,
                                           RushesRegistry *registry,
                                           gboolean        uncertain);

G_END_DECLS
