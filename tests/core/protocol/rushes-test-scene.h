/* rushes-test-scene.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"
#include "rushes-json-reader.h"
#include "rushes-protocol.h"

G_BEGIN_DECLS

/* What a fixture stands for: a take of a service that ships. */
typedef struct
{
  RushesDescription *description; /* borrowed */
  RushesProtocol    *protocol;    /* borrowed */
  RushesModel       *model;
  RushesRequest     *request;
  char              *base_url;
  GPtrArray         *pictures;    /* RushesSentPicture */
  RushesHttpReply   *submitted;   /* NULL */
  RushesHttpReply   *last;        /* NULL */
  RushesTask         task;
} RushesTestScene;

/* A path below the sources. */
char              *rushes_test_source             (const char           *below) G_GNUC_WARN_UNUSED_RESULT;
/* A description in data/providers, read once; borrowed. */
RushesDescription *rushes_test_scene_describe     (const char           *id);
/* Reads the members of all kinds from the fixture that @reader stands in. */
void               rushes_test_scene_read         (RushesTestScene      *self,
                                                   const char           *provider_id,
                                                   RushesJsonReader     *reader);
void               rushes_test_scene_clear        (RushesTestScene      *self);
/* The picture that @reader stands in. */
RushesSentPicture *rushes_test_scene_read_picture (RushesJsonReader     *reader,
                                                   RushesModel          *model,
                                                   RushesReferenceRole   role,
                                                   const char           *name) G_GNUC_WARN_UNUSED_RESULT;
/* The reply in the members that @reader stands in. */
RushesHttpReply   *rushes_test_scene_read_reply   (RushesJsonReader     *reader) G_GNUC_WARN_UNUSED_RESULT;
/* Bytes that are written as text or as base64. */
GBytes            *rushes_test_bytes              (RushesJsonReader     *reader,
                                                   const char           *member,
                                                   gboolean              is_text) G_GNUC_WARN_UNUSED_RESULT;
/* A body: JSON, or text as it is; NULL is empty. */
GBytes            *rushes_test_body               (JsonNode             *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
