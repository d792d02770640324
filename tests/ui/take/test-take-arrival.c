/* test-take-arrival.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-handling.h"
#include "rushes-screening.h"
#include "rushes-settings.h"
#include "rushes-test-clip.h"

/* The page of a take whose clip is on its way. */

typedef struct
{
  RushesScreening *screening;
  RushesArrival *arrival;
  GFile *part;
  char *contents;
  gsize size;
  gsize there;
} Coming;

static void
set_handling (RushesHandling handling)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();

  g_settings_set_enum (settings, "handling", (int) handling);
}

static void
begin (Coming *self, RushesHandling handling, gboolean to_stream)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) clip = NULL;

  set_handling (handling);
  clip = to_stream ? rushes_test_clip_make_to_stream (folder, "clip.mp4", 320, 180, RUSHES_SCREENING_FRAMES, TRUE)
                   : rushes_test_clip_make (folder, "clip.mp4", 320, 180, RUSHES_SCREENING_FRAMES, TRUE);
  g_assert_true (g_file_get_contents (g_file_peek_path (clip), &self->contents, &self->size, NULL));
  self->part = g_file_new_build_filename (folder, "clip.part", NULL);
  self->arrival = rushes_arrival_new (self->part, NULL);
  self->screening = rushes_screening_open (900, 700, RUSHES_TAKE_STATE_DOWNLOADING, NULL);
  rushes_library_show_arrival (self->screening->library, self->screening->take, self->arrival);
}

static void
coming_clear (Coming *self)
{
  rushes_screening_close (self->screening);
  g_object_unref (self->arrival);
  g_object_unref (self->part);
  g_free (self->contents);
  set_handling (RUSHES_HANDLING_DOWNLOAD);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Coming, coming_clear)

static void
bring (Coming *self, double share)
{
  gsize until = (gsize) (share * self->size);
  g_autoptr (GFileOutputStream) stream = g_file_append_to (self->part, G_FILE_CREATE_NONE, NULL, NULL);

  g_assert_true (g_output_stream_write_all (G_OUTPUT_STREAM (stream), self->contents + self->there, until - self->there,
                                            NULL, NULL, NULL));
  self->there = until;
  rushes_library_report (self->screening->library, self->screening->take, share, "Saving 1 of 2 MB");
  rushes_arrival_grow (self->arrival, (gint64) until, (gint64) self->size);
}

static void
land (Coming *self)
{
  bring (self, 1);
  rushes_arrival_end (self->arrival, RUSHES_ARRIVAL_WHOLE);
  rushes_screening_bring (self->screening, RUSHES_TAKE_STATE_READY, NULL);
  rushes_library_show_arrival (self->screening->library, self->screening->take, NULL);
}

static gboolean
shows_page (RushesScreening *self, gconstpointer name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->page->stage), name) == 0;
}

static gboolean
is_at_frame (RushesScreening *self, gconstpointer frame)
{
  return rushes_screening_frame (self) >= GPOINTER_TO_INT (frame);
}

static gboolean
shows_frames (RushesScreening *self, gconstpointer data)
{
  return gtk_picture_get_paintable (self->page->picture) != self->page->poster;
}

static gboolean
has_head (RushesScreening *self, gconstpointer head)
{
  return rushes_player_get_head (self->page->player) == GPOINTER_TO_UINT (head);
}

static gboolean
is_enabled (RushesScreening *self, const char *label)
{
  GtkWidget *button = rushes_screening_find (self->window, GTK_TYPE_BUTTON, label);

  return button != NULL && gtk_widget_is_sensitive (button);
}

/* Frames are on the screen while bytes are missing; then it waits, and says so; and goes on as the clip. */
static void
test_plays (void)
{
  g_auto (Coming) coming = { 0 };
  RushesScreening *self;
  GdkPaintable *before;

  begin (&coming, RUSHES_HANDLING_AUTO, TRUE);
  self = coming.screening;
  g_assert_true (shows_page (self, "progress"));
  bring (&coming, 0.5);
  rushes_screening_await (self, shows_page, "clip");
  rushes_screening_await (self, is_at_frame, GINT_TO_POINTER (3));
  rushes_screening_await (self, shows_frames, NULL);
  g_assert_null (rushes_take_get_clip (self->take));
  g_assert_false (is_enabled (self, "Save…"));
  rushes_test_await_words (self->window, "Waiting for More");
  g_assert_cmpint (rushes_screening_frame (self), <, RUSHES_SCREENING_FRAMES - 5);

  before = gtk_picture_get_paintable (self->page->picture);
  land (&coming);
  g_assert_true (gtk_picture_get_paintable (self->page->picture) == before);
  g_assert_true (shows_page (self, "clip"));
  g_assert_true (is_enabled (self, "Save…"));
  g_assert_false (gtk_widget_get_visible (self->page->coming));
  rushes_screening_await (self, is_at_frame, GINT_TO_POINTER (RUSHES_SCREENING_FRAMES - 2));
  g_assert_false (adw_banner_get_revealed (self->page->kept));
}

/* A clip that is kept for now says so, until it is saved. */
static void
test_kept (void)
{
  g_auto (Coming) coming = { 0 };
  g_autofree char *folder = NULL;
  g_autoptr (GFile) place = NULL;

  begin (&coming, RUSHES_HANDLING_STREAM, TRUE);
  coming.screening->cached = TRUE;
  bring (&coming, 0.9);
  rushes_screening_await (coming.screening, shows_page, "clip");
  g_assert_false (adw_banner_get_revealed (coming.screening->page->kept));
  land (&coming);
  g_assert_true (rushes_take_get_cached (coming.screening->take));
  rushes_test_await_words (coming.screening->window, "Kept for Now");

  folder = rushes_test_folder ();
  place = g_file_new_build_filename (folder, "kite.mp4", NULL);
  rushes_test_expect (rushes_library_save_clip (coming.screening->library, coming.screening->take, place, FALSE));
  g_assert_false (rushes_take_get_cached (coming.screening->take));
  g_assert_false (adw_banner_get_revealed (coming.screening->page->kept));
}

static void
test_late (void)
{
  g_auto (Coming) coming = { 0 };

  begin (&coming, RUSHES_HANDLING_AUTO, FALSE);
  bring (&coming, 0.8);
  rushes_screening_await (coming.screening, has_head, GUINT_TO_POINTER (RUSHES_HEAD_LATE));
  rushes_test_await_words (coming.screening->window, "when all of it is here");
  g_assert_true (shows_page (coming.screening, "progress"));
  land (&coming);
  rushes_screening_await (coming.screening, shows_page, "clip");
  rushes_screening_await (coming.screening, is_at_frame, GINT_TO_POINTER (1));
}

/* Nobody looks at it before it is whole. */
static void
test_download (void)
{
  g_auto (Coming) coming = { 0 };

  begin (&coming, RUSHES_HANDLING_DOWNLOAD, TRUE);
  bring (&coming, 0.8);
  g_assert_null (rushes_player_get_arrival (coming.screening->page->player));
  g_assert_true (shows_page (coming.screening, "progress"));
  land (&coming);
  rushes_screening_await (coming.screening, is_at_frame, GINT_TO_POINTER (1));
}

/* What came was no clip after all: the page says what became of the take. */
static void
test_gone (void)
{
  g_auto (Coming) coming = { 0 };
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_MEDIA, "The video is cut short: its end is missing.");

  begin (&coming, RUSHES_HANDLING_AUTO, TRUE);
  bring (&coming, 0.5);
  rushes_screening_await (coming.screening, is_at_frame, GINT_TO_POINTER (1));
  rushes_arrival_end (coming.arrival, RUSHES_ARRIVAL_GONE);
  rushes_library_show_arrival (coming.screening->library, coming.screening->take, NULL);
  g_assert_true (shows_page (coming.screening, "progress"));
  rushes_screening_bring (coming.screening, RUSHES_TAKE_STATE_FAILED, error);
  g_assert_true (shows_page (coming.screening, "trouble"));
}

/* The window is closed in the midst of it, with bytes still missing. */
static void
test_closed (void)
{
  g_auto (Coming) coming = { 0 };

  begin (&coming, RUSHES_HANDLING_AUTO, TRUE);
  bring (&coming, 0.5);
  rushes_screening_await (coming.screening, is_at_frame, GINT_TO_POINTER (2));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/take-page/arrival/plays", test_plays);
  g_test_add_func ("/take-page/arrival/kept", test_kept);
  g_test_add_func ("/take-page/arrival/late", test_late);
  g_test_add_func ("/take-page/arrival/download", test_download);
  g_test_add_func ("/take-page/arrival/gone", test_gone);
  g_test_add_func ("/take-page/arrival/closed", test_closed);

  return g_test_run ();
}
