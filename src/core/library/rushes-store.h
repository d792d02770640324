/* rushes-store.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-database.h"
#include "rushes-folders.h"
#include "rushes-schema.h"

G_BEGIN_DECLS

/**
 * RushesStore:
 *
 * The thread that owns the library's SQLite connection. Work is done in the order in which it was posted, and
 * answered on the main thread in that order too, so that what one answer changed is there when the next comes.
 */
typedef struct _RushesStore RushesStore;

/* On the store's thread: may block, and touches no object of the main thread. */
typedef gboolean   (*RushesStoreWork)   (RushesDatabase  *database,
                                         gpointer         data,
                                         GError         **error);
/* On the main thread, when the work went well and whether or not anybody still waits: changes the objects that
 * follow, and makes the value that the future resolves to. */
typedef DexFuture *(*RushesStoreAnswer) (gpointer         data);

/* On the main thread, just before the answer to a write: its number among all writing transactions of the library,
 * other processes' too. */
typedef void       (*RushesStoreWrote)  (gint64           revision,
                                         gpointer         data);

/* On the main thread, once, just before the answer to the first work that found that the library's file is not the one that
 * was opened any more. What was read is still to be read; every write is rejected with @error from then on. */
typedef void       (*RushesStoreGone)   (const GError    *error,
                                         gpointer         data);

/* Makes or opens the library in @folders, as rushes-library.h says. Its future resolves to TRUE. */
RushesStore *rushes_store_new           (RushesFolders       *folders,
                                         gboolean             read_only,
                                         const RushesSchema  *schema,
                                         DexFuture          **opened);
RushesStore *rushes_store_ref           (RushesStore         *self);
void         rushes_store_unref         (RushesStore         *self);
/* Both NULL to be told no longer. */
void         rushes_store_set_listener  (RushesStore         *self,
                                         RushesStoreWrote     wrote,
                                         RushesStoreGone      gone,
                                         gpointer             data);
/* A sentence about a damaged library that was set aside; NULL. Valid once it is open. */
const char  *rushes_store_get_warning   (RushesStore         *self);

/* Runs @work in a transaction that sees one state of the database. @destroy frees @data on the main thread. */
DexFuture   *rushes_store_read          (RushesStore         *self,
                                         RushesStoreWork      work,
                                         RushesStoreAnswer    answer,
                                         gpointer             data,
                                         GDestroyNotify       destroy) G_GNUC_WARN_UNUSED_RESULT;
/* Runs @work in a BEGIN IMMEDIATE … COMMIT; an error rolls all of it back. Afterwards other processes are told. */
DexFuture   *rushes_store_write         (RushesStore         *self,
                                         RushesStoreWork      work,
                                         RushesStoreAnswer    answer,
                                         gpointer             data,
                                         GDestroyNotify       destroy) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to TRUE when everything posted before is done, the database is closed and its locks are given back. What
 * is posted later is rejected. */
DexFuture   *rushes_store_close         (RushesStore         *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesStore, rushes_store_unref)

G_END_DECLS
