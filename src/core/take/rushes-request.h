/* rushes-request.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "rushes-draft.h"

G_BEGIN_DECLS

/**
 * RushesRequest:
 *
 * The frozen request of one take: immutable, complete (what was not set has the model's default), and the same for
 * every attempt. The seed is a real number, so that the take can be made again; -1 only where the model takes none.
 */
#define RUSHES_TYPE_REQUEST (rushes_request_get_type ())
G_DECLARE_FINAL_TYPE (RushesRequest, rushes_request, RUSHES, REQUEST, GObject)

/* Freezes a draft for its @index-th take (0 … count-1): with a seed of -1 each gets a random one of its own, with a
 * fixed seed the index is added to it. Members that @model does not support are left out. */
RushesRequest      *rushes_request_new                 (RushesDraft         *draft,
                                                        RushesModel         *model,
                                                        guint                index);
/* What is left of a request that the library holds and that cannot be read: by whom and what was typed. Such a take can
 * still be asked about, fetched, shown and deleted; nothing is submitted for it. @problem says why. */
RushesRequest      *rushes_request_new_lost            (const char          *provider_id,
                                                        const char          *model_id,
                                                        const char          *prompt,
                                                        const GError        *problem);
/* A sentence for the person; NULL when it is whole. */
const GError       *rushes_request_get_problem         (RushesRequest       *self);

const char         *rushes_request_get_provider_id     (RushesRequest       *self);
const char         *rushes_request_get_model_id        (RushesRequest       *self);
/* As it was typed, without the preset; "" when nothing was. */
const char         *rushes_request_get_prompt          (RushesRequest       *self);
/* NULL when there was none. */
const char         *rushes_request_get_preset_id       (RushesRequest       *self);
const char         *rushes_request_get_preset_text     (RushesRequest       *self);
/* What is sent. */
const char         *rushes_request_get_whole_prompt    (RushesRequest       *self);
const char         *rushes_request_get_negative_prompt (RushesRequest       *self);
double              rushes_request_get_duration        (RushesRequest       *self);
const char         *rushes_request_get_resolution      (RushesRequest       *self);
const char         *rushes_request_get_aspect          (RushesRequest       *self);
int                 rushes_request_get_frame_rate      (RushesRequest       *self);
gint64              rushes_request_get_seed            (RushesRequest       *self);
gboolean            rushes_request_get_audio           (RushesRequest       *self);
gboolean            rushes_request_get_watermark       (RushesRequest       *self);
const char         *rushes_request_get_parameter       (RushesRequest       *self,
                                                        const char          *name);
guint               rushes_request_get_n_references    (RushesRequest       *self,
                                                        RushesReferenceRole  role);
RushesReference    *rushes_request_get_reference       (RushesRequest       *self,
                                                        RushesReferenceRole  role,
                                                        guint                n);

/* The clip that it makes longer; NULL for none. Borrowed. */
const RushesExtension *rushes_request_get_extension    (RushesRequest       *self);

/* What the service itself had said of the model when the request was frozen (see rushes-model-sheet.h), so that nothing of
 * the request depends on a cache; NULL for a model that the description says all of. Borrowed. */
JsonNode           *rushes_request_get_sheet           (RushesRequest       *self);

/* What a card is called: what was typed, else the preset's text, else the picture's name; one line. */
char               *rushes_request_get_title           (RushesRequest       *self) G_GNUC_WARN_UNUSED_RESULT;

/* Canonical JSON (members in a fixed order): what the library stores and recipes are made of. Paths and keys never
 * go into it. */
JsonNode           *rushes_request_to_json             (RushesRequest       *self) G_GNUC_WARN_UNUSED_RESULT;
RushesRequest      *rushes_request_from_json           (JsonNode            *node,
                                                        GFile               *references_folder,
                                                        GError             **error);

G_END_DECLS
