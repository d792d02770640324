/* rushes-server-event.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesServerEvent:
 *
 * An event as a stream dispatched it. Borrowed: it lasts as long as the call that tells of it. @data is valid UTF-8 and
 * may hold NULs; there is none behind it.
 */
typedef struct
{
  const char *type;   /* "message" when the stream named none */
  const char *data;
  gsize       length; /* bytes of @data */
  const char *id;     /* the last id that the stream gave; "" before any */
} RushesServerEvent;

/* The data as text: a NUL that was sent is U+FFFD. */
char       *rushes_server_event_get_text (const RushesServerEvent *self) G_GNUC_WARN_UNUSED_RESULT;
/* {"type":"event","event_type":…,"data":…,"timestamp":"2026-11-21T12:00:00.123Z","event_id":…}, with null for no id; it
 * came at @time, µs since 1970. */
JsonObject *rushes_server_event_to_json  (const RushesServerEvent *self,
                                          gint64                   time) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
