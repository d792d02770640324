/* fuzz-redaction.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A reply that repeats the key. The first line is the key; in what follows \1 stands for it as it is, \2 for it in
 * base64 together with the byte before, \3 for it percent-encoded, and \4 as JSON with every character escaped. None of
 * them may be left. */

#include <string.h>

#include "rushes-credentials-private.h"
#include "rushes-fuzz.h"

/* In a reply, a key of this many characters is replaced wherever it stands. */
#define LONG_KEY 16

static char *
encode (const char *key, char how, char before)
{
  GString *encoded = g_string_new (NULL);
  g_autofree char *padded = NULL;

  switch (how)
    {
    case '\1':
      g_string_append (encoded, key);
      break;
    case '\2':
      padded = g_strdup_printf ("%.*s%s", before % 3, "xyz", key);
      g_string_free (encoded, TRUE);
      return g_base64_encode ((const guchar *) padded, strlen (padded));
    case '\3':
      for (const char *c = key; *c != '\0'; c++)
        g_string_append_printf (encoded, "%%%02x", (guchar) *c);
      break;
    default:
      for (const char *c = key; *c != '\0'; c++)
        g_string_append_printf (encoded, "\\u%04X", (guchar) *c);
      break;
    }
  return g_string_free_and_steal (encoded);
}

/* As RushesCredentials sends it; and what is in the text by itself, or is the sign of an escape, is in no key either.
 */
static gboolean
is_long_key (const char *key)
{
  for (const char *c = key; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c) || strchr ("*%\\", *c) != NULL)
      return FALSE;
  return strlen (key) >= LONG_KEY;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *const origins[] = { "https://api.example.com", NULL };
  const char *rest = (const char *) data;
  const char *end = rest + size;
  g_autofree char *key = g_strstrip (rushes_fuzz_take_line (&rest, end));
  g_autoptr (RushesCredentials) credentials = rushes_credentials_new (RUSHES_AUTH_BEARER, NULL, FALSE, key, origins);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) safe = NULL;
  const char *left;
  gsize n_left;
  char before = 'x';

  for (; rest < end; before = *rest++)
    if (*rest >= '\1' && *rest <= '\4')
      {
        g_autofree char *encoded = encode (key, *rest, before);

        g_string_append (text, encoded);
      }
    else
      g_string_append_c (text, *rest);

  body = g_bytes_new (text->str, text->len);
  safe = rushes_credentials_redact_body (credentials, body);
  left = g_bytes_get_data (safe, &n_left);
  if (n_left > 0 && is_long_key (key))
    for (char how = '\1'; how <= '\4'; how++)
      {
        /* Of base64 what the neighbours have no part in. */
        g_autofree char *form = encode (key, how, 0);
        gsize length = how == '\2' ? strlen (key) * 8 / 6 : strlen (form);

        if (memmem (left, n_left, form, length) != NULL)
          g_error ("“%s” in form %d is left in: %.*s (of %s)", key, how, (int) n_left, left, text->str);
      }

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  rushes_fuzz_add_text (seeds, "sk-a/b+c=d.e~f-1234567890\nIncorrect API key provided: \1.");
  rushes_fuzz_add_text (seeds, "sk-a/b+c=d.e~f-1234567890\n{\"basic\":\"x\2\",\"q\":\"?key=\3\",\"j\":\"\4\"}");
  rushes_fuzz_add_text (seeds, "hunter2024\nhttp://hunter2024:8000/ \1 x\1 \"\1\" \2");
  rushes_fuzz_add_text (seeds, "x\nnext \1");
}
