/* rushes-stage.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"
#include "rushes-library-page-private.h"
#include "rushes-test.h"

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

/* Waits for a future that must not fail. */
void            rushes_stage_expect   (DexFuture        *future);

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

/* Waits until @check says so, and fails with its name when it does not within a reasonable time. */
#define rushes_stage_await(self, check, data) rushes_stage_await_check (self, check, data, #check, __FILE__, __LINE__)
void            rushes_stage_await_check (RushesStage   *self,
                                       gboolean        (*check) (RushesStage *self,
                                                                 gpointer     data),
                                       gpointer          data,
                                       const char       *name,
                                       const char       *file,
                                       int               line);
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
/* The first widget of @type below @widget that is shown and, unless @label is NULL, has that label; NULL. */
GtkWidget      *rushes_stage_find     (GtkWidget        *widget,
                                       GType             type,
                                       const char       *label);

/* ---- a person ---- */

/* Puts the focus on the card of @take. */
void            rushes_stage_focus    (RushesStage      *self,
                                       RushesTake       *take);
/* A key as xdotool names it: "Return", "ctrl+d". */
void            rushes_stage_press    (RushesStage      *self,
                                       const char       *key);
/* The pointer on the middle of @widget, and a click. */
void            rushes_stage_click    (RushesStage      *self,
                                       GtkWidget        *widget,
                                       guint             button);
/* The same while a key is held: "shift". */
void            rushes_stage_click_with (RushesStage    *self,
                                       GtkWidget        *widget,
                                       const char       *key);
void            rushes_stage_drag     (RushesStage      *self,
                                       GtkWidget        *from,
                                       GtkWidget        *to);

G_END_DECLS
