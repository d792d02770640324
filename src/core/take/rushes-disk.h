/* rushes-disk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The few system calls that make sure that something lies on the disk. They block. */

/* Writes a folder's own entries through: what was made or renamed in it is there after a power cut. File systems
 * that cannot say so are believed. */
gboolean rushes_disk_sync_folder (const char  *folder,
                                  GError     **error);
/* A STORAGE error for errno's @code that names @path. Always FALSE. */
gboolean rushes_disk_set_error   (GError     **error,
                                  const char  *path,
                                  int          code);

G_END_DECLS
