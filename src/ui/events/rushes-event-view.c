/* rushes-event-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-view.h"

#include <glib/gi18n.h>

#include "rushes-event-export.h"
#include "rushes-event-row.h"
#include "rushes-event-words.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* Pixels. Who is so near to the end is there. */
#define NEAR 16

#define MAX_ITEMS 10000
#define MAX_BYTES (32 * 1024 * 1024)

struct _RushesEventView
{
  GtkBox parent_instance;

  RushesEventLog *log;
  GtkFilter *filter_of_words;
  GtkFilterListModel *filtered;
  GtkSingleSelection *selection;
  RushesEventItem *chosen; /* stays when the list lets it go */
  char *words;             /* of the filter, folded; "" */
  guint tick;
  gboolean stays;  /* at the end, until the person scrolls away from there */
  gboolean follow; /* it, in the next frame */

  GtkEditable *filter;
  GtkToggleButton *pause;
  GtkWidget *copy;
  GtkWidget *export;
  GtkWidget *clear;
  GtkLabel *note;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkWidget *detail;
  GtkLabel *detail_title;
  GtkLabel *detail_size;
  GtkTextView *data;
};

enum
{
  CLEARED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesEventView, rushes_event_view, GTK_TYPE_BOX)

/* ---- what the person is told ---- */

static void
show_note (RushesEventView *self)
{
  guint n_waiting = rushes_event_log_get_n_waiting (self->log);
  guint n_left_out = (guint) MIN (rushes_event_log_get_n_left_out (self->log), G_MAXINT);
  g_autoptr (GString) note = g_string_new (NULL);

  if (gtk_toggle_button_get_active (self->pause))
    g_string_append_printf (
        note, ngettext ("Paused; %u event is waiting.", "Paused; %u events are waiting.", n_waiting), n_waiting);
  if (n_left_out > 0)
    {
      if (note->len > 0)
        g_string_append_c (note, '\n');
      g_string_append_printf (note,
                              ngettext ("Only the newest are kept: %u earlier event was left out.",
                                        "Only the newest are kept: %u earlier events were left out.", n_left_out),
                              n_left_out);
    }
  gtk_label_set_label (self->note, note->str);
  gtk_widget_set_visible (GTK_WIDGET (self->note), note->len > 0);
}

static void
show_state (RushesEventView *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->log));
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
  /* An incremental filter may not have come round yet. */
  gboolean searching = gtk_filter_list_model_get_pending (self->filtered) > 0;

  gtk_stack_set_visible_child_name (self->stack, n == 0                                             ? "empty"
                                                 : n_shown > 0 || searching || self->chosen != NULL ? "list"
                                                                                                    : "none");
  gtk_widget_set_sensitive (self->copy, self->chosen != NULL);
  gtk_widget_set_sensitive (self->export, n_shown > 0);
  gtk_widget_set_sensitive (self->clear, n > 0 || rushes_event_log_get_n_waiting (self->log) > 0);
  show_note (self);
}

/* ---- the events come ---- */

static gboolean
is_at_end (RushesEventView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
         gtk_adjustment_get_upper (adjustment) - NEAR;
}

/* Only rows that were laid out can be scrolled to, so that the frame behind new ones follows them, and brings none. */
static gboolean
go_on (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  RushesEventView *self = RUSHES_EVENT_VIEW (widget);
  guint n_shown = g_list_model_get_n_items (G_LIST_MODEL (self->filtered));

  if (self->follow && n_shown > 0)
    gtk_list_view_scroll_to (self->list, n_shown - 1, GTK_LIST_SCROLL_NONE, NULL);
  if (self->follow)
    self->follow = FALSE;
  else
    {
      self->follow = self->stays;
      if (!gtk_toggle_button_get_active (self->pause))
        rushes_event_log_flush (self->log);
      show_state (self);
    }
  if (self->follow || (rushes_event_log_get_n_waiting (self->log) > 0 && !gtk_toggle_button_get_active (self->pause)))
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  return G_SOURCE_REMOVE;
}

/* One of the next two frames takes all that came before it. */
static void
flush_soon (RushesEventView *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), go_on, NULL, NULL);
}

/* What moves before the end is followed was moved by new events or a new size, and not by the person. */
static void
scrolled (RushesEventView *self)
{
  if (!self->follow)
    self->stays = is_at_end (self);
}

/* New events, words that wrap above the list, an event that is opened, a smaller window. */
static void
resized (RushesEventView *self)
{
  if (!self->stays)
    return;
  self->follow = TRUE;
  flush_soon (self);
}

void
rushes_event_view_append (RushesEventView *self, RushesEventItem *item)
{
  g_return_if_fail (RUSHES_IS_EVENT_VIEW (self));

  rushes_event_log_append (self->log, item);
  flush_soon (self);
}

static void
pause_toggled (RushesEventView *self)
{
  flush_soon (self);
}

/* ---- the filter ---- */

static gboolean
match (gpointer item, gpointer data)
{
  return rushes_event_item_matches (item, RUSHES_EVENT_VIEW (data)->words);
}

static void
filter_changed (RushesEventView *self)
{
  g_autofree char *words = g_utf8_casefold (gtk_editable_get_text (self->filter), -1);

  if (!g_set_str (&self->words, words))
    return;
  gtk_filter_list_model_set_filter (self->filtered, *words != '\0' ? self->filter_of_words : NULL);
  gtk_filter_changed (self->filter_of_words, GTK_FILTER_CHANGE_DIFFERENT);
  flush_soon (self);
}

void
rushes_event_view_search (RushesEventView *self)
{
  g_return_if_fail (RUSHES_IS_EVENT_VIEW (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->filter));
}

/* ---- the chosen one ---- */

static void
show_chosen (RushesEventView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->data);
  g_autofree char *text = NULL;
  g_autofree char *size = NULL;
  g_autofree char *note = NULL;
  g_autofree char *type = NULL;
  gboolean is_cut;

  gtk_widget_set_visible (self->detail, self->chosen != NULL);
  gtk_widget_set_sensitive (self->copy, self->chosen != NULL);
  if (self->chosen == NULL)
    {
      gtk_text_buffer_set_text (buffer, "", 0);
      return;
    }
  text = rushes_event_words_whole (rushes_event_item_get_data (self->chosen),
                                   rushes_event_item_get_length (self->chosen), &is_cut);
  size = g_format_size (rushes_event_item_get_length (self->chosen));
  /* Translators: %s is a size, “1.2 MB”. */
  note = is_cut ? g_strdup_printf (_ ("Only the beginning of %s"), size) : g_strdup (size);
  type = rushes_event_words_line (rushes_event_item_get_event_type (self->chosen));
  gtk_label_set_label (self->detail_title, type);
  gtk_label_set_label (self->detail_size, note);
  gtk_text_buffer_set_text (buffer, text, -1);
}

static void
choose (RushesEventView *self, RushesEventItem *item)
{
  if (g_set_object (&self->chosen, item))
    show_chosen (self);
}

static void
selection_changed (RushesEventView *self)
{
  RushesEventItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (item != NULL)
    choose (self, item);
}

static void
close_detail (RushesEventView *self)
{
  choose (self, NULL);
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_widget_grab_focus (GTK_WIDGET (self->list));
  show_state (self);
}

static void
copy (RushesEventView *self)
{
  if (self->chosen == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), rushes_event_item_get_data (self->chosen));
  rushes_toast (GTK_WIDGET (self), _ ("Copied"));
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  copy (RUSHES_EVENT_VIEW (widget));
}

/* ---- all of them ---- */

void
rushes_event_view_clear (RushesEventView *self)
{
  g_return_if_fail (RUSHES_IS_EVENT_VIEW (self));

  choose (self, NULL);
  self->stays = TRUE;
  rushes_event_log_clear (self->log);
  show_state (self);
}

static void
clear (RushesEventView *self)
{
  rushes_event_view_clear (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->filter));
  g_signal_emit (self, signals[CLEARED], 0);
}

static void
exported (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *sentence = NULL;

  if (value == NULL)
    {
      rushes_toast_error (object, error);
      return;
    }
  sentence = g_strdup_printf (ngettext ("%d event exported", "%d events exported", g_value_get_int (value)),
                              g_value_get_int (value));
  rushes_toast (object, sentence);
}

void
rushes_event_view_export_to (RushesEventView *self, GFile *file)
{
  g_return_if_fail (RUSHES_IS_EVENT_VIEW (self));
  g_return_if_fail (G_IS_FILE (file));

  rushes_when (rushes_event_export (G_LIST_MODEL (self->filtered), file), self, exported, NULL, NULL);
}

static void
file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (RushesEventView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  if (file != NULL)
    rushes_event_view_export_to (self, file);
  else if (!g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    rushes_toast_error (GTK_WIDGET (self), error);
}

void
rushes_event_view_export (RushesEventView *self)
{
  g_autoptr (GtkFileDialog) dialog = NULL;

  g_return_if_fail (RUSHES_IS_EVENT_VIEW (self));

  if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) == 0)
    return;
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _ ("Export Events"));
  gtk_file_dialog_set_initial_name (dialog, "events.jsonl");
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, file_chosen,
                        g_object_ref (self));
}

/* ---- the list ---- */

static void
setup_row (GtkListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, rushes_event_row_new ());
}

static void
bind_row (GtkListItemFactory *factory, GtkListItem *item)
{
  RushesEventItem *event = gtk_list_item_get_item (item);
  g_autofree char *label = rushes_event_row_describe (event);

  rushes_event_row_set_item (RUSHES_EVENT_ROW (gtk_list_item_get_child (item)), event);
  gtk_list_item_set_accessible_label (item, label);
}

static void
unbind_row (GtkListItemFactory *factory, GtkListItem *item)
{
  rushes_event_row_set_item (RUSHES_EVENT_ROW (gtk_list_item_get_child (item)), NULL);
}

RushesEventLog *
rushes_event_view_get_log (RushesEventView *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_VIEW (self), NULL);
  return self->log;
}

GListModel *
rushes_event_view_get_shown (RushesEventView *self)
{
  g_return_val_if_fail (RUSHES_IS_EVENT_VIEW (self), NULL);
  return G_LIST_MODEL (self->filtered);
}

static void
rushes_event_view_dispose (GObject *object)
{
  RushesEventView *self = RUSHES_EVENT_VIEW (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_EVENT_VIEW);
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter_of_words);
  g_clear_object (&self->log);
  g_clear_object (&self->chosen);

  G_OBJECT_CLASS (rushes_event_view_parent_class)->dispose (object);
}

static void
rushes_event_view_finalize (GObject *object)
{
  g_free (RUSHES_EVENT_VIEW (object)->words);

  G_OBJECT_CLASS (rushes_event_view_parent_class)->finalize (object);
}

static void
rushes_event_view_class_init (RushesEventViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_event_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_event_view_finalize;

  signals[CLEARED] =
      g_signal_new ("cleared", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "events.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "events.copy", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-event-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, filter);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, pause);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, copy);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, export);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, clear);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, note);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, scroller);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, list);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, detail);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, detail_title);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, detail_size);
  gtk_widget_class_bind_template_child (widget_class, RushesEventView, data);
  gtk_widget_class_bind_template_callback (widget_class, filter_changed);
  gtk_widget_class_bind_template_callback (widget_class, pause_toggled);
  gtk_widget_class_bind_template_callback (widget_class, copy);
  gtk_widget_class_bind_template_callback_full (widget_class, "export", G_CALLBACK (rushes_event_view_export));
  gtk_widget_class_bind_template_callback (widget_class, clear);
  gtk_widget_class_bind_template_callback (widget_class, close_detail);
}

static void
rushes_event_view_init (RushesEventView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkAdjustment *adjustment;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->words = g_strdup ("");
  self->stays = TRUE;
  self->log = rushes_event_log_new (MAX_ITEMS, MAX_BYTES);
  self->filter_of_words = GTK_FILTER (gtk_custom_filter_new (match, self, NULL));
  self->filtered = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->log)), NULL);
  gtk_filter_list_model_set_incremental (self->filtered, TRUE);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->filtered)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selection_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->filtered, "notify::pending", G_CALLBACK (flush_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row), NULL);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (resized), self, G_CONNECT_SWAPPED);
  show_state (self);
}
