/* rushes-take-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-page-private.h"

#include <glib/gi18n.h>

#include "rushes-again.h"
#include "rushes-codec-help.h"
#include "rushes-handling.h"
#include "rushes-player-actions.h"
#include "rushes-settings.h"
#include "rushes-take-words.h"
#include "rushes-texture.h"
#include "rushes-ui.h"

/* Shorter clips are watched over and over. */
#define LOOP_SECONDS 20
#define POSTER_WIDTH 1024
/* The longer side of a frame under the pointer. */
#define DRAG_EDGE 160.0

G_DEFINE_FINAL_TYPE (RushesTakePage, rushes_take_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_0,
  PROP_STARRED,
  PROP_BELOW,
  PROP_NARROW,
  PROP_BUFFERING,
  N_PROPS
};

enum
{
  REMIX,
  EXTEND,
  USE_FRAME,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* ---- what the template asks ---- */

static gboolean
show_details (RushesTakePage *self, gboolean below, gboolean wanted)
{
  return below || wanted;
}

static char *
star_icon (RushesTakePage *self, gboolean starred)
{
  return g_strdup (starred ? "starred-symbolic" : "non-starred-symbolic");
}

static void
picture_pressed (RushesTakePage *self, int n_press)
{
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "take.fullscreen", NULL);
}

static void
fullscreen_clicked (RushesTakePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "take.fullscreen", NULL);
}

/* ---- the picture ---- */

/* Before there is anything to see its shape is known, so that nothing jumps. */
static GdkPaintable *
make_blank (RushesTakePage *self)
{
  RushesClip *clip = rushes_take_get_clip (self->take);
  RushesRequest *request = rushes_take_get_request (self->take);
  const char *resolution = rushes_request_get_resolution (request);
  const char *aspect = rushes_request_get_aspect (request);
  int width = 1280, height = 720;

  if (clip != NULL && rushes_clip_get_facts (clip)->width > 0)
    {
      width = rushes_clip_get_facts (clip)->width;
      height = rushes_clip_get_facts (clip)->height;
    }
  else if (resolution != NULL && aspect != NULL)
    rushes_resolution_to_size (resolution, aspect, &width, &height);

  return gdk_paintable_new_empty (width, height);
}

static void
show_picture (RushesTakePage *self)
{
  g_autoptr (GObject) playing = NULL;

  g_object_get (self->player, "paintable", &playing, NULL);
  gtk_picture_set_paintable (self->picture, playing != NULL ? GDK_PAINTABLE (playing) : self->poster);
  rushes_take_progress_set_picture (self->progress, self->poster);
}

static void
poster_came (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakePage *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  if (value == NULL)
    return;
  g_set_object (&self->poster, g_value_get_object (value));
  show_picture (self);
}

static DexFuture *
load_texture (DexFuture *future, gpointer data)
{
  return rushes_texture_load (g_value_get_object (dex_future_get_value (future, NULL)));
}

/* A frame of the clip, or the picture that it will be made of. */
static void
load_poster (RushesTakePage *self)
{
  rushes_when (dex_future_then (rushes_thumbnailer_load_take (self->thumbnailer, self->take, POSTER_WIDTH),
                                load_texture, NULL, NULL),
               self, poster_came, NULL, NULL);
}

static GskRenderNode *
draw (GdkPaintable *picture, double width, double height)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  gdk_paintable_snapshot (picture, snapshot, width, height);

  return gtk_snapshot_free_to_node (snapshot);
}

static GdkTexture *
render (RushesTakePage *self, GdkPaintable *picture, double scale)
{
  double width = gdk_paintable_get_intrinsic_width (picture) * scale;
  double height = gdk_paintable_get_intrinsic_height (picture) * scale;
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (GTK_WIDGET (self)));
  g_autoptr (GskRenderNode) node = draw (picture, width, height);

  return node != NULL ? gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height)) : NULL;
}

/* The frame that is shown can be dragged off, onto a well or out of the window. */
static GdkContentProvider *
prepare_frame (RushesTakePage *self, double x, double y)
{
  GdkPaintable *picture = gtk_picture_get_paintable (self->picture);
  int longer = MAX (gdk_paintable_get_intrinsic_width (picture), gdk_paintable_get_intrinsic_height (picture));
  g_autoptr (GdkTexture) frame = render (self, picture, 1.0);
  g_autoptr (GdkTexture) icon = render (self, picture, DRAG_EDGE / MAX (longer, 1));

  if (frame == NULL || icon == NULL)
    return NULL;

  gtk_drag_source_set_icon (self->frame_source, GDK_PAINTABLE (icon), gdk_texture_get_width (icon) / 2,
                            gdk_texture_get_height (icon) / 2);

  return gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, frame);
}

/* ---- where the take stands ---- */

static void
show_trouble (RushesTakePage *self)
{
  g_autofree char *trouble = rushes_take_words_trouble (self->take, self->registry);
  g_autofree char *reason = rushes_take_words_reason (self->take, self->registry);
  g_autofree char *clean = rushes_clean_words (reason != NULL ? reason : "");
  g_autofree char *escaped = g_markup_escape_text (clean, -1);
  const char *label = rushes_take_words_remedy_label (rushes_take_words_remedy (self->take));

  adw_status_page_set_title (self->trouble, trouble != NULL ? trouble : "");
  adw_status_page_set_description (self->trouble, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), label != NULL);
  gtk_button_set_label (self->remedy, label != NULL ? label : "");
  gtk_widget_set_visible (self->doubts, rushes_take_get_state (self->take) == RUSHES_TAKE_STATE_UNCONFIRMED);
}

/* FALSE when the clip can be shown. */
static gboolean
show_unplayable (RushesTakePage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesMissingCodec) codec = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *help = NULL;

  g_object_get (self->player, "error", &error, "missing-codec", &codec, NULL);
  if (error == NULL && codec == NULL)
    return FALSE;

  if (codec != NULL)
    {
      sentence = rushes_codec_help_sentence (codec);
      help = rushes_codec_help_here (codec);
    }
  else
    sentence = g_strdup (error->message);
  escaped = g_markup_escape_text (sentence, -1);
  adw_status_page_set_title (self->unplayable, _ ("The Clip Cannot Be Played Here"));
  adw_status_page_set_description (self->unplayable, escaped);
  gtk_label_set_label (self->codec_help, help != NULL ? help : "");
  gtk_widget_set_visible (GTK_WIDGET (self->codec_help), help != NULL);
  gtk_widget_set_visible (self->install, codec != NULL && rushes_missing_codec_can_install ());

  return TRUE;
}

/* Whether what is there of a clip that is not whole can be shown. */
static gboolean
shows_arrival (RushesTakePage *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesMissingCodec) codec = NULL;

  if (rushes_player_get_arrival (self->player) == NULL || rushes_player_get_head (self->player) != RUSHES_HEAD_PLAYS)
    return FALSE;

  /* Whatever the reason, it may be different when all of it is here. */
  g_object_get (self->player, "error", &error, "missing-codec", &codec, NULL);

  return error == NULL && codec == NULL;
}

static void
show_coming (RushesTakePage *self)
{
  gboolean coming = rushes_take_get_clip (self->take) == NULL && shows_arrival (self);
  gboolean late =
      rushes_player_get_arrival (self->player) != NULL && rushes_player_get_head (self->player) == RUSHES_HEAD_LATE;
  g_autofree char *stage = rushes_take_words_stage (self->take);

  gtk_widget_set_visible (self->coming, coming);
  gtk_label_set_label (self->coming_words,
                       rushes_player_get_buffering (self->player) ? _ ("Waiting for More of the Clip") : stage);
  rushes_take_progress_set_late (self->progress, late);
}

static void
show_kept (RushesTakePage *self)
{
  adw_banner_set_revealed (self->kept,
                           rushes_take_get_clip (self->take) != NULL && rushes_take_get_cached (self->take));
}

static void
show_stage (RushesTakePage *self)
{
  gboolean has_clip = rushes_take_get_clip (self->take) != NULL;
  const char *name;

  if (has_clip)
    name = show_unplayable (self) ? "unplayable" : "clip";
  else if (shows_arrival (self))
    name = "clip";
  else
    name = rushes_take_state_is_active (rushes_take_get_state (self->take)) ? "progress" : "trouble";
  if (g_str_equal (name, "trouble"))
    show_trouble (self);

  show_coming (self);
  show_kept (self);
  gtk_stack_set_visible_child_name (self->stage, name);
  gtk_widget_set_visible (GTK_WIDGET (self->controls), g_str_equal (name, "clip"));
  gtk_widget_set_visible (self->save, has_clip);
  gtk_widget_set_visible (self->frame_button, has_clip);
  rushes_take_page_update_actions (self);
}

static void
marks_changed (RushesTakePage *self)
{
  if (self->take != NULL)
    rushes_take_page_update_actions (self);
}

static void
begin_playing (RushesTakePage *self, double duration)
{
  g_object_set (self->player, "loop", duration > 0 && duration < LOOP_SECONDS, NULL);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    rushes_player_set_playing (self->player, TRUE);
}

static void
strip_loaded (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakePage *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  /* Without one the slider does what it always did. */
  if (value != NULL)
    rushes_player_controls_set_strip (self->controls, g_value_get_object (value));
}

static void
load_clip (RushesTakePage *self)
{
  RushesClip *clip = rushes_take_get_clip (self->take);
  gboolean shown = shows_arrival (self);

  if (clip == NULL || rushes_player_get_file (self->player) != NULL)
    return;

  rushes_player_set_file (self->player, rushes_clip_get_file (clip));
  /* What was looked at while it came goes on as the person left it. */
  if (!shown)
    begin_playing (self, rushes_clip_get_facts (clip)->duration);
  load_poster (self);
  rushes_when (rushes_strip_load (self->thumbnailer, clip), self, strip_loaded, NULL, NULL);
}

void
rushes_take_page_reopen (RushesTakePage *self)
{
  rushes_player_set_file (self->player, NULL);
  load_clip (self);
}

/* A clip that is on its way, when the person wants to look at it meanwhile. */
static void
follow_arrival (RushesTakePage *self)
{
  RushesArrival *arrival = rushes_take_get_arrival (self->take);

  if (g_settings_get_enum (self->preferences, "handling") == RUSHES_HANDLING_DOWNLOAD)
    arrival = NULL;
  rushes_player_set_arrival (self->player, arrival);
  show_stage (self);
}

static void
head_came (RushesTakePage *self)
{
  if (shows_arrival (self))
    begin_playing (self, rushes_player_get_duration (self->player));
  show_stage (self);
}

static void
buffering_changed (RushesTakePage *self)
{
  show_coming (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUFFERING]);
}

static void
show_heading (RushesTakePage *self)
{
  g_autofree char *model = rushes_take_words_model (self->take, self->registry);
  g_autofree char *when = rushes_take_words_when (self->take, g_get_real_time ());
  /* Translators: a model and when it made the take: “Animatic · 10:24”. */
  g_autofree char *subtitle = g_strdup_printf (_ ("%s · %s"), model, when);
  g_autofree char *title = rushes_clean_words (rushes_take_get_title (self->take));

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), title);
  adw_window_title_set_title (self->heading, title);
  adw_window_title_set_subtitle (self->heading, subtitle);
}

static void
follow (RushesTakePage *self)
{
  show_heading (self);
  load_clip (self);
  show_stage (self);
  rushes_take_page_look_for_link (self);
}

static void
starred_changed (RushesTakePage *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARRED]);
}

static void
deleted_changed (RushesTakePage *self)
{
  if (rushes_take_get_deleted (self->take) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_activate_action (GTK_WIDGET (self), "navigation.pop", NULL);
}

/* ---- on and off the screen ---- */

static void
rushes_take_page_map (GtkWidget *widget)
{
  RushesTakePage *self = RUSHES_TAKE_PAGE (widget);

  GTK_WIDGET_CLASS (rushes_take_page_parent_class)->map (widget);
  if (rushes_player_get_file (self->player) != NULL && rushes_player_get_position (self->player) == 0)
    rushes_player_set_playing (self->player, TRUE);
}

static void
rushes_take_page_unmap (GtkWidget *widget)
{
  RushesTakePage *self = RUSHES_TAKE_PAGE (widget);
  double volume;
  gboolean muted;

  rushes_player_set_playing (self->player, FALSE);
  g_object_get (self->player, "volume", &volume, "muted", &muted, NULL);
  g_settings_set_double (self->preferences, "volume", volume);
  g_settings_set_boolean (self->preferences, "muted", muted);

  GTK_WIDGET_CLASS (rushes_take_page_parent_class)->unmap (widget);
}

/* Space is for the clip and not for the button that leads back, which is the first in the page. */
static void
rushes_take_page_shown (AdwNavigationPage *page)
{
  RushesTakePage *self = RUSHES_TAKE_PAGE (page);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (gtk_widget_get_visible (GTK_WIDGET (self->controls)) &&
      (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    rushes_player_controls_focus (self->controls);
}

/* ---- the widget ---- */

static void
rushes_take_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesTakePage *self = RUSHES_TAKE_PAGE (object);

  switch (id)
    {
    case PROP_STARRED:
      g_value_set_boolean (value, self->take != NULL && rushes_take_get_starred (self->take));
      break;
    case PROP_BELOW:
      g_value_set_boolean (value, self->below);
      break;
    case PROP_NARROW:
      g_value_set_boolean (value, self->narrow);
      break;
    case PROP_BUFFERING:
      g_value_set_boolean (value, rushes_player_get_buffering (self->player));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_switch (RushesTakePage *self, gboolean *place, gboolean on, GParamSpec *pspec)
{
  if (*place == on)
    return;
  *place = on;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
rushes_take_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesTakePage *self = RUSHES_TAKE_PAGE (object);

  switch (id)
    {
    case PROP_STARRED:
      /* The take tells when it is written down. */
      rushes_take_page_see_to (self, rushes_library_star (self->library, self->take, g_value_get_boolean (value)));
      break;
    case PROP_BELOW:
      set_switch (self, &self->below, g_value_get_boolean (value), pspec);
      break;
    case PROP_NARROW:
      set_switch (self, &self->narrow, g_value_get_boolean (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_take_page_dispose (GObject *object)
{
  RushesTakePage *self = RUSHES_TAKE_PAGE (object);

  if (self->player != NULL)
    {
      /* Its last words are for nobody. */
      g_signal_handlers_disconnect_by_data (self->player, self);
      rushes_player_set_file (self->player, NULL);
    }
  if (self->theatre != NULL)
    gtk_window_destroy (self->theatre);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_TAKE_PAGE);
  g_clear_object (&self->player);
  g_clear_object (&self->poster);
  g_clear_object (&self->take);
  g_clear_object (&self->library);
  g_clear_object (&self->queue);
  g_clear_object (&self->registry);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (rushes_take_page_parent_class)->dispose (object);
}

static void
rushes_take_page_class_init (RushesTakePageClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_take_page_get_property;
  object_class->set_property = rushes_take_page_set_property;
  object_class->dispose = rushes_take_page_dispose;
  widget_class->map = rushes_take_page_map;
  widget_class->unmap = rushes_take_page_unmap;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = rushes_take_page_shown;

  properties[PROP_STARRED] = g_param_spec_boolean ("starred", NULL, NULL, FALSE, flags);
  properties[PROP_BELOW] = g_param_spec_boolean ("below", NULL, NULL, FALSE, flags);
  properties[PROP_NARROW] = g_param_spec_boolean ("narrow", NULL, NULL, FALSE, flags);
  properties[PROP_BUFFERING] = g_param_spec_boolean ("buffering", NULL, NULL, FALSE, flags & ~G_PARAM_WRITABLE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REMIX] = g_signal_new ("remix", RUSHES_TYPE_TAKE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 RUSHES_TYPE_TAKE);
  signals[EXTEND] = g_signal_new ("extend", RUSHES_TYPE_TAKE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  2, RUSHES_TYPE_TAKE, RUSHES_TYPE_DRAFT);
  signals[USE_FRAME] = g_signal_new ("use-frame", RUSHES_TYPE_TAKE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 3, G_TYPE_BYTES, G_TYPE_STRING, G_TYPE_STRING);

  rushes_take_page_install_actions (klass);
  gtk_widget_class_install_property_action (widget_class, "take.star", "starred");

  g_type_ensure (RUSHES_TYPE_PLAYER_CONTROLS);
  g_type_ensure (RUSHES_TYPE_TAKE_DETAILS);
  g_type_ensure (RUSHES_TYPE_TAKE_PROGRESS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-take-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, heading);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, details_toggle);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, stage);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, picture);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, frame_source);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, progress);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, trouble);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, remedy);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, doubts);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, unplayable);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, codec_help);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, install);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, kept);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, coming);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, coming_words);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, controls);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, again_section);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, save);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, frame_button);
  gtk_widget_class_bind_template_child (widget_class, RushesTakePage, details);
  gtk_widget_class_bind_template_callback (widget_class, show_details);
  gtk_widget_class_bind_template_callback (widget_class, star_icon);
  gtk_widget_class_bind_template_callback (widget_class, picture_pressed);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_clicked);
  gtk_widget_class_bind_template_callback (widget_class, prepare_frame);
}

static void
menu_opens (GtkMenuButton *button, gpointer data)
{
  RushesTakePage *self = data;

  rushes_again_fill_menu (self->again_section, self->registry, self->take);
}

static void
rushes_take_page_init (RushesTakePage *self)
{
  self->player = rushes_player_new ();
  self->preferences = rushes_settings_get ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_menu_button_set_create_popup_func (self->menu_button, menu_opens, self, NULL);
  rushes_player_controls_set_player (self->controls, RUSHES_TRANSPORT (self->player));
  rushes_player_actions_install (GTK_WIDGET (self), RUSHES_TRANSPORT (self->player));
  g_settings_bind (self->preferences, "volume", self->player, "volume", G_SETTINGS_BIND_GET);
  g_settings_bind (self->preferences, "muted", self->player, "muted", G_SETTINGS_BIND_GET);
  g_settings_bind (self->preferences, "details-shown", self->details_toggle, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->player, "notify::paintable", G_CALLBACK (show_picture), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::error", G_CALLBACK (show_stage), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::missing-codec", G_CALLBACK (show_stage), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::mark-in", G_CALLBACK (marks_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::mark-out", G_CALLBACK (marks_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::head", G_CALLBACK (head_came), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->player, "notify::buffering", G_CALLBACK (buffering_changed), self, G_CONNECT_SWAPPED);
}

RushesTakePage *
rushes_take_page_new (RushesLibrary *library,
                      RushesQueue *queue,
                      RushesRegistry *registry,
                      RushesThumbnailer *thumbnailer,
                      RushesTake *take)
{
  RushesTakePage *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_QUEUE (queue), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_THUMBNAILER (thumbnailer), NULL);
  g_return_val_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_loaded (take), NULL);

  self = g_object_new (RUSHES_TYPE_TAKE_PAGE, NULL);
  self->library = g_object_ref (library);
  self->queue = g_object_ref (queue);
  self->registry = g_object_ref (registry);
  self->thumbnailer = g_object_ref (thumbnailer);
  self->take = g_object_ref (take);
  self->poster = make_blank (self);

  rushes_take_progress_set_take (self->progress, take, library, registry);
  rushes_take_details_set_take (self->details, take, library, registry, thumbnailer);
  if (rushes_take_get_clip (take) == NULL)
    load_poster (self);
  g_signal_connect_object (take, "notify::state", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::clip", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::cancelling", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::arrival", G_CALLBACK (follow_arrival), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::message", G_CALLBACK (show_coming), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::cached", G_CALLBACK (show_kept), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::starred", G_CALLBACK (starred_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::deleted", G_CALLBACK (deleted_changed), self, G_CONNECT_SWAPPED);
  starred_changed (self);
  show_picture (self);
  follow (self);
  follow_arrival (self);

  return self;
}

RushesTake *
rushes_take_page_get_take (RushesTakePage *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE_PAGE (self), NULL);

  return self->take;
}
