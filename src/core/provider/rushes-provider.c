/* rushes-provider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-file-move.h"
#include "rushes-model-shelf.h"
#include "rushes-provider-settings.h"

/* How much longer each pause between two questions is than the one before. */
#define BACK_OFF 1.3

typedef struct
{
  RushesDescription *description;
  RushesModelShelf *shelf;
  double interval; /* of this run; 0 */
} RushesProviderPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RushesProvider, rushes_provider, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DESCRIPTION,
  N_PROPS
};

enum
{
  CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static RushesDescription *
description_of (RushesProvider *self)
{
  RushesProviderPrivate *priv = rushes_provider_get_instance_private (self);

  return priv->description;
}

/* ---- what a provider does unless it knows better ---- */

static GError *
rushes_provider_real_get_problem (RushesProvider *self)
{
  return NULL;
}

static DexFuture *
rushes_provider_real_prepare (RushesProvider *self, RushesJob *job)
{
  return dex_future_new_true ();
}

/* The pause that came last hangs on the job, so that a task that was found again after a restart begins anew. */
static DexFuture *
rushes_provider_real_wait (RushesProvider *self, RushesJob *job, RushesAnswer *last)
{
  static GQuark quark;
  RushesProviderPrivate *priv = rushes_provider_get_instance_private (self);
  double interval, slowest, *pause;

  if (priv->interval > 0)
    return rushes_async_sleep (priv->interval);
  if (quark == 0)
    quark = g_quark_from_static_string ("rushes-provider-pause");

  rushes_description_get_poll (description_of (self), &interval, &slowest);
  pause = g_object_get_qdata (G_OBJECT (job), quark);
  if (pause == NULL)
    {
      pause = g_new (double, 1);
      *pause = interval;
      g_object_set_qdata_full (G_OBJECT (job), quark, pause, g_free);
    }
  else
    *pause = MIN (*pause * BACK_OFF, slowest);

  return rushes_async_sleep (*pause);
}

static DexFuture *
rushes_provider_real_cancel (RushesProvider *self, RushesJob *job)
{
  return dex_future_new_for_error (rushes_error_new (
      RUSHES_ERROR_UNSUPPORTED, _ ("%s cannot cancel a take that was accepted."), rushes_provider_get_name (self)));
}

static DexFuture *
rushes_provider_real_recover (RushesProvider *self, RushesJob *job)
{
  return dex_future_new_for_error (
      rushes_error_new (RUSHES_ERROR_NOT_FOUND, _ ("%s had not answered."), rushes_provider_get_name (self)));
}

static gboolean
rushes_provider_real_can_look_up (RushesProvider *self, RushesJob *job, RushesLookup *lookup)
{
  return FALSE;
}

/* What is made here is asked for by the request itself. */
static DexFuture *
rushes_provider_real_rehearse (RushesProvider *self, RushesJob *job)
{
  g_autoptr (JsonNode) list = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "step", "submit");
  json_object_set_null_member (object, "method");
  json_object_set_null_member (object, "url");
  json_object_set_object_member (object, "headers", json_object_new ());
  json_object_set_member (object, "body", rushes_request_to_json (rushes_job_get_request (job)));
  json_array_add_object_element (array, object);
  json_node_take_array (list, array);
  return dex_future_new_take_boxed (JSON_TYPE_NODE, g_steal_pointer (&list));
}

static DexFuture *
rushes_provider_real_check_extension (RushesProvider *self, RushesJob *job)
{
  return dex_future_new_for_error (rushes_error_new (
      /* Translators: %s is a provider. */
      RUSHES_ERROR_UNSUPPORTED, _ ("%s has no call that extends this clip. Continue from its last frame instead."),
      rushes_provider_get_name (self)));
}

static gboolean
rushes_provider_real_can_list_models (RushesProvider *self)
{
  return FALSE;
}

static DexFuture *
rushes_provider_real_load_models (RushesProvider *self)
{
  return dex_future_new_true ();
}

static DexFuture *
rushes_provider_real_refresh_models (RushesProvider *self)
{
  return dex_future_new_for_error (rushes_error_new (
      /* Translators: %s is a provider. */
      RUSHES_ERROR_UNSUPPORTED, _ ("%s has no call that lists its models."), rushes_provider_get_name (self)));
}

static gboolean
rushes_provider_real_can_describe_model (RushesProvider *self, const char *model_id)
{
  return FALSE;
}

static DexFuture *
rushes_provider_real_describe_model (RushesProvider *self, const char *model_id)
{
  return dex_future_new_for_error (rushes_error_new (
      /* Translators: %s is a provider. */
      RUSHES_ERROR_UNSUPPORTED, _ ("%s has no call that tells what a model takes."), rushes_provider_get_name (self)));
}

static RushesCancelKind
rushes_provider_real_get_cancel_kind (RushesProvider *self, RushesRequest *request)
{
  if (RUSHES_PROVIDER_GET_CLASS (self)->cancel == rushes_provider_real_cancel)
    return RUSHES_CANCEL_NONE;
  return rushes_provider_get_is_local (self) ? RUSHES_CANCEL_STOPS_COST : RUSHES_CANCEL_MAY_CHARGE;
}

static DexFuture *
rushes_provider_real_fetch (RushesProvider *self,
                            RushesJob *job,
                            const RushesOutput *output,
                            GFile *part,
                            RushesFetchProgress progress,
                            gpointer user_data)
{
  g_autoptr (GFile) source = NULL;

  if (!g_str_has_prefix (output->uri, "file:"))
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_UNSUPPORTED, _ ("%s cannot fetch a clip."), rushes_provider_get_name (self)));

  source = g_file_new_for_uri (output->uri);
  return rushes_file_move (source, part);
}

/* ---- the object ---- */

static void
rushes_provider_finalize (GObject *object)
{
  RushesProviderPrivate *priv = rushes_provider_get_instance_private (RUSHES_PROVIDER (object));

  g_clear_pointer (&priv->shelf, rushes_model_shelf_free);
  g_clear_object (&priv->description);

  G_OBJECT_CLASS (rushes_provider_parent_class)->finalize (object);
}

static void
rushes_provider_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_DESCRIPTION:
      g_value_set_object (value, description_of (RUSHES_PROVIDER (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_provider_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  RushesProviderPrivate *priv = rushes_provider_get_instance_private (RUSHES_PROVIDER (object));

  switch (prop_id)
    {
    case PROP_DESCRIPTION:
      priv->description = g_value_dup_object (value);
      priv->shelf = rushes_model_shelf_new (priv->description);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_provider_class_init (RushesProviderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = rushes_provider_finalize;
  object_class->get_property = rushes_provider_get_property;
  object_class->set_property = rushes_provider_set_property;

  klass->get_problem = rushes_provider_real_get_problem;
  klass->prepare = rushes_provider_real_prepare;
  klass->wait = rushes_provider_real_wait;
  klass->cancel = rushes_provider_real_cancel;
  klass->fetch = rushes_provider_real_fetch;
  klass->recover = rushes_provider_real_recover;
  klass->can_look_up = rushes_provider_real_can_look_up;
  klass->rehearse = rushes_provider_real_rehearse;
  klass->check_extension = rushes_provider_real_check_extension;
  klass->get_cancel_kind = rushes_provider_real_get_cancel_kind;
  klass->can_list_models = rushes_provider_real_can_list_models;
  klass->load_models = rushes_provider_real_load_models;
  klass->refresh_models = rushes_provider_real_refresh_models;
  klass->can_describe_model = rushes_provider_real_can_describe_model;
  klass->describe_model = rushes_provider_real_describe_model;

  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  properties[PROP_DESCRIPTION] =
      g_param_spec_object ("description", NULL, NULL, RUSHES_TYPE_DESCRIPTION,
                           G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_provider_init (RushesProvider *self)
{
}

RushesDescription *
rushes_provider_get_description (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);
  return description_of (self);
}

const char *
rushes_provider_get_id (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);
  return rushes_description_get_id (description_of (self));
}

const char *
rushes_provider_get_name (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);
  return rushes_description_get_name (description_of (self));
}

const char *
rushes_provider_get_summary (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);
  return rushes_description_get_summary (description_of (self));
}

/* ---- its models ---- */

static RushesModelShelf *
shelf_of (RushesProvider *self)
{
  RushesProviderPrivate *priv = rushes_provider_get_instance_private (self);

  return priv->shelf;
}

GListModel *
rushes_provider_get_models (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);

  return rushes_model_shelf_get_list (shelf_of (self));
}

gboolean
rushes_provider_lists_model (RushesProvider *self, RushesModel *model)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_MODEL (model), FALSE);

  return rushes_model_shelf_lists (shelf_of (self), model);
}

RushesModel *
rushes_provider_find_model (RushesProvider *self, const char *model_id)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);

  return rushes_model_shelf_find (
      shelf_of (self), model_id != NULL ? model_id : rushes_description_get_default_model (description_of (self)));
}

RushesModel *
rushes_provider_find_model_of (RushesProvider *self, RushesRequest *request)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);
  g_return_val_if_fail (RUSHES_IS_REQUEST (request), NULL);

  return rushes_model_shelf_find_frozen (shelf_of (self), request);
}

void
rushes_provider_set_region (RushesProvider *self, const char *region)
{
  g_return_if_fail (RUSHES_IS_PROVIDER (self));

  rushes_model_shelf_set_region (shelf_of (self), region);
}

gboolean
rushes_provider_can_list_models (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), FALSE);

  return RUSHES_PROVIDER_GET_CLASS (self)->can_list_models (self);
}

GDateTime *
rushes_provider_get_models_time (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);

  return rushes_model_shelf_get_time (shelf_of (self));
}

DexFuture *
rushes_provider_load_models (RushesProvider *self)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));

  return RUSHES_PROVIDER_GET_CLASS (self)->load_models (self);
}

DexFuture *
rushes_provider_refresh_models (RushesProvider *self)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));

  return RUSHES_PROVIDER_GET_CLASS (self)->refresh_models (self);
}

gboolean
rushes_provider_can_describe_model (RushesProvider *self, const char *model_id)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (model_id != NULL, FALSE);

  return RUSHES_PROVIDER_GET_CLASS (self)->can_describe_model (self, model_id);
}

DexFuture *
rushes_provider_describe_model (RushesProvider *self, const char *model_id)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (model_id != NULL);

  return RUSHES_PROVIDER_GET_CLASS (self)->describe_model (self, model_id);
}

RushesModelBase *
rushes_provider_get_model_base (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);

  return rushes_model_shelf_get_base (shelf_of (self));
}

gboolean
rushes_provider_is_own_model (RushesProvider *self, const char *model_id)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (model_id != NULL, FALSE);

  return rushes_model_shelf_is_own (shelf_of (self), model_id);
}

void
rushes_provider_set_listed_models (RushesProvider *self, GPtrArray *listed, GPtrArray *schemas, GDateTime *time)
{
  g_return_if_fail (RUSHES_IS_PROVIDER (self));

  rushes_model_shelf_set_listed (shelf_of (self), listed, schemas, time);
  rushes_provider_emit_changed (self);
}

guint
rushes_provider_get_slots (RushesProvider *self)
{
  g_autoptr (GSettings) settings = NULL;
  guint slots;

  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), 1);

  settings = rushes_provider_settings_get (rushes_provider_get_id (self));
  slots = g_settings_get_uint (settings, "slots");
  return slots > 0 ? slots : rushes_description_get_slots (description_of (self));
}

gboolean
rushes_provider_get_is_local (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), FALSE);
  return g_str_equal (rushes_description_get_engine (description_of (self)), "animatic");
}

GError *
rushes_provider_get_problem (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), NULL);
  return RUSHES_PROVIDER_GET_CLASS (self)->get_problem (self);
}

RushesCancelKind
rushes_provider_get_cancel_kind (RushesProvider *self, RushesRequest *request)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), RUSHES_CANCEL_NONE);

  return RUSHES_PROVIDER_GET_CLASS (self)->get_cancel_kind (self, request);
}

double
rushes_provider_get_time_limit (RushesProvider *self)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), 1);
  return rushes_description_get_time_limit (description_of (self));
}

void
rushes_provider_set_interval (RushesProvider *self, double seconds)
{
  RushesProviderPrivate *priv = rushes_provider_get_instance_private (self);

  g_return_if_fail (RUSHES_IS_PROVIDER (self));
  g_return_if_fail (seconds >= 0);

  priv->interval = seconds;
}

/* ---- the calls ---- */

DexFuture *
rushes_provider_prepare (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));

  return RUSHES_PROVIDER_GET_CLASS (self)->prepare (self, job);
}

DexFuture *
rushes_provider_submit (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));

  return RUSHES_PROVIDER_GET_CLASS (self)->submit (self, job);
}

DexFuture *
rushes_provider_poll (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));
  dex_return_error_if_fail (rushes_job_get_task_id (job) != NULL);

  return RUSHES_PROVIDER_GET_CLASS (self)->poll (self, job);
}

DexFuture *
rushes_provider_wait (RushesProvider *self, RushesJob *job, RushesAnswer *last)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));

  return RUSHES_PROVIDER_GET_CLASS (self)->wait (self, job, last);
}

DexFuture *
rushes_provider_cancel (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));
  dex_return_error_if_fail (rushes_job_get_task_id (job) != NULL);

  return RUSHES_PROVIDER_GET_CLASS (self)->cancel (self, job);
}

DexFuture *
rushes_provider_fetch (RushesProvider *self,
                       RushesJob *job,
                       const RushesOutput *output,
                       GFile *part,
                       RushesFetchProgress progress,
                       gpointer user_data)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));
  dex_return_error_if_fail (output != NULL && output->uri != NULL);
  dex_return_error_if_fail (G_IS_FILE (part));

  return RUSHES_PROVIDER_GET_CLASS (self)->fetch (self, job, output, part, progress, user_data);
}

DexFuture *
rushes_provider_recover (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));

  return RUSHES_PROVIDER_GET_CLASS (self)->recover (self, job);
}

gboolean
rushes_provider_can_look_up (RushesProvider *self, RushesJob *job, RushesLookup *lookup)
{
  g_return_val_if_fail (RUSHES_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_JOB (job), FALSE);

  return RUSHES_PROVIDER_GET_CLASS (self)->can_look_up (self, job, lookup);
}

DexFuture *
rushes_provider_look_up (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));
  dex_return_error_if_fail (RUSHES_PROVIDER_GET_CLASS (self)->look_up != NULL);

  return RUSHES_PROVIDER_GET_CLASS (self)->look_up (self, job);
}

DexFuture *
rushes_provider_rehearse (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));

  return RUSHES_PROVIDER_GET_CLASS (self)->rehearse (self, job);
}

DexFuture *
rushes_provider_check_extension (RushesProvider *self, RushesJob *job)
{
  dex_return_error_if_fail (RUSHES_IS_PROVIDER (self));
  dex_return_error_if_fail (RUSHES_IS_JOB (job));

  return RUSHES_PROVIDER_GET_CLASS (self)->check_extension (self, job);
}

void
rushes_provider_emit_changed (RushesProvider *self)
{
  g_return_if_fail (RUSHES_IS_PROVIDER (self));

  g_signal_emit (self, signals[CHANGED], 0);
}
