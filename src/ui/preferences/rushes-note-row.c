/* rushes-note-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-note-row.h"

struct _RushesNoteRow
{
  AdwPreferencesRow parent_instance;

  GtkImage *symbol;
  GtkLabel *sentence;
  GtkWidget *button;
  GtkLabel *button_label;
};

enum
{
  CLICKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesNoteRow, rushes_note_row, ADW_TYPE_PREFERENCES_ROW)

static void
clicked (RushesNoteRow *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

static void
set_sentence (RushesNoteRow *self, const char *sentence, const char *button, gboolean quiet)
{
  gtk_image_set_from_icon_name (self->symbol, quiet ? "dialog-information-symbolic" : "dialog-warning-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (self->symbol), quiet ? "warning" : "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->symbol), quiet ? "dim-label" : "warning");
  if (quiet)
    gtk_widget_add_css_class (GTK_WIDGET (self->sentence), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->sentence), "dim-label");
  gtk_label_set_label (self->sentence, sentence != NULL ? sentence : "");
  gtk_label_set_label (self->button_label, button != NULL ? button : "");
  gtk_widget_set_visible (self->button, button != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), sentence != NULL);
}

static void
painted (RushesNoteRow *self, GdkFrameClock *clock)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);

  g_signal_handlers_disconnect_by_func (clock, painted, self);
  if (viewport != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_viewport_scroll_to (GTK_VIEWPORT (viewport), GTK_WIDGET (self), NULL);
}

/* It has no place before the next frame. On a page that is not on the screen nobody waits for it. */
static void
bring_into_view (RushesNoteRow *self)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (clock == NULL || parent == NULL || !gtk_widget_get_mapped (parent))
    return;
  g_signal_handlers_disconnect_by_func (clock, painted, self);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (painted), self, G_CONNECT_SWAPPED);
}

void
rushes_note_row_say (RushesNoteRow *self, const char *sentence, const char *button)
{
  g_return_if_fail (RUSHES_IS_NOTE_ROW (self));

  set_sentence (self, sentence, button, FALSE);
  if (sentence == NULL)
    return;
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  bring_into_view (self);
}

void
rushes_note_row_hint (RushesNoteRow *self, const char *sentence, const char *button)
{
  g_return_if_fail (RUSHES_IS_NOTE_ROW (self));

  set_sentence (self, sentence, button, TRUE);
}

const char *
rushes_note_row_get_sentence (RushesNoteRow *self)
{
  g_return_val_if_fail (RUSHES_IS_NOTE_ROW (self), NULL);

  return gtk_widget_get_visible (GTK_WIDGET (self)) ? gtk_label_get_label (self->sentence) : NULL;
}

static void
rushes_note_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_NOTE_ROW);

  G_OBJECT_CLASS (rushes_note_row_parent_class)->dispose (object);
}

static void
rushes_note_row_class_init (RushesNoteRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_note_row_dispose;

  signals[CLICKED] =
      g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-note-row.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesNoteRow, symbol);
  gtk_widget_class_bind_template_child (widget_class, RushesNoteRow, sentence);
  gtk_widget_class_bind_template_child (widget_class, RushesNoteRow, button);
  gtk_widget_class_bind_template_child (widget_class, RushesNoteRow, button_label);
  gtk_widget_class_bind_template_callback (widget_class, clicked);
}

static void
rushes_note_row_init (RushesNoteRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
