/* rushes-window-again.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-window-private.h"

#include <glib/gi18n.h>

#include "rushes-again.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* More takes of one that is there, by the actions that rushes-again.h puts into menus. */

typedef struct
{
  char *model_id; /* NULL: variations */
  char *resolution;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->model_id);
  g_free (wish->resolution);
  g_free (wish);
}

static GPtrArray *
list_drafts (RushesWindow *self, RushesTake *take, const Wish *wish)
{
  GPtrArray *drafts;
  RushesDraft *draft;

  if (wish->model_id == NULL)
    return rushes_again_list_variations (take);
  draft = rushes_again_make_final (rushes_studio_get_registry (self->studio), take, wish->model_id, wish->resolution);
  if (draft == NULL)
    return NULL;
  drafts = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (drafts, draft);
  return drafts;
}

static void
take_found (gpointer object, DexFuture *future, gpointer data)
{
  RushesWindow *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autoptr (GPtrArray) drafts = NULL;
  RushesProject *project;
  RushesTake *take;

  if (value == NULL)
    {
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }
  take = g_value_get_object (value);
  project = rushes_library_find_project (rushes_studio_get_library (self->studio), rushes_take_get_project_id (take));
  if (rushes_take_get_request (take) != NULL)
    drafts = list_drafts (self, take, data);
  if (drafts == NULL)
    rushes_toast (GTK_WIDGET (self), _ ("This cannot be made of the take any more."));
  else
    rushes_composer_buy_again (self->composer, project != NULL ? project : self->project, drafts);
}

static void
look_up (RushesWindow *self, const char *id, Wish *wish)
{
  rushes_when (rushes_library_find_take (rushes_studio_get_library (self->studio), id), self, take_found, wish,
               wish_free);
}

static void
vary_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *self = data;

  if (self->studio != NULL)
    look_up (self, g_variant_get_string (parameter, NULL), g_new0 (Wish, 1));
}

static void
finish_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *self = data;
  const char *id, *model_id, *resolution;
  Wish *wish;

  if (self->studio == NULL)
    return;
  g_variant_get (parameter, "(&s&s&s)", &id, &model_id, &resolution);
  wish = g_new0 (Wish, 1);
  wish->model_id = g_strdup (model_id);
  wish->resolution = g_strdup (resolution);
  look_up (self, id, wish);
}

void
rushes_window_extend (RushesTakePage *page, RushesTake *take, RushesDraft *draft, RushesWindow *self)
{
  RushesProject *project =
      rushes_library_find_project (rushes_studio_get_library (self->studio), rushes_take_get_project_id (take));
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (drafts, g_object_ref (draft));
  rushes_composer_buy_again (self->composer, project != NULL ? project : self->project, drafts);
}

void
rushes_window_again_init (RushesWindow *self)
{
  static const GActionEntry actions[] = {
    { "vary", vary_action, "s", NULL, NULL },
    { "finish", finish_action, "(sss)", NULL, NULL },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
