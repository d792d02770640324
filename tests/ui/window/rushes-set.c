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

static void
open_window (RushesSet *self)
{
  g_autoptr (RushesPictureFitter) fitter = rushes_pixbuf_fitter_new ();
  g_autoptr (DexFuture) opening = rushes_test_run (rushes_studio_open (self->folders, self->registry, fitter));
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (opening, &error);

  g_assert_no_error (error);
  self->studio = g_value_dup_object (value);
  self->window = rushes_window_new (rushes_test_get_application ());
  self->composer = self->window->composer;
  gtk_window_maximize (GTK_WINDOW (self->window));
  self->takes = rushes_library_list_takes (rushes_studio_get_library (self->studio), NULL);
  rushes_window_set_studio (self->window, self->studio);
  gtk_window_present (GTK_WINDOW (self->window));
  rushes_set_await (self, is_open, NULL);
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

  rushes_test_window_init ();
  rushes_shortcuts_bind (rushes_test_get_application ());
  g_settings_reset (settings, "project");
  g_settings_reset (settings, "take");
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

  g_object_add_weak_pointer (G_OBJECT (composer), (gpointer *) &composer);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  g_object_add_weak_pointer (G_OBJECT (studio), (gpointer *) &studio);

  g_clear_object (&self->takes);
  gtk_window_close (GTK_WINDOW (self->window));
  rushes_test_expect (rushes_studio_close (self->studio));
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
  return g_list_model_get_n_items (self->takes);
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
