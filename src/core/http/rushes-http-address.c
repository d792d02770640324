/* rushes-http-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-address.h"

#include <arpa/inet.h>
#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <string.h>

#include "rushes-error.h"

static gboolean
is_http (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https")) && host != NULL && *host != '\0' &&
         strpbrk (host, " \t\r\n\"<>\\^`{|}%") == NULL;
}

/* Where path and query begin: behind the authority. NULL when there is no authority. */
static const char *
find_path (const char *text)
{
  const char *authority = strstr (text, "://");

  return authority != NULL ? authority + 3 + strcspn (authority + 3, "/?#") : NULL;
}

/* Writes as %XX what an address cannot have, in path and query; a host in another script has a rule of its own. */
static char *
escape (const char *text)
{
  const char *path = find_path (text);
  g_autoptr (GString) escaped = NULL;

  if (path == NULL)
    path = text;
  escaped = g_string_new_len (text, path - text);
  for (const guchar *p = (const guchar *) path; *p != '\0'; p++)
    if (*p <= 0x20 || *p >= 0x7f || strchr ("\"<>\\^`{|}", *p) != NULL)
      g_string_append_printf (escaped, "%%%02X", *p);
    else
      g_string_append_c (escaped, (char) *p);
  return g_string_free_and_steal (g_steal_pointer (&escaped));
}

/* As @uri, but with what stands between '?' and '#' in @text for its query, and @path for its path unless that is NULL:
 * g_uri_parse() writes the same in another way (%2f becomes %2F), which a signature may not survive. */
static GUri *
build (GUri *uri, const char *path, const char *text)
{
  const char *query = text + strcspn (text, "?#");
  g_autofree char *plain_query = *query == '?' ? g_strndup (query + 1, strcspn (query + 1, "#")) : NULL;

  if (path == NULL)
    path = g_uri_get_path (uri);
  return g_uri_build_with_user (SOUP_HTTP_URI_FLAGS, g_uri_get_scheme (uri), g_uri_get_user (uri),
                                g_uri_get_password (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri),
                                *path != '\0' ? path : "/", plain_query, NULL);
}

static GUri *
parse_absolute (const char *text)
{
  const char *rest = find_path (text);
  g_autofree char *origin = rest != NULL ? g_strndup (text, rest - text) : NULL;
  g_autofree char *path = rest != NULL ? g_strndup (rest, strcspn (rest, "?#")) : NULL;
  g_autoptr (GUri) uri = origin != NULL ? g_uri_parse (origin, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  return uri != NULL ? build (uri, path, rest) : NULL;
}

GUri *
rushes_http_parse_address (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_utf8_make_valid (text, -1));
  g_autofree char *escaped = escape (stripped);
  g_autoptr (GUri) uri = parse_absolute (escaped);

  if (uri != NULL && is_http (uri))
    return g_steal_pointer (&uri);

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is not an address that begins with https:// or http://."),
                    stripped);
  return NULL;
}

static GUri *
resolve (GUri *base, const char *location)
{
  g_autofree char *absolute = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GUri) uri = NULL;
  gsize n_scheme = strspn (location, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "+-.");

  if (g_str_has_prefix (location + n_scheme, "://"))
    return parse_absolute (location);
  if (g_str_has_prefix (location, "//"))
    {
      absolute = g_strconcat (g_uri_get_scheme (base), ":", location, NULL);
      return parse_absolute (absolute);
    }

  if (!(uri = g_uri_parse_relative (base, location, SOUP_HTTP_URI_FLAGS, NULL)))
    return NULL;
  path = *location == '/' ? g_strndup (location, strcspn (location, "?#")) : NULL;
  return build (uri, path, location);
}

GUri *
rushes_http_follow (GUri *base, const char *location, GError **error)
{
  g_autofree char *escaped = location != NULL ? escape (location) : NULL;
  g_autoptr (GUri) uri = escaped != NULL ? resolve (base, escaped) : NULL;

  if (uri == NULL)
    rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s redirects, but not to an address that can be read."),
                      g_uri_get_host (base));
  else if (!is_http (uri))
    rushes_set_error (error, RUSHES_ERROR_PROTOCOL,
                      _ ("%s redirects to an address that is no web address, which Rushes does not follow."),
                      g_uri_get_host (base));
  else if (g_str_equal (g_uri_get_scheme (base), "https") && g_str_equal (g_uri_get_scheme (uri), "http"))
    rushes_set_error (error, RUSHES_ERROR_PROTOCOL,
                      _ ("%s redirects from a secure to an insecure address, which Rushes does not follow."),
                      g_uri_get_host (base));
  else
    return g_steal_pointer (&uri);

  return NULL;
}

typedef struct
{
  guint32 network;
  int prefix;
} Range;

static gboolean
is_private_ipv4 (const guint8 *bytes)
{
  static const Range ranges[] = {
    { 0x00000000, 8 },  { 0x0a000000, 8 },  { 0x64400000, 10 }, { 0x7f000000, 8 },
    { 0xa9fe0000, 16 }, { 0xac100000, 12 }, { 0xc0a80000, 16 }, { 0xe0000000, 3 },
  };
  guint32 address = (guint32) bytes[0] << 24 | (guint32) bytes[1] << 16 | (guint32) bytes[2] << 8 | bytes[3];

  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    if ((address ^ ranges[i].network) >> (32 - ranges[i].prefix) == 0)
      return TRUE;
  return FALSE;
}

/* Where an IPv4 address stands within an IPv6 address of a kind that carries one (mapped, compatible, NAT64, 6to4). */
static const guint8 *
find_ipv4 (const guint8 *bytes)
{
  static const guint8 zeros[12];
  static const guint8 mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };
  static const guint8 nat64[12] = { 0, 0x64, 0xff, 0x9b };

  if (memcmp (bytes, zeros, 12) == 0 || memcmp (bytes, mapped, 12) == 0 || memcmp (bytes, nat64, 12) == 0)
    return bytes + 12;
  if (bytes[0] == 0x20 && bytes[1] == 0x02)
    return bytes + 2;
  return NULL;
}

gboolean
rushes_http_is_private_address (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);
  const guint8 *ipv4;

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return is_private_ipv4 (bytes);

  if ((ipv4 = find_ipv4 (bytes)))
    return is_private_ipv4 (ipv4);
  return (bytes[0] & 0xfe) == 0xfc || (bytes[0] == 0xfe && (bytes[1] & 0x80) == 0x80) || bytes[0] == 0xff;
}

gboolean
rushes_http_is_private_name (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autofree char *name = g_ascii_strdown (host, -1);

  if (address != NULL)
    return rushes_http_is_private_address (address);
  if (g_str_has_suffix (name, "."))
    name[strlen (name) - 1] = '\0';
  return g_str_equal (name, "localhost") || g_str_has_suffix (name, ".localhost") || g_str_has_suffix (name, ".local");
}

gboolean
rushes_http_is_near_name (const char *host)
{
  struct in_addr number;

  /* A number is no name without a dot: "134744072" is 8.8.8.8. */
  return rushes_http_is_private_name (host) || (strpbrk (host, ".:") == NULL && inet_aton (host, &number) == 0);
}

char *
rushes_http_unwrap_socket (const char *address)
{
  g_return_val_if_fail (address != NULL, NULL);

  while (g_ascii_isspace (*address))
    address++;
  if (g_ascii_strncasecmp (address, "ws://", strlen ("ws://")) == 0)
    return g_strconcat ("http", address + strlen ("ws"), NULL);
  if (g_ascii_strncasecmp (address, "wss://", strlen ("wss://")) == 0)
    return g_strconcat ("https", address + strlen ("wss"), NULL);
  return NULL;
}
