/* rushes-shot.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-shot.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "rushes-backdrop.h"
#include "rushes-caption.h"
#include "rushes-error.h"
#include "rushes-picture-reader.h"
#include "rushes-title-card.h"

RushesShot *
rushes_shot_new (RushesRequest *request, GError **error)
{
  g_autoptr (RushesShot) self = g_new0 (RushesShot, 1);
  const char *caption = rushes_request_get_parameter (request, "caption");
  RushesReference *reference = NULL;
  const char *text;

  if (!rushes_resolution_to_size (rushes_request_get_resolution (request), rushes_request_get_aspect (request),
                                  &self->width, &self->height))
    {
      rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED, _ ("“%s” at %s is no size that Animatic knows."),
                        rushes_request_get_resolution (request), rushes_request_get_aspect (request));
      return NULL;
    }
  self->frame_rate = rushes_request_get_frame_rate (request);
  self->n_frames = MAX (1, (guint) lround (rushes_request_get_duration (request) * self->frame_rate));
  self->seed = rushes_request_get_seed (request);
  self->audio = rushes_request_get_audio (request);
  self->move = g_strdup (rushes_request_get_parameter (request, "move"));
  self->direction = g_strdup (rushes_request_get_preset_text (request));
  self->caption = g_strcmp0 (caption, "true") == 0;

  /* What was typed says what is seen; a preset says how. */
  text = rushes_request_get_prompt (request);
  self->text = g_strdup (*text != '\0' ? text : rushes_request_get_whole_prompt (request));
  g_strstrip (self->text);

  if (rushes_request_get_n_references (request, RUSHES_ROLE_FIRST_FRAME) > 0)
    reference = rushes_request_get_reference (request, RUSHES_ROLE_FIRST_FRAME, 0);
  if (reference != NULL)
    {
      self->picture = g_object_ref (rushes_reference_get_file (reference));
      self->picture_name = g_strdup (rushes_reference_get_name (reference));
      self->picture_width = rushes_reference_get_width (reference);
      self->picture_height = rushes_reference_get_height (reference);
    }

  return g_steal_pointer (&self);
}

void
rushes_shot_free (RushesShot *self)
{
  g_clear_object (&self->picture);
  g_free (self->picture_name);
  g_free (self->move);
  g_free (self->direction);
  g_free (self->text);
  g_free (self);
}

static RushesMoveKind
choose_move (const RushesShot *self)
{
  RushesMoveKind kind;

  if (rushes_move_kind_from_name (self->move, &kind) || rushes_move_kind_from_words (self->text, self->seed, &kind) ||
      rushes_move_kind_from_words (self->direction, self->seed, &kind))
    return kind;

  return rushes_move_kind_choose (self->picture_width, self->picture_height, self->width, self->height, self->seed);
}

static RushesFrameRenderer *
prepare_picture (const RushesShot *self, GError **error)
{
  double seconds = (double) self->n_frames / self->frame_rate;
  RushesMoveKind kind = choose_move (self);
  RushesMove move;
  RushesArea area;
  double closest, furthest;
  g_autoptr (GdkPixbuf) read = NULL, picture = NULL;
  RushesStill *still;

  /* No more of a large photograph is decoded than the camera will see at its closest, and a little for the filter. */
  rushes_move_init (&move, kind, self->picture_width, self->picture_height, self->width, self->height, seconds,
                    self->seed);
  closest = MIN (move.from.scale, move.to.scale);
  read =
      rushes_picture_read (self->picture, self->picture_name,
                           (int) ceil (1.2 * MAX (self->picture_width, self->picture_height) / closest), NULL, error);
  if (read == NULL)
    return NULL;
  picture = rushes_backdrop_put_behind (read);

  rushes_move_init (&move, kind, gdk_pixbuf_get_width (picture), gdk_pixbuf_get_height (picture), self->width,
                    self->height, seconds, self->seed);
  closest = MIN (move.from.scale, move.to.scale);
  furthest = MAX (move.from.scale, move.to.scale);
  area = rushes_move_get_area (&move, self->width, self->height);
  still = rushes_still_new (
      &(RushesRaster) {
          .pixels = gdk_pixbuf_read_pixels (picture),
          .stride = gdk_pixbuf_get_rowstride (picture),
          .width = gdk_pixbuf_get_width (picture),
          .height = gdk_pixbuf_get_height (picture),
          .channels = 3,
      },
      &area, 2 * (int) ceil (area.width / closest * RUSHES_STILL_DENSITY / 2),
      2 * (int) ceil (area.height / closest * RUSHES_STILL_DENSITY / 2), sqrt (closest * furthest));

  return rushes_frame_renderer_new (self->width, self->height, self->frame_rate, self->n_frames, still, &move);
}

RushesFrameRenderer *
rushes_shot_prepare (const RushesShot *self, GError **error)
{
  RushesFrameRenderer *renderer;

  if (self->picture == NULL)
    return rushes_title_card_new (self->text, self->width, self->height, self->frame_rate, self->n_frames, self->seed);

  renderer = prepare_picture (self, error);
  if (renderer != NULL && self->caption && *self->text != '\0')
    rushes_caption_add (renderer, self->text, self->width, self->height, (double) self->n_frames / self->frame_rate);

  return renderer;
}
