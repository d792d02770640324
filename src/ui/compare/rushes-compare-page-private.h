/* rushes-compare-page-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-compare-page.h"
#include "rushes-compare-pane.h"
#include "rushes-ensemble.h"
#include "rushes-player-controls.h"
#include "rushes-wipe.h"

G_BEGIN_DECLS

struct _RushesComparePage
{
  AdwNavigationPage     parent_instance;

  RushesEnsemble       *ensemble;
  GSettings            *preferences;
  GPtrArray            *panes;  /* borrowed; as the ensemble counts them */
  int                   room;   /* how many panes there is room for in a row */
  gboolean              has_played;
  gboolean              resumes; /* it played when it left the screen */
  GtkWindow            *theatre; /* borrowed; NULL while there is none */

  AdwHeaderBar         *header;
  AdwToggleGroup       *mode;
  RushesWipe           *wipe;
  GtkGrid              *grid;
  RushesPlayerControls *controls;
};

G_END_DECLS
