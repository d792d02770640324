/* rushes-models-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-models-dialog.h"

#include <glib/gi18n.h>

#include "rushes-bill.h"
#include "rushes-model-list.h"

#define FEWEST 2
#define MOST   4

/* A model in the list: its row, and the draft that it would make. */
typedef struct
{
  GtkWidget *group; /* borrowed, like the two below */
  GtkWidget *row;
  GtkCheckButton *check; /* NULL where it cannot be chosen */
  char *words;           /* what is searched */
  RushesDraft *draft;
  RushesPrice price;
} Candidate;

static void
candidate_free (gpointer data)
{
  Candidate *candidate = data;

  g_free (candidate->words);
  g_clear_object (&candidate->draft);
  g_free (candidate);
}

struct _RushesModelsDialog
{
  AdwDialog parent_instance;

  RushesDraft *draft;
  GPtrArray *candidates;

  GtkEditable *search;
  GtkStack *stack;
  GtkBox *groups;
  GtkWidget *generate;
  GtkLabel *generate_label;
  GtkLabel *reason;
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesModelsDialog, rushes_models_dialog, ADW_TYPE_DIALOG)

/* ---- what is chosen ---- */

static gboolean
is_chosen (const Candidate *candidate)
{
  return candidate->check != NULL && gtk_check_button_get_active (candidate->check);
}

/* Why they cannot be ordered; NULL when they can. */
static char *
find_reason (RushesModelsDialog *self, const RushesBill *bill)
{
  RushesMoney budget = rushes_draft_get_budget (self->draft);
  guint n = rushes_bill_get_n (bill);
  g_autofree char *most = NULL;

  if (n < FEWEST || n > MOST)
    return g_strdup (_ ("Choose two to four models."));
  if (budget.micros < 0 || rushes_bill_count_within (bill, budget) == n)
    return NULL;
  most = rushes_money_to_display (budget);
  /* Translators: %s is an amount of money; “Spend at Most” is a row of the settings under “More” */
  return g_strdup_printf (_ ("Together they may cost more than %s, which is under “Spend at Most”."), most);
}

static void
follow_choice (RushesModelsDialog *self)
{
  g_auto (RushesBill) bill = { 0 };
  g_autofree char *cost = NULL;
  g_autofree char *label = NULL;
  g_autofree char *reason = NULL;
  guint n;

  rushes_bill_init (&bill);
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (self->candidates, i);

      if (is_chosen (candidate))
        rushes_bill_add (&bill, &candidate->price, 1);
    }
  n = rushes_bill_get_n (&bill);
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (self->candidates, i);

      if (candidate->check != NULL)
        gtk_widget_set_sensitive (candidate->row, is_chosen (candidate) || n < MOST);
    }

  cost = rushes_bill_to_worth (&bill, n);
  if (n == 0)
    label = g_strdup (_ ("Generate"));
  else
    /* Translators: %s is a price: “free”, “about $0.50” */
    label = g_strdup_printf (ngettext ("Generate %u Take · %s", "Generate %u Takes · %s", n), n, cost);
  reason = find_reason (self, &bill);
  gtk_label_set_label (self->generate_label, label);
  gtk_label_set_label (self->reason, reason != NULL ? reason : _ ("One take of each, which can then be compared."));
  gtk_widget_set_sensitive (self->generate, reason == NULL);
}

static void
generate (RushesModelsDialog *self)
{
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (self->candidates, i);

      if (is_chosen (candidate))
        g_ptr_array_add (drafts, g_object_ref (candidate->draft));
    }
  g_signal_emit (self, signals[CHOSEN], 0, drafts);
  adw_dialog_close (ADW_DIALOG (self));
}

/* ---- the search ---- */

static void
search_changed (RushesModelsDialog *self)
{
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (self->search), -1);
  gboolean any = FALSE;

  for (guint i = 0; i < self->candidates->len; i++)
    gtk_widget_set_visible (((const Candidate *) g_ptr_array_index (self->candidates, i))->group, FALSE);
  for (guint i = 0; i < self->candidates->len; i++)
    {
      const Candidate *candidate = g_ptr_array_index (self->candidates, i);
      gboolean found = strstr (candidate->words, wanted) != NULL;

      gtk_widget_set_visible (candidate->row, found);
      if (found)
        gtk_widget_set_visible (candidate->group, TRUE);
      any = any || found;
    }
  gtk_stack_set_visible_child_name (self->stack, any ? "models" : "nothing");
}

/* ---- the list ---- */

static gboolean
is_about_pictures (const RushesNote *note)
{
  return g_str_equal (note->field, "image") || g_str_equal (note->field, "last_image") ||
         g_str_equal (note->field, "reference");
}

/* Makes of @draft what @model can do. @changes tells what had to change, in lines; NULL for nothing. Gives why it
 * cannot be the same shot: without its pictures it is another one. */
static char *
fit (RushesModel *model, RushesDraft *draft, char **changes)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (RushesNote) names = NULL;
  g_autoptr (GError) problem = NULL;

  rushes_draft_set_model (draft, rushes_model_get_provider_id (model), rushes_model_get_id (model));
  notes = rushes_model_fit (model, draft);
  for (guint i = 0; i < notes->len; i++)
    {
      const RushesNote *note = g_ptr_array_index (notes, i);

      if (is_about_pictures (note))
        return g_strdup (note->message);
      g_strv_builder_add (lines, note->message);
    }
  problem = rushes_model_check (model, draft);
  if (problem != NULL)
    return g_strdup (problem->message);
  names = rushes_model_note_names (model, draft);
  if (names != NULL)
    g_strv_builder_add (lines, names->message);

  all = g_strv_builder_end (lines);
  if (all[0] != NULL)
    *changes = g_strjoinv ("\n", all);
  return NULL;
}

static GtkWidget *
add_row (RushesModelsDialog *self, GtkWidget *group, Candidate *candidate, const char *title, const char *subtitle)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                                 subtitle != NULL ? subtitle : "", NULL);

  candidate->group = group;
  candidate->row = row;
  g_ptr_array_add (self->candidates, candidate);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
add_model (RushesModelsDialog *self, GtkWidget *group, RushesProvider *provider, RushesModel *model)
{
  Candidate *candidate = g_new0 (Candidate, 1);
  /* The id too, as the name may be translated. */
  g_autofree char *words = g_strdup_printf ("%s %s %s", rushes_provider_get_name (provider),
                                            rushes_provider_get_id (provider), rushes_model_get_name (model));
  g_autofree char *changes = NULL;
  g_autofree char *refusal = NULL;
  g_autofree char *cost = NULL;
  GtkWidget *row, *price;

  candidate->words = g_utf8_casefold (words, -1);
  candidate->draft = rushes_draft_copy (self->draft);
  rushes_draft_set_count (candidate->draft, 1);
  refusal = fit (model, candidate->draft, &changes);
  row = add_row (self, group, candidate, rushes_model_get_name (model), refusal != NULL ? refusal : changes);
  if (refusal != NULL)
    {
      gtk_widget_set_sensitive (row, FALSE);
      return;
    }

  candidate->price = rushes_model_estimate (model, candidate->draft);
  /* The narrowest window must have room for the name beside it. */
  cost = candidate->price.kind == RUSHES_PRICE_UNKNOWN ? rushes_price_to_display (&candidate->price)
                                                       : rushes_price_to_badge (&candidate->price);
  price = gtk_label_new (cost);
  gtk_widget_add_css_class (price, "dim-label");
  gtk_widget_add_css_class (price, "numeric");
  candidate->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (candidate->check), GTK_ALIGN_CENTER);
  gtk_check_button_set_active (
      candidate->check,
      g_strcmp0 (rushes_draft_get_provider_id (self->draft), rushes_provider_get_id (provider)) == 0 &&
          g_strcmp0 (rushes_draft_get_model_id (self->draft), rushes_model_get_id (model)) == 0);
  g_signal_connect_object (candidate->check, "toggled", G_CALLBACK (follow_choice), self, G_CONNECT_SWAPPED);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), GTK_WIDGET (candidate->check));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), price);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), GTK_WIDGET (candidate->check));
}

/* The models of a provider, or the one reason why none of them can be chosen. */
static void
add_provider (RushesModelsDialog *self, RushesProvider *provider, const GError *problem)
{
  GListModel *models = rushes_provider_get_models (provider);
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title = g_markup_escape_text (rushes_provider_get_name (provider), -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (self->groups, group);
  if (problem != NULL)
    {
      Candidate *candidate = g_new0 (Candidate, 1);
      g_autofree char *words =
          g_strdup_printf ("%s %s", rushes_provider_get_name (provider), rushes_provider_get_id (provider));

      candidate->words = g_utf8_casefold (words, -1);
      gtk_widget_set_sensitive (add_row (self, group, candidate, problem->message, NULL), FALSE);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      if (rushes_model_get_is_offered (model))
        add_model (self, group, provider, model);
    }
}

/* First those that can be used. */
static void
add_providers (RushesModelsDialog *self, RushesRegistry *registry, gboolean usable)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (registry), i);
      g_autoptr (GError) problem = rushes_provider_get_problem (provider);

      if (rushes_model_list_offers (provider) && (problem == NULL) == usable)
        add_provider (self, provider, problem);
    }
}

AdwDialog *
rushes_models_dialog_new (RushesRegistry *registry, RushesDraft *draft)
{
  RushesModelsDialog *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  self = g_object_new (RUSHES_TYPE_MODELS_DIALOG, NULL);
  self->draft = rushes_draft_copy (draft);
  add_providers (self, registry, TRUE);
  add_providers (self, registry, FALSE);
  follow_choice (self);
  return ADW_DIALOG (self);
}

/* ---- the widget ---- */

static void
rushes_models_dialog_dispose (GObject *object)
{
  RushesModelsDialog *self = RUSHES_MODELS_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_MODELS_DIALOG);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_models_dialog_parent_class)->dispose (object);
}

static void
rushes_models_dialog_class_init (RushesModelsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_models_dialog_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", RUSHES_TYPE_MODELS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-models-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesModelsDialog, search);
  gtk_widget_class_bind_template_child (widget_class, RushesModelsDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesModelsDialog, groups);
  gtk_widget_class_bind_template_child (widget_class, RushesModelsDialog, generate);
  gtk_widget_class_bind_template_child (widget_class, RushesModelsDialog, generate_label);
  gtk_widget_class_bind_template_child (widget_class, RushesModelsDialog, reason);
  gtk_widget_class_bind_template_callback (widget_class, generate);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
}

static void
rushes_models_dialog_init (RushesModelsDialog *self)
{
  self->candidates = g_ptr_array_new_with_free_func (candidate_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
