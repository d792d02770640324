/* rushes-clip-room.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-library.h"

G_BEGIN_DECLS

/* The room that clips take on the disk, and pruning: removing the oldest ones when there are more, or larger ones, than
 * the person wants to keep. The takes with all that is known of them stay. Never removed are clips of starred takes, of
 * takes in work, and of deleted ones, which go by themselves. */

/**
 * RushesClipLimits:
 * @most: how many clips are kept; 0 for any number
 * @size: bytes that all of them may have; 0 for any
 * @unsaved: clips that lie nowhere else may go too; only after the person was told which they are
 */
typedef struct
{
  guint    most;
  guint64  size;
  gboolean unsaved;
} RushesClipLimits;

/**
 * RushesClipRoom:
 * @n_clips, @size: all there were
 * @n_pruned, @size_pruned: those that were removed, or would be
 * @n_unsaved: those among them that lie nowhere else
 * @n_spared, @size_spared: those that would have had to go, but lie nowhere else
 * @takes: ids of the takes whose clips were removed, or would be, oldest first
 */
typedef struct
{
  guint      n_clips;
  guint64    size;
  guint      n_pruned;
  guint64    size_pruned;
  guint      n_unsaved;
  guint      n_spared;
  guint64    size_spared;
  GPtrArray *takes;
} RushesClipRoom;

#define RUSHES_TYPE_CLIP_ROOM (rushes_clip_room_get_type ())
GType            rushes_clip_room_get_type (void);
RushesClipRoom  *rushes_clip_room_copy     (const RushesClipRoom   *self) G_GNUC_WARN_UNUSED_RESULT;
void             rushes_clip_room_free     (RushesClipRoom         *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesClipRoom, rushes_clip_room_free)

/* What the settings say; without @unsaved. Main thread. */
RushesClipLimits rushes_clip_limits_read   (void);

/* Resolves to a boxed #RushesClipRoom. A clip that was saved counts as lying elsewhere only while a file is there. With
 * @dry_run nothing is removed. */
DexFuture       *rushes_library_prune      (RushesLibrary          *library,
                                            const RushesClipLimits *limits,
                                            gboolean                dry_run) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
