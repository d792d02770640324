/* rushes-take-card-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-frame.h"
#include "rushes-strip.h"
#include "rushes-take-card.h"

G_BEGIN_DECLS

struct _RushesTakeCard
{
  AdwBin parent_instance;

  RushesLibrary *library;
  RushesRegistry *registry;
  RushesThumbnailer *thumbnailer;
  RushesPace *pace;
  RushesTextureCache *cache;

  RushesTake *take;
  GSignalGroup *take_signals;
  int tile_width;
  gboolean show_project;
  char *words;
  gboolean selecting;
  gboolean selected;
  DexFuture *loading;
  gboolean wants_picture; /* until it is seen */
  gboolean has_none;      /* as was found out */
  guint clock;
  GdkPaintable *still; /* the picture, whatever is shown for now */
  RushesStrip *strip;  /* while the pointer is on the card */
  double place;        /* of the pointer, 0 to 1 */
  guint rest;
  DexFuture *unrolling;

  RushesFrame *frame;
  GtkPicture *picture;
  GtkWidget *blank;
  GtkWidget *working;
  GtkLabel *stage;
  GtkLabel *elapsed;
  GtkProgressBar *bar;
  GtkWidget *trouble;
  GtkImage *trouble_icon;
  GtkLabel *trouble_heading;
  GtkLabel *reason;
  GtkButton *remedy;
  GtkWidget *ready;
  GtkWidget *unsaved;
  GtkLabel *length;
  GtkLabel *title;
  GtkWidget *star;
  GtkLabel *meta;
  GtkLabel *price;
};

/* Only when it is sure that there is no picture, and no words on trouble stand there, its place is marked. */
void rushes_take_card_update_blank         (RushesTakeCard *self);

/* rushes-take-card-picture.c: a wish for another picture is given up with a new one. */
void rushes_take_card_load_picture         (RushesTakeCard *self);
void rushes_take_card_load_picture_if_seen (RushesTakeCard *self);
void rushes_take_card_show_picture         (RushesTakeCard *self,
                                            GdkPaintable   *paintable);

G_END_DECLS
