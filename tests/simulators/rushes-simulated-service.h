/* rushes-simulated-service.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulated-body.h"
#include "rushes-simulated-call.h"

G_BEGIN_DECLS

/* A service as its page of facts describes it, one file rushes-simulate-ID.c each: what it is called, what it listens to,
 * and how it words a refusal. All that is common to services (keys, tasks, clips, counting, faults) is the framework's. */

/* What a route is for. The common faults act on purposes. */
typedef enum
{
  RUSHES_SIMULATED_OTHER,   /* a balance */
  RUSHES_SIMULATED_SUBMIT,  /* makes a task */
  RUSHES_SIMULATED_POLL,    /* says how a task stands; counts as a poll of it */
  RUSHES_SIMULATED_RESULT,  /* says what came of a task that has ended */
  RUSHES_SIMULATED_CONTENT, /* the clip itself, from the service */
  RUSHES_SIMULATED_CANCEL,
  RUSHES_SIMULATED_UPLOAD,
  RUSHES_SIMULATED_MODELS,  /* a list of models, or what one takes */
} RushesSimulatedPurpose;

/* Why a request is refused; a service has words and a status of its own for each. */
typedef enum
{
  RUSHES_REFUSAL_KEY,        /* no key, or a wrong one */
  RUSHES_REFUSAL_BALANCE,    /* nothing left to pay with */
  RUSHES_REFUSAL_RATE,       /* too many requests */
  RUSHES_REFUSAL_MODERATION, /* the prompt or a picture is not wanted */
  RUSHES_REFUSAL_REQUEST,    /* the request is wrong; the problem says where */
  RUSHES_REFUSAL_MODEL,      /* there is no such model */
  RUSHES_REFUSAL_NOT_FOUND,  /* there is no such task or route */
  RUSHES_REFUSAL_METHOD,     /* not with this method */
  RUSHES_REFUSAL_CANCEL,     /* the task cannot be cancelled */
  RUSHES_REFUSAL_BUSY,       /* not now */
  RUSHES_REFUSAL_SERVER,     /* the service broke */
} RushesRefusal;

typedef struct
{
  const char *method;
  /* Segments; "{id}" stands for one of any text, "{rest*}" as the last for all that follow. */
  const char *path;
  RushesSimulatedPurpose purpose;
  void (*handle) (RushesSimulatedCall *call);
  /* For POLL, RESULT, CONTENT and CANCEL: the parameters of the query (separated by "|") that name the task; else the
   * segment {id} does. It may be the own id that the submit sent. */
  const char *task_query;
  /* Spoken at the second port, another host for whoever asks: without a key. */
  gboolean elsewhere;
  /* Works without a key; a wrong one is refused all the same. */
  gboolean open;
} RushesSimulatedRoute;

/* A switch of the service's own: --fault NAME. */
typedef struct
{
  const char *name;
  const char *about;
} RushesSimulatedQuirk;

struct _RushesSimulatedService
{
  const char *id;
  const char *about;
  /* What people paste behind the origin: "" or "/v1". */
  const char *base_path;
  /* How the key comes: "Authorization: SCHEME KEY"; or as it is, in @header, when @scheme is NULL. */
  const char *scheme;
  const char *header;
  /* The key that is right when none is given. */
  const char *key;
  /* Whether it works without a key; a wrong one is refused all the same. */
  gboolean key_optional;
  /* Optional: whether credentials that are not the key itself are right, such as a token minted from it. */
  gboolean (*accepts) (RushesSimulatedCall *call, const char *credentials);
  /* How it calls the states of a task, by RushesSimulatedState. */
  const char *words[RUSHES_SIMULATED_N_STATES];
  /* Up to one without a handler. */
  const RushesSimulatedRoute *routes;
  /* Up to one without a name; may be NULL. */
  const RushesSimulatedQuirk *quirks;
  /* Where it opens a WebSocket, "/ws", and what it does with one that was opened; may be NULL. The quirk "no-socket" is
   * that it does not. */
  const char *socket_path;
  void (*speak) (RushesSimulator *simulator, SoupWebsocketConnection *connection);
  /* Answers @call with a refusal. @problem is what is wrong with the request, or NULL. */
  void (*refuse) (RushesSimulatedCall *call, RushesRefusal why, const RushesSimulatedProblem *problem);
};

G_END_DECLS
