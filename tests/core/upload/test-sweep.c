/* test-sweep.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-error.h"
#include "rushes-test-library.h"
#include "rushes-test-server.h"
#include "rushes-upload-secret.h"
#include "rushes-upload-sweep.h"
#include "rushes-uploads.h"

#define SHA    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define SECRET "p4ssword"

/* Takes PUT and DELETE with a bearer token. */
static const char nginx[] =
    "daemon off; master_process off; pid @FOLDER@/pid; error_log /dev/null;"
    "events {}"
    "http {"
    "  access_log off; types { image/jpeg jpg; }"
    "  client_body_temp_path @FOLDER@/a; proxy_temp_path @FOLDER@/b; fastcgi_temp_path @FOLDER@/c;"
    "  uwsgi_temp_path @FOLDER@/d; scgi_temp_path @FOLDER@/e;"
    "  server { listen 127.0.0.1:@PORT@; location / {"
    "    if ($http_authorization != 'Bearer p4ssword') { return 401; }"
    "    alias @FOLDER@/www/; dav_methods PUT DELETE; } }"
    "}";

typedef struct
{
  RushesTestServer *server;
  RushesFolders *folders;
  RushesLibrary *library;
  RushesTake *take;
  RushesAttempt *attempt;
  RushesUploadPlaces *places;
  RushesUploadPlace *place;
  RushesKeyring *keyring;
  RushesHttp *http;
} Fixture;

static void
fixture_close (Fixture *self)
{
  rushes_test_close (self->library);
  rushes_attempt_free (self->attempt);
  g_object_unref (self->take);
  g_object_unref (self->library);
  g_object_unref (self->folders);
  g_object_unref (self->places);
  g_object_unref (self->place);
  g_object_unref (self->keyring);
  g_object_unref (self->http);
  rushes_test_server_stop (self->server);
}

static void
keep_secret (Fixture *self)
{
  g_auto (RushesUploadOwner) owner = { 0 };
  g_autofree char *found = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rushes_upload_owner_init (&owner, self->place));
  g_assert_cmpstr (owner.owner.provider_id, ==, "upload:web");
  rushes_keyring_keep (self->keyring, &owner.owner, SECRET);
  found = dex_await_string (rushes_upload_place_find_secret (self->place, self->keyring), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, SECRET);
}

static gboolean
fixture_open (Fixture *self)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (folder, "upload-places.json", NULL);
  g_autoptr (GError) error = NULL;

  if (!(self->server = rushes_test_server_nginx (nginx)))
    return FALSE;

  self->folders = rushes_test_folders ();
  self->library = rushes_test_open (self->folders);
  self->take = rushes_test_order_one (self->library, "a paper boat");
  self->attempt = rushes_test_attempt (self->library, self->take);
  self->keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  self->http = rushes_test_http ();
  self->places = rushes_upload_places_new (file);
  self->place = rushes_test_place ("{'id':'web','name':'My Web Space','kind':'put','url':'http://127.0.0.1:%u/'}",
                                   self->server->port);
  rushes_upload_places_set (self->places, self->place, &error);
  g_assert_no_error (error);

  return TRUE;
}

static void
begin (Fixture *self, const char *name)
{
  rushes_test_expect (rushes_library_begin_upload (self->library, "place:web", name, SHA, self->attempt->id), TRUE);
}

static void
upload (Fixture *self, const char *name)
{
  g_autoptr (RushesUploaded) uploaded = NULL;

  begin (self, name);
  uploaded = rushes_test_put (self->place, SECRET, name);
  rushes_test_expect (
      rushes_library_finish_upload (self->library, name, uploaded->address, uploaded->expires, uploaded->removal),
      TRUE);
}

static int
sweep (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  int n = dex_await_int (rushes_upload_sweep (self->library, self->places, self->keyring, self->http), &error);

  g_assert_no_error (error);

  return n;
}

static void
test_life (void)
{
  Fixture self = { 0 };

  if (!fixture_open (&self))
    return;
  keep_secret (&self);
  upload (&self, "one.jpg");
  /* One that the program did not live to send. */
  begin (&self, "two.jpg");

  g_assert_cmpint (sweep (&self), ==, 0);
  g_assert_cmpuint (rushes_test_server_count (self.server, "www"), ==, 1);

  rushes_test_walk (self.library, self.take, self.attempt, RUSHES_TAKE_STATE_READY);
  g_assert_cmpint (sweep (&self), ==, 2);
  g_assert_cmpuint (rushes_test_server_count (self.server, "www"), ==, 0);
  g_assert_cmpint (sweep (&self), ==, 0);
  fixture_close (&self);
}

/* What cannot be removed today is not forgotten. */
static void
test_later (void)
{
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  if (!fixture_open (&self))
    return;
  upload (&self, "one.jpg");
  rushes_test_walk (self.library, self.take, self.attempt, RUSHES_TAKE_STATE_READY);

  g_assert_cmpint (sweep (&self), ==, 0);
  rushes_upload_places_remove (self.places, "web", &error);
  g_assert_no_error (error);
  keep_secret (&self);
  g_assert_cmpint (sweep (&self), ==, 0);
  g_assert_cmpuint (rushes_test_server_count (self.server, "www"), ==, 1);

  rushes_upload_places_set (self.places, self.place, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sweep (&self), ==, 1);
  g_assert_cmpuint (rushes_test_server_count (self.server, "www"), ==, 0);
  fixture_close (&self);
}

/* A host that removes nothing is not asked again and again. */
static void
test_never (void)
{
  Fixture self = { 0 };
  g_autoptr (RushesUploadPlace) host = NULL;
  g_autoptr (GError) error = NULL;

  if (!fixture_open (&self))
    return;
  keep_secret (&self);
  host =
      rushes_test_place ("{'id':'web','name':'My Host','kind':'form','url':'http://127.0.0.1:%u/'}", self.server->port);
  rushes_upload_places_set (self.places, host, &error);
  g_assert_no_error (error);
  begin (&self, "one.jpg");
  rushes_test_walk (self.library, self.take, self.attempt, RUSHES_TAKE_STATE_READY);

  g_assert_cmpint (sweep (&self), ==, 1);
  g_assert_cmpint (sweep (&self), ==, 0);
  fixture_close (&self);
}

int
main (int argc, char **argv)
{
  g_autofree char *file = NULL;

  rushes_test_init (&argc, &argv);
  /* The keyring in a file, as in a sandbox. */
  file = g_build_filename (g_get_user_data_dir (), "keyring", NULL);
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", file, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "test", TRUE);

  rushes_test_add_fiber ("/upload/sweep/life", test_life);
  rushes_test_add_fiber ("/upload/sweep/later", test_later);
  rushes_test_add_fiber ("/upload/sweep/never", test_never);

  return g_test_run ();
}
