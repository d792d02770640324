/* test-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-set.h"

#include <glib/gstdio.h>
#include <signal.h>

#include "rushes-animatic.h"
#include "rushes-application.h"
#include "rushes-library-page-private.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-settings.h"
#include "rushes-take-page.h"
#include "rushes-ui.h"

#define LIMIT_US (60 * G_USEC_PER_SEC)

/* ---- a program that is run from beginning to end, and what a person does meanwhile ---- */

typedef struct _Script Script;

/* Looked at again and again until it says that it is done. */
typedef gboolean (*Step) (Script *self);

struct _Script
{
  RushesApplication *application;
  const Step *steps; /* NULL ends them; the program must then end by itself */
  gint64 limit;
  char *take_id;
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

static void
run (Script *self, const Step *steps, GFile *file)
{
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesProvider) animatic = rushes_animatic_new (&error);
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  char program[] = "rushes";
  char *arguments[3] = { NULL };
  guint source;

  g_assert_no_error (error);
  rushes_registry_add (registry, animatic);
  self->application = rushes_application_new (registry, fitter);
  self->steps = steps;
  self->limit = g_get_monotonic_time () + LIMIT_US;
  source = g_timeout_add (10, go_on, self);
  arguments[0] = program;
  arguments[1] = (char *) path;
  g_assert_cmpint (g_application_run (G_APPLICATION (self->application), path != NULL ? 2 : 1, arguments), ==, 0);
  g_source_remove (source);
  g_assert_null (*self->steps);
  /* Kept, as main() keeps it: notifications that are still on the screen do not let it go. */
  self->application = NULL;
}

static RushesWindow *
get_window (Script *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  return RUSHES_IS_WINDOW (window) ? RUSHES_WINDOW (window) : NULL;
}

static gboolean
is_open (Script *self)
{
  RushesWindow *window = get_window (self);

  return window != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (window->stack), "open") == 0;
}

static gboolean
compose (Script *self)
{
  RushesDraft *draft = rushes_composer_get_draft (get_window (self)->composer);

  rushes_draft_set_prompt (draft, "a paper boat");
  rushes_draft_set_duration (draft, 3);
  rushes_draft_set_resolution (draft, "480p");

  return TRUE;
}

static gboolean
generate (Script *self)
{
  gtk_widget_activate_action (GTK_WIDGET (get_window (self)), "win.generate", NULL);

  return TRUE;
}

static gboolean
is_in_work (Script *self)
{
  g_autoptr (RushesTake) take = g_list_model_get_item (G_LIST_MODEL (get_window (self)->library_page->selection), 0);

  if (take == NULL || !rushes_take_get_loaded (take))
    return FALSE;
  g_set_str (&self->take_id, rushes_take_get_id (take));

  return rushes_queue_get_n_active (rushes_studio_get_queue (rushes_window_get_studio (get_window (self)))) == 1;
}

static gboolean
close_window (Script *self)
{
  gtk_window_close (GTK_WINDOW (get_window (self)));

  return TRUE;
}

static gboolean
quit (Script *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "quit", NULL);

  return TRUE;
}

/* ---- what is left of it ---- */

static RushesLibrary *
open_library (void)
{
  g_autoptr (RushesFolders) folders = rushes_folders_new (NULL, NULL);
  g_autoptr (DexFuture) opening = rushes_test_run (rushes_library_open (folders, RUSHES_LIBRARY_OPEN_DEFAULT));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (opening, &error);

  g_assert_no_error (error);

  return g_value_dup_object (value);
}

static void
close_library (RushesLibrary *library)
{
  g_autoptr (DexFuture) closed = rushes_test_run (rushes_library_close (library));
  g_autoptr (GError) error = NULL;

  dex_future_get_value (closed, &error);
  g_assert_no_error (error);
}

static void
assert_state (const char *take_id, RushesTakeState state)
{
  g_autoptr (RushesLibrary) library = open_library ();
  g_autoptr (DexFuture) finding = rushes_test_run (rushes_library_find_take (library, take_id));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (finding, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rushes_take_get_state (g_value_get_object (value)), ==, state);
  close_library (library);
}

/* ---- a desktop that is told of things ---- */

static guint n_told;         /* of takes that are done */
static guint n_told_working; /* that the program goes on */

static void
called (GDBusConnection *connection,
        const char *sender,
        const char *path,
        const char *interface,
        const char *method,
        GVariant *parameters,
        GDBusMethodInvocation *invocation,
        gpointer data)
{
  if (g_str_equal (method, "Notify"))
    {
      const char *summary;

      g_variant_get_child (parameters, 3, "&s", &summary);
      if (g_str_equal (summary, "a paper boat"))
        n_told++;
      else if (g_str_equal (summary, "Rushes Goes On in the Background"))
        n_told_working++;
      else
        g_test_fail_printf ("%s", summary);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 1));
    }
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", NULL));
}

static gboolean
is_desktop_there (gpointer data)
{
  return *(gboolean *) data;
}

static void
name_owned (GDBusConnection *connection, const char *name, gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
be_the_desktop (void)
{
  static const char xml[] =
      "<node><interface name='org.freedesktop.Notifications'>"
      "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
      "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>"
      "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>"
      "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>"
      "</interface></node>";
  static const GDBusInterfaceVTable vtable = { .method_call = called };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (xml, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  gboolean owned = FALSE;

  g_assert_no_error (error);
  g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications", node->interfaces[0], &vtable, NULL, NULL,
                                     &error);
  g_assert_no_error (error);
  g_bus_own_name_on_connection (bus, "org.freedesktop.Notifications", G_BUS_NAME_OWNER_FLAGS_NONE, name_owned, NULL,
                                &owned, NULL);
  g_assert_true (rushes_test_until (is_desktop_there, &owned, 10));
}

static gboolean
was_told (gpointer data)
{
  return n_told > 0;
}

/* ---- tests ---- */

/* Closing the window gives nothing up: the program goes on without one, says when it is done, and ends. */
static void
test_stays_for_its_work (void)
{
  static const Step steps[] = { is_open, compose, generate, is_in_work, close_window, NULL };
  Script script = { 0 };

  n_told = n_told_working = 0;
  run (&script, steps, NULL);
  assert_state (script.take_id, RUSHES_TAKE_STATE_READY);
  g_assert_true (rushes_test_until (was_told, NULL, 10));
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_cmpuint (n_told_working, ==, 1);
  g_free (script.take_id);
}

static gboolean
open_take (Script *self)
{
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "open-take",
                                  g_variant_new_string (self->take_id));

  return TRUE;
}

static gboolean
is_take_shown (Script *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (get_window (self)->places);

  return RUSHES_IS_TAKE_PAGE (page) &&
         g_str_equal (rushes_take_get_id (rushes_take_page_get_take (RUSHES_TAKE_PAGE (page))), self->take_id);
}

/* Quitting stops at once; what was being made is made at the next start. Who does not want to be told is not. */
static void
test_quits_and_resumes (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  static const Step first[] = { is_open, compose, generate, is_in_work, quit, NULL };
  static const Step second[] = { is_open, is_in_work, open_take, is_take_shown, close_window, NULL };
  Script script = { 0 };

  run (&script, first, NULL);
  n_told = 0;
  g_settings_set_boolean (settings, "notify-ready", FALSE);
  run (&script, second, NULL);
  g_settings_reset (settings, "notify-ready");
  assert_state (script.take_id, RUSHES_TAKE_STATE_READY);
  g_assert_cmpuint (n_told, ==, 0);
  g_free (script.take_id);
}

static gboolean
write_words (Script *self)
{
  rushes_draft_set_prompt (rushes_composer_get_draft (get_window (self)->composer), "not yet made");

  return TRUE;
}

static gboolean
be_terminated (Script *self)
{
  kill (getpid (), SIGTERM);

  return TRUE;
}

static void
test_terminated (void)
{
  static const Step steps[] = { is_open, write_words, be_terminated, NULL };
  Script script = { 0 };
  g_autoptr (RushesLibrary) library = NULL;
  g_autoptr (RushesProject) project = NULL;
  g_autofree char *draft = NULL;

  run (&script, steps, NULL);
  library = open_library ();
  project = g_list_model_get_item (rushes_library_get_projects (library), 0);
  draft = json_to_string (rushes_project_get_draft (project), FALSE);
  g_assert_nonnull (strstr (draft, "not yet made"));
  close_library (library);
}

static gboolean
has_picture (Script *self)
{
  RushesDraft *draft = rushes_composer_get_draft (get_window (self)->composer);

  return rushes_draft_get_n_references (draft, RUSHES_ROLE_FIRST_FRAME) == 1 &&
         g_str_equal (rushes_reference_get_name (rushes_draft_get_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0)),
                      "boat.png");
}

static void
test_opens_pictures (void)
{
  static const Step steps[] = { is_open, has_picture, quit, NULL };
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);
  Script script = { 0 };

  run (&script, steps, file);
}

static gboolean
shows_problem (Script *self)
{
  RushesWindow *window = get_window (self);

  return window != NULL && g_strcmp0 (gtk_stack_get_visible_child_name (window->stack), "closed") == 0;
}

static char *
find_database (void)
{
  return g_build_filename (g_get_user_data_dir (), "rushes", "library.db", NULL);
}

static gboolean
mend (Script *self)
{
  g_autofree char *path = find_database ();
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);

  g_assert_cmpint (rmdir (path), ==, 0);
  g_assert_cmpint (rename (aside, path), ==, 0);
  g_action_group_activate_action (G_ACTION_GROUP (self->application), "open-library", NULL);

  return TRUE;
}

/* A library that cannot be opened is said in the window, and can be tried again. */
static void
test_tries_again (void)
{
  static const Step steps[] = { shows_problem, mend, is_open, quit, NULL };
  g_autofree char *path = find_database ();
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);
  Script script = { 0 };

  g_assert_cmpint (rename (path, aside), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  run (&script, steps, NULL);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_ui_init ();
  be_the_desktop ();

  g_test_add_func ("/application/stays-for-its-work", test_stays_for_its_work);
  g_test_add_func ("/application/quits-and-resumes", test_quits_and_resumes);
  g_test_add_func ("/application/terminated", test_terminated);
  g_test_add_func ("/application/opens-pictures", test_opens_pictures);
  g_test_add_func ("/application/tries-again", test_tries_again);

  return g_test_run ();
}
