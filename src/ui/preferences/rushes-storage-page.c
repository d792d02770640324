/* rushes-storage-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-storage-page.h"

#include <glib/gi18n.h>

#include "rushes-backup-group.h"
#include "rushes-backup-pass.h"
#include "rushes-clip-room.h"
#include "rushes-settings.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

struct _RushesStoragePage
{
  AdwPreferencesPage parent_instance;

  RushesLibrary *library;
  GSettings *settings;

  AdwActionRow *folder;
  AdwActionRow *room;
  RushesBackupGroup *backup;
  AdwSpinRow *most;
  AdwSpinRow *gigabytes;
  GtkWidget *prune;
  AdwSwitchRow *recipes;
};

G_DEFINE_FINAL_TYPE (RushesStoragePage, rushes_storage_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- how much there is ---- */

static void
measured (gpointer object, DexFuture *future, gpointer data)
{
  RushesStoragePage *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *size = NULL;
  g_autofree char *words = NULL;
  const RushesClipRoom *room;

  if (value == NULL)
    {
      adw_action_row_set_subtitle (self->room, error->message);
      return;
    }
  room = g_value_get_boxed (value);
  size = g_format_size (room->size);
  /* Translators: how many clips there are, and their size: “12 clips, 340 MB”. */
  words = g_strdup_printf (ngettext ("%u clip, %s", "%u clips, %s", room->n_clips), room->n_clips, size);
  adw_action_row_set_subtitle (self->room, words);
}

static void
measure (RushesStoragePage *self)
{
  const RushesClipLimits none = { 0 };

  if (self->library != NULL)
    rushes_when (rushes_library_prune (self->library, &none, TRUE), self, measured, NULL, NULL);
}

/* What came in from a backup takes room, too. */
static void
pass_changed (RushesStoragePage *self, RushesBackupPass *pass)
{
  if (rushes_backup_pass_get_work (pass) == RUSHES_BACKUP_IDLE)
    measure (self);
}

/* ---- pruning ---- */

static void
limits_changed (RushesStoragePage *self)
{
  RushesClipLimits limits = rushes_clip_limits_read ();

  gtk_widget_set_sensitive (self->prune, self->library != NULL && (limits.most > 0 || limits.size > 0));
}

static void
pruned (gpointer object, DexFuture *future, gpointer data)
{
  RushesStoragePage *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *sentence = NULL;
  const RushesClipRoom *room;

  measure (self);
  if (value == NULL)
    {
      rushes_toast (GTK_WIDGET (self), error->message);
      return;
    }
  room = g_value_get_boxed (value);
  sentence = g_strdup_printf (ngettext ("%u clip removed", "%u clips removed", room->n_pruned), room->n_pruned);
  rushes_toast (GTK_WIDGET (self), sentence);
}

static void
prune_answered (AdwAlertDialog *dialog, const char *response, RushesStoragePage *self)
{
  RushesClipLimits limits = rushes_clip_limits_read ();

  if (g_str_equal (response, "cancel"))
    return;
  limits.unsaved = g_str_equal (response, "all");
  rushes_when (rushes_library_prune (self->library, &limits, FALSE), self, pruned, NULL, NULL);
}

static void
add_answer (AdwAlertDialog *dialog, const char *response, const char *label)
{
  adw_alert_dialog_add_response (dialog, response, label);
  adw_alert_dialog_set_response_appearance (dialog, response, ADW_RESPONSE_DESTRUCTIVE);
}

/* What lies nowhere else is named before anything is done. */
static void
foreseen (gpointer object, DexFuture *future, gpointer data)
{
  RushesStoragePage *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  const RushesClipRoom *room = value != NULL ? g_value_get_boxed (value) : NULL;
  g_autofree char *size = NULL;
  g_autofree char *unsaved = NULL;
  g_autoptr (GString) body = g_string_new (NULL);
  AdwDialog *dialog;
  guint n_saved;

  if (room == NULL || room->n_pruned == 0)
    {
      rushes_toast (GTK_WIDGET (self), room == NULL ? error->message : _ ("There is nothing to remove"));
      return;
    }

  n_saved = room->n_pruned - room->n_unsaved;
  size = g_format_size (room->size_pruned);
  g_string_append_printf (body,
                          ngettext ("%u clip of %s is over what you want to keep.",
                                    "%u clips of %s in all are over what you want to keep.", room->n_pruned),
                          room->n_pruned, size);
  if (room->n_unsaved > 0)
    {
      unsaved = g_strdup_printf (
          ngettext ("%u of them was saved nowhere else and would be gone. Its take and its recipe stay.",
                    "%u of them were saved nowhere else and would be gone. Their takes and recipes stay.",
                    room->n_unsaved),
          room->n_unsaved);
      g_string_append_printf (body, "\n\n%s", unsaved);
    }
  dialog = adw_alert_dialog_new (_ ("Remove Old Clips?"), body->str);
  adw_alert_dialog_add_response (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"));
  if (n_saved > 0)
    add_answer (ADW_ALERT_DIALOG (dialog), "saved", room->n_unsaved > 0 ? _ ("Remove _Saved Ones") : _ ("_Remove"));
  if (room->n_unsaved > 0)
    add_answer (ADW_ALERT_DIALOG (dialog), "all", _ ("Remove _All"));
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (prune_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
prune_now (RushesStoragePage *self)
{
  RushesClipLimits limits = rushes_clip_limits_read ();

  if (self->library == NULL)
    return;
  limits.unsaved = TRUE;
  rushes_when (rushes_library_prune (self->library, &limits, TRUE), self, foreseen, NULL, NULL);
}

/* ---- the page ---- */

static void
rushes_storage_page_dispose (GObject *object)
{
  RushesStoragePage *self = RUSHES_STORAGE_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_STORAGE_PAGE);
  g_clear_object (&self->settings);
  g_clear_object (&self->library);

  G_OBJECT_CLASS (rushes_storage_page_parent_class)->dispose (object);
}

static void
rushes_storage_page_class_init (RushesStoragePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_storage_page_dispose;

  g_type_ensure (RUSHES_TYPE_BACKUP_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-storage-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, folder);
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, room);
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, backup);
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, most);
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, gigabytes);
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, prune);
  gtk_widget_class_bind_template_child (widget_class, RushesStoragePage, recipes);
  gtk_widget_class_bind_template_callback (widget_class, prune_now);
}

static void
rushes_storage_page_init (RushesStoragePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = rushes_settings_get ();
  g_settings_bind (self->settings, "clips-most", self->most, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "clips-gigabytes", self->gigabytes, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "save-recipes", self->recipes, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->settings, "changed::clips-most", G_CALLBACK (limits_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed::clips-gigabytes", G_CALLBACK (limits_changed), self,
                           G_CONNECT_SWAPPED);
}

void
rushes_storage_page_set_library (RushesStoragePage *self,
                                 RushesLibrary *library,
                                 RushesPresets *presets,
                                 RushesRegistry *registry)
{
  g_autofree char *path = NULL;
  g_autofree char *shown = NULL;

  g_return_if_fail (RUSHES_IS_STORAGE_PAGE (self));
  g_return_if_fail (library == NULL || RUSHES_IS_LIBRARY (library));

  g_set_object (&self->library, library);
  limits_changed (self);
  gtk_widget_set_visible (GTK_WIDGET (self->room), library != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->folder), library != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->backup), library != NULL);
  if (library == NULL)
    return;

  rushes_backup_group_set_library (self->backup, library, presets, registry);
  g_signal_connect_object (rushes_backup_pass_get (library), "changed", G_CALLBACK (pass_changed), self,
                           G_CONNECT_SWAPPED);
  path = g_file_get_path (rushes_folders_get_data (rushes_library_get_folders (library)));
  shown = g_filename_display_name (path);
  adw_action_row_set_subtitle (self->folder, shown);
  measure (self);
}
