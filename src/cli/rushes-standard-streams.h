/* rushes-standard-streams.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* What comes in and goes out through pipes. */

/* A stream over standard input, which stays open afterwards. */
GInputStream *rushes_standard_input_open  (void) G_GNUC_WARN_UNUSED_RESULT;
/* What was typed as a file to read; "-" is standard input. Resolves to GBytes, read off the main thread; BAD_REQUEST with a
 * sentence for what cannot be read and for more than 16 MiB. */
DexFuture    *rushes_load_typed_file      (const char   *typed) G_GNUC_WARN_UNUSED_RESULT;
/* Writes the whole of @file to standard output, off the main thread. Resolves to TRUE; STORAGE when it does not take it. */
DexFuture    *rushes_standard_output_copy (GFile        *file) G_GNUC_WARN_UNUSED_RESULT;
/* Writes all of it, waiting where the other end is slow; blocks. STORAGE when the other end is gone or full. */
gboolean      rushes_write_all            (int           fd,
                                           const char   *bytes,
                                           gsize         length,
                                           GError      **error);

/* What was typed as a file to write; "-" is standard output. Whole or not at all, and never in place of another file
 * without @force: BAD_REQUEST. Blocks. */
gboolean      rushes_write_typed_file     (const char   *typed,
                                           const char   *bytes,
                                           gsize         length,
                                           gboolean      force,
                                           GError      **error);

G_END_DECLS
