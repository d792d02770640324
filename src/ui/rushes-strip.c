/* rushes-strip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-strip.h"

#include "rushes-clip-frame.h"
#include "rushes-texture.h"

struct _RushesStrip
{
  GObject parent_instance;

  GdkTexture *texture;
  guint frame;
};

static void rushes_strip_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesStrip,
                               rushes_strip,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, rushes_strip_paintable_init))

/* All frames are drawn, and all but one of them cut off. */
static void
rushes_strip_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  RushesStrip *self = RUSHES_STRIP (paintable);
  float column = (float) (self->frame % RUSHES_STRIP_COLUMNS);
  float row = (float) (self->frame / RUSHES_STRIP_COLUMNS);

  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT (-column * (float) width, -row * (float) height,
                                                    RUSHES_STRIP_COLUMNS * (float) width,
                                                    RUSHES_STRIP_ROWS * (float) height));
  gtk_snapshot_pop (snapshot);
}

static GdkPaintableFlags
rushes_strip_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE;
}

static int
rushes_strip_get_intrinsic_width (GdkPaintable *paintable)
{
  return gdk_texture_get_width (RUSHES_STRIP (paintable)->texture) / RUSHES_STRIP_COLUMNS;
}

static int
rushes_strip_get_intrinsic_height (GdkPaintable *paintable)
{
  return gdk_texture_get_height (RUSHES_STRIP (paintable)->texture) / RUSHES_STRIP_ROWS;
}

static void
rushes_strip_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = rushes_strip_snapshot;
  iface->get_flags = rushes_strip_get_flags;
  iface->get_intrinsic_width = rushes_strip_get_intrinsic_width;
  iface->get_intrinsic_height = rushes_strip_get_intrinsic_height;
}

static void
rushes_strip_finalize (GObject *object)
{
  g_clear_object (&RUSHES_STRIP (object)->texture);

  G_OBJECT_CLASS (rushes_strip_parent_class)->finalize (object);
}

static void
rushes_strip_class_init (RushesStripClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_strip_finalize;
}

static void
rushes_strip_init (RushesStrip *self)
{
}

RushesStrip *
rushes_strip_new (GdkTexture *texture)
{
  RushesStrip *self;

  g_return_val_if_fail (GDK_IS_TEXTURE (texture), NULL);

  self = g_object_new (RUSHES_TYPE_STRIP, NULL);
  self->texture = g_object_ref (texture);

  return self;
}

void
rushes_strip_set_place (RushesStrip *self, double place)
{
  guint frame;

  g_return_if_fail (RUSHES_IS_STRIP (self));

  frame = (guint) CLAMP (place * RUSHES_STRIP_FRAMES, 0, RUSHES_STRIP_FRAMES - 1);
  if (self->frame == frame)
    return;
  self->frame = frame;
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

guint
rushes_strip_get_frame (RushesStrip *self)
{
  g_return_val_if_fail (RUSHES_IS_STRIP (self), 0);

  return self->frame;
}

static DexFuture *
made (DexFuture *future, gpointer data)
{
  return rushes_texture_load (g_value_get_object (dex_future_get_value (future, NULL)));
}

static DexFuture *
loaded (DexFuture *future, gpointer data)
{
  return dex_future_new_take_object (rushes_strip_new (g_value_get_object (dex_future_get_value (future, NULL))));
}

DexFuture *
rushes_strip_load (RushesThumbnailer *thumbnailer, RushesClip *clip)
{
  DexFuture *future;

  dex_return_error_if_fail (RUSHES_IS_THUMBNAILER (thumbnailer));
  dex_return_error_if_fail (RUSHES_IS_CLIP (clip));

  future = dex_future_then (rushes_thumbnailer_load_strip (thumbnailer, clip), made, NULL, NULL);

  return dex_future_then (future, loaded, NULL, NULL);
}
