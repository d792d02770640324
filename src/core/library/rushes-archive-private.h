/* rushes-archive-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-archive.h"
#include "rushes-database.h"

G_BEGIN_DECLS

struct _RushesArchive
{
  GObject              parent_instance;

  GFile               *file;
  GCancellable        *cancellable;
  GCancellable        *closing;     /* of the library; NULL before it begins */
  gint                 permille;    /* atomic */
  RushesArchiveReport  report;

  /* Of the worker. */
  RushesFolders       *folders;
  gboolean             with_clips;
  gboolean             overwrite;
  GBytes              *presets;     /* of a restore; NULL */
  GPtrArray           *providers;   /* GBytes, likewise */
  guint64              total;       /* bytes of all files */
  guint64              done;
};

/* "RshB", so that another database is not taken for a backup. */
#define RUSHES_ARCHIVE_ID    0x52736842
/* Kinds of files. */
#define RUSHES_ARCHIVE_PRESETS  "presets"
#define RUSHES_ARCHIVE_PROVIDER "provider"

#define RUSHES_ARCHIVE_CHUNK (4 * 1024 * 1024)

/* SQLite asks from time to time whether it is to go on. */
void      rushes_archive_watch       (RushesArchive   *self,
                                      RushesDatabase  *database);
/* FALSE with CANCELLED set when the person does not want it any more. */
gboolean  rushes_archive_go_on       (RushesArchive   *self,
                                      GError         **error);
void      rushes_archive_count       (RushesArchive   *self,
                                      guint64          n_bytes);
/* An error of a step, or CANCELLED when it is one because it was cancelled. */
GError   *rushes_archive_explain     (RushesArchive   *self,
                                      GError          *error) G_GNUC_WARN_UNUSED_RESULT;

/* On a worker: the whole of a restore, through a connection of its own. */
gboolean  rushes_archive_merge       (RushesArchive   *self,
                                      GError         **error);
/* The part of it that is one transaction: @database has the backup attached as "incoming", and @clips has, for the file of
 * a clip as the backup calls it, its name within the folder of clips here. */
gboolean  rushes_archive_merge_rows  (RushesArchive   *self,
                                      RushesDatabase  *database,
                                      GHashTable      *clips,
                                      GError         **error);

G_END_DECLS
