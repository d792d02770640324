/* rushes-terminal.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-terminal.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "rushes-error.h"
#include "rushes-keyring.h"

/* More than any key, and an end for what was piped in by mistake. */
#define MAX_TYPED (16 * 1024)

static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU };

static volatile sig_atomic_t caught;

static void
catch_signal (int number)
{
  caught = number;
}

static void
write_plain (const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize n = write (STDERR_FILENO, text, length);

      if (n < 0)
        return;
      text += n;
      length -= n;
    }
}

/* Up to the end of the line or of the input; what does not fit is cut off. @caught ends it too. */
static gssize
read_line (char *buffer, gsize size, gboolean whole)
{
  gsize length = 0;

  while (length < size - 1)
    {
      gssize n = read (STDIN_FILENO, buffer + length, whole ? size - 1 - length : 1);

      if (n < 0 && errno == EINTR && caught == 0)
        continue;
      if (n < 0)
        return -1;
      if (n == 0 || (!whole && buffer[length] == '\n'))
        break;
      length += n;
    }

  buffer[length] = '\0';
  return length;
}

/* One line that is not shown. A signal is held until the terminal shows again what is typed, and comes then; whoever is
 * stopped by it is asked anew when the work goes on. */
static gssize
read_unseen (const char *prompt, char *buffer, gsize size)
{
  struct sigaction before[G_N_ELEMENTS (signals)];
  struct sigaction action = { .sa_handler = catch_signal };
  struct termios shown, unseen;
  gssize length;

  do
    {
      if (tcgetattr (STDIN_FILENO, &shown) < 0)
        return -1;

      caught = 0;
      for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
        sigaction (signals[i], &action, &before[i]);
      unseen = shown;
      unseen.c_lflag &= ~(tcflag_t) ECHO;
      unseen.c_lflag |= ECHONL;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &unseen);

      write_plain (prompt);
      length = read_line (buffer, size, FALSE);

      tcsetattr (STDIN_FILENO, TCSAFLUSH, &shown);
      for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
        sigaction (signals[i], &before[i], NULL);
      if (caught != 0)
        {
          write_plain ("\n");
          raise (caught);
        }
    }
  while (caught != 0);

  return length;
}

char *
rushes_terminal_read_key (const char *prompt, GError **error)
{
  char buffer[MAX_TYPED];
  gssize length;
  char *key;

  caught = 0;
  length =
      isatty (STDIN_FILENO) ? read_unseen (prompt, buffer, sizeof buffer) : read_line (buffer, sizeof buffer, TRUE);
  if (length < 0)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The key cannot be read from standard input: %s."),
                        g_strerror (errno));
      return NULL;
    }

  key = rushes_key_tidy (buffer, error);
  explicit_bzero (buffer, sizeof buffer);
  return key;
}

gboolean
rushes_terminal_agree (const char *facts, const char *question, gboolean yes, GError **error)
{
  g_autofree char *text = NULL;
  char answer[64];

  if (yes)
    return TRUE;
  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s There is nobody to ask here; --yes agrees to it."),
                        facts);
      return FALSE;
    }

  /* Translators: a question, and the two letters that answer it: they stay as they are. */
  text = g_strdup_printf (_ ("%s\n%s [y/N] "), facts, question);
  write_plain (text);
  caught = 0;
  if (read_line (answer, sizeof answer, FALSE) > 0 && (answer[0] == 'y' || answer[0] == 'Y'))
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_CANCELLED, _ ("Nothing was changed."));
  return FALSE;
}
