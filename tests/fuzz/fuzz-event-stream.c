/* fuzz-event-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An event stream: however its bytes are cut, the same comes out of it. The first byte says how large an event may be.
 */

#include <string.h>

#include "rushes-event-stream.h"
#include "rushes-fuzz.h"
#include "rushes-utf8.h"

static void
note_event (const RushesServerEvent *event, gpointer data)
{
  GString *told = data;

  g_assert_true (g_utf8_validate (event->type, -1, NULL) && g_utf8_validate (event->id, -1, NULL) &&
                 rushes_utf8_is_whole (event->data, event->length));
  g_string_append_printf (told, "%s\1%s\1%" G_GSIZE_FORMAT "\1", event->type, event->id, event->length);
  g_string_append_len (told, event->data, (gssize) event->length);
  g_string_append_c (told, '\2');
}

/* Feeds it in pieces of @piece bytes; with 0 in pieces whose sizes depend on what is in them. */
static char *
tell (const char *bytes, gsize size, gsize limit, gsize piece, gsize *n_told)
{
  GString *told = g_string_new (NULL);
  g_autoptr (RushesEventStream) stream = rushes_event_stream_new (note_event, told);
  g_autoptr (GError) error = NULL;
  gboolean is_good = TRUE;

  rushes_event_stream_set_limit (stream, limit);
  for (gsize done = 0, length; is_good && done < size; done += length)
    {
      g_autofree char *copy = NULL;

      length = MIN (piece > 0 ? piece : 1 + (guchar) bytes[done] % 7, size - done);
      copy = g_memdup2 (bytes + done, length);
      is_good = rushes_event_stream_feed (stream, copy, length, &error);
    }
  if (error != NULL)
    rushes_fuzz_check_error (error);
  g_assert_true (is_good == (error == NULL));
  g_string_append_printf (told, "%d %s %" G_GINT64_FORMAT " %" G_GUINT64_FORMAT, is_good,
                          rushes_event_stream_get_last_id (stream), rushes_event_stream_get_retry (stream),
                          rushes_event_stream_get_n_events (stream));
  rushes_event_stream_end (stream);
  g_string_append_printf (told, " %s %" G_GUINT64_FORMAT, rushes_event_stream_get_last_id (stream),
                          rushes_event_stream_get_n_repaired (stream));

  *n_told = told->len;
  return g_string_free_and_steal (told);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *bytes = (const char *) data + 1;
  gsize limit = size > 0 && data[0] < 0x80 ? data[0] : RUSHES_EVENT_MAX_BYTES;
  static const gsize pieces[] = { 1, 2, 3, 0 };
  g_autofree char *whole = NULL;
  gsize n_whole;

  if (size == 0)
    return 0;
  whole = tell (bytes, size - 1, limit, G_MAXSIZE, &n_whole);
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      gsize n_told;
      g_autofree char *told = tell (bytes, size - 1, limit, pieces[i], &n_told);

      g_assert_cmpmem (told, n_told, whole, n_whole);
    }

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  static const char *const texts[] = {
    "\xff\xef\xbb\xbf: hello\nid: 7\nevent: state\nretry: 2500\ndata: {\"state\":\"running\"}\n\n",
    "\xff"
    "data: a\rdata:b\r\n\r\nid\ndata\n\ndata: \xe2\x82\n\n",
    "\x20"
    "data: this one is longer than thirty-two bytes, and so ends it all\n\n",
    "\x10"
    "data: 1\n\ndata: 2\ndata: 3\n\nid: 1\0002\n\n",
    "\xff"
    "data: {\"choices\":[{\"delta\":{\"content\":\"<think>\"}}]}\n\ndata: [DONE]\n\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rushes_fuzz_add_text (seeds, texts[i]);
}
