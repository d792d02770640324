/* rushes-http-provider-fetch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-container.h"
#include "rushes-file-move.h"
#include "rushes-http-download.h"

/* What may be an answer about a clip, and not the clip itself. */
#define MAX_ANSWER (1024 * 1024)

/* Many times the largest clip that any model makes. */
#define MAX_CLIP ((gint64) 8 * 1024 * 1024 * 1024)

/* So many bytes tell what something is. */
#define HEAD 12

static gboolean
looks_like_answer (const char *media_type)
{
  return strstr (media_type, "json") != NULL;
}

/* A page of somebody in between is not worth the disk it would fill. */
static gboolean
welcome (GBytes *head, const char *media_type, gpointer user_data, GError **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (head, &length);

  return length < HEAD || looks_like_answer (media_type) || rushes_container_check_head (data, length, error);
}

/* Whether it lies with the service itself. */
static gboolean
wants_key (RushesHttpProvider *self, const char *uri, const char *base_url)
{
  g_autofree char *origin = rushes_origin_of (uri);
  g_autofree char *base = rushes_origin_of (base_url);

  return origin != NULL &&
         (g_strcmp0 (origin, base) == 0 || g_strv_contains (rushes_protocol_get_origins (self->protocol), origin));
}

static char *
download (RushesHttpErrand *errand, const char *uri, const char *base_url, GError **error)
{
  g_autoptr (RushesHttp) http = rushes_http_provider_get_http (errand->self);
  g_autoptr (GError) problem = NULL;
  RushesDownloadOptions options = {
    .public_only = rushes_http_provider_is_public_only (base_url),
    .welcome = welcome,
    .max_bytes = MAX_CLIP,
    .progress = errand->progress,
    .user_data = errand->user_data,
    .pieces = rushes_job_get_pieces (errand->job),
  };
  char *type;

  /* Most clips lie where no key is wanted: one that cannot be had is no reason not to fetch them. */
  options.credentials = rushes_http_provider_find_marked (errand->self, errand->job, base_url, NULL, NULL);
  if (!wants_key (errand->self, uri, base_url))
    rushes_job_tell_key (errand->job, NULL);
  type = dex_await_string (rushes_http_download (http, uri, errand->part, &options, errand->cancellable), error);
  g_clear_pointer (&options.credentials, rushes_credentials_unref);
  return type;
}

/* A clip is one whatever its server calls it. */
static DexFuture *
check_clip (gpointer data)
{
  g_autoptr (GFileInputStream) stream = g_file_read (data, NULL, NULL);
  guint8 head[HEAD];
  gsize length = 0;

  return dex_future_new_for_boolean (
      stream != NULL && g_input_stream_read_all (G_INPUT_STREAM (stream), head, sizeof head, &length, NULL, NULL) &&
      rushes_container_check_head (head, length, NULL));
}

/* Some services answer with the clip's address where others send the clip. */
static char *
read_address (RushesHttpErrand *errand, const char *base_url, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (RushesAnswer) answer = NULL;
  RushesTask task = rushes_http_provider_make_task (errand->self, errand->job, base_url);

  bytes = dex_await_boxed (dex_file_load_contents_bytes (errand->part), error);
  if (bytes == NULL)
    return NULL;
  if (g_bytes_get_size (bytes) <= MAX_ANSWER)
    {
      reply = rushes_http_reply_new (200, NULL, bytes, errand->uri);
      answer = rushes_http_provider_read (errand->self, RUSHES_OPERATION_RESULT, &task, reply,
                                          rushes_job_get_spool (errand->job), error);
      if (answer == NULL)
        return NULL;
    }
  dex_await (dex_file_delete (errand->part, G_PRIORITY_DEFAULT), NULL);
  rushes_http_download_forget (errand->part);
  if (answer != NULL && answer->outputs != NULL && answer->outputs->len > 0)
    return g_strdup (((const RushesOutput *) g_ptr_array_index (answer->outputs, 0))->uri);

  rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s gives no address of the clip."),
                    rushes_provider_get_name (RUSHES_PROVIDER (errand->self)));
  return NULL;
}

static DexFuture *
fetch_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  g_autofree char *media_type = NULL;
  g_autofree char *address = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (errand->self, errand->job, &error));

  if (base_url == NULL || !(media_type = download (errand, errand->uri, base_url, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!looks_like_answer (media_type) ||
      dex_await_boolean (rushes_async_work (check_clip, g_object_ref (errand->part), g_object_unref), NULL))
    return dex_future_new_true ();

  g_clear_pointer (&media_type, g_free);
  if (!(address = read_address (errand, base_url, &error)) ||
      !(media_type = download (errand, address, base_url, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_http_provider_fetch (RushesProvider *provider,
                            RushesJob *job,
                            const RushesOutput *output,
                            GFile *part,
                            RushesFetchProgress progress,
                            gpointer user_data)
{
  RushesHttpErrand *errand;

  /* A clip that came within the answer lies beside the spool. */
  if (g_str_has_prefix (output->uri, "file:"))
    {
      g_autoptr (GFile) source = g_file_new_for_uri (output->uri);

      return rushes_file_move (source, part);
    }

  errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);
  errand->uri = g_strdup (output->uri);
  errand->part = g_object_ref (part);
  errand->progress = progress;
  errand->user_data = user_data;
  return rushes_http_errand_run (errand, fetch_fiber);
}
