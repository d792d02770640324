/* rushes-desk.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include "rushes-animatic.h"

/* ---- the service ---- */

static void
answer (RushesDesk *self, SoupServerMessage *message)
{
  soup_server_message_set_status (message, self->status, NULL);
  soup_server_message_set_response (message, self->media_type, SOUP_MEMORY_STATIC, self->body, strlen (self->body));
}

static void
asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  RushesDesk *self = data;

  self->n_requests++;
  g_set_str (&self->authorization,
             soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization"));
  if (self->hold)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->paused, g_object_ref (message));
    }
  else
    answer (self, message);
}

void
rushes_desk_release (RushesDesk *self)
{
  self->hold = FALSE;
  for (guint i = 0; i < self->paused->len; i++)
    {
      answer (self, self->paused->pdata[i]);
      soup_server_message_unpause (self->paused->pdata[i]);
    }
  g_ptr_array_set_size (self->paused, 0);
}

static void
open_service (RushesDesk *self)
{
  g_autoptr (GError) error = NULL;
  GSList *uris;

  self->status = 200;
  self->media_type = "application/json";
  self->body = "{\"object\":\"list\",\"data\":[]}";
  self->paused = g_ptr_array_new_with_free_func (g_object_unref);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, asked, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
}

/* ---- the window ---- */

static gboolean
is_open (RushesDesk *self, gconstpointer data)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->preferences)) &&
         gtk_widget_get_width (GTK_WIDGET (self->preferences)) > 300;
}

static RushesFolders *
make_folders (const char *own)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);
  g_autofree char *folder = g_build_filename (path, "data", "providers", NULL);
  g_autofree char *file = g_build_filename (folder, "kites.json", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  if (own != NULL)
    g_file_set_contents (file, own, -1, &error);
  g_assert_no_error (error);

  return rushes_folders_new (data, cache);
}

RushesDesk *
rushes_desk_open (const char *own)
{
  RushesDesk *self = g_new0 (RushesDesk, 1);
  g_autoptr (RushesProvider) animatic = NULL;
  g_autoptr (GError) error = NULL;

  rushes_test_window_init ();
  open_service (self);
  self->folders = make_folders (own);
  self->registry = rushes_registry_new ();
  animatic = rushes_animatic_new (&error);
  g_assert_no_error (error);
  rushes_registry_add (self->registry, animatic);
  rushes_registry_load (self->registry, self->folders, rushes_keyring_get_default ());

  self->window = adw_application_window_new (rushes_test_get_application ());
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 760);
  gtk_window_present (GTK_WINDOW (self->window));
  self->preferences = g_object_ref_sink (rushes_preferences_new (self->registry, NULL, NULL));
  adw_dialog_present (ADW_DIALOG (self->preferences), self->window);
  rushes_desk_await (self, is_open, NULL);
  rushes_preferences_show (self->preferences, "providers");

  return self;
}

void
rushes_desk_give_library (RushesDesk *self, RushesLibrary *library)
{
  g_autoptr (RushesPresets) presets = rushes_presets_new (rushes_library_get_folders (library));
  g_autoptr (DexFuture) loaded = rushes_test_run (rushes_presets_load (presets));

  g_assert_true (dex_future_is_resolved (loaded));
  adw_dialog_force_close (ADW_DIALOG (self->preferences));
  g_object_unref (self->preferences);
  self->preferences = g_object_ref_sink (rushes_preferences_new (self->registry, library, presets));
  adw_dialog_present (ADW_DIALOG (self->preferences), self->window);
  rushes_desk_await (self, is_open, NULL);
  rushes_preferences_show (self->preferences, "providers");
}

void
rushes_desk_close (RushesDesk *self)
{
  GtkWidget *window = self->window;
  RushesPreferences *preferences = self->preferences;
  RushesRegistry *registry = self->registry;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_add_weak_pointer (G_OBJECT (preferences), (gpointer *) &preferences);
  g_object_add_weak_pointer (G_OBJECT (registry), (gpointer *) &registry);

  rushes_desk_release (self);
  adw_dialog_force_close (ADW_DIALOG (self->preferences));
  g_clear_object (&self->preferences);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->registry);
  while ((window != NULL || preferences != NULL || registry != NULL) && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (window);
  g_assert_null (preferences);
  g_assert_null (registry);

  g_object_unref (self->folders);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->paused);
  g_free (self->authorization);
  g_free (self->url);
  g_free (self);
}

/* ---- waiting and looking ---- */

static gboolean
has_row (RushesDesk *self, gconstpointer title)
{
  return rushes_test_find (self->window, ADW_TYPE_PREFERENCES_ROW, title) != NULL;
}

gboolean
rushes_desk_has_row (RushesDesk *self, const char *title)
{
  return has_row (self, title);
}

GtkWidget *
rushes_desk_row (RushesDesk *self, const char *title)
{
  rushes_desk_await (self, has_row, title);

  return rushes_test_find (self->window, ADW_TYPE_PREFERENCES_ROW, title);
}

GtkWidget *
rushes_desk_button (RushesDesk *self, GtkWidget *place, const char *words)
{
  GtkWidget *button = rushes_test_find (place != NULL ? place : self->window, GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_is_sensitive (button));

  return button;
}

void
rushes_desk_press (RushesDesk *self, GtkWidget *place, const char *words)
{
  g_signal_emit_by_name (rushes_desk_button (self, place, words), "clicked");
}

void
rushes_desk_type (GtkWidget *row, const char *text)
{
  g_assert_true (ADW_IS_ENTRY_ROW (row));
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  if (adw_entry_row_get_show_apply_button (ADW_ENTRY_ROW (row)))
    g_signal_emit_by_name (row, "apply");
}

static gboolean
is_asked (RushesDesk *self, gconstpointer data)
{
  return rushes_test_find (self->window, ADW_TYPE_ALERT_DIALOG, NULL) != NULL;
}

static gboolean
is_answered (RushesDesk *self, gconstpointer data)
{
  return !is_asked (self, NULL);
}

void
rushes_desk_answer (RushesDesk *self, const char *response)
{
  AdwAlertDialog *dialog;

  rushes_desk_await (self, is_asked, NULL);
  dialog = ADW_ALERT_DIALOG (rushes_test_find (self->window, ADW_TYPE_ALERT_DIALOG, NULL));
  g_assert_true (adw_alert_dialog_has_response (dialog, response));
  adw_alert_dialog_set_close_response (dialog, response);
  adw_dialog_close (ADW_DIALOG (dialog));
  rushes_desk_await (self, is_answered, NULL);
}
