/* rushes-simulated-call.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "rushes-simulated-body.h"
#include "rushes-simulated-task.h"

G_BEGIN_DECLS

typedef struct _RushesSimulatedService RushesSimulatedService;
typedef struct _RushesSimulator RushesSimulator;

#define RUSHES_TYPE_SIMULATED_CALL (rushes_simulated_call_get_type ())
/* A request that a simulated service is answering. Exactly one reply is given to each. */
G_DECLARE_FINAL_TYPE (RushesSimulatedCall, rushes_simulated_call, RUSHES, SIMULATED_CALL, GObject)

/* ---- what is asked ---- */

RushesSimulator     *rushes_simulated_call_get_simulator   (RushesSimulatedCall         *self);
SoupMessageHeaders  *rushes_simulated_call_get_headers     (RushesSimulatedCall         *self);
GUri                *rushes_simulated_call_get_uri         (RushesSimulatedCall         *self);
/* "POST". */
const char          *rushes_simulated_call_get_method      (RushesSimulatedCall         *self);
/* What stands for "{NAME}" in the route's path, decoded; NULL when nothing does. */
const char          *rushes_simulated_call_get_segment     (RushesSimulatedCall         *self,
                                                            const char                  *name);
const char          *rushes_simulated_call_get_query       (RushesSimulatedCall         *self,
                                                            const char                  *name);
const char          *rushes_simulated_call_get_header      (RushesSimulatedCall         *self,
                                                            const char                  *name);
/* The body: a JSON object, or a form as one (see rushes_simulated_body_read()); NULL when it is neither. */
JsonObject          *rushes_simulated_call_get_body        (RushesSimulatedCall         *self);
gboolean             rushes_simulated_call_is_form         (RushesSimulatedCall         *self);
/* The body as it came. */
GBytes              *rushes_simulated_call_get_bytes       (RushesSimulatedCall         *self);
/* A text member of the body; NULL when there is none. */
const char          *rushes_simulated_call_get_text        (RushesSimulatedCall         *self,
                                                            const char                  *name);
/* The task that the route speaks of. The framework has found it, and counted the poll. NULL for other routes. */
RushesSimulatedTask *rushes_simulated_call_get_task        (RushesSimulatedCall         *self);
/* Whether a key came with it, right or wrong. */
gboolean             rushes_simulated_call_has_key         (RushesSimulatedCall         *self);
/* Looks at the body strictly; when something is wrong the call is refused as the service does it, and FALSE returned. */
gboolean             rushes_simulated_call_check           (RushesSimulatedCall         *self,
                                                            const RushesSimulatedField  *fields);

/* ---- faults ---- */

/* Whether the fault or quirk @name is switched on; one with a limited number is used up by asking. */
gboolean             rushes_simulated_call_has             (RushesSimulatedCall         *self,
                                                            const char                  *name);

/* ---- tasks and clips ---- */

/* Accepts the request: a new task, counted. @own_id and @kind may be NULL. */
RushesSimulatedTask *rushes_simulated_call_accept          (RushesSimulatedCall         *self,
                                                            const char                  *id,
                                                            const char                  *own_id,
                                                            const char                  *kind);
/* How the service calls the state of @task ("unknown-state" makes it a word that nobody knows). */
const char          *rushes_simulated_call_get_word        (RushesSimulatedCall         *self,
                                                            RushesSimulatedTask         *task);
/* Whether tasks that fail do so because moderation stops them ("fail=rejected"), and not because the service broke. */
gboolean             rushes_simulated_call_is_rejected     (RushesSimulatedCall         *self);
/* A fresh address of the clip of @task, on the other host; NULL when "done-without-clip" is on. Free with g_free(). */
char                *rushes_simulated_call_make_clip_url   (RushesSimulatedCall         *self,
                                                            RushesSimulatedTask         *task) G_GNUC_WARN_UNUSED_RESULT;

/* ---- replies ---- */

/* JSON in the form of rushes_simulated_json(). */
void                 rushes_simulated_call_reply           (RushesSimulatedCall         *self,
                                                            guint                        status,
                                                            const char                  *form,
                                                            ...);
/* Any body; @type NULL: none. */
void                 rushes_simulated_call_reply_text      (RushesSimulatedCall         *self,
                                                            guint                        status,
                                                            const char                  *type,
                                                            const char                  *text);
/* The clip itself, with ranges and an ETag, and with the faults of clips. */
void                 rushes_simulated_call_reply_clip      (RushesSimulatedCall         *self,
                                                            RushesSimulatedTask         *task);
void                 rushes_simulated_call_reply_redirect  (RushesSimulatedCall         *self,
                                                            guint                        status,
                                                            const char                  *address);
/* A refusal (RushesRefusal) in the service's words; @message may be NULL. */
void                 rushes_simulated_call_refuse          (RushesSimulatedCall         *self,
                                                            int                          why,
                                                            RushesSimulatedProblemKind   kind,
                                                            const char                  *where,
                                                            const char                  *message);
void                 rushes_simulated_call_add_header      (RushesSimulatedCall         *self,
                                                            const char                  *name,
                                                            const char                  *value);
/* The reply is only the first part of an answer that comes in pieces. The rest follows when a clip was asked for, or after
 * 20 seconds; without a rest (NULL) the connection breaks off then. With @for_ever it never comes. */
void                 rushes_simulated_call_hold_back       (RushesSimulatedCall         *self,
                                                            const char                  *rest,
                                                            gboolean                     for_ever);
/* The reply goes out after so many milliseconds. */
void                 rushes_simulated_call_set_delay       (RushesSimulatedCall         *self,
                                                            guint                        milliseconds);

/* ---- for the simulator ---- */

RushesSimulatedCall *rushes_simulated_call_new             (RushesSimulator             *simulator,
                                                            SoupServerMessage           *message) G_GNUC_WARN_UNUSED_RESULT;
/* Whether @path with its segments fits the request. */
gboolean             rushes_simulated_call_match           (RushesSimulatedCall         *self,
                                                            const char                  *path);
void                 rushes_simulated_call_set_task        (RushesSimulatedCall         *self,
                                                            RushesSimulatedTask         *task);
void                 rushes_simulated_call_set_query       (RushesSimulatedCall         *self,
                                                            GHashTable                  *query);
/* The status of the reply; 0 while there is none. */
guint                rushes_simulated_call_get_status      (RushesSimulatedCall         *self);
/* Whether the reply is a clip. */
gboolean             rushes_simulated_call_gives_clip      (RushesSimulatedCall         *self);
/* The task that it made. */
RushesSimulatedTask *rushes_simulated_call_get_made        (RushesSimulatedCall         *self);
/* Takes the task's id out of the reply, wherever it stands. */
void                 rushes_simulated_call_drop_id         (RushesSimulatedCall         *self);
/* Sends the reply: whole, half of it (the length of all is announced), or none with the connection reset. */
typedef enum
{
  RUSHES_SIMULATED_SEND_WHOLE,
  RUSHES_SIMULATED_SEND_HALF,
  RUSHES_SIMULATED_SEND_RESET,
} RushesSimulatedSending;
void                 rushes_simulated_call_send            (RushesSimulatedCall         *self,
                                                            RushesSimulatedSending       how);

G_END_DECLS
