/* rushes-fuzz.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

/* A target reads bytes that anybody may have made, and aborts where what comes of them cannot be right. Each is a file
 * fuzz-NAME.c with these two functions. It is linked with libFuzzer (build-aux/fuzz), and with rushes-fuzz-replay.c for
 * the check. What it does depends on its bytes alone. */

/* Gives 0. */
int      LLVMFuzzerTestOneInput     (const uint8_t *data,
                                     size_t         size);
/* Adds what is known of its kind, out of the fixtures: GBytes, where the search begins. */
void     rushes_fuzz_add_seeds      (GPtrArray     *seeds);

/* ---- for the targets ---- */

/* Sets up the core and a folder of this process's own. */
int      LLVMFuzzerInitialize       (int           *argc,
                                     char        ***argv);
/* A path below the sources. */
char    *rushes_fuzz_source         (const char    *below) G_GNUC_WARN_UNUSED_RESULT;
/* A path in the folder of this process's own. */
char    *rushes_fuzz_path           (const char    *name) G_GNUC_WARN_UNUSED_RESULT;
/* The same as a file that holds @data. */
GFile   *rushes_fuzz_file           (const char    *name,
                                     const uint8_t *data,
                                     size_t         size) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what lies in the folder of this process's own. */
void     rushes_fuzz_clean          (void);
void     rushes_fuzz_add_text       (GPtrArray     *seeds,
                                     const char    *text);
/* Every file in a folder below the sources whose name ends so, unless it is larger than @most. */
void     rushes_fuzz_add_files      (GPtrArray     *seeds,
                                     const char    *below,
                                     const char    *suffix,
                                     gsize          most);
/* Takes a line off the front of @rest, without its LF. */
char    *rushes_fuzz_take_line      (const char   **rest,
                                     const char    *end) G_GNUC_WARN_UNUSED_RESULT;
/* That an error is one of ours, with a sentence that can be shown. */
void     rushes_fuzz_check_error    (const GError  *error);
/* That a text can be shown; NULL can. */
void     rushes_fuzz_check_words    (const char    *words);

G_END_DECLS
