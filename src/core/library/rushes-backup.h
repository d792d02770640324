/* rushes-backup.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-database.h"

G_BEGIN_DECLS

/* Copies of library.db in the folder backups beside it, and what is done when the library itself is damaged. @path is
 * library.db's. All of it blocks. */

/* Copies an open database before its schema changes; the last three are kept. */
gboolean rushes_backup_before_migration (RushesDatabase  *database,
                                         const char      *path,
                                         GError         **error);
/* Once a day a tight copy, through a connection of its own; the last seven are kept. TRUE also when today's is there
 * already, another process is making it, or @cancellable (NULL allowed) put an end to it. */
gboolean rushes_backup_daily            (const char      *path,
                                         GCancellable    *cancellable,
                                         GError         **error);

/* Marks a database in which damage was met, so that the next start checks it. */
void     rushes_backup_set_suspect      (const char      *path);
gboolean rushes_backup_is_suspect       (const char      *path);
/* Whether a database is whole; reads all of it. */
gboolean rushes_backup_check            (const char      *path,
                                         GError         **error);
/* Whether the database is gone or empty though a journal or backups tell that there was one, or its journal is none: what
 * must be seen before SQLite opens it, which would quietly begin a new one, or write over the journal. */
gboolean rushes_backup_is_lost          (const char      *path);
/* Renames a damaged or lost database, with its journal, and puts itself, when only the journal was damaged, else the
 * newest backup that is whole in its place, or leaves the place empty. Where takes wait in what is put there, its queue
 * is paused, for they may have been submitted since. @warning is set to a sentence or two for the person. Nothing is
 * deleted. */
gboolean rushes_backup_replace_damaged  (const char      *path,
                                         char           **warning,
                                         GError         **error);

G_END_DECLS
