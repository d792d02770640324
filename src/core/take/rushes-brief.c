/* rushes-brief.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-brief.h"

#include <math.h>
#include <string.h>

/* Raised when the meaning of a member changes; new members do not need it. */
#define VERSION 1

RushesBrief *
rushes_brief_new (void)
{
  RushesBrief *self = g_new0 (RushesBrief, 1);

  self->prompt = g_strdup ("");
  self->negative_prompt = g_strdup ("");
  self->seed = -1;
  self->count = 1;
  self->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    self->references[i] = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

static gpointer
copy_reference (gconstpointer reference, gpointer data)
{
  return g_object_ref ((gpointer) reference);
}

RushesBrief *
rushes_brief_copy (const RushesBrief *self)
{
  RushesBrief *copy = g_memdup2 (self, sizeof *self);
  GHashTableIter iter;
  gpointer name, value;

  copy->provider_id = g_strdup (self->provider_id);
  copy->model_id = g_strdup (self->model_id);
  copy->prompt = g_strdup (self->prompt);
  copy->negative_prompt = g_strdup (self->negative_prompt);
  copy->preset_id = g_strdup (self->preset_id);
  copy->preset_text = g_strdup (self->preset_text);
  copy->resolution = g_strdup (self->resolution);
  copy->aspect = g_strdup (self->aspect);

  copy->parameters = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_iter_init (&iter, self->parameters);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy->parameters, g_strdup (name), g_strdup (value));
  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    copy->references[i] = g_ptr_array_copy (self->references[i], copy_reference, NULL);
  copy->extension = self->extension != NULL ? rushes_extension_copy (self->extension) : NULL;
  copy->sheet = self->sheet != NULL ? json_node_ref (self->sheet) : NULL;

  return copy;
}

void
rushes_brief_free (RushesBrief *self)
{
  g_free (self->provider_id);
  g_free (self->model_id);
  g_free (self->prompt);
  g_free (self->negative_prompt);
  g_free (self->preset_id);
  g_free (self->preset_text);
  g_free (self->resolution);
  g_free (self->aspect);
  g_hash_table_unref (self->parameters);
  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    g_ptr_array_unref (self->references[i]);
  g_clear_pointer (&self->extension, rushes_extension_free);
  g_clear_pointer (&self->sheet, json_node_unref);
  g_free (self);
}

/* Empty text is no text. */
void
rushes_brief_set_text (char **member, const char *text)
{
  g_set_str (member, text != NULL && *text != '\0' ? text : NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

const char **
rushes_brief_list_parameters (const RushesBrief *self, guint *n_names)
{
  const char **names = (const char **) g_hash_table_get_keys_as_array (self->parameters, n_names);

  g_sort_array (names, *n_names, sizeof *names, compare_names, NULL);
  return names;
}

char *
rushes_brief_get_whole_prompt (const RushesBrief *self)
{
  g_autofree char *preset = g_strstrip (g_strdup (self->preset_text != NULL ? self->preset_text : ""));
  g_autofree char *typed = g_strstrip (g_strdup (self->prompt));

  if (*preset != '\0' && *typed != '\0')
    return g_strconcat (preset, ", ", typed, NULL);
  return *preset != '\0' ? g_steal_pointer (&preset) : g_steal_pointer (&typed);
}

/* ---- writing ---- */

typedef struct
{
  JsonBuilder *builder;
  gboolean whole;
} Writer;

static void
write_text (Writer *writer, const char *member, const char *text)
{
  if (text == NULL)
    text = "";
  if (*text == '\0' && !writer->whole)
    return;
  json_builder_set_member_name (writer->builder, member);
  json_builder_add_string_value (writer->builder, text);
}

static void
write_integer (Writer *writer, const char *member, gint64 value, gint64 unset)
{
  if (value == unset && !writer->whole)
    return;
  json_builder_set_member_name (writer->builder, member);
  json_builder_add_int_value (writer->builder, value);
}

static void
write_boolean (Writer *writer, const char *member, gboolean value)
{
  if (!value && !writer->whole)
    return;
  json_builder_set_member_name (writer->builder, member);
  json_builder_add_boolean_value (writer->builder, value);
}

/* Whole seconds are written as whole numbers. */
static void
write_seconds (Writer *writer, const char *member, double seconds)
{
  if (seconds == floor (seconds))
    {
      write_integer (writer, member, (gint64) seconds, 0);
      return;
    }
  json_builder_set_member_name (writer->builder, member);
  json_builder_add_double_value (writer->builder, seconds);
}

static void
write_preset (Writer *writer, const RushesBrief *self)
{
  if (self->preset_id == NULL && !writer->whole)
    return;
  json_builder_set_member_name (writer->builder, "preset");
  json_builder_begin_object (writer->builder);
  write_text (writer, "id", self->preset_id);
  write_text (writer, "text", self->preset_text);
  json_builder_end_object (writer->builder);
}

static void
write_parameters (Writer *writer, const RushesBrief *self)
{
  g_autofree const char **names = NULL;
  guint n_names;

  names = rushes_brief_list_parameters (self, &n_names);
  if (n_names == 0 && !writer->whole)
    return;
  json_builder_set_member_name (writer->builder, "parameters");
  json_builder_begin_object (writer->builder);
  for (guint i = 0; i < n_names; i++)
    {
      json_builder_set_member_name (writer->builder, names[i]);
      json_builder_add_string_value (writer->builder, g_hash_table_lookup (self->parameters, names[i]));
    }
  json_builder_end_object (writer->builder);
}

static void
write_references (Writer *writer, const RushesBrief *self)
{
  gboolean any = writer->whole;

  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    any |= self->references[i]->len > 0;
  if (!any)
    return;

  json_builder_set_member_name (writer->builder, "references");
  json_builder_begin_object (writer->builder);
  for (guint i = 0; i < RUSHES_N_ROLES; i++)
    {
      if (self->references[i]->len == 0)
        continue;
      json_builder_set_member_name (writer->builder, rushes_reference_role_to_string (i));
      json_builder_begin_array (writer->builder);
      for (guint n = 0; n < self->references[i]->len; n++)
        json_builder_add_value (writer->builder, rushes_reference_to_json (g_ptr_array_index (self->references[i], n)));
      json_builder_end_array (writer->builder);
    }
  json_builder_end_object (writer->builder);
}

JsonNode *
rushes_brief_to_json (const RushesBrief *self, gboolean whole)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  Writer writer = { builder, whole };

  json_builder_begin_object (builder);
  write_integer (&writer, "version", VERSION, 0);
  write_text (&writer, "provider", self->provider_id);
  write_text (&writer, "model", self->model_id);
  write_text (&writer, "prompt", self->prompt);
  write_text (&writer, "negative_prompt", self->negative_prompt);
  write_preset (&writer, self);
  write_seconds (&writer, "duration", self->duration);
  write_text (&writer, "resolution", self->resolution);
  write_text (&writer, "aspect", self->aspect);
  write_integer (&writer, "frame_rate", self->frame_rate, 0);
  write_integer (&writer, "seed", self->seed, -1);
  write_boolean (&writer, "audio", self->audio);
  write_boolean (&writer, "watermark", self->watermark);
  write_integer (&writer, "count", self->count, 1);
  write_parameters (&writer, self);
  write_references (&writer, self);
  if (self->extension != NULL)
    {
      json_builder_set_member_name (builder, "extends");
      json_builder_add_value (builder, rushes_extension_to_json (self->extension));
    }
  if (self->sheet != NULL)
    {
      json_builder_set_member_name (builder, "sheet");
      json_builder_add_value (builder, json_node_copy (self->sheet));
    }
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

/* ---- reading ---- */

static void
read_text (RushesJsonReader *reader, const char *member, char **text)
{
  const char *found = rushes_json_reader_get_string (reader, member, NULL);

  if (found != NULL)
    rushes_brief_set_text (text, found);
}

static void
read_words (RushesJsonReader *reader, const char *member, char **text)
{
  const char *found = rushes_json_reader_get_string (reader, member, NULL);

  if (found != NULL)
    g_set_str (text, found);
}

static void
read_parameters (RushesBrief *self, RushesJsonReader *reader)
{
  g_autoptr (GList) names = NULL;

  if (!rushes_json_reader_enter_object (reader, "parameters"))
    return;

  names = rushes_json_reader_list_members (reader);
  g_hash_table_remove_all (self->parameters);
  for (const GList *name = names; name != NULL; name = name->next)
    {
      const char *value = rushes_json_reader_get_string (reader, name->data, NULL);

      if (value != NULL)
        g_hash_table_insert (self->parameters, g_strdup (name->data), g_strdup (value));
    }
  rushes_json_reader_leave (reader);
}

static void
read_role (RushesBrief *self, RushesJsonReader *reader, RushesReferenceRole role, GFile *folder)
{
  GPtrArray *references = self->references[role];

  g_ptr_array_set_size (references, 0);
  if (!rushes_json_reader_enter_list (reader, rushes_reference_role_to_string (role)))
    return;

  while (rushes_json_reader_next (reader))
    {
      g_autoptr (GError) error = NULL;
      RushesReference *reference =
          rushes_reference_from_json (rushes_json_reader_get_node (reader, NULL), folder, &error);

      if (reference == NULL)
        rushes_json_reader_complain (reader, NULL, "%s", error->message);
      else if (role != RUSHES_ROLE_REFERENCE && references->len == 1)
        g_object_unref (reference);
      else
        g_ptr_array_add (references, reference);
    }
  rushes_json_reader_leave (reader);
}

void
rushes_brief_read (RushesBrief *self, RushesJsonReader *reader, GFile *references_folder)
{
  rushes_json_reader_need (reader, "version", NULL);
  rushes_json_reader_get_integer (reader, "version", VERSION, VERSION, VERSION);

  read_text (reader, "provider", &self->provider_id);
  read_text (reader, "model", &self->model_id);
  read_words (reader, "prompt", &self->prompt);
  read_words (reader, "negative_prompt", &self->negative_prompt);
  if (rushes_json_reader_enter_object (reader, "preset"))
    {
      read_text (reader, "id", &self->preset_id);
      read_text (reader, "text", &self->preset_text);
      rushes_json_reader_leave (reader);
    }

  self->duration = rushes_json_reader_get_number (reader, "duration", 0, RUSHES_MAX_SECONDS, self->duration);
  read_text (reader, "resolution", &self->resolution);
  read_text (reader, "aspect", &self->aspect);
  self->frame_rate = rushes_json_reader_get_integer (reader, "frame_rate", 0, RUSHES_MAX_FRAME_RATE, self->frame_rate);
  self->seed = rushes_json_reader_get_integer (reader, "seed", -1, G_MAXINT64, self->seed);
  self->audio = rushes_json_reader_get_boolean (reader, "audio", self->audio);
  self->watermark = rushes_json_reader_get_boolean (reader, "watermark", self->watermark);
  self->count = rushes_json_reader_get_integer (reader, "count", 1, RUSHES_MAX_COUNT, self->count);

  read_parameters (self, reader);
  if (rushes_json_reader_enter_object (reader, "references"))
    {
      for (guint i = 0; i < RUSHES_N_ROLES; i++)
        read_role (self, reader, i, references_folder);
      rushes_json_reader_leave (reader);
    }
  if (rushes_json_reader_enter_object (reader, "extends"))
    {
      g_clear_pointer (&self->extension, rushes_extension_free);
      self->extension = rushes_extension_read (reader);
      rushes_json_reader_leave (reader);
    }
  if (rushes_json_reader_has (reader, "sheet"))
    {
      g_clear_pointer (&self->sheet, json_node_unref);
      self->sheet = json_node_ref (rushes_json_reader_get_node (reader, "sheet"));
    }
}
