/* rushes-getting-started.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesGettingStarted:
 *
 * The dialog that helps somebody to a first clip: by a service, whose key is entered here unless there is one; by a
 * program on a graphics card, which is looked for when it is asked for; or without either. Nothing is spent, and until a
 * way is chosen neither the network nor the keyring is opened.
 *
 * Signals: ::chosen (RushesProvider) when there is one to make the clip, ::try-now; the dialog has closed by then.
 */
#define RUSHES_TYPE_GETTING_STARTED (rushes_getting_started_get_type ())
G_DECLARE_FINAL_TYPE (RushesGettingStarted, rushes_getting_started, RUSHES, GETTING_STARTED, AdwDialog)

/* @way: "service" or "server", or NULL for the choice between them. */
AdwDialog *rushes_getting_started_new (RushesRegistry *registry,
                                       const char     *way);

G_END_DECLS
