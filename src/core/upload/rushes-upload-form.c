/* rushes-upload-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-http-address.h"

/* A host that takes a file from a form (multipart/form-data, RFC 7578) and answers with its address. */

#define MAX_ADDRESS 4096

static GError *
find_no_address (RushesUploadErrand *errand, RushesHttpReply *reply)
{
  GError *error =
      rushes_error_new (RUSHES_ERROR_PROTOCOL,
                        errand->place->answer != NULL
                            ? _ ("The answer of the upload place “%s” has no address where “answer” says.")
                            : _ ("The answer of the upload place “%s” is no address; set “answer” to where it stands."),
                        errand->place->name);

  rushes_error_set_http_status (error, reply->status);

  return error;
}

/* The address that is written as @text, which may be one within the host. */
static char *
read_address (RushesUploadErrand *errand, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autoptr (GUri) base = NULL;
  g_autoptr (GUri) uri = NULL;

  if (*stripped == '\0' || strlen (stripped) > MAX_ADDRESS || strpbrk (stripped, " \t\r\n<>\"") != NULL)
    return NULL;

  if (*stripped != '/')
    uri = rushes_http_parse_address (stripped, NULL);
  else if ((base = rushes_http_parse_address (errand->place->url, NULL)))
    uri = rushes_http_follow (base, stripped, NULL);

  return uri != NULL ? g_uri_to_string (uri) : NULL;
}

static char *
find_address (RushesUploadErrand *errand, RushesHttpReply *reply, RushesJsonPath *path)
{
  JsonNode *root = rushes_http_reply_get_json (reply);
  g_autoptr (GPtrArray) found = root != NULL ? rushes_json_path_find (path, root) : NULL;
  g_autofree char *text = found != NULL && found->len > 0 ? rushes_json_node_to_text (found->pdata[0], NULL) : NULL;

  return text != NULL ? read_address (errand, text) : NULL;
}

static char *
find_text (RushesUploadErrand *errand, RushesHttpReply *reply)
{
  gsize length;
  const char *data = g_bytes_get_data (reply->body, &length);
  g_autofree char *text = NULL;

  if (length == 0 || !g_utf8_validate (data, (gssize) length, NULL))
    return NULL;
  text = g_strndup (data, length);

  return read_address (errand, text);
}

RushesUploaded *
rushes_upload_form_put (RushesUploadErrand *errand, GError **error)
{
  RushesUploadPlace *place = errand->place;
  g_autoptr (RushesHttpRequest) request = rushes_upload_errand_ask (errand, "POST", place->url);
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (RushesUploaded) uploaded = g_new0 (RushesUploaded, 1);

  rushes_http_request_add_part (request, place->field, errand->name, errand->media_type, g_bytes_ref (errand->bytes));
  if (!(reply = rushes_upload_errand_send (errand, request, FALSE, error)))
    return NULL;

  if (!rushes_http_reply_is_good (reply))
    {
      g_propagate_error (error, rushes_upload_errand_refuse (errand, reply));
      return NULL;
    }

  uploaded->address = place->answer != NULL ? find_address (errand, reply, place->answer) : find_text (errand, reply);
  if (uploaded->address == NULL)
    {
      g_propagate_error (error, find_no_address (errand, reply));
      return NULL;
    }
  if (place->removal != NULL)
    uploaded->removal = find_address (errand, reply, place->removal);

  return g_steal_pointer (&uploaded);
}

/* Some of these addresses are for DELETE, others for a browser. */
static RushesHttpReply *
ask_to_remove (RushesUploadErrand *errand, const char *method, GError **error)
{
  g_autoptr (RushesHttpRequest) request = rushes_upload_errand_ask (errand, method, errand->removal);
  g_autofree char *own = rushes_origin_of (errand->place->url);
  g_autofree char *origin = rushes_origin_of (errand->removal);

  /* The address came out of an answer; the secret goes to the place and nowhere else. */
  request->with_key = request->with_key && g_strcmp0 (own, origin) == 0;

  return rushes_upload_errand_send (errand, request, rushes_upload_is_public (errand->place), error);
}

gboolean
rushes_upload_form_remove (RushesUploadErrand *errand, GError **error)
{
  g_autoptr (RushesHttpReply) reply = NULL;

  if (errand->removal == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED,
                        _ ("The upload place “%s” gives no address to remove a picture again."), errand->place->name);
      return FALSE;
    }

  if (!(reply = ask_to_remove (errand, "DELETE", error)))
    return FALSE;
  if (reply->status == SOUP_STATUS_METHOD_NOT_ALLOWED || reply->status == SOUP_STATUS_NOT_IMPLEMENTED)
    {
      g_clear_pointer (&reply, rushes_http_reply_unref);
      if (!(reply = ask_to_remove (errand, "GET", error)))
        return FALSE;
    }
  if (rushes_http_reply_is_good (reply) || reply->status == SOUP_STATUS_NOT_FOUND || reply->status == SOUP_STATUS_GONE)
    return TRUE;

  g_propagate_error (error, rushes_upload_errand_refuse (errand, reply));

  return FALSE;
}
