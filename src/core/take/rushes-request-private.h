/* rushes-request-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-brief.h"
#include "rushes-request.h"

G_BEGIN_DECLS

/* Borrowed. */
const RushesBrief *rushes_request_peek (RushesRequest *self);

G_END_DECLS
