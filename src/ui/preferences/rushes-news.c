/* rushes-news.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-news.h"

#include "rushes-ui.h"

#define PAUSE_MS 150

struct _RushesNews
{
  GObject parent_instance;

  GObject *owner; /* borrowed; outlives it */
  RushesNewsRead read;
  RushesNewsCame came;
  gboolean reading;
  gboolean again;
  guint pause; /* source; 0 */
};

G_DEFINE_FINAL_TYPE (RushesNews, rushes_news, G_TYPE_OBJECT)

static void
rested (gpointer data)
{
  RushesNews *self = data;

  self->pause = 0;
  if (self->again)
    rushes_news_look (self);
}

static void
came (gpointer object, DexFuture *future, gpointer data)
{
  RushesNews *self = object;

  self->reading = FALSE;
  if (self->owner == NULL)
    return;
  self->pause = g_timeout_add_once (PAUSE_MS, rested, self);
  self->came (self->owner, future);
}

void
rushes_news_look (RushesNews *self)
{
  g_return_if_fail (RUSHES_IS_NEWS (self));

  self->again = self->reading || self->pause != 0;
  if (self->again)
    return;
  self->reading = TRUE;
  rushes_when (self->read (self->owner), self, came, NULL, NULL);
}

static void
rushes_news_dispose (GObject *object)
{
  RushesNews *self = RUSHES_NEWS (object);

  self->owner = NULL;
  g_clear_handle_id (&self->pause, g_source_remove);

  G_OBJECT_CLASS (rushes_news_parent_class)->dispose (object);
}

static void
rushes_news_class_init (RushesNewsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rushes_news_dispose;
}

static void
rushes_news_init (RushesNews *self)
{
}

RushesNews *
rushes_news_new (RushesLibrary *library, GObject *owner, RushesNewsRead read, RushesNewsCame came_func)
{
  RushesNews *self;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (G_IS_OBJECT (owner), NULL);

  self = g_object_new (RUSHES_TYPE_NEWS, NULL);
  self->owner = owner;
  self->read = read;
  self->came = came_func;
  g_signal_connect_object (library, "written", G_CALLBACK (rushes_news_look), self, G_CONNECT_SWAPPED);
  rushes_news_look (self);

  return self;
}
