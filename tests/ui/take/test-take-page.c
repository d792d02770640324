/* test-take-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>

#include "rushes-clip-trimming.h"
#include "rushes-codec-help.h"
#include "rushes-container.h"
#include "rushes-screening.h"
#include "rushes-settings.h"
#include "rushes-strip.h"
#include "rushes-support-file.h"
#include "rushes-take-saver.h"
#include "rushes-test-clip.h"
#include "rushes-theatre.h"

#define WIDE  1200, 780
#define PHONE 360, 700

/* ---- what is waited for ---- */

static gboolean
plays (RushesScreening *self, gpointer data)
{
  g_autoptr (GObject) paintable = NULL;

  g_object_get (self->page->player, "paintable", &paintable, NULL);
  return paintable != NULL && rushes_player_get_playing (self->page->player) && rushes_screening_frame (self) >= 3;
}

static gboolean
is_at_frame (RushesScreening *self, gpointer data)
{
  return !rushes_player_get_playing (self->page->player) && rushes_screening_frame (self) == GPOINTER_TO_INT (data);
}

static gboolean
stands_still (RushesScreening *self, gpointer data)
{
  return !rushes_player_get_playing (self->page->player);
}

static gboolean
runs (RushesScreening *self, gpointer data)
{
  return rushes_player_get_playing (self->page->player);
}

static gboolean
shows_stage (RushesScreening *self, gpointer data)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->page->stage), data) == 0;
}

static gboolean
shows_words (RushesScreening *self, gpointer data)
{
  return rushes_screening_find (self->window, GTK_TYPE_LABEL, data) != NULL;
}

static gboolean
has_frame (RushesScreening *self, gpointer data)
{
  return self->png != NULL;
}

static gboolean
is_saved (RushesScreening *self, gpointer data)
{
  return rushes_take_get_saved_to (self->take) != NULL;
}

static gboolean
has_note (RushesScreening *self, gpointer data)
{
  return g_strcmp0 (rushes_take_get_note (self->take), data) == 0;
}

static gboolean
is_marked (RushesScreening *self, gpointer data)
{
  return rushes_player_get_is_marked (self->page->player) == GPOINTER_TO_INT (data);
}

static gboolean
has_mark_out (RushesScreening *self, gpointer data)
{
  double mark_out;

  g_object_get (self->page->player, "mark-out", &mark_out, NULL);

  return mark_out >= 0;
}

static gboolean
is_starred (RushesScreening *self, gpointer data)
{
  return rushes_take_get_starred (self->take) == GPOINTER_TO_INT (data);
}

static gboolean
is_deleted (RushesScreening *self, gpointer data)
{
  return rushes_take_get_deleted (self->take) == GPOINTER_TO_INT (data);
}

static gboolean
is_popped (RushesScreening *self, gpointer data)
{
  return self->page == NULL;
}

static gboolean
is_below (RushesScreening *self, gpointer data)
{
  return self->page->below == GPOINTER_TO_INT (data);
}

static gboolean
has_theatre (RushesScreening *self, gpointer data)
{
  return self->page->theatre != NULL && gtk_window_is_active (self->page->theatre) &&
         gtk_window_is_fullscreen (self->page->theatre);
}

static gboolean
has_no_theatre (RushesScreening *self, gpointer data)
{
  return self->page->theatre == NULL && gtk_window_is_active (GTK_WINDOW (self->window));
}

static GtkWidget *
find_button (RushesScreening *self, const char *name)
{
  GtkWidget *button = rushes_screening_find (self->window, GTK_TYPE_BUTTON, name);

  if (button == NULL)
    g_error ("There is no button “%s”.", name);
  return button;
}

static void
click (RushesScreening *self, const char *name)
{
  GtkWidget *button = find_button (self, name);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static gboolean
is_offered (RushesScreening *self, const char *name)
{
  GtkWidget *button = rushes_screening_find (self->window, GTK_TYPE_BUTTON, name);

  return button != NULL && gtk_widget_is_sensitive (button);
}

/* ---- the clip ---- */

static void
test_plays (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  gboolean loop;
  int frame;

  rushes_screening_await (screening, plays, NULL);
  g_object_get (screening->page->player, "loop", &loop, NULL);
  g_assert_true (loop);
  g_assert_true (shows_stage (screening, (gpointer) "clip"));

  click (screening, "Pause");
  rushes_screening_await (screening, stands_still, NULL);
  rushes_player_seek (screening->page->player, 20 * RUSHES_SCREENING_FRAME);
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (20));
  click (screening, "Next Frame");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (21));
  click (screening, "Previous Frame");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (20));
  g_assert_true (shows_words (screening, (gpointer) "0:00.8"));

  click (screening, "Loop");
  g_object_get (screening->page->player, "loop", &loop, NULL);
  g_assert_false (loop);
  click (screening, "Play");
  frame = rushes_screening_frame (screening);
  rushes_screening_await (screening, stands_still, NULL);
  g_assert_cmpint (rushes_screening_frame (screening), >, frame);
}

static float
get_x (RushesScreening *self, const char *button)
{
  graphene_point_t at;

  g_assert_true (gtk_widget_compute_point (find_button (self, button), self->window, &GRAPHENE_POINT_INIT (0, 0), &at));
  return at.x;
}

/* Time runs from left to right, whichever way letters do. */
static void
test_scrub (gconstpointer direction)
{
  g_autoptr (RushesScreening) screening = NULL;
  GtkWidget *scale;
  gboolean handled;

  rushes_test_window_init ();
  gtk_widget_set_default_direction (GPOINTER_TO_INT (direction));
  screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  rushes_screening_await (screening, plays, NULL);
  click (screening, "Pause");
  scale = rushes_screening_find (GTK_WIDGET (screening->page->controls), GTK_TYPE_SCALE, NULL);
  g_signal_emit_by_name (scale, "change-value", GTK_SCROLL_JUMP, 30 * RUSHES_SCREENING_FRAME, &handled);
  g_assert_true (handled);
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (30));
  g_assert_cmpfloat_with_epsilon (gtk_range_get_value (GTK_RANGE (scale)), 30.5 * RUSHES_SCREENING_FRAME, 0.021);

  /* The arrow keys go by single frames. */
  gtk_widget_grab_focus (scale);
  rushes_screening_press (screening, "Right");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (31));
  rushes_screening_press (screening, "Left");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (30));

  g_assert_cmpfloat (get_x (screening, "Play"), <, get_x (screening, "Previous Frame"));
  g_assert_cmpfloat (get_x (screening, "Previous Frame"), <, get_x (screening, "Next Frame"));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static gboolean
glimpses (RushesScreening *self, gpointer data)
{
  GtkWidget *popover = rushes_screening_find (GTK_WIDGET (self->page->controls), GTK_TYPE_POPOVER, NULL);
  GtkWidget *picture = popover != NULL ? rushes_screening_find (popover, GTK_TYPE_PICTURE, NULL) : NULL;
  GdkPaintable *paintable = picture != NULL ? gtk_picture_get_paintable (GTK_PICTURE (picture)) : NULL;

  return paintable != NULL && rushes_strip_get_frame (RUSHES_STRIP (paintable)) == GPOINTER_TO_UINT (data);
}

static gboolean
fills_the_screen (RushesScreening *self, gpointer data)
{
  GdkRectangle whole;

  gdk_monitor_get_geometry (gdk_display_get_monitor_at_surface (gtk_widget_get_display (self->window),
                                                                gtk_native_get_surface (GTK_NATIVE (self->window))),
                            &whole);
  return gtk_widget_get_width (self->window) == whole.width && gtk_widget_get_height (self->window) == whole.height;
}

static gboolean
glimpses_nothing (RushesScreening *self, gpointer data)
{
  return rushes_screening_find (GTK_WIDGET (self->page->controls), GTK_TYPE_POPOVER, NULL) == NULL;
}

/* Where the pointer is over the slider the clip can be seen before one goes there. */
static void
test_glimpse (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autoptr (DexFuture) loading = NULL;
  g_autoptr (GError) error = NULL;
  GtkWidget *scale;

  rushes_screening_await (screening, plays, NULL);
  loading = rushes_test_run (rushes_strip_load (screening->thumbnailer, rushes_take_get_clip (screening->take)));
  g_assert_nonnull (dex_future_get_value (loading, &error));
  /* So that its corner is the screen's. */
  gtk_window_fullscreen (GTK_WINDOW (screening->window));
  rushes_screening_await (screening, fills_the_screen, NULL);
  scale = rushes_screening_find (GTK_WIDGET (screening->page->controls), GTK_TYPE_SCALE, NULL);

  rushes_test_point (scale, 0.515, 0.5);
  rushes_screening_await (screening, glimpses, GUINT_TO_POINTER (10));
  rushes_test_point (scale, 0.99, 0.5);
  rushes_screening_await (screening, glimpses, GUINT_TO_POINTER (19));
  rushes_test_point (screening->window, 0.5, 0.3);
  rushes_screening_await (screening, glimpses_nothing, NULL);
}

static void
test_keys (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  rushes_screening_await (screening, plays, NULL);
  rushes_screening_press (screening, "space");
  rushes_screening_await (screening, stands_still, NULL);
  rushes_player_seek (screening->page->player, 10 * RUSHES_SCREENING_FRAME);
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (10));
  rushes_screening_press (screening, "period");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (11));
  rushes_screening_press (screening, "comma");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (10));

  rushes_screening_press (screening, "f");
  rushes_screening_await (screening, has_theatre, NULL);
  rushes_screening_press (screening, "period");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (11));
  rushes_screening_press (screening, "space");
  rushes_screening_await (screening, runs, NULL);
  rushes_screening_press (screening, "Escape");
  rushes_screening_await (screening, has_no_theatre, NULL);
  g_assert_true (runs (screening, NULL));
}

static gboolean
has_rate (RushesScreening *self, gpointer data)
{
  double rate;

  g_object_get (self->page->player, "rate", &rate, NULL);

  return rate == *(double *) data;
}

/* The keys of an editing table. */
static void
test_shuttle (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  rushes_screening_await (screening, plays, NULL);
  rushes_screening_press (screening, "k");
  rushes_screening_await (screening, stands_still, NULL);
  rushes_screening_press (screening, "l");
  rushes_screening_await (screening, runs, NULL);
  g_assert_true (has_rate (screening, &(double) { 1 }));
  rushes_screening_press (screening, "l");
  rushes_screening_await (screening, has_rate, &(double) { 2 });
  rushes_screening_press (screening, "k");
  rushes_screening_await (screening, stands_still, NULL);
  g_assert_true (has_rate (screening, &(double) { 1 }));

  /* Back to the start, standing still. */
  rushes_screening_press (screening, "End");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (RUSHES_SCREENING_FRAMES - 1));
  rushes_screening_press (screening, "j j");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (0));
  rushes_player_seek (screening->page->player, 20 * RUSHES_SCREENING_FRAME);
  rushes_screening_press (screening, "Home");
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (0));

  /* Nothing of it where somebody writes. */
  gtk_widget_grab_focus (rushes_screening_find (GTK_WIDGET (screening->page->details), GTK_TYPE_TEXT_VIEW, NULL));
  rushes_screening_press (screening, "l space o");
  rushes_screening_await (screening, has_note, "l o");
  g_assert_false (rushes_player_get_playing (screening->page->player));
}

static void
test_trim (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "part.mp4", NULL);
  RushesClipFacts facts = { 0 };
  double mark_in, mark_out;
  GtkWidget *said;

  rushes_screening_await (screening, plays, NULL);
  click (screening, "Pause");
  rushes_player_seek (screening->page->player, 20 * RUSHES_SCREENING_FRAME);
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (20));
  rushes_screening_press (screening, "i");
  rushes_screening_await (screening, is_marked, GINT_TO_POINTER (TRUE));
  rushes_player_seek (screening->page->player, 34 * RUSHES_SCREENING_FRAME);
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (34));
  rushes_screening_press (screening, "o");
  rushes_screening_await (screening, has_mark_out, NULL);
  g_object_get (screening->page->player, "mark-in", &mark_in, "mark-out", &mark_out, NULL);

  rushes_clip_trimming_save (GTK_WIDGET (screening->page), screening->take, mark_in, mark_out, place);
  said = rushes_test_await_words (screening->window, "Saved as “part.mp4”: ");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (said)), ==,
                   "Saved as “part.mp4”: 0:00.8 to 0:01.4, beginning at a key frame");
  g_assert_true (rushes_container_read_facts (place, &facts, NULL));
  g_assert_cmpuint (facts.n_frames, ==, 15);

  gtk_widget_activate_action (GTK_WIDGET (screening->page), "player.clear-marks", NULL);
  g_assert_true (is_marked (screening, GINT_TO_POINTER (FALSE)));
}

static void
test_note (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  GtkWidget *text = rushes_screening_find (GTK_WIDGET (screening->page->details), GTK_TYPE_TEXT_VIEW, NULL);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));

  rushes_screening_await (screening, shows_words, (gpointer) "Nothing is said in the file");
  gtk_widget_grab_focus (text);
  rushes_test_type ("for the wedding");
  rushes_screening_await (screening, has_note, "for the wedding");
  g_assert_false (shows_words (screening, (gpointer) "Add a note"));

  /* What is written elsewhere is shown, but not over what is being written here. */
  rushes_test_expect (rushes_library_set_note (screening->library, screening->take, "elsewhere"));
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 15);
  gtk_widget_grab_focus (find_button (screening, "Save…"));
  rushes_screening_await (screening, has_note, "for the wedding");
  rushes_test_expect (rushes_library_set_note (screening->library, screening->take, NULL));
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);
}

static void
test_speed_and_volume (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  double rate;

  rushes_screening_await (screening, plays, NULL);
  gtk_widget_activate_action (GTK_WIDGET (screening->page), "player.rate", "d", 0.5);
  g_object_get (screening->page->player, "rate", &rate, NULL);
  g_assert_cmpfloat (rate, ==, 0.5);
  g_assert_true (shows_words (screening, (gpointer) "0.5×"));

  /* Sound is as it was left. */
  g_object_set (screening->page->player, "volume", 0.25, NULL);
  gtk_widget_activate_action (GTK_WIDGET (screening->page), "player.muted", NULL);
  gtk_widget_activate_action (GTK_WIDGET (screening->page), "navigation.pop", NULL);
  rushes_screening_await (screening, is_popped, NULL);
  g_assert_cmpfloat (g_settings_get_double (settings, "volume"), ==, 0.25);
  g_assert_true (g_settings_get_boolean (settings, "muted"));

  rushes_screening_push (screening);
  rushes_screening_await (screening, plays, NULL);
  g_object_get (screening->page->player, "volume", &rate, NULL);
  g_assert_cmpfloat (rate, ==, 0.25);
  g_settings_reset (settings, "volume");
  g_settings_reset (settings, "muted");
}

static void
test_gone (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autoptr (GError) error = NULL;

  rushes_screening_await (screening, plays, NULL);
  gtk_widget_activate_action (GTK_WIDGET (screening->page), "navigation.pop", NULL);
  rushes_screening_await (screening, is_popped, NULL);

  g_file_delete (rushes_clip_get_file (rushes_take_get_clip (screening->take)), NULL, &error);
  g_assert_no_error (error);
  rushes_screening_push (screening);
  rushes_screening_await (screening, shows_stage, (gpointer) "unplayable");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (screening->page->controls)));
  g_assert_false (is_offered (screening, "Use Frame"));
}

/* What decodes H.264 is passed over while its rank is none; TRUE gives the ranks back that it had. */
static void
let_decode (gboolean may)
{
  static GHashTable *ranks;
  g_autoptr (GstCaps) caps = gst_caps_new_empty_simple ("video/x-h264");
  GList *decoders = gst_element_factory_list_get_elements (GST_ELEMENT_FACTORY_TYPE_DECODER, GST_RANK_NONE);
  GList *fitting = gst_element_factory_list_filter (decoders, caps, GST_PAD_SINK, FALSE);

  if (ranks == NULL)
    ranks = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_nonnull (fitting);
  for (GList *l = fitting; l != NULL; l = l->next)
    {
      GstPluginFeature *decoder = l->data;
      const char *name = g_intern_string (gst_plugin_feature_get_name (decoder));

      if (!may)
        g_hash_table_insert (ranks, (gpointer) name, GUINT_TO_POINTER (gst_plugin_feature_get_rank (decoder)));
      gst_plugin_feature_set_rank (decoder, may ? GPOINTER_TO_UINT (g_hash_table_lookup (ranks, name)) : GST_RANK_NONE);
    }
  gst_plugin_feature_list_free (fitting);
  gst_plugin_feature_list_free (decoders);
}

/* What GStreamer would start to have decoders installed. */
static void
set_installer (const char *program)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "installer", NULL);

  if (program != NULL)
    g_assert_true (g_file_set_contents_full (path, program, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  g_setenv ("GST_INSTALL_PLUGINS_HELPER", path, TRUE);
}

static void
test_missing_codec (void)
{
  g_autoptr (RushesScreening) screening = NULL;
  g_autoptr (RushesMissingCodec) codec = NULL;
  g_autofree char *help = NULL;
  GLogLevelFlags fatal;

  /* decodebin3 now and then warns of itself when it gives a stream up. */
  fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  gst_init (NULL, NULL);
  let_decode (FALSE);
  set_installer (NULL);

  screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  rushes_screening_await (screening, shows_stage, (gpointer) "unplayable");
  g_object_get (screening->page->player, "missing-codec", &codec, NULL);
  help = rushes_codec_help_here (codec);
  g_assert_true (rushes_test_says (screening->window, "no decoder for H.264"));
  g_assert_true (rushes_test_says (screening->window, help));
  g_assert_true (is_offered (screening, "Save…"));
  g_assert_true (is_offered (screening, "Open With…"));
  g_assert_false (is_offered (screening, "Install…"));
  gtk_widget_activate_action (GTK_WIDGET (screening->page), "navigation.pop", NULL);
  rushes_screening_await (screening, is_popped, NULL);

  /* It finds nothing. */
  set_installer ("#!/bin/sh\nexit 1\n");
  rushes_screening_push (screening);
  rushes_screening_await (screening, shows_stage, (gpointer) "unplayable");
  click (screening, "Install…");
  rushes_test_await_words (screening->window, "was found to install.");

  /* It finds what decodes again. */
  set_installer ("#!/bin/sh\nexit 0\n");
  let_decode (TRUE);
  click (screening, "Install…");
  rushes_screening_await (screening, plays, NULL);
  g_unsetenv ("GST_INSTALL_PLUGINS_HELPER");
  g_log_set_always_fatal (fatal);
}

/* ---- what is done with it ---- */

static void
test_save (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "kite.mp4", NULL);
  int width, height;

  g_assert_true (is_offered (screening, "Save…"));
  rushes_take_saver_save_as (GTK_WIDGET (screening->page), screening->library, screening->take, place);
  rushes_screening_await (screening, is_saved, NULL);
  rushes_screening_await (screening, shows_words, (gpointer) "Saved as “kite.mp4”");
  g_assert_true (is_offered (screening, "Show in Files"));
  g_assert_cmpuint (rushes_test_clip_count (place, &width, &height), ==, RUSHES_SCREENING_FRAMES);
  g_assert_cmpint (width, ==, 320);
  g_assert_cmpint (height, ==, 180);
  rushes_screening_await (screening, shows_words, (gpointer) g_file_peek_path (place));

  /* Where nothing can be written: a sentence, and nothing else changes. */
  g_clear_object (&place);
  place = g_file_new_build_filename (folder, "missing", "kite.mp4", NULL);
  rushes_take_saver_save_as (GTK_WIDGET (screening->page), screening->library, screening->take, place);
  while (!g_str_has_suffix (rushes_take_get_saved_to (screening->take), "/kite.mp4"))
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (g_file_query_exists (place, NULL));
}

static void
check_frame (RushesScreening *self, guint number, const char *role)
{
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GdkPixbuf) picture = NULL;
  g_autoptr (GError) error = NULL;
  const guint8 *pixel;
  double grey;

  rushes_screening_await (self, has_frame, NULL);
  stream = g_memory_input_stream_new_from_bytes (self->png);
  picture = gdk_pixbuf_new_from_stream (stream, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (picture), ==, 320);
  g_assert_cmpint (gdk_pixbuf_get_height (picture), ==, 180);
  pixel = gdk_pixbuf_read_pixels (picture);
  grey = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
  /* From the whole range of a picture back to the range of video. The quick way there makes all darker by about two. */
  g_assert_cmpuint (rushes_test_clip_which (16 + (grey + 2) * 219 / 255), ==, number);
  g_assert_cmpstr (self->role, ==, role);
  g_assert_cmpuint (strlen (self->name), >, 0);
  g_clear_pointer (&self->png, g_bytes_unref);
}

static void
test_frames (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  rushes_screening_await (screening, plays, NULL);
  click (screening, "Pause");
  rushes_player_seek (screening->page->player, 10 * RUSHES_SCREENING_FRAME);
  rushes_screening_await (screening, is_at_frame, GINT_TO_POINTER (10));

  click (screening, "Use Frame");
  check_frame (screening, 10, "first");
  gtk_widget_activate_action (GTK_WIDGET (screening->page), "take.use-frame", "s", "last");
  check_frame (screening, 10, "last");
  gtk_widget_activate_action (GTK_WIDGET (screening->page), "take.continue", NULL);
  check_frame (screening, RUSHES_SCREENING_FRAMES - 1, "first");
}

static void
test_drag (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autoptr (GdkContentProvider) content = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  g_autoptr (GError) error = NULL;

  rushes_screening_await (screening, plays, NULL);
  g_signal_emit_by_name (screening->page->frame_source, "prepare", 10.0, 10.0, &content);
  g_assert_nonnull (content);
  g_value_init (&value, GDK_TYPE_TEXTURE);
  gdk_content_provider_get_value (content, &value, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_texture_get_width (g_value_get_object (&value)), ==, 320);
  g_assert_cmpint (gdk_texture_get_height (g_value_get_object (&value)), ==, 180);
}

static void
clip_read (GObject *source, GAsyncResult *result, gpointer data)
{
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  *(GFile **) data = g_object_ref (files->data);
}

static gboolean
is_set (RushesScreening *self, gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
test_copy (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autoptr (GFile) file = NULL;

  click (screening, "Copy Clip");
  gdk_clipboard_read_value_async (gtk_widget_get_clipboard (screening->window), GDK_TYPE_FILE_LIST, 0, NULL, clip_read,
                                  &file);
  rushes_screening_await (screening, is_set, &file);
  g_assert_true (g_file_equal (file, rushes_clip_get_file (rushes_take_get_clip (screening->take))));
}

static void
text_read (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_details (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autofree char *seed = NULL;
  g_autofree char *details = NULL;

  /* What a person typed is shown as it is. */
  g_assert_true (shows_words (screening, (gpointer) "a <b>kite</b> & its string"));
  g_assert_true (shows_words (screening, (gpointer) "slow push in"));
  g_assert_true (shows_words (screening, (gpointer) "3 s, 16:9, 480p, 24 fps, no sound"));
  g_assert_true (shows_words (screening, (gpointer) "418\u00a0220\u00a0931"));

  gtk_widget_activate_action (GTK_WIDGET (screening->page->details), "details.copy", NULL);
  rushes_screening_await (screening, shows_words, (gpointer) "Details copied");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (screening->window), NULL, text_read, &details);
  rushes_screening_await (screening, is_set, &details);
  g_assert_nonnull (strstr (details, rushes_take_get_id (screening->take)));

  g_assert_nonnull (strstr (details, "\"libadwaita\""));

  click (screening, "Copy Seed");
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (screening->window), NULL, text_read, &seed);
  rushes_screening_await (screening, is_set, &seed);
  g_assert_cmpstr (seed, ==, "418220931");

  click (screening, "Details");
  g_assert_false (shows_words (screening, (gpointer) "slow push in"));
  click (screening, "Details");
}

static void
test_star_and_remix (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  click (screening, "Star");
  rushes_screening_await (screening, is_starred, GINT_TO_POINTER (TRUE));
  click (screening, "Star");
  rushes_screening_await (screening, is_starred, GINT_TO_POINTER (FALSE));
  click (screening, "Remix");
  g_assert_true (screening->remixed == screening->take);
}

static void
test_delete (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  rushes_screening_await (screening, plays, NULL);
  click (screening, "Delete");
  rushes_screening_await (screening, is_deleted, GINT_TO_POINTER (TRUE));
  rushes_screening_await (screening, is_popped, NULL);
  click (screening, "Undo");
  rushes_screening_await (screening, is_deleted, GINT_TO_POINTER (FALSE));
}

/* ---- without a clip ---- */

static void
test_becomes_ready (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_QUEUED, NULL);

  g_assert_true (shows_stage (screening, (gpointer) "progress"));
  g_assert_true (shows_words (screening, (gpointer) "In line"));
  g_assert_false (is_offered (screening, "Save…"));
  g_assert_false (is_offered (screening, "Copy Clip"));
  g_assert_true (is_offered (screening, "Cancel"));

  rushes_screening_bring (screening, RUSHES_TAKE_STATE_RUNNING, NULL);
  rushes_library_report (screening->library, screening->take, 0.42, "Rendering 42 %");
  rushes_screening_await (screening, shows_words, (gpointer) "Rendering 42 %");

  rushes_screening_bring (screening, RUSHES_TAKE_STATE_READY, NULL);
  rushes_screening_await (screening, plays, NULL);
  g_assert_true (shows_stage (screening, (gpointer) "clip"));
  g_assert_true (is_offered (screening, "Save…"));
  g_assert_false (is_offered (screening, "Cancel"));
}

static void
test_cancel (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_RUNNING, NULL);

  click (screening, "Cancel");
  rushes_screening_await (screening, shows_words, (gpointer) "Cancelling…");
  g_assert_false (is_offered (screening, "Cancel"));
}

static void
test_retry (void)
{
  static const char words[] = "The <i>disk</i> & the kite are full.";
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_STORAGE, "%s", words);
  g_autoptr (RushesScreening) screening = NULL;

  rushes_error_set_charged (error, RUSHES_CHARGED_NO);
  screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_FAILED, error);
  g_assert_true (shows_stage (screening, (gpointer) "trouble"));
  g_assert_true (shows_words (screening, (gpointer) words));

  /* A new attempt, rendered for real. */
  click (screening, "Retry");
  rushes_screening_await (screening, shows_stage, (gpointer) "progress");
  rushes_screening_await (screening, plays, NULL);
  g_assert_cmpfloat_with_epsilon (rushes_player_get_duration (screening->page->player), 3.0, 0.2);
}

static void
test_refused (void)
{
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "The kite is too long.");
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_FAILED, error);

  click (screening, "Edit…");
  g_assert_true (screening->remixed == screening->take);
}

static gboolean
asks (RushesScreening *self, gpointer data)
{
  GtkWidget *dialog = rushes_screening_find (self->window, ADW_TYPE_ALERT_DIALOG, NULL);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  return dialog != NULL && focus != NULL && gtk_widget_is_ancestor (focus, dialog);
}

static gboolean
asks_no_more (RushesScreening *self, gpointer data)
{
  return rushes_screening_find (self->window, ADW_TYPE_ALERT_DIALOG, NULL) == NULL;
}

static gboolean
has_failed (RushesScreening *self, gpointer data)
{
  return rushes_take_get_state (self->take) == RUSHES_TAKE_STATE_FAILED;
}

/* Three ways out: the best one first, and the dear one only after a question. */
static void
test_unconfirmed (void)
{
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_NETWORK, "The kite is gone.");
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_UNCONFIRMED, error);

  g_assert_true (shows_words (screening, (gpointer) "This may have been accepted and charged. The kite is gone."));
  g_assert_true (is_offered (screening, "Check Again"));
  click (screening, "Submit Again…");
  rushes_screening_await (screening, asks, NULL);
  g_assert_nonnull (rushes_screening_find (screening->window, GTK_TYPE_LABEL, "Submit It Again?"));
  rushes_screening_press (screening, "Escape");
  rushes_screening_await (screening, asks_no_more, NULL);
  g_assert_cmpint (rushes_take_get_state (screening->take), ==, RUSHES_TAKE_STATE_UNCONFIRMED);

  click (screening, "Forget");
  rushes_screening_await (screening, has_failed, NULL);
  g_assert_true (shows_words (screening, (gpointer) "Given Up"));
  g_assert_false (is_offered (screening, "Forget"));
}

static void
test_left (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_LEFT, NULL);

  g_assert_true (is_offered (screening, "Pick Up Again"));
  g_assert_false (is_offered (screening, "Forget"));
}

/* ---- the place there is ---- */

static void
test_narrow (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (RushesScreening) screening = NULL;

  g_settings_set_boolean (settings, "details-shown", FALSE);
  screening = rushes_screening_open (PHONE, RUSHES_TAKE_STATE_READY, NULL);
  rushes_screening_await (screening, is_below, GINT_TO_POINTER (TRUE));
  g_assert_true (screening->page->narrow);
  rushes_screening_await (screening, plays, NULL);
  /* Below they are always there, and nothing is wider than the window. */
  g_assert_true (shows_words (screening, (gpointer) "slow push in"));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (screening->page)), ==, 360);
  g_assert_true (is_offered (screening, "Save…"));
  g_settings_reset (settings, "details-shown");
}

static gboolean
is_narrow_page (RushesScreening *self, gconstpointer data)
{
  return self->page->narrow;
}

/* With letters of twice the size a window of 700 pixels is a telephone for the layout; the page would fit one. */
static void
test_large_letters (gconstpointer state)
{
  g_autoptr (GError) error = rushes_error_new (
      RUSHES_ERROR_NETWORK, "%s", "The kite was reached, but gave no whole answer. Look into your account there.");
  g_autoptr (RushesScreening) screening = NULL;
  GtkSettings *settings;
  int dpi;

  rushes_test_window_init ();
  settings = gtk_settings_get_default ();
  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  screening = rushes_screening_open (700, 900, GPOINTER_TO_INT (state),
                                     rushes_take_state_is_active (GPOINTER_TO_INT (state)) ? NULL : error);
  rushes_screening_await (screening, is_narrow_page, NULL);
  rushes_test_assert_fits (GTK_WIDGET (screening->page), 360);
  /* A window with all the buttons that desktops put there. */
  g_object_set (settings, "gtk-decoration-layout", "icon:minimize,maximize,close", NULL);
  rushes_test_assert_fits (GTK_WIDGET (screening->page), 360);
  gtk_settings_reset_property (settings, "gtk-decoration-layout");
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_wide (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  rushes_screening_await (screening, is_below, GINT_TO_POINTER (FALSE));
  g_assert_false (screening->page->narrow);
  gtk_window_set_default_size (GTK_WINDOW (screening->window), 800, 780);
  rushes_screening_await (screening, is_below, GINT_TO_POINTER (TRUE));
  g_assert_false (screening->page->narrow);
}

/* Whatever is only a picture has words for those who hear it. The button that leads back is Adwaita's, and names the
 * page before. */
static void
check_names (GtkWidget *widget)
{
  if ((GTK_IS_BUTTON (widget) || GTK_IS_MENU_BUTTON (widget)) && gtk_widget_get_mapped (widget) &&
      rushes_screening_find (widget, GTK_TYPE_LABEL, NULL) == NULL &&
      gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) == NULL && !gtk_widget_has_css_class (widget, "back"))
    {
      GtkWidget *named = widget;

      /* The button inside a menu button has its owner's name. */
      while (named != NULL && gtk_widget_get_tooltip_text (named) == NULL)
        named = gtk_widget_get_parent (named);
      if (named == NULL || (named != widget && !GTK_IS_MENU_BUTTON (named) && !ADW_IS_SPLIT_BUTTON (named)))
        g_error ("A %s with only a picture has no name.", G_OBJECT_TYPE_NAME (widget));
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_names (child);
}

static void
test_names (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);

  rushes_screening_await (screening, plays, NULL);
  check_names (GTK_WIDGET (screening->page->controls));
  check_names (GTK_WIDGET (screening->page));
}

static void
test_support_file (void)
{
  g_autoptr (RushesScreening) screening = rushes_screening_open (WIDE, RUSHES_TAKE_STATE_READY, NULL);
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "support.json", NULL);
  g_autoptr (GFile) place = g_file_new_for_path (path);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  rushes_support_file_save (GTK_WIDGET (screening->page), screening->library, screening->registry, screening->take,
                            place);
  rushes_screening_await (screening, shows_words,
                          (gpointer) "Saved as “support.json”, with the prompt, without keys and pictures");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  node = json_from_string (text, NULL);
  g_assert_nonnull (node);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (json_node_get_object (node), "take"), "id"), ==,
      rushes_take_get_id (screening->take));
  g_assert_true (
      json_object_has_member (json_object_get_object_member (json_node_get_object (node), "platform"), "GTK"));
}

int
main (int argc, char **argv)
{
  static const RushesTakeState states[] = { RUSHES_TAKE_STATE_READY, RUSHES_TAKE_STATE_RUNNING,
                                            RUSHES_TAKE_STATE_FAILED, RUSHES_TAKE_STATE_UNCONFIRMED };

  rushes_test_init (&argc, &argv);

  g_test_add_func ("/take-page/plays", test_plays);
  g_test_add_data_func ("/take-page/scrub", GINT_TO_POINTER (GTK_TEXT_DIR_LTR), test_scrub);
  g_test_add_data_func ("/take-page/scrub-right-to-left", GINT_TO_POINTER (GTK_TEXT_DIR_RTL), test_scrub);
  g_test_add_func ("/take-page/glimpse", test_glimpse);
  g_test_add_func ("/take-page/keys", test_keys);
  g_test_add_func ("/take-page/shuttle", test_shuttle);
  g_test_add_func ("/take-page/trim", test_trim);
  g_test_add_func ("/take-page/note", test_note);
  g_test_add_func ("/take-page/speed-and-volume", test_speed_and_volume);
  g_test_add_func ("/take-page/gone", test_gone);
  g_test_add_func ("/take-page/missing-codec", test_missing_codec);
  g_test_add_func ("/take-page/save", test_save);
  g_test_add_func ("/take-page/frames", test_frames);
  g_test_add_func ("/take-page/drag", test_drag);
  g_test_add_func ("/take-page/copy", test_copy);
  g_test_add_func ("/take-page/details", test_details);
  g_test_add_func ("/take-page/star-and-remix", test_star_and_remix);
  g_test_add_func ("/take-page/delete", test_delete);
  g_test_add_func ("/take-page/becomes-ready", test_becomes_ready);
  g_test_add_func ("/take-page/cancel", test_cancel);
  g_test_add_func ("/take-page/retry", test_retry);
  g_test_add_func ("/take-page/refused", test_refused);
  g_test_add_func ("/take-page/unconfirmed", test_unconfirmed);
  g_test_add_func ("/take-page/left", test_left);
  g_test_add_func ("/take-page/narrow", test_narrow);
  g_test_add_func ("/take-page/wide", test_wide);
  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *path = g_strdup_printf ("/take-page/large-letters/%s", rushes_take_state_to_string (states[i]));

      g_test_add_data_func (path, GINT_TO_POINTER (states[i]), test_large_letters);
    }
  g_test_add_func ("/take-page/names", test_names);
  g_test_add_func ("/take-page/support-file", test_support_file);

  return g_test_run ();
}
