/* rushes-take-saver.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-saver.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-clip-name.h"
#include "rushes-clip-opener.h"
#include "rushes-clip-saver.h"
#include "rushes-inhibitor.h"
#include "rushes-recent.h"
#include "rushes-settings.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

typedef struct
{
  RushesLibrary *library;
  GPtrArray *takes;
  GFile *folder;     /* of several, once it is known */
  GtkWidget *widget; /* for the toast; may be off the screen by then */
} Saving;

static Saving *
saving_new (RushesLibrary *library, GPtrArray *takes, GFile *folder, GtkWidget *widget)
{
  Saving *self = g_new0 (Saving, 1);

  self->library = g_object_ref (library);
  self->takes = g_ptr_array_ref (takes);
  g_set_object (&self->folder, folder);
  g_set_object (&self->widget, widget);

  return self;
}

static void
saving_free (gpointer data)
{
  Saving *self = data;

  g_object_unref (self->library);
  g_ptr_array_unref (self->takes);
  g_clear_object (&self->folder);
  g_clear_object (&self->widget);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Saving, saving_free)

/* Begins in the folder of the take's project, else where something was saved last. */
static GtkFileDialog *
new_dialog (const char *title, RushesLibrary *library, RushesTake *take)
{
  const char *project_id = take != NULL ? rushes_take_get_project_id (take) : NULL;
  RushesProject *project = project_id != NULL ? rushes_library_find_project (library, project_id) : NULL;
  GtkFileDialog *dialog = gtk_file_dialog_new ();
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *uri = g_settings_get_string (settings, "save-folder");
  const char *videos = g_get_user_special_dir (G_USER_DIRECTORY_VIDEOS);
  g_autoptr (GFile) folder = project != NULL ? rushes_project_get_folder (project) : NULL;

  if (folder == NULL && *uri != '\0')
    folder = g_file_new_for_uri (uri);
  else if (folder == NULL && videos != NULL)
    folder = g_file_new_for_path (videos);
  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_folder (dialog, folder);

  return dialog;
}

static void
remember_folder (GFile *folder)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *uri = g_file_get_uri (folder);

  g_settings_set_string (settings, "save-folder", uri);
}

/* What the person chose in Preferences. */
static RushesSaveFlags
get_flags (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  return g_settings_get_boolean (settings, "save-recipes") ? RUSHES_SAVE_WITH_RECIPE : RUSHES_SAVE_DEFAULT;
}

/* ---- one ---- */

static void
show_clicked (AdwToast *toast, gpointer data)
{
  rushes_clip_opener_show (data, g_object_get_data (G_OBJECT (toast), "file"));
}

static void
saved (gpointer object, DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);
  GFile *file = value != NULL ? g_value_get_object (value) : NULL;
  gboolean lacks = file != NULL && rushes_clip_saver_get_lack (file) != NULL;
  AdwToast *toast;

  toast = rushes_toast_file (object, future,
                             /* Translators: %s is the name of a file. */
                             lacks ? _ ("Saved as “%s”, but its recipe could not be written")
                                   /* Translators: %s is the name of a file. */
                                   : _ ("Saved as “%s”"),
                             file);
  if (file != NULL)
    rushes_recent_add (file);
  if (toast != NULL && file != NULL)
    {
      adw_toast_set_button_label (toast, _ ("Show in _Files"));
      g_object_set_data_full (G_OBJECT (toast), "file", g_object_ref (file), g_object_unref);
      g_signal_connect_object (toast, "button-clicked", G_CALLBACK (show_clicked), object, 0);
    }
}

void
rushes_take_saver_save_as (GtkWidget *widget, RushesLibrary *library, RushesTake *take, GFile *file)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (RUSHES_IS_TAKE (take));
  g_return_if_fail (G_IS_FILE (file));

  rushes_when (
      rushes_inhibitor_keep (rushes_library_save_clip (library, take, file, get_flags () | RUSHES_SAVE_OVERWRITE)),
      widget, saved, NULL, NULL);
}

static void
file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  g_autoptr (GFile) folder = NULL;

  if (file == NULL)
    return;

  folder = g_file_get_parent (file);
  if (folder != NULL)
    remember_folder (folder);
  /* The dialog has asked before it gave a name that exists. */
  rushes_take_saver_save_as (saving->widget, saving->library, g_ptr_array_index (saving->takes, 0), file);
}

void
rushes_take_saver_ask (GtkWidget *widget, RushesLibrary *library, RushesTake *take)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GPtrArray) takes = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  takes = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (takes, g_object_ref (take));

  dialog = new_dialog (_ ("Save Clip"), library, take);
  name = rushes_clip_name_suggest (library, take);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen,
                        saving_new (library, takes, NULL, widget));
}

/* ---- several ---- */

static DexFuture *
find_free_name (gpointer data)
{
  g_autoptr (GFile) folder = g_file_get_parent (data);
  g_autofree char *name = g_file_get_basename (data);

  return dex_future_new_take_object (rushes_clip_name_find_free (folder, name));
}

static DexFuture *
save_fiber (gpointer data)
{
  Saving *saving = data;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < saving->takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (saving->takes, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (GFile) file = NULL;
      g_autofree char *name = NULL;
      GFile *wanted, *written;

      if (rushes_take_get_clip (take) == NULL)
        continue;

      name = rushes_clip_name_suggest (saving->library, take);
      wanted = g_file_get_child (saving->folder, name);
      file = dex_await_object (rushes_async_work (find_free_name, wanted, g_object_unref), &error);
      if (file == NULL ||
          !(written = dex_await_object (rushes_library_save_clip (saving->library, take, file, get_flags ()), &error)))
        return dex_future_new_for_error (g_steal_pointer (&error));
      g_ptr_array_add (files, written);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&files));
}

DexFuture *
rushes_take_saver_save (RushesLibrary *library, GPtrArray *takes, GFile *folder)
{
  dex_return_error_if_fail (RUSHES_IS_LIBRARY (library));
  dex_return_error_if_fail (takes != NULL);
  dex_return_error_if_fail (G_IS_FILE (folder));

  return rushes_inhibitor_keep (
      rushes_async_spawn (save_fiber, saving_new (library, takes, folder, NULL), saving_free));
}

static void
all_saved (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *sentence = NULL;
  g_autofree char *lack = NULL;
  GPtrArray *files;
  int n_lacking = 0;

  if (value == NULL)
    {
      rushes_toast_error (object, error);
      return;
    }

  files = g_value_get_boxed (value);
  for (guint i = 0; i < files->len; i++)
    {
      n_lacking += rushes_clip_saver_get_lack (g_ptr_array_index (files, i)) != NULL;
      rushes_recent_add (g_ptr_array_index (files, i));
    }
  sentence = g_strdup_printf (ngettext ("%d clip saved", "%d clips saved", files->len), (int) files->len);
  rushes_toast (object, sentence);
  if (n_lacking == 0)
    return;
  lack = g_strdup_printf (ngettext ("The recipe of %d clip could not be written",
                                    "The recipes of %d clips could not be written", n_lacking),
                          n_lacking);
  rushes_toast (object, lack);
}

static void
folder_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Saving) saving = data;
  g_autoptr (GFile) folder = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (folder == NULL)
    return;

  remember_folder (folder);
  rushes_when (rushes_take_saver_save (saving->library, saving->takes, folder), saving->widget, all_saved, NULL, NULL);
}

void
rushes_take_saver_ask_all (GtkWidget *widget, RushesLibrary *library, GPtrArray *takes)
{
  g_autoptr (GtkFileDialog) dialog = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (takes != NULL);

  dialog = new_dialog (_ ("Save Clips"), library, takes->len > 0 ? g_ptr_array_index (takes, 0) : NULL);
  gtk_file_dialog_set_accept_label (dialog, _ ("_Save Here"));
  gtk_file_dialog_select_folder (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, folder_chosen,
                                 saving_new (library, takes, NULL, widget));
}
