/* rushes-test-house.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-attempt.h"
#include "rushes-queue.h"
#include "rushes-test-service.h"
#include "rushes-test.h"

G_BEGIN_DECLS

/* A library, the service “kites” and a queue between them, as one process has them. All seconds are short here.
 * Everything runs in fibers. */
typedef struct
{
  char              *path;
  RushesLibrary     *library;
  RushesTestService *service;
  RushesRegistry    *registry;
  RushesQueue       *queue;
  gboolean           closed;   /* the library */
  guint              n_ended;  /* ::take-ended */
  GString           *messages; /* of all takes that were ordered, one a line, as they changed */
  GString           *states;   /* likewise, as words with blanks */
} RushesTestHouse;

/* One second of the pipeline in these tests, in seconds. */
#define RUSHES_TEST_SECOND 0.005

RushesTestHouse *rushes_test_house_new     (const char       *engine,
                                            guint             slots) G_GNUC_WARN_UNUSED_RESULT;
/* With @service, which is taken. */
RushesTestHouse *rushes_test_house_new_with (RushesTestService *service) G_GNUC_WARN_UNUSED_RESULT;
/* Another process over the same library. */
RushesTestHouse *rushes_test_house_again   (RushesTestHouse  *before,
                                            const char       *engine) G_GNUC_WARN_UNUSED_RESULT;
RushesTestHouse *rushes_test_house_again_with (RushesTestHouse   *before,
                                               RushesTestService *service) G_GNUC_WARN_UNUSED_RESULT;
/* Stops the queue and closes the library, as a process does that ends well. */
void             rushes_test_house_leave   (RushesTestHouse  *self);
/* Closes the library under the queue, as if the process were gone; what still goes on in it comes to nothing. */
void             rushes_test_house_crash   (RushesTestHouse  *self);
/* Leaves, unless it has. */
void             rushes_test_house_free    (RushesTestHouse  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTestHouse, rushes_test_house_free)

/* A draft of the service's model. */
RushesDraft     *rushes_test_house_draft   (const char       *prompt) G_GNUC_WARN_UNUSED_RESULT;
/* Generates one take. */
RushesTake      *rushes_test_house_order   (RushesTestHouse  *self,
                                            const char       *prompt) G_GNUC_WARN_UNUSED_RESULT;
RushesAttempt   *rushes_test_house_attempt (RushesTestHouse  *self,
                                            RushesTake       *take) G_GNUC_WARN_UNUSED_RESULT;
/* Waits until it ended or waits, and asserts how. */
void             rushes_test_house_expect  (RushesTestHouse  *self,
                                            RushesTake       *take,
                                            RushesTakeState   state);
/* Waits until it stands so, 20 s at most. */
void             rushes_test_house_reach   (RushesTake       *take,
                                            RushesTakeState   state);
/* Waits until the service was called so often. */
void             rushes_test_house_called  (RushesTestHouse  *self,
                                            RushesTestCall    call,
                                            guint             times);
void             rushes_test_house_cancel  (RushesTestHouse  *self,
                                            RushesTake       *take);
/* Picks up what others left, @take alone or all, and asserts how many. */
void             rushes_test_house_resume  (RushesTestHouse  *self,
                                            RushesTake       *take,
                                            int               expected);
/* The files below a folder of the library ("clips", "spool"), names only, sorted, with blanks between them. */
char            *rushes_test_house_list    (RushesTestHouse  *self,
                                            const char       *folder) G_GNUC_WARN_UNUSED_RESULT;
/* A take of the library by another one's object. */
RushesTake      *rushes_test_house_find    (RushesTestHouse  *self,
                                            RushesTake       *take) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
