/* rushes-test.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* g_test_init(), the core, and XDG folders of this test's own under a temporary folder that is removed when the process ends well. */
void       rushes_test_init   (int            *argc,
                               char         ***argv);
/* A new empty folder of this test's own; free with g_free(). */
char      *rushes_test_folder (void) G_GNUC_WARN_UNUSED_RESULT;
/* Keys go into a keyring in a file of this test's own, and the desktop's is not asked. After rushes_test_init(). */
void       rushes_test_use_keyring (void);
/* Adds a test whose body runs in a fiber on the main thread, so that it may dex_await(). */
void       rushes_test_add_fiber (const char *path,
                                  void      (*func) (void));
/* Turns the main loop until @future is settled (60 s at most, then the test fails) and gives it back. Outside fibers. */
DexFuture *rushes_test_run    (DexFuture      *future) G_GNUC_WARN_UNUSED_RESULT;
/* Turns the main loop until @check says so, for at most @seconds; FALSE when it never did. Outside fibers. */
gboolean   rushes_test_until  (gboolean      (*check) (gpointer data),
                               gpointer        data,
                               double          seconds);

G_END_DECLS
