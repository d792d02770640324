/* rushes-wishes.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RushesWishes:
 * @tries: how often it may be sent again by itself
 * @delay: seconds before the first of these
 * @time_limit: seconds after which waiting ends; 0 for the provider's own
 *
 * What a person said of one take when they ordered it, in place of what is set for its provider. It is kept with the take and
 * holds for it in whatever process goes on with it. Below zero nothing was said.
 */
typedef struct
{
  int    tries;
  double delay;
  double time_limit;
} RushesWishes;

#define RUSHES_WISHES_NONE ((RushesWishes) { .tries = -1, .delay = -1, .time_limit = -1 })

/* Each as @self says it, and where that says nothing as @other does. */
RushesWishes rushes_wishes_join (const RushesWishes  *self,
                                 const RushesWishes  *other);

G_END_DECLS
