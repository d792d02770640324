/* rushes-http-provider.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-keyring.h"
#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesHttpProvider:
 *
 * A service, driven by its description: brings pictures into the form it takes, submits, asks, cancels and fetches.
 * Addresses, key and proxy are looked up for each request, so that a change in Preferences holds at once; a task is
 * asked about at the host that took it.
 *
 * Property: base-url (string, writable): the base URL of this run alone, which wins over the settings'; NULL.
 */
#define RUSHES_TYPE_HTTP_PROVIDER (rushes_http_provider_get_type ())
G_DECLARE_FINAL_TYPE (RushesHttpProvider, rushes_http_provider, RUSHES, HTTP_PROVIDER, RushesProvider)

RushesProvider *rushes_http_provider_new            (RushesDescription  *description,
                                                     RushesKeyring      *keyring) G_GNUC_WARN_UNUSED_RESULT;
/* The folder in which it keeps what the service says of its models; NULL (as at first) for none. To be set before anybody
 * asks for models. */
void            rushes_http_provider_set_cache      (RushesHttpProvider *self,
                                                     GFile              *folder);
/* The base URL that is used now, normalized; NULL when none was given. */
const char     *rushes_http_provider_get_base_url   (RushesHttpProvider *self);
/* BAD_REQUEST for what is none. NULL for the settings' again. */
gboolean        rushes_http_provider_set_base_url   (RushesHttpProvider *self,
                                                     const char         *typed,
                                                     GError            **error);
RushesKeyState  rushes_http_provider_get_key_state  (RushesHttpProvider *self);
/* Resolves to the state, an int. */
DexFuture      *rushes_http_provider_refresh        (RushesHttpProvider *self) G_GNUC_WARN_UNUSED_RESULT;
/* Stores (or, with @session_only, keeps) a key for the origins of the description and of the base URL. */
DexFuture      *rushes_http_provider_set_key        (RushesHttpProvider *self,
                                                     const char         *value,
                                                     gboolean            session_only) G_GNUC_WARN_UNUSED_RESULT;
/* As rushes_keyring_clear() does. */
DexFuture      *rushes_http_provider_clear_key      (RushesHttpProvider *self) G_GNUC_WARN_UNUSED_RESULT;
/* The key as it is sent, for the origins it may go to: resolves to a #RushesCredentials. Rejects with AUTH when there is
 * none, and with KEYRING. */
DexFuture      *rushes_http_provider_get_credentials (RushesHttpProvider *self) G_GNUC_WARN_UNUSED_RESULT;
/* One for every key that is known, wherever it may go: resolves to a GPtrArray of #RushesCredentials, for
 * rushes_credentials_redact(). */
DexFuture      *rushes_http_provider_list_credentials (RushesHttpProvider *self) G_GNUC_WARN_UNUSED_RESULT;
/* Asks something that costs nothing. Resolves to TRUE; rejects with what is wrong: AUTH or FORBIDDEN (the key),
 * NOT_FOUND or PROTOCOL (the address), NETWORK, TLS, KEYRING, UNSUPPORTED when the service has no such question. */
DexFuture      *rushes_http_provider_test           (RushesHttpProvider *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
