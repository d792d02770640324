/* rushes-webm.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-container-private.h"
#include "rushes-ebml.h"
#include "rushes-error.h"

/* RFC 9559, 5. */
enum
{
  ID_DOC_TYPE = 0x4282,
  ID_SEGMENT = 0x18538067,
  ID_SEEK_HEAD = 0x114d9b74,
  ID_INFO = 0x1549a966,
  ID_TIMESTAMP_SCALE = 0x2ad7b1,
  ID_DURATION = 0x4489,
  ID_TRACKS = 0x1654ae6b,
  ID_TRACK_ENTRY = 0xae,
  ID_TRACK_NUMBER = 0xd7,
  ID_TRACK_TYPE = 0x83,
  ID_CODEC_ID = 0x86,
  ID_DEFAULT_DURATION = 0x23e383,
  ID_VIDEO = 0xe0,
  ID_PIXEL_WIDTH = 0xb0,
  ID_PIXEL_HEIGHT = 0xba,
  ID_DISPLAY_WIDTH = 0x54b0,
  ID_DISPLAY_HEIGHT = 0x54ba,
  ID_DISPLAY_UNIT = 0x54b2,
  ID_CLUSTER = 0x1f43b675,
  ID_CLUSTER_TIMESTAMP = 0xe7,
  ID_SIMPLE_BLOCK = 0xa3,
  ID_BLOCK_GROUP = 0xa0,
  ID_BLOCK = 0xa1,
  ID_CUES = 0x1c53bb6b,
  ID_CHAPTERS = 0x1043a770,
  ID_ATTACHMENTS = 0x1941a469,
  ID_TAGS = 0x1254c367,
};

#define TRACK_TYPE_VIDEO 1
#define TRACK_TYPE_AUDIO 2

#define MAX_HEAD     (16 * 1024 * 1024)
#define MAX_ELEMENTS 4000000

typedef struct
{
  RushesByteSource *source;
  RushesClipFacts *facts;
  guint n_elements;

  guint64 timestamp_scale;  /* nanoseconds a tick */
  double duration;          /* in ticks; 0 unknown */
  guint64 default_duration; /* of a frame of the video, in nanoseconds; 0 unknown */
  guint64 video_track;      /* 0 before one was found */
  gboolean has_audio;
  guint64 n_frames;
  gint64 first_time; /* of a frame, in ticks */
  gint64 last_time;
} Segment;

static const char *
name_codec (const char *id)
{
  static const struct
  {
    const char *prefix;
    const char *name;
  } codecs[] = {
    { "V_VP8", "vp8" },
    { "V_VP9", "vp9" },
    { "V_AV1", "av1" },
    { "V_MPEG4/ISO/AVC", "h264" },
    { "V_MPEGH/ISO/HEVC", "hevc" },
    { "A_OPUS", "opus" },
    { "A_VORBIS", "vorbis" },
    { "A_AAC", "aac" },
    { "A_MPEG/L3", "mp3" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    if (g_str_has_prefix (id, codecs[i].prefix))
      return g_intern_static_string (codecs[i].name);
  return NULL;
}

static void
read_info (Segment *self, RushesSpan info)
{
  RushesSpan body;
  guint32 id;

  while (rushes_ebml_take_element (&info, &id, &body))
    if (id == ID_TIMESTAMP_SCALE)
      self->timestamp_scale = rushes_ebml_get_uint (body);
    else if (id == ID_DURATION)
      self->duration = rushes_ebml_get_float (body);
}

static void
read_video (Segment *self, RushesSpan video)
{
  guint64 pixel_width = 0, pixel_height = 0, display_width = 0, display_height = 0, display_unit = 0;
  RushesSpan body;
  guint32 id;

  while (rushes_ebml_take_element (&video, &id, &body))
    {
      guint64 number = rushes_ebml_get_uint (body);

      if (id == ID_PIXEL_WIDTH)
        pixel_width = number;
      else if (id == ID_PIXEL_HEIGHT)
        pixel_height = number;
      else if (id == ID_DISPLAY_WIDTH)
        display_width = number;
      else if (id == ID_DISPLAY_HEIGHT)
        display_height = number;
      else if (id == ID_DISPLAY_UNIT)
        display_unit = number;
    }

  /* Unit 0 is pixels; the others give a ratio or a length. */
  if (display_unit == 0 && display_width > 0 && display_height > 0)
    {
      pixel_width = display_width;
      pixel_height = display_height;
    }
  self->facts->width = (int) MIN (pixel_width, G_MAXUINT16);
  self->facts->height = (int) MIN (pixel_height, G_MAXUINT16);
}

static void
read_track (Segment *self, RushesSpan entry)
{
  g_autofree char *codec = NULL;
  guint64 number = 0, type = 0, default_duration = 0;
  RushesSpan video = { 0 };
  RushesSpan body;
  guint32 id;

  while (rushes_ebml_take_element (&entry, &id, &body))
    if (id == ID_TRACK_NUMBER)
      number = rushes_ebml_get_uint (body);
    else if (id == ID_TRACK_TYPE)
      type = rushes_ebml_get_uint (body);
    else if (id == ID_DEFAULT_DURATION)
      default_duration = rushes_ebml_get_uint (body);
    else if (id == ID_VIDEO)
      video = body;
    else if (id == ID_CODEC_ID && codec == NULL)
      codec = rushes_ebml_get_string (body);

  if (type == TRACK_TYPE_VIDEO && self->video_track == 0)
    {
      self->video_track = number;
      self->default_duration = default_duration;
      self->facts->video_codec = codec != NULL ? name_codec (codec) : NULL;
      read_video (self, video);
    }
  else if (type == TRACK_TYPE_AUDIO && !self->has_audio)
    {
      const char *name = codec != NULL ? name_codec (codec) : NULL;

      self->has_audio = TRUE;
      self->facts->audio_codec = name != NULL ? name : g_intern_static_string ("other");
    }
}

static void
read_tracks (Segment *self, RushesSpan tracks)
{
  RushesSpan body;
  guint32 id;

  while (rushes_ebml_take_element (&tracks, &id, &body))
    if (id == ID_TRACK_ENTRY)
      read_track (self, body);
}

static gboolean
next_element (Segment *self, guint64 offset, guint64 limit, RushesEbmlElement *element, GError **error)
{
  if (++self->n_elements > MAX_ELEMENTS)
    return rushes_container_fail_damaged (error);
  return rushes_ebml_read_element (self->source, offset, limit, element, error);
}

/* A block begins with the number of its track and its time from its cluster's. */
static gboolean
read_block (Segment *self, const RushesEbmlElement *block, guint64 cluster_time, GError **error)
{
  guint8 head[10];
  RushesSpan rest = { head, 0 };
  gssize n_read = rushes_byte_source_read (self->source, block->body, head, sizeof head, error);
  guint64 track;
  gint64 time;

  if (n_read < 0)
    return FALSE;
  rest.size = MIN ((gsize) n_read, block->end - block->body);
  if (!rushes_ebml_take_number (&rest, FALSE, &track, NULL) || track != self->video_track)
    return TRUE;

  time = (gint64) MIN (cluster_time, G_MAXINT64 / 2) + (gint16) rushes_span_u16 (rest, 0);
  self->first_time = self->n_frames == 0 ? time : MIN (self->first_time, time);
  self->last_time = self->n_frames == 0 ? time : MAX (self->last_time, time);
  self->n_frames++;
  return TRUE;
}

static gboolean
read_block_group (Segment *self, const RushesEbmlElement *group, guint64 cluster_time, GError **error)
{
  RushesEbmlElement element;

  for (guint64 offset = group->body; offset < group->end; offset = element.end)
    if (!next_element (self, offset, group->end, &element, error) ||
        (element.id == ID_BLOCK && !read_block (self, &element, cluster_time, error)))
      return FALSE;
  return TRUE;
}

static gboolean
read_cluster_time (Segment *self, const RushesEbmlElement *element, guint64 *time, GError **error)
{
  guint8 number[8];
  gsize length = MIN (sizeof number, element->end - element->body);
  gssize n_read = rushes_byte_source_read (self->source, element->body, number, length, error);

  if (n_read >= 0)
    *time = rushes_ebml_get_uint ((RushesSpan) { number, (gsize) n_read });
  return n_read >= 0;
}

static gboolean
is_child_of_segment (guint32 id)
{
  return id == ID_CLUSTER || id == ID_CUES || id == ID_TAGS || id == ID_CHAPTERS || id == ID_ATTACHMENTS ||
         id == ID_SEEK_HEAD || id == ID_INFO || id == ID_TRACKS;
}

/* Sets the end of a cluster of unknown size, which is where a brother of its begins. */
static gboolean
read_cluster (Segment *self, RushesEbmlElement *cluster, GError **error)
{
  RushesEbmlElement element;
  guint64 time = 0;

  for (guint64 offset = cluster->body; offset < cluster->end; offset = element.end)
    {
      gboolean is_good;

      if (!next_element (self, offset, cluster->end, &element, error))
        return FALSE;
      if (cluster->is_open && is_child_of_segment (element.id))
        {
          cluster->end = offset;
          return TRUE;
        }

      if (element.id == ID_CLUSTER_TIMESTAMP)
        is_good = read_cluster_time (self, &element, &time, error);
      else if (element.id == ID_SIMPLE_BLOCK)
        is_good = read_block (self, &element, time, error);
      else if (element.id == ID_BLOCK_GROUP)
        is_good = read_block_group (self, &element, time, error);
      else
        is_good = TRUE;
      if (!is_good)
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_head (Segment *self, const RushesEbmlElement *element, GError **error)
{
  guint64 size = element->end - element->body;
  g_autofree guint8 *data = NULL;
  gssize n_read;

  if (size > MAX_HEAD || !(data = g_try_malloc (MAX (1, size))))
    return rushes_container_fail_damaged (error);
  if ((n_read = rushes_byte_source_read (self->source, element->body, data, size, error)) < 0)
    return FALSE;

  (element->id == ID_INFO ? read_info : read_tracks) (self, (RushesSpan) { data, (gsize) n_read });
  return TRUE;
}

static gboolean
read_segment (Segment *self, const RushesEbmlElement *segment, GError **error)
{
  RushesEbmlElement element;

  for (guint64 offset = segment->body; offset < segment->end; offset = element.end)
    if (!next_element (self, offset, segment->end, &element, error) ||
        ((element.id == ID_INFO || element.id == ID_TRACKS) && !read_head (self, &element, error)) ||
        (element.id == ID_CLUSTER && !read_cluster (self, &element, error)))
      return FALSE;
  return TRUE;
}

/* "webm" or "mkv"; NULL for another kind of EBML file. */
static const char *
read_container (RushesByteSource *source, const RushesEbmlElement *header)
{
  guint8 data[1024];
  gsize length = MIN (sizeof data, header->end - header->body);
  gssize n_read = rushes_byte_source_read (source, header->body, data, length, NULL);
  RushesSpan rest = { data, (gsize) MAX (0, n_read) };
  RushesSpan body;
  guint32 id;

  while (rushes_ebml_take_element (&rest, &id, &body))
    if (id == ID_DOC_TYPE)
      {
        g_autofree char *doc_type = rushes_ebml_get_string (body);

        if (g_str_equal (doc_type, "webm"))
          return g_intern_static_string ("webm");
        if (g_str_equal (doc_type, "matroska"))
          return g_intern_static_string ("mkv");
      }
  return NULL;
}

static gboolean
conclude (const Segment *self, RushesClipFacts *facts, GError **error)
{
  double tick = self->timestamp_scale / 1e9;
  double frame = self->default_duration / 1e9;
  double span = (double) (self->last_time - self->first_time) * tick;

  if (self->video_track == 0)
    {
      rushes_set_error (error, RUSHES_ERROR_MEDIA, "%s", _ ("The file holds no moving picture."));
      return FALSE;
    }

  facts->n_frames = (guint) MIN (self->n_frames, G_MAXUINT);
  if (frame > 0)
    facts->frame_rate = 1 / frame;
  else if (facts->n_frames > 1 && span > 0)
    facts->frame_rate = (facts->n_frames - 1) / span;

  /* What a browser or a stream wrote does not know its own length: then it is from the first frame to behind the last.
   */
  facts->duration = self->duration * tick;
  if (!(facts->duration > 0) && facts->n_frames > 0)
    facts->duration = span + (facts->frame_rate > 0 ? 1 / facts->frame_rate : 0);

  return TRUE;
}

gboolean
rushes_webm_read_facts (RushesByteSource *source, RushesClipFacts *facts, GError **error)
{
  Segment self = { .source = source, .facts = facts, .timestamp_scale = 1000000 };
  guint64 size = rushes_byte_source_get_size (source);
  RushesEbmlElement element;

  if (!rushes_ebml_read_element (source, 0, size, &element, error))
    return FALSE;
  if (!(facts->container = read_container (source, &element)))
    {
      rushes_set_error (error, RUSHES_ERROR_MEDIA, "%s",
                        _ ("This is not a video that Rushes can read; it reads MP4 and WebM."));
      return FALSE;
    }

  for (guint64 offset = element.end; offset < size; offset = element.end)
    {
      if (!next_element (&self, offset, size, &element, error))
        return FALSE;
      /* What stands behind the segment belongs to nobody's video. */
      if (element.id == ID_SEGMENT)
        return read_segment (&self, &element, error) && conclude (&self, facts, error);
    }

  return rushes_container_fail_truncated (error);
}

/* The longest header of an element. */
#define ELEMENT_HEADER 12

/* What stands before the first cluster. */
static RushesHead
read_segment_head (Segment *self, const RushesEbmlElement *segment, guint64 available)
{
  RushesEbmlElement element;

  for (guint64 offset = segment->body; offset + ELEMENT_HEADER <= available; offset = element.end)
    {
      if (!next_element (self, offset, segment->end, &element, NULL))
        return RUSHES_HEAD_OTHER;
      if (element.id == ID_CLUSTER)
        return self->video_track == 0               ? RUSHES_HEAD_LATE
               : conclude (self, self->facts, NULL) ? RUSHES_HEAD_PLAYS
                                                    : RUSHES_HEAD_OTHER;
      if (element.end > available)
        return RUSHES_HEAD_COMING;
      if ((element.id == ID_INFO || element.id == ID_TRACKS) && !read_head (self, &element, NULL))
        return RUSHES_HEAD_OTHER;
    }

  return RUSHES_HEAD_COMING;
}

RushesHead
rushes_webm_read_head (RushesByteSource *source, guint64 available, RushesClipFacts *facts)
{
  Segment self = { .source = source, .facts = facts, .timestamp_scale = 1000000 };
  guint64 size = rushes_byte_source_get_size (source);
  RushesEbmlElement element;

  if (!rushes_ebml_read_element (source, 0, size, &element, NULL) ||
      (element.end <= available && !(facts->container = read_container (source, &element))))
    return RUSHES_HEAD_OTHER;

  for (guint64 offset = element.end; offset + ELEMENT_HEADER <= available; offset = element.end)
    {
      if (!next_element (&self, offset, size, &element, NULL))
        return RUSHES_HEAD_OTHER;
      if (element.id == ID_SEGMENT)
        return read_segment_head (&self, &element, available);
    }

  return RUSHES_HEAD_COMING;
}
