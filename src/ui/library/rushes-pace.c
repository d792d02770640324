/* rushes-pace.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pace.h"

#include "rushes-ui.h"

struct _RushesPace
{
  GObject parent_instance;

  RushesLibrary *library;
  GHashTable *seconds; /* "provider/model" → double */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesPace, rushes_pace, G_TYPE_OBJECT)

static char *
key_of (RushesRequest *request)
{
  return g_strdup_printf ("%s/%s", rushes_request_get_provider_id (request), rushes_request_get_model_id (request));
}

static void
answered (gpointer object, DexFuture *future, gpointer data)
{
  RushesPace *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  double *seconds = g_hash_table_lookup (self->seconds, data);

  if (value == NULL || seconds == NULL)
    return;
  *seconds = g_value_get_double (value);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
rushes_pace_finalize (GObject *object)
{
  RushesPace *self = RUSHES_PACE (object);

  g_clear_object (&self->library);
  g_clear_pointer (&self->seconds, g_hash_table_unref);

  G_OBJECT_CLASS (rushes_pace_parent_class)->finalize (object);
}

static void
rushes_pace_class_init (RushesPaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_pace_finalize;

  signals[CHANGED] = g_signal_new ("changed", RUSHES_TYPE_PACE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rushes_pace_init (RushesPace *self)
{
  self->seconds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

RushesPace *
rushes_pace_new (RushesLibrary *library)
{
  RushesPace *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);

  self = g_object_new (RUSHES_TYPE_PACE, NULL);
  self->library = g_object_ref (library);

  return self;
}

double
rushes_pace_get (RushesPace *self, RushesRequest *request)
{
  g_autofree char *key = NULL;
  double *seconds;

  g_return_val_if_fail (RUSHES_IS_PACE (self), 0);
  g_return_val_if_fail (RUSHES_IS_REQUEST (request), 0);

  key = key_of (request);
  seconds = g_hash_table_lookup (self->seconds, key);
  if (seconds == NULL)
    {
      seconds = g_new0 (double, 1);
      g_hash_table_insert (self->seconds, g_strdup (key), seconds);
      rushes_when (rushes_library_typical_time (self->library, rushes_request_get_provider_id (request),
                                                rushes_request_get_model_id (request)),
                   self, answered, g_steal_pointer (&key), g_free);
    }

  return *seconds;
}

void
rushes_pace_forget (RushesPace *self, RushesRequest *request)
{
  g_autofree char *key = NULL;

  g_return_if_fail (RUSHES_IS_PACE (self));
  g_return_if_fail (RUSHES_IS_REQUEST (request));

  key = key_of (request);
  g_hash_table_remove (self->seconds, key);
}
