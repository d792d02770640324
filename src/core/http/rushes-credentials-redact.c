/* rushes-credentials-redact.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rushes-credentials-private.h"

#define STARS "***"

/* A shorter one is replaced only where it stands alone: a local server's "x" is in every second word. */
#define MIN_LENGTH 8

/* What programs read on must keep its meaning. One so short that it may be a word of theirs ("none", "default") is left
 * alone there, and one shorter than MIN_SURE_LENGTH is replaced only where it stands alone and is no name in an
 * address: "localhost" and "grok2api" are keys of some people, and hosts and folders. */
#define MIN_LENGTH_IN_REPLIES 8
#define MIN_SURE_LENGTH       16

#define BASE64    G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "+/-_="
#define BASE64URL G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_"

/* What base64 makes of a key that stands anywhere within the text that was encoded: it depends on the number of bytes
 * before it modulo three, and the characters at both ends are shared with the neighbours. */
typedef struct
{
  char *text;
  gsize n_shared; /* characters before it that hold a part of the key */
} Needle;

typedef struct
{
  RushesCredentials *credentials;
  const char *secrets[4];
  GArray *needles;
  gboolean mints;
  gboolean is_reply;    /* that is read on */
  gboolean starts[256]; /* characters that a form of the key may begin with */
  GString *output;
  const char *text;
  const char *end;
} Redaction;

static void
needle_clear (gpointer data)
{
  g_free (((Needle *) data)->text);
}

static void
add_needle (Redaction *self, const char *text, gsize length, gsize n_shared)
{
  Needle needle = { g_strndup (text, length), n_shared };

  self->starts[(guchar) *text] = TRUE;
  g_array_append_val (self->needles, needle);
}

static void
add_needles (Redaction *self, const char *secret)
{
  gsize n_secret = strlen (secret);

  for (gsize n_before = 0; n_before < 3; n_before++)
    {
      g_autofree char *padded = g_malloc0 (n_before + n_secret);
      g_autofree char *encoded = NULL;
      gsize start = (n_before * 8 + 5) / 6;
      gsize length = (n_before + n_secret) * 8 / 6 - start;

      memcpy (padded + n_before, secret, n_secret);
      encoded = g_base64_encode ((const guchar *) padded, n_before + n_secret);
      add_needle (self, encoded + start, length, start);
      if (strpbrk (encoded, "+/") != NULL)
        {
          g_strdelimit (encoded, "+", '-');
          g_strdelimit (encoded, "/", '_');
          add_needle (self, encoded + start, length, start);
        }
    }
}

/* The character that JSON means at @p: itself, behind a backslash, or as \uXXXX; how long that is. */
static gsize
read_plain (const char *p, const char *end, char *c)
{
  gsize n = (gsize) (end - p);
  int high = n >= 6 ? g_ascii_xdigit_value (p[4]) : -1;
  int low = n >= 6 ? g_ascii_xdigit_value (p[5]) : -1;

  if (n == 0)
    return 0;
  if (high >= 0 && low >= 0 && g_ascii_strncasecmp (p, "\\u00", 4) == 0)
    {
      *c = (char) (high * 16 + low);
      return 6;
    }
  *c = n >= 2 && *p == '\\' ? p[1] : *p;
  return n >= 2 && *p == '\\' ? 2 : 1;
}

/* Likewise, where %XX may stand for it as well. */
static gsize
read_percent (const char *p, const char *end, char *c)
{
  gsize first = read_plain (p, end, c);
  gsize second, third;
  char high = 0, low = 0;

  if (first == 0 || *c != '%')
    return first;
  second = read_plain (p + first, end, &high);
  third = read_plain (p + first + second, end, &low);
  if (third == 0 || !g_ascii_isxdigit (high) || !g_ascii_isxdigit (low))
    return first;
  *c = (char) (g_ascii_xdigit_value (high) * 16 + g_ascii_xdigit_value (low));
  return first + second + third;
}

/* How much of the text from @p on is @wanted; 0 when it is not. */
static gsize
match_written (const char *p,
               const char *end,
               const char *wanted,
               gsize (*read) (const char *p, const char *end, char *c))
{
  const char *start = p;

  for (; *wanted != '\0'; wanted++)
    {
      char c;
      gsize length = read (p, end, &c);

      if (length == 0 || c != *wanted)
        return 0;
      p += length;
    }
  return (gsize) (p - start);
}

static gboolean
is_letter (Redaction *self, char c)
{
  return g_ascii_isalnum (c) || (self->is_reply && (c == '-' || c == '_'));
}

/* Whether what stands before @p is the end of an escape such as \n, %22 or \u0022, and no letter of a word. */
static gboolean
is_behind_escape (Redaction *self, const char *p)
{
  gsize n = (gsize) (p - self->text);

  return (n >= 2 && p[-2] == '\\' && strchr ("bfnrt", p[-1]) != NULL) || (n >= 3 && p[-3] == '%') ||
         (n >= 6 && p[-6] == '\\' && p[-5] == 'u');
}

static gboolean
stands_alone (Redaction *self, const char *start, const char *end)
{
  if (end < self->end && is_letter (self, *end))
    return FALSE;
  if (start == self->text)
    return TRUE;
  if (is_letter (self, start[-1]))
    return is_behind_escape (self, start);
  return !self->is_reply || start[-1] != '/';
}

static gsize
match_secret (Redaction *self, const char *p, const char *secret)
{
  gsize length = strlen (secret);
  gboolean is_short = length < (self->is_reply ? MIN_SURE_LENGTH : MIN_LENGTH);

  if ((gsize) (self->end - p) < length || memcmp (p, secret, length) != 0)
    length = match_written (p, self->end, secret, read_percent);

  return length > 0 && is_short && !stands_alone (self, p, p + length) ? 0 : length;
}

static gsize
span (Redaction *self, const char *p, const char *characters)
{
  const char *start = p;

  while (p < self->end && *p != '\0' && strchr (characters, *p) != NULL)
    p++;
  return (gsize) (p - start);
}

/* A token is ours when our key signs it the same. */
static gsize
match_token (Redaction *self, const char *p)
{
  gsize n_header = strlen (RUSHES_JWT_HEADER);
  gsize n_payload, n_signature;
  g_autofree char *signed_text = NULL;
  g_autofree char *signature = NULL;

  if ((gsize) (self->end - p) <= n_header || memcmp (p, RUSHES_JWT_HEADER, n_header) != 0 || p[n_header] != '.')
    return 0;
  n_payload = n_header + 1 + span (self, p + n_header + 1, BASE64URL);
  if (p + n_payload >= self->end || p[n_payload] != '.')
    return 0;
  n_signature = span (self, p + n_payload + 1, BASE64URL);

  signed_text = g_strndup (p, n_payload);
  signature = rushes_credentials_sign (self->credentials, signed_text);
  if (strlen (signature) != n_signature || memcmp (p + n_payload + 1, signature, n_signature) != 0)
    return 0;
  return n_payload + 1 + n_signature;
}

/* Takes the characters that hold a part of the key back, but for those that are half of an escape. */
static void
drop_shared (GString *output, gsize n_shared)
{
  for (; n_shared > 0 && output->len > 0; n_shared--)
    {
      const char *last = output->str + output->len - 1;

      if ((output->len >= 2 && last[-1] == '\\') || (output->len >= 6 && last[-5] == '\\' && last[-4] == 'u'))
        return;
      g_string_truncate (output, output->len - 1);
    }
}

static gsize
match_needle (Redaction *self, const char *p)
{
  for (guint i = 0; i < self->needles->len; i++)
    {
      const Needle *needle = &g_array_index (self->needles, Needle, i);
      gsize length = match_written (p, self->end, needle->text, read_plain);

      if (length > 0)
        {
          drop_shared (self->output, needle->n_shared);
          return length + span (self, p + length, BASE64);
        }
    }
  return 0;
}

static gsize
match (Redaction *self, const char *p)
{
  gsize length = 0;

  for (gsize i = 0; length == 0 && self->secrets[i] != NULL; i++)
    length = match_secret (self, p, self->secrets[i]);
  if (length == 0 && self->mints)
    length = match_token (self, p);
  if (length == 0)
    length = match_needle (self, p);
  return length;
}

/* NULL when there is nothing to be replaced. */
static GString *
redact (RushesCredentials *credentials, const char *text, gsize length, gboolean is_reply)
{
  Redaction self = { .credentials = credentials, .is_reply = is_reply, .text = text, .end = text + length };
  gsize min_secret = is_reply ? MIN_LENGTH_IN_REPLIES : 1;
  const char *secrets[4];
  gboolean found = FALSE;

  self.output = g_string_sized_new (length);
  self.needles = g_array_new (FALSE, FALSE, sizeof (Needle));
  g_array_set_clear_func (self.needles, needle_clear);
  rushes_credentials_get_secrets (credentials, secrets);
  self.starts['%'] = self.starts['\\'] = self.starts[(guchar) *RUSHES_JWT_HEADER] = TRUE;
  self.mints = secrets[1] != NULL;
  for (gsize i = 0, n = 0; secrets[i] != NULL; i++)
    if (strlen (secrets[i]) >= min_secret)
      {
        self.secrets[n++] = secrets[i];
        self.starts[(guchar) *secrets[i]] = TRUE;
        if (strlen (secrets[i]) >= MIN_LENGTH)
          add_needles (&self, secrets[i]);
      }

  for (const char *p = text; p < self.end;)
    {
      gsize n_matched = self.starts[(guchar) *p] ? match (&self, p) : 0;

      if (n_matched > 0)
        g_string_append (self.output, STARS);
      else
        g_string_append_c (self.output, *p);
      found = found || n_matched > 0;
      p += MAX (n_matched, 1);
    }

  g_array_unref (self.needles);
  if (found)
    return self.output;
  g_string_free (self.output, TRUE);
  return NULL;
}

char *
rushes_credentials_redact (RushesCredentials *self, const char *text)
{
  GString *redacted;

  g_return_val_if_fail (self != NULL && text != NULL, NULL);

  redacted = redact (self, text, strlen (text), FALSE);
  return redacted != NULL ? g_string_free_and_steal (redacted) : g_strdup (text);
}

char *
rushes_credentials_redact_header (RushesCredentials *self, const char *value)
{
  GString *redacted = redact (self, value, strlen (value), TRUE);

  return redacted != NULL ? g_string_free_and_steal (redacted) : g_strdup (value);
}

GBytes *
rushes_credentials_redact_body (RushesCredentials *self, GBytes *body)
{
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  GString *redacted = length > 0 ? redact (self, text, length, TRUE) : NULL;

  return redacted != NULL ? g_string_free_to_bytes (redacted) : g_bytes_ref (body);
}
