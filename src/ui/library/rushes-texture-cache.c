/* rushes-texture-cache.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-texture-cache.h"

#define BYTES_PER_PIXEL 4

struct _RushesTextureCache
{
  GObject parent_instance;

  GHashTable *places; /* key → GList of all */
  GQueue all;         /* Entry, what was asked for last in front */
  gsize size;
  gsize most;
};

G_DEFINE_FINAL_TYPE (RushesTextureCache, rushes_texture_cache, G_TYPE_OBJECT)

typedef struct
{
  char *key;
  GdkTexture *texture;
  gsize size;
} Entry;

static void
drop (RushesTextureCache *self, GList *place)
{
  Entry *entry = place->data;

  g_hash_table_remove (self->places, entry->key);
  g_queue_delete_link (&self->all, place);
  self->size -= entry->size;
  g_object_unref (entry->texture);
  g_free (entry->key);
  g_free (entry);
}

static void
rushes_texture_cache_finalize (GObject *object)
{
  RushesTextureCache *self = RUSHES_TEXTURE_CACHE (object);

  while (self->all.head != NULL)
    drop (self, self->all.head);
  g_hash_table_unref (self->places);

  G_OBJECT_CLASS (rushes_texture_cache_parent_class)->finalize (object);
}

static void
rushes_texture_cache_class_init (RushesTextureCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_texture_cache_finalize;
}

static void
rushes_texture_cache_init (RushesTextureCache *self)
{
  self->places = g_hash_table_new (g_str_hash, g_str_equal);
  g_queue_init (&self->all);
}

RushesTextureCache *
rushes_texture_cache_new (gsize most)
{
  RushesTextureCache *self = g_object_new (RUSHES_TYPE_TEXTURE_CACHE, NULL);

  self->most = most;

  return self;
}

GdkTexture *
rushes_texture_cache_lookup (RushesTextureCache *self, const char *key)
{
  GList *place;

  g_return_val_if_fail (RUSHES_IS_TEXTURE_CACHE (self), NULL);
  g_return_val_if_fail (key != NULL, NULL);

  place = g_hash_table_lookup (self->places, key);
  if (place == NULL)
    return NULL;
  g_queue_unlink (&self->all, place);
  g_queue_push_head_link (&self->all, place);

  return ((Entry *) place->data)->texture;
}

void
rushes_texture_cache_insert (RushesTextureCache *self, const char *key, GdkTexture *texture)
{
  GList *before;
  Entry *entry;

  g_return_if_fail (RUSHES_IS_TEXTURE_CACHE (self));
  g_return_if_fail (key != NULL);
  g_return_if_fail (GDK_IS_TEXTURE (texture));

  before = g_hash_table_lookup (self->places, key);
  if (before != NULL)
    drop (self, before);

  entry = g_new (Entry, 1);
  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  entry->size = (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture) * BYTES_PER_PIXEL;
  g_queue_push_head (&self->all, entry);
  g_hash_table_insert (self->places, entry->key, self->all.head);
  self->size += entry->size;
  while (self->size > self->most)
    drop (self, self->all.tail);
}

gsize
rushes_texture_cache_get_size (RushesTextureCache *self)
{
  g_return_val_if_fail (RUSHES_IS_TEXTURE_CACHE (self), 0);

  return self->size;
}
