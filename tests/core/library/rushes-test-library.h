/* rushes-test-library.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"
#include "rushes-library.h"
#include "rushes-test.h"

G_BEGIN_DECLS

/* What the tests of the library have in common. All but the first five wait, and so run in fibers. */

/* A folder for a library of the test's own. */
RushesFolders *rushes_test_folders      (void) G_GNUC_WARN_UNUSED_RESULT;
char          *rushes_test_path         (RushesFolders   *folders,
                                         const char      *name) G_GNUC_WARN_UNUSED_RESULT;
RushesRequest *rushes_test_request      (const char      *model,
                                         const char      *prompt) G_GNUC_WARN_UNUSED_RESULT;
RushesPrice    rushes_test_price        (gint64           low,
                                         gint64           high);

/* Puts @n ready takes (prompts "take 0" …) into a library that is closed, for measures of size. */
void           rushes_test_fill         (RushesFolders   *folders,
                                         guint            n);

RushesLibrary *rushes_test_open         (RushesFolders   *folders) G_GNUC_WARN_UNUSED_RESULT;
void           rushes_test_close        (RushesLibrary   *library);
/* The first project's, one take of each prompt, at 0.50 USD. */
GPtrArray     *rushes_test_order        (RushesLibrary   *library,
                                         ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
RushesTake    *rushes_test_order_one    (RushesLibrary   *library,
                                         const char      *prompt) G_GNUC_WARN_UNUSED_RESULT;
RushesAttempt *rushes_test_attempt      (RushesLibrary   *library,
                                         RushesTake      *take) G_GNUC_WARN_UNUSED_RESULT;
/* Steps that must succeed. An end is with @charged; READY gets a little file as its clip. */
void           rushes_test_step         (RushesLibrary   *library,
                                         RushesTake      *take,
                                         RushesAttempt   *attempt,
                                         RushesTakeState  to,
                                         RushesCharged    charged);
/* READY, with a clip that is kept for now only. */
void           rushes_test_land_for_now (RushesLibrary   *library,
                                         RushesTake      *take,
                                         RushesAttempt   *attempt);
/* Queued, preparing, submitting, running, downloading, as far as @to. */
void           rushes_test_walk         (RushesLibrary   *library,
                                         RushesTake      *take,
                                         RushesAttempt   *attempt,
                                         RushesTakeState  to);
/* A boolean future that must resolve to @expected. */
void           rushes_test_expect       (DexFuture       *future,
                                         gboolean         expected);
/* A future that must be rejected with this code. The message, for a closer look. */
char          *rushes_test_expect_error (DexFuture       *future,
                                         RushesErrorCode  code);
/* Waits until @check says so, at most 20 s. */
void           rushes_test_await        (gboolean       (*check) (gpointer data),
                                         gpointer         data);

/* Runs a command in a bubblewrap with these options beside the whole file system, and gives what it wrote to its
 * standard output. NULL, and the test is skipped, where there are no such sandboxes. */
char          *rushes_test_sandbox      (const char *const *options,
                                         ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;

/* How many files of a folder of the library have names that begin so, and the path of one, else NULL. */
guint          rushes_test_count_files  (RushesFolders   *folders,
                                         const char      *folder,
                                         const char      *prefix);
char          *rushes_test_find_file    (RushesFolders   *folders,
                                         const char      *folder,
                                         const char      *prefix) G_GNUC_WARN_UNUSED_RESULT;
/* What another program would see in the file, without Rushes: the first value that @sql finds. */
char          *rushes_test_peek         (const char      *path,
                                         const char      *sql) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
