/* rushes-playback-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RushesPlaybackPage:
 *
 * The page of Preferences that says how clips are shown.
 */
#define RUSHES_TYPE_PLAYBACK_PAGE (rushes_playback_page_get_type ())
G_DECLARE_FINAL_TYPE (RushesPlaybackPage, rushes_playback_page, RUSHES, PLAYBACK_PAGE, AdwPreferencesPage)

G_END_DECLS
