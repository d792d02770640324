/* rushes-well.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-delivery.h"
#include "rushes-importer.h"
#include "rushes-reference.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/* Where the picture of a well may go, as its menu offers it. */
typedef enum
{
  RUSHES_WELL_STAYS         = 0,
  RUSHES_WELL_TO_FIRST      = 1 << 0,
  RUSHES_WELL_TO_LAST       = 1 << 1,
  RUSHES_WELL_TO_REFERENCES = 1 << 2,
  RUSHES_WELL_SWAP          = 1 << 3, /* first and last frame */
  RUSHES_WELL_LEFT          = 1 << 4, /* among the references */
  RUSHES_WELL_RIGHT         = 1 << 5,
} RushesWellMoves;

/**
 * RushesWell:
 *
 * A place for one picture of a take: it takes drops, pastes and files, brings them into the library and shows the
 * picture it holds.
 *
 * Properties, notified: role (RushesReferenceRole, as an int), reference (RushesReference, NULL while empty), title
 * (what the place is called), caption (a line under the picture's name), mention (how a prompt names the picture: "@2", NULL
 * when it does not), compact (one line while it is empty),
 * required (whether there must be a picture; said in that line), maximum-height (int, pixels of the picture), aspect
 * (double: the shape that the picture is cut to, width / height; 0 for none). Read-only: busy (boolean), paintable
 * (GdkPaintable: the picture as it is shown, NULL).
 *
 * Signals: ::delivered (RushesDelivery) when something was brought: whoever holds the draft decides what becomes of it;
 * ::cleared when the person takes the picture out; ::menu-opening before its menu is shown, which then follows
 * rushes_well_set_moves(); ::moved (uint, one of RushesWellMoves) when the person chose where the picture goes.
 */
#define RUSHES_TYPE_WELL (rushes_well_get_type ())
G_DECLARE_FINAL_TYPE (RushesWell, rushes_well, RUSHES, WELL, AdwBin)

void             rushes_well_set_tools      (RushesWell        *self,
                                             RushesImporter    *importer,
                                             RushesThumbnailer *thumbnailer,
                                             RushesPictureFitter *fitter);
int              rushes_well_get_role       (RushesWell        *self);
RushesReference *rushes_well_get_reference  (RushesWell        *self);
void             rushes_well_set_reference  (RushesWell        *self,
                                             RushesReference   *reference);
GdkPaintable    *rushes_well_get_paintable  (RushesWell        *self);
void             rushes_well_set_aspect     (RushesWell        *self,
                                             double             aspect);
/* What the service takes of the picture that is there: shows what is cut off, and says what will be sent. NULL when
 * nobody is sent anything. */
void             rushes_well_set_limits     (RushesWell        *self,
                                             const RushesPictureLimits *limits);
/* What the menu offers beside replacing, pasting and removing. */
void             rushes_well_set_moves      (RushesWell        *self,
                                             RushesWellMoves    moves);
/* The ways in; each ends in ::delivered. */
void             rushes_well_take_drop      (RushesWell        *self,
                                             GdkDrop           *drop);
void             rushes_well_take_clipboard (RushesWell        *self,
                                             GdkClipboard      *clipboard);
void             rushes_well_take_files     (RushesWell        *self,
                                             GListModel        *files);
void             rushes_well_choose         (RushesWell        *self);
/* Says in the empty well what was wrong with the picture that was brought; NULL takes it away. */
void             rushes_well_set_problem    (RushesWell        *self,
                                             const char        *sentence);

G_END_DECLS
