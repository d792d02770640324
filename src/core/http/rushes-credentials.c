/* rushes-credentials.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-credentials.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "rushes-credentials-private.h"
#include "rushes-error.h"
#include "rushes-http-address.h"

struct _RushesCredentials
{
  gatomicrefcount ref_count;

  RushesAuthScheme scheme;
  char *name;
  char *key;
  char *access; /* the two parts of a key that tokens are minted from; else NULL */
  char *secret;
  char **origins;
};

G_DEFINE_BOXED_TYPE (RushesCredentials, rushes_credentials, rushes_credentials_ref, rushes_credentials_unref)

static void
split_key (RushesCredentials *self)
{
  gsize n_access = strcspn (self->key, ":|");

  if (n_access == 0 || self->key[n_access] == '\0' || self->key[n_access + 1] == '\0')
    return;
  self->access = g_strchomp (g_strndup (self->key, n_access));
  self->secret = g_strchug (g_strdup (self->key + n_access + 1));
}

RushesCredentials *
rushes_credentials_new (RushesAuthScheme scheme,
                        const char *name,
                        gboolean mint,
                        const char *key,
                        const char *const *origins)
{
  RushesCredentials *self;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (name != NULL || (scheme != RUSHES_AUTH_HEADER && scheme != RUSHES_AUTH_QUERY), NULL);

  for (gsize i = 0; origins != NULL && origins[i] != NULL; i++)
    {
      char *origin = rushes_origin_of (origins[i]);

      if (origin != NULL)
        g_strv_builder_take (builder, origin);
    }

  self = g_new0 (RushesCredentials, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->scheme = scheme;
  self->name = g_strdup (name);
  self->key = g_strstrip (g_strdup (key));
  self->origins = g_strv_builder_end (builder);
  if (mint)
    split_key (self);
  return self;
}

RushesCredentials *
rushes_credentials_ref (RushesCredentials *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
wipe (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

void
rushes_credentials_unref (RushesCredentials *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  wipe (self->key);
  wipe (self->access);
  wipe (self->secret);
  g_free (self->name);
  g_strfreev (self->origins);
  g_free (self);
}

/* ---- where they may go ---- */

static char *
origin_of (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  g_autofree char *ascii = host != NULL ? g_hostname_to_ascii (host) : NULL;
  g_autofree char *lower = ascii != NULL ? g_ascii_strdown (ascii, -1) : NULL;
  int port = g_uri_get_port (uri);
  gboolean is_https = g_str_equal (g_uri_get_scheme (uri), "https");
  gboolean is_ipv6 = lower != NULL && strchr (lower, ':') != NULL;
  g_autoptr (GString) origin = NULL;

  if (lower == NULL || *lower == '\0' || (!is_https && !g_str_equal (g_uri_get_scheme (uri), "http")))
    return NULL;

  origin = g_string_new (is_https ? "https://" : "http://");
  g_string_append_printf (origin, is_ipv6 ? "[%s]" : "%s", lower);
  if (port > 0 && port != (is_https ? 443 : 80))
    g_string_append_printf (origin, ":%d", port);
  return g_string_free_and_steal (g_steal_pointer (&origin));
}

char *
rushes_origin_of (const char *address)
{
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (address != NULL, NULL);

  uri = rushes_http_parse_address (address, NULL);
  return uri != NULL ? origin_of (uri) : NULL;
}

static gboolean
is_own (RushesCredentials *self, GUri *uri)
{
  g_autofree char *origin = origin_of (uri);

  return origin != NULL && g_strv_contains ((const char *const *) self->origins, origin);
}

static gboolean
is_safe (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https") || rushes_http_is_near_name (g_uri_get_host (uri));
}

static gboolean
is_sendable (RushesCredentials *self)
{
  for (const guchar *p = (const guchar *) self->key; *p != '\0'; p++)
    if (*p < 0x20 || *p >= 0x7f)
      return FALSE;
  return TRUE;
}

gboolean
rushes_credentials_fit (RushesCredentials *self, GUri *uri)
{
  g_return_val_if_fail (self != NULL && uri != NULL, FALSE);

  return is_own (self, uri) && is_safe (uri) && is_sendable (self);
}

GError *
rushes_credentials_refuse (RushesCredentials *self, GUri *uri)
{
  g_autofree char *host = NULL;
  g_autofree char *origins = NULL;

  g_return_val_if_fail (self != NULL && uri != NULL, NULL);

  if (rushes_credentials_fit (self, uri))
    return NULL;

  host = rushes_clean_words (g_uri_get_host (uri));
  origins = g_strjoinv (", ", self->origins);
  if (!is_sendable (self))
    return rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s",
                             _ ("The key holds characters that no key has. Copy it anew and give it again."));
  if (is_own (self, uri))
    return rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                             _ ("The key is not sent to %s over http, where others could read it. Use an address that "
                                "begins with https://."),
                             host);
  /* Translators: the first %s is a host, the second one or more addresses. */
  return rushes_error_new (RUSHES_ERROR_BAD_REQUEST,
                           _ ("The key is not sent to %s, because it was given for %s. Give the key again for this "
                              "address."),
                           host, origins);
}

gboolean
rushes_credentials_may_follow (RushesCredentials *self)
{
  return self->scheme != RUSHES_AUTH_QUERY;
}

/* ---- into a request ---- */

static char *
encode_base64url (gconstpointer data, gsize length)
{
  char *text = g_base64_encode (data, length);

  g_strdelimit (text, "+", '-');
  g_strdelimit (text, "/", '_');
  text[strcspn (text, "=")] = '\0';
  return text;
}

char *
rushes_credentials_sign (RushesCredentials *self, const char *signed_text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) self->secret, strlen (self->secret));
  guint8 digest[32];
  gsize length = sizeof digest;

  g_hmac_update (hmac, (const guchar *) signed_text, -1);
  g_hmac_get_digest (hmac, digest, &length);
  return encode_base64url (digest, length);
}

/* RFC 7519 and 7515; the claims as Kling asks for them. A clock that runs a little ahead is no harm. */
static char *
mint (RushesCredentials *self)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *claims = json_object_new ();
  g_autofree char *json = NULL;
  g_autofree char *payload = NULL;
  g_autofree char *signed_text = NULL;
  g_autofree char *signature = NULL;

  json_object_set_string_member (claims, "iss", self->access);
  json_object_set_int_member (claims, "exp", now + 1800);
  json_object_set_int_member (claims, "nbf", now - 5);
  json_node_take_object (node, claims);
  json = json_to_string (node, FALSE);
  payload = encode_base64url (json, strlen (json));
  signed_text = g_strconcat (RUSHES_JWT_HEADER ".", payload, NULL);
  signature = rushes_credentials_sign (self, signed_text);
  return g_strconcat (signed_text, ".", signature, NULL);
}

static void
add_to_query (SoupMessage *message, const char *name, const char *value)
{
  GUri *uri = soup_message_get_uri (message);
  const char *query = g_uri_get_query (uri);
  g_autofree char *escaped_name = g_uri_escape_string (name, NULL, FALSE);
  g_autofree char *escaped_value = g_uri_escape_string (value, NULL, FALSE);
  g_autofree char *longer = g_strconcat (query != NULL ? query : "", query != NULL && *query != '\0' ? "&" : "",
                                         escaped_name, "=", escaped_value, NULL);
  g_autoptr (GUri) with_key = soup_uri_copy (uri, SOUP_URI_QUERY, longer, SOUP_URI_NONE);

  soup_message_set_uri (message, with_key);
  wipe (g_steal_pointer (&longer));
  wipe (g_steal_pointer (&escaped_value));
}

void
rushes_credentials_apply (RushesCredentials *self, SoupMessage *message)
{
  static const char *const prefixes[] = { [RUSHES_AUTH_BEARER] = "Bearer ",
                                          [RUSHES_AUTH_KEY] = "Key ",
                                          [RUSHES_AUTH_TOKEN] = "Token ",
                                          [RUSHES_AUTH_HEADER] = "",
                                          [RUSHES_AUTH_QUERY] = "" };
  g_autofree char *value = NULL;
  g_autofree char *whole = NULL;

  g_return_if_fail (self != NULL && SOUP_IS_MESSAGE (message));

  if (self->scheme == RUSHES_AUTH_NONE || *self->key == '\0' ||
      !rushes_credentials_fit (self, soup_message_get_uri (message)))
    return;

  value = self->secret != NULL ? mint (self) : g_strdup (self->key);
  whole = g_strconcat (prefixes[self->scheme], value, NULL);
  if (self->scheme == RUSHES_AUTH_QUERY)
    add_to_query (message, self->name, value);
  else
    soup_message_headers_replace (soup_message_get_request_headers (message),
                                  self->scheme == RUSHES_AUTH_HEADER ? self->name : "Authorization", whole);
  wipe (g_steal_pointer (&value));
  wipe (g_steal_pointer (&whole));
}

void
rushes_credentials_get_secrets (RushesCredentials *self, const char *secrets[4])
{
  gsize n = 0;

  secrets[n++] = self->key;
  if (self->secret != NULL)
    {
      secrets[n++] = self->secret;
      secrets[n++] = self->access;
    }
  secrets[n] = NULL;
}
