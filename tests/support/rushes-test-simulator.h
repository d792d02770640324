/* rushes-test-simulator.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A service on loopback for one test: rushes-simulator as a process that ends with the test, at the latest after a
 * minute. Its key is RUSHES_TEST_KEY. */

#define RUSHES_TEST_KEY "sesame-0123456789"

typedef struct _RushesTestSimulator RushesTestSimulator;

/* @faults are "NAME", "NAME=VALUE", "NAME@TIMES", and options of its own, "--NAME=VALUE", up to a NULL. A task is done at the third question. */
RushesTestSimulator *rushes_test_simulator_new     (const char           *provider,
                                                    ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
RushesTestSimulator *rushes_test_simulator_newv    (const char           *provider,
                                                    const char * const   *faults) G_GNUC_WARN_UNUSED_RESULT;
void                 rushes_test_simulator_free    (RushesTestSimulator  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTestSimulator, rushes_test_simulator_free)

/* "http://127.0.0.1:PORT" */
const char          *rushes_test_simulator_get_url (RushesTestSimulator  *self);
/* What it counted: "submits", "refusals", "polls", "cancels", "uploads", "models", "downloads", "wrong_keys", "leaks". */
guint                rushes_test_simulator_count   (RushesTestSimulator  *self,
                                                    const char           *what);

G_END_DECLS
