/* rushes-archive.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesArchiveReport:
 * @n_takes, @n_clips, @n_pictures: what was written, or is new in the library
 * @n_known: takes that the library had already; they stay as they are
 * @n_waiting: attempts that were in work where the backup was made; nobody waits for them here until a person asks for it
 * @n_missing: clips that were not there, or not what they had been, and were left out
 */
typedef struct
{
  guint n_takes;
  guint n_clips;
  guint n_pictures;
  guint n_known;
  guint n_waiting;
  guint n_missing;
} RushesArchiveReport;

/**
 * RushesArchive:
 *
 * A backup of the library in one file: what is known, the pictures, and the clips if they are wanted. The file is an SQLite
 * database: a tight copy of library.db with two tables more, "archive_files" and "archive_chunks", so that one library
 * reads and writes all of it. The person's own presets and descriptions of providers go along, as files. Keys, settings and the
 * copies of pictures in places elsewhere are no part of it.
 *
 * One object for one pass in either direction; it can be looked at and cancelled from any thread while that goes on.
 */
#define RUSHES_TYPE_ARCHIVE (rushes_archive_get_type ())
G_DECLARE_FINAL_TYPE (RushesArchive, rushes_archive, RUSHES, ARCHIVE, GObject)

RushesArchive             *rushes_archive_new          (GFile          *file);
/* The pass ends with CANCELLED, and leaves nothing half. */
void                       rushes_archive_cancel       (RushesArchive  *self);
/* How far it is, 0…1. */
double                     rushes_archive_get_fraction (RushesArchive  *self);
/* What came of it, once it is over. */
const RushesArchiveReport *rushes_archive_get_report   (RushesArchive  *self);

/* Resolves to TRUE when the file is whole under its name. BAD_REQUEST when there is one already and not @overwrite, or it
 * would lie within the library's own folder. */
DexFuture                 *rushes_archive_write        (RushesArchive  *self,
                                                        RushesLibrary  *library,
                                                        gboolean        with_clips,
                                                        gboolean        overwrite) G_GNUC_WARN_UNUSED_RESULT;
/* Brings what the library has not into it, by ids, and changes nothing that it has; a clip that a take here has lost comes
 * back. Every file is checked against its SHA-256 first. Attempts that were in work come in as left, or as unconfirmed,
 * and belong to nobody until somebody asks for them; those that were in line come in as cancelled. Resolves to TRUE;
 * BAD_REQUEST when the file is no backup, or one of a newer version. */
DexFuture                 *rushes_archive_restore      (RushesArchive  *self,
                                                        RushesLibrary  *library) G_GNUC_WARN_UNUSED_RESULT;

/* After a restore, what is for others to bring in: the file of presets, for rushes_presets_bring_in(), NULL when there is none;
 * and descriptions of providers, as from any stranger, an array of GBytes. Borrowed. */
GBytes                    *rushes_archive_get_presets  (RushesArchive  *self);
GPtrArray                 *rushes_archive_get_providers (RushesArchive *self);

G_END_DECLS
