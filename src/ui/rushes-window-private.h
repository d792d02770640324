/* rushes-window-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-composer.h"
#include "rushes-first-start.h"
#include "rushes-library-page.h"
#include "rushes-take-page.h"
#include "rushes-window.h"

G_BEGIN_DECLS

struct _RushesWindow
{
  AdwApplicationWindow parent_instance;

  RushesStudio      *studio;
  RushesProject     *project;
  GSettings         *settings;
  GListModel        *all_takes; /* of all projects, while there are none: that is the first start */
  GListModel        *waiting;   /* files that came before the library was open */
  RushesLibraryPage *library_page;
  RushesFirstStart  *first_start; /* NULL once there is something */
  char              *wanted;    /* words to be searched once the library is open */
  guint              focus_source; /* looks for a place for the focus */
  gboolean           restoring; /* the take that was open last is being looked up */

  GtkStack            *stack;
  AdwStatusPage       *closed;
  AdwMultiLayoutView  *layouts;
  AdwOverlaySplitView *split;
  AdwBottomSheet      *sheet;
  AdwBin              *composer_bin;
  RushesComposer      *composer;
  AdwNavigationView   *places;
};

/* rushes-window.c */
void     rushes_window_set_project       (RushesWindow  *self,
                                          RushesProject *project);
gboolean rushes_window_is_narrow         (RushesWindow  *self);
/* Over the library, or over a comparison. */
void     rushes_window_push_page         (RushesWindow  *self,
                                          AdwNavigationPage *page);

/* rushes-window-compare.c: the action win.compare, whose parameter (as) is the ids of the takes */
void     rushes_window_compare_init      (RushesWindow  *self);

/* rushes-window-composer.c: where the composer is */
void     rushes_window_composer_init     (RushesWindow  *self);
void     rushes_window_show_composer     (RushesWindow  *self,
                                          gboolean       shown);
/* The toggle and the bottom bar follow the layout. */
void     rushes_window_follow_layout     (RushesWindow  *self);
void     rushes_window_restore_sidebar   (RushesWindow  *self);

/* rushes-window-start.c: the ways to a first clip (the action win.getting-started), and the first start, which does
 * without the composer */
void     rushes_window_start_init        (RushesWindow  *self);
void     rushes_window_begin_first_start (RushesWindow  *self);
void     rushes_window_end_first_start   (RushesWindow  *self);

/* rushes-window-again.c: the actions that make more of a take */
/* Makes the clip of a take longer, as @draft says. */
void     rushes_window_extend            (RushesTakePage *page,
                                          RushesTake    *take,
                                          RushesDraft   *draft,
                                          RushesWindow  *self);
void     rushes_window_again_init        (RushesWindow  *self);

/* rushes-window-projects.c: the actions on projects, with their dialogs */
void     rushes_window_projects_init     (RushesWindow  *self);
/* Once there is a library. */
void     rushes_window_projects_watch    (RushesWindow  *self);
/* The actions follow the project that is shown, and how many there are. */
void     rushes_window_projects_follow   (RushesWindow  *self);

G_END_DECLS
