/* test-protocol-requests.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is sent, and to whom. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

/* ---- whom is asked ---- */

static void
test_addresses (void)
{
  const RushesOperation operations[] = { RUSHES_OPERATION_STATUS, RUSHES_OPERATION_CANCEL };
  static const struct
  {
    const char *target;
    const char *address; /* NULL: nothing is sent */
  } cases[] = {
    { "https://api.kites.example/q/7", "https://api.kites.example/q/7?logs=1" },
    { "https://rest.kites.example/q/7?a=b", "https://rest.kites.example/q/7?a=b&logs=1" },
    { "/q/7", "https://api.kites.example/q/7?logs=1" },
    { "https://evil.example/q/7", NULL },
    { "http://api.kites.example/q/7", NULL },
    { "https://api.kites.example:8443/q/7", NULL },
    { "https://api.kites.example@evil.example/q", NULL },
    { "https://api.kites.example.evil.example/q", NULL },
    { "//evil.example/q", NULL },
    { "q/7", NULL },
    { "file:///etc/passwd", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *last = g_strdup_printf ("{\"cancel_url\":\"%s\"}", cases[i].target);
      g_autoptr (RushesTestTake) take = rushes_test_take_change (
          "protocol", "\"status\":{\"path\":\"/v1/{task_id}\",\"query\":{\"logs\":1}},"
                      "\"cancel\":{\"method\":\"PUT\",\"address\":[\"cancel_url\"],\"query\":{\"logs\":1}}");
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, last, NULL);

      take->task.task_id = "7";
      take->task.poll_target = cases[i].target;
      take->task.submitted = reply;
      for (guint o = 0; o < G_N_ELEMENTS (operations); o++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (RushesHttpRequest) request =
              rushes_protocol_build (take->protocol, operations[o], &take->task, &error);

          g_test_message ("%s", cases[i].target);
          if (cases[i].address == NULL)
            {
              g_assert_null (request);
              g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
              continue;
            }
          g_assert_no_error (error);
          g_assert_cmpstr (request->address, ==, cases[i].address);
          g_assert_true (request->with_key);
          g_assert_false (request->is_submit);
        }
    }
}

static void
test_routes (void)
{
  g_autoptr (GError) error = NULL;
  RushesDescription *description = rushes_test_describe (
      "",
      "\"routes\":[{\"when\":{\"mode\":[\"first\"]},\"submit\":{\"method\":\"POST\",\"path\":\"/image\"},"
      "\"answer\":{\"task\":[\"data.id\"]}}]",
      FALSE, &error);
  g_autoptr (RushesTestTake) image = NULL;
  g_autoptr (RushesTestTake) text = NULL;
  g_autoptr (RushesHttpRequest) submit = NULL;
  g_autoptr (RushesHttpRequest) status = NULL;
  g_autoptr (RushesHttpRequest) plain = NULL;
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, "{\"id\":\"a\",\"data\":{\"id\":\"b\"}}", NULL);
  g_autoptr (RushesAnswer) one = NULL;
  g_autoptr (RushesAnswer) other = NULL;

  g_assert_no_error (error);
  image = rushes_test_take_new (g_object_ref (description), NULL, "f", RUSHES_FORM_DATA);
  text = rushes_test_take_new (description, NULL, NULL, 0);
  image->task.task_id = "7";

  submit = rushes_protocol_build (image->protocol, RUSHES_OPERATION_SUBMIT, &image->task, &error);
  g_assert_cmpstr (submit->address, ==, "https://api.kites.example/image");
  g_assert_true (submit->is_submit);
  g_assert_cmpfloat (submit->first_byte, ==, 180);
  status = rushes_protocol_build (image->protocol, RUSHES_OPERATION_STATUS, &image->task, &error);
  g_assert_cmpstr (status->address, ==, "https://api.kites.example/v1/videos/7");
  plain = rushes_protocol_build (text->protocol, RUSHES_OPERATION_SUBMIT, &text->task, &error);
  g_assert_cmpstr (plain->address, ==, "https://api.kites.example/v1/videos");

  one = rushes_test_read (image, RUSHES_OPERATION_SUBMIT, reply, &error);
  g_assert_cmpstr (one->task_id, ==, "b");
  other = rushes_test_read (text, RUSHES_OPERATION_SUBMIT, reply, &error);
  g_assert_cmpstr (other->task_id, ==, "a");

  g_assert_true (rushes_protocol_has (text->protocol, NULL, RUSHES_OPERATION_CANCEL));
  g_assert_false (rushes_protocol_has (text->protocol, &text->task, RUSHES_OPERATION_RESULT));
  g_assert_null (rushes_protocol_build (text->protocol, RUSHES_OPERATION_RESULT, &text->task, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
}

static void
test_normalize (void)
{
  static const struct
  {
    const char *typed;
    const char *url; /* NULL: refused */
  } cases[] = {
    { "https://api.kites.example", "https://api.kites.example" },
    { " https://API.kites.example/v1/ \n", "https://api.kites.example" },
    { "https://gw.example/kites/v1", "https://gw.example/kites" },
    { "https://gw.example:8443//", "https://gw.example:8443" },
    { "http://localhost:8091/v1", "http://localhost:8091" },
    { "http://192.168.1.5:8091", "http://192.168.1.5:8091" },
    { "http://gpu-box:8091", "http://gpu-box:8091" },
    { "http://printer.local", "http://printer.local" },
    { " localhost:8188/ ", "http://localhost:8188" },
    { "192.168.1.5:8091/v1", "http://192.168.1.5:8091" },
    { "[::1]:8188", "http://[::1]:8188" },
    { "gpu-box", "http://gpu-box" },
    { "Printer.local", "http://printer.local" },
    { "http://api.kites.example", NULL },
    { "http://134744072", NULL },
    { "https://api.balloons.example/v1", NULL },
    { "https://API.BALLOONS.example", NULL },
    { "https://me:you@gw.example", NULL },
    { "https://gw.example/?key=1", NULL },
    { "gw.example", NULL },
    { "gw.example:8188", NULL },
    { "https:", NULL },
    { "http:/localhost", NULL },
    { "me:you@localhost", NULL },
    { "no such place", NULL },
    { "8.8.8.8:8188", NULL },
    { "ftp://gw.example", NULL },
    { "", NULL },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = rushes_protocol_normalize_url (take->protocol, cases[i].typed, &error);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (url, ==, cases[i].url);
      if (cases[i].url == NULL)
        g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
    }
}

static void
test_consent (void)
{
  static const struct
  {
    RushesOperation operation;
    guint status;
    const char *body;
    int code; /* -1: fine */
  } cases[] = {
    { RUSHES_OPERATION_CANCEL, 204, "", -1 },
    { RUSHES_OPERATION_CANCEL, 202, "{\"status\":\"CANCELLATION_REQUESTED\"}", -1 },
    { RUSHES_OPERATION_CANCEL, 405, "", RUSHES_ERROR_UNSUPPORTED },
    { RUSHES_OPERATION_CANCEL, 404, "", RUSHES_ERROR_NOT_FOUND },
    { RUSHES_OPERATION_CANCEL, 400, "{\"message\":\"late\"}", RUSHES_ERROR_BAD_REQUEST },
    { RUSHES_OPERATION_CANCEL, 200, "{\"fine\":false}", RUSHES_ERROR_REJECTED },
    { RUSHES_OPERATION_TEST, 200, "{}", -1 },
    { RUSHES_OPERATION_TEST, 200, "<html>", RUSHES_ERROR_PROTOCOL },
    { RUSHES_OPERATION_TEST, 200, "", RUSHES_ERROR_PROTOCOL },
    { RUSHES_OPERATION_TEST, 401, "{}", RUSHES_ERROR_AUTH },
    { RUSHES_OPERATION_TEST, 404, "{}", RUSHES_ERROR_NOT_FOUND },
    { RUSHES_OPERATION_TEST, 204, "", RUSHES_ERROR_PROVIDER },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (cases[i].status, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      gboolean is_fine = rushes_protocol_read_consent (take->protocol, cases[i].operation, &take->task, reply, &error);

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_cmpint (is_fine, ==, cases[i].code < 0);
      if (cases[i].code >= 0)
        g_assert_error (error, RUSHES_ERROR, cases[i].code);
    }
}

/* A key is fine where the service says so with a bad status, unless it speaks of the key. */
static void
test_good_statuses (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change (
      "protocol",
      "\"test\":{\"path\":\"/tasks/0\",\"good\":[200,404]},"
      "\"answer\":{\"task\":[\"id\"],\"code\":[\"code\"],"
      "\"failures\":[{\"code\":[\"1000\"],\"error\":\"AUTH\"},{\"code\":[\"1*\"],\"error\":\"NOT_FOUND\"}]}");
  g_autoptr (RushesHttpReply) unknown = rushes_test_reply (404, "{\"code\":1203}", NULL);
  g_autoptr (RushesHttpReply) refused = rushes_test_reply (404, "{\"code\":1000}", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (rushes_protocol_read_consent (take->protocol, RUSHES_OPERATION_TEST, NULL, unknown, &error));
  g_assert_no_error (error);
  g_assert_false (rushes_protocol_read_consent (take->protocol, RUSHES_OPERATION_TEST, NULL, refused, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_AUTH);
}

/* ---- pictures ---- */

static void
test_upload (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autoptr (GBytes) large_bytes = g_bytes_new_take (g_malloc0 (1001), 1001);
  g_autoptr (RushesSentPicture) picture =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, bytes, "image/png", "first-frame.png");
  g_autoptr (RushesSentPicture) large =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, large_bytes, "image/png", "large.png");
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (
      201, "{\"put\":\"https://bucket.example/?s=1\",\"fields\":{\"key\":\"k\",\"n\":1},\"get\":\"kites://7\"}", NULL);
  g_autoptr (RushesHttpReply) empty = rushes_test_reply (200, "{}", NULL);
  g_autoptr (RushesHttpReply) refusal = rushes_test_reply (401, "{\"message\":\"key\"}", NULL);
  g_autoptr (RushesHttpRequest) first = NULL;
  g_autoptr (RushesHttpRequest) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) empty_error = NULL;
  g_autoptr (GError) refusal_error = NULL;
  g_autoptr (GError) large_error = NULL;
  g_autofree char *given = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) node = NULL;
  double lifetime;

  g_assert_true (rushes_protocol_has (take->protocol, &take->task, RUSHES_OPERATION_UPLOAD));
  g_assert_cmpuint (rushes_protocol_get_n_upload_steps (take->protocol), ==, 2);
  first = rushes_protocol_build_upload (take->protocol, 0, &take->task, picture, values, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->address, ==, "https://rest.kites.example/upload");
  g_assert_true (first->with_key);
  body = json_to_string (first->json, FALSE);
  g_assert_cmpstr (body, ==, "{\"name\":\"first-frame.png\",\"type\":\"image/png\",\"size\":3}");

  /* Nothing is known yet of where to put it. */
  g_assert_null (rushes_protocol_build_upload (take->protocol, 1, &take->task, picture, values, &empty_error));
  g_assert_error (empty_error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
  g_clear_error (&empty_error);
  g_assert_false (rushes_protocol_read_upload (take->protocol, 0, empty, values, &empty_error));
  g_assert_error (empty_error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
  g_assert_false (rushes_protocol_read_upload (take->protocol, 0, refusal, values, &refusal_error));
  g_assert_error (refusal_error, RUSHES_ERROR, RUSHES_ERROR_AUTH);

  g_assert_true (rushes_protocol_read_upload (take->protocol, 0, reply, values, &error));
  second = rushes_protocol_build_upload (take->protocol, 1, &take->task, picture, values, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second->address, ==, "https://bucket.example/?s=1");
  g_assert_false (second->with_key);
  g_assert_cmpuint (second->headers->len, ==, 0);
  node = rushes_http_request_to_json (second);
  g_free (body);
  body = json_to_string (json_object_get_member (json_node_get_object (node), "body"), FALSE);
  g_assert_cmpstr (body, ==,
                   "[{\"name\":\"key\",\"value\":\"k\"},{\"name\":\"n\",\"value\":\"1\"},"
                   "{\"name\":\"file\",\"filename\":\"first-frame.png\",\"content_type\":\"image/png\",\"length\":3}]");

  given = rushes_protocol_finish_upload (take->protocol, picture, values, &lifetime, &error);
  g_assert_cmpstr (given, ==, "kites://7");
  g_assert_cmpfloat (lifetime, ==, 86400);

  g_assert_null (rushes_protocol_build_upload (take->protocol, 0, &take->task, large, values, &large_error));
  g_assert_error (large_error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpstr (rushes_error_get_field (large_error), ==, "image");
}

/* With the key a picture only goes to the service's own. */
static void
test_upload_elsewhere (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change (
      "", "\"upload\":{\"steps\":[{\"path\":\"/a\",\"read\":{\"put\":[\"put\"]}},"
          "{\"method\":\"PUT\",\"address\":\"{put}\",\"picture\":\"{picture}\"}],\"gives\":\"{put}\"}");
  static const struct
  {
    const char *put;
    gboolean is_sent;
  } cases[] = { { "https://evil.example/", FALSE }, { "https://rest.kites.example/p", TRUE }, { "/p", TRUE } };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autoptr (RushesSentPicture) picture =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, bytes, "image/png", "first-frame.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autoptr (RushesHttpRequest) request = NULL;
      g_autoptr (GError) error = NULL;

      g_hash_table_insert (values, g_strdup ("put"), g_strdup (cases[i].put));
      request = rushes_protocol_build_upload (take->protocol, 1, &take->task, picture, values, &error);
      g_assert_cmpint (request != NULL, ==, cases[i].is_sent);
      if (request != NULL)
        {
          g_assert_cmpmem (g_bytes_get_data (request->bytes, NULL), g_bytes_get_size (request->bytes), "PNG", 3);
          g_assert_cmpstr (request->media_type, ==, "image/png");
        }
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/protocol-requests/addresses", test_addresses);
  g_test_add_func ("/protocol-requests/routes", test_routes);
  g_test_add_func ("/protocol-requests/normalize", test_normalize);
  g_test_add_func ("/protocol-requests/consent", test_consent);
  g_test_add_func ("/protocol-requests/good-statuses", test_good_statuses);
  g_test_add_func ("/protocol-requests/upload", test_upload);
  g_test_add_func ("/protocol-requests/upload-elsewhere", test_upload_elsewhere);

  return g_test_run ();
}
