/* rushes-container.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-container.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-container-private.h"
#include "rushes-error.h"

#define MAX_SECONDS    (30.0 * 24 * 60 * 60)
#define MAX_FRAME_RATE 1000.0

/* Bytes that tell what a file is. */
#define SNIFFED 512

static gboolean
begins_with (const guint8 *head, gsize length, const char *bytes, gsize n_bytes)
{
  return length >= n_bytes && memcmp (head, bytes, n_bytes) == 0;
}

#define BEGINS_WITH(head, length, literal) begins_with (head, length, literal, sizeof (literal) - 1)

static gboolean
is_picture (const guint8 *head, gsize length)
{
  return BEGINS_WITH (head, length, "\x89PNG\r\n") || BEGINS_WITH (head, length, "\xff\xd8\xff") ||
         BEGINS_WITH (head, length, "GIF8") || BEGINS_WITH (head, length, "BM") ||
         (length >= 12 && BEGINS_WITH (head, length, "RIFF") && memcmp (head + 8, "WEBP", 4) == 0);
}

/* HEIC and AVIF pictures are made of the same boxes as MP4. */
static gboolean
is_picture_brand (const guint8 *brand)
{
  static const char *const brands[] = { "heic", "heix", "mif1", "msf1", "avif", "avis" };

  for (gsize i = 0; i < G_N_ELEMENTS (brands); i++)
    if (memcmp (brand, brands[i], 4) == 0)
      return TRUE;
  return FALSE;
}

/* Text as far as it goes; a character cut off by the end of what was read is no fault. */
static gboolean
is_text (const guint8 *head, gsize length)
{
  const char *end;

  if (memchr (head, 0, length) != NULL)
    return FALSE;
  return g_utf8_validate_len ((const char *) head, length, &end) || (end - (const char *) head) + 4 > (gssize) length;
}

static RushesSniffed
sniff_text (const char *text, gsize length)
{
  static const char *const html[] = { "<!doctype html", "<html", "<head", "<body", "<!--" };
  g_autofree char *start = NULL;

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }
  while (length > 0 && g_ascii_isspace (*text))
    {
      text++;
      length--;
    }

  start = g_ascii_strdown (text, (gssize) MIN (length, 64));
  for (gsize i = 0; i < G_N_ELEMENTS (html); i++)
    if (g_str_has_prefix (start, html[i]))
      return RUSHES_SNIFFED_HTML;
  if (g_str_has_prefix (start, "#extm3u") || g_str_has_prefix (start, "[playlist]") || strstr (start, "<mpd") != NULL)
    return RUSHES_SNIFFED_PLAYLIST;
  if (*start == '{' || *start == '[')
    return RUSHES_SNIFFED_JSON;
  return RUSHES_SNIFFED_TEXT;
}

RushesSniffed
rushes_container_sniff (const guint8 *head, gsize length)
{
  if (length >= 12 && memcmp (head + 4, "ftyp", 4) == 0)
    return is_picture_brand (head + 8) ? RUSHES_SNIFFED_PICTURE : RUSHES_SNIFFED_MP4;
  if (BEGINS_WITH (head, length, "\x1a\x45\xdf\xa3"))
    return RUSHES_SNIFFED_WEBM;
  if (is_picture (head, length))
    return RUSHES_SNIFFED_PICTURE;
  if (is_text (head, length))
    return sniff_text ((const char *) head, length);
  return RUSHES_SNIFFED_UNKNOWN;
}

gboolean
rushes_container_fail_truncated (GError **error)
{
  rushes_set_error (error, RUSHES_ERROR_MEDIA, "%s", _ ("The video is cut short: its end is missing."));
  return FALSE;
}

gboolean
rushes_container_fail_damaged (GError **error)
{
  rushes_set_error (error, RUSHES_ERROR_MEDIA, "%s", _ ("The video is damaged and cannot be read."));
  return FALSE;
}

static const char *
describe_other (RushesSniffed sniffed)
{
  switch (sniffed)
    {
    case RUSHES_SNIFFED_HTML:
      return _ ("This is a web page (HTML) and not a video.");
    case RUSHES_SNIFFED_JSON:
      return _ ("This is a message in JSON and not a video.");
    case RUSHES_SNIFFED_PLAYLIST:
      return _ ("This is a playlist and not a video; Rushes does not follow playlists.");
    case RUSHES_SNIFFED_PICTURE:
      return _ ("This is a picture and not a video.");
    case RUSHES_SNIFFED_TEXT:
      return _ ("This is a text and not a video.");
    case RUSHES_SNIFFED_UNKNOWN:
    case RUSHES_SNIFFED_MP4:
    case RUSHES_SNIFFED_WEBM:
    default:
      return _ ("This is not a video that Rushes can read; it reads MP4 and WebM.");
    }
}

gboolean
rushes_container_check_head (const guint8 *head, gsize length, GError **error)
{
  RushesSniffed sniffed = rushes_container_sniff (head, length);

  if (sniffed == RUSHES_SNIFFED_MP4 || sniffed == RUSHES_SNIFFED_WEBM)
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_MEDIA, "%s", describe_other (sniffed));
  return FALSE;
}

/* Numbers that no clip has are not handed on to those who reckon with them. */
static gboolean
check_facts (RushesClipFacts *facts, GError **error)
{
  if (facts->width <= 0 || facts->height <= 0)
    {
      *facts = (RushesClipFacts) { 0 };
      return rushes_container_fail_damaged (error);
    }
  if (!(facts->duration >= 0 && facts->duration < MAX_SECONDS))
    facts->duration = 0;
  if (!(facts->frame_rate >= 0 && facts->frame_rate <= MAX_FRAME_RATE))
    facts->frame_rate = 0;
  return TRUE;
}

gboolean
rushes_container_read_facts_from (RushesByteSource *source, RushesClipFacts *facts, GError **error)
{
  guint8 head[SNIFFED];
  gssize length = rushes_byte_source_read (source, 0, head, sizeof head, error);
  RushesSniffed sniffed;

  *facts = (RushesClipFacts) { 0 };
  if (length < 0)
    return FALSE;
  if (length == 0)
    {
      rushes_set_error (error, RUSHES_ERROR_MEDIA, "%s", _ ("The file is empty."));
      return FALSE;
    }

  if (!rushes_container_check_head (head, (gsize) length, error))
    return FALSE;
  sniffed = rushes_container_sniff (head, (gsize) length);
  if ((sniffed == RUSHES_SNIFFED_MP4 && rushes_mp4_read_facts (source, facts, error)) ||
      (sniffed == RUSHES_SNIFFED_WEBM && rushes_webm_read_facts (source, facts, error)))
    {
      facts->size = (gint64) rushes_byte_source_get_size (source);
      return check_facts (facts, error);
    }

  *facts = (RushesClipFacts) { 0 };
  return FALSE;
}

gboolean
rushes_container_read_facts (GFile *file, RushesClipFacts *facts, GError **error)
{
  g_autoptr (RushesByteSource) source = NULL;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (facts != NULL, FALSE);

  *facts = (RushesClipFacts) { 0 };
  source = rushes_byte_source_open (file, error);
  return source != NULL && rushes_container_read_facts_from (source, facts, error);
}

gboolean
rushes_container_is_clip (GFile *file)
{
  g_autoptr (RushesByteSource) source = rushes_byte_source_open (file, NULL);
  guint8 head[512];
  gssize n_head = source != NULL ? rushes_byte_source_read (source, 0, head, sizeof head, NULL) : -1;
  RushesSniffed sniffed = n_head > 0 ? rushes_container_sniff (head, (gsize) n_head) : RUSHES_SNIFFED_UNKNOWN;

  return sniffed == RUSHES_SNIFFED_MP4 || sniffed == RUSHES_SNIFFED_WEBM;
}

static RushesHead
read_head (RushesByteSource *source, guint64 available, RushesClipFacts *facts)
{
  guint8 head[SNIFFED];
  gssize length = rushes_byte_source_read (source, 0, head, sizeof head, NULL);

  switch (rushes_container_sniff (head, (gsize) MAX (0, length)))
    {
    case RUSHES_SNIFFED_MP4:
      return rushes_mp4_read_head (source, facts);
    case RUSHES_SNIFFED_WEBM:
      return rushes_webm_read_head (source, available, facts);
    case RUSHES_SNIFFED_UNKNOWN:
    case RUSHES_SNIFFED_HTML:
    case RUSHES_SNIFFED_JSON:
    case RUSHES_SNIFFED_PLAYLIST:
    case RUSHES_SNIFFED_PICTURE:
    case RUSHES_SNIFFED_TEXT:
    default:
      return RUSHES_HEAD_OTHER;
    }
}

RushesHead
rushes_container_read_head (GFile *file, gint64 total, RushesPieces *pieces, RushesClipFacts *facts)
{
  g_autoptr (RushesByteSource) source = NULL;
  guint64 available;
  RushesHead head;

  g_return_val_if_fail (G_IS_FILE (file), RUSHES_HEAD_OTHER);
  g_return_val_if_fail (facts != NULL, RUSHES_HEAD_OTHER);

  *facts = (RushesClipFacts) { 0 };
  if (!(source = rushes_byte_source_open (file, NULL)))
    return RUSHES_HEAD_COMING;
  available = rushes_byte_source_get_size (source);
  if (available < SNIFFED)
    return RUSHES_HEAD_COMING;

  rushes_byte_source_expect (source, total >= 0 ? MAX ((guint64) total, available) : G_MAXINT64, pieces);
  head = read_head (source, available, facts);
  facts->size = MAX (0, total);
  if (head == RUSHES_HEAD_PLAYS && !check_facts (facts, NULL))
    head = RUSHES_HEAD_OTHER;
  if (head != RUSHES_HEAD_PLAYS)
    *facts = (RushesClipFacts) { 0 };
  return head;
}
