/* rushes-set.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-composer-private.h"
#include "rushes-test.h"
#include "rushes-test-window.h"
#include "rushes-window-private.h"

G_BEGIN_DECLS

/* Members of a description that say how a service is spoken to, which nobody here ever is. */
#define RUSHES_SET_SERVICE                                                                                             \
  "\"engine\":\"http\",\"regions\":[],\"auth\":{\"scheme\":\"none\"},\"waiting\":\"synchronous\","                     \
  "\"protocol\":{\"submit\":{\"path\":\"/takes\"},\"answer\":{\"clips\":{\"at\":[\"url\"]}}}"

/**
 * RushesSet:
 *
 * A window that fills the screen over a studio in a folder of the test's own, with two providers: the animatic, which really renders, and "loom",
 * whose one model "Linen" can do other things and never gets ready.
 */
typedef struct
{
  RushesFolders  *folders;
  RushesRegistry *registry;
  RushesStudio   *studio;
  RushesWindow   *window;
  RushesComposer *composer; /* the window's */
  GListModel     *takes;    /* all there are, of all projects */
} RushesSet;

RushesSet  *rushes_set_open       (void) G_GNUC_WARN_UNUSED_RESULT;
/* Fails when the window, the composer or the studio are still alive. */
void        rushes_set_close      (RushesSet           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesSet, rushes_set_close)
/* Ends the program and begins it anew with the same folders. */
void        rushes_set_reopen     (RushesSet           *self);

/* A provider whose takes never get ready, from its description, that cannot be used for the reason of @problem (a
 * sentence; NULL when it can). Add it to the registry. */
RushesProvider *rushes_set_new_provider (const char    *json,
                                         const char    *problem) G_GNUC_WARN_UNUSED_RESULT;
void        rushes_set_give_problem (RushesProvider    *provider,
                                     const char        *problem);

/* Shows the composer, which a first start does without. */
void        rushes_set_compose    (RushesSet           *self);
void        rushes_set_choose     (RushesSet           *self,
                                   const char          *provider_id);
RushesDraft *rushes_set_draft     (RushesSet           *self);
/* How many takes the library has. */
guint       rushes_set_count      (RushesSet           *self);

/* A picture in a file of its own, by a name that ends in .png; borrowed bytes of the same are given by the second. */
GFile      *rushes_set_picture    (const char          *name,
                                   int                  width,
                                   int                  height) G_GNUC_WARN_UNUSED_RESULT;
/* Gives files to the composer, as a drop of them does. */
void        rushes_set_bring      (RushesSet           *self,
                                   GFile              **files,
                                   guint                n_files);
/* A text in a file of its own. */
GFile      *rushes_set_text_file  (const char          *name) G_GNUC_WARN_UNUSED_RESULT;

/* Waits for the first frame of the draft; borrowed. */
RushesReference *rushes_set_await_picture (RushesSet   *self);

/* What rushes-test-window.h has, in this window. @check takes the set and @data. */
#define rushes_set_await(self, check, data)       rushes_test_await (check, self, data)
#define rushes_set_await_words(self, words)       rushes_test_await_words (GTK_WIDGET ((self)->window), words)
#define rushes_set_await_rest(self, widget)       rushes_test_await_rest (widget)
#define rushes_set_search(widget, match, data)    rushes_test_search (widget, match, data)
#define rushes_set_find(widget, type, words)      rushes_test_find (widget, type, words)
#define rushes_set_press(key)                     rushes_test_press (key)
#define rushes_set_type(words)                    rushes_test_type (words)
#define rushes_set_click(self, widget)            rushes_test_click (widget, GDK_BUTTON_PRIMARY)
#define rushes_set_drag(self, from, to)           rushes_test_drag (from, to)
#define rushes_set_resize(width, height)          rushes_test_resize (width, height)

G_END_DECLS
