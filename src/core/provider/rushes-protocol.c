/* rushes-protocol.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-http-address.h"
#include "rushes-request-private.h"

G_DEFINE_FINAL_TYPE (RushesProtocol, rushes_protocol, G_TYPE_OBJECT)

static void
rushes_protocol_finalize (GObject *object)
{
  RushesProtocol *self = RUSHES_PROTOCOL (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->homepage);
  g_free (self->key_page);
  g_clear_pointer (&self->regions, g_ptr_array_unref);
  g_clear_pointer (&self->region_names, g_ptr_array_unref);
  g_free (self->example_url);
  g_free (self->server);
  g_strfreev (self->trim);
  g_clear_pointer (&self->foreign, g_hash_table_unref);
  g_strfreev (self->origins);
  g_free (self->auth_name);
  g_strfreev (self->environment);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->all, rushes_route_free);
  g_clear_pointer (&self->routes, g_ptr_array_unref);
  g_clear_pointer (&self->upload, g_ptr_array_unref);
  g_clear_pointer (&self->upload_gives, rushes_template_free);
  g_clear_pointer (&self->listing, rushes_listing_free);
  g_clear_pointer (&self->schemas, rushes_schemas_free);

  G_OBJECT_CLASS (rushes_protocol_parent_class)->finalize (object);
}

static void
rushes_protocol_class_init (RushesProtocolClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_protocol_finalize;
}

static void
rushes_protocol_init (RushesProtocol *self)
{
}

/* ---- pictures ---- */

RushesSentPicture *
rushes_sent_picture_new (RushesReferenceRole role,
                         RushesPictureForm form,
                         GBytes *bytes,
                         const char *media_type,
                         const char *name)
{
  RushesSentPicture *self;

  g_return_val_if_fail (bytes != NULL && media_type != NULL && name != NULL, NULL);

  self = g_new0 (RushesSentPicture, 1);
  self->role = role;
  self->form = form;
  self->bytes = g_bytes_ref (bytes);
  self->media_type = g_strdup (media_type);
  self->name = g_strdup (name);
  return self;
}

void
rushes_sent_picture_free (RushesSentPicture *self)
{
  g_bytes_unref (self->bytes);
  g_free (self->media_type);
  g_free (self->name);
  g_free (self->address);
  g_free (self);
}

/* ---- what holds for a take ---- */

const char *
rushes_protocol_get_region (RushesProtocol *self, const RushesTask *task)
{
  for (guint i = 0; task != NULL && i < self->regions->len; i++)
    {
      const RushesRegion *region = g_ptr_array_index (self->regions, i);

      if (g_strcmp0 (region->url, task->base_url) == 0)
        return g_ptr_array_index (self->region_names, i);
    }
  return NULL;
}

static const RushesRoute *
find_route (RushesProtocol *self, const RushesTask *task)
{
  if (task != NULL && task->request != NULL)
    for (guint i = 0; i < self->routes->len; i++)
      {
        const RushesRoute *route = g_ptr_array_index (self->routes, i);

        if (rushes_condition_holds (route->when, rushes_request_peek (task->request),
                                    rushes_protocol_get_region (self, task)))
          return route;
      }
  return self->all;
}

const RushesCall *
rushes_protocol_get_call (RushesProtocol *self, const RushesTask *task, RushesOperation operation)
{
  const RushesRoute *route = find_route (self, task);

  if (route->without & 1u << operation)
    return NULL;
  return route->calls[operation] != NULL ? route->calls[operation] : self->all->calls[operation];
}

const RushesReading *
rushes_protocol_get_reading (RushesProtocol *self, const RushesTask *task)
{
  const RushesRoute *route = find_route (self, task);

  return route->reading != NULL ? route->reading : self->all->reading;
}

gboolean
rushes_protocol_has (RushesProtocol *self, const RushesTask *task, RushesOperation operation)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), FALSE);

  if (operation == RUSHES_OPERATION_UPLOAD)
    return self->upload->len > 0;
  return rushes_protocol_get_call (self, task, operation) != NULL;
}

gboolean
rushes_protocol_get_lookup (RushesProtocol *self, const RushesTask *task, double *grace, gboolean *unique)
{
  const RushesCall *lookup;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), FALSE);

  lookup = rushes_protocol_get_call (self, task, RUSHES_OPERATION_LOOKUP);
  if (lookup == NULL)
    return FALSE;
  *grace = lookup->grace;
  *unique = lookup->unique;
  return TRUE;
}

gboolean
rushes_protocol_is_synchronous (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), FALSE);
  return self->is_synchronous;
}

gboolean
rushes_protocol_get_cancel (RushesProtocol *self, const RushesTask *task, RushesCharged *charged)
{
  const RushesCall *cancel;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), FALSE);

  cancel = rushes_protocol_get_call (self, task, RUSHES_OPERATION_CANCEL);
  for (guint i = 0; cancel == NULL && task->request == NULL && i < self->routes->len; i++)
    cancel = ((RushesRoute *) g_ptr_array_index (self->routes, i))->calls[RUSHES_OPERATION_CANCEL];
  if (cancel == NULL)
    return FALSE;
  *charged = cancel->charged;
  return TRUE;
}

/* ---- addresses ---- */

static gboolean
has_scheme (const char *address)
{
  return g_ascii_strncasecmp (address, "https://", 8) == 0 || g_ascii_strncasecmp (address, "http://", 7) == 0;
}

/* What no address may hold; blanks around it are gone already. */
static gboolean
is_one_word (const char *address)
{
  for (const guchar *p = (const guchar *) address; *p != '\0'; p++)
    if (*p <= 0x20 || *p == 0x7f)
      return FALSE;
  return TRUE;
}

char *
rushes_protocol_resolve (const char *address, const char *base_url)
{
  g_autofree char *text = g_strstrip (g_strdup (address));
  g_autofree char *origin = base_url != NULL ? rushes_origin_of (base_url) : NULL;
  g_autofree char *whole = NULL;
  g_autoptr (GUri) uri = NULL;

  if (has_scheme (text))
    whole = g_steal_pointer (&text);
  else if (g_str_has_prefix (text, "//") && origin != NULL)
    whole = g_strdup_printf ("%.*s%s", (int) strcspn (origin, "/"), origin, text);
  else if (*text == '/' && origin != NULL)
    whole = g_strconcat (origin, text, NULL);

  uri = whole != NULL && is_one_word (whole) ? rushes_http_parse_address (whole, NULL) : NULL;
  return uri != NULL ? g_steal_pointer (&whole) : NULL;
}

gboolean
rushes_protocol_owns (RushesProtocol *self, const char *address, const char *base_url)
{
  g_autofree char *origin = rushes_origin_of (address);
  g_autofree char *own = base_url != NULL ? rushes_origin_of (base_url) : NULL;

  return origin != NULL &&
         (g_strcmp0 (origin, own) == 0 || g_strv_contains ((const char *const *) self->origins, origin));
}

/* A server in reach is called by its name alone, as in "gpu-box:8188": only http can be meant there. Whoever writes
 * "https:" and stops did not mean a computer of that name. */
static char *
complete (const char *typed)
{
  g_autofree char *text = g_strstrip (g_strdup (typed));
  g_autofree char *whole = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *host;

  if (strstr (text, "://") != NULL)
    return g_steal_pointer (&text);

  whole = g_strconcat ("http://", text, NULL);
  uri = rushes_http_parse_address (whole, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host != NULL && rushes_http_is_near_name (host) && g_ascii_strcasecmp (host, "http") != 0 &&
      g_ascii_strcasecmp (host, "https") != 0)
    return g_steal_pointer (&whole);
  return g_steal_pointer (&text);
}

/* What lies behind the host: a slash at the end never belongs to it, nor does what the description trims. */
static void
trim_end (RushesProtocol *self, char *url)
{
  gboolean again;

  do
    {
      gsize length = strlen (url);

      again = length > 0 && url[length - 1] == '/';
      if (again)
        url[length - 1] = '\0';
      for (guint i = 0; !again && self->trim[i] != NULL; i++)
        if (g_str_has_suffix (url, self->trim[i]))
          {
            url[length - strlen (self->trim[i])] = '\0';
            again = TRUE;
          }
    }
  while (again);
}

char *
rushes_protocol_normalize_url (RushesProtocol *self, const char *typed, GError **error)
{
  g_autofree char *address = NULL;
  g_autofree char *host = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *owner;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && typed != NULL, NULL);

  address = complete (typed);
  uri = rushes_http_parse_address (address, error);
  if (uri == NULL)
    return NULL;

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  owner = g_hash_table_lookup (self->foreign, host);
  if (owner != NULL)
    {
      /* Translators: a host, and the id of a provider such as "xai". */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is another service. Use the provider “%s” for it."),
                        host, owner);
      return NULL;
    }
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !rushes_http_is_near_name (host))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("Key and pictures would go to %s where everybody can read them. Use https."), host);
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("A base URL has neither a name and a password nor a question mark in it."));
      return NULL;
    }

  origin = rushes_origin_of (address);
  path = g_strdup (g_uri_get_path (uri));
  trim_end (self, path);
  return g_strconcat (origin, path, NULL);
}

/* ---- facts ---- */

GPtrArray *
rushes_protocol_get_regions (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), NULL);
  return self->regions;
}

const char *
rushes_protocol_get_example_url (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), NULL);
  return self->example_url;
}

const char *
rushes_protocol_get_server (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), NULL);
  return self->server;
}

const char *
rushes_protocol_get_homepage (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), NULL);
  return self->homepage;
}

const char *
rushes_protocol_get_key_page (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), NULL);
  return self->key_page;
}

const char *const *
rushes_protocol_get_origins (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), NULL);
  return (const char *const *) self->origins;
}

const char *const *
rushes_protocol_get_environment (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), NULL);
  return (const char *const *) self->environment;
}

gboolean
rushes_protocol_needs_key (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), FALSE);
  return self->scheme != RUSHES_AUTH_NONE && !self->key_optional;
}

RushesCredentials *
rushes_protocol_make_credentials (RushesProtocol *self, const char *key, const char *const *origins)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && origins != NULL, NULL);

  if (key == NULL || *key == '\0' || self->scheme == RUSHES_AUTH_NONE)
    return NULL;
  return rushes_credentials_new (self->scheme, self->auth_name, self->mint, key, origins);
}
