/* rushes-folders.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RushesFolders:
 *
 * Where a library's files live; names never come from a provider or a prompt.
 *
 *   DATA/library.db               what is known (SQLite, WAL)
 *   DATA/library.lock             shared by every process that has the library open
 *   DATA/changed                  touched after a commit, so that other processes look again
 *   DATA/clips/YYYY-MM/TAKE-n.EXT clips, original bytes
 *   DATA/by-name/TAKE-n.EXT/…     the same clips by the names that other programs were given
 *   DATA/references/SHA256.EXT    pictures, copied when they were imported
 *   DATA/spool/ATTEMPT            replies and local renders until they are safe in the library
 *   DATA/spool/ATTEMPT.json       what was submitted, for a library that does not know of it any more
 *   DATA/runners/UUID             locked by the process that runs takes under that name
 *   DATA/backups/                 copies of library.db made before a migration and daily
 *   DATA/providers/               a person's own descriptions
 *   DATA/presets.json             a person's own presets
 *   DATA/presets.lock             held by the process that writes them
 *   CACHE/thumbnails/             posters and strips, made again at need
 *   CACHE/models/                 what services said of their models, asked again when a person wants it
 *
 * DATA is $XDG_DATA_HOME/rushes, CACHE is $XDG_CACHE_HOME/rushes.
 */
#define RUSHES_TYPE_FOLDERS (rushes_folders_get_type ())
G_DECLARE_FINAL_TYPE (RushesFolders, rushes_folders, RUSHES, FOLDERS, GObject)

/* With NULLs the person's own; nothing is made yet. */
RushesFolders *rushes_folders_new            (GFile          *data,
                                              GFile          *cache);
/* Makes what is missing (mode 0700). STORAGE with a sentence that names the folder. Blocks: a few system calls. */
gboolean       rushes_folders_ensure         (RushesFolders  *self,
                                              GError        **error);
GFile         *rushes_folders_get_data       (RushesFolders  *self);
GFile         *rushes_folders_get_references (RushesFolders  *self);
GFile         *rushes_folders_get_spool      (RushesFolders  *self);
GFile         *rushes_folders_get_runners    (RushesFolders  *self);
GFile         *rushes_folders_get_providers  (RushesFolders  *self);
GFile         *rushes_folders_get_clips      (RushesFolders  *self);
GFile         *rushes_folders_get_thumbnails (RushesFolders  *self);
/* Made by who writes there. */
GFile         *rushes_folders_get_models     (RushesFolders  *self);

G_END_DECLS
