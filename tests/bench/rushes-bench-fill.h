/* rushes-bench-fill.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-folders.h"

G_BEGIN_DECLS

/* Writes @n takes into the library of @folders, which is there and not open. */
void rushes_bench_fill (RushesFolders *folders,
                        guint          n);

G_END_DECLS
