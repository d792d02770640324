/* rushes-ui.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Starts GTK and Adwaita and registers the templates. Called by the application and by every test of a widget; may be called twice. */
void rushes_ui_init (void);

/* What becomes of a future in the window: called once on the main thread, with @future settled. */
typedef void (*RushesWhenFunc) (gpointer   object,
                                DexFuture *future,
                                gpointer   data);

/* Calls @func when @future is settled, unless the GObject @object is gone by then; @future is kept going in either case, so nothing that was
 * begun is lost with the widget that began it. Takes @future. @destroy frees @data in the end. */
void rushes_when    (DexFuture      *future,
                     gpointer        object,
                     RushesWhenFunc  func,
                     gpointer        data,
                     GDestroyNotify  destroy);

/* Figures that are read from left to right in every language: "16∶9". The marks that see to it take no room. */
#define RUSHES_LEFT_TO_RIGHT(text) "\u2066" text "\u2069"

G_END_DECLS
