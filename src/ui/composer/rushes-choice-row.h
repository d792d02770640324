/* rushes-choice-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesChoiceRow:
 *
 * A row with one value out of several: side by side while they are few and there is room, else in a drop-down. Not
 * visible when there is nothing to choose.
 *
 * Properties, notified: value (string, NULL for none).
 */
#define RUSHES_TYPE_CHOICE_ROW (rushes_choice_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesChoiceRow, rushes_choice_row, RUSHES, CHOICE_ROW, AdwActionRow)

GtkWidget  *rushes_choice_row_new         (const char         *title);
/* As many titles, for people, as values. The row is visible when there are two or more; a single one that is shown all the
 * same is only said. */
void        rushes_choice_row_set_choices (RushesChoiceRow    *self,
                                           const char * const *values,
                                           const char * const *titles);
const char *rushes_choice_row_get_value   (RushesChoiceRow    *self);
void        rushes_choice_row_set_value   (RushesChoiceRow    *self,
                                           const char         *value);

G_END_DECLS
