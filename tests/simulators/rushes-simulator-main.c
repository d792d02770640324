/* rushes-simulator-main.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* rushes-simulator: a service that is not there, for tests and for trying out. build-aux/simulator builds and starts
 * it. */

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rushes-simulator.h"

static const RushesSimulatedService *
find_service (const char *id)
{
  const RushesSimulatedService *const *services = rushes_simulator_list_services ();

  for (guint i = 0; services[i] != NULL; i++)
    if (g_strcmp0 (services[i]->id, id) == 0)
      return services[i];
  return NULL;
}

static void
list (const RushesSimulatedService *service)
{
  const RushesSimulatedService *const *services = rushes_simulator_list_services ();
  const char *const *faults = rushes_simulator_list_faults ();

  if (service == NULL)
    for (guint i = 0; services[i] != NULL; i++)
      printf ("%-20s %s\n", services[i]->id, services[i]->about);
  else
    {
      printf ("%s: %s\n\nIts own:\n", service->id, service->about);
      for (const RushesSimulatedQuirk *quirk = service->quirks; quirk != NULL && quirk->name != NULL; quirk++)
        printf ("  %-24s %s\n", quirk->name, quirk->about);
    }
  puts ("\nFaults of all, --fault NAME[=VALUE][@TIMES]:");
  for (guint i = 0; faults[i] != NULL; i += 2)
    printf ("  %-24s %s\n", faults[i], faults[i + 1]);
}

static gboolean
on_end (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_stdin (int fd, GIOCondition condition, gpointer loop)
{
  char bytes[256];

  if (read (fd, bytes, sizeof bytes) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

/* What a person wants to know goes to stderr: on stdout stands the address alone. */
static void
explain (RushesSimulator *simulator)
{
  const RushesSimulatedService *service = rushes_simulator_get_service (simulator);
  g_autofree char *variable = g_ascii_strup (service->id, -1);

  g_strdelimit (variable, "-", '_');
  fprintf (stderr,
           "Base URL:  %s%s\nKey:       %s\nFor example:\n  RUSHES_KEY_%s=%s rushes generate \"a paper boat\" "
           "--provider %s --base-url %s\n"
           "What was asked: %s/_simulator, %s/_simulator/requests\n",
           rushes_simulator_get_origin (simulator), service->base_path, rushes_simulator_get_key (simulator), variable,
           rushes_simulator_get_key (simulator), service->id, rushes_simulator_get_origin (simulator),
           rushes_simulator_get_origin (simulator), rushes_simulator_get_origin (simulator));
}

int
main (int argc, char **argv)
{
  g_autofree char *provider = NULL, *key = NULL, *clip = NULL, *count_file = NULL;
  g_auto (GStrv) faults = NULL;
  int port = 0, polls = 0, limit = 3600;
  double speed = 1;
  gboolean wants_list = FALSE, while_stdin = FALSE;
  const GOptionEntry entries[] = {
    { "provider", 0, 0, G_OPTION_ARG_STRING, &provider, "Which service to be", "ID" },
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Where to listen; 0, which is usual, for any port that is free", "PORT" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &key, "The key that is right", "KEY" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &faults,
      "What goes wrong, may be given again; @N for the first N times only", "NAME[=VALUE][@N]" },
    { "speed", 0, 0, G_OPTION_ARG_DOUBLE, &speed, "How much faster than life: at 1 a clip takes ten seconds", "N" },
    { "polls", 0, 0, G_OPTION_ARG_INT, &polls, "A clip is done at the Nth question, however long that takes", "N" },
    { "clip", 0, 0, G_OPTION_ARG_FILENAME, &clip, "The clip to hand out", "FILE" },
    { "count-file", 0, 0, G_OPTION_ARG_FILENAME, &count_file, "Where to write down what was counted", "FILE" },
    { "while-stdin", 0, 0, G_OPTION_ARG_NONE, &while_stdin, "End with the standard input", NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "End after so many seconds; 3600 is usual", "SECONDS" },
    { "list", 0, 0, G_OPTION_ARG_NONE, &wants_list, "Name the services, the faults, and with --provider its own",
      NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesSimulator) simulator = NULL;
  const RushesSimulatedService *service;
  RushesSimulatorOptions options;

  setlocale (LC_ALL, "C.UTF-8");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "rushes-simulator: %s\n", error->message);
      return 2;
    }
  service = find_service (provider);
  if (wants_list && (service != NULL || provider == NULL))
    {
      list (service);
      return 0;
    }
  if (service == NULL)
    {
      fprintf (stderr, "rushes-simulator: --provider takes one of:");
      for (guint i = 0; rushes_simulator_list_services ()[i] != NULL; i++)
        fprintf (stderr, " %s", rushes_simulator_list_services ()[i]->id);
      fputc ('\n', stderr);
      return 2;
    }

  options = (RushesSimulatorOptions) {
    .key = key,
    .faults = (const char *const *) faults,
    .speed = speed,
    .polls = MAX (0, polls),
    .clip = clip,
    .count_file = count_file,
  };
  if ((simulator = rushes_simulator_new (service, &options, &error)) == NULL ||
      !rushes_simulator_listen (simulator, CLAMP (port, 0, G_MAXUINT16), &error))
    {
      fprintf (stderr, "rushes-simulator: %s\n", error->message);
      return 2;
    }
  printf ("%s\n", rushes_simulator_get_origin (simulator));
  fflush (stdout);
  if (!while_stdin)
    explain (simulator);

  g_unix_signal_add (SIGTERM, on_end, loop);
  g_unix_signal_add (SIGINT, on_end, loop);
  g_timeout_add_seconds (MAX (1, limit), on_end, loop);
  if (while_stdin)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, on_stdin, loop);
  g_main_loop_run (loop);
  return 0;
}
