/* rushes-test-server.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-test.h"
#include "rushes-upload-place.h"

G_BEGIN_DECLS

/**
 * RushesTestServer:
 *
 * A server that others wrote, on a free port of loopback, for as long as a test needs it; it ends with the test's
 * process at the latest. All functions wait, and so run in fibers.
 */
typedef struct
{
  GSubprocess *process;
  guint16      port;
  char        *folder; /* where its files are */
} RushesTestServer;

/* A script that prints its port; %NULL, and the test is skipped, when @program or what the script needs is not
 * installed. */
RushesTestServer *rushes_test_server_start  (const char           *program,
                                             const char           *script,
                                             const char           *argument) G_GNUC_WARN_UNUSED_RESULT;
/* nginx and Apache with this configuration, in which @FOLDER@ and @PORT@ are replaced. The folder has "www" in it, and
 * "htpasswd" with the user "maria" and the password "pässword". Apache's has "full" besides, a disk of 64 KiB. */
RushesTestServer *rushes_test_server_nginx  (const char           *configuration) G_GNUC_WARN_UNUSED_RESULT;
RushesTestServer *rushes_test_server_apache (const char           *configuration) G_GNUC_WARN_UNUSED_RESULT;
/* nginx that has the module nchan. */
RushesTestServer *rushes_test_server_nchan  (const char           *configuration) G_GNUC_WARN_UNUSED_RESULT;
void              rushes_test_server_stop   (RushesTestServer     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTestServer, rushes_test_server_stop)

/* "http://127.0.0.1:PORT/PATH" */
char             *rushes_test_server_at     (RushesTestServer     *self,
                                             const char           *path) G_GNUC_WARN_UNUSED_RESULT;
/* How many files lie in a folder of the server's. */
guint             rushes_test_server_count  (RushesTestServer     *self,
                                             const char           *folder);

/* A place from JSON in which ' stands for ". It must be one. */
RushesUploadPlace *rushes_test_place        (const char           *format,
                                             ...) G_GNUC_PRINTF (1, 2) G_GNUC_WARN_UNUSED_RESULT;
RushesHttp        *rushes_test_http         (void) G_GNUC_WARN_UNUSED_RESULT;
/* Puts a picture under @name; it must work. */
RushesUploaded    *rushes_test_put          (RushesUploadPlace    *place,
                                             const char           *secret,
                                             const char           *name) G_GNUC_WARN_UNUSED_RESULT;
/* Must fail with @code, and a sentence like @pattern (of GPatternSpec). */
void               rushes_test_put_fails    (RushesUploadPlace    *place,
                                             const char           *secret,
                                             const char           *name,
                                             int                   code,
                                             const char           *pattern);
/* What a stranger's GET gets at @address; 200 only when it is the picture. */
guint              rushes_test_get          (const char           *address);
/* Tries the place; it must work, or fail likewise. */
void               rushes_test_trial        (RushesUploadPlace    *place,
                                             const char           *secret);
void               rushes_test_trial_fails  (RushesUploadPlace    *place,
                                             const char           *secret,
                                             int                   code,
                                             const char           *pattern);
void               rushes_test_remove       (RushesUploadPlace    *place,
                                             const char           *secret,
                                             const char           *name,
                                             const char           *removal);

G_END_DECLS
