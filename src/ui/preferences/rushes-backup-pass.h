/* rushes-backup-pass.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"
#include "rushes-presets.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesBackupPass:
 *
 * The backup or restore that the window is at, one at a time for each library, and what came of the last one. It is no
 * widget: it goes on when Preferences is closed, keeps the program alive until it is over, and is there with its sentence
 * when Preferences is opened again. If nobody looks at it when it ends, the window says the sentence.
 *
 * Signals: ::changed, when any of what is asked for below is another; ::offer (GPtrArray of GBytes), after a restore, the
 * providers of the backup that the person is to be asked about. If nobody hears that, the window asks.
 */
#define RUSHES_TYPE_BACKUP_PASS (rushes_backup_pass_get_type ())
G_DECLARE_FINAL_TYPE (RushesBackupPass, rushes_backup_pass, RUSHES, BACKUP_PASS, GObject)

typedef enum
{
  RUSHES_BACKUP_IDLE,
  RUSHES_BACKUP_WRITING,
  RUSHES_BACKUP_RESTORING,
} RushesBackupWork;

/* That of @library; borrowed. */
RushesBackupPass *rushes_backup_pass_get          (RushesLibrary    *library);

/* Writes over @file if there is one: the person was asked by the dialog that gave it. Nothing happens while one goes on. */
void              rushes_backup_pass_back_up      (RushesBackupPass *self,
                                                   RushesLibrary    *library,
                                                   GFile            *file,
                                                   gboolean          with_clips);
/* Presets of the backup go into @presets, and @registry tells which providers are new; both may be NULL: then nothing comes
 * of these. */
void              rushes_backup_pass_restore      (RushesBackupPass *self,
                                                   RushesLibrary    *library,
                                                   RushesPresets    *presets,
                                                   RushesRegistry   *registry,
                                                   GFile            *file);
void              rushes_backup_pass_cancel       (RushesBackupPass *self);

RushesBackupWork  rushes_backup_pass_get_work     (RushesBackupPass *self);
/* 0…1; 0 as well while nobody can know. */
double            rushes_backup_pass_get_fraction (RushesBackupPass *self);
/* What came of the last one, in sentences on lines of their own; NULL while one goes on or before the first. */
const char       *rushes_backup_pass_get_sentence (RushesBackupPass *self);
/* Whether that tells of an error, other than that it was cancelled. */
gboolean          rushes_backup_pass_get_failed   (RushesBackupPass *self);

G_END_DECLS
