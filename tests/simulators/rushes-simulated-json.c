/* rushes-simulated-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-json.h"

static void
append_text (GString *json, const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *quoted = NULL;

  if (text == NULL)
    {
      g_string_append (json, "null");
      return;
    }
  node = json_node_init_string (json_node_alloc (), text);
  quoted = json_to_string (node, FALSE);
  g_string_append (json, quoted);
}

static void
append_argument (GString *json, char conversion, va_list *args)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];
  const char *text;

  switch (conversion)
    {
    case 's':
      append_text (json, va_arg (*args, const char *));
      break;
    case 'd':
      g_string_append_printf (json, "%" G_GINT64_FORMAT, va_arg (*args, gint64));
      break;
    case 'f':
      g_string_append (json, g_ascii_formatd (number, sizeof number, "%g", va_arg (*args, double)));
      break;
    case 'b':
      g_string_append (json, va_arg (*args, gboolean) ? "true" : "false");
      break;
    case 'j':
      text = va_arg (*args, const char *);
      g_string_append (json, text != NULL ? text : "null");
      break;
    case '%':
      g_string_append_c (json, '%');
      break;
    default:
      g_error ("A form of JSON has %%%c", conversion);
    }
}

char *
rushes_simulated_json_va (const char *form, va_list args)
{
  GString *json = g_string_new (NULL);
  va_list rest;

  va_copy (rest, args);
  for (const char *p = form; *p != '\0'; p++)
    {
      if (*p == '%')
        append_argument (json, *++p, &rest);
      else
        g_string_append_c (json, *p == '\'' ? '"' : *p);
    }
  va_end (rest);
  return g_string_free (json, FALSE);
}

char *
rushes_simulated_json (const char *form, ...)
{
  va_list args;
  char *json;

  va_start (args, form);
  json = rushes_simulated_json_va (form, args);
  va_end (args);
  return json;
}
