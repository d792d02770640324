/* test-http-aside.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-download.h"
#include "rushes-slow-host.h"
#include "rushes-test.h"

/* What is wanted of a download before its turn. */

#define KEY   "sk-1234567890abcdef"
#define MIB   (1024 * 1024)
#define SIZE  (6 * MIB + 4321)
#define FRONT 100000

typedef struct
{
  RushesSlowHost *host;
  RushesHttp *http;
  GFile *part;
  RushesPieces *pieces;
  RushesDownloadOptions options;
  char *clip; /* borrowed */
  DexFuture *work;
} Studio;

static char *
make_clip (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  guint32 *clip = g_malloc (SIZE + 4);

  for (gsize i = 0; i <= SIZE / 4; i++)
    clip[i] = g_rand_int (random);
  return (char *) clip;
}

static Studio *
studio_new (const char *etag)
{
  Studio *self = g_new0 (Studio, 1);
  g_autofree char *folder = rushes_test_folder ();

  self->clip = make_clip ();
  self->host = rushes_slow_host_new (self->clip, SIZE, etag);
  self->http = rushes_http_for_proxy ("direct://");
  self->part = g_file_new_build_filename (folder, "part", NULL);
  self->pieces = rushes_pieces_new ();
  self->options.pieces = self->pieces;
  self->options.clocks = (RushesHttpClocks) { 20, 20, 40 };
  rushes_slow_host_set_front (self->host, FRONT);
  return self;
}

static void
studio_free (Studio *self)
{
  dex_clear (&self->work);
  g_object_unref (self->http);
  rushes_slow_host_free (self->host);
  g_object_unref (self->part);
  g_object_unref (self->pieces);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Studio, studio_free)

static gsize
get_size (Studio *self)
{
  GStatBuf info;

  return g_stat (g_file_peek_path (self->part), &info) == 0 ? (gsize) info.st_size : 0;
}

/* Until the file has as much as the host gives. */
static void
begin_at (Studio *self, const char *query)
{
  g_autofree char *address = g_strconcat (rushes_slow_host_get_address (self->host), query, NULL);

  self->work = rushes_http_download (self->http, address, self->part, &self->options, NULL);
  while ((get_size (self) < FRONT || !rushes_slow_host_is_waiting (self->host)) && dex_future_is_pending (self->work))
    dex_await (rushes_async_sleep (0.01), NULL);
  g_assert_cmpuint (get_size (self), ==, FRONT);
}

static void
begin (Studio *self)
{
  begin_at (self, "");
}

static void
assert_piece (Studio *self, gsize offset, gsize length)
{
  g_autofree char *bytes = g_malloc (length);

  while (rushes_pieces_measure (self->pieces, (gint64) offset) < (gint64) length)
    {
      g_assert_true (dex_future_is_pending (self->work));
      dex_await (rushes_async_sleep (0.01), NULL);
    }
  g_assert_cmpuint (rushes_pieces_read (self->pieces, (gint64) offset, bytes, length), ==, length);
  g_assert_true (memcmp (bytes, self->clip + offset, length) == 0);
}

/* The file never has more than came in its turn. */
static void
assert_no_hole (Studio *self)
{
  g_assert_cmpuint (get_size (self), ==, FRONT);
}

static void
assert_ends_well (Studio *self)
{
  g_autofree char *contents = NULL;
  g_autofree char *media_type = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  rushes_slow_host_set_front (self->host, SIZE);
  media_type = dex_await_string (g_steal_pointer (&self->work), &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_file_peek_path (self->part), &contents, &size, NULL));
  g_assert_cmpmem (contents, size, self->clip, SIZE);
}

static void
break_off (Studio *self)
{
  g_autoptr (GError) error = NULL;

  rushes_slow_host_hang_up (self->host);
  g_assert_false (dex_await (g_steal_pointer (&self->work), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NETWORK);
}

static void
await_parts (Studio *self, guint n_parts)
{
  while (rushes_slow_host_count_parts (self->host) < n_parts)
    {
      g_assert_true (dex_future_is_pending (self->work));
      dex_await (rushes_async_sleep (0.01), NULL);
    }
}

/* ---- */

static void
test_brought (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");
  g_autofree char *range = NULL;
  g_autofree char *validator = NULL;
  g_autofree char *encoding = NULL;

  begin (studio);
  rushes_pieces_want (studio->pieces, 5 * MIB);
  assert_piece (studio, 5 * MIB, SIZE - 5 * MIB);
  range = rushes_slow_host_get_header (studio->host, "range");
  validator = rushes_slow_host_get_header (studio->host, "if-range");
  encoding = rushes_slow_host_get_header (studio->host, "accept-encoding");
  g_assert_cmpstr (range, ==, "bytes=6291456-6295776");
  g_assert_cmpstr (validator, ==, "\"v1\"");
  g_assert_cmpstr (encoding, ==, "identity");
  g_assert_cmpuint (rushes_slow_host_count_parts (studio->host), ==, 2);

  rushes_pieces_want (studio->pieces, 2 * MIB);
  assert_piece (studio, 2 * MIB, SIZE - 2 * MIB);
  assert_no_hole (studio);
  assert_ends_well (studio);
}

/* What the download itself brings next is not asked for twice. */
static void
test_soon (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");

  begin (studio);
  rushes_pieces_want (studio->pieces, FRONT + 1000);
  rushes_pieces_want (studio->pieces, 0);
  rushes_pieces_want (studio->pieces, SIZE);
  assert_ends_well (studio);
  g_assert_cmpuint (rushes_slow_host_count_parts (studio->host), ==, 0);
}

/* Nothing tells that parts are of the same clip. */
static void
test_no_validator (void)
{
  static const char *const etags[] = { NULL, "W/\"v1\"" };

  for (guint i = 0; i < G_N_ELEMENTS (etags); i++)
    {
      g_autoptr (Studio) studio = studio_new (etags[i]);

      rushes_pieces_want (studio->pieces, 5 * MIB);
      begin (studio);
      assert_ends_well (studio);
      g_assert_cmpuint (rushes_slow_host_count_parts (studio->host), ==, 0);
    }
}

/* A host that answers with anything but that part of that clip is asked no more, and the download does not mind. */
static void
test_refused (void)
{
  for (RushesParts parts = RUSHES_PARTS_NOT; parts <= RUSHES_PARTS_EMPTY; parts++)
    {
      g_autoptr (Studio) studio = studio_new ("\"v1\"");

      rushes_slow_host_set_parts (studio->host, parts, NULL);
      begin (studio);
      rushes_pieces_want (studio->pieces, 5 * MIB);
      await_parts (studio, 1);
      /* Of the last two the head is right: who wanted something else by now would ask once more. */
      if (parts < RUSHES_PARTS_TOO_MUCH)
        rushes_pieces_want (studio->pieces, 4 * MIB);
      assert_ends_well (studio);
      g_assert_cmpuint (rushes_slow_host_count_parts (studio->host), ==, 1);
      g_assert_cmpint (rushes_pieces_measure (studio->pieces, 4 * MIB), ==, 0);
      if (parts != RUSHES_PARTS_TOO_MUCH)
        g_assert_cmpint (rushes_pieces_measure (studio->pieces, 5 * MIB), ==, 0);
    }
}

/* A connection that breaks is tried again, but not for ever. */
static void
test_broken (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");

  rushes_slow_host_set_parts (studio->host, RUSHES_PARTS_BROKEN, NULL);
  begin (studio);
  rushes_pieces_want (studio->pieces, 5 * MIB);
  await_parts (studio, 3);
  assert_ends_well (studio);
  g_assert_cmpuint (rushes_slow_host_count_parts (studio->host), ==, 3);
}

/* Whoever wants something else does not wait for what he does not want any more. */
static void
test_moved (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");

  rushes_slow_host_set_parts (studio->host, RUSHES_PARTS_STALLED, NULL);
  begin (studio);
  rushes_pieces_want (studio->pieces, 5 * MIB);
  await_parts (studio, 1);
  rushes_slow_host_set_parts (studio->host, RUSHES_PARTS_GOOD, NULL);
  rushes_pieces_want (studio->pieces, 3 * MIB);
  assert_piece (studio, 3 * MIB, MIB);
  assert_ends_well (studio);
}

/* The download breaks off, and with it what is brought beside it; when it goes on, so does that. */
static void
test_resumed (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");

  begin (studio);
  rushes_pieces_want (studio->pieces, 5 * MIB);
  assert_piece (studio, 5 * MIB, SIZE - 5 * MIB);
  break_off (studio);
  rushes_pieces_want (studio->pieces, 3 * MIB);

  begin (studio);
  assert_piece (studio, 3 * MIB, SIZE - 3 * MIB);
  assert_no_hole (studio);
  assert_ends_well (studio);
}

/* Under a fresh address the same clip is known by its ETag; of another one nothing stays. */
static void
test_renewed (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");
  guint n_parts;

  begin_at (studio, "?signed=1");
  rushes_pieces_want (studio->pieces, 5 * MIB);
  assert_piece (studio, 5 * MIB, SIZE - 5 * MIB);
  n_parts = rushes_slow_host_count_parts (studio->host);
  break_off (studio);

  begin_at (studio, "?signed=2");
  assert_piece (studio, 5 * MIB, SIZE - 5 * MIB);
  g_assert_cmpuint (rushes_slow_host_count_parts (studio->host), ==, n_parts);
  break_off (studio);

  rushes_pieces_want (studio->pieces, 0);
  rushes_slow_host_set_etag (studio->host, "\"v2\"");
  begin_at (studio, "?signed=3");
  assert_ends_well (studio);
  g_assert_cmpint (rushes_pieces_measure (studio->pieces, 5 * MIB), ==, 0);
}

static void
test_key (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");
  g_autoptr (Studio) other = studio_new ("\"v1\"");
  const char *origins[] = { rushes_slow_host_get_origin (studio->host), NULL };
  g_autoptr (RushesCredentials) credentials =
      rushes_credentials_new (RUSHES_AUTH_HEADER, "X-API-Key", FALSE, KEY, origins);
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  studio->options.credentials = credentials;
  rushes_slow_host_set_parts (studio->host, RUSHES_PARTS_AWAY, rushes_slow_host_get_origin (other->host));
  begin (studio);
  rushes_pieces_want (studio->pieces, 5 * MIB);
  assert_piece (studio, 5 * MIB, MIB);
  here = rushes_slow_host_get_header (studio->host, "x-api-key");
  there = rushes_slow_host_get_header (other->host, "x-api-key");
  g_assert_cmpstr (here, ==, KEY);
  g_assert_cmpstr (there, ==, NULL);
  assert_ends_well (studio);
}

/* The host is a proxy here, so that a public name can be reached, which then leads into a private network. */
static void
test_private (void)
{
  g_autoptr (Studio) studio = studio_new ("\"v1\"");
  g_autoptr (Studio) other = studio_new ("\"v1\"");

  g_object_unref (studio->http);
  studio->http = rushes_http_for_proxy (rushes_slow_host_get_origin (studio->host));
  rushes_slow_host_set_parts (studio->host, RUSHES_PARTS_AWAY, rushes_slow_host_get_origin (other->host));
  studio->work =
      rushes_http_download (studio->http, "http://cdn.example.com/clip", studio->part, &studio->options, NULL);
  rushes_pieces_want (studio->pieces, 5 * MIB);
  await_parts (studio, 3);
  assert_ends_well (studio);
  g_assert_cmpuint (rushes_slow_host_count_parts (other->host), ==, 0);
  g_assert_cmpint (rushes_pieces_measure (studio->pieces, 5 * MIB), ==, 0);
}

/* However much is wanted, only the latest of it is in memory. */
static void
test_bounded (void)
{
  g_autoptr (RushesPieces) pieces = rushes_pieces_new ();
  g_autofree char *mib = g_malloc0 (MIB);
  g_autoptr (GBytes) bytes = g_bytes_new_static (mib, MIB);

  rushes_pieces_set_file (pieces, "a clip", 100 * MIB);
  for (gint64 i = 0; i < 40; i++)
    rushes_pieces_add (pieces, i * MIB, bytes);
  for (gint64 i = 0; i < 40; i++)
    g_assert_cmpint (rushes_pieces_measure (pieces, i * MIB), ==, i < 24 ? 0 : (40 - i) * MIB);
  rushes_pieces_clear (pieces);
  g_assert_cmpint (rushes_pieces_measure (pieces, 39 * MIB), ==, 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/http/aside/brought", test_brought);
  rushes_test_add_fiber ("/http/aside/soon", test_soon);
  rushes_test_add_fiber ("/http/aside/no-validator", test_no_validator);
  rushes_test_add_fiber ("/http/aside/refused", test_refused);
  rushes_test_add_fiber ("/http/aside/broken", test_broken);
  rushes_test_add_fiber ("/http/aside/moved", test_moved);
  rushes_test_add_fiber ("/http/aside/resumed", test_resumed);
  rushes_test_add_fiber ("/http/aside/renewed", test_renewed);
  rushes_test_add_fiber ("/http/aside/key", test_key);
  rushes_test_add_fiber ("/http/aside/private", test_private);
  g_test_add_func ("/http/aside/bounded", test_bounded);

  return g_test_run ();
}
