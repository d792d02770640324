/* rushes-take-page-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-player-controls.h"
#include "rushes-player.h"
#include "rushes-take-details.h"
#include "rushes-take-page.h"
#include "rushes-take-progress.h"

G_BEGIN_DECLS

struct _RushesTakePage
{
  AdwNavigationPage parent_instance;

  RushesLibrary     *library;
  RushesQueue       *queue;
  RushesRegistry    *registry;
  RushesThumbnailer *thumbnailer;
  RushesTake        *take;
  RushesPlayer      *player;
  GSettings         *preferences;
  GdkPaintable      *poster;  /* until the player has a picture, and behind the progress */
  GtkWindow         *theatre; /* borrowed; NULL while there is none */
  gboolean           below;
  gboolean           narrow;
  gboolean           linked;  /* there is an address where the clip lies at its provider */

  AdwWindowTitle       *heading;
  GtkToggleButton      *details_toggle;
  GtkStack             *stage;
  GtkPicture           *picture;
  GtkDragSource        *frame_source;
  RushesTakeProgress   *progress;
  AdwStatusPage        *trouble;
  GtkButton            *remedy;
  GtkWidget            *doubts; /* what else can be done about an unconfirmed take */
  AdwStatusPage        *unplayable;
  GtkLabel             *codec_help;   /* how to come by a decoder that is missing */
  GtkWidget            *install;      /* it, where the system can */
  AdwBanner            *kept;         /* a clip that is kept for now only */
  GtkWidget            *coming;       /* over a clip that is not whole */
  GtkLabel             *coming_words;
  RushesPlayerControls *controls;
  GtkMenuButton        *menu_button;
  GMenu                *again_section; /* filled as the menu opens */
  GtkWidget            *save;
  GtkWidget            *frame_button;
  RushesTakeDetails    *details;
};

/* rushes-take-page-actions.c */
void rushes_take_page_install_actions (RushesTakePageClass *klass);
/* What is possible follows from where the take stands. */
void rushes_take_page_update_actions  (RushesTakePage      *self);
/* Opens the clip anew, when the system can do what it could not. */
void rushes_take_page_reopen          (RushesTakePage      *self);
/* Sees whether there is an address that could be copied. */
void rushes_take_page_look_for_link   (RushesTakePage      *self);
/* Says in a toast when it fails. Takes @future. */
void rushes_take_page_see_to          (RushesTakePage      *self,
                                       DexFuture           *future);

G_END_DECLS
