/* rushes-search.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-search.h"

static gboolean
stands_alone (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return TRUE;
    default:
      return FALSE;
    }
}

char *
rushes_search_index (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  /* Full-width letters and the like become the ones that people type. */
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *spaced = g_string_sized_new (strlen (normal) + 16);

  for (const char *p = normal; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gboolean alone = stands_alone (c);

      if (alone)
        g_string_append_c (spaced, ' ');
      g_string_append_unichar (spaced, c);
      if (alone)
        g_string_append_c (spaced, ' ');
    }

  return g_string_free (spaced, FALSE);
}

/* Whether the index's tokenizer sees anything in it; a phrase without a word would match nothing. */
static gboolean
has_letters (const char *word)
{
  for (const char *p = word; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isalnum (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

char *
rushes_search_query (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL_COMPOSE);
  g_auto (GStrv) words = g_strsplit_set (normal, " \t\r\n", -1);
  GString *query = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *spaced = rushes_search_index (words[i]);
      g_auto (GStrv) parts = NULL;
      g_autofree char *quoted = NULL;

      if (!has_letters (spaced))
        continue;
      parts = g_strsplit (g_strstrip (spaced), "\"", -1);
      quoted = g_strjoinv ("\"\"", parts);
      g_string_append_printf (query, "%s\"%s\"", query->len > 0 ? " " : "", quoted);
    }
  if (query->len == 0)
    {
      g_string_free (query, TRUE);
      return NULL;
    }
  g_string_append_c (query, '*');

  return g_string_free (query, FALSE);
}
