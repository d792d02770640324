/* bench-events.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "rushes-event-stream.h"

/* Bytes of each stream, and of the pieces in which they arrive. */
#define STREAM_BYTES (64 * 1024 * 1024)
#define PIECE_BYTES  (64 * 1024)
#define ROUNDS       5

/* As they come: a keep-alive's size, a piece of an answer, a picture. */
static GString *
make_stream (const char *kind)
{
  GString *stream = g_string_sized_new (STREAM_BYTES + 1024 * 1024);
  g_autofree char *large = g_strnfill (256 * 1024, 'x');

  for (guint i = 0; stream->len < STREAM_BYTES; i++)
    if (g_str_equal (kind, "small"))
      g_string_append_printf (stream, "data: %u\n\n", i);
    else if (g_str_equal (kind, "typical"))
      g_string_append_printf (
          stream,
          "data: {\"id\":\"chatcmpl-%u\",\"object\":\"chat.completion.chunk\",\"created\":1760000000,"
          "\"model\":\"grok-imagine-0.9\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"frame "
          "%u of the clip\"},\"finish_reason\":null}]}\n\n",
          i, i);
    else
      g_string_append_printf (stream, "data: %s\n\n", large);
  return stream;
}

static void
count (const RushesServerEvent *event, gpointer user_data)
{
  *(guint64 *) user_data += event->length;
}

/* Seconds of this thread's own work, whatever else the machine does. */
static double
read_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static double
time_parsing (const GString *stream)
{
  guint64 sum = 0;
  g_autoptr (RushesEventStream) parser = rushes_event_stream_new (count, &sum);
  double begin = read_clock ();

  for (gsize i = 0; i < stream->len; i += PIECE_BYTES)
    if (!rushes_event_stream_feed (parser, stream->str + i, MIN (PIECE_BYTES, stream->len - i), NULL))
      g_error ("The stream could not be read.");
  g_assert (sum > 0);
  return read_clock () - begin;
}

/* What any parser has to do at least: look at each byte for the end of a line. */
static double
time_memchr (const GString *stream)
{
  double begin = read_clock ();
  volatile gsize n = 0;

  for (gsize i = 0; i < stream->len; i += PIECE_BYTES)
    {
      const char *p = stream->str + i;
      const char *end = p + MIN (PIECE_BYTES, stream->len - i);

      while (p < end && (p = memchr (p, '\n', end - p)) != NULL)
        {
          n++;
          p++;
        }
    }
  return read_clock () - begin;
}

static double
best_of (double (*measure) (const GString *stream), const GString *stream)
{
  double best = G_MAXDOUBLE;

  for (guint i = 0; i < ROUNDS; i++)
    best = MIN (best, measure (stream));
  return stream->len / best / 1e6;
}

/* The other parser reads the same bytes from a file, and prints its speed. */
static double
time_other (const GString *stream, const char *script)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "rushes-bench-XXXXXX", NULL);
  g_autofree char *out = NULL;
  int fd = g_mkstemp (path);
  double speed = 0;

  if (fd >= 0 && g_file_set_contents (path, stream->str, stream->len, NULL))
    {
      const char *argv[] = { "node", script, path, NULL };

      if (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, NULL, NULL) &&
          out != NULL)
        speed = g_ascii_strtod (out, NULL);
    }
  remove (path);
  return speed;
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "small", "typical", "large" };

  printf ("%-10s %14s %14s %22s\n", "MB/s", "rushes", "memchr", "eventsource-parser");
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GString) stream = make_stream (kinds[i]);
      double ours = best_of (time_parsing, stream);
      double limit = best_of (time_memchr, stream);
      double other = argc > 1 ? time_other (stream, argv[1]) : 0;

      printf ("%-10s %14.0f %14.0f", kinds[i], ours, limit);
      if (other > 0)
        printf (" %14.0f (%4.1f×)\n", other, ours / other);
      else
        printf (" %22s\n", "not there");
      fflush (stdout);
    }
  return 0;
}
