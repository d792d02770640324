/* rushes-shortcuts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The keys of the program, from one table: what works in every window, and the dialog that shows all of them. */

/* Binds the keys of the table that stand for actions of the application and its windows. */
void       rushes_shortcuts_bind       (GtkApplication *application);
AdwDialog *rushes_shortcuts_dialog_new (void);

G_END_DECLS
