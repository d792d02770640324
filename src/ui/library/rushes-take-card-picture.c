/* rushes-take-card-picture.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is seen on a card: a still, and under the pointer the clip in its course. */

#include "config.h"

#include "rushes-take-card-private.h"

#include "rushes-texture.h"

/* A pointer that only passes by has no clip prepared. */
#define REST_MS 150

static DexFuture *
thumbnail_made (DexFuture *future, gpointer data)
{
  return rushes_texture_load (g_value_get_object (dex_future_get_value (future, NULL)));
}

void
rushes_take_card_show_picture (RushesTakeCard *self, GdkPaintable *paintable)
{
  g_set_object (&self->still, paintable);
  if (self->strip == NULL)
    gtk_picture_set_paintable (self->picture, paintable);
  if (paintable != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self->frame), "blank");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->frame), "blank");
}

/* What is awaited, by a card that may be gone by then. */
typedef struct
{
  GWeakRef card;
  char *key;
} Loading;

static Loading *
loading_new (RushesTakeCard *self, const char *key)
{
  Loading *loading = g_new0 (Loading, 1);

  g_weak_ref_init (&loading->card, self);
  loading->key = g_strdup (key);

  return loading;
}

static void
loading_free (gpointer data)
{
  Loading *loading = data;

  g_weak_ref_clear (&loading->card);
  g_free (loading->key);
  g_free (loading);
}

static DexFuture *
picture_loaded (DexFuture *future, gpointer data)
{
  Loading *loading = data;
  g_autoptr (RushesTakeCard) self = g_weak_ref_get (&loading->card);
  const GValue *value = dex_future_get_value (future, NULL);

  if (self != NULL)
    {
      if (value != NULL && loading->key != NULL)
        rushes_texture_cache_insert (self->cache, loading->key, g_value_get_object (value));
      self->has_none = value == NULL;
      rushes_take_card_show_picture (self, value != NULL ? g_value_get_object (value) : NULL);
      rushes_take_card_update_blank (self);
    }

  return dex_future_new_true ();
}

/* A grid keeps many more cards than are seen, and the latest wish is served first. */
void
rushes_take_card_load_picture_if_seen (RushesTakeCard *self)
{
  g_autofree char *key = NULL;
  DexFuture *future;
  GdkTexture *known;
  int width;

  if (!self->wants_picture || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->wants_picture = FALSE;

  /* Columns grow to half as much again before there is room for one more. */
  width = self->tile_width * 3 / 2 * gtk_widget_get_scale_factor (GTK_WIDGET (self));
  key = rushes_thumbnailer_get_key (self->thumbnailer, self->take, width);
  known = key != NULL ? rushes_texture_cache_lookup (self->cache, key) : NULL;
  if (known != NULL)
    {
      self->has_none = FALSE;
      rushes_take_card_show_picture (self, GDK_PAINTABLE (known));
      rushes_take_card_update_blank (self);
      return;
    }
  future = rushes_thumbnailer_load_take (self->thumbnailer, self->take, width);
  future = dex_future_then (future, thumbnail_made, NULL, NULL);
  self->loading = dex_future_finally (future, picture_loaded, loading_new (self, key), loading_free);
}

void
rushes_take_card_load_picture (RushesTakeCard *self)
{
  /* Nobody else waits for it, so that the wish for another take's picture is given up with its last reference. */
  dex_clear (&self->loading);
  self->wants_picture = self->take != NULL && rushes_take_get_loaded (self->take);
  rushes_take_card_load_picture_if_seen (self);
}

/* ---- the clip in its course ---- */

static gboolean
has_course (RushesTakeCard *self)
{
  gboolean moves = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &moves, NULL);

  return moves && self->take != NULL && gtk_widget_get_visible (self->ready) &&
         rushes_take_get_clip (self->take) != NULL;
}

static DexFuture *
strip_loaded (DexFuture *future, gpointer data)
{
  Loading *loading = data;
  g_autoptr (RushesTakeCard) self = g_weak_ref_get (&loading->card);
  const GValue *value = dex_future_get_value (future, NULL);

  /* Without one the card stays as it was. */
  if (self != NULL && value != NULL)
    {
      self->strip = g_value_dup_object (value);
      rushes_strip_set_place (self->strip, self->place);
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (self->strip));
    }

  return dex_future_new_true ();
}

static void
rested (gpointer data)
{
  RushesTakeCard *self = data;

  self->rest = 0;
  if (has_course (self))
    self->unrolling = dex_future_finally (rushes_strip_load (self->thumbnailer, rushes_take_get_clip (self->take)),
                                          strip_loaded, loading_new (self, NULL), loading_free);
}

void
rushes_take_card_preview (RushesTakeCard *self, double x)
{
  double width;

  g_return_if_fail (RUSHES_IS_TAKE_CARD (self));

  if (!has_course (self))
    return;
  width = MAX (1, gtk_widget_get_width (GTK_WIDGET (self)));
  /* The tape runs from left to right in every language. */
  self->place = CLAMP (x / width, 0, 1);
  if (self->strip != NULL)
    rushes_strip_set_place (self->strip, self->place);
  else if (self->rest == 0 && self->unrolling == NULL)
    self->rest = g_timeout_add_once (REST_MS, rested, self);
}

void
rushes_take_card_end_preview (RushesTakeCard *self)
{
  g_return_if_fail (RUSHES_IS_TAKE_CARD (self));

  g_clear_handle_id (&self->rest, g_source_remove);
  dex_clear (&self->unrolling);
  if (self->strip == NULL)
    return;
  g_clear_object (&self->strip);
  gtk_picture_set_paintable (self->picture, self->still);
}
