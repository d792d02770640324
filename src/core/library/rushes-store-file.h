/* rushes-store-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-database.h"
#include "rushes-folders.h"
#include "rushes-schema.h"

G_BEGIN_DECLS

/**
 * RushesStoreFile:
 *
 * library.db with what belongs to it: the lock that every process holds while it is open, the file that is touched
 * after a commit, and the backups. Used by the store's thread alone; everything blocks.
 */
typedef struct
{
  RushesDatabase *database;
  int             lock;    /* library.lock, shared; -1 */
  int             changed; /* -1 when read-only */
  char           *path;    /* of library.db */
  char           *warning; /* see rushes_store_get_warning() */
  guint64         device;  /* which file library.db was when it was opened */
  guint64         inode;
  gboolean        gone;    /* it is another one by now, or none */
} RushesStoreFile;

gboolean rushes_store_file_open        (RushesStoreFile     *self,
                                        RushesFolders       *folders,
                                        gboolean             read_only,
                                        const RushesSchema  *schema,
                                        GError             **error);
/* Looks whether library.db is still the file that was opened; once it is not, FALSE for ever, with a sentence. */
gboolean rushes_store_file_is_there    (RushesStoreFile     *self,
                                        GError             **error);
/* Tells other processes that something was committed. */
void     rushes_store_file_notify      (RushesStoreFile     *self);
/* Leaves word for the next start when the database was found damaged, so that it looks closely. */
void     rushes_store_file_mark_damage (RushesStoreFile     *self);
void     rushes_store_file_close       (RushesStoreFile     *self);

G_END_DECLS
