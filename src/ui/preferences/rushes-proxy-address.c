/* rushes-proxy-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-proxy-address.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

/* Those that GIO's resolvers and libsoup understand. */
static const char *const schemes[] = { "http", "https", "socks", "socks4", "socks4a", "socks5", NULL };

/* Names and numbers; letters of other scripts are for whoever looks the name up. */
static gboolean
is_host (const char *host)
{
  if (host == NULL || *host == '\0')
    return FALSE;
  for (const char *p = host; *p != '\0'; p++)
    if ((guchar) *p < 0x80 && !g_ascii_isalnum (*p) && strchr (".-_:", *p) == NULL)
      return FALSE;

  return TRUE;
}

char *
rushes_proxy_address_normalize (const char *typed, GError **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GUri) uri = NULL;
  g_autofree char *host = NULL;

  g_return_val_if_fail (typed != NULL, NULL);

  stripped = g_strstrip (g_strdup (typed));
  text = strstr (stripped, "://") != NULL ? g_strdup (stripped) : g_strconcat ("http://", stripped, NULL);
  uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || !is_host (g_uri_get_host (uri)) || !g_strv_contains (schemes, g_uri_get_scheme (uri)))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("This is not the address of a proxy. It looks like http://proxy.example.com:3128 or "
                           "socks5://127.0.0.1:1080."));
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("Leave name and password out of the address: it is kept in a file that is not secret. A "
                           "proxy that wants them can be set up in the system’s settings."));
      return NULL;
    }

  host = strchr (g_uri_get_host (uri), ':') != NULL ? g_strdup_printf ("[%s]", g_uri_get_host (uri))
                                                    : g_strdup (g_uri_get_host (uri));
  return g_uri_get_port (uri) != -1 ? g_strdup_printf ("%s://%s:%d", g_uri_get_scheme (uri), host, g_uri_get_port (uri))
                                    : g_strdup_printf ("%s://%s", g_uri_get_scheme (uri), host);
}
