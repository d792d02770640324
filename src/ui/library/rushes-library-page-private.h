/* rushes-library-page-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library-page.h"
#include "rushes-pace.h"
#include "rushes-take-card.h"

G_BEGIN_DECLS

/* What the page's files share. */

struct _RushesLibraryPage
{
  AdwNavigationPage  parent_instance;

  RushesLibrary     *library;
  RushesQueue       *queue;
  RushesRegistry    *registry;
  RushesThumbnailer *thumbnailer;
  RushesPace        *pace;
  RushesTextureCache *textures;
  GSettings         *settings;

  RushesProject     *project;
  GSignalGroup      *project_signals;
  GListModel        *coming; /* the list that takes the place of the one that is shown */
  GtkMultiSelection *selection;
  GPtrArray         *selected; /* the first of them; held, so that those far off the screen are loaded too */
  guint64            n_selected; /* all */
  guint              update;   /* of what can be done with them */
  guint              anchor; /* where a range of the selection begins */
  GdkModifierType    modifiers; /* of the press that is about to activate a card */
  guint              focus;   /* where it goes next, when its card is gone */
  guint              refocus;
  RushesTakeCard    *pointed; /* the card under the pointer; weak, NULL */
  double             scrolled_to;
  gint64             scrolled_at; /* µs, monotonic */
  guint              rest;    /* until pictures are made again after quick scrolling */
  gboolean           narrow;
  gboolean           small;
  gboolean           selecting;
  gboolean           searching; /* by words: in all projects */
  gboolean           empty;

  GPtrArray         *subjects; /* the takes that the last menu or key was about */
  GtkPopover        *menu;

  GtkMenuButton     *project_button;
  GtkWidget         *search_toggle;
  GtkWidget         *select_button;
  GtkWidget         *view_button;
  GtkMenuButton     *menu_button;
  GMenuModel        *primary_menu;
  GMenuModel        *small_menu;
  AdwWindowTitle    *selection_title;
  GtkMenuButton     *move_button;
  AdwBanner         *problem;
  GtkSearchBar      *search_bar;
  GtkEditable       *search_entry;
  AdwToggleGroup    *filters;
  GtkStack          *stack;
  GtkScrolledWindow *scroller;
  GtkGridView       *grid;
  GtkWidget         *menu_place;
  AdwBin            *blank_bin;
};

/* rushes-library-page.c */
void       rushes_library_page_set_selecting    (RushesLibraryPage      *self,
                                                 gboolean                selecting);

/* rushes-library-page-grid.c: the cards, and what is done to them with keys and pointer */
void       rushes_library_page_init_grid        (RushesLibraryPage      *self);
void       rushes_library_page_activate         (RushesLibraryPage      *self,
                                                 guint                   position);
/* Before so many are taken out: when the one that has the focus is among them, that which takes its place gets it. */
void       rushes_library_page_keep_focus       (RushesLibraryPage      *self,
                                                 guint                   position,
                                                 guint                   n_removed);

/* rushes-library-page-actions.c: what is done to takes */
void       rushes_library_page_install_actions  (RushesLibraryPageClass *klass);
/* Makes "take." actions act on these. */
void       rushes_library_page_set_subjects     (RushesLibraryPage      *self,
                                                 GPtrArray              *takes);
/* The menu of what can be done to the subjects. */
GMenuModel *rushes_library_page_build_menu      (RushesLibraryPage      *self) G_GNUC_WARN_UNUSED_RESULT;
/* An item for each project but @except_id (NULL); @action gets its id. */
GMenu     *rushes_library_page_build_projects   (RushesLibraryPage      *self,
                                                 const char             *action,
                                                 const char             *except_id) G_GNUC_WARN_UNUSED_RESULT;
/* The takes that are selected may have changed: which of the "selection." actions make sense, soon. */
void       rushes_library_page_update_actions   (RushesLibraryPage      *self);
/* What is selected has changed. */
void       rushes_library_page_update_selection (RushesLibraryPage      *self);

G_END_DECLS
