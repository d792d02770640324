/* rushes-test-simulator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-simulator.h"

#include <json-glib/json-glib.h>
#include <signal.h>

#include "rushes-test.h"

#define QUESTIONS "3"
#define LIMIT     "60"

struct _RushesTestSimulator
{
  GSubprocess *process;
  char *url;
  char *counts;
};

RushesTestSimulator *
rushes_test_simulator_newv (const char *provider, const char *const *faults)
{
  RushesTestSimulator *self = g_new0 (RushesTestSimulator, 1);
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GDataInputStream) lines = NULL;
  g_autoptr (GError) error = NULL;

  self->counts = g_build_filename (folder, "counts.json", NULL);
  {
    const char *const words[] = { g_getenv ("RUSHES_SIMULATOR"),
                                  "--provider",
                                  provider,
                                  "--key",
                                  RUSHES_TEST_KEY,
                                  "--polls",
                                  QUESTIONS,
                                  "--count-file",
                                  self->counts,
                                  "--limit",
                                  LIMIT,
                                  "--while-stdin" };

    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      g_ptr_array_add (argv, (char *) words[i]);
  }
  for (guint i = 0; faults != NULL && faults[i] != NULL; i++)
    {
      if (!g_str_has_prefix (faults[i], "--"))
        g_ptr_array_add (argv, (char *) "--fault");
      g_ptr_array_add (argv, (char *) faults[i]);
    }
  g_ptr_array_add (argv, NULL);

  self->process = g_subprocess_newv ((const char *const *) argv->pdata,
                                     G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  self->url = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (self->url);
  return self;
}

RushesTestSimulator *
rushes_test_simulator_new (const char *provider, ...)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new ();
  const char *fault;
  va_list list;

  va_start (list, provider);
  while ((fault = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (faults, (char *) fault);
  va_end (list);
  g_ptr_array_add (faults, NULL);
  return rushes_test_simulator_newv (provider, (const char *const *) faults->pdata);
}

void
rushes_test_simulator_free (RushesTestSimulator *self)
{
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_object_unref (self->process);
  g_free (self->url);
  g_free (self->counts);
  g_free (self);
}

const char *
rushes_test_simulator_get_url (RushesTestSimulator *self)
{
  return self->url;
}

guint
rushes_test_simulator_count (RushesTestSimulator *self, const char *what)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *object;

  /* Nothing was counted before there is a file. */
  if (!json_parser_load_from_file (parser, self->counts, NULL))
    return 0;
  object = json_node_get_object (json_parser_get_root (parser));
  g_assert_true (json_object_has_member (object, what));
  return (guint) json_object_get_int_member (object, what);
}
