/* rushes-verdict-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesVerdictDialog:
 *
 * Asks what an amount that was uncertain really was, once a person has found it on a bill, and writes it down.
 */
#define RUSHES_TYPE_VERDICT_DIALOG (rushes_verdict_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesVerdictDialog, rushes_verdict_dialog, RUSHES, VERDICT_DIALOG, AdwAlertDialog)

/* @entry is uncertain, and @parent what the dialog is presented over, which says in a toast what goes wrong. */
AdwDialog *rushes_verdict_dialog_new         (GtkWidget               *parent,
                                              RushesLibrary           *library,
                                              const RushesLedgerEntry *entry);
/* The other answer, which there is nothing to type for; it cannot be taken back, and so is asked about as well. */
AdwDialog *rushes_verdict_dialog_new_refusal (GtkWidget               *parent,
                                              RushesLibrary           *library,
                                              const RushesLedgerEntry *entry);

G_END_DECLS
