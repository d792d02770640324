/* rushes-work-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-async.h"

G_BEGIN_DECLS

/**
 * RushesWorkLine:
 *
 * Work that takes its turn: only so much at once, the rest waits in line. What nobody awaits any more when its turn
 * comes is left out. Lives on the main thread.
 */
#define RUSHES_TYPE_WORK_LINE (rushes_work_line_get_type ())
G_DECLARE_FINAL_TYPE (RushesWorkLine, rushes_work_line, RUSHES, WORK_LINE, GObject)

typedef enum
{
  RUSHES_LINE_OLDEST_FIRST,
  RUSHES_LINE_NEWEST_FIRST,
} RushesLineOrder;

/* Called on the main thread when the turn has come; the turn ends when what it returns is settled. */
typedef DexFuture *(*RushesLineFunc) (gpointer data);

RushesWorkLine *rushes_work_line_new      (guint            slots,
                                           RushesLineOrder  order);
/* Resolves as the work does. What still waits when a line is let go is rejected as cancelled. */
DexFuture      *rushes_work_line_push     (RushesWorkLine  *self,
                                           RushesLineFunc   func,
                                           gpointer         data,
                                           GDestroyNotify   destroy) G_GNUC_WARN_UNUSED_RESULT;
/* While it is held nothing begins; what runs goes on. */
void            rushes_work_line_set_held (RushesWorkLine  *self,
                                           gboolean         held);

G_END_DECLS
