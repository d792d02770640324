/* rushes-credentials-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-credentials.h"

G_BEGIN_DECLS

/* {"alg":"HS256","typ":"JWT"} in base64url: what every minted token begins with. */
#define RUSHES_JWT_HEADER "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"

/* Whether they may go along when a redirect is followed to an address that they fit. */
gboolean  rushes_credentials_may_follow    (RushesCredentials  *self);
/* The signature of a token whose first two parts are @signed_text. */
char     *rushes_credentials_sign          (RushesCredentials  *self,
                                            const char         *signed_text) G_GNUC_WARN_UNUSED_RESULT;
/* The key, and its two parts where tokens are minted from them, each of which nobody may see. NULL-terminated. */
void      rushes_credentials_get_secrets   (RushesCredentials  *self,
                                            const char         *secrets[4]);
/* As rushes_credentials_redact(), for what is read on, which must keep its meaning: a key of less than 8 characters is left
 * alone, and one of less than 16 is replaced only as a whole word that is no name in an address. The body itself when no
 * key is in it. */
char     *rushes_credentials_redact_header (RushesCredentials  *self,
                                            const char         *value) G_GNUC_WARN_UNUSED_RESULT;
GBytes   *rushes_credentials_redact_body   (RushesCredentials  *self,
                                            GBytes             *body) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
