/* rushes-scrubber.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-scrubber.h"

#include <string.h>

#include "rushes-credentials.h"

/* Longer than any id or token that helps, shorter than any picture. */
#define MIN_BASE64 "200"

#define END_OF_ADDRESS "\\s\"'<>\\\\"

struct _RushesScrubber
{
  GPtrArray *credentials;
  GPtrArray *hidden;
  GRegex *logins;
  GRegex *queries;
  GRegex *pictures;
  char *home;         /* NULL where it is no folder of its own */
  char *escaped_home; /* as it stands in an address */
};

static GRegex *
compile (const char *pattern)
{
  GRegex *regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, G_REGEX_MATCH_DEFAULT, NULL);

  g_assert (regex != NULL);
  return regex;
}

RushesScrubber *
rushes_scrubber_new (GPtrArray *credentials)
{
  RushesScrubber *self = g_new0 (RushesScrubber, 1);
  const char *home = g_get_home_dir ();

  self->credentials = credentials != NULL ? g_ptr_array_ref (credentials) : g_ptr_array_new ();
  self->hidden = g_ptr_array_new_with_free_func (g_free);
  self->logins = compile ("([a-z][a-z0-9+.-]*://)[^/?#" END_OF_ADDRESS "]*@");
  self->queries = compile ("([a-z][a-z0-9+.-]*://[^?#" END_OF_ADDRESS "]*)[?#][^" END_OF_ADDRESS "]*");
  self->pictures = compile ("[a-z0-9+/_-]{" MIN_BASE64 ",}={0,2}");
  if (strlen (home) > 1)
    {
      self->home = g_strdup (home);
      if (g_str_has_suffix (home, "/"))
        self->home[strlen (home) - 1] = '\0';
      self->escaped_home = g_uri_escape_string (self->home, "/", FALSE);
    }
  return self;
}

void
rushes_scrubber_free (RushesScrubber *self)
{
  g_ptr_array_unref (self->credentials);
  g_ptr_array_unref (self->hidden);
  g_regex_unref (self->logins);
  g_regex_unref (self->queries);
  g_regex_unref (self->pictures);
  g_free (self->home);
  g_free (self->escaped_home);
  g_free (self);
}

void
rushes_scrubber_hide (RushesScrubber *self, const char *words)
{
  /* A shorter one is a part of half of all words. */
  if (strlen (words) >= 4)
    g_ptr_array_add (self->hidden, g_strdup (words));
}

/* What cannot be matched within the limits of the matcher is not given away. */
static void
replace (char **text, GRegex *regex, const char *with)
{
  char *replaced = g_regex_replace (regex, *text, -1, 0, with, G_REGEX_MATCH_DEFAULT, NULL);

  g_free (*text);
  *text = replaced != NULL ? replaced : g_strdup ("");
}

/* Only as the beginning of a path: "/home/anna" is no part of "/home/annabel". */
static void
hide_home (char **text, const char *home)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (GString) hidden = NULL;

  if (home == NULL || strstr (*text, home) == NULL)
    return;
  parts = g_strsplit (*text, home, -1);
  hidden = g_string_new (parts[0]);
  for (guint i = 1; parts[i] != NULL; i++)
    {
      gboolean is_longer = g_ascii_isalnum (*parts[i]) || *parts[i] == '_' || *parts[i] == '-' || *parts[i] == '.';

      g_string_append (hidden, is_longer ? home : "~");
      g_string_append (hidden, parts[i]);
    }
  g_free (*text);
  *text = g_string_free_and_steal (g_steal_pointer (&hidden));
}

char *
rushes_scrubber_clean (RushesScrubber *self, const char *text)
{
  char *clean = g_utf8_make_valid (text, -1);

  /* First, so that the others have little to go through. */
  replace (&clean, self->pictures, "…");
  for (guint i = 0; i < self->credentials->len; i++)
    {
      char *redacted = rushes_credentials_redact (g_ptr_array_index (self->credentials, i), clean);

      g_free (clean);
      clean = redacted;
    }
  replace (&clean, self->logins, "\\1***@");
  replace (&clean, self->queries, "\\1?…");
  for (guint i = 0; i < self->hidden->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (clean, g_ptr_array_index (self->hidden, i), -1);

      g_free (clean);
      clean = g_strjoinv ("…", parts);
    }
  hide_home (&clean, self->home);
  hide_home (&clean, self->escaped_home);

  return clean;
}

JsonNode *
rushes_scrubber_clean_json (RushesScrubber *self, JsonNode *node)
{
  JsonNode *clean = json_node_new (JSON_NODE_NULL);

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (JsonObject) object = json_object_new ();
      JsonObjectIter iter;
      const char *name;
      JsonNode *value;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        {
          g_autofree char *clean_name = rushes_scrubber_clean (self, name);

          json_object_set_member (object, clean_name, rushes_scrubber_clean_json (self, value));
        }
      json_node_init_object (clean, object);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      g_autoptr (JsonArray) array = json_array_new ();

      for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
        json_array_add_element (
            array, rushes_scrubber_clean_json (self, json_array_get_element (json_node_get_array (node), i)));
      json_node_init_array (clean, array);
    }
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    {
      g_autofree char *text = rushes_scrubber_clean (self, json_node_get_string (node));

      json_node_init_string (clean, text);
    }
  else
    {
      json_node_unref (clean);
      clean = json_node_copy (node);
    }

  return clean;
}
