/* rushes-simulator.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulated-service.h"

G_BEGIN_DECLS

/* A service that is not there: two servers on loopback, one that speaks a service's protocol and one that stands for the
 * host, another's, from which it hands out clips. */

/* What is counted; readable at GET /_simulator and in the count file. */
typedef enum
{
  RUSHES_SIMULATED_COUNT_SUBMITS,    /* tasks that were accepted */
  RUSHES_SIMULATED_COUNT_REFUSALS,   /* submits that were not */
  RUSHES_SIMULATED_COUNT_POLLS,
  RUSHES_SIMULATED_COUNT_RESULTS,
  RUSHES_SIMULATED_COUNT_CANCELS,    /* that were obeyed */
  RUSHES_SIMULATED_COUNT_UPLOADS,    /* files that were taken whole */
  RUSHES_SIMULATED_COUNT_MODELS,     /* questions about models */
  RUSHES_SIMULATED_COUNT_DOWNLOADS,  /* clips that were given to their end */
  RUSHES_SIMULATED_COUNT_WRONG_KEYS, /* requests with no key or a wrong one */
  RUSHES_SIMULATED_COUNT_LEAKS,      /* requests that brought the key to the other host */
  RUSHES_SIMULATED_N_COUNTS,
} RushesSimulatedCount;

#define RUSHES_TYPE_SIMULATOR (rushes_simulator_get_type ())
G_DECLARE_FINAL_TYPE (RushesSimulator, rushes_simulator, RUSHES, SIMULATOR, GObject)

typedef struct
{
  const char *key;           /* NULL: the service's */
  const char *const *faults; /* "NAME", "NAME=VALUE", with "@N" behind it for the first N times only */
  double speed;              /* 1: as fast as life */
  guint polls;               /* see RushesSimulatedCourse */
  const char *clip;          /* a file; NULL: the one that comes with it */
  const char *count_file;    /* or NULL */
} RushesSimulatorOptions;

/* NULL with a sentence in @error when a fault is unknown or a file cannot be read. */
G_GNUC_WARN_UNUSED_RESULT
RushesSimulator              *rushes_simulator_new              (const RushesSimulatedService *service,
                                                                 const RushesSimulatorOptions *options,
                                                                 GError                      **error);
/* Begins to listen; @port 0: any that is free. */
gboolean                      rushes_simulator_listen           (RushesSimulator              *self,
                                                                 guint                         port,
                                                                 GError                      **error);
/* "http://127.0.0.1:PORT"; of the service and of the other host. */
const char                   *rushes_simulator_get_origin       (RushesSimulator              *self);
const char                   *rushes_simulator_get_elsewhere    (RushesSimulator              *self);
const RushesSimulatedService *rushes_simulator_get_service      (RushesSimulator              *self);
const char                   *rushes_simulator_get_key          (RushesSimulator              *self);

/* Whether a fault is on, with its value ("" when it has none), without using it up. */
gboolean                      rushes_simulator_has_fault        (RushesSimulator              *self,
                                                                 const char                   *name,
                                                                 const char                  **value);
/* The same, and uses up one of a limited number. */
gboolean                      rushes_simulator_use_fault        (RushesSimulator              *self,
                                                                 const char                   *name,
                                                                 const char                  **value);
/* All faults of the framework: pairs of name and what it does, up to NULL. */
const char *const            *rushes_simulator_list_faults      (void);

RushesSimulatedTask          *rushes_simulator_add_task         (RushesSimulator              *self,
                                                                 const char                   *id,
                                                                 const char                   *own_id,
                                                                 const char                   *kind,
                                                                 JsonObject                   *request);
/* By its id or its own id; NULL when there is none. */
RushesSimulatedTask          *rushes_simulator_find_task        (RushesSimulator              *self,
                                                                 const char                   *id);
/* A number that is one greater each time, for ids. */
guint                         rushes_simulator_next             (RushesSimulator              *self);
/* How often a clip was asked for, whatever came of it. */
guint                         rushes_simulator_get_n_asked      (RushesSimulator              *self);
void                          rushes_simulator_note_asked       (RushesSimulator              *self);
void                          rushes_simulator_count            (RushesSimulator              *self,
                                                                 RushesSimulatedCount          what);
/* The clip that is handed out, and its ETag. */
GBytes                       *rushes_simulator_get_clip         (RushesSimulator              *self);
const char                   *rushes_simulator_get_etag         (RushesSimulator              *self);
/* What the service remembers by name besides tasks, such as the files that were uploaded. */
GHashTable                   *rushes_simulator_get_notes        (RushesSimulator              *self);

/* All services, in the order of their ids; up to NULL. */
const RushesSimulatedService *const *rushes_simulator_list_services (void);

G_END_DECLS
