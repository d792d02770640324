/* rushes-landing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-clip.h"

G_BEGIN_DECLS

/**
 * RushesLanding:
 *
 * How the bytes of a clip become a file of the library: they arrive in a part file in the final folder, are looked
 * at, hashed, written through to the disk, and get their final name, whose extension follows the container. A clip
 * under its final name is whole.
 */
typedef struct
{
  GFile           *part;   /* NAME.part */

  /* once it landed */
  GFile           *clip;   /* NAME.mp4, NAME.webm …; NULL before */
  RushesClipFacts  facts;
  char            *sha256;
} RushesLanding;

void       rushes_landing_clear   (RushesLanding *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesLanding, rushes_landing_clear)

/* All of these work off the main thread on @self, which must stay where it is until they are settled. */

/* Makes the folder. Resolves to TRUE when the clip lies there under its final name already, as after a crash before
 * that was written down. */
DexFuture *rushes_landing_prepare (RushesLanding *self) G_GNUC_WARN_UNUSED_RESULT;
/* Lets what lies in the part file land. Resolves to TRUE; rejects with MEDIA when it is no whole video, which is
 * removed then, and with STORAGE. */
DexFuture *rushes_landing_finish  (RushesLanding *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
