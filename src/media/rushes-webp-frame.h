/* rushes-webp-frame.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first frame of an animated WebP as a file of its own, its pixels untouched; NULL when there is none. The loader of
 * gdk-pixbuf would decode all of them, and warns on standard error about any that is damaged. */
GBytes *rushes_webp_get_first_frame (GBytes *film) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
