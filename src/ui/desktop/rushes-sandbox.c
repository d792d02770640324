/* rushes-sandbox.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-sandbox.h"

gboolean
rushes_sandbox_is_there (void)
{
  static gsize known; /* 1: no, 2: yes */

  if (g_once_init_enter (&known))
    g_once_init_leave (&known, g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) ? 2 : 1);

  return known == 2;
}
