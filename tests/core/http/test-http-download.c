/* test-http-download.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-download.h"
#include "rushes-test.h"
#include "rushes-wire.h"

#define KEY  "sk-1234567890abcdef"
#define SIZE (1024 * 1024 + 4321)

/* A server that has one clip, and may do everything wrong with it. */
typedef struct
{
  RushesWire *wire;
  RushesWire *other;
  RushesHttp *http;
  GFile *part;
  RushesDownloadOptions options;
  GCancellable *cancellable;

  char *clip;
  gsize size;
  const char *headers; /* further ones */
  const char *etag;
  const char *rest; /* what a 206 or 416 says of itself, in place of what is true */
  gsize cut;        /* closes the connection after so many bytes; 0 never */
  gboolean no_ranges, no_length, wrong_total, wrong_length, stalls;

  gboolean unwelcome;
  guint n_welcomes;

  gint64 progress[4096];
  guint n_progress;
  gint64 total;
} Studio;

static char *
make_clip (gsize size, guint32 seed)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  char *clip = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    clip[i] = (char) g_rand_int (random);
  return clip;
}

/* Where the wanted range begins; 0 when all of it is wanted. */
static gsize
get_start (Studio *self, RushesWireRequest *request)
{
  const char *range = g_hash_table_lookup (request->headers, "range");
  const char *validator = g_hash_table_lookup (request->headers, "if-range");
  guint64 start;

  if (range == NULL || self->no_ranges || (self->etag != NULL && g_strcmp0 (validator, self->etag) != 0))
    return 0;
  g_assert_cmpint (sscanf (range, "bytes=%" G_GUINT64_FORMAT "-", &start), ==, 1);
  return (gsize) start;
}

static void
send_body (Studio *self, GSocketConnection *connection, gsize start)
{
  gsize n_bytes = self->size - start;

  if (self->cut > 0)
    n_bytes = MIN (n_bytes, self->cut);
  if (self->no_length)
    rushes_wire_say (connection, "%zx\r\n", n_bytes);
  rushes_wire_send (connection, self->clip + start, n_bytes);
  if (self->no_length)
    rushes_wire_say (connection, self->cut > 0 ? "\r\n" : "\r\n0\r\n\r\n");
  if (self->stalls)
    rushes_wire_wait (connection);
}

static void
send_clip (Studio *self, RushesWireRequest *request, GSocketConnection *connection)
{
  gsize start = get_start (self, request);
  gsize total = self->size + (self->wrong_total ? 1 : 0);

  if (start > 0 && self->rest != NULL)
    {
      rushes_wire_say (connection, "HTTP/1.1 %s\r\nETag: %s\r\nContent-Length: %zu\r\n\r\n", self->rest, self->etag,
                       self->size - start);
      send_body (self, connection, start);
      return;
    }
  if (start > 0 && start >= self->size)
    {
      rushes_wire_say (connection,
                       "HTTP/1.1 416 No\r\nContent-Type: text/html\r\nContent-Range: bytes */%zu\r\n"
                       "Content-Length: 0\r\n\r\n",
                       self->size);
      return;
    }

  rushes_wire_say (connection, "HTTP/1.1 %s\r\nContent-Type: video/mp4\r\nDate: Sat, 21 Nov 2026 12:00:00 GMT\r\n",
                   start > 0 ? "206 Partial Content" : "200 OK");
  if (self->etag != NULL)
    rushes_wire_say (connection, "ETag: %s\r\n", self->etag);
  if (self->headers != NULL)
    rushes_wire_say (connection, "%s\r\n", self->headers);
  if (start > 0)
    rushes_wire_say (connection, "Content-Range: bytes %zu-%zu/%zu\r\n", start, total - 1, total);
  if (self->no_length)
    rushes_wire_say (connection, "Transfer-Encoding: chunked\r\n\r\n");
  else
    rushes_wire_say (connection, "Content-Length: %zu\r\n\r\n", (self->size - start) / (self->wrong_length ? 2 : 1));
  send_body (self, connection, start);
}

static gboolean
answer (RushesWire *wire, RushesWireRequest *request, GSocketConnection *connection, gpointer data)
{
  Studio *self = data;
  g_auto (GStrv) words = g_strsplit (request->line, " ", 3);
  const char *path = strrchr (words[1], '/');
  guint status;

  if (g_str_has_prefix (path, "/clip"))
    {
      send_clip (self, request, connection);
      return self->cut == 0;
    }
  if (sscanf (words[1], "/status/%u", &status) == 1)
    rushes_wire_say (connection, "HTTP/1.1 %u No\r\nContent-Length: 0\r\n\r\n", status);
  else if (g_str_equal (path, "/to-other"))
    rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: %s/clip?sig=a%%2fb%%2B\r\nContent-Length: 0\r\n\r\n",
                     rushes_wire_get_origin (self->other));
  else if (g_str_equal (path, "/to-file"))
    rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n");
  else if (g_str_equal (path, "/to-itself"))
    rushes_wire_say (connection, "HTTP/1.1 302 Found\r\nLocation: /to-itself\r\nContent-Length: 0\r\n\r\n");
  else
    rushes_wire_say (connection, "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n");
  return TRUE;
}

static void
on_progress (gint64 bytes, gint64 total, gpointer data)
{
  Studio *self = data;

  if (self->n_progress > 0)
    g_assert_cmpint (bytes, >=, self->progress[self->n_progress - 1]);
  if (self->n_progress < G_N_ELEMENTS (self->progress))
    self->progress[self->n_progress++] = bytes;
  self->total = total;
}

static Studio *
studio_new (void)
{
  Studio *self = g_new0 (Studio, 1);
  g_autofree char *folder = rushes_test_folder ();

  self->wire = rushes_wire_new (answer, self);
  self->other = rushes_wire_new (answer, self);
  self->http = rushes_http_for_proxy ("direct://");
  self->part = g_file_new_build_filename (folder, "part", NULL);
  self->options.progress = on_progress;
  self->options.user_data = self;
  self->options.clocks = (RushesHttpClocks) { 20, 20, 40 };
  self->clip = make_clip (SIZE, 1);
  self->size = SIZE;
  self->etag = "\"v1\"";
  return self;
}

static void
studio_free (Studio *self)
{
  g_object_unref (self->http);
  rushes_wire_free (self->wire);
  rushes_wire_free (self->other);
  g_object_unref (self->part);
  g_clear_object (&self->cancellable);
  g_free (self->clip);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Studio, studio_free)

static DexFuture *
download (Studio *self, const char *path)
{
  g_autofree char *address =
      *path == '/' ? g_strconcat (rushes_wire_get_origin (self->wire), path, NULL) : g_strdup (path);

  self->n_progress = 0;
  return rushes_http_download (self->http, address, self->part, &self->options, self->cancellable);
}

static gsize
get_size (Studio *self)
{
  GStatBuf info;

  return g_stat (g_file_peek_path (self->part), &info) == 0 ? (gsize) info.st_size : 0;
}

/* What is there is the beginning of the clip. */
static void
assert_prefix (Studio *self)
{
  g_autofree char *contents = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (g_file_peek_path (self->part), &contents, &length, NULL));
  g_assert_cmpuint (length, <=, self->size);
  g_assert_true (memcmp (contents, self->clip, length) == 0);
}

static void
assert_fetched (Studio *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *media_type = dex_await_string (download (self, path), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (media_type, ==, "video/mp4");
  g_assert_cmpuint (get_size (self), ==, self->size);
  assert_prefix (self);
}

static void
assert_fails (Studio *self, const char *path, RushesErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *media_type = dex_await_string (download (self, path), &error);

  g_assert_null (media_type);
  g_assert_error (error, RUSHES_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

/* Fetches some of the clip. */
static gsize
break_off (Studio *self, const char *path)
{
  self->cut = 700 * 1000;
  assert_fails (self, path, RUSHES_ERROR_NETWORK);
  self->cut = 0;
  assert_prefix (self);
  g_assert_cmpuint (get_size (self), ==, 700 * 1000);
  return get_size (self);
}

static const char *
get_range (Studio *self)
{
  return rushes_wire_get_header (self->wire, "range");
}

/* ---- */

static void
test_whole (void)
{
  g_autoptr (Studio) studio = studio_new ();

  assert_fetched (studio, "/clip?sig=a%2fb%2B&x=%C3%A9");
  g_assert_cmpstr (rushes_wire_get_line (studio->wire), ==, "GET /clip?sig=a%2fb%2B&x=%C3%A9 HTTP/1.1");
  g_assert_cmpstr (rushes_wire_get_header (studio->wire, "accept-encoding"), ==, "identity");
  g_assert_cmpstr (get_range (studio), ==, NULL);
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 1);
  g_assert_cmpuint (studio->n_progress, >=, 2);
  g_assert_cmpint (studio->progress[0], ==, 0);
  g_assert_cmpint (studio->progress[studio->n_progress - 1], ==, SIZE);
  g_assert_cmpint (studio->total, ==, SIZE);

  /* What is whole is not asked for again, even when the server is gone. */
  assert_fetched (studio, "/clip?sig=a%2fb%2B&x=%C3%A9");
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 1);
}

static void
test_empty (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->size = 0;
  assert_fetched (studio, "/clip");
  g_assert_true (g_file_query_exists (studio->part, NULL));
}

/* Where nobody says how long it is. */
static void
test_no_length (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->no_length = TRUE;
  assert_fetched (studio, "/clip");
  g_assert_cmpint (studio->progress[studio->n_progress - 1], ==, SIZE);
}

static void
test_resume (void)
{
  g_autoptr (Studio) studio = studio_new ();
  gsize size = break_off (studio, "/clip");
  g_autofree char *range = g_strdup_printf ("bytes=%zu-", size);

  assert_fetched (studio, "/clip");
  g_assert_cmpstr (get_range (studio), ==, range);
  g_assert_cmpstr (rushes_wire_get_header (studio->wire, "if-range"), ==, "\"v1\"");
  g_assert_cmpstr (rushes_wire_get_header (studio->wire, "accept-encoding"), ==, "identity");
  g_assert_cmpint (studio->progress[0], ==, size);
  g_assert_cmpint (studio->total, ==, SIZE);
}

/* Again and again, each time a little further. */
static void
test_resume_often (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->cut = 100 * 1000;
  for (guint i = 1; i <= SIZE / studio->cut; i++)
    {
      assert_fails (studio, "/clip", RUSHES_ERROR_NETWORK);
      g_assert_cmpuint (get_size (studio), ==, i * studio->cut);
    }
  assert_fetched (studio, "/clip");
}

/* The address was signed anew: an ETag tells that the clip is the same, a date does not. */
static void
test_other_address (void)
{
  g_autoptr (Studio) studio = studio_new ();

  break_off (studio, "/clip?sig=1");
  assert_fetched (studio, "/clip?sig=2");
  g_assert_nonnull (get_range (studio));

  g_assert_cmpint (g_file_delete (studio->part, NULL, NULL), ==, TRUE);
  studio->etag = NULL;
  studio->headers = "Last-Modified: Fri, 20 Nov 2026 12:00:00 GMT";
  break_off (studio, "/clip?sig=1");
  assert_fetched (studio, "/clip?sig=2");
  g_assert_cmpstr (get_range (studio), ==, NULL);
}

static void
test_dates (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->etag = NULL;
  studio->headers = "Last-Modified: Fri, 20 Nov 2026 12:00:00 GMT";
  break_off (studio, "/clip");
  assert_fetched (studio, "/clip");
  g_assert_cmpstr (rushes_wire_get_header (studio->wire, "if-range"), ==, "Fri, 20 Nov 2026 12:00:00 GMT");
  g_assert_nonnull (get_range (studio));
}

/* Nothing tells that the rest would be of the same clip. */
static void
test_no_validator (void)
{
  static const char *const headers[] = {
    NULL,
    "ETag: W/\"v1\"",
    "Last-Modified: Sat, 21 Nov 2026 12:00:00 GMT",
    "Last-Modified: yesterday",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (Studio) studio = studio_new ();

      studio->etag = NULL;
      studio->headers = headers[i];
      break_off (studio, "/clip");
      assert_fetched (studio, "/clip");
      g_assert_cmpstr (get_range (studio), ==, NULL);
    }
}

/* What is known of a part is written over in place: files of passing names would stay where a process is killed. And of
 * half of it nothing is believed. */
static void
test_state (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autofree char *path = g_strconcat (g_file_peek_path (studio->part), ".etag", NULL);
  g_autofree char *text = NULL;
  GStatBuf before, after;
  gsize length;

  break_off (studio, "/clip");
  g_assert_cmpint (g_stat (path, &before), ==, 0);
  studio->etag = "\"v2\"";
  break_off (studio, "/clip");
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  g_assert_true (g_file_set_contents (path, text, strstr (text, "whole") - text, NULL));
  assert_fetched (studio, "/clip");
  g_assert_cmpstr (get_range (studio), ==, NULL);
}

static void
test_unknown_part (void)
{
  g_autoptr (Studio) studio = studio_new ();

  g_assert_true (g_file_set_contents (g_file_peek_path (studio->part), "of something else", -1, NULL));
  assert_fetched (studio, "/clip");
  g_assert_cmpstr (get_range (studio), ==, NULL);
}

/* Another clip, shorter than what is there of the first. */
static void
test_changed (void)
{
  g_autoptr (Studio) studio = studio_new ();

  break_off (studio, "/clip");
  g_free (studio->clip);
  studio->size = 5000;
  studio->clip = make_clip (studio->size, 2);
  studio->etag = "\"v2\"";
  assert_fetched (studio, "/clip");
  g_assert_nonnull (get_range (studio));
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 2);
}

static void
test_no_ranges (void)
{
  g_autoptr (Studio) studio = studio_new ();

  break_off (studio, "/clip");
  studio->no_ranges = TRUE;
  assert_fetched (studio, "/clip");
  g_assert_nonnull (get_range (studio));
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 2);
}

static void
test_wrong_total (void)
{
  g_autoptr (Studio) studio = studio_new ();

  break_off (studio, "/clip");
  studio->wrong_total = TRUE;
  assert_fetched (studio, "/clip");
  g_assert_cmpstr (get_range (studio), ==, NULL);
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 3);
}

/* What says of itself that it is anything but the rest of this clip is not put behind what is there. */
static void
test_wrong_rest (void)
{
  static const char *const rests[] = {
    "206 Partial Content",
    "206 Partial Content\r\nContent-Range: bytes 0-1052896/1052897",
    "206 Partial Content\r\nContent-Range: bytes 699999-1052896/1052897",
    "206 Partial Content\r\nContent-Range: bytes 700001-1052896/1052897",
    "206 Partial Content\r\nContent-Range: bytes 700000-800000/1052897",
    "206 Partial Content\r\nContent-Range: bytes 700000-1052896/700000",
    "206 Partial Content\r\nContent-Range: bytes 700000-1052896/*",
    "206 Partial Content\r\nContent-Range: bytes */1052897",
    "206 Partial Content\r\nContent-Range: bytes -1--2/-3",
    "206 Partial Content\r\nContent-Range: 700000",
    "416 No\r\nContent-Range: bytes */1052897",
    "416 No\r\nContent-Range: bytes */-700000",
    "416 No\r\nContent-Range: nonsense",
    "416 No",
  };

  G_STATIC_ASSERT (SIZE == 1052897);
  for (guint i = 0; i < G_N_ELEMENTS (rests); i++)
    {
      g_autoptr (Studio) studio = studio_new ();

      g_test_message ("%s", rests[i]);
      break_off (studio, "/clip");
      studio->rest = rests[i];
      assert_fetched (studio, "/clip");
      g_assert_cmpstr (get_range (studio), ==, NULL);
      g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 3);
    }
}

/* A rest that is packed is none; what is there stays. */
static void
test_packed_rest (void)
{
  g_autoptr (Studio) studio = studio_new ();
  gsize size = break_off (studio, "/clip");

  studio->rest = "206 Partial Content\r\nContent-Encoding: gzip\r\nContent-Range: bytes 700000-1052896/1052897";
  assert_fails (studio, "/clip", RUSHES_ERROR_PROTOCOL);
  g_assert_cmpuint (get_size (studio), ==, size);
  studio->rest = NULL;
  assert_fetched (studio, "/clip");
  g_assert_nonnull (get_range (studio));
}

/* Less than was said comes, and that is the end. */
static void
test_wrong_length (void)
{
  g_autoptr (Studio) studio = studio_new ();

  break_off (studio, "/clip");
  studio->wrong_length = TRUE;
  studio->cut = (SIZE - 700 * 1000) / 2;
  assert_fails (studio, "/clip", RUSHES_ERROR_NETWORK);
  g_assert_cmpuint (get_size (studio), ==, 700 * 1000 + studio->cut);
  assert_prefix (studio);
  studio->cut = 0;
  studio->wrong_length = FALSE;
  assert_fetched (studio, "/clip");
}

/* All was there when the connection broke, and nobody had said so. */
static void
test_already_full (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->no_length = TRUE;
  studio->cut = SIZE;
  assert_fails (studio, "/clip", RUSHES_ERROR_NETWORK);
  g_assert_cmpuint (get_size (studio), ==, SIZE);
  studio->cut = 0;
  assert_fetched (studio, "/clip");
  g_assert_nonnull (get_range (studio));
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 2);
}

/* Less than what is there: it is another one. */
static void
test_too_full (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->no_length = TRUE;
  break_off (studio, "/clip");
  studio->no_length = FALSE;
  studio->size = 1000;
  assert_fetched (studio, "/clip");
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 3);
}

static void
test_packed (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->headers = "Content-Encoding: gzip";
  assert_fails (studio, "/clip", RUSHES_ERROR_PROTOCOL);
  g_assert_cmpuint (get_size (studio), ==, 0);
}

/* A server that never stops fills no disk, whether it says how much it has or not. */
static void
test_too_large (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->options.max_bytes = SIZE - 1;
  assert_fails (studio, "/clip", RUSHES_ERROR_MEDIA);
  g_assert_cmpint (get_size (studio), <, SIZE);
  studio->no_length = TRUE;
  assert_fails (studio, "/clip", RUSHES_ERROR_MEDIA);
  g_assert_cmpint (get_size (studio), <, SIZE);
  studio->options.max_bytes = SIZE;
  assert_fetched (studio, "/clip");
}

static gboolean
welcome (GBytes *head, const char *media_type, gpointer user_data, GError **error)
{
  Studio *self = user_data;

  self->n_welcomes++;
  g_assert_cmpuint (g_bytes_get_size (head), >, 0);
  g_assert_cmpstr (media_type, ==, "video/mp4");
  if (!self->unwelcome)
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_MEDIA, "This is not what was wanted.");
  return FALSE;
}

/* What begins wrong is not fetched; of what began right the rest is. */
static void
test_welcome (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->unwelcome = TRUE;
  studio->options.welcome = welcome;
  assert_fails (studio, "/clip", RUSHES_ERROR_MEDIA);
  g_assert_cmpint (get_size (studio), ==, 0);
  g_assert_cmpuint (studio->n_welcomes, ==, 1);

  studio->unwelcome = FALSE;
  break_off (studio, "/clip");
  g_assert_cmpuint (studio->n_welcomes, ==, 2);
  assert_fetched (studio, "/clip");
  g_assert_cmpuint (studio->n_welcomes, ==, 2);
}

static void
test_statuses (void)
{
  static const struct
  {
    const char *path;
    RushesErrorCode code;
  } cases[] = {
    { "/status/401", RUSHES_ERROR_AUTH },         { "/status/403", RUSHES_ERROR_FORBIDDEN },
    { "/status/404", RUSHES_ERROR_NOT_FOUND },    { "/status/410", RUSHES_ERROR_NOT_FOUND },
    { "/status/429", RUSHES_ERROR_RATE_LIMITED }, { "/status/503", RUSHES_ERROR_PROVIDER },
    { "/status/204", RUSHES_ERROR_PROTOCOL },     { "/status/206", RUSHES_ERROR_PROTOCOL },
    { "/status/416", RUSHES_ERROR_PROTOCOL },     { "/to-file", RUSHES_ERROR_PROTOCOL },
    { "/to-itself", RUSHES_ERROR_PROTOCOL },      { "ftp://127.0.0.1/clip", RUSHES_ERROR_BAD_REQUEST },
  };
  g_autoptr (Studio) studio = studio_new ();
  gsize size;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_fails (studio, cases[i].path, cases[i].code);
  g_assert_cmpuint (get_size (studio), ==, 0);

  /* What is there stays. */
  size = break_off (studio, "/clip");
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_fails (studio, cases[i].path, cases[i].code);
      g_assert_cmpuint (get_size (studio), ==, size);
    }
  assert_fetched (studio, "/clip");
  g_assert_nonnull (get_range (studio));
}

static void
test_stalled (void)
{
  g_autoptr (Studio) studio = studio_new ();

  studio->options.clocks.silence = 0.3;
  studio->stalls = TRUE;
  studio->cut = 700 * 1000;
  assert_fails (studio, "/clip", RUSHES_ERROR_NETWORK);
  g_assert_cmpuint (get_size (studio), ==, 700 * 1000);
  studio->stalls = FALSE;
  studio->cut = 0;
  assert_fetched (studio, "/clip");
  g_assert_nonnull (get_range (studio));
}

static void
test_key (void)
{
  g_autoptr (Studio) studio = studio_new ();
  const char *origins[] = { rushes_wire_get_origin (studio->wire), NULL };
  g_autoptr (RushesCredentials) credentials =
      rushes_credentials_new (RUSHES_AUTH_HEADER, "X-API-Key", FALSE, KEY, origins);
  g_autofree char *elsewhere = g_strconcat (rushes_wire_get_origin (studio->other), "/clip", NULL);

  studio->options.credentials = credentials;
  assert_fetched (studio, "/clip");
  g_assert_cmpstr (rushes_wire_get_header (studio->wire, "x-api-key"), ==, KEY);

  g_assert_true (g_file_delete (studio->part, NULL, NULL));
  assert_fetched (studio, "/to-other");
  g_assert_cmpstr (rushes_wire_get_header (studio->wire, "x-api-key"), ==, KEY);
  g_assert_cmpstr (rushes_wire_get_line (studio->other), ==, "GET /clip?sig=a%2fb%2B HTTP/1.1");
  g_assert_cmpstr (rushes_wire_get_header (studio->other, "x-api-key"), ==, NULL);

  g_assert_true (g_file_delete (studio->part, NULL, NULL));
  assert_fetched (studio, elsewhere);
  g_assert_cmpstr (rushes_wire_get_header (studio->other, "x-api-key"), ==, NULL);
}

/* The wire is a proxy here, so that a public name can be reached. */
static void
test_private (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autofree char *private = g_strconcat (rushes_wire_get_origin (studio->other), "/clip", NULL);

  studio->options.public_only = TRUE;
  assert_fails (studio, private, RUSHES_ERROR_PROTOCOL);
  g_assert_cmpuint (rushes_wire_count (studio->other), ==, 0);

  studio->options.public_only = FALSE;
  g_object_unref (studio->http);
  studio->http = rushes_http_for_proxy (rushes_wire_get_origin (studio->wire));
  assert_fetched (studio, "http://cdn.example.com/clip");
  g_assert_true (g_file_delete (studio->part, NULL, NULL));
  assert_fails (studio, "http://cdn.example.com/to-other", RUSHES_ERROR_PROTOCOL);
  g_assert_cmpuint (rushes_wire_count (studio->wire), ==, 2);
  g_assert_cmpuint (rushes_wire_count (studio->other), ==, 0);
}

/* ---- ends ---- */

static DexFuture *
wait_for_some (gpointer data)
{
  Studio *studio = data;

  while (get_size (studio) == 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  if (studio->cancellable != NULL)
    g_cancellable_cancel (studio->cancellable);
  return dex_future_new_true ();
}

static void
test_cancel (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (DexFuture) canceller = NULL;

  studio->stalls = TRUE;
  studio->cut = 700 * 1000;
  studio->cancellable = g_cancellable_new ();
  canceller = rushes_async_spawn (wait_for_some, studio, NULL);
  assert_fails (studio, "/clip", RUSHES_ERROR_CANCELLED);
  assert_prefix (studio);
}

/* Nobody waits any more: no progress is heard of, the connection goes, and what came is kept. */
static void
test_discard (void)
{
  g_autoptr (Studio) studio = studio_new ();
  gint64 start = g_get_monotonic_time ();
  guint n_progress;

  studio->stalls = TRUE;
  studio->cut = 700 * 1000;
  dex_await (dex_future_first (download (studio, "/clip"), rushes_async_spawn (wait_for_some, studio, NULL), NULL),
             NULL);
  n_progress = studio->n_progress;
  while (rushes_wire_count_open (studio->wire) > 0)
    dex_await (rushes_async_sleep (0.01), NULL);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 15 * G_USEC_PER_SEC);
  studio->stalls = FALSE;
  studio->cut = 0;
  g_assert_cmpuint (studio->n_progress, ==, n_progress);
  assert_fetched (studio, "/clip");
}

static void
test_storage (void)
{
  g_autoptr (Studio) studio = studio_new ();
  g_autoptr (GFile) folder = g_file_get_parent (studio->part);
  const struct rlimit small = { 500 * 1000, RLIM_INFINITY };
  struct rlimit before;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  assert_fails (studio, "/clip", RUSHES_ERROR_STORAGE);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_DFL);
  assert_prefix (studio);
  g_assert_cmpuint (get_size (studio), ==, 500 * 1000);
  assert_fetched (studio, "/clip");
  g_assert_nonnull (get_range (studio));

  g_assert_true (g_file_delete (studio->part, NULL, NULL));
  rushes_http_download_forget (studio->part);
  g_assert_true (g_file_delete (folder, NULL, NULL));
  assert_fails (studio, "/clip", RUSHES_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/http/download/whole", test_whole);
  rushes_test_add_fiber ("/http/download/empty", test_empty);
  rushes_test_add_fiber ("/http/download/no-length", test_no_length);
  rushes_test_add_fiber ("/http/download/resume", test_resume);
  rushes_test_add_fiber ("/http/download/resume-often", test_resume_often);
  rushes_test_add_fiber ("/http/download/other-address", test_other_address);
  rushes_test_add_fiber ("/http/download/dates", test_dates);
  rushes_test_add_fiber ("/http/download/no-validator", test_no_validator);
  rushes_test_add_fiber ("/http/download/unknown-part", test_unknown_part);
  rushes_test_add_fiber ("/http/download/state", test_state);
  rushes_test_add_fiber ("/http/download/changed", test_changed);
  rushes_test_add_fiber ("/http/download/no-ranges", test_no_ranges);
  rushes_test_add_fiber ("/http/download/wrong-total", test_wrong_total);
  rushes_test_add_fiber ("/http/download/wrong-rest", test_wrong_rest);
  rushes_test_add_fiber ("/http/download/packed-rest", test_packed_rest);
  rushes_test_add_fiber ("/http/download/wrong-length", test_wrong_length);
  rushes_test_add_fiber ("/http/download/already-full", test_already_full);
  rushes_test_add_fiber ("/http/download/too-full", test_too_full);
  rushes_test_add_fiber ("/http/download/packed", test_packed);
  rushes_test_add_fiber ("/http/download/too-large", test_too_large);
  rushes_test_add_fiber ("/http/download/welcome", test_welcome);
  rushes_test_add_fiber ("/http/download/statuses", test_statuses);
  rushes_test_add_fiber ("/http/download/stalled", test_stalled);
  rushes_test_add_fiber ("/http/download/key", test_key);
  rushes_test_add_fiber ("/http/download/private", test_private);
  rushes_test_add_fiber ("/http/download/cancel", test_cancel);
  rushes_test_add_fiber ("/http/download/discard", test_discard);
  rushes_test_add_fiber ("/http/download/storage", test_storage);

  return g_test_run ();
}
