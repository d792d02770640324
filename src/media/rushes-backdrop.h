/* rushes-backdrop.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>

G_BEGIN_DECLS

/* Gives @pixbuf without transparency: what can be seen through lies on a soft gray, light behind dark pictures and dark
 * behind light ones, so that a logo is seen whatever its color. An opaque one is given back as it is. */
GdkPixbuf *rushes_backdrop_put_behind (GdkPixbuf *pixbuf) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
