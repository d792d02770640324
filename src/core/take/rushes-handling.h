/* rushes-handling.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a person wants clips to come. All are downloaded at once, by the program itself. The values are those of the
 * setting “handling”. */
typedef enum
{
  RUSHES_HANDLING_DOWNLOAD, /* shown when it is whole */
  RUSHES_HANDLING_STREAM,   /* shown while it comes, and kept for now only: not saved, it is the first that may go */
  RUSHES_HANDLING_AUTO,     /* shown while it comes where that is possible, and kept */
} RushesHandling;

/* FALSE for a word that is none. */
gboolean    rushes_handling_from_string (const char      *word,
                                         RushesHandling  *handling);

G_END_DECLS
