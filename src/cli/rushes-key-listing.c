/* rushes-key-listing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-key-listing.h"

#include <glib/gi18n.h>

#include "rushes-credentials.h"
#include "rushes-error.h"
#include "rushes-protocol.h"

static RushesProtocol *
protocol_of (RushesHttpProvider *provider)
{
  return rushes_description_get_protocol (rushes_provider_get_description (RUSHES_PROVIDER (provider)));
}

static char **
list_origins (RushesHttpProvider *provider)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *base_url = rushes_http_provider_get_base_url (provider);

  if (base_url != NULL)
    g_strv_builder_take (builder, rushes_origin_of (base_url));
  g_strv_builder_addv (builder, (const char **) rushes_protocol_get_origins (protocol_of (provider)));

  return g_strv_builder_end (builder);
}

RushesKeyFacts *
rushes_key_facts_new (RushesHttpProvider *provider)
{
  RushesKeyFacts *self = g_new0 (RushesKeyFacts, 1);

  self->state = rushes_http_provider_get_key_state (provider);
  self->needed = rushes_protocol_needs_key (protocol_of (provider));
  self->origins = list_origins (provider);

  return self;
}

/* Not by unlocking: it is asked only what is open. */
static void
look_closer (RushesKeyFacts *self, RushesHttpProvider *provider)
{
  const RushesKeyOwner owner = {
    .provider_id = rushes_provider_get_id (RUSHES_PROVIDER (provider)),
    .origins = (const char *const *) self->origins,
    .environment = rushes_protocol_get_environment (protocol_of (provider)),
  };
  g_autoptr (RushesKey) key = NULL;

  if (self->state != RUSHES_KEY_ENVIRONMENT && self->state != RUSHES_KEY_STORED)
    return;
  if (!(key = dex_await_boxed (rushes_keyring_look_up (rushes_keyring_get_default (), &owner), NULL)))
    return;

  self->state = key->state;
  self->source = g_strdup (key->source);
  g_strfreev (self->origins);
  self->origins = g_strdupv (key->origins);
}

RushesKeyFacts *
rushes_key_facts_ask (RushesHttpProvider *provider)
{
  RushesKeyFacts *self;

  dex_await (rushes_http_provider_refresh (provider), NULL);
  self = rushes_key_facts_new (provider);
  look_closer (self, provider);

  return self;
}

void
rushes_key_facts_free (RushesKeyFacts *self)
{
  g_free (self->source);
  g_strfreev (self->origins);
  g_free (self);
}

const char *
rushes_key_facts_get_word (const RushesKeyFacts *self)
{
  static const char *const words[] = {
    [RUSHES_KEY_UNKNOWN] = "unknown", [RUSHES_KEY_NONE] = "none",     [RUSHES_KEY_ENVIRONMENT] = "environment",
    [RUSHES_KEY_SESSION] = "session", [RUSHES_KEY_STORED] = "stored", [RUSHES_KEY_LOCKED] = "locked",
    [RUSHES_KEY_ABSENT] = "none",
  };

  return words[self->state];
}

JsonArray *
rushes_key_facts_list_origins (const RushesKeyFacts *self)
{
  JsonArray *origins = json_array_new ();

  for (guint i = 0; self->origins[i] != NULL; i++)
    json_array_add_string_element (origins, self->origins[i]);
  return origins;
}

JsonObject *
rushes_key_facts_to_listing (const RushesKeyFacts *self, RushesProvider *provider)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "provider", rushes_provider_get_id (provider));
  json_object_set_string_member (object, "key", rushes_key_facts_get_word (self));
  json_object_set_boolean_member (object, "needed", self->needed);
  if (self->source != NULL)
    json_object_set_string_member (object, "source", self->source);
  else
    json_object_set_null_member (object, "source");
  json_object_set_array_member (object, "origins", rushes_key_facts_list_origins (self));

  return object;
}

char *
rushes_key_facts_to_display (const RushesKeyFacts *self)
{
  switch (self->state)
    {
    case RUSHES_KEY_ENVIRONMENT:
      /* Translators: where a key is; %s is the name of an environment variable. */
      return self->source != NULL ? g_strdup_printf (C_ ("key", "in %s"), self->source)
                                  : g_strdup (C_ ("key", "in the environment"));
    case RUSHES_KEY_SESSION:
      return g_strdup (C_ ("key", "for this session"));
    case RUSHES_KEY_STORED:
      return g_strdup (C_ ("key", "in the keyring"));
    case RUSHES_KEY_LOCKED:
      return g_strdup (C_ ("key", "in the keyring, which is locked"));
    case RUSHES_KEY_NONE:
    case RUSHES_KEY_ABSENT:
    case RUSHES_KEY_UNKNOWN:
    default:
      return g_strdup (self->needed ? C_ ("key", "missing") : C_ ("key", "none, and none is needed"));
    }
}

char *
rushes_key_facts_to_sentence (const RushesKeyFacts *self, RushesProvider *provider)
{
  const char *name = rushes_provider_get_name (provider);
  const char *id = rushes_provider_get_id (provider);
  g_autofree char *variable = rushes_key_variable (id);
  g_autofree char *origins = g_strjoinv (", ", self->origins);

  switch (self->state)
    {
    case RUSHES_KEY_ENVIRONMENT:
      /* Translators: a provider, the name of an environment variable, and one address or more. */
      return g_strdup_printf (_ ("%s is used with the key in %s, which goes to %s and nowhere else."), name,
                              self->source != NULL ? self->source : variable, origins);
    case RUSHES_KEY_SESSION:
    case RUSHES_KEY_STORED:
      /* Translators: a provider, and one address or more. */
      return g_strdup_printf (_ ("%s is used with the key in the keyring, which goes to %s and nowhere else."), name,
                              origins);
    case RUSHES_KEY_LOCKED:
      /* Translators: a provider, and the name of an environment variable. */
      return g_strdup_printf (
          _ ("The keyring is locked; it may hold a key for %s. Unlock it and try again, or set %s."), name, variable);
    case RUSHES_KEY_ABSENT:
      /* Translators: a provider, and the name of an environment variable. */
      return g_strdup_printf (_ ("%s has no key, and there is no keyring here to keep one. Set %s."), name, variable);
    case RUSHES_KEY_NONE:
    case RUSHES_KEY_UNKNOWN:
    default:
      /* Translators: a provider, its id and the name of an environment variable. */
      return g_strdup_printf (_ ("%s has no key. “rushes key set %s” keeps one; %s gives it one for a while."), name,
                              id, variable);
    }
}

int
rushes_key_facts_get_exit_status (const RushesKeyFacts *self)
{
  switch (self->state)
    {
    case RUSHES_KEY_ENVIRONMENT:
    case RUSHES_KEY_SESSION:
    case RUSHES_KEY_STORED:
      return 0;
    case RUSHES_KEY_LOCKED:
      return 10;
    case RUSHES_KEY_NONE:
    case RUSHES_KEY_ABSENT:
    case RUSHES_KEY_UNKNOWN:
    default:
      return 3;
    }
}
