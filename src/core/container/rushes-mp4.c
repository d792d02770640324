/* rushes-mp4.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "rushes-container-private.h"
#include "rushes-error.h"
#include "rushes-mp4-box.h"
#include "rushes-mp4-track.h"

/* A header of an hour of video takes less than a megabyte; what goes far beyond is no clip. */
#define MAX_MOOV  (64 * 1024 * 1024)
#define MAX_MOOF  (16 * 1024 * 1024)
#define MAX_BOXES 200000

typedef struct
{
  GArray *tracks; /* of RushesMp4Track */
  gboolean has_moov;
  double duration; /* of the whole, as the header says; 0 unknown */
} Movie;

static void
movie_clear (Movie *self)
{
  g_clear_pointer (&self->tracks, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Movie, movie_clear)

static void
read_movie_header (Movie *self, RushesSpan mvhd)
{
  gboolean is_long = rushes_span_u8 (mvhd, 0) == 1;
  guint32 timescale = rushes_span_u32 (mvhd, is_long ? 20 : 12);
  guint64 duration = is_long ? rushes_span_u64 (mvhd, 24) : rushes_span_u32 (mvhd, 16);

  /* All ones say that the length is not known. */
  if (timescale > 0 && duration != (is_long ? G_MAXUINT64 : G_MAXUINT32))
    self->duration = (double) duration / timescale;
}

static RushesMp4Track *
find_track (Movie *self, guint32 id)
{
  for (guint i = 0; i < self->tracks->len; i++)
    {
      RushesMp4Track *track = &g_array_index (self->tracks, RushesMp4Track, i);

      if (track->id == id)
        return track;
    }
  return NULL;
}

static void
read_fragment_defaults (Movie *self, RushesSpan mvex)
{
  RushesSpan body;
  guint32 type;

  while (rushes_span_next_box (&mvex, &type, &body))
    {
      RushesMp4Track *track;

      if (type == RUSHES_FOURCC ('t', 'r', 'e', 'x') && (track = find_track (self, rushes_span_u32 (body, 4))))
        track->default_ticks = rushes_span_u32 (body, 12);
    }
}

static gboolean
read_movie (Movie *self, RushesSpan moov, guint64 file_size, GError **error)
{
  RushesSpan rest = moov;
  RushesSpan body;
  guint32 type;

  read_movie_header (self, rushes_span_find_box (moov, RUSHES_FOURCC ('m', 'v', 'h', 'd')));
  while (rushes_span_next_box (&rest, &type, &body))
    {
      RushesMp4Track track = { 0 };

      if (type != RUSHES_FOURCC ('t', 'r', 'a', 'k'))
        continue;
      if (!rushes_mp4_track_read (&track, body, file_size))
        return rushes_container_fail_truncated (error);
      if (track.kind != RUSHES_MP4_TRACK_OTHER && self->tracks->len < 64)
        g_array_append_val (self->tracks, track);
    }
  read_fragment_defaults (self, rushes_span_find_box (moov, RUSHES_FOURCC ('m', 'v', 'e', 'x')));

  self->has_moov = TRUE;
  return TRUE;
}

static gboolean
read_fragment (Movie *self, RushesSpan moof, guint64 file_size, GError **error)
{
  RushesSpan traf;
  guint32 type;

  while (rushes_span_next_box (&moof, &type, &traf))
    {
      RushesSpan tfhd = rushes_span_find_box (traf, RUSHES_FOURCC ('t', 'f', 'h', 'd'));
      RushesMp4Track *track = find_track (self, rushes_span_u32 (tfhd, 4));

      if (type == RUSHES_FOURCC ('t', 'r', 'a', 'f') && track != NULL)
        rushes_mp4_track_add_fragment (track, traf, tfhd);
    }
  return TRUE;
}

/* Reads the whole of a box that holds boxes. */
static gboolean
read_parent (Movie *self, RushesByteSource *source, const RushesMp4Box *box, GError **error)
{
  gboolean is_moov = box->type == RUSHES_FOURCC ('m', 'o', 'o', 'v');
  guint64 size = box->end - box->body;
  g_autofree guint8 *data = NULL;
  gssize n_read;

  if (size > (is_moov ? MAX_MOOV : MAX_MOOF) || !(data = g_try_malloc (MAX (1, size))))
    return rushes_container_fail_damaged (error);
  n_read = rushes_byte_source_read (source, box->body, data, size, error);
  if (n_read < 0)
    return FALSE;
  if ((guint64) n_read < size)
    return rushes_container_fail_truncated (error);

  return (is_moov ? read_movie : read_fragment) (self, (RushesSpan) { data, size },
                                                 rushes_byte_source_get_size (source), error);
}

/* The first of its kind whose codec is known, else the first: a preview track may stand beside the video. */
static const RushesMp4Track *
choose_track (const Movie *self, RushesMp4TrackKind kind)
{
  const RushesMp4Track *first = NULL;

  for (guint i = 0; i < self->tracks->len; i++)
    {
      const RushesMp4Track *track = &g_array_index (self->tracks, RushesMp4Track, i);

      if (track->kind != kind)
        continue;
      if (track->codec != NULL)
        return track;
      if (first == NULL)
        first = track;
    }
  return first;
}

static gboolean
conclude (const Movie *self, RushesClipFacts *facts, GError **error)
{
  const RushesMp4Track *video = choose_track (self, RUSHES_MP4_TRACK_VIDEO);
  const RushesMp4Track *audio = choose_track (self, RUSHES_MP4_TRACK_AUDIO);
  double seconds;

  if (video == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_MEDIA, "%s", _ ("The file holds no moving picture."));
      return FALSE;
    }

  facts->container = g_intern_static_string ("mp4");
  facts->video_codec = video->codec;
  /* Sound in a codec without a name of ours is sound all the same. */
  if (audio != NULL)
    facts->audio_codec = audio->codec != NULL ? audio->codec : g_intern_static_string ("other");
  facts->width = video->width;
  facts->height = video->height;
  facts->n_frames = (guint) MIN (video->n_samples, G_MAXUINT);

  seconds = rushes_mp4_track_get_seconds (video);
  if (facts->n_frames > 0 && seconds > 0)
    facts->frame_rate = facts->n_frames / seconds;
  facts->duration = self->duration;
  if (facts->duration <= 0)
    facts->duration = MAX (seconds, audio != NULL ? rushes_mp4_track_get_seconds (audio) : 0);

  return TRUE;
}

gboolean
rushes_mp4_read_facts (RushesByteSource *source, RushesClipFacts *facts, GError **error)
{
  g_auto (Movie) movie = { .tracks = g_array_new (FALSE, FALSE, sizeof (RushesMp4Track)) };
  guint64 size = rushes_byte_source_get_size (source);
  guint n_boxes = 0;
  RushesMp4Box box;

  for (guint64 offset = 0; offset < size; offset = box.end)
    {
      if (++n_boxes > MAX_BOXES)
        return rushes_container_fail_damaged (error);
      if (!rushes_mp4_box_read (source, offset, &box, error))
        return FALSE;
      if (((box.type == RUSHES_FOURCC ('m', 'o', 'o', 'v') && !movie.has_moov) ||
           (box.type == RUSHES_FOURCC ('m', 'o', 'o', 'f') && movie.has_moov)) &&
          !read_parent (&movie, source, &box, error))
        return FALSE;
    }

  /* The index of an MP4 often stands at its end: without it the file was cut off. */
  if (!movie.has_moov)
    return rushes_container_fail_truncated (error);
  return conclude (&movie, facts, error);
}

/* The longest header of a box that is not inside another. */
#define BOX_HEADER 32

RushesHead
rushes_mp4_read_head (RushesByteSource *source, RushesClipFacts *facts)
{
  g_auto (Movie) movie = { .tracks = g_array_new (FALSE, FALSE, sizeof (RushesMp4Track)) };
  RushesHead missing = RUSHES_HEAD_COMING;
  RushesMp4Box box;
  guint n_boxes = 0;

  for (guint64 offset = 0; rushes_byte_source_has (source, offset, BOX_HEADER); offset = box.end)
    {
      if (++n_boxes > MAX_BOXES || !rushes_mp4_box_read (source, offset, &box, NULL))
        return RUSHES_HEAD_OTHER;
      if (box.type == RUSHES_FOURCC ('m', 'o', 'o', 'f'))
        return RUSHES_HEAD_LATE;
      if (box.type == RUSHES_FOURCC ('m', 'd', 'a', 't'))
        missing = RUSHES_HEAD_LATE;
      if (box.type != RUSHES_FOURCC ('m', 'o', 'o', 'v'))
        continue;
      if (!rushes_byte_source_has (source, box.body, box.end - box.body))
        return missing;
      return read_parent (&movie, source, &box, NULL) && conclude (&movie, facts, NULL) ? RUSHES_HEAD_PLAYS
                                                                                        : RUSHES_HEAD_OTHER;
    }

  return missing;
}
