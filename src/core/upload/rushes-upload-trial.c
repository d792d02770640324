/* rushes-upload-trial.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-error.h"

/* A picture of one grey pixel, as PNG. */
static const guint8 pixel[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
  0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00,
  0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00, 0x81,
  0xda, 0x45, 0x08, 0x3b, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

/* As a service would: it knows the address and nothing else. */
static gboolean
read_back (RushesUploadErrand *errand, const char *address, GError **error)
{
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new ("GET", address);
  gboolean public_only = errand->place->kind == RUSHES_UPLOAD_FORM && rushes_upload_is_public (errand->place);
  g_autofree char *shown = rushes_upload_show_address (address);
  g_autoptr (GError) cause = NULL;
  g_autoptr (RushesHttpReply) reply =
      dex_await_boxed (rushes_http_call (errand->http, request, NULL, public_only, NULL, NULL), &cause);
  GError *failure;

  if (reply != NULL && rushes_http_reply_is_good (reply) && g_bytes_equal (reply->body, errand->bytes))
    return TRUE;

  if (reply == NULL)
    failure = rushes_error_new (cause->code,
                                /* Translators: an address, and a sentence that says why. */
                                _ ("The picture was put there, but %s cannot be read: %s"), shown, cause->message);
  else if (rushes_http_reply_is_good (reply))
    failure = rushes_error_new (RUSHES_ERROR_PROTOCOL,
                                _ ("The picture was put there, but %s gives something else. Check the public address."),
                                shown);
  else if (reply->status == SOUP_STATUS_NOT_FOUND || reply->status == SOUP_STATUS_GONE)
    failure = rushes_error_new (RUSHES_ERROR_NOT_FOUND,
                                _ ("The picture was put there, but there is nothing at %s (%u). Check the public "
                                   "address."),
                                shown, reply->status);
  else if (reply->status == SOUP_STATUS_UNAUTHORIZED || reply->status == SOUP_STATUS_FORBIDDEN)
    failure = rushes_error_new (RUSHES_ERROR_FORBIDDEN,
                                _ ("The picture was put there, but %s cannot be read without a login (%u)."), shown,
                                reply->status);
  else
    failure = rushes_error_new (RUSHES_ERROR_PROTOCOL, _ ("The picture was put there, but %s cannot be read (%u)."),
                                shown, reply->status);
  if (reply != NULL)
    rushes_error_set_http_status (failure, reply->status);
  g_propagate_error (error, failure);

  return FALSE;
}

static DexFuture *
try_fiber (gpointer data)
{
  RushesUploadErrand *errand = data;
  g_autoptr (RushesUploaded) uploaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) leftover = NULL;

  if (!(uploaded = rushes_upload_errand_put (errand, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  /* It is taken away whether or not it could be read; that some hosts keep everything is how they are. */
  read_back (errand, uploaded->address, &error);
  errand->removal = g_strdup (uploaded->removal);
  rushes_upload_errand_remove (errand, &leftover);
  if (error == NULL && leftover != NULL && leftover->code != RUSHES_ERROR_UNSUPPORTED)
    error = g_steal_pointer (&leftover);

  return error == NULL ? dex_future_new_true () : dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
rushes_upload_place_test (RushesUploadPlace *self, RushesHttp *http, const char *secret)
{
  RushesUploadErrand *errand;
  g_autofree char *name = NULL;

  dex_return_error_if_fail (RUSHES_IS_UPLOAD_PLACE (self));
  dex_return_error_if_fail (RUSHES_IS_HTTP (http));

  name = rushes_upload_place_make_name (self, "image/png");
  errand = rushes_upload_errand_new (self, http, secret, name);
  errand->media_type = g_strdup ("image/png");
  errand->bytes = g_bytes_new_static (pixel, sizeof pixel);

  return rushes_async_spawn (try_fiber, errand, (GDestroyNotify) rushes_upload_errand_free);
}
