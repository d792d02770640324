/* rushes-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http.h"

#include "rushes-http-exchange-private.h"

#define MAX_CONNECTIONS          256
#define MAX_CONNECTIONS_PER_HOST 64
#define IDLE_SECONDS             60

struct _RushesHttp
{
  GObject parent_instance;

  char *proxy;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (RushesHttp, rushes_http, G_TYPE_OBJECT)

/* Those that are in use, by their proxy ("" for the system's); the table holds no references. */
static GHashTable *all;

static void
rushes_http_finalize (GObject *object)
{
  RushesHttp *self = RUSHES_HTTP (object);

  g_hash_table_remove (all, self->proxy);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->proxy, g_free);

  G_OBJECT_CLASS (rushes_http_parent_class)->finalize (object);
}

static void
rushes_http_class_init (RushesHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_http_finalize;
}

static void
rushes_http_init (RushesHttp *self)
{
}

RushesHttp *
rushes_http_for_proxy (const char *proxy)
{
  RushesHttp *self;

  if (all == NULL)
    all = g_hash_table_new (g_str_hash, g_str_equal);
  if ((self = g_hash_table_lookup (all, proxy != NULL ? proxy : "")))
    return g_object_ref (self);

  self = g_object_new (RUSHES_TYPE_HTTP, NULL);
  self->proxy = g_strdup (proxy != NULL ? proxy : "");
  self->session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS, "max-conns-per-host",
                                                 MAX_CONNECTIONS_PER_HOST, "timeout", 0, "idle-timeout", IDLE_SECONDS,
                                                 "user-agent", "Rushes/" APP_VERSION, NULL);
  if (proxy != NULL)
    {
      g_autoptr (GProxyResolver) resolver = g_simple_proxy_resolver_new (proxy, NULL);

      soup_session_set_proxy_resolver (self->session, resolver);
    }
  g_hash_table_insert (all, self->proxy, self);
  return self;
}

DexFuture *
rushes_http_send (RushesHttp *self,
                  SoupMessage *message,
                  const RushesHttpClocks *clocks,
                  gboolean public_only,
                  GCancellable *cancellable)
{
  g_autoptr (RushesHttpExchange) exchange = NULL;

  g_return_val_if_fail (RUSHES_IS_HTTP (self), NULL);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  exchange = rushes_http_exchange_new (self, message, clocks, public_only, cancellable);
  return rushes_http_exchange_start (exchange, self->session);
}
