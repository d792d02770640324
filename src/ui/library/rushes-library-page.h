/* rushes-library-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-queue.h"
#include "rushes-registry.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesLibraryPage:
 *
 * The library: the takes of a project as a grid of cards, with search, filters, selection and all that is done to takes. Searching by words looks in all
 * projects, a filter alone in the one that is shown.
 *
 * Properties, notified: project (RushesProject, NULL until one is chosen), narrow (boolean: the composer does not stand beside it, so that its
 * toggle is not offered), blank (GtkWidget: shown in place of an empty project; NULL for a few words), selecting (boolean). Read-only: empty (boolean:
 * the project is known to have no takes).
 *
 * Signals: ::open-take (RushesTake), ::remix (RushesTake: its recipe is wanted in the composer).
 *
 * It counts on these actions of the window: win.composer, win.project (target: an id), win.new-project, win.rename-project, win.delete-project; and of
 * the application: app.shortcuts, app.about. A card that is dragged offers a RushesTake, and the clip's file where there is one.
 */
#define RUSHES_TYPE_LIBRARY_PAGE (rushes_library_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesLibraryPage, rushes_library_page, RUSHES, LIBRARY_PAGE, AdwNavigationPage)

RushesLibraryPage *rushes_library_page_new         (RushesLibrary     *library,
                                                    RushesQueue       *queue,
                                                    RushesRegistry    *registry,
                                                    RushesThumbnailer *thumbnailer);
RushesProject     *rushes_library_page_get_project (RushesLibraryPage *self);
void               rushes_library_page_set_project (RushesLibraryPage *self,
                                                    RushesProject     *project);
/* What an empty project shows: the first start. */
void               rushes_library_page_set_blank   (RushesLibraryPage *self,
                                                    GtkWidget         *blank);
gboolean           rushes_library_page_get_empty   (RushesLibraryPage *self);
/* Opens the search and puts the cursor there. */
void               rushes_library_page_search      (RushesLibraryPage *self);
/* What is looked for there, once it is open. */
void               rushes_library_page_set_search  (RushesLibraryPage *self,
                                                    const char        *words);

G_END_DECLS
