/* rushes-ui.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ui.h"

#include "rushes-core.h"
#include "rushes-ui-resources.h"

void
rushes_ui_init (void)
{
  static gboolean done;

  if (done)
    return;
  done = TRUE;

  rushes_core_init ();
  rushes_ui_register_resource ();
  adw_init ();
}

typedef struct
{
  GWeakRef object;
  RushesWhenFunc func;
  gpointer data;
  GDestroyNotify destroy;
} When;

static void
when_free (gpointer data)
{
  When *self = data;

  g_weak_ref_clear (&self->object);
  if (self->destroy != NULL)
    self->destroy (self->data);
  g_free (self);
}

static DexFuture *
when_settled (DexFuture *future, gpointer data)
{
  When *self = data;
  g_autoptr (GObject) object = g_weak_ref_get (&self->object);

  if (object != NULL)
    self->func (object, future, self->data);

  return dex_future_new_true ();
}

void
rushes_when (DexFuture *future, gpointer object, RushesWhenFunc func, gpointer data, GDestroyNotify destroy)
{
  When *self = g_new0 (When, 1);

  g_weak_ref_init (&self->object, object);
  self->func = func;
  self->data = data;
  self->destroy = destroy;
  dex_future_disown (dex_future_finally (future, when_settled, self, when_free));
}
