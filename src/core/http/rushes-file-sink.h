/* rushes-file-sink.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/**
 * RushesFileSink:
 *
 * A local file that is being written for the first time, and hashed on the way. The file is made (mode 0600) by the
 * first bytes and must not exist. Errors are STORAGE. The calls that give a future work off the main thread, one at a
 * time; the others block.
 */
typedef struct _RushesFileSink RushesFileSink;

RushesFileSink *rushes_file_sink_new         (GFile           *file);
/* Goes on with a file that may exist: the first @size bytes of it stay, what follows them does not. It is not hashed. */
RushesFileSink *rushes_file_sink_new_at      (GFile           *file,
                                              gint64           size);
RushesFileSink *rushes_file_sink_ref         (RushesFileSink  *self);
void            rushes_file_sink_unref       (RushesFileSink  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesFileSink, rushes_file_sink_unref)

gboolean        rushes_file_sink_write_now   (RushesFileSink  *self,
                                              gconstpointer    data,
                                              gsize            length,
                                              GError         **error);
/* Syncs and closes the file. */
gboolean        rushes_file_sink_finish_now  (RushesFileSink  *self,
                                              GError         **error);

/* Each resolves to TRUE. */
DexFuture      *rushes_file_sink_write       (RushesFileSink  *self,
                                              GBytes          *bytes) G_GNUC_WARN_UNUSED_RESULT;
DexFuture      *rushes_file_sink_finish      (RushesFileSink  *self) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what was written. Resolves to TRUE, always. */
DexFuture      *rushes_file_sink_discard     (RushesFileSink  *self) G_GNUC_WARN_UNUSED_RESULT;

/* How large the file is so far. */
gint64          rushes_file_sink_get_size    (RushesFileSink  *self);
/* Lower-case hex of what was written; after the end only. */
const char     *rushes_file_sink_get_sha256  (RushesFileSink  *self);

G_END_DECLS
