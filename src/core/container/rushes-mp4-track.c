/* rushes-mp4-track.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-mp4-track.h"

#include <math.h>

/* ISO/IEC 14496-12: 8.3.2 tkhd, 8.4.2 mdhd, 8.4.3 hdlr, 8.5.2 stsd, 8.6.1.2 stts, 8.7.3 stsz, 8.7.4 stsc, 8.7.5 stco,
 * 8.8.7 tfhd, 8.8.8 trun; ISO/IEC 14496-14 esds. */

typedef struct
{
  guint32 fourcc;
  const char *name;
} Codec;

static const Codec codecs[] = {
  { RUSHES_FOURCC ('a', 'v', 'c', '1'), "h264" }, { RUSHES_FOURCC ('a', 'v', 'c', '2'), "h264" },
  { RUSHES_FOURCC ('a', 'v', 'c', '3'), "h264" }, { RUSHES_FOURCC ('a', 'v', 'c', '4'), "h264" },
  { RUSHES_FOURCC ('h', 'v', 'c', '1'), "hevc" }, { RUSHES_FOURCC ('h', 'e', 'v', '1'), "hevc" },
  { RUSHES_FOURCC ('v', 'p', '0', '8'), "vp8" },  { RUSHES_FOURCC ('v', 'p', '0', '9'), "vp9" },
  { RUSHES_FOURCC ('a', 'v', '0', '1'), "av1" },  { RUSHES_FOURCC ('O', 'p', 'u', 's'), "opus" },
  { RUSHES_FOURCC ('.', 'm', 'p', '3'), "mp3" },
};

/* The objectTypeIndication of an elementary stream descriptor, 0 when there is none. */
static guint8
read_object_type (RushesSpan esds)
{
  RushesSpan rest = rushes_span_from (esds, 4);

  for (;;)
    {
      guint8 tag = rushes_span_u8 (rest, 0);
      gsize n_length = 1;
      guint8 flags;

      while (n_length < 4 && (rushes_span_u8 (rest, n_length) & 0x80) != 0)
        n_length++;
      rest = rushes_span_from (rest, 1 + n_length);
      if (tag == 4)
        return rushes_span_u8 (rest, 0);
      if (tag != 3)
        return 0;

      flags = rushes_span_u8 (rest, 2);
      rest = rushes_span_from (rest, 3 + ((flags & 0x80) != 0 ? 2 : 0));
      if ((flags & 0x40) != 0)
        rest = rushes_span_from (rest, 1 + rushes_span_u8 (rest, 0));
      if ((flags & 0x20) != 0)
        rest = rushes_span_from (rest, 2);
    }
}

static const char *
read_mp4a_codec (RushesSpan entry)
{
  /* QuickTime's second and third version of the entry are longer, and may wrap the descriptor once more. */
  static const gsize lengths[] = { 28, 44, 64 };
  guint16 version = rushes_span_u16 (entry, 8);
  RushesSpan children = rushes_span_from (entry, lengths[MIN (version, 2)]);
  RushesSpan wave = rushes_span_find_box (children, RUSHES_FOURCC ('w', 'a', 'v', 'e'));
  RushesSpan esds = rushes_span_find_box (wave.size > 0 ? wave : children, RUSHES_FOURCC ('e', 's', 'd', 's'));

  switch (read_object_type (esds))
    {
    case 0x69:
    case 0x6b:
      return g_intern_static_string ("mp3");
    case 0xdd:
      return g_intern_static_string ("vorbis");
    default:
      return g_intern_static_string ("aac");
    }
}

static void
read_description (RushesMp4Track *self, RushesSpan stsd)
{
  RushesSpan rest = rushes_span_from (stsd, 8);
  RushesSpan entry;
  guint32 type;

  if (!rushes_span_next_box (&rest, &type, &entry))
    return;

  if (type == RUSHES_FOURCC ('m', 'p', '4', 'a'))
    self->codec = read_mp4a_codec (entry);
  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    if (codecs[i].fourcc == type)
      self->codec = g_intern_static_string (codecs[i].name);

  if (self->kind == RUSHES_MP4_TRACK_VIDEO)
    {
      self->width = rushes_span_u16 (entry, 24);
      self->height = rushes_span_u16 (entry, 26);
    }
}

/* The size to show, which bears pixels that are not square, and a quarter turn. */
static void
read_header (RushesMp4Track *self, RushesSpan tkhd)
{
  gsize matrix = rushes_span_u8 (tkhd, 0) == 1 ? 52 : 40;
  int width = (int) lround (rushes_span_u32 (tkhd, matrix + 36) / 65536.0);
  int height = (int) lround (rushes_span_u32 (tkhd, matrix + 40) / 65536.0);
  gboolean is_turned = rushes_span_u32 (tkhd, matrix) == 0 && rushes_span_u32 (tkhd, matrix + 16) == 0 &&
                       rushes_span_u32 (tkhd, matrix + 4) != 0 && rushes_span_u32 (tkhd, matrix + 12) != 0;

  self->id = rushes_span_u32 (tkhd, rushes_span_u8 (tkhd, 0) == 1 ? 20 : 12);
  if (width > 0 && height > 0)
    {
      self->width = width;
      self->height = height;
    }
  if (is_turned)
    {
      int swap = self->width;

      self->width = self->height;
      self->height = swap;
    }
}

static void
read_times (RushesMp4Track *self, RushesSpan stts)
{
  guint32 n_entries = rushes_span_u32 (stts, 4);

  n_entries = (guint32) MIN (n_entries, stts.size / 8);
  for (guint32 i = 0; i < n_entries; i++)
    {
      guint32 n_samples = rushes_span_u32 (stts, 8 + 8 * (gsize) i);

      self->n_samples += n_samples;
      self->ticks += (double) n_samples * rushes_span_u32 (stts, 12 + 8 * (gsize) i);
    }
}

/* Whether all chunks end within the file. A cut at the border of two boxes, or a media box that says it goes on to the
 * end, shows only here. */
static gboolean
samples_are_there (RushesSpan stbl, guint64 file_size)
{
  RushesSpan stsz = rushes_span_find_box (stbl, RUSHES_FOURCC ('s', 't', 's', 'z'));
  RushesSpan stsc = rushes_span_find_box (stbl, RUSHES_FOURCC ('s', 't', 's', 'c'));
  RushesSpan stco = rushes_span_find_box (stbl, RUSHES_FOURCC ('s', 't', 'c', 'o'));
  RushesSpan co64 = rushes_span_find_box (stbl, RUSHES_FOURCC ('c', 'o', '6', '4'));
  gsize width = stco.size > 0 ? 4 : 8;
  RushesSpan offsets = stco.size > 0 ? stco : co64;
  gsize n_chunks = MIN (rushes_span_u32 (offsets, 4), offsets.size / width);
  guint32 sample_size = rushes_span_u32 (stsz, 4);
  gsize n_samples = sample_size == 0 ? MIN (rushes_span_u32 (stsz, 8), stsz.size / 4) : 0;
  gsize n_runs = MIN (rushes_span_u32 (stsc, 4), stsc.size / 12);
  gsize sample = 0;
  gsize run = 0;

  for (gsize chunk = 0; chunk < n_chunks; chunk++)
    {
      guint64 offset = rushes_span_number (offsets, 8 + width * chunk, width);
      guint64 length = 0;
      guint32 n_in_chunk;

      while (run + 1 < n_runs && rushes_span_u32 (stsc, 8 + 12 * (run + 1)) <= chunk + 1)
        run++;
      n_in_chunk = rushes_span_u32 (stsc, 12 + 12 * run);

      if (sample_size > 0)
        length = (guint64) n_in_chunk * sample_size;
      for (guint32 i = 0; i < n_in_chunk && sample < n_samples; i++, sample++)
        length += rushes_span_u32 (stsz, 12 + 4 * sample);

      if (offset > file_size || length > file_size - offset)
        return FALSE;
    }

  return TRUE;
}

gboolean
rushes_mp4_track_read (RushesMp4Track *self, RushesSpan trak, guint64 file_size)
{
  RushesSpan mdia = rushes_span_find_box (trak, RUSHES_FOURCC ('m', 'd', 'i', 'a'));
  RushesSpan mdhd = rushes_span_find_box (mdia, RUSHES_FOURCC ('m', 'd', 'h', 'd'));
  RushesSpan minf = rushes_span_find_box (mdia, RUSHES_FOURCC ('m', 'i', 'n', 'f'));
  RushesSpan stbl = rushes_span_find_box (minf, RUSHES_FOURCC ('s', 't', 'b', 'l'));

  switch (rushes_span_u32 (rushes_span_find_box (mdia, RUSHES_FOURCC ('h', 'd', 'l', 'r')), 8))
    {
    case RUSHES_FOURCC ('v', 'i', 'd', 'e'):
      self->kind = RUSHES_MP4_TRACK_VIDEO;
      break;
    case RUSHES_FOURCC ('s', 'o', 'u', 'n'):
      self->kind = RUSHES_MP4_TRACK_AUDIO;
      break;
    default:
      break;
    }

  self->timescale = rushes_span_u32 (mdhd, rushes_span_u8 (mdhd, 0) == 1 ? 20 : 12);
  read_description (self, rushes_span_find_box (stbl, RUSHES_FOURCC ('s', 't', 's', 'd')));
  read_header (self, rushes_span_find_box (trak, RUSHES_FOURCC ('t', 'k', 'h', 'd')));
  read_times (self, rushes_span_find_box (stbl, RUSHES_FOURCC ('s', 't', 't', 's')));

  return samples_are_there (stbl, file_size);
}

static void
add_run (RushesMp4Track *self, RushesSpan trun, guint32 default_ticks)
{
  guint32 flags = rushes_span_u32 (trun, 0) & 0xffffff;
  gsize n_samples = rushes_span_u32 (trun, 4);
  gsize offset = 8 + ((flags & 0x1) != 0 ? 4 : 0) + ((flags & 0x4) != 0 ? 4 : 0);
  gsize stride = 0;

  for (guint32 flag = 0x100; flag <= 0x800; flag <<= 1)
    stride += (flags & flag) != 0 ? 4 : 0;
  if (stride > 0)
    n_samples = MIN (n_samples, rushes_span_from (trun, offset).size / stride);

  self->n_samples += n_samples;
  if ((flags & 0x100) == 0)
    self->ticks += (double) n_samples * default_ticks;
  else
    for (gsize i = 0; i < n_samples; i++)
      self->ticks += rushes_span_u32 (trun, offset + stride * i);
}

void
rushes_mp4_track_add_fragment (RushesMp4Track *self, RushesSpan traf, RushesSpan tfhd)
{
  guint32 flags = rushes_span_u32 (tfhd, 0);
  guint32 default_ticks = self->default_ticks;
  RushesSpan body;
  guint32 type;

  if ((flags & 0x8) != 0)
    default_ticks = rushes_span_u32 (tfhd, 8 + ((flags & 0x1) != 0 ? 8 : 0) + ((flags & 0x2) != 0 ? 4 : 0));

  while (rushes_span_next_box (&traf, &type, &body))
    if (type == RUSHES_FOURCC ('t', 'r', 'u', 'n'))
      add_run (self, body, default_ticks);
}

double
rushes_mp4_track_get_seconds (const RushesMp4Track *self)
{
  return self->timescale > 0 ? self->ticks / self->timescale : 0;
}
