/* rushes-link-finder.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* More than this of a text is not looked at, and no more addresses are given. */
#define RUSHES_LINK_FINDER_MAX_TEXT  (1024 * 1024)
#define RUSHES_LINK_FINDER_MAX_LINKS 32

/**
 * rushes_link_finder_find:
 *
 * The addresses in a text of a language model that may be a clip's, the likeliest first: those of <video>, of <source>,
 * then plain ones that end like a video, Markdown links, those with a path that gateways give to videos, and at last
 * any other. Escaped HTML and JSON are read as what they mean; what stands within <think> is no answer; pictures,
 * posters and thumbnails are no clips. Addresses are https, or http when they are of @base_url's own origin; those that
 * begin with a slash in <video>, <source>, Markdown and JSON belong to it. @base_url may be NULL.
 *
 * The order is that of the gateways known (grok2api and its forks). With @unfinished the text may go on: an address
 * counts when what stands behind it shows that it is whole. Gives char *, each once; free with g_ptr_array_unref().
 */
GPtrArray *rushes_link_finder_find        (const char *text,
                                           const char *base_url,
                                           gboolean    unfinished) G_GNUC_WARN_UNUSED_RESULT;
/* The first of them, but none of the last kind: one that a clip can be expected behind. NULL. */
char      *rushes_link_finder_find_likely (const char *text,
                                           const char *base_url,
                                           gboolean    unfinished) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
