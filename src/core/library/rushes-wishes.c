/* rushes-wishes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-wishes.h"

RushesWishes
rushes_wishes_join (const RushesWishes *self, const RushesWishes *other)
{
  return (RushesWishes) {
    .tries = self->tries >= 0 ? self->tries : other->tries,
    .delay = self->delay >= 0 ? self->delay : other->delay,
    .time_limit = self->time_limit >= 0 ? self->time_limit : other->time_limit,
  };
}
