/* rushes-preset-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preset-dialog.h"

#include <glib/gi18n.h>

#include "rushes-note-row.h"
#include "rushes-ui.h"

struct _RushesPresetDialog
{
  AdwDialog parent_instance;

  RushesPresets *presets;
  RushesPreset *preset; /* that is edited; NULL for a new one */
  gboolean saving;

  GtkEditable *name;
  GtkTextBuffer *buffer;
  GtkLabel *hint;
  RushesNoteRow *note;
  GtkWidget *save;
};

G_DEFINE_FINAL_TYPE (RushesPresetDialog, rushes_preset_dialog, ADW_TYPE_DIALOG)

static char *
get_text (RushesPresetDialog *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE));
}

/* How the name is written at the beginning of a prompt: “/slow-push-in”. */
static char *
make_slash (const char *name)
{
  g_autoptr (GString) slash = g_string_new ("/");

  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    g_string_append_unichar (slash, g_unichar_isspace (g_utf8_get_char (p)) ? '-' : g_utf8_get_char (p));

  return g_string_free_and_steal (g_steal_pointer (&slash));
}

static void
edited (RushesPresetDialog *self)
{
  g_autofree char *text = get_text (self);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name)));
  g_autofree char *slash = make_slash (name);
  g_autofree char *hint = NULL;

  if (*name != '\0')
    /* Translators: %s is what is typed at the beginning of a prompt to choose this preset: “/slow-push-in”. */
    hint = g_strdup_printf (_ ("It goes before a prompt. Type %s at the beginning of one to choose it."), slash);
  gtk_label_set_label (self->hint, hint != NULL ? hint : _ ("It goes before a prompt."));
  gtk_widget_set_sensitive (self->save, *name != '\0' && *text != '\0' && !self->saving);
  rushes_note_row_say (self->note, NULL, NULL);
}

static void
saved (gpointer object, DexFuture *future, gpointer data)
{
  RushesPresetDialog *self = object;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) != NULL)
    {
      adw_dialog_close (ADW_DIALOG (self));
      return;
    }
  self->saving = FALSE;
  edited (self);
  rushes_note_row_say (self->note, error->message, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->name));
}

static void
save_clicked (RushesPresetDialog *self)
{
  g_autofree char *text = get_text (self);

  self->saving = TRUE;
  edited (self);
  rushes_when (rushes_presets_write (self->presets, self->preset, gtk_editable_get_text (self->name), text), self,
               saved, NULL, NULL);
}

static void
rushes_preset_dialog_dispose (GObject *object)
{
  RushesPresetDialog *self = RUSHES_PRESET_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PRESET_DIALOG);
  g_clear_object (&self->presets);
  g_clear_object (&self->preset);

  G_OBJECT_CLASS (rushes_preset_dialog_parent_class)->dispose (object);
}

static void
rushes_preset_dialog_class_init (RushesPresetDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_preset_dialog_dispose;

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-preset-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPresetDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetDialog, buffer);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetDialog, note);
  gtk_widget_class_bind_template_child (widget_class, RushesPresetDialog, save);
  gtk_widget_class_bind_template_callback (widget_class, edited);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked);
}

static void
rushes_preset_dialog_init (RushesPresetDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static RushesPresetDialog *
new_dialog (RushesPresets *presets, const char *title)
{
  RushesPresetDialog *self = g_object_new (RUSHES_TYPE_PRESET_DIALOG, "title", title, NULL);

  self->presets = g_object_ref (presets);

  return self;
}

AdwDialog *
rushes_preset_dialog_new_for (RushesPresets *presets, RushesPreset *preset)
{
  RushesPresetDialog *self;

  g_return_val_if_fail (RUSHES_IS_PRESETS (presets), NULL);
  g_return_val_if_fail (RUSHES_IS_PRESET (preset), NULL);

  self = new_dialog (presets, _ ("Edit Preset"));
  self->preset = g_object_ref (preset);
  gtk_editable_set_text (self->name, rushes_preset_get_name (preset));
  gtk_editable_set_editable (self->name, !rushes_presets_is_changed (presets, preset));
  gtk_text_buffer_set_text (self->buffer, rushes_preset_get_prompt (preset), -1);

  return ADW_DIALOG (self);
}

AdwDialog *
rushes_preset_dialog_new (RushesPresets *presets, RushesPreset *pattern)
{
  RushesPresetDialog *self;

  g_return_val_if_fail (RUSHES_IS_PRESETS (presets), NULL);
  g_return_val_if_fail (pattern == NULL || RUSHES_IS_PRESET (pattern), NULL);

  self = new_dialog (presets, pattern != NULL ? _ ("Duplicate Preset") : _ ("New Preset"));
  if (pattern != NULL)
    {
      /* Translators: the name of a copy; %s is the name of the preset that is copied. */
      g_autofree char *name = g_strdup_printf (_ ("%s (Copy)"), rushes_preset_get_name (pattern));

      gtk_editable_set_text (self->name, name);
      gtk_text_buffer_set_text (self->buffer, rushes_preset_get_prompt (pattern), -1);
    }
  else
    {
      edited (self);
    }

  return ADW_DIALOG (self);
}
