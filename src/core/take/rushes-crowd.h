/* rushes-crowd.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-key-mark.h"
#include "rushes-library.h"
#include "rushes-line.h"

G_BEGIN_DECLS

/**
 * RushesCrowd:
 *
 * Tells a line what other processes have taken of its lanes. It looks only while somebody was turned away because of that,
 * and only when another process has written or ended.
 */
#define RUSHES_TYPE_CROWD (rushes_crowd_get_type ())
G_DECLARE_FINAL_TYPE (RushesCrowd, rushes_crowd, RUSHES, CROWD, GObject)

RushesCrowd *rushes_crowd_new    (RushesLibrary       *library,
                                  RushesLine          *line) G_GNUC_WARN_UNUSED_RESULT;
/* From now on the lane is told what others have at work at @host with @key, until that is nothing. Resolves to TRUE when it
 * was told for the first time. */
DexFuture   *rushes_crowd_watch  (RushesCrowd         *self,
                                  const char          *lane,
                                  const char          *host,
                                  const RushesKeyMark *key) G_GNUC_WARN_UNUSED_RESULT;
/* The address or the key of a lane may be another one: nothing is known of it any more. */
void         rushes_crowd_forget (RushesCrowd         *self,
                                  const char          *lane);

G_END_DECLS
