/* test-cli-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "picture-fixtures.h"
#include "rushes-cli-run.h"
#include "rushes-test.h"

#define QUICK "--duration", "3", "--resolution", "480p", "--aspect", "1:1", "--fps", "24"

/* ---- pictures that can be read ---- */

static const struct
{
  const char *name;
  const char *type;
  int width, height; /* as it is looked at */
} good[] = {
  { "turned.jpg", "image/jpeg", 240, 320 },     { "glass.png", "image/png", 320, 240 },
  { "photo.webp", "image/webp", 320, 240 },     { "photo.avif", "image/avif", 320, 240 },
  { "photo.heic", "image/heic", 320, 240 },     { "moving.gif", "image/gif", 320, 240 },
  { "drawing.svg", "image/svg+xml", 320, 240 }, { "huge.jpg", "image/jpeg", 8000, 6000 },
};

static gboolean
make_good (Home *home)
{
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (320, 240, 255);
  g_autoptr (GdkPixbuf) glass = fixture_quarters (320, 240, 0);
  g_autofree char *turned = fixture_camera_jpeg (home->work, "turned.jpg", quarters, 6);
  g_autofree char *alpha = fixture_save (home->work, "glass.png", glass, "png");
  g_autofree char *huge = fixture_gray_jpeg (home->work, "huge.jpg", 8000, 6000);
  g_autofree char *plain = fixture_save (home->folder, "plain.png", quarters, "png");
  g_autofree char *webp = home_path (home, "photo.webp");
  g_autofree char *avif = home_path (home, "photo.avif");
  g_autofree char *heic = home_path (home, "photo.heic");
  g_autofree char *gif = home_path (home, "moving.gif");

  home_write (home, "drawing.svg",
              "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='240'>"
              "<rect width='320' height='240' fill='teal'/><circle cx='160' cy='120' r='80' fill='gold'/></svg>");

  return fixture_run ("cwebp", "-quiet", plain, "-o", webp, NULL) &&
         fixture_run ("heif-enc", "--avif", plain, "-o", avif, NULL) &&
         fixture_run ("heif-enc", plain, "-o", heic, NULL) &&
         fixture_run ("magick", plain, "(", "+clone", "-negate", ")", gif, NULL);
}

/* Each is understood as what it is, whatever it is called. */
static void
test_formats (void)
{
  g_autoptr (Home) home = home_new ();

  if (!make_good (home))
    return;

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (Run) run = run_rushes (home, "generate", "-i", good[i].name, "--dry-run", "--json", NULL);
      JsonObject *body, *picture;

      g_assert_cmpstr (run->err, ==, "");
      g_assert_cmpint (run->status, ==, 0);
      body = json_object_get_object_member (find_event (run, "request"), "body");
      picture = json_array_get_object_element (
          json_object_get_array_member (json_object_get_object_member (body, "references"), "first"), 0);
      g_assert_cmpstr (json_object_get_string_member (picture, "type"), ==, good[i].type);
      g_assert_cmpint (json_object_get_int_member (picture, "width"), ==, good[i].width);
      g_assert_cmpint (json_object_get_int_member (picture, "height"), ==, good[i].height);
      g_assert_cmpstr (json_object_get_string_member (picture, "name"), ==, good[i].name);
    }
}

/* And each becomes a clip. */
static void
test_clips (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = NULL;
  guint n = 0;

  if (!make_good (home))
    return;

  run = run_rushes (home, "generate", QUICK, "-i", good[0].name, "-i", good[1].name, "-i", good[2].name, "-i",
                    good[3].name, "-i", good[4].name, "-i", good[5].name, "-i", good[6].name, "-i", good[7].name,
                    "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  for (guint i = 0; i < run->events->len; i++)
    {
      JsonObject *event = g_ptr_array_index (run->events, i);
      RushesClipFacts facts;

      if (!g_str_equal (json_object_get_string_member (event, "event"), "completed"))
        continue;
      read_clip (json_object_get_string_member (event, "path"), &facts);
      g_assert_cmpint (facts.width, ==, 480);
      g_assert_cmpuint (facts.n_frames, ==, 72);
      n++;
    }
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (good));
  g_assert_cmpuint (home_count_files (home, "references"), ==, G_N_ELEMENTS (good));
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
}

/* ---- and those that cannot ---- */

static void
refuse (Home *home, const char *name, const char *words)
{
  g_autoptr (Run) run = run_rushes (home, "generate", "boats", "-i", name, "-o", "out", "--json", NULL);
  g_autofree char *out = home_path (home, "out");
  JsonObject *error;

  assert_refused (run, 2, words);
  error = json_object_get_object_member (find_event (run, "error"), "error");
  g_assert_cmpstr (json_object_get_string_member (error, "code"), ==, "BAD_REQUEST");
  g_assert_cmpstr (json_object_get_string_member (error, "field"), ==, "image");
  g_assert_cmpstr (json_object_get_string_member (error, "charged"), ==, "no");
  /* Nothing was ordered, nothing is left. */
  g_assert_cmpuint (run->events->len, ==, 1);
  g_assert_cmpint (g_rmdir (out), ==, 0);
  g_assert_cmpint (g_mkdir (out, 0700), ==, 0);
  g_assert_cmpuint (home_count_files (home, "clips"), ==, 0);
  g_assert_cmpuint (home_count_files (home, "references"), ==, 0);
  g_assert_cmpuint (home_count_files (home, "spool"), ==, 0);
}

static void
test_bad (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (640, 480, 255);
  g_autofree char *whole = fixture_save (home->folder, "whole.png", quarters, "png");
  g_autofree char *out = home_path (home, "out");
  g_autofree char *folder = home_path (home, "album");
  g_autofree char *bytes = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_cmpint (g_mkdir (out, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  home_write (home, "empty.jpg", "");
  home_write (home, "letter.png", "Dear harbour,\nthis is not a picture.\n");
  home_write (home, "noise.jpg", "\xff\xd8\xff\xe0 and then nothing that makes sense");
  g_file_get_contents (whole, &bytes, &length, &error);
  g_assert_no_error (error);
  cut = fixture_write (home->work, "cut.png", bytes, length / 2);

  refuse (home, "missing.jpg", "missing.jpg");
  refuse (home, "album", "album");
  refuse (home, "empty.jpg", "empty.jpg");
  refuse (home, "letter.png", "letter.png");
  refuse (home, "noise.jpg", "noise.jpg");
  refuse (home, "cut.png", "cut.png");
}

/* Of several pictures one that cannot be read keeps all from being made. */
static void
test_one_of_several (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (64, 64, 255);
  g_autofree char *picture = fixture_save (home->work, "photo.png", quarters, "png");
  g_autoptr (Run) run = run_rushes (home, "generate", "-i", "photo.png", "-i", "missing.png", "--json", NULL);
  g_autoptr (Run) list = run_rushes (home, "takes", "list", "--json", NULL);

  assert_refused (run, 2, "missing.png");
  g_assert_cmpint (list->status, ==, 0);
  g_assert_cmpuint (list->events->len, ==, 0);
}

/* Without permission to read; as somebody whom permissions bind. */
static void
test_unreadable (void)
{
  g_autoptr (Home) home = home_new ();
  g_autofree char *path = home_path (home, "secret.png");
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (64, 64, 255);
  g_autofree char *picture = fixture_save (home->work, "secret.png", quarters, "png");
  g_autofree char *out = home_path (home, "out");

  if (!home_be_somebody (home))
    return;
  g_assert_cmpint (g_mkdir (out, 0777), ==, 0);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  refuse (home, "secret.png", "secret.png");
}

/* A name that is no text, and a picture under it. */
static void
test_bytes_as_name (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (64, 64, 255);
  g_autofree char *picture = fixture_save (home->work, "caf\xe9.png", quarters, "png");
  g_autofree char *clip = home_path (home, "th\xe9.mp4");
  g_autoptr (Run) run = run_rushes (home, "generate", "-i", "caf\xe9.png", QUICK, "-o", "th\xe9.mp4", "--json", NULL);
  JsonObject *completed = find_event (run, "completed");
  RushesClipFacts facts;

  g_assert_cmpint (run->status, ==, 0);
  g_assert_true (g_utf8_validate (run->out, -1, NULL));
  read_clip (clip, &facts);
  /* JSON cannot bear the path; the address of the file can. */
  g_assert_true (json_object_get_null_member (completed, "path"));
  g_assert_true (g_str_has_suffix (json_object_get_string_member (completed, "uri"), "/th%E9.mp4"));
}

/* ---- pictures from addresses ---- */

static void
serve (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  GBytes *picture = data;

  if (g_str_equal (path, "/photo"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY,
                                        g_bytes_get_data (picture, NULL), g_bytes_get_size (picture));
    }
  else if (g_str_equal (path, "/page"))
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_STATIC, "<!DOCTYPE html><p>no</p>", 24);
    }
  else
    soup_server_message_set_status (message, 404, NULL);
}

static void
test_address (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (GdkPixbuf) quarters = fixture_quarters (64, 64, 255);
  g_autofree char *picture = fixture_save (home->folder, "photo.png", quarters, "png");
  g_autoptr (GError) error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (picture, FALSE, &error);
  g_autoptr (GBytes) bytes = g_mapped_file_get_bytes (file);
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  g_autofree char *base = NULL;
  g_autofree char *photo = NULL;
  g_autofree char *page = NULL;
  g_autofree char *nothing = NULL;
  g_autoptr (Run) found = NULL;
  g_autoptr (Run) wrong = NULL;
  g_autoptr (Run) missing = NULL;
  g_autoptr (Run) nobody = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, serve, bytes, NULL);
  soup_server_listen_local (server, 0, 0, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  base = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  photo = g_strconcat (base, "photo", NULL);
  page = g_strconcat (base, "page", NULL);
  nothing = g_strconcat (base, "nothing", NULL);

  found = run_rushes_served (home, "generate", "-i", photo, QUICK, "--json", NULL);
  g_assert_cmpint (found->status, ==, 0);
  g_assert_cmpstr (json_object_get_string_member (assert_story (found, NULL), "event"), ==, "completed");

  wrong = run_rushes_served (home, "generate", "-i", page, NULL);
  assert_refused (wrong, 2, "picture");
  missing = run_rushes_served (home, "generate", "-i", nothing, NULL);
  assert_refused (missing, 8, "127.0.0.1");

  soup_server_disconnect (server);
  nobody = run_rushes (home, "generate", "-i", photo, NULL);
  assert_refused (nobody, 6, "127.0.0.1");
  g_assert_cmpuint (home_count_files (home, "references"), ==, 1);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/pictures/formats", test_formats);
  g_test_add_func ("/cli/pictures/clips", test_clips);
  g_test_add_func ("/cli/pictures/bad", test_bad);
  g_test_add_func ("/cli/pictures/one-of-several", test_one_of_several);
  g_test_add_func ("/cli/pictures/unreadable", test_unreadable);
  g_test_add_func ("/cli/pictures/bytes-as-name", test_bytes_as_name);
  g_test_add_func ("/cli/pictures/address", test_address);

  return g_test_run ();
}
