/* rushes-xmp.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An XMP packet that holds @recipe, any text, as a property of ours, and @description, for people, as other programs
 * show it. */
char *rushes_xmp_print_recipe (const char *recipe,
                               const char *description) G_GNUC_WARN_UNUSED_RESULT;

/* The text of that property, as an element or as an attribute, under whatever prefix other programs have given our
 * namespace; NULL when the packet does not have it. */
char *rushes_xmp_find_recipe  (const char *packet,
                               gsize       length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
