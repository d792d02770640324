/* rushes-composer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-composer-private.h"

#include <glib/gi18n.h>

#include "rushes-catalogue-dialog.h"
#include "rushes-models-dialog.h"
#include "rushes-settings.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* A draft is kept when nothing was changed for so long. */
#define PAUSE_MS 500
/* In pixels, at most, so that on a small screen the settings are still seen below it. */
#define PICTURE_HEIGHT 180

enum
{
  PROP_IN_SHEET = 1,
  PROP_PICTURE_HEIGHT,
  PROP_SUMMARY,
  PROP_DETAILS,
  PROP_PICTURE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  GENERATED,
  PICTURES_CAME,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesComposer, rushes_composer, ADW_TYPE_BIN)

/* ---- the draft ---- */

static void
draft_kept (gpointer object, DexFuture *future, gpointer data)
{
  RushesComposer *self = object;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    self->keeping_failed = FALSE;
  else if (!self->keeping_failed)
    {
      self->keeping_failed = TRUE;
      rushes_toast_error (self->toasts, error);
    }
}

void
rushes_composer_flush (RushesComposer *self)
{
  g_return_if_fail (RUSHES_IS_COMPOSER (self));

  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (!self->changed)
    return;
  self->changed = FALSE;
  rushes_when (rushes_library_save_draft (rushes_studio_get_library (self->studio), self->project, self->draft), self,
               draft_kept, NULL, NULL);
}

static gboolean
pause_over (gpointer data)
{
  RushesComposer *self = data;

  self->keep_source = 0;
  rushes_composer_flush (self);

  return G_SOURCE_REMOVE;
}

static void
summarize (RushesComposer *self)
{
  RushesModel *model = rushes_settings_group_get_model (self->settings_group);
  RushesPrice price = rushes_model_estimate (model, self->draft);
  g_autofree char *cost = rushes_price_to_display (&price);
  g_autofree char *words = g_strstrip (rushes_draft_get_whole_prompt (self->draft));
  g_autofree char *details = NULL;

  g_strdelimit (words, "\n\r\t", ' ');
  if (g_set_str (&self->summary, *words != '\0' ? words : _ ("New Take")))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);

  /* Translators: a model, its length in seconds and its price in one line: “Animatic · 5 s · free” */
  details = g_strdup_printf (_ ("%s · %g s · %s"), rushes_model_get_name (model),
                             rushes_draft_get_duration (self->draft), cost);
  if (g_set_str (&self->details, details))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DETAILS]);
}

static void
follow_draft (RushesComposer *self)
{
  rushes_composer_pictures_follow (self);
  rushes_composer_generate_follow (self);
  summarize (self);
}

void
rushes_composer_draft_changed (RushesComposer *self)
{
  self->changed = TRUE;
  g_clear_handle_id (&self->keep_source, g_source_remove);
  self->keep_source = g_timeout_add (PAUSE_MS, pause_over, self);
  follow_draft (self);
}

void
rushes_composer_show_draft (RushesComposer *self, RushesDraft *draft)
{
  g_autofree char *default_provider = g_settings_get_string (self->settings, "default-provider");

  g_signal_group_set_target (self->draft_signals, NULL);
  g_set_object (&self->draft, draft);
  rushes_settings_group_set_draft (self->settings_group, draft, default_provider);
  rushes_prompt_set_model (self->prompt, rushes_settings_group_get_model (self->settings_group));
  rushes_prompt_set_draft (self->prompt, draft);
  rushes_preset_picker_set_draft (self->preset_picker, draft);
  rushes_batch_row_set_pictures (self->batch_row, NULL);
  g_signal_group_set_target (self->draft_signals, draft);
  follow_draft (self);
}

GFile *
rushes_composer_get_references (RushesComposer *self)
{
  return rushes_folders_get_references (rushes_library_get_folders (rushes_studio_get_library (self->studio)));
}

static void
defaults_changed (RushesComposer *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "composer.clear-defaults",
                                 self->project != NULL && rushes_project_get_defaults (self->project) != NULL);
}

void
rushes_composer_set_project (RushesComposer *self, RushesProject *project)
{
  const char *id;
  RushesDraft *draft;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (RUSHES_IS_PROJECT (project));
  g_return_if_fail (self->studio != NULL);

  if (self->project == project)
    return;
  rushes_composer_flush (self);
  g_set_object (&self->project, project);
  g_signal_group_set_target (self->project_signals, project);
  defaults_changed (self);

  id = rushes_project_get_id (project);
  draft = g_hash_table_lookup (self->drafts, id);
  if (draft == NULL)
    {
      JsonNode *kept = rushes_project_get_draft (project);

      draft = rushes_draft_new ();
      if (kept == NULL)
        kept = rushes_project_get_defaults (project);
      if (kept != NULL)
        rushes_draft_load_json (draft, kept, rushes_composer_get_references (self));
      g_hash_table_insert (self->drafts, g_strdup (id), draft);
    }
  rushes_composer_show_draft (self, draft);
}

void
rushes_composer_pick_preset (RushesComposer *self, const char *name)
{
  RushesPreset *preset;

  g_return_if_fail (RUSHES_IS_COMPOSER (self));

  preset = rushes_presets_find (rushes_studio_get_presets (self->studio), name);
  if (preset != NULL)
    rushes_draft_set_preset (self->draft, rushes_preset_get_id (preset), rushes_preset_get_prompt (preset));
}

/* ---- the model ---- */

static void
model_changed (RushesComposer *self, RushesModel *model, GPtrArray *notes)
{
  rushes_prompt_set_model (self->prompt, model);
  follow_draft (self);
  rushes_composer_tell_notes (self, model, notes);
}

/* ---- actions ---- */

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesComposer *self = RUSHES_COMPOSER (widget);
  g_autoptr (JsonNode) before = rushes_draft_to_json (self->draft);

  rushes_batch_row_set_pictures (self->batch_row, NULL);
  rushes_draft_clear (self->draft);
  if (rushes_project_get_defaults (self->project) != NULL)
    rushes_draft_load_json (self->draft, rushes_project_get_defaults (self->project),
                            rushes_composer_get_references (self));
  rushes_composer_focus_prompt (self);
  rushes_composer_offer_undo (self, before, _ ("The composer is empty"));
}

static void
defaults_written (gpointer object, DexFuture *future, gpointer data)
{
  RushesComposer *self = object;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    rushes_toast (self->toasts, data);
  else
    rushes_toast_error (self->toasts, error);
}

static void
write_defaults (RushesComposer *self, RushesDraft *draft, const char *sentence)
{
  RushesLibrary *library = rushes_studio_get_library (self->studio);
  /* Is said elsewhere, and stays. */
  g_autoptr (GFile) folder = rushes_project_get_folder (self->project);

  rushes_when (rushes_library_set_defaults (library, self->project, draft, draft != NULL ? folder : NULL), self,
               defaults_written, g_strdup (sentence), g_free);
}

static void
set_defaults_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesComposer *self = RUSHES_COMPOSER (widget);

  if (self->project != NULL)
    write_defaults (self, self->draft, _ ("New takes of this project begin with these settings"));
}

static void
clear_defaults_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesComposer *self = RUSHES_COMPOSER (widget);

  if (self->project != NULL)
    write_defaults (self, NULL, _ ("New takes of this project begin with nothing set"));
}

static void
models_chosen (AdwDialog *dialog, GPtrArray *drafts, RushesComposer *self)
{
  rushes_composer_buy (self, self->project, drafts, rushes_draft_get_budget (self->draft), RUSHES_PURCHASE_MODELS);
}

static void
several_models_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesComposer *self = RUSHES_COMPOSER (widget);
  AdwDialog *dialog;

  if (self->draft == NULL)
    return;
  dialog = rushes_models_dialog_new (rushes_studio_get_registry (self->studio), self->draft);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (models_chosen), self, 0);
  adw_dialog_present (dialog, widget);
}

static void
model_taken (AdwDialog *dialog, RushesModel *model, RushesComposer *self)
{
  rushes_settings_group_choose_model (self->settings_group, model);
}

AdwDialog *
rushes_composer_show_models (RushesComposer *self)
{
  AdwDialog *dialog;

  g_return_val_if_fail (RUSHES_IS_COMPOSER (self), NULL);
  g_return_val_if_fail (self->draft != NULL, NULL);

  dialog = rushes_catalogue_dialog_new (rushes_studio_get_registry (self->studio),
                                        rushes_studio_get_library (self->studio), self->draft);
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (model_taken), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
  return dialog;
}

static void
generate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_composer_generate (RUSHES_COMPOSER (widget));
}

static void
history_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_prompt_walk (RUSHES_COMPOSER (widget)->prompt, g_str_equal (name, "composer.earlier-prompt") ? -1 : 1);
}

void
rushes_composer_focus_prompt (RushesComposer *self)
{
  g_return_if_fail (RUSHES_IS_COMPOSER (self));

  /* What is only about to be shown cannot have the focus yet. */
  self->focus_wanted = !gtk_widget_get_mapped (GTK_WIDGET (self->prompt));
  if (!self->focus_wanted)
    gtk_widget_grab_focus (GTK_WIDGET (self->prompt));
}

static void
prompt_mapped (RushesComposer *self)
{
  if (self->focus_wanted)
    rushes_composer_focus_prompt (self);
}

/* ---- the widget ---- */

void
rushes_composer_set_studio (RushesComposer *self, RushesStudio *studio)
{
  g_return_if_fail (RUSHES_IS_COMPOSER (self));
  g_return_if_fail (RUSHES_IS_STUDIO (studio));
  g_return_if_fail (self->studio == NULL);

  self->studio = g_object_ref (studio);
  rushes_settings_group_set_registry (self->settings_group, rushes_studio_get_registry (studio));
  rushes_preset_picker_set_presets (self->preset_picker, rushes_studio_get_presets (studio));
  rushes_prompt_set_library (self->prompt, rushes_studio_get_library (studio), rushes_studio_get_presets (studio));
  rushes_prompt_set_thumbnailer (self->prompt, rushes_studio_get_thumbnailer (studio));
  rushes_composer_pictures_init (self);
  rushes_composer_generate_init (self);
}

RushesProject *
rushes_composer_get_project (RushesComposer *self)
{
  g_return_val_if_fail (RUSHES_IS_COMPOSER (self), NULL);

  return self->project;
}

RushesDraft *
rushes_composer_get_draft (RushesComposer *self)
{
  g_return_val_if_fail (RUSHES_IS_COMPOSER (self), NULL);

  return self->draft;
}

void
rushes_composer_emit_generated (RushesComposer *self, GPtrArray *takes)
{
  rushes_prompt_renew (self->prompt);
  g_signal_emit (self, signals[GENERATED], 0, takes);
}

void
rushes_composer_emit_pictures_came (RushesComposer *self)
{
  g_signal_emit (self, signals[PICTURES_CAME], 0);
}

void
rushes_composer_notify_picture (RushesComposer *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PICTURE]);
}

static void
rushes_composer_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesComposer *self = RUSHES_COMPOSER (object);

  switch (id)
    {
    case PROP_IN_SHEET:
      g_value_set_boolean (value, self->in_sheet);
      break;
    case PROP_PICTURE_HEIGHT:
      g_value_set_int (value, self->picture_height);
      break;
    case PROP_SUMMARY:
      g_value_set_string (value, self->summary);
      break;
    case PROP_DETAILS:
      g_value_set_string (value, self->details);
      break;
    case PROP_PICTURE:
      g_value_set_object (value, rushes_well_get_paintable (self->first_well));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_composer_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesComposer *self = RUSHES_COMPOSER (object);

  switch (id)
    {
    case PROP_IN_SHEET:
      if (self->in_sheet == g_value_get_boolean (value))
        return;
      self->in_sheet = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_PICTURE_HEIGHT:
      if (self->picture_height == g_value_get_int (value))
        return;
      self->picture_height = g_value_get_int (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_composer_dispose (GObject *object)
{
  RushesComposer *self = RUSHES_COMPOSER (object);

  if (self->studio != NULL && self->project != NULL)
    rushes_composer_flush (self);
  g_clear_object (&self->draft_signals);
  g_clear_object (&self->project_signals);
  g_clear_weak_pointer (&self->told);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_COMPOSER);
  g_clear_object (&self->draft);
  g_clear_object (&self->project);
  g_clear_object (&self->studio);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_composer_parent_class)->dispose (object);
}

static void
rushes_composer_finalize (GObject *object)
{
  RushesComposer *self = RUSHES_COMPOSER (object);

  g_hash_table_unref (self->drafts);
  g_free (self->summary);
  g_free (self->details);
  g_free (self->last_order);

  G_OBJECT_CLASS (rushes_composer_parent_class)->finalize (object);
}

static void
rushes_composer_class_init (RushesComposerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags changeable = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_composer_get_property;
  object_class->set_property = rushes_composer_set_property;
  object_class->dispose = rushes_composer_dispose;
  object_class->finalize = rushes_composer_finalize;

  properties[PROP_IN_SHEET] = g_param_spec_boolean ("in-sheet", NULL, NULL, FALSE, changeable);
  properties[PROP_PICTURE_HEIGHT] =
      g_param_spec_int ("picture-height", NULL, NULL, 1, G_MAXINT, PICTURE_HEIGHT, changeable);
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL, readable);
  properties[PROP_DETAILS] = g_param_spec_string ("details", NULL, NULL, NULL, readable);
  properties[PROP_PICTURE] = g_param_spec_object ("picture", NULL, NULL, GDK_TYPE_PAINTABLE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[GENERATED] = g_signal_new ("generated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
  signals[PICTURES_CAME] =
      g_signal_new ("pictures-came", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "composer.generate", NULL, generate_action);
  gtk_widget_class_install_action (widget_class, "composer.several-models", NULL, several_models_action);
  gtk_widget_class_install_action (widget_class, "composer.clear", NULL, clear_action);
  gtk_widget_class_install_action (widget_class, "composer.set-defaults", NULL, set_defaults_action);
  gtk_widget_class_install_action (widget_class, "composer.clear-defaults", NULL, clear_defaults_action);
  gtk_widget_class_install_action (widget_class, "composer.earlier-prompt", NULL, history_action);
  gtk_widget_class_install_action (widget_class, "composer.later-prompt", NULL, history_action);

  g_type_ensure (RUSHES_TYPE_WELL);
  g_type_ensure (RUSHES_TYPE_BATCH_ROW);
  g_type_ensure (RUSHES_TYPE_PROMPT);
  g_type_ensure (RUSHES_TYPE_PRESET_PICKER);
  g_type_ensure (RUSHES_TYPE_SETTINGS_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-composer.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, toasts);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, first_well);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, last_well);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, reference_wells);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, batch_row);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, prompt);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, prompt_area);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, preset_picker);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, settings_group);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, generate_button);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, generate_label);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, missing);
  gtk_widget_class_bind_template_child (widget_class, RushesComposer, settings_button);
  gtk_widget_class_bind_template_callback (widget_class, model_changed);
  gtk_widget_class_bind_template_callback (widget_class, prompt_mapped);
  gtk_widget_class_bind_template_callback_full (widget_class, "delivered",
                                                G_CALLBACK (rushes_composer_pictures_delivered));
  gtk_widget_class_bind_template_callback_full (widget_class, "cleared", G_CALLBACK (rushes_composer_pictures_cleared));
  gtk_widget_class_bind_template_callback_full (widget_class, "menu_opens",
                                                G_CALLBACK (rushes_composer_pictures_menu_opens));
  gtk_widget_class_bind_template_callback_full (widget_class, "moved", G_CALLBACK (rushes_composer_pictures_moved));
  gtk_widget_class_bind_template_callback_full (widget_class, "pictures_pasted",
                                                G_CALLBACK (rushes_composer_pictures_pasted));
  gtk_widget_class_bind_template_callback_full (widget_class, "batch_changed",
                                                G_CALLBACK (rushes_composer_generate_follow));
}

static void
rushes_composer_init (RushesComposer *self)
{
  self->picture_height = PICTURE_HEIGHT;
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->project_signals = g_signal_group_new (RUSHES_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "notify::defaults", G_CALLBACK (defaults_changed), self);
  defaults_changed (self);
  self->draft_signals = g_signal_group_new (RUSHES_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "notify", G_CALLBACK (rushes_composer_draft_changed), self);
  g_signal_group_connect_swapped (self->draft_signals, "references-changed", G_CALLBACK (rushes_composer_draft_changed),
                                  self);
  g_signal_group_connect_swapped (self->draft_signals, "parameters-changed", G_CALLBACK (rushes_composer_draft_changed),
                                  self);
}
