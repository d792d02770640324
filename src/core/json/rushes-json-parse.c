/* rushes-json-parse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-json-parse.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

typedef struct
{
  guint line; /* 0: not known */
  guint column;
} Place;

/* The parser knows where it stands only while it reads. */
static void
note_place (JsonParser *parser, const GError *mistake, gpointer data)
{
  Place *place = data;

  place->line = json_parser_get_current_line (parser);
  place->column = json_parser_get_current_pos (parser);
}

JsonNode *
rushes_json_parse (const char *text, gsize length, gboolean strict, const char *name, GError **error)
{
  /* Not an immutable one: it ends the program over two objects in a row. */
  g_autoptr (JsonParser) parser = json_parser_new ();
  Place place = { 0, 0 };
  JsonNode *root = NULL;

  json_parser_set_strict (parser, strict);
  g_signal_connect (parser, "error", G_CALLBACK (note_place), &place);
  if (json_parser_load_from_data (parser, length > 0 ? text : "", (gssize) length, NULL))
    root = json_parser_steal_root (parser);

  if (root != NULL)
    return root;
  if (length > 0 && !g_utf8_validate_len (text, length, NULL))
    /* Translators: %s is a file’s name. */
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is not valid JSON: its text is not UTF-8."), name);
  else if (place.line > 0)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      /* Translators: a file’s name, and two numbers. */
                      _ ("%s is not valid JSON: the mistake is in line %u, at column %u."), name, place.line,
                      place.column);
  else
    /* Translators: %s is a file’s name. */
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is not valid JSON: it is empty."), name);
  return NULL;
}
