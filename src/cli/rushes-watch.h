/* rushes-watch.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-destination.h"
#include "rushes-invocation.h"
#include "rushes-queue.h"

G_BEGIN_DECLS

/**
 * RushesWatch:
 *
 * Sees takes through to their end: says what happens to them, brings their clips to where they were asked for, and heeds
 * signals from its beginning on.
 *
 * The first Ctrl+C cancels what was not submitted yet and what is made on this computer, awaits the reply to what is being
 * submitted, and leaves what a service works on. A second one, like SIGTERM and SIGHUP, leaves everything as it is.
 */
typedef struct _RushesWatch RushesWatch;

/* @queue's library must be open. */
RushesWatch *rushes_watch_new             (RushesInvocation  *invocation,
                                           RushesLibrary     *library,
                                           RushesQueue       *queue) G_GNUC_WARN_UNUSED_RESULT;
void         rushes_watch_free            (RushesWatch       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesWatch, rushes_watch_free)

/* Where clips are copied to; NULL for the library alone. Borrowed. */
void         rushes_watch_set_destination (RushesWatch       *self,
                                           RushesDestination *destination);
/* To be content when a service has accepted a take. */
void         rushes_watch_set_no_wait     (RushesWatch       *self,
                                           gboolean           no_wait);
/* Returns the exit status: that of the first take that has another than 0. In a fiber. */
int          rushes_watch_run             (RushesWatch       *self,
                                           GPtrArray         *takes);

G_END_DECLS
