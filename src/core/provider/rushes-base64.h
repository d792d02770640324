/* rushes-base64.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives the next bytes of a text, fewer than wanted only at its end; -1 with errno when they cannot be read. */
typedef gssize (*RushesTextRead) (gpointer  data,
                                  gint64    offset,
                                  char     *buffer,
                                  gsize     size);

/* Writes what a text says in base64 (RFC 4648, 4 and 5, with or without padding, white space where it likes, maybe as a
 * data: address, RFC 2397) into @fd, a piece at a time. @escaped: it is as it stands in JSON. Blocks. PROTOCOL for what
 * is no base64, of which nobody knows what it cost, and STORAGE, which names @path. */
gboolean rushes_base64_write (RushesTextRead   read,
                              gpointer         data,
                              gboolean         escaped,
                              int              fd,
                              const char      *path,
                              GError         **error);

G_END_DECLS
