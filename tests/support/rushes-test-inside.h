/* rushes-test-inside.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For tests that need a world of their own (another user, a full disk, a sandbox): runs the test @path of this
 * program in a process of its own under bubblewrap with @options, and fails as it does. Over there
 * g_test_subprocess() is true. Skips the test where bubblewrap does not work. */
void rushes_test_run_inside (const char        *path,
                             const char *const *options);

G_END_DECLS
