/* rushes-note-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesNoteRow:
 *
 * A sentence below the row that it is about: what is wrong with what was typed there, and maybe a button with the best
 * thing to do; or a hint. Not visible without a sentence; what is wrong is read out,
 * and scrolled into view when its page is on the screen.
 *
 * Signals: ::clicked, of the button.
 */
#define RUSHES_TYPE_NOTE_ROW (rushes_note_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesNoteRow, rushes_note_row, RUSHES, NOTE_ROW, AdwPreferencesRow)

/* With @sentence NULL there is no note any more. @button is the label of the button, or NULL. */
void        rushes_note_row_say          (RushesNoteRow *self,
                                          const char    *sentence,
                                          const char    *button);
/* What helps to fill in the row above: said quietly, and not read out by itself. */
void        rushes_note_row_hint         (RushesNoteRow *self,
                                          const char    *sentence,
                                          const char    *button);
/* NULL without a note. */
const char *rushes_note_row_get_sentence (RushesNoteRow *self);

G_END_DECLS
