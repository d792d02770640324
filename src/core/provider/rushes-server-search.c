/* rushes-server-search.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-server-search.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-http-call.h"
#include "rushes-protocol.h"

/* Seconds. A program on this computer answers at once, but it may be busy with a clip. */
#define PATIENCE 5.0

static RushesServer *
server_new (RushesHttpProvider *provider, const char *base_url)
{
  RushesServer *self = g_new0 (RushesServer, 1);

  self->provider = g_object_ref (provider);
  self->base_url = g_strdup (base_url);
  return self;
}

static void
server_free (gpointer data)
{
  RushesServer *self = data;

  g_object_unref (self->provider);
  g_free (self->base_url);
  g_free (self);
}

static RushesProtocol *
get_protocol (RushesHttpProvider *provider)
{
  return rushes_description_get_protocol (rushes_provider_get_description (RUSHES_PROVIDER (provider)));
}

gboolean
rushes_server_is_kind (RushesProvider *provider)
{
  return RUSHES_IS_HTTP_PROVIDER (provider) &&
         rushes_protocol_get_server (get_protocol (RUSHES_HTTP_PROVIDER (provider))) != NULL;
}

/* ---- one question ---- */

static RushesHttpReply *
send (RushesHttpRequest *request, GError **error)
{
  g_autoptr (RushesHttp) http = rushes_http_for_proxy ("direct://");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *sentence = NULL;
  RushesHttpReply *reply;

  /* Translators: %s is an address, http://127.0.0.1:8188. */
  sentence = g_strdup_printf (_ ("Nothing answers at %s in time."), request->address);
  request->stays = TRUE;
  request->first_byte = PATIENCE;
  reply = dex_await_boxed (
      rushes_async_limit (rushes_http_call (http, request, NULL, FALSE, NULL, cancellable), PATIENCE, sentence), error);
  g_cancellable_cancel (cancellable);
  return reply;
}

static DexFuture *
ask_fiber (gpointer data)
{
  RushesServer *server = data;
  RushesProtocol *protocol = get_protocol (server->provider);
  RushesTask task = { .base_url = server->base_url };
  g_autoptr (RushesHttpRequest) request = NULL;
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (!rushes_protocol_has (protocol, &task, RUSHES_OPERATION_TEST))
    error = rushes_error_new (RUSHES_ERROR_UNSUPPORTED, _ ("%s has no question that costs nothing."),
                              rushes_provider_get_name (RUSHES_PROVIDER (server->provider)));
  else
    request = rushes_protocol_build (protocol, RUSHES_OPERATION_TEST, &task, &error);
  if (request != NULL)
    reply = send (request, &error);
  if (reply == NULL || !rushes_protocol_read_consent (protocol, RUSHES_OPERATION_TEST, &task, reply, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_server_ask (RushesHttpProvider *provider, const char *base_url)
{
  dex_return_error_if_fail (RUSHES_IS_HTTP_PROVIDER (provider));
  dex_return_error_if_fail (base_url != NULL);

  return rushes_async_spawn (ask_fiber, server_new (provider, base_url), server_free);
}

/* ---- all of them ---- */

static gboolean
is_here (const char *base_url)
{
  g_autoptr (GUri) uri = rushes_http_parse_address (base_url, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return address != NULL ? g_inet_address_get_is_loopback (address) : g_strcmp0 (host, "localhost") == 0;
}

static void
add_place (GPtrArray *places, RushesHttpProvider *provider, const char *base_url)
{
  if (base_url == NULL || !is_here (base_url))
    return;
  for (guint i = 0; i < places->len; i++)
    {
      const RushesServer *place = g_ptr_array_index (places, i);

      if (place->provider == provider && g_str_equal (place->base_url, base_url))
        return;
    }
  g_ptr_array_add (places, server_new (provider, base_url));
}

static DexFuture *
search_fiber (gpointer data)
{
  GPtrArray *places = data;
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (server_free);

  for (guint i = 0; i < places->len; i++)
    {
      const RushesServer *place = g_ptr_array_index (places, i);

      g_ptr_array_add (answers, rushes_server_ask (place->provider, place->base_url));
    }
  for (guint i = 0; i < places->len; i++)
    {
      const RushesServer *place = g_ptr_array_index (places, i);

      if (dex_await (dex_ref (g_ptr_array_index (answers, i)), NULL))
        g_ptr_array_add (found, server_new (place->provider, place->base_url));
    }
  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&found));
}

DexFuture *
rushes_server_search (GListModel *providers)
{
  GPtrArray *places = g_ptr_array_new_with_free_func (server_free);

  dex_return_error_if_fail (G_IS_LIST_MODEL (providers));

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (providers, i);
      GPtrArray *regions;

      if (!rushes_server_is_kind (provider))
        continue;
      regions = rushes_protocol_get_regions (get_protocol (RUSHES_HTTP_PROVIDER (provider)));
      add_place (places, RUSHES_HTTP_PROVIDER (provider),
                 rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)));
      for (guint n = 0; n < regions->len; n++)
        add_place (places, RUSHES_HTTP_PROVIDER (provider), ((const RushesRegion *) regions->pdata[n])->url);
    }
  return rushes_async_spawn (search_fiber, places, (GDestroyNotify) g_ptr_array_unref);
}
