/* rushes-catalogue-filter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RushesCatalogueFilter:
 *
 * Which entries of the catalogue are looked for: those in which all the words stand, and that can do all that is wished.
 *
 * Properties, notified: search (string, never NULL); first-frame, last-frame, references, sound (booleans: it must take them, or
 * make it); local, favourites (booleans: nothing else); locked (boolean, TRUE at first: also what cannot be used now); most (double:
 * a clip may cost that many US dollars, 0 for any price). Read-only: narrowed (boolean: something but words and locked is asked for).
 */
#define RUSHES_TYPE_CATALOGUE_FILTER (rushes_catalogue_filter_get_type ())
G_DECLARE_FINAL_TYPE (RushesCatalogueFilter, rushes_catalogue_filter, RUSHES, CATALOGUE_FILTER, GtkFilter)

RushesCatalogueFilter *rushes_catalogue_filter_new   (void);
/* No words, no wishes; locked ones as before. */
void                   rushes_catalogue_filter_clear (RushesCatalogueFilter *self);
/* Something of the entries that it looks at is otherwise now. */
void                   rushes_catalogue_filter_renew (RushesCatalogueFilter *self);

G_END_DECLS
