/* rushes-take-history.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rushes-database.h"

G_BEGIN_DECLS

/* All that the library knows of a take; times are ISO 8601 in UTC, what is not known is null, addresses come without
 * their query, which may be a secret:
 *
 *   { "id", "project": { "id", "name" }, "order", "created", "state", "starred", "note", "saved_to", "deleted",
 *     "request": {…},
 *     "attempts": [ newest first:
 *       { "id", "number", "own_id", "runner", "state", "task_id", "host", "poll_target", "description", "created",
 *         "submitted", "cancel_requested", "charged", "error": {…},
 *         "steps": [ { "state", "at" } ],
 *         "results": [ { "uri", "expires", "clip_id", "path", "received", "size", "duration", "width", "height", "frame_rate",
 *                        "frames", "container", "video_codec", "audio_codec", "sha256" } ],
 *         "ledger": [ { "kind", "price", "low_micros", "micros", "currency", "worth_micros", "worth_currency", "at",
 *                       "day" } ] } ] }
 *
 * NULL with @error set when there is no such take. */
JsonNode *rushes_take_history_read (RushesDatabase  *database,
                                    const char      *take_id,
                                    GFile           *clips,
                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
