/* rushes-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <libdex.h>

#define MAX_WORDS   2000
#define MAX_MESSAGE 4000

typedef struct
{
  RushesCharged charged;
  guint http_status;
  gboolean retryable;
  gboolean warns;
  double retry_after;
  char *words;
  char *field;
} RushesErrorPrivate;

static void
rushes_error_private_init (RushesErrorPrivate *priv)
{
  priv->charged = RUSHES_CHARGED_NO;
}

static void
rushes_error_private_copy (const RushesErrorPrivate *from, RushesErrorPrivate *to)
{
  *to = *from;
  to->words = g_strdup (from->words);
  to->field = g_strdup (from->field);
}

static void
rushes_error_private_clear (RushesErrorPrivate *priv)
{
  g_free (priv->words);
  g_free (priv->field);
}

G_DEFINE_EXTENDED_ERROR (RushesError, rushes_error)

static const char *const code_names[] = {
  [RUSHES_ERROR_AUTH] = "AUTH",
  [RUSHES_ERROR_FORBIDDEN] = "FORBIDDEN",
  [RUSHES_ERROR_QUOTA] = "QUOTA",
  [RUSHES_ERROR_RATE_LIMITED] = "RATE_LIMITED",
  [RUSHES_ERROR_REJECTED] = "REJECTED",
  [RUSHES_ERROR_BAD_REQUEST] = "BAD_REQUEST",
  [RUSHES_ERROR_UNSUPPORTED] = "UNSUPPORTED",
  [RUSHES_ERROR_MODEL_RETIRED] = "MODEL_RETIRED",
  [RUSHES_ERROR_NOT_FOUND] = "NOT_FOUND",
  [RUSHES_ERROR_TIMEOUT] = "TIMEOUT",
  [RUSHES_ERROR_NETWORK] = "NETWORK",
  [RUSHES_ERROR_TLS] = "TLS",
  [RUSHES_ERROR_PROTOCOL] = "PROTOCOL",
  [RUSHES_ERROR_PROVIDER] = "PROVIDER",
  [RUSHES_ERROR_STORAGE] = "STORAGE",
  [RUSHES_ERROR_MEDIA] = "MEDIA",
  [RUSHES_ERROR_KEYRING] = "KEYRING",
  [RUSHES_ERROR_CANCELLED] = "CANCELLED",
  [RUSHES_ERROR_INTERNAL] = "INTERNAL",
};

/* As decided for the command line; 7 and 11 are states of a take (left, unconfirmed), not errors. */
static const int exit_statuses[] = {
  [RUSHES_ERROR_AUTH] = 3,         [RUSHES_ERROR_FORBIDDEN] = 3,     [RUSHES_ERROR_QUOTA] = 4,
  [RUSHES_ERROR_RATE_LIMITED] = 8, [RUSHES_ERROR_REJECTED] = 5,      [RUSHES_ERROR_BAD_REQUEST] = 2,
  [RUSHES_ERROR_UNSUPPORTED] = 2,  [RUSHES_ERROR_MODEL_RETIRED] = 2, [RUSHES_ERROR_NOT_FOUND] = 8,
  [RUSHES_ERROR_TIMEOUT] = 7,      [RUSHES_ERROR_NETWORK] = 6,       [RUSHES_ERROR_TLS] = 6,
  [RUSHES_ERROR_PROTOCOL] = 8,     [RUSHES_ERROR_PROVIDER] = 8,      [RUSHES_ERROR_STORAGE] = 9,
  [RUSHES_ERROR_MEDIA] = 9,        [RUSHES_ERROR_KEYRING] = 10,      [RUSHES_ERROR_CANCELLED] = 130,
  [RUSHES_ERROR_INTERNAL] = 1,
};

static const char *const charged_names[] = {
  [RUSHES_CHARGED_NO] = "no",
  [RUSHES_CHARGED_MAYBE] = "maybe",
  [RUSHES_CHARGED_YES] = "yes",
};

/* Marks that turn the direction of the text around them: shown words must not be able to disguise others. */
static gboolean
is_bidi_control (gunichar c)
{
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static char *
clean_text (const char *text, guint most, const char *cut)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_new (NULL);
  guint n = 0;
  const char *p;

  for (p = valid; *p != '\0' && n < most; p = g_utf8_next_char (p), n++)
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' || c == '\t')
        g_string_append_c (clean, c);
      else if (c < 0x20)
        g_string_append_unichar (clean, 0x2400 + c);
      else if (c == 0x7F)
        g_string_append_unichar (clean, 0x2421);
      else if ((c >= 0x80 && c < 0xA0) || is_bidi_control (c))
        g_string_append_unichar (clean, 0xFFFD);
      else
        g_string_append_unichar (clean, c);
    }
  if (*p != '\0')
    g_string_append (clean, cut);

  return g_string_free_and_steal (g_steal_pointer (&clean));
}

char *
rushes_clean_words (const char *words)
{
  return clean_text (words, MAX_WORDS, "");
}

/* A sentence may quote a file, an address or an answer, which anybody may have written: it stays one line of signs that
 * do nothing. */
G_GNUC_PRINTF (2, 0)
static GError *
new_valist (RushesErrorCode code, const char *format, va_list arguments)
{
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  g_autofree char *clean = g_strdelimit (clean_text (message, MAX_MESSAGE, "…"), "\n\t", ' ');

  return g_error_new_literal (RUSHES_ERROR, code, clean);
}

GError *
rushes_error_new (RushesErrorCode code, const char *format, ...)
{
  GError *error;
  va_list arguments;

  va_start (arguments, format);
  error = new_valist (code, format, arguments);
  va_end (arguments);

  return error;
}

void
rushes_set_error (GError **error, RushesErrorCode code, const char *format, ...)
{
  g_autoptr (GError) local = NULL;
  va_list arguments;

  va_start (arguments, format);
  local = new_valist (code, format, arguments);
  va_end (arguments);

  g_propagate_error (error, g_steal_pointer (&local));
}

static RushesErrorCode
code_of_io_error (int code)
{
  switch (code)
    {
    case G_IO_ERROR_CANCELLED:
      return RUSHES_ERROR_CANCELLED;

    case G_IO_ERROR_NOT_FOUND:
      return RUSHES_ERROR_NOT_FOUND;

    case G_IO_ERROR_TIMED_OUT:
      return RUSHES_ERROR_TIMEOUT;

    case G_IO_ERROR_NO_SPACE:
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_READ_ONLY:
    case G_IO_ERROR_EXISTS:
    case G_IO_ERROR_IS_DIRECTORY:
    case G_IO_ERROR_NOT_DIRECTORY:
    case G_IO_ERROR_FILENAME_TOO_LONG:
    case G_IO_ERROR_TOO_MANY_OPEN_FILES:
      return RUSHES_ERROR_STORAGE;

    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
      return RUSHES_ERROR_NETWORK;

    default:
      return RUSHES_ERROR_INTERNAL;
    }
}

/* The few that people meet often get a sentence of ours; the system's words say which file it was. */
static GError *
new_from_io_error (const GError *error)
{
  RushesErrorCode code = code_of_io_error (error->code);

  switch (error->code)
    {
    case G_IO_ERROR_CANCELLED:
      return rushes_error_new (code, "%s", _ ("It was cancelled."));

    case G_IO_ERROR_NO_SPACE:
      return rushes_error_new (code, "%s", _ ("The disk is full. Free some space and try again."));

    case G_IO_ERROR_READ_ONLY:
      return rushes_error_new (code, "%s", _ ("The disk can only be read, not written to."));

    case G_IO_ERROR_PERMISSION_DENIED:
      return rushes_error_new (code, _ ("Rushes has no permission: %s."), error->message);

    default:
      return rushes_error_new (code, "%s", error->message);
    }
}

GError *
rushes_error_translate (const GError *error)
{
  GError *translated;

  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == RUSHES_ERROR)
    return g_error_copy (error);

  if (error->domain == G_IO_ERROR)
    return new_from_io_error (error);

  if (error->domain == G_FILE_ERROR)
    {
      g_autoptr (GError) io_error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, error->message);

      if (error->code == G_FILE_ERROR_NOSPC)
        io_error->code = G_IO_ERROR_NO_SPACE;
      else if (error->code == G_FILE_ERROR_ACCES || error->code == G_FILE_ERROR_PERM)
        io_error->code = G_IO_ERROR_PERMISSION_DENIED;
      else if (error->code == G_FILE_ERROR_ROFS)
        io_error->code = G_IO_ERROR_READ_ONLY;
      else if (error->code == G_FILE_ERROR_NOENT)
        io_error->code = G_IO_ERROR_NOT_FOUND;
      return new_from_io_error (io_error);
    }

  if (error->domain == G_TLS_ERROR)
    return rushes_error_new (RUSHES_ERROR_TLS, "%s", error->message);

  if (error->domain == DEX_ERROR && error->code == DEX_ERROR_TIMED_OUT)
    return rushes_error_new (RUSHES_ERROR_TIMEOUT, "%s", _ ("It took too long."));

  translated = rushes_error_new (RUSHES_ERROR_INTERNAL, "%s", error->message);
  return translated;
}

RushesCharged
rushes_error_get_charged (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RUSHES_ERROR, RUSHES_CHARGED_MAYBE);
  return rushes_error_get_private (error)->charged;
}

void
rushes_error_set_charged (GError *error, RushesCharged charged)
{
  g_return_if_fail (error != NULL && error->domain == RUSHES_ERROR);
  rushes_error_get_private (error)->charged = charged;
}

guint
rushes_error_get_http_status (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RUSHES_ERROR, 0);
  return rushes_error_get_private (error)->http_status;
}

void
rushes_error_set_http_status (GError *error, guint http_status)
{
  g_return_if_fail (error != NULL && error->domain == RUSHES_ERROR);
  rushes_error_get_private (error)->http_status = http_status;
}

const char *
rushes_error_get_words (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RUSHES_ERROR, NULL);
  return rushes_error_get_private (error)->words;
}

void
rushes_error_set_words (GError *error, const char *words)
{
  RushesErrorPrivate *priv;

  g_return_if_fail (error != NULL && error->domain == RUSHES_ERROR);
  priv = rushes_error_get_private (error);
  g_free (priv->words);
  priv->words = words != NULL ? rushes_clean_words (words) : NULL;
}

const char *
rushes_error_get_field (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RUSHES_ERROR, NULL);
  return rushes_error_get_private (error)->field;
}

void
rushes_error_set_field (GError *error, const char *field)
{
  g_return_if_fail (error != NULL && error->domain == RUSHES_ERROR);
  g_set_str (&rushes_error_get_private (error)->field, field);
}

gboolean
rushes_error_get_retryable (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RUSHES_ERROR, FALSE);
  return rushes_error_get_private (error)->retryable;
}

void
rushes_error_set_retryable (GError *error, gboolean retryable)
{
  g_return_if_fail (error != NULL && error->domain == RUSHES_ERROR);
  rushes_error_get_private (error)->retryable = retryable;
}

gboolean
rushes_error_get_warns (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RUSHES_ERROR, FALSE);
  return rushes_error_get_private (error)->warns;
}

void
rushes_error_set_warns (GError *error, gboolean warns)
{
  g_return_if_fail (error != NULL && error->domain == RUSHES_ERROR);
  rushes_error_get_private (error)->warns = warns;
}

double
rushes_error_get_retry_after (const GError *error)
{
  g_return_val_if_fail (error != NULL && error->domain == RUSHES_ERROR, 0);
  return rushes_error_get_private (error)->retry_after;
}

void
rushes_error_set_retry_after (GError *error, double seconds)
{
  g_return_if_fail (error != NULL && error->domain == RUSHES_ERROR);
  rushes_error_get_private (error)->retry_after = seconds;
}

const char *
rushes_error_code_to_string (RushesErrorCode code)
{
  g_return_val_if_fail (code < G_N_ELEMENTS (code_names), "INTERNAL");
  return code_names[code];
}

RushesErrorCode
rushes_error_code_from_string (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (code_names); i++)
    if (g_strcmp0 (name, code_names[i]) == 0)
      return i;
  return RUSHES_ERROR_INTERNAL;
}

const char *
rushes_charged_to_string (RushesCharged charged)
{
  g_return_val_if_fail (charged < G_N_ELEMENTS (charged_names), "maybe");
  return charged_names[charged];
}

RushesCharged
rushes_charged_from_string (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (charged_names); i++)
    if (g_strcmp0 (name, charged_names[i]) == 0)
      return i;
  return RUSHES_CHARGED_MAYBE;
}

int
rushes_error_get_exit_status (const GError *error)
{
  g_autoptr (GError) translated = NULL;

  g_return_val_if_fail (error != NULL, 1);
  translated = rushes_error_translate (error);
  g_return_val_if_fail (translated->code < (int) G_N_ELEMENTS (exit_statuses), 1);
  return exit_statuses[translated->code];
}
