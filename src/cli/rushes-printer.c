/* rushes-printer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-printer.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "rushes-error.h"
#include "rushes-standard-streams.h"
#include "rushes-text-width.h"

struct _RushesPrinter
{
  gboolean json;
  gboolean quiet;
  gboolean output_yielded;
  gboolean output_gone;
  gboolean errors_gone;
  gboolean progress_shown;
};

RushesPrinter *
rushes_printer_new (void)
{
  return g_new0 (RushesPrinter, 1);
}

void
rushes_printer_free (RushesPrinter *self)
{
  rushes_printer_show_progress (self, NULL);
  g_free (self);
}

void
rushes_printer_set_json (RushesPrinter *self, gboolean json)
{
  self->json = json;
}

gboolean
rushes_printer_get_json (RushesPrinter *self)
{
  return self->json;
}

void
rushes_printer_set_quiet (RushesPrinter *self, gboolean quiet)
{
  self->quiet = quiet;
}

void
rushes_printer_yield_output (RushesPrinter *self)
{
  self->output_yielded = TRUE;
}

static int
output_of (RushesPrinter *self)
{
  return self->output_yielded ? STDERR_FILENO : STDOUT_FILENO;
}

gboolean
rushes_printer_is_unheard (RushesPrinter *self)
{
  return self->output_gone;
}

/* Straight to the descriptor: a line is there when it was said, whatever reads it. */
static void
write_text (RushesPrinter *self, int fd, const char *text)
{
  gboolean *gone = fd == STDERR_FILENO ? &self->errors_gone : &self->output_gone;

  if (!*gone && !rushes_write_all (fd, text, strlen (text), NULL))
    *gone = TRUE;
}

/* A line for people, in the character set of their terminal. */
static void
write_line (RushesPrinter *self, int fd, const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);
  g_autofree char *converted = NULL;
  const char *charset;

  rushes_printer_show_progress (self, NULL);
  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (line, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  write_text (self, fd, converted != NULL ? converted : line);
}

void
rushes_printer_say (RushesPrinter *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->json || self->quiet)
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  write_line (self, output_of (self), text);
}

void
rushes_printer_remark (RushesPrinter *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  if (self->json || self->quiet)
    return;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  write_line (self, STDERR_FILENO, text);
}

void
rushes_printer_complain (RushesPrinter *self, const char *sentence)
{
  g_autofree char *clean = rushes_clean_words (sentence);
  g_autofree char *text = g_strdup_printf ("rushes: %s", clean);

  write_line (self, STDERR_FILENO, text);
}

void
rushes_printer_emit (RushesPrinter *self, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  if (self->json)
    {
      g_autofree char *text = json_to_string (node, FALSE);
      g_autofree char *line = g_strconcat (text, "\n", NULL);

      write_text (self, output_of (self), line);
    }
}

JsonObject *
rushes_error_to_json (const GError *error)
{
  g_autoptr (GError) own = rushes_error_translate (error);
  /* Words that were typed may stand in it, whatever they are made of. */
  g_autofree char *message = g_utf8_make_valid (own->message, -1);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", rushes_error_code_to_string (own->code));
  json_object_set_string_member (object, "message", message);
  if (rushes_error_get_field (own) != NULL)
    json_object_set_string_member (object, "field", rushes_error_get_field (own));
  if (rushes_error_get_http_status (own) != 0)
    json_object_set_int_member (object, "http_status", rushes_error_get_http_status (own));
  else
    json_object_set_null_member (object, "http_status");
  if (rushes_error_get_words (own) != NULL)
    json_object_set_string_member (object, "words", rushes_error_get_words (own));
  json_object_set_string_member (object, "charged", rushes_charged_to_string (rushes_error_get_charged (own)));
  json_object_set_boolean_member (object, "retryable", rushes_error_get_retryable (own));

  return object;
}

void
rushes_printer_fail (RushesPrinter *self, const GError *error, const char *hint)
{
  g_autoptr (GError) own = rushes_error_translate (error);

  if (self->json)
    {
      JsonObject *event = json_object_new ();

      json_object_set_string_member (event, "event", "error");
      json_object_set_object_member (event, "error", rushes_error_to_json (own));
      rushes_printer_emit (self, event);
    }

  rushes_printer_complain (self, own->message);
  if (hint != NULL && !self->json)
    write_line (self, STDERR_FILENO, hint);
}

static guint
width_of (int fd)
{
  struct winsize size;

  if (!isatty (fd) || ioctl (fd, TIOCGWINSZ, &size) != 0)
    return 0;
  return size.ws_col > 0 ? size.ws_col : 80;
}

guint
rushes_printer_get_width (RushesPrinter *self)
{
  return width_of (output_of (self));
}

void
rushes_printer_show_progress (RushesPrinter *self, const char *line)
{
  guint width;

  if (line == NULL ? !self->progress_shown : self->json || self->quiet)
    return;

  width = width_of (STDERR_FILENO);
  if (width == 0 || g_strcmp0 (g_getenv ("TERM"), "dumb") == 0)
    return;

  if (line != NULL)
    {
      g_autofree char *clean = rushes_clean_words (line);
      g_autofree char *fitting = rushes_text_ellipsize (clean, width - 1);
      g_autofree char *text = g_strdup_printf ("\r%s\033[K", fitting);

      write_text (self, STDERR_FILENO, text);
    }
  else
    write_text (self, STDERR_FILENO, "\r\033[K");

  self->progress_shown = line != NULL;
}
