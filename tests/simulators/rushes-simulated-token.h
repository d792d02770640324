/* rushes-simulated-token.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is wrong with a token. */
typedef enum
{
  RUSHES_TOKEN_FINE,
  RUSHES_TOKEN_WRONG,   /* no token, another's, or not signed with @secret */
  RUSHES_TOKEN_EARLY,   /* not yet valid */
  RUSHES_TOKEN_EXPIRED,
} RushesSimulatedTokenFault;

/* Looks at a JSON Web Token (RFC 7519) of HS256 that @issuer has signed with @secret, at @now in seconds since 1970. */
RushesSimulatedTokenFault rushes_simulated_token_judge (const char *token,
                                                        const char *issuer,
                                                        const char *secret,
                                                        gint64      now);

G_END_DECLS
