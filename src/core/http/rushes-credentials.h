/* rushes-credentials.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef enum
{
  RUSHES_AUTH_NONE,
  RUSHES_AUTH_BEARER, /* Authorization: Bearer KEY */
  RUSHES_AUTH_KEY,    /* Authorization: Key KEY */
  RUSHES_AUTH_TOKEN,  /* Authorization: Token KEY */
  RUSHES_AUTH_HEADER, /* NAME: KEY */
  RUSHES_AUTH_QUERY,  /* ?NAME=KEY; never on a followed redirect */
} RushesAuthScheme;

/**
 * RushesCredentials:
 *
 * A key, how it is sent, and the origins it may be sent to. The only thing in Rushes that puts a key into a request;
 * whoever holds one cannot print it. Boxed, with a reference count, immutable.
 */
typedef struct _RushesCredentials RushesCredentials;

#define RUSHES_TYPE_CREDENTIALS (rushes_credentials_get_type ())
GType              rushes_credentials_get_type  (void);
/* @name is of HEADER and QUERY. With @mint a key of two parts ("ACCESS:SECRET", "ACCESS|SECRET") is not sent: a JWT
 * is minted from it for each request (HS256; iss, nbf five seconds ago, exp in 1800 s). @origins is NULL-terminated:
 * "https://api.example.com", with the port where it is not the scheme's. */
RushesCredentials *rushes_credentials_new       (RushesAuthScheme    scheme,
                                                 const char         *name,
                                                 gboolean            mint,
                                                 const char         *key,
                                                 const char * const *origins) G_GNUC_WARN_UNUSED_RESULT;
RushesCredentials *rushes_credentials_ref       (RushesCredentials  *self);
void               rushes_credentials_unref     (RushesCredentials  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesCredentials, rushes_credentials_unref)

/* Whether they may go to @uri: one of their origins, and https, or plain http to this computer, a private network, a
 * name that ends in .local or one without a dot. */
gboolean           rushes_credentials_fit       (RushesCredentials  *self,
                                                 GUri               *uri);
/* Why they may not: BAD_REQUEST with a sentence; NULL when they may. */
GError            *rushes_credentials_refuse    (RushesCredentials  *self,
                                                 GUri               *uri) G_GNUC_WARN_UNUSED_RESULT;
/* Puts the key into @message when they fit its address; else does nothing. */
void               rushes_credentials_apply     (RushesCredentials  *self,
                                                 SoupMessage        *message);
/* @text with every form of the key (as it is, in base64, percent-encoded, minted) replaced by "***"; for whatever is
 * kept or shown of a reply. */
char              *rushes_credentials_redact    (RushesCredentials  *self,
                                                 const char         *text) G_GNUC_WARN_UNUSED_RESULT;

/* "https://api.example.com:8443" of an address; NULL for what has none. */
char              *rushes_origin_of             (const char         *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
