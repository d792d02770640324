/* rushes-http-aside.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-download-state.h"
#include "rushes-http-download.h"

G_BEGIN_DECLS

/* Until @cancellable brings what is wanted of the pieces of @options, beside a download of @address that is under way and
 * has learned @state: by the same rules, with If-Range, and only parts of the same whole. A server that answers with
 * anything else is asked no more. Touches no file. */
void rushes_http_aside_begin (RushesHttp                  *http,
                              const char                  *address,
                              const RushesDownloadOptions *options,
                              RushesDownloadState         *state,
                              GCancellable                *cancellable);

G_END_DECLS
