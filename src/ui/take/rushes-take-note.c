/* rushes-take-note.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-note.h"

#include "rushes-toast.h"
#include "rushes-ui.h"

/* Milliseconds after the last key. */
#define PAUSE 800

struct _RushesTakeNote
{
  AdwBin parent_instance;

  RushesTake *take;
  RushesLibrary *library;
  GtkWidget *text;
  GtkTextBuffer *buffer;
  GtkWidget *placeholder;
  guint pause;
};

G_DEFINE_FINAL_TYPE (RushesTakeNote, rushes_take_note, ADW_TYPE_BIN)

static char *
get_text (RushesTakeNote *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);

  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
complain (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

static void
keep (RushesTakeNote *self)
{
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->pause, g_source_remove);
  if (self->take == NULL)
    return;
  text = get_text (self);
  if (g_strcmp0 (text, rushes_take_get_note (self->take) != NULL ? rushes_take_get_note (self->take) : "") != 0)
    rushes_when (rushes_library_set_note (self->library, self->take, text), self, complain, NULL, NULL);
}

static void
keep_after_pause (gpointer data)
{
  RushesTakeNote *self = data;

  self->pause = 0;
  keep (self);
}

static void
changed (RushesTakeNote *self)
{
  gtk_widget_set_visible (self->placeholder, gtk_text_buffer_get_char_count (self->buffer) == 0);
  if (self->take == NULL)
    return;
  g_clear_handle_id (&self->pause, g_source_remove);
  self->pause = g_timeout_add_once (PAUSE, keep_after_pause, self);
}

static void
left (RushesTakeNote *self)
{
  keep (self);
}

/* Written down by another window or process: what is being typed here goes before it. */
static void
follow (RushesTakeNote *self)
{
  const char *note = rushes_take_get_note (self->take);
  g_autofree char *text = get_text (self);

  if (self->pause != 0 || gtk_widget_has_focus (self->text) || g_strcmp0 (text, note != NULL ? note : "") == 0)
    return;
  gtk_text_buffer_set_text (self->buffer, note != NULL ? note : "", -1);
  g_clear_handle_id (&self->pause, g_source_remove);
}

static void
rushes_take_note_unmap (GtkWidget *widget)
{
  if (RUSHES_TAKE_NOTE (widget)->pause != 0)
    keep (RUSHES_TAKE_NOTE (widget));

  GTK_WIDGET_CLASS (rushes_take_note_parent_class)->unmap (widget);
}

static void
rushes_take_note_dispose (GObject *object)
{
  RushesTakeNote *self = RUSHES_TAKE_NOTE (object);

  g_clear_handle_id (&self->pause, g_source_remove);
  g_clear_object (&self->take);
  g_clear_object (&self->library);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_TAKE_NOTE);

  G_OBJECT_CLASS (rushes_take_note_parent_class)->dispose (object);
}

static void
rushes_take_note_class_init (RushesTakeNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_take_note_dispose;
  widget_class->unmap = rushes_take_note_unmap;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-take-note.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTakeNote, text);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeNote, buffer);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeNote, placeholder);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, left);
}

static void
rushes_take_note_init (RushesTakeNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rushes_take_note_set_take (RushesTakeNote *self, RushesTake *take, RushesLibrary *library)
{
  g_return_if_fail (RUSHES_IS_TAKE_NOTE (self));
  g_return_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_loaded (take));
  g_return_if_fail (self->take == NULL);

  self->take = g_object_ref (take);
  self->library = g_object_ref (library);
  g_signal_connect_object (take, "notify::note", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  follow (self);
}
