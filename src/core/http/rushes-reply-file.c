/* rushes-reply-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-reply-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rushes-disk.h"
#include "rushes-error.h"
#include "rushes-http-call.h"
#include "rushes-json-reader.h"

struct _RushesReplyFile
{
  char *path;
  int fd;
  char *head; /* the line without its last member */
  gsize n_head;
  gsize length;
};

static gboolean
write_at (RushesReplyFile *self, gsize offset, gconstpointer data, gsize length, GError **error)
{
  const guint8 *rest = data;

  while (length > 0)
    {
      gssize n_written = pwrite (self->fd, rest, length, (off_t) offset);

      if (n_written < 0 && errno == EINTR)
        continue;
      if (n_written < 0)
        return rushes_disk_set_error (error, self->path, errno);
      rest += n_written;
      offset += (gsize) n_written;
      length -= (gsize) n_written;
    }
  return TRUE;
}

gboolean
rushes_reply_file_sync (RushesReplyFile *self, GError **error)
{
  return fsync (self->fd) == 0 || rushes_disk_set_error (error, self->path, errno);
}

static char *
make_head (guint status, SoupMessageHeaders *headers, const char *address)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonObject *fields = json_object_new ();
  SoupMessageHeadersIter iter;
  const char *name, *value;
  char *line;

  if (headers != NULL)
    {
      soup_message_headers_iter_init (&iter, headers);
      while (soup_message_headers_iter_next (&iter, &name, &value))
        {
          g_autofree char *all = g_utf8_make_valid (soup_message_headers_get_list (headers, name), -1);

          json_object_set_string_member (fields, name, all);
        }
    }

  json_object_set_int_member (object, "status", status);
  json_object_set_string_member (object, "address", address != NULL ? address : "");
  json_object_set_object_member (object, "headers", fields);
  json_node_take_object (node, object);

  line = json_to_string (node, FALSE);
  line[strlen (line) - 1] = '\0';
  return line;
}

/* The length has always the same room, so that it can be filled in. */
static gboolean
write_head (RushesReplyFile *self, gint64 length, GError **error)
{
  g_autofree char *line = g_strdup_printf ("%s,\"length\":%-19" G_GINT64_FORMAT "}\n", self->head, length);

  self->n_head = strlen (line);
  return write_at (self, 0, line, self->n_head, error);
}

/* A file that an earlier reply may still read from is left to it. */
static int
open_file (const char *path)
{
  struct stat info;

  if (stat (path, &info) == 0 && info.st_size > RUSHES_REPLY_FILE_LARGE)
    g_unlink (path);
  return g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

RushesReplyFile *
rushes_reply_file_open (GFile *spool, guint status, SoupMessageHeaders *headers, const char *address, GError **error)
{
  g_autoptr (RushesReplyFile) self = g_new0 (RushesReplyFile, 1);

  self->path = g_file_get_path (spool);
  self->fd = open_file (self->path);
  if (self->fd < 0)
    {
      rushes_disk_set_error (error, self->path, errno);
      return NULL;
    }

  self->head = make_head (status, headers, address);
  return write_head (self, -1, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
rushes_reply_file_append (RushesReplyFile *self, gconstpointer data, gsize length, GError **error)
{
  if (!write_at (self, self->n_head + self->length, data, length, error))
    return FALSE;
  self->length += length;
  return TRUE;
}

GBytes *
rushes_reply_file_read_back (RushesReplyFile *self)
{
  g_autofree guint8 *data = g_try_malloc (self->length);
  gsize n_read = 0;

  while (data != NULL && n_read < self->length)
    {
      gssize n = pread (self->fd, data + n_read, self->length - n_read, (off_t) (self->n_head + n_read));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return NULL;
      n_read += (gsize) n;
    }
  return n_read == self->length ? g_bytes_new_take (g_steal_pointer (&data), n_read) : NULL;
}

gboolean
rushes_reply_file_finish (RushesReplyFile *self, GError **error)
{
  if (!rushes_reply_file_sync (self, error) || !write_head (self, (gint64) self->length, error))
    return FALSE;
  if (ftruncate (self->fd, (off_t) (self->n_head + self->length)) != 0)
    return rushes_disk_set_error (error, self->path, errno);
  return rushes_reply_file_sync (self, error);
}

void
rushes_reply_file_free (RushesReplyFile *self)
{
  g_clear_fd (&self->fd, NULL);
  g_free (self->path);
  g_free (self->head);
  g_free (self);
}

/* ---- reading ---- */

/* Of a file that the disk has damaged, what no header can be is left out. */
static void
add_header (JsonObject *fields, const char *name, JsonNode *value, gpointer headers)
{
  const char *text = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_string (value) : NULL;

  if (text != NULL && *name != '\0' && strpbrk (name, " \t\r\n:") == NULL && strpbrk (text, "\r\n") == NULL)
    soup_message_headers_append (headers, name, text);
}

/* Behind what was written lies what the file was made with: zeros. */
static gsize
measure_lines (GBytes *rest)
{
  gsize size;
  const char *data = g_bytes_get_data (rest, &size);
  const char *end = size > 0 ? memchr (data, '\0', size) : NULL;

  if (end == NULL)
    end = data + size;
  while (end > data && end[-1] != '\n')
    end--;
  return end - data;
}

static gboolean
begins_json (GBytes *body)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);

  if (size >= 3 && memcmp (data, "\xef\xbb\xbf", 3) == 0)
    {
      data += 3;
      size -= 3;
    }
  while (size > 0 && g_ascii_isspace (*data))
    {
      data++;
      size--;
    }
  return size > 0 && (*data == '{' || *data == '[');
}

static RushesHttpReply *
make_reply (guint status, SoupMessageHeaders *headers, GBytes *body, const char *address, int fd, gsize start)
{
  gsize length = g_bytes_get_size (body);
  g_autoptr (RushesLongTexts) texts = NULL;
  g_autoptr (GBytes) own = NULL;
  RushesHttpReply *reply;

  if (length <= RUSHES_REPLY_FILE_LARGE)
    own = g_bytes_new (g_bytes_get_data (body, NULL), length);
  else if (begins_json (body))
    texts = rushes_long_texts_new (fd, (gint64) start, (gint64) length, RUSHES_HTTP_MAX_REPLY, &own);
  reply = rushes_http_reply_new (status, headers, own != NULL ? own : body, address);
  reply->texts = g_steal_pointer (&texts);
  /* What is so large without being a clip is no answer. */
  reply->parsed = own == NULL;
  return reply;
}

/* NULL when the head is no head, or nothing that can be read follows it. */
static RushesHttpReply *
read_reply (JsonNode *head, GBytes *rest, int fd, gsize start)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (head, "");
  g_autoptr (GBytes) body = NULL;
  const char *address = rushes_json_reader_get_string (reader, "address", "");
  gint64 status = rushes_json_reader_get_integer (reader, "status", 100, 999, 0);
  gint64 length = rushes_json_reader_get_integer (reader, "length", 0, G_MAXINT64, -1);
  JsonNode *fields = rushes_json_reader_get_node (reader, "headers");
  gboolean cut = length < 0;
  RushesHttpReply *reply;

  if (cut)
    length = (gint64) measure_lines (rest);
  if (status == 0 || (cut && length == 0) || (guint64) length > g_bytes_get_size (rest))
    return NULL;

  if (fields != NULL && JSON_NODE_HOLDS_OBJECT (fields))
    json_object_foreach_member (json_node_get_object (fields), add_header, headers);
  body = g_bytes_new_from_bytes (rest, 0, (gsize) length);
  reply = make_reply ((guint) status, headers, body, address, fd, start);
  reply->cut = cut;
  return reply;
}

RushesHttpReply *
rushes_reply_file_load (GFile *spool, GError **error)
{
  g_autofd int fd = g_open (g_file_peek_path (spool), O_RDONLY | O_CLOEXEC, 0);
  g_autoptr (GMappedFile) file = fd >= 0 ? g_mapped_file_new_from_fd (fd, FALSE, NULL) : NULL;
  g_autoptr (GBytes) bytes = file != NULL ? g_mapped_file_get_bytes (file) : NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  RushesHttpReply *reply = NULL;
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  const char *end = length > 0 ? memchr (data, '\n', length) : NULL;

  json_parser_set_strict (parser, TRUE);
  if (length == 0 || *data == '\0')
    {
      rushes_set_error (error, RUSHES_ERROR_NOT_FOUND, "%s", _ ("No answer was kept."));
      return NULL;
    }

  if (end != NULL && json_parser_load_from_data (parser, data, end - data, NULL) &&
      json_parser_get_root (parser) != NULL) /* an empty line is no mistake */
    {
      gsize n_head = (gsize) (end + 1 - data);
      g_autoptr (GBytes) rest = g_bytes_new_from_bytes (bytes, n_head, length - n_head);

      reply = read_reply (json_parser_get_root (parser), rest, fd, n_head);
    }
  if (reply == NULL)
    {
      GError *reason = rushes_error_new (RUSHES_ERROR_PROTOCOL, "%s", _ ("The answer that was kept is not whole."));

      /* There was an answer, and it may have been that the task was accepted. */
      rushes_error_set_charged (reason, RUSHES_CHARGED_MAYBE);
      g_propagate_error (error, reason);
    }
  return reply;
}
