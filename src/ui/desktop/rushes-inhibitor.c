/* rushes-inhibitor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-inhibitor.h"

#include <glib/gi18n.h>

/* What keeps the desktop from something, until it is freed. */
typedef struct
{
  GtkApplication *application;
  guint cookie; /* 0 where nobody can be kept from it */
} Inhibition;

static Inhibition *
inhibition_new (GtkApplication *application, GtkApplicationInhibitFlags flags, const char *reason)
{
  Inhibition *self = g_new0 (Inhibition, 1);

  self->application = g_object_ref (application);
  self->cookie = gtk_application_inhibit (application, gtk_application_get_active_window (application), flags, reason);

  return self;
}

static void
inhibition_free (Inhibition *self)
{
  if (self->cookie != 0)
    gtk_application_uninhibit (self->application, self->cookie);
  g_object_unref (self->application);
  g_free (self);
}

/* ---- files ---- */

/* It is over as soon as the file is written, whoever still holds the future. */
static void
let_go (gpointer data)
{
  Inhibition **inhibition = data;

  if (*inhibition == NULL)
    return;
  g_application_release (G_APPLICATION ((*inhibition)->application));
  g_clear_pointer (inhibition, inhibition_free);
}

static DexFuture *
written (DexFuture *future, gpointer data)
{
  let_go (data);

  return dex_ref (future);
}

static void
forget (gpointer data)
{
  let_go (data);
  g_free (data);
}

DexFuture *
rushes_inhibitor_keep (DexFuture *future)
{
  GApplication *application = g_application_get_default ();
  Inhibition **inhibition;

  dex_return_error_if_fail (future != NULL);

  if (!GTK_IS_APPLICATION (application) || !g_application_get_is_registered (application))
    return future;
  g_application_hold (application);
  inhibition = g_new (Inhibition *, 1);
  *inhibition =
      inhibition_new (GTK_APPLICATION (application), GTK_APPLICATION_INHIBIT_SUSPEND | GTK_APPLICATION_INHIBIT_LOGOUT,
                      /* Translators: shown where the person wants to log out */
                      _ ("A file is being written."));

  return dex_future_finally (future, written, inhibition, forget);
}

/* ---- takes ---- */

#define KEY "rushes-inhibition"

static void
changed (RushesQueue *queue, GParamSpec *pspec, GtkApplication *application)
{
  guint n = rushes_queue_get_n_submitting (queue);
  gboolean inhibited = g_object_get_data (G_OBJECT (queue), KEY) != NULL;

  if ((n > 0) == inhibited)
    return;
  g_object_set_data_full (G_OBJECT (queue), KEY,
                          n > 0 ? inhibition_new (application, GTK_APPLICATION_INHIBIT_SUSPEND,
                                                  _ ("A service has yet to answer for a take."))
                                : NULL,
                          (GDestroyNotify) inhibition_free);
}

void
rushes_inhibitor_follow (GtkApplication *application, RushesQueue *queue)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));
  g_return_if_fail (RUSHES_IS_QUEUE (queue));

  g_signal_connect_object (queue, "notify::n-submitting", G_CALLBACK (changed), application, 0);
}
