/* rushes-upload-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-list.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-json-parse.h"

#define MAX_BYTES (1024 * 1024)

static RushesUploadList *
rushes_upload_list_new (void)
{
  RushesUploadList *self = g_new0 (RushesUploadList, 1);

  self->places = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

void
rushes_upload_list_free (RushesUploadList *self)
{
  g_ptr_array_unref (self->places);
  g_free (self->chosen);
  g_free (self);
}

RushesUploadPlace *
rushes_upload_list_find (GPtrArray *places, const char *id, guint *position)
{
  for (guint i = 0; i < places->len; i++)
    {
      RushesUploadPlace *place = g_ptr_array_index (places, i);

      if (g_str_equal (rushes_upload_place_get_id (place), id))
        {
          if (position != NULL)
            *position = i;
          return place;
        }
    }

  return NULL;
}

/* TRUE with nothing in @text when there is no file. */
static gboolean
load_text (GFile *file, char **text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, text, &length, NULL, &cause))
    {
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, rushes_error_translate (cause));
      return FALSE;
    }
  if (length <= MAX_BYTES)
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is too large for a list of upload places."),
                    g_file_peek_path (file));

  return FALSE;
}

static gboolean
read_places (RushesJsonReader *reader, const char *path, RushesUploadList *list, GError **error)
{
  rushes_json_reader_need (reader, "places", NULL);
  if (!rushes_json_reader_enter_list (reader, "places"))
    return TRUE;

  while (rushes_json_reader_next (reader))
    {
      g_autofree char *where = g_strdup_printf ("%s: places[%u]", path, list->places->len);
      RushesUploadPlace *place =
          rushes_upload_place_new_from_json (rushes_json_reader_get_node (reader, NULL), where, error);

      if (place == NULL)
        return FALSE;
      if (rushes_upload_list_find (list->places, rushes_upload_place_get_id (place), NULL) != NULL)
        rushes_json_reader_complain (reader, NULL, _ ("there is another place called “%s”."),
                                     rushes_upload_place_get_id (place));
      g_ptr_array_add (list->places, place);
    }
  rushes_json_reader_leave (reader);

  return TRUE;
}

RushesUploadList *
rushes_upload_list_load (GFile *file, GError **error)
{
  g_autoptr (RushesUploadList) list = rushes_upload_list_new ();
  const char *path = g_file_peek_path (file);
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;

  if (!load_text (file, &text, error))
    return NULL;
  if (text == NULL)
    return g_steal_pointer (&list);
  if (!(root = rushes_json_parse (text, strlen (text), FALSE, path, error)))
    return NULL;

  reader = rushes_json_reader_new (root, path);
  if (!read_places (reader, path, list, error))
    return NULL;
  list->chosen = g_strdup (rushes_json_reader_get_string (reader, "chosen", NULL));
  if (list->chosen != NULL && rushes_upload_list_find (list->places, list->chosen, NULL) == NULL)
    rushes_json_reader_complain (reader, "chosen", _ ("there is no place called “%s”."), list->chosen);

  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&list) : NULL;
}

static char *
print (RushesUploadList *list)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *places = json_array_new ();
  g_autofree char *text = NULL;

  json_node_take_object (root, object);
  if (list->chosen != NULL)
    json_object_set_string_member (object, "chosen", list->chosen);
  for (guint i = 0; i < list->places->len; i++)
    json_array_add_element (places, rushes_upload_place_to_json (g_ptr_array_index (list->places, i)));
  json_object_set_array_member (object, "places", places);
  text = json_to_string (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

/* Addresses, buckets and users' names are nobody else's business. */
gboolean
rushes_upload_list_save (RushesUploadList *self, GFile *file, GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *text = print (self);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) cause = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;

  /* Translators: the first %s is a file, the second the system's own words. */
  rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The upload places cannot be written to “%s”: %s."), path,
                    cause->message);

  return FALSE;
}
