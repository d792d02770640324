/* rushes-pipeline-ahead.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pipeline-private.h"

#include "rushes-async.h"
#include "rushes-http-download.h"
#include "rushes-landing.h"

/* A clip that is fetched while the answer to the submit still comes. It lies in the part file of its attempt, where the
 * download that follows the answer finds it, whole or in part. */

static GFile *
get_part (RushesPipeline *self)
{
  return rushes_library_get_clip_place (self->library, self->take, self->attempt->number - 1, "part");
}

static DexFuture *
fetch_fiber (gpointer data)
{
  RushesPipeline *self = data;
  RushesOutput output = { .uri = self->ahead_uri };
  g_auto (RushesLanding) landing = { .part = get_part (self) };
  g_autoptr (DexFuture) work = NULL;
  g_autoptr (GError) error = NULL;

  dex_await_boolean (rushes_landing_prepare (&landing), &error);
  if (error != NULL || rushes_pipeline_is_stopped (self))
    return dex_future_new_false ();
  work = rushes_provider_fetch (self->provider, self->job, &output, landing.part, rushes_pipeline_report_bytes, self);
  return dex_future_new_for_boolean (rushes_pipeline_await (self, work, FALSE, NULL) != NULL);
}

void
rushes_pipeline_fetch_ahead (RushesPipeline *self, const char *uri)
{
  if (self->ahead != NULL || rushes_pipeline_is_stopped (self))
    return;
  g_set_str (&self->ahead_uri, uri);
  self->ahead = rushes_async_spawn (fetch_fiber, g_object_ref (self), g_object_unref);
}

gboolean
rushes_pipeline_await_ahead (RushesPipeline *self)
{
  return self->ahead != NULL && dex_await_boolean (g_steal_pointer (&self->ahead), NULL);
}

static void
drop (RushesPipeline *self, GFile *part)
{
  rushes_pipeline_end_arrival (self, RUSHES_ARRIVAL_GONE);
  dex_await (dex_file_delete (part, G_PRIORITY_DEFAULT), NULL);
  rushes_http_download_forget (part);
}

void
rushes_pipeline_drop_ahead (RushesPipeline *self)
{
  g_autoptr (GFile) part = get_part (self);

  if (self->ahead == NULL)
    return;
  rushes_pipeline_await_ahead (self);
  drop (self, part);
}

void
rushes_pipeline_settle_ahead (RushesPipeline *self)
{
  GPtrArray *outputs = self->attempt->outputs;
  const RushesOutput *first = outputs->len > 0 ? g_ptr_array_index (outputs, 0) : NULL;

  if (first != NULL && g_strcmp0 (first->uri, self->ahead_uri) == 0)
    rushes_pipeline_await_ahead (self);
  else
    rushes_pipeline_drop_ahead (self);
}

RushesAnswer *
rushes_pipeline_land_ahead (RushesPipeline *self)
{
  g_auto (RushesLanding) landing = { .part = get_part (self) };
  RushesAnswer *answer;

  if (self->ahead == NULL)
    return NULL;
  if (!rushes_pipeline_await_ahead (self) || !dex_await (rushes_landing_finish (&landing), NULL))
    {
      drop (self, landing.part);
      return NULL;
    }

  rushes_http_download_forget (landing.part);
  answer = rushes_answer_new (RUSHES_PHASE_DONE);
  rushes_answer_add_output (answer, self->ahead_uri, 0, NULL);
  return answer;
}
