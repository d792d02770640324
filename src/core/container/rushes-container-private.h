/* rushes-container-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-byte-source.h"
#include "rushes-clip.h"
#include "rushes-container.h"

G_BEGIN_DECLS

/* What an element of a file can be: a video of one of the two families, or something a person can be told about. */
typedef enum
{
  RUSHES_SNIFFED_UNKNOWN,
  RUSHES_SNIFFED_MP4,
  RUSHES_SNIFFED_WEBM,
  RUSHES_SNIFFED_HTML,
  RUSHES_SNIFFED_JSON,
  RUSHES_SNIFFED_PLAYLIST,
  RUSHES_SNIFFED_PICTURE,
  RUSHES_SNIFFED_TEXT,
} RushesSniffed;

/* By the first bytes of a file; 512 are enough. */
RushesSniffed rushes_container_sniff            (const guint8      *head,
                                                 gsize              length);

/* As rushes_container_read_facts(), of anything that can be read. */
gboolean      rushes_container_read_facts_from  (RushesByteSource  *source,
                                                 RushesClipFacts   *facts,
                                                 GError           **error);

gboolean      rushes_mp4_read_facts             (RushesByteSource  *source,
                                                 RushesClipFacts   *facts,
                                                 GError           **error);
gboolean      rushes_webm_read_facts            (RushesByteSource  *source,
                                                 RushesClipFacts   *facts,
                                                 GError           **error);

/* As rushes_container_read_head(); @available bytes are there. */
RushesHead    rushes_mp4_read_head              (RushesByteSource  *source,
                                                 RushesClipFacts   *facts);
RushesHead    rushes_webm_read_head             (RushesByteSource  *source,
                                                 guint64            available,
                                                 RushesClipFacts   *facts);

/* The two sentences for a file that began like a video; always FALSE. */
gboolean      rushes_container_fail_truncated   (GError           **error);
gboolean      rushes_container_fail_damaged     (GError           **error);

G_END_DECLS
