/* rushes-model-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-dialog.h"

#include <glib/gi18n.h>

static char *
get_name (GtkEditable *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (entry)));
}

static void
typed (GtkEditable *entry, AdwAlertDialog *dialog)
{
  g_autofree char *name = get_name (entry);

  adw_alert_dialog_set_response_enabled (dialog, "use", *name != '\0');
}

AdwDialog *
rushes_model_dialog_new (RushesProvider *provider)
{
  g_autofree char *body = NULL;
  AdwAlertDialog *dialog;
  GtkWidget *group, *entry;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), NULL);

  /* Translators: %s is the name of a service */
  body = g_strdup_printf (_ ("%s also takes models that are not in the list. Type the name as the service writes it."),
                          rushes_provider_get_name (provider));
  dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Other Model"), body));
  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "use", _ ("_Use Model"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "use", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (dialog, "use", FALSE);
  adw_alert_dialog_set_default_response (dialog, "use");

  group = adw_preferences_group_new ();
  entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _ ("Model Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (entry), TRUE);
  adw_entry_row_set_enable_emoji_completion (ADW_ENTRY_ROW (entry), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  adw_alert_dialog_set_extra_child (dialog, group);
  g_signal_connect_object (entry, "changed", G_CALLBACK (typed), dialog, 0);
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_object_set_data_full (G_OBJECT (dialog), "provider", g_object_ref (provider), g_object_unref);

  adw_dialog_set_focus (ADW_DIALOG (dialog), entry);
  return ADW_DIALOG (dialog);
}

RushesModel *
rushes_model_dialog_get_model (AdwDialog *dialog, const char *response)
{
  g_autofree char *name = get_name (g_object_get_data (G_OBJECT (dialog), "entry"));
  RushesProvider *provider = g_object_get_data (G_OBJECT (dialog), "provider");

  return g_str_equal (response, "use") && *name != '\0' ? rushes_provider_find_model (provider, name) : NULL;
}
