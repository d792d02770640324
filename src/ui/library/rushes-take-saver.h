/* rushes-take-saver.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"

G_BEGIN_DECLS

/* Keeping clips outside the library: from the cards, from the take page. */

/* Asks where to (under the name that is suggested), copies there, remembers the folder and says it in a toast of the window that @widget is in. */
void       rushes_take_saver_ask     (GtkWidget     *widget,
                                      RushesLibrary *library,
                                      RushesTake    *take);
/* Copies there, whatever is there, and says it with a way to the file. */
void       rushes_take_saver_save_as (GtkWidget     *widget,
                                      RushesLibrary *library,
                                      RushesTake    *take,
                                      GFile         *file);
/* Asks the same for several takes and one folder; those without a clip are left out. @takes is an array of RushesTake. */
void       rushes_take_saver_ask_all (GtkWidget     *widget,
                                      RushesLibrary *library,
                                      GPtrArray     *takes);
/* Copies each clip into @folder under the name that is suggested, numbered where that exists. Resolves to a boxed GPtrArray of the
 * GFiles that there are now; stops at the first that cannot be written. */
DexFuture *rushes_take_saver_save    (RushesLibrary *library,
                                      GPtrArray     *takes,
                                      GFile         *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
