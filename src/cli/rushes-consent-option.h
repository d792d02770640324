/* rushes-consent-option.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-invocation.h"
#include "rushes-limits.h"

G_BEGIN_DECLS

/* What --yes and --max-cost (as it was typed, "5USD", or NULL) agree to. Either agrees to a price that nobody knows, --yes
 * also to what may be paid for twice; a limit that would be passed is changed with “rushes limits” and not here. */
gboolean rushes_consent_read (gboolean           yes,
                              const char        *max_cost,
                              RushesConsent     *consent,
                              GError           **error);
/* Asks at the terminal whether to go on where @error says that something may be paid for twice, and adds an agreement to
 * @consent. FALSE with why not in @answer, which is @error itself where it is about something else. */
gboolean rushes_consent_ask  (RushesConsent     *consent,
                              const GError      *error,
                              GError           **answer);
/* Says why nothing was bought, with what would help, and returns the exit status. */
int      rushes_consent_fail (RushesInvocation  *invocation,
                              const GError      *error);

G_END_DECLS
