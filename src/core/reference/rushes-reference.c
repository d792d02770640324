/* rushes-reference.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-reference.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"

struct _RushesReference
{
  GObject parent_instance;

  char *sha256;
  const char *media_type;
  int width;
  int height;
  gint64 size;
  char *name;
  GFile *file;
};

G_DEFINE_FINAL_TYPE (RushesReference, rushes_reference, G_TYPE_OBJECT)

static const char *const role_names[] = {
  [RUSHES_ROLE_FIRST_FRAME] = "first",
  [RUSHES_ROLE_LAST_FRAME] = "last",
  [RUSHES_ROLE_REFERENCE] = "reference",
};

const char *
rushes_reference_role_to_string (RushesReferenceRole role)
{
  g_return_val_if_fail (role < G_N_ELEMENTS (role_names), NULL);
  return role_names[role];
}

gboolean
rushes_reference_role_from_string (const char *name, RushesReferenceRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (role_names); i++)
    if (g_strcmp0 (name, role_names[i]) == 0)
      {
        *role = i;
        return TRUE;
      }
  return FALSE;
}

static void
rushes_reference_finalize (GObject *object)
{
  RushesReference *self = RUSHES_REFERENCE (object);

  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->file);

  G_OBJECT_CLASS (rushes_reference_parent_class)->finalize (object);
}

static void
rushes_reference_class_init (RushesReferenceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_reference_finalize;
}

static void
rushes_reference_init (RushesReference *self)
{
}

RushesReference *
rushes_reference_new (const char *sha256,
                      const char *media_type,
                      int width,
                      int height,
                      gint64 size,
                      const char *name,
                      GFile *file)
{
  RushesReference *self;

  g_return_val_if_fail (sha256 != NULL && media_type != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (RUSHES_TYPE_REFERENCE, NULL);
  self->sha256 = g_strdup (sha256);
  self->media_type = g_intern_string (media_type);
  self->width = width;
  self->height = height;
  self->size = size;
  self->name = name != NULL ? g_utf8_make_valid (name, -1) : g_strdup ("");
  self->file = g_object_ref (file);

  return self;
}

const char *
rushes_reference_get_sha256 (RushesReference *self)
{
  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), NULL);
  return self->sha256;
}

const char *
rushes_reference_get_media_type (RushesReference *self)
{
  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), NULL);
  return self->media_type;
}

int
rushes_reference_get_width (RushesReference *self)
{
  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), 0);
  return self->width;
}

int
rushes_reference_get_height (RushesReference *self)
{
  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), 0);
  return self->height;
}

gint64
rushes_reference_get_size (RushesReference *self)
{
  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), 0);
  return self->size;
}

const char *
rushes_reference_get_name (RushesReference *self)
{
  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), NULL);
  return self->name;
}

GFile *
rushes_reference_get_file (RushesReference *self)
{
  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), NULL);
  return self->file;
}

JsonNode *
rushes_reference_to_json (RushesReference *self)
{
  g_autoptr (JsonBuilder) builder = NULL;
  g_autofree char *file_name = NULL;

  g_return_val_if_fail (RUSHES_IS_REFERENCE (self), NULL);

  file_name = g_file_get_basename (self->file);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sha256");
  json_builder_add_string_value (builder, self->sha256);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, self->media_type);
  json_builder_set_member_name (builder, "width");
  json_builder_add_int_value (builder, self->width);
  json_builder_set_member_name (builder, "height");
  json_builder_add_int_value (builder, self->height);
  json_builder_set_member_name (builder, "size");
  json_builder_add_int_value (builder, self->size);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, self->name);
  json_builder_set_member_name (builder, "file");
  json_builder_add_string_value (builder, file_name);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static const char *
get_text (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gint64
get_number (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : -1;
}

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

RushesReference *
rushes_reference_from_json (JsonNode *node, GFile *folder, GError **error)
{
  g_autoptr (GFile) file = NULL;
  JsonObject *object;
  const char *sha256, *type, *file_name;
  gint64 width, height;

  g_return_val_if_fail (node != NULL && G_IS_FILE (folder), NULL);

  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  sha256 = object != NULL ? get_text (object, "sha256") : NULL;
  type = object != NULL ? get_text (object, "type") : NULL;
  file_name = object != NULL ? get_text (object, "file") : NULL;
  width = object != NULL ? get_number (object, "width") : -1;
  height = object != NULL ? get_number (object, "height") : -1;

  /* The file's name is its hash: a text from elsewhere can thus never point out of the folder. */
  if (!is_sha256 (sha256) || type == NULL || width < 1 || height < 1 || width > G_MAXINT || height > G_MAXINT ||
      file_name == NULL || !g_str_has_prefix (file_name, sha256) || strpbrk (file_name, "/\\") != NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_PROTOCOL, "%s",
                        _ ("A picture of this recipe is not described in a way that Rushes understands."));
      return NULL;
    }

  file = g_file_get_child (folder, file_name);
  return rushes_reference_new (sha256, type, width, height, MAX (0, get_number (object, "size")),
                               get_text (object, "name"), file);
}
