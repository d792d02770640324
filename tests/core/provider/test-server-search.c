/* test-server-search.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>

#include "rushes-error.h"
#include "rushes-registry.h"
#include "rushes-server-search.h"
#include "rushes-test.h"

/* Programs on this computer are found by what they answer, and by nothing else. */

typedef struct
{
  SoupServer *server;
  char *url;
  guint status;
  const char *body;
  const char *location;
  gboolean silent; /* it takes the question and says nothing */
  guint n_asked;
  gboolean was_sent_key;
  GPtrArray *paused; /* SoupServerMessage */
} Host;

static void
asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Host *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  self->n_asked++;
  self->was_sent_key |= soup_message_headers_get_one (headers, "Authorization") != NULL;
  if (self->silent)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->paused, g_object_ref (message));
      return;
    }
  soup_server_message_set_status (message, self->status, NULL);
  if (self->location != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Location", self->location);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, self->body, strlen (self->body));
}

static Host *
host_new (const char *body)
{
  Host *self = g_new0 (Host, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->status = 200;
  self->body = body;
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, asked, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return self;
}

static void
host_free (Host *self)
{
  for (guint i = 0; i < self->paused->len; i++)
    soup_server_message_unpause (self->paused->pdata[i]);
  g_ptr_array_unref (self->paused);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_free (self->url);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Host, host_free)

/* ---- the providers ---- */

/* As it ships, but at other addresses. */
static void
add_provider (RushesRegistry *registry, const char *id, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) shipped = rushes_description_new_shipped (id, &error);
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  JsonArray *regions = json_array_new ();
  const char *url;
  va_list urls;

  g_assert_no_error (error);
  va_start (urls, id);
  while ((url = va_arg (urls, const char *)) != NULL)
    {
      JsonObject *region = json_object_new ();

      json_object_set_string_member (region, "name", url);
      json_object_set_string_member (region, "url", url);
      json_array_add_object_element (regions, region);
    }
  va_end (urls);
  json = json_node_copy (rushes_description_get_json (shipped));
  json_object_set_array_member (json_node_get_object (json), "regions", regions);
  text = json_to_string (json, FALSE);
  bytes = g_bytes_new (text, strlen (text));
  description = rushes_description_new_from_bytes (bytes, id, &error);
  g_assert_no_error (error);
  provider = rushes_http_provider_new (description, rushes_keyring_get_default ());
  rushes_registry_add (registry, provider);
}

/* "comfyui http://127.0.0.1:8188, …" */
static char *
search (RushesRegistry *registry)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = dex_await_boxed (rushes_server_search (G_LIST_MODEL (registry)), &error);
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    {
      const RushesServer *server = found->pdata[i];

      g_string_append_printf (words, "%s%s %s", i > 0 ? ", " : "",
                              rushes_provider_get_id (RUSHES_PROVIDER (server->provider)), server->base_url);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

#define COMFYUI "{\"system\":{\"os\":\"posix\",\"comfyui_version\":\"0.36.0\"},\"devices\":[]}"
#define SGLANG  "{\"object\":\"list\",\"data\":[{\"id\":\"a\",\"owned_by\":\"sglang\",\"task_type\":\"TI2V\"}]}"
#define ANY     "{\"message\":\"Welcome!\"}"

/* Several programs have the same usual address, and other things may run there. */
static void
test_told_apart (void)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (Host) comfyui = host_new (COMFYUI);
  g_autoptr (Host) sglang = host_new (SGLANG);
  g_autoptr (Host) other = host_new (ANY);
  g_autofree char *found = NULL;
  g_autofree char *expected = g_strdup_printf ("comfyui %s, sglang %s", comfyui->url, sglang->url);

  add_provider (registry, "comfyui", other->url, sglang->url, comfyui->url, NULL);
  add_provider (registry, "vllm-omni", sglang->url, comfyui->url, other->url, NULL);
  add_provider (registry, "sglang", sglang->url, comfyui->url, other->url, NULL);
  add_provider (registry, "localai", sglang->url, comfyui->url, other->url, NULL);
  add_provider (registry, "stable-diffusion-cpp", sglang->url, comfyui->url, other->url, NULL);
  found = search (registry);
  g_assert_cmpstr (found, ==, expected);
}

/* One address, and two who may be meant. */
static void
test_two_at_one (void)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (Host) host = host_new (
      "{\"system\":{\"comfyui_version\":\"1\"},\"current_mode\":\"vid_gen\",\"supported_modes\":[\"vid_gen\"]}");
  g_autofree char *found = NULL;
  g_autofree char *expected = g_strdup_printf ("comfyui %s, stable-diffusion-cpp %s", host->url, host->url);

  add_provider (registry, "comfyui", host->url, host->url, NULL);
  add_provider (registry, "stable-diffusion-cpp", host->url, NULL);
  found = search (registry);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (host->n_asked, ==, 2);
}

/* Everything on this computer listens at 0.0.0.0 as well, which is nobody's address. */
static void
test_nowhere_else (void)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (Host) host = host_new (COMFYUI);
  g_autoptr (Host) guide = host_new ("{}");
  g_autofree char *elsewhere = g_strdup_printf ("http://0.0.0.0%s", strrchr (host->url, ':'));
  g_autofree char *location = g_strconcat (host->url, "/system_stats", NULL);
  g_autofree char *found = NULL;

  guide->status = 302;
  guide->location = location;
  add_provider (registry, "comfyui", elsewhere, guide->url, NULL);
  found = search (registry);
  g_assert_cmpstr (found, ==, "");
  g_assert_cmpuint (guide->n_asked, ==, 1);
  g_assert_cmpuint (host->n_asked, ==, 0);
}

static void
test_without_key (void)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (Host) host = host_new (COMFYUI);
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;
  RushesHttpProvider *provider;

  add_provider (registry, "comfyui", host->url, NULL);
  provider = RUSHES_HTTP_PROVIDER (rushes_registry_find (registry, "comfyui"));
  dex_await (rushes_http_provider_set_key (provider, "sk-of-nobody", TRUE), &error);
  g_assert_no_error (error);
  found = search (registry);
  g_assert_true (g_str_has_prefix (found, "comfyui "));
  g_assert_false (host->was_sent_key);
  /* It would be sent otherwise. */
  dex_await (rushes_http_provider_test (provider), &error);
  g_assert_no_error (error);
  g_assert_true (host->was_sent_key);
}

/* Who takes the question and never answers holds up nobody for ever. */
static void
test_silent (void)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (Host) host = host_new (COMFYUI);
  g_autoptr (Host) silent = host_new (COMFYUI);
  g_autofree char *found = NULL;
  g_autofree char *expected = g_strdup_printf ("comfyui %s", host->url);

  silent->silent = TRUE;
  add_provider (registry, "comfyui", silent->url, host->url, NULL);
  found = search (registry);
  g_assert_cmpstr (found, ==, expected);
  g_assert_cmpuint (silent->n_asked, ==, 1);
}

static void
test_ask (void)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (Host) host = host_new (COMFYUI);
  g_autoptr (GError) error = NULL;
  RushesHttpProvider *provider;

  add_provider (registry, "comfyui", NULL);
  provider = RUSHES_HTTP_PROVIDER (rushes_registry_find (registry, "comfyui"));
  g_assert_true (dex_await (rushes_server_ask (provider, host->url), &error));
  g_assert_no_error (error);
  host->status = 401;
  g_assert_false (dex_await (rushes_server_ask (provider, host->url), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_AUTH);
  g_clear_error (&error);
  host->status = 200;
  host->body = ANY;
  g_assert_false (dex_await (rushes_server_ask (provider, host->url), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
  g_clear_error (&error);
  g_assert_false (dex_await (rushes_server_ask (provider, "http://127.0.0.1:1"), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  rushes_test_add_fiber ("/server-search/told-apart", test_told_apart);
  rushes_test_add_fiber ("/server-search/two-at-one", test_two_at_one);
  rushes_test_add_fiber ("/server-search/nowhere-else", test_nowhere_else);
  rushes_test_add_fiber ("/server-search/without-key", test_without_key);
  rushes_test_add_fiber ("/server-search/silent", test_silent);
  rushes_test_add_fiber ("/server-search/ask", test_ask);

  return g_test_run ();
}
