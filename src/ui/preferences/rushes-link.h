/* rushes-link.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A link as a row names it: host and path, without what is the same everywhere: "fal.ai/dashboard/keys". */
char *rushes_link_describe (const char *address) G_GNUC_WARN_UNUSED_RESULT;
/* Opens it in the browser; @widget says in which window it was asked for. */
void  rushes_link_open     (GtkWidget  *widget,
                            const char *address);

G_END_DECLS
