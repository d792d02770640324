/* rushes-player-controls.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-player-controls.h"

#include <glib/gi18n.h>

#include "rushes-player-actions.h"
#include "rushes-player.h"

/* Small enough to leave the clip to be seen, and sharp on a screen of twice the pixels. */
#define GLIMPSE_SCALE 0.6

struct _RushesPlayerControls
{
  AdwBin parent_instance;

  RushesTransport *player;
  GtkWidget *row; /* what holds the boxes below, one way and the other */
  GtkWidget *stack;
  GtkWidget *transport_box;
  GtkWidget *scrub_box;
  GtkWidget *options_box;
  GtkWidget *play;
  GtkMenuButton *speed;
  GtkRange *scrub;
  GtkAdjustment *position;
  GtkAdjustment *volume;
  RushesStrip *strip;
  GtkPopover *glimpse; /* over the slider; NULL until there is a strip */
  GtkWidget *glimpse_picture;
  GtkLabel *glimpse_moment;
  double pointed_x; /* of the pointer over the slider; -1 when it is not there */
  gboolean stacked;
  gboolean fullscreen;
  gboolean resumes; /* it played before the slider was taken hold of */
};

enum
{
  PROP_0,
  PROP_PLAYER,
  PROP_STACKED,
  PROP_FULLSCREEN,
  N_PROPS
};

enum
{
  FULLSCREEN_CLICKED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesPlayerControls, rushes_player_controls, ADW_TYPE_BIN)

/* ---- what the template asks ---- */

static char *
layout_name (RushesPlayerControls *self, gboolean stacked)
{
  return g_strdup (stacked ? "stacked" : "row");
}

static char *
play_icon (RushesPlayerControls *self, gboolean playing)
{
  return g_strdup (playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
}

static char *
play_label (RushesPlayerControls *self, gboolean playing)
{
  return g_strdup (playing ? _ ("Pause") : _ ("Play"));
}

static char *
moment (RushesPlayerControls *self, double seconds)
{
  return rushes_player_words_moment (seconds);
}

static char *
rate_words (RushesPlayerControls *self, double rate)
{
  return g_strdup_printf ("%g×", rate);
}

static char *
volume_icon (RushesPlayerControls *self, double volume, gboolean muted)
{
  if (muted || volume <= 0)
    return g_strdup ("audio-volume-muted-symbolic");
  if (volume < 0.34)
    return g_strdup ("audio-volume-low-symbolic");

  return g_strdup (volume < 0.67 ? "audio-volume-medium-symbolic" : "audio-volume-high-symbolic");
}

static char *
volume_label (RushesPlayerControls *self, gboolean has_audio)
{
  return g_strdup (has_audio ? _ ("Volume") : _ ("This Clip Has No Sound"));
}

static char *
fullscreen_icon (RushesPlayerControls *self, gboolean fullscreen)
{
  return g_strdup (fullscreen ? "view-restore-symbolic" : "view-fullscreen-symbolic");
}

static char *
fullscreen_label (RushesPlayerControls *self, gboolean fullscreen)
{
  return g_strdup (fullscreen ? _ ("Leave Fullscreen") : _ ("Fullscreen"));
}

/* ---- what is done ---- */

static gboolean
scrubbed (RushesPlayerControls *self, GtkScrollType scroll, double value)
{
  rushes_transport_seek (self->player, value);

  /* The slider goes where the player says that it goes. */
  return GDK_EVENT_STOP;
}

/* While the slider is held the clip stands still under it. */
static gboolean
scrub_event (RushesPlayerControls *self, GdkEvent *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      self->resumes = rushes_transport_get_playing (self->player);
      rushes_transport_set_playing (self->player, FALSE);
      break;

    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      if (self->resumes)
        rushes_transport_set_playing (self->player, TRUE);
      self->resumes = FALSE;
      break;

    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/* ---- a glimpse of what is there ---- */

static void
hide_glimpse (RushesPlayerControls *self)
{
  self->pointed_x = -1;
  if (self->glimpse != NULL)
    gtk_popover_popdown (self->glimpse);
}

static void
make_glimpse (RushesPlayerControls *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->glimpse_picture = gtk_picture_new ();
  gtk_widget_set_overflow (self->glimpse_picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->glimpse_picture, "mini-thumb");
  self->glimpse_moment = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->glimpse_moment), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->glimpse_moment), "numeric");
  gtk_box_append (GTK_BOX (box), self->glimpse_picture);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->glimpse_moment));

  self->glimpse = GTK_POPOVER (gtk_popover_new ());
  gtk_popover_set_child (self->glimpse, box);
  gtk_popover_set_autohide (self->glimpse, FALSE);
  gtk_popover_set_position (self->glimpse, GTK_POS_TOP);
  /* It must never come between the pointer and the slider. */
  gtk_widget_set_can_target (GTK_WIDGET (self->glimpse), FALSE);
  gtk_widget_set_can_focus (GTK_WIDGET (self->glimpse), FALSE);
  /* A slider would not lay it out. */
  gtk_widget_set_parent (GTK_WIDGET (self->glimpse), gtk_widget_get_parent (GTK_WIDGET (self->scrub)));
}

static void
show_glimpse (RushesPlayerControls *self)
{
  double x = self->pointed_x;
  g_autofree char *words = NULL;
  graphene_point_t above;
  GdkRectangle trough;
  double place;

  if (self->strip == NULL || x < 0)
    return;
  if (self->glimpse == NULL)
    make_glimpse (self);

  gtk_range_get_range_rect (self->scrub, &trough);
  place = CLAMP ((x - trough.x) / MAX (1, trough.width), 0, 1);
  if (gtk_widget_compute_point (GTK_WIDGET (self->scrub), gtk_widget_get_parent (GTK_WIDGET (self->scrub)),
                                &GRAPHENE_POINT_INIT ((float) x, (float) trough.y), &above))
    gtk_popover_set_pointing_to (self->glimpse, &(GdkRectangle) { (int) above.x, (int) above.y, 1, trough.height });
  rushes_strip_set_place (self->strip, place);
  words = rushes_player_words_moment (place * rushes_transport_get_duration (self->player));
  gtk_label_set_label (self->glimpse_moment, words);
  gtk_picture_set_paintable (GTK_PICTURE (self->glimpse_picture), GDK_PAINTABLE (self->strip));
  gtk_widget_set_size_request (
      self->glimpse_picture, (int) (GLIMPSE_SCALE * gdk_paintable_get_intrinsic_width (GDK_PAINTABLE (self->strip))),
      (int) (GLIMPSE_SCALE * gdk_paintable_get_intrinsic_height (GDK_PAINTABLE (self->strip))));
  gtk_popover_popup (self->glimpse);
}

static void
scrub_pointed (RushesPlayerControls *self, double x, double y)
{
  self->pointed_x = MAX (x, 0);
  show_glimpse (self);
}

void
rushes_player_controls_set_strip (RushesPlayerControls *self, RushesStrip *strip)
{
  g_return_if_fail (RUSHES_IS_PLAYER_CONTROLS (self));
  g_return_if_fail (strip == NULL || RUSHES_IS_STRIP (strip));

  g_set_object (&self->strip, strip);
  if (strip != NULL)
    show_glimpse (self);
  else if (self->glimpse != NULL)
    gtk_popover_popdown (self->glimpse);
}

static void
fullscreen_clicked (RushesPlayerControls *self)
{
  g_signal_emit (self, signals[FULLSCREEN_CLICKED], 0);
}

/* The arrow keys go by single frames. */
static void
frame_rate_changed (RushesPlayerControls *self)
{
  double frame_rate;

  g_object_get (self->player, "frame-rate", &frame_rate, NULL);
  gtk_adjustment_set_step_increment (self->position, frame_rate > 0 ? 1.0 / frame_rate : 0.04);
}

/* Time runs as on a tape, from left to right in every language, and so do the buttons and their arrows. What is written
 * in popovers is not the tape's. */
static void
keep_left_to_right (GtkWidget *widget)
{
  gtk_widget_set_direction (widget, GTK_TEXT_DIR_LTR);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      keep_left_to_right (child);
}

static GMenuModel *
make_speeds (void)
{
  static const double rates[] = { 0.25, 0.5, 1, 2 };
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      g_autofree char *label = rate_words (NULL, rates[i]);
      g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

      g_menu_item_set_action_and_target (item, "player.rate", "d", rates[i]);
      g_menu_append_item (menu, item);
    }

  return G_MENU_MODEL (menu);
}

/* The marks of the one player that has some. */
static void
marks_changed (RushesPlayerControls *self)
{
  double marks[2];

  g_object_get (self->player, "mark-in", &marks[0], "mark-out", &marks[1], NULL);
  gtk_scale_clear_marks (GTK_SCALE (self->scrub));
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    if (marks[i] >= 0)
      gtk_scale_add_mark (GTK_SCALE (self->scrub), marks[i], GTK_POS_BOTTOM, NULL);
}

void
rushes_player_controls_set_player (RushesPlayerControls *self, RushesTransport *player)
{
  g_return_if_fail (RUSHES_IS_PLAYER_CONTROLS (self));
  g_return_if_fail (RUSHES_IS_TRANSPORT (player));
  g_return_if_fail (self->player == NULL);

  self->player = g_object_ref (player);
  g_signal_connect_object (player, "notify::frame-rate", G_CALLBACK (frame_rate_changed), self, G_CONNECT_SWAPPED);
  frame_rate_changed (self);
  if (RUSHES_IS_PLAYER (player))
    {
      g_signal_connect_object (player, "notify::mark-in", G_CALLBACK (marks_changed), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (player, "notify::mark-out", G_CALLBACK (marks_changed), self, G_CONNECT_SWAPPED);
      marks_changed (self);
    }
  g_object_bind_property (player, "volume", self->volume, "value", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLAYER]);
}

void
rushes_player_controls_focus (RushesPlayerControls *self)
{
  g_return_if_fail (RUSHES_IS_PLAYER_CONTROLS (self));

  gtk_widget_grab_focus (self->play);
}

static void
rushes_player_controls_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesPlayerControls *self = RUSHES_PLAYER_CONTROLS (object);

  switch (id)
    {
    case PROP_PLAYER:
      g_value_set_object (value, self->player);
      break;
    case PROP_STACKED:
      g_value_set_boolean (value, self->stacked);
      break;
    case PROP_FULLSCREEN:
      g_value_set_boolean (value, self->fullscreen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_switch (RushesPlayerControls *self, gboolean *place, gboolean on, GParamSpec *pspec)
{
  if (*place == on)
    return;
  *place = on;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
rushes_player_controls_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesPlayerControls *self = RUSHES_PLAYER_CONTROLS (object);

  switch (id)
    {
    case PROP_STACKED:
      set_switch (self, &self->stacked, g_value_get_boolean (value), pspec);
      break;
    case PROP_FULLSCREEN:
      set_switch (self, &self->fullscreen, g_value_get_boolean (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_player_controls_dispose (GObject *object)
{
  RushesPlayerControls *self = RUSHES_PLAYER_CONTROLS (object);

  g_clear_pointer ((GtkWidget **) &self->glimpse, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PLAYER_CONTROLS);
  g_clear_object (&self->strip);
  g_clear_object (&self->player);

  G_OBJECT_CLASS (rushes_player_controls_parent_class)->dispose (object);
}

static void
rushes_player_controls_class_init (RushesPlayerControlsClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_player_controls_get_property;
  object_class->set_property = rushes_player_controls_set_property;
  object_class->dispose = rushes_player_controls_dispose;

  properties[PROP_PLAYER] =
      g_param_spec_object ("player", NULL, NULL, RUSHES_TYPE_TRANSPORT, flags & ~G_PARAM_WRITABLE);
  properties[PROP_STACKED] = g_param_spec_boolean ("stacked", NULL, NULL, FALSE, flags);
  properties[PROP_FULLSCREEN] = g_param_spec_boolean ("fullscreen", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[FULLSCREEN_CLICKED] = g_signal_new ("fullscreen-clicked", RUSHES_TYPE_PLAYER_CONTROLS, G_SIGNAL_RUN_LAST, 0,
                                              NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUSHES_TYPE_TRANSPORT);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-player-controls.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, row);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, stack);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, transport_box);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, scrub_box);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, options_box);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, play);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, speed);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, scrub);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, position);
  gtk_widget_class_bind_template_child (widget_class, RushesPlayerControls, volume);
  gtk_widget_class_bind_template_callback (widget_class, layout_name);
  gtk_widget_class_bind_template_callback (widget_class, play_icon);
  gtk_widget_class_bind_template_callback (widget_class, play_label);
  gtk_widget_class_bind_template_callback (widget_class, moment);
  gtk_widget_class_bind_template_callback (widget_class, rate_words);
  gtk_widget_class_bind_template_callback (widget_class, volume_icon);
  gtk_widget_class_bind_template_callback (widget_class, volume_label);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_icon);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_label);
  gtk_widget_class_bind_template_callback (widget_class, scrubbed);
  gtk_widget_class_bind_template_callback (widget_class, scrub_event);
  gtk_widget_class_bind_template_callback (widget_class, scrub_pointed);
  gtk_widget_class_bind_template_callback (widget_class, hide_glimpse);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_clicked);
}

static void
rushes_player_controls_init (RushesPlayerControls *self)
{
  g_autoptr (GMenuModel) speeds = make_speeds ();

  self->pointed_x = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->speed, speeds);
  keep_left_to_right (self->row);
  keep_left_to_right (self->stack);
  keep_left_to_right (self->transport_box);
  keep_left_to_right (self->scrub_box);
  keep_left_to_right (self->options_box);
}

GtkWidget *
rushes_player_controls_new (void)
{
  return g_object_new (RUSHES_TYPE_PLAYER_CONTROLS, NULL);
}
