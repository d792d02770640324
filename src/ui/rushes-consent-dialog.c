/* rushes-consent-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-consent-dialog.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

static gboolean
is_about_repeating (const GError *error)
{
  return g_strcmp0 (rushes_error_get_field (error), "again") == 0;
}

/* What stands against several takes is mostly the same, and said once. */
static char *
join_reasons (GPtrArray *errors, gboolean *repeats)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_null_terminated (errors->len, NULL, TRUE);

  *repeats = TRUE;
  for (guint i = 0; i < errors->len; i++)
    {
      const GError *error = g_ptr_array_index (errors, i);

      *repeats = *repeats && is_about_repeating (error);
      if (!g_ptr_array_find_with_equal_func (reasons, error->message, g_str_equal, NULL))
        g_ptr_array_add (reasons, error->message);
    }

  return g_strjoinv ("\n\n", (char **) reasons->pdata);
}

AdwDialog *
rushes_consent_dialog_new (GPtrArray *errors)
{
  g_autofree char *reasons = NULL;
  g_autofree char *heading = NULL;
  AdwAlertDialog *dialog;
  gboolean repeats;

  g_return_val_if_fail (errors != NULL && errors->len > 0, NULL);

  reasons = join_reasons (errors, &repeats);
  if (!repeats)
    heading = g_strdup (_ ("Generate Anyway?"));
  else if (errors->len == 1)
    heading = g_strdup (_ ("Submit It Again?"));
  else
    heading = g_strdup_printf (ngettext ("Submit %u Take Again?", "Submit %u Takes Again?", errors->len), errors->len);

  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, reasons));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "agree",
                                  repeats ? _ ("_Submit Again") : _ ("_Generate Anyway"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "agree", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (dialog, "cancel");
  adw_alert_dialog_set_close_response (dialog, "cancel");

  return ADW_DIALOG (dialog);
}
