/* rushes-presets-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-presets-page.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-error.h"
#include "rushes-preset-dialog.h"
#include "rushes-preset-import.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

struct _RushesPresetsPage
{
  AdwPreferencesPage parent_instance;

  RushesPresets *presets; /* NULL */
  GPtrArray *rows;        /* GtkWidget, each in the group that it has as its data */

  GtkEditable *search;
  AdwPreferencesGroup *own;
  GtkWidget *add;
  AdwPreferencesGroup *shipped;
  AdwPreferencesGroup *hidden;
  GtkWidget *nothing;
};

G_DEFINE_FINAL_TYPE (RushesPresetsPage, rushes_presets_page, ADW_TYPE_PREFERENCES_PAGE)

/* ---- the list ---- */

static gboolean
is_wanted (RushesPresetsPage *self, RushesPreset *preset)
{
  const char *words = gtk_editable_get_text (self->search);

  return g_str_match_string (words, rushes_preset_get_name (preset), TRUE) ||
         g_str_match_string (words, rushes_preset_get_prompt (preset), TRUE);
}

static void
append (GMenu *menu, const char *label, const char *action, RushesPreset *preset)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, action, "s", rushes_preset_get_id (preset));
  g_menu_append_item (menu, item);
}

static GtkWidget *
make_menu_button (RushesPresetsPage *self, RushesPreset *preset)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button;

  if (!rushes_preset_get_shipped (preset))
    append (menu, _ ("_Edit…"), "presets.edit", preset);
  append (menu, _ ("_Duplicate…"), "presets.duplicate", preset);
  append (menu,
          rushes_preset_get_shipped (preset)                  ? _ ("_Hide")
          : rushes_presets_is_changed (self->presets, preset) ? _ ("_Reset")
                                                              : _ ("_Delete"),
          "presets.remove", preset);
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "view-more-symbolic", "menu-model", menu, "valign",
                         GTK_ALIGN_CENTER, "tooltip-text", _ ("More"), NULL);
  gtk_widget_add_css_class (button, "flat");

  return button;
}

static GtkWidget *
make_show_button (RushesPreset *preset)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "label", _ ("Show"), "valign", GTK_ALIGN_CENTER, "action-name",
                                    "presets.show", NULL);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", rushes_preset_get_id (preset));

  return button;
}

static void
add_row (RushesPresetsPage *self, RushesPreset *preset, AdwPreferencesGroup *group)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "subtitle-lines", 2, NULL);
  g_autofree char *name = rushes_clean_words (rushes_preset_get_name (preset));
  g_autofree char *prompt = rushes_clean_words (rushes_preset_get_prompt (preset));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), prompt);
  gtk_widget_set_tooltip_text (row, prompt);
  if (group == self->own)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "presets.edit");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", rushes_preset_get_id (preset));
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             group == self->hidden ? make_show_button (preset) : make_menu_button (self, preset));
  adw_preferences_group_add (group, row);
  g_object_set_data (G_OBJECT (row), "group", group);
  g_ptr_array_add (self->rows, row);
}

static guint
add_rows (RushesPresetsPage *self, GListModel *presets, AdwPreferencesGroup *group)
{
  guint n_added = 0;

  for (guint i = 0; i < g_list_model_get_n_items (presets); i++)
    {
      g_autoptr (RushesPreset) preset = g_list_model_get_item (presets, i);

      if (!is_wanted (self, preset) ||
          (group != self->hidden && rushes_preset_get_shipped (preset) != (group == self->shipped)))
        continue;
      add_row (self, preset, group);
      n_added++;
    }
  gtk_widget_set_visible (GTK_WIDGET (group), n_added > 0 || group == self->own);

  return n_added;
}

/* The way to a new one stays at the end of one's own. */
static void
fill (RushesPresetsPage *self)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));
  gboolean searching = *gtk_editable_get_text (self->search) != '\0';
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  guint n;

  if (self->presets == NULL)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (g_object_get_data (self->rows->pdata[i], "group"), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);

  g_object_ref (self->add);
  adw_preferences_group_remove (self->own, self->add);
  n = add_rows (self, G_LIST_MODEL (self->presets), self->own);
  adw_preferences_group_add (self->own, self->add);
  g_object_unref (self->add);
  n += add_rows (self, G_LIST_MODEL (self->presets), self->shipped);
  n += add_rows (self, rushes_presets_get_hidden (self->presets), self->hidden);
  gtk_widget_set_visible (self->nothing, n == 0 && searching);

  /* What had the focus may be gone. */
  if (focus != NULL && root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_grab_focus (self->add);
}

/* ---- changing ---- */

/* Hidden ones, too. Full reference; NULL. */
static RushesPreset *
find (RushesPresetsPage *self, GVariant *id)
{
  GListModel *lists[] = { G_LIST_MODEL (self->presets), rushes_presets_get_hidden (self->presets) };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < g_list_model_get_n_items (lists[i]); j++)
      {
        g_autoptr (RushesPreset) preset = g_list_model_get_item (lists[i], j);

        if (g_str_equal (rushes_preset_get_id (preset), g_variant_get_string (id, NULL)))
          return g_steal_pointer (&preset);
      }
  return NULL;
}

static void
edit_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesPresetsPage *self = RUSHES_PRESETS_PAGE (widget);
  g_autoptr (RushesPreset) preset = find (self, parameter);

  if (preset != NULL)
    adw_dialog_present (rushes_preset_dialog_new_for (self->presets, preset), widget);
}

static void
duplicate_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesPresetsPage *self = RUSHES_PRESETS_PAGE (widget);
  g_autoptr (RushesPreset) preset = find (self, parameter);

  if (preset != NULL)
    adw_dialog_present (rushes_preset_dialog_new (self->presets, preset), widget);
}

static void
add_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_dialog_present (rushes_preset_dialog_new (RUSHES_PRESETS_PAGE (widget)->presets, NULL), widget);
}

static void
is_back (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

static void
put_back (RushesPresetsPage *self, RushesPreset *preset)
{
  rushes_when (rushes_presets_put_back (self->presets, preset), self, is_back, NULL, NULL);
}

static void
show_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (RushesPreset) preset = find (RUSHES_PRESETS_PAGE (widget), parameter);

  if (preset != NULL)
    put_back (RUSHES_PRESETS_PAGE (widget), preset);
}

static void
undo (AdwToast *toast, RushesPresetsPage *self)
{
  put_back (self, g_object_get_data (G_OBJECT (toast), "preset"));
}

static void
removed (gpointer object, DexFuture *future, gpointer data)
{
  RushesPresetsPage *self = object;
  RushesPreset *preset = data;
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *shown = NULL;
  g_autofree char *news = NULL;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  if (dex_future_get_value (future, &error) == NULL)
    {
      rushes_toast_error (widget, error);
      return;
    }
  shown = rushes_clean_words (rushes_preset_get_name (preset));
  /* Translators: %s is the name of a preset. */
  news = g_strdup_printf (rushes_preset_get_shipped (preset) ? _ ("“%s” is hidden") : _ ("“%s” was deleted"), shown);
  if ((toast = rushes_toast (widget, news)) == NULL)
    return;
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_object_set_data_full (G_OBJECT (toast), "preset", g_object_ref (preset), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo), self, 0);
}

/* The row stays until it is done. */
static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesPresetsPage *self = RUSHES_PRESETS_PAGE (widget);
  g_autoptr (RushesPreset) preset = find (self, parameter);

  if (preset != NULL)
    rushes_when (rushes_presets_remove (self->presets, preset), self, removed, g_object_ref (preset), g_object_unref);
}

/* ---- in and out ---- */

static void
import_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesPresetsPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_open_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL && self->presets != NULL)
    rushes_preset_import_file (GTK_WIDGET (self), self->presets, file);
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, _ ("Import Presets"));
  gtk_file_dialog_open (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, import_chosen, g_object_ref (widget));
}

static void
text_pasted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesPresetsPage) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (self->presets == NULL)
    return;
  if (text != NULL)
    rushes_preset_import_text (GTK_WIDGET (self), self->presets, text);
  else
    rushes_toast (GTK_WIDGET (self), _ ("There is no text on the clipboard"));
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, text_pasted, g_object_ref (widget));
}

static gboolean
dropped (GtkDropTarget *target, const GValue *value, double x, double y, RushesPresetsPage *self)
{
  if (self->presets == NULL)
    return FALSE;
  if (G_VALUE_HOLDS_STRING (value))
    rushes_preset_import_text (GTK_WIDGET (self), self->presets, g_value_get_string (value));
  else
    for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
      rushes_preset_import_file (GTK_WIDGET (self), self->presets, l->data);

  return TRUE;
}

static void
written (gpointer object, DexFuture *future, gpointer data)
{
  /* Translators: %s is the name of a file. */
  rushes_toast_file (object, future, _ ("Saved as “%s”"), data);
}

static void
export_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesPresetsPage) self = data;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);
  gboolean lines = g_object_get_data (source, "lines") != NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (file == NULL || self->presets == NULL)
    return;
  text = rushes_presets_export (self->presets, FALSE, lines);
  bytes = g_bytes_new (text, strlen (text));
  rushes_when (dex_file_replace_contents_bytes (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE), self, written,
               g_object_ref (file), g_object_unref);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  gboolean lines = g_str_equal (name, "presets.export-lines");

  gtk_file_dialog_set_title (dialog, _ ("Export Presets"));
  gtk_file_dialog_set_initial_name (dialog, lines ? "presets.txt" : "presets.json");
  g_object_set_data (G_OBJECT (dialog), "lines", GINT_TO_POINTER (lines));
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, export_chosen, g_object_ref (widget));
}

/* Only what is the person's own goes out. */
static void
follow (RushesPresetsPage *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->presets)) && !any; i++)
    {
      g_autoptr (RushesPreset) preset = g_list_model_get_item (G_LIST_MODEL (self->presets), i);

      any = !rushes_preset_get_shipped (preset);
    }
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "presets.export", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "presets.export-lines", any);
  fill (self);
}

/* ---- the page ---- */

void
rushes_presets_page_set_presets (RushesPresetsPage *self, RushesPresets *presets)
{
  g_return_if_fail (RUSHES_IS_PRESETS_PAGE (self));
  g_return_if_fail (presets == NULL || RUSHES_IS_PRESETS (presets));
  g_return_if_fail (self->presets == NULL);

  if (!g_set_object (&self->presets, presets))
    return;
  g_signal_connect_object (presets, "items-changed", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rushes_presets_get_hidden (presets), "items-changed", G_CALLBACK (follow), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  follow (self);
}

static void
rushes_presets_page_dispose (GObject *object)
{
  RushesPresetsPage *self = RUSHES_PRESETS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PRESETS_PAGE);
  g_clear_object (&self->presets);
  g_clear_pointer (&self->rows, g_ptr_array_unref);

  G_OBJECT_CLASS (rushes_presets_page_parent_class)->dispose (object);
}

static void
rushes_presets_page_class_init (RushesPresetsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_presets_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-presets-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPresetsPage, search);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetsPage, own);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetsPage, add);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetsPage, shipped);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetsPage, hidden);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetsPage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, fill);

  gtk_widget_class_install_action (widget_class, "presets.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "presets.edit", "s", edit_action);
  gtk_widget_class_install_action (widget_class, "presets.duplicate", "s", duplicate_action);
  gtk_widget_class_install_action (widget_class, "presets.remove", "s", remove_action);
  gtk_widget_class_install_action (widget_class, "presets.show", "s", show_action);
  gtk_widget_class_install_action (widget_class, "presets.import", NULL, import_action);
  gtk_widget_class_install_action (widget_class, "presets.paste", NULL, paste_action);
  gtk_widget_class_install_action (widget_class, "presets.export", NULL, export_action);
  gtk_widget_class_install_action (widget_class, "presets.export-lines", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "presets.paste", NULL);
}

static void
rushes_presets_page_init (RushesPresetsPage *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_STRING };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (dropped), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
