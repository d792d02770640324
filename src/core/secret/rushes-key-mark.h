/* rushes-key-mark.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-keyring.h"

G_BEGIN_DECLS

/**
 * RushesKeyMark:
 * @source: where it came from: "variable", "session", "keyring", or "none" when there was no key
 * @print: the beginning of a digest of it, 16 hexadecimal digits; NULL without a key
 *
 * Which key it was, for somebody who must know whether it is still the same one. The key cannot be found from it, and the
 * same key has another print in another library.
 */
typedef struct
{
  char *source;
  char *print;
} RushesKeyMark;

RushesKeyMark *rushes_key_mark_new   (const char          *source,
                                      const char          *print) G_GNUC_WARN_UNUSED_RESULT;
/* Of @key, which may be NULL for none, with the salt of a library. */
RushesKeyMark *rushes_key_mark_of    (const RushesKey     *key,
                                      gint64               salt) G_GNUC_WARN_UNUSED_RESULT;
RushesKeyMark *rushes_key_mark_copy  (const RushesKeyMark *self) G_GNUC_WARN_UNUSED_RESULT;
void           rushes_key_mark_free  (RushesKeyMark       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesKeyMark, rushes_key_mark_free)

/* Whether both are of the same key, wherever that came from, or of none. */
gboolean       rushes_key_mark_equal (const RushesKeyMark *self,
                                      const RushesKeyMark *other);

G_END_DECLS
