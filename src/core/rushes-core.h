/* rushes-core.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Starts libdex, binds the translations and registers the resources of the core. Called first by main() and by every test; may be called twice. */
void rushes_core_init (void);

G_END_DECLS
