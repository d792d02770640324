/* rushes-money-option.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "rushes-money.h"

G_BEGIN_DECLS

/* What was typed after an option as an amount of money: “5”, “0.50USD”, “10 credits:kling”. Without a currency it has none
 * (NULL). BAD_REQUEST that names @option when it is no amount. */
gboolean rushes_money_option_read (const char   *typed,
                                   const char   *option,
                                   RushesMoney  *money,
                                   GError      **error);

G_END_DECLS
