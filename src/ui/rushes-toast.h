/* rushes-toast.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Passing news: said once, in as many lines as it needs, at the bottom of the nearest AdwToastOverlay around @widget that is to be
 * seen. Words from outside are shown as they are, never as markup. Gives the toast, borrowed, so that a button can be added to it at once;
 * NULL when @widget is in no window. */
AdwToast *rushes_toast       (GtkWidget    *widget,
                              const char   *sentence);
/* The same for an error, but for CANCELLED ones: those were asked for. */
AdwToast *rushes_toast_error (GtkWidget    *widget,
                              const GError *error);

/* What came of writing @file, as @future tells: @sentence, with the name of the file in the place of “%s” in it, or the error. */
AdwToast *rushes_toast_file  (GtkWidget    *widget,
                              DexFuture    *future,
                              const char   *sentence,
                              GFile        *file);

G_END_DECLS
