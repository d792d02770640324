/* rushes-set.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-set.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "rushes-animatic.h"
#include "rushes-error.h"
#include "rushes-pixbuf-fitter.h"
#include "rushes-settings.h"
#include "rushes-shortcuts.h"
#include "rushes-ui.h"

#define LIMIT_SECONDS 30.0

/* ---- a provider that can do other things ---- */

#define RUSHES_TYPE_LOOM (rushes_loom_get_type ())
G_DECLARE_FINAL_TYPE (RushesLoom, rushes_loom, RUSHES, LOOM, RushesProvider)

struct _RushesLoom
{
  RushesProvider parent_instance;

  DexPromise *never;
  char *problem;
};

G_DEFINE_FINAL_TYPE (RushesLoom, rushes_loom, RUSHES_TYPE_PROVIDER)

static DexFuture *
rushes_loom_prepare (RushesProvider *provider, RushesJob *job)
{
  return dex_ref (DEX_FUTURE (RUSHES_LOOM (provider)->never));
}

static GError *
rushes_loom_get_problem (RushesProvider *provider)
{
  const char *problem = RUSHES_LOOM (provider)->problem;

  return problem != NULL ? rushes_error_new (RUSHES_ERROR_AUTH, "%s", problem) : NULL;
}

static void
rushes_loom_finalize (GObject *object)
{
  dex_clear (&RUSHES_LOOM (object)->never);
  g_free (RUSHES_LOOM (object)->problem);

  G_OBJECT_CLASS (rushes_loom_parent_class)->finalize (object);
}

static void
rushes_loom_class_init (RushesLoomClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_loom_finalize;
  RUSHES_PROVIDER_CLASS (klass)->prepare = rushes_loom_prepare;
  RUSHES_PROVIDER_CLASS (klass)->get_problem = rushes_loom_get_problem;
}

static void
rushes_loom_init (RushesLoom *self)
{
  self->never = dex_promise_new ();
}

RushesProvider *
rushes_set_new_provider (const char *json, const char *problem)
{
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "set.json", &error);
  RushesLoom *self;

  g_assert_no_error (error);
  self = g_object_new (RUSHES_TYPE_LOOM, "description", description, NULL);
  self->problem = g_strdup (problem);
  return RUSHES_PROVIDER (self);
}

void
rushes_set_give_problem (RushesProvider *provider, const char *problem)
{
  g_set_str (&RUSHES_LOOM (provider)->problem, problem);
  rushes_provider_emit_changed (provider);
}

static RushesProvider *
new_loom (void)
{
  static const char json[] =
      "{\"version\":1,\"id\":\"loom\",\"name\":\"Loom\",\"summary\":\"Warp and weft\"," RUSHES_SET_SERVICE
      ",\"slots\":4,"
      "\"time_limit\":600,\"default_model\":\"linen\",\"models\":[{\"id\":\"linen\",\"name\":\"Linen\","
      "\"summary\":\"It weaves.\",\"durations\":[4,8],\"default_duration\":4,\"resolutions\":[\"720p\"],"
      "\"default_resolution\":\"720p\",\"aspects\":[\"1:1\",\"9:16\"],\"default_aspect\":\"1:1\","
      "\"inputs\":{\"first_frame\":\"required\",\"last_frame\":\"optional\",\"references\":2},"
      "\"prompt\":{\"input\":\"required\",\"limit\":40},\"negative_prompt\":true,"
      "\"watermark\":true,\"max_count\":1,\"parameters\":[{\"name\":\"weave\",\"title\":\"Weave\",\"kind\":\"choice\","
      "\"default\":\"plain\",\"choices\":[{\"value\":\"plain\",\"title\":\"Plain\"},"
      "{\"value\":\"twill\",\"title\":\"Twill\"}]}],\"prices\":[]}]}";

  return rushes_set_new_provider (json, NULL);
}

/* ---- the set ---- */

static gboolean
is_open (RushesSet *self, gconstpointer data)
{
  return gtk_window_is_active (GTK_WINDOW (self->window)) &&
         gtk_widget_get_mapped (GTK_WIDGET (self->window->library_page)) &&
         gtk_widget_get_width (GTK_WIDGET (self->window)) > 1000;
}

/* For the keys of the program and its style. */
static GtkApplication *
get_application (void)
{
  static AdwApplication *application;
  g_autoptr (GError) error = NULL;

  if (application == NULL)
    {
      application = g_object_new (ADW_TYPE_APPLICATION, "flags", G_APPLICATION_NON_UNIQUE, "resource-base-path",
                                  RESOURCE_PATH, NULL);
      g_application_register (G_APPLICATION (application), NULL, &error);
      g_assert_no_error (error);
      rushes_shortcuts_bind (GTK_APPLICATION (application));
    }

  return GTK_APPLICATION (application);
}

static void
open_window (RushesSet *self)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (DexFuture) opening = rushes_test_run (rushes_studio_open (self->folders, self->registry, fitter));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (opening, &error);

  g_assert_no_error (error);
  self->studio = g_value_dup_object (value);
  self->window = rushes_window_new (get_application ());
  self->composer = self->window->composer;
  gtk_window_maximize (GTK_WINDOW (self->window));
  rushes_window_set_studio (self->window, self->studio);
  gtk_window_present (GTK_WINDOW (self->window));
  rushes_set_await (self, is_open, NULL);
}

static void
run_xdotool (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  int status;

  g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

RushesSet *
rushes_set_open (void)
{
  RushesSet *self = g_new0 (RushesSet, 1);
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) data = g_file_new_build_filename (path, "data", NULL);
  g_autoptr (GFile) cache = g_file_new_build_filename (path, "cache", NULL);
  g_autoptr (RushesProvider) loom = new_loom ();
  g_autoptr (RushesProvider) animatic = NULL;
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (GError) error = NULL;

  rushes_ui_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  /* Where the program before left it, the pointer may lie on a toast, which stays as long as it does. */
  run_xdotool ((const char *[]) { "xdotool", "mousemove", "0", "0", NULL });
  g_settings_reset (settings, "project");
  g_settings_reset (settings, "composer-shown");
  g_settings_reset (settings, "typed-models");
  self->folders = rushes_folders_new (data, cache);
  self->registry = rushes_registry_new ();
  animatic = rushes_animatic_new (&error);
  g_assert_no_error (error);
  rushes_registry_add (self->registry, animatic);
  rushes_registry_add (self->registry, loom);
  open_window (self);

  return self;
}

static void
close_window (RushesSet *self)
{
  GtkWidget *composer = GTK_WIDGET (self->composer);
  GtkWidget *window = GTK_WIDGET (self->window);
  RushesStudio *studio = self->studio;
  g_autoptr (DexFuture) closed = NULL;
  g_autoptr (GError) error = NULL;

  g_object_add_weak_pointer (G_OBJECT (composer), (gpointer *) &composer);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_add_weak_pointer (G_OBJECT (studio), (gpointer *) &studio);

  gtk_window_close (GTK_WINDOW (self->window));
  closed = rushes_test_run (rushes_studio_close (self->studio));
  dex_future_get_value (closed, &error);
  g_assert_no_error (error);
  dex_clear (&closed);
  g_clear_object (&self->studio);
  while ((composer != NULL || window != NULL || studio != NULL) && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (composer);
  g_assert_null (window);
  g_assert_null (studio);
  self->composer = NULL;
  self->window = NULL;
}

void
rushes_set_close (RushesSet *self)
{
  close_window (self);
  g_object_unref (self->registry);
  g_object_unref (self->folders);
  g_free (self);
}

void
rushes_set_reopen (RushesSet *self)
{
  close_window (self);
  open_window (self);
}

static gboolean
is_composing (RushesSet *self, gconstpointer data)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->composer->prompt)) &&
         gtk_widget_get_width (GTK_WIDGET (self->composer)) > 100;
}

void
rushes_set_compose (RushesSet *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "win.new-take", NULL);
  rushes_set_await (self, is_composing, NULL);
}

void
rushes_set_choose (RushesSet *self, const char *provider_id)
{
  rushes_draft_set_model (
      rushes_set_draft (self), provider_id,
      rushes_model_get_id (rushes_provider_find_model (rushes_registry_find (self->registry, provider_id), NULL)));
}

RushesDraft *
rushes_set_draft (RushesSet *self)
{
  return rushes_composer_get_draft (self->composer);
}

guint
rushes_set_count (RushesSet *self)
{
  return g_list_model_get_n_items (self->window->all_takes);
}

/* ---- pictures ---- */

GFile *
rushes_set_picture (const char *name, int width, int height)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

void
rushes_set_bring (RushesSet *self, GFile **files, guint n_files)
{
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (guint i = 0; i < n_files; i++)
    g_list_store_append (list, files[i]);
  rushes_composer_take_files (self->composer, G_LIST_MODEL (list));
}

GFile *
rushes_set_text_file (const char *name)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, "not a picture", -1, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

/* ---- waiting and looking ---- */

typedef struct
{
  RushesSet *set;
  gboolean (*check) (RushesSet *self, gconstpointer data);
  gconstpointer data;
} Await;

static gboolean
check_await (gpointer data)
{
  Await *await = data;

  return await->check (await->set, await->data);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
rushes_set_await (RushesSet *self, gboolean (*check) (RushesSet *self, gconstpointer data), gconstpointer data)
{
  Await await = { self, check, data };
  /* Not every change wakes the main loop up. */
  guint source = g_timeout_add (10, tick, NULL);
  gboolean came = rushes_test_until (check_await, &await, LIMIT_SECONDS);

  g_source_remove (source);
  g_assert_true (came);
}

GtkWidget *
rushes_set_search (GtkWidget *widget, gboolean (*test) (GtkWidget *widget, gconstpointer data), gconstpointer data)
{
  if (test (widget, data))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = rushes_set_search (child, test, data);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
says (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) &&
         strstr (gtk_label_get_text (GTK_LABEL (widget)), words) != NULL;
}

static gboolean
is_said (RushesSet *self, gconstpointer words)
{
  return rushes_set_search (GTK_WIDGET (self->window), says, words) != NULL;
}

GtkWidget *
rushes_set_await_words (RushesSet *self, const char *words)
{
  g_test_message ("Waiting for “%s”", words);
  rushes_set_await (self, is_said, words);

  return rushes_set_search (GTK_WIDGET (self->window), says, words);
}

static gboolean
has_picture (RushesSet *self, gconstpointer data)
{
  return rushes_draft_get_n_references (rushes_set_draft (self), RUSHES_ROLE_FIRST_FRAME) > 0;
}

RushesReference *
rushes_set_await_picture (RushesSet *self)
{
  rushes_set_await (self, has_picture, NULL);

  return rushes_draft_get_reference (rushes_set_draft (self), RUSHES_ROLE_FIRST_FRAME, 0);
}

typedef struct
{
  GType type;
  const char *words;
} Wanted;

static gboolean
is_wanted (GtkWidget *widget, gconstpointer data)
{
  const Wanted *wanted = data;
  const char *words = NULL;

  if (!g_type_is_a (G_OBJECT_TYPE (widget), wanted->type) || !gtk_widget_get_mapped (widget))
    return FALSE;
  if (wanted->words == NULL)
    return TRUE;
  if (GTK_IS_BUTTON (widget))
    words = gtk_button_get_label (GTK_BUTTON (widget));
  else if (GTK_IS_LABEL (widget))
    words = gtk_label_get_label (GTK_LABEL (widget));
  else if (ADW_IS_PREFERENCES_ROW (widget))
    words = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

  return g_strcmp0 (words, wanted->words) == 0;
}

GtkWidget *
rushes_set_find (GtkWidget *widget, GType type, const char *words)
{
  Wanted wanted = { type, words };

  return rushes_set_search (widget, is_wanted, &wanted);
}

/* ---- a person ---- */

void
rushes_set_press (const char *key)
{
  run_xdotool ((const char *[]) { "xdotool", "key", "--delay", "30", key, NULL });
}

void
rushes_set_type (const char *words)
{
  run_xdotool ((const char *[]) { "xdotool", "type", "--delay", "25", words, NULL });
}

/* So many frames were drawn since something moved. */
#define FRAMES_AT_REST 6

typedef struct
{
  GtkWidget *widget;
  graphene_rect_t bounds;
  gint64 since; /* number of a frame */
} Place;

/* What is on its way cannot be hit. */
static gboolean
is_at_rest (RushesSet *self, gconstpointer data)
{
  Place *place = (gpointer) data;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self->window));
  gint64 frame = gdk_frame_clock_get_frame_counter (clock);
  graphene_rect_t before = place->bounds;

  gtk_widget_queue_draw (GTK_WIDGET (self->window));
  if (!gtk_widget_compute_bounds (place->widget, GTK_WIDGET (self->window), &place->bounds) ||
      place->bounds.size.width <= 0 || !graphene_rect_equal (&before, &place->bounds))
    place->since = frame;

  return frame - place->since >= FRAMES_AT_REST;
}

static void
await_rest (RushesSet *self, GtkWidget *widget, graphene_rect_t *bounds)
{
  Place place = { widget, GRAPHENE_RECT_INIT (-1, -1, -1, -1), 0 };

  g_assert_nonnull (widget);
  rushes_set_await (self, is_at_rest, &place);
  *bounds = place.bounds;
}

void
rushes_set_await_rest (RushesSet *self, GtkWidget *widget)
{
  graphene_rect_t bounds;

  await_rest (self, widget, &bounds);
}

static void
find_middle (RushesSet *self, GtkWidget *widget, int *x, int *y)
{
  graphene_rect_t bounds;

  await_rest (self, widget, &bounds);
  *x = (int) (bounds.origin.x + bounds.size.width / 2);
  *y = (int) (bounds.origin.y + bounds.size.height / 2);
}

void
rushes_set_click (RushesSet *self, GtkWidget *widget)
{
  g_autofree char *x = NULL;
  g_autofree char *y = NULL;
  int middle_x, middle_y;

  find_middle (self, widget, &middle_x, &middle_y);
  x = g_strdup_printf ("%d", middle_x);
  y = g_strdup_printf ("%d", middle_y);
  run_xdotool ((const char *[]) { "xdotool", "mousemove", x, y, "click", "1", NULL });
}

static gboolean
has_ended (RushesSet *self, gconstpointer data)
{
  return *(const gboolean *) data;
}

static void
process_ended (GObject *object, GAsyncResult *result, gpointer data)
{
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, NULL));
  *(gboolean *) data = TRUE;
}

/* As a hand does it: a few small moves to begin with, a steady way, a rest before letting go. The main loop turns
 * meanwhile. */
void
rushes_set_drag (RushesSet *self, GtkWidget *from, GtkWidget *to)
{
  g_autoptr (GString) path = g_string_new ("xdotool");
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) arguments = NULL;
  gboolean ended = FALSE;
  int x0, y0, x1, y1;

  find_middle (self, from, &x0, &y0);
  find_middle (self, to, &x1, &y1);
  g_string_append_printf (path, " mousemove %d %d mousedown 1 sleep 0.1", x0, y0);
  for (int i = 1; i <= 5; i++)
    g_string_append_printf (path, " mousemove %d %d sleep 0.03", x0 + i * 4, y0 + i * 2);
  for (int i = 1; i <= 25; i++)
    g_string_append_printf (path, " mousemove %d %d sleep 0.012", x0 + (x1 - x0) * i / 25, y0 + (y1 - y0) * i / 25);
  g_string_append (path, " sleep 0.3 mouseup 1");

  arguments = g_strsplit (path->str, " ", -1);
  process = g_subprocess_newv ((const char *const *) arguments, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check_async (process, NULL, process_ended, &ended);
  rushes_set_await (self, has_ended, &ended);
}

void
rushes_set_resize (int width, int height)
{
  g_autofree char *x = g_strdup_printf ("%d", width);
  g_autofree char *y = g_strdup_printf ("%d", height);

  run_xdotool ((const char *[]) { "xdotool", "getactivewindow", "windowsize", x, y, NULL });
}
