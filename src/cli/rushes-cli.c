/* rushes-cli.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-cli.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rushes-async.h"
#include "rushes-command.h"
#include "rushes-invocation.h"
#include "rushes-text-width.h"

static const RushesCommand *const commands[] = {
  &rushes_generate_command,  &rushes_takes_command,  &rushes_projects_command, &rushes_presets_command,
  &rushes_providers_command, &rushes_key_command,    &rushes_uploads_command,  &rushes_events_command,
  &rushes_ledger_command,    &rushes_limits_command, &rushes_recipe_command,   &rushes_library_command,
};

void
rushes_cli_guard_descriptors (void)
{
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) < 0)
      /* The lowest free number is this one. Opened the wrong way round, so that using it fails as it would have. */
      if (open ("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
        abort ();
}

static const RushesCommand *
find_command (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (word, commands[i]->word) == 0)
      return commands[i];
  return NULL;
}

static const RushesVerb *
find_verb (const RushesCommand *command, const char *word)
{
  for (const RushesVerb *verb = command->verbs; verb->run != NULL; verb++)
    if (g_strcmp0 (word, verb->word) == 0)
      return verb;
  return NULL;
}

static gboolean
is_help (const char *word)
{
  return g_strcmp0 (word, "--help") == 0 || g_strcmp0 (word, "-h") == 0;
}

/* A bare word that is the name of nothing here: nobody calls a picture so, and a command is easily mistyped. */
static gboolean
is_mistyped (const char *word)
{
  return word != NULL && *word != '-' && strpbrk (word, "/.:") == NULL &&
         !g_file_test (word, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

gboolean
rushes_cli_takes (const char *word)
{
  return find_command (word) != NULL || is_help (word) || g_strcmp0 (word, "--version") == 0 || is_mistyped (word);
}

/* "  word PARAMETERS   what it does", the second column lined up. */
static void
append_line (GString *out, guint width, const char *left, const char *right)
{
  int rest = (int) width - (int) rushes_text_width (left) + 2;

  g_string_append_printf (out, "  %s%*s%s\n", left, MAX (rest, 1), "", right);
}

static void
say_program_help (RushesPrinter *printer)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "%s\n", _ ("Usage:"));
#ifdef HAVE_WINDOW
  g_string_append_printf (out, "  rushes %s\n", _ ("[FILE…]"));
#endif
  g_string_append_printf (out, "  rushes %s\n\n", _ ("COMMAND [OPTION…]"));

  g_string_append_printf (out, "%s\n", _ ("Rushes turns pictures and words into video clips."));
#ifdef HAVE_WINDOW
  g_string_append_printf (out, "%s\n",
                          _ ("With files, or with nothing, it opens its window: pictures become references."));
#endif

  g_string_append_printf (out, "\n%s\n", _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    append_line (out, 12, commands[i]->word, _ (commands[i]->summary));

  g_string_append_printf (out, "\n%s\n", _ ("Options:"));
  append_line (out, 12, "-h, --help", _ ("Show this help"));
  append_line (out, 12, "--version", _ ("Show the version"));

  g_string_append_printf (out, "\n%s", _ ("“rushes COMMAND --help” says more about a command."));
  rushes_printer_say (printer, "%s", out->str);
}

static void
say_command_help (RushesPrinter *printer, const RushesCommand *command)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint width = 0;

  g_string_append_printf (out, "%s\n  rushes %s %s\n\n", _ ("Usage:"), command->word, _ ("COMMAND [OPTION…]"));
  g_string_append_printf (out, "%s\n\n%s\n", _ (command->summary), _ ("Commands:"));

  for (int pass = 0; pass < 2; pass++)
    for (const RushesVerb *verb = command->verbs; verb->run != NULL; verb++)
      {
        g_autofree char *left = verb->parameters != NULL ? g_strdup_printf ("%s %s", verb->word, _ (verb->parameters))
                                                         : g_strdup (verb->word);

        if (pass == 0)
          width = MAX (width, rushes_text_width (left));
        else
          append_line (out, width, left, _ (verb->summary));
      }

  g_string_append_c (out, '\n');
  /* Translators: %s is a word that is typed, such as “takes”. */
  g_string_append_printf (out, _ ("“rushes %s COMMAND --help” says more about each."), command->word);
  rushes_printer_say (printer, "%s", out->str);
}

/* What was typed does not say which verb: help if that was asked for, else a complaint. */
static int
explain_command (RushesPrinter *printer, const RushesCommand *command, const char *word)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *hint = NULL;

  if (is_help (word))
    {
      say_command_help (printer, command);
      return 0;
    }

  if (word == NULL)
    error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“rushes %s” needs a command."), command->word);
  else
    error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“rushes %s” has no command “%s”."), command->word, word);
  hint = g_strdup_printf (_ ("“rushes %s --help” lists them."), command->word);
  rushes_printer_fail (printer, error, hint);

  return rushes_error_get_exit_status (error);
}

static int
explain_program (RushesPrinter *printer, const char *word)
{
  g_autoptr (GError) error = NULL;

  if (is_help (word))
    {
      say_program_help (printer);
      return 0;
    }
  if (g_strcmp0 (word, "--version") == 0)
    {
      rushes_printer_say (printer, "rushes %s", APP_VERSION);
      return 0;
    }

  if (word == NULL)
    error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“rushes” needs a command here."));
  else
    error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“rushes” has no command “%s”."), word);
  rushes_printer_fail (printer, error, _ ("“rushes --help” lists them."));

  return rushes_error_get_exit_status (error);
}

typedef struct
{
  RushesInvocation *invocation;
  const RushesVerb *verb;
} Call;

static DexFuture *
call_verb (gpointer data)
{
  Call *call = data;
  int status = call->verb->run (call->invocation);

  rushes_invocation_close (call->invocation);
  return dex_future_new_for_int (status);
}

int
rushes_cli_run (int argc, char **argv, RushesRegistry *registry, RushesPictureFitter *fitter)
{
  g_autoptr (RushesInvocation) invocation = rushes_invocation_new (registry, fitter);
  RushesPrinter *printer = rushes_invocation_get_printer (invocation);
  const RushesCommand *command = argc > 1 ? find_command (argv[1]) : NULL;
  const RushesVerb *verb = NULL;
  int n_words = 2;
  g_autoptr (DexFuture) future = NULL;
  Call call;

  /* A reader that goes away is told by the write that fails. */
  signal (SIGPIPE, SIG_IGN);

  if (command == NULL)
    return explain_program (printer, argc > 1 ? argv[1] : NULL);

  if (argc > 2 && (verb = find_verb (command, argv[2])) != NULL)
    n_words = 3;
  else if (command->verbs[0].word == NULL)
    verb = command->verbs;
  if (verb == NULL)
    return explain_command (printer, command, argc > 2 ? argv[2] : NULL);

  rushes_invocation_set_command (invocation, command, verb, argv + n_words);
  call = (Call) { invocation, verb };
  future = rushes_async_run (rushes_async_spawn (call_verb, &call, NULL));

  return g_value_get_int (dex_future_get_value (future, NULL));
}
