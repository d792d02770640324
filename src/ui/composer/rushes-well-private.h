/* rushes-well-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-well.h"

G_BEGIN_DECLS

/* rushes-well.c */
/* As the person does with the button on the picture. */
void rushes_well_clear           (RushesWell     *self);
void rushes_well_show_menu       (RushesWell     *self);

/* rushes-well-menu.c: what the menu and keys do, each the twin of a drag, a click or a button */
void rushes_well_install_actions (GtkWidgetClass *klass);

G_END_DECLS
