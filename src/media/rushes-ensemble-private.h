/* rushes-ensemble-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>

#include "rushes-chorus.h"
#include "rushes-ensemble.h"

G_BEGIN_DECLS

typedef struct
{
  GFile *file;
  DexFuture *opening;
  RushesClipFacts facts;
  GError *error;
  RushesMissingCodec *missing_codec;
  gboolean is_opening;
  gboolean known; /* the facts are */
  gboolean with_sound;
  gboolean has_failed;
} RushesEnsembleClip;

struct _RushesEnsemble
{
  GObject parent_instance;

  RushesEnsembleClip *clips;
  guint n_clips;
  char *video_sink;
  RushesChorus *chorus; /* NULL while nothing is ready, and while it rests */
  guint tick;

  double target; /* where the next move goes, RUSHES_CHORUS_STAY when it is where it is */
  double position;
  double rate;
  double volume;
  guint heard;

  guint playing : 1;
  guint loop : 1;
  guint muted : 1;
  guint moving : 1; /* a move is under way */
  guint stale : 1;  /* what was wished since has to follow it */
  guint ended : 1;
  guint resting : 1;
  guint heard_chosen : 1;
  guint shown : 1; /* the chorus has pictures */
};

/* rushes-ensemble.c */

/* Plays from the beginning of the pipeline on, with all that are there now, where it was. */
void rushes_ensemble_begin        (RushesEnsemble *self);
void rushes_ensemble_notify_facts (RushesEnsemble *self);
void rushes_ensemble_fail         (RushesEnsemble *self,
                                   guint           which,
                                   const GError   *error);

/* rushes-ensemble-opening.c has rushes_ensemble_set_file(). */

G_END_DECLS
