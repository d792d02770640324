/* picture-fixtures.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* Pictures made when they are needed. Each has four quarters: red and green above, blue and white below. */

/* @alpha is the opacity of the white quarter. */
GdkPixbuf *fixture_quarters    (int           width,
                                int           height,
                                guint         alpha);
/* Writes by gdk-pixbuf ("jpeg", "png", "bmp", "tiff"). Gives the path; free it. */
char      *fixture_save        (const char   *folder,
                                const char   *name,
                                GdkPixbuf    *pixbuf,
                                const char   *type);
char      *fixture_write       (const char   *folder,
                                const char   *name,
                                const void   *data,
                                gsize         size);
/* Runs a program; FALSE (and the test is skipped) when this system lacks it. */
gboolean   fixture_run         (const char   *program,
                                ...) G_GNUC_NULL_TERMINATED;
/* A JPEG with an EXIF block: orientation, a position in Berlin, a serial number and a comment. */
char      *fixture_camera_jpeg (const char   *folder,
                                const char   *name,
                                GdkPixbuf    *pixbuf,
                                int           orientation);
/* A small file that decodes to very many gray pixels. */
char      *fixture_gray_jpeg   (const char   *folder,
                                const char   *name,
                                int           width,
                                int           height);
/* "red", "green", "blue", "white" or "other", of the pixel in the middle of a quarter (0 and 1 above, 2 and 3 below). */
const char *fixture_color      (GdkPixbuf    *pixbuf,
                                int           quarter);

G_END_DECLS
