/* rushes-catalogue-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-catalogue-entry.h"

G_BEGIN_DECLS

/**
 * RushesCatalogueRow:
 *
 * A model in the list: its star, its names, what it takes and makes, what a clip costs, and a lock where something is missing. It is
 * made without a template, as a list has two hundred of them at once.
 */
#define RUSHES_TYPE_CATALOGUE_ROW (rushes_catalogue_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesCatalogueRow, rushes_catalogue_row, RUSHES, CATALOGUE_ROW, GtkWidget)

GtkWidget *rushes_catalogue_row_new         (void);
/* @chosen: it is the one that stands in the composer */
void       rushes_catalogue_row_show        (RushesCatalogueRow   *self,
                                             RushesCatalogueEntry *entry,
                                             gboolean              chosen);
/* What was shown has another price. */
void       rushes_catalogue_row_reprice     (RushesCatalogueRow   *self);
/* Two lines, for a narrow window. */
void       rushes_catalogue_row_set_narrow  (RushesCatalogueRow   *self,
                                             gboolean              narrow);
/* As a click on the star. */
void       rushes_catalogue_row_star        (RushesCatalogueRow   *self);
/* All that the row shows, in words: "First frame, 5, 10 s, about $0.50"; free with g_free(). */
char      *rushes_catalogue_row_describe    (RushesCatalogueEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
