/* rushes-take-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-pace.h"
#include "rushes-registry.h"
#include "rushes-take.h"
#include "rushes-texture-cache.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesTakeCard:
 *
 * A tile of the library: the picture of a take, where it stands, and what it is called. It follows its take by itself, loads the picture when it is
 * bound and forgets the wish when it is bound to another; its seconds tick only while it is on the screen and its take is in work.
 *
 * Properties, notified: take (RushesTake, NULL), tile-width (int: the least width in pixels; the picture is asked for at a scale to match), show-project (boolean:
 * tells its project instead of the time), selecting (boolean: shows a check mark), selected (boolean). Read-only: title and words (strings: what a
 * screen reader says of it and of its state).
 *
 * Signals: ::remedy (RushesTake) when its one button is pressed.
 */
#define RUSHES_TYPE_TAKE_CARD (rushes_take_card_get_type ())
G_DECLARE_FINAL_TYPE (RushesTakeCard, rushes_take_card, RUSHES, TAKE_CARD, AdwBin)

GtkWidget    *rushes_take_card_new         (RushesLibrary     *library,
                                            RushesRegistry    *registry,
                                            RushesThumbnailer *thumbnailer,
                                            RushesPace        *pace,
                                            RushesTextureCache *cache);
RushesTake   *rushes_take_card_get_take    (RushesTakeCard    *self);
void          rushes_take_card_set_take    (RushesTakeCard    *self,
                                            RushesTake        *take);
/* What a drag of the card shows: its tile as it looks now. */
GdkPaintable *rushes_take_card_get_picture (RushesTakeCard    *self) G_GNUC_WARN_UNUSED_RESULT;
/* The pointer rests on the card, @x pixels from its left edge: a clip shows what it has at that part of its length, unless
 * motion is reduced. */
void          rushes_take_card_preview     (RushesTakeCard    *self,
                                            double             x);
/* The pointer is gone. */
void          rushes_take_card_end_preview (RushesTakeCard    *self);

G_END_DECLS
