/* fuzz-reply.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a service answers, read by its description. The input is a fixture's name ("xai/status-done"), whose task it is
 * about, and a reply:
 *
 *   PROVIDER/FIXTURE STATUS
 *   NAME: VALUE
 *
 *   BODY
 */

#include <string.h>

#include "rushes-fuzz.h"
#include "rushes-http-reply.h"
#include "rushes-stream-listener.h"
#include "rushes-test-scene.h"

#define FIXTURES "tests/fixtures/providers"

typedef enum
{
  KIND_REQUEST,
  KIND_REPLY,
  KIND_UPLOAD,
} Kind;

typedef struct
{
  JsonNode *root; /* which the scene borrows from */
  Kind kind;
  RushesOperation operation;
  RushesTestScene scene;
  GPtrArray *replies; /* of the fixture */
} Fixture;

/* By name. What is in them is not changed by reading replies. */
static GHashTable *fixtures;

/* ---- fixtures ---- */

static void
fixture_free (gpointer data)
{
  Fixture *self = data;

  if (self->scene.request != NULL)
    rushes_test_scene_clear (&self->scene);
  g_clear_pointer (&self->root, json_node_unref);
  g_ptr_array_unref (self->replies);
  g_free (self);
}

static void
read_steps (Fixture *self, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_list (reader, "steps"))
    return;
  while (rushes_json_reader_next (reader))
    {
      rushes_json_reader_enter_object (reader, NULL);
      g_ptr_array_add (self->replies, rushes_test_scene_read_reply (reader));
      rushes_json_reader_leave (reader);
    }
  rushes_json_reader_leave (reader);
}

static Fixture *
fixture_new (const char *provider_id, const char *text)
{
  static const char *const kinds[] = { "request", "reply", "upload", NULL };
  static const char *const operations[] = { "submit", "status", "result", "lookup", "cancel", "test", NULL };
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (RushesJsonReader) reader = NULL;

  self->root = json_from_string (text, NULL);
  self->replies = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_http_reply_unref);
  reader = rushes_json_reader_new (self->root, "fixture");
  self->kind = rushes_json_reader_get_word (reader, "kind", kinds, KIND_REPLY);
  self->operation = rushes_json_reader_get_word (reader, "operation", operations, RUSHES_OPERATION_SUBMIT);
  if (self->kind == KIND_REQUEST)
    return self;

  rushes_test_scene_read (&self->scene, provider_id, reader);
  if (self->kind == KIND_REPLY)
    g_ptr_array_add (self->replies, rushes_test_scene_read_reply (reader));
  else
    read_steps (self, reader);
  return self;
}

static void
load_fixtures_of (const char *provider_id)
{
  g_autofree char *below = g_build_filename (FIXTURES, provider_id, NULL);
  g_autofree char *path = rushes_fuzz_source (below);
  g_autoptr (GDir) files = g_dir_open (path, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_autofree char *text = NULL;

      if (g_str_has_suffix (name, ".json") && g_file_get_contents (file, &text, NULL, NULL))
        g_hash_table_insert (fixtures, g_strdup_printf ("%s/%.*s", provider_id, (int) strlen (name) - 5, name),
                             fixture_new (provider_id, text));
    }
}

static Fixture *
find_fixture (const char *name)
{
  g_autofree char *path = NULL;
  g_autoptr (GDir) folders = NULL;
  const char *provider_id;

  if (fixtures == NULL)
    {
      fixtures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, fixture_free);
      path = rushes_fuzz_source (FIXTURES);
      folders = g_dir_open (path, 0, NULL);
      while (folders != NULL && (provider_id = g_dir_read_name (folders)) != NULL)
        load_fixtures_of (provider_id);
    }
  return g_hash_table_lookup (fixtures, name);
}

/* ---- reading ---- */

static RushesHttpReply *
take_reply (const char *status, const char *rest, const char *end)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (GBytes) body = NULL;

  for (;;)
    {
      g_autofree char *line = rushes_fuzz_take_line (&rest, end);
      char *value = strchr (line, ':');

      if (*line == '\0')
        break;
      if (value == NULL || value == line || strchr (line, '\r') != NULL)
        continue;
      *value++ = '\0';
      if (strpbrk (line, " \t") != NULL)
        continue;
      soup_message_headers_append (headers, line, g_strstrip (value));
    }
  body = g_bytes_new (rest, (gsize) (end - rest));
  return rushes_http_reply_new ((guint) CLAMP (atoi (status), 100, 599), headers, body, NULL);
}

static void
check_task (RushesProtocol *protocol, const RushesTask *about, const RushesAnswer *answer, RushesHttpReply *reply)
{
  static const RushesOperation later[] = { RUSHES_OPERATION_STATUS, RUSHES_OPERATION_RESULT, RUSHES_OPERATION_CANCEL };
  RushesTask task = *about;

  if (answer->task_id != NULL)
    task.task_id = answer->task_id;
  if (answer->poll_target != NULL)
    task.poll_target = answer->poll_target;
  task.last = reply;
  for (gsize i = 0; i < G_N_ELEMENTS (later); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesHttpRequest) request = rushes_protocol_has (protocol, &task, later[i])
                                                  ? rushes_protocol_build (protocol, later[i], &task, &error)
                                                  : NULL;

      if (error != NULL)
        rushes_fuzz_check_error (error);
      if (request != NULL)
        {
          g_autofree char *origin = rushes_origin_of (request->address);

          g_assert_nonnull (origin);
          g_assert_false (request->is_submit);
        }
    }
}

static void
check_answer (RushesOperation operation, const RushesAnswer *answer)
{
  g_assert_true ((answer->phase == RUSHES_PHASE_FAILED) == (answer->error != NULL));
  if (answer->error != NULL)
    rushes_fuzz_check_error (answer->error);
  g_assert_true (answer->progress == -1 || (answer->progress >= 0 && answer->progress <= 1));
  g_assert_cmpint (answer->place, >=, -1);
  rushes_fuzz_check_words (answer->words);
  g_assert_true (answer->task_id == NULL || g_utf8_validate (answer->task_id, -1, NULL));
  for (guint i = 0; answer->outputs != NULL && i < answer->outputs->len; i++)
    {
      const RushesOutput *output = g_ptr_array_index (answer->outputs, i);
      g_autofree char *origin = rushes_origin_of (output->uri);

      g_assert_true (origin != NULL || g_str_has_prefix (output->uri, "file:///"));
      g_assert_true (output->expires >= 0);
    }
}

static void
read_reply (const Fixture *fixture, RushesHttpReply *reply)
{
  const RushesTestScene *scene = &fixture->scene;
  g_autoptr (GError) error = NULL;

  if (fixture->operation == RUSHES_OPERATION_CANCEL || fixture->operation == RUSHES_OPERATION_TEST)
    {
      gboolean is_fine =
          rushes_protocol_read_consent (scene->protocol, fixture->operation, &scene->task, reply, &error);

      g_assert_true (is_fine == (error == NULL));
    }
  else
    {
      g_autofree char *path = rushes_fuzz_path ("spool");
      g_autoptr (GFile) spool = g_file_new_for_path (path);
      g_autoptr (RushesAnswer) answer =
          fixture->operation == RUSHES_OPERATION_LOOKUP
              ? rushes_protocol_read_lookup (scene->protocol, &scene->task, reply, &error)
              : rushes_protocol_read_answer (scene->protocol, fixture->operation, &scene->task, reply, spool, &error);

      g_assert_true ((answer != NULL) == (error == NULL));
      if (answer != NULL)
        {
          check_answer (fixture->operation, answer);
          check_task (scene->protocol, &scene->task, answer, reply);
          if (answer->outputs != NULL && answer->outputs->len > 0)
            rushes_fuzz_clean ();
        }
    }
  if (error != NULL)
    rushes_fuzz_check_error (error);
}

static void
read_upload (const Fixture *fixture, RushesHttpReply *reply)
{
  const RushesTestScene *scene = &fixture->scene;
  guint n_steps = rushes_protocol_get_n_upload_steps (scene->protocol);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autoptr (RushesSentPicture) picture =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, bytes, "image/png", "first-frame.png");
  g_autoptr (GError) error = NULL;
  g_autofree char *gives = NULL;
  double lifetime;

  for (guint step = 0; error == NULL && step < n_steps; step++)
    {
      g_autoptr (RushesHttpRequest) request =
          rushes_protocol_build_upload (scene->protocol, step, &scene->task, picture, values, &error);

      if (request != NULL)
        rushes_protocol_read_upload (scene->protocol, step, reply, values, &error);
    }
  if (error == NULL)
    gives = rushes_protocol_finish_upload (scene->protocol, picture, values, &lifetime, &error);
  if (error != NULL)
    rushes_fuzz_check_error (error);
  else
    g_assert_true (gives != NULL && lifetime >= 0);
}

static double
hear_piece (RushesStreamListener *listener, const char *bytes, gsize size)
{
  const char *link;
  double progress;

  rushes_stream_listener_hear (listener, bytes, size);
  progress = rushes_stream_listener_get_progress (listener);
  link = rushes_stream_listener_get_link (listener);
  g_assert_true (progress == -1 || (progress >= 0 && progress <= 1));
  if (link != NULL)
    {
      g_autofree char *origin = rushes_origin_of (link);

      g_assert_nonnull (origin);
    }
  return progress;
}

/* As it is heard while it comes, in two pieces. */
static void
hear (const Fixture *fixture, RushesHttpReply *reply)
{
  gsize size;
  const char *body = g_bytes_get_data (reply->body, &size);
  gsize first = size > 0 ? (guchar) body[size / 2] % size : 0;
  g_autoptr (RushesStreamListener) listener =
      rushes_stream_listener_new (fixture->scene.protocol, &fixture->scene.task);
  double before;

  if (first == 0)
    return;
  before = hear_piece (listener, body, first);
  g_assert_true (hear_piece (listener, body + first, size - first) >= before);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *rest = (const char *) data;
  const char *end = rest + size;
  g_autofree char *name = rushes_fuzz_take_line (&rest, end);
  char *status = strchr (name, ' ');
  g_autoptr (RushesHttpReply) reply = NULL;
  const Fixture *fixture;

  if (status == NULL)
    return 0;
  *status++ = '\0';
  fixture = find_fixture (name);
  if (fixture == NULL || fixture->kind == KIND_REQUEST)
    return 0;

  reply = take_reply (status, rest, end);
  if (fixture->kind == KIND_UPLOAD)
    read_upload (fixture, reply);
  else
    {
      read_reply (fixture, reply);
      if (fixture->operation == RUSHES_OPERATION_SUBMIT)
        hear (fixture, reply);
    }

  return 0;
}

static void
add_seed (GPtrArray *seeds, const char *name, const RushesHttpReply *reply)
{
  GString *text = g_string_new (NULL);
  SoupMessageHeadersIter headers;
  const char *header, *value;
  gsize size;
  const char *body = g_bytes_get_data (reply->body, &size);

  g_string_append_printf (text, "%s %u\n", name, reply->status);
  soup_message_headers_iter_init (&headers, reply->headers);
  while (soup_message_headers_iter_next (&headers, &header, &value))
    g_string_append_printf (text, "%s: %s\n", header, value);
  g_string_append_c (text, '\n');
  g_string_append_len (text, body, (gssize) size);
  g_ptr_array_add (seeds, g_string_free_to_bytes (text));
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  g_autoptr (GPtrArray) names = NULL;

  find_fixture ("");
  names = g_hash_table_get_keys_as_ptr_array (fixtures);
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      const Fixture *fixture = find_fixture (name);

      for (guint n = 0; n < fixture->replies->len; n++)
        add_seed (seeds, name, g_ptr_array_index (fixture->replies, n));
    }
}
