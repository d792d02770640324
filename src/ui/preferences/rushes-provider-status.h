/* rushes-provider-status.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "rushes-keyring.h"
#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesProviderStatus:
 *
 * What Preferences know of a provider: where its key is, and how the last test of the connection went. One for each
 * provider, as long as that lives, so that a verdict is still there when Preferences are opened again.
 *
 * Read-only properties, notified: words (string: "Key stored"), troubled (boolean: the person has to do something),
 * testing (boolean), key-state (int, a #RushesKeyState), verdict (string: how the last test went, and what to do; NULL
 * when there was none since key or address changed), service-words (string: what the service said to it; NULL), good
 * (boolean: whether that test went well).
 */
#define RUSHES_TYPE_PROVIDER_STATUS (rushes_provider_status_get_type ())
G_DECLARE_FINAL_TYPE (RushesProviderStatus, rushes_provider_status, RUSHES, PROVIDER_STATUS, GObject)

/* The one of this provider; borrowed, lives as long as the provider. */
RushesProviderStatus *rushes_provider_status_of            (RushesProvider       *provider);
const char           *rushes_provider_status_get_words     (RushesProviderStatus *self);
RushesKeyState        rushes_provider_status_get_key_state (RushesProviderStatus *self);
/* The environment variable that the key comes from ("FAL_KEY"), or two of them ("A, B"); NULL when it is none. */
const char           *rushes_provider_status_get_variable  (RushesProviderStatus *self);
/* Whether there is a key, also one in a keyring that is locked. */
gboolean              rushes_provider_status_holds_key     (RushesProviderStatus *self);
/* Of the last test; NULL when it went well, and when there was none. */
const GError         *rushes_provider_status_get_failure   (RushesProviderStatus *self);
/* Looks where the key is, without unlocking anything. */
void                  rushes_provider_status_refresh       (RushesProviderStatus *self);
/* Asks the service something that costs nothing; one test at a time. */
void                  rushes_provider_status_test          (RushesProviderStatus *self);
/* Key or address are others now: what was tested does not hold any more. */
void                  rushes_provider_status_forget        (RushesProviderStatus *self);

G_END_DECLS
