/* rushes-upload-place-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-http-call.h"
#include "rushes-json-path.h"
#include "rushes-upload-place.h"

G_BEGIN_DECLS

/* Between the files of the upload places only. */

struct _RushesUploadPlace
{
  GObject           parent_instance;

  char             *json; /* as it was given */
  char             *id;
  char             *name;
  RushesUploadKind  kind;

  /* Addresses are whole and percent-encoded; those of folders end in a slash, before their query if they have one. */
  char             *url;        /* the endpoint of S3; NULL for a local folder */
  char             *public_url; /* PUT and local folder */
  GPtrArray        *headers;    /* char *, name and value by turns */

  char             *bucket;
  char             *region;
  char             *prefix; /* "", or ends in a slash */
  char             *access_key;
  gboolean          path_style;
  guint             lifetime; /* seconds */

  char             *user; /* NULL */

  char             *field;
  RushesJsonPath   *answer; /* NULL */
  RushesJsonPath   *removal; /* NULL */

  char             *path;
};

/**
 * RushesUploadErrand:
 *
 * One thing that is to be done at a place. What its functions do, they do in a fiber.
 */
typedef struct
{
  RushesUploadPlace *place;
  RushesHttp        *http;
  char              *secret;      /* NULL */
  RushesCredentials *credentials; /* the secret as PUT and form hosts take it; NULL */
  char              *name;
  char              *media_type;
  GBytes            *bytes;
  char              *removal; /* an address that removes it; NULL */
} RushesUploadErrand;

RushesUploadErrand *rushes_upload_errand_new  (RushesUploadPlace   *place,
                                               RushesHttp          *http,
                                               const char          *secret,
                                               const char          *name) G_GNUC_WARN_UNUSED_RESULT;
void                rushes_upload_errand_free (RushesUploadErrand  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesUploadErrand, rushes_upload_errand_free)

/* What the place does for an errand; NULL and FALSE with an error that names the place. */
RushesUploaded     *rushes_upload_errand_put    (RushesUploadErrand  *self,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            rushes_upload_errand_remove (RushesUploadErrand  *self,
                                                 GError             **error);

/* Where something of this name is in a folder of this address. */
char               *rushes_upload_locate        (const char          *folder,
                                                 const char          *name) G_GNUC_WARN_UNUSED_RESULT;
/* Whether the place itself is not in a private network, so that its words must not lead into one. */
gboolean            rushes_upload_is_public     (RushesUploadPlace   *self);
/* @address without what follows a question mark, which may be a secret, for sentences. */
char               *rushes_upload_show_address  (const char          *address) G_GNUC_WARN_UNUSED_RESULT;

/* A request with the headers of the place and, where it takes one, its secret. */
RushesHttpRequest  *rushes_upload_errand_ask    (RushesUploadErrand  *self,
                                                 const char          *method,
                                                 const char          *address) G_GNUC_WARN_UNUSED_RESULT;
/* NULL when there was no whole answer, with an error that names the place. The secret goes along where the request says
 * so, or nothing is sent. */
RushesHttpReply    *rushes_upload_errand_send   (RushesUploadErrand  *self,
                                                 RushesHttpRequest   *request,
                                                 gboolean             public_only,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
/* The sentence for an answer that is no success. */
GError             *rushes_upload_errand_refuse (RushesUploadErrand  *self,
                                                 RushesHttpReply     *reply) G_GNUC_WARN_UNUSED_RESULT;

/* By kind. */
RushesUploaded     *rushes_upload_s3_put        (RushesUploadErrand  *errand,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            rushes_upload_s3_remove     (RushesUploadErrand  *errand,
                                                 GError             **error);
RushesUploaded     *rushes_upload_put_put       (RushesUploadErrand  *errand,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            rushes_upload_put_remove    (RushesUploadErrand  *errand,
                                                 GError             **error);
RushesUploaded     *rushes_upload_form_put      (RushesUploadErrand  *errand,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            rushes_upload_form_remove   (RushesUploadErrand  *errand,
                                                 GError             **error);
RushesUploaded     *rushes_upload_folder_put    (RushesUploadErrand  *errand,
                                                 GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            rushes_upload_folder_remove (RushesUploadErrand  *errand,
                                                 GError             **error);

G_END_DECLS
