/* rushes-scrubber.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * RushesScrubber:
 *
 * Takes out of words what is nobody else's business: keys, the queries and passwords of addresses, pictures in base64, and
 * where the person's home is.
 */
typedef struct _RushesScrubber RushesScrubber;

/* @credentials is an array of RushesCredentials; NULL for none. */
RushesScrubber *rushes_scrubber_new        (GPtrArray      *credentials) G_GNUC_WARN_UNUSED_RESULT;
void            rushes_scrubber_free       (RushesScrubber *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesScrubber, rushes_scrubber_free)

/* Takes out @words too, such as the name of a file, wherever they stand. Nothing when they are shorter than 4 bytes. */
void            rushes_scrubber_hide       (RushesScrubber *self,
                                            const char     *words);
char           *rushes_scrubber_clean      (RushesScrubber *self,
                                            const char     *text) G_GNUC_WARN_UNUSED_RESULT;
/* The same of every text and every name of a member in @node, as a new one. */
JsonNode       *rushes_scrubber_clean_json (RushesScrubber *self,
                                            JsonNode       *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
