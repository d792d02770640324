/* rushes-set.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-composer-private.h"
#include "rushes-test.h"
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

/* Waits until @check says so, and fails when it does not within a reasonable time. */
void        rushes_set_await      (RushesSet           *self,
                                   gboolean           (*check) (RushesSet *self,
                                                                gconstpointer data),
                                   gconstpointer        data);
/* Waits until a toast, or anything else that is shown, says @words among others, and gives its label; borrowed. */
GtkWidget  *rushes_set_await_words (RushesSet          *self,
                                    const char         *words);
/* Waits for the first frame of the draft; borrowed. */
RushesReference *rushes_set_await_picture (RushesSet   *self);
/* The first widget of @type that is shown below @widget and, unless @words is NULL, has that label or title; NULL. */
GtkWidget  *rushes_set_find       (GtkWidget           *widget,
                                   GType                type,
                                   const char          *words);

/* The first widget below @widget, itself first, of which @test says so; NULL. */
GtkWidget  *rushes_set_search     (GtkWidget           *widget,
                                   gboolean           (*test) (GtkWidget    *widget,
                                                               gconstpointer data),
                                   gconstpointer        data);
/* Waits until @widget has its place and does not move. */
void        rushes_set_await_rest (RushesSet           *self,
                                   GtkWidget           *widget);

/* A person: keys as xdotool names them, words as they are typed, the pointer on the middle of a widget and a click. */
void        rushes_set_press      (const char          *key);
void        rushes_set_type       (const char          *words);
void        rushes_set_click      (RushesSet           *self,
                                   GtkWidget           *widget);
/* From the middle of one widget to the middle of another. */
void        rushes_set_drag       (RushesSet           *self,
                                   GtkWidget           *from,
                                   GtkWidget           *to);
/* The window that has the focus, with its shadow, by its corner. */
void        rushes_set_resize     (int                  width,
                                   int                  height);

G_END_DECLS
