/* rushes-consent-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-consent-option.h"

#include <glib/gi18n.h>
#include <string.h>

gboolean
rushes_consent_read (gboolean yes, const char *max_cost, RushesConsent *consent, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *amount = NULL;
  const char *currency;

  *consent = RUSHES_CONSENT_NONE;
  consent->unknown_price = yes || max_cost != NULL;
  if (max_cost == NULL)
    return TRUE;
  if (!(text = rushes_invocation_read_text (max_cost, "--max-cost", error)))
    return FALSE;

  currency = text + strspn (text, "0123456789.");
  amount = g_strndup (text, currency - text);
  currency += strspn (currency, " ");
  /* Without a currency any will do for reading the number. */
  if (rushes_limits_parse_money (amount, *currency != '\0' ? currency : "XXX", &consent->most))
    {
      if (*currency == '\0')
        consent->most.currency = NULL;
      return TRUE;
    }
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                    _ ("--max-cost needs an amount, with a currency or without: 5, 0.50USD, 10credits:kling."));

  return FALSE;
}

int
rushes_consent_fail (RushesInvocation *invocation, const GError *error)
{
  const char *hint = NULL;

  if (!rushes_limits_can_ask (error))
    return rushes_invocation_fail (invocation, error);

  if (g_str_equal (rushes_error_get_field (error), "price"))
    hint = _ ("--yes, or --max-cost with an amount, says so.");
  else
    hint = _ ("“rushes limits” shows and changes limits.");
  rushes_printer_fail (rushes_invocation_get_printer (invocation), error, hint);

  return rushes_error_get_exit_status (error);
}
