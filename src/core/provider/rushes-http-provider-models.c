/* rushes-http-provider-models.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-model-stock.h"

/* Of a list, and of what one model takes. */
#define MAX_BODY  (8 * 1024 * 1024)
#define MAX_PAGES 20

void
rushes_http_provider_set_cache (RushesHttpProvider *self, GFile *folder)
{
  g_return_if_fail (RUSHES_IS_HTTP_PROVIDER (self));
  g_return_if_fail (folder == NULL || G_IS_FILE (folder));

  g_set_object (&self->cache, folder);
}

gboolean
rushes_http_provider_can_list_models (RushesProvider *provider)
{
  return rushes_protocol_lists_models (RUSHES_HTTP_PROVIDER (provider)->protocol);
}

/* What the description says of a model goes before whatever the service would say. */
gboolean
rushes_http_provider_can_describe_model (RushesProvider *provider, const char *model_id)
{
  return !rushes_provider_is_own_model (provider, model_id) &&
         rushes_protocol_describes_model (RUSHES_HTTP_PROVIDER (provider)->protocol, model_id);
}

/* ---- work on threads ---- */

/* All that the work needs is its own, or not changed by anybody. */
typedef struct
{
  RushesProtocol *protocol;
  RushesModelBase *base;
  GFile *file; /* NULL: nothing is kept */
  char *base_url;

  RushesHttpReply *reply; /* of reading */
  char *model_id;         /* of a schema */
  char *today;
  GPtrArray *sheets; /* of a list: JsonNode, what was read until now */
  char *cursor;      /* what it gives */
  GDateTime *time;
} Work;

static Work *
work_new (RushesHttpProvider *self, const char *base_url)
{
  Work *work = g_new0 (Work, 1);

  work->protocol = g_object_ref (self->protocol);
  work->base = rushes_model_base_ref (rushes_provider_get_model_base (RUSHES_PROVIDER (self)));
  work->base_url = g_strdup (base_url);
  work->time = g_date_time_new_now_utc ();
  work->today = g_date_time_format (work->time, "%Y-%m-%d");
  work->sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  if (self->cache != NULL)
    work->file = rushes_model_stock_get_file (self->cache, rushes_provider_get_id (RUSHES_PROVIDER (self)), base_url);
  return work;
}

static void
work_free (Work *work)
{
  g_object_unref (work->protocol);
  rushes_model_base_unref (work->base);
  g_clear_object (&work->file);
  g_free (work->base_url);
  g_clear_pointer (&work->reply, rushes_http_reply_unref);
  g_free (work->model_id);
  g_free (work->today);
  g_ptr_array_unref (work->sheets);
  g_free (work->cursor);
  g_date_time_unref (work->time);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static DexFuture *
load_work (gpointer data)
{
  Work *work = data;

  return dex_future_new_take_boxed (RUSHES_TYPE_MODEL_STOCK, rushes_model_stock_load (work->file, work->base));
}

/* One page more. */
static DexFuture *
read_work (gpointer data)
{
  Work *work = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) page = NULL;

  g_clear_pointer (&work->cursor, g_free);
  page = rushes_protocol_read_list (work->protocol, work->reply, work->base_url, work->today, &work->cursor, &error);
  if (page == NULL)
    return dex_future_new_for_error (error);
  g_ptr_array_extend_and_steal (work->sheets, g_steal_pointer (&page));
  return dex_future_new_true ();
}

/* What cannot be kept is of use all the same. */
static void
save (RushesModelStock *stock, Work *work)
{
  g_autoptr (GError) error = NULL;

  if (work->file != NULL && !rushes_model_stock_save (stock, work->file, &error))
    g_info ("%s", error->message);
}

/* Another process may have put something there meanwhile. */
static DexFuture *
list_work (gpointer data)
{
  Work *work = data;
  RushesModelStock *stock = rushes_model_stock_load (work->file, work->base);

  rushes_model_stock_set_list (stock, work->sheets, work->time, work->base);
  save (stock, work);
  return dex_future_new_take_boxed (RUSHES_TYPE_MODEL_STOCK, stock);
}

static DexFuture *
schema_work (gpointer data)
{
  Work *work = data;
  g_autoptr (RushesModelStock) stock = NULL;
  g_autoptr (JsonNode) sheet = NULL;
  GError *error = NULL;

  sheet = rushes_protocol_read_schema (work->protocol, work->model_id, work->reply, work->base_url, &error);
  if (sheet == NULL)
    return dex_future_new_for_error (error);
  stock = rushes_model_stock_load (work->file, work->base);
  if (rushes_model_stock_add_schema (stock, sheet, work->base, &error) == NULL)
    return dex_future_new_for_error (error);
  save (stock, work);
  return dex_future_new_take_boxed (RUSHES_TYPE_MODEL_STOCK, g_steal_pointer (&stock));
}

/* In a fiber, which waits for the thread whatever else happens. */
static RushesModelStock *
work_on (RushesWorkFunc func, Work *work, GError **error)
{
  return dex_await_boxed (rushes_async_work (func, work, NULL), error);
}

/* ---- what there is ---- */

static void
put_out (RushesHttpProvider *self, const char *base_url, RushesModelStock *stock)
{
  /* Of another address than is asked now. */
  if (g_strcmp0 (base_url, self->base_url) == 0)
    rushes_provider_set_listed_models (RUSHES_PROVIDER (self), stock->listed, stock->schemas, stock->time);
}

static DexFuture *
load_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  g_autofree char *base_url = g_strdup (errand->self->base_url);
  g_autoptr (Work) work = work_new (errand->self, base_url);
  g_autoptr (RushesModelStock) stock = work_on (load_work, work, NULL);

  if (stock != NULL && (stock->time != NULL || stock->schemas->len > 0))
    put_out (errand->self, work->base_url, stock);
  return dex_future_new_true ();
}

DexFuture *
rushes_http_provider_load_models (RushesProvider *provider)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (provider);

  if (self->base_url == NULL || self->cache == NULL || rushes_provider_get_model_base (provider) == NULL ||
      !rushes_protocol_says_models (self->protocol))
    return dex_future_new_true ();
  if (self->loading == NULL)
    self->loading = rushes_http_errand_run (rushes_http_errand_new (self, NULL), load_fiber);
  return dex_ref (self->loading);
}

void
rushes_http_provider_forget_models (RushesHttpProvider *self)
{
  if (!rushes_protocol_says_models (self->protocol))
    return;
  dex_clear (&self->loading);
  rushes_provider_set_listed_models (RUSHES_PROVIDER (self), NULL, NULL, NULL);
}

/* ---- asking ---- */

/* In a fiber. Takes @request. */
static RushesHttpReply *
ask (RushesHttpErrand *errand, RushesHttpRequest *request, const char *base_url, GError **error)
{
  RushesHttpProvider *self = errand->self;
  g_autoptr (RushesHttpRequest) taken = request;
  g_autoptr (RushesHttp) http = rushes_http_provider_get_http (self);
  g_autoptr (RushesCredentials) credentials = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (RushesHttpReply) reply = NULL;

  if (request == NULL)
    return NULL;
  if (request->with_key)
    credentials = rushes_http_provider_find_credentials (self, base_url, &problem);
  if (problem == NULL)
    reply =
        dex_await_boxed (rushes_http_call (http, request, credentials, rushes_http_provider_is_public_only (base_url),
                                           NULL, errand->cancellable),
                         &problem);
  if (reply == NULL)
    {
      g_propagate_error (error, rushes_http_provider_explain (self, base_url, g_steal_pointer (&problem)));
      return NULL;
    }
  if (g_bytes_get_size (reply->body) > MAX_BODY)
    {
      /* Translators: %s is a provider. */
      rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("What %s says of its models is too long to be read."),
                        rushes_provider_get_name (RUSHES_PROVIDER (self)));
      return NULL;
    }
  return g_steal_pointer (&reply);
}

/* In a fiber: what was kept is there before what is new, and not after it. NULL as rushes_http_provider_require_url().
 */
static Work *
begin (RushesHttpErrand *errand, GError **error)
{
  const char *base_url;

  dex_await (rushes_http_provider_load_models (RUSHES_PROVIDER (errand->self)), NULL);
  base_url = rushes_http_provider_require_url (errand->self, NULL, error);
  return base_url != NULL ? work_new (errand->self, base_url) : NULL;
}

static gboolean
ask_for_part (RushesHttpErrand *errand, Work *work, guint part, GError **error)
{
  g_clear_pointer (&work->cursor, g_free);
  for (guint page = 0; page < MAX_PAGES && work->sheets->len < RUSHES_MAX_LISTED; page++)
    {
      g_clear_pointer (&work->reply, rushes_http_reply_unref);
      work->reply = ask (errand, rushes_protocol_build_list (work->protocol, part, work->cursor, work->base_url, error),
                         work->base_url, error);
      if (work->reply == NULL || !dex_await (rushes_async_work (read_work, work, NULL), error))
        return FALSE;
      if (work->cursor == NULL)
        break;
    }
  return TRUE;
}

static DexFuture *
refresh_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = begin (errand, &error);
  g_autoptr (RushesModelStock) stock = NULL;

  if (work == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  for (guint part = 0; part < rushes_protocol_get_n_list_parts (work->protocol); part++)
    if (!ask_for_part (errand, work, part, &error))
      return dex_future_new_for_error (g_steal_pointer (&error));
  stock = work_on (list_work, work, &error);
  if (stock == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  put_out (errand->self, work->base_url, stock);
  return dex_future_new_for_uint (stock->listed->len);
}

DexFuture *
rushes_http_provider_refresh_models (RushesProvider *provider)
{
  RushesHttpProvider *self = RUSHES_HTTP_PROVIDER (provider);

  if (!rushes_http_provider_can_list_models (provider))
    return RUSHES_PROVIDER_CLASS (g_type_class_peek (RUSHES_TYPE_PROVIDER))->refresh_models (provider);
  return rushes_http_errand_run (rushes_http_errand_new (self, NULL), refresh_fiber);
}

static DexFuture *
describe_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  RushesProvider *provider = RUSHES_PROVIDER (errand->self);
  g_autoptr (GError) error = NULL;
  g_autoptr (Work) work = begin (errand, &error);
  g_autoptr (RushesModelStock) stock = NULL;

  if (work == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  work->model_id = g_strdup (errand->model_id);
  work->reply = ask (errand, rushes_protocol_build_schema (work->protocol, work->model_id, work->base_url, &error),
                     work->base_url, &error);
  if (work->reply != NULL)
    stock = work_on (schema_work, work, &error);
  if (stock == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  put_out (errand->self, work->base_url, stock);
  return dex_future_new_take_object (g_object_ref (rushes_provider_find_model (provider, work->model_id)));
}

DexFuture *
rushes_http_provider_describe_model (RushesProvider *provider, const char *model_id)
{
  RushesHttpErrand *errand;

  if (!rushes_http_provider_can_describe_model (provider, model_id))
    return RUSHES_PROVIDER_CLASS (g_type_class_peek (RUSHES_TYPE_PROVIDER))->describe_model (provider, model_id);
  errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), NULL);
  errand->model_id = g_strdup (model_id);
  return rushes_http_errand_run (errand, describe_fiber);
}
