/* rushes-ensemble-opening.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ensemble-private.h"

#include <gst/gst.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-container.h"

/* Shared by the thread that looks at the file and what hears of it. */
typedef struct
{
  GWeakRef ensemble;
  GFile *file;
  guint which;
} Opening;

static void
opening_clear (gpointer data)
{
  Opening *opening = data;

  g_weak_ref_clear (&opening->ensemble);
  g_object_unref (opening->file);
}

static void
opening_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, opening_clear);
}

/* In a thread: GStreamer's first start reads all plug-ins, and what is no clip never gets to it. */
static DexFuture *
open_file (gpointer data)
{
  Opening *opening = data;
  RushesClipFacts facts = { 0 };
  GError *error = NULL;

  if (!gst_init_check (NULL, NULL, &error) || !rushes_container_read_facts (opening->file, &facts, &error))
    return dex_future_new_for_error (error);

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new (&facts, sizeof facts));
}

/* Who is heard before the person says it: the first that can be. */
static void
find_voice (RushesEnsemble *self)
{
  for (guint i = 0; !self->heard_chosen && i < self->n_clips; i++)
    if (rushes_ensemble_get_has_audio (self, i))
      {
        self->heard = i;
        g_object_notify (G_OBJECT (self), "heard");
        break;
      }
}

static DexFuture *
on_opened (DexFuture *future, gpointer data)
{
  Opening *opening = data;
  g_autoptr (RushesEnsemble) self = g_weak_ref_get (&opening->ensemble);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  RushesEnsembleClip *clip;

  if (self == NULL)
    return NULL;

  clip = &self->clips[opening->which];
  if (value != NULL)
    {
      memcpy (&clip->facts, g_bytes_get_data (g_value_get_boxed (value), NULL), sizeof clip->facts);
      clip->known = TRUE;
      clip->with_sound = clip->facts.audio_codec != NULL;
      find_voice (self);
      rushes_ensemble_notify_facts (self);
    }
  else
    rushes_ensemble_fail (self, opening->which, error);
  clip->is_opening = FALSE;
  rushes_ensemble_begin (self);
  g_signal_emit_by_name (self, "clip-changed", opening->which);

  return NULL;
}

void
rushes_ensemble_set_file (RushesEnsemble *self, guint which, GFile *file)
{
  Opening *opening;
  RushesEnsembleClip *clip;

  g_return_if_fail (RUSHES_IS_ENSEMBLE (self));
  g_return_if_fail (which < self->n_clips);
  g_return_if_fail (G_IS_FILE (file));
  g_return_if_fail (self->clips[which].file == NULL);

  clip = &self->clips[which];
  clip->file = g_object_ref (file);
  clip->is_opening = TRUE;
  opening = g_atomic_rc_box_new0 (Opening);
  g_weak_ref_init (&opening->ensemble, self);
  opening->file = g_object_ref (file);
  opening->which = which;
  clip->opening = rushes_async_work (open_file, g_atomic_rc_box_acquire (opening), opening_unref);
  clip->opening = dex_future_finally (clip->opening, on_opened, opening, opening_unref);
}
