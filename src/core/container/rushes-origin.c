/* rushes-origin.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-origin.h"

#include <string.h>

#include "rushes-container-private.h"
#include "rushes-ebml.h"
#include "rushes-mp4-box.h"

/* What the label is called, as a key or as a member of JSON, wherever the metadata of a format lies. */
#define LABEL "AIGC"
/* More than that is no metadata. */
#define MAX_METADATA (16 * 1024 * 1024)
#define MAX_ELEMENTS 200000

/* RFC 9559, 5. */
enum
{
  ID_SEGMENT = 0x18538067,
  ID_TAGS = 0x1254c367,
};

static gboolean
has_label (RushesSpan span)
{
  return span.size > 0 && memmem (span.data, span.size, LABEL, strlen (LABEL)) != NULL;
}

static GBytes *
load (RushesByteSource *source, guint64 from, guint64 to)
{
  gsize size = (gsize) MIN (to - from, MAX_METADATA);
  guint8 *data = g_malloc (size);
  gssize n_read = rushes_byte_source_read (source, from, data, size, NULL);

  return g_bytes_new_take (data, n_read > 0 ? (gsize) n_read : 0);
}

/* The tables of samples are numbers, in which anything may seem to stand: only what is metadata is looked through. */
static gboolean
movie_has_label (RushesSpan moov)
{
  RushesSpan body;
  guint32 type;

  while (rushes_span_next_box (&moov, &type, &body))
    if ((type == RUSHES_FOURCC ('u', 'd', 't', 'a') || type == RUSHES_FOURCC ('m', 'e', 't', 'a') ||
         type == RUSHES_FOURCC ('u', 'u', 'i', 'd')) &&
        has_label (body))
      return TRUE;

  return FALSE;
}

static gboolean
read_mp4 (RushesByteSource *source, RushesOrigin *origin, GError **error)
{
  guint64 size = rushes_byte_source_get_size (source);
  RushesMp4Box box;
  guint n_boxes = 0;

  for (guint64 offset = 0; offset < size; offset = box.end)
    {
      g_autoptr (GBytes) bytes = NULL;
      RushesSpan body;

      if (++n_boxes > MAX_ELEMENTS)
        return rushes_container_fail_damaged (error);
      if (!rushes_mp4_box_read (source, offset, &box, error))
        return FALSE;
      if (rushes_mp4_box_is_manifest (&box))
        *origin |= RUSHES_ORIGIN_C2PA;
      if (box.type != RUSHES_FOURCC ('m', 'o', 'o', 'v') && box.type != RUSHES_FOURCC ('m', 'e', 't', 'a') &&
          box.type != RUSHES_FOURCC ('u', 'd', 't', 'a') && box.type != RUSHES_FOURCC ('u', 'u', 'i', 'd'))
        continue;

      bytes = load (source, box.body, box.end);
      body.data = g_bytes_get_data (bytes, &body.size);
      if (box.type == RUSHES_FOURCC ('m', 'o', 'o', 'v') ? movie_has_label (body) : has_label (body))
        *origin |= RUSHES_ORIGIN_AIGC;
    }

  return TRUE;
}

static gboolean
read_webm (RushesByteSource *source, RushesOrigin *origin, GError **error)
{
  guint64 limit = rushes_byte_source_get_size (source);
  RushesEbmlElement element;
  guint n_elements = 0;

  for (guint64 offset = 0; offset < limit;)
    {
      if (++n_elements > MAX_ELEMENTS)
        return rushes_container_fail_damaged (error);
      if (!rushes_ebml_read_element (source, offset, limit, &element, error))
        return FALSE;
      if (element.id == ID_TAGS)
        {
          g_autoptr (GBytes) bytes = load (source, element.body, element.end);
          RushesSpan body;

          body.data = g_bytes_get_data (bytes, &body.size);
          if (has_label (body))
            *origin |= RUSHES_ORIGIN_AIGC;
        }
      /* Into the segment, and into what does not say where it ends; past all else. */
      offset = element.id == ID_SEGMENT || element.is_open ? element.body : element.end;
    }

  return TRUE;
}

gboolean
rushes_origin_read (GFile *file, RushesOrigin *origin, GError **error)
{
  g_autoptr (RushesByteSource) source = rushes_byte_source_open (file, error);
  guint8 head[512];
  gssize n_head;

  *origin = RUSHES_ORIGIN_NONE;
  if (source == NULL || (n_head = rushes_byte_source_read (source, 0, head, sizeof head, error)) < 0 ||
      !rushes_container_check_head (head, (gsize) n_head, error))
    return FALSE;

  return rushes_container_sniff (head, (gsize) n_head) == RUSHES_SNIFFED_MP4 ? read_mp4 (source, origin, error)
                                                                             : read_webm (source, origin, error);
}
