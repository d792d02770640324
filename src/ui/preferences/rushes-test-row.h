/* rushes-test-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesTestRow:
 *
 * A row with a button that tries something out, and then says how that went. The verdict is read out.
 *
 * Property: subtitle (string: shown while there is no verdict). Signals: ::test when the person asks for it, never
 * while one is running.
 */
#define RUSHES_TYPE_TEST_ROW (rushes_test_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesTestRow, rushes_test_row, RUSHES, TEST_ROW, AdwPreferencesRow)

void        rushes_test_row_set_running (RushesTestRow *self,
                                         gboolean       running);
/* @verdict is what came of it, NULL for nothing yet; @words are somebody else's, shown as they are, or NULL. */
void        rushes_test_row_show        (RushesTestRow *self,
                                         gboolean       good,
                                         const char    *verdict,
                                         const char    *words);

G_END_DECLS
