/* rushes-json-path.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesJsonPath:
 *
 * Where something stands in a reply, as data/providers/SCHEMA.md has it: `data.task_id`, `videos[0].url`,
 * `outputs[type=video].url`, `output[*]`, `*.status`. Immutable once parsed.
 */
typedef struct _RushesJsonPath RushesJsonPath;

/* NULL, with a sentence as a BAD_REQUEST, for what is no path. */
RushesJsonPath *rushes_json_path_new      (const char      *text,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;
void            rushes_json_path_free     (RushesJsonPath  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesJsonPath, rushes_json_path_free)

/* All that stands there, borrowed from @root, in document order; nulls are nothing. Free the array. */
GPtrArray      *rushes_json_path_find     (RushesJsonPath  *self,
                                           JsonNode        *root) G_GNUC_WARN_UNUSED_RESULT;
/* A scalar as text, digit for digit; NULL for objects, lists and nulls, and, with a PROTOCOL error, for an integer
 * that does not fit in 64 bits. */
char           *rushes_json_node_to_text  (JsonNode        *node,
                                           GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
