/* rushes-upload-place.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

#include "rushes-http.h"
#include "rushes-json-reader.h"

G_BEGIN_DECLS

typedef enum
{
  RUSHES_UPLOAD_S3,     /* a bucket that speaks S3 (SigV4), with presigned addresses to read */
  RUSHES_UPLOAD_PUT,    /* a folder that takes HTTP PUT or WebDAV */
  RUSHES_UPLOAD_FORM,   /* a host that takes multipart forms */
  RUSHES_UPLOAD_FOLDER, /* a local folder that is served under an address already */
} RushesUploadKind;

/* A picture that lies at a place. */
typedef struct
{
  char   *address; /* what a service is told */
  gint64  expires; /* µs UTC; 0 never, or not known */
  char   *removal; /* an address that removes it, which some form hosts give; NULL */
} RushesUploaded;

#define RUSHES_TYPE_UPLOADED (rushes_uploaded_get_type ())
GType           rushes_uploaded_get_type (void);
RushesUploaded *rushes_uploaded_copy     (const RushesUploaded *self);
void            rushes_uploaded_free     (RushesUploaded       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesUploaded, rushes_uploaded_free)

/**
 * RushesUploadPlace:
 *
 * Where pictures are put for services that only take addresses: a bucket, a folder on a web server, a form host, or a
 * local folder that is served. Immutable; kept as JSON in $XDG_CONFIG_HOME/rushes/upload-places.json, its secret in the
 * keyring only. Names under which things are put are random and ours.
 */
#define RUSHES_TYPE_UPLOAD_PLACE (rushes_upload_place_get_type ())
G_DECLARE_FINAL_TYPE (RushesUploadPlace, rushes_upload_place, RUSHES, UPLOAD_PLACE, GObject)

/* Members: id, name, kind ("s3", "put", "form", "folder"), and by kind
 *   s3: endpoint ("https://s3.eu-central-1.amazonaws.com"), bucket, region ("us-east-1"), prefix (""), access_key,
 *       path_style (true: ENDPOINT/BUCKET/KEY, else BUCKET.ENDPOINT/KEY), lifetime (seconds a presigned address lives,
 *       3600); the secret is the secret access key
 *   put: url (a folder), public_url (where it is read; the same when absent), user (basic authentication; absent: the
 *        secret, if any, is a bearer token), headers (object)
 *   form: url, field ("file"), answer (a path of rushes-json-path.h to the address in the reply; absent: the reply's
 *         text is the address), delete (likewise to an address that removes it), headers; the secret is a bearer token
 *   folder: path, public_url
 * BAD_REQUEST that names file, place and reason. */
RushesUploadPlace *rushes_upload_place_new_from_json (JsonNode           *node,
                                                      const char         *file,
                                                      GError            **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode          *rushes_upload_place_to_json       (RushesUploadPlace  *self) G_GNUC_WARN_UNUSED_RESULT;
const char        *rushes_upload_place_get_id        (RushesUploadPlace  *self);
const char        *rushes_upload_place_get_name      (RushesUploadPlace  *self);
RushesUploadKind   rushes_upload_place_get_kind      (RushesUploadPlace  *self);
/* Whether it takes a secret (all but a local folder do; of S3 and of a place with a user it is asked), and for which
 * origin it is stored. Its owner in the keyring is "upload:ID". */
gboolean           rushes_upload_place_get_origin    (RushesUploadPlace  *self,
                                                      char              **origin);
/* A random name for something of @media_type: "4f1c….jpg". */
char              *rushes_upload_place_make_name     (RushesUploadPlace  *self,
                                                      const char         *media_type) G_GNUC_WARN_UNUSED_RESULT;
/* Puts @bytes there under @name, and resolves to a #RushesUploaded. @secret may be NULL. Rejects with AUTH (the secret is
 * missing or refused), FORBIDDEN, NOT_FOUND (its bucket or folder), BAD_REQUEST (the wrong region; a secret that would
 * be sent in the clear), UNSUPPORTED (a place of another kind), STORAGE, RATE_LIMITED, PROVIDER, NETWORK, TLS, PROTOCOL,
 * and a sentence that names the place. */
DexFuture         *rushes_upload_place_put           (RushesUploadPlace  *self,
                                                      RushesHttp         *http,
                                                      const char         *secret,
                                                      const char         *name,
                                                      const char         *media_type,
                                                      GBytes             *bytes) G_GNUC_WARN_UNUSED_RESULT;
/* Removes what lies under @name, or, for a form host, by @removal, which was given when it was put there. Resolves to
 * TRUE, also when it is gone already; UNSUPPORTED when the place cannot. */
DexFuture         *rushes_upload_place_remove        (RushesUploadPlace  *self,
                                                      RushesHttp         *http,
                                                      const char         *secret,
                                                      const char         *name,
                                                      const char         *removal) G_GNUC_WARN_UNUSED_RESULT;
/* Puts a small picture there, reads it back by its public address, and removes it. Resolves to TRUE. */
DexFuture         *rushes_upload_place_test          (RushesUploadPlace  *self,
                                                      RushesHttp         *http,
                                                      const char         *secret) G_GNUC_WARN_UNUSED_RESULT;

/**
 * RushesUploadPlaces:
 *
 * The person's places, a GListModel of RushesUploadPlace, and which one is used unless a provider's settings say
 * otherwise. Changes are written at once, into what another process may have written since, and what another process
 * writes shows. One for each process; main thread.
 *
 * Property chosen (string): see rushes_upload_places_get_chosen().
 */
#define RUSHES_TYPE_UPLOAD_PLACES (rushes_upload_places_get_type ())
G_DECLARE_FINAL_TYPE (RushesUploadPlaces, rushes_upload_places, RUSHES, UPLOAD_PLACES, GObject)

RushesUploadPlaces *rushes_upload_places_get_default (void);
/* Those of another file, for tests. */
RushesUploadPlaces *rushes_upload_places_new         (GFile               *file) G_GNUC_WARN_UNUSED_RESULT;
/* Why the file could not be read; NULL when it could, or when there is none. While it cannot, nothing is written. */
const GError       *rushes_upload_places_get_error   (RushesUploadPlaces  *self);
RushesUploadPlace  *rushes_upload_places_find        (RushesUploadPlaces  *self,
                                                      const char          *id);
/* The place that a provider uses: its own choice, else the chosen one; NULL, also when its own choice is gone, for then
 * nobody said that another may have the picture. Borrowed. */
RushesUploadPlace  *rushes_upload_places_choose      (RushesUploadPlaces  *self,
                                                      const char          *provider_id);
/* Adds it, or replaces the one of the same id. The first one is chosen at once. */
gboolean            rushes_upload_places_set         (RushesUploadPlaces  *self,
                                                      RushesUploadPlace   *place,
                                                      GError             **error);
gboolean            rushes_upload_places_remove      (RushesUploadPlaces  *self,
                                                      const char          *id,
                                                      GError             **error);
/* The id of the place that is used unless a provider's settings say otherwise; NULL. */
const char         *rushes_upload_places_get_chosen  (RushesUploadPlaces  *self);
/* NULL for none; NOT_FOUND for an id that there is not. */
gboolean            rushes_upload_places_set_chosen  (RushesUploadPlaces  *self,
                                                      const char          *id,
                                                      GError             **error);

G_END_DECLS
