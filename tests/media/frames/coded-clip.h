/* coded-clip.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CODED_WIDTH 192
#define CODED_HEIGHT 108

/* Writes a clip whose frames tell their number by their brightness; at most 24. Gives the path; free it. */
char *coded_clip_write   (const char *folder,
                          const char *codec,
                          guint       n_frames,
                          int         frame_rate);
/* The number that a gray of an RGB picture means. */
int   coded_clip_number  (guint8      gray);

G_END_DECLS
