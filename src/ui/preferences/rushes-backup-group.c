/* rushes-backup-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-backup-group.h"

#include <glib/gi18n.h>

#include "rushes-backup-pass.h"
#include "rushes-error.h"
#include "rushes-note-row.h"
#include "rushes-provider-offer.h"
#include "rushes-ui.h"

struct _RushesBackupGroup
{
  AdwPreferencesGroup parent_instance;

  RushesLibrary *library;
  RushesPresets *presets;   /* NULL */
  RushesRegistry *registry; /* NULL */
  RushesBackupPass *pass;
  RushesBackupWork work; /* that is shown */

  GtkWidget *with_clips;
  GtkWidget *back_up;
  GtkWidget *restore;
  GtkWidget *progress;
  GtkProgressBar *bar;
  GtkWidget *cancel;
  RushesNoteRow *note;
};

G_DEFINE_FINAL_TYPE (RushesBackupGroup, rushes_backup_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- how it is going ---- */

static void
show_sentence (RushesBackupGroup *self, const char *sentence, gboolean failed)
{
  if (failed)
    rushes_note_row_say (self->note, sentence, NULL);
  else
    rushes_note_row_hint (self->note, sentence, NULL);
}

/* The focus goes along with what there is to do. */
static void
show_work (RushesBackupGroup *self, RushesBackupWork work)
{
  gboolean busy = work != RUSHES_BACKUP_IDLE;
  const char *title = work == RUSHES_BACKUP_RESTORING ? _ ("Restoring…") : _ ("Backing Up…");
  const char *sentence = rushes_backup_pass_get_sentence (self->pass);
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self)) != NULL;

  self->work = work;
  if (busy)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->progress), title);
  gtk_widget_set_sensitive (self->cancel, TRUE);
  gtk_widget_set_visible (self->progress, busy);
  gtk_widget_set_sensitive (self->with_clips, !busy);
  gtk_widget_set_sensitive (self->back_up, !busy);
  gtk_widget_set_sensitive (self->restore, !busy);
  if (had_focus)
    gtk_widget_grab_focus (busy ? self->cancel : self->back_up);

  show_sentence (self, sentence, rushes_backup_pass_get_failed (self->pass));
  if (busy || (sentence != NULL && !rushes_backup_pass_get_failed (self->pass)))
    gtk_accessible_announce (GTK_ACCESSIBLE (self), busy ? title : sentence,
                             GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
pass_changed (RushesBackupGroup *self)
{
  RushesBackupWork work = rushes_backup_pass_get_work (self->pass);
  double fraction = rushes_backup_pass_get_fraction (self->pass);

  if (work != self->work)
    show_work (self, work);
  if (fraction > 0)
    gtk_progress_bar_set_fraction (self->bar, fraction);
  else
    gtk_progress_bar_pulse (self->bar);
}

static void
cancel_clicked (RushesBackupGroup *self)
{
  gtk_widget_set_sensitive (self->cancel, FALSE);
  rushes_backup_pass_cancel (self->pass);
}

/* ---- backing up ---- */

/* Whether there is a file to go on with: not when the person thought better of it, or the page is gone. */
static gboolean
is_wanted (RushesBackupGroup *self, GFile *file, const GError *error)
{
  if (self->pass == NULL)
    return FALSE;
  if (file == NULL && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    rushes_note_row_say (self->note, _ ("The dialog for files could not be shown. Try it again."), NULL);

  return file != NULL;
}

static void
place_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesBackupGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (is_wanted (self, file, error))
    rushes_backup_pass_back_up (self->pass, self->library, file,
                                adw_switch_row_get_active (ADW_SWITCH_ROW (self->with_clips)));
}

static void
back_up_asked (RushesBackupGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "rushes-%F.backup");

  gtk_file_dialog_set_title (dialog, _ ("Back Up Library"));
  gtk_file_dialog_set_accept_label (dialog, _ ("_Back Up"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, place_chosen,
                        g_object_ref (self));
}

/* ---- restoring ---- */

static void
restore_answered (AdwAlertDialog *dialog, const char *response, RushesBackupGroup *self)
{
  GFile *file = g_object_get_data (G_OBJECT (dialog), "file");

  if (g_str_equal (response, "restore"))
    rushes_backup_pass_restore (self->pass, self->library, self->presets, self->registry, file);
}

static void
ask_to_restore (RushesBackupGroup *self, GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (base);
  g_autofree char *name = rushes_clean_words (shown);
  AdwDialog *dialog;

  dialog = adw_alert_dialog_new (_ ("Restore This Backup?"), NULL);
  adw_alert_dialog_format_body (ADW_ALERT_DIALOG (dialog),
                                /* Translators: a file */
                                _ ("Projects, takes, pictures, clips and presets in “%s” that are not here come in, "
                                   "with what they cost. Nothing that is here is changed or removed."),
                                name);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "restore", _ ("_Restore"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "restore", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "restore");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "file", g_object_ref (file), g_object_unref);
  g_signal_connect_object (dialog, "response", G_CALLBACK (restore_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
backup_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesBackupGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, &error);

  if (is_wanted (self, file, error))
    ask_to_restore (self, file);
}

static void
restore_asked (RushesBackupGroup *self)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Restore a Backup"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, backup_chosen,
                        g_object_ref (self));
}

/* ---- the group ---- */

static void
rushes_backup_group_dispose (GObject *object)
{
  RushesBackupGroup *self = RUSHES_BACKUP_GROUP (object);

  if (self->pass != NULL)
    g_signal_handlers_disconnect_by_data (self->pass, self);
  g_clear_object (&self->pass);
  g_clear_object (&self->library);
  g_clear_object (&self->presets);
  g_clear_object (&self->registry);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_BACKUP_GROUP);

  G_OBJECT_CLASS (rushes_backup_group_parent_class)->dispose (object);
}

static void
rushes_backup_group_class_init (RushesBackupGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_backup_group_dispose;

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-backup-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesBackupGroup, with_clips);
  gtk_widget_class_bind_template_child (widget_class, RushesBackupGroup, back_up);
  gtk_widget_class_bind_template_child (widget_class, RushesBackupGroup, restore);
  gtk_widget_class_bind_template_child (widget_class, RushesBackupGroup, progress);
  gtk_widget_class_bind_template_child (widget_class, RushesBackupGroup, bar);
  gtk_widget_class_bind_template_child (widget_class, RushesBackupGroup, cancel);
  gtk_widget_class_bind_template_child (widget_class, RushesBackupGroup, note);
  gtk_widget_class_bind_template_callback (widget_class, back_up_asked);
  gtk_widget_class_bind_template_callback (widget_class, restore_asked);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
}

static void
rushes_backup_group_init (RushesBackupGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
offered (RushesBackupGroup *self, GPtrArray *descriptions)
{
  rushes_provider_offer_all (GTK_WIDGET (self), self->registry, descriptions);
}

void
rushes_backup_group_set_library (RushesBackupGroup *self,
                                 RushesLibrary *library,
                                 RushesPresets *presets,
                                 RushesRegistry *registry)
{
  g_return_if_fail (RUSHES_IS_BACKUP_GROUP (self));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (self->library == NULL);

  self->library = g_object_ref (library);
  g_set_object (&self->presets, presets);
  g_set_object (&self->registry, registry);
  self->pass = g_object_ref (rushes_backup_pass_get (library));
  g_signal_connect_object (self->pass, "offer", G_CALLBACK (offered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pass, "changed", G_CALLBACK (pass_changed), self, G_CONNECT_SWAPPED);
  show_sentence (self, rushes_backup_pass_get_sentence (self->pass), rushes_backup_pass_get_failed (self->pass));
  pass_changed (self);
}
