/* rushes-listing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rushes-presets.h"
#include "rushes-project.h"
#include "rushes-provider.h"
#include "rushes-take.h"

G_BEGIN_DECLS

/* How the things of a library look in JSON lines and in listings for people. Every object is a new one. */

/* How much of an id listings show: the time in it and the counter after that, "01987c5e-2a40-7f03". */
#define RUSHES_SHORT_ID 18

/* "2026-08-01 14:05", in local time. */
char       *rushes_time_to_display     (gint64          time) G_GNUC_WARN_UNUSED_RESULT;
/* "2026-08-01T12:05:22.104211Z" */
char       *rushes_time_to_iso8601     (gint64          time) G_GNUC_WARN_UNUSED_RESULT;
/* A path for people, whatever bytes it is made of. */
char       *rushes_show_path           (const char     *path) G_GNUC_WARN_UNUSED_RESULT;
/* A state for people, translated: "in line", "ready" … */
const char *rushes_take_state_to_display (RushesTakeState state);

JsonObject *rushes_project_to_listing  (RushesProject  *project) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_preset_to_listing   (RushesPreset   *preset) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_take_to_listing     (RushesTake     *take) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *rushes_provider_to_listing (RushesProvider *provider) G_GNUC_WARN_UNUSED_RESULT;
/* With everything it can do. */
JsonObject *rushes_model_to_listing    (RushesModel    *model) G_GNUC_WARN_UNUSED_RESULT;
/* Where a file is, put into @object as "path" and "uri". */
void        rushes_file_add_to_listing (GFile          *file,
                                        JsonObject     *object);
/* A clip's facts, put into @object. */
void        rushes_clip_add_to_listing (RushesClip     *clip,
                                        JsonObject     *object);

G_END_DECLS
