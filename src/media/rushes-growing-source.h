/* rushes-growing-source.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gst/gst.h>

#include "rushes-arrival.h"

G_BEGIN_DECLS

/**
 * RushesGrowingSource:
 *
 * Feeds an appsrc with a file that is still being written, as far as it is there: what is wanted and has not come is
 * asked for out of its turn, and handed over when it comes. The bytes stay in the file, so that little of it is in memory
 * and all of it can be sought.
 * Made on the main thread; a thread of its own does the reading.
 */
typedef struct _RushesGrowingSource RushesGrowingSource;

/* STORAGE when the file cannot be opened. */
RushesGrowingSource *rushes_growing_source_new         (RushesArrival        *arrival,
                                                        GError              **error) G_GNUC_WARN_UNUSED_RESULT;
/* Hands nothing over any more. */
void                 rushes_growing_source_close       (RushesGrowingSource  *self);
/* After that, when the appsrc is gone: waits for the thread, which may be reading. Any thread. */
void                 rushes_growing_source_free        (RushesGrowingSource  *self);

/* Takes @appsrc on, once, before it starts. Any thread. */
void                 rushes_growing_source_attach      (RushesGrowingSource  *self,
                                                        GstElement           *appsrc);
/* Whether something is wanted that has not come yet. Any thread. */
gboolean             rushes_growing_source_is_starving (RushesGrowingSource  *self);
/* The first byte that was not handed over. Any thread. */
gint64               rushes_growing_source_get_place   (RushesGrowingSource  *self);
/* Whether these bytes, or as many of them as there will be, have come. Main thread. */
gboolean             rushes_growing_source_has         (RushesGrowingSource  *self,
                                                        gint64                offset,
                                                        gint64                length);

G_END_DECLS
