/* rushes-takes-listing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rushes-invocation.h"

G_BEGIN_DECLS

/* Looking at takes: one for people, and many. */

/* `rushes takes list` */
int        rushes_takes_list        (RushesInvocation *invocation);
/* All takes that have not ended, oldest first, loaded: an array of RushesTake. In a fiber. */
GPtrArray *rushes_takes_load_active (RushesLibrary    *library,
                                     GError          **error) G_GNUC_WARN_UNUSED_RESULT;
/* A take for people; @description is what rushes_library_describe_take() gave. */
void       rushes_take_say          (RushesTake       *take,
                                     JsonNode         *description,
                                     RushesPrinter    *printer);

G_END_DECLS
