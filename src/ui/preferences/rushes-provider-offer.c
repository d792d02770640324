/* rushes-provider-offer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider-offer.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-ui.h"

AdwDialog *
rushes_provider_offer_new (RushesDescription *description)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Add This Provider?"), NULL);
  g_autofree char *hosts = rushes_registry_describe_hosts (description);

  /* A name from outside may be too long for a heading. */
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog), "%s\n\n%s", rushes_description_get_name (description),
                                hosts);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "add", _ ("_Add"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "add", ADW_RESPONSE_SUGGESTED);

  return dialog;
}

void
rushes_provider_offer_complain (GtkWidget *parent, const GError *error)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("The Provider Was Not Added"), NULL);
  g_autoptr (GError) ours = rushes_error_translate (error);
  g_autofree char *clean = rushes_clean_words (ours->message);

  adw_alert_dialog_set_body (ADW_ALERT_DIALOG (dialog), clean);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, parent);
}

/* ---- several ---- */

typedef struct
{
  GWeakRef parent;
  RushesRegistry *registry;
  GPtrArray *descriptions; /* the first is the one that is asked about */
} Round;

static void
round_free (gpointer data)
{
  Round *round = data;

  g_weak_ref_clear (&round->parent);
  g_object_unref (round->registry);
  g_ptr_array_unref (round->descriptions);
  g_free (round);
}

static void
installed (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_provider_offer_complain (object, error);
}

static void
answered (AdwAlertDialog *dialog, const char *response, Round *round)
{
  g_autoptr (GtkWidget) parent = g_weak_ref_get (&round->parent);
  g_autoptr (GBytes) bytes = g_ptr_array_steal_index (round->descriptions, 0);

  if (parent == NULL)
    return;
  if (g_str_equal (response, "add"))
    rushes_when (rushes_registry_install (round->registry, bytes, "-"), parent, installed, NULL, NULL);
  rushes_provider_offer_all (parent, round->registry, round->descriptions);
}

void
rushes_provider_offer_all (GtkWidget *parent, RushesRegistry *registry, GPtrArray *descriptions)
{
  g_autoptr (RushesDescription) description = NULL;
  AdwDialog *dialog;
  Round *round;

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (descriptions != NULL);

  if (descriptions->len == 0 ||
      (description = rushes_description_new_strange (g_ptr_array_index (descriptions, 0), "-", NULL)) == NULL)
    return;

  round = g_new0 (Round, 1);
  g_weak_ref_init (&round->parent, parent);
  round->registry = g_object_ref (registry);
  round->descriptions = g_ptr_array_ref (descriptions);
  dialog = rushes_provider_offer_new (description);
  g_object_set_data_full (G_OBJECT (dialog), "round", round, round_free);
  g_signal_connect (dialog, "response", G_CALLBACK (answered), round);
  adw_dialog_present (dialog, parent);
}
