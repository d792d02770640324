/* rushes-clip-name.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip-name.h"

#include "rushes-error.h"

/* Bytes: what remains of 255 after a number and an extension, on the safe side. */
#define LONGEST_NAME 120

static gboolean
is_unfit (gunichar c)
{
  return g_unichar_iscntrl (c) || (c < 0x80 && strchr ("/\\:*?\"<>|", (int) c) != NULL);
}

/* Words from outside: no separators, no dot or dash in front, no half characters; what is left out leaves one space. */
static char *
make_name (const char *words)
{
  g_autofree char *clean = rushes_clean_words (words);
  g_autoptr (GString) name = g_string_new (NULL);

  for (const char *p = clean; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = is_unfit (g_utf8_get_char (p)) ? ' ' : g_utf8_get_char (p);

      if (name->len + g_unichar_to_utf8 (c, NULL) > LONGEST_NAME)
        break;
      if (name->len == 0 ? c == '.' || c == '-' || c == ' ' : c == ' ' && name->str[name->len - 1] == ' ')
        continue;
      g_string_append_unichar (name, c);
    }
  while (name->len > 0 && strchr (". ", name->str[name->len - 1]) != NULL)
    g_string_truncate (name, name->len - 1);

  return g_string_free_and_steal (g_steal_pointer (&name));
}

char *
rushes_clip_name_suggest (RushesLibrary *library, RushesTake *take)
{
  RushesProject *project;
  RushesClip *clip;
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_TAKE (take), NULL);

  project = rushes_library_find_project (library, rushes_take_get_project_id (take));
  clip = rushes_take_get_clip (take);
  words = g_strdup_printf ("%s %s", project != NULL ? rushes_project_get_name (project) : "",
                           rushes_take_get_title (take) != NULL ? rushes_take_get_title (take) : "");
  name = make_name (words);

  return g_strdup_printf ("%s.%s", *name != '\0' ? name : "Rushes",
                          clip != NULL ? rushes_clip_get_facts (clip)->container : "mp4");
}

GFile *
rushes_clip_name_find_free (GFile *folder, const char *name)
{
  const char *dot;

  g_return_val_if_fail (G_IS_FILE (folder), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  dot = strrchr (name, '.');
  if (dot == NULL)
    dot = name + strlen (name);

  for (guint n = 1;; n++)
    {
      g_autofree char *numbered =
          n == 1 ? g_strdup (name) : g_strdup_printf ("%.*s %u%s", (int) (dot - name), name, n, dot);
      g_autoptr (GFile) file = g_file_get_child (folder, numbered);

      if (!g_file_query_exists (file, NULL))
        return g_steal_pointer (&file);
    }
}
