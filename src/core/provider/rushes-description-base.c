/* rushes-description-base.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-description-private.h"

#include <glib/gi18n.h>

#include "rushes-json-reader.h"
#include "rushes-protocol.h"

/* Members of a base that are its own affair: who it is, and where its key may go. */
static const char *const not_inherited[] = { "id", "name", "summary", "origins", "foreign", NULL };

static gboolean
ships (const char *id)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_PATH "/providers/%s.json", id);

  return g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
}

/* Variables hold keys that were made for the base. */
static JsonNode *
copy_auth (JsonNode *auth)
{
  JsonNode *copy = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (auth));

  json_node_take_object (copy, json_object_new ());
  for (const GList *member = members; member != NULL; member = member->next)
    if (!g_str_equal (member->data, "environment"))
      json_object_set_member (json_node_get_object (copy), member->data,
                              json_node_copy (json_object_get_member (json_node_get_object (auth), member->data)));
  return copy;
}

static void
inherit (JsonObject *merged, JsonObject *base)
{
  g_autoptr (GList) members = json_object_get_members (base);

  for (const GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *node = json_object_get_member (base, member->data);

      if (g_strv_contains (not_inherited, member->data))
        continue;
      if (g_str_equal (member->data, "auth"))
        json_object_set_member (merged, member->data, copy_auth (node));
      else
        json_object_set_member (merged, member->data, json_node_copy (node));
    }
}

/* `base_url` is short for one region, which bears the provider's name. */
static JsonNode *
make_regions (const char *name, const char *url)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_array (builder);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "url");
  json_builder_add_string_value (builder, url);
  json_builder_end_object (builder);
  json_builder_end_array (builder);
  return json_builder_get_root (builder);
}

/* `submit` is short for the base's `protocol` with another submit. */
static void
replace_submit (JsonObject *merged, JsonNode *submit)
{
  g_autoptr (JsonObject) protocol = json_object_new ();
  JsonObject *base = json_object_get_object_member (merged, "protocol");
  g_autoptr (GList) members = json_object_get_members (base);

  for (const GList *member = members; member != NULL; member = member->next)
    if (!g_str_equal (member->data, "submit"))
      json_object_set_member (protocol, member->data, json_node_copy (json_object_get_member (base, member->data)));
  json_object_set_member (protocol, "submit", json_node_copy (submit));
  json_object_set_object_member (merged, "protocol", g_steal_pointer (&protocol));
}

static void
override (JsonObject *merged, JsonObject *own, const char *url)
{
  g_autoptr (GList) members = json_object_get_members (own);

  for (const GList *member = members; member != NULL; member = member->next)
    if (g_str_equal (member->data, "submit"))
      replace_submit (merged, json_object_get_member (own, member->data));
    else if (!g_str_equal (member->data, "base") && !g_str_equal (member->data, "base_url"))
      json_object_set_member (merged, member->data, json_node_copy (json_object_get_member (own, member->data)));
  if (url != NULL)
    json_object_set_member (merged, "regions",
                            make_regions (json_object_get_string_member_with_default (own, "name", ""), url));
}

static RushesDescription *
find_base (RushesJsonReader *reader, const char *id)
{
  g_autoptr (RushesDescription) base = rushes_description_new_shipped (id, NULL);

  if (base == NULL || rushes_description_get_protocol (base) == NULL)
    {
      rushes_json_reader_complain (reader, "base", _ ("there is no service “%s” that comes with Rushes."), id);
      return NULL;
    }
  return g_steal_pointer (&base);
}

/* The mistake that @reader found so far; it must not look for more. */
static JsonNode *
fail (RushesJsonReader *reader, GError **error)
{
  rushes_json_reader_finish (reader, error);
  return NULL;
}

JsonNode *
rushes_description_merge (JsonNode *root, const char *path, RushesDescription **base, GError **error)
{
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (root, path);
  const char *id = rushes_json_reader_get_string (reader, "id", NULL);
  const char *base_id = rushes_json_reader_get_string (reader, "base", NULL);
  const char *typed = rushes_json_reader_get_string (reader, "base_url", NULL);
  g_autoptr (JsonObject) merged = NULL;
  g_autofree char *url = NULL;

  if (id != NULL && ships (id))
    {
      rushes_json_reader_complain (reader, "id", _ ("“%s” comes with Rushes already. Choose another one."), id);
      return fail (reader, error);
    }
  if (!rushes_json_reader_has (reader, "base"))
    return json_node_ref (root);
  if (base_id == NULL)
    return fail (reader, error);

  *base = find_base (reader, base_id);
  if (*base == NULL)
    return fail (reader, error);
  if (rushes_json_reader_has (reader, "submit") && rushes_json_reader_has (reader, "protocol"))
    {
      rushes_json_reader_complain (reader, "submit", "%s", _ ("there can be only one of “submit” and “protocol”."));
      return fail (reader, error);
    }
  if (typed != NULL)
    {
      g_autoptr (GError) problem = NULL;

      url = rushes_protocol_normalize_url (rushes_description_get_protocol (*base), typed, &problem);
      if (url == NULL)
        {
          rushes_json_reader_complain (reader, "base_url", "%s", problem->message);
          return fail (reader, error);
        }
    }

  merged = json_object_new ();
  inherit (merged, json_node_get_object (rushes_description_get_json (*base)));
  override (merged, json_node_get_object (root), url);
  return json_node_init_object (json_node_alloc (), merged);
}
