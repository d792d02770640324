/* rushes-byte-source.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-pieces.h"

G_BEGIN_DECLS

/**
 * RushesByteSource:
 *
 * A file of known size that is read here and there, through one window of 64 KiB so that a walk over many small
 * elements costs few system calls. Every call blocks.
 */
typedef struct _RushesByteSource RushesByteSource;

/* MEDIA with a sentence for a folder, a missing or an unreadable file. */
RushesByteSource *rushes_byte_source_open     (GFile             *file,
                                               GError           **error);
RushesByteSource *rushes_byte_source_new      (GBytes            *bytes);
void              rushes_byte_source_free     (RushesByteSource  *self);
guint64           rushes_byte_source_get_size (RushesByteSource  *self);
/* The file is still written and will be @size bytes long: what is read behind its present end comes out of @pieces, or
 * is less than was wanted. */
void              rushes_byte_source_expect   (RushesByteSource  *self,
                                               guint64            size,
                                               RushesPieces      *pieces);
/* Of a file that is still written: whether these bytes can be read, or as many of them as the whole will have. What is
 * missing is asked for; behind the end of the whole there is nothing. */
gboolean          rushes_byte_source_has      (RushesByteSource  *self,
                                               guint64            offset,
                                               guint64            length);
/* Gives up to @length bytes from @offset, fewer only at the end; -1 on an error of the disk. */
gssize            rushes_byte_source_read     (RushesByteSource  *self,
                                               guint64            offset,
                                               gpointer           buffer,
                                               gsize              length,
                                               GError           **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesByteSource, rushes_byte_source_free)

G_END_DECLS
