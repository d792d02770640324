/* rushes-support-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/* What the window hands to support; see rushes-support-pack.h. */

/* With the versions of the toolkit: resolves to a boxed GBytes. */
DexFuture *rushes_support_file_make (RushesLibrary  *library,
                                     RushesRegistry *registry,
                                     RushesTake     *take) G_GNUC_WARN_UNUSED_RESULT;
/* Writes it there, whatever is there, and says so in a toast of the window that @widget is in. */
void       rushes_support_file_save (GtkWidget      *widget,
                                     RushesLibrary  *library,
                                     RushesRegistry *registry,
                                     RushesTake     *take,
                                     GFile          *file);
/* Asks where to first. */
void       rushes_support_file_ask  (GtkWidget      *widget,
                                     RushesLibrary  *library,
                                     RushesRegistry *registry,
                                     RushesTake     *take);

G_END_DECLS
