/* rushes-composer-generate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-composer-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-consent-dialog.h"
#include "rushes-error.h"
#include "rushes-limits.h"
#include "rushes-toast.h"
#include "rushes-ui.h"
#include "rushes-upload-place.h"

/* A second press of an unchanged composer within this time is taken for one. */
#define DOUBLE_PRESS_US (2 * G_USEC_PER_SEC)

static guint
count_takes (RushesComposer *self)
{
  GPtrArray *batch = rushes_composer_pictures_get_batch (self);

  return (guint) rushes_draft_get_count (self->draft) * (batch != NULL ? batch->len : 1);
}

static RushesProvider *
get_provider (RushesComposer *self)
{
  RushesModel *model = rushes_settings_group_get_model (self->settings_group);

  return rushes_registry_find (rushes_studio_get_registry (self->studio), rushes_model_get_provider_id (model));
}

/* Whether a service that is told where pictures lie would have nowhere to be told. */
static gboolean
lacks_upload_place (RushesComposer *self)
{
  RushesModel *model = rushes_settings_group_get_model (self->settings_group);
  guint n_pictures = 0, n_forms;
  const RushesPictureForm *forms = rushes_model_get_picture_forms (model, 0, &n_forms);

  for (RushesReferenceRole role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    n_pictures += rushes_draft_get_n_references (self->draft, role);
  return n_pictures > 0 && n_forms == 1 && forms[0] == RUSHES_FORM_ADDRESS &&
         rushes_upload_places_choose (rushes_upload_places_get_default (), rushes_model_get_provider_id (model)) ==
             NULL;
}

/* What is wrong with the service, and put right in its settings; NULL. */
static GError *
find_service_problem (RushesComposer *self)
{
  RushesProvider *provider = get_provider (self);
  GError *problem = rushes_provider_get_problem (provider);

  if (problem == NULL && lacks_upload_place (self))
    problem = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s needs an upload place for pictures."),
                                rushes_provider_get_name (provider));
  return problem;
}

/* Why there can be no take of what is there now; NULL when there can. */
static GError *
find_problem (RushesComposer *self)
{
  GError *problem = find_service_problem (self);

  return problem != NULL ? problem
                         : rushes_model_check (rushes_settings_group_get_model (self->settings_group), self->draft);
}

/* The settings are one click away. */
static void
follow_settings_button (RushesComposer *self)
{
  RushesProvider *provider = get_provider (self);
  g_autoptr (GError) problem = find_service_problem (self);
  g_autofree char *place = g_strconcat ("providers/", rushes_provider_get_id (provider), NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->settings_button), "s", place);
  gtk_widget_set_visible (self->settings_button, problem != NULL && !rushes_provider_get_is_local (provider));
}

void
rushes_composer_generate_follow (RushesComposer *self)
{
  RushesModel *model = rushes_settings_group_get_model (self->settings_group);
  g_autoptr (GError) problem = find_problem (self);
  RushesPrice price = rushes_model_estimate (model, self->draft);
  guint n = count_takes (self);
  g_autofree char *cost = NULL;
  g_autofree char *label = NULL;

  price.low.micros *= n;
  price.high.micros *= n;
  price.worth.micros *= n;
  cost = rushes_price_to_display (&price);
  if (n == 1)
    /* Translators: %s is a price: “free”, “about $0.50” */
    label = g_strdup_printf (_ ("Generate · %s"), cost);
  else
    /* Translators: %s is a price: “free”, “about $0.50” */
    label = g_strdup_printf (ngettext ("Generate %u Take · %s", "Generate %u Takes · %s", n), n, cost);
  gtk_label_set_label (self->generate_label, label);

  gtk_label_set_label (self->missing, problem != NULL ? problem->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing), problem != NULL);
  follow_settings_button (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->generate_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  problem != NULL ? problem->message : "", -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.generate", problem == NULL && !self->ordering);
}

static char *
describe_order (RushesComposer *self)
{
  g_autoptr (JsonNode) node = rushes_draft_to_json (self->draft);
  g_autofree char *json = json_to_string (node, FALSE);

  return g_strdup_printf ("%u %s", count_takes (self), json);
}

static void order (RushesComposer *self, const RushesConsent *consent);

/* What stands against an order that was not written, and what was agreed to before. */
typedef struct
{
  GWeakRef composer;
  RushesConsent consent;
  GError *error;
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->composer);
  g_error_free (question->error);
  g_free (question);
}

static void
agreed (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  Question *question = data;
  g_autoptr (RushesComposer) self = g_weak_ref_get (&question->composer);
  g_autoptr (GError) problem = self != NULL ? find_problem (self) : NULL;

  if (self == NULL || problem != NULL || self->ordering)
    return;
  rushes_limits_agree (&question->consent, question->error);
  order (self, &question->consent);
}

/* What the person said about money stands against it, and nothing was ordered. */
static void
ask (RushesComposer *self, const GError *error, const RushesConsent *consent)
{
  g_autoptr (GPtrArray) errors = g_ptr_array_new ();
  Question *question = g_new0 (Question, 1);
  AdwDialog *dialog;

  g_weak_ref_init (&question->composer, self);
  question->consent = *consent;
  question->error = g_error_copy (error);
  g_ptr_array_add (errors, question->error);
  dialog = rushes_consent_dialog_new (errors);
  g_signal_connect_data (dialog, "response::agree", G_CALLBACK (agreed), question, question_free, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
order_kept (gpointer object, DexFuture *future, gpointer data)
{
  RushesComposer *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->ordering = FALSE;
  rushes_composer_generate_follow (self);
  if (value == NULL)
    {
      g_clear_pointer (&self->last_order, g_free);
      if (rushes_limits_can_ask (error))
        ask (self, error, data);
      else
        rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }
  rushes_batch_row_set_pictures (self->batch_row, NULL);
  rushes_composer_emit_generated (self, g_value_get_boxed (value));
}

static void
order (RushesComposer *self, const RushesConsent *consent)
{
  g_autofree char *order_id = rushes_new_id ();

  self->ordering = TRUE;
  g_free (self->last_order);
  self->last_order = describe_order (self);
  self->last_order_time = g_get_monotonic_time ();
  rushes_composer_generate_follow (self);
  rushes_when (rushes_queue_generate_with_consent (rushes_studio_get_queue (self->studio), self->project, self->draft,
                                                   rushes_composer_pictures_get_batch (self), order_id, consent),
               self, order_kept, g_memdup2 (consent, sizeof *consent), g_free);
}

static void
another_wanted (AdwToast *toast, RushesComposer *self)
{
  g_autoptr (GError) problem = find_problem (self);

  if (problem == NULL && !self->ordering)
    order (self, &RUSHES_CONSENT_NONE);
}

void
rushes_composer_generate (RushesComposer *self)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *description = NULL;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (self->draft != NULL);

  problem = find_problem (self);
  if (problem != NULL || self->ordering)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  description = describe_order (self);
  if (self->last_order != NULL && g_str_equal (description, self->last_order) &&
      g_get_monotonic_time () - self->last_order_time < DOUBLE_PRESS_US)
    {
      AdwToast *toast = rushes_toast (GTK_WIDGET (self), _ ("Already queued"));

      if (toast != NULL)
        {
          adw_toast_set_button_label (toast, _ ("_Make Another"));
          g_signal_connect_object (toast, "button-clicked", G_CALLBACK (another_wanted), self, 0);
        }
      return;
    }

  order (self, &RUSHES_CONSENT_NONE);
}

static void
places_changed (RushesComposer *self)
{
  if (self->draft != NULL)
    rushes_composer_generate_follow (self);
}

void
rushes_composer_generate_init (RushesComposer *self)
{
  RushesUploadPlaces *places = rushes_upload_places_get_default ();

  g_signal_connect_object (places, "items-changed", G_CALLBACK (places_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (places, "notify::chosen", G_CALLBACK (places_changed), self, G_CONNECT_SWAPPED);
}
