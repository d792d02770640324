/* test-put.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-server.h"

#define SECRET "pässword"

/* Takes PUT from maria in /in, shows what lies there under /out, and to her alone under /shut. */
static const char nginx[] =
    "daemon off; master_process off; pid @FOLDER@/pid; error_log /dev/null;"
    "events {}"
    "http {"
    "  access_log off; types { image/jpeg jpg; image/png png; }"
    "  client_body_temp_path @FOLDER@/a; proxy_temp_path @FOLDER@/b; fastcgi_temp_path @FOLDER@/c;"
    "  uwsgi_temp_path @FOLDER@/d; scgi_temp_path @FOLDER@/e;"
    "  client_max_body_size 1k;"
    "  auth_basic_user_file @FOLDER@/htpasswd;"
    "  server {"
    "    listen 127.0.0.1:@PORT@;"
    "    location /in/ { alias @FOLDER@/www/; dav_methods PUT DELETE; auth_basic in; }"
    "    location /out/ { alias @FOLDER@/www/; }"
    "    location /shut/ { alias @FOLDER@/www/; auth_basic shut; }"
    "    location /empty/ { return 404; }"
    "    location /blank/ { return 200 hello; }"
    "    location /token/ {"
    "      if ($http_authorization != 'Bearer t0ken') { return 401; }"
    "      if ($http_x_album != 'Rushes') { return 400; }"
    "      alias @FOLDER@/www/; dav_methods PUT DELETE;"
    "    }"
    "    location /moved/ { return 308 http://127.0.0.1:@PORT@/in/; }"
    "    location /read/ { alias @FOLDER@/www/; }"
    "    location /banned/ { deny all; }"
    "    location /signed/ {"
    "      if ($args != 'sig=a%2Fb') { return 403; }"
    "      alias @FOLDER@/www/; dav_methods PUT DELETE;"
    "    }"
    "    location /busy/ { return 503; }"
    "  }"
    "}";

/* WebDAV for maria in /dav, which everybody may read, and on a disk that is all but full in /full. */
static const char apache[] = "ServerName 127.0.0.1\n"
                             "Listen 127.0.0.1:@PORT@\n"
                             "PidFile @FOLDER@/pid\n"
                             "DefaultRuntimeDir @FOLDER@\n"
                             "ErrorLog /dev/null\n"
                             "LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so\n"
                             "LoadModule authn_core_module /usr/lib/apache2/modules/mod_authn_core.so\n"
                             "LoadModule authn_file_module /usr/lib/apache2/modules/mod_authn_file.so\n"
                             "LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so\n"
                             "LoadModule authz_user_module /usr/lib/apache2/modules/mod_authz_user.so\n"
                             "LoadModule auth_basic_module /usr/lib/apache2/modules/mod_auth_basic.so\n"
                             "LoadModule mime_module /usr/lib/apache2/modules/mod_mime.so\n"
                             "LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so\n"
                             "LoadModule dav_module /usr/lib/apache2/modules/mod_dav.so\n"
                             "LoadModule dav_fs_module /usr/lib/apache2/modules/mod_dav_fs.so\n"
                             "TypesConfig /dev/null\n"
                             "AddType image/jpeg .jpg\n"
                             "AddType image/png .png\n"
                             "DavLockDB @FOLDER@/locks\n"
                             "Alias /dav @FOLDER@/www\n"
                             "Alias /full @FOLDER@/full\n"
                             "<Location />\n"
                             "  Dav On\n"
                             "  AuthType Basic\n"
                             "  AuthName Pictures\n"
                             "  AuthUserFile @FOLDER@/htpasswd\n"
                             "  <LimitExcept GET>\n"
                             "    Require valid-user\n"
                             "  </LimitExcept>\n"
                             "</Location>\n";

static RushesUploadPlace *
make_place (RushesTestServer *server, const char *folder, const char *public_folder, const char *more)
{
  return rushes_test_place ("{'id':'web','name':'My Web Space','kind':'put','url':'http://127.0.0.1:%u/%s',"
                            "'public_url':'http://127.0.0.1:%u/%s'%s}",
                            server->port, folder, server->port, public_folder, more);
}

#define MARIA ",'user':'maria'"

static void
check_life (RushesTestServer *server, RushesUploadPlace *place, const char *folder)
{
  g_autofree char *name = rushes_upload_place_make_name (place, "image/jpeg");
  g_autoptr (RushesUploaded) uploaded = rushes_test_put (place, SECRET, name);
  g_autofree char *path = g_strconcat (folder, name, NULL);
  g_autofree char *expected = rushes_test_server_at (server, path);

  g_assert_cmpstr (uploaded->address, ==, expected);
  g_assert_cmpint (uploaded->expires, ==, 0);
  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 200);
  g_assert_cmpuint (rushes_test_server_count (server, "www"), ==, 1);

  rushes_test_remove (place, SECRET, name, NULL);
  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 404);
  g_assert_cmpuint (rushes_test_server_count (server, "www"), ==, 0);
  rushes_test_remove (place, SECRET, name, NULL);

  rushes_test_trial (place, SECRET);
  g_assert_cmpuint (rushes_test_server_count (server, "www"), ==, 0);
}

static void
test_nginx (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_nginx (nginx);
  g_autoptr (RushesUploadPlace) place = server != NULL ? make_place (server, "in", "out/", MARIA) : NULL;

  if (place != NULL)
    check_life (server, place, "out/");
}

static void
test_webdav (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_apache (apache);
  g_autoptr (RushesUploadPlace) place = NULL;

  if (server == NULL)
    return;
  place = rushes_test_place ("{'id':'web','name':'My Web Space','kind':'put','url':'http://127.0.0.1:%u/dav/',"
                             "'user':'maria'}",
                             server->port);
  check_life (server, place, "dav/");
}

static void
test_webdav_refusals (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_apache (apache);
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploadPlace) missing = NULL;
  g_autoptr (RushesUploadPlace) full = NULL;
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autofree char *much = g_strnfill (128 * 1024, 'x');
  g_autoptr (GBytes) large = g_bytes_new (much, 128 * 1024);
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "dav", "dav", MARIA);
  rushes_test_put_fails (place, "wrong", "one.jpg", RUSHES_ERROR_AUTH, "*refuses its secret (401).");
  missing = make_place (server, "dav/albums", "dav/albums", MARIA);
  rushes_test_put_fails (missing, SECRET, "one.jpg", RUSHES_ERROR_NOT_FOUND,
                         "The folder of the upload place “My Web Space” is not there (409). Make it, or *");

  full = make_place (server, "full", "full", MARIA);
  g_assert_false (dex_await (rushes_upload_place_put (full, http, SECRET, "one.jpg", "image/jpeg", large), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_cmpstr (error->message, ==, "The upload place “My Web Space” is full (507).");
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *folder;
    const char *more;
    const char *secret;
    int code;
    const char *pattern;
  } cases[] = {
    { "in", MARIA, "wrong", RUSHES_ERROR_AUTH, "The upload place “My Web Space” refuses its secret (401)." },
    { "in", MARIA, NULL, RUSHES_ERROR_AUTH, "*needs its secret. Give it in *“rushes uploads secret web”." },
    { "in", "", NULL, RUSHES_ERROR_AUTH, "The upload place “My Web Space” asks for a secret (401)." },
    { "banned", MARIA, SECRET, RUSHES_ERROR_FORBIDDEN, "*does not let Rushes write there (403)." },
    { "read", MARIA, SECRET, RUSHES_ERROR_UNSUPPORTED, "*is of another kind*(405)." },
    { "moved", MARIA, SECRET, RUSHES_ERROR_PROTOCOL, "*redirect to http://127.0.0.1:*/in/; set its address to that." },
    { "busy", MARIA, SECRET, RUSHES_ERROR_PROVIDER, "*failure of its own (503). Try again later." },
  };
  g_autoptr (RushesTestServer) server = rushes_test_server_nginx (nginx);

  for (guint i = 0; server != NULL && i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesUploadPlace) place = make_place (server, cases[i].folder, "out", cases[i].more);

      rushes_test_put_fails (place, cases[i].secret, "one.jpg", cases[i].code, cases[i].pattern);
    }
}

static void
test_too_large (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_nginx (nginx);
  g_autoptr (RushesUploadPlace) place = server != NULL ? make_place (server, "in", "out/", MARIA) : NULL;
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autofree char *much = g_strnfill (2048, 'x');
  g_autoptr (GBytes) large = g_bytes_new (much, 2048);
  g_autoptr (GError) error = NULL;

  if (place == NULL)
    return;
  g_assert_false (dex_await (rushes_upload_place_put (place, http, SECRET, "one.jpg", "image/jpeg", large), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_cmpstr (error->message, ==, "The picture is too large for the upload place “My Web Space” (413).");
}

/* What is wrong with the address that a service would be told. */
static void
test_public_address (void)
{
  static const struct
  {
    const char *folder;
    int code;
    const char *pattern;
  } cases[] = {
    { "shut", RUSHES_ERROR_FORBIDDEN,
      "The picture was put there, but http://127.0.0.1:*/shut/*.png cannot be read without a login (401)." },
    { "banned", RUSHES_ERROR_FORBIDDEN, "*cannot be read without a login (403)." },
    { "empty", RUSHES_ERROR_NOT_FOUND, "*but there is nothing at http://*.png (404). Check the public address." },
    { "blank", RUSHES_ERROR_PROTOCOL, "*gives something else. Check the public address." },
    { "busy", RUSHES_ERROR_PROTOCOL, "*cannot be read (503)." },
  };
  g_autoptr (RushesTestServer) server = rushes_test_server_nginx (nginx);

  for (guint i = 0; server != NULL && i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesUploadPlace) place = make_place (server, "in", cases[i].folder, MARIA);

      rushes_test_trial_fails (place, SECRET, cases[i].code, cases[i].pattern);
      /* Nothing of the trial stays behind. */
      g_assert_cmpuint (rushes_test_server_count (server, "www"), ==, 0);
    }
}

static void
test_token_and_headers (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_nginx (nginx);
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploadPlace) plain = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "token", "out", ",'headers':{'X-Album':'Rushes'}");
  rushes_test_trial (place, "t0ken");
  plain = make_place (server, "token", "out", "");
  rushes_test_put_fails (plain, "t0ken", "one.jpg", RUSHES_ERROR_PROTOCOL, "*does not understand (400).");
}

/* An address may bear a query, as those that a cloud signs for a whole folder do. */
static void
test_query (void)
{
  g_autoptr (RushesTestServer) server = rushes_test_server_nginx (nginx);
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploaded) uploaded = NULL;
  g_autofree char *expected = NULL;

  if (server == NULL)
    return;
  place = rushes_test_place (
      "{'id':'web','name':'My Web Space','kind':'put','url':'http://127.0.0.1:%u/signed?sig=a%%2Fb'}", server->port);
  uploaded = rushes_test_put (place, NULL, "one.jpg");
  expected = rushes_test_server_at (server, "signed/one.jpg?sig=a%2Fb");
  g_assert_cmpstr (uploaded->address, ==, expected);
  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 200);
  rushes_test_remove (place, NULL, "one.jpg", NULL);
  g_assert_cmpuint (rushes_test_server_count (server, "www"), ==, 0);
}

/* Nobody on the way may read a secret, so none is sent where they could. */
static void
test_secret_in_the_clear (void)
{
  g_autoptr (RushesUploadPlace) place =
      rushes_test_place ("{'id':'web','name':'My Web Space','kind':'put','url':'http://pictures.example.com/in',"
                         "'user':'maria'}");

  rushes_test_put_fails (place, SECRET, "one.jpg", RUSHES_ERROR_BAD_REQUEST, "*over http, where others could read it*");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/upload/put/nginx", test_nginx);
  rushes_test_add_fiber ("/upload/put/webdav", test_webdav);
  rushes_test_add_fiber ("/upload/put/webdav-refusals", test_webdav_refusals);
  rushes_test_add_fiber ("/upload/put/refusals", test_refusals);
  rushes_test_add_fiber ("/upload/put/too-large", test_too_large);
  rushes_test_add_fiber ("/upload/put/public-address", test_public_address);
  rushes_test_add_fiber ("/upload/put/token-and-headers", test_token_and_headers);
  rushes_test_add_fiber ("/upload/put/query", test_query);
  rushes_test_add_fiber ("/upload/put/secret-in-the-clear", test_secret_in_the_clear);

  return g_test_run ();
}
