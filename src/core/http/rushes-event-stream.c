/* rushes-event-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-stream.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-utf8.h"

/* A buffer that grew beyond this for one event is not kept for the next. */
#define KEEP_BYTES (512 * 1024)

static const char bom[] = "\xEF\xBB\xBF";

/* Where the line that is being read goes. */
typedef enum
{
  LINE_START, /* nothing of it is there yet */
  LINE_HELD,  /* in @line, until it is whole */
  LINE_DATA,  /* into @data: a "data" line that is longer than its piece is copied once only */
} LineState;

struct _RushesEventStream
{
  RushesServerEventFunc func;
  gpointer user_data;
  gsize limit;

  gboolean has_cr;   /* the piece that is being read */
  gboolean is_ascii; /* it, too */
  gboolean is_plain; /* and all that is held of earlier ones */
  guint n_bom;       /* bytes of the byte order mark that were seen; 3 when that is over */
  gboolean skip_lf;  /* the line before ended with a CR */
  LineState state;
  GByteArray *line;
  GByteArray *data; /* lines of data, each with its LF */
  gboolean has_data;
  GString *type;
  GString *id;     /* the buffer; it counts when an event is dispatched */
  gboolean new_id; /* it may be another one than the last */
  char *last_id;
  gint64 retry;
  guint64 n_events;
  guint64 n_repaired;
  gboolean failed;
};

RushesEventStream *
rushes_event_stream_new (RushesServerEventFunc func, gpointer user_data)
{
  RushesEventStream *self = g_new0 (RushesEventStream, 1);

  self->func = func;
  self->user_data = user_data;
  self->limit = RUSHES_EVENT_MAX_BYTES;
  self->line = g_byte_array_new ();
  self->data = g_byte_array_new ();
  self->type = g_string_new (NULL);
  self->id = g_string_new (NULL);
  self->last_id = g_strdup ("");
  self->retry = -1;
  return self;
}

void
rushes_event_stream_free (RushesEventStream *self)
{
  g_byte_array_unref (self->line);
  g_byte_array_unref (self->data);
  g_string_free (self->type, TRUE);
  g_string_free (self->id, TRUE);
  g_free (self->last_id);
  g_free (self);
}

void
rushes_event_stream_set_limit (RushesEventStream *self, gsize limit)
{
  self->limit = limit;
}

/* ---- fields ---- */

static void
empty (GByteArray **array)
{
  if ((*array)->len > KEEP_BYTES)
    {
      g_byte_array_unref (*array);
      *array = g_byte_array_new ();
    }
  else
    g_byte_array_set_size (*array, 0);
}

/* Text of the stream, decoded. */
static gboolean
is_whole (RushesEventStream *self, const char *text, gsize length)
{
  return self->is_plain || rushes_utf8_is_whole (text, length);
}

static void
set_text (RushesEventStream *self, GString *target, const char *value, gsize length)
{
  g_autoptr (GString) repaired = NULL;
  guint n_repaired = 0;

  g_string_truncate (target, 0);
  if (is_whole (self, value, length))
    {
      g_string_append_len (target, value, length);
      return;
    }
  repaired = rushes_utf8_repair (value, length, &n_repaired);
  g_string_append_len (target, repaired->str, repaired->len);
  self->n_repaired += n_repaired;
}

static void
tell (RushesEventStream *self, const char *data, gsize length)
{
  g_autoptr (GString) repaired = NULL;
  guint n_repaired = 0;
  RushesServerEvent event = { self->type->len > 0 ? self->type->str : "message", data, length, self->last_id };

  if (!is_whole (self, data, length))
    {
      repaired = rushes_utf8_repair (data, length, &n_repaired);
      event.data = repaired->str;
      event.length = repaired->len;
      self->n_repaired += n_repaired;
    }
  self->n_events++;
  self->func (&event, self->user_data);
  self->is_plain = self->is_ascii;
  if (self->type->len > 0)
    g_string_truncate (self->type, 0);
}

static void
dispatch (RushesEventStream *self)
{
  if (self->new_id)
    g_set_str (&self->last_id, self->id->str);
  self->new_id = FALSE;
  if (self->has_data)
    {
      /* Without the LF of the last line. */
      tell (self, (const char *) self->data->data, self->data->len - 1);
      empty (&self->data);
      self->has_data = FALSE;
    }
  else
    g_string_truncate (self->type, 0);
}

static void
add_data (RushesEventStream *self, const char *value, gsize length)
{
  g_byte_array_append (self->data, (const guchar *) value, length);
  g_byte_array_append (self->data, (const guchar *) "\n", 1);
  self->has_data = TRUE;
}

static void
set_retry (RushesEventStream *self, const char *value, gsize length)
{
  gint64 milliseconds = 0;

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isdigit (value[i]))
      return;
    else if (milliseconds < G_MAXINT)
      milliseconds = milliseconds * 10 + (value[i] - '0');
  if (length > 0)
    self->retry = milliseconds;
}

static gboolean
is_field (const char *field, gsize length, const char *name)
{
  return length == strlen (name) && memcmp (field, name, length) == 0;
}

static void
process_field (RushesEventStream *self, const char *field, gsize field_length, const char *value, gsize length)
{
  if (is_field (field, field_length, "data"))
    add_data (self, value, length);
  else if (is_field (field, field_length, "event"))
    set_text (self, self->type, value, length);
  else if (is_field (field, field_length, "id"))
    {
      if (memchr (value, '\0', length) != NULL)
        return;
      set_text (self, self->id, value, length);
      self->new_id = TRUE;
    }
  else if (is_field (field, field_length, "retry"))
    set_retry (self, value, length);
}

/* Skips the one blank that may follow a colon. */
static const char *
find_value (const char *colon, const char *end)
{
  const char *value = colon + 1;

  return value < end && *value == ' ' ? value + 1 : value;
}

static void
process_line (RushesEventStream *self, const char *line, gsize length)
{
  const char *end = line + length;
  const char *colon = memchr (line, ':', length);
  const char *value;

  if (length == 0)
    dispatch (self);
  else if (colon == NULL)
    process_field (self, line, length, end, 0);
  else if (colon > line)
    {
      value = find_value (colon, end);
      process_field (self, line, colon - line, value, end - value);
    }
}

/* ---- lines ---- */

/* Most streams have neither a CR nor anything but ASCII, which one look at a piece tells of all events in it. Loops of
 * a fixed length become many bytes at a time. */
static void
look_at (RushesEventStream *self, const char *bytes, gsize length)
{
  gboolean holds = self->state != LINE_START || self->has_data;
  const gsize block = 64;
  guchar any = 0, cr = 0;
  gsize n = 0;

  for (; length - n >= block; n += block)
    for (gsize i = 0; i < block; i++)
      {
        any |= (guchar) bytes[n + i];
        cr |= bytes[n + i] == '\r';
      }
  for (; n < length; n++)
    {
      any |= (guchar) bytes[n];
      cr |= bytes[n] == '\r';
    }
  self->has_cr = cr != 0;
  self->is_ascii = any < 0x80;
  self->is_plain = self->is_ascii && (self->is_plain || !holds);
}

static const char *
find_line_end (RushesEventStream *self, const char *from, const char *end)
{
  const char *lf = memchr (from, '\n', end - from);
  const char *cr = self->has_cr ? memchr (from, '\r', (lf != NULL ? lf : end) - from) : NULL;

  return cr != NULL ? cr : lf;
}

/* An event of one short line of data, by far the most common, is told from where it lies: "data: …\n\n". */
static const char *
try_whole_event (RushesEventStream *self, const char *line, const char *line_end, const char *end)
{
  const char *value;

  if (self->has_data || self->new_id || end - line_end < 2 || line_end[0] != '\n' || line_end[1] != '\n' ||
      line_end - line < 5 || memcmp (line, "data:", 5) != 0 || (gsize) (line_end - line) > self->limit)
    return NULL;

  value = find_value (line + 4, line_end);
  tell (self, value, line_end - value);
  return line_end + 2;
}

/* The piece ends within a line: what is there is put where the rest will follow. */
static void
hold (RushesEventStream *self, const char *from, const char *end)
{
  const char *value;

  if (self->state == LINE_START && end - from > 6 && memcmp (from, "data:", 5) == 0)
    {
      self->state = LINE_DATA;
      value = find_value (from + 4, end);
      g_byte_array_append (self->data, (const guchar *) value, end - value);
    }
  else if (self->state == LINE_DATA)
    g_byte_array_append (self->data, (const guchar *) from, end - from);
  else
    {
      self->state = LINE_HELD;
      g_byte_array_append (self->line, (const guchar *) from, end - from);
    }
}

static void
finish_line (RushesEventStream *self, const char *from, const char *line_end)
{
  switch (self->state)
    {
    case LINE_DATA:
      add_data (self, from, line_end - from);
      break;
    case LINE_HELD:
      g_byte_array_append (self->line, (const guchar *) from, line_end - from);
      process_line (self, (const char *) self->line->data, self->line->len);
      empty (&self->line);
      break;
    case LINE_START:
    default:
      process_line (self, from, line_end - from);
    }
  self->state = LINE_START;
}

static gboolean
check_limit (RushesEventStream *self, gsize more, GError **error)
{
  g_autofree char *size = NULL;

  if (self->line->len + self->data->len + more <= self->limit)
    return TRUE;
  self->failed = TRUE;
  size = g_format_size_full (self->limit, G_FORMAT_SIZE_IEC_UNITS);
  /* Translators: a size such as “8.0 MiB”. */
  rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("An event of the stream is larger than %s."), size);
  return FALSE;
}

static gboolean
feed (RushesEventStream *self, const char *bytes, gsize length, GError **error)
{
  const char *end = bytes + length;

  look_at (self, bytes, length);
  while (bytes < end)
    {
      const char *line_end, *next;

      if (self->skip_lf)
        {
          self->skip_lf = FALSE;
          if (*bytes == '\n')
            {
              bytes++;
              continue;
            }
        }

      line_end = find_line_end (self, bytes, end);
      if (self->state == LINE_START && line_end != NULL &&
          (next = try_whole_event (self, bytes, line_end, end)) != NULL)
        {
          bytes = next;
          continue;
        }
      if (!check_limit (self, (line_end != NULL ? line_end : end) - bytes, error))
        return FALSE;
      if (line_end == NULL)
        {
          hold (self, bytes, end);
          return TRUE;
        }
      finish_line (self, bytes, line_end);
      self->skip_lf = *line_end == '\r';
      bytes = line_end + 1;
    }
  return TRUE;
}

/* One byte order mark at the very beginning is none of the text's. It may come in pieces, and be something else in the
 * end. */
static gboolean
skip_bom (RushesEventStream *self, const char **bytes, gsize *length, GError **error)
{
  while (*length > 0 && self->n_bom < strlen (bom))
    {
      guint n_seen = self->n_bom;

      if (**bytes != bom[n_seen])
        {
          self->n_bom = strlen (bom);
          return feed (self, bom, n_seen, error);
        }
      self->n_bom++;
      (*bytes)++;
      (*length)--;
    }
  return TRUE;
}

gboolean
rushes_event_stream_feed (RushesEventStream *self, const char *bytes, gsize length, GError **error)
{
  if (self->failed)
    return check_limit (self, self->limit + 1, error);
  return skip_bom (self, &bytes, &length, error) && feed (self, bytes, length, error);
}

void
rushes_event_stream_end (RushesEventStream *self)
{
  empty (&self->line);
  empty (&self->data);
  g_string_truncate (self->type, 0);
  g_string_assign (self->id, self->last_id);
  self->new_id = FALSE;
  self->has_data = FALSE;
  self->state = LINE_START;
  self->skip_lf = FALSE;
  self->n_bom = 0;
  self->failed = FALSE;
}

const char *
rushes_event_stream_get_last_id (RushesEventStream *self)
{
  return self->last_id;
}

void
rushes_event_stream_set_last_id (RushesEventStream *self, const char *id)
{
  g_string_assign (self->id, id);
  g_set_str (&self->last_id, id);
}

gint64
rushes_event_stream_get_retry (RushesEventStream *self)
{
  return self->retry;
}

guint64
rushes_event_stream_get_n_events (RushesEventStream *self)
{
  return self->n_events;
}

guint64
rushes_event_stream_get_n_repaired (RushesEventStream *self)
{
  return self->n_repaired;
}
