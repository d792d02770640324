/* rushes-window-projects.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-window-private.h"

#include <glib/gi18n.h>

#include "rushes-toast.h"
#include "rushes-ui.h"

static RushesLibrary *
get_library (RushesWindow *self)
{
  return rushes_studio_get_library (self->studio);
}

/* ---- the dialog that asks for a name ---- */

static void
name_typed (AdwAlertDialog *dialog)
{
  RushesWindow *self = g_object_get_data (G_OBJECT (dialog), "window");
  GtkEditable *entry = GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  RushesProject *same = *name != '\0' ? rushes_library_find_project (get_library (self), name) : NULL;
  gboolean taken = same != NULL && g_str_equal (rushes_project_get_name (same), name);

  adw_alert_dialog_set_response_enabled (dialog, "accept", *name != '\0' && !taken);
  if (taken)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  adw_alert_dialog_set_body (dialog, taken ? _ ("There is a project of this name already.") : "");
}

static void
ask_for_name (RushesWindow *self,
              const char *heading,
              const char *accept,
              const char *before,
              void (*done) (AdwAlertDialog *dialog, const char *response, RushesWindow *self))
{
  AdwDialog *dialog = adw_alert_dialog_new (heading, NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), before);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _ ("Name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  adw_alert_dialog_set_extra_child (alert, entry);
  adw_alert_dialog_add_response (alert, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (alert, "accept", accept);
  adw_alert_dialog_set_response_appearance (alert, "accept", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_enabled (alert, "accept", FALSE);
  adw_alert_dialog_set_default_response (alert, "accept");
  adw_alert_dialog_set_close_response (alert, "cancel");
  adw_dialog_set_focus (dialog, entry);
  g_object_set_data (G_OBJECT (dialog), "window", self);
  g_signal_connect_object (entry, "changed", G_CALLBACK (name_typed), dialog, G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "response", G_CALLBACK (done), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static char *
get_name (AdwAlertDialog *dialog)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (adw_alert_dialog_get_extra_child (dialog)))));
}

/* ---- new, renamed, deleted ---- */

static void
project_made (gpointer object, DexFuture *future, gpointer data)
{
  RushesWindow *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value != NULL)
    rushes_window_set_project (self, g_value_get_object (value));
  else
    rushes_toast_error (GTK_WIDGET (self), error);
}

static void
new_answered (AdwAlertDialog *dialog, const char *response, RushesWindow *self)
{
  g_autofree char *name = get_name (dialog);

  if (g_str_equal (response, "accept"))
    rushes_when (rushes_library_create_project (get_library (self), name), self, project_made, NULL, NULL);
}

static void
new_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ask_for_name (data, _ ("New Project"), _ ("C_reate"), "", new_answered);
}

static void
project_changed (gpointer object, DexFuture *future, gpointer data)
{
  RushesWindow *self = object;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (GTK_WIDGET (self), error);
}

static void
rename_answered (AdwAlertDialog *dialog, const char *response, RushesWindow *self)
{
  g_autofree char *name = get_name (dialog);

  if (g_str_equal (response, "accept"))
    rushes_when (rushes_library_rename_project (get_library (self), self->project, name), self, project_changed, NULL,
                 NULL);
}

static void
rename_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *self = data;

  ask_for_name (self, _ ("Rename Project"), _ ("_Rename"), rushes_project_get_name (self->project), rename_answered);
}

static void
delete_answered (AdwAlertDialog *dialog, const char *response, RushesWindow *self)
{
  if (g_str_equal (response, "delete"))
    rushes_when (rushes_library_delete_project (get_library (self), self->project), self, project_changed, NULL, NULL);
}

static void
delete_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *self = data;
  guint n = rushes_project_get_n_takes (self->project);
  g_autofree char *body = NULL;
  AdwDialog *dialog = adw_alert_dialog_new (NULL, NULL);
  AdwAlertDialog *alert = ADW_ALERT_DIALOG (dialog);

  adw_alert_dialog_format_heading (alert, _ ("Delete “%s”?"), rushes_project_get_name (self->project));
  if (n > 0)
    body = g_strdup_printf (ngettext ("Its %u take goes with it.", "Its %u takes go with it.", n), n);
  adw_alert_dialog_set_body (alert, body != NULL ? body : _ ("There are no takes in it."));
  adw_alert_dialog_add_response (alert, "cancel", _ ("_Cancel"));
  adw_alert_dialog_add_response (alert, "delete", _ ("_Delete"));
  adw_alert_dialog_set_response_appearance (alert, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (alert, "cancel");
  adw_alert_dialog_set_close_response (alert, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_answered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- the actions ---- */

static void
project_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesWindow *self = data;
  RushesProject *project = rushes_library_find_project (get_library (self), g_variant_get_string (parameter, NULL));

  if (project != NULL)
    rushes_window_set_project (self, project);
}

static void
set_enabled (RushesWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
rushes_window_projects_follow (RushesWindow *self)
{
  GListModel *projects = rushes_library_get_projects (get_library (self));
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "project");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_string (rushes_project_get_id (self->project)));
  set_enabled (self, "project", TRUE);
  set_enabled (self, "new-project", TRUE);
  set_enabled (self, "rename-project", TRUE);
  set_enabled (self, "delete-project", g_list_model_get_n_items (projects) > 1);
}

static void
projects_changed (GListModel *projects, guint position, guint removed, guint added, RushesWindow *self)
{
  guint n = g_list_model_get_n_items (projects);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesProject) project = g_list_model_get_item (projects, i);

      if (project == self->project)
        {
          rushes_window_projects_follow (self);
          return;
        }
    }

  /* The one that was shown is gone. */
  if (n > 0)
    {
      g_autoptr (RushesProject) first = g_list_model_get_item (projects, 0);

      rushes_window_set_project (self, first);
    }
}

void
rushes_window_projects_watch (RushesWindow *self)
{
  g_signal_connect_object (rushes_library_get_projects (get_library (self)), "items-changed",
                           G_CALLBACK (projects_changed), self, 0);
}

void
rushes_window_projects_init (RushesWindow *self)
{
  static const GActionEntry actions[] = {
    { "project", project_action, "s", "''", NULL },
    { "new-project", new_action, NULL, NULL, NULL },
    { "rename-project", rename_action, NULL, NULL, NULL },
    { "delete-project", delete_action, NULL, NULL, NULL },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    set_enabled (self, actions[i].name, FALSE);
}
