/* rushes-player-opening.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-player-private.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "rushes-async.h"
#include "rushes-error.h"

/* Shared by the thread that looks at the file and what hears of it. */
typedef struct
{
  GWeakRef player;
  GFile *file;
  gboolean paints;
} Opening;

static void
opening_clear (gpointer data)
{
  Opening *opening = data;

  g_weak_ref_clear (&opening->player);
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
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) reason = NULL;

  if (gst_init_check (NULL, NULL, &error) && rushes_container_read_facts (opening->file, &facts, &error))
    {
      rushes_playback_preload (opening->paints);
      return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new (&facts, sizeof facts));
    }

  reason = rushes_error_translate (error);
  if (reason->code == RUSHES_ERROR_NOT_FOUND)
    return dex_future_new_for_error (rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                                                       _ ("The file of this clip is no longer where it was: %s."),
                                                       g_file_peek_path (opening->file)));
  return dex_future_new_for_error (g_steal_pointer (&reason));
}

static DexFuture *
on_opened (DexFuture *future, gpointer data)
{
  Opening *opening = data;
  g_autoptr (RushesPlayer) self = g_weak_ref_get (&opening->player);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self == NULL || self->file != opening->file)
    return NULL;

  if (value != NULL)
    {
      memcpy (&self->facts, g_bytes_get_data (g_value_get_boxed (value), NULL), sizeof self->facts);
      rushes_player_notify_facts (self);
      if (self->playback == NULL)
        {
          self->with_sound = self->facts.audio_codec != NULL;
          rushes_player_open_playback (self);
        }
    }
  else
    rushes_player_fail (self, error);

  return NULL;
}

void
rushes_player_open_file (RushesPlayer *self)
{
  Opening *opening;

  opening = g_atomic_rc_box_new0 (Opening);
  g_weak_ref_init (&opening->player, self);
  opening->file = g_object_ref (self->file);
  opening->paints = self->video_sink == NULL;
  dex_clear (&self->opening);
  self->opening = rushes_async_work (open_file, g_atomic_rc_box_acquire (opening), opening_unref);
  self->opening = dex_future_finally (self->opening, on_opened, opening, opening_unref);
}
