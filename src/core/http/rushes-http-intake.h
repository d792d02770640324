/* rushes-http-intake.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-credentials.h"
#include "rushes-http-call.h"
#include "rushes-http-exchange.h"
#include "rushes-http-reply.h"

G_BEGIN_DECLS

/* In a fiber: reads the answer of @exchange to its end, with every form of a key in it replaced, and keeps it in @spool,
 * if that is not NULL. What does not fit into memory goes into the file piece by piece and is mapped in the end; in
 * those many bytes no key is looked for. Without @keeps it is in the file only when it does not fit, and the file is gone
 * when the answer is given. A disk that is full leaves the answer in memory. @listen, or NULL, hears the
 * bytes on their way, and says what of them is kept in @spool even if no more should come. */
RushesHttpReply *rushes_http_take_in (RushesHttpExchange  *exchange,
                                      const char          *address,
                                      RushesCredentials   *credentials,
                                      GFile               *spool,
                                      gboolean             keeps,
                                      RushesHttpListen     listen,
                                      gpointer             user_data,
                                      GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
