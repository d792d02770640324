/* rushes-way-card.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RushesWayCard:
 *
 * One way to a first clip, as a button: a symbol, a title, and what it is for.
 *
 * Properties, notified: symbol (string: the name of an icon), title (string), subtitle (string), busy (boolean: what it
 * began is on its way), orientation (GtkOrientation: the symbol above the words or before them).
 */
#define RUSHES_TYPE_WAY_CARD (rushes_way_card_get_type ())
G_DECLARE_FINAL_TYPE (RushesWayCard, rushes_way_card, RUSHES, WAY_CARD, GtkButton)

G_END_DECLS
