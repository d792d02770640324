/* rushes-project.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesProject:
 *
 * A named folder of takes. Read-only properties, notified: id, name, n-takes (uint), created (int64 µs UTC), defaults
 * (boxed JsonNode, NULL).
 */
#define RUSHES_TYPE_PROJECT (rushes_project_get_type ())
G_DECLARE_FINAL_TYPE (RushesProject, rushes_project, RUSHES, PROJECT, GObject)

const char *rushes_project_get_id      (RushesProject *self);
const char *rushes_project_get_name    (RushesProject *self);
guint       rushes_project_get_n_takes (RushesProject *self);
gint64      rushes_project_get_created (RushesProject *self);
/* The draft that was kept last, as rushes_draft_load_json() reads it; NULL. */
JsonNode   *rushes_project_get_draft   (RushesProject *self);
/* What its new drafts begin with, for rushes_draft_load_json(): a draft without words and pictures; NULL when they begin
 * empty. */
JsonNode   *rushes_project_get_defaults (RushesProject *self);
/* Where its clips are copied to or saved, when nothing else was said; part of the defaults. NULL for no such folder. */
GFile      *rushes_project_get_folder  (RushesProject *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
