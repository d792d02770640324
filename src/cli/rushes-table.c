/* rushes-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-table.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-text-width.h"

#define GAP 2

struct _RushesTable
{
  guint n_columns;
  GPtrArray *cells; /* char*, row after row; the titles are the first row */
};

RushesTable *
rushes_table_new (const char *first_title, ...)
{
  RushesTable *self = g_new0 (RushesTable, 1);
  va_list arguments;

  self->cells = g_ptr_array_new_with_free_func (g_free);
  va_start (arguments, first_title);
  for (const char *title = first_title; title != NULL; title = va_arg (arguments, const char *))
    g_ptr_array_add (self->cells, g_strdup (title));
  va_end (arguments);
  self->n_columns = self->cells->len;

  return self;
}

void
rushes_table_free (RushesTable *self)
{
  g_ptr_array_unref (self->cells);
  g_free (self);
}

void
rushes_table_add (RushesTable *self, ...)
{
  va_list arguments;

  va_start (arguments, self);
  for (guint i = 0; i < self->n_columns; i++)
    {
      const char *text = va_arg (arguments, const char *);
      char *cell = rushes_clean_words (text != NULL ? text : "");

      g_ptr_array_add (self->cells, g_strdelimit (cell, "\n\t", ' '));
    }
  va_end (arguments);
}

static void
append_row (RushesTable *self, GString *out, guint row, const guint *widths, guint limit)
{
  guint used = 0;

  for (guint column = 0; column < self->n_columns; column++)
    {
      const char *cell = g_ptr_array_index (self->cells, row * self->n_columns + column);

      if (column + 1 == self->n_columns)
        {
          g_autofree char *last = rushes_text_ellipsize (cell, limit > used ? limit - used : 0);

          g_string_append (out, last);
        }
      else
        {
          guint rest = widths[column] - rushes_text_width (cell) + GAP;

          g_string_append_printf (out, "%s%*s", cell, (int) rest, "");
          used += widths[column] + GAP;
        }
    }

  while (out->len > 0 && out->str[out->len - 1] == ' ')
    g_string_truncate (out, out->len - 1);
}

void
rushes_table_print (RushesTable *self, RushesPrinter *printer)
{
  g_autofree guint *widths = g_new0 (guint, self->n_columns);
  guint limit = rushes_printer_get_width (printer);

  if (self->cells->len == self->n_columns)
    {
      rushes_printer_remark (printer, "%s", _ ("There are none."));
      return;
    }

  for (guint i = 0; i < self->cells->len; i++)
    {
      guint width = rushes_text_width (g_ptr_array_index (self->cells, i));

      widths[i % self->n_columns] = MAX (widths[i % self->n_columns], width);
    }

  for (guint row = 0; row < self->cells->len / self->n_columns; row++)
    {
      g_autoptr (GString) line = g_string_new (NULL);

      append_row (self, line, row, widths, limit);
      rushes_printer_say (printer, "%s", line->str);
    }
}
