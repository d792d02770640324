/* rushes-text-width.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-text-width.h"

static guint
character_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

guint
rushes_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += character_width (g_utf8_get_char (p));

  return width;
}

char *
rushes_text_ellipsize (const char *text, guint width)
{
  g_autoptr (GString) fitting = NULL;
  guint used = 0;

  if (width == 0 || rushes_text_width (text) <= width)
    return g_strdup (text);

  fitting = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      used += character_width (c);
      if (used > width - 1)
        break;
      g_string_append_unichar (fitting, c);
    }
  g_string_append (fitting, "…");

  return g_string_free_and_steal (g_steal_pointer (&fitting));
}
