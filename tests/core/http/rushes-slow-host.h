/* rushes-slow-host.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-wire.h"

G_BEGIN_DECLS

/* What it answers to one who wants a part from the middle ("bytes=10-20"); who goes on to the end ("bytes=10-") is always
 * answered well. */
typedef enum
{
  RUSHES_PARTS_GOOD,
  RUSHES_PARTS_NOT,      /* 200, with all of it */
  RUSHES_PARTS_LONGER,   /* of something that is one byte longer */
  RUSHES_PARTS_OTHER,    /* of something with another ETag */
  RUSHES_PARTS_NONSENSE, /* of a place that nobody asked for */
  RUSHES_PARTS_PACKED,
  RUSHES_PARTS_TOO_MUCH,
  RUSHES_PARTS_EMPTY,
  RUSHES_PARTS_BROKEN,   /* the connection breaks before an answer */
  RUSHES_PARTS_STALLED,  /* the head of the answer, and then nothing more */
  RUSHES_PARTS_AWAY,     /* a redirect to another host */
} RushesParts;

/**
 * RushesSlowHost:
 *
 * A host on loopback that has one file, and sends of it only as much as a test wants, to whoever begins at its
 * beginning or goes on with it.
 */
typedef struct _RushesSlowHost RushesSlowHost;

/* Takes @contents. @etag NULL: nothing tells the file from another. */
RushesSlowHost *rushes_slow_host_new         (char            *contents,
                                              gsize            size,
                                              const char      *etag) G_GNUC_WARN_UNUSED_RESULT;
void            rushes_slow_host_free        (RushesSlowHost  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesSlowHost, rushes_slow_host_free)

/* Of the file; borrowed. */
const char     *rushes_slow_host_get_address (RushesSlowHost  *self);
const char     *rushes_slow_host_get_origin  (RushesSlowHost  *self);
/* It sends so many bytes of it, and then waits until it may send more. */
void            rushes_slow_host_set_front   (RushesSlowHost  *self,
                                              gsize            front);
/* Whether somebody got so many, and wants more. */
gboolean        rushes_slow_host_is_waiting  (RushesSlowHost  *self);
/* Hangs up on all to whom it sends slowly; the next one gets as much. */
void            rushes_slow_host_hang_up     (RushesSlowHost  *self);
/* @away is the origin that RUSHES_PARTS_AWAY leads to. */
void            rushes_slow_host_set_parts   (RushesSlowHost  *self,
                                              RushesParts      parts,
                                              const char      *away);
void            rushes_slow_host_set_etag    (RushesSlowHost  *self,
                                              const char      *etag);
/* How often somebody wanted a part, and what of the last such request stands in a header; free with g_free(). */
guint           rushes_slow_host_count_parts (RushesSlowHost  *self);
char           *rushes_slow_host_get_header  (RushesSlowHost  *self,
                                              const char      *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
