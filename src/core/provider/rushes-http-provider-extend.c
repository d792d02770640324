/* rushes-http-provider-extend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-provider-private.h"

/* Whose clip it is decides who may make it longer: the same service, at the same address, with the same key. */

gboolean
rushes_http_provider_admits_extension (RushesHttpProvider *self,
                                       const RushesTask *task,
                                       const RushesKeyMark *mark,
                                       GError **error)
{
  const RushesExtension *extension = rushes_request_get_extension (task->request);
  GError *problem = NULL;

  if (extension == NULL)
    return TRUE;
  if (task->model != NULL && (problem = rushes_model_check_extension (task->model, extension)) != NULL)
    {
      g_propagate_error (error, problem);
      return FALSE;
    }
  return rushes_extension_check_place (extension, task->base_url, mark,
                                       rushes_provider_get_name (RUSHES_PROVIDER (self)), error) &&
         rushes_protocol_check_extension (self->protocol, task, error);
}

static DexFuture *
check_fiber (gpointer data)
{
  RushesHttpErrand *errand = data;
  g_autoptr (RushesKeyMark) mark = NULL;
  g_autoptr (RushesCredentials) credentials = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *base_url = g_strdup (rushes_http_provider_require_url (errand->self, errand->job, &error));
  RushesTask task;

  if (base_url == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  credentials = rushes_http_provider_find_marked (errand->self, errand->job, base_url, &mark, &error);
  task = rushes_http_provider_make_task (errand->self, errand->job, base_url);
  if (error != NULL || !rushes_http_provider_admits_extension (errand->self, &task, mark, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
rushes_http_provider_check_extension (RushesProvider *provider, RushesJob *job)
{
  RushesHttpErrand *errand = rushes_http_errand_new (RUSHES_HTTP_PROVIDER (provider), job);

  return rushes_http_errand_run (errand, check_fiber);
}
