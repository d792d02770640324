/* rushes-spool.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* What must be free on a disk before anything is submitted that would then lie on it. */
#define RUSHES_SPOOL_ROOM (64 * 1024 * 1024)

/* What may lie beside the spool file of an attempt, under its name with one of these behind it. */
#define RUSHES_SPOOL_RECORD  ".json"    /* what it is: a RushesAttemptRecord */
#define RUSHES_SPOOL_DELETED ".deleted" /* empty: a person has deleted its take */

/* The file of an attempt in which a reply is kept before anybody reads it. It is made, with its blocks, before the
 * submit: when the disk fills up meanwhile, the one reply that must not be lost still has its place. All of these
 * work off the main thread. */

/* Resolves to TRUE when @bytes are free where @folder lies; else rejects with STORAGE. */
DexFuture *rushes_spool_check_room (GFile  *folder,
                                    gint64  bytes) G_GNUC_WARN_UNUSED_RESULT;
/* Makes @spool, empty but with room for a reply, and writes it through to the disk. Resolves to TRUE; rejects with
 * STORAGE, also when less than RUSHES_SPOOL_ROOM is free. A file with a reply in it is never emptied: STORAGE, charged
 * MAYBE, for then this was submitted before. */
DexFuture *rushes_spool_make       (GFile  *spool) G_GNUC_WARN_UNUSED_RESULT;
/* Writes @record beside @spool and through to the disk, before the first byte of the submit is sent. Resolves to TRUE;
 * rejects with STORAGE. */
DexFuture *rushes_spool_note       (GFile      *spool,
                                    const char *record) G_GNUC_WARN_UNUSED_RESULT;
/* Removes it, and what lies beside it: its record, a render (SPOOL.part), a clip that came within a reply (SPOOL.clip), an
 * answer that is as large as one (SPOOL.answer).
 * Resolves to TRUE, also when there was nothing. */
DexFuture *rushes_spool_remove     (GFile  *spool) G_GNUC_WARN_UNUSED_RESULT;

/* Whether a reply, or the beginning of one, lies at @path. Blocks. */
gboolean   rushes_spool_has_reply  (const char *path);
/* The ids of the attempts that were submitted, as the folder of spools tells: those with a record, or with a reply; oldest
 * first. Blocks. */
GPtrArray *rushes_spool_list_submitted (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
