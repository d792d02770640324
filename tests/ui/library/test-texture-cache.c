/* test-texture-cache.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test.h"
#include "rushes-texture-cache.h"

static GdkTexture *
make_texture (int width, int height)
{
  g_autoptr (GBytes) bytes =
      g_bytes_new_take (g_malloc0 ((gsize) width * (gsize) height * 4), (gsize) width * (gsize) height * 4);

  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
}

/* What was asked for last stays, and never more than fits. */
static void
test_bound (void)
{
  g_autoptr (RushesTextureCache) cache = rushes_texture_cache_new (1200);
  g_autoptr (GdkTexture) small = make_texture (10, 10);
  g_autoptr (GdkTexture) large = make_texture (20, 20);

  rushes_texture_cache_insert (cache, "a", small);
  rushes_texture_cache_insert (cache, "b", small);
  rushes_texture_cache_insert (cache, "c", small);
  g_assert_cmpuint (rushes_texture_cache_get_size (cache), ==, 1200);
  g_assert_true (rushes_texture_cache_lookup (cache, "a") == small);
  rushes_texture_cache_insert (cache, "d", small);
  g_assert_cmpuint (rushes_texture_cache_get_size (cache), ==, 1200);
  g_assert_nonnull (rushes_texture_cache_lookup (cache, "a"));
  g_assert_null (rushes_texture_cache_lookup (cache, "b"));
  g_assert_nonnull (rushes_texture_cache_lookup (cache, "c"));

  /* The same again is held once; what is too large not at all. */
  rushes_texture_cache_insert (cache, "a", small);
  g_assert_cmpuint (rushes_texture_cache_get_size (cache), ==, 1200);
  rushes_texture_cache_insert (cache, "e", large);
  g_assert_null (rushes_texture_cache_lookup (cache, "e"));
  g_assert_cmpuint (rushes_texture_cache_get_size (cache), ==, 0);
}

/* A texture that fell out goes, unless somebody shows it. */
static void
test_references (void)
{
  RushesTextureCache *cache = rushes_texture_cache_new (400);
  GdkTexture *texture = make_texture (10, 10);

  rushes_texture_cache_insert (cache, "a", texture);
  g_object_add_weak_pointer (G_OBJECT (texture), (gpointer *) &texture);
  g_object_unref (texture);
  g_assert_nonnull (texture);
  g_object_unref (cache);
  g_assert_null (texture);
}

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/texture-cache/bound", test_bound);
  g_test_add_func ("/texture-cache/references", test_references);

  return g_test_run ();
}
