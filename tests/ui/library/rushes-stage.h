/* rushes-stage.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"
#include "rushes-library-page-private.h"
#include "rushes-test.h"
#include "rushes-test-window.h"

G_BEGIN_DECLS

/**
 * RushesStage:
 *
 * A library page in a window of its own that fills the screen (so that a widget's place is also the pointer's), over a real library in a folder of the
 * test's own. Its provider, "kites", never gets ready, so that a take that is worked on stays in preparation.
 */
typedef struct
{
  RushesFolders     *folders;
  RushesLibrary     *library;
  RushesRegistry    *registry;
  RushesQueue       *queue;
  RushesThumbnailer *thumbnailer;
  GtkWidget         *window;
  GtkWidget         *target; /* a label under the page that takes files */
  RushesLibraryPage *page;
  RushesTake        *opened;  /* of the last ::open-take */
  RushesTake        *remixed; /* of the last ::remix */
  GFile             *dropped; /* on the label */
} RushesStage;

RushesStage    *rushes_stage_open     (void) G_GNUC_WARN_UNUSED_RESULT;
/* Fails when the page outlives its window. */
void            rushes_stage_close    (RushesStage      *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesStage, rushes_stage_close)

/* ---- takes ---- */

RushesRequest  *rushes_stage_request  (RushesStage      *self,
                                       const char       *prompt) G_GNUC_WARN_UNUSED_RESULT;
/* Puts takes into the first project; the array is theirs in the order of the prompts. */
GPtrArray      *rushes_stage_order    (RushesStage      *self,
                                       const char      **prompts) G_GNUC_WARN_UNUSED_RESULT;
RushesTake     *rushes_stage_order_one (RushesStage     *self,
                                       const char       *prompt) G_GNUC_WARN_UNUSED_RESULT;
/* Takes it there step by step; @error is for FAILED and UNCONFIRMED, READY gets a clip that plays. */
void            rushes_stage_bring    (RushesStage      *self,
                                       RushesTake       *take,
                                       RushesTakeState   state,
                                       const GError     *error);

/* ---- what is on the screen ---- */

/* Waits until the page lists @n takes. */
void            rushes_stage_await_n  (RushesStage      *self,
                                       guint             n);
/* Waits until a card shows @take, and gives it; borrowed. */
RushesTakeCard *rushes_stage_card     (RushesStage      *self,
                                       RushesTake       *take);
/* Waits until what a screen reader hears of @take has @words in it. */
void            rushes_stage_await_words (RushesStage   *self,
                                       RushesTake       *take,
                                       const char       *words);
/* All cards there are, shown or kept for later. */
guint           rushes_stage_count_cards (RushesStage   *self);

/* ---- a person ---- */

/* Puts the focus on the card of @take. */
void            rushes_stage_focus    (RushesStage      *self,
                                       RushesTake       *take);

/* What rushes-test-window.h has. @check takes the stage and @data. */
#define rushes_stage_expect(future)                  rushes_test_expect (future)
#define rushes_stage_await(self, check, data)        rushes_test_await (check, self, data)
#define rushes_stage_find(widget, type, words)       rushes_test_find (widget, type, words)
#define rushes_stage_press(self, key)                rushes_test_press (key)
#define rushes_stage_click(self, widget, button)     rushes_test_click (widget, button)
#define rushes_stage_click_with(self, widget, key)   rushes_test_click_with (widget, key)
#define rushes_stage_drag(self, from, to)            rushes_test_drag (from, to)

G_END_DECLS
