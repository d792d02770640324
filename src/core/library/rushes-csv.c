/* rushes-csv.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-csv.h"

#include <string.h>

#include "rushes-error.h"

void
rushes_csv_add_plain (GString *record, const char *text)
{
  if (record->len > 0)
    g_string_append_c (record, ',');
  g_string_append (record, text);
}

void
rushes_csv_add_words (GString *record, const char *words)
{
  g_autofree char *clean = rushes_clean_words (words != NULL ? words : "");
  g_autoptr (GString) cell = g_string_new (NULL);

  /* A tab is a visible sign by now, and it is what stood there first that counts. */
  if (words != NULL && *words != '\0' && strchr ("=+-@\t\r", *words) != NULL)
    g_string_append_c (cell, '\'');
  g_string_append (cell, clean);
  if (strpbrk (cell->str, ",\"\r\n") != NULL)
    {
      g_string_replace (cell, "\"", "\"\"", 0);
      g_string_prepend_c (cell, '"');
      g_string_append_c (cell, '"');
    }
  rushes_csv_add_plain (record, cell->str);
}
