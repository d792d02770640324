/* rushes-sigv4.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http-request.h"

G_BEGIN_DECLS

/* Signature Version 4 of Amazon's services as S3 uses it, which speaks for a bucket with every service that calls itself
 * S3-compatible. Facts: "Authenticating Requests (AWS Signature Version 4)" of the Amazon S3 API Reference; what makes
 * S3 different from Amazon's other services is that a path is encoded once and its dots stay.
 *
 * Addresses are signed byte for byte, so they must come as they are sent: rushes_sigv4_escape() encodes as S3 does. */
typedef struct
{
  const char *access_key;
  const char *secret;
  const char *region;
} RushesSigv4Key;

/* @text as it stands in a path: everything but letters, digits, "-", ".", "_", "~" and "/" as %XX of its UTF-8. */
char *rushes_sigv4_escape  (const char            *text) G_GNUC_WARN_UNUSED_RESULT;
/* Adds X-Amz-Content-Sha256, X-Amz-Date and Authorization to @request. Its body is its bytes of its media type, or none;
 * its address has no query. */
void  rushes_sigv4_sign    (RushesHttpRequest     *request,
                            const RushesSigv4Key  *key,
                            GDateTime             *now);
/* An address under which, for @seconds from @now, whoever has it may use @method on @address, which has no query yet. */
char *rushes_sigv4_presign (const char            *method,
                            const char            *address,
                            const RushesSigv4Key  *key,
                            GDateTime             *now,
                            guint                  seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
