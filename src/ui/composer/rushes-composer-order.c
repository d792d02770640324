/* rushes-composer-order.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-composer-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-consent-dialog.h"
#include "rushes-limits.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* The one way on which the window buys takes: what the composer holds, and what an action makes of a take. */

/* A second order of the same within this time is taken for one press. */
#define DOUBLE_PRESS_US (2 * G_USEC_PER_SEC)

/* What is to be bought, as it was when the person said so; a reference-counted box. */
typedef struct
{
  GWeakRef composer; /* of the questions and toasts about it */
  RushesProject *project;
  GPtrArray *drafts;
  RushesConsent consent;
  RushesPurchaseKind kind;
} Purchase;

static void
purchase_clear (gpointer data)
{
  Purchase *purchase = data;

  g_weak_ref_clear (&purchase->composer);
  g_object_unref (purchase->project);
  g_ptr_array_unref (purchase->drafts);
}

static void
purchase_release (gpointer purchase)
{
  g_rc_box_release_full (purchase, purchase_clear);
}

static void
purchase_release_closure (gpointer purchase, GClosure *closure)
{
  purchase_release (purchase);
}

static char *
describe (const Purchase *purchase)
{
  GString *all = g_string_new (rushes_project_get_id (purchase->project));

  for (guint i = 0; i < purchase->drafts->len; i++)
    {
      g_autoptr (JsonNode) node = rushes_draft_to_json (g_ptr_array_index (purchase->drafts, i));
      g_autofree char *json = json_to_string (node, FALSE);

      g_string_append_printf (all, "\n%s", json);
    }
  return g_string_free (all, FALSE);
}

static void send (RushesComposer *self, Purchase *purchase);

/* ---- what stands against it ---- */

static void
agreed (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Purchase *purchase = data;
  g_autoptr (RushesComposer) self = g_weak_ref_get (&purchase->composer);

  if (self == NULL || self->ordering)
    return;
  rushes_limits_agree (&purchase->consent, g_object_get_data (G_OBJECT (dialog), "error"));
  send (self, purchase);
}

/* What the person said about money stands against it, and nothing was ordered. */
static void
ask (RushesComposer *self, Purchase *purchase, GError *error)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new ();
  AdwDialog *dialog;

  g_ptr_array_add (errors, error);
  dialog = rushes_consent_dialog_new (errors);
  g_object_set_data_full (G_OBJECT (dialog), "error", g_error_copy (error), (GDestroyNotify) g_error_free);
  g_signal_connect_data (dialog, "response::agree", G_CALLBACK (agreed), g_rc_box_acquire (purchase),
                         purchase_release_closure, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- ordering ---- */

static void
tell (RushesComposer *self, const Purchase *purchase, guint n)
{
  g_autofree char *sentence = NULL;

  if (purchase->kind == RUSHES_PURCHASE_COMPOSED)
    rushes_batch_row_set_pictures (self->batch_row, NULL);
  else
    {
      /* The take page stands before the library, where they are. */
      sentence = g_strdup_printf (ngettext ("%u more take is in work", "%u more takes are in work", n), n);
      g_set_weak_pointer (&self->told, rushes_toast (GTK_WIDGET (self), sentence));
    }
}

static void
all_ended (gpointer object, DexFuture *future, gpointer data)
{
  RushesComposer *self = object;
  GPtrArray *takes = data;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  AdwToast *toast;

  for (guint i = 0; i < takes->len; i++)
    if (rushes_take_get_clip (g_ptr_array_index (takes, i)) != NULL)
      g_strv_builder_add (ids, rushes_take_get_id (g_ptr_array_index (takes, i)));
  all = g_strv_builder_end (ids);
  if (g_strv_length (all) < 2 || (toast = rushes_toast (GTK_WIDGET (self), _ ("The takes are ready"))) == NULL)
    return;
  adw_toast_set_button_label (toast, _ ("_Compare"));
  adw_toast_set_action_name (toast, "win.compare");
  adw_toast_set_action_target_value (toast, g_variant_new_strv ((const char *const *) all, -1));
}

/* Offers to compare them, once the last of them has ended. */
static void
await_all (RushesComposer *self, GPtrArray *takes)
{
  g_autoptr (GPtrArray) ends = g_ptr_array_new_with_free_func (dex_unref);

  for (guint i = 0; i < takes->len; i++)
    g_ptr_array_add (ends, rushes_queue_await (rushes_studio_get_queue (self->studio), g_ptr_array_index (takes, i)));
  rushes_when (dex_future_allv ((DexFuture *const *) ends->pdata, ends->len), self, all_ended, g_ptr_array_ref (takes),
               (GDestroyNotify) g_ptr_array_unref);
}

static void
order_kept (gpointer object, DexFuture *future, gpointer data)
{
  RushesComposer *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  GPtrArray *takes;

  self->ordering = FALSE;
  rushes_composer_generate_follow (self);
  if (value == NULL)
    {
      g_clear_pointer (&self->last_order, g_free);
      if (rushes_limits_can_ask (error))
        ask (self, data, error);
      else
        rushes_toast_error (self->toasts, error);
      return;
    }

  takes = g_value_get_boxed (value);
  tell (self, data, takes->len);
  if (((const Purchase *) data)->kind == RUSHES_PURCHASE_MODELS)
    await_all (self, takes);
  rushes_composer_emit_generated (self, takes);
}

static void
send (RushesComposer *self, Purchase *purchase)
{
  g_autofree char *order_id = rushes_new_id ();

  self->ordering = TRUE;
  g_free (self->last_order);
  self->last_order = describe (purchase);
  self->last_order_time = g_get_monotonic_time ();
  rushes_composer_generate_follow (self);
  rushes_when (rushes_queue_generate_all (rushes_studio_get_queue (self->studio), purchase->project, purchase->drafts,
                                          order_id, &purchase->consent),
               self, order_kept, g_rc_box_acquire (purchase), purchase_release);
}

static void
another_wanted (AdwToast *toast, gpointer data)
{
  Purchase *purchase = data;
  g_autoptr (RushesComposer) self = g_weak_ref_get (&purchase->composer);

  if (self != NULL && !self->ordering)
    send (self, purchase);
}

void
rushes_composer_buy (RushesComposer *self,
                     RushesProject *project,
                     GPtrArray *drafts,
                     RushesMoney most,
                     RushesPurchaseKind kind)
{
  Purchase *purchase;
  g_autofree char *description = NULL;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (RUSHES_IS_PROJECT (project));
  g_return_if_fail (drafts != NULL && drafts->len > 0);

  if (self->ordering)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  purchase = g_rc_box_new0 (Purchase);
  g_weak_ref_init (&purchase->composer, self);
  purchase->project = g_object_ref (project);
  purchase->drafts = g_ptr_array_ref (drafts);
  purchase->consent = RUSHES_CONSENT_NONE;
  purchase->consent.most = most;
  purchase->kind = kind;

  description = describe (purchase);
  if (self->last_order != NULL && g_str_equal (description, self->last_order) &&
      g_get_monotonic_time () - self->last_order_time < DOUBLE_PRESS_US)
    {
      AdwToast *toast;

      /* An answer to a press does not wait for the news about the first. */
      if (self->told != NULL)
        adw_toast_dismiss (self->told);
      toast = rushes_toast (self->toasts, _ ("Already queued"));
      if (toast != NULL)
        {
          adw_toast_set_button_label (toast, _ ("_Make Another"));
          g_signal_connect_data (toast, "button-clicked", G_CALLBACK (another_wanted), g_rc_box_acquire (purchase),
                                 purchase_release_closure, 0);
        }
    }
  else
    send (self, purchase);
  purchase_release (purchase);
}

void
rushes_composer_buy_again (RushesComposer *self, RushesProject *project, GPtrArray *drafts)
{
  rushes_composer_buy (self, project, drafts, (RushesMoney) { .micros = -1 }, RUSHES_PURCHASE_AGAIN);
}
