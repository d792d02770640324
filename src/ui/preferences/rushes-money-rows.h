/* rushes-money-rows.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-money.h"

G_BEGIN_DECLS

/**
 * RushesMoneyRows:
 *
 * Where a person types an amount of money and its currency.
 *
 * Signals: ::edited when what is typed has changed; ::entry-activated for Enter.
 */
#define RUSHES_TYPE_MONEY_ROWS (rushes_money_rows_get_type ())
G_DECLARE_FINAL_TYPE (RushesMoneyRows, rushes_money_rows, RUSHES, MONEY_ROWS, AdwPreferencesGroup)

/* What stands there at first, micros below zero for nothing. */
void     rushes_money_rows_set_money      (RushesMoneyRows   *self,
                                           RushesMoney        money);
/* Currencies to choose from; anything else can be typed. */
void     rushes_money_rows_set_currencies (RushesMoneyRows   *self,
                                           const char *const *currencies);
/* The currency is given and stays. */
void     rushes_money_rows_fix_currency   (RushesMoneyRows   *self);
/* FALSE while what is typed is no amount of money. */
gboolean rushes_money_rows_read           (RushesMoneyRows   *self,
                                           RushesMoney       *money);
/* No amount is typed at all. */
gboolean rushes_money_rows_is_empty       (RushesMoneyRows   *self);

G_END_DECLS
