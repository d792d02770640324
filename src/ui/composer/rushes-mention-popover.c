/* rushes-mention-popover.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-mention-popover.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-mention.h"
#include "rushes-texture.h"
#include "rushes-ui.h"

#define THUMB_WIDTH  56
#define THUMB_HEIGHT 36
/* For a screen of twice the density. */
#define THUMB_PIXELS (2 * THUMB_WIDTH)

struct _RushesMentionPopover
{
  GtkPopover parent_instance;

  RushesThumbnailer *thumbnailer;

  GtkListBox *list;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesMentionPopover, rushes_mention_popover, GTK_TYPE_POPOVER)

/* ---- rows ---- */

static void
texture_loaded (gpointer picture, DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL)
    gtk_picture_set_paintable (picture, g_value_get_object (value));
}

static void
thumbnail_made (gpointer picture, DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL)
    rushes_when (rushes_texture_load (g_value_get_object (value)), picture, texture_loaded, NULL, NULL);
}

static GtkWidget *
make_thumb (RushesMentionPopover *self, RushesReference *reference)
{
  GtkWidget *frame = gtk_overlay_new ();
  GtkWidget *picture = gtk_picture_new ();

  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_widget_set_size_request (frame, THUMB_WIDTH, THUMB_HEIGHT);
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (frame, "mini-thumb");
  gtk_widget_add_css_class (frame, "letterbox");
  /* A picture would be as large as what it shows. */
  gtk_overlay_add_overlay (GTK_OVERLAY (frame), picture);
  if (self->thumbnailer != NULL)
    rushes_when (rushes_thumbnailer_load_reference (self->thumbnailer, reference, THUMB_PIXELS), picture,
                 thumbnail_made, NULL, NULL);
  return frame;
}

static void
add_row (RushesMentionPopover *self, RushesReferenceRole role, guint n, RushesReference *reference)
{
  g_autofree char *mention = rushes_mention_spell (role, n);
  g_autofree char *name = rushes_clean_words (rushes_reference_get_name (reference));
  /* Translators: what a picture is called in a prompt, “@2”, and the name of its file */
  g_autofree char *words = g_strdup_printf (_ ("%s, %s"), mention, name);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *title = gtk_label_new (mention);
  GtkWidget *subtitle = gtk_label_new (name);

  gtk_widget_add_css_class (title, "heading");
  gtk_widget_add_css_class (title, "numeric");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_set_margin_top (box, 3);
  gtk_widget_set_margin_bottom (box, 3);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (subtitle), 18);
  gtk_box_append (GTK_BOX (box), make_thumb (self, reference));
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_object_set_data_full (G_OBJECT (row), "mention", g_steal_pointer (&mention), g_free);
  g_object_set_data_full (G_OBJECT (row), "words", g_steal_pointer (&words), g_free);
  gtk_list_box_append (self->list, row);
}

static void
row_activated (RushesMentionPopover *self, GtkListBoxRow *row)
{
  g_autofree char *mention = g_strdup (g_object_get_data (G_OBJECT (row), "mention"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[CHOSEN], 0, mention);
}

/* The focus stays where it is, so that what is selected has to be said. */
static void
select_row (RushesMentionPopover *self, GtkListBoxRow *row)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (self->list), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;

  gtk_list_box_select_row (self->list, row);
  if (gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list), &bounds))
    gtk_adjustment_clamp_page (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
  gtk_accessible_announce (GTK_ACCESSIBLE (parent), g_object_get_data (G_OBJECT (row), "words"),
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

/* Behind the last comes the first. */
static void
step (RushesMentionPopover *self, int by)
{
  int place = gtk_list_box_row_get_index (gtk_list_box_get_selected_row (self->list)) + by;
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, place);

  if (row == NULL && place > 0)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  else if (row == NULL)
    row = GTK_LIST_BOX_ROW (gtk_widget_get_last_child (GTK_WIDGET (self->list)));
  select_row (self, row);
}

/* ---- the widget ---- */

static void
rushes_mention_popover_dispose (GObject *object)
{
  RushesMentionPopover *self = RUSHES_MENTION_POPOVER (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_MENTION_POPOVER);
  g_clear_object (&self->thumbnailer);

  G_OBJECT_CLASS (rushes_mention_popover_parent_class)->dispose (object);
}

static void
rushes_mention_popover_class_init (RushesMentionPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_mention_popover_dispose;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-mention-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesMentionPopover, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
}

static void
rushes_mention_popover_init (RushesMentionPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rushes_mention_popover_set_thumbnailer (RushesMentionPopover *self, RushesThumbnailer *thumbnailer)
{
  g_return_if_fail (RUSHES_IS_MENTION_POPOVER (self));

  g_set_object (&self->thumbnailer, thumbnailer);
}

void
rushes_mention_popover_offer (RushesMentionPopover *self,
                              RushesModel *model,
                              RushesDraft *draft,
                              const GdkRectangle *place)
{
  GtkListBoxRow *first;

  g_return_if_fail (RUSHES_IS_MENTION_POPOVER (self));
  g_return_if_fail (RUSHES_IS_MODEL (model));
  g_return_if_fail (RUSHES_IS_DRAFT (draft));

  gtk_list_box_remove_all (self->list);
  for (RushesReferenceRole role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    for (guint n = 0; rushes_model_get_has_names (model, role) && n < rushes_draft_get_n_references (draft, role); n++)
      add_row (self, role, n, rushes_draft_get_reference (draft, role, n));

  first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first == NULL)
    return;
  gtk_popover_set_pointing_to (GTK_POPOVER (self), place);
  gtk_popover_popup (GTK_POPOVER (self));
  select_row (self, first);
}

gboolean
rushes_mention_popover_take_key (RushesMentionPopover *self, guint keyval)
{
  g_return_val_if_fail (RUSHES_IS_MENTION_POPOVER (self), FALSE);

  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      step (self, -1);
      return TRUE;
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      step (self, 1);
      return TRUE;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      row_activated (self, gtk_list_box_get_selected_row (self->list));
      return TRUE;
    case GDK_KEY_Escape:
      gtk_popover_popdown (GTK_POPOVER (self));
      return TRUE;
    default:
      return FALSE;
    }
}
