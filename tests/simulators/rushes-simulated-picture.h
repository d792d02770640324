/* rushes-simulated-picture.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The pixels of a PNG or JPEG picture, by its head. FALSE for what is neither. */
gboolean rushes_simulated_picture_read_size (const guint8 *data,
                                             gsize         length,
                                             guint        *width,
                                             guint        *height);

G_END_DECLS
