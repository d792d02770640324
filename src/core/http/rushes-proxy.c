/* rushes-proxy.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-proxy.h"

#include <glib/gi18n.h>

#include "rushes-error.h"

/* Those that GIO's resolvers and libsoup understand. */
static const char *const schemes[] = { "http", "https", "socks", "socks4", "socks4a", "socks5", NULL };

/* ---- addresses ---- */

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

static gboolean
is_proxy (GUri *uri)
{
  const char *user = g_uri_get_user (uri);

  return is_host (g_uri_get_host (uri)) && g_strv_contains (schemes, g_uri_get_scheme (uri)) &&
         (user == NULL || *user != '\0');
}

/* "http://me@proxy.lan:3128", without the password. */
static char *
write_address (GUri *uri)
{
  GString *address = g_string_new (NULL);

  g_string_append_printf (address, "%s://", g_uri_get_scheme (uri));
  if (g_uri_get_user (uri) != NULL)
    {
      g_string_append_uri_escaped (address, g_uri_get_user (uri), NULL, FALSE);
      g_string_append_c (address, '@');
    }
  g_string_append_printf (address, strchr (g_uri_get_host (uri), ':') != NULL ? "[%s]" : "%s", g_uri_get_host (uri));
  if (g_uri_get_port (uri) != -1)
    g_string_append_printf (address, ":%d", g_uri_get_port (uri));

  return g_string_free_and_steal (address);
}

char *
rushes_proxy_normalize (const char *typed, char **password, GError **error)
{
  g_autofree char *stripped = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (typed != NULL, NULL);
  g_return_val_if_fail (password != NULL, NULL);

  *password = NULL;
  stripped = g_strstrip (g_strdup (typed));
  text = strstr (stripped, "://") != NULL ? g_strdup (stripped) : g_strconcat ("http://", stripped, NULL);
  uri = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || !is_proxy (uri))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("This is not the address of a proxy. It looks like http://proxy.example.com:3128 or "
                           "socks5://me@127.0.0.1:1080."));
      return NULL;
    }
  if (g_uri_get_password (uri) != NULL && *g_uri_get_password (uri) != '\0')
    *password = g_strdup (g_uri_get_password (uri));

  return write_address (uri);
}

gboolean
rushes_proxy_has_user (const char *address)
{
  g_return_val_if_fail (address != NULL, FALSE);

  return strchr (address, '@') != NULL;
}

char *
rushes_proxy_make_uri (const char *address, const char *password)
{
  const char *at = strchr (address, '@');

  g_return_val_if_fail (address != NULL, NULL);

  if (at == NULL)
    return g_strdup (address);
  if (g_str_has_prefix (address, "http://"))
    return g_strconcat ("http://", at + 1, NULL);
  if (password == NULL)
    return g_strdup (address);

  return g_strdup_printf ("%.*s:%s%s", (int) (at - address), address, password, at);
}

gboolean
rushes_proxy_sign_in (const char *address, const char *password, SoupAuth *auth)
{
  g_autoptr (GUri) uri = NULL;
  char *plain;

  g_return_val_if_fail (address != NULL, FALSE);
  g_return_val_if_fail (SOUP_IS_AUTH (auth), FALSE);

  uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (password == NULL || uri == NULL || !soup_auth_is_for_proxy (auth))
    return FALSE;
  plain = g_uri_unescape_string (password, NULL);
  if (plain != NULL)
    soup_auth_authenticate (auth, g_uri_get_user (uri), plain);
  rushes_key_forget (plain);

  return TRUE;
}

/* ---- passwords ---- */

/* An address is no id that a provider can have, so the two never meet in the keyring. */
typedef struct
{
  char *address;
  char *password; /* percent-encoded */
} Keeping;

static void
keeping_free (Keeping *keeping)
{
  g_free (keeping->address);
  rushes_key_forget (keeping->password);
  g_free (keeping);
}

#define OWNER_OF(address)                                                                                              \
  ((RushesKeyOwner) { .provider_id = (address),                                                                        \
                      .origins = (const char *const[]) { (address), NULL },                                            \
                      .environment = (const char *const[]) { RUSHES_PROXY_VARIABLE, NULL } })

static DexFuture *
kept_in_keyring (DexFuture *stored, gpointer data)
{
  return dex_future_new_for_int (RUSHES_KEY_STORED);
}

/* A proxy that is needed now does not wait for a keyring. */
static DexFuture *
keep_for_session (DexFuture *failed, gpointer data)
{
  Keeping *keeping = data;
  g_autoptr (GError) error = NULL;

  dex_future_get_value (failed, &error);
  if (!g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_KEYRING))
    return dex_ref (failed);
  rushes_keyring_keep (rushes_keyring_get_default (), &OWNER_OF (keeping->address), keeping->password);

  return dex_future_new_for_int (RUSHES_KEY_SESSION);
}

DexFuture *
rushes_proxy_keep_password (const char *address, const char *password)
{
  Keeping *keeping;
  DexFuture *future;

  dex_return_error_if_fail (address != NULL && password != NULL);

  keeping = g_new0 (Keeping, 1);
  keeping->address = g_strdup (address);
  keeping->password = g_uri_escape_string (password, NULL, FALSE);
  future = rushes_keyring_store (rushes_keyring_get_default (), &OWNER_OF (address), keeping->password);
  future = dex_future_then (future, kept_in_keyring, NULL, NULL);

  return dex_future_catch (future, keep_for_session, keeping, (GDestroyNotify) keeping_free);
}

DexFuture *
rushes_proxy_look (const char *address)
{
  dex_return_error_if_fail (address != NULL);

  return rushes_keyring_refresh (rushes_keyring_get_default (), &OWNER_OF (address));
}

static DexFuture *
explain (DexFuture *failed, gpointer data)
{
  const char *address = data;
  g_autoptr (GError) error = NULL;

  dex_future_get_value (failed, &error);
  if (!g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_KEYRING))
    return dex_ref (failed);

  return dex_future_new_for_error (
      /* Translators: the address of a proxy, and the name of an environment variable. */
      rushes_error_new (
          RUSHES_ERROR_KEYRING,
          _ ("The password for the proxy %s cannot be read. Unlock the keyring and try again, or set %s."), address,
          RUSHES_PROXY_VARIABLE));
}

DexFuture *
rushes_proxy_find_password (const char *address)
{
  dex_return_error_if_fail (address != NULL);

  return dex_future_catch (rushes_keyring_look_up (rushes_keyring_get_default (), &OWNER_OF (address)), explain,
                           g_strdup (address), g_free);
}

DexFuture *
rushes_proxy_forget (const char *address)
{
  dex_return_error_if_fail (address != NULL);

  return rushes_keyring_clear (rushes_keyring_get_default (), address);
}
