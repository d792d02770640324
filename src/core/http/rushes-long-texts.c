/* rushes-long-texts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-long-texts.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define WINDOW (128 * 1024)

/* Whoever sends such a name gets a text that it sent itself. */
#define NAME "long text "

struct _RushesLongTexts
{
  int fd;
  GArray *texts; /* of RushesLongText */
};

void
rushes_long_texts_free (RushesLongTexts *self)
{
  g_clear_fd (&self->fd, NULL);
  g_array_unref (self->texts);
  g_free (self);
}

static gssize
read_at (int fd, gint64 offset, gpointer buffer, gsize size)
{
  gsize n_read = 0;

  while (n_read < size)
    {
      gssize n = pread (fd, (char *) buffer + n_read, size - n_read, (off_t) (offset + (gint64) n_read));

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      n_read += (gsize) n;
    }
  return (gssize) n_read;
}

/* ---- going through it ---- */

typedef struct
{
  GString *rest;
  gsize max_rest;
  gint64 offset; /* in the file, of what comes next */
  gboolean in_text;
  gboolean escaped; /* the character before was a backslash */
  gint64 start;     /* of the text that it is in */
  gsize kept;       /* where that text begins in the rest */
} Walk;

static gboolean
is_long (const Walk *walk)
{
  return walk->in_text && walk->offset - walk->start > RUSHES_LONG_TEXT;
}

/* How many bytes belong to the same text, or stand outside of any, and whether another character ends that. */
static gsize
measure (Walk *walk, const char *data, gsize size)
{
  gsize i = 0;

  if (!walk->in_text)
    while (i < size && data[i] != '"')
      i++;
  else
    for (; i < size && (data[i] != '"' || walk->escaped); i++)
      walk->escaped = data[i] == '\\' && !walk->escaped;
  return i;
}

static void
end_text (Walk *walk, RushesLongTexts *self)
{
  if (is_long (walk))
    {
      RushesLongText text = { walk->start, walk->offset - walk->start };

      g_string_append_printf (walk->rest, NAME "%u", self->texts->len);
      g_array_append_val (self->texts, text);
    }
}

static gboolean
take (Walk *walk, RushesLongTexts *self, const char *data, gsize size)
{
  while (size > 0)
    {
      gsize n = measure (walk, data, size);

      walk->offset += (gint64) n;
      if (is_long (walk))
        g_string_truncate (walk->rest, walk->kept);
      else
        g_string_append_len (walk->rest, data, (gssize) n);
      data += n;
      size -= n;
      if (walk->rest->len > walk->max_rest)
        return FALSE;
      if (size == 0)
        break;

      if (walk->in_text)
        end_text (walk, self);
      g_string_append_c (walk->rest, '"');
      walk->in_text = !walk->in_text;
      walk->offset++;
      walk->start = walk->offset;
      walk->kept = walk->rest->len;
      data++;
      size--;
    }
  return TRUE;
}

RushesLongTexts *
rushes_long_texts_new (int fd, gint64 start, gint64 length, gsize max_rest, GBytes **rest)
{
  g_autoptr (RushesLongTexts) self = g_new0 (RushesLongTexts, 1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *window = g_malloc (WINDOW);
  Walk walk = { .rest = text, .max_rest = max_rest, .offset = start };

  self->texts = g_array_new (FALSE, FALSE, sizeof (RushesLongText));
  self->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  while (self->fd >= 0 && walk.offset < start + length)
    {
      gsize wanted = (gsize) MIN (WINDOW, start + length - walk.offset);

      if (read_at (fd, walk.offset, window, wanted) != (gssize) wanted || !take (&walk, self, window, wanted))
        return NULL;
    }
  if (self->fd < 0)
    return NULL;
  *rest = g_string_free_to_bytes (g_steal_pointer (&text));
  return g_steal_pointer (&self);
}

/* ---- reading ---- */

const RushesLongText *
rushes_long_texts_find (RushesLongTexts *self, const char *name)
{
  guint64 index;

  if (!g_str_has_prefix (name, NAME) || self->texts->len == 0 ||
      !g_ascii_string_to_unsigned (name + strlen (NAME), 10, 0, self->texts->len - 1, &index, NULL))
    return NULL;
  return &g_array_index (self->texts, RushesLongText, index);
}

gssize
rushes_long_texts_read (RushesLongTexts *self, const RushesLongText *text, gint64 offset, gpointer buffer, gsize size)
{
  return read_at (self->fd, text->start + offset, buffer, (gsize) MIN ((gint64) size, text->size - offset));
}
