/* rushes-extend-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-extend-dialog.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-choice-row.h"
#include "rushes-ui.h"

struct _RushesExtendDialog
{
  AdwDialog parent_instance;

  RushesModel *model;
  RushesDraft *draft;
  gboolean following; /* the rows are being set, nobody chose */

  GtkTextView *prompt;
  RushesChoiceRow *length;
  AdwSpinRow *length_range;
  GtkLabel *outcome;
  GtkButton *extend;
  GtkLabel *reason;
};

G_DEFINE_FINAL_TYPE (RushesExtendDialog, rushes_extend_dialog, ADW_TYPE_DIALOG)

enum
{
  ORDER,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* ---- what comes of it ---- */

/* Nobody counts the frames that are too many. */
static double
round_seconds (double seconds)
{
  return round (seconds * 10) / 10;
}

static void
show_outcome (RushesExtendDialog *self)
{
  const double before = round_seconds (rushes_draft_get_extension (self->draft)->seconds);
  const double added = rushes_draft_get_duration (self->draft);
  g_autofree char *words = NULL;

  if (rushes_model_get_stretch (self->model)->kind == RUSHES_STRETCH_WHOLE)
    /* Translators: two lengths in seconds. */
    words = g_strdup_printf (_ ("The clip has %.3g s. A new take will have all of it and what is added: about %.3g s."),
                             before, before + added);
  else
    /* Translators: two lengths in seconds. */
    words = g_strdup_printf (_ ("The clip has %.3g s. A new take will have only what is added: about %.3g s."), before,
                             added);
  gtk_label_set_label (self->outcome, words);
}

static void
show_price (RushesExtendDialog *self)
{
  RushesPrice price = rushes_model_estimate (self->model, self->draft);
  g_autofree char *cost = rushes_price_to_display (&price);
  /* Translators: on a button; %s is a price: “about $0.50” */
  g_autofree char *label = g_strdup_printf (_ ("Extend · %s"), cost);

  gtk_button_set_label (self->extend, label);
}

static void
follow (RushesExtendDialog *self)
{
  g_autoptr (GError) problem = rushes_model_check (self->model, self->draft);

  show_outcome (self);
  show_price (self);
  gtk_label_set_label (self->reason, problem != NULL ? problem->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), problem != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->extend), problem == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "extend.order", problem == NULL);
}

/* ---- what is said ---- */

static void
prompt_changed (RushesExtendDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->prompt);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  rushes_draft_set_prompt (self->draft, text);
  follow (self);
}

static void
set_length (RushesExtendDialog *self, double seconds)
{
  if (self->following)
    return;
  rushes_draft_set_duration (self->draft, seconds);
  follow (self);
}

static void
length_chosen (RushesExtendDialog *self)
{
  const char *value = rushes_choice_row_get_value (self->length);

  if (value != NULL)
    set_length (self, g_ascii_strtod (value, NULL));
}

static void
length_set (RushesExtendDialog *self)
{
  set_length (self, adw_spin_row_get_value (self->length_range));
}

/* What the model adds: lengths to choose from, the only one, or any of a range. */
static void
offer_lengths (RushesExtendDialog *self)
{
  g_autoptr (RushesModel) narrowed = rushes_model_narrow (self->model, self->draft);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_auto (GStrv) all_values = NULL;
  g_auto (GStrv) all_titles = NULL;
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  double minimum = 0, maximum = 0, step = 1;
  gboolean is_range = rushes_model_get_duration_range (narrowed, &minimum, &maximum, &step);
  gsize n;
  const double *durations = rushes_model_get_durations (narrowed, &n);

  self->following = TRUE;
  for (gsize i = 0; i < n; i++)
    {
      g_strv_builder_add (values, g_ascii_formatd (seconds, sizeof seconds, "%g", durations[i]));
      /* Translators: a number of seconds. */
      g_strv_builder_take (titles, g_strdup_printf (_ ("%g s"), durations[i]));
    }
  all_values = g_strv_builder_end (values);
  all_titles = g_strv_builder_end (titles);
  rushes_choice_row_set_choices (self->length, (const char *const *) all_values, (const char *const *) all_titles);
  rushes_choice_row_set_value (
      self->length, g_ascii_formatd (seconds, sizeof seconds, "%g", rushes_draft_get_duration (self->draft)));
  gtk_widget_set_visible (GTK_WIDGET (self->length), !is_range);

  gtk_widget_set_visible (GTK_WIDGET (self->length_range), is_range);
  if (is_range)
    {
      adw_spin_row_set_range (self->length_range, minimum, maximum);
      gtk_adjustment_set_step_increment (adw_spin_row_get_adjustment (self->length_range), step);
      adw_spin_row_set_digits (self->length_range, step == floor (step) ? 0 : 1);
      adw_spin_row_set_snap_to_ticks (self->length_range, TRUE);
      adw_spin_row_set_value (self->length_range, rushes_draft_get_duration (self->draft));
    }
  self->following = FALSE;
}

/* ---- the order ---- */

static void
extend_clicked (RushesExtendDialog *self)
{
  g_autoptr (RushesExtendDialog) kept = g_object_ref (self);

  adw_dialog_close (ADW_DIALOG (self));
  g_signal_emit (self, signals[ORDER], 0, self->draft);
}

static void
order_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  extend_clicked (RUSHES_EXTEND_DIALOG (widget));
}

AdwDialog *
rushes_extend_dialog_new (RushesModel *model, RushesDraft *draft)
{
  RushesExtendDialog *self;

  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft) && rushes_draft_get_extension (draft) != NULL, NULL);

  self = g_object_new (RUSHES_TYPE_EXTEND_DIALOG, NULL);
  self->model = g_object_ref (model);
  self->draft = g_object_ref (draft);
  offer_lengths (self);
  follow (self);
  return ADW_DIALOG (self);
}

static void
rushes_extend_dialog_dispose (GObject *object)
{
  RushesExtendDialog *self = RUSHES_EXTEND_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_EXTEND_DIALOG);
  g_clear_object (&self->model);
  g_clear_object (&self->draft);

  G_OBJECT_CLASS (rushes_extend_dialog_parent_class)->dispose (object);
}

static void
rushes_extend_dialog_class_init (RushesExtendDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_extend_dialog_dispose;

  signals[ORDER] = g_signal_new ("order", RUSHES_TYPE_EXTEND_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, RUSHES_TYPE_DRAFT);
  gtk_widget_class_install_action (widget_class, "extend.order", NULL, order_action);

  g_type_ensure (RUSHES_TYPE_CHOICE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-extend-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesExtendDialog, prompt);
  gtk_widget_class_bind_template_child (widget_class, RushesExtendDialog, length);
  gtk_widget_class_bind_template_child (widget_class, RushesExtendDialog, length_range);
  gtk_widget_class_bind_template_child (widget_class, RushesExtendDialog, outcome);
  gtk_widget_class_bind_template_child (widget_class, RushesExtendDialog, extend);
  gtk_widget_class_bind_template_child (widget_class, RushesExtendDialog, reason);
  gtk_widget_class_bind_template_callback (widget_class, length_chosen);
  gtk_widget_class_bind_template_callback (widget_class, length_set);
  gtk_widget_class_bind_template_callback (widget_class, extend_clicked);
}

static void
rushes_extend_dialog_init (RushesExtendDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_text_view_get_buffer (self->prompt), "changed", G_CALLBACK (prompt_changed), self,
                           G_CONNECT_SWAPPED);
}
