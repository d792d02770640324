/* rushes-library.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-library-private.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-project-private.h"
#include "rushes-take-list.h"
#include "rushes-take-private.h"

G_DEFINE_FINAL_TYPE (RushesLibrary, rushes_library, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PAUSED,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* What the table of takes holds for each that somebody keeps alive. */
typedef struct
{
  RushesLibrary *library;
  RushesTake *take;
  char *id;
} Known;

static void
known_free (Known *known)
{
  g_free (known->id);
  g_free (known);
}

static void
forget_take (gpointer data, GObject *gone)
{
  Known *known = data;

  g_hash_table_remove (known->library->takes, known->id);
}

static void
rushes_library_dispose (GObject *object)
{
  RushesLibrary *self = RUSHES_LIBRARY (object);
  GHashTableIter iter;
  Known *known;

  g_hash_table_iter_init (&iter, self->takes);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &known))
    {
      g_object_weak_unref (G_OBJECT (known->take), forget_take, known);
      g_hash_table_iter_remove (&iter);
    }
  rushes_library_unwatch (self);
  g_cancellable_cancel (self->closing);
  if (self->store != NULL)
    {
      rushes_store_set_listener (self->store, NULL, NULL, NULL);
      rushes_library_end_runner (self);
      dex_future_disown (rushes_store_close (self->store));
    }
  g_clear_pointer (&self->store, rushes_store_unref);

  G_OBJECT_CLASS (rushes_library_parent_class)->dispose (object);
}

static void
rushes_library_finalize (GObject *object)
{
  RushesLibrary *self = RUSHES_LIBRARY (object);

  g_hash_table_unref (self->takes);
  g_free (self->warning);
  g_ptr_array_unref (self->lists);
  g_object_unref (self->projects);
  g_object_unref (self->closing);
  g_ptr_array_unref (self->copies);
  g_clear_object (&self->folders);
  g_clear_object (&self->fitter);
  g_clear_error (&self->problem);

  G_OBJECT_CLASS (rushes_library_parent_class)->finalize (object);
}

static void
rushes_library_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PAUSED:
      g_value_set_boolean (value, rushes_library_get_paused (RUSHES_LIBRARY (object)));
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, rushes_library_get_problem (RUSHES_LIBRARY (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_library_class_init (RushesLibraryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rushes_library_dispose;
  object_class->finalize = rushes_library_finalize;
  object_class->get_property = rushes_library_get_property;

  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_signal_new ("changed", RUSHES_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("written", RUSHES_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("runner-gone", RUSHES_TYPE_LIBRARY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rushes_library_init (RushesLibrary *self)
{
  self->projects = g_list_store_new (RUSHES_TYPE_PROJECT);
  self->takes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) known_free);
  self->lists = g_ptr_array_new ();
  self->closing = g_cancellable_new ();
  self->copies = g_ptr_array_new_with_free_func (dex_unref);
}

RushesFolders *
rushes_library_get_folders (RushesLibrary *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);

  return self->folders;
}

void
rushes_library_set_fitter (RushesLibrary *self, RushesPictureFitter *fitter)
{
  g_return_if_fail (RUSHES_IS_LIBRARY (self));
  g_return_if_fail (RUSHES_IS_PICTURE_FITTER (fitter));

  g_set_object (&self->fitter, fitter);
}

RushesPictureFitter *
rushes_library_get_fitter (RushesLibrary *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);

  return self->fitter;
}

const char *
rushes_library_get_warning (RushesLibrary *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);

  return self->warning != NULL ? self->warning : rushes_store_get_warning (self->store);
}

const GError *
rushes_library_get_problem (RushesLibrary *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), NULL);

  return self->problem;
}

void
rushes_library_set_problem (RushesLibrary *self, const GError *problem)
{
  g_clear_error (&self->problem);
  self->problem = g_error_copy (problem);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

gboolean
rushes_library_get_paused (RushesLibrary *self)
{
  g_return_val_if_fail (RUSHES_IS_LIBRARY (self), FALSE);

  return self->paused;
}

void
rushes_library_follow_paused (RushesLibrary *self, gboolean paused)
{
  if (self->paused == paused)
    return;
  self->paused = paused;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

const char *
rushes_library_get_runner_id (RushesLibrary *self)
{
  return self->runner != NULL ? rushes_runner_get_id (self->runner) : NULL;
}

RushesTake *
rushes_library_get_take (RushesLibrary *self, const char *id)
{
  Known *known = g_hash_table_lookup (self->takes, id);

  if (known != NULL)
    return g_object_ref (known->take);

  known = g_new (Known, 1);
  known->library = self;
  known->take = rushes_take_new (id);
  known->id = g_strdup (id);
  g_hash_table_insert (self->takes, known->id, known);
  g_object_weak_ref (G_OBJECT (known->take), forget_take, known);

  return known->take;
}

/* A take is worth more than the form in which its request was once written down: what was paid for is still there. */
static RushesRequest *
read_request (RushesLibrary *self, const RushesTakeRow *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (JsonNode) node = json_from_string (row->request, &error);
  RushesRequest *request = NULL;

  if (node != NULL)
    request = rushes_request_from_json (node, rushes_folders_get_references (self->folders), &error);
  if (request != NULL)
    return request;

  problem = rushes_error_new (RUSHES_ERROR_STORAGE,
                              /* Translators: of a take in the library; %s is a technical reason */
                              _ ("What was asked for in this take cannot be read any more (%s), so it cannot be made "
                                 "again. Describe it anew to make another."),
                              /* Translators: stands in for a technical reason */
                              error != NULL ? error->message : _ ("nothing is there"));

  return rushes_request_new_lost (row->provider, row->model, row->prompt, problem);
}

static RushesClip *
make_clip (RushesLibrary *self, const RushesTakeRow *row)
{
  g_autoptr (GFile) file = NULL;

  if (row->file == NULL)
    return NULL;
  file = g_file_resolve_relative_path (rushes_folders_get_clips (self->folders), row->file);

  return rushes_clip_new (file, &row->facts, row->sha256);
}

RushesTake *
rushes_library_apply_row (RushesLibrary *self, const RushesTakeRow *row)
{
  RushesTake *take = rushes_library_get_take (self, row->id);
  g_autoptr (RushesClip) clip = make_clip (self, row);
  g_autoptr (RushesRequest) request = NULL;

  /* A request never changes, so that it is read only once. */
  if (rushes_take_get_loaded (take))
    g_set_object (&request, rushes_take_get_request (take));
  else
    request = read_request (self, row);
  rushes_take_set_askable (take, row->askable);
  rushes_take_set_cached (take, row->cached);
  rushes_take_set_turn (take, row->turn);
  rushes_take_set_elsewhere (take, row->elsewhere);
  rushes_take_set_row (take, row->project_id, request, row->created, row->state, row->state_since, row->error, clip,
                       &row->price, row->starred, row->note, row->saved_to, row->cancelling, row->deleted);

  return take;
}

void
rushes_library_refresh_row (RushesLibrary *self, const RushesTakeRow *row)
{
  if (g_hash_table_contains (self->takes, row->id))
    g_object_unref (rushes_library_apply_row (self, row));
}

void
rushes_library_follow (RushesLibrary *self, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    rushes_library_refresh_row (self, g_ptr_array_index (rows, i));
  if (rows->len > 0)
    for (guint i = 0; i < self->lists->len; i++)
      rushes_take_list_follow (g_ptr_array_index (self->lists, i), rows);
}

void
rushes_change_init (RushesChange *self, RushesLibrary *library)
{
  self->library = g_object_ref (library);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_take_row_free);
}

void
rushes_change_clear (RushesChange *self)
{
  g_clear_object (&self->library);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->projects, g_ptr_array_unref);
}

gboolean
rushes_change_touch (RushesChange *self, RushesDatabase *database, const char *take_id, GError **error)
{
  RushesTakeRow *row;

  if (!rushes_take_row_touch (database, take_id, error) ||
      (row = rushes_take_row_load (database, take_id, error)) == NULL)
    return FALSE;
  g_ptr_array_add (self->rows, row);

  return TRUE;
}

gboolean
rushes_change_touch_projects (RushesChange *self, RushesDatabase *database, GError **error)
{
  g_clear_pointer (&self->projects, g_ptr_array_unref);
  self->projects = rushes_project_load_rows (database, error);

  return self->projects != NULL;
}

void
rushes_change_apply (RushesChange *self)
{
  rushes_library_follow (self->library, self->rows);
  if (self->projects != NULL)
    rushes_library_follow_projects (self->library, self->projects);
}
