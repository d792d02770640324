/* rushes-simulate-kling-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulator.h"

G_BEGIN_DECLS

/* What both generations of Kling have in common. */

extern const RushesSimulatedField rushes_simulated_kling_watermark_fields[];

/* Refusals that only this service has, as the faults want them; TRUE when there is one. */
gboolean             rushes_simulated_kling_refuse             (RushesSimulatedCall *call);
void                 rushes_simulated_kling_refuse_value       (RushesSimulatedCall *call,
                                                                const char          *where,
                                                                const char          *message);
/* What is wrong with a picture that is sent as it is, in either form of base64; NULL for addresses too. */
const char          *rushes_simulated_kling_find_picture_fault (const char          *text);
/* Whether there is a task of this name of the client's already; then it is refused. */
gboolean             rushes_simulated_kling_is_taken           (RushesSimulatedCall *call,
                                                                const char          *own_id);
/* Looks into the object that has watermark_info; NULL: none. */
gboolean             rushes_simulated_kling_wants_watermark    (JsonObject          *body);
/* With a @fault the task will have failed because of it. */
RushesSimulatedTask *rushes_simulated_kling_accept             (RushesSimulatedCall *call,
                                                                const char          *own_id,
                                                                const char          *kind,
                                                                const char          *fault,
                                                                gboolean             watermark);
RushesSimulatedState rushes_simulated_kling_get_state          (RushesSimulatedTask *task);
/* Why it failed. */
const char          *rushes_simulated_kling_get_reason         (RushesSimulatedCall *call,
                                                                RushesSimulatedTask *task);
/* Milliseconds since 1970. */
gint64               rushes_simulated_kling_get_created        (RushesSimulatedTask *task);
/* How long its clip is. */
int                  rushes_simulated_kling_get_seconds        (RushesSimulatedTask *task);
/* The clip as JSON, @prefix being its first members; "" when there is none. Free with g_free(). */
char                *rushes_simulated_kling_describe_clip      (RushesSimulatedCall *call,
                                                                RushesSimulatedTask *task,
                                                                const char          *prefix);

void                 rushes_simulated_kling_submit_text        (RushesSimulatedCall *call);
void                 rushes_simulated_kling_submit_image       (RushesSimulatedCall *call);
void                 rushes_simulated_kling_poll_text          (RushesSimulatedCall *call);
void                 rushes_simulated_kling_poll_image         (RushesSimulatedCall *call);
void                 rushes_simulated_kling_submit_extension   (RushesSimulatedCall *call);
void                 rushes_simulated_kling_poll_extension     (RushesSimulatedCall *call);
void                 rushes_simulated_kling_submit_new_text    (RushesSimulatedCall *call);
void                 rushes_simulated_kling_submit_new_image   (RushesSimulatedCall *call);
void                 rushes_simulated_kling_submit_new_omni    (RushesSimulatedCall *call);
void                 rushes_simulated_kling_poll_new           (RushesSimulatedCall *call);

G_END_DECLS
