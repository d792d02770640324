/* rushes-background.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-background.h"

#include "rushes-async.h"
#include "rushes-sandbox.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define BACKGROUND  "org.freedesktop.portal.Background"
#define REQUEST     "org.freedesktop.portal.Request"

typedef struct
{
  GDBusConnection *connection;
  char *reason;
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_object_unref (request->connection);
  g_free (request->reason);
  g_free (request);
}

static void
called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);

  if (reply != NULL)
    dex_promise_resolve_boolean (promise, TRUE);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static DexFuture *
call (GDBusConnection *connection, const char *method, GVariant *parameters)
{
  DexPromise *promise = dex_promise_new ();

  g_dbus_connection_call (connection, PORTAL_NAME, PORTAL_PATH, BACKGROUND, method, parameters, NULL,
                          G_DBUS_CALL_FLAGS_NONE, -1, NULL, called, dex_ref (promise));

  return DEX_FUTURE (promise);
}

static void
answered (GDBusConnection *connection,
          const char *sender,
          const char *path,
          const char *interface,
          const char *signal,
          GVariant *parameters,
          gpointer data)
{
  DexPromise *promise = data;
  g_autoptr (GVariant) results = NULL;
  gboolean may = FALSE;
  guint response;

  g_variant_get (parameters, "(u@a{sv})", &response, &results);
  /* Whoever closed the question has not agreed. */
  if (response == 0)
    g_variant_lookup (results, "background", "b", &may);
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_boolean (promise, may);
}

static DexFuture *
request_fiber (gpointer data)
{
  Request *request = data;
  g_autoptr (DexPromise) promise = dex_promise_new ();
  g_autofree char *sender =
      g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (request->connection) + 1), ".", '_');
  g_autofree char *token = g_strdup_printf ("rushes%u", g_random_int ());
  g_autofree char *path = g_strconcat (PORTAL_PATH "/request/", sender, "/", token, NULL);
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GError) error = NULL;
  gboolean may = TRUE;
  guint subscription;

  g_variant_dict_insert (&options, "handle_token", "s", token);
  g_variant_dict_insert (&options, "reason", "s", request->reason);
  g_variant_dict_insert (&options, "autostart", "b", FALSE);
  /* The answer may be there before the call comes back. */
  subscription = g_dbus_connection_signal_subscribe (request->connection, PORTAL_NAME, REQUEST, "Response", path, NULL,
                                                     G_DBUS_SIGNAL_FLAGS_NONE, answered, dex_ref (promise), dex_unref);
  if (dex_await (call (request->connection, "RequestBackground",
                       g_variant_new ("(s@a{sv})", "", g_variant_dict_end (&options))),
                 &error))
    may = dex_await_boolean (dex_ref (DEX_FUTURE (promise)), NULL);
  else
    g_debug ("Nobody is there to be asked about the background: %s", error->message);
  g_dbus_connection_signal_unsubscribe (request->connection, subscription);

  return dex_future_new_for_boolean (may);
}

DexFuture *
rushes_background_request (GDBusConnection *connection, const char *reason)
{
  Request *request;

  dex_return_error_if_fail (connection == NULL || G_IS_DBUS_CONNECTION (connection));
  dex_return_error_if_fail (reason != NULL);

  if (connection == NULL || !rushes_sandbox_is_there ())
    return dex_future_new_true ();
  request = g_new0 (Request, 1);
  request->connection = g_object_ref (connection);
  request->reason = g_strdup (reason);

  return rushes_async_spawn (request_fiber, request, request_free);
}

void
rushes_background_say (GDBusConnection *connection, const char *status)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);

  g_return_if_fail (connection == NULL || G_IS_DBUS_CONNECTION (connection));
  g_return_if_fail (status != NULL);

  if (connection == NULL || !rushes_sandbox_is_there ())
    return;
  g_variant_dict_insert (&options, "message", "s", status);
  /* Older portals do not know it, and miss nothing but the words. */
  dex_future_disown (call (connection, "SetStatus", g_variant_new ("(@a{sv})", g_variant_dict_end (&options))));
}
