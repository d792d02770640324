/* rushes-upload-s3.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-sigv4.h"

/* A bucket of S3 or of what speaks like it (PutObject, DeleteObject and presigned GetObject of the Amazon S3 API
 * Reference). Buckets stay private: what a service is told is an address that is signed and dies. OSS has endpoints of
 * this kind, https://s3.oss-REGION.aliyuncs.com, and wants the bucket before the host and no chunks. */

/* The answer to a refused request: <Error><Code>…</Code><Message>…</Message>…</Error>. */
typedef struct
{
  char *code;
  char *message;
  char *region;
} Refusal;

static void
refusal_clear (Refusal *self)
{
  g_free (self->code);
  g_free (self->message);
  g_free (self->region);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Refusal, refusal_clear)

static void
take_text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Refusal *self = data;
  const char *element = g_markup_parse_context_get_element (context);
  char **member = g_strcmp0 (element, "Code") == 0      ? &self->code
                  : g_strcmp0 (element, "Message") == 0 ? &self->message
                  : g_strcmp0 (element, "Region") == 0  ? &self->region
                                                        : NULL;

  if (member != NULL && *member == NULL)
    *member = g_strndup (text, length);
}

static Refusal
read_refusal (RushesHttpReply *reply)
{
  static const GMarkupParser parser = { .text = take_text };
  Refusal self = { 0 };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT | G_MARKUP_IGNORE_QUALIFIED, &self, NULL);
  gsize length;
  const char *text = g_bytes_get_data (reply->body, &length);

  if (length > 0)
    g_markup_parse_context_parse (context, text, (gssize) length, NULL);

  return self;
}

static gboolean
is_one_of (const char *code, const char *const *codes)
{
  return code != NULL && g_strv_contains (codes, code);
}

static GError *
explain (RushesUploadErrand *errand, RushesHttpReply *reply, const Refusal *refusal)
{
  static const char *const wrong_keys[] = { "InvalidAccessKeyId", "InvalidAccessKey", NULL };
  static const char *const wrong_regions[] = { "AuthorizationHeaderMalformed", "PermanentRedirect",
                                               "IllegalLocationConstraintException", NULL };
  /* OSS; COS of Tencent */
  static const char *const wrong_styles[] = { "SecondLevelDomainForbidden", "PathStyleDomainForbidden", NULL };
  static const char *const full[] = { "QuotaExceeded", "XMinioStorageFull", "InsufficientStorage", NULL };
  RushesUploadPlace *place = errand->place;

  if (is_one_of (refusal->code, wrong_keys))
    return rushes_error_new (RUSHES_ERROR_AUTH, _ ("The upload place “%s” does not know the access key %s."),
                             place->name, place->access_key);
  if (g_strcmp0 (refusal->code, "SignatureDoesNotMatch") == 0)
    return rushes_error_new (RUSHES_ERROR_AUTH,
                             _ ("The secret of the upload place “%s” is not that of its access key."), place->name);
  if (g_strcmp0 (refusal->code, "NoSuchBucket") == 0 || reply->status == SOUP_STATUS_NOT_FOUND)
    return rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                             /* Translators: the name of a bucket and of an upload place. */
                             _ ("There is no bucket “%s” at the upload place “%s”."), place->bucket, place->name);
  if (g_strcmp0 (refusal->code, "RequestTimeTooSkewed") == 0)
    return rushes_error_new (RUSHES_ERROR_AUTH,
                             _ ("The clock of this computer is too far off for the upload place “%s”. Set it right."),
                             place->name);
  if (is_one_of (refusal->code, wrong_regions) && refusal->region != NULL)
    {
      g_autofree char *region = rushes_clean_words (refusal->region);

      return rushes_error_new (
          RUSHES_ERROR_BAD_REQUEST,
          _ ("The bucket of the upload place “%s” is in the region “%s”; set its region and endpoint "
             "to that."),
          place->name, region);
    }
  if (is_one_of (refusal->code, wrong_styles))
    return rushes_error_new (
        RUSHES_ERROR_BAD_REQUEST,
        _ ("The upload place “%s” wants the name of the bucket before its host; set “path_style” to "
           "false."),
        place->name);
  if (is_one_of (refusal->code, full))
    return rushes_error_new (RUSHES_ERROR_STORAGE, _ ("The bucket of the upload place “%s” is full."), place->name);
  if (reply->status == SOUP_STATUS_FORBIDDEN)
    return rushes_error_new (RUSHES_ERROR_FORBIDDEN,
                             _ ("The access key of the upload place “%s” may not do this in the bucket “%s” (403)."),
                             place->name, place->bucket);

  return rushes_upload_errand_refuse (errand, reply);
}

static GError *
refuse (RushesUploadErrand *errand, RushesHttpReply *reply, const Refusal *refusal)
{
  GError *error = explain (errand, reply, refusal);

  if (refusal->message != NULL)
    rushes_error_set_words (error, refusal->message);
  rushes_error_set_http_status (error, reply->status);

  return error;
}

/* ENDPOINT/BUCKET/KEY, or BUCKET.ENDPOINT/KEY */
static char *
locate (RushesUploadErrand *errand)
{
  RushesUploadPlace *place = errand->place;
  g_autofree char *name = g_strconcat (place->prefix, errand->name, NULL);
  g_autofree char *key = rushes_sigv4_escape (name);
  const char *host = strstr (place->url, "://") + 3;

  return place->path_style
             ? g_strconcat (place->url, place->bucket, "/", key, NULL)
             : g_strdup_printf ("%.*s%s.%s%s", (int) (host - place->url), place->url, place->bucket, host, key);
}

static RushesSigv4Key
key_of (RushesUploadErrand *errand)
{
  return (RushesSigv4Key) { errand->place->access_key, errand->secret, errand->place->region };
}

/* What the clock of the other side showed when it answered; ours when it does not say. */
static GDateTime *
time_of (RushesHttpReply *reply)
{
  const char *text = soup_message_headers_get_one (reply->headers, "Date");
  GDateTime *time = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  return time != NULL ? time : g_date_time_new_now_utc ();
}

static RushesHttpReply *
send_at (RushesUploadErrand *errand, const char *method, const char *address, GDateTime *now, GError **error)
{
  g_autoptr (RushesHttpRequest) request = rushes_upload_errand_ask (errand, method, address);
  RushesSigv4Key key = key_of (errand);

  if (g_str_equal (method, "PUT"))
    {
      request->bytes = g_bytes_ref (errand->bytes);
      request->media_type = g_strdup (errand->media_type);
    }
  rushes_sigv4_sign (request, &key, now);

  return rushes_upload_errand_send (errand, request, FALSE, error);
}

/* A signature bears a time; where the clocks differ by too much, that of the other side counts. */
static RushesHttpReply *
send (RushesUploadErrand *errand, const char *method, const char *address, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) theirs = NULL;
  g_autoptr (RushesHttpReply) reply = send_at (errand, method, address, now, error);
  g_auto (Refusal) refusal = { 0 };

  if (reply == NULL || reply->status != SOUP_STATUS_FORBIDDEN)
    return g_steal_pointer (&reply);
  refusal = read_refusal (reply);
  if (g_strcmp0 (refusal.code, "RequestTimeTooSkewed") != 0)
    return g_steal_pointer (&reply);

  theirs = time_of (reply);

  return send_at (errand, method, address, theirs, error);
}

RushesUploaded *
rushes_upload_s3_put (RushesUploadErrand *errand, GError **error)
{
  g_autofree char *address = locate (errand);
  g_autoptr (RushesHttpReply) reply = send (errand, "PUT", address, error);
  RushesSigv4Key key = key_of (errand);
  g_autoptr (GDateTime) now = NULL;
  RushesUploaded *uploaded;

  if (reply == NULL)
    return NULL;
  if (!rushes_http_reply_is_good (reply))
    {
      g_auto (Refusal) refusal = read_refusal (reply);

      g_propagate_error (error, refuse (errand, reply, &refusal));
      return NULL;
    }

  now = time_of (reply);
  uploaded = g_new0 (RushesUploaded, 1);
  uploaded->address = rushes_sigv4_presign ("GET", address, &key, now, errand->place->lifetime);
  uploaded->expires = g_get_real_time () + errand->place->lifetime * G_TIME_SPAN_SECOND;

  return uploaded;
}

gboolean
rushes_upload_s3_remove (RushesUploadErrand *errand, GError **error)
{
  g_autofree char *address = locate (errand);
  g_autoptr (RushesHttpReply) reply = send (errand, "DELETE", address, error);
  g_auto (Refusal) refusal = { 0 };

  if (reply == NULL)
    return FALSE;
  if (rushes_http_reply_is_good (reply))
    return TRUE;
  refusal = read_refusal (reply);
  if (g_strcmp0 (refusal.code, "NoSuchKey") == 0)
    return TRUE;

  g_propagate_error (error, refuse (errand, reply, &refusal));

  return FALSE;
}
