/* rushes-test-protocol.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"
#include "rushes-protocol.h"

G_BEGIN_DECLS

/* A small whole service, "kites": model "red" (a style among its parameters, "wind" among its values, pictures in all
 * roles, sound, seed), regions West (https://api.kites.example) and East, an upload in two steps. */

/* The description with the members of @text set in the object at @place ("protocol.answer"; "" for the root), instead
 * of those that are there. NULL stands for nothing. */
RushesDescription *rushes_test_describe      (const char         *place,
                                              const char         *text,
                                              gboolean            strange,
                                              GError            **error);

/* A take of the service, of @draft (its JSON without the version; NULL for a prompt alone) and pictures. */
typedef struct
{
  RushesDescription *description;
  RushesProtocol    *protocol; /* borrowed */
  RushesModel       *model;
  RushesRequest     *request;
  GPtrArray         *pictures; /* RushesSentPicture */
  GFile             *spool;
  RushesTask         task;     /* at West, with the own id "own", without a task id */
} RushesTestTake;

/* Takes @description. @pictures says which there are: "f" first, "l" last, "r" a reference, each of the form @form. */
RushesTestTake    *rushes_test_take_new      (RushesDescription  *description,
                                              const char         *draft,
                                              const char         *pictures,
                                              RushesPictureForm   form);
void               rushes_test_take_free     (RushesTestTake     *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTestTake, rushes_test_take_free)
/* One with a prompt alone, of the description that is changed as rushes_test_describe() does. */
RushesTestTake    *rushes_test_take_change   (const char         *place,
                                              const char         *members);
/* Its answer, or else its error. */
RushesAnswer      *rushes_test_read          (RushesTestTake     *self,
                                              RushesOperation     operation,
                                              RushesHttpReply    *reply,
                                              GError            **error);
/* A reply of this service; @headers are names and values by turns, NULL-terminated, or NULL. */
RushesHttpReply   *rushes_test_reply         (guint               status,
                                              const char         *body,
                                              const char * const *headers);

G_END_DECLS
