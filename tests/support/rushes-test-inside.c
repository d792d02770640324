/* rushes-test-inside.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-inside.h"

#include <gio/gio.h>
#include <string.h>

static gboolean
works (void)
{
  static const char *const trial[] = { "bwrap", "--dev-bind", "/", "/", "true", NULL };
  g_autoptr (GSubprocess) process = g_subprocess_newv (trial, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

void
rushes_test_run_inside (const char *path, const char *const *options)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *const run[] = { program, "--GTestSubprocess", "-p", path, NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) arguments = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;

  if (!works ())
    {
      g_test_skip ("bubblewrap does not work here");
      return;
    }

  g_strv_builder_add (builder, "bwrap");
  g_strv_builder_addv (builder, (const char **) options);
  g_strv_builder_addv (builder, (const char **) run);
  arguments = g_strv_builder_end (builder);

  process = g_subprocess_newv ((const char *const *) arguments,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, NULL));
  /* A path that names no test ends well too, but says nothing of it. */
  if (!g_subprocess_get_successful (process) || strstr (output, path) == NULL)
    g_error ("%s", output);
}
