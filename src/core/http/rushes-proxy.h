/* rushes-proxy.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>
#include <libsoup/soup.h>

#include "rushes-keyring.h"

G_BEGIN_DECLS

/* Proxies as settings name them: by an address that may have the name of a user in it, and never a password:
 * "socks5://me@proxy.lan:1080". The password lies in the keyring under that address, in the form that it has in an
 * address (percent-encoded), and goes to that proxy alone. Main thread. */

/* As GProxyResolver says that there is none. */
#define RUSHES_PROXY_NONE     "direct://"
/* Where there is no keyring: percent-encoded, too. */
#define RUSHES_PROXY_VARIABLE "RUSHES_PROXY_PASSWORD"

/* The address of a proxy as it was typed, brought into shape: "proxy.lan:3128" is "http://proxy.lan:3128". A password
 * that was typed along is taken out of it and given in @password, else NULL; it is for rushes_key_forget(). BAD_REQUEST
 * with a sentence for what is no such address. */
char      *rushes_proxy_normalize     (const char  *typed,
                                       char       **password,
                                       GError     **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether there is a user in it, who may have a password. */
gboolean   rushes_proxy_has_user      (const char  *address);
/* As a proxy resolver wants it; @password is percent-encoded, or NULL. An HTTP proxy gets neither that nor the user in this
 * way: libsoup 3.6 would take the address of the proxy for that of the request. For rushes_key_forget(). */
char      *rushes_proxy_make_uri      (const char  *address,
                                       const char  *password) G_GNUC_WARN_UNUSED_RESULT;
/* Signs in at an HTTP proxy; FALSE when it is somebody else who asks, or there is no password. */
gboolean   rushes_proxy_sign_in       (const char  *address,
                                       const char  *password,
                                       SoupAuth    *auth);

/* Keeps a password as it was typed. Resolves to a #RushesKeyState (an int): STORED, or SESSION where the keyring did not
 * take it. */
DexFuture *rushes_proxy_keep_password (const char  *address,
                                       const char  *password) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #RushesKeyState, without unlocking anything. */
DexFuture *rushes_proxy_look          (const char  *address) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #RushesKey with the password in its form for addresses. Rejects with AUTH when there is none, and
 * KEYRING when it cannot be read. */
DexFuture *rushes_proxy_find_password (const char  *address) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to TRUE, also when there was none. */
DexFuture *rushes_proxy_forget        (const char  *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
