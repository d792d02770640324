/* rushes-sigv4.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-sigv4.h"

#include <string.h>

#define ALGORITHM "AWS4-HMAC-SHA256"

/* The parts of an address that are signed. */
typedef struct
{
  char *host; /* as the header Host has it: with the port where it is not the scheme's own */
  char *path;
} Target;

static void
target_clear (Target *self)
{
  g_free (self->host);
  g_free (self->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Target, target_clear)

static Target
target_of (const char *address)
{
  const char *authority = strstr (address, "://") + 3;
  const char *path = authority + strcspn (authority, "/");
  const char *usual = g_str_has_prefix (address, "https:") ? ":443" : ":80";
  Target self = { g_ascii_strdown (authority, path - authority), g_strdup (*path != '\0' ? path : "/") };

  if (g_str_has_suffix (self.host, usual))
    self.host[strlen (self.host) - strlen (usual)] = '\0';

  return self;
}

static void
append_escaped (GString *string, const char *text, char also)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || strchr ("-._~", *p) != NULL || *p == also)
      g_string_append_c (string, (char) *p);
    else
      g_string_append_printf (string, "%%%02X", *p);
}

char *
rushes_sigv4_escape (const char *text)
{
  GString *escaped = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  append_escaped (escaped, text, '/');
  return g_string_free_and_steal (escaped);
}

static void
hmac (const guint8 *key, gsize n_key, const char *text, guint8 digest[32])
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, key, n_key);
  gsize length = 32;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, digest, &length);
}

/* The signature of what is canonical, as hexadecimal digits. */
static char *
sign (const char *canonical, const RushesSigv4Key *key, const char *time, const char *scope)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, canonical, -1);
  g_autofree char *text = g_strdup_printf (ALGORITHM "\n%s\n%s\n%s", time, scope, hash);
  g_autofree char *first = g_strconcat ("AWS4", key->secret, NULL);
  g_auto (GStrv) links = g_strsplit (scope, "/", -1);
  guint8 digest[32];
  char *signature;

  hmac ((const guint8 *) first, strlen (first), links[0], digest);
  for (char **link = links + 1; *link != NULL; link++)
    hmac (digest, sizeof digest, *link, digest);
  signature = g_compute_hmac_for_string (G_CHECKSUM_SHA256, digest, sizeof digest, text, -1);

  explicit_bzero (first, strlen (first));
  explicit_bzero (digest, sizeof digest);
  return signature;
}

static char *
time_of (GDateTime *now)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (now);

  return g_date_time_format (utc, "%Y%m%dT%H%M%SZ");
}

static char *
scope_of (const RushesSigv4Key *key, const char *time)
{
  return g_strdup_printf ("%.8s/%s/s3/aws4_request", time, key->region);
}

void
rushes_sigv4_sign (RushesHttpRequest *request, const RushesSigv4Key *key, GDateTime *now)
{
  g_auto (Target) target = { 0 };
  g_autofree char *time = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *hash = NULL;
  g_autofree char *type = NULL;
  g_autofree char *names = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *authorization = NULL;

  g_return_if_fail (request != NULL && strchr (request->address, '?') == NULL);
  g_return_if_fail (request->bytes == NULL || request->media_type != NULL);
  g_return_if_fail (key != NULL);
  g_return_if_fail (now != NULL);

  target = target_of (request->address);
  time = time_of (now);
  scope = scope_of (key, time);
  hash = request->bytes != NULL ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, request->bytes)
                                : g_compute_checksum_for_string (G_CHECKSUM_SHA256, "", 0);
  type = request->bytes != NULL ? g_strdup_printf ("content-type:%s\n", request->media_type) : g_strdup ("");

  /* What is signed stands in the order of the names; the query is empty. */
  names = g_strconcat (*type != '\0' ? "content-type;" : "", "host;x-amz-content-sha256;x-amz-date", NULL);
  canonical = g_strdup_printf ("%s\n%s\n\n%shost:%s\nx-amz-content-sha256:%s\nx-amz-date:%s\n\n%s\n%s", request->method,
                               target.path, type, target.host, hash, time, names, hash);
  signature = sign (canonical, key, time, scope);
  authorization = g_strdup_printf (ALGORITHM " Credential=%s/%s, SignedHeaders=%s, Signature=%s", key->access_key,
                                   scope, names, signature);
  rushes_http_request_add_header (request, "X-Amz-Content-Sha256", hash);
  rushes_http_request_add_header (request, "X-Amz-Date", time);
  rushes_http_request_add_header (request, "Authorization", authorization);
}

char *
rushes_sigv4_presign (const char *method, const char *address, const RushesSigv4Key *key, GDateTime *now, guint seconds)
{
  g_auto (Target) target = { 0 };
  g_autoptr (GString) query = NULL;
  g_autofree char *time = NULL;
  g_autofree char *scope = NULL;
  g_autofree char *canonical = NULL;
  g_autofree char *signature = NULL;

  g_return_val_if_fail (method != NULL, NULL);
  g_return_val_if_fail (address != NULL && strchr (address, '?') == NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (now != NULL, NULL);

  target = target_of (address);
  time = time_of (now);
  scope = scope_of (key, time);

  /* The parameters stand in the order that is signed. */
  query = g_string_new ("X-Amz-Algorithm=" ALGORITHM "&X-Amz-Credential=");
  append_escaped (query, key->access_key, '\0');
  g_string_append (query, "%2F");
  append_escaped (query, scope, '\0');
  g_string_append_printf (query, "&X-Amz-Date=%s&X-Amz-Expires=%u&X-Amz-SignedHeaders=host", time, seconds);

  canonical =
      g_strdup_printf ("%s\n%s\n%s\nhost:%s\n\nhost\nUNSIGNED-PAYLOAD", method, target.path, query->str, target.host);
  signature = sign (canonical, key, time, scope);

  return g_strdup_printf ("%s?%s&X-Amz-Signature=%s", address, query->str, signature);
}
