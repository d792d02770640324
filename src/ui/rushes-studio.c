/* rushes-studio.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-studio.h"

#include "rushes-async.h"

struct _RushesStudio
{
  GObject parent_instance;

  RushesLibrary *library;
  RushesQueue *queue;
  RushesRegistry *registry;
  RushesPresets *presets;
  RushesImporter *importer;
  RushesThumbnailer *thumbnailer;
  RushesPictureFitter *fitter;
  GError *presets_error;
};

G_DEFINE_FINAL_TYPE (RushesStudio, rushes_studio, G_TYPE_OBJECT)

static void
rushes_studio_finalize (GObject *object)
{
  RushesStudio *self = RUSHES_STUDIO (object);

  g_clear_object (&self->fitter);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->importer);
  g_clear_object (&self->presets);
  g_clear_object (&self->queue);
  g_clear_object (&self->registry);
  g_clear_object (&self->library);
  g_clear_error (&self->presets_error);

  G_OBJECT_CLASS (rushes_studio_parent_class)->finalize (object);
}

static void
rushes_studio_class_init (RushesStudioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_studio_finalize;
}

static void
rushes_studio_init (RushesStudio *self)
{
}

/* What was just made is what is looked at next. */
static void
take_ended (RushesStudio *self, RushesTake *take)
{
  RushesClip *clip = rushes_take_get_clip (take);

  if (clip != NULL)
    dex_future_disown (rushes_thumbnailer_load_strip (self->thumbnailer, clip));
}

typedef struct
{
  RushesFolders *folders;
  RushesRegistry *registry;
  RushesPictureFitter *fitter;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  g_object_unref (self->folders);
  g_object_unref (self->registry);
  g_object_unref (self->fitter);
  g_free (self);
}

static DexFuture *
open_fiber (gpointer data)
{
  Opening *opening = data;
  g_autoptr (RushesStudio) self = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library = NULL;

  library = dex_await_object (rushes_library_open (opening->folders, RUSHES_LIBRARY_OPEN_DEFAULT), &error);
  if (library == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  rushes_library_set_fitter (library, opening->fitter);
  self = g_object_new (RUSHES_TYPE_STUDIO, NULL);
  self->library = library;
  self->registry = g_object_ref (opening->registry);
  self->queue = rushes_queue_new (library, opening->registry, opening->fitter);
  self->presets = rushes_presets_new (opening->folders);
  self->importer = rushes_importer_new (opening->folders, opening->fitter);
  self->thumbnailer = rushes_thumbnailer_new (opening->folders);
  self->fitter = g_object_ref (opening->fitter);
  g_signal_connect_object (self->queue, "take-ended", G_CALLBACK (take_ended), self, G_CONNECT_SWAPPED);
  /* The presets that ship are there in any case. */
  dex_await (rushes_presets_load (self->presets), &self->presets_error);

  return dex_future_new_take_object (g_steal_pointer (&self));
}

DexFuture *
rushes_studio_open (RushesFolders *folders, RushesRegistry *registry, RushesPictureFitter *fitter)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->folders = g_object_ref (folders);
  opening->registry = g_object_ref (registry);
  opening->fitter = g_object_ref (fitter);

  return rushes_async_spawn (open_fiber, opening, opening_free);
}

static DexFuture *
close_fiber (gpointer data)
{
  RushesStudio *self = data;
  g_autoptr (GError) error = NULL;

  dex_await (rushes_presets_settle (self->presets), NULL);
  if (!dex_await (rushes_queue_stop (self->queue), &error) || !dex_await (rushes_library_close (self->library), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_true ();
}

DexFuture *
rushes_studio_close (RushesStudio *self)
{
  dex_return_error_if_fail (RUSHES_IS_STUDIO (self));

  return rushes_async_spawn (close_fiber, g_object_ref (self), g_object_unref);
}

RushesLibrary *
rushes_studio_get_library (RushesStudio *self)
{
  return self->library;
}

RushesQueue *
rushes_studio_get_queue (RushesStudio *self)
{
  return self->queue;
}

RushesRegistry *
rushes_studio_get_registry (RushesStudio *self)
{
  return self->registry;
}

RushesPresets *
rushes_studio_get_presets (RushesStudio *self)
{
  return self->presets;
}

RushesImporter *
rushes_studio_get_importer (RushesStudio *self)
{
  return self->importer;
}

RushesThumbnailer *
rushes_studio_get_thumbnailer (RushesStudio *self)
{
  return self->thumbnailer;
}

RushesPictureFitter *
rushes_studio_get_fitter (RushesStudio *self)
{
  return self->fitter;
}

const GError *
rushes_studio_get_presets_error (RushesStudio *self)
{
  return self->presets_error;
}
