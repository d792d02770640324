/* rushes-color-profile.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Changes the pixels of @pixbuf in place from the colours of an ICC profile to sRGB. Knows the profiles that photographs
 * carry (RGB by a matrix and three curves: Display P3, Adobe RGB, ProPhoto …); one by tables, of other colours or broken
 * leaves the pixels as they are, as does sRGB itself. TRUE when something was changed. */
gboolean rushes_color_profile_to_srgb (GdkPixbuf    *pixbuf,
                                       const guint8 *icc,
                                       gsize         size);

G_END_DECLS
