/* rushes-download-state.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-download-state.h"

#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-http-download.h"

#define GROUP "Part"

RushesDownloadState *
rushes_download_state_new (GFile *part, const char *address)
{
  RushesDownloadState *self = g_atomic_rc_box_new0 (RushesDownloadState);

  self->part = g_object_ref (part);
  self->address = g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1);
  self->total = -1;
  self->media_type = g_strdup ("");
  return self;
}

RushesDownloadState *
rushes_download_state_ref (RushesDownloadState *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RushesDownloadState *self = data;

  g_object_unref (self->part);
  g_free (self->address);
  g_free (self->validator);
  g_free (self->media_type);
}

void
rushes_download_state_unref (RushesDownloadState *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/* ---- what servers say ---- */

/* RFC 9110, 8.8.2.2: a date is as good as a strong ETag when the thing had not changed for a while. */
static char *
find_validator (SoupMessageHeaders *headers)
{
  const char *etag = soup_message_headers_get_one (headers, "ETag");
  const char *modified_text = soup_message_headers_get_one (headers, "Last-Modified");
  const char *date_text = soup_message_headers_get_one (headers, "Date");
  g_autoptr (GDateTime) modified = modified_text != NULL ? soup_date_time_new_from_http_string (modified_text) : NULL;
  g_autoptr (GDateTime) date = date_text != NULL ? soup_date_time_new_from_http_string (date_text) : NULL;

  if (etag != NULL && *etag == '"')
    return g_strdup (etag);
  if (modified != NULL && date != NULL && g_date_time_difference (date, modified) >= G_TIME_SPAN_SECOND)
    return g_strdup (modified_text);
  return NULL;
}

void
rushes_download_state_take (RushesDownloadState *self, SoupMessageHeaders *headers)
{
  const char *media_type = soup_message_headers_get_content_type (headers, NULL);

  g_free (self->validator);
  self->validator = find_validator (headers);
  self->size = 0;
  self->total = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
                    ? soup_message_headers_get_content_length (headers)
                    : -1;
  g_set_str (&self->media_type, media_type != NULL ? media_type : "");
  self->whole = FALSE;
}

static gboolean
has_total (RushesDownloadState *self, gint64 total)
{
  return self->total < 0 || self->total == total;
}

static gboolean
has_validator (RushesDownloadState *self, SoupMessageHeaders *headers)
{
  const char *etag = soup_message_headers_get_one (headers, "ETag");

  return etag == NULL || *self->validator != '"' || g_str_equal (etag, self->validator);
}

gboolean
rushes_download_state_goes_on (RushesDownloadState *self, SoupMessageHeaders *headers)
{
  goffset start, end, total;

  if (!soup_message_headers_get_content_range (headers, &start, &end, &total) || start != self->size ||
      !has_total (self, total) || (total >= 0 && end != total - 1) || !has_validator (self, headers))
    return FALSE;

  self->total = total >= 0 ? total : self->total;
  return TRUE;
}

gboolean
rushes_download_state_has_part (RushesDownloadState *self, SoupMessageHeaders *headers, gint64 offset)
{
  goffset start, end, total;

  return soup_message_headers_get_content_range (headers, &start, &end, &total) && start == offset && end >= start &&
         end < total && total == self->total && has_validator (self, headers);
}

gboolean
rushes_download_state_is_full (RushesDownloadState *self, SoupMessageHeaders *headers)
{
  const char *range = soup_message_headers_get_one (headers, "Content-Range");
  gint64 total;

  return range != NULL && g_str_has_prefix (range, "bytes */") &&
         g_ascii_string_to_signed (range + strlen ("bytes */"), 10, 0, G_MAXINT64, &total, NULL) &&
         total == self->size && has_total (self, total);
}

char *
rushes_download_state_identify (RushesDownloadState *self)
{
  if (self->validator == NULL || self->total <= 0)
    return NULL;
  return g_strconcat (self->validator, " ", *self->validator == '"' ? "" : self->address, NULL);
}

/* ---- beside the file ---- */

static char *
get_path (GFile *part)
{
  return g_strconcat (g_file_peek_path (part), ".etag", NULL);
}

static DexFuture *
load (gpointer data)
{
  RushesDownloadState *self = data;
  g_autofree char *path = get_path (self->part);
  g_autofree char *address = NULL;
  g_autofree char *validator = NULL;
  g_autofree char *total = NULL;
  g_autofree char *media_type = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gboolean whole, same;
  GStatBuf info;

  if (g_stat (g_file_peek_path (self->part), &info) != 0 ||
      !g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return dex_future_new_true ();

  address = g_key_file_get_string (file, GROUP, "address", NULL);
  validator = g_key_file_get_string (file, GROUP, "validator", NULL);
  total = g_key_file_get_string (file, GROUP, "total", NULL);
  media_type = g_key_file_get_string (file, GROUP, "media-type", NULL);
  whole = g_key_file_get_boolean (file, GROUP, "whole", NULL);
  if (address == NULL || total == NULL || media_type == NULL || !g_key_file_has_key (file, GROUP, "whole", NULL))
    return dex_future_new_true ();

  same = g_str_equal (address, self->address);
  self->total = g_ascii_strtoll (total, NULL, 10);
  self->whole = whole && same && self->total == info.st_size;
  g_set_str (&self->media_type, media_type);
  /* Two addresses may lead to the same thing, which an ETag tells and a date does not. */
  if (validator != NULL && (same || *validator == '"'))
    {
      self->validator = g_steal_pointer (&validator);
      self->size = info.st_size;
    }
  return dex_future_new_true ();
}

static DexFuture *
save (gpointer data)
{
  RushesDownloadState *self = data;
  g_autofree char *path = get_path (self->part);
  g_autofree char *total = g_strdup_printf ("%" G_GINT64_FORMAT, self->total);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_set_string (file, GROUP, "address", self->address);
  if (self->validator != NULL)
    g_key_file_set_string (file, GROUP, "validator", self->validator);
  g_key_file_set_string (file, GROUP, "total", total);
  g_key_file_set_string (file, GROUP, "media-type", self->media_type);
  g_key_file_set_boolean (file, GROUP, "whole", self->whole);
  /* In place: a process that is killed would leave a file of a passing name, which nobody looks for. Of half a file
   * the last member is missing, and the download begins anew. */
  text = g_key_file_to_data (file, NULL, NULL);
  if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    g_unlink (path);
  return dex_future_new_true ();
}

static DexFuture *
run_step (RushesDownloadState *self, RushesWorkFunc func)
{
  return rushes_async_work (func, rushes_download_state_ref (self), (GDestroyNotify) rushes_download_state_unref);
}

DexFuture *
rushes_download_state_load (RushesDownloadState *self)
{
  return run_step (self, load);
}

DexFuture *
rushes_download_state_save (RushesDownloadState *self)
{
  return run_step (self, save);
}

void
rushes_http_download_forget (GFile *part)
{
  g_autofree char *path = get_path (part);

  g_unlink (path);
}
