/* rushes-take-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-card-private.h"

#include <glib/gi18n.h>

#include "rushes-take-words.h"
#include "rushes-ui.h"

/* On a smaller tile a sentence of two lines and a button do not fit. */
#define ROOMY_TILE 200

enum
{
  PROP_TAKE = 1,
  PROP_TILE_WIDTH,
  PROP_SHOW_PROJECT,
  PROP_TITLE,
  PROP_WORDS,
  PROP_SELECTING,
  PROP_SELECTED,
  N_PROPS,
};

enum
{
  REMEDY,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesTakeCard, rushes_take_card, ADW_TYPE_BIN)

static void
show_words (GtkLabel *label, const char *words)
{
  gtk_label_set_label (label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (label), words != NULL && *words != '\0');
}

static gboolean
is_in_work (RushesTakeCard *self)
{
  return self->take != NULL && rushes_take_get_loaded (self->take) &&
         rushes_take_state_is_active (rushes_take_get_state (self->take));
}

/* What a screen reader says after the title. */
static void
speak (RushesTakeCard *self, const char *state)
{
  const char *meta = gtk_label_get_label (self->meta);
  g_autoptr (GString) words = g_string_new (state);

  if (*meta != '\0')
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", meta);
  if (gtk_widget_get_visible (self->star))
    g_string_append_printf (words, ", %s", _ ("starred"));
  if (gtk_widget_get_visible (self->ready) && gtk_widget_get_visible (self->unsaved))
    g_string_append_printf (words, ", %s", _ ("not saved"));

  if (g_set_str (&self->words, words->str))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORDS]);
}

static void
update_elapsed (RushesTakeCard *self)
{
  RushesRequest *request = rushes_take_get_request (self->take);
  double typical = request != NULL ? rushes_pace_get (self->pace, request) : 0;
  g_autofree char *elapsed = rushes_take_words_elapsed (self->take, typical, g_get_real_time ());

  show_words (self->elapsed, elapsed);
}

static gboolean
tick (gpointer data)
{
  update_elapsed (data);

  return G_SOURCE_CONTINUE;
}

static void
update_clock (RushesTakeCard *self)
{
  gboolean runs = is_in_work (self) && gtk_widget_get_mapped (GTK_WIDGET (self));

  /* Whole seconds are gathered by GLib into one wake-up for all cards. */
  if (runs && self->clock == 0)
    self->clock = g_timeout_add_seconds (1, tick, self);
  else if (!runs)
    g_clear_handle_id (&self->clock, g_source_remove);
}

static void
update_work (RushesTakeCard *self)
{
  g_autofree char *stage = NULL;
  double progress;

  if (!is_in_work (self))
    return;

  stage = rushes_take_words_stage (self->take);
  progress = rushes_take_get_progress (self->take);
  show_words (self->stage, stage);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), progress >= 0);
  gtk_progress_bar_set_fraction (self->bar, CLAMP (progress, 0, 1));
  update_elapsed (self);
  speak (self, stage);
}

static void
update_trouble (RushesTakeCard *self)
{
  RushesRemedy remedy = rushes_take_words_remedy (self->take);
  const char *label = rushes_take_words_remedy_label (remedy);
  RushesTakeState state = rushes_take_get_state (self->take);
  g_autofree char *heading = rushes_take_words_trouble (self->take, self->registry);
  g_autofree char *reason = rushes_take_words_reason (self->take, self->registry);
  g_autofree char *spoken = NULL;

  gtk_image_set_from_icon_name (self->trouble_icon, state == RUSHES_TAKE_STATE_READY       ? "user-trash-symbolic"
                                                    : state == RUSHES_TAKE_STATE_CANCELLED ? "process-stop-symbolic"
                                                    : remedy == RUSHES_REMEDY_EDIT ? "action-unavailable-symbolic"
                                                                                   : "dialog-warning-symbolic");
  show_words (self->trouble_heading, heading);
  show_words (self->reason, self->tile_width >= ROOMY_TILE ? reason : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->remedy), label != NULL);
  if (label != NULL)
    gtk_button_set_label (self->remedy, label);

  spoken = g_strdup_printf ("%s. %s", heading, reason);
  speak (self, spoken);
}

static void
update_ready (RushesTakeCard *self)
{
  RushesClip *clip = rushes_take_get_clip (self->take);
  double seconds = clip != NULL ? rushes_clip_get_facts (clip)->duration : 0;
  g_autofree char *length = seconds > 0 ? rushes_take_words_length (seconds) : NULL;

  show_words (self->length, length);
  gtk_widget_set_visible (self->unsaved, rushes_take_get_saved_to (self->take) == NULL);
  speak (self, length);
}

void
rushes_take_card_update_blank (RushesTakeCard *self)
{
  gtk_widget_set_visible (self->blank, self->has_none && !gtk_widget_get_visible (self->trouble));
}

static void
update (RushesTakeCard *self)
{
  gboolean loaded = self->take != NULL && rushes_take_get_loaded (self->take);
  gboolean working = is_in_work (self);
  gboolean ready = loaded && rushes_take_get_state (self->take) == RUSHES_TAKE_STATE_READY &&
                   !rushes_take_words_is_pruned (self->take);
  const char *title = loaded ? rushes_take_get_title (self->take) : NULL;
  const RushesPrice *price = loaded ? rushes_take_get_price (self->take) : NULL;
  g_autofree char *model = loaded ? rushes_take_words_model (self->take, self->registry) : g_strdup ("");
  RushesProject *project = loaded && self->show_project
                               ? rushes_library_find_project (self->library, rushes_take_get_project_id (self->take))
                               : NULL;
  g_autofree char *when = loaded ? rushes_take_words_when (self->take, g_get_real_time ()) : NULL;
  g_autofree char *badge = price != NULL ? rushes_price_to_badge (price) : NULL;
  g_autofree char *meta = NULL;

  /* Translators: under a take: the model that made it, and when, or in which project. */
  meta = loaded ? g_strdup_printf (_ ("%s · %s"), model, project != NULL ? rushes_project_get_name (project) : when)
                : g_strdup ("");

  gtk_widget_set_visible (self->working, working);
  gtk_widget_set_visible (self->trouble, loaded && !working && !ready);
  gtk_widget_set_visible (self->ready, ready);
  gtk_widget_set_visible (self->star, loaded && rushes_take_get_starred (self->take));
  if (g_strcmp0 (gtk_label_get_label (self->title), title != NULL ? title : "") != 0)
    {
      gtk_label_set_label (self->title, title != NULL ? title : "");
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
    }
  gtk_label_set_label (self->meta, meta);
  gtk_label_set_label (self->price, badge != NULL ? badge : "");

  rushes_take_card_update_blank (self);
  if (working)
    update_work (self);
  else if (ready)
    update_ready (self);
  else if (loaded)
    update_trouble (self);
  else
    speak (self, NULL);
  update_clock (self);
}

/* ---- tooltips, written when they are asked for: to set one asks where the pointer is, which takes a while on X11 ----
 */

static gboolean
asked_for_words (RushesTakeCard *self, int x, int y, gboolean by_key, GtkTooltip *tooltip, GtkLabel *label)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_label (label));

  return TRUE;
}

static gboolean
asked_for_reason (RushesTakeCard *self, int x, int y, gboolean by_key, GtkTooltip *tooltip, GtkWidget *trouble)
{
  g_autofree char *reason = self->take != NULL ? rushes_take_words_reason (self->take, self->registry) : NULL;

  gtk_tooltip_set_text (tooltip, reason);

  return reason != NULL;
}

/* ---- the take ---- */

static void
row_changed (RushesTakeCard *self)
{
  update (self);
  rushes_take_card_load_picture (self);
}

static void
state_changed (RushesTakeCard *self)
{
  update (self);
  /* Until then it was shown by its reference. */
  if (rushes_take_get_state (self->take) == RUSHES_TAKE_STATE_READY)
    rushes_take_card_load_picture (self);
}

static void
remedy_clicked (RushesTakeCard *self)
{
  if (self->take != NULL)
    g_signal_emit (self, signals[REMEDY], 0, self->take);
}

static void
rushes_take_card_map (GtkWidget *widget)
{
  RushesTakeCard *self = RUSHES_TAKE_CARD (widget);

  GTK_WIDGET_CLASS (rushes_take_card_parent_class)->map (widget);

  rushes_take_card_load_picture_if_seen (self);
  update_work (self);
  update_clock (self);
}

static void
rushes_take_card_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (rushes_take_card_parent_class)->unmap (widget);

  rushes_take_card_end_preview (RUSHES_TAKE_CARD (widget));
  update_clock (RUSHES_TAKE_CARD (widget));
}

static void
rushes_take_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesTakeCard *self = RUSHES_TAKE_CARD (object);

  switch (id)
    {
    case PROP_TAKE:
      g_value_set_object (value, self->take);
      break;
    case PROP_TILE_WIDTH:
      g_value_set_int (value, self->tile_width);
      break;
    case PROP_SHOW_PROJECT:
      g_value_set_boolean (value, self->show_project);
      break;
    case PROP_TITLE:
      g_value_set_string (value, gtk_label_get_label (self->title));
      break;
    case PROP_WORDS:
      g_value_set_string (value, self->words);
      break;
    case PROP_SELECTING:
      g_value_set_boolean (value, self->selecting);
      break;
    case PROP_SELECTED:
      g_value_set_boolean (value, self->selected);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_take_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesTakeCard *self = RUSHES_TAKE_CARD (object);

  switch (id)
    {
    case PROP_TAKE:
      rushes_take_card_set_take (self, g_value_get_object (value));
      return;
    case PROP_TILE_WIDTH:
      if (self->tile_width == g_value_get_int (value))
        return;
      self->tile_width = g_value_get_int (value);
      row_changed (self);
      break;
    case PROP_SHOW_PROJECT:
      if (self->show_project == g_value_get_boolean (value))
        return;
      self->show_project = g_value_get_boolean (value);
      update (self);
      break;
    case PROP_SELECTING:
      if (self->selecting == g_value_get_boolean (value))
        return;
      self->selecting = g_value_get_boolean (value);
      break;
    case PROP_SELECTED:
      if (self->selected == g_value_get_boolean (value))
        return;
      self->selected = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
rushes_take_card_dispose (GObject *object)
{
  RushesTakeCard *self = RUSHES_TAKE_CARD (object);

  g_clear_handle_id (&self->clock, g_source_remove);
  g_clear_handle_id (&self->rest, g_source_remove);
  dex_clear (&self->loading);
  dex_clear (&self->unrolling);
  g_clear_object (&self->strip);
  g_clear_object (&self->still);
  g_clear_object (&self->take_signals);
  g_clear_object (&self->take);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_TAKE_CARD);
  g_clear_object (&self->library);
  g_clear_object (&self->registry);
  g_clear_object (&self->thumbnailer);
  g_clear_object (&self->pace);
  g_clear_object (&self->cache);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (rushes_take_card_parent_class)->dispose (object);
}

static void
rushes_take_card_class_init (RushesTakeCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rushes_take_card_dispose;
  object_class->get_property = rushes_take_card_get_property;
  object_class->set_property = rushes_take_card_set_property;
  widget_class->map = rushes_take_card_map;
  widget_class->unmap = rushes_take_card_unmap;

  properties[PROP_TAKE] = g_param_spec_object ("take", NULL, NULL, RUSHES_TYPE_TAKE, flags | G_PARAM_READWRITE);
  properties[PROP_TILE_WIDTH] = g_param_spec_int ("tile-width", NULL, NULL, 1, 4096, 224, flags | G_PARAM_READWRITE);
  properties[PROP_SHOW_PROJECT] = g_param_spec_boolean ("show-project", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags | G_PARAM_READABLE);
  properties[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags | G_PARAM_READABLE);
  properties[PROP_SELECTING] = g_param_spec_boolean ("selecting", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  properties[PROP_SELECTED] = g_param_spec_boolean ("selected", NULL, NULL, FALSE, flags | G_PARAM_READWRITE);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[REMEDY] = g_signal_new ("remedy", RUSHES_TYPE_TAKE_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, RUSHES_TYPE_TAKE);

  g_type_ensure (RUSHES_TYPE_FRAME);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-take-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, frame);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, picture);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, blank);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, working);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, stage);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, elapsed);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, bar);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, trouble);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, trouble_icon);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, trouble_heading);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, reason);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, remedy);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, ready);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, unsaved);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, length);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, title);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, star);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, meta);
  gtk_widget_class_bind_template_child (widget_class, RushesTakeCard, price);
  gtk_widget_class_bind_template_callback (widget_class, remedy_clicked);
  gtk_widget_class_bind_template_callback (widget_class, asked_for_words);
  gtk_widget_class_bind_template_callback (widget_class, asked_for_reason);
}

static void
rushes_take_card_init (RushesTakeCard *self)
{
  static const char *const of_the_row[] = { "title", "project-id", "price-text", "starred", "saved-to", "error" };
  static const char *const of_the_work[] = { "progress", "message", "cancelling", "state-since" };
  static const char *const of_the_picture[] = { "loaded", "clip", "request" };

  self->tile_width = 224;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* “~$0.20” has no letter that tells which way it is read. */
  gtk_widget_set_direction (GTK_WIDGET (self->price), GTK_TEXT_DIR_LTR);

  self->take_signals = g_signal_group_new (RUSHES_TYPE_TAKE);
  for (guint i = 0; i < G_N_ELEMENTS (of_the_row); i++)
    {
      g_autofree char *name = g_strdup_printf ("notify::%s", of_the_row[i]);
      g_signal_group_connect_swapped (self->take_signals, name, G_CALLBACK (update), self);
    }
  for (guint i = 0; i < G_N_ELEMENTS (of_the_work); i++)
    {
      g_autofree char *name = g_strdup_printf ("notify::%s", of_the_work[i]);
      g_signal_group_connect_swapped (self->take_signals, name, G_CALLBACK (update_work), self);
    }
  for (guint i = 0; i < G_N_ELEMENTS (of_the_picture); i++)
    {
      g_autofree char *name = g_strdup_printf ("notify::%s", of_the_picture[i]);
      g_signal_group_connect_swapped (self->take_signals, name, G_CALLBACK (row_changed), self);
    }
  g_signal_group_connect_swapped (self->take_signals, "notify::state", G_CALLBACK (state_changed), self);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (rushes_take_card_load_picture), NULL);
}

GtkWidget *
rushes_take_card_new (RushesLibrary *library,
                      RushesRegistry *registry,
                      RushesThumbnailer *thumbnailer,
                      RushesPace *pace,
                      RushesTextureCache *cache)
{
  RushesTakeCard *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);
  g_return_val_if_fail (RUSHES_IS_THUMBNAILER (thumbnailer), NULL);
  g_return_val_if_fail (RUSHES_IS_PACE (pace), NULL);
  g_return_val_if_fail (RUSHES_IS_TEXTURE_CACHE (cache), NULL);

  self = g_object_new (RUSHES_TYPE_TAKE_CARD, NULL);
  self->library = g_object_ref (library);
  self->registry = g_object_ref (registry);
  self->thumbnailer = g_object_ref (thumbnailer);
  self->pace = g_object_ref (pace);
  self->cache = g_object_ref (cache);
  g_signal_connect_object (pace, "changed", G_CALLBACK (update_work), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

RushesTake *
rushes_take_card_get_take (RushesTakeCard *self)
{
  g_return_val_if_fail (RUSHES_IS_TAKE_CARD (self), NULL);

  return self->take;
}

void
rushes_take_card_set_take (RushesTakeCard *self, RushesTake *take)
{
  g_return_if_fail (RUSHES_IS_TAKE_CARD (self));
  g_return_if_fail (take == NULL || RUSHES_IS_TAKE (take));

  if (!g_set_object (&self->take, take))
    return;

  g_signal_group_set_target (self->take_signals, take);
  rushes_take_card_end_preview (self);
  self->has_none = FALSE;
  rushes_take_card_show_picture (self, NULL);
  row_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TAKE]);
}

GdkPaintable *
rushes_take_card_get_picture (RushesTakeCard *self)
{
  g_autoptr (GdkPaintable) live = NULL;

  g_return_val_if_fail (RUSHES_IS_TAKE_CARD (self), NULL);

  live = gtk_widget_paintable_new (GTK_WIDGET (self->frame));

  return gdk_paintable_get_current_image (live);
}
