/* rushes-http-provider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-http-address.h"
#include "rushes-library.h"
#include "rushes-provider-settings.h"

G_DEFINE_FINAL_TYPE (RushesHttpProvider, rushes_http_provider, RUSHES_TYPE_PROVIDER)

enum
{
  PROP_0,
  PROP_BASE_URL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* ---- where it is ---- */

static char *
read_set_url (RushesHttpProvider *self)
{
  g_autofree char *set = g_settings_get_string (self->settings, "base-url");
  GPtrArray *regions = rushes_protocol_get_regions (self->protocol);
  const char *typed = *set != '\0' ? set : NULL;

  if (typed == NULL && regions->len > 0)
    typed = ((const RushesRegion *) g_ptr_array_index (regions, 0))->url;
  return typed != NULL ? rushes_protocol_normalize_url (self->protocol, typed, NULL) : NULL;
}

static void
update_url (RushesHttpProvider *self)
{
  g_autofree char *url = self->given_url != NULL ? g_strdup (self->given_url) : read_set_url (self);

  rushes_provider_set_region (RUSHES_PROVIDER (self),
                              rushes_protocol_get_region (self->protocol, &(RushesTask) { .base_url = url }));
  if (g_set_str (&self->base_url, url))
    {
      rushes_http_provider_forget_models (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE_URL]);
    }
}

static void
on_setting_changed (RushesHttpProvider *self)
{
  update_url (self);
  rushes_provider_emit_changed (RUSHES_PROVIDER (self));
}

const char *
rushes_http_provider_get_base_url (RushesHttpProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_HTTP_PROVIDER (self), NULL);
  return self->base_url;
}

gboolean
rushes_http_provider_set_base_url (RushesHttpProvider *self, const char *typed, GError **error)
{
  g_autofree char *url = NULL;

  g_return_val_if_fail (RUSHES_IS_HTTP_PROVIDER (self), FALSE);

  if (typed != NULL && (url = rushes_protocol_normalize_url (self->protocol, typed, error)) == NULL)
    return FALSE;
  if (g_set_str (&self->given_url, url))
    on_setting_changed (self);
  return TRUE;
}

static GError *
refuse_without_url (RushesHttpProvider *self)
{
  const char *example = rushes_protocol_get_example_url (self->protocol);
  const char *name = rushes_provider_get_name (RUSHES_PROVIDER (self));
  GError *error;

  if (example != NULL)
    /* Translators: a provider, and what such an address looks like. */
    error =
        rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s needs the address of a server, such as %s."), name, example);
  else
    error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s needs the address of a server."), name);
  rushes_error_set_field (error, "base_url");
  return error;
}

const char *
rushes_http_provider_require_url (RushesHttpProvider *self, RushesJob *job, GError **error)
{
  if (job != NULL && rushes_job_get_host (job) != NULL)
    return rushes_job_get_host (job);
  if (self->base_url == NULL)
    g_propagate_error (error, refuse_without_url (self));
  return self->base_url;
}

gboolean
rushes_http_provider_is_public_only (const char *base_url)
{
  g_autoptr (GUri) uri = rushes_http_parse_address (base_url, NULL);

  return uri == NULL || !rushes_http_is_near_name (g_uri_get_host (uri));
}

GError *
rushes_http_provider_explain (RushesHttpProvider *self, const char *base_url, GError *error)
{
  const char *server = rushes_protocol_get_server (self->protocol);
  g_autofree char *origin = NULL;
  g_autofree char *sentence = NULL;

  /* Only a refused connection is at fault of the address. */
  if (server == NULL || !g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK) ||
      g_strcmp0 (rushes_error_get_field (error), "base_url") != 0)
    return error;

  origin = rushes_origin_of (base_url);
  /* Translators: an address, and a program such as “ComfyUI (python main.py)”. */
  sentence = g_strdup_printf (_ ("Nothing answers at %s. Start %s, or set another address."), origin, server);
  g_set_str (&error->message, sentence);
  return error;
}

RushesHttp *
rushes_http_provider_get_http (RushesHttpProvider *self)
{
  g_autofree char *proxy = g_settings_get_string (self->settings, "proxy");

  return *proxy != '\0' ? rushes_http_for_proxy (proxy) : rushes_http_usual ();
}

/* ---- its key ---- */

typedef struct
{
  RushesKeyOwner owner;
  char **origins;
} Ownership;

static void
ownership_clear (Ownership *self)
{
  g_strfreev (self->origins);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ownership, ownership_clear)

/* Whether the description or Preferences name this origin. */
static gboolean
is_known_origin (RushesHttpProvider *self, const char *origin)
{
  g_autofree char *set = read_set_url (self);
  g_autofree char *set_origin = set != NULL ? rushes_origin_of (set) : NULL;
  GPtrArray *regions = rushes_protocol_get_regions (self->protocol);

  if (g_strcmp0 (set_origin, origin) == 0)
    return TRUE;
  for (guint i = 0; i < regions->len; i++)
    {
      const RushesRegion *region = g_ptr_array_index (regions, i);
      g_autofree char *other = rushes_origin_of (region->url);

      if (g_strcmp0 (other, origin) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Who asks for the key: with @base_url NULL somebody who only wants to know whether there is one. */
static void
describe_owner (RushesHttpProvider *self, const char *base_url, Ownership *ownership)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *origin = base_url != NULL ? rushes_origin_of (base_url) : NULL;

  ownership->owner.foreign_base = origin != NULL && !is_known_origin (self, origin);
  if (origin != NULL)
    g_strv_builder_add (builder, origin);
  /* Another server stands for all of the service, and its key is none of the service's. */
  if (!ownership->owner.foreign_base)
    g_strv_builder_addv (builder, (const char **) rushes_protocol_get_origins (self->protocol));
  ownership->origins = g_strv_builder_end (builder);
  ownership->owner.provider_id = rushes_provider_get_id (RUSHES_PROVIDER (self));
  ownership->owner.name = rushes_provider_get_name (RUSHES_PROVIDER (self));
  ownership->owner.origins = (const char *const *) ownership->origins;
  ownership->owner.environment = rushes_protocol_get_environment (self->protocol);
}

RushesKeyState
rushes_http_provider_get_key_state (RushesHttpProvider *self)
{
  g_auto (Ownership) ownership = { 0 };

  g_return_val_if_fail (RUSHES_IS_HTTP_PROVIDER (self), RUSHES_KEY_NONE);

  describe_owner (self, self->base_url, &ownership);
  return rushes_keyring_get_state (self->keyring, &ownership.owner);
}

DexFuture *
rushes_http_provider_refresh (RushesHttpProvider *self)
{
  g_auto (Ownership) ownership = { 0 };

  dex_return_error_if_fail (RUSHES_IS_HTTP_PROVIDER (self));

  describe_owner (self, self->base_url, &ownership);
  return rushes_keyring_refresh (self->keyring, &ownership.owner);
}

DexFuture *
rushes_http_provider_set_key (RushesHttpProvider *self, const char *value, gboolean session_only)
{
  g_auto (Ownership) ownership = { 0 };
  g_autoptr (GError) error = NULL;
  char *tidy;

  dex_return_error_if_fail (RUSHES_IS_HTTP_PROVIDER (self));
  dex_return_error_if_fail (value != NULL);

  if (self->base_url == NULL)
    return dex_future_new_for_error (refuse_without_url (self));

  describe_owner (self, self->base_url, &ownership);
  if (!session_only)
    return rushes_keyring_store (self->keyring, &ownership.owner, value);

  if ((tidy = rushes_key_tidy (value, &error)) == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  rushes_keyring_keep (self->keyring, &ownership.owner, tidy);
  rushes_key_forget (tidy);
  return dex_future_new_true ();
}

DexFuture *
rushes_http_provider_clear_key (RushesHttpProvider *self)
{
  dex_return_error_if_fail (RUSHES_IS_HTTP_PROVIDER (self));

  return rushes_keyring_clear (self->keyring, rushes_provider_get_id (RUSHES_PROVIDER (self)));
}

/* NULL without an error where none is needed. */
static RushesKey *
find_key (RushesHttpProvider *self, const char *base_url, GError **error)
{
  g_auto (Ownership) ownership = { 0 };
  g_autoptr (GError) problem = NULL;
  RushesKey *key;

  describe_owner (self, base_url, &ownership);
  key = dex_await_boxed (rushes_keyring_look_up (self->keyring, &ownership.owner), &problem);

  /* A service that works without a key is not held up by a keyring that is locked. */
  if (key == NULL && rushes_protocol_needs_key (self->protocol))
    g_propagate_error (error, g_steal_pointer (&problem));
  return key;
}

static RushesCredentials *
make_credentials (RushesHttpProvider *self, const RushesKey *key)
{
  return key != NULL ? rushes_protocol_make_credentials (self->protocol, key->value, (const char *const *) key->origins)
                     : NULL;
}

RushesCredentials *
rushes_http_provider_find_credentials (RushesHttpProvider *self, const char *base_url, GError **error)
{
  g_autoptr (RushesKey) key = find_key (self, base_url, error);

  return make_credentials (self, key);
}

/* NULL without an error when the job is of no library. */
static RushesKeyMark *
mark_key (RushesJob *job, const RushesKey *key, GError **error)
{
  RushesHttpWork *work = rushes_http_provider_get_work (job);
  g_autoptr (GError) problem = NULL;

  if (work->salt == 0 && rushes_job_get_library (job) != NULL)
    {
      work->salt = dex_await_int64 (rushes_library_get_salt (rushes_job_get_library (job)), &problem);
      if (problem != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&problem));
          return NULL;
        }
    }
  return work->salt != 0 ? rushes_key_mark_of (key, work->salt) : NULL;
}

RushesCredentials *
rushes_http_provider_find_marked (RushesHttpProvider *self,
                                  RushesJob *job,
                                  const char *base_url,
                                  RushesKeyMark **mark,
                                  GError **error)
{
  g_autoptr (RushesKeyMark) found = NULL;
  g_autoptr (RushesKey) key = NULL;
  g_autoptr (GError) problem = NULL;

  rushes_job_tell_key (job, NULL);
  key = find_key (self, base_url, &problem);
  if (problem == NULL)
    found = mark_key (job, key, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  if (mark != NULL)
    *mark = g_steal_pointer (&found);
  else
    rushes_job_tell_key (job, found);
  return make_credentials (self, key);
}

static DexFuture *
credentials_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  g_autoptr (GError) error = NULL;
  const char *base_url = rushes_http_provider_require_url (errand->self, NULL, &error);
  g_autofree char *kept = g_strdup (base_url);
  RushesCredentials *credentials =
      kept != NULL ? rushes_http_provider_find_credentials (errand->self, kept, &error) : NULL;

  if (credentials != NULL)
    return dex_future_new_take_boxed (RUSHES_TYPE_CREDENTIALS, credentials);
  if (error == NULL)
    error = rushes_error_new (RUSHES_ERROR_AUTH, _ ("There is no key for %s."),
                              rushes_provider_get_name (RUSHES_PROVIDER (errand->self)));
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_http_provider_get_credentials (RushesHttpProvider *self)
{
  dex_return_error_if_fail (RUSHES_IS_HTTP_PROVIDER (self));

  return rushes_http_errand_run (rushes_http_errand_new (self, NULL), credentials_fiber);
}

static DexFuture *
list_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_credentials_unref);
  g_autoptr (GPtrArray) keys = NULL;
  g_auto (Ownership) ownership = { 0 };

  describe_owner (self, self->base_url, &ownership);
  keys = dex_await_boxed (rushes_keyring_list (self->keyring, &ownership.owner), NULL);
  for (guint i = 0; keys != NULL && i < keys->len; i++)
    {
      const RushesKey *key = g_ptr_array_index (keys, i);
      RushesCredentials *credentials = make_credentials (self, key);

      if (credentials != NULL)
        g_ptr_array_add (all, credentials);
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&all));
}

DexFuture *
rushes_http_provider_list_credentials (RushesHttpProvider *self)
{
  dex_return_error_if_fail (RUSHES_IS_HTTP_PROVIDER (self));

  return rushes_http_errand_run (rushes_http_errand_new (self, NULL), list_fiber);
}

static void
on_key_changed (RushesHttpProvider *self, const char *provider_id)
{
  if (g_strcmp0 (provider_id, rushes_provider_get_id (RUSHES_PROVIDER (self))) == 0)
    rushes_provider_emit_changed (RUSHES_PROVIDER (self));
}

/* ---- what stands against making takes ---- */

static GError *
get_problem (RushesProvider *provider)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (provider);
  const char *name = rushes_provider_get_name (provider);
  g_autofree char *variable = NULL;

  if (self->base_url == NULL)
    return refuse_without_url (self);
  if (!rushes_protocol_needs_key (self->protocol))
    return NULL;

  switch (rushes_http_provider_get_key_state (self))
    {
    case RUSHES_KEY_NONE:
      /* Translators: a provider. */
      return rushes_error_new (RUSHES_ERROR_AUTH, _ ("%s needs a key."), name);
    case RUSHES_KEY_ABSENT:
      variable = rushes_key_variable (rushes_provider_get_id (provider));
      /* Translators: a provider, and the name of an environment variable. */
      return rushes_error_new (
          RUSHES_ERROR_AUTH, _ ("%s needs a key, and there is no keyring to look for it in. Set %s."), name, variable);
    /* A locked one is asked for when it is needed. */
    case RUSHES_KEY_LOCKED:
    case RUSHES_KEY_UNKNOWN:
    case RUSHES_KEY_ENVIRONMENT:
    case RUSHES_KEY_SESSION:
    case RUSHES_KEY_STORED:
    default:
      return NULL;
    }
}

static RushesCancelKind
get_cancel_kind (RushesProvider *provider, RushesRequest *request)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (provider);
  RushesTask task = { .request = request, .base_url = self->base_url };
  RushesCharged charged;

  if (!rushes_protocol_get_cancel (self->protocol, &task, &charged))
    return RUSHES_CANCEL_NONE;
  return charged == RUSHES_CHARGED_NO ? RUSHES_CANCEL_STOPS_COST : RUSHES_CANCEL_MAY_CHARGE;
}

/* ---- errands ---- */

void
rushes_http_errand_free (gpointer data)
{
  RushesHttpErrand *errand = data;

  g_object_unref (errand->self);
  g_clear_object (&errand->job);
  g_clear_object (&errand->cancellable);
  dex_clear (&errand->promise);
  g_free (errand->uri);
  g_free (errand->model_id);
  g_clear_object (&errand->part);
  g_free (errand);
}

RushesHttpErrand *
rushes_http_errand_new (RushesHttpProvider *self, RushesJob *job)
{
  RushesHttpErrand *errand = g_new0 (RushesHttpErrand, 1);

  errand->self = g_object_ref (self);
  g_set_object (&errand->job, job);
  return errand;
}

static DexFuture *
run_errand (gpointer data)
{
  RushesHttpErrand *errand = data;
  g_autoptr (DexFuture) result = errand->func (errand);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (result, &error);

  if (!dex_future_is_pending (DEX_FUTURE (errand->promise)))
    return dex_future_new_true ();
  if (value != NULL)
    dex_promise_resolve (errand->promise, value);
  else
    dex_promise_reject (errand->promise, g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_http_errand_run (RushesHttpErrand *errand, DexFiberFunc func)
{
  DexPromise *promise = dex_promise_new_cancellable ();

  errand->func = func;
  errand->promise = dex_ref (promise);
  errand->cancellable = g_object_ref (dex_promise_get_cancellable (promise));
  dex_future_disown (rushes_async_spawn (run_errand, errand, rushes_http_errand_free));
  return DEX_FUTURE (promise);
}

/* ---- trying it out ---- */

static DexFuture *
test_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  RushesTask task = { .base_url = rushes_http_provider_require_url (self, NULL, &error) };
  g_autofree char *base_url = g_strdup (task.base_url);

  task.base_url = base_url;
  if (error == NULL && !rushes_protocol_has (self->protocol, &task, RUSHES_OPERATION_TEST))
    error = rushes_error_new (RUSHES_ERROR_UNSUPPORTED, _ ("%s has no question that costs nothing."),
                              rushes_provider_get_name (RUSHES_PROVIDER (self)));
  if (error == NULL)
    reply = rushes_http_provider_ask (self, RUSHES_OPERATION_TEST, &task, NULL, errand->cancellable, &error);
  if (reply == NULL || !rushes_protocol_read_consent (self->protocol, RUSHES_OPERATION_TEST, &task, reply, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_http_provider_test (RushesHttpProvider *self)
{
  dex_return_error_if_fail (RUSHES_IS_HTTP_PROVIDER (self));

  return rushes_http_errand_run (rushes_http_errand_new (self, NULL), test_fiber);
}

/* ---- the object ---- */

static void
rushes_http_provider_constructed (GObject *object)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (object);
  RushesProvider *provider = RUSHES_PROVIDER (object);

  G_OBJECT_CLASS (rushes_http_provider_parent_class)->constructed (object);

  self->protocol = rushes_description_get_protocol (rushes_provider_get_description (provider));
  self->settings = rushes_provider_settings_get (rushes_provider_get_id (provider));
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_setting_changed), self, G_CONNECT_SWAPPED);
  update_url (self);
}

static void
rushes_http_provider_finalize (GObject *object)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (object);

  g_clear_object (&self->keyring);
  g_clear_object (&self->settings);
  g_free (self->given_url);
  g_free (self->base_url);
  g_clear_object (&self->cache);
  dex_clear (&self->loading);

  G_OBJECT_CLASS (rushes_http_provider_parent_class)->finalize (object);
}

static void
rushes_http_provider_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BASE_URL:
      g_value_set_string (value, RUSHES_HTTP_PROVIDER (object)->base_url);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_http_provider_class_init (RushesHttpProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  RushesProviderClass *provider_class = RUSHES_PROVIDER_CLASS (klass);

  object_class->constructed = rushes_http_provider_constructed;
  object_class->finalize = rushes_http_provider_finalize;
  object_class->get_property = rushes_http_provider_get_property;

  provider_class->prepare = rushes_http_provider_prepare;
  provider_class->rehearse = rushes_http_provider_rehearse;
  provider_class->check_extension = rushes_http_provider_check_extension;
  provider_class->submit = rushes_http_provider_submit;
  provider_class->recover = rushes_http_provider_recover;
  provider_class->can_look_up = rushes_http_provider_can_look_up;
  provider_class->look_up = rushes_http_provider_look_up;
  provider_class->poll = rushes_http_provider_poll;
  provider_class->wait = rushes_http_provider_wait;
  provider_class->cancel = rushes_http_provider_cancel;
  provider_class->fetch = rushes_http_provider_fetch;
  provider_class->can_list_models = rushes_http_provider_can_list_models;
  provider_class->load_models = rushes_http_provider_load_models;
  provider_class->refresh_models = rushes_http_provider_refresh_models;
  provider_class->can_describe_model = rushes_http_provider_can_describe_model;
  provider_class->describe_model = rushes_http_provider_describe_model;
  provider_class->get_problem = get_problem;
  provider_class->get_cancel_kind = get_cancel_kind;

  properties[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_http_provider_init (RushesHttpProvider *self)
{
}

RushesProvider *
rushes_http_provider_new (RushesDescription *description, RushesKeyring *keyring)
{
  RushesHttpProvider *self;

  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (description), NULL);
  g_return_val_if_fail (rushes_description_get_protocol (description) != NULL, NULL);
  g_return_val_if_fail (RUSHES_IS_KEYRING (keyring), NULL);

  self = g_object_new (RUSHES_TYPE_HTTP_PROVIDER, "description", description, NULL);
  self->keyring = g_object_ref (keyring);
  g_signal_connect_object (keyring, "changed", G_CALLBACK (on_key_changed), self, G_CONNECT_SWAPPED);
  return RUSHES_PROVIDER (self);
}
