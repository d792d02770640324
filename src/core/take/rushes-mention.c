/* rushes-mention.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-mention.h"

#include <string.h>

/* More digits than any number of pictures has. */
#define MAX_DIGITS 6

/* Whether a letter, a digit or "_" makes a word with what stands beside it. Han, kana and Hangul are as wide as two
 * letters, and Thai and its neighbours have a class of their own. */
static gboolean
is_of_word (gunichar c)
{
  if (c == '_')
    return TRUE;
  return g_unichar_isalnum (c) && !g_unichar_iswide (c) && g_unichar_break_type (c) != G_UNICODE_BREAK_COMPLEX_CONTEXT;
}

gboolean
rushes_mention_may_begin (const char *text, const char *place)
{
  gunichar before;

  if (place == text)
    return TRUE;
  before = g_utf8_get_char (g_utf8_prev_char (place));
  return before != '@' && !is_of_word (before);
}

/* What stands behind the "@". Gives its end; NULL when it is no name. */
static const char *
read_name (const char *place, RushesMention *mention)
{
  gsize n_digits = strspn (place, "0123456789");
  const char *end;

  mention->kind = RUSHES_MENTION_PICTURE;
  mention->role = RUSHES_ROLE_REFERENCE;
  mention->number = 0;
  if (n_digits > 0)
    {
      end = place + n_digits;
      mention->number = n_digits > MAX_DIGITS ? G_MAXUINT : (guint) g_ascii_strtoull (place, NULL, 10);
    }
  else if (*place == '?')
    {
      end = place + 1;
      mention->kind = RUSHES_MENTION_GONE;
    }
  else if (g_str_has_prefix (place, "first"))
    {
      end = place + strlen ("first");
      mention->role = RUSHES_ROLE_FIRST_FRAME;
    }
  else if (g_str_has_prefix (place, "last"))
    {
      end = place + strlen ("last");
      mention->role = RUSHES_ROLE_LAST_FRAME;
    }
  else
    return NULL;

  return is_of_word (g_utf8_get_char (end)) ? NULL : end;
}

gboolean
rushes_mention_find (const char *text, const char *from, RushesMention *mention)
{
  for (const char *at = strchr (from, '@'); at != NULL; at = strchr (at + 1, '@'))
    {
      gboolean is_plain = at[1] == '@';

      /* Directly behind one there may be another: "@1@2". */
      if ((at != from && !rushes_mention_may_begin (text, at)) ||
          (mention->end = read_name (at + 1 + is_plain, mention)) == NULL)
        continue;
      mention->start = at;
      if (is_plain)
        mention->kind = RUSHES_MENTION_PLAIN;
      return TRUE;
    }
  return FALSE;
}

char *
rushes_mention_spell (RushesReferenceRole role, guint n)
{
  switch (role)
    {
    case RUSHES_ROLE_FIRST_FRAME:
      return g_strdup ("@first");
    case RUSHES_ROLE_LAST_FRAME:
      return g_strdup ("@last");
    case RUSHES_ROLE_REFERENCE:
    default:
      return g_strdup_printf ("@%u", n + 1);
    }
}

/* ---- names that follow their pictures ---- */

/* Lists of pictures begin with the two frames. */
#define N_FRAMES RUSHES_ROLE_REFERENCE

static gpointer
find_picture (GPtrArray *pictures, const RushesMention *mention)
{
  if (mention->role != RUSHES_ROLE_REFERENCE)
    return pictures->pdata[mention->role];
  return mention->number > 0 && mention->number <= pictures->len - N_FRAMES
             ? pictures->pdata[N_FRAMES + mention->number - 1]
             : NULL;
}

/* NULL when it has none. */
static char *
name_picture (GPtrArray *pictures, gpointer picture, guint named)
{
  RushesReferenceRole role;
  guint place;

  if (!g_ptr_array_find (pictures, picture, &place))
    return NULL;
  role = MIN (place, RUSHES_ROLE_REFERENCE);
  return named & 1 << role ? rushes_mention_spell (role, place - role) : NULL;
}

char *
rushes_mentions_follow (const char *text, GPtrArray *before, GPtrArray *after, guint named, gboolean *lost)
{
  GString *followed = g_string_new (NULL);
  const char *rest = text;
  RushesMention mention;

  *lost = FALSE;
  for (const char *from = text; rushes_mention_find (text, from, &mention); from = mention.end)
    {
      g_autofree char *name = NULL;
      gpointer picture;

      if (mention.kind != RUSHES_MENTION_PICTURE || !(named & 1 << mention.role))
        continue;
      /* What named nothing before names nothing now. */
      picture = find_picture (before, &mention);
      if (picture == NULL)
        continue;
      name = name_picture (after, picture, named);
      *lost |= name == NULL;
      g_string_append_len (followed, rest, mention.start - rest);
      g_string_append (followed, name != NULL ? name : "@?");
      rest = mention.end;
    }
  g_string_append (followed, rest);

  return g_string_free (followed, FALSE);
}
