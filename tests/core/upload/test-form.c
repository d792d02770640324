/* test-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-server.h"

#define SECRET "let me in"

static RushesTestServer *
start (void)
{
  return rushes_test_server_start ("node", "form-host.js", NULL);
}

static RushesUploadPlace *
make_place (RushesTestServer *server, const char *path, const char *field, const char *more)
{
  return rushes_test_place (
      "{'id':'host','name':'My Host','kind':'form','url':'http://127.0.0.1:%u/%s','field':'%s'%s}", server->port, path,
      field, more);
}

#define ANSWER ",'answer':'data.links[0].url'"
#define DELETE ",'delete':'data.delete'"

static void
test_json (void)
{
  g_autoptr (RushesTestServer) server = start ();
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploaded) uploaded = NULL;
  g_autofree char *address = NULL;
  g_autofree char *removal = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "json", "picture", ANSWER DELETE);
  uploaded = rushes_test_put (place, SECRET, "one.jpg");
  address = rushes_test_server_at (server, "one.jpg");
  removal = rushes_test_server_at (server, "remove/one.jpg");
  g_assert_cmpstr (uploaded->address, ==, address);
  g_assert_cmpstr (uploaded->removal, ==, removal);
  g_assert_cmpint (uploaded->expires, ==, 0);
  g_assert_cmpuint (rushes_test_get (address), ==, 200);

  /* This one is for a browser: DELETE is not allowed there. */
  rushes_test_remove (place, SECRET, "one.jpg", removal);
  g_assert_cmpuint (rushes_test_get (address), ==, 404);
  rushes_test_remove (place, SECRET, "one.jpg", removal);
}

/* Some hosts take DELETE of the picture itself. */
static void
test_delete (void)
{
  g_autoptr (RushesTestServer) server = start ();
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploaded) uploaded = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "json", "picture", ANSWER ",'delete':'data.links[0].url'");
  uploaded = rushes_test_put (place, SECRET, "one.jpg");
  rushes_test_remove (place, SECRET, "one.jpg", uploaded->removal);
  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 404);
}

static void
test_text (void)
{
  static const char *const paths[] = { "text", "within" };
  g_autoptr (RushesTestServer) server = start ();

  for (guint i = 0; server != NULL && i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (RushesUploadPlace) place = make_place (server, paths[i], "picture", "");
      g_autoptr (RushesUploaded) uploaded = rushes_test_put (place, NULL, "one.jpg");
      g_autofree char *address = rushes_test_server_at (server, "one.jpg");

      g_assert_cmpstr (uploaded->address, ==, address);
      g_assert_null (uploaded->removal);
      g_assert_cmpuint (rushes_test_get (address), ==, 200);
    }
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *path;
    const char *field;
    const char *more;
    const char *secret;
    int code;
    const char *pattern;
    const char *words;
  } cases[] = {
    { "json", "picture", ANSWER, NULL, RUSHES_ERROR_AUTH, "The upload place “My Host” asks for a secret (401).",
      "{\"status\": \"error\"}" },
    { "json", "picture", ANSWER, "wrong", RUSHES_ERROR_AUTH, "*refuses its secret (401).", "{\"status\": \"error\"}" },
    { "text", "file", "", NULL, RUSHES_ERROR_PROTOCOL, "*(400).", "No field \"picture\" was sent." },
    { "json", "picture", "", SECRET, RUSHES_ERROR_PROTOCOL, "*is no address; set “answer” to where it stands.", NULL },
    { "json", "picture", ",'answer':'data.status'", SECRET, RUSHES_ERROR_PROTOCOL, "*no address where “answer” says.",
      NULL },
    { "json", "picture", ",'answer':'status'", SECRET, RUSHES_ERROR_PROTOCOL, "*no address where “answer” says.",
      NULL },
    { "text", "picture", ANSWER, NULL, RUSHES_ERROR_PROTOCOL, "*no address where “answer” says.", NULL },
    { "full", "picture", "", SECRET, RUSHES_ERROR_STORAGE, "The upload place “My Host” is full (507).",
      "No room: Bearer *** (***)" },
  };
  g_autoptr (RushesTestServer) server = start ();
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);

  for (guint i = 0; server != NULL && i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesUploadPlace) place = make_place (server, cases[i].path, cases[i].field, cases[i].more);
      g_autoptr (GError) error = NULL;

      rushes_test_put_fails (place, cases[i].secret, "one.jpg", cases[i].code, cases[i].pattern);
      g_assert_false (
          dex_await (rushes_upload_place_put (place, http, cases[i].secret, "one.jpg", "image/jpeg", bytes), &error));
      g_assert_cmpstr (rushes_error_get_words (error), ==, cases[i].words);
    }
}

/* A host that cannot remove anything is a place all the same. */
static void
test_trial (void)
{
  g_autoptr (RushesTestServer) server = start ();
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploadPlace) keeper = NULL;
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "json", "picture", ANSWER DELETE);
  rushes_test_trial (place, SECRET);
  keeper = make_place (server, "text", "picture", "");
  rushes_test_trial (keeper, NULL);
  g_assert_false (dex_await (rushes_upload_place_remove (keeper, http, NULL, "one.jpg", NULL), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/upload/form/json", test_json);
  rushes_test_add_fiber ("/upload/form/delete", test_delete);
  rushes_test_add_fiber ("/upload/form/text", test_text);
  rushes_test_add_fiber ("/upload/form/refusals", test_refusals);
  rushes_test_add_fiber ("/upload/form/trial", test_trial);

  return g_test_run ();
}
