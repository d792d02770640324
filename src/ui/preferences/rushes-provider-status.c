/* rushes-provider-status.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider-status.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-http-provider.h"
#include "rushes-protocol.h"
#include "rushes-ui.h"

struct _RushesProviderStatus
{
  GObject parent_instance;

  RushesProvider *provider; /* weak: it owns this */
  char *words;
  gboolean troubled;
  gboolean testing;
  RushesKeyState key_state;
  GError *failure; /* of the last test; NULL when it went well or there was none */
  gboolean tested;
  char *verdict;
};

enum
{
  PROP_WORDS = 1,
  PROP_TROUBLED,
  PROP_TESTING,
  PROP_KEY_STATE,
  PROP_VERDICT,
  PROP_SERVICE_WORDS,
  PROP_GOOD,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesProviderStatus, rushes_provider_status, G_TYPE_OBJECT)

/* ---- in words ---- */

static RushesProtocol *
get_protocol (RushesProviderStatus *self)
{
  return rushes_description_get_protocol (rushes_provider_get_description (self->provider));
}

static gboolean
is_set (const char *variable)
{
  const char *value = g_getenv (variable);

  return value != NULL && *value != '\0';
}

const char *
rushes_provider_status_get_variable (RushesProviderStatus *self)
{
  g_autofree char *own = NULL;
  const char *const *others;

  g_return_val_if_fail (RUSHES_IS_PROVIDER_STATUS (self), NULL);

  if (self->key_state != RUSHES_KEY_ENVIRONMENT)
    return NULL;
  own = rushes_key_variable (rushes_provider_get_id (self->provider));
  if (is_set (own))
    return g_intern_string (own);
  others = rushes_protocol_get_environment (get_protocol (self));
  for (gsize i = 0; others != NULL && others[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (others[i], "|", 2);
      g_autofree char *all = g_strjoinv (", ", parts);

      if (is_set (parts[0]) && (parts[1] == NULL || is_set (parts[1])))
        return g_intern_string (all);
    }
  return NULL;
}

static char *
describe_key (RushesProviderStatus *self)
{
  const char *variable = rushes_provider_status_get_variable (self);

  switch (self->key_state)
    {
    case RUSHES_KEY_ENVIRONMENT:
      return variable != NULL
                 /* Translators: %s is the name of an environment variable. */
                 ? g_strdup_printf (_ ("Key from %s"), variable)
                 : g_strdup (_ ("Key from the environment"));
    case RUSHES_KEY_SESSION:
      return g_strdup (_ ("Key for this session"));
    case RUSHES_KEY_STORED:
      return g_strdup (_ ("Key stored"));
    case RUSHES_KEY_LOCKED:
      return g_strdup (_ ("Keyring locked"));
    case RUSHES_KEY_UNKNOWN:
      return g_strdup (_ ("Looking for the key…"));
    case RUSHES_KEY_NONE:
    case RUSHES_KEY_ABSENT:
    default:
      return g_strdup (rushes_protocol_needs_key (get_protocol (self)) ? _ ("No key") : _ ("Needs no key"));
    }
}

static gboolean
is_about_key (const GError *error)
{
  return g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_AUTH) ||
         g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_FORBIDDEN);
}

static gboolean
is_silence (const GError *error)
{
  return g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK) ||
         g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_TLS) ||
         g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_TIMEOUT) ||
         g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND) ||
         g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL) ||
         g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_PROVIDER);
}

static gboolean
has_key (RushesProviderStatus *self)
{
  return self->key_state == RUSHES_KEY_ENVIRONMENT || self->key_state == RUSHES_KEY_SESSION ||
         self->key_state == RUSHES_KEY_STORED;
}

gboolean
rushes_provider_status_holds_key (RushesProviderStatus *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER_STATUS (self), FALSE);

  return has_key (self) || self->key_state == RUSHES_KEY_LOCKED;
}

const GError *
rushes_provider_status_get_failure (RushesProviderStatus *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER_STATUS (self), NULL);

  return self->failure;
}

static char *
describe (RushesProviderStatus *self, gboolean *troubled)
{
  *troubled = FALSE;
  if (!RUSHES_IS_HTTP_PROVIDER (self->provider))
    return g_strdup (_ ("On this computer"));
  if (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (self->provider)) == NULL)
    return g_strdup (_ ("Needs an address"));

  *troubled = TRUE;
  if (self->failure != NULL && is_about_key (self->failure) && has_key (self))
    return g_strdup (_ ("Key refused"));
  if (self->failure != NULL && is_silence (self->failure))
    return g_strdup (_ ("Does not answer"));
  *troubled = self->key_state == RUSHES_KEY_LOCKED;

  return describe_key (self);
}

static char *
judge (RushesProviderStatus *self)
{
  const char *name = rushes_provider_get_name (self->provider);

  if (!self->tested)
    return NULL;
  if (self->failure == NULL)
    return g_strdup (_ ("It works. The test cost nothing."));

  if (is_about_key (self->failure) && !has_key (self))
    /* Translators: %s is the name of a service. */
    return g_strdup_printf (_ ("%s wants a key. Get one, and enter it above."), name);
  if (g_error_matches (self->failure, RUSHES_ERROR, RUSHES_ERROR_AUTH))
    /* Translators: %s is the name of a service. */
    return g_strdup_printf (_ ("%s refuses the key. See that it is whole and still valid, or replace it."), name);
  if (g_error_matches (self->failure, RUSHES_ERROR, RUSHES_ERROR_FORBIDDEN))
    /* Translators: %s is the name of a service. */
    return g_strdup_printf (
        _ ("%s knows the key, but it may not do this. See what it is allowed on the service’s page."), name);
  if (g_error_matches (self->failure, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND) ||
      g_error_matches (self->failure, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL))
    return g_strdup (_ ("Something answers there, but not as this service does. See that the server address below is "
                        "right."));
  if (g_error_matches (self->failure, RUSHES_ERROR, RUSHES_ERROR_TLS))
    /* Translators: %s is a sentence: “No secure connection to api.example.com can be made.” */
    return g_strdup_printf (_ ("%s See that the address is right, the clock too, and what stands in between."),
                            self->failure->message);

  /* The others say themselves what to do. */
  return g_strdup (self->failure->message);
}

static void
update (RushesProviderStatus *self)
{
  gboolean troubled;
  g_autofree char *words = describe (self, &troubled);
  g_autofree char *verdict = judge (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_str (&self->words, words))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
  if (self->troubled != troubled)
    {
      self->troubled = troubled;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TROUBLED]);
    }
  if (g_set_str (&self->verdict, verdict))
    {
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVICE_WORDS]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GOOD]);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}

/* ---- the key ---- */

static void
provider_changed (RushesProviderStatus *self)
{
  if (self->provider == NULL)
    return;
  if (RUSHES_IS_HTTP_PROVIDER (self->provider))
    {
      RushesKeyState state = rushes_http_provider_get_key_state (RUSHES_HTTP_PROVIDER (self->provider));

      if (state != self->key_state)
        {
          self->key_state = state;
          g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KEY_STATE]);
        }
    }
  update (self);
}

static void
refreshed (gpointer object, DexFuture *future, gpointer data)
{
  provider_changed (object);
}

void
rushes_provider_status_refresh (RushesProviderStatus *self)
{
  g_return_if_fail (RUSHES_IS_PROVIDER_STATUS (self));

  if (RUSHES_IS_HTTP_PROVIDER (self->provider))
    rushes_when (rushes_http_provider_refresh (RUSHES_HTTP_PROVIDER (self->provider)), self, refreshed, NULL, NULL);
}

/* ---- the test ---- */

static void
set_testing (RushesProviderStatus *self, gboolean testing)
{
  self->testing = testing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TESTING]);
}

static void
tested (gpointer object, DexFuture *future, gpointer data)
{
  RushesProviderStatus *self = object;
  g_autoptr (GError) error = NULL;

  /* The keyring may have been unlocked for it. */
  self->tested = TRUE;
  if (dex_future_get_value (future, &error) == NULL)
    self->failure = rushes_error_translate (error);
  set_testing (self, FALSE);
  provider_changed (self);
}

void
rushes_provider_status_test (RushesProviderStatus *self)
{
  g_return_if_fail (RUSHES_IS_PROVIDER_STATUS (self));
  g_return_if_fail (RUSHES_IS_HTTP_PROVIDER (self->provider));

  if (self->testing)
    return;
  rushes_provider_status_forget (self);
  set_testing (self, TRUE);
  rushes_when (rushes_http_provider_test (RUSHES_HTTP_PROVIDER (self->provider)), self, tested, NULL, NULL);
}

void
rushes_provider_status_forget (RushesProviderStatus *self)
{
  g_return_if_fail (RUSHES_IS_PROVIDER_STATUS (self));

  self->tested = FALSE;
  g_clear_error (&self->failure);
  update (self);
}

/* ---- the object ---- */

const char *
rushes_provider_status_get_words (RushesProviderStatus *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER_STATUS (self), NULL);

  return self->words;
}

RushesKeyState
rushes_provider_status_get_key_state (RushesProviderStatus *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER_STATUS (self), RUSHES_KEY_UNKNOWN);

  return self->key_state;
}

static void
rushes_provider_status_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesProviderStatus *self = RUSHES_PROVIDER_STATUS (object);

  switch (id)
    {
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    case PROP_TROUBLED:
      g_value_set_boolean (value, self->troubled);
      break;
    case PROP_TESTING:
      g_value_set_boolean (value, self->testing);
      break;
    case PROP_KEY_STATE:
      g_value_set_int (value, self->key_state);
      break;
    case PROP_VERDICT:
      g_value_set_string (value, self->verdict);
      break;
    case PROP_SERVICE_WORDS:
      g_value_set_string (value, self->failure != NULL ? rushes_error_get_words (self->failure) : NULL);
      break;
    case PROP_GOOD:
      g_value_set_boolean (value, self->tested && self->failure == NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_provider_status_finalize (GObject *object)
{
  RushesProviderStatus *self = RUSHES_PROVIDER_STATUS (object);

  g_clear_weak_pointer (&self->provider);
  g_free (self->words);
  g_free (self->verdict);
  g_clear_error (&self->failure);

  G_OBJECT_CLASS (rushes_provider_status_parent_class)->finalize (object);
}

static void
rushes_provider_status_class_init (RushesProviderStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_provider_status_get_property;
  object_class->finalize = rushes_provider_status_finalize;

  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  properties[PROP_TROUBLED] = g_param_spec_boolean ("troubled", NULL, NULL, FALSE, flags);
  properties[PROP_TESTING] = g_param_spec_boolean ("testing", NULL, NULL, FALSE, flags);
  properties[PROP_KEY_STATE] =
      g_param_spec_int ("key-state", NULL, NULL, RUSHES_KEY_UNKNOWN, RUSHES_KEY_ABSENT, RUSHES_KEY_UNKNOWN, flags);
  properties[PROP_VERDICT] = g_param_spec_string ("verdict", NULL, NULL, NULL, flags);
  properties[PROP_SERVICE_WORDS] = g_param_spec_string ("service-words", NULL, NULL, NULL, flags);
  properties[PROP_GOOD] = g_param_spec_boolean ("good", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_provider_status_init (RushesProviderStatus *self)
{
}

RushesProviderStatus *
rushes_provider_status_of (RushesProvider *provider)
{
  static GQuark quark;
  RushesProviderStatus *self;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), NULL);

  if (quark == 0)
    quark = g_quark_from_static_string ("rushes-provider-status");
  self = g_object_get_qdata (G_OBJECT (provider), quark);
  if (self == NULL)
    {
      self = g_object_new (RUSHES_TYPE_PROVIDER_STATUS, NULL);
      g_set_weak_pointer (&self->provider, provider);
      g_object_set_qdata_full (G_OBJECT (provider), quark, self, g_object_unref);
      g_signal_connect_object (provider, "changed", G_CALLBACK (provider_changed), self, G_CONNECT_SWAPPED);
      provider_changed (self);
    }

  return self;
}
