/* rushes-provider-id.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An id such as descriptions and upload places have (2 to 40 of a–z, 0–9 and -) made of a name for people: "At Home"
 * becomes "at-home". Of a name that has no such letters it is the host of @address, which may be NULL, and else
 * @fallback. Where @is_taken says so, a number follows. */
char *rushes_provider_id_derive (const char *name,
                                 const char *address,
                                 const char *fallback,
                                 gboolean  (*is_taken) (const char *id,
                                                        gpointer    data),
                                 gpointer    data) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
