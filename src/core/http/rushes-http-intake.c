/* rushes-http-intake.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-http-intake.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-credentials-private.h"
#include "rushes-error.h"
#include "rushes-http-call.h"
#include "rushes-reply-file.h"

#define READ_SIZE (64 * 1024)
#define PIECE     (256 * 1024)

/* In which a form of a key could be. */
#define LONGEST_WORD (64 * 1024)

/* On the disk. A clip of a minute in base64 is far below. */
#define MAX_SPOOLED (512 * 1024 * 1024)

/* With a count of references, since what works on a thread may outlive the fiber. Of the body the first part is in the
 * file, if there is one, and the rest in memory. What lies in the draft is in memory as well: it is there for the
 * process that comes after a crash. */
typedef struct
{
  RushesCredentials *credentials;
  GFile *spool; /* NULL, too, when it cannot be written */
  gboolean keeps;
  guint status;
  SoupMessageHeaders *headers;
  char *address;
  RushesReplyFile *file;
  RushesReplyFile *draft;
  guint n_drafted; /* bytes of the memory that lie in the draft */
  gboolean no_draft;
  RushesHttpWorth worth;
  GByteArray *memory;
} Intake;

static void
intake_clear (gpointer data)
{
  Intake *self = data;

  g_clear_pointer (&self->credentials, rushes_credentials_unref);
  g_clear_object (&self->spool);
  soup_message_headers_unref (self->headers);
  g_free (self->address);
  g_clear_pointer (&self->file, rushes_reply_file_free);
  g_clear_pointer (&self->draft, rushes_reply_file_free);
  g_byte_array_unref (self->memory);
}

static void
intake_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, intake_clear);
}

typedef Intake IntakeRef;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IntakeRef, intake_unref)

static DexFuture *
run_step (Intake *self, RushesWorkFunc func)
{
  return rushes_async_work (func, g_atomic_rc_box_acquire (self), intake_unref);
}

static SoupMessageHeaders *
copy_headers (RushesHttpExchange *exchange, RushesCredentials *credentials)
{
  SoupMessageHeaders *copy = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  SoupMessageHeadersIter iter;
  const char *name, *value;

  soup_message_headers_iter_init (&iter, rushes_http_exchange_get_headers (exchange));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    {
      g_autofree char *safe =
          credentials != NULL ? rushes_credentials_redact_header (credentials, value) : g_strdup (value);

      soup_message_headers_append (copy, name, safe);
    }
  return copy;
}

/* ---- while it comes ---- */

/* No form of a key goes over the end of a line, so that whole ones can be looked through each by itself. */
static gboolean
draft_lines (Intake *self)
{
  const char *start = (const char *) self->memory->data + self->n_drafted;
  const char *end = (const char *) self->memory->data + self->memory->len;
  g_autoptr (GBytes) lines = NULL;
  g_autoptr (GBytes) safe = NULL;

  while (end > start && end[-1] != '\n')
    end--;
  if (end == start)
    return TRUE;

  lines = g_bytes_new_static (start, end - start);
  safe = self->credentials != NULL ? rushes_credentials_redact_body (self->credentials, lines) : g_bytes_ref (lines);
  if (self->draft == NULL)
    self->draft = rushes_reply_file_open (self->spool, self->status, self->headers, self->address, NULL);
  if (self->draft == NULL ||
      !rushes_reply_file_append (self->draft, g_bytes_get_data (safe, NULL), g_bytes_get_size (safe), NULL))
    return FALSE;
  self->n_drafted += (guint) (end - start);
  return TRUE;
}

/* A disk that is full has taken what was written before; the whole answer is tried again in the end. */
static DexFuture *
draft (gpointer data)
{
  Intake *self = data;

  if (!draft_lines (self) ||
      (self->worth == RUSHES_HTTP_SYNC && self->draft != NULL && !rushes_reply_file_sync (self->draft, NULL)))
    {
      self->no_draft = TRUE;
      g_clear_pointer (&self->draft, rushes_reply_file_free);
    }
  return dex_future_new_true ();
}

/* The file cannot take it: all of it is in memory again, and goes on there. */
static gboolean
bring_back (Intake *self, GError **error)
{
  g_autoptr (GBytes) written = self->file != NULL ? rushes_reply_file_read_back (self->file) : NULL;

  if (self->file != NULL && written == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                        _ ("The answer could neither be kept on the disk nor in memory."));
      return FALSE;
    }
  if (written != NULL)
    g_byte_array_prepend (self->memory, g_bytes_get_data (written, NULL), (guint) g_bytes_get_size (written));
  g_clear_pointer (&self->file, rushes_reply_file_free);
  if (!self->keeps)
    g_unlink (g_file_peek_path (self->spool));
  g_clear_object (&self->spool);
  return TRUE;
}

/* Where words end, near the end of what is there: no form of a key goes over that place. In a clip that came as one
 * word there is none, and no key either. */
static guint
find_end_of_words (const GByteArray *memory)
{
  guint least = memory->len > LONGEST_WORD ? memory->len - LONGEST_WORD : 0;

  for (guint end = memory->len; end > least; end--)
    if (strchr (" \t\r\n\"", memory->data[end - 1]) != NULL)
      return end;
  return memory->len;
}

/* Appends the first @length bytes that are in memory to the file, with keys replaced, and keeps the rest. */
static gboolean
pour (Intake *self, guint length)
{
  g_autoptr (GBytes) words = g_bytes_new_static (self->memory->data, length);
  g_autoptr (GBytes) safe =
      self->credentials != NULL ? rushes_credentials_redact_body (self->credentials, words) : g_bytes_ref (words);
  GByteArray *rest;

  if (!rushes_reply_file_append (self->file, g_bytes_get_data (safe, NULL), g_bytes_get_size (safe), NULL))
    return FALSE;
  rest = g_byte_array_new ();
  g_byte_array_append (rest, self->memory->data + length, self->memory->len - length);
  g_byte_array_unref (self->memory);
  self->memory = rest;
  return TRUE;
}

static DexFuture *
move_to_file (gpointer data)
{
  Intake *self = data;
  GError *error = NULL;

  g_clear_pointer (&self->draft, rushes_reply_file_free);
  if (self->file == NULL)
    self->file = rushes_reply_file_open (self->spool, self->status, self->headers, self->address, NULL);
  if (self->file != NULL && pour (self, find_end_of_words (self->memory)))
    return dex_future_new_true ();
  return bring_back (self, &error) ? dex_future_new_true () : dex_future_new_for_error (error);
}

/* What can be read line by line is in the file already, and stays in memory until it is really large. */
static guint
get_most (Intake *self)
{
  if (self->file != NULL)
    return PIECE;
  return self->worth == RUSHES_HTTP_GATHER ? RUSHES_REPLY_FILE_LARGE : RUSHES_HTTP_MAX_REPLY;
}

static gboolean
keep_piece (Intake *self, GError **error)
{
  if (self->spool == NULL)
    return TRUE;
  if (self->memory->len > get_most (self))
    return dex_await (run_step (self, move_to_file), error);
  if (self->worth == RUSHES_HTTP_GATHER || self->file != NULL || self->no_draft)
    return TRUE;
  return dex_await (run_step (self, draft), error);
}

static gboolean
read_body (Intake *self, RushesHttpExchange *exchange, RushesHttpListen listen, gpointer user_data, GError **error)
{
  gint64 limit = self->spool != NULL ? MAX_SPOOLED : RUSHES_HTTP_MAX_REPLY;
  gint64 size = 0;
  gsize length;

  do
    {
      g_autoptr (GBytes) bytes = dex_await_boxed (rushes_http_exchange_read (exchange, READ_SIZE), error);

      if (bytes == NULL)
        return FALSE;
      length = g_bytes_get_size (bytes);
      size += (gint64) length;
      if (size > limit)
        {
          rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s gave an answer that is too large to be one."),
                            rushes_http_exchange_get_host (exchange));
          return FALSE;
        }
      if (length > 0)
        g_byte_array_append (self->memory, g_bytes_get_data (bytes, NULL), (guint) length);
      if (length > 0 && listen != NULL)
        self->worth = listen (g_bytes_get_data (bytes, NULL), length, user_data);
      if (!keep_piece (self, error))
        return FALSE;
    }
  while (length > 0);

  return TRUE;
}

/* What reads from the file goes on with that. */
static DexFuture *
remove_file (gpointer data)
{
  Intake *self = data;

  if (!self->keeps && self->file != NULL)
    g_unlink (g_file_peek_path (self->spool));
  return dex_future_new_true ();
}

/* The end of an answer that was too large for memory. */
static RushesHttpReply *
finish_file (Intake *self)
{
  RushesHttpReply *reply = NULL;

  if (pour (self, self->memory->len) && rushes_reply_file_finish (self->file, NULL))
    reply = rushes_reply_file_load (self->spool, NULL);
  if (reply != NULL)
    dex_unref (remove_file (self));
  return reply;
}

/* Of what is in memory, which is empty then. */
static RushesHttpReply *
take_memory (Intake *self)
{
  g_autoptr (GBytes) body = g_byte_array_free_to_bytes (g_steal_pointer (&self->memory));

  self->memory = g_byte_array_new ();
  if (self->credentials != NULL)
    {
      GBytes *safe = rushes_credentials_redact_body (self->credentials, body);

      g_bytes_unref (body);
      body = safe;
    }
  return rushes_http_reply_new (self->status, self->headers, body, self->address);
}

/* A connection may break off behind an answer that had all of its meaning: then it is kept. */
static DexFuture *
keep_if_meant (gpointer data)
{
  Intake *self = data;
  g_autoptr (RushesHttpReply) reply = take_memory (self);

  if (rushes_http_reply_get_json (reply) != NULL)
    rushes_http_reply_save (reply, self->spool, NULL);
  return dex_future_new_true ();
}

static DexFuture *
make_reply (gpointer data)
{
  Intake *self = data;
  g_autoptr (RushesHttpReply) reply = self->file != NULL ? finish_file (self) : NULL;
  GError *error = NULL;

  g_clear_pointer (&self->draft, rushes_reply_file_free);
  if (reply == NULL)
    {
      if (self->file != NULL && !bring_back (self, &error))
        return dex_future_new_for_error (error);

      reply = take_memory (self);
      if (self->spool != NULL && self->keeps)
        rushes_http_reply_save (reply, self->spool, NULL);
    }

  return dex_future_new_take_boxed (RUSHES_TYPE_HTTP_REPLY, g_steal_pointer (&reply));
}

RushesHttpReply *
rushes_http_take_in (RushesHttpExchange *exchange,
                     const char *address,
                     RushesCredentials *credentials,
                     GFile *spool,
                     gboolean keeps,
                     RushesHttpListen listen,
                     gpointer user_data,
                     GError **error)
{
  g_autoptr (IntakeRef) self = g_atomic_rc_box_new0 (Intake);
  g_autoptr (GError) problem = NULL;

  self->credentials = credentials != NULL ? rushes_credentials_ref (credentials) : NULL;
  g_set_object (&self->spool, spool);
  self->keeps = keeps;
  self->status = rushes_http_exchange_get_status (exchange);
  self->headers = copy_headers (exchange, credentials);
  self->address = g_strdup (address);
  self->memory = g_byte_array_new ();

  if (read_body (self, exchange, listen, user_data, &problem))
    return dex_await_boxed (run_step (self, make_reply), error);
  if (self->draft != NULL)
    {
      self->worth = RUSHES_HTTP_SYNC;
      dex_await (run_step (self, draft), NULL);
    }
  else if (self->spool != NULL && self->file != NULL)
    dex_await (run_step (self, remove_file), NULL);
  else if (self->spool != NULL && self->keeps && g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_NETWORK))
    dex_await (run_step (self, keep_if_meant), NULL);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}
