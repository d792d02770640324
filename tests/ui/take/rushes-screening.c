/* rushes-screening.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-screening.h"

#include <math.h>

#include "rushes-animatic.h"
#include "rushes-async.h"
#include "rushes-container.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-test-clip.h"

/* ---- the take ---- */

static void
order (RushesScreening *self, RushesTakeState state)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, TRUE, sizeof (RushesPrice));
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (self->library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (DexFuture) ordered = NULL;
  g_autoptr (GError) error = NULL;
  const RushesMoney half = { 500000, g_intern_string ("USD") };
  RushesPrice price = { RUSHES_PRICE_FREE };
  RushesModel *model = rushes_provider_find_model (rushes_registry_find (self->registry, "animatic"), NULL);
  const GValue *value;

  rushes_draft_set_model (draft, "animatic", rushes_model_get_id (model));
  rushes_draft_set_prompt (draft, "a <b>kite</b> & its string");
  rushes_draft_set_preset (draft, "slow-push-in", "slow push in");
  rushes_draft_set_duration (draft, 3);
  rushes_draft_set_resolution (draft, "480p");
  rushes_draft_set_aspect (draft, "16:9");
  rushes_draft_set_frame_rate (draft, 24);
  rushes_draft_set_seed (draft, 418220931);
  g_ptr_array_add (requests, rushes_request_new (draft, model, 0));
  /* About what is free there is no doubt. */
  if (state == RUSHES_TAKE_STATE_UNCONFIRMED)
    price = (RushesPrice) { RUSHES_PRICE_ESTIMATE, half, half };
  g_array_append_val (prices, price);
  ordered = rushes_test_run (rushes_library_order (self->library, project, requests, prices, order_id));
  value = dex_future_get_value (ordered, &error);
  g_assert_no_error (error);
  self->take = g_object_ref (g_ptr_array_index ((GPtrArray *) g_value_get_boxed (value), 0));
}

static GFile *
place_clip (RushesScreening *self)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = rushes_test_clip_make (folder, "clip.mp4", 320, 180, RUSHES_SCREENING_FRAMES, TRUE);
  GFile *place = rushes_library_get_clip_place (self->library, self->take, 0, "mp4");
  g_autoptr (GFile) month = g_file_get_parent (place);
  g_autoptr (GError) error = NULL;

  g_file_make_directory_with_parents (month, NULL, NULL);
  g_file_copy (clip, place, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);

  return place;
}

static void
advance (RushesScreening *self, RushesAttempt *attempt, RushesTakeState to, const GError *problem)
{
  static const char sha256[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  g_autoptr (GPtrArray) outputs = g_ptr_array_new ();
  g_autoptr (GFile) clip = NULL;
  g_autoptr (GError) error = NULL;
  RushesOutput output = { .uri = (char *) "file:///nowhere/clip.mp4" };
  RushesClipFacts facts;
  RushesStep step = { .to = to, .error = problem };

  g_ptr_array_add (outputs, &output);
  if (to == RUSHES_TAKE_STATE_DOWNLOADING)
    step.outputs = outputs;
  if (to == RUSHES_TAKE_STATE_READY)
    {
      clip = place_clip (self);
      rushes_container_read_facts (clip, &facts, &error);
      g_assert_no_error (error);
      step.clip = clip;
      step.facts = &facts;
      step.sha256 = sha256;
      step.cached = self->cached;
    }
  rushes_test_expect (rushes_library_advance (self->library, self->take, attempt, &step));
}

void
rushes_screening_bring (RushesScreening *self, RushesTakeState state, const GError *error)
{
  g_autoptr (DexFuture) loaded = rushes_test_run (rushes_library_load_attempt (self->library, self->take));
  g_autoptr (GError) problem = NULL;
  const GValue *value = dex_future_get_value (loaded, &problem);
  g_autoptr (RushesAttempt) attempt = NULL;
  RushesTakeState last = state <= RUSHES_TAKE_STATE_READY         ? state
                         : state == RUSHES_TAKE_STATE_UNCONFIRMED ? RUSHES_TAKE_STATE_SUBMITTING
                                                                  : RUSHES_TAKE_STATE_RUNNING;

  g_assert_no_error (problem);
  attempt = g_value_dup_boxed (value);
  for (RushesTakeState next = rushes_take_get_state (self->take) + 1; next <= last; next++)
    advance (self, attempt, next, NULL);
  if (state > RUSHES_TAKE_STATE_READY)
    advance (self, attempt, state, error);
  g_assert_cmpint (rushes_take_get_state (self->take), ==, state);
}

/* ---- the window ---- */

static void
remixed (RushesTakePage *page, RushesTake *take, RushesScreening *self)
{
  g_set_object (&self->remixed, take);
}

static void
frame_used (RushesTakePage *page, GBytes *png, const char *role, const char *name, RushesScreening *self)
{
  g_clear_pointer (&self->png, g_bytes_unref);
  self->png = g_bytes_ref (png);
  g_set_str (&self->role, role);
  g_set_str (&self->name, name);
}

static gboolean
is_active (RushesScreening *self, gpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (self->window));
}

static gboolean
is_on_screen (RushesScreening *self, gpointer data)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->page)) && gtk_widget_get_width (GTK_WIDGET (self->page)) > 0;
}

void
rushes_screening_push (RushesScreening *self)
{
  g_assert_null (self->page);

  self->page = rushes_take_page_new (self->library, self->queue, self->registry, self->thumbnailer, self->take);
  g_object_add_weak_pointer (G_OBJECT (self->page), (gpointer *) &self->page);
  g_signal_connect (self->page, "remix", G_CALLBACK (remixed), self);
  g_signal_connect (self->page, "use-frame", G_CALLBACK (frame_used), self);
  adw_navigation_view_push (self->places, ADW_NAVIGATION_PAGE (self->page));
}

static void
open_window (RushesScreening *self, int width, int height)
{
  GtkWidget *toasts = adw_toast_overlay_new ();

  self->places = ADW_NAVIGATION_VIEW (adw_navigation_view_new ());
  adw_navigation_view_add (self->places, adw_navigation_page_new (gtk_button_new_with_label ("Library"), "Library"));
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), GTK_WIDGET (self->places));
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), toasts);
  gtk_window_set_default_size (GTK_WINDOW (self->window), width, height);
  gtk_window_present (GTK_WINDOW (self->window));
  rushes_screening_await (self, is_active, NULL);
  rushes_screening_push (self);
  rushes_screening_await (self, is_on_screen, NULL);
}

RushesScreening *
rushes_screening_open (int width, int height, RushesTakeState state, const GError *error)
{
  RushesScreening *self = g_new0 (RushesScreening, 1);
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (RushesProvider) animatic = rushes_animatic_new (&problem);
  g_autoptr (DexFuture) opening = NULL;
  const GValue *value;

  g_assert_no_error (problem);
  rushes_test_window_init ();
  self->folders = rushes_folders_new (data, cache);
  opening = rushes_test_run (rushes_library_open (self->folders, RUSHES_LIBRARY_OPEN_DEFAULT));
  value = dex_future_get_value (opening, &problem);
  g_assert_no_error (problem);
  self->library = g_value_dup_object (value);
  rushes_library_set_fitter (self->library, fitter);
  self->registry = rushes_registry_new ();
  rushes_registry_add (self->registry, animatic);
  self->queue = rushes_queue_new (self->library, self->registry, fitter);
  self->thumbnailer = rushes_thumbnailer_new (self->folders);
  order (self, state);
  rushes_screening_bring (self, state, error);
  open_window (self, width, height);

  return self;
}

static gboolean
is_gone (RushesScreening *self, gpointer data)
{
  return self->page == NULL;
}

void
rushes_screening_close (RushesScreening *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  rushes_screening_await (self, is_gone, NULL);

  rushes_test_expect (rushes_queue_stop (self->queue));
  rushes_test_expect (rushes_library_close (self->library));
  g_clear_object (&self->remixed);
  g_clear_pointer (&self->png, g_bytes_unref);
  g_free (self->role);
  g_free (self->name);
  g_object_unref (self->take);
  g_object_unref (self->thumbnailer);
  g_object_unref (self->queue);
  g_object_unref (self->registry);
  g_object_unref (self->library);
  g_object_unref (self->folders);
  g_free (self);
}

/* ---- what is on the screen ---- */

int
rushes_screening_frame (RushesScreening *self)
{
  return (int) floor (rushes_player_get_position (self->page->player) / RUSHES_SCREENING_FRAME);
}
