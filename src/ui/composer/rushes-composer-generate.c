/* rushes-composer-generate.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-composer-private.h"

#include <glib/gi18n.h>

#include "rushes-bill.h"
#include "rushes-error.h"
#include "rushes-upload-place.h"

/* What the person asks for: the drafts, what they cost, and how many takes of that the budget lets through. */
typedef struct
{
  GPtrArray *drafts;
  RushesBill bill;
  guint n_affordable;
} Wish;

static void
wish_clear (Wish *wish)
{
  g_clear_pointer (&wish->drafts, g_ptr_array_unref);
  rushes_bill_clear (&wish->bill);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Wish, wish_clear)

static void
make_wish (RushesComposer *self, Wish *wish)
{
  RushesModel *model = rushes_settings_group_get_model (self->settings_group);
  GPtrArray *batch = rushes_composer_pictures_get_batch (self);
  RushesMoney budget = rushes_draft_get_budget (self->draft);

  wish->drafts = g_ptr_array_new_with_free_func (g_object_unref);
  rushes_bill_init (&wish->bill);
  for (guint i = 0; i < (batch != NULL ? batch->len : 1); i++)
    {
      RushesDraft *copy = rushes_draft_copy (self->draft);
      RushesPrice price;

      if (batch != NULL)
        rushes_draft_set_reference (copy, RUSHES_ROLE_FIRST_FRAME, 0, g_ptr_array_index (batch, i));
      price = rushes_model_estimate (model, copy);
      rushes_bill_add (&wish->bill, &price, (guint) rushes_draft_get_count (copy));
      g_ptr_array_add (wish->drafts, copy);
    }
  wish->n_affordable =
      budget.micros < 0 ? rushes_bill_get_n (&wish->bill) : rushes_bill_count_within (&wish->bill, budget);
}

/* The drafts, as far as the budget goes. */
static GPtrArray *
list_affordable (const Wish *wish)
{
  GPtrArray *drafts = g_ptr_array_new_with_free_func (g_object_unref);
  guint left = wish->n_affordable;

  for (guint i = 0; i < wish->drafts->len && left > 0; i++)
    {
      RushesDraft *draft = g_ptr_array_index (wish->drafts, i);
      guint n = MIN (left, (guint) rushes_draft_get_count (draft));

      rushes_draft_set_count (draft, (int) n);
      g_ptr_array_add (drafts, g_object_ref (draft));
      left -= n;
    }
  return drafts;
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

/* Why the budget lets nothing through; NULL when it does. */
static GError *
find_money_problem (RushesComposer *self, const Wish *wish)
{
  RushesMoney budget = rushes_draft_get_budget (self->draft);
  const RushesPrice *other;
  g_autofree char *most = NULL;
  g_autofree char *cost = NULL;

  if (wish->n_affordable > 0)
    return NULL;
  most = rushes_money_to_display (budget);
  other = rushes_bill_find_other (&wish->bill, budget.currency);
  if (other != NULL && other->kind == RUSHES_PRICE_UNKNOWN)
    /* Translators: %s is an amount of money; “Spend at Most” is a row of the settings under “More” */
    return rushes_error_new (RUSHES_ERROR_QUOTA,
                             _ ("Nobody knows what this costs, so that %s cannot be kept to. Empty “Spend at Most” "
                                "under More, or choose another model."),
                             most);
  if (other != NULL)
    /* Translators: %s is an amount of money; “Spend at Most” is a row of the settings under “More” */
    return rushes_error_new (RUSHES_ERROR_QUOTA,
                             _ ("This is paid for in another currency than %s. Change “Spend at Most” under More."),
                             most);
  cost = rushes_bill_to_display (&wish->bill, 1);
  /* Translators: a price, “about $0.50”, and an amount of money; “Spend at Most” is a row of the settings under “More”
   */
  return rushes_error_new (RUSHES_ERROR_QUOTA,
                           _ ("One take costs %s, which is more than %s. Change “Spend at Most” under More."), cost,
                           most);
}

/* Why there can be no take of what is there now; NULL when there can. */
static GError *
find_problem (RushesComposer *self, const Wish *wish)
{
  GError *problem = find_service_problem (self);

  if (problem == NULL)
    problem = rushes_model_check (rushes_settings_group_get_model (self->settings_group), self->draft);
  return problem != NULL ? problem : find_money_problem (self, wish);
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

static char *
describe_button (const Wish *wish)
{
  guint n = rushes_bill_get_n (&wish->bill);
  guint n_affordable = wish->n_affordable > 0 ? wish->n_affordable : n;
  /* The number of takes leaves no room for two amounts. */
  g_autofree char *cost =
      n == 1 ? rushes_bill_to_display (&wish->bill, 1) : rushes_bill_to_worth (&wish->bill, n_affordable);

  if (n == 1)
    /* Translators: %s is a price: “free”, “about $0.50” */
    return g_strdup_printf (_ ("Generate · %s"), cost);
  if (n_affordable == n)
    /* Translators: %s is a price: “free”, “about $0.50” */
    return g_strdup_printf (ngettext ("Generate %u Take · %s", "Generate %u Takes · %s", n), n, cost);
  /* Translators: two numbers, and a price: “about $0.50” */
  return g_strdup_printf (ngettext ("Generate %u of %u Take · %s", "Generate %u of %u Takes · %s", n), n_affordable, n,
                          cost);
}

/* What the budget leaves out; NULL for nothing. */
static char *
describe_rest (RushesComposer *self, const Wish *wish)
{
  guint n = rushes_bill_get_n (&wish->bill) - wish->n_affordable;
  g_autofree char *most = NULL;

  if (n == 0)
    return NULL;
  most = rushes_money_to_display (rushes_draft_get_budget (self->draft));
  /* Translators: how many takes, and an amount of money */
  return g_strdup_printf (
      ngettext ("%u take more would pass %s and is left out.", "%u takes more would pass %s and are left out.", n), n,
      most);
}

void
rushes_composer_generate_follow (RushesComposer *self)
{
  g_auto (Wish) wish = { 0 };
  g_autoptr (GError) problem = NULL;
  g_autofree char *label = NULL;
  g_autofree char *words = NULL;

  make_wish (self, &wish);
  problem = find_problem (self, &wish);
  label = describe_button (&wish);
  words = problem != NULL ? g_strdup (problem->message) : describe_rest (self, &wish);

  gtk_label_set_label (self->generate_label, label);
  gtk_label_set_label (self->missing, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing), words != NULL);
  follow_settings_button (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->generate_button), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words != NULL ? words : "", -1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.generate", problem == NULL && !self->ordering);
}

void
rushes_composer_generate (RushesComposer *self)
{
  g_autoptr (GError) problem = NULL;
  g_auto (Wish) wish = { 0 };
  g_autoptr (GPtrArray) drafts = NULL;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (self->draft != NULL);

  make_wish (self, &wish);
  problem = find_problem (self, &wish);
  if (problem != NULL || self->ordering)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }

  drafts = list_affordable (&wish);
  rushes_composer_buy (self, self->project, drafts, rushes_draft_get_budget (self->draft), RUSHES_PURCHASE_COMPOSED);
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
