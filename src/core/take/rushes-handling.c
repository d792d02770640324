/* rushes-handling.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-handling.h"

gboolean
rushes_handling_from_string (const char *word, RushesHandling *handling)
{
  static const char *const words[] = {
    [RUSHES_HANDLING_DOWNLOAD] = "download",
    [RUSHES_HANDLING_STREAM] = "stream",
    [RUSHES_HANDLING_AUTO] = "auto",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *handling = i;
        return TRUE;
      }
  return FALSE;
}
