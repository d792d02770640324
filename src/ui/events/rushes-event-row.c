/* rushes-event-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-row.h"

#include <glib/gi18n.h>

#include "rushes-event-words.h"
#include "rushes-ui.h"

/* Pixels around the words, between the lines, and between what stands in one. */
#define MARGIN 8
#define GAP    3
#define SPACE  9

/* As Adwaita has its captions. */
#define CAPTION_SCALE 0.82
#define DIM           0.55F

/* Letters that are high, deep, and of another font. */
#define TALLEST "Ág流"

struct _RushesEventRow
{
  GtkWidget parent_instance;

  RushesEventItem *item;
};

G_DEFINE_FINAL_TYPE (RushesEventRow, rushes_event_row, GTK_TYPE_WIDGET)

typedef enum
{
  STYLE_TYPE,
  STYLE_CAPTION,
  STYLE_TIME,
  STYLE_LINE,
} Style;

static PangoLayout *
make_layout (RushesEventRow *self, const char *text, Style style)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  if (style == STYLE_LINE)
    pango_attr_list_insert (attributes, pango_attr_family_new ("monospace"));
  else
    pango_attr_list_insert (attributes, pango_attr_scale_new (CAPTION_SCALE));
  if (style == STYLE_TYPE)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (style == STYLE_TIME)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* ---- sizes ---- */

/* All rows are as high as one another, whatever they say. */
static int
measure_line (RushesEventRow *self, Style style)
{
  g_autoptr (PangoLayout) layout = make_layout (self, TALLEST, style);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static void
rushes_event_row_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  RushesEventRow *self = RUSHES_EVENT_ROW (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = 240;
  else
    *minimum = *natural = 2 * MARGIN + measure_line (self, STYLE_TYPE) + GAP + measure_line (self, STYLE_LINE);
}

/* ---- drawing ---- */

/* Puts @text between @start and @end, which are counted from where lines begin, and gives where it ended. */
static double
draw (RushesEventRow *self, GtkSnapshot *snapshot, const char *text, Style style, double start, double end, double y)
{
  GtkWidget *widget = GTK_WIDGET (self);
  g_autoptr (PangoLayout) layout = NULL;
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GdkRGBA color;
  int width;

  if (end <= start || *text == '\0')
    return start;
  layout = make_layout (self, text, style);
  pango_layout_get_pixel_size (layout, &width, NULL);
  width = MIN (width, (int) (end - start));
  pango_layout_set_width (layout, width * PANGO_SCALE);
  if (style == STYLE_TIME)
    start = end - width;
  gtk_widget_get_color (widget, &color);
  if (style == STYLE_CAPTION || style == STYLE_TIME)
    color.alpha *= DIM;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) (mirrored ? gtk_widget_get_width (widget) - start - width : start), (float) y));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
  return style == STYLE_TIME ? start - SPACE : start + width + SPACE;
}

static char *
tell_time (gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (time);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *seconds = g_date_time_format (local, "%H:%M:%S");

  return g_strdup_printf (RUSHES_LEFT_TO_RIGHT ("%s.%03d"), seconds, g_date_time_get_microsecond (local) / 1000);
}

static void
rushes_event_row_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RushesEventRow *self = RUSHES_EVENT_ROW (widget);
  double end = gtk_widget_get_width (widget) - MARGIN;
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;
  g_autofree char *time = NULL;
  g_autofree char *line = NULL;
  double before_time, behind_type;

  if (self->item == NULL)
    return;
  type = rushes_event_words_line (rushes_event_item_get_event_type (self->item));
  id = rushes_event_words_line (rushes_event_item_get_event_id (self->item));
  time = tell_time (rushes_event_item_get_time (self->item));
  line = rushes_event_words_line (rushes_event_item_get_data (self->item));

  before_time = draw (self, snapshot, time, STYLE_TIME, MARGIN, end, MARGIN);
  behind_type = draw (self, snapshot, type, STYLE_TYPE, MARGIN, before_time, MARGIN);
  draw (self, snapshot, id, STYLE_CAPTION, behind_type, before_time, MARGIN);
  draw (self, snapshot, line, STYLE_LINE, MARGIN, end, MARGIN + measure_line (self, STYLE_TYPE) + GAP);
}

/* ---- the event ---- */

void
rushes_event_row_set_item (RushesEventRow *self, RushesEventItem *item)
{
  g_return_if_fail (RUSHES_IS_EVENT_ROW (self));
  g_return_if_fail (item == NULL || RUSHES_IS_EVENT_ITEM (item));

  if (g_set_object (&self->item, item))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

char *
rushes_event_row_describe (RushesEventItem *item)
{
  g_autofree char *type = NULL;
  g_autofree char *line = NULL;

  g_return_val_if_fail (RUSHES_IS_EVENT_ITEM (item), NULL);

  type = rushes_event_words_line (rushes_event_item_get_event_type (item));
  line = rushes_event_words_line (rushes_event_item_get_data (item));
  /* Translators: read out for an event of a stream: its type, and the first line of its data. */
  return g_strdup_printf (_ ("%s: %s"), type, line);
}

static void
rushes_event_row_dispose (GObject *object)
{
  g_clear_object (&RUSHES_EVENT_ROW (object)->item);

  G_OBJECT_CLASS (rushes_event_row_parent_class)->dispose (object);
}

static void
rushes_event_row_class_init (RushesEventRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_event_row_dispose;
  widget_class->measure = rushes_event_row_measure;
  widget_class->snapshot = rushes_event_row_snapshot;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
rushes_event_row_init (RushesEventRow *self)
{
}

GtkWidget *
rushes_event_row_new (void)
{
  return g_object_new (RUSHES_TYPE_EVENT_ROW, NULL);
}
