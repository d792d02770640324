/* rushes-upload-errand.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-http-address.h"

/* ---- what lies there ---- */

RushesUploaded *
rushes_uploaded_copy (const RushesUploaded *self)
{
  RushesUploaded *copy = g_new0 (RushesUploaded, 1);

  copy->address = g_strdup (self->address);
  copy->expires = self->expires;
  copy->removal = g_strdup (self->removal);

  return copy;
}

void
rushes_uploaded_free (RushesUploaded *self)
{
  g_free (self->address);
  g_free (self->removal);
  g_free (self);
}

G_DEFINE_BOXED_TYPE (RushesUploaded, rushes_uploaded, rushes_uploaded_copy, rushes_uploaded_free)

/* ---- an errand ---- */

static RushesCredentials *
make_credentials (RushesUploadPlace *place, const char *secret)
{
  const char *const origins[] = { place->url, NULL };
  g_autofree char *pair = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;
  RushesCredentials *credentials;

  if (place->user == NULL)
    return rushes_credentials_new (RUSHES_AUTH_BEARER, NULL, FALSE, secret, origins);

  pair = g_strdup_printf ("%s:%s", place->user, secret);
  encoded = g_base64_encode ((const guchar *) pair, strlen (pair));
  value = g_strconcat ("Basic ", encoded, NULL);
  credentials = rushes_credentials_new (RUSHES_AUTH_HEADER, "Authorization", FALSE, value, origins);
  explicit_bzero (pair, strlen (pair));
  explicit_bzero (encoded, strlen (encoded));
  explicit_bzero (value, strlen (value));

  return credentials;
}

RushesUploadErrand *
rushes_upload_errand_new (RushesUploadPlace *place, RushesHttp *http, const char *secret, const char *name)
{
  RushesUploadErrand *self = g_new0 (RushesUploadErrand, 1);

  self->place = g_object_ref (place);
  self->http = g_object_ref (http);
  self->name = g_strdup (name);
  if (secret != NULL && *secret != '\0')
    self->secret = g_strdup (secret);
  if (self->secret != NULL && (place->kind == RUSHES_UPLOAD_PUT || place->kind == RUSHES_UPLOAD_FORM))
    self->credentials = make_credentials (place, self->secret);

  return self;
}

void
rushes_upload_errand_free (RushesUploadErrand *self)
{
  g_object_unref (self->place);
  g_object_unref (self->http);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  g_clear_pointer (&self->credentials, rushes_credentials_unref);
  g_free (self->name);
  g_free (self->media_type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->removal);
  g_free (self);
}

static gboolean
has_secret (RushesUploadErrand *self, GError **error)
{
  if (self->secret != NULL || (self->place->kind != RUSHES_UPLOAD_S3 && self->place->user == NULL))
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_AUTH,
                    /* Translators: both %s name the place, for people and for the command line. */
                    _ ("The upload place “%s” needs its secret. Give it in Preferences, or with “rushes uploads secret "
                       "%s”."),
                    self->place->name, self->place->id);

  return FALSE;
}

RushesUploaded *
rushes_upload_errand_put (RushesUploadErrand *self, GError **error)
{
  if (!has_secret (self, error))
    return NULL;

  switch (self->place->kind)
    {
    case RUSHES_UPLOAD_S3:
      return rushes_upload_s3_put (self, error);
    case RUSHES_UPLOAD_PUT:
      return rushes_upload_put_put (self, error);
    case RUSHES_UPLOAD_FORM:
      return rushes_upload_form_put (self, error);
    case RUSHES_UPLOAD_FOLDER:
    default:
      return rushes_upload_folder_put (self, error);
    }
}

gboolean
rushes_upload_errand_remove (RushesUploadErrand *self, GError **error)
{
  if (!has_secret (self, error))
    return FALSE;

  switch (self->place->kind)
    {
    case RUSHES_UPLOAD_S3:
      return rushes_upload_s3_remove (self, error);
    case RUSHES_UPLOAD_PUT:
      return rushes_upload_put_remove (self, error);
    case RUSHES_UPLOAD_FORM:
      return rushes_upload_form_remove (self, error);
    case RUSHES_UPLOAD_FOLDER:
    default:
      return rushes_upload_folder_remove (self, error);
    }
}

/* ---- what the kinds share ---- */

char *
rushes_upload_show_address (const char *address)
{
  g_autofree char *plain = g_strndup (address, strcspn (address, "?#"));

  return rushes_clean_words (plain);
}

RushesHttpRequest *
rushes_upload_errand_ask (RushesUploadErrand *self, const char *method, const char *address)
{
  RushesHttpRequest *request = rushes_http_request_new (method, address);
  GPtrArray *headers = self->place->headers;

  for (guint i = 0; i + 1 < headers->len; i += 2)
    rushes_http_request_add_header (request, g_ptr_array_index (headers, i), g_ptr_array_index (headers, i + 1));
  request->with_key = self->credentials != NULL;

  return request;
}

/* The same error, in a sentence that says which place it is about. */
static GError *
name_place (RushesUploadErrand *self, const GError *cause)
{
  g_autoptr (GError) plain = rushes_error_translate (cause);
  GError *error;

  if (plain->code == RUSHES_ERROR_CANCELLED)
    return g_steal_pointer (&plain);

  /* Translators: the first %s is the name of an upload place, the second a sentence that says why. */
  error =
      rushes_error_new (plain->code, _ ("The upload place “%s” cannot be used: %s"), self->place->name, plain->message);
  rushes_error_set_retryable (error, rushes_error_get_retryable (plain));

  return error;
}

RushesHttpReply *
rushes_upload_errand_send (RushesUploadErrand *self, RushesHttpRequest *request, gboolean public_only, GError **error)
{
  g_autoptr (GUri) uri = rushes_http_parse_address (request->address, error);
  g_autoptr (GError) cause = NULL;
  RushesHttpReply *reply = NULL;

  if (uri == NULL)
    return NULL;
  if (request->with_key)
    cause = rushes_credentials_refuse (self->credentials, uri);
  if (cause == NULL)
    reply = dex_await_boxed (
        rushes_http_call (self->http, request, request->with_key ? self->credentials : NULL, public_only, NULL, NULL),
        &cause);
  if (reply == NULL)
    g_propagate_error (error, name_place (self, cause));

  return reply;
}

/* ---- for everybody ---- */

static DexFuture *
put_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;
  RushesUploaded *uploaded = rushes_upload_errand_put (data, &error);

  return uploaded != NULL ? dex_future_new_take_boxed (RUSHES_TYPE_UPLOADED, uploaded)
                          : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_upload_place_put (RushesUploadPlace *self,
                         RushesHttp *http,
                         const char *secret,
                         const char *name,
                         const char *media_type,
                         GBytes *bytes)
{
  RushesUploadErrand *errand;

  dex_return_error_if_fail (RUSHES_IS_UPLOAD_PLACE (self));
  dex_return_error_if_fail (RUSHES_IS_HTTP (http));
  dex_return_error_if_fail (name != NULL && strchr (name, '/') == NULL);
  dex_return_error_if_fail (media_type != NULL && bytes != NULL);

  errand = rushes_upload_errand_new (self, http, secret, name);
  errand->media_type = g_strdup (media_type);
  errand->bytes = g_bytes_ref (bytes);

  return rushes_async_spawn (put_fiber, errand, (GDestroyNotify) rushes_upload_errand_free);
}

static DexFuture *
remove_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  return rushes_upload_errand_remove (data, &error) ? dex_future_new_true ()
                                                    : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_upload_place_remove (RushesUploadPlace *self,
                            RushesHttp *http,
                            const char *secret,
                            const char *name,
                            const char *removal)
{
  RushesUploadErrand *errand;

  dex_return_error_if_fail (RUSHES_IS_UPLOAD_PLACE (self));
  dex_return_error_if_fail (RUSHES_IS_HTTP (http));
  dex_return_error_if_fail (name != NULL && strchr (name, '/') == NULL);

  errand = rushes_upload_errand_new (self, http, secret, name);
  errand->removal = g_strdup (removal);

  return rushes_async_spawn (remove_fiber, errand, (GDestroyNotify) rushes_upload_errand_free);
}
