/* rushes-project.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesProject:
 *
 * A named folder of takes. Read-only properties, notified: id, name, n-takes (uint), created (int64 µs UTC).
 */
#define RUSHES_TYPE_PROJECT (rushes_project_get_type ())
G_DECLARE_FINAL_TYPE (RushesProject, rushes_project, RUSHES, PROJECT, GObject)

const char *rushes_project_get_id      (RushesProject *self);
const char *rushes_project_get_name    (RushesProject *self);
guint       rushes_project_get_n_takes (RushesProject *self);
gint64      rushes_project_get_created (RushesProject *self);
/* The draft that was kept last, as rushes_draft_load_json() reads it; NULL. */
JsonNode   *rushes_project_get_draft   (RushesProject *self);

G_END_DECLS
