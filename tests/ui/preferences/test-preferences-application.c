/* test-preferences-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-animatic.h"
#include "rushes-application.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-preferences.h"
#include "rushes-test.h"
#include "rushes-ui.h"
#include "rushes-window.h"

/* How the program opens Preferences: by its menu and key, and from elsewhere at a place. */

#define LIMIT_US (60 * G_USEC_PER_SEC)

typedef struct _Script Script;
typedef gboolean (*Step) (Script *self);

struct _Script
{
  GApplication *application;
  const Step *steps; /* NULL ends them */
  gint64 limit;
  AdwDialog *dialog; /* weak */
};

static gboolean
go_on (gpointer data)
{
  Script *self = data;

  g_assert_cmpint (g_get_monotonic_time (), <, self->limit);
  if (*self->steps != NULL && (*self->steps) (self))
    self->steps++;

  return G_SOURCE_CONTINUE;
}

static AdwDialog *
get_dialog (Script *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  return window != NULL ? adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (window)) : NULL;
}

static void
activate (Script *self, const char *place)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "preferences", g_variant_new_string (place));
}

static gboolean
open (Script *self)
{
  if (gtk_application_get_active_window (GTK_APPLICATION (self->application)) == NULL)
    return FALSE;
  activate (self, "");

  return TRUE;
}

static gboolean
is_open (Script *self)
{
  if (!RUSHES_IS_PREFERENCES (get_dialog (self)))
    return FALSE;
  g_set_weak_pointer (&self->dialog, get_dialog (self));

  return TRUE;
}

/* A second time they are not opened, but moved. */
static gboolean
go_elsewhere (Script *self)
{
  activate (self, "providers/animatic");
  g_assert_true (get_dialog (self) == self->dialog);
  /* There is something to go back from. */
  g_assert_true (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self->dialog)));
  g_assert_false (adw_preferences_dialog_pop_subpage (ADW_PREFERENCES_DIALOG (self->dialog)));
  adw_dialog_force_close (self->dialog);

  return TRUE;
}

static gboolean
is_closed (Script *self)
{
  return get_dialog (self) == NULL && self->dialog == NULL;
}

static gboolean
open_again (Script *self)
{
  activate (self, "providers");

  return TRUE;
}

static gboolean
quit (Script *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);

  return TRUE;
}

static void
test_action (void)
{
  static const Step steps[] = { open, is_open, go_elsewhere, is_closed, open_again, is_open, quit, NULL };
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesProvider) animatic = rushes_animatic_new (&error);
  char program[] = "rushes";
  char *arguments[] = { program, NULL };
  Script script = { .steps = steps, .limit = g_get_monotonic_time () + LIMIT_US };
  g_auto (GStrv) accels = NULL;
  guint source;

  g_assert_no_error (error);
  rushes_ui_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  rushes_registry_add (registry, animatic);
  script.application = G_APPLICATION (rushes_application_new (registry, fitter));
  source = g_timeout_add (10, go_on, &script);
  g_assert_cmpint (g_application_run (script.application, 1, arguments), ==, 0);
  g_source_remove (source);
  g_assert_null (*script.steps);
  g_clear_weak_pointer (&script.dialog);

  accels = gtk_application_get_accels_for_action (GTK_APPLICATION (script.application), "app.preferences('')");
  g_assert_cmpuint (g_strv_length (accels), ==, 1);
  g_assert_cmpstr (accels[0], ==, "<Control>comma");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/preferences/application/action", test_action);

  return g_test_run ();
}
