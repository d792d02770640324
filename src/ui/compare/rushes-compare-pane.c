/* rushes-compare-pane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-compare-pane.h"

#include <glib/gi18n.h>

#include "rushes-take-facts.h"
#include "rushes-take-progress.h"
#include "rushes-take-saver.h"
#include "rushes-take-words.h"
#include "rushes-texture.h"
#include "rushes-theatre.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

#define POSTER_WIDTH 1024

struct _RushesComparePane
{
  GtkBox parent_instance;

  RushesLibrary *library;
  RushesQueue *queue;
  RushesRegistry *registry;
  RushesThumbnailer *thumbnailer;
  RushesTake *take;
  GdkPaintable *paintable;
  char *problem;
  char *known;     /* the facts that were there from the beginning */
  guint described; /* which answer about it is awaited */
  gboolean has_sound;
  gboolean caption_only;

  GtkStack *stage;
  RushesTakeProgress *progress;
  GtkPicture *picture;
  AdwStatusPage *trouble;
  GtkWidget *hear;
  GtkLabel *heading;
  GtkLabel *facts;
  GtkWidget *use;
};

enum
{
  PROP_0,
  PROP_PAINTABLE,
  PROP_PROBLEM,
  PROP_HAS_SOUND,
  PROP_CAPTION_ONLY,
  PROP_STARRED,
  N_PROPS
};

enum
{
  OPEN_TAKE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesComparePane, rushes_compare_pane, GTK_TYPE_BOX)

static void
complain (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

static void
star (RushesComparePane *self, gboolean starred)
{
  /* The take tells when it is written down. */
  rushes_when (rushes_library_star (self->library, self->take, starred), self, complain, NULL, NULL);
}

/* ---- what the template asks ---- */

static char *
star_icon (RushesComparePane *self, gboolean starred)
{
  return g_strdup (starred ? "starred-symbolic" : "non-starred-symbolic");
}

static void
hear (RushesComparePane *self)
{
  if (self->has_sound)
    gtk_widget_activate (self->hear);
}

static void
pressed (RushesComparePane *self, int n_press)
{
  if (n_press == 2)
    gtk_widget_activate_action (GTK_WIDGET (self), "compare.fullscreen", NULL);
  else
    hear (self);
}

static void
use_clicked (RushesComparePane *self)
{
  star (self, TRUE);
  rushes_take_saver_ask (GTK_WIDGET (self), self->library, self->take);
}

static void
open_clicked (RushesComparePane *self)
{
  g_signal_emit (self, signals[OPEN_TAKE], 0);
}

static void
cancel (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesComparePane *self = RUSHES_COMPARE_PANE (widget);

  rushes_when (rushes_queue_cancel (self->queue, self->take), self, complain, NULL, NULL);
}

/* ---- where the take stands ---- */

static void
show_trouble (RushesComparePane *self)
{
  g_autofree char *trouble = rushes_take_words_trouble (self->take, self->registry);
  g_autofree char *reason = rushes_take_words_reason (self->take, self->registry);
  g_autofree char *clean = NULL;
  g_autofree char *escaped = NULL;

  clean = rushes_clean_words (self->problem != NULL ? self->problem : reason != NULL ? reason : "");
  escaped = g_markup_escape_text (clean, -1);
  adw_status_page_set_title (self->trouble, self->problem != NULL ? _ ("The Clip Cannot Be Played Here")
                                            : trouble != NULL     ? trouble
                                                                  : "");
  adw_status_page_set_description (self->trouble, escaped);
}

static void
show_stage (RushesComparePane *self)
{
  gboolean has_clip = rushes_take_get_clip (self->take) != NULL;
  const char *name;

  if (has_clip)
    name = self->problem != NULL ? "trouble" : "clip";
  else
    name = rushes_take_state_is_active (rushes_take_get_state (self->take)) ? "progress" : "trouble";
  if (g_str_equal (name, "trouble"))
    show_trouble (self);

  gtk_stack_set_visible_child_name (self->stage, name);
  gtk_widget_set_visible (self->use, has_clip);
}

/* ---- the picture ---- */

static void
poster_came (gpointer object, DexFuture *future, gpointer data)
{
  RushesComparePane *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  if (value == NULL)
    return;
  rushes_take_progress_set_picture (self->progress, g_value_get_object (value));
  if (gtk_picture_get_paintable (self->picture) == NULL)
    gtk_picture_set_paintable (self->picture, g_value_get_object (value));
}

static DexFuture *
load_texture (DexFuture *future, gpointer data)
{
  return rushes_texture_load (g_value_get_object (dex_future_get_value (future, NULL)));
}

static void
load_poster (RushesComparePane *self)
{
  rushes_when (dex_future_then (rushes_thumbnailer_load_take (self->thumbnailer, self->take, POSTER_WIDTH),
                                load_texture, NULL, NULL),
               self, poster_came, NULL, NULL);
}

static void
set_paintable (RushesComparePane *self, GdkPaintable *paintable)
{
  g_autoptr (GdkPaintable) still = NULL;

  if (self->paintable == paintable)
    return;
  if (paintable == NULL)
    still = gdk_paintable_get_current_image (self->paintable);
  g_set_object (&self->paintable, paintable);
  gtk_picture_set_paintable (self->picture, paintable != NULL ? paintable : still);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAINTABLE]);
}

/* ---- the caption ---- */

static void
described (gpointer object, DexFuture *future, gpointer data)
{
  RushesComparePane *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  g_autoptr (GPtrArray) stages = NULL;
  g_autofree char *span = NULL;
  g_autofree char *words = NULL;
  double seconds = 0;

  if (value == NULL || GPOINTER_TO_UINT (data) != self->described)
    return;

  stages = rushes_take_facts_stages (g_value_get_boxed (value));
  for (guint i = 0; i < stages->len; i++)
    seconds += ((RushesStage *) g_ptr_array_index (stages, i))->seconds;
  if (rushes_take_get_clip (self->take) == NULL || stages->len == 0)
    return;
  span = rushes_take_facts_span (seconds);
  /* Translators: what is known of a take, and how long it took: "Veo 3 Fast · 5 s · $0.75 · made in 41 s". */
  words = g_strdup_printf (_ ("%s · made in %s"), gtk_label_get_label (self->facts), span);
  gtk_label_set_label (self->facts, words);
}

static void
show_facts (RushesComparePane *self)
{
  RushesClip *clip = rushes_take_get_clip (self->take);
  double seconds = clip != NULL ? rushes_clip_get_facts (clip)->duration
                                : rushes_request_get_duration (rushes_take_get_request (self->take));
  g_autofree char *price = rushes_price_to_display (rushes_take_get_price (self->take));
  g_autoptr (GPtrArray) facts = g_ptr_array_new_null_terminated (4, g_free, TRUE);
  g_autofree char *words = NULL;

  if (*self->known != '\0')
    g_ptr_array_add (facts, g_strdup (self->known));
  if (seconds > 0)
    g_ptr_array_add (facts, rushes_take_words_length (seconds));
  if (*price != '\0')
    g_ptr_array_add (facts, g_strdup (price));
  words = g_strjoinv (" · ", (char **) facts->pdata);
  gtk_label_set_label (self->facts, words);
  self->described++;
  rushes_when (rushes_library_describe_take (self->library, self->take), self, described,
               GUINT_TO_POINTER (self->described), NULL);
}

static void
follow (RushesComparePane *self)
{
  show_stage (self);
  show_facts (self);
}

static void
starred_changed (RushesComparePane *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARRED]);
}

/* ---- the widget ---- */

static void
rushes_compare_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesComparePane *self = RUSHES_COMPARE_PANE (object);

  switch (id)
    {
    case PROP_PAINTABLE:
      g_value_set_object (value, self->paintable);
      break;
    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;
    case PROP_HAS_SOUND:
      g_value_set_boolean (value, self->has_sound);
      break;
    case PROP_CAPTION_ONLY:
      g_value_set_boolean (value, self->caption_only);
      break;
    case PROP_STARRED:
      g_value_set_boolean (value, self->take != NULL && rushes_take_get_starred (self->take));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_switch (RushesComparePane *self, gboolean *place, gboolean on, GParamSpec *pspec)
{
  if (*place == on)
    return;
  *place = on;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
rushes_compare_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesComparePane *self = RUSHES_COMPARE_PANE (object);

  switch (id)
    {
    case PROP_PAINTABLE:
      set_paintable (self, g_value_get_object (value));
      break;
    case PROP_PROBLEM:
      if (g_set_str (&self->problem, g_value_get_string (value)))
        {
          show_stage (self);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_HAS_SOUND:
      set_switch (self, &self->has_sound, g_value_get_boolean (value), pspec);
      break;
    case PROP_CAPTION_ONLY:
      set_switch (self, &self->caption_only, g_value_get_boolean (value), pspec);
      break;
    case PROP_STARRED:
      star (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_compare_pane_dispose (GObject *object)
{
  RushesComparePane *self = RUSHES_COMPARE_PANE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_COMPARE_PANE);
  g_clear_object (&self->paintable);
  g_clear_object (&self->take);
  g_clear_object (&self->library);
  g_clear_object (&self->queue);
  g_clear_object (&self->registry);
  g_clear_object (&self->thumbnailer);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->known, g_free);

  G_OBJECT_CLASS (rushes_compare_pane_parent_class)->dispose (object);
}

static void
rushes_compare_pane_class_init (RushesComparePaneClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_compare_pane_get_property;
  object_class->set_property = rushes_compare_pane_set_property;
  object_class->dispose = rushes_compare_pane_dispose;

  properties[PROP_PAINTABLE] = g_param_spec_object ("paintable", NULL, NULL, GDK_TYPE_PAINTABLE, flags);
  properties[PROP_PROBLEM] = g_param_spec_string ("problem", NULL, NULL, NULL, flags);
  properties[PROP_HAS_SOUND] = g_param_spec_boolean ("has-sound", NULL, NULL, FALSE, flags);
  properties[PROP_CAPTION_ONLY] = g_param_spec_boolean ("caption-only", NULL, NULL, FALSE, flags);
  properties[PROP_STARRED] = g_param_spec_boolean ("starred", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN_TAKE] =
      g_signal_new ("open-take", RUSHES_TYPE_COMPARE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "take.cancel", NULL, cancel);
  gtk_widget_class_install_property_action (widget_class, "pane.star", "starred");

  g_type_ensure (RUSHES_TYPE_TAKE_PROGRESS);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-compare-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, stage);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, progress);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, picture);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, trouble);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, hear);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, heading);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, facts);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePane, use);
  gtk_widget_class_bind_template_callback (widget_class, star_icon);
  gtk_widget_class_bind_template_callback (widget_class, pressed);
  gtk_widget_class_bind_template_callback (widget_class, use_clicked);
  gtk_widget_class_bind_template_callback (widget_class, open_clicked);
}

static void
rushes_compare_pane_init (RushesComparePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

RushesComparePane *
rushes_compare_pane_new (guint which,
                         RushesLibrary *library,
                         RushesQueue *queue,
                         RushesRegistry *registry,
                         RushesThumbnailer *thumbnailer,
                         RushesTake *take,
                         const char *heading,
                         const char *facts)
{
  RushesComparePane *self;
  g_autofree char *title = NULL;
  g_autofree char *clean = NULL;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_QUEUE (queue), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_THUMBNAILER (thumbnailer), NULL);
  g_return_val_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_loaded (take), NULL);

  self = g_object_new (RUSHES_TYPE_COMPARE_PANE, NULL);
  self->library = g_object_ref (library);
  self->queue = g_object_ref (queue);
  self->registry = g_object_ref (registry);
  self->thumbnailer = g_object_ref (thumbnailer);
  self->take = g_object_ref (take);
  self->known = rushes_clean_words (facts);

  clean = rushes_clean_words (heading);
  title = rushes_clean_words (rushes_take_get_title (take));
  gtk_label_set_label (self->heading, clean);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->heading), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, clean, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->hear), "u", which);
  rushes_take_progress_set_take (self->progress, take, library, registry);
  load_poster (self);
  g_signal_connect_object (take, "notify::state", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::clip", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::cancelling", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::price-text", G_CALLBACK (follow), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (take, "notify::starred", G_CALLBACK (starred_changed), self, G_CONNECT_SWAPPED);
  starred_changed (self);
  follow (self);

  return self;
}

RushesTake *
rushes_compare_pane_get_take (RushesComparePane *self)
{
  g_return_val_if_fail (RUSHES_IS_COMPARE_PANE (self), NULL);

  return self->take;
}

GtkWidget *
rushes_compare_pane_make_screen (RushesComparePane *self)
{
  GtkWidget *overlay, *badge, *heard, *heading;
  GtkGesture *click;

  g_return_val_if_fail (RUSHES_IS_COMPARE_PANE (self), NULL);

  overlay = gtk_overlay_new ();
  badge = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  heard = gtk_image_new_from_icon_name ("audio-volume-high-symbolic");
  heading = gtk_label_new (gtk_label_get_label (self->heading));
  click = gtk_gesture_click_new ();
  g_signal_connect_object (click, "pressed", G_CALLBACK (hear), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (overlay, GTK_EVENT_CONTROLLER (click));
  gtk_widget_set_hexpand (overlay, TRUE);
  gtk_widget_set_vexpand (overlay, TRUE);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), rushes_theatre_make_screen (G_OBJECT (self->picture)));

  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_halign (badge, GTK_ALIGN_START);
  gtk_widget_set_valign (badge, GTK_ALIGN_START);
  gtk_widget_set_margin_start (badge, 12);
  gtk_widget_set_margin_end (badge, 12);
  gtk_widget_set_margin_top (badge, 12);
  if (self->has_sound)
    g_object_bind_property (self->hear, "active", heard, "visible", G_BINDING_SYNC_CREATE);
  else
    gtk_widget_set_visible (heard, FALSE);
  gtk_box_append (GTK_BOX (badge), heard);
  gtk_box_append (GTK_BOX (badge), heading);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), badge);

  return overlay;
}
