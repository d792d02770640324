/* rushes-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-application.h"

#include <glib/gi18n.h>

#include "rushes-studio.h"
#include "rushes-ui.h"
#include "rushes-window.h"

struct _RushesApplication
{
  AdwApplication parent_instance;

  RushesRegistry *registry;
  RushesPictureFitter *fitter;
  RushesStudio *studio;
  gboolean opening;
};

G_DEFINE_FINAL_TYPE (RushesApplication, rushes_application, ADW_TYPE_APPLICATION)

static void
library_opened (gpointer object, DexFuture *future, gpointer data)
{
  RushesApplication *self = object;
  RushesWindow *window = RUSHES_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (self)));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->opening = FALSE;
  if (value == NULL)
    {
      if (window != NULL)
        rushes_window_show_problem (window, error);
      return;
    }

  self->studio = g_value_dup_object (value);
  if (window != NULL)
    rushes_window_set_studio (window, self->studio);
}

static void
open_library (RushesApplication *self)
{
  g_autoptr (RushesFolders) folders = NULL;

  if (self->opening || self->studio != NULL)
    return;
  self->opening = TRUE;

  folders = rushes_folders_new (NULL, NULL);
  rushes_when (rushes_studio_open (folders, self->registry, self->fitter), self, library_opened, NULL, NULL);
}

static void
rushes_application_activate (GApplication *application)
{
  RushesApplication *self = RUSHES_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (rushes_window_new (GTK_APPLICATION (self)));
      if (self->studio != NULL)
        rushes_window_set_studio (RUSHES_WINDOW (window), self->studio);
      else
        open_library (self);
    }
  gtk_window_present (window);
}

static void
rushes_application_finalize (GObject *object)
{
  RushesApplication *self = RUSHES_APPLICATION (object);

  g_clear_object (&self->studio);
  g_clear_object (&self->registry);
  g_clear_object (&self->fitter);

  G_OBJECT_CLASS (rushes_application_parent_class)->finalize (object);
}

static void
rushes_application_class_init (RushesApplicationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_application_finalize;
  G_APPLICATION_CLASS (klass)->activate = rushes_application_activate;
}

static void
rushes_application_init (RushesApplication *self)
{
}

RushesApplication *
rushes_application_new (RushesRegistry *registry, RushesPictureFitter *fitter)
{
  RushesApplication *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_PICTURE_FITTER (fitter), NULL);

  rushes_ui_init ();

  self = g_object_new (RUSHES_TYPE_APPLICATION, "application-id", APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RESOURCE_PATH, NULL);
  self->registry = g_object_ref (registry);
  self->fitter = g_object_ref (fitter);

  return self;
}
