/* rushes-listing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-set.h"

#include "rushes-catalogue-dialog.h"

G_BEGIN_DECLS

/**
 * RushesListing:
 *
 * The list of all models over the window of a set, with the service "kites" beside those of the set.
 */
typedef struct
{
  RushesSet   *set;
  AdwDialog   *dialog;
  GtkListView *view;
} RushesListing;

/* The description of the service. */
extern const char rushes_listing_kites[];

/* A set whose composer has the model "Kite 10"; what the list keeps is forgotten. @kites: the service, borrowed; NULL */
RushesSet    *rushes_listing_open_set   (RushesProvider **kites) G_GNUC_WARN_UNUSED_RESULT;
/* Opens the list by its keys. */
RushesListing rushes_listing_open       (RushesSet       *set);
/* The one that comes up now. */
RushesListing rushes_listing_await      (RushesSet       *set);
void          rushes_listing_close      (RushesListing   *self);
/* For rushes_set_await(). */
gboolean      rushes_listing_is_closed  (RushesSet       *set,
                                         gconstpointer    data);

/* Waits until these models stand in the list: "favourites: Linen; ready: Animatic, Kite 10; locked: …; gone: …". */
void          rushes_listing_await_list (RushesListing   *self,
                                         const char      *expected);
/* The row of a model, in its place. */
GtkWidget    *rushes_listing_find_row   (RushesListing   *self,
                                         const char      *name);
gboolean      rushes_listing_says       (RushesListing   *self,
                                         const char      *name,
                                         const char      *words);
void          rushes_listing_await_said (RushesListing   *self,
                                         const char      *name,
                                         const char      *words);
GtkEditable  *rushes_listing_get_search (RushesListing   *self);
void          rushes_listing_search     (RushesListing   *self,
                                         const char      *words);

G_END_DECLS
