/* rushes-take-note.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/**
 * RushesTakeNote:
 *
 * What the person wants to remember about a take: a text that is kept as it is typed, a moment after.
 */
#define RUSHES_TYPE_TAKE_NOTE (rushes_take_note_get_type ())
G_DECLARE_FINAL_TYPE (RushesTakeNote, rushes_take_note, RUSHES, TAKE_NOTE, AdwBin)

/* Once. */
void rushes_take_note_set_take (RushesTakeNote *self,
                                RushesTake     *take,
                                RushesLibrary  *library);

G_END_DECLS
