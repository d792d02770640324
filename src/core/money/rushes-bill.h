/* rushes-bill.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-money.h"

G_BEGIN_DECLS

/**
 * RushesBill:
 *
 * The expected prices of several takes, in their order, which may be in several currencies. Set up with
 * rushes_bill_init(), freed with rushes_bill_clear().
 */
typedef struct
{
  /*< private >*/
  GArray *prices; /* RushesPrice */
} RushesBill;

void        rushes_bill_init       (RushesBill        *self);
void        rushes_bill_clear      (RushesBill        *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesBill, rushes_bill_clear)
/* @price for each of @n takes. */
void        rushes_bill_add        (RushesBill        *self,
                                    const RushesPrice *price,
                                    guint              n);
guint       rushes_bill_get_n      (const RushesBill  *self);
/* The first that nobody knows, or that is in another currency than @currency and not worth anything in it; NULL when
 * @currency says what all of it costs. Borrowed. */
const RushesPrice *rushes_bill_find_other (const RushesBill *self,
                                           const char       *currency);
/* How many takes, from the first on, cost no more than @most together: a range counts at its top, credits count also as
 * what they are worth. What rushes_bill_find_other() finds ends it. */
guint       rushes_bill_count_within (const RushesBill *self,
                                      RushesMoney       most);
/* What the first @n of them cost, for people: "free", "about $1.20", "about $1.20 + 40 credits", with "price unknown"
 * beside what is known where that is not all. */
char       *rushes_bill_to_display (const RushesBill  *self,
                                    guint              n) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a narrow place: of credits only what they are worth, where that is known. */
char       *rushes_bill_to_worth   (const RushesBill  *self,
                                    guint              n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
