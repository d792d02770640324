/* rushes-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-application-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-background.h"
#include "rushes-event-inspector.h"
#include "rushes-inhibitor.h"
#include "rushes-recent.h"
#include "rushes-shortcuts.h"
#include "rushes-clip-room.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

G_DEFINE_FINAL_TYPE (RushesApplication, rushes_application, ADW_TYPE_APPLICATION)

/* A service that was started by the desktop waits so long for its next question. */
#define IDLE_MILLISECONDS 10000
/* What the bus has at most to let go of a name. */
#define RELEASE_MILLISECONDS 1000
/* What another program has to begin and take a call. */
#define HAND_ON_MILLISECONDS 10000

RushesWindow *
rushes_application_get_window (RushesApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (RUSHES_IS_WINDOW (l->data))
      return l->data;

  return NULL;
}

/* ---- the library ---- */

/* Where it is not seen, the desktop says it. */
static void
say_status (RushesApplication *self)
{
  guint n = rushes_queue_get_n_active (rushes_studio_get_queue (self->studio));
  g_autofree char *status = NULL;

  /* Translators: what the program does in the background, in a few words */
  status = g_strdup_printf (ngettext ("Making %u take", "Making %u takes", n), n);
  rushes_background_say (g_application_get_dbus_connection (G_APPLICATION (self)), status);
}

/* While there is work the program stays, also when its last window is closed. */
static void
work_changed (RushesApplication *self)
{
  gboolean working = rushes_queue_get_n_active (rushes_studio_get_queue (self->studio)) > 0;

  if (working && rushes_application_get_window (self) == NULL)
    say_status (self);
  if (working == self->holding)
    return;
  self->holding = working;
  if (working)
    {
      g_application_hold (G_APPLICATION (self));
      return;
    }
  /* Gone already when the program is being ended. */
  if (self->notifier != NULL)
    rushes_notifier_say_working (self->notifier, 0);
  g_application_release (G_APPLICATION (self));
}

static void
background_answered (gpointer object, DexFuture *future, gpointer data)
{
  RushesApplication *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  RushesQueue *queue;

  if (value == NULL || g_value_get_boolean (value) || self->notifier == NULL || !self->holding ||
      rushes_application_get_window (self) != NULL)
    return;
  queue = rushes_studio_get_queue (self->studio);
  /* What would be lost is waited for, as long as the desktop lets it be. */
  if (rushes_queue_get_n_submitting (queue) > 0)
    return;
  rushes_notifier_say_refused (self->notifier, rushes_queue_get_n_active (queue));
  g_application_quit (G_APPLICATION (self));
}

static void
resumed (gpointer object, DexFuture *future, gpointer data)
{
  RushesApplication *self = object;
  RushesWindow *window = rushes_application_get_window (self);
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL && window != NULL)
    rushes_toast_error (GTK_WIDGET (window), error);
}

/* The first frame goes before the work: what was left undone has waited long enough to wait for a picture of the
 * window. */
static gboolean
resume (gpointer data)
{
  RushesApplication *self = data;

  rushes_when (rushes_queue_resume (rushes_studio_get_queue (self->studio), NULL), self, resumed, NULL, NULL);

  return G_SOURCE_REMOVE;
}

static void
resume_soon (RushesApplication *self)
{
  g_idle_add_full (G_PRIORITY_LOW, resume, g_object_ref (self), g_object_unref);
}

/* A damaged library was replaced by its backup: not a thing to be missed, nor to be cut short to one line. */
static void
show_warning (RushesApplication *self, RushesWindow *window)
{
  const char *warning = rushes_library_get_warning (rushes_studio_get_library (self->studio));
  AdwDialog *dialog;

  if (warning == NULL)
    return;
  dialog = adw_alert_dialog_new (_ ("Problem With the Library"), warning);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "close", _ ("_Close"));
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
pruned (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    g_warning ("Old clips could not be removed: %s", error->message);
}

/* Only what lies elsewhere too: for the rest the person is asked. */
static void
prune (RushesApplication *self)
{
  RushesClipLimits limits = rushes_clip_limits_read ();

  if (limits.most > 0 || limits.size > 0)
    rushes_when (rushes_library_prune (rushes_studio_get_library (self->studio), &limits, FALSE), self, pruned, NULL,
                 NULL);
}

static void
library_opened (gpointer object, DexFuture *future, gpointer data)
{
  RushesApplication *self = object;
  RushesWindow *window = rushes_application_get_window (self);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  self->opening = FALSE;
  if (value == NULL)
    {
      /* Whoever asked for something without a window is told in one, which tries again. */
      g_ptr_array_set_size (self->errands, 0);
      if (window != NULL)
        rushes_window_show_problem (window, error);
      else
        g_application_activate (G_APPLICATION (self));
      g_application_release (G_APPLICATION (self));
      return;
    }

  self->studio = g_value_dup_object (value);
  self->notifier = rushes_notifier_new (GTK_APPLICATION (self), self->studio);
  rushes_search_provider_set_library (self->search, rushes_studio_get_library (self->studio));
  rushes_inhibitor_follow (GTK_APPLICATION (self), rushes_studio_get_queue (self->studio));
  g_signal_connect_object (rushes_studio_get_queue (self->studio), "notify::n-active", G_CALLBACK (work_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rushes_studio_get_queue (self->studio), "take-ended", G_CALLBACK (prune), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (rushes_studio_get_library (self->studio), "runner-gone", G_CALLBACK (resume_soon), self,
                           G_CONNECT_SWAPPED);
  if (window != NULL)
    {
      const GError *presets_error = rushes_studio_get_presets_error (self->studio);

      rushes_window_set_studio (window, self->studio);
      if (presets_error != NULL)
        rushes_toast_error (GTK_WIDGET (window), presets_error);
      show_warning (self, window);
    }
  prune (self);
  resume_soon (self);
  rushes_application_do_errands (self);
  g_application_release (G_APPLICATION (self));
}

/* Only one of the two has it open: it may have to be changed before it can be used. */
static void
search_let_go (gpointer object, DexFuture *future, gpointer data)
{
  RushesApplication *self = object;
  g_autoptr (RushesFolders) folders = rushes_folders_new (NULL, NULL);

  rushes_when (rushes_studio_open (folders, self->registry, self->fitter), self, library_opened, NULL, NULL);
}

void
rushes_application_open_library (RushesApplication *self)
{
  if (self->opening || self->studio != NULL)
    return;
  self->opening = TRUE;
  g_application_hold (G_APPLICATION (self));
  rushes_when (rushes_search_provider_let_go (self->search), self, search_let_go, NULL, NULL);
}

/* ---- actions ---- */

static void
quit_answered (AdwAlertDialog *dialog, const char *response, RushesApplication *self)
{
  if (g_str_equal (response, "quit"))
    g_application_quit (G_APPLICATION (self));
}

/* What would be lost is named before. */
static void
ask_to_quit (RushesApplication *self, RushesWindow *window, guint n_submitting)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Quit Before the Answer?"), NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  g_autofree char *body = NULL;

  body = g_strdup_printf (ngettext ("A service has yet to answer for %u take. Without its answer the clip may be lost, "
                                    "although it may be charged.",
                                    "Services have yet to answer for %u takes. Without their answers the clips may be "
                                    "lost, although they may be charged.",
                                    n_submitting),
                          n_submitting);
  adw_alert_dialog_set_body (alert, body);
  adw_alert_dialog_add_response (alert, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (alert, "quit", _ ("_Quit"));
  adw_alert_dialog_set_response_appearance (alert, "quit", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (quit_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (window));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesApplication *self = data;
  RushesWindow *window = rushes_application_get_window (self);
  guint n = self->studio != NULL ? rushes_queue_get_n_submitting (rushes_studio_get_queue (self->studio)) : 0;

  if (n > 0 && window != NULL)
    ask_to_quit (self, window, n);
  else
    g_application_quit (data);
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *window = rushes_application_get_window (data);

  if (window != NULL)
    adw_dialog_present (rushes_shortcuts_dialog_new (), GTK_WIDGET (window));
}

/* "", or a place within; see rushes_preferences_show(). */
static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesApplication *self = data;
  RushesWindow *window = rushes_application_get_window (self);

  if (window == NULL)
    return;
  if (self->preferences == NULL)
    {
      RushesLibrary *library = self->studio != NULL ? rushes_studio_get_library (self->studio) : NULL;

      RushesPresets *presets = self->studio != NULL ? rushes_studio_get_presets (self->studio) : NULL;

      g_set_weak_pointer (&self->preferences, rushes_preferences_new (self->registry, library, presets));
      adw_dialog_present (ADW_DIALOG (self->preferences), GTK_WIDGET (window));
    }
  rushes_preferences_show (self->preferences, g_variant_get_string (parameter, NULL));
}

static void
inspect_events_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesApplication *self = data;

  if (self->inspector == NULL)
    g_set_weak_pointer (&self->inspector,
                        GTK_WINDOW (rushes_event_inspector_new (GTK_APPLICATION (self), self->registry)));
  gtk_window_present (self->inspector);
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *window = rushes_application_get_window (data);

  if (window != NULL)
    adw_show_about_dialog (GTK_WIDGET (window), "application-name", "Rushes", "application-icon", APP_ID, "version",
                           APP_VERSION, "comments", _ ("Turn pictures and words into video"), "license-type",
                           GTK_LICENSE_GPL_3_0,
                           /* Translators: put your name here, one a line */
                           "translator-credits", _ ("translator-credits"), NULL);
}

static void
open_library_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rushes_application_open_library (data);
}

static void
search_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_activate (data);
  rushes_window_search (rushes_application_get_window (data), g_variant_get_string (parameter, NULL));
}

/* ---- the end of the program ---- */

/* It takes a moment until all is on the disk. Who calls the program meanwhile shall not wait, nor be forgotten: the
 * name is given up first, so that a call begins another program, and the calls that had come by then are handed on to
 * that. */
static void
give_up_name (RushesApplication *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (G_APPLICATION (self));
  g_autoptr (GVariant) reply = NULL;
  g_auto (GStrv) actions = g_action_group_list_actions (G_ACTION_GROUP (self));

  self->ended = TRUE;
  for (char **action = actions; *action != NULL; action++)
    g_action_map_remove_action (G_ACTION_MAP (self), *action);
  if (connection != NULL)
    reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                         "org.freedesktop.DBus", "ReleaseName",
                                         g_variant_new ("(s)", g_application_get_application_id (G_APPLICATION (self))),
                                         NULL, G_DBUS_CALL_FLAGS_NONE, RELEASE_MILLISECONDS, NULL, NULL);
}

static void
handed_on (GObject *connection, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesApplication) self = data;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, NULL);

  self->n_handed_on--;
}

/* Only what came from the bus; @words lack who called. */
static void
hand_on (RushesApplication *self, const char *method, GVariant *words)
{
  g_autoptr (GVariant) caller = g_steal_pointer (&self->caller);
  g_autoptr (GVariant) given = words != NULL ? g_variant_ref_sink (words) : NULL;
  GVariant *parts[] = { given != NULL ? given : caller, caller };

  if (caller == NULL)
    return;
  self->n_handed_on++;
  g_dbus_connection_call (g_application_get_dbus_connection (G_APPLICATION (self)),
                          g_application_get_application_id (G_APPLICATION (self)),
                          g_application_get_dbus_object_path (G_APPLICATION (self)), "org.freedesktop.Application",
                          method, g_variant_new_tuple (parts, given != NULL ? 2 : 1), NULL, G_DBUS_CALL_FLAGS_NONE,
                          HAND_ON_MILLISECONDS, NULL, handed_on, g_object_ref (self));
}

static void
rushes_application_before_emit (GApplication *application, GVariant *platform_data)
{
  RushesApplication *self = RUSHES_APPLICATION (application);

  if (self->ended)
    {
      g_clear_pointer (&self->caller, g_variant_unref);
      self->caller = g_variant_ref (platform_data);
    }

  G_APPLICATION_CLASS (rushes_application_parent_class)->before_emit (application, platform_data);
}

/* ---- the life of the program ---- */

static gboolean
told_to_end (gpointer data)
{
  g_application_quit (data);

  return G_SOURCE_CONTINUE;
}

static void
rushes_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", quit_action, NULL, NULL, NULL },
    { "shortcuts", shortcuts_action, NULL, NULL, NULL },
    { "about", about_action, NULL, NULL, NULL },
    { "open-library", open_library_action, NULL, NULL, NULL },
    { "search", search_action, "s", NULL, NULL },
    { "preferences", preferences_action, "s", NULL, NULL },
    { "inspect-events", inspect_events_action, NULL, NULL, NULL },
  };
  RushesApplication *self = RUSHES_APPLICATION (application);

  G_APPLICATION_CLASS (rushes_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  rushes_application_add_takes_actions (self);
  rushes_shortcuts_bind (GTK_APPLICATION (self));
  if ((g_application_get_flags (application) & G_APPLICATION_IS_SERVICE) != 0)
    g_application_set_inactivity_timeout (application, IDLE_MILLISECONDS);
  self->signals[0] = g_unix_signal_add (SIGTERM, told_to_end, self);
  self->signals[1] = g_unix_signal_add (SIGINT, told_to_end, self);
}

static void
rushes_application_activate (GApplication *application)
{
  RushesApplication *self = RUSHES_APPLICATION (application);
  RushesWindow *window = rushes_application_get_window (self);

  if (self->ended)
    {
      hand_on (self, "Activate", NULL);
      return;
    }
  if (window == NULL)
    {
      /* Once there was a window the program ends with it. */
      g_application_set_inactivity_timeout (application, 0);
      window = rushes_window_new (GTK_APPLICATION (self));
      if (self->studio != NULL)
        rushes_window_set_studio (window, self->studio);
      else
        rushes_application_open_library (self);
    }
  if (self->notifier != NULL)
    rushes_notifier_say_working (self->notifier, 0);
  gtk_window_present (GTK_WINDOW (window));
}

static void
rushes_application_window_removed (GtkApplication *application, GtkWindow *window)
{
  RushesApplication *self = RUSHES_APPLICATION (application);

  GTK_APPLICATION_CLASS (rushes_application_parent_class)->window_removed (application, window);

  if (self->notifier == NULL || !self->holding || gtk_application_get_windows (application) != NULL)
    return;
  rushes_notifier_say_working (self->notifier, rushes_queue_get_n_active (rushes_studio_get_queue (self->studio)));
  say_status (self);
  rushes_when (rushes_background_request (g_application_get_dbus_connection (G_APPLICATION (self)),
                                          _ ("Takes that are being made are finished and kept.")),
               self, background_answered, NULL, NULL);
}

static void
rushes_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  RushesApplication *self = RUSHES_APPLICATION (application);
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  if (self->ended)
    {
      g_autoptr (GStrvBuilder) uris = g_strv_builder_new ();
      g_auto (GStrv) all = NULL;

      for (int i = 0; i < n_files; i++)
        g_strv_builder_take (uris, g_file_get_uri (files[i]));
      all = g_strv_builder_end (uris);
      hand_on (self, "Open", g_variant_new_strv ((const char *const *) all, -1));
      return;
    }
  for (int i = 0; i < n_files; i++)
    {
      g_list_store_append (list, files[i]);
      rushes_recent_add (files[i]);
    }
  g_application_activate (application);
  rushes_window_open_files (rushes_application_get_window (self), G_LIST_MODEL (list));
}

/* The loop has ended; what is left is to have everything on the disk. */
static void
rushes_application_shutdown (GApplication *application)
{
  RushesApplication *self = RUSHES_APPLICATION (application);

  give_up_name (self);
  g_clear_handle_id (&self->signals[0], g_source_remove);
  g_clear_handle_id (&self->signals[1], g_source_remove);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (RUSHES_IS_WINDOW (l->data))
      rushes_window_flush (l->data);
  g_clear_object (&self->notifier);
  dex_unref (rushes_async_run (rushes_search_provider_let_go (self->search)));
  if (self->studio != NULL)
    {
      g_autoptr (DexFuture) closed = rushes_async_run (rushes_studio_close (self->studio));
      g_autoptr (GError) error = NULL;

      if (dex_future_get_value (closed, &error) == NULL)
        g_warning ("%s", error->message);
    }
  /* The bus forgets what it was asked by who has gone. */
  while (self->n_handed_on > 0)
    g_main_context_iteration (NULL, TRUE);

  G_APPLICATION_CLASS (rushes_application_parent_class)->shutdown (application);
}

static gboolean
rushes_application_dbus_register (GApplication *application,
                                  GDBusConnection *connection,
                                  const char *object_path,
                                  GError **error)
{
  return G_APPLICATION_CLASS (rushes_application_parent_class)
             ->dbus_register (application, connection, object_path, error) &&
         rushes_search_provider_export (RUSHES_APPLICATION (application)->search, connection, object_path, error);
}

static void
rushes_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *object_path)
{
  RushesApplication *self = RUSHES_APPLICATION (application);

  /* Gone already when the application is. */
  if (self->search != NULL)
    rushes_search_provider_unexport (self->search);
  G_APPLICATION_CLASS (rushes_application_parent_class)->dbus_unregister (application, connection, object_path);
}

static void
rushes_application_finalize (GObject *object)
{
  RushesApplication *self = RUSHES_APPLICATION (object);

  g_clear_weak_pointer (&self->preferences);
  g_clear_weak_pointer (&self->inspector);
  g_clear_pointer (&self->caller, g_variant_unref);
  g_clear_object (&self->studio);
  g_clear_object (&self->search);
  g_ptr_array_unref (self->errands);
  g_clear_object (&self->registry);
  g_clear_object (&self->fitter);

  G_OBJECT_CLASS (rushes_application_parent_class)->finalize (object);
}

static void
rushes_application_class_init (RushesApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rushes_application_finalize;
  application_class->startup = rushes_application_startup;
  application_class->activate = rushes_application_activate;
  application_class->open = rushes_application_open;
  application_class->before_emit = rushes_application_before_emit;
  application_class->shutdown = rushes_application_shutdown;
  application_class->dbus_register = rushes_application_dbus_register;
  application_class->dbus_unregister = rushes_application_dbus_unregister;
  GTK_APPLICATION_CLASS (klass)->window_removed = rushes_application_window_removed;
}

static void
rushes_application_init (RushesApplication *self)
{
  self->errands = rushes_application_new_errands ();
}

RushesApplication *
rushes_application_new (RushesRegistry *registry, RushesPictureFitter *fitter)
{
  RushesApplication *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_PICTURE_FITTER (fitter), NULL);

  rushes_ui_init ();

  self = g_object_new (RUSHES_TYPE_APPLICATION, "application-id", APP_ID, "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", RESOURCE_PATH, "register-session", TRUE, NULL);
  self->registry = g_object_ref (registry);
  self->fitter = g_object_ref (fitter);
  self->search = rushes_search_provider_new (G_APPLICATION (self), registry);

  return self;
}
