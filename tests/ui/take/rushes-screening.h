/* rushes-screening.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"
#include "rushes-take-page-private.h"
#include "rushes-test.h"
#include "rushes-test-window.h"

G_BEGIN_DECLS

/* Frames of a screening's clip, each of a brightness of its own, and seconds of one. */
#define RUSHES_SCREENING_FRAMES 50
#define RUSHES_SCREENING_FRAME 0.04

/**
 * RushesScreening:
 *
 * One take in a library of the test's own, on its page in a window: pushed over another page, with toasts, as in the
 * program.
 */
typedef struct
{
  RushesFolders     *folders;
  RushesLibrary     *library;
  RushesRegistry    *registry;
  RushesQueue       *queue;
  RushesThumbnailer *thumbnailer;
  RushesTake        *take;
  GtkWidget         *window;
  AdwNavigationView *places;
  RushesTakePage    *page;    /* NULL once it is gone */
  RushesTake        *remixed; /* of the last ::remix */
  gboolean           cached;  /* a clip that it brings is kept for now only */
  GBytes            *png;     /* of the last ::use-frame */
  char              *role;
  char              *name;
} RushesScreening;

/* The take is brought to @state (as the library would: READY with a clip, FAILED with @error) before its page is made.
 * */
RushesScreening *rushes_screening_open  (int               width,
                                         int               height,
                                         RushesTakeState   state,
                                         const GError     *error) G_GNUC_WARN_UNUSED_RESULT;
/* Fails when the page is kept alive by somebody. */
void             rushes_screening_close (RushesScreening  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesScreening, rushes_screening_close)

/* Takes the take on, step by step. */
void             rushes_screening_bring (RushesScreening  *self,
                                         RushesTakeState   state,
                                         const GError     *error);
/* A new page of the same take. */
void             rushes_screening_push  (RushesScreening  *self);

/* Which frame the player stands at, by its position. */
int              rushes_screening_frame (RushesScreening  *self);

/* What rushes-test-window.h has. @check takes the screening and @data. */
#define rushes_screening_await(self, check, data)    rushes_test_await (check, self, data)
#define rushes_screening_find(widget, type, words)   rushes_test_find (widget, type, words)
#define rushes_screening_press(self, key)            rushes_test_press (key)

G_END_DECLS
