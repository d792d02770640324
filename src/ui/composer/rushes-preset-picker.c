/* rushes-preset-picker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preset-picker.h"

#include <glib/gi18n.h>

struct _RushesPresetPicker
{
  AdwBin parent_instance;

  RushesPresets *presets;
  RushesDraft *draft;
  GSignalGroup *draft_signals;
  GHashTable *groups; /* name of a group to its place */
  gboolean following;

  GtkStringObject *manage; /* the last item */

  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (RushesPresetPicker, rushes_preset_picker, ADW_TYPE_BIN)

/* The first item and the last are no presets, but strings: that there is none, and the way to all of them. */
static const char *
item_name (gpointer item)
{
  if (RUSHES_IS_PRESET (item))
    return rushes_preset_get_name (item);

  return GTK_IS_STRING_OBJECT (item) ? gtk_string_object_get_string (item) : "";
}

static char *
search_text (gpointer item)
{
  return g_strdup (item_name (item));
}

static char *
preset_name (gpointer list_item, gpointer item)
{
  return g_strdup (item_name (item));
}

static char *
preset_summary (gpointer list_item, gpointer item)
{
  return RUSHES_IS_PRESET (item) ? g_strdup (rushes_preset_get_summary (item)) : NULL;
}

static char *
preset_icon (gpointer list_item, gpointer item)
{
  return RUSHES_IS_PRESET (item) ? g_strdup (rushes_preset_get_icon_name (item)) : NULL;
}

static char *
preset_group (gpointer list_header, gpointer item)
{
  return RUSHES_IS_PRESET (item) ? g_strdup (rushes_preset_get_group (item)) : NULL;
}

static gboolean
is_preset (gpointer list_item, gpointer item)
{
  return RUSHES_IS_PRESET (item);
}

/* ---- sections ---- */

static void
number_groups (GListModel *presets, guint position, guint removed, guint added, RushesPresetPicker *self)
{
  guint n = g_list_model_get_n_items (presets);

  g_hash_table_remove_all (self->groups);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesPreset) preset = g_list_model_get_item (presets, i);
      const char *group = rushes_preset_get_group (preset);

      if (!g_hash_table_contains (self->groups, group))
        g_hash_table_insert (self->groups, g_strdup (group), GUINT_TO_POINTER (g_hash_table_size (self->groups) + 1));
    }
}

static guint
place_of_group (RushesPresetPicker *self, gconstpointer item)
{
  if (item == self->manage)
    return G_MAXINT;
  if (!RUSHES_IS_PRESET ((gpointer) item))
    return 0;

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->groups, rushes_preset_get_group ((gpointer) item)));
}

static int
compare_groups (gconstpointer a, gconstpointer b, gpointer data)
{
  return (int) place_of_group (data, a) - (int) place_of_group (data, b);
}

/* ---- the draft ---- */

static void
follow_draft (RushesPresetPicker *self)
{
  GListModel *items = gtk_drop_down_get_model (self->drop_down);
  const char *id = rushes_draft_get_preset_id (self->draft);
  guint n = items != NULL ? g_list_model_get_n_items (items) : 0;
  guint place = id == NULL ? 0 : GTK_INVALID_LIST_POSITION;

  for (guint i = 0; id != NULL && i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (items, i);

      if (RUSHES_IS_PRESET (item) && g_str_equal (rushes_preset_get_id (RUSHES_PRESET (item)), id))
        {
          place = i;
          break;
        }
    }

  self->following = TRUE;
  gtk_drop_down_set_selected (self->drop_down, place);
  self->following = FALSE;
}

static void
picked (RushesPresetPicker *self)
{
  gpointer item = gtk_drop_down_get_selected_item (self->drop_down);

  if (self->following || self->draft == NULL)
    return;
  if (item == self->manage)
    {
      follow_draft (self);
      gtk_widget_activate_action (GTK_WIDGET (self), "app.preferences", "s", "presets");
      return;
    }
  if (RUSHES_IS_PRESET (item))
    rushes_draft_set_preset (self->draft, rushes_preset_get_id (item), rushes_preset_get_prompt (item));
  else
    rushes_draft_set_preset (self->draft, NULL, NULL);
}

/* ---- the widget ---- */

static void
rushes_preset_picker_dispose (GObject *object)
{
  RushesPresetPicker *self = RUSHES_PRESET_PICKER (object);

  g_clear_object (&self->draft_signals);
  /* Disposing of the template takes the drop-down out behind the back of AdwBin. */
  adw_bin_set_child (ADW_BIN (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PRESET_PICKER);
  g_clear_object (&self->draft);
  g_clear_object (&self->presets);
  g_clear_object (&self->manage);

  G_OBJECT_CLASS (rushes_preset_picker_parent_class)->dispose (object);
}

static void
rushes_preset_picker_finalize (GObject *object)
{
  RushesPresetPicker *self = RUSHES_PRESET_PICKER (object);

  g_clear_pointer (&self->groups, g_hash_table_unref);

  G_OBJECT_CLASS (rushes_preset_picker_parent_class)->finalize (object);
}

static void
rushes_preset_picker_class_init (RushesPresetPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_preset_picker_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_preset_picker_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-preset-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPresetPicker, drop_down);
  gtk_widget_class_bind_template_callback (widget_class, preset_icon);
  gtk_widget_class_bind_template_callback (widget_class, search_text);
  gtk_widget_class_bind_template_callback (widget_class, preset_name);
  gtk_widget_class_bind_template_callback (widget_class, preset_summary);
  gtk_widget_class_bind_template_callback (widget_class, preset_group);
  gtk_widget_class_bind_template_callback (widget_class, is_preset);
  gtk_widget_class_bind_template_callback (widget_class, picked);
}

static void
rushes_preset_picker_init (RushesPresetPicker *self)
{
  self->manage = gtk_string_object_new (_ ("Manage Presets…"));
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->draft_signals = g_signal_group_new (RUSHES_TYPE_DRAFT);
  g_signal_group_connect_swapped (self->draft_signals, "notify::preset-id", G_CALLBACK (follow_draft), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rushes_preset_picker_set_presets (RushesPresetPicker *self, RushesPresets *presets)
{
  g_autoptr (GListStore) parts = g_list_store_new (G_TYPE_LIST_MODEL);
  g_autoptr (GtkStringList) none = gtk_string_list_new ((const char *[]) { _ ("No Preset"), NULL });
  g_autoptr (GListStore) manage = g_list_store_new (GTK_TYPE_STRING_OBJECT);
  g_autoptr (GtkSortListModel) items = NULL;
  g_autoptr (GtkSorter) by_group = NULL;

  g_return_if_fail (RUSHES_IS_PRESET_PICKER (self));
  g_return_if_fail (RUSHES_IS_PRESETS (presets));
  g_return_if_fail (self->presets == NULL);

  self->presets = g_object_ref (presets);
  /* Before the models that follow: they compare by these numbers. */
  g_signal_connect_object (presets, "items-changed", G_CALLBACK (number_groups), self, 0);
  number_groups (G_LIST_MODEL (presets), 0, 0, 0, self);

  g_list_store_append (parts, none);
  g_list_store_append (parts, presets);
  g_list_store_append (manage, self->manage);
  g_list_store_append (parts, manage);
  items = gtk_sort_list_model_new (G_LIST_MODEL (gtk_flatten_list_model_new (G_LIST_MODEL (g_steal_pointer (&parts)))),
                                   NULL);
  by_group = GTK_SORTER (gtk_custom_sorter_new (compare_groups, self, NULL));
  gtk_sort_list_model_set_section_sorter (items, by_group);
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (items));
  if (self->draft != NULL)
    follow_draft (self);
}

void
rushes_preset_picker_set_draft (RushesPresetPicker *self, RushesDraft *draft)
{
  g_return_if_fail (RUSHES_IS_PRESET_PICKER (self));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));

  if (!g_set_object (&self->draft, draft))
    return;
  g_signal_group_set_target (self->draft_signals, draft);
  follow_draft (self);
}
