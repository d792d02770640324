/* rushes-limit-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-limits.h"

G_BEGIN_DECLS

/**
 * RushesLimitDialog:
 *
 * Adds, changes or removes a spending limit.
 */
#define RUSHES_TYPE_LIMIT_DIALOG (rushes_limit_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesLimitDialog, rushes_limit_dialog, RUSHES, LIMIT_DIALOG, AdwAlertDialog)

/* A limit of one's choice; @currencies are offered. @parent, which it is presented over, says in a toast what goes wrong. */
AdwDialog *rushes_limit_dialog_new     (GtkWidget          *parent,
                                        const char *const  *currencies);
/* The limit for this period and the currency of @most, whose micros are below zero while there is none. */
AdwDialog *rushes_limit_dialog_new_for (GtkWidget          *parent,
                                        RushesLimitPeriod   period,
                                        RushesMoney         most);

G_END_DECLS
