/* rushes-settings-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-settings-group.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-choice-row.h"
#include "rushes-model-list.h"
#include "rushes-model-row.h"
#include "rushes-more-row.h"
#include "rushes-provider-settings.h"
#include "rushes-ui.h"

struct _RushesSettingsGroup
{
  AdwPreferencesGroup parent_instance;

  RushesRegistry *registry;
  RushesDraft *draft;
  char *default_provider;
  RushesModel *model;    /* the draft's */
  RushesModel *narrowed; /* what its rules leave for the draft as it is: this is offered */
  GSignalGroup *draft_signals;
  gboolean following; /* the rows follow the draft, and do not lead it */
  gboolean fitting;   /* the draft follows the model */

  RushesModelRow *model_row;
  RushesChoiceRow *duration;
  AdwSpinRow *duration_range;
  RushesChoiceRow *aspect;
  RushesChoiceRow *resolution;
  RushesChoiceRow *frame_rate;
  AdwSpinRow *count;
  RushesMoreRow *more;
};

enum
{
  MODEL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesSettingsGroup, rushes_settings_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- from the person to the draft ---- */

static void
duration_chosen (RushesSettingsGroup *self)
{
  const char *value = rushes_choice_row_get_value (self->duration);

  if (!self->following && value != NULL)
    rushes_draft_set_duration (self->draft, g_ascii_strtod (value, NULL));
}

static void
duration_set (RushesSettingsGroup *self)
{
  if (!self->following)
    rushes_draft_set_duration (self->draft, adw_spin_row_get_value (self->duration_range));
}

static void
aspect_chosen (RushesSettingsGroup *self)
{
  if (!self->following)
    rushes_draft_set_aspect (self->draft, rushes_choice_row_get_value (self->aspect));
}

static void
resolution_chosen (RushesSettingsGroup *self)
{
  if (!self->following)
    rushes_draft_set_resolution (self->draft, rushes_choice_row_get_value (self->resolution));
}

static void
frame_rate_chosen (RushesSettingsGroup *self)
{
  const char *value = rushes_choice_row_get_value (self->frame_rate);

  if (!self->following && value != NULL)
    rushes_draft_set_frame_rate (self->draft, atoi (value));
}

static void
count_set (RushesSettingsGroup *self)
{
  if (!self->following)
    rushes_draft_set_count (self->draft, (int) adw_spin_row_get_value (self->count));
}

/* ---- seconds, as they are written in a spin row ---- */

static char *
format_seconds (double seconds)
{
  /* Translators: a length in seconds, as short as can be */
  return g_strdup_printf (_ ("%g s"), seconds);
}

static gboolean
write_seconds (RushesSettingsGroup *self)
{
  g_autofree char *text = format_seconds (adw_spin_row_get_value (self->duration_range));

  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->duration_range)), text))
    gtk_editable_set_text (GTK_EDITABLE (self->duration_range), text);

  return TRUE;
}

static int
read_seconds (RushesSettingsGroup *self, double *seconds)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->duration_range));
  char *end = NULL;

  /* In the person's own way of writing numbers; whatever follows is the unit. */
  *seconds = strtod (text, &end);

  return end == text || !isfinite (*seconds) ? GTK_INPUT_ERROR : TRUE;
}

/* ---- from the draft to the person ---- */

static void
follow_draft (RushesSettingsGroup *self)
{
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *rate = g_strdup_printf ("%d", rushes_draft_get_frame_rate (self->draft));

  self->following = TRUE;
  g_ascii_formatd (seconds, sizeof seconds, "%g", rushes_draft_get_duration (self->draft));
  rushes_choice_row_set_value (self->duration, seconds);
  adw_spin_row_set_value (self->duration_range, rushes_draft_get_duration (self->draft));
  rushes_choice_row_set_value (self->aspect, rushes_draft_get_aspect (self->draft));
  rushes_choice_row_set_value (self->resolution, rushes_draft_get_resolution (self->draft));
  rushes_choice_row_set_value (self->frame_rate, rate);
  adw_spin_row_set_value (self->count, rushes_draft_get_count (self->draft));
  self->following = FALSE;
}

static gboolean
has_many_durations (RushesModel *model)
{
  double minimum, maximum, step;
  gsize n;

  rushes_model_get_durations (model, &n);
  return n > 1 || rushes_model_get_duration_range (model, &minimum, &maximum, &step);
}

static void
offer_durations (RushesSettingsGroup *self)
{
  gsize n = 0;
  const double *durations = rushes_model_get_durations (self->narrowed, &n);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_auto (GStrv) all_values = NULL;
  g_auto (GStrv) all_titles = NULL;
  double minimum = 0, maximum = 0, step = 0;
  gboolean range = rushes_model_get_duration_range (self->narrowed, &minimum, &maximum, &step);

  for (gsize i = 0; i < n; i++)
    {
      char seconds[G_ASCII_DTOSTR_BUF_SIZE];

      g_strv_builder_add (values, g_ascii_formatd (seconds, sizeof seconds, "%g", durations[i]));
      g_strv_builder_take (titles, format_seconds (durations[i]));
    }
  all_values = g_strv_builder_end (values);
  all_titles = g_strv_builder_end (titles);
  rushes_choice_row_set_choices (self->duration, (const char *const *) all_values, (const char *const *) all_titles);
  gtk_widget_set_visible (GTK_WIDGET (self->duration), n > 1 || (n == 1 && has_many_durations (self->model)));

  gtk_widget_set_visible (GTK_WIDGET (self->duration_range), range);
  if (range)
    {
      adw_spin_row_set_range (self->duration_range, minimum, maximum);
      gtk_adjustment_set_step_increment (adw_spin_row_get_adjustment (self->duration_range), step);
      adw_spin_row_set_digits (self->duration_range, step == floor (step) ? 0 : 1);
      adw_spin_row_set_snap_to_ticks (self->duration_range, TRUE);
    }
}

/* A choice that only this draft does not have is not taken away from under the person's eyes. */
static void
offer (RushesChoiceRow *row, const char *const *values, const char *const *titles, gsize n_usual)
{
  gsize n = g_strv_length ((char **) values);

  rushes_choice_row_set_choices (row, values, titles);
  gtk_widget_set_visible (GTK_WIDGET (row), n > 1 || (n == 1 && n_usual > 1));
}

static void
offer_aspects (RushesSettingsGroup *self)
{
  const char *const *aspects = rushes_model_get_aspects (self->narrowed);
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();
  g_auto (GStrv) all_titles = NULL;

  for (gsize i = 0; aspects[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (aspects[i], ":", 2);
      /* The sign for a ratio stands in the middle between the figures. */
      g_autofree char *ratio = g_strjoinv ("∶", parts);

      g_strv_builder_take (titles, g_strdup_printf (RUSHES_LEFT_TO_RIGHT ("%s"), ratio));
    }
  all_titles = g_strv_builder_end (titles);
  offer (self->aspect, aspects, (const char *const *) all_titles,
         g_strv_length ((char **) rushes_model_get_aspects (self->model)));
}

static void
offer_resolutions (RushesSettingsGroup *self)
{
  const char *const *resolutions = rushes_model_get_resolutions (self->narrowed);

  offer (self->resolution, resolutions, resolutions,
         g_strv_length ((char **) rushes_model_get_resolutions (self->model)));
}

static void
offer_frame_rates (RushesSettingsGroup *self)
{
  gsize n = 0, n_usual = 0;
  const int *rates = rushes_model_get_frame_rates (self->narrowed, &n);
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;

  for (gsize i = 0; i < n; i++)
    g_strv_builder_take (values, g_strdup_printf ("%d", rates[i]));
  all = g_strv_builder_end (values);
  rushes_model_get_frame_rates (self->model, &n_usual);
  offer (self->frame_rate, (const char *const *) all, (const char *const *) all, n_usual);
}

static void
show_model (RushesSettingsGroup *self)
{
  int most = rushes_model_get_max_count (self->narrowed);

  self->following = TRUE;
  rushes_model_row_set_model (self->model_row, self->model);
  offer_durations (self);
  offer_aspects (self);
  offer_resolutions (self);
  offer_frame_rates (self);
  adw_spin_row_set_range (self->count, 1, most);
  gtk_widget_set_visible (GTK_WIDGET (self->count), most > 1);
  rushes_more_row_set_model (self->more, self->narrowed);
  self->following = FALSE;
}

/* ---- the model ---- */

/* What was the default of @before, the model until now, was nobody's wish: it goes without a word where there is no
 * such choice any more, as the shape of a clip does when a picture gives it. */
static gboolean
is_worth_telling (const RushesNote *note, RushesModel *before)
{
  g_autofree char *rate = g_strdup_printf ("%d", rushes_model_get_default_frame_rate (before));

  if (note->used != NULL)
    return TRUE;
  if (g_str_equal (note->field, "aspect"))
    return g_strcmp0 (note->asked, rushes_model_get_default_aspect (before)) != 0;
  if (g_str_equal (note->field, "resolution"))
    return g_strcmp0 (note->asked, rushes_model_get_default_resolution (before)) != 0;
  if (g_str_equal (note->field, "frame_rate"))
    return g_strcmp0 (note->asked, rate) != 0;
  return TRUE;
}

/* Makes of the draft what its model can do, and shows what may be chosen now. Gives the notes. */
static GPtrArray *
fit_draft (RushesSettingsGroup *self)
{
  g_autoptr (RushesModel) before = g_steal_pointer (&self->narrowed);
  GPtrArray *notes;

  /* First, so that news of the draft finds it done. */
  self->narrowed = rushes_model_narrow (self->model, self->draft);
  self->fitting = TRUE;
  notes = rushes_model_fit (self->model, self->draft);
  self->fitting = FALSE;
  if (self->narrowed != before)
    show_model (self);
  follow_draft (self);

  for (guint i = notes->len; before != NULL && i > 0; i--)
    if (!is_worth_telling (notes->pdata[i - 1], before))
      g_ptr_array_remove_index (notes, i - 1);
  return notes;
}

/* NULL when there is none of that name, or the person switched it off. */
static RushesProvider *
find_provider (RushesSettingsGroup *self, const char *id)
{
  RushesProvider *provider = id != NULL ? rushes_registry_find (self->registry, id) : NULL;

  return provider != NULL && rushes_model_list_offers (provider) ? provider : NULL;
}

/* The model that the draft names; NULL when there is no such any more. */
static RushesModel *
look_up (RushesSettingsGroup *self)
{
  RushesProvider *provider = find_provider (self, rushes_draft_get_provider_id (self->draft));

  return provider != NULL ? rushes_provider_find_model (provider, rushes_draft_get_model_id (self->draft)) : NULL;
}

RushesModel *
rushes_settings_group_find_default (RushesProvider *provider)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get (rushes_provider_get_id (provider));
  g_autofree char *chosen = g_settings_get_string (settings, "model");
  RushesModel *model = *chosen != '\0' ? rushes_provider_find_model (provider, chosen) : NULL;
  GListModel *models = rushes_provider_get_models (provider);

  if (model == NULL)
    model = rushes_provider_find_model (provider, NULL);
  for (guint i = 0; !rushes_model_get_is_offered (model) && i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) candidate = g_list_model_get_item (models, i);

      if (rushes_model_get_is_offered (candidate))
        return candidate;
    }
  return model;
}

/* The draft's, or else the one to begin with: of the default provider, of the first that can be used, or of any. */
static RushesModel *
choose_model (RushesSettingsGroup *self)
{
  GListModel *providers = G_LIST_MODEL (self->registry);
  RushesModel *model = look_up (self);
  RushesProvider *provider;

  if (model != NULL)
    return model;
  provider = find_provider (self, self->default_provider);
  for (guint i = 0; provider == NULL && i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) candidate = g_list_model_get_item (providers, i);
      g_autoptr (GError) problem = rushes_provider_get_problem (candidate);

      if (problem == NULL && rushes_model_list_offers (candidate))
        provider = candidate;
    }
  if (provider == NULL)
    {
      g_autoptr (RushesProvider) first = g_list_model_get_item (providers, 0);

      provider = first;
    }
  return rushes_settings_group_find_default (provider);
}

static void
set_model (RushesSettingsGroup *self, RushesModel *model)
{
  g_set_object (&self->model, model);
  self->fitting = TRUE;
  rushes_draft_set_model (self->draft, rushes_model_get_provider_id (model), rushes_model_get_id (model));
  self->fitting = FALSE;
}

void
rushes_settings_group_choose_model (RushesSettingsGroup *self, RushesModel *model)
{
  g_autoptr (GPtrArray) notes = NULL;

  g_return_if_fail (RUSHES_IS_SETTINGS_GROUP (self));
  g_return_if_fail (RUSHES_IS_MODEL (model));

  if (model == self->model)
    return;
  set_model (self, model);
  notes = fit_draft (self);
  g_signal_emit (self, signals[MODEL_CHANGED], 0, model, notes);
}

/* A recipe from elsewhere, or from a provider that was removed. */
static RushesNote *
note_stranger (RushesModel *model)
{
  RushesNote *note = g_new0 (RushesNote, 1);

  note->field = g_strdup ("model");
  note->used = g_strdup (rushes_model_get_id (model));
  /* Translators: %s is a model */
  note->message =
      g_strdup_printf (_ ("The model of the recipe is not here; %s is used."), rushes_model_get_name (model));
  return note;
}

/* Any hand may change the draft, also its model: Remix, or a recipe. What does not go with the rest gives way. */
static void
draft_changed (RushesSettingsGroup *self)
{
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (RushesModel) before = NULL;
  RushesModel *model;

  if (self->fitting)
    return;

  before = g_object_ref (self->narrowed);
  model = look_up (self);
  set_model (self, model != NULL ? model : self->model);
  notes = fit_draft (self);
  if (model == NULL)
    g_ptr_array_add (notes, note_stranger (self->model));
  if (self->narrowed != before || notes->len > 0)
    g_signal_emit (self, signals[MODEL_CHANGED], 0, self->model, notes);
}

/* Providers came, went, or are others now. */
static void
providers_changed (RushesSettingsGroup *self)
{
  g_autoptr (GPtrArray) notes = NULL;

  if (self->draft == NULL)
    return;
  set_model (self, choose_model (self));
  notes = fit_draft (self);
  g_signal_emit (self, signals[MODEL_CHANGED], 0, self->model, notes);
}

/* ---- the widget ---- */

void
rushes_settings_group_set_registry (RushesSettingsGroup *self, RushesRegistry *registry)
{
  g_return_if_fail (RUSHES_IS_SETTINGS_GROUP (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));

  g_set_object (&self->registry, registry);
  rushes_model_row_set_registry (self->model_row, registry);
}

void
rushes_settings_group_set_draft (RushesSettingsGroup *self, RushesDraft *draft, const char *default_provider)
{
  g_autoptr (GPtrArray) notes = NULL;

  g_return_if_fail (RUSHES_IS_SETTINGS_GROUP (self));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));
  g_return_if_fail (self->registry != NULL);

  if (!g_set_object (&self->draft, draft))
    return;
  g_set_str (&self->default_provider, default_provider);
  g_signal_group_set_target (self->draft_signals, NULL);
  rushes_model_row_set_draft (self->model_row, draft);
  rushes_more_row_set_draft (self->more, draft);
  set_model (self, choose_model (self));
  notes = fit_draft (self);
  g_signal_group_set_target (self->draft_signals, draft);
}

RushesModel *
rushes_settings_group_get_model (RushesSettingsGroup *self)
{
  g_return_val_if_fail (RUSHES_IS_SETTINGS_GROUP (self), NULL);

  return self->model;
}

RushesModel *
rushes_settings_group_get_narrowed (RushesSettingsGroup *self)
{
  g_return_val_if_fail (RUSHES_IS_SETTINGS_GROUP (self), NULL);

  return self->narrowed;
}

static void
rushes_settings_group_dispose (GObject *object)
{
  RushesSettingsGroup *self = RUSHES_SETTINGS_GROUP (object);

  g_clear_object (&self->draft_signals);
  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_SETTINGS_GROUP);
  g_clear_object (&self->draft);
  g_clear_object (&self->model);
  g_clear_object (&self->narrowed);
  g_clear_object (&self->registry);
  g_clear_pointer (&self->default_provider, g_free);

  G_OBJECT_CLASS (rushes_settings_group_parent_class)->dispose (object);
}

static void
rushes_settings_group_class_init (RushesSettingsGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_settings_group_dispose;

  signals[MODEL_CHANGED] = g_signal_new ("model-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 2, RUSHES_TYPE_MODEL, G_TYPE_PTR_ARRAY);

  g_type_ensure (RUSHES_TYPE_MODEL_ROW);
  g_type_ensure (RUSHES_TYPE_CHOICE_ROW);
  g_type_ensure (RUSHES_TYPE_MORE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-settings-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, model_row);
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, duration);
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, duration_range);
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, aspect);
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, resolution);
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, frame_rate);
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, count);
  gtk_widget_class_bind_template_child (widget_class, RushesSettingsGroup, more);
  gtk_widget_class_bind_template_callback_full (widget_class, "model_chosen",
                                                G_CALLBACK (rushes_settings_group_choose_model));
  gtk_widget_class_bind_template_callback (widget_class, providers_changed);
  gtk_widget_class_bind_template_callback (widget_class, duration_chosen);
  gtk_widget_class_bind_template_callback (widget_class, duration_set);
  gtk_widget_class_bind_template_callback (widget_class, aspect_chosen);
  gtk_widget_class_bind_template_callback (widget_class, resolution_chosen);
  gtk_widget_class_bind_template_callback (widget_class, frame_rate_chosen);
  gtk_widget_class_bind_template_callback (widget_class, count_set);
  gtk_widget_class_bind_template_callback (widget_class, write_seconds);
  gtk_widget_class_bind_template_callback (widget_class, read_seconds);
}

static void
rushes_settings_group_init (RushesSettingsGroup *self)
{
  /* What the rules of a model may look at, and what they may change. */
  static const char *const followed[] = {
    "notify::provider-id", "notify::model-id", "notify::duration", "notify::aspect",     "notify::resolution",
    "notify::frame-rate",  "notify::audio",    "notify::count",    "references-changed", "parameters-changed",
  };

  self->following = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->following = FALSE;

  self->draft_signals = g_signal_group_new (RUSHES_TYPE_DRAFT);
  for (gsize i = 0; i < G_N_ELEMENTS (followed); i++)
    g_signal_group_connect_swapped (self->draft_signals, followed[i], G_CALLBACK (draft_changed), self);
}
