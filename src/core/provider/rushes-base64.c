/* rushes-base64.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-base64.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "rushes-disk.h"
#include "rushes-error.h"

#define PIECE (64 * 1024)

/* The media type of a data: address, with all that belongs to it. */
#define MAX_SCHEME 256

/* No character of base64. */
#define OTHER 64

typedef struct
{
  int fd;
  const char *path;
  gboolean escaped;

  guint escape;   /* characters since a backslash, with it; 0 outside of an escape */
  guint code;     /* of \uXXXX */
  gboolean begun; /* whether it is a data: address is known */
  GString *scheme;
  guint32 bits;
  guint n_digits; /* of the four that make three bytes */
  guint n_padding;
  gsize n_bytes;
  guint8 bytes[PIECE];
  gboolean is_empty;
} Decoder;

static gboolean
fail (GError **error, const char *sentence)
{
  GError *reason = rushes_error_new (RUSHES_ERROR_PROTOCOL, "%s", sentence);

  rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);
  g_propagate_error (error, reason);
  return FALSE;
}

static gboolean
fail_for (GError **error, guchar character)
{
  g_autofree char *sentence = NULL;

  if (g_ascii_isgraph (character))
    /* Translators: %c is one character. */
    sentence = g_strdup_printf (_ ("The clip within the answer cannot be read: “%c” has no place in base64 there."),
                                character);
  else
    sentence = g_strdup (_ ("The clip within the answer cannot be read: it is not in base64."));
  return fail (error, sentence);
}

static gboolean
flush (Decoder *self, GError **error)
{
  const guint8 *rest = self->bytes;

  while (self->n_bytes > 0)
    {
      gssize n = write (self->fd, rest, self->n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return rushes_disk_set_error (error, self->path, errno);
      rest += n;
      self->n_bytes -= (gsize) n;
    }
  return TRUE;
}

/* The bytes that @n_digits make, of the four whose bits are there. */
static gboolean
put (Decoder *self, guint n_digits, GError **error)
{
  guint32 bits = self->bits << (6 * (4 - n_digits));

  for (guint i = 0; i + 1 < n_digits; i++)
    self->bytes[self->n_bytes++] = (guint8) (bits >> (16 - 8 * i));
  self->bits = 0;
  self->n_digits = 0;
  self->is_empty = FALSE;
  return self->n_bytes + 3 <= PIECE || flush (self, error);
}

static guint
get_digit (guchar character)
{
  if (character >= 'A' && character <= 'Z')
    return character - 'A';
  if (character >= 'a' && character <= 'z')
    return character - 'a' + 26;
  if (character >= '0' && character <= '9')
    return character - '0' + 52;
  if (character == '+' || character == '-')
    return 62;
  if (character == '/' || character == '_')
    return 63;
  return OTHER;
}

static gboolean
take_digit (Decoder *self, guchar character, GError **error)
{
  guint digit = get_digit (character);

  if (g_ascii_isspace (character))
    return TRUE;
  if (character == '=' && self->n_digits >= 2 && self->n_digits + self->n_padding < 4)
    {
      self->n_padding++;
      return TRUE;
    }
  if (digit == OTHER || self->n_padding > 0)
    return fail_for (error, character);
  self->bits = self->bits << 6 | digit;
  return ++self->n_digits < 4 || put (self, 4, error);
}

/* Until it is clear whether the text is a data: address, and then to the end of its media type. */
static gboolean
take_scheme (Decoder *self, guchar character, GError **error)
{
  static const char scheme[] = "data:";
  gsize n = self->scheme->len;

  if (n == 0 && g_ascii_isspace (character))
    return TRUE;
  g_string_append_c (self->scheme, (char) character);
  if (n < strlen (scheme) && g_ascii_tolower (character) != scheme[n])
    {
      self->begun = TRUE;
      for (gsize i = 0; i <= n; i++)
        if (!take_digit (self, (guchar) self->scheme->str[i], error))
          return FALSE;
      return TRUE;
    }
  if (character != ',' && n < MAX_SCHEME)
    return TRUE;

  self->begun = TRUE;
  g_string_truncate (self->scheme, n);
  g_string_ascii_down (self->scheme);
  return (character == ',' && g_str_has_suffix (self->scheme->str, ";base64")) ||
         fail (error, _ ("The clip within the answer cannot be read: it is a data: address without base64."));
}

static gboolean
take (Decoder *self, guchar character, GError **error)
{
  return self->begun ? take_digit (self, character, error) : take_scheme (self, character, error);
}

/* RFC 8259, 7. */
static gboolean
take_escaped (Decoder *self, guchar character, GError **error)
{
  static const char letters[] = "nrtbf", meanings[] = "\n\r\t\b\f";
  const char *letter;

  if (self->escape == 0 && character != '\\')
    return take (self, character, error);
  if (self->escape == 0 || (self->escape == 1 && character == 'u'))
    {
      self->escape++;
      self->code = 0;
      return TRUE;
    }
  if (self->escape == 1)
    {
      self->escape = 0;
      letter = strchr (letters, character);
      return take (self, letter != NULL ? (guchar) meanings[letter - letters] : character, error);
    }
  if (!g_ascii_isxdigit (character))
    return fail_for (error, character);
  self->code = self->code << 4 | (guint) g_ascii_xdigit_value ((char) character);
  if (++self->escape < 6)
    return TRUE;
  self->escape = 0;
  return take (self, self->code < 0x80 ? (guchar) self->code : 0xff, error);
}

static gboolean
finish (Decoder *self, GError **error)
{
  gboolean is_whole = self->n_digits != 1 && self->escape == 0 && (self->begun || self->scheme->len == 0) &&
                      (self->n_padding == 0 || self->n_digits + self->n_padding == 4);

  if (!is_whole)
    return fail (error, _ ("The clip within the answer cannot be read: its base64 is cut short."));
  if (self->n_digits > 0 && !put (self, self->n_digits, error))
    return FALSE;
  if (self->is_empty)
    return fail (error, _ ("The clip within the answer is empty."));
  return flush (self, error);
}

gboolean
rushes_base64_write (RushesTextRead read, gpointer data, gboolean escaped, int fd, const char *path, GError **error)
{
  g_autofree Decoder *self = g_new0 (Decoder, 1);
  g_autofree char *piece = g_malloc (PIECE);
  g_autoptr (GString) scheme = g_string_new (NULL);
  gint64 offset = 0;
  gssize length;

  self->fd = fd;
  self->path = path;
  self->scheme = scheme;
  self->is_empty = TRUE;
  while ((length = read (data, offset, piece, PIECE)) > 0)
    {
      for (gssize i = 0; i < length; i++)
        if (!(escaped ? take_escaped : take) (self, (guchar) piece[i], error))
          return FALSE;
      offset += length;
    }
  if (length < 0)
    return rushes_disk_set_error (error, path, errno);
  return finish (self, error);
}
