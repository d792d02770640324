/* rushes-key.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-keyring-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"

/* Tokens of some services are documents of a few KiB; servers end headers at 8 or 16. */
#define MAX_LENGTH 8192

G_DEFINE_BOXED_TYPE (RushesKey, rushes_key, rushes_key_copy, rushes_key_free)

RushesKey *
rushes_key_new (const char *value, const char *const *origins, const char *source, RushesKeyState state)
{
  RushesKey *self = g_new0 (RushesKey, 1);

  self->value = g_strdup (value);
  self->origins = g_strdupv ((char **) origins);
  self->source = g_strdup (source);
  self->state = state;

  return self;
}

RushesKey *
rushes_key_copy (const RushesKey *self)
{
  return rushes_key_new (self->value, (const char *const *) self->origins, self->source, self->state);
}

void
rushes_key_forget (char *text)
{
  if (text != NULL)
    explicit_bzero (text, strlen (text));
  g_free (text);
}

void
rushes_key_free (RushesKey *self)
{
  rushes_key_forget (self->value);
  g_strfreev (self->origins);
  g_free (self->source);
  g_free (self);
}

gboolean
rushes_key_owner_is_among (const RushesKeyOwner *owner, const char *const *origins)
{
  return owner->origins != NULL && owner->origins[0] != NULL && g_strv_contains (origins, owner->origins[0]);
}

RushesKey *
rushes_key_narrow (const RushesKey *self, const RushesKeyOwner *owner)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) origins = NULL;

  if (!rushes_key_owner_is_among (owner, (const char *const *) self->origins))
    return NULL;

  for (guint i = 0; owner->origins[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) self->origins, owner->origins[i]))
      g_strv_builder_add (builder, owner->origins[i]);
  origins = g_strv_builder_end (builder);

  return rushes_key_new (self->value, (const char *const *) origins, self->source, self->state);
}

char *
rushes_key_tidy (const char *typed, GError **error)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  key = g_strstrip (g_strdup (typed));
  if (*key == '\0')
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The key is empty."));
  else if (strlen (key) > MAX_LENGTH)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("This is too long for a key."));
  else
    {
      const guchar *p = (const guchar *) key;

      /* It goes into a header, where anything else would end it or be another header. */
      while (*p > 0x20 && *p < 0x7f)
        p++;
      if (*p == '\0')
        return g_steal_pointer (&key);
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("A key has no blanks and no letters beyond ASCII in it. Copy it once more."));
    }

  rushes_key_forget (g_steal_pointer (&key));
  return NULL;
}

char *
rushes_key_variable (const char *provider_id)
{
  g_autofree char *upper = NULL;

  g_return_val_if_fail (provider_id != NULL, NULL);

  upper = g_strdelimit (g_ascii_strup (provider_id, -1), "-", '_');
  return g_strconcat ("RUSHES_KEY_", upper, NULL);
}

/* NULL when @value holds nothing that can be sent. */
static RushesKey *
new_from_variable (const RushesKeyOwner *owner, const char *value, const char *source)
{
  char *tidy = rushes_key_tidy (value, NULL);
  RushesKey *key = tidy != NULL ? rushes_key_new (tidy, owner->origins, source, RUSHES_KEY_ENVIRONMENT) : NULL;

  rushes_key_forget (tidy);
  return key;
}

gboolean
rushes_key_find_variable (const RushesKeyOwner *owner, RushesKey **key)
{
  g_autofree char *variable = rushes_key_variable (owner->provider_id);
  const char *value = g_getenv (variable);

  if (value == NULL)
    return FALSE;

  *key = new_from_variable (owner, value, variable);
  return TRUE;
}

RushesKey *
rushes_key_find_own_variable (const RushesKeyOwner *owner)
{
  for (guint i = 0; owner->environment != NULL && owner->environment[i] != NULL; i++)
    {
      g_auto (GStrv) names = g_strsplit (owner->environment[i], "|", 2);
      const char *first = g_getenv (names[0]);
      const char *second = names[1] != NULL ? g_getenv (names[1]) : NULL;
      char *value;
      RushesKey *key;

      if (first == NULL || *first == '\0' || (names[1] != NULL && (second == NULL || *second == '\0')))
        continue;

      value = second != NULL ? g_strconcat (first, "|", second, NULL) : g_strdup (first);
      key = new_from_variable (owner, value, owner->environment[i]);
      rushes_key_forget (value);
      if (key != NULL)
        return key;
    }
  return NULL;
}

RushesKeyOwner *
rushes_key_owner_copy (const RushesKeyOwner *self)
{
  RushesKeyOwner *copy = g_new0 (RushesKeyOwner, 1);

  copy->provider_id = g_strdup (self->provider_id);
  copy->origins = (const char *const *) g_strdupv ((char **) self->origins);
  copy->environment = (const char *const *) g_strdupv ((char **) self->environment);
  copy->foreign_base = self->foreign_base;
  copy->name = g_strdup (self->name);

  return copy;
}

void
rushes_key_owner_free (RushesKeyOwner *self)
{
  g_free ((char *) self->provider_id);
  g_strfreev ((char **) self->origins);
  g_strfreev ((char **) self->environment);
  g_free ((char *) self->name);
  g_free (self);
}
