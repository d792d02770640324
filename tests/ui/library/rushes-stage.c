/* rushes-stage.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-stage.h"

#include "rushes-async.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-test-clip.h"

/* ---- a provider that keeps one waiting ---- */

#define RUSHES_TYPE_KITES (rushes_kites_get_type ())
G_DECLARE_FINAL_TYPE (RushesKites, rushes_kites, RUSHES, KITES, RushesProvider)

struct _RushesKites
{
  RushesProvider parent_instance;

  DexPromise *never;
};

G_DEFINE_FINAL_TYPE (RushesKites, rushes_kites, RUSHES_TYPE_PROVIDER)

static DexFuture *
rushes_kites_prepare (RushesProvider *provider, RushesJob *job)
{
  return dex_ref (DEX_FUTURE (RUSHES_KITES (provider)->never));
}

static void
rushes_kites_finalize (GObject *object)
{
  dex_clear (&RUSHES_KITES (object)->never);

  G_OBJECT_CLASS (rushes_kites_parent_class)->finalize (object);
}

static void
rushes_kites_class_init (RushesKitesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_kites_finalize;
  RUSHES_PROVIDER_CLASS (klass)->prepare = rushes_kites_prepare;
}

static void
rushes_kites_init (RushesKites *self)
{
  self->never = dex_promise_new ();
}

static RushesProvider *
new_kites (void)
{
  static const char json[] =
      "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\",\"summary\":\"Paper and "
      "wind\",\"engine\":\"http\",\"slots\":4,"
      "\"regions\":[],\"auth\":{\"scheme\":\"none\"},\"protocol\":{\"submit\":{\"path\":\"/\"},"
      "\"status\":{\"path\":\"/{task_id}\"},\"answer\":{\"task\":[\"id\"]}},"
      "\"time_limit\":600,\"default_model\":\"red\",\"models\":[{\"id\":\"red\",\"name\":\"Red Kite\","
      "\"summary\":\"It flies.\",\"durations\":[5,10],\"default_duration\":5,\"resolutions\":[\"720p\"],"
      "\"default_resolution\":\"720p\",\"aspects\":[\"16:9\"],\"prompt\":{\"input\":\"required\",\"limit\":2000},"
      "\"seed\":true,\"max_count\":4,\"prices\":[]}]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "kites.json", &error);

  g_assert_no_error (error);

  return g_object_new (RUSHES_TYPE_KITES, "description", description, NULL);
}

/* ---- the stage ---- */

static void
opened (RushesLibraryPage *page, RushesTake *take, RushesStage *self)
{
  g_set_object (&self->opened, take);
}

static void
remixed (RushesLibraryPage *page, RushesTake *take, RushesStage *self)
{
  g_set_object (&self->remixed, take);
}

static gboolean
dropped (GtkDropTarget *drop_target, const GValue *value, double x, double y, RushesStage *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  g_set_object (&self->dropped, files->data);

  return TRUE;
}

static gboolean
is_ready (RushesStage *self, gpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (self->window)) && gtk_widget_get_mapped (GTK_WIDGET (self->page)) &&
         gtk_widget_get_width (self->window) > 800;
}

static void
open_window (RushesStage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *navigation = adw_navigation_view_new ();
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkDropTarget *drop_target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->page = rushes_library_page_new (self->library, self->queue, self->registry, self->thumbnailer);
  g_signal_connect (self->page, "open-take", G_CALLBACK (opened), self);
  g_signal_connect (self->page, "remix", G_CALLBACK (remixed), self);
  adw_navigation_view_add (ADW_NAVIGATION_VIEW (navigation), ADW_NAVIGATION_PAGE (self->page));
  gtk_widget_set_vexpand (navigation, TRUE);

  self->target = gtk_label_new ("Drop here");
  g_signal_connect (drop_target, "drop", G_CALLBACK (dropped), self);
  gtk_widget_add_controller (self->target, GTK_EVENT_CONTROLLER (drop_target));
  gtk_box_append (GTK_BOX (box), navigation);
  gtk_box_append (GTK_BOX (box), self->target);

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), box);
  self->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (self->window), toasts);
  gtk_window_fullscreen (GTK_WINDOW (self->window));
  gtk_window_present (GTK_WINDOW (self->window));
  rushes_stage_await (self, is_ready, NULL);
}

RushesStage *
rushes_stage_open (void)
{
  RushesStage *self = g_new0 (RushesStage, 1);
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (RushesProvider) kites = new_kites ();
  g_autoptr (RushesProject) project = NULL;
  g_autoptr (DexFuture) opening = NULL;
  g_autoptr (GError) error = NULL;
  const GValue *value;

  rushes_test_window_init ();
  self->folders = rushes_folders_new (data, cache);
  opening = rushes_test_run (rushes_library_open (self->folders, RUSHES_LIBRARY_OPEN_DEFAULT));
  value = dex_future_get_value (opening, &error);
  g_assert_no_error (error);
  self->library = g_value_dup_object (value);

  self->registry = rushes_registry_new ();
  rushes_registry_add (self->registry, kites);
  self->queue = rushes_queue_new (self->library, self->registry, fitter);
  self->thumbnailer = rushes_thumbnailer_new (self->folders);
  open_window (self);
  project = g_list_model_get_item (rushes_library_get_projects (self->library), 0);
  rushes_library_page_set_project (self->page, project);

  return self;
}

void
rushes_stage_close (RushesStage *self)
{
  GtkWidget *page = GTK_WIDGET (self->page);

  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  while (page != NULL && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (page);

  g_clear_object (&self->opened);
  g_clear_object (&self->remixed);
  g_clear_object (&self->dropped);
  rushes_stage_expect (rushes_queue_stop (self->queue));
  rushes_stage_expect (rushes_library_close (self->library));
  g_object_unref (self->thumbnailer);
  g_object_unref (self->queue);
  g_object_unref (self->registry);
  g_object_unref (self->library);
  g_object_unref (self->folders);
  g_free (self);
}

/* ---- takes ---- */

RushesRequest *
rushes_stage_request (RushesStage *self, const char *prompt)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  RushesModel *model = rushes_provider_find_model (rushes_registry_find (self->registry, "kites"), "red");

  rushes_draft_set_model (draft, "kites", "red");
  rushes_draft_set_prompt (draft, prompt);

  return rushes_request_new (draft, model, 0);
}

GPtrArray *
rushes_stage_order (RushesStage *self, const char **prompts)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, TRUE, sizeof (RushesPrice));
  g_autoptr (RushesProject) project = g_list_model_get_item (rushes_library_get_projects (self->library), 0);
  g_autofree char *order_id = rushes_new_id ();
  g_autoptr (DexFuture) ordered = NULL;
  g_autoptr (GError) error = NULL;
  const GValue *value;

  for (; *prompts != NULL; prompts++)
    {
      RushesPrice price = { RUSHES_PRICE_ESTIMATE, { 500000, "USD" }, { 500000, "USD" } };

      g_ptr_array_add (requests, rushes_stage_request (self, *prompts));
      g_array_append_val (prices, price);
    }
  ordered = rushes_test_run (rushes_library_order (self->library, project, requests, prices, order_id));
  value = dex_future_get_value (ordered, &error);
  g_assert_no_error (error);

  return g_value_dup_boxed (value);
}

RushesTake *
rushes_stage_order_one (RushesStage *self, const char *prompt)
{
  const char *prompts[] = { prompt, NULL };
  g_autoptr (GPtrArray) takes = rushes_stage_order (self, prompts);

  return g_object_ref (g_ptr_array_index (takes, 0));
}

/* One clip that plays, for all takes. */
static void
copy_clip (GFile *place)
{
  static GFile *clip;
  g_autoptr (GFile) folder = g_file_get_parent (place);
  g_autoptr (GError) error = NULL;

  if (clip == NULL)
    {
      g_autofree char *path = rushes_test_folder ();

      clip = rushes_test_clip_make (path, "clip.mp4", 320, 180, 25, FALSE);
    }
  g_file_make_directory_with_parents (folder, NULL, NULL);
  g_file_copy (clip, place, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
step (RushesStage *self, RushesTake *take, RushesAttempt *attempt, RushesTakeState state, const GError *error)
{
  RushesClipFacts facts = {
    .size = 1000, .duration = 1, .width = 320, .height = 180, .frame_rate = 25, .n_frames = 25
  };
  RushesStep to = { .to = state, .error = error };
  g_autoptr (GFile) place = NULL;

  if (state == RUSHES_TAKE_STATE_READY)
    {
      facts.container = g_intern_static_string ("mp4");
      facts.video_codec = g_intern_static_string ("h264");
      place = rushes_library_get_clip_place (self->library, take, 0, "mp4");
      copy_clip (place);
      to.error = NULL;
      to.clip = place;
      to.facts = &facts;
      to.sha256 = "0000000000000000000000000000000000000000000000000000000000000001";
    }
  rushes_stage_expect (rushes_library_advance (self->library, take, attempt, &to));
}

void
rushes_stage_bring (RushesStage *self, RushesTake *take, RushesTakeState state, const GError *error)
{
  g_autoptr (DexFuture) loading = rushes_test_run (rushes_library_load_attempt (self->library, take));
  g_autoptr (RushesAttempt) attempt = NULL;
  g_autoptr (GError) problem = NULL;
  const GValue *value = dex_future_get_value (loading, &problem);
  RushesTakeState last = state <= RUSHES_TAKE_STATE_READY         ? state
                         : state == RUSHES_TAKE_STATE_UNCONFIRMED ? RUSHES_TAKE_STATE_SUBMITTING
                                                                  : RUSHES_TAKE_STATE_RUNNING;

  g_assert_no_error (problem);
  attempt = g_value_dup_boxed (value);
  for (RushesTakeState next = rushes_take_get_state (take) + 1; next <= last; next++)
    step (self, take, attempt, next, NULL);
  if (state > RUSHES_TAKE_STATE_READY)
    step (self, take, attempt, state, error);
  g_assert_cmpint (rushes_take_get_state (take), ==, state);
}

/* ---- what is on the screen ---- */

static gboolean
lists_n (RushesStage *self, gpointer data)
{
  return self->page->coming == NULL &&
         g_list_model_get_n_items (G_LIST_MODEL (self->page->selection)) == GPOINTER_TO_UINT (data);
}

void
rushes_stage_await_n (RushesStage *self, guint n)
{
  rushes_stage_await (self, lists_n, GUINT_TO_POINTER (n));
}

static gboolean
shows_take (GtkWidget *widget, gconstpointer data)
{
  return RUSHES_IS_TAKE_CARD (widget) && gtk_widget_get_mapped (widget) &&
         rushes_take_card_get_take (RUSHES_TAKE_CARD (widget)) == data;
}

static gboolean
has_card (RushesStage *self, gpointer data)
{
  return rushes_test_search (GTK_WIDGET (self->page->grid), shows_take, data) != NULL;
}

RushesTakeCard *
rushes_stage_card (RushesStage *self, RushesTake *take)
{
  rushes_stage_await (self, has_card, take);

  return RUSHES_TAKE_CARD (rushes_test_search (GTK_WIDGET (self->page->grid), shows_take, take));
}

typedef struct
{
  RushesTake *take;
  const char *words;
} Hearing;

static gboolean
says (RushesStage *self, gpointer data)
{
  Hearing *hearing = data;
  GtkWidget *card = rushes_test_search (GTK_WIDGET (self->page->grid), shows_take, hearing->take);
  g_autofree char *words = NULL;

  if (card == NULL)
    return FALSE;
  g_object_get (card, "words", &words, NULL);

  return words != NULL && strstr (words, hearing->words) != NULL;
}

void
rushes_stage_await_words (RushesStage *self, RushesTake *take, const char *words)
{
  Hearing hearing = { take, words };

  rushes_stage_await (self, says, &hearing);
}

static gboolean
count_card (GtkWidget *widget, gconstpointer data)
{
  *(guint *) (gpointer) data += RUSHES_IS_TAKE_CARD (widget);

  return FALSE;
}

guint
rushes_stage_count_cards (RushesStage *self)
{
  guint n = 0;

  rushes_test_search (GTK_WIDGET (self->page->grid), count_card, &n);

  return n;
}

/* ---- a person ---- */

static gboolean
is_focused (RushesStage *self, gpointer data)
{
  GtkWidget *cell = gtk_widget_get_parent (data);

  return gtk_widget_has_focus (cell);
}

void
rushes_stage_focus (RushesStage *self, RushesTake *take)
{
  RushesTakeCard *card = rushes_stage_card (self, take);

  gtk_widget_grab_focus (gtk_widget_get_parent (GTK_WIDGET (card)));
  rushes_stage_await (self, is_focused, card);
}
