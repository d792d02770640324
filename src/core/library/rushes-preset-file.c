/* rushes-preset-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preset-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/file.h>

#include "rushes-error.h"
#include "rushes-json-parse.h"
#include "rushes-json-reader.h"

#define MAX_PRESETS 1000
#define MAX_NAME    80
#define MAX_PROMPT  4000

/* How long to wait for another process that writes, and how long between looks. */
#define LOCK_SECONDS  10
#define LOCK_PAUSE_US 5000

void
rushes_preset_entry_free (RushesPresetEntry *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->prompt);
  g_free (self);
}

static char *
make_line (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (char *p = valid; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  return g_strdup (g_strstrip (valid));
}

RushesPresetEntry *
rushes_preset_entry_new (const char *id, const char *name, const char *prompt, GError **error)
{
  g_autofree char *clean_name = make_line (name);
  g_autofree char *clean_prompt = make_line (prompt);
  RushesPresetEntry *self;

  if (*clean_name == '\0')
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("A preset needs a name."));
  else if (strchr (clean_name, ':') != NULL)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The name of a preset has no colon in it: “%s”."),
                      clean_name);
  else if (g_utf8_strlen (clean_name, -1) > MAX_NAME)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("The name of a preset has at most 80 characters."));
  else if (*clean_prompt == '\0')
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The preset “%s” needs a text."), clean_name);
  else if (g_utf8_strlen (clean_prompt, -1) > MAX_PROMPT)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("The text of the preset “%s” is too long: 4000 characters fit."), clean_name);
  else
    {
      self = g_new0 (RushesPresetEntry, 1);
      self->id = g_strdup (id);
      self->name = g_steal_pointer (&clean_name);
      self->prompt = g_steal_pointer (&clean_prompt);
      return self;
    }

  return NULL;
}

RushesPresetFile *
rushes_preset_file_new (void)
{
  RushesPresetFile *self = g_new0 (RushesPresetFile, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_preset_entry_free);
  self->hidden = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rushes_preset_file_free (RushesPresetFile *self)
{
  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->hidden);
  g_free (self);
}

RushesPresetEntry *
rushes_preset_file_find (RushesPresetFile *self, const char *id, guint *position)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RushesPresetEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->id, id))
        {
          if (position != NULL)
            *position = i;
          return entry;
        }
    }
  return NULL;
}

gboolean
rushes_preset_file_hides (RushesPresetFile *self, const char *id, guint *position)
{
  return g_ptr_array_find_with_equal_func (self->hidden, id, g_str_equal, position);
}

static gboolean
read_entries (RushesJsonReader *reader, GPtrArray *entries, gboolean with_ids, GError **error)
{
  g_autoptr (GError) mistake = NULL;

  if (rushes_json_reader_enter_list (reader, "presets"))
    {
      while (mistake == NULL && entries->len < MAX_PRESETS && rushes_json_reader_next (reader))
        {
          RushesPresetEntry *entry = NULL;

          if (!rushes_json_reader_enter_object (reader, NULL))
            continue;
          rushes_json_reader_need (reader, "name", "prompt", with_ids ? "id" : NULL, NULL);
          entry = rushes_preset_entry_new (with_ids ? rushes_json_reader_get_string (reader, "id", "") : NULL,
                                           rushes_json_reader_get_string (reader, "name", "?"),
                                           rushes_json_reader_get_string (reader, "prompt", "?"), &mistake);
          if (entry != NULL)
            g_ptr_array_add (entries, entry);
          rushes_json_reader_leave (reader);
        }
      rushes_json_reader_leave (reader);
    }

  if (mistake == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&mistake));
  return FALSE;
}

RushesPresetFile *
rushes_preset_file_load (GFile *file, GError **error)
{
  g_autoptr (RushesPresetFile) self = rushes_preset_file_new ();
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) hidden = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, &text, &length, NULL, &reason))
    {
      if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return g_steal_pointer (&self);
      g_propagate_error (error, rushes_error_translate (reason));
      return NULL;
    }

  if (!(root = rushes_json_parse (text, length, FALSE, g_file_peek_path (file), error)))
    return NULL;
  reader = rushes_json_reader_new (root, g_file_peek_path (file));
  if (!read_entries (reader, self->entries, TRUE, error))
    return NULL;
  hidden = rushes_json_reader_get_strings (reader, "hidden");
  for (char **id = hidden; *id != NULL; id++)
    g_ptr_array_add (self->hidden, g_strdup (*id));

  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

static void
fail_to_write (GFile *file, const char *reason, GError **error)
{
  /* Translators: the first %s is a file, the second the system's own words. */
  rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The presets cannot be written to “%s”: %s."),
                    g_file_peek_path (file), reason);
}

int
rushes_preset_file_lock (GFile *file, GError **error)
{
  gint64 until = g_get_monotonic_time () + LOCK_SECONDS * G_USEC_PER_SEC;
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autofree char *path = g_build_filename (g_file_peek_path (folder), "presets.lock", NULL);
  g_autofd int fd = g_open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  while (fd < 0 || flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      if (fd < 0 || (errno != EWOULDBLOCK && errno != EINTR) || g_get_monotonic_time () > until)
        {
          fail_to_write (file, g_strerror (errno), error);
          return -1;
        }
      g_usleep (LOCK_PAUSE_US);
    }

  return g_steal_fd (&fd);
}

static void
add_member (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static char *
print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

gboolean
rushes_preset_file_save (RushesPresetFile *self, GFile *file, GError **error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "presets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->entries->len; i++)
    {
      RushesPresetEntry *entry = g_ptr_array_index (self->entries, i);

      json_builder_begin_object (builder);
      add_member (builder, "id", entry->id);
      add_member (builder, "name", entry->name);
      add_member (builder, "prompt", entry->prompt);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "hidden");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->hidden->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (self->hidden, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  text = print_json (builder);
  if (g_file_set_contents_full (g_file_peek_path (file), text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &reason))
    return TRUE;

  fail_to_write (file, reason->message, error);
  return FALSE;
}

GPtrArray *
rushes_preset_load_shipped (GError **error)
{
  g_autoptr (GPtrArray) presets = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (RESOURCE_PATH "/presets.json", 0, error);
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;

  if (bytes == NULL || !(root = rushes_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), FALSE,
                                                   "presets.json", error)))
    return NULL;

  reader = rushes_json_reader_new (root, "presets.json");
  if (rushes_json_reader_enter_list (reader, "presets"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            rushes_json_reader_need (reader, "id", "group", "name", "summary", "prompt", "icon", NULL);
            g_ptr_array_add (presets, rushes_preset_new_shipped (rushes_json_reader_get_string (reader, "id", "?"),
                                                                 rushes_json_reader_get_string (reader, "group", "?"),
                                                                 rushes_json_reader_get_string (reader, "name", "?"),
                                                                 rushes_json_reader_get_string (reader, "summary", "?"),
                                                                 rushes_json_reader_get_string (reader, "prompt", "?"),
                                                                 rushes_json_reader_get_string (reader, "icon", "?")));
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }

  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&presets) : NULL;
}

RushesPreset *
rushes_preset_find_shipped (GPtrArray *shipped, const char *id)
{
  for (guint i = 0; i < shipped->len; i++)
    {
      RushesPreset *preset = g_ptr_array_index (shipped, i);

      if (g_str_equal (rushes_preset_get_id (preset), id))
        return preset;
    }
  return NULL;
}

static gboolean
parse_entries_json (const char *text, gsize length, GPtrArray *entries, GError **error)
{
  g_autoptr (JsonNode) root = rushes_json_parse (text, length, FALSE, _ ("The file"), error);
  JsonArray *array = NULL;

  if (root == NULL)
    return FALSE;
  if (JSON_NODE_HOLDS_ARRAY (root))
    array = json_node_get_array (root);
  else if (JSON_NODE_HOLDS_OBJECT (root))
    {
      JsonNode *node = json_object_get_member (json_node_get_object (root), "presets");

      array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    }
  if (array == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("The file has no list of presets in it."));
      return FALSE;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      JsonNode *name = object != NULL ? json_object_get_member (object, "name") : NULL;
      JsonNode *prompt = object != NULL ? json_object_get_member (object, "prompt") : NULL;
      RushesPresetEntry *entry = NULL;

      if (name != NULL && prompt != NULL && json_node_get_value_type (name) == G_TYPE_STRING &&
          json_node_get_value_type (prompt) == G_TYPE_STRING)
        entry = rushes_preset_entry_new (NULL, json_node_get_string (name), json_node_get_string (prompt), error);
      else
        rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("Preset %u of the file has no name or no prompt."),
                          i + 1);
      if (entry == NULL)
        return FALSE;
      g_ptr_array_add (entries, entry);
    }
  return TRUE;
}

/* "name:prompt", with the wide colon of Chinese too. */
static RushesPresetEntry *
parse_line (char *line, guint number, GError **error)
{
  char *wide = strstr (line, "：");
  char *narrow = strchr (line, ':');
  gboolean is_wide = wide != NULL && (narrow == NULL || wide < narrow);
  char *colon = is_wide ? wide : narrow;

  if (colon == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("Line %u of the file is not “name:prompt”."), number);
      return NULL;
    }
  *colon = '\0';
  return rushes_preset_entry_new (NULL, line, colon + (is_wide ? strlen ("：") : 1), error);
}

static gboolean
parse_entries_lines (const char *text, GPtrArray *entries, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *line = g_strstrip (lines[i]);
      RushesPresetEntry *entry;

      if (*line == '\0' || *line == '#')
        continue;
      if (!(entry = parse_line (line, i + 1, error)))
        return FALSE;
      g_ptr_array_add (entries, entry);
    }
  return TRUE;
}

GPtrArray *
rushes_preset_parse_entries (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_preset_entry_free);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size); /* NULL for an empty file */
  g_autofree char *text = g_strndup (data != NULL ? data : "", size);
  const char *start = g_str_has_prefix (text, "\xef\xbb\xbf") ? text + 3 : text;

  while (g_ascii_isspace (*start))
    start++;

  if (size > RUSHES_PRESETS_MAX_BYTES || strlen (text) != size || !g_utf8_validate (text, -1, NULL))
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("This is not a file of presets."));
  else if (*start == '{' || *start == '[' ? parse_entries_json (start, strlen (start), entries, error)
                                          : parse_entries_lines (start, entries, error))
    {
      if (entries->len <= MAX_PRESETS)
        return g_steal_pointer (&entries);
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("These are too many presets: 1000 fit."));
    }
  return NULL;
}

char *
rushes_preset_print_entries (GListModel *presets, gboolean all, gboolean lines)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (GString) text = g_string_new (NULL);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "presets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (presets); i++)
    {
      g_autoptr (RushesPreset) preset = g_list_model_get_item (presets, i);

      if (!all && rushes_preset_get_shipped (preset))
        continue;
      json_builder_begin_object (builder);
      add_member (builder, "name", rushes_preset_get_plain_name (preset));
      add_member (builder, "prompt", rushes_preset_get_prompt (preset));
      json_builder_end_object (builder);
      g_string_append_printf (text, "%s:%s\n", rushes_preset_get_plain_name (preset),
                              rushes_preset_get_prompt (preset));
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  return lines ? g_string_free_and_steal (g_steal_pointer (&text)) : print_json (builder);
}
