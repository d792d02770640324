/* rushes-event-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-words.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "rushes-error.h"

/* Bytes. A text view lays out a paragraph at once: more than this would be felt. */
#define SHOWN       (32 * 1024)
#define SHOWN_LINES 2000

/* Bytes. What is larger is not looked at as JSON: no more than the beginning could be shown anyway. */
#define JSON_LIMIT (256 * 1024)

/* Bytes of a row. */
#define LINE 400

/* Bytes that are cleaned at a time; rushes_clean_words() takes no more than 2000 characters. */
#define PIECE 1024

#define INDENT 2

/* Never between the bytes of a character. */
static gsize
cut_at (const char *text, gsize length, gsize limit)
{
  return length <= limit ? length : (gsize) (g_utf8_find_prev_char (text, text + limit) - text);
}

static char *
clean (const char *text, gsize length)
{
  g_autoptr (GString) whole = g_string_new (NULL);

  while (length > 0)
    {
      gsize n = cut_at (text, length, PIECE);
      g_autofree char *piece = g_strndup (text, n);
      g_autofree char *words = rushes_clean_words (piece);

      g_string_append (whole, words);
      text += n;
      length -= n;
    }
  return g_string_free_and_steal (g_steal_pointer (&whole));
}

char *
rushes_event_words_line (const char *data)
{
  gsize length;

  g_return_val_if_fail (data != NULL, NULL);

  data += strspn (data, " \t\n");
  length = strcspn (data, "\n");
  return clean (data, cut_at (data, length, LINE));
}

/* ---- JSON ---- */

static gboolean
is_json (const char *data, gsize length)
{
  g_autoptr (JsonParser) parser = NULL;

  /* A number or a word alone is JSON too, but there is nothing to lay out. */
  data += strspn (data, " \t\n");
  if (length > JSON_LIMIT || (*data != '{' && *data != '['))
    return FALSE;
  parser = json_parser_new ();
  return json_parser_load_from_data (parser, data, -1, NULL);
}

static void
break_line (GString *text, guint depth)
{
  g_string_append_printf (text, "\n%*s", (int) (depth * INDENT), "");
}

/* Only blanks are added and left out: numbers and strings stand as they were sent, which a parser and a writer would
 * not promise. */
static char *
lay_out (const char *json)
{
  GString *text = g_string_new (NULL);
  guint depth = 0;

  for (const char *p = json; *p != '\0' && text->len <= SHOWN; p++)
    if (*p == '"')
      {
        const char *begin = p++;

        while (*p != '\0' && *p != '"')
          p += *p == '\\' && p[1] != '\0' ? 2 : 1;
        g_string_append_len (text, begin, p - begin);
        if (*p == '\0')
          break;
        g_string_append_c (text, '"');
      }
    else if (*p == '{' || *p == '[')
      {
        g_string_append_c (text, *p);
        p += strspn (p + 1, " \t\n\r");
        if (p[1] == '}' || p[1] == ']')
          g_string_append_c (text, *++p);
        else
          break_line (text, ++depth);
      }
    else if (*p == '}' || *p == ']')
      {
        break_line (text, depth > 0 ? --depth : 0);
        g_string_append_c (text, *p);
      }
    else if (*p == ',')
      {
        g_string_append_c (text, *p);
        break_line (text, depth);
      }
    else if (*p == ':')
      g_string_append (text, ": ");
    else if (strchr (" \t\n\r", *p) == NULL)
      g_string_append_c (text, *p);
  return g_string_free_and_steal (text);
}

/* ---- all of it ---- */

static gsize
count_bytes_of_lines (const char *text, gsize length)
{
  guint n = 0;

  for (gsize i = 0; i < length; i++)
    if (text[i] == '\n' && ++n >= SHOWN_LINES)
      return i;
  return length;
}

char *
rushes_event_words_whole (const char *data, gsize length, gboolean *is_cut)
{
  g_autofree char *json = NULL;
  gsize n;

  g_return_val_if_fail (data != NULL, NULL);
  g_return_val_if_fail (is_cut != NULL, NULL);

  if (is_json (data, length))
    {
      data = json = lay_out (data);
      length = strlen (json);
    }
  n = count_bytes_of_lines (data, cut_at (data, length, SHOWN));
  *is_cut = n < length;
  return clean (data, n);
}
