/* rushes-checkup.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-folders.h"

G_BEGIN_DECLS

typedef enum
{
  RUSHES_CHECKUP_DATABASE,
  RUSHES_CHECKUP_CLIP,
  RUSHES_CHECKUP_PICTURE,
  RUSHES_CHECKUP_SPOOL,
} RushesCheckupKind;

/**
 * RushesCheckupProblem:
 * @take: the id of the take that it is about, one of them when there are several; NULL
 * @path: the file that it is about; NULL
 * @sentence: translated
 */
typedef struct
{
  RushesCheckupKind  kind;
  char              *take;
  char              *path;
  char              *sentence;
} RushesCheckupProblem;

/**
 * RushesCheckupReport:
 * @n_takes, @n_clips, @n_pictures: what the library has; clips that were removed to make room are none
 * @size: bytes of all clips, as they are written down
 * @n_spooled: attempts with an answer or a record in the spool
 * @n_unknown: those among them that the library does not know of; they are found again when it is opened
 * @problems: RushesCheckupProblem; what can be put right, and what cannot
 */
typedef struct
{
  guint      n_takes;
  guint      n_clips;
  guint64    size;
  guint      n_pictures;
  guint      n_spooled;
  guint      n_unknown;
  GPtrArray *problems;
} RushesCheckupReport;

/**
 * RushesCheckup:
 *
 * Looks a library over and changes nothing in it: whether its database is whole, and whether the files are there that it
 * speaks of. One object for one pass, which can be looked at and cancelled from any thread while it goes on.
 */
#define RUSHES_TYPE_CHECKUP (rushes_checkup_get_type ())
G_DECLARE_FINAL_TYPE (RushesCheckup, rushes_checkup, RUSHES, CHECKUP, GObject)

/* With @hashes all clips and pictures are read and compared with their SHA-256. */
RushesCheckup             *rushes_checkup_new          (RushesFolders      *folders,
                                                        gboolean            hashes);
/* The pass ends with CANCELLED. */
void                       rushes_checkup_cancel       (RushesCheckup      *self);
/* How far it is with the bytes of all clips, 0…1. */
double                     rushes_checkup_get_fraction (RushesCheckup      *self);
/* What came of it, once it is over. Borrowed. */
const RushesCheckupReport *rushes_checkup_get_report   (RushesCheckup      *self);
/* Resolves to TRUE when all was looked at, whatever was found. STORAGE when there is no library, or one of a newer
 * version. */
DexFuture                 *rushes_checkup_run          (RushesCheckup      *self) G_GNUC_WARN_UNUSED_RESULT;

/* "database", "clip", "picture", "spool" */
const char                *rushes_checkup_kind_to_string (RushesCheckupKind kind);

G_END_DECLS
