/* rushes-event-listener.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-event-source.h"
#include "rushes-printer.h"

G_BEGIN_DECLS

/* Prints the events of a stream as they come, and a summary at its end. */

typedef struct
{
  guint64   max_events;   /* 0 for no limit: then the summary counts, and holds no events */
  double    max_time;     /* seconds; 0 for no limit */
  gboolean  summary_only;
} RushesListening;

/* In a fiber. Listens until the stream, a limit or the person ends it, and gives the exit status. */
int rushes_listen (RushesEventSource     *source,
                   RushesPrinter         *printer,
                   const RushesListening *listening);

G_END_DECLS
