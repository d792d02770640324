/* rushes-test-service.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesTestService:
 *
 * A provider that answers as a test wants it to. Unless told otherwise it accepts every take, and the first question
 * is answered with "done". Its clip is a real one. What it was asked stands in its log, as words with blanks between
 * them.
 */
#define RUSHES_TYPE_TEST_SERVICE (rushes_test_service_get_type ())
G_DECLARE_FINAL_TYPE (RushesTestService, rushes_test_service, RUSHES, TEST_SERVICE, RushesProvider)

typedef enum
{
  RUSHES_TEST_PREPARE,
  RUSHES_TEST_SUBMIT,
  RUSHES_TEST_POLL,
  RUSHES_TEST_CANCEL,
  RUSHES_TEST_FETCH,
  RUSHES_TEST_RECOVER,
  RUSHES_TEST_LOOK_UP,
  RUSHES_TEST_N_CALLS,
} RushesTestCall;

/* @engine is "http" or "animatic"; what is local renders beside the spool, and forgets its tasks with the object.
 * Its id is "kites". */
RushesTestService *rushes_test_service_new      (const char         *engine,
                                                 guint               slots);
/* The same, whose model costs what @prices say, the member of a description. */
RushesTestService *rushes_test_service_new_priced (const char         *engine,
                                                   guint               slots,
                                                   const char         *prices);
/* From now on it can be asked for takes by our own id; it knows of none unless it is told what to answer. */
void               rushes_test_service_set_lookup  (RushesTestService  *self,
                                                    gboolean            unique);
/* With which key it submits and asks from now on; with NULL nobody knows. At first it has none. */
void               rushes_test_service_set_key     (RushesTestService  *self,
                                                    const char         *source,
                                                    const char         *print);
/* What the next calls of this kind answer, in their order: an answer or an error; both are taken. */
void               rushes_test_service_answer   (RushesTestService  *self,
                                                 RushesTestCall      call,
                                                 RushesAnswer       *answer);
void               rushes_test_service_refuse   (RushesTestService  *self,
                                                 RushesTestCall      call,
                                                 GError             *error);
/* Calls of this kind wait until rushes_test_service_open(). */
void               rushes_test_service_shut     (RushesTestService  *self,
                                                 RushesTestCall      call);
void               rushes_test_service_open     (RushesTestService  *self,
                                                 RushesTestCall      call);
/* Until FALSE again, whoever asks hears that it is being made. */
void               rushes_test_service_set_busy (RushesTestService  *self,
                                                 gboolean            busy);
/* The file that comes as the clip; one of tests/core/container/media, or a path. */
void               rushes_test_service_set_clip (RushesTestService  *self,
                                                 const char         *clip);
guint              rushes_test_service_count    (RushesTestService  *self,
                                                 RushesTestCall      call);
/* How many takes it had at once, at most, from being prepared to being fetched. */
guint              rushes_test_service_get_most (RushesTestService  *self);
/* The own ids, in the order of their submits; of the n-th. */
const char        *rushes_test_service_get_own_id (RushesTestService *self,
                                                guint               n);
/* The prompts, in the order of their submits. */
const char        *rushes_test_service_get_log  (RushesTestService  *self);

G_END_DECLS
