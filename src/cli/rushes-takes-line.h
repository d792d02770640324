/* rushes-takes-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-invocation.h"

G_BEGIN_DECLS

/* The line of those that wait: `rushes takes move`, `rushes takes pause` and `rushes takes go`. */

int rushes_takes_move  (RushesInvocation *invocation);
int rushes_takes_pause (RushesInvocation *invocation);
int rushes_takes_go    (RushesInvocation *invocation);

G_END_DECLS
