/* rushes-application.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-picture-fitter.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesApplication:
 *
 * The window's program: one instance, one library, which it opens with the first window and closes when it ends.
 */
#define RUSHES_TYPE_APPLICATION (rushes_application_get_type ())
G_DECLARE_FINAL_TYPE (RushesApplication, rushes_application, RUSHES, APPLICATION, AdwApplication)

RushesApplication *rushes_application_new (RushesRegistry      *registry,
                                           RushesPictureFitter *fitter);

G_END_DECLS
