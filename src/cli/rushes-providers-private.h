/* rushes-providers-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-invocation.h"

G_BEGIN_DECLS

/* The verbs of `rushes providers`, between its files. */

/* The provider that the first argument names; NULL with a BAD_REQUEST. Borrowed. */
RushesProvider *rushes_providers_require (RushesInvocation  *invocation,
                                          GError           **error);

/* Shows where keys and pictures would go, and asks. FALSE with why it is not to be added. */
gboolean        rushes_providers_agree   (RushesInvocation  *invocation,
                                          RushesDescription *description,
                                          gboolean           yes,
                                          GError           **error);
int             rushes_providers_add     (RushesInvocation  *invocation);
int             rushes_providers_remove  (RushesInvocation  *invocation);
int             rushes_providers_test    (RushesInvocation  *invocation);

G_END_DECLS
