/* rushes-stored-error.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* An error of RUSHES_ERROR with all it carries, as the library keeps it:
 * {"code":…,"message":…,"charged":…,"http_status":…,"words":…,"field":…, "retryable":…,"warns":true,"retry_after":…}. */
JsonNode *rushes_stored_error_to_json   (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
/* NULL stays NULL, both ways. */
char     *rushes_stored_error_to_text   (const GError *error) G_GNUC_WARN_UNUSED_RESULT;
GError   *rushes_stored_error_from_text (const char   *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
