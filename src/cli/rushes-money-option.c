/* rushes-money-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-money-option.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-invocation.h"
#include "rushes-limits.h"

gboolean
rushes_money_option_read (const char *typed, const char *option, RushesMoney *money, GError **error)
{
  g_autofree char *text = rushes_invocation_read_text (typed, option, error);
  g_autofree char *amount = NULL;
  const char *currency;

  if (text == NULL)
    return FALSE;

  currency = text + strspn (text, "0123456789.");
  amount = g_strndup (text, currency - text);
  currency += strspn (currency, " ");
  if (rushes_limits_parse_money (amount, *currency != '\0' ? currency : NULL, money))
    return TRUE;
  /* Translators: %s is an option. */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                    _ ("%s needs an amount, with a currency or without: 5, 0.50USD, 10credits:kling."), option);

  return FALSE;
}
