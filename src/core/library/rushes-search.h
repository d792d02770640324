/* rushes-search.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Text for the index of words, and what a person typed as a query of it. Chinese, Japanese and Korean write without
 * spaces or in words that hang together, so each of their characters is a word of its own. */

/* NULL is "". */
char *rushes_search_index (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* An FTS5 expression in which every word of @text is quoted and the last one may go on; NULL when there is nothing to
 * look for. */
char *rushes_search_query (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
