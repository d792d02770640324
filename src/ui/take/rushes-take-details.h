/* rushes-take-details.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesTakeDetails:
 *
 * All about one take: its words and pictures, the recipe, what it cost and how long it took, the clip and where it is,
 * and what support asks for. It follows the take.
 */
#define RUSHES_TYPE_TAKE_DETAILS (rushes_take_details_get_type ())
G_DECLARE_FINAL_TYPE (RushesTakeDetails, rushes_take_details, RUSHES, TAKE_DETAILS, GtkBox)

/* Once, with a take that is loaded. */
void rushes_take_details_set_take (RushesTakeDetails *self,
                                   RushesTake        *take,
                                   RushesLibrary     *library,
                                   RushesRegistry    *registry,
                                   RushesThumbnailer *thumbnailer);

G_END_DECLS
