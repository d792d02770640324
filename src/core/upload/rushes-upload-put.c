/* rushes-upload-put.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include "rushes-error.h"

/* A folder on a web server that takes PUT (RFC 9110, section 9.3.4), which is all that is needed of WebDAV too. */

RushesUploaded *
rushes_upload_put_put (RushesUploadErrand *errand, GError **error)
{
  g_autofree char *address = rushes_upload_locate (errand->place->url, errand->name);
  g_autoptr (RushesHttpRequest) request = rushes_upload_errand_ask (errand, "PUT", address);
  g_autoptr (RushesHttpReply) reply = NULL;
  RushesUploaded *uploaded;

  request->bytes = g_bytes_ref (errand->bytes);
  request->media_type = g_strdup (errand->media_type);
  if (!(reply = rushes_upload_errand_send (errand, request, FALSE, error)))
    return NULL;

  if (!rushes_http_reply_is_good (reply))
    {
      g_propagate_error (error, rushes_upload_errand_refuse (errand, reply));
      return NULL;
    }

  uploaded = g_new0 (RushesUploaded, 1);
  uploaded->address = rushes_upload_locate (errand->place->public_url, errand->name);

  return uploaded;
}

gboolean
rushes_upload_put_remove (RushesUploadErrand *errand, GError **error)
{
  g_autofree char *address = rushes_upload_locate (errand->place->url, errand->name);
  g_autoptr (RushesHttpRequest) request = rushes_upload_errand_ask (errand, "DELETE", address);
  g_autoptr (RushesHttpReply) reply = rushes_upload_errand_send (errand, request, FALSE, error);

  if (reply == NULL)
    return FALSE;
  if (rushes_http_reply_is_good (reply) || reply->status == SOUP_STATUS_NOT_FOUND || reply->status == SOUP_STATUS_GONE)
    return TRUE;

  g_propagate_error (error, rushes_upload_errand_refuse (errand, reply));

  return FALSE;
}
