/* rushes-transport.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RushesTransport:
 *
 * What can be played, stood still and gone through frame by frame: one clip, or several as one. Main thread.
 *
 * Properties, notified: playing (boolean, read-write), position and duration (double, seconds), loop (boolean,
 * read-write), rate (double, read-write), volume (double 0…1, cubic, read-write), muted (boolean, read-write), frame-rate
 * (double, 0 unknown), has-audio (boolean).
 */
#define RUSHES_TYPE_TRANSPORT (rushes_transport_get_type ())
G_DECLARE_INTERFACE (RushesTransport, rushes_transport, RUSHES, TRANSPORT, GObject)

struct _RushesTransportInterface
{
  GTypeInterface parent_interface;

  void (*seek) (RushesTransport *self,
                double           seconds);
  void (*step) (RushesTransport *self,
                int              frames);
};

/* Exact to the frame; seeks that come faster than they are done are gathered. */
void     rushes_transport_seek         (RushesTransport *self,
                                        double           seconds);
/* Pauses and goes @frames forwards or backwards. */
void     rushes_transport_step         (RushesTransport *self,
                                        int              frames);
gboolean rushes_transport_get_playing  (RushesTransport *self);
void     rushes_transport_set_playing  (RushesTransport *self,
                                        gboolean         playing);
double   rushes_transport_get_position (RushesTransport *self);
double   rushes_transport_get_duration (RushesTransport *self);

G_END_DECLS
