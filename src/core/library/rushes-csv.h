/* rushes-csv.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Records as RFC 4180 wants them, for programs that may take a cell for a formula. */

/* Adds a cell of words: cleaned, with an apostrophe in front of what a spreadsheet would compute, quoted where needed.
 * NULL is an empty cell. */
void rushes_csv_add_words (GString    *record,
                           const char *words);
/* Adds a cell that this program wrote itself, such as a number. */
void rushes_csv_add_plain (GString    *record,
                           const char *text);

G_END_DECLS
