/* rushes-recipe-box.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-recipe-box.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-container-private.h"
#include "rushes-error.h"
#include "rushes-mp4-box.h"
#include "rushes-xmp.h"

#define SIDECAR_SUFFIX ".rushes.json"
#define MAX_JSON       (256 * 1024)
#define MAX_DEPTH      32
/* Quotes, of which JSON is full, take six characters in XML; and there is the description, of 2,000 characters. */
#define MAX_PACKET (6 * MAX_JSON + 64 * 1024)
#define MAX_BOXES  200000

/* ISO 16684-1 and the XMP specification, part 3. */
static const guint8 xmp_type[16] = { 0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8,
                                     0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac };

GFile *
rushes_recipe_get_sidecar (GFile *file)
{
  g_autofree char *basename = g_file_get_basename (file);
  g_autofree char *name = g_strconcat (basename, SIDECAR_SUFFIX, NULL);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  return g_file_get_child (folder, name);
}

static gboolean
is_sidecar (GFile *file)
{
  g_autofree char *basename = g_file_get_basename (file);

  return basename != NULL && g_str_has_suffix (basename, SIDECAR_SUFFIX);
}

/* What matters of a file for a recipe. */
typedef struct
{
  gboolean is_final; /* nothing can follow the last box: it goes on to the end of the file, or is looked for there */
  gboolean has_manifest; /* C2PA */
  gboolean has_xmp;
  RushesMp4Box xmp;
} Survey;

static gboolean
survey (RushesByteSource *source, Survey *self)
{
  guint64 size = rushes_byte_source_get_size (source);
  guint8 head[512];
  gssize n_head = rushes_byte_source_read (source, 0, head, sizeof head, NULL);
  guint n_boxes = 0;
  RushesMp4Box box;

  *self = (Survey) { 0 };
  if (n_head < 0 || rushes_container_sniff (head, (gsize) n_head) != RUSHES_SNIFFED_MP4)
    return FALSE;

  for (guint64 offset = 0; offset < size; offset = box.end)
    {
      guint8 box_size[4] = { 1 };
      gboolean is_uuid;

      if (++n_boxes > MAX_BOXES || !rushes_mp4_box_read (source, offset, &box, NULL) ||
          rushes_byte_source_read (source, offset, box_size, sizeof box_size, NULL) < 0)
        return FALSE;

      is_uuid = box.type == RUSHES_FOURCC ('u', 'u', 'i', 'd');
      self->is_final = memcmp (box_size, "\0\0\0", 4) == 0 || box.type == RUSHES_FOURCC ('m', 'f', 'r', 'a');
      self->has_manifest = self->has_manifest || rushes_mp4_box_is_manifest (&box);
      if (is_uuid && !self->has_xmp && memcmp (box.user_type, xmp_type, sizeof xmp_type) == 0)
        {
          self->has_xmp = TRUE;
          self->xmp = box;
        }
    }

  return TRUE;
}

/* The prompt, for programs that know nothing of recipes. */
static char *
describe (JsonNode *recipe)
{
  JsonNode *prompt = json_object_get_member (json_node_get_object (recipe), "prompt");

  return rushes_clean_words (prompt != NULL && JSON_NODE_HOLDS_VALUE (prompt) &&
                                     json_node_get_value_type (prompt) == G_TYPE_STRING
                                 ? json_node_get_string (prompt)
                                 : "");
}

static GBytes *
make_box (JsonNode *recipe, const char *json)
{
  g_autofree char *description = describe (recipe);
  g_autofree char *packet = rushes_xmp_print_recipe (json, description);
  gsize length = strlen (packet);
  guint32 size = GUINT32_TO_BE ((guint32) (8 + sizeof xmp_type + length));
  GByteArray *box = g_byte_array_sized_new ((guint) (8 + sizeof xmp_type + length));

  g_byte_array_append (box, (const guint8 *) &size, sizeof size);
  g_byte_array_append (box, (const guint8 *) "uuid", 4);
  g_byte_array_append (box, xmp_type, sizeof xmp_type);
  g_byte_array_append (box, (const guint8 *) packet, (guint) length);
  return g_byte_array_free_to_bytes (box);
}

static gboolean
append (GFile *file, goffset size, GBytes *box, GError **error)
{
  g_autoptr (GFileIOStream) stream = NULL;
  GOutputStream *output;
  gboolean is_written;
  gsize length;
  gconstpointer data = g_bytes_get_data (box, &length);

  if (!(stream = g_file_open_readwrite (file, NULL, error)) ||
      !g_seekable_seek (G_SEEKABLE (stream), size, G_SEEK_SET, NULL, error))
    return FALSE;

  output = g_io_stream_get_output_stream (G_IO_STREAM (stream));
  is_written = g_output_stream_write_all (output, data, length, NULL, NULL, error);
  if (!is_written)
    g_seekable_truncate (G_SEEKABLE (stream), size, NULL, NULL);
  return g_io_stream_close (G_IO_STREAM (stream), NULL, is_written ? error : NULL) && is_written;
}

static gboolean
fail_write (GFile *file, const GError *reason, GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s", _ ("The disk is full. Free some space and try again."));
  else
    /* Translators: the first %s is a file, the second the system's own words. */
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The recipe cannot be written to “%s”: %s."), name,
                      reason->message);
  return FALSE;
}

/* Opening a bracket deeper than allowed, outside of strings. */
static gboolean
is_too_deep (const char *json)
{
  gboolean in_string = FALSE;
  int depth = 0;

  for (const char *p = json; *p != '\0'; p++)
    if (in_string && *p == '\\' && p[1] != '\0')
      p++;
    else if (*p == '"')
      in_string = !in_string;
    else if (!in_string && (*p == '{' || *p == '['))
      {
        if (++depth > MAX_DEPTH)
          return TRUE;
      }
    else if (!in_string && (*p == '}' || *p == ']'))
      depth--;
  return FALSE;
}

gboolean
rushes_recipe_write (GFile *file, GFile *sidecar, JsonNode *recipe, gboolean *in_sidecar, GError **error)
{
  g_autofree char *json = NULL;
  g_autoptr (RushesByteSource) source = NULL;
  g_autoptr (GError) reason = NULL;
  Survey found;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);
  g_return_val_if_fail (G_IS_FILE (sidecar), FALSE);
  g_return_val_if_fail (recipe != NULL && JSON_NODE_HOLDS_OBJECT (recipe), FALSE);

  json = json_to_string (recipe, FALSE);
  if (strlen (json) > MAX_JSON || is_too_deep (json))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("The recipe is too large to go along with the clip."));
      return FALSE;
    }
  if (!(source = rushes_byte_source_open (file, error)))
    return FALSE;

  if (survey (source, &found) && !found.is_final && !found.has_manifest && !found.has_xmp)
    {
      g_autoptr (GBytes) box = make_box (recipe, json);

      if (in_sidecar != NULL)
        *in_sidecar = FALSE;
      if (!append (file, (goffset) rushes_byte_source_get_size (source), box, &reason))
        return fail_write (file, reason, error);
      return TRUE;
    }

  if (in_sidecar != NULL)
    *in_sidecar = TRUE;
  if (!g_file_replace_contents (sidecar, json, strlen (json), NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &reason))
    return fail_write (sidecar, reason, error);
  return TRUE;
}

static JsonNode *
parse (const char *json, gsize length, GFile *file, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autofree char *name = g_file_get_parse_name (file);
  JsonNode *root = NULL;

  json_parser_set_strict (parser, TRUE);
  if (length <= MAX_JSON && strlen (json) == length && g_utf8_validate (json, -1, NULL) && !is_too_deep (json) &&
      json_parser_load_from_data (parser, json, (gssize) length, NULL))
    root = json_parser_get_root (parser);
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_ref (root);

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The recipe in “%s” is damaged."), name);
  return NULL;
}

/* Zero-terminated, for what follows. */
static char *
read_text (RushesByteSource *source, guint64 offset, guint64 length)
{
  g_autofree char *text = g_try_malloc (length + 1);
  gssize n_read = text != NULL ? rushes_byte_source_read (source, offset, text, length, NULL) : -1;

  if (n_read < 0 || (guint64) n_read < length)
    return NULL;
  text[length] = '\0';
  return g_steal_pointer (&text);
}

/* The JSON in the XMP packet of an MP4; NULL when there is none of ours. */
static char *
find_in_clip (RushesByteSource *source)
{
  g_autofree char *packet = NULL;
  Survey found;

  if (!survey (source, &found) || !found.has_xmp || found.xmp.end - found.xmp.body > MAX_PACKET ||
      !(packet = read_text (source, found.xmp.body, found.xmp.end - found.xmp.body)))
    return NULL;
  return rushes_xmp_find_recipe (packet, found.xmp.end - found.xmp.body);
}

static JsonNode *
read_sidecar (GFile *sidecar, GError **error)
{
  g_autoptr (RushesByteSource) source = rushes_byte_source_open (sidecar, error);
  guint64 size = source != NULL ? rushes_byte_source_get_size (source) : 0;
  g_autofree char *json = NULL;

  if (source == NULL)
    return NULL;
  json = size <= MAX_JSON ? read_text (source, 0, size) : NULL;
  return parse (json != NULL ? json : "", json != NULL ? size : 0, sidecar, error);
}

JsonNode *
rushes_recipe_read (GFile *file, GError **error)
{
  g_autoptr (RushesByteSource) source = NULL;
  g_autoptr (GFile) sidecar = NULL;
  g_autofree char *json = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  if (is_sidecar (file))
    return read_sidecar (file, error);

  if (!(source = rushes_byte_source_open (file, error)))
    return NULL;
  if ((json = find_in_clip (source)))
    return parse (json, strlen (json), file, error);

  sidecar = rushes_recipe_get_sidecar (file);
  if (g_file_query_exists (sidecar, NULL))
    return read_sidecar (sidecar, error);

  name = g_file_get_parse_name (file);
  rushes_set_error (error, RUSHES_ERROR_NOT_FOUND, _ ("“%s” holds no recipe of Rushes."), name);
  return NULL;
}
