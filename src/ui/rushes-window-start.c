/* rushes-window-start.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-window-private.h"

#include "rushes-getting-started.h"
#include "rushes-provider-settings.h"
#include "rushes-sample.h"
#include "rushes-settings-group.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* ---- at once ---- */

static void
take_began (gpointer object, DexFuture *future, gpointer data)
{
  RushesWindow *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autoptr (RushesDraft) draft = NULL;
  RushesTake *take;

  if (self->first_start != NULL)
    rushes_first_start_set_busy (self->first_start, FALSE);
  if (value == NULL)
    {
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }

  /* What was made can be changed and made again. */
  take = g_value_get_object (value);
  draft = rushes_draft_new ();
  rushes_draft_set_from_request (draft, rushes_take_get_request (take));
  rushes_draft_set_seed (draft, -1);
  rushes_composer_begin (self->composer, draft);
  rushes_window_open_take (self, take);
}

static void
try_now (RushesWindow *self)
{
  if (self->first_start != NULL)
    rushes_first_start_set_busy (self->first_start, TRUE);
  rushes_when (rushes_sample_generate (self->studio, self->project), self, take_began, NULL, NULL);
}

/* ---- with a provider ---- */

static void
sample_composed (gpointer object, DexFuture *future, gpointer data)
{
  RushesWindow *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    {
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }
  rushes_composer_begin (self->composer, g_value_get_object (value));
  adw_navigation_view_pop_to_page (self->places, ADW_NAVIGATION_PAGE (self->library_page));
  rushes_window_show_composer (self, TRUE);
  rushes_composer_focus_prompt (self->composer);
}

/* Everything is filled in; what it costs stands on the button, and the person presses that. */
static void
provider_chosen (RushesWindow *self, RushesProvider *provider)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get (rushes_provider_get_id (provider));

  g_settings_set_boolean (settings, "enabled", TRUE);
  rushes_when (rushes_sample_compose (self->studio, rushes_settings_group_find_default (provider)), self,
               sample_composed, NULL, NULL);
}

static void
open_getting_started (RushesWindow *self, const char *way)
{
  AdwDialog *dialog = rushes_getting_started_new (rushes_studio_get_registry (self->studio), way);

  g_signal_connect_object (dialog, "chosen", G_CALLBACK (provider_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "try-now", G_CALLBACK (try_now), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
getting_started (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *self = data;

  if (self->studio != NULL)
    open_getting_started (self, NULL);
}

void
rushes_window_start_init (RushesWindow *self)
{
  static const GActionEntry actions[] = { { "getting-started", getting_started, NULL, NULL, NULL } };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/* ---- the first start ---- */

static void
way_chosen (RushesWindow *self, const char *way)
{
  if (g_str_equal (way, "animatic"))
    try_now (self);
  else
    open_getting_started (self, way);
}

static void
preset_picked (RushesWindow *self, RushesPreset *preset)
{
  rushes_composer_pick_preset (self->composer, rushes_preset_get_id (preset));
  rushes_window_show_composer (self, TRUE);
  rushes_composer_focus_prompt (self->composer);
}

static void
dropped (RushesWindow *self, GdkDrop *drop)
{
  rushes_composer_take_drop (self->composer, drop);
}

static void
choose (RushesWindow *self)
{
  rushes_composer_choose_picture (self->composer);
}

/* The first take ends the first start, also when another process made it. */
static void
takes_changed (RushesWindow *self)
{
  if (g_list_model_get_n_items (self->all_takes) > 0)
    rushes_window_end_first_start (self);
}

void
rushes_window_begin_first_start (RushesWindow *self)
{
  self->first_start = RUSHES_FIRST_START (rushes_first_start_new (rushes_studio_get_presets (self->studio)));
  g_signal_connect_object (self->first_start, "choose", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->first_start, "dropped", G_CALLBACK (dropped), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->first_start, "preset-picked", G_CALLBACK (preset_picked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->first_start, "way-chosen", G_CALLBACK (way_chosen), self, G_CONNECT_SWAPPED);
  self->all_takes = rushes_library_list_takes (rushes_studio_get_library (self->studio), NULL);
  g_signal_connect_object (self->all_takes, "items-changed", G_CALLBACK (takes_changed), self, G_CONNECT_SWAPPED);
  rushes_library_page_set_blank (self->library_page, GTK_WIDGET (self->first_start));
  rushes_window_show_composer (self, FALSE);
}

void
rushes_window_end_first_start (RushesWindow *self)
{
  if (self->first_start == NULL)
    return;
  self->first_start = NULL;
  g_signal_handlers_disconnect_by_func (self->all_takes, takes_changed, self);
  g_clear_object (&self->all_takes);
  rushes_library_page_set_blank (self->library_page, NULL);
  rushes_window_restore_sidebar (self);
  rushes_window_follow_layout (self);
}
