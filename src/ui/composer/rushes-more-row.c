/* rushes-more-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-more-row.h"

#include <glib/gi18n.h>

#include "rushes-parameter-row.h"

/* A seed that people can read, and that every service takes. */
#define SEEDS 1000000

struct _RushesMoreRow
{
  AdwExpanderRow parent_instance;

  RushesDraft *draft;
  RushesModel *model;
  GSignalGroup *draft_signals;
  GPtrArray *parameter_rows; /* borrowed from the list */
  gboolean following;
  gboolean typing_budget; /* "5." becomes no "5" under the person's hands */

  AdwEntryRow *negative;
  AdwEntryRow *seed;
  GtkWidget *forget_seed;
  AdwSwitchRow *sound;
  AdwSwitchRow *watermark;
  AdwEntryRow *budget;
};

G_DEFINE_FINAL_TYPE (RushesMoreRow, rushes_more_row, ADW_TYPE_EXPANDER_ROW)

/* ---- from the person to the draft ---- */

static void
negative_typed (RushesMoreRow *self)
{
  if (!self->following)
    rushes_draft_set_negative_prompt (self->draft, gtk_editable_get_text (GTK_EDITABLE (self->negative)));
}

static void
seed_typed (RushesMoreRow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->seed));
  gint64 seed = -1;
  gboolean right = *text == '\0' || g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &seed, NULL);

  if (right)
    gtk_widget_remove_css_class (GTK_WIDGET (self->seed), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->seed), "error");
  if (right && !self->following)
    rushes_draft_set_seed (self->draft, seed);
}

static void
dice_thrown (RushesMoreRow *self)
{
  rushes_draft_set_seed (self->draft, g_random_int_range (0, SEEDS));
}

static void
seed_forgotten (RushesMoreRow *self)
{
  rushes_draft_set_seed (self->draft, -1);
}

static void
sound_switched (RushesMoreRow *self)
{
  if (!self->following)
    rushes_draft_set_audio (self->draft, adw_switch_row_get_active (self->sound));
}

static void
watermark_switched (RushesMoreRow *self)
{
  if (!self->following)
    rushes_draft_set_watermark (self->draft, adw_switch_row_get_active (self->watermark));
}

/* In what the draft has said, or else in what the model is paid for; NULL when that is not known. */
static const char *
get_currency (RushesMoreRow *self)
{
  RushesMoney budget = rushes_draft_get_budget (self->draft);
  RushesPrice price;

  if (budget.micros >= 0 || self->model == NULL)
    return budget.currency;
  price = rushes_model_estimate (self->model, self->draft);
  return price.worth.currency != NULL ? price.worth.currency : price.high.currency;
}

static void
budget_typed (RushesMoreRow *self)
{
  /* Both signs for the decimals are understood, in whatever language. */
  g_autofree char *text = g_strdelimit (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->budget))), ",", '.');
  const char *currency = self->draft != NULL ? get_currency (self) : NULL;
  RushesMoney most = { .micros = -1 };
  gboolean right = *g_strstrip (text) == '\0' || (currency != NULL && rushes_money_parse (text, currency, &most));

  if (right)
    gtk_widget_remove_css_class (GTK_WIDGET (self->budget), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->budget), "error");
  if (!self->following && self->draft != NULL)
    {
      /* What cannot be read is no wish; until it can, nothing is spent by it. */
      self->typing_budget = TRUE;
      rushes_draft_set_budget (self->draft, right ? most : (RushesMoney) { 0, currency != NULL ? currency : "USD" });
      self->typing_budget = FALSE;
    }
}

static void
budget_forgotten (RushesMoreRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->budget), "");
}

static gboolean
has_text (RushesMoreRow *self, const char *text)
{
  return text != NULL && *text != '\0';
}

/* ---- from the draft to the person ---- */

static void
set_text (AdwEntryRow *row, const char *text)
{
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
summarize (RushesMoreRow *self)
{
  gint64 seed = rushes_draft_get_seed (self->draft);
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autofree char *summary = NULL;

  if (rushes_model_get_has_negative (self->model) && *rushes_draft_get_negative_prompt (self->draft) != '\0')
    g_strv_builder_add (parts, _ ("negative prompt"));
  if (rushes_model_get_has_seed (self->model))
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, seed);

      if (seed < 0)
        g_strv_builder_add (parts, _ ("random seed"));
      else
        g_strv_builder_take (parts, g_strdup_printf (_ ("seed %s"), number));
    }
  if (rushes_model_get_has_audio (self->model))
    g_strv_builder_add (parts, rushes_draft_get_audio (self->draft) ? _ ("with sound") : _ ("no sound"));
  if (rushes_draft_get_budget (self->draft).micros >= 0)
    {
      g_autofree char *most = rushes_money_to_display (rushes_draft_get_budget (self->draft));

      /* Translators: %s is an amount of money; part of “random seed, at most $5.00” */
      g_strv_builder_take (parts, g_strdup_printf (_ ("at most %s"), most));
    }

  words = g_strv_builder_end (parts);
  /* Translators: what stands between the parts of “random seed, no sound” */
  summary = g_strjoinv (_ (", "), words);
  if (*summary != '\0')
    {
      g_autofree char *first = g_utf8_strup (summary, g_utf8_next_char (summary) - summary);
      char *whole = g_strconcat (first, g_utf8_next_char (summary), NULL);

      g_free (summary);
      summary = whole;
    }
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), summary);
}

/* Its title says the currency. */
static void
follow_budget (RushesMoreRow *self)
{
  RushesMoney budget = rushes_draft_get_budget (self->draft);
  const char *currency = get_currency (self);
  g_autofree char *amount = budget.micros >= 0 ? rushes_money_to_amount (budget) : g_strdup ("");
  /* Translators: %s is a currency, “USD” */
  g_autofree char *title = g_strdup_printf (_ ("Spend at Most (%s)"), currency != NULL ? currency : "");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->budget), title);
  gtk_widget_set_visible (GTK_WIDGET (self->budget), currency != NULL);
  if (!self->typing_budget)
    set_text (self->budget, amount);
}

static void
follow_draft (RushesMoreRow *self)
{
  gint64 seed = rushes_draft_get_seed (self->draft);
  g_autofree char *number = seed < 0 ? g_strdup ("") : g_strdup_printf ("%" G_GINT64_FORMAT, seed);

  self->following = TRUE;
  set_text (self->negative, rushes_draft_get_negative_prompt (self->draft));
  set_text (self->seed, number);
  gtk_widget_set_visible (self->forget_seed, seed >= 0);
  adw_switch_row_set_active (self->sound, rushes_draft_get_audio (self->draft));
  adw_switch_row_set_active (self->watermark, rushes_draft_get_watermark (self->draft));
  follow_budget (self);
  self->following = FALSE;
  if (self->model != NULL)
    summarize (self);
}

static void
make_parameter_rows (RushesMoreRow *self)
{
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (self);
  GPtrArray *parameters;

  for (guint i = 0; i < self->parameter_rows->len; i++)
    adw_expander_row_remove (expander, self->parameter_rows->pdata[i]);
  g_ptr_array_set_size (self->parameter_rows, 0);
  if (self->model == NULL || self->draft == NULL)
    return;

  parameters = rushes_model_get_parameters (self->model);
  for (guint i = 0; i < parameters->len; i++)
    {
      GtkWidget *row = rushes_parameter_row_new (self->model, parameters->pdata[i], self->draft);

      adw_expander_row_add_row (expander, row);
      g_ptr_array_add (self->parameter_rows, row);
    }
}

void
rushes_more_row_set_draft (RushesMoreRow *self, RushesDraft *draft)
{
  g_return_if_fail (RUSHES_IS_MORE_ROW (self));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));

  if (!g_set_object (&self->draft, draft))
    return;
  g_signal_group_set_target (self->draft_signals, draft);
  make_parameter_rows (self);
  follow_draft (self);
}

void
rushes_more_row_set_model (RushesMoreRow *self, RushesModel *model)
{
  gboolean negative, seed, sound, watermark, same_parameters;

  g_return_if_fail (RUSHES_IS_MORE_ROW (self));
  g_return_if_fail (RUSHES_IS_MODEL (model));

  /* A model and what its rules leave of it have their parameters in common: the row in which the person is stays. */
  same_parameters =
      self->model != NULL && rushes_model_get_parameters (self->model) == rushes_model_get_parameters (model);
  if (!g_set_object (&self->model, model))
    return;
  negative = rushes_model_get_has_negative (model);
  seed = rushes_model_get_has_seed (model);
  sound = rushes_model_get_has_audio (model);
  watermark = rushes_model_get_has_watermark (model);
  gtk_widget_set_visible (GTK_WIDGET (self->negative), negative);
  gtk_widget_set_visible (GTK_WIDGET (self->seed), seed);
  gtk_widget_set_visible (GTK_WIDGET (self->sound), sound);
  gtk_widget_set_visible (GTK_WIDGET (self->watermark), watermark);
  if (!same_parameters)
    make_parameter_rows (self);
  if (self->draft != NULL)
    {
      self->following = TRUE;
      follow_budget (self);
      self->following = FALSE;
      summarize (self);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), negative || seed || sound || watermark ||
                                                 gtk_widget_get_visible (GTK_WIDGET (self->budget)) ||
                                                 rushes_model_get_parameters (model)->len > 0);
}

/* ---- the widget ---- */

static void
rushes_more_row_dispose (GObject *object)
{
  RushesMoreRow *self = RUSHES_MORE_ROW (object);

  g_clear_object (&self->draft_signals);
  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_MORE_ROW);
  g_clear_object (&self->draft);
  g_clear_object (&self->model);
  g_clear_pointer (&self->parameter_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_more_row_parent_class)->dispose (object);
}

static void
rushes_more_row_class_init (RushesMoreRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_more_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-more-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesMoreRow, negative);
  gtk_widget_class_bind_template_child (widget_class, RushesMoreRow, seed);
  gtk_widget_class_bind_template_child (widget_class, RushesMoreRow, forget_seed);
  gtk_widget_class_bind_template_child (widget_class, RushesMoreRow, sound);
  gtk_widget_class_bind_template_child (widget_class, RushesMoreRow, watermark);
  gtk_widget_class_bind_template_child (widget_class, RushesMoreRow, budget);
  gtk_widget_class_bind_template_callback (widget_class, budget_typed);
  gtk_widget_class_bind_template_callback (widget_class, budget_forgotten);
  gtk_widget_class_bind_template_callback (widget_class, has_text);
  gtk_widget_class_bind_template_callback (widget_class, negative_typed);
  gtk_widget_class_bind_template_callback (widget_class, seed_typed);
  gtk_widget_class_bind_template_callback (widget_class, dice_thrown);
  gtk_widget_class_bind_template_callback (widget_class, seed_forgotten);
  gtk_widget_class_bind_template_callback (widget_class, sound_switched);
  gtk_widget_class_bind_template_callback (widget_class, watermark_switched);
}

static void
rushes_more_row_init (RushesMoreRow *self)
{
  static const char *const followed[] = {
    "notify::negative-prompt", "notify::seed", "notify::audio", "notify::watermark", "notify::budget",
  };

  self->parameter_rows = g_ptr_array_new ();
  self->draft_signals = g_signal_group_new (RUSHES_TYPE_DRAFT);
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_group_connect_swapped (self->draft_signals, followed[i], G_CALLBACK (follow_draft), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}
