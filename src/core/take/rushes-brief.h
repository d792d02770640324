/* rushes-brief.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-extension.h"
#include "rushes-json-reader.h"
#include "rushes-reference.h"

G_BEGIN_DECLS

#define RUSHES_N_ROLES (RUSHES_ROLE_REFERENCE + 1)

/* No model goes beyond these, and nothing that is read or typed may. */
#define RUSHES_MAX_SECONDS    3600
#define RUSHES_MAX_FRAME_RATE 240
#define RUSHES_MAX_COUNT      100

/**
 * RushesBrief:
 *
 * What is asked of a take, as a plain value: a draft wraps one that changes, a request one that is frozen, and both
 * are written and read by the same functions. Only drafts, requests and models look into it.
 */
typedef struct
{
  char       *provider_id;       /* NULL: none chosen */
  char       *model_id;          /* NULL */
  char       *prompt;            /* as typed; never NULL */
  char       *negative_prompt;   /* never NULL */
  char       *preset_id;         /* NULL */
  char       *preset_text;       /* NULL */
  double      duration;          /* seconds; 0: not set */
  char       *resolution;        /* NULL: not set */
  char       *aspect;            /* NULL */
  int         frame_rate;        /* 0 */
  gint64      seed;              /* -1 */
  gboolean    audio;
  gboolean    watermark;
  int         count;             /* of a draft; 1 in a request */
  GHashTable *parameters;        /* char * → char * */
  GPtrArray  *references[RUSHES_N_ROLES]; /* RushesReference; at most one for first and last frame */
  RushesExtension *extension;    /* the clip that is made longer; NULL */
  JsonNode   *sheet;             /* of a request: what the service itself said of the model; NULL */
} RushesBrief;

RushesBrief *rushes_brief_new              (void) G_GNUC_WARN_UNUSED_RESULT;
RushesBrief *rushes_brief_copy             (const RushesBrief  *self) G_GNUC_WARN_UNUSED_RESULT;
void         rushes_brief_free             (RushesBrief        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesBrief, rushes_brief_free)

void         rushes_brief_set_text         (char              **member,
                                            const char         *text);
/* The names of the parameters that are set, sorted; free with g_free() (the names are borrowed). */
const char **rushes_brief_list_parameters  (const RushesBrief  *self,
                                            guint              *n_names) G_GNUC_WARN_UNUSED_RESULT;
char        *rushes_brief_get_whole_prompt (const RushesBrief  *self) G_GNUC_WARN_UNUSED_RESULT;

/* Members stand in a fixed order. With @whole also those are written that are not set, as a draft is kept; without
 * it only what is set, as a request is. */
JsonNode    *rushes_brief_to_json          (const RushesBrief  *self,
                                            gboolean            whole) G_GNUC_WARN_UNUSED_RESULT;
/* Reads the root that @reader stands in. What is absent, or a mistake, stays as it was. */
void         rushes_brief_read             (RushesBrief        *self,
                                            RushesJsonReader   *reader,
                                            GFile              *references_folder);

G_END_DECLS
