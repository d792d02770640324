/* rushes-base-url-option.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-provider.h"

G_BEGIN_DECLS

/* What --base-url (as it was typed; NULL for none) says: for this run alone @provider is spoken to at another server, which
 * gets no key but one that is kept for it. BAD_REQUEST for what is no address, and for a provider that has no server. */
gboolean rushes_base_url_apply (const char     *typed,
                                RushesProvider *provider,
                                GError        **error);

G_END_DECLS
