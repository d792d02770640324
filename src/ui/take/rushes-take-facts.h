/* rushes-take-facts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rushes-clip.h"
#include "rushes-model.h"
#include "rushes-origin.h"
#include "rushes-request.h"

G_BEGIN_DECLS

/* What the details of a take say, as words: pure functions over values. All are translated; none is markup. */

/* "5 s, 16:9, 720p, 30 fps, no sound": what was asked for. @model tells what there was to choose; NULL when it is not
 * known any more. */
char      *rushes_take_facts_settings (RushesRequest         *request,
                                       RushesModel           *model) G_GNUC_WARN_UNUSED_RESULT;
/* "The whole of it: 5 s as they were, and what is new": what is in a clip that made another one longer. */
char      *rushes_take_facts_extended (const RushesExtension *extension,
                                       RushesModel           *model) G_GNUC_WARN_UNUSED_RESULT;
/* A value of a parameter of the model's own ("Push in", "On"). */
char      *rushes_take_facts_value    (const RushesParameter *parameter,
                                       const char            *value) G_GNUC_WARN_UNUSED_RESULT;
/* "1920 × 1080, H.264, 24 fps, no sound, 8.4 MB": what came. */
char      *rushes_take_facts_format   (const RushesClipFacts *facts) G_GNUC_WARN_UNUSED_RESULT;
/* What a clip says in its file of where it came from: "Content credentials (C2PA), label for generated clips (AIGC)". */
char      *rushes_take_facts_origin   (RushesOrigin           origin) G_GNUC_WARN_UNUSED_RESULT;
/* How long the provider keeps the clip of the newest attempt, from what rushes_library_describe_take() gave; NULL when that
 * is not known. @now is µs UTC. */
char      *rushes_take_facts_copy     (JsonNode              *description,
                                       gint64                 now) G_GNUC_WARN_UNUSED_RESULT;
/* A number in groups of three, as it is read. */
char      *rushes_take_facts_seed     (gint64                 seed) G_GNUC_WARN_UNUSED_RESULT;
/* "0.4 s", "12 s", "2 min 21 s" */
char      *rushes_take_facts_span     (double                 seconds) G_GNUC_WARN_UNUSED_RESULT;

/* One stage of an attempt: what it is called, and how long it took. */
typedef struct
{
  char  *name;
  double seconds;
} RushesStage;

/* The stages of the newest attempt that are over and took some time, from what rushes_library_describe_take() gave: an
 * array of RushesStage, maybe empty. */
GPtrArray *rushes_take_facts_stages   (JsonNode              *description) G_GNUC_WARN_UNUSED_RESULT;
/* The newest attempt as text to read; NULL when there is none. */
char      *rushes_take_facts_reply    (JsonNode              *description) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
