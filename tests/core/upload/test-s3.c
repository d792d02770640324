/* test-s3.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <signal.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-test-server.h"

#define SECRET "s3cret/with+signs="

/* A bucket of moto, whose signatures botocore judges; @ahead is by how many seconds its clock is. */
static RushesTestServer *
start (const char *ahead)
{
  return rushes_test_server_start ("/usr/bin/python3", "s3-server.py", ahead);
}

static RushesUploadPlace *
make_place (RushesTestServer *server, const char *bucket, const char *access_key, const char *more)
{
  return rushes_test_place ("{'id':'bucket','name':'My Bucket','kind':'s3','endpoint':'http://127.0.0.1:%u',"
                            "'bucket':'%s','region':'eu-central-1','access_key':'%s'%s}",
                            server->port, bucket, access_key, more);
}

static void
test_life (void)
{
  static const char *const prefixes[] = { "", "pictures/rushes", "Meine Bilder/a+b~c", "图片/纸船 (1)&=?" };
  g_autoptr (RushesTestServer) server = start ("0");

  for (guint i = 0; server != NULL && i < G_N_ELEMENTS (prefixes); i++)
    {
      g_autofree char *more = g_strdup_printf (",'prefix':'%s'", prefixes[i]);
      g_autoptr (RushesUploadPlace) place = make_place (server, "pictures", "AKIDRUSHES", more);
      g_autofree char *name = rushes_upload_place_make_name (place, "image/jpeg");
      gint64 before = g_get_real_time ();
      g_autoptr (RushesUploaded) uploaded = rushes_test_put (place, SECRET, name);
      g_autofree char *bare = g_strndup (uploaded->address, strcspn (uploaded->address, "?"));

      g_assert_cmpint (uploaded->expires, >=, before + 3600 * G_TIME_SPAN_SECOND);
      g_assert_cmpint (uploaded->expires, <=, g_get_real_time () + 3600 * G_TIME_SPAN_SECOND);
      g_assert_null (uploaded->removal);
      g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 200);
      /* The bucket itself is shut. */
      g_assert_cmpuint (rushes_test_get (bare), ==, 403);

      rushes_test_remove (place, SECRET, name, NULL);
      g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 404);
      rushes_test_remove (place, SECRET, name, NULL);
    }
}

/* BUCKET.HOST leads to loopback as every name under localhost does. */
static void
test_virtual_host (void)
{
  g_autoptr (RushesTestServer) server = start ("0");
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploaded) uploaded = NULL;
  g_autofree char *host = NULL;

  if (server == NULL)
    return;
  place =
      rushes_test_place ("{'id':'bucket','name':'My Bucket','kind':'s3','endpoint':'http://LocalHost:%u',"
                         "'bucket':'pictures','region':'eu-central-1','access_key':'AKIDRUSHES','path_style':false}",
                         server->port);
  uploaded = rushes_test_put (place, SECRET, "one.jpg");
  host = g_strdup_printf ("http://pictures.localhost:%u/one.jpg?", server->port);
  g_assert_true (g_str_has_prefix (uploaded->address, host));
  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 200);
  rushes_test_trial (place, SECRET);
}

static void
test_refusals (void)
{
  g_autoptr (RushesTestServer) server = start ("0");
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploadPlace) stranger = NULL;
  g_autoptr (RushesUploadPlace) reader = NULL;
  g_autoptr (RushesUploadPlace) nowhere = NULL;
  g_autoptr (RushesUploadPlace) shy = NULL;
  g_autoptr (RushesUploadPlace) elsewhere = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "pictures", "AKIDRUSHES", "");
  stranger = make_place (server, "pictures", "AKIDNOBODY", "");
  reader = make_place (server, "pictures", "AKIDREADER", "");
  shy = make_place (server, "before-the-host", "AKIDRUSHES", "");
  nowhere = make_place (server, "no-such-bucket", "AKIDRUSHES", "");
  elsewhere = rushes_test_place ("{'id':'bucket','name':'My Bucket','kind':'s3','endpoint':'http://127.0.0.1:%u',"
                                 "'bucket':'pictures','access_key':'AKIDRUSHES'}",
                                 server->port);

  rushes_test_put_fails (place, "wrong", "one.jpg", RUSHES_ERROR_AUTH,
                         "The secret of the upload place “My Bucket” is not that of its access key.");
  rushes_test_put_fails (place, NULL, "one.jpg", RUSHES_ERROR_AUTH, "The upload place “My Bucket” needs its secret. *");
  rushes_test_put_fails (stranger, SECRET, "one.jpg", RUSHES_ERROR_AUTH, "*does not know the access key AKIDNOBODY.");
  rushes_test_put_fails (
      reader, "only for reading", "one.jpg", RUSHES_ERROR_FORBIDDEN,
      "The access key of the upload place “My Bucket” may not do this in the bucket “pictures” (403).");
  rushes_test_put_fails (nowhere, SECRET, "one.jpg", RUSHES_ERROR_NOT_FOUND,
                         "There is no bucket “no-such-bucket” at the upload place “My Bucket”.");
  rushes_test_put_fails (shy, SECRET, "one.jpg", RUSHES_ERROR_BAD_REQUEST,
                         "*before its host; set “path_style” to false.");
  rushes_test_put_fails (elsewhere, SECRET, "one.jpg", RUSHES_ERROR_BAD_REQUEST, "*is in the region “eu-central-1”;*");
  rushes_test_trial_fails (place, "wrong", RUSHES_ERROR_AUTH, "The secret of *");
}

/* The words of the other side come along, and the secret does not. */
static void
test_words (void)
{
  g_autoptr (RushesTestServer) server = start ("0");
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesHttp) http = rushes_test_http ();
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (GError) error = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "pictures", "AKIDRUSHES", "");
  g_assert_false (dex_await (rushes_upload_place_put (place, http, "wrong", "one.jpg", "image/jpeg", bytes), &error));
  g_assert_cmpstr (rushes_error_get_words (error), ==, "The signature does not match the signature we calculated.");
  g_assert_cmpuint (rushes_error_get_http_status (error), ==, 403);
  g_assert_false (rushes_error_get_retryable (error));
}

/* The clock of this computer may be off by hours: that of the bucket counts, for what is sent and for the address. */
static void
test_clocks (void)
{
  static const char *const ahead[] = { "7200", "-7200", "600" };

  for (guint i = 0; i < G_N_ELEMENTS (ahead); i++)
    {
      g_autoptr (RushesTestServer) server = start (ahead[i]);
      g_autoptr (RushesUploadPlace) place = server != NULL ? make_place (server, "pictures", "AKIDRUSHES", "") : NULL;
      g_autoptr (RushesUploaded) uploaded = place != NULL ? rushes_test_put (place, SECRET, "one.jpg") : NULL;

      if (uploaded == NULL)
        return;
      g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 200);
      rushes_test_remove (place, SECRET, "one.jpg", NULL);
    }
}

/* An address that was made with a lifetime dies then. */
static void
test_expiry (void)
{
  g_autoptr (RushesTestServer) server = start ("0");
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploaded) uploaded = NULL;
  g_autoptr (GString) address = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "pictures", "AKIDRUSHES", ",'lifetime':600");
  uploaded = rushes_test_put (place, SECRET, "one.jpg");
  g_assert_nonnull (strstr (uploaded->address, "&X-Amz-Expires=600&"));
  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 200);

  /* Nobody may change how long it lives. */
  address = g_string_new (uploaded->address);
  g_string_replace (address, "X-Amz-Expires=600", "X-Amz-Expires=604800", 1);
  g_assert_cmpuint (rushes_test_get (address->str), ==, 403);

  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 200);
  g_subprocess_send_signal (server->process, SIGUSR1);
  g_assert_cmpuint (rushes_test_get (uploaded->address), ==, 403);
}

static void
test_trial (void)
{
  g_autoptr (RushesTestServer) server = start ("0");
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (RushesUploadPlace) gone = NULL;

  if (server == NULL)
    return;
  place = make_place (server, "pictures", "AKIDRUSHES", "");
  rushes_test_trial (place, SECRET);

  gone = rushes_test_place ("{'id':'bucket','name':'My Bucket','kind':'s3','endpoint':'http://127.0.0.1:1',"
                            "'bucket':'pictures','access_key':'AKIDRUSHES'}");
  rushes_test_trial_fails (gone, SECRET, RUSHES_ERROR_NETWORK,
                           "The upload place “My Bucket” cannot be used: 127.0.0.1*");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  rushes_test_add_fiber ("/upload/s3/life", test_life);
  rushes_test_add_fiber ("/upload/s3/virtual-host", test_virtual_host);
  rushes_test_add_fiber ("/upload/s3/refusals", test_refusals);
  rushes_test_add_fiber ("/upload/s3/words", test_words);
  rushes_test_add_fiber ("/upload/s3/clocks", test_clocks);
  rushes_test_add_fiber ("/upload/s3/expiry", test_expiry);
  rushes_test_add_fiber ("/upload/s3/trial", test_trial);

  return g_test_run ();
}
