/* rushes-http-error.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What GIO, TLS or libsoup reported of a request to @host as one of our errors, with a sentence that names the host:
 * NETWORK, TLS, PROTOCOL, CANCELLED. */
GError *rushes_http_error_translate   (const GError       *error,
                                       const char         *host) G_GNUC_WARN_UNUSED_RESULT;

/* The sentence for an answer that is no success, with its status: AUTH, FORBIDDEN, NOT_FOUND, RATE_LIMITED (and for
 * how long), PROVIDER for 5xx, PROTOCOL for what nobody expects. */
GError *rushes_http_error_from_status (guint               status,
                                       SoupMessageHeaders *headers,
                                       const char         *host) G_GNUC_WARN_UNUSED_RESULT;

/* Seconds that a Retry-After asks for: a number, or a date, which is reckoned against the answer's own Date. 0 when
 * there is none. */
double  rushes_http_get_retry_after   (SoupMessageHeaders *headers);

G_END_DECLS
