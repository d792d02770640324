/* rushes-ways.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RushesWays:
 *
 * The three ways to a first clip, side by side or one below the other.
 *
 * Property, notified: busy (boolean: the clip that is made without an account is on its way). Signals: ::chosen (string: "service", "server" or "animatic").
 */
#define RUSHES_TYPE_WAYS (rushes_ways_get_type ())
G_DECLARE_FINAL_TYPE (RushesWays, rushes_ways, RUSHES, WAYS, GtkBox)

G_END_DECLS
