/* rushes-test-scene.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-scene.h"

#include <string.h>

#include "rushes-draft.h"

#define OWN_ID "00000000-0000-7000-8000-000000000001"
#define SEED   7

static const char *const forms[] = { "data", "base64", "part", "upload", "address", NULL };

char *
rushes_test_source (const char *below)
{
  return g_build_filename (g_getenv ("RUSHES_SOURCE"), below, NULL);
}

/* By id: each is read once for all of its fixtures. */
static GHashTable *descriptions;

static RushesDescription *
read_description (const char *id)
{
  g_autofree char *name = g_strdup_printf ("%s.json", id);
  g_autofree char *below = g_build_filename ("data/providers", name, NULL);
  g_autofree char *path = rushes_test_source (below);
  g_autofree char *text = NULL;
  gsize size;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  RushesDescription *description;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (g_steal_pointer (&text), size);
  description = rushes_description_new_from_bytes (bytes, name, &error);
  if (description == NULL)
    g_error ("%s", error->message);
  return description;
}

RushesDescription *
rushes_test_scene_describe (const char *id)
{
  RushesDescription *description;

  if (descriptions == NULL)
    descriptions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  description = g_hash_table_lookup (descriptions, id);
  if (description == NULL)
    {
      description = read_description (id);
      g_hash_table_insert (descriptions, g_strdup (id), description);
    }
  return description;
}

GBytes *
rushes_test_bytes (RushesJsonReader *reader, const char *member, gboolean is_text)
{
  const char *text = rushes_json_reader_get_string (reader, member, "");
  g_autofree guchar *bytes = NULL;
  gsize size;

  if (is_text)
    return g_bytes_new (text, strlen (text));
  bytes = g_base64_decode (text, &size);
  return g_bytes_new (bytes, size);
}

RushesSentPicture *
rushes_test_scene_read_picture (RushesJsonReader *reader,
                                RushesModel *model,
                                RushesReferenceRole role,
                                const char *name)
{
  const char *type = rushes_json_reader_get_string (reader, "type", "image/png");
  g_autoptr (GBytes) bytes =
      rushes_test_bytes (reader, "bytes", rushes_json_reader_get_boolean (reader, "text", FALSE));
  g_autofree char *file =
      g_strdup_printf ("%s.%s", name, g_str_equal (type, "image/jpeg") ? "jpg" : strchr (type, '/') + 1);
  g_autofree char *address = g_strdup_printf ("https://upload.invalid/%s", name);
  const RushesPictureForm *known;
  guint n_known;
  RushesSentPicture *picture;

  /* In file names first-frame, in addresses first_frame, as the dry run writes it. */
  if (role != RUSHES_ROLE_REFERENCE)
    g_strdelimit (address + strlen ("https://upload.invalid/"), "-", '_');
  known = rushes_model_get_picture_forms (model, g_bytes_get_size (bytes), &n_known);
  picture = rushes_sent_picture_new (
      role, rushes_json_reader_get_word (reader, "form", forms, n_known > 0 ? known[0] : RUSHES_FORM_DATA), bytes, type,
      rushes_json_reader_get_string (reader, "name", file));
  if (picture->form == RUSHES_FORM_UPLOAD || picture->form == RUSHES_FORM_ADDRESS)
    picture->address = g_strdup (rushes_json_reader_get_string (reader, "address", address));
  return picture;
}

static void
add_picture (RushesTestScene *scene,
             RushesDraft *draft,
             RushesJsonReader *reader,
             RushesReferenceRole role,
             const char *name)
{
  guint n = rushes_draft_get_n_references (draft, role);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere");
  RushesSentPicture *picture = rushes_test_scene_read_picture (reader, scene->model, role, name);
  g_autoptr (RushesReference) reference =
      rushes_reference_new (sha256, picture->media_type, 1280, 720, g_bytes_get_size (picture->bytes), name, nowhere);

  rushes_draft_set_reference (draft, role, n, reference);
  g_ptr_array_add (scene->pictures, picture);
}

/* What its clip is called is the service's affair; whose it is, is no matter here. */
static void
read_extension (RushesDraft *draft, RushesJsonReader *reader)
{
  g_autoptr (RushesExtension) extension = NULL;

  if (!rushes_json_reader_enter_object (reader, "extends"))
    return;
  extension = g_new0 (RushesExtension, 1);
  extension->take_id = g_strdup ("00000000-0000-7000-8000-000000000002");
  extension->task_id = g_strdup (rushes_json_reader_get_string (reader, "task_id", NULL));
  extension->clip_id = g_strdup (rushes_json_reader_get_string (reader, "clip_id", NULL));
  extension->address = g_strdup (rushes_json_reader_get_string (reader, "address", NULL));
  extension->seconds = rushes_json_reader_get_number (reader, "seconds", 0, G_MAXINT, 5);
  rushes_draft_set_extension (draft, extension);
  rushes_json_reader_leave (reader);
}

static void
read_pictures (RushesTestScene *scene, RushesDraft *draft, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_object (reader, "pictures"))
    return;
  if (rushes_json_reader_enter_object (reader, "first"))
    {
      add_picture (scene, draft, reader, RUSHES_ROLE_FIRST_FRAME, "first-frame");
      rushes_json_reader_leave (reader);
    }
  if (rushes_json_reader_enter_object (reader, "last"))
    {
      add_picture (scene, draft, reader, RUSHES_ROLE_LAST_FRAME, "last-frame");
      rushes_json_reader_leave (reader);
    }
  if (rushes_json_reader_enter_list (reader, "references"))
    {
      for (guint i = 1; rushes_json_reader_next (reader); i++)
        {
          g_autofree char *name = g_strdup_printf ("reference-%u", i);

          rushes_json_reader_enter_object (reader, NULL);
          add_picture (scene, draft, reader, RUSHES_ROLE_REFERENCE, name);
          rushes_json_reader_leave (reader);
        }
      rushes_json_reader_leave (reader);
    }
  rushes_json_reader_leave (reader);
}

GBytes *
rushes_test_body (JsonNode *node)
{
  char *text;

  if (node == NULL)
    return g_bytes_new (NULL, 0);
  text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_dup_string (node)
             : json_to_string (node, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static RushesHttpReply *
read_earlier (RushesJsonReader *reader, const char *member)
{
  JsonNode *node = rushes_json_reader_get_node (reader, member);
  g_autoptr (GBytes) bytes = node != NULL ? rushes_test_body (node) : NULL;

  return bytes != NULL ? rushes_http_reply_new (200, NULL, bytes, NULL) : NULL;
}

RushesHttpReply *
rushes_test_scene_read_reply (RushesJsonReader *reader)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  guint status = rushes_json_reader_get_integer (reader, "status", 100, 599, 200);
  JsonNode *node = rushes_json_reader_get_node (reader, "body");
  g_autoptr (GBytes) body = rushes_json_reader_get_boolean (reader, "base64", FALSE)
                                ? rushes_test_bytes (reader, "body", FALSE)
                                : rushes_test_body (node);

  if (rushes_json_reader_enter_object (reader, "headers"))
    {
      g_autoptr (GList) names = rushes_json_reader_list_members (reader);

      for (const GList *name = names; name != NULL; name = name->next)
        soup_message_headers_append (headers, name->data, rushes_json_reader_get_string (reader, name->data, ""));
      rushes_json_reader_leave (reader);
    }
  return rushes_http_reply_new (status, headers, body, NULL);
}

/* A model of its own where the description takes any name. */
static RushesModel *
find_model (RushesDescription *description, const char *id)
{
  GListModel *models = rushes_description_get_models (description);
  const char *any = rushes_description_get_any_model (description);
  g_autoptr (RushesModel) stand_in = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      if (g_str_equal (rushes_model_get_id (model), id))
        return g_steal_pointer (&model);
      if (g_strcmp0 (rushes_model_get_id (model), any) == 0)
        g_set_object (&stand_in, model);
    }
  if (stand_in == NULL)
    g_error ("there is no model “%s”", id);
  return rushes_model_rename (stand_in, id);
}

static void
read_draft (RushesTestScene *scene, RushesJsonReader *reader)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere");
  JsonNode *node = rushes_json_reader_get_node (reader, "draft");
  g_autoptr (JsonNode) whole = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (whole, json_object_new ());
  if (node != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (json_node_get_object (node));

      for (const GList *member = members; member != NULL; member = member->next)
        json_object_set_member (json_node_get_object (whole), member->data,
                                json_node_copy (json_object_get_member (json_node_get_object (node), member->data)));
    }
  json_object_set_int_member (json_node_get_object (whole), "version", 1);
  rushes_draft_load_json (draft, whole, nowhere);
  rushes_draft_set_model (draft, rushes_description_get_id (scene->description), rushes_model_get_id (scene->model));
  if (rushes_draft_get_seed (draft) < 0)
    rushes_draft_set_seed (draft, SEED);
  read_pictures (scene, draft, reader);
  read_extension (draft, reader);
  scene->request = rushes_request_new (draft, scene->model, 0);
}

void
rushes_test_scene_read (RushesTestScene *scene, const char *provider_id, RushesJsonReader *reader)
{
  GPtrArray *regions;

  scene->description = rushes_test_scene_describe (provider_id);
  scene->protocol = rushes_description_get_protocol (scene->description);
  g_assert_nonnull (scene->protocol);
  regions = rushes_protocol_get_regions (scene->protocol);
  scene->model = find_model (
      scene->description,
      rushes_json_reader_get_string (reader, "model", rushes_description_get_default_model (scene->description)));
  scene->base_url = g_strdup (rushes_json_reader_get_string (
      reader, "base_url",
      regions->len > 0 ? ((RushesRegion *) g_ptr_array_index (regions, 0))->url : "https://service.example"));
  scene->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_sent_picture_free);
  read_draft (scene, reader);
  scene->submitted = read_earlier (reader, "submitted");
  scene->last = read_earlier (reader, "last");

  scene->task = (RushesTask) {
    .request = scene->request,
    .model = scene->model,
    .base_url = scene->base_url,
    .own_id = OWN_ID,
    .pictures = scene->pictures,
    .submitted = scene->submitted,
    .last = scene->last,
  };
  if (rushes_json_reader_enter_object (reader, "task"))
    {
      scene->task.task_id = rushes_json_reader_get_string (reader, "task_id", NULL);
      scene->task.poll_target = rushes_json_reader_get_string (reader, "poll_target", NULL);
      rushes_json_reader_leave (reader);
    }
}

void
rushes_test_scene_clear (RushesTestScene *scene)
{
  g_object_unref (scene->model);
  g_object_unref (scene->request);
  g_free (scene->base_url);
  g_ptr_array_unref (scene->pictures);
  g_clear_pointer (&scene->submitted, rushes_http_reply_unref);
  g_clear_pointer (&scene->last, rushes_http_reply_unref);
}
