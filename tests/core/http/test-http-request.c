/* test-http-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rushes-error.h"
#include "rushes-http-reply.h"
#include "rushes-http-request.h"
#include "rushes-spool.h"
#include "rushes-test.h"

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static char *
text_of (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_json (RushesHttpRequest *request, const char *expected)
{
  g_autoptr (JsonNode) node = rushes_http_request_to_json (request);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_json (void)
{
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new ("POST", "https://example.com/v1?a=%2f");
  g_autofree char *media_type = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autofree char *text = NULL;

  request->json =
      json_from_string ("{ \"prompt\": \"狐狸 \\\"x\\\" é\", \"image\": \"data:image/png;base64,AAAA\" }", NULL);
  rushes_http_request_add_header (request, "X-Version", "2");
  body = rushes_http_request_make_body (request, &media_type);
  text = text_of (body);
  g_assert_cmpstr (text, ==, "{\"prompt\":\"狐狸 \\\"x\\\" é\",\"image\":\"data:image/png;base64,AAAA\"}");
  g_assert_cmpstr (media_type, ==, "application/json");
  assert_json (request,
               "{\"method\":\"POST\",\"url\":\"https://example.com/v1?a=%2f\",\"headers\":{\"X-Version\":\"2\"},"
               "\"body\":{\"prompt\":\"狐狸 \\\"x\\\" é\",\"image\":\"data:image/png;base64,AAAA\"}}");
}

static void
test_no_body (void)
{
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new ("GET", "https://example.com/");
  g_autofree char *media_type = NULL;

  g_assert_null (rushes_http_request_make_body (request, &media_type));
  g_assert_null (media_type);
  g_assert_cmpfloat (request->first_byte, ==, 60);
  assert_json (request, "{\"method\":\"GET\",\"url\":\"https://example.com/\",\"headers\":{}}");
}

static void
test_bytes (void)
{
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new ("PUT", "https://example.com/");
  g_autofree char *media_type = NULL;
  g_autoptr (GBytes) body = NULL;

  request->bytes = bytes_of ("\x89PNG");
  request->media_type = g_strdup ("image/png");
  body = rushes_http_request_make_body (request, &media_type);
  g_assert_true (body == request->bytes);
  g_assert_cmpstr (media_type, ==, "image/png");
  assert_json (request, "{\"method\":\"PUT\",\"url\":\"https://example.com/\",\"headers\":{},"
                        "\"body\":{\"content_type\":\"image/png\",\"length\":4}}");
}

/* What a server makes of it, read by somebody else's parser. */
static void
test_form (void)
{
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new ("POST", "https://example.com/");
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_MULTIPART);
  g_autoptr (SoupMultipart) multipart = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) value = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *media_type = NULL;
  g_autofree char *other_type = NULL;
  g_autofree char *text = NULL;
  SoupMessageHeaders *part_headers = NULL;
  GBytes *part = NULL;

  rushes_http_request_add_part (request, "prompt", NULL, NULL, bytes_of ("a fox\r\n--x"));
  rushes_http_request_add_part (request, "in\"put\r\n", "first \"frame\".png", "image/png", bytes_of ("\x89PNG"));
  body = rushes_http_request_make_body (request, &media_type);
  again = rushes_http_request_make_body (request, &other_type);
  g_assert_true (g_str_has_prefix (media_type, "multipart/form-data; boundary=rushes-"));
  g_assert_cmpstr (media_type, !=, other_type);
  g_assert_cmpuint (g_bytes_get_size (body), ==, g_bytes_get_size (again));

  text = text_of (body);
  g_assert_nonnull (strstr (text, "Content-Disposition: form-data; name=\"in%22put%0D%0A\"; "
                                  "filename=\"first %22frame%22.png\"\r\nContent-Type: image/png\r\n\r\n"));

  soup_message_headers_append (headers, "Content-Type", media_type);
  multipart = soup_multipart_new_from_message (headers, body);
  g_assert_nonnull (multipart);
  g_assert_cmpint (soup_multipart_get_length (multipart), ==, 2);
  g_assert_true (soup_multipart_get_part (multipart, 0, &part_headers, &part));
  value = bytes_of ("a fox\r\n--x");
  g_assert_true (g_bytes_equal (part, value));
  g_assert_null (soup_message_headers_get_one (part_headers, "Content-Type"));
  g_assert_true (soup_multipart_get_part (multipart, 1, &part_headers, &part));
  file = bytes_of ("\x89PNG");
  g_assert_true (g_bytes_equal (part, file));

  assert_json (request, "{\"method\":\"POST\",\"url\":\"https://example.com/\",\"headers\":{},\"body\":["
                        "{\"name\":\"prompt\",\"value\":\"a fox\\r\\n--x\"},"
                        "{\"name\":\"in\\\"put\\r\\n\",\"filename\":\"first \\\"frame\\\".png\","
                        "\"content_type\":\"image/png\",\"length\":4}]}");
}

/* ---- replies ---- */

static RushesHttpReply *
reply_of (const char *text)
{
  g_autoptr (GBytes) body = bytes_of (text);

  return rushes_http_reply_new (200, NULL, body, "https://example.com/");
}

static gboolean
has_json (const char *text)
{
  g_autoptr (RushesHttpReply) reply = reply_of (text);

  return rushes_http_reply_get_json (reply) != NULL;
}

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  g_string_append (text, "\"[[[\\\"[\"");
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  return g_string_free_and_steal (text);
}

static void
test_reply_json (void)
{
  g_autoptr (RushesHttpReply) reply = reply_of ("\xef\xbb\xbf\n {\"id\": \"a\xff\"}");
  g_autofree char *deep = nest (64);
  g_autofree char *too_deep = nest (65);
  JsonNode *json = rushes_http_reply_get_json (reply);

  g_assert_nonnull (json);
  g_assert_true (json == rushes_http_reply_get_json (reply));
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (json), "id"), ==, "a\xef\xbf\xbd");

  g_assert_true (has_json ("[1]"));
  g_assert_true (has_json (deep));
  g_assert_false (has_json (too_deep));
  g_assert_false (has_json (""));
  g_assert_false (has_json ("  "));
  g_assert_false (has_json ("<html><body>502</body></html>"));
  g_assert_false (has_json ("{\"id\": \"abc\", \"st"));
  g_assert_false (has_json ("Internal Server Error"));
}

static void
test_reply_good (void)
{
  static const struct
  {
    guint status;
    gboolean good;
  } cases[] = { { 200, TRUE }, { 202, TRUE }, { 299, TRUE }, { 199, FALSE }, { 300, FALSE }, { 404, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_http_reply_new (cases[i].status, NULL, NULL, NULL);

      g_assert_cmpint (rushes_http_reply_is_good (reply), ==, cases[i].good);
    }
}

/* ---- in the spool ---- */

static GFile *
make_spool (void)
{
  g_autofree char *folder = rushes_test_folder ();
  GFile *spool = g_file_new_build_filename (folder, "spool", NULL);
  g_autoptr (GError) error = NULL;

  dex_await (rushes_spool_make (spool), &error);
  g_assert_no_error (error);
  return spool;
}

static goffset
size_of (GFile *file)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (g_file_peek_path (file), &info), ==, 0);
  return info.st_size;
}

static void
save (RushesHttpReply *reply, GFile *spool)
{
  g_autoptr (GError) error = NULL;

  rushes_http_reply_save (reply, spool, &error);
  g_assert_no_error (error);
}

static void
assert_not_loaded (GFile *spool, RushesErrorCode code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_http_reply_load (spool, &error));
  g_assert_error (error, RUSHES_ERROR, (int) code);
  /* The beginning of an answer may be that of a task that was accepted. */
  g_assert_cmpint (rushes_error_get_charged (error), ==,
                   code == RUSHES_ERROR_PROTOCOL ? RUSHES_CHARGED_MAYBE : RUSHES_CHARGED_NO);
}

static void
test_spool (void)
{
  g_autoptr (GFile) spool = make_spool ();
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  g_autoptr (GBytes) body = g_bytes_new ("a\0\n{\xff", 5);
  g_autoptr (RushesHttpReply) reply = NULL;
  g_autoptr (RushesHttpReply) short_reply = reply_of ("{}");
  g_autoptr (RushesHttpReply) loaded = NULL;
  g_autoptr (RushesHttpReply) loaded_again = NULL;
  g_autoptr (GError) error = NULL;

  assert_not_loaded (spool, RUSHES_ERROR_NOT_FOUND);

  soup_message_headers_append (headers, "Content-Type", "video/mp4");
  soup_message_headers_append (headers, "X-Two", "a");
  soup_message_headers_append (headers, "X-Two", "b");
  reply = rushes_http_reply_new (201, headers, body, "https://example.com/v1?x=\"1\"");
  save (reply, spool);
  g_assert_cmpint (size_of (spool), <, 1024);

  loaded = rushes_http_reply_load (spool, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (loaded->status, ==, 201);
  g_assert_cmpstr (loaded->address, ==, "https://example.com/v1?x=\"1\"");
  g_assert_cmpstr (soup_message_headers_get_content_type (loaded->headers, NULL), ==, "video/mp4");
  g_assert_cmpstr (soup_message_headers_get_list (loaded->headers, "X-Two"), ==, "a, b");
  g_assert_true (g_bytes_equal (loaded->body, body));

  /* Another one over it leaves nothing of the first. */
  save (short_reply, spool);
  loaded_again = rushes_http_reply_load (spool, &error);
  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (loaded_again->body, short_reply->body));
  g_assert_true (g_bytes_equal (loaded->body, body));
}

/* As a process may leave it that ends in the middle, or a computer that loses power. */
static void
test_spool_not_whole (void)
{
  g_autoptr (GFile) spool = make_spool ();
  g_autoptr (RushesHttpReply) reply = reply_of ("{\"id\":\"abc\"}");
  g_autoptr (RushesHttpReply) cut = NULL;
  g_autofree char *contents = NULL;
  g_autofree char *damaged = NULL;
  g_autofree char *lines = NULL;
  g_autofree char *text = NULL;
  gsize n_lines;
  const char *path = g_file_peek_path (spool);
  char *length;
  gsize size;

  save (reply, spool);
  g_assert_true (g_file_get_contents (path, &contents, &size, NULL));

  g_assert_cmpint (truncate (path, (off_t) size - 1), ==, 0);
  assert_not_loaded (spool, RUSHES_ERROR_PROTOCOL);

  g_assert_true (g_file_set_contents (path, contents, 20, NULL));
  assert_not_loaded (spool, RUSHES_ERROR_PROTOCOL);

  damaged = g_strndup (contents, size);
  length = strstr (damaged, "\"length\":12");
  g_assert_nonnull (length);
  memcpy (length, "\"length\":-1", 11);
  g_assert_true (g_file_set_contents (path, damaged, (gssize) size, NULL));
  assert_not_loaded (spool, RUSHES_ERROR_PROTOCOL);

  /* Of what came until then, the lines that are whole are there, whatever the file was made with. */
  lines = g_strconcat (damaged, "\ndata: 1\n\ndata: 2...........", NULL);
  n_lines = strlen (lines);
  memset (lines + n_lines - 10, 0, 10);
  g_assert_true (g_file_set_contents (path, lines, (gssize) n_lines, NULL));
  cut = rushes_http_reply_load (spool, NULL);
  g_assert_nonnull (cut);
  g_assert_true (cut->cut);
  text = g_strndup (g_bytes_get_data (cut->body, NULL), g_bytes_get_size (cut->body));
  g_assert_cmpstr (text, ==, "{\"id\":\"abc\"}\ndata: 1\n\n");

  g_assert_true (g_file_set_contents (path, "not a head\nbody", -1, NULL));
  assert_not_loaded (spool, RUSHES_ERROR_PROTOCOL);
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_not_loaded (spool, RUSHES_ERROR_NOT_FOUND);
  g_assert_cmpint (g_unlink (path), ==, 0);
  assert_not_loaded (spool, RUSHES_ERROR_NOT_FOUND);
}

static void
test_spool_unwritable (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) spool = g_file_new_build_filename (folder, "none", "spool", NULL);
  g_autoptr (RushesHttpReply) reply = reply_of ("{}");
  g_autoptr (GError) error = NULL;

  g_assert_false (rushes_http_reply_save (reply, spool, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/http/request/json", test_json);
  g_test_add_func ("/http/request/no-body", test_no_body);
  g_test_add_func ("/http/request/bytes", test_bytes);
  g_test_add_func ("/http/request/form", test_form);
  g_test_add_func ("/http/reply/json", test_reply_json);
  g_test_add_func ("/http/reply/good", test_reply_good);
  rushes_test_add_fiber ("/http/reply/spool", test_spool);
  rushes_test_add_fiber ("/http/reply/spool-not-whole", test_spool_not_whole);
  rushes_test_add_fiber ("/http/reply/spool-unwritable", test_spool_unwritable);

  return g_test_run ();
}
