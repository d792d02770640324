/* rushes-pieces.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-pieces.h"

#include <string.h>

#define N_PIECES 16

/* What the download itself will have brought in a moment. */
#define SOON (256 * 1024)

typedef struct
{
  gint64 start;
  gsize length;
  guint8 *bytes; /* RUSHES_PIECE_SIZE of them; NULL before it is used */
} Piece;

struct _RushesPieces
{
  GObject parent_instance;

  GMutex lock;
  Piece pieces[N_PIECES];
  guint newest; /* the next one of the ring is the oldest */
  char *identity;
  gint64 total;
  gint64 front;
  gint64 wanted;      /* -1 nothing */
  DexPromise *waiter; /* NULL nobody */
  gint64 known;       /* to the one who waits */
};

G_DEFINE_FINAL_TYPE (RushesPieces, rushes_pieces, G_TYPE_OBJECT)

static void
rushes_pieces_finalize (GObject *object)
{
  RushesPieces *self = RUSHES_PIECES (object);

  for (guint i = 0; i < N_PIECES; i++)
    g_free (self->pieces[i].bytes);
  dex_clear (&self->waiter);
  g_free (self->identity);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (rushes_pieces_parent_class)->finalize (object);
}

static void
rushes_pieces_class_init (RushesPiecesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_pieces_finalize;
}

static void
rushes_pieces_init (RushesPieces *self)
{
  g_mutex_init (&self->lock);
  self->wanted = -1;
  self->total = -1;
}

RushesPieces *
rushes_pieces_new (void)
{
  return g_object_new (RUSHES_TYPE_PIECES, NULL);
}

/* ---- with the lock held ---- */

static const Piece *
find (RushesPieces *self, gint64 offset)
{
  for (guint i = 0; i < N_PIECES; i++)
    {
      const Piece *piece = &self->pieces[i];

      if (offset >= piece->start && offset < piece->start + (gint64) piece->length)
        return piece;
    }
  return NULL;
}

static gint64
measure (RushesPieces *self, gint64 offset)
{
  gint64 end = offset;
  const Piece *piece;

  while ((piece = find (self, end)) != NULL)
    end = piece->start + (gint64) piece->length;
  return end - offset;
}

/* -1 for nothing. */
static gint64
find_missing (RushesPieces *self)
{
  gint64 missing;

  if (self->wanted < 0 || self->wanted < self->front + SOON || measure (self, self->wanted) >= RUSHES_PIECES_AHEAD)
    return -1;
  missing = self->wanted + measure (self, self->wanted);
  return missing < self->total ? missing : -1;
}

static void
drop_all (RushesPieces *self)
{
  for (guint i = 0; i < N_PIECES; i++)
    {
      g_clear_pointer (&self->pieces[i].bytes, g_free);
      self->pieces[i].length = 0;
    }
  self->wanted = -1;
}

/* Gives the lock up. */
static void
unlock_and_tell (RushesPieces *self)
{
  gint64 missing = find_missing (self);
  g_autoptr (DexPromise) waiter = NULL;

  if (missing >= 0 && missing != self->known)
    waiter = g_steal_pointer (&self->waiter);
  g_mutex_unlock (&self->lock);
  if (waiter != NULL)
    dex_promise_resolve_int64 (waiter, missing);
}

/* ---- who reads ---- */

gsize
rushes_pieces_read (RushesPieces *self, gint64 offset, gpointer buffer, gsize length)
{
  gsize n_read = 0;
  const Piece *piece;

  g_return_val_if_fail (RUSHES_IS_PIECES (self), 0);

  g_mutex_lock (&self->lock);
  while (n_read < length && (piece = find (self, offset + (gint64) n_read)) != NULL)
    {
      gsize at = (gsize) (offset + (gint64) n_read - piece->start);
      gsize n = MIN (length - n_read, piece->length - at);

      memcpy ((guint8 *) buffer + n_read, piece->bytes + at, n);
      n_read += n;
    }
  g_mutex_unlock (&self->lock);
  return n_read;
}

gint64
rushes_pieces_measure (RushesPieces *self, gint64 offset)
{
  gint64 length;

  g_return_val_if_fail (RUSHES_IS_PIECES (self), 0);

  g_mutex_lock (&self->lock);
  length = measure (self, offset);
  g_mutex_unlock (&self->lock);
  return length;
}

void
rushes_pieces_want (RushesPieces *self, gint64 offset)
{
  g_return_if_fail (RUSHES_IS_PIECES (self));

  g_mutex_lock (&self->lock);
  self->wanted = offset;
  unlock_and_tell (self);
}

void
rushes_pieces_clear (RushesPieces *self)
{
  g_return_if_fail (RUSHES_IS_PIECES (self));

  g_mutex_lock (&self->lock);
  drop_all (self);
  g_mutex_unlock (&self->lock);
}

/* ---- who fetches ---- */

void
rushes_pieces_set_file (RushesPieces *self, const char *identity, gint64 total)
{
  gint64 wanted;

  g_return_if_fail (RUSHES_IS_PIECES (self));

  g_mutex_lock (&self->lock);
  wanted = self->wanted;
  if (g_set_str (&self->identity, identity) || self->total != total)
    drop_all (self);
  self->total = total;
  self->wanted = wanted;
  g_mutex_unlock (&self->lock);
}

void
rushes_pieces_set_front (RushesPieces *self, gint64 front)
{
  g_return_if_fail (RUSHES_IS_PIECES (self));

  g_mutex_lock (&self->lock);
  self->front = front;
  g_mutex_unlock (&self->lock);
}

DexFuture *
rushes_pieces_await_wish (RushesPieces *self, gint64 but)
{
  DexPromise *promise = dex_promise_new ();

  g_return_val_if_fail (RUSHES_IS_PIECES (self), NULL);

  g_mutex_lock (&self->lock);
  dex_clear (&self->waiter);
  self->waiter = dex_ref (promise);
  self->known = but;
  unlock_and_tell (self);
  return DEX_FUTURE (promise);
}

/* With the lock held: the piece that goes on at @offset and has room, or the oldest one, emptied. */
static Piece *
make_room (RushesPieces *self, gint64 offset)
{
  Piece *piece = &self->pieces[self->newest];

  if (piece->bytes != NULL && piece->start + (gint64) piece->length == offset && piece->length < RUSHES_PIECE_SIZE)
    return piece;

  self->newest = (self->newest + 1) % N_PIECES;
  piece = &self->pieces[self->newest];
  if (piece->bytes == NULL)
    piece->bytes = g_malloc (RUSHES_PIECE_SIZE);
  piece->start = offset;
  piece->length = 0;
  return piece;
}

void
rushes_pieces_add (RushesPieces *self, gint64 offset, GBytes *bytes)
{
  gsize left;
  const guint8 *data = g_bytes_get_data (bytes, &left);

  g_return_if_fail (RUSHES_IS_PIECES (self));

  g_mutex_lock (&self->lock);
  while (left > 0)
    {
      Piece *piece = make_room (self, offset);
      gsize n = MIN (left, RUSHES_PIECE_SIZE - piece->length);

      memcpy (piece->bytes + piece->length, data, n);
      piece->length += n;
      data += n;
      offset += (gint64) n;
      left -= n;
    }
  g_mutex_unlock (&self->lock);
}
