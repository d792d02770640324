/* rushes-extension.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-json-reader.h"
#include "rushes-key-mark.h"

G_BEGIN_DECLS

/**
 * RushesExtension:
 * @take_id: the take whose clip is extended
 * @task_id: what the service calls the task that made the clip; NULL when there was none
 * @clip_id: what it calls the clip itself; NULL when it did not say
 * @address: where the clip lies there; NULL where it came within a reply
 * @host: the base URL that made it: no other service knows any of this
 * @key: with which key it was made
 * @seconds: how long the clip is
 * @expires: until when the service keeps it, µs UTC; 0 where that is not known
 *
 * The clip that a take extends by the service's own call: all that its submit needs of it, frozen, so that whoever
 * submits it, at whatever time, asks for the same. A plain value, and only of a library's own making: it never comes
 * out of a recipe or a draft that was kept.
 */
typedef struct
{
  char          *take_id;
  char          *task_id;
  char          *clip_id;
  char          *address;
  char          *host;
  RushesKeyMark *key;
  double         seconds;
  gint64         expires;
} RushesExtension;

RushesExtension *rushes_extension_copy        (const RushesExtension *self) G_GNUC_WARN_UNUSED_RESULT;
void             rushes_extension_free        (RushesExtension       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesExtension, rushes_extension_free)

JsonNode        *rushes_extension_to_json     (const RushesExtension *self) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the object that @reader stands in; what is wrong is the reader's to tell. */
RushesExtension *rushes_extension_read        (RushesJsonReader      *reader) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @base_url with @key is where the clip was made; else FALSE with FORBIDDEN, naming @provider. */
gboolean         rushes_extension_check_place (const RushesExtension *self,
                                               const char            *base_url,
                                               const RushesKeyMark   *key,
                                               const char            *provider,
                                               GError               **error);

G_END_DECLS
