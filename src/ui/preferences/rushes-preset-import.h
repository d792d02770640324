/* rushes-preset-import.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "rushes-presets.h"

G_BEGIN_DECLS

/* Takes presets over from outside, in either form. Where some are called as others here it is asked what becomes of them,
 * and what came of it is said at the bottom of the window that @widget is in. */

void rushes_preset_import_text (GtkWidget     *widget,
                                RushesPresets *presets,
                                const char    *text);
void rushes_preset_import_file (GtkWidget     *widget,
                                RushesPresets *presets,
                                GFile         *file);

G_END_DECLS
