/* rushes-crowd.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-crowd.h"

#include "rushes-attempt.h"

/* Where the takes of a lane are at work. */
typedef struct
{
  char *host;
  RushesKeyMark *key;
} Account;

struct _RushesCrowd
{
  GObject parent_instance;

  RushesLibrary *library;
  RushesLine *line;
  GHashTable *watched; /* char *, a lane → Account */
};

G_DEFINE_FINAL_TYPE (RushesCrowd, rushes_crowd, G_TYPE_OBJECT)

static void
account_free (Account *account)
{
  g_free (account->host);
  g_clear_pointer (&account->key, rushes_key_mark_free);
  g_free (account);
}

static void
rushes_crowd_finalize (GObject *object)
{
  RushesCrowd *self = RUSHES_CROWD (object);

  g_clear_object (&self->library);
  g_clear_object (&self->line);
  g_hash_table_unref (self->watched);

  G_OBJECT_CLASS (rushes_crowd_parent_class)->finalize (object);
}

static void
rushes_crowd_class_init (RushesCrowdClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_crowd_finalize;
}

static void
rushes_crowd_init (RushesCrowd *self)
{
  self->watched = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) account_free);
}

/* ---- counting ---- */

typedef struct
{
  RushesCrowd *self;
  char *lane;
} Count;

static void
count_free (gpointer data)
{
  Count *count = data;

  g_object_unref (count->self);
  g_free (count->lane);
  g_free (count);
}

static DexFuture *
on_counted (DexFuture *future, gpointer data)
{
  Count *count = data;
  RushesCrowd *self = count->self;
  int n = g_value_get_int (dex_future_get_value (future, NULL));

  if (!g_hash_table_contains (self->watched, count->lane))
    return dex_future_new_true ();
  if (n == 0)
    g_hash_table_remove (self->watched, count->lane);
  rushes_line_set_elsewhere (self->line, count->lane, n);
  return dex_future_new_true ();
}

static DexFuture *
look (RushesCrowd *self, const char *lane, const Account *account)
{
  Count *count = g_new0 (Count, 1);

  count->self = g_object_ref (self);
  count->lane = g_strdup (lane);
  return dex_future_then (rushes_library_count_elsewhere (self->library, account->host, account->key), on_counted,
                          count, count_free);
}

static void
look_at_all (RushesCrowd *self)
{
  GHashTableIter iter;
  gpointer lane, account;

  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &lane, &account))
    dex_future_disown (look (self, lane, account));
}

/* ---- for others ---- */

RushesCrowd *
rushes_crowd_new (RushesLibrary *library, RushesLine *line)
{
  RushesCrowd *self = g_object_new (RUSHES_TYPE_CROWD, NULL);

  self->library = g_object_ref (library);
  self->line = g_object_ref (line);
  g_signal_connect_object (library, "changed", G_CALLBACK (look_at_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (library, "runner-gone", G_CALLBACK (look_at_all), self, G_CONNECT_SWAPPED);

  return self;
}

DexFuture *
rushes_crowd_watch (RushesCrowd *self, const char *lane, const char *host, const RushesKeyMark *key)
{
  Account *account;

  dex_return_error_if_fail (RUSHES_IS_CROWD (self));
  dex_return_error_if_fail (lane != NULL);

  account = g_new0 (Account, 1);
  account->host = g_strdup (host);
  account->key = key != NULL ? rushes_key_mark_copy (key) : NULL;
  g_hash_table_insert (self->watched, g_strdup (lane), account);
  return look (self, lane, account);
}

void
rushes_crowd_forget (RushesCrowd *self, const char *lane)
{
  g_return_if_fail (RUSHES_IS_CROWD (self));

  if (g_hash_table_remove (self->watched, lane))
    rushes_line_set_elsewhere (self->line, lane, 0);
}
