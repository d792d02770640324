/* rushes-protocol.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-answer.h"
#include "rushes-credentials.h"
#include "rushes-http-reply.h"
#include "rushes-http-request.h"
#include "rushes-json-reader.h"
#include "rushes-model.h"
#include "rushes-request.h"

G_BEGIN_DECLS

/* A picture as it is sent: fitted, and with an address when its form is one. */
typedef struct
{
  RushesReferenceRole  role;
  RushesPictureForm    form;
  GBytes              *bytes;
  char                *media_type;
  char                *name;    /* of our making: "first-frame.jpg" */
  char                *address; /* of UPLOAD and ADDRESS; else NULL */
} RushesSentPicture;

RushesSentPicture *rushes_sent_picture_new  (RushesReferenceRole  role,
                                             RushesPictureForm    form,
                                             GBytes              *bytes,
                                             const char          *media_type,
                                             const char          *name) G_GNUC_WARN_UNUSED_RESULT;
void               rushes_sent_picture_free (RushesSentPicture   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesSentPicture, rushes_sent_picture_free)

/**
 * RushesTask:
 *
 * All that a request is made of and a reply is read with; what is not known yet is NULL. Everything is borrowed.
 */
typedef struct
{
  RushesRequest   *request;
  RushesModel     *model;
  const char      *base_url;    /* without a slash at its end */
  const char      *own_id;
  GPtrArray       *pictures;    /* RushesSentPicture, in the order of the request */
  const char      *task_id;
  const char      *poll_target;
  RushesHttpReply *submitted;   /* the reply to the submit */
  RushesHttpReply *last;        /* the last reply about the task */
} RushesTask;

typedef enum
{
  RUSHES_OPERATION_SUBMIT,
  RUSHES_OPERATION_STATUS,
  RUSHES_OPERATION_RESULT,
  RUSHES_OPERATION_LOOKUP,
  RUSHES_OPERATION_CANCEL,
  RUSHES_OPERATION_TEST,
  RUSHES_OPERATION_UPLOAD,
  RUSHES_OPERATION_MODELS, /* which models there are, and what one takes */
  RUSHES_OPERATION_STREAM, /* its events are replies to STATUS */
  RUSHES_OPERATION_SOCKET, /* its messages say how far a task is, and when STATUS is worth asking */
  RUSHES_N_OPERATIONS,
} RushesOperation;

/**
 * RushesProtocol:
 *
 * How a service is spoken to, as its description says ("A service" in data/providers/SCHEMA.md). Immutable. Building
 * requests and reading replies are pure functions over values: the network, the dry run, the fixtures and the fuzzers
 * all use these.
 */
#define RUSHES_TYPE_PROTOCOL (rushes_protocol_get_type ())
G_DECLARE_FINAL_TYPE (RushesProtocol, rushes_protocol, RUSHES, PROTOCOL, GObject)

/* Reads the members of a service from the root of a description that @reader stands in; what is wrong is the reader's
 * to tell. Nobody may set headers such as Host or Cookie, send in the clear to public hosts, or write patterns that never
 * end; with @strange the file came from outside, and may not name variables that hold keys either. */
RushesProtocol    *rushes_protocol_read             (RushesJsonReader   *reader,
                                                     gboolean            strange) G_GNUC_WARN_UNUSED_RESULT;

gboolean           rushes_protocol_has              (RushesProtocol     *self,
                                                     const RushesTask   *task,
                                                     RushesOperation     operation);
/* Whether there is such a request, and all is known that its address is made of. */
gboolean           rushes_protocol_can_ask          (RushesProtocol     *self,
                                                     RushesOperation     operation,
                                                     const RushesTask   *task);
gboolean           rushes_protocol_is_synchronous   (RushesProtocol     *self);

/* NULL with PROTOCOL when an address in a reply leads where the service is not, and BAD_REQUEST when a value that the
 * request cannot do without is missing. STATUS goes to the poll target where there is one, and STREAM may go behind
 * it. */
RushesHttpRequest *rushes_protocol_build            (RushesProtocol     *self,
                                                     RushesOperation     operation,
                                                     const RushesTask   *task,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the submit of @task, which makes a clip longer, can be built: FALSE with UNSUPPORTED when there is no call for
 * that, and with NOT_FOUND when it needs something of the clip that is not known. */
gboolean           rushes_protocol_check_extension  (RushesProtocol     *self,
                                                     const RushesTask   *task,
                                                     GError            **error);
/* What a reply to SUBMIT, STATUS or RESULT says of the task. NULL with an error when it says nothing of it:
 * for SUBMIT the error's charged is NO when it certainly was not accepted, and it is retryable when it may be sent
 * again by itself; for STATUS and RESULT the question failed. A task that the service says has failed is an answer
 * with phase FAILED. A STATUS that says DONE has no outputs when RESULT is to be asked for them. Clips that came
 * within the reply are written beside @spool, off nobody's thread but the caller's: call it on a work thread. */
RushesAnswer      *rushes_protocol_read_answer      (RushesProtocol     *self,
                                                     RushesOperation     operation,
                                                     const RushesTask   *task,
                                                     RushesHttpReply    *reply,
                                                     GFile              *spool,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* The task that a reply to LOOKUP tells of, as an answer that it runs. NULL with NOT_FOUND when the service itself says that
 * there is none under our id; any other error means that the question failed. */
RushesAnswer      *rushes_protocol_read_lookup      (RushesProtocol     *self,
                                                     const RushesTask   *task,
                                                     RushesHttpReply    *reply,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a task can be asked for by our own id; for how many seconds the service may then not know one that it has
 * accepted, and whether it accepts no second one under the same. */
gboolean           rushes_protocol_get_lookup       (RushesProtocol     *self,
                                                     const RushesTask   *task,
                                                     double             *grace,
                                                     gboolean           *unique);
/* Whether a reply to CANCEL, TEST or MODELS is fine; FALSE with the error it stands for (UNSUPPORTED: there is no such thing). */
gboolean           rushes_protocol_read_consent     (RushesProtocol     *self,
                                                     RushesOperation     operation,
                                                     const RushesTask   *task,
                                                     RushesHttpReply    *reply,
                                                     GError            **error);

/* What is sent before CANCEL, one after the other; the replies are for rushes_protocol_read_consent(), too. */
guint              rushes_protocol_get_n_cancel_steps (RushesProtocol   *self,
                                                     const RushesTask   *task);
RushesHttpRequest *rushes_protocol_build_cancel_step (RushesProtocol    *self,
                                                     guint               step,
                                                     const RushesTask   *task,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether a reply to a step says that there is still something to cancel; else nothing more is sent. */
gboolean           rushes_protocol_is_still_there   (RushesProtocol     *self,
                                                     guint               step,
                                                     const RushesTask   *task,
                                                     RushesHttpReply    *reply);

/* ---- what runs there ---- */

/* For people: the program that answers at a base URL of one's own; NULL. */
const char        *rushes_protocol_get_server       (RushesProtocol     *self);

/* ---- pictures ---- */

/* The service's own upload place: its steps, each built with what the ones before gave. */
guint              rushes_protocol_get_n_upload_steps (RushesProtocol   *self);
/* @values is char * → char *, filled by rushes_protocol_read_upload(). */
RushesHttpRequest *rushes_protocol_build_upload     (RushesProtocol     *self,
                                                     guint               step,
                                                     const RushesTask   *task,
                                                     const RushesSentPicture *picture,
                                                     GHashTable         *values,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean           rushes_protocol_read_upload      (RushesProtocol     *self,
                                                     guint               step,
                                                     RushesHttpReply    *reply,
                                                     GHashTable         *values,
                                                     GError            **error);
/* What is sent for the picture in the end (made of what the steps read, and of what it is called), and for how many seconds it is kept (0: not known). */
char              *rushes_protocol_finish_upload    (RushesProtocol     *self,
                                                     const RushesSentPicture *picture,
                                                     GHashTable         *values,
                                                     double             *lifetime,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- models ---- */

/* Whether the service says which models it has, or what one takes; the one; and the other of the model of this id. */
gboolean           rushes_protocol_says_models      (RushesProtocol     *self);
gboolean           rushes_protocol_lists_models     (RushesProtocol     *self);
gboolean           rushes_protocol_describes_model  (RushesProtocol     *self,
                                                     const char         *model_id);
/* The list may have to be asked for in parts (0 … n-1), and each part page by page: @cursor is what the page before gave,
 * NULL for the first. */
guint              rushes_protocol_get_n_list_parts (RushesProtocol     *self);
RushesHttpRequest *rushes_protocol_build_list       (RushesProtocol     *self,
                                                     guint               part,
                                                     const char         *cursor,
                                                     const char         *base_url,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* What one page says, as an array of JsonNode: one sheet (rushes-model-sheet.h) for each model that is one for clips. What
 * is spoilt is left out. @cursor is set to that of the next page, NULL after the last. @today is the day that prices were
 * looked up. NULL with PROTOCOL when there is no list in it, and with what a refusal means. Slow: for work threads. */
GPtrArray         *rushes_protocol_read_list        (RushesProtocol     *self,
                                                     RushesHttpReply    *reply,
                                                     const char         *base_url,
                                                     const char         *today,
                                                     char              **cursor,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Asks what one model takes, and what the reply says of it, as a sheet that says all of the model. NULL with UNSUPPORTED
 * when the model wants what no take can give it. */
RushesHttpRequest *rushes_protocol_build_schema     (RushesProtocol     *self,
                                                     const char         *model_id,
                                                     const char         *base_url,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode          *rushes_protocol_read_schema      (RushesProtocol     *self,
                                                     const char         *model_id,
                                                     RushesHttpReply    *reply,
                                                     const char         *base_url,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;

/* ---- facts ---- */

typedef struct
{
  char *name; /* for people, translated */
  char *url;
} RushesRegion;

GPtrArray         *rushes_protocol_get_regions      (RushesProtocol     *self);
/* The name, as conditions have it, of the one that the base URL of a task is of; NULL. */
const char        *rushes_protocol_get_region       (RushesProtocol     *self,
                                                     const RushesTask   *task);
const char        *rushes_protocol_get_example_url  (RushesProtocol     *self);
const char        *rushes_protocol_get_homepage     (RushesProtocol     *self);
const char        *rushes_protocol_get_key_page     (RushesProtocol     *self);
/* Further origins of the service, beside the base URL's; NULL-terminated. */
const char * const *rushes_protocol_get_origins     (RushesProtocol     *self);
const char * const *rushes_protocol_get_environment (RushesProtocol     *self);
gboolean           rushes_protocol_needs_key        (RushesProtocol     *self);
/* Credentials that are sent as the service wants them; @key may be NULL or empty: then NULL. */
RushesCredentials *rushes_protocol_make_credentials (RushesProtocol     *self,
                                                     const char         *key,
                                                     const char * const *origins) G_GNUC_WARN_UNUSED_RESULT;
/* A base URL as it was typed or pasted, brought into shape: blanks, a slash at its end and what `trim` lists go,
 * and before the name of this computer, or of one in its own network, http:// is added where nothing stands.
 * BAD_REQUEST with a sentence for what is no http address, for plain http to a public host, and for a host that is
 * another provider's (`foreign`). */
char              *rushes_protocol_normalize_url    (RushesProtocol     *self,
                                                     const char         *typed,
                                                     GError            **error) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it can be cancelled, and whether it is charged then. Without a request: whether there are takes that can be. */
gboolean           rushes_protocol_get_cancel       (RushesProtocol     *self,
                                                     const RushesTask   *task,
                                                     RushesCharged      *charged);

G_END_DECLS
