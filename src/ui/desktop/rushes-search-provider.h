/* rushes-search-provider.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesSearchProvider:
 *
 * What the search of the desktop asks (org.gnome.Shell.SearchProvider2): takes by their words, as the search of the library finds
 * them, with the small pictures that were made of them before. Until it is given a library it opens the person's own, for reading
 * only; one that is not there, or that would have to be changed first, has nothing to be found. It needs no window. What the person
 * chooses goes to the actions app.open-take and app.search. While it answers it holds the application.
 */
#define RUSHES_TYPE_SEARCH_PROVIDER (rushes_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (RushesSearchProvider, rushes_search_provider, RUSHES, SEARCH_PROVIDER, GObject)

/* @application is borrowed, and must live longer. */
RushesSearchProvider *rushes_search_provider_new         (GApplication         *application,
                                                          RushesRegistry       *registry);
gboolean              rushes_search_provider_export      (RushesSearchProvider *self,
                                                          GDBusConnection      *connection,
                                                          const char           *application_path,
                                                          GError              **error);
void                  rushes_search_provider_unexport    (RushesSearchProvider *self);
/* Closes the library that it opened itself, and opens none any more: until it is given one nothing is found. Resolves to TRUE. */
DexFuture            *rushes_search_provider_let_go      (RushesSearchProvider *self) G_GNUC_WARN_UNUSED_RESULT;
/* The one of the window, to be searched from now on. After rushes_search_provider_let_go(). */
void                  rushes_search_provider_set_library (RushesSearchProvider *self,
                                                          RushesLibrary        *library);

G_END_DECLS
