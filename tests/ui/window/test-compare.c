/* test-compare.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

#include <math.h>

#include "rushes-async.h"
#include "rushes-compare-page-private.h"
#include "rushes-take-page.h"

#define RATE 24

/* ---- takes ---- */

static RushesTake *
order (RushesSet *self, const char *provider_id, const char *prompt, int seconds, const char *aspect)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesReference) picture = NULL;
  g_autoptr (GPtrArray) notes = NULL;
  g_autoptr (DexFuture) ordered = NULL;
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (GError) error = NULL;
  RushesModel *model = rushes_provider_find_model (rushes_registry_find (self->registry, provider_id), NULL);
  const GValue *value;

  rushes_draft_set_model (draft, provider_id, rushes_model_get_id (model));
  rushes_draft_set_prompt (draft, prompt);
  rushes_draft_set_duration (draft, seconds);
  rushes_draft_set_resolution (draft, "480p");
  rushes_draft_set_aspect (draft, aspect);
  rushes_draft_set_frame_rate (draft, RATE);
  rushes_draft_set_audio (draft, TRUE);
  notes = rushes_model_fit (model, draft);
  ordered = rushes_test_run (
      rushes_queue_generate (rushes_studio_get_queue (self->studio), self->window->project, draft, NULL, order_id));
  value = dex_future_get_value (ordered, &error);
  g_assert_no_error (error);

  return g_object_ref (g_ptr_array_index ((GPtrArray *) g_value_get_boxed (value), 0));
}

/* An animatic, which is rendered for real. */
static RushesTake *
make (RushesSet *self, const char *prompt, int seconds, const char *aspect)
{
  RushesTake *take = order (self, "animatic", prompt, seconds, aspect);

  rushes_test_expect (rushes_queue_await (rushes_studio_get_queue (self->studio), take));
  g_assert_nonnull (rushes_take_get_clip (take));

  return take;
}

/* ---- what is waited for ---- */

static RushesComparePage *
get_page (RushesSet *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->window->places);

  return RUSHES_IS_COMPARE_PAGE (page) ? RUSHES_COMPARE_PAGE (page) : NULL;
}

static RushesTransport *
get_transport (RushesSet *self)
{
  return RUSHES_TRANSPORT (get_page (self)->ensemble);
}

static gboolean
shows_page (RushesSet *self, gconstpointer data)
{
  return get_page (self) != NULL && gtk_widget_get_width (GTK_WIDGET (get_page (self))) > 0;
}

static gboolean
shows_library (RushesSet *self, gconstpointer data)
{
  return adw_navigation_view_get_visible_page (self->window->places) ==
         ADW_NAVIGATION_PAGE (self->window->library_page);
}

static gboolean
shows_take_page (RushesSet *self, gconstpointer data)
{
  return RUSHES_IS_TAKE_PAGE (adw_navigation_view_get_visible_page (self->window->places));
}

/* All of them have a picture that moves. */
static gboolean
plays (RushesSet *self, gconstpointer data)
{
  RushesComparePage *page = get_page (self);

  for (guint i = 0; i < page->panes->len; i++)
    if (rushes_ensemble_get_paintable (page->ensemble, i) == NULL)
      return FALSE;

  return rushes_transport_get_playing (get_transport (self)) &&
         rushes_transport_get_position (get_transport (self)) > 0.1;
}

static gboolean
is_at_frame (RushesSet *self, gconstpointer data)
{
  RushesTransport *transport = get_transport (self);

  return !rushes_transport_get_playing (transport) &&
         (int) floor (rushes_transport_get_position (transport) * RATE) == GPOINTER_TO_INT (data);
}

static gboolean
hears (RushesSet *self, gconstpointer data)
{
  guint heard;

  g_object_get (get_page (self)->ensemble, "heard", &heard, NULL);

  return heard == GPOINTER_TO_UINT (data);
}

static gboolean
is_starred (RushesSet *self, gconstpointer data)
{
  return rushes_take_get_starred ((RushesTake *) data);
}

static gboolean
is_not_maximized (RushesSet *self, gconstpointer data)
{
  return !gtk_window_is_maximized (GTK_WINDOW (self->window));
}

static gboolean
has_room (RushesSet *self, gconstpointer data)
{
  return get_page (self)->room == GPOINTER_TO_INT (data);
}

static GtkWidget *
get_pane (RushesSet *self, guint which)
{
  return g_ptr_array_index (get_page (self)->panes, which);
}

static void
click (GtkWidget *in, const char *name)
{
  GtkWidget *button = rushes_test_find (in, GTK_TYPE_BUTTON, name);

  if (button == NULL)
    g_error ("There is no button “%s”.", name);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
compare (RushesSet *self, RushesTake **takes, gsize n_takes)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (gsize i = 0; i < n_takes; i++)
    g_ptr_array_add (ids, (char *) rushes_take_get_id (takes[i]));
  gtk_widget_activate_action_variant (GTK_WIDGET (self->window), "win.compare",
                                      g_variant_new_strv ((const char *const *) ids->pdata, ids->len));
}

/* ---- the tests ---- */

static void
test_side_by_side (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (RushesTake) first = make (set, "a kite", 3, "16:9");
  g_autoptr (RushesTake) second = make (set, "a <b>boat</b>", 4, "9:16");
  RushesTake *takes[] = { first, second, first };

  compare (set, takes, 3);
  rushes_set_await (set, shows_page, NULL);
  rushes_set_await (set, plays, NULL);
  g_assert_cmpfloat_with_epsilon (rushes_transport_get_duration (get_transport (set)), 4.0, 0.2);
  g_assert_true (rushes_test_says (get_pane (set, 0), "a kite"));
  g_assert_true (rushes_test_says (get_pane (set, 1), "a <b>boat</b>"));
  g_assert_true (rushes_test_says (get_pane (set, 1), "Animatic · 4 s · "));

  click (GTK_WIDGET (get_page (set)), "Pause");
  rushes_transport_seek (get_transport (set), 30.5 / RATE);
  rushes_set_await (set, is_at_frame, GINT_TO_POINTER (30));
  click (GTK_WIDGET (get_page (set)), "Next Frame");
  rushes_set_await (set, is_at_frame, GINT_TO_POINTER (31));
  rushes_set_press ("comma");
  rushes_set_await (set, is_at_frame, GINT_TO_POINTER (30));

  /* One is heard: whichever was clicked. */
  g_assert_true (hears (set, GUINT_TO_POINTER (0)));
  rushes_set_click (set, get_pane (set, 1));
  rushes_set_await (set, hears, GUINT_TO_POINTER (1));
  g_assert_true (gtk_toggle_button_get_active (
      GTK_TOGGLE_BUTTON (rushes_test_find (get_pane (set, 1), GTK_TYPE_TOGGLE_BUTTON, "Hear This One"))));
  g_assert_false (gtk_toggle_button_get_active (
      GTK_TOGGLE_BUTTON (rushes_test_find (get_pane (set, 0), GTK_TYPE_TOGGLE_BUTTON, "Hear This One"))));

  click (get_pane (set, 1), "Star");
  rushes_set_await (set, is_starred, second);
  g_assert_false (rushes_take_get_starred (first));

  /* To one of them and back, where everything is as it was. */
  click (get_pane (set, 0), "Open This Take");
  rushes_set_await (set, shows_take_page, NULL);
  gtk_widget_activate_action (GTK_WIDGET (set->window->places), "navigation.pop", NULL);
  rushes_set_await (set, shows_page, NULL);
  rushes_set_await (set, is_at_frame, GINT_TO_POINTER (30));
  gtk_widget_activate_action (GTK_WIDGET (set->window->places), "navigation.pop", NULL);
  rushes_set_await (set, shows_library, NULL);
}

static gboolean
has_divider (RushesSet *self, gconstpointer data)
{
  double divider;

  g_object_get (get_page (self)->wipe, "divider", &divider, NULL);

  return fabs (divider - *(const double *) data) < 0.001;
}

/* Two under a wipe, and where there is no room beside each other. */
static void
test_wipe (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (RushesTake) first = make (set, "a kite", 3, "16:9");
  g_autoptr (RushesTake) second = make (set, "a boat", 3, "16:9");
  RushesTake *takes[] = { first, second };
  g_autoptr (GdkPaintable) start = NULL;
  GtkWidget *wipe;
  graphene_point_t at;

  compare (set, takes, 2);
  rushes_set_await (set, shows_page, NULL);
  rushes_set_await (set, plays, NULL);
  wipe = GTK_WIDGET (get_page (set)->wipe);
  g_assert_false (gtk_widget_get_mapped (wipe));
  adw_toggle_group_set_active_name (get_page (set)->mode, "wipe");
  rushes_set_await_rest (set, wipe);
  g_object_get (wipe, "start", &start, NULL);
  g_assert_true (G_OBJECT (start) == rushes_ensemble_get_paintable (get_page (set)->ensemble, 0));
  /* The captions stay. */
  g_assert_true (rushes_test_says (get_pane (set, 1), "a boat"));
  g_assert_cmpint (gtk_widget_get_height (wipe), >, 4 * gtk_widget_get_height (get_pane (set, 1)));

  gtk_widget_grab_focus (wipe);
  rushes_set_await (set, has_divider, &(double) { 0.5 });
  rushes_set_press ("Right");
  rushes_set_await (set, has_divider, &(double) { 0.51 });
  rushes_set_press ("Left Left");
  rushes_set_await (set, has_divider, &(double) { 0.49 });
  rushes_set_press ("Prior");
  rushes_set_await (set, has_divider, &(double) { 0.39 });
  rushes_set_press ("space");
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (wipe)), ==, GTK_ACCESSIBLE_ROLE_SLIDER);

  rushes_set_click (set, wipe);
  rushes_set_await (set, has_divider, &(double) { 0.5 });
  rushes_set_drag (set, wipe, rushes_test_find (get_pane (set, 1), GTK_TYPE_BUTTON, "Open This Take"));
  g_assert_false (has_divider (set, &(double) { 0.5 }));

  /* Two clicks are not a click and a drag. */
  g_assert_null (get_page (set)->theatre);

  adw_toggle_group_set_active_name (get_page (set)->mode, "side");
  rushes_transport_set_playing (get_transport (set), TRUE);
  gtk_window_unmaximize (GTK_WINDOW (set->window));
  rushes_set_await (set, is_not_maximized, NULL);
  rushes_set_resize (360, 720);
  rushes_set_await (set, has_room, GINT_TO_POINTER (1));
  rushes_set_await_rest (set, get_pane (set, 1));
  g_assert_true (gtk_widget_compute_point (get_pane (set, 1), get_pane (set, 0), &GRAPHENE_POINT_INIT (0, 0), &at));
  g_assert_cmpfloat (at.x, ==, 0);
  g_assert_cmpfloat (at.y, >, 100);
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (get_page (set))), ==, 360);
  /* The other layout took it off the screen for a moment. */
  rushes_set_await (set, plays, NULL);
}

static gboolean
is_fullscreen (RushesSet *self, gconstpointer data)
{
  GtkWindow *theatre = get_page (self)->theatre;

  return theatre != NULL && gtk_window_is_active (theatre) && gtk_window_is_fullscreen (theatre) &&
         gtk_widget_get_width (GTK_WIDGET (theatre)) > 0;
}

static gboolean
is_no_longer_fullscreen (RushesSet *self, gconstpointer data)
{
  return get_page (self)->theatre == NULL && gtk_window_is_active (GTK_WINDOW (self->window));
}

static gboolean
is_wipe (GtkWidget *widget, gconstpointer data)
{
  return RUSHES_IS_WIPE (widget);
}

/* All of them on the whole screen, where the same keys play them. */
static void
test_fullscreen (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (RushesTake) first = make (set, "a kite", 3, "16:9");
  g_autoptr (RushesTake) second = make (set, "a boat", 3, "16:9");
  RushesTake *takes[] = { first, second };
  GtkWidget *theatre, *wipe;

  compare (set, takes, 2);
  rushes_set_await (set, shows_page, NULL);
  rushes_set_await (set, plays, NULL);
  click (GTK_WIDGET (get_page (set)), "Pause");
  rushes_transport_seek (get_transport (set), 30.5 / RATE);
  rushes_set_await (set, is_at_frame, GINT_TO_POINTER (30));

  rushes_set_press ("f");
  rushes_set_await (set, is_fullscreen, NULL);
  theatre = GTK_WIDGET (get_page (set)->theatre);
  g_assert_true (rushes_test_says (theatre, "a kite"));
  g_assert_true (rushes_test_says (theatre, "a boat"));
  rushes_set_press ("period");
  rushes_set_await (set, is_at_frame, GINT_TO_POINTER (31));
  rushes_test_click (rushes_test_find (theatre, GTK_TYPE_LABEL, "a boat"), GDK_BUTTON_PRIMARY);
  rushes_set_await (set, hears, GUINT_TO_POINTER (1));
  rushes_set_press ("Escape");
  rushes_set_await (set, is_no_longer_fullscreen, NULL);

  /* The wipe, with the divider where it is. */
  adw_toggle_group_set_active_name (get_page (set)->mode, "wipe");
  rushes_set_await_rest (set, GTK_WIDGET (get_page (set)->wipe));
  click (GTK_WIDGET (get_page (set)), "Fullscreen");
  rushes_set_await (set, is_fullscreen, NULL);
  wipe = rushes_test_search (GTK_WIDGET (get_page (set)->theatre), is_wipe, NULL);
  g_assert_nonnull (wipe);
  g_object_set (wipe, "divider", 0.25, NULL);
  g_assert_true (has_divider (set, &(double) { 0.25 }));
  click (GTK_WIDGET (get_page (set)->theatre), "Leave Fullscreen");
  rushes_set_await (set, is_no_longer_fullscreen, NULL);

  /* It goes with the page. */
  rushes_set_press ("F11");
  rushes_set_await (set, is_fullscreen, NULL);
  gtk_widget_activate_action (GTK_WIDGET (set->window->places), "navigation.pop", NULL);
  rushes_set_await (set, shows_library, NULL);
}

/* A take that is still made shows how far it is, and the others do not wait for it. */
static void
test_in_work (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (RushesReference) picture = NULL;
  g_autoptr (RushesTake) ready = make (set, "a kite", 3, "16:9");
  g_autoptr (RushesTake) coming = order (set, "animatic", "a boat", 3, "16:9");
  RushesTake *takes[] = { ready, coming };

  g_assert_null (rushes_take_get_clip (coming));
  compare (set, takes, 2);
  rushes_set_await (set, shows_page, NULL);
  rushes_set_await (set, plays, NULL);
  g_assert_nonnull (rushes_take_get_clip (coming));
  g_assert_cmpfloat_with_epsilon (rushes_transport_get_duration (get_transport (set)), 3.0, 0.2);
}

/* What cannot be compared is not. */
static void
test_too_few (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  static const char *const same[] = { "018f0000-0000-7000-8000-000000000000", "018f0000-0000-7000-8000-000000000000",
                                      NULL };
  static const char *const strangers[] = { "018f0000-0000-7000-8000-000000000000",
                                           "018f0000-0000-7000-8000-000000000001", NULL };

  gtk_widget_activate_action (GTK_WIDGET (set->window), "win.compare", "^as", same);
  gtk_widget_activate_action (GTK_WIDGET (set->window), "win.compare", "^as", strangers);
  rushes_set_await_words (set, "no take");
  g_assert_true (shows_library (set, NULL));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/compare/side-by-side", test_side_by_side);
  g_test_add_func ("/compare/wipe", test_wipe);
  g_test_add_func ("/compare/fullscreen", test_fullscreen);
  g_test_add_func ("/compare/in-work", test_in_work);
  g_test_add_func ("/compare/too-few", test_too_few);

  return g_test_run ();
}
