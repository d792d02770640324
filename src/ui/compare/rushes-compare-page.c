/* rushes-compare-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-compare-page-private.h"

#include <glib/gi18n.h>

#include "rushes-codec-help.h"
#include "rushes-error.h"
#include "rushes-player-actions.h"
#include "rushes-settings.h"
#include "rushes-take-facts.h"
#include "rushes-take-words.h"
#include "rushes-theatre.h"

G_DEFINE_FINAL_TYPE (RushesComparePage, rushes_compare_page, ADW_TYPE_NAVIGATION_PAGE)

enum
{
  PROP_0,
  PROP_ROOM,
  N_PROPS
};

enum
{
  OPEN_TAKE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static RushesComparePane *
get_pane (RushesComparePage *self, guint which)
{
  return g_ptr_array_index (self->panes, which);
}

/* ---- what tells the takes apart ---- */

typedef char *(*Name) (RushesTake *take, RushesRegistry *registry);

static char *
name_by_title (RushesTake *take, RushesRegistry *registry)
{
  return g_strdup (rushes_take_get_title (take));
}

static char *
name_by_seed (RushesTake *take, RushesRegistry *registry)
{
  g_autofree char *seed = rushes_take_facts_seed (rushes_request_get_seed (rushes_take_get_request (take)));

  /* Translators: the number that a take was begun with. */
  return g_strdup_printf (_ ("Seed %s"), seed);
}

static gboolean
tells_apart (Name name, GPtrArray *takes, RushesRegistry *registry)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < takes->len; i++)
    if (!g_hash_table_add (names, name (g_ptr_array_index (takes, i), registry)))
      return FALSE;

  return TRUE;
}

/* The model where each has its own, else what was asked of it, else the seed. */
static Name
find_name (GPtrArray *takes, RushesRegistry *registry)
{
  if (tells_apart (rushes_take_words_model, takes, registry))
    return rushes_take_words_model;

  return tells_apart (name_by_title, takes, registry) ? name_by_title : name_by_seed;
}

/* ---- the place there is ---- */

static gboolean
is_upright (RushesTake *take)
{
  RushesClip *clip = rushes_take_get_clip (take);

  return clip != NULL && rushes_clip_get_facts (clip)->height > rushes_clip_get_facts (clip)->width;
}

/* Four in a row are small, but for upright ones. */
static int
get_columns (RushesComparePage *self, int room)
{
  int columns = MIN (room, (int) self->panes->len);
  gboolean upright = TRUE;

  for (guint i = 0; i < self->panes->len; i++)
    upright = upright && is_upright (rushes_compare_pane_get_take (get_pane (self, i)));
  if (self->panes->len == 4 && columns > 2 && (columns < 4 || !upright))
    columns = 2;

  return columns;
}

static void
arrange (RushesComparePage *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self->grid));
  int columns = get_columns (self, self->room);

  for (int i = 0; i < (int) self->panes->len; i++)
    g_object_set (gtk_layout_manager_get_layout_child (layout, GTK_WIDGET (get_pane (self, (guint) i))), "column",
                  i % columns, "row", i / columns, NULL);
}

/* ---- the clips ---- */

static void
clip_changed (RushesComparePage *self, guint which)
{
  RushesComparePane *pane = get_pane (self, which);
  const GError *error = rushes_ensemble_get_error (self->ensemble, which);
  RushesMissingCodec *codec = rushes_ensemble_get_missing_codec (self->ensemble, which);
  g_autofree char *problem = NULL;

  if (codec != NULL)
    problem = rushes_codec_help_sentence (codec);
  else if (error != NULL)
    problem = g_strdup (error->message);

  g_object_set (pane, "paintable", rushes_ensemble_get_paintable (self->ensemble, which), "problem", problem,
                "has-sound", rushes_ensemble_get_has_audio (self->ensemble, which), NULL);
}

/* Together they are watched over and over, until somebody says otherwise. */
static void
begin_playing (RushesComparePage *self)
{
  if (self->has_played || rushes_transport_get_duration (RUSHES_TRANSPORT (self->ensemble)) <= 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->has_played = TRUE;
  g_object_set (self->ensemble, "loop", TRUE, "playing", TRUE, NULL);
}

static void
take_clip (RushesComparePage *self, guint which)
{
  RushesClip *clip = rushes_take_get_clip (rushes_compare_pane_get_take (get_pane (self, which)));

  if (clip != NULL)
    rushes_ensemble_set_file (self->ensemble, which, rushes_clip_get_file (clip));
}

static void
clip_came (RushesTake *take, GParamSpec *pspec, RushesComparePage *self)
{
  if (rushes_take_get_clip (take) == NULL)
    return;
  g_signal_handlers_disconnect_by_func (take, clip_came, self);
  for (guint i = 0; i < self->panes->len; i++)
    if (rushes_compare_pane_get_take (get_pane (self, i)) == take)
      take_clip (self, i);
  arrange (self);
}

static void
take_wanted (RushesComparePane *pane, RushesComparePage *self)
{
  g_signal_emit (self, signals[OPEN_TAKE], 0, rushes_compare_pane_get_take (pane));
}

static void
mode_changed (RushesComparePage *self)
{
  gboolean wiped = g_strcmp0 (adw_toggle_group_get_active_name (self->mode), "wipe") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->wipe), wiped);
  /* The first lies on the left of the divider, in every language. */
  gtk_widget_set_direction (GTK_WIDGET (self->grid), wiped ? GTK_TEXT_DIR_LTR : GTK_TEXT_DIR_NONE);
  for (guint i = 0; i < self->panes->len; i++)
    g_object_set (get_pane (self, i), "caption-only", wiped, NULL);
}

/* ---- the whole screen ---- */

static GtkWidget *
make_screen (RushesComparePage *self)
{
  GtkWidget *grid;
  int columns = get_columns (self, RUSHES_COMPARE_MOST);

  if (gtk_widget_get_visible (GTK_WIDGET (self->wipe)))
    {
      GtkWidget *wipe = g_object_new (RUSHES_TYPE_WIPE, NULL);

      g_object_bind_property (self->wipe, "start", wipe, "start", G_BINDING_SYNC_CREATE);
      g_object_bind_property (self->wipe, "end", wipe, "end", G_BINDING_SYNC_CREATE);
      g_object_bind_property (self->wipe, "divider", wipe, "divider", G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
      return wipe;
    }

  grid = g_object_new (GTK_TYPE_GRID, "column-homogeneous", TRUE, "row-homogeneous", TRUE, "column-spacing", 1,
                       "row-spacing", 1, NULL);
  for (int i = 0; i < (int) self->panes->len; i++)
    gtk_grid_attach (GTK_GRID (grid), rushes_compare_pane_make_screen (get_pane (self, (guint) i)), i % columns,
                     i / columns, 1, 1);

  return grid;
}

static void
theatre_gone (gpointer data, GObject *where)
{
  RushesComparePage *self = data;

  self->theatre = NULL;
}

static void
show_theatre (RushesComparePage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->theatre == NULL && GTK_IS_WINDOW (root))
    {
      self->theatre = rushes_theatre_new (RUSHES_TRANSPORT (self->ensemble), make_screen (self), GTK_WINDOW (root));
      g_object_weak_ref (G_OBJECT (self->theatre), theatre_gone, self);
    }
  if (self->theatre != NULL)
    gtk_window_present (self->theatre);
}

static void
fullscreen_clicked (RushesComparePage *self)
{
  show_theatre (self);
}

static void
wipe_released (RushesComparePage *self, int n_press)
{
  if (n_press == 2)
    show_theatre (self);
}

/* ---- on and off the screen ---- */

static void
rushes_compare_page_map (GtkWidget *widget)
{
  RushesComparePage *self = RUSHES_COMPARE_PAGE (widget);

  GTK_WIDGET_CLASS (rushes_compare_page_parent_class)->map (widget);
  rushes_ensemble_set_resting (self->ensemble, FALSE);
  if (self->resumes)
    rushes_transport_set_playing (RUSHES_TRANSPORT (self->ensemble), TRUE);
  begin_playing (self);
}

static void
rushes_compare_page_unmap (GtkWidget *widget)
{
  RushesComparePage *self = RUSHES_COMPARE_PAGE (widget);
  double volume;
  gboolean muted;

  self->resumes = rushes_transport_get_playing (RUSHES_TRANSPORT (self->ensemble));
  rushes_ensemble_set_resting (self->ensemble, TRUE);
  g_object_get (self->ensemble, "volume", &volume, "muted", &muted, NULL);
  g_settings_set_double (self->preferences, "volume", volume);
  g_settings_set_boolean (self->preferences, "muted", muted);

  GTK_WIDGET_CLASS (rushes_compare_page_parent_class)->unmap (widget);
}

/* Space is for the clips and not for the button that leads back. */
static void
rushes_compare_page_shown (AdwNavigationPage *page)
{
  rushes_player_controls_focus (RUSHES_COMPARE_PAGE (page)->controls);
}

/* ---- the widget ---- */

static void
rushes_compare_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_ROOM:
      g_value_set_int (value, RUSHES_COMPARE_PAGE (object)->room);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_compare_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesComparePage *self = RUSHES_COMPARE_PAGE (object);

  switch (id)
    {
    case PROP_ROOM:
      if (self->room == g_value_get_int (value))
        return;
      self->room = g_value_get_int (value);
      arrange (self);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_compare_page_dispose (GObject *object)
{
  RushesComparePage *self = RUSHES_COMPARE_PAGE (object);

  if (self->ensemble != NULL)
    {
      /* Its last words are for nobody. */
      g_signal_handlers_disconnect_by_data (self->ensemble, self);
      rushes_ensemble_set_resting (self->ensemble, TRUE);
    }
  if (self->theatre != NULL)
    gtk_window_destroy (self->theatre);
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_COMPARE_PAGE);
  g_clear_pointer (&self->panes, g_ptr_array_unref);
  g_clear_object (&self->ensemble);
  g_clear_object (&self->preferences);

  G_OBJECT_CLASS (rushes_compare_page_parent_class)->dispose (object);
}

static void
rushes_compare_page_class_init (RushesComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_compare_page_get_property;
  object_class->set_property = rushes_compare_page_set_property;
  object_class->dispose = rushes_compare_page_dispose;
  widget_class->map = rushes_compare_page_map;
  widget_class->unmap = rushes_compare_page_unmap;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = rushes_compare_page_shown;

  properties[PROP_ROOM] = g_param_spec_int ("room", NULL, NULL, 1, RUSHES_COMPARE_MOST, RUSHES_COMPARE_MOST,
                                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[OPEN_TAKE] = g_signal_new ("open-take", RUSHES_TYPE_COMPARE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, RUSHES_TYPE_TAKE);

  g_type_ensure (RUSHES_TYPE_PLAYER_CONTROLS);
  g_type_ensure (RUSHES_TYPE_WIPE);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesComparePage, header);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePage, mode);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePage, wipe);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePage, grid);
  gtk_widget_class_bind_template_child (widget_class, RushesComparePage, controls);
  gtk_widget_class_bind_template_callback (widget_class, mode_changed);
  gtk_widget_class_bind_template_callback (widget_class, fullscreen_clicked);
  gtk_widget_class_bind_template_callback (widget_class, wipe_released);
}

static void
rushes_compare_page_init (RushesComparePage *self)
{
  self->panes = g_ptr_array_new ();
  self->room = RUSHES_COMPARE_MOST;
  self->preferences = rushes_settings_get ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
begin_ensemble (RushesComparePage *self, guint n_clips)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GSimpleAction) fullscreen = g_simple_action_new ("fullscreen", NULL);
  g_autoptr (GPropertyAction) hear = NULL;

  self->ensemble = rushes_ensemble_new (n_clips);
  rushes_ensemble_set_resting (self->ensemble, TRUE);
  rushes_player_controls_set_player (self->controls, RUSHES_TRANSPORT (self->ensemble));
  rushes_player_actions_install (GTK_WIDGET (self), RUSHES_TRANSPORT (self->ensemble));
  g_settings_bind (self->preferences, "volume", self->ensemble, "volume", G_SETTINGS_BIND_GET);
  g_settings_bind (self->preferences, "muted", self->ensemble, "muted", G_SETTINGS_BIND_GET);
  g_signal_connect_object (self->ensemble, "clip-changed", G_CALLBACK (clip_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->ensemble, "notify::duration", G_CALLBACK (begin_playing), self, G_CONNECT_SWAPPED);

  hear = g_property_action_new ("hear", self->ensemble, "heard");
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (hear));
  g_signal_connect_object (fullscreen, "activate", G_CALLBACK (show_theatre), self, G_CONNECT_SWAPPED);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (fullscreen));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare", G_ACTION_GROUP (group));
}

RushesComparePage *
rushes_compare_page_new (RushesLibrary *library,
                         RushesQueue *queue,
                         RushesRegistry *registry,
                         RushesThumbnailer *thumbnailer,
                         GPtrArray *takes)
{
  RushesComparePage *self;
  Name name;

  g_return_val_if_fail (takes->len >= RUSHES_COMPARE_LEAST && takes->len <= RUSHES_COMPARE_MOST, NULL);

  self = g_object_new (RUSHES_TYPE_COMPARE_PAGE, NULL);
  begin_ensemble (self, takes->len);
  name = find_name (takes, registry);
  for (guint i = 0; i < takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (takes, i);
      g_autofree char *heading = name (take, registry);
      g_autofree char *model =
          name != rushes_take_words_model ? rushes_take_words_model (take, registry) : g_strdup ("");
      RushesComparePane *pane =
          rushes_compare_pane_new (i, library, queue, registry, thumbnailer, take, heading, model);

      gtk_grid_attach (self->grid, GTK_WIDGET (pane), (int) i, 0, 1, 1);
      g_ptr_array_add (self->panes, pane);
      g_signal_connect_object (pane, "open-take", G_CALLBACK (take_wanted), self, 0);
      if (rushes_take_get_clip (take) == NULL)
        g_signal_connect_object (take, "notify::clip", G_CALLBACK (clip_came), self, 0);
      else
        take_clip (self, i);
    }

  /* A wipe is between two. */
  arrange (self);
  if (takes->len != 2)
    adw_header_bar_set_title_widget (self->header, NULL);
  else
    {
      g_object_bind_property (get_pane (self, 0), "paintable", self->wipe, "start", G_BINDING_SYNC_CREATE);
      g_object_bind_property (get_pane (self, 1), "paintable", self->wipe, "end", G_BINDING_SYNC_CREATE);
    }

  return self;
}
