/* rushes-http.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http.h"

#include "rushes-error.h"
#include "rushes-http-exchange-private.h"
#include "rushes-proxy.h"
#include "rushes-settings.h"

#define MAX_CONNECTIONS          256
#define MAX_CONNECTIONS_PER_HOST 64
#define IDLE_SECONDS             60

struct _RushesHttp
{
  GObject parent_instance;

  char *name;     /* in the table */
  char *proxy;    /* NULL for the system's */
  gboolean usual; /* also for what lies on this computer, which is passed by */
  char *password; /* that of the session, percent-encoded; NULL */
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (RushesHttp, rushes_http, G_TYPE_OBJECT)

/* Those that are in use; the table holds no references. */
static GHashTable *all;

/* What a proxy elsewhere cannot lead to. */
static const char *const this_computer[] = { "localhost", "*.localhost", "127.0.0.0/8", "::1", NULL };

static void
rushes_http_finalize (GObject *object)
{
  RushesHttp *self = RUSHES_HTTP (object);

  g_hash_table_remove (all, self->name);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->password, rushes_key_forget);
  g_clear_pointer (&self->proxy, g_free);
  g_clear_pointer (&self->name, g_free);

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

static SoupSession *
new_session (RushesHttp *self)
{
  SoupSession *session = soup_session_new_with_options ("max-conns", MAX_CONNECTIONS, "max-conns-per-host",
                                                        MAX_CONNECTIONS_PER_HOST, "timeout", 0, "idle-timeout",
                                                        IDLE_SECONDS, "user-agent", "Rushes/" APP_VERSION, NULL);

  if (self->proxy != NULL)
    {
      char *uri = rushes_proxy_make_uri (self->proxy, self->password);
      g_autoptr (GProxyResolver) resolver =
          g_simple_proxy_resolver_new (uri, self->usual ? (char **) this_computer : NULL);

      soup_session_set_proxy_resolver (session, resolver);
      rushes_key_forget (uri);
    }

  return session;
}

/* Takes @proxy, which may be empty. */
static RushesHttp *
get (char *proxy, gboolean usual)
{
  g_autofree char *name = g_strconcat (usual && *proxy != '\0' ? "usual " : "", proxy, NULL);
  RushesHttp *self;

  if (all == NULL)
    all = g_hash_table_new (g_str_hash, g_str_equal);
  if ((self = g_hash_table_lookup (all, name)))
    {
      g_free (proxy);
      return g_object_ref (self);
    }

  self = g_object_new (RUSHES_TYPE_HTTP, NULL);
  self->name = g_steal_pointer (&name);
  self->usual = usual;
  if (*proxy != '\0')
    self->proxy = proxy;
  else
    g_free (proxy);
  self->session = new_session (self);
  g_hash_table_insert (all, self->name, self);

  return self;
}

RushesHttp *
rushes_http_for_proxy (const char *proxy)
{
  return get (g_strdup (proxy != NULL ? proxy : ""), FALSE);
}

RushesHttp *
rushes_http_usual (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  return get (g_settings_get_string (settings, "proxy"), TRUE);
}

/* What is under way keeps its session. */
static void
use_password (RushesHttp *self, const char *password)
{
  if (g_strcmp0 (self->password, password) == 0)
    return;
  g_clear_pointer (&self->password, rushes_key_forget);
  self->password = g_strdup (password);
  g_object_unref (self->session);
  self->session = new_session (self);
}

/* A wrong password is not tried twice. */
static gboolean
asked_to_sign_in (SoupMessage *message, SoupAuth *auth, gboolean again, RushesHttp *self)
{
  return !again && rushes_proxy_sign_in (self->proxy, self->password, auth);
}

typedef struct
{
  RushesHttp *http;
  RushesHttpExchange *exchange;
  RushesHttpOpened opened; /* NULL */
  gpointer opened_data;
} Sending;

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->exchange);
  g_object_unref (sending->http);
  g_free (sending);
}

/* Without a password the proxy is asked all the same: it says itself that it wants one. */
static DexFuture *
password_came (DexFuture *answer, gpointer data)
{
  Sending *sending = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (answer, &error);
  const RushesKey *key = value != NULL ? g_value_get_boxed (value) : NULL;

  if (key == NULL && !g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_AUTH))
    return dex_future_new_for_error (g_steal_pointer (&error));
  use_password (sending->http, key != NULL ? key->value : NULL);

  return rushes_http_exchange_start (sending->exchange, sending->http->session, sending->opened, sending->opened_data);
}

static DexFuture *
start (RushesHttp *self,
       SoupMessage *message,
       const RushesHttpClocks *clocks,
       gboolean public_only,
       RushesHttpOpened opened,
       gpointer opened_data,
       GCancellable *cancellable)
{
  g_autoptr (RushesHttpExchange) exchange = NULL;
  Sending *sending;

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  exchange = rushes_http_exchange_new (self, message, clocks, public_only, cancellable);
  if (self->proxy == NULL || !rushes_proxy_has_user (self->proxy))
    return rushes_http_exchange_start (exchange, self->session, opened, opened_data);

  g_signal_connect_object (message, "authenticate", G_CALLBACK (asked_to_sign_in), self, 0);
  sending = g_new0 (Sending, 1);
  sending->http = g_object_ref (self);
  sending->exchange = g_steal_pointer (&exchange);
  sending->opened = opened;
  sending->opened_data = opened_data;
  return dex_future_finally (rushes_proxy_find_password (self->proxy), password_came, sending,
                             (GDestroyNotify) sending_free);
}

DexFuture *
rushes_http_send (RushesHttp *self,
                  SoupMessage *message,
                  const RushesHttpClocks *clocks,
                  gboolean public_only,
                  GCancellable *cancellable)
{
  g_return_val_if_fail (RUSHES_IS_HTTP (self), NULL);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);

  return start (self, message, clocks, public_only, NULL, NULL, cancellable);
}

DexFuture *
rushes_http_open_socket (RushesHttp *self,
                         SoupMessage *message,
                         const RushesHttpClocks *clocks,
                         gboolean public_only,
                         RushesHttpOpened opened,
                         gpointer opened_data,
                         GCancellable *cancellable)
{
  g_return_val_if_fail (RUSHES_IS_HTTP (self), NULL);
  g_return_val_if_fail (SOUP_IS_MESSAGE (message), NULL);
  g_return_val_if_fail (opened != NULL, NULL);

  return start (self, message, clocks, public_only, opened, opened_data, cancellable);
}
