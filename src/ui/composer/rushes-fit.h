/* rushes-fit.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RushesFit:
 *
 * Shows one of two widgets that do the same: the wide one where there is room for all of it, else the narrow one. Wherever words are longer or larger,
 * the narrow one comes up earlier.
 */
#define RUSHES_TYPE_FIT (rushes_fit_get_type ())
G_DECLARE_FINAL_TYPE (RushesFit, rushes_fit, RUSHES, FIT, GtkWidget)

GtkWidget *rushes_fit_new (GtkWidget *wide,
                           GtkWidget *narrow);

G_END_DECLS
