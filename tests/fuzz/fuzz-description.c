/* fuzz-description.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A description of a provider that a stranger wrote. One that is taken is used for a first request. */

#include <string.h>

#include "rushes-description.h"
#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-fuzz.h"
#include "rushes-http-address.h"
#include "rushes-protocol.h"
#include "rushes-request.h"

/* A key or a picture goes only to an address that is https or in a private network, and no header says who it is for.
 */
static void
check_request (const RushesHttpRequest *request)
{
  static const char *const forbidden[] = { "Host",   "Cookie", "Authorization", "Content-Length", "Transfer-Encoding",
                                           "Upgrade" };
  g_autoptr (GUri) uri = g_uri_parse (request->address, SOUP_HTTP_URI_FLAGS, NULL);

  g_assert_nonnull (uri);
  g_assert_true (g_str_equal (g_uri_get_scheme (uri), "https") || rushes_http_is_private_name (g_uri_get_host (uri)));
  for (guint i = 0; i < request->headers->len; i += 2)
    {
      const char *name = g_ptr_array_index (request->headers, i);
      const char *value = g_ptr_array_index (request->headers, i + 1);

      for (gsize n = 0; n < G_N_ELEMENTS (forbidden); n++)
        g_assert_cmpint (g_ascii_strcasecmp (name, forbidden[n]), !=, 0);
      g_assert_null (strpbrk (value, "\r\n"));
    }
}

static void
use (RushesDescription *description)
{
  RushesProtocol *protocol = rushes_description_get_protocol (description);
  GListModel *models = rushes_description_get_models (description);
  GPtrArray *regions = protocol != NULL ? rushes_protocol_get_regions (protocol) : NULL;

  for (guint i = 0; i < MIN (g_list_model_get_n_items (models), 3); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      g_autoptr (RushesRequest) request = NULL;
      g_autoptr (GPtrArray) pictures = g_ptr_array_new ();
      RushesTask task;

      rushes_draft_set_prompt (draft, "A kite");
      rushes_draft_set_model (draft, rushes_description_get_id (description), rushes_model_get_id (model));
      request = rushes_request_new (draft, model, 0);
      task = (RushesTask) { .request = request, .model = model, .own_id = "own", .task_id = "7", .pictures = pictures };
      for (guint n = 0; regions != NULL && n < regions->len; n++)
        for (RushesOperation operation = 0; operation < RUSHES_OPERATION_UPLOAD; operation++)
          {
            g_autoptr (RushesHttpRequest) built = NULL;
            g_autoptr (GError) error = NULL;

            task.base_url = ((RushesRegion *) g_ptr_array_index (regions, n))->url;
            if (rushes_protocol_has (protocol, &task, operation) &&
                (built = rushes_protocol_build (protocol, operation, &task, &error)) != NULL)
              check_request (built);
            if (error != NULL)
              rushes_fuzz_check_error (error);
          }
    }
}

static void
check_strange (RushesDescription *description)
{
  static const char *const ours[] = { "animatic", "xai", "runway", "kling", "pika", "jiekou", "dyuapi", "sora2" };
  const char *id = rushes_description_get_id (description);
  g_auto (GStrv) hosts = rushes_description_list_hosts (description);

  for (gsize i = 0; i < G_N_ELEMENTS (ours); i++)
    g_assert_cmpstr (id, !=, ours[i]);
  g_assert_cmpuint (strspn (id, "abcdefghijklmnopqrstuvwxyz0123456789-"), ==, strlen (id));
  for (char **host = hosts; *host != NULL; host++)
    g_assert_true (g_utf8_validate (*host, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) strange_error = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) strange = rushes_description_new_strange (bytes, "strange.json", &strange_error);
  g_autoptr (RushesDescription) own = rushes_description_new_from_bytes (bytes, "own.json", &error);

  if (strange != NULL)
    {
      check_strange (strange);
      use (strange);
    }
  else
    rushes_fuzz_check_error (strange_error);
  if (own != NULL)
    use (own);
  else
    rushes_fuzz_check_error (error);

  return 0;
}

static const char *const strange_ones[] = {
  "{\"version\":1,\"id\":\"mine\",\"name\":\"Mine\",\"base\":\"xai\","
  "\"regions\":[{\"name\":\"Home\",\"url\":\"http://127.0.0.1:8000\"}]}",
  "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\",\"engine\":\"http\",\"default_model\":\"red\","
  "\"models\":[{\"id\":\"red\",\"name\":\"Red\",\"durations\":[5,7.5],\"resolutions\":[\"720p\"],\"aspects\":[\"16:9\"]"
  ","
  "\"inputs\":{\"first_frame\":\"optional\",\"references\":3},\"seed\":true,\"audio\":true,"
  "\"parameters\":[{\"name\":\"steps\",\"title\":\"Steps\",\"kind\":\"integer\",\"default\":20,\"minimum\":1,"
  "\"maximum\":50}]}],"
  "\"regions\":[{\"name\":\"West\",\"url\":\"https://api.kites.example\"}],\"auth\":{\"scheme\":\"bearer\"},"
  "\"headers\":{\"X-Version\":\"3\"},\"pictures\":{\"as\":[\"data\"],\"types\":[\"image/png\"]},"
  "\"protocol\":{\"submit\":{\"method\":\"POST\",\"path\":\"/v1/videos\",\"json\":{\"prompt\":\"{prompt}\"}},"
  "\"status\":{\"path\":\"/v1/videos/{task_id}\"},\"answer\":{\"task\":[\"id\"],\"state\":{\"at\":[\"state\"],"
  "\"running\":[\"flying\"]},\"clips\":{\"at\":[\"urls[*]\"]},\"failures\":[{\"code\":[\"policy.*\"],"
  "\"error\":\"REJECTED\",\"charged\":\"no\"}]}}}",
};

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strange_ones); i++)
    rushes_fuzz_add_text (seeds, strange_ones[i]);
  rushes_fuzz_add_files (seeds, "data/providers", ".json", 64 * 1024);
}
