/* rushes-catalogue-entry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-provider.h"

G_BEGIN_DECLS

/* In what part of the list a model stands. */
typedef enum
{
  RUSHES_CATALOGUE_FAVOURITES,
  RUSHES_CATALOGUE_MODELS,
  RUSHES_CATALOGUE_LOCKED,  /* something is missing before it can be used, such as a key */
  RUSHES_CATALOGUE_RETIRED, /* not offered any more */
} RushesCatalogueSection;

/**
 * RushesCatalogueEntry:
 *
 * One model in the catalogue, with what is known of it here beside what it can do: whether it is a favourite, how often it was used,
 * why it cannot be used now, and what a clip costs with the settings of the day, which is reckoned when somebody asks.
 *
 * Whether it is a favourite is kept, over restarts too; but the section stays what it was at first, so that nothing is pulled away
 * from under a pointer.
 */
#define RUSHES_TYPE_CATALOGUE_ENTRY (rushes_catalogue_entry_get_type ())
G_DECLARE_FINAL_TYPE (RushesCatalogueEntry, rushes_catalogue_entry, RUSHES, CATALOGUE_ENTRY, GObject)

RushesCatalogueEntry *rushes_catalogue_entry_new            (RushesProvider       *provider,
                                                             RushesModel          *model,
                                                             gboolean              favourite);
RushesProvider       *rushes_catalogue_entry_get_provider   (RushesCatalogueEntry *self);
RushesModel          *rushes_catalogue_entry_get_model      (RushesCatalogueEntry *self);
gboolean              rushes_catalogue_entry_get_favourite  (RushesCatalogueEntry *self);
void                  rushes_catalogue_entry_set_favourite  (RushesCatalogueEntry *self,
                                                             gboolean              favourite);
RushesCatalogueSection rushes_catalogue_entry_get_section   (RushesCatalogueEntry *self);
/* Why it cannot be used now, a sentence; NULL when it can. */
const char           *rushes_catalogue_entry_get_problem    (RushesCatalogueEntry *self);
/* What is searched, folded: names, id, and what it takes and makes. */
const char           *rushes_catalogue_entry_get_words      (RushesCatalogueEntry *self);
/* What one clip costs by the settings of the draft, as near as the model comes to them. */
const RushesPrice    *rushes_catalogue_entry_get_price      (RushesCatalogueEntry *self);
/* The draft that the price is reckoned for: what the model makes of the settings. A new reference. */
RushesDraft          *rushes_catalogue_entry_fit            (RushesCatalogueEntry *self) G_GNUC_WARN_UNUSED_RESULT;

/* Sorts: less than, equal to or greater than 0. */
int                   rushes_catalogue_entry_compare_use    (RushesCatalogueEntry *a,
                                                             RushesCatalogueEntry *b);
int                   rushes_catalogue_entry_compare_price  (RushesCatalogueEntry *a,
                                                             RushesCatalogueEntry *b);
int                   rushes_catalogue_entry_compare_name   (RushesCatalogueEntry *a,
                                                             RushesCatalogueEntry *b);

/* For the catalogue. @place: in the order of the providers and their descriptions */
void                  rushes_catalogue_entry_rank           (RushesCatalogueEntry *self,
                                                             const char           *problem,
                                                             guint                 place);
void                  rushes_catalogue_entry_set_uses       (RushesCatalogueEntry *self,
                                                             guint                 n);
/* Forgets the price: from now on it is reckoned for @draft. */
void                  rushes_catalogue_entry_set_draft      (RushesCatalogueEntry *self,
                                                             RushesDraft          *draft);

G_END_DECLS
