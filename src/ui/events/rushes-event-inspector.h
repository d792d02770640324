/* rushes-event-inspector.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesEventInspector:
 *
 * A window that listens to a server-sent event stream and shows its events as they come: `rushes events` for those who
 * like to look. It stands for itself beside the other windows, and stops listening when it is closed.
 */
#define RUSHES_TYPE_EVENT_INSPECTOR (rushes_event_inspector_get_type ())
G_DECLARE_FINAL_TYPE (RushesEventInspector, rushes_event_inspector, RUSHES, EVENT_INSPECTOR, AdwWindow)

RushesEventInspector *rushes_event_inspector_new (GtkApplication *application,
                                                  RushesRegistry *registry);

G_END_DECLS
