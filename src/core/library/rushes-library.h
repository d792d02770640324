/* rushes-library.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-folders.h"
#include "rushes-ledger-entry.h"
#include "rushes-limits.h"
#include "rushes-picture-fitter.h"
#include "rushes-project.h"
#include "rushes-take.h"
#include "rushes-take-filter.h"
#include "rushes-wishes.h"

G_BEGIN_DECLS

/**
 * RushesLibrary:
 *
 * A person's library: projects, takes and their clips. Lives on the main thread; everything that touches the disk
 * runs on the library's own thread and answers with a future. Several processes may have it open at once.
 *
 * Read-only properties, notified: paused (see rushes_library_set_paused()), problem (see rushes_library_get_problem()).
 * Signals: ::changed when another process has written (the lists look again by themselves); ::written after every write that
 * changed something, one's own and another process's; ::runner-gone when another process that may have run takes has ended,
 * in whatever way: what it left can be adopted now.
 */
#define RUSHES_TYPE_LIBRARY (rushes_library_get_type ())
G_DECLARE_FINAL_TYPE (RushesLibrary, rushes_library, RUSHES, LIBRARY, GObject)

typedef enum
{
  RUSHES_LIBRARY_OPEN_DEFAULT   = 0,
  RUSHES_LIBRARY_OPEN_READ_ONLY = 1 << 0, /* no migration, no runner: search and listings */
} RushesLibraryOpenFlags;

typedef enum
{
  RUSHES_SAVE_DEFAULT     = 0,
  RUSHES_SAVE_OVERWRITE   = 1 << 0, /* an existing file is replaced */
  RUSHES_SAVE_WITH_RECIPE = 1 << 1, /* the copy bears the recipe of the take, or has it beside it */
} RushesSaveFlags;

/* Resolves to a #RushesLibrary: folders made, schema migrated (with a backup before), locks held. A damaged one is set
 * aside, and rushes_library_get_warning() tells. Rejects with STORAGE and a sentence when it comes from a newer version
 * or its folder cannot be written; read-only also when it is damaged or from an older version. */
DexFuture     *rushes_library_open            (RushesFolders          *folders,
                                               RushesLibraryOpenFlags  flags) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves when every write is on disk and the thread has ended. */
DexFuture     *rushes_library_close           (RushesLibrary          *self) G_GNUC_WARN_UNUSED_RESULT;
RushesFolders *rushes_library_get_folders     (RushesLibrary          *self);
/* Translated sentences when the library was found damaged: what was set aside, which backup is used instead, and how many
 * takes that were submitted since were found again. NULL when all is well. */
const char    *rushes_library_get_warning     (RushesLibrary          *self);

/* Once the library's file was found removed or replaced under this process: a sentence that says so. What was read can
 * still be looked at; every write is refused with it, so that nothing is submitted any more. NULL. */
const GError  *rushes_library_get_problem     (RushesLibrary          *self);

/* What makes the small pictures of recipes that go along with clips; without one they have none. */
void           rushes_library_set_fitter      (RushesLibrary          *self,
                                               RushesPictureFitter    *fitter);
/* NULL before. Borrowed. */
RushesPictureFitter *rushes_library_get_fitter (RushesLibrary         *self);

/* ---- projects ---- */

/* A live GListModel of RushesProject, by name; there is always at least one. Borrowed. */
GListModel    *rushes_library_get_projects    (RushesLibrary          *self);
/* By id, by a unique prefix of at least 6 characters, or by exact name; NULL. Borrowed. */
RushesProject *rushes_library_find_project    (RushesLibrary          *self,
                                               const char             *id_or_name);
/* Resolves to the RushesProject. A name that exists already, or is empty, is a BAD_REQUEST. */
DexFuture     *rushes_library_create_project  (RushesLibrary          *self,
                                               const char             *name) G_GNUC_WARN_UNUSED_RESULT;
DexFuture     *rushes_library_rename_project  (RushesLibrary          *self,
                                               RushesProject          *project,
                                               const char             *name) G_GNUC_WARN_UNUSED_RESULT;
/* Its takes go along, marked as deleted; a project with takes in work, and the last project, are refused. */
DexFuture     *rushes_library_delete_project  (RushesLibrary          *self,
                                               RushesProject          *project) G_GNUC_WARN_UNUSED_RESULT;
/* Keeps the draft of a project over restarts; resolves to TRUE. */
DexFuture     *rushes_library_save_draft      (RushesLibrary          *self,
                                               RushesProject          *project,
                                               RushesDraft            *draft) G_GNUC_WARN_UNUSED_RESULT;

/* What new drafts of a project begin with: the model and the settings of @draft, its preset and negative prompt, and a
 * folder for clips (NULL for none). With both NULL they begin empty again. Resolves to TRUE. */
DexFuture     *rushes_library_set_defaults    (RushesLibrary          *self,
                                               RushesProject          *project,
                                               RushesDraft            *draft,
                                               GFile                  *folder) G_GNUC_WARN_UNUSED_RESULT;

/* ---- takes ---- */

/* A live GListModel of RushesTake, newest first unless the filter says otherwise (with NULL all takes). It is empty
 * until its boolean property "pending" becomes FALSE, and then knows how many there are; rows are loaded when they
 * are asked for: an item may be a placeholder (not loaded) whose properties come later. New and changed takes, also
 * other processes', appear by themselves. Full reference. */
GListModel    *rushes_library_list_takes      (RushesLibrary          *self,
                                               RushesTakeFilter       *filter) G_GNUC_WARN_UNUSED_RESULT;
/* One page of such a list, loaded: at most @n takes after the one whose id is @cursor, with NULL from the beginning.
 * Resolves to a boxed GPtrArray of RushesTake. */
DexFuture     *rushes_library_page_takes      (RushesLibrary          *self,
                                               RushesTakeFilter       *filter,
                                               const char             *cursor,
                                               guint                   n) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a RushesTake, loaded. @id may be a unique prefix of at least 6 characters; else NOT_FOUND with a
 * sentence. */
DexFuture     *rushes_library_find_take       (RushesLibrary          *self,
                                               const char             *id) G_GNUC_WARN_UNUSED_RESULT;
/* One order, in one transaction: a take, its first attempt (queued, held by this process's runner) and its hold for
 * each request. The same @order_id (a UUID made when Generate was pressed) twice gives the same takes again. Resolves
 * to a boxed GPtrArray of RushesTake in the order of @requests. Rejects with QUOTA when all of it together would pass a
 * spending limit, or has no known price while there is one; see rushes_limits_can_ask(). */
DexFuture     *rushes_library_order           (RushesLibrary          *self,
                                               RushesProject          *project,
                                               GPtrArray              *requests,
                                               GArray                 *prices,
                                               const char             *order_id) G_GNUC_WARN_UNUSED_RESULT;
/* The same with what the person agreed to, and what they said of these takes alone; NULL for nothing. */
DexFuture     *rushes_library_order_with_consent (RushesLibrary       *self,
                                               RushesProject          *project,
                                               GPtrArray              *requests,
                                               GArray                 *prices,
                                               const char             *order_id,
                                               const RushesConsent    *consent,
                                               const RushesWishes     *wishes) G_GNUC_WARN_UNUSED_RESULT;
/* These change the take object too, before they resolve (to TRUE). */
DexFuture     *rushes_library_star            (RushesLibrary          *self,
                                               RushesTake             *take,
                                               gboolean                starred) G_GNUC_WARN_UNUSED_RESULT;
/* Of a take that is loaded; it is found by its note, too. "" or NULL removes it. */
DexFuture     *rushes_library_set_note        (RushesLibrary          *self,
                                               RushesTake             *take,
                                               const char             *note) G_GNUC_WARN_UNUSED_RESULT;
/* Hides it (with FALSE: brings it back); the files stay for 30 days. */
DexFuture     *rushes_library_set_deleted     (RushesLibrary          *self,
                                               RushesTake             *take,
                                               gboolean                deleted) G_GNUC_WARN_UNUSED_RESULT;
DexFuture     *rushes_library_move_take       (RushesLibrary          *self,
                                               RushesTake             *take,
                                               RushesProject          *project) G_GNUC_WARN_UNUSED_RESULT;
/* ---- the line of those that wait ---- */

typedef enum
{
  RUSHES_MOVE_FIRST, /* before all others, of whatever provider */
  RUSHES_MOVE_UP,    /* before the one of its provider that is before it */
  RUSHES_MOVE_DOWN,
} RushesMove;

/* Gives a take that is in line another place there, whatever process is to run it. Resolves to how many of its provider
 * are before it then (an int), also when it could not move further; BAD_REQUEST when it does not wait. */
DexFuture     *rushes_library_move_in_line    (RushesLibrary          *self,
                                               RushesTake             *take,
                                               RushesMove              where) G_GNUC_WARN_UNUSED_RESULT;
/* While the queue is paused nothing is submitted, by this process or another; what was submitted goes on. It stays so
 * until it is told otherwise. Resolves to TRUE. */
DexFuture     *rushes_library_set_paused      (RushesLibrary          *self,
                                               gboolean                paused) G_GNUC_WARN_UNUSED_RESULT;
gboolean       rushes_library_get_paused      (RushesLibrary          *self);

/* Copies the clip to @destination (temporary name, fsync, rename; a copy-on-write clone where possible) and remembers
 * the place. The extension follows the container: resolves to the GFile that was really written, of which
 * rushes_clip_saver_get_lack() tells whether it is without the recipe that it was to bear. The clip in the library
 * stays as it came. */
DexFuture     *rushes_library_save_clip       (RushesLibrary          *self,
                                               RushesTake             *take,
                                               GFile                  *destination,
                                               RushesSaveFlags         flags) G_GNUC_WARN_UNUSED_RESULT;
/* All attempts of a take with all that is known of them, newest first, its ledger entries and files, as JSON for the
 * details page and `takes show`: resolves to a boxed JsonNode. */
DexFuture     *rushes_library_describe_take   (RushesLibrary          *self,
                                               RushesTake             *take) G_GNUC_WARN_UNUSED_RESULT;
/* Median seconds from submit to ready of the last 20 takes of a model; resolves to a double, 0 when there are none. */
DexFuture     *rushes_library_typical_time    (RushesLibrary          *self,
                                               const char             *provider_id,
                                               const char             *model_id) G_GNUC_WARN_UNUSED_RESULT;
/* How many takes were ever made of each model, deleted ones too: resolves to a boxed GHashTable of "PROVIDER/MODEL" →
 * GUINT_TO_POINTER (number). */
DexFuture     *rushes_library_count_uses      (RushesLibrary          *self) G_GNUC_WARN_UNUSED_RESULT;
/* What stands in the ledger, oldest first: resolves to a boxed GPtrArray of #RushesLedgerEntry. */
DexFuture     *rushes_library_list_ledger     (RushesLibrary          *self,
                                               const RushesLedgerFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
/* One page of that, newest first: at most @n entries that came before the one whose id is @before, with 0 the newest. */
DexFuture     *rushes_library_page_ledger     (RushesLibrary          *self,
                                               const RushesLedgerFilter *filter,
                                               gint64                  before,
                                               guint                   n) G_GNUC_WARN_UNUSED_RESULT;
/* What it comes to: resolves to a boxed GPtrArray of RushesLedgerTotal, see rushes_ledger_totals_add_up(). */
DexFuture     *rushes_library_sum_ledger      (RushesLibrary          *self,
                                               const RushesLedgerFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
/* The same entries as a table for spreadsheets: resolves to a boxed GBytes, see rushes_ledger_to_csv(). */
DexFuture     *rushes_library_export_ledger   (RushesLibrary          *self,
                                               const RushesLedgerFilter *filter) G_GNUC_WARN_UNUSED_RESULT;
/* What counts against limits today and this month: resolves to a boxed GArray of RushesSpent. Main thread. */
DexFuture     *rushes_library_get_spent       (RushesLibrary          *self) G_GNUC_WARN_UNUSED_RESULT;
/* What the person says became of an attempt (0: the newest of them) of a take whose cost is uncertain: it was @charged, or
 * not. @amount is what it really cost, NULL when that is not known better than before; without a currency it is in that of
 * the estimate. Resolves to TRUE; BAD_REQUEST when there is no such attempt, or the currency is missing. */
DexFuture     *rushes_library_end_uncertain   (RushesLibrary          *self,
                                               const char             *take_id,
                                               int                     attempt,
                                               gboolean                charged,
                                               const RushesMoney      *amount) G_GNUC_WARN_UNUSED_RESULT;
/* What fingerprints of keys are made with in this library and in no other, see rushes_key_mark_of(): resolves to an int64,
 * 0 when it is lost. */
DexFuture     *rushes_library_get_salt        (RushesLibrary          *self) G_GNUC_WARN_UNUSED_RESULT;
/* The last @n distinct prompts, newest first: resolves to a boxed GStrv. */
DexFuture     *rushes_library_recent_prompts  (RushesLibrary          *self,
                                               guint                   n) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
