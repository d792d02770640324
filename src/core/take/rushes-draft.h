/* rushes-draft.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rushes-extension.h"
#include "rushes-model.h"
#include "rushes-money.h"
#include "rushes-reference.h"

G_BEGIN_DECLS

/**
 * RushesDraft:
 *
 * What a person is putting together: everything a take needs, changeable, observable. The composer binds to its
 * properties, the command line fills one from its options; both freeze it into a #RushesRequest. It is kept per project
 * as JSON and survives restarts.
 *
 * Properties (notify is explicit): prompt, negative-prompt (strings, never NULL), preset-id, preset-text,
 * provider-id, model-id (strings, read-only, set in pairs), duration (double, seconds), resolution, aspect
 * (strings), frame-rate (int), seed (int64, -1 means a new one each time), audio, watermark (boolean), count (int),
 * budget (string, "5 USD" or NULL; read-only).
 * References and parameters emit ::references-changed and ::parameters-changed. A new draft has nothing set: a
 * duration and a frame rate of 0, and no resolution or aspect, stand for the model's defaults.
 */
#define RUSHES_TYPE_DRAFT (rushes_draft_get_type ())
G_DECLARE_FINAL_TYPE (RushesDraft, rushes_draft, RUSHES, DRAFT, GObject)

RushesDraft     *rushes_draft_new               (void);
/* Another draft of the same content. */
RushesDraft     *rushes_draft_copy              (RushesDraft         *self) G_GNUC_WARN_UNUSED_RESULT;

const char      *rushes_draft_get_prompt        (RushesDraft         *self);
void             rushes_draft_set_prompt        (RushesDraft         *self,
                                                 const char          *prompt);
const char      *rushes_draft_get_negative_prompt (RushesDraft       *self);
void             rushes_draft_set_negative_prompt (RushesDraft       *self,
                                                   const char        *negative_prompt);
/* NULL for no preset. The text is frozen into the request, so a preset may change later. */
const char      *rushes_draft_get_preset_id     (RushesDraft         *self);
const char      *rushes_draft_get_preset_text   (RushesDraft         *self);
void             rushes_draft_set_preset        (RushesDraft         *self,
                                                 const char          *preset_id,
                                                 const char          *preset_text);
const char      *rushes_draft_get_provider_id   (RushesDraft         *self);
const char      *rushes_draft_get_model_id      (RushesDraft         *self);
void             rushes_draft_set_model         (RushesDraft         *self,
                                                 const char          *provider_id,
                                                 const char          *model_id);
double           rushes_draft_get_duration      (RushesDraft         *self);
void             rushes_draft_set_duration      (RushesDraft         *self,
                                                 double               seconds);
const char      *rushes_draft_get_resolution    (RushesDraft         *self);
void             rushes_draft_set_resolution    (RushesDraft         *self,
                                                 const char          *resolution);
const char      *rushes_draft_get_aspect        (RushesDraft         *self);
void             rushes_draft_set_aspect        (RushesDraft         *self,
                                                 const char          *aspect);
int              rushes_draft_get_frame_rate    (RushesDraft         *self);
void             rushes_draft_set_frame_rate    (RushesDraft         *self,
                                                 int                  frame_rate);
gint64           rushes_draft_get_seed          (RushesDraft         *self);
void             rushes_draft_set_seed          (RushesDraft         *self,
                                                 gint64               seed);
gboolean         rushes_draft_get_audio         (RushesDraft         *self);
void             rushes_draft_set_audio         (RushesDraft         *self,
                                                 gboolean             audio);
gboolean         rushes_draft_get_watermark     (RushesDraft         *self);
void             rushes_draft_set_watermark     (RushesDraft         *self,
                                                 gboolean             watermark);
int              rushes_draft_get_count         (RushesDraft         *self);
void             rushes_draft_set_count         (RushesDraft         *self,
                                                 int                  count);

/* What the person wants to spend at most on an order of this draft; micros below zero for no such wish. It is the
 * person's and never comes or goes with a recipe. */
RushesMoney      rushes_draft_get_budget        (RushesDraft         *self);
void             rushes_draft_set_budget        (RushesDraft         *self,
                                                 RushesMoney          most);

/* The n-th picture of a role (0 for first and last frame); NULL. Borrowed. */
RushesReference *rushes_draft_get_reference     (RushesDraft         *self,
                                                 RushesReferenceRole  role,
                                                 guint                n);
guint            rushes_draft_get_n_references  (RushesDraft         *self,
                                                 RushesReferenceRole  role);
/* Replaces (n below the number there), appends (n equal to it, role REFERENCE only) or, with NULL, removes. */
void             rushes_draft_set_reference     (RushesDraft         *self,
                                                 RushesReferenceRole  role,
                                                 guint                n,
                                                 RushesReference     *reference);
/* Takes the n-th picture of @role to the place @m of @to, as one change: what lies there comes to where it was, and
 * where nothing does (@m equal to the number there, of another role) it is appended. */
void             rushes_draft_move_reference    (RushesDraft         *self,
                                                 RushesReferenceRole  role,
                                                 guint                n,
                                                 RushesReferenceRole  to,
                                                 guint                m);
/* All pictures as they lie: that of the first frame and of the last (NULL where there is none), then the references. */
GPtrArray       *rushes_draft_list_pictures     (RushesDraft         *self) G_GNUC_WARN_UNUSED_RESULT;
/* Text of a parameter of the model's own; NULL when it was not set. */
const char      *rushes_draft_get_parameter     (RushesDraft         *self,
                                                 const char          *name);
void             rushes_draft_set_parameter     (RushesDraft         *self,
                                                 const char          *name,
                                                 const char          *value);
/* The names that are set; free with g_strfreev(). */
char           **rushes_draft_list_parameters   (RushesDraft         *self) G_GNUC_WARN_UNUSED_RESULT;

/* What is sent as the prompt: "preset", "preset, what was typed", or what was typed; trimmed. */
char            *rushes_draft_get_whole_prompt  (RushesDraft         *self) G_GNUC_WARN_UNUSED_RESULT;

/* The clip that the takes of this draft make longer by their service's own call; NULL for none, as always but for drafts
 * that rushes_extending_begin() makes. It is not kept with the draft. */
const RushesExtension *rushes_draft_get_extension (RushesDraft       *self);
void             rushes_draft_set_extension     (RushesDraft         *self,
                                                 const RushesExtension *extension);

/* Empties all but provider, model and settings. */
void             rushes_draft_clear             (RushesDraft         *self);
/* Takes everything over from a request (Remix), but not what it extends: it is for another take, made anew. */
void             rushes_draft_set_from_request  (RushesDraft         *self,
                                                 RushesRequest       *request);
JsonNode        *rushes_draft_to_json           (RushesDraft         *self) G_GNUC_WARN_UNUSED_RESULT;
/* Reads what it can and leaves the rest as it was: an old draft is never a reason to fail. */
void             rushes_draft_load_json         (RushesDraft         *self,
                                                 JsonNode            *node,
                                                 GFile               *references_folder);

G_END_DECLS
