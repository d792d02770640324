/* rushes-simulated-json.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON text from a form in which quotes are single ones, so that replies read as in the pages they are from:
 *
 *   rushes_simulated_json ("{'id':%s,'progress':%d,'error':null}", id, 45)
 *
 * %s is a text with its quotes (null for NULL), %d a gint64 (pass it as such), %f a double, %b a gboolean, %j JSON text as
 * it is (null for NULL). Text with an apostrophe comes by %s. */
char *rushes_simulated_json    (const char *form,
                                ...) G_GNUC_WARN_UNUSED_RESULT;
char *rushes_simulated_json_va (const char *form,
                                va_list     args) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
