/* rushes-ebml.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-byte-source.h"
#include "rushes-mp4-box.h"

G_BEGIN_DECLS

/* An element (RFC 8794, 5 and 6) in a file: what names it, where what it holds starts, and where it ends, in bytes
 * from the file's start. One of unknown size ends where its parent does, until somebody knows better. */
typedef struct
{
  guint32  id;
  gboolean is_open; /* of unknown size */
  guint64  body;
  guint64  end;
} RushesEbmlElement;

/* The element that starts at @offset, before @limit, where its parent ends. MEDIA when it is damaged or ends behind
 * the end of the file. */
gboolean rushes_ebml_read_element (RushesByteSource   *source,
                                   guint64             offset,
                                   guint64             limit,
                                   RushesEbmlElement  *element,
                                   GError            **error);

/* Takes a variable-size number off @rest (with its marker if @keep_marker); FALSE when it is not there whole.
 * @all_ones may be NULL. */
gboolean rushes_ebml_take_number  (RushesSpan         *rest,
                                   gboolean            keep_marker,
                                   guint64            *number,
                                   gboolean           *all_ones);
/* Takes the next element off @rest; FALSE at the end, and where what follows is none. */
gboolean rushes_ebml_take_element (RushesSpan         *rest,
                                   guint32            *id,
                                   RushesSpan         *body);
guint64  rushes_ebml_get_uint     (RushesSpan          body);
double   rushes_ebml_get_float    (RushesSpan          body);
char    *rushes_ebml_get_string   (RushesSpan          body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
