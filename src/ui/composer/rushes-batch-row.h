/* rushes-batch-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesBatchRow:
 *
 * The offer that comes up when several pictures were brought for the first frame: one take for each. Not visible when there is no such offer.
 *
 * Properties, notified: accepted (boolean). Signals: ::dismissed when the person wants only the first picture.
 */
#define RUSHES_TYPE_BATCH_ROW (rushes_batch_row_get_type ())
G_DECLARE_FINAL_TYPE (RushesBatchRow, rushes_batch_row, RUSHES, BATCH_ROW, AdwBin)

/* RushesReference, the first frame's among them; NULL or fewer than two end the offer. */
void       rushes_batch_row_set_pictures (RushesBatchRow *self,
                                          GPtrArray      *pictures);
/* Borrowed; NULL without an offer. */
GPtrArray *rushes_batch_row_get_pictures (RushesBatchRow *self);
gboolean   rushes_batch_row_get_accepted (RushesBatchRow *self);

G_END_DECLS
