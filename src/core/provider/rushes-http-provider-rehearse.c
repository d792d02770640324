/* rushes-http-provider-rehearse.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

/* Stands for a key, also where there is none. */
#define SOME_KEY "***"

static void
show_header (const char *name, const char *value, gpointer data)
{
  json_object_set_string_member (data, name, value);
}

/* Lets the very function that puts keys into requests put this one in. */
static void
show_key (RushesHttpProvider *self, RushesHttpRequest *request, JsonObject *object)
{
  g_autofree char *origin = rushes_origin_of (request->address);
  const char *const origins[] = { origin, NULL };
  g_autoptr (RushesCredentials) credentials = rushes_protocol_make_credentials (self->protocol, SOME_KEY, origins);
  g_autoptr (SoupMessage) message = soup_message_new (request->method, request->address);

  if (credentials == NULL || message == NULL || !request->with_key)
    return;
  rushes_credentials_apply (credentials, message);
  soup_message_headers_foreach (soup_message_get_request_headers (message), show_header,
                                json_object_get_object_member (object, "headers"));
  if (strstr (request->address, SOME_KEY) == NULL && g_uri_get_query (soup_message_get_uri (message)) != NULL &&
      strstr (g_uri_get_query (soup_message_get_uri (message)), SOME_KEY) != NULL)
    {
      g_autofree char *address = g_uri_to_string (soup_message_get_uri (message));

      json_object_set_string_member (object, "url", address);
    }
}

static void
list_request (RushesHttpProvider *self, JsonArray *list, const char *step, RushesHttpRequest *request)
{
  JsonNode *node = rushes_http_request_to_json (request);
  JsonObject *object = json_node_get_object (node);

  json_object_set_string_member (object, "step", step);
  show_key (self, request, object);
  json_array_add_element (list, node);
}

/* The first step alone: what the others say is known only when it was answered. */
static void
list_upload (RushesHttpProvider *self, const RushesTask *task, const RushesSentPicture *picture, JsonArray *list)
{
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (RushesHttpRequest) request = rushes_protocol_build_upload (self->protocol, 0, task, picture, values, NULL);

  if (request != NULL)
    list_request (self, list, "upload", request);
}

/* A clip is made longer where it was made; with which key nobody looks here. */
static gboolean
is_its_place (const RushesTask *task, RushesProvider *provider, GError **error)
{
  const RushesExtension *extension = rushes_request_get_extension (task->request);

  return extension == NULL || rushes_extension_check_place (extension, task->base_url, extension->key,
                                                            rushes_provider_get_name (provider), error);
}

static DexFuture *
rehearse_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesHttpProvider *self = errand->self;
  g_autoptr (JsonNode) result = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (RushesHttpRequest) request = NULL;
  g_autoptr (GPtrArray) pictures = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (self, errand->job, &error));
  RushesTask task;

  if (base_url == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  task = rushes_http_provider_make_task (self, errand->job, base_url);
  if (!is_its_place (&task, RUSHES_PROVIDER (self), &error) ||
      !(pictures = rushes_http_provider_make_pictures (errand, &task, TRUE, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  task.pictures = pictures;

  for (guint i = 0; i < pictures->len; i++)
    {
      const RushesSentPicture *picture = g_ptr_array_index (pictures, i);

      if (picture->form == RUSHES_FORM_UPLOAD)
        list_upload (self, &task, picture, list);
    }
  if (!(request = rushes_protocol_build (self->protocol, RUSHES_OPERATION_SUBMIT, &task, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  list_request (self, list, "submit", request);

  json_node_set_array (result, list);
  return dex_future_new_take_boxed (JSON_TYPE_NODE, g_steal_pointer (&result));
}

DexFuture *
rushes_http_provider_rehearse (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, rehearse_fiber);
}
