/* rushes-test-protocol.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-test-protocol.h"

#include <string.h>

#include "rushes-draft.h"
#include "rushes-test.h"

static const char kites[] =
    "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\",\"engine\":\"http\",\"default_model\":\"red\","
    " \"models\":[{\"id\":\"red\",\"name\":\"Red\",\"sent_as\":\"kite/"
    "red\",\"values\":{\"wind\":7},\"durations\":[5,7.5],"
    "   \"resolutions\":[\"720p\",\"1080p\"],\"aspects\":[\"16:9\",\"9:16\"],\"frame_rates\":[24,30],"
    "   \"inputs\":{\"first_frame\":\"optional\",\"last_frame\":\"optional\",\"references\":3},"
    "   \"prompt\":{\"input\":\"optional\"},\"negative_prompt\":true,\"seed\":true,\"audio\":true,"
    "   \"parameters\":[{\"name\":\"style\",\"title\":\"Style\",\"kind\":\"text\",\"default\":\"\"},"
    "     {\"name\":\"loop\",\"title\":\"Loop\",\"kind\":\"switch\",\"default\":false},"
    "     {\"name\":\"steps\",\"title\":\"Steps\",\"kind\":\"integer\",\"default\":20,\"minimum\":1,\"maximum\":50}]}],"
    " \"regions\":[{\"name\":\"West\",\"url\":\"https://api.kites.example\"},"
    "   {\"name\":\"East\",\"url\":\"https://east.kites.example\"}],"
    " \"origins\":[\"https://rest.kites.example\"],\"foreign\":{\"api.balloons.example\":\"balloons\"},"
    " \"trim\":[\"/v1\"],\"auth\":{\"scheme\":\"bearer\"},\"headers\":{\"X-Version\":\"3\"},"
    " \"pictures\":{\"as\":[\"data\"],\"types\":[\"image/png\"]},"
    " \"protocol\":{"
    "   \"submit\":{\"method\":\"POST\",\"path\":\"/v1/videos\",\"json\":{\"prompt\":\"{prompt}\"}},"
    "   \"status\":{\"path\":\"/v1/videos/{task_id}\",\"final\":[400]},"
    "   \"cancel\":{\"method\":\"DELETE\",\"path\":\"/v1/videos/{task_id}\"},"
    "   \"test\":{\"path\":\"/v1/me\"},"
    "   \"answer\":{\"task\":[\"id\"],\"state\":{\"at\":[\"state\"],\"running\":[\"flying\"]},"
    "     \"progress\":{\"at\":[\"progress\"]},\"place\":[\"ahead\"],"
    "     \"clips\":{\"at\":[\"url\",\"urls[*]\"],\"text\":[\"text\"],\"inline\":[\"b64\"]},"
    "     \"cost\":{\"at\":[\"cost\"],\"currency\":\"USD\"},"
    "     \"message\":[\"error.message\",\"message\"],\"code\":[\"error.code\"],"
    "     "
    "\"failures\":[{\"code\":[\"blocked\",\"policy.*\"],\"error\":\"REJECTED\",\"charged\":\"no\",\"field\":\"prompt\"}"
    ","
    "       {\"words\":\"no money\",\"error\":\"QUOTA\"},"
    "       {\"at\":[\"fine\"],\"is\":[false],\"error\":\"REJECTED\"}]}},"
    " \"upload\":{\"steps\":[{\"method\":\"POST\",\"path\":\"/upload\",\"base\":\"https://rest.kites.example\","
    "     \"json\":{\"name\":\"{picture.name}\",\"type\":\"{picture.type}\",\"size\":\"{picture.size}\"},"
    "     \"read\":{\"put_url\":[\"put\"],\"fields\":[\"fields\"],\"file_url\":[\"get\"]}},"
    "   {\"method\":\"POST\",\"address\":\"{put_url}\",\"key\":false,"
    "     \"form\":[{\"fields\":\"{fields}\"},{\"name\":\"file\",\"picture\":\"{picture}\"}]}],"
    "   \"gives\":\"{file_url}\",\"lifetime\":86400,\"max_bytes\":1000}}";

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (text, &error);

  if (node == NULL)
    g_error ("%s: %s", text, error->message);
  return node;
}

RushesDescription *
rushes_test_describe (const char *place, const char *text, gboolean strange, GError **error)
{
  g_autoptr (JsonNode) root = parse (kites);
  JsonObject *object = json_node_get_object (root);
  g_autofree char *whole = g_strdup_printf ("{%s}", text != NULL ? text : "");
  g_autoptr (JsonNode) changes = parse (whole);
  g_autoptr (GList) members = json_object_get_members (json_node_get_object (changes));
  g_auto (GStrv) names = g_strsplit (place, ".", -1);
  g_autoptr (GBytes) bytes = NULL;
  char *json;

  for (guint i = 0; names[i] != NULL; i++)
    object = json_object_get_object_member (object, names[i]);
  for (const GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *node = json_object_get_member (json_node_get_object (changes), member->data);

      if (JSON_NODE_HOLDS_NULL (node))
        json_object_remove_member (object, member->data);
      else
        json_object_set_member (object, member->data, json_node_copy (node));
    }

  json = json_to_string (root, FALSE);
  bytes = g_bytes_new_take (json, strlen (json));
  return strange ? rushes_description_new_strange (bytes, "kites.json", error)
                 : rushes_description_new_from_bytes (bytes, "kites.json", error);
}

static void
add_picture (RushesTestTake *self, RushesDraft *draft, RushesReferenceRole role, RushesPictureForm form)
{
  guint n = rushes_draft_get_n_references (draft, role);
  g_autofree char *name = g_strdup_printf ("%s-%u.png", rushes_reference_role_to_string (role), n + 1);
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  g_autoptr (RushesReference) reference = rushes_reference_new (sha256, "image/png", 16, 9, 3, name, self->spool);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  RushesSentPicture *picture = rushes_sent_picture_new (role, form, bytes, "image/png", name);

  if (form == RUSHES_FORM_UPLOAD || form == RUSHES_FORM_ADDRESS)
    picture->address = g_strdup_printf ("https://cdn.kites.example/%s", name);
  rushes_draft_set_reference (draft, role, n, reference);
  g_ptr_array_add (self->pictures, picture);
}

RushesTestTake *
rushes_test_take_new (RushesDescription *description,
                      const char *draft_text,
                      const char *pictures,
                      RushesPictureForm form)
{
  RushesTestTake *self = g_new0 (RushesTestTake, 1);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *whole = g_strdup_printf ("{\"version\":1,\"seed\":7%s%s}", draft_text != NULL ? "," : "",
                                            draft_text != NULL ? draft_text : ",\"prompt\":\"A kite\"");
  g_autoptr (JsonNode) node = parse (whole);
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "spool", NULL);

  self->description = description;
  self->protocol = rushes_description_get_protocol (description);
  self->model = g_list_model_get_item (rushes_description_get_models (description), 0);
  self->spool = g_file_new_for_path (path);
  self->pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_sent_picture_free);
  rushes_draft_load_json (draft, node, self->spool);
  rushes_draft_set_model (draft, "kites", "red");
  for (const char *p = pictures; p != NULL && *p != '\0'; p++)
    add_picture (self, draft,
                 *p == 'f'   ? RUSHES_ROLE_FIRST_FRAME
                 : *p == 'l' ? RUSHES_ROLE_LAST_FRAME
                             : RUSHES_ROLE_REFERENCE,
                 form);
  self->request = rushes_request_new (draft, self->model, 0);
  self->task = (RushesTask) {
    .request = self->request,
    .model = self->model,
    .base_url = "https://api.kites.example",
    .own_id = "own",
    .pictures = self->pictures,
  };
  return self;
}

void
rushes_test_take_free (RushesTestTake *self)
{
  g_object_unref (self->description);
  g_object_unref (self->model);
  g_object_unref (self->request);
  g_object_unref (self->spool);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

RushesTestTake *
rushes_test_take_change (const char *place, const char *members)
{
  g_autoptr (GError) error = NULL;
  RushesDescription *description = rushes_test_describe (place, members, FALSE, &error);

  g_assert_no_error (error);
  return rushes_test_take_new (description, NULL, NULL, 0);
}

RushesAnswer *
rushes_test_read (RushesTestTake *self, RushesOperation operation, RushesHttpReply *reply, GError **error)
{
  RushesAnswer *answer =
      rushes_protocol_read_answer (self->protocol, operation, &self->task, reply, self->spool, error);

  g_assert_true ((answer == NULL) == (*error != NULL));
  return answer;
}

RushesHttpReply *
rushes_test_reply (guint status, const char *body, const char *const *headers)
{
  g_autoptr (SoupMessageHeaders) all = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  for (guint i = 0; headers != NULL && headers[i] != NULL; i += 2)
    soup_message_headers_append (all, headers[i], headers[i + 1]);
  return rushes_http_reply_new (status, all, bytes, "https://api.kites.example/v1/videos");
}
