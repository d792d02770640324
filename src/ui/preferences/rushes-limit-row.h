/* rushes-limit-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-limits.h"

G_BEGIN_DECLS

/**
 * RushesLimitRow:
 *
 * What was spent in a day or a month in one currency, and how much of its limit that is. To be activated for changing it.
 */
#define RUSHES_TYPE_LIMIT_ROW (rushes_limit_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesLimitRow, rushes_limit_row, RUSHES, LIMIT_ROW, AdwPreferencesRow)

/* @name is the currency for people: “USD”, “Credits of Kling”. */
RushesLimitRow   *rushes_limit_row_new          (RushesLimitPeriod  period,
                                                 const char        *name);
/* @spent and @most have one currency; @most of micros below zero is no limit. */
void              rushes_limit_row_show         (RushesLimitRow    *self,
                                                 RushesMoney        spent,
                                                 RushesMoney        most);
RushesLimitPeriod rushes_limit_row_get_period   (RushesLimitRow    *self);
/* As it was shown last. */
RushesMoney       rushes_limit_row_get_most     (RushesLimitRow    *self);

G_END_DECLS
