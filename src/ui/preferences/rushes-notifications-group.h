/* rushes-notifications-group.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesNotificationsGroup:
 *
 * What the desktop is told while the window is not in front, and a way to the desktop's own settings where there is one.
 */
#define RUSHES_TYPE_NOTIFICATIONS_GROUP (rushes_notifications_group_get_type ())
G_DECLARE_FINAL_TYPE (RushesNotificationsGroup, rushes_notifications_group, RUSHES, NOTIFICATIONS_GROUP, AdwPreferencesGroup)

G_END_DECLS
