/* rushes-http-request.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A part of a multipart/form-data body: a field, or a file when it has a filename. */
typedef struct
{
  char   *name;
  char   *filename;   /* NULL for a field */
  char   *media_type; /* NULL for a field */
  GBytes *bytes;
} RushesHttpPart;

/**
 * RushesHttpRequest:
 *
 * A request as a value, before any key comes near it: what the dry run prints, the fixtures compare and
 * rushes_http_call() sends. Boxed, with a reference count; not changed once it was handed on.
 */
typedef struct
{
  /*< private >*/
  gatomicrefcount ref_count;

  /*< public >*/
  char      *method;
  char      *address;    /* whole, percent-encoded; kept byte for byte */
  GPtrArray *headers;    /* char *, name and value by turns */
  JsonNode  *json;       /* a JSON body; NULL */
  GPtrArray *parts;      /* RushesHttpPart, a multipart body; NULL */
  GBytes    *bytes;      /* any other body; NULL */
  char      *media_type; /* of @bytes */
  gboolean   with_key;   /* whether the key goes with it; it never does to an origin that is not its own */
  gboolean   is_submit;  /* sent at most once, over HTTP/1.1, never redirected */
  gboolean   stays;      /* a redirect is not followed, it is the answer; so it is for all that is no GET */
  double     first_byte; /* seconds until the answer must begin */
} RushesHttpRequest;

#define RUSHES_TYPE_HTTP_REQUEST (rushes_http_request_get_type ())
GType              rushes_http_request_get_type   (void);
/* Takes nothing; @first_byte is 60. */
RushesHttpRequest *rushes_http_request_new        (const char         *method,
                                                   const char         *address) G_GNUC_WARN_UNUSED_RESULT;
RushesHttpRequest *rushes_http_request_ref        (RushesHttpRequest  *self);
void               rushes_http_request_unref      (RushesHttpRequest  *self);
void               rushes_http_request_add_header (RushesHttpRequest  *self,
                                                   const char         *name,
                                                   const char         *value);
/* Takes @bytes. */
void               rushes_http_request_add_part   (RushesHttpRequest  *self,
                                                   const char         *name,
                                                   const char         *filename,
                                                   const char         *media_type,
                                                   GBytes             *bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesHttpRequest, rushes_http_request_unref)

/* The body as it is sent, whole, with its Content-Type; NULL when there is none. JSON is compact UTF-8, a multipart
 * body has another boundary each time. */
GBytes            *rushes_http_request_make_body  (RushesHttpRequest  *self,
                                                   char              **media_type) G_GNUC_WARN_UNUSED_RESULT;
/* {"method":…,"url":…,"headers":{…},"body":…} as `--dry-run --json` prints it: a JSON body is JSON, a multipart body a
 * list of parts with name, filename, content type and length (fields with their text). */
JsonNode          *rushes_http_request_to_json    (RushesHttpRequest  *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
