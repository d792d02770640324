/* rushes-consent-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-consent-option.h"

#include <glib/gi18n.h>

#include "rushes-money-option.h"
#include "rushes-terminal.h"

gboolean
rushes_consent_read (gboolean yes, const char *max_cost, RushesConsent *consent, GError **error)
{
  *consent = RUSHES_CONSENT_NONE;
  consent->unknown_price = yes || max_cost != NULL;
  consent->again = yes;

  return max_cost == NULL || rushes_money_option_read (max_cost, "--max-cost", &consent->most, error);
}

gboolean
rushes_consent_ask (RushesConsent *consent, const GError *error, GError **answer)
{
  if (!rushes_limits_can_ask (error) || g_strcmp0 (rushes_error_get_field (error), "again") != 0)
    {
      g_propagate_error (answer, g_error_copy (error));
      return FALSE;
    }
  if (!rushes_terminal_agree (error->message, _ ("Submit it again?"), FALSE, answer))
    return FALSE;
  rushes_limits_agree (consent, error);

  return TRUE;
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
