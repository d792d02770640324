/* rushes-key-mark.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-key-mark.h"

#include <string.h>

#define PRINT_LENGTH 16

RushesKeyMark *
rushes_key_mark_new (const char *source, const char *print)
{
  RushesKeyMark *self = g_new0 (RushesKeyMark, 1);

  self->source = g_strdup (source);
  self->print = g_strdup (print);

  return self;
}

static const char *
name_source (RushesKeyState state)
{
  switch (state)
    {
    case RUSHES_KEY_ENVIRONMENT:
      return "variable";
    case RUSHES_KEY_SESSION:
      return "session";
    case RUSHES_KEY_STORED:
      return "keyring";
    case RUSHES_KEY_UNKNOWN:
    case RUSHES_KEY_NONE:
    case RUSHES_KEY_LOCKED:
    case RUSHES_KEY_ABSENT:
    default:
      return "none";
    }
}

RushesKeyMark *
rushes_key_mark_of (const RushesKey *key, gint64 salt)
{
  g_autofree char *secret = g_strdup_printf ("%" G_GINT64_FORMAT, salt);
  g_autofree char *digest = NULL;

  if (key == NULL)
    return rushes_key_mark_new ("none", NULL);

  digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret), key->value, -1);
  digest[PRINT_LENGTH] = '\0';

  return rushes_key_mark_new (name_source (key->state), digest);
}

RushesKeyMark *
rushes_key_mark_copy (const RushesKeyMark *self)
{
  return rushes_key_mark_new (self->source, self->print);
}

void
rushes_key_mark_free (RushesKeyMark *self)
{
  g_free (self->source);
  g_free (self->print);
  g_free (self);
}

gboolean
rushes_key_mark_equal (const RushesKeyMark *self, const RushesKeyMark *other)
{
  return g_strcmp0 (self->print, other->print) == 0;
}
