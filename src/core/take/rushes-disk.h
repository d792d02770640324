/* rushes-disk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The few system calls that make sure that something lies on the disk. They block. */

/* Writes a folder's own entries through: what was made or renamed in it is there after a power cut. File systems
 * that cannot say so are believed. */
gboolean rushes_disk_sync_folder (const char  *folder,
                                  GError     **error);
/* The SHA-256 of a file, as it is written down of clips and pictures. @count, NULL allowed, hears of the bytes as they are read.
 * NULL with @error set, also when it was cancelled. */
char    *rushes_disk_hash        (const char    *path,
                                  GCancellable  *cancellable,
                                  void         (*count) (gsize n_bytes, gpointer data),
                                  gpointer       data,
                                  GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* A STORAGE error for errno's @code that names @path. Always FALSE. */
gboolean rushes_disk_set_error   (GError     **error,
                                  const char  *path,
                                  int          code);

G_END_DECLS
