/* rushes-picture-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-picture-source.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-sandbox.h"

static gboolean
is_data_uri (GFile *file)
{
  return g_file_has_uri_scheme (file, "data");
}

gboolean
rushes_picture_source_is_web (GFile *file)
{
  return g_file_has_uri_scheme (file, "https") || g_file_has_uri_scheme (file, "http");
}

/* The last part of the address, decoded; the host when there is none. */
static char *
get_web_name (GFile *file)
{
  g_autofree char *address = g_file_get_uri (file);
  g_autoptr (GUri) uri = rushes_http_parse_address (address, NULL);
  const char *path = uri != NULL ? g_uri_get_path (uri) : "/";
  g_autofree char *name = g_uri_unescape_string (strrchr (path, '/') + 1, NULL);

  if (name != NULL && *name != '\0')
    return g_steal_pointer (&name);
  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

char *
rushes_picture_source_get_name (GFile *file)
{
  g_autofree char *basename = NULL;

  if (rushes_picture_source_is_web (file))
    return get_web_name (file);
  if (is_data_uri (file) || !(basename = g_file_get_basename (file)))
    return NULL;
  return g_filename_display_name (basename);
}

gboolean
rushes_picture_fail (GError **error, const char *format, ...)
{
  g_autofree char *sentence = NULL;
  va_list arguments;
  GError *reason;

  va_start (arguments, format);
  sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  reason = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", sentence);
  rushes_error_set_field (reason, "image");
  g_propagate_error (error, reason);
  return FALSE;
}

gboolean
rushes_picture_fail_too_large (const char *name, GError **error)
{
  return rushes_picture_fail (error, _ ("“%s” is larger than 256 MiB. Choose a smaller picture."), name);
}

gboolean
rushes_picture_fail_unreadable (const char *name, const GError *reason, GError **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND) && rushes_sandbox_is_there ())
    {
      GError *unseen = rushes_sandbox_error_new (name);

      rushes_error_set_field (unseen, "image");
      g_propagate_error (error, unseen);
      return FALSE;
    }
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return rushes_picture_fail (error, _ ("There is no picture “%s”. Check the name."), name);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY))
    return rushes_picture_fail (error, _ ("“%s” is a folder. Choose a picture in it."), name);
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return rushes_picture_fail (error, _ ("Rushes has no permission to read “%s”."), name);
  /* Translators: the first %s is a file, the second the system's own words. */
  return rushes_picture_fail (error, _ ("The picture “%s” cannot be read: %s."), name, reason->message);
}

/* RFC 2397: data:[TYPE][;base64],DATA. The type is not believed. */
static GInputStream *
open_data_uri (GFile *source, GError **error)
{
  g_autofree char *uri = g_file_get_uri (source);
  g_autoptr (GBytes) bytes = NULL;
  char *comma = strchr (uri, ',');

  if (comma != NULL)
    {
      *comma = '\0';
      bytes = g_uri_unescape_bytes (comma + 1, -1, NULL, NULL);
    }
  if (bytes == NULL)
    {
      rushes_picture_fail (error, "%s", _ ("The “data:” address is damaged."));
      return NULL;
    }

  if (g_str_has_suffix (uri, ";base64"))
    {
      g_autofree char *base64 = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      gsize length;
      guchar *data = g_base64_decode (base64, &length);

      g_bytes_unref (bytes);
      bytes = g_bytes_new_take (data, length);
    }
  return g_memory_input_stream_new_from_bytes (bytes);
}

GInputStream *
rushes_picture_source_open (GFile *source, const char *name, GError **error)
{
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) reason = NULL;

  if (is_data_uri (source))
    return open_data_uri (source, error);

  /* Opening a pipe waits for somebody who writes into it, maybe for ever, and a device may never end. */
  if (g_file_query_file_type (source, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_SPECIAL)
    {
      rushes_picture_fail (error, _ ("“%s” is a device or a pipe. Choose a picture that is a file."), name);
      return NULL;
    }
  if (!(stream = g_file_read (source, NULL, &reason)))
    {
      rushes_picture_fail_unreadable (name, reason, error);
      return NULL;
    }

  info = g_file_input_stream_query_info (stream, G_FILE_ATTRIBUTE_STANDARD_SIZE, NULL, NULL);
  if (info != NULL && g_file_info_get_size (info) > RUSHES_PICTURE_MAX_BYTES)
    {
      rushes_picture_fail_too_large (name, error);
      return NULL;
    }
  return G_INPUT_STREAM (g_steal_pointer (&stream));
}
