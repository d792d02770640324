/* rushes-application-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-application.h"
#include "rushes-notifier.h"
#include "rushes-preferences.h"
#include "rushes-search-provider.h"
#include "rushes-studio.h"
#include "rushes-window.h"

G_BEGIN_DECLS

struct _RushesApplication
{
  AdwApplication parent_instance;

  RushesRegistry       *registry;
  RushesPictureFitter  *fitter;
  RushesStudio         *studio;
  RushesNotifier       *notifier;
  RushesSearchProvider *search;
  RushesPreferences    *preferences; /* weak: while they are open */
  GtkWindow            *inspector;   /* weak: while it is open */
  GPtrArray            *errands;     /* what is to be done with takes once the library is open */
  gboolean              opening;
  gboolean              holding; /* work goes on without a window */
  gboolean              ended;   /* the name is given up, and all is being brought to the disk */
  GVariant             *caller;  /* then: what is known of who calls, a{sv}; NULL */
  guint                 n_handed_on; /* calls that the next program has not yet taken */
  guint                 signals[2];
};

/* rushes-application.c */
/* The one that was last used; NULL. */
RushesWindow *rushes_application_get_window        (RushesApplication *self);
/* Unless it is open; the errands that wait are done then. */
void          rushes_application_open_library      (RushesApplication *self);

/* rushes-application-takes.c: what notifications and the search of the desktop ask for, each an action with the id of a take:
 * open-take, save-take, show-take, retry-take. They may be what starts the program. */
void          rushes_application_add_takes_actions (RushesApplication *self);
GPtrArray    *rushes_application_new_errands       (void) G_GNUC_WARN_UNUSED_RESULT;
void          rushes_application_do_errands        (RushesApplication *self);

G_END_DECLS
