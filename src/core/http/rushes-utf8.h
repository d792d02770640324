/* rushes-utf8.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* UTF-8 as the Encoding Standard of the WHATWG decodes it (https://encoding.spec.whatwg.org/#utf-8-decoder), which GLib
 * does otherwise: NUL is a character, and each maximal part of a broken sequence becomes one U+FFFD. */

gboolean rushes_utf8_is_whole (const char *bytes,
                               gsize       length);
/* What @bytes decode to, with how many U+FFFD were put in. */
GString *rushes_utf8_repair   (const char *bytes,
                               gsize       length,
                               guint      *n_repaired) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
