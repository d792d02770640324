/* test-sigv4.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-sigv4.h"
#include "rushes-test.h"

/* The first presigned address is the example of the Amazon S3 API Reference ("Authenticating Requests: Using Query
 * Parameters"); the others were made by botocore 1.37.9 with the same key at the same time. */
static const char example_secret[] = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
static const char odd_name[] = "My Pictures/a+b~c/纸船 (1)&=?'*!@,;:$.jpg";
static const char odd_path[] =
    "My%20Pictures/a%2Bb~c/%E7%BA%B8%E8%88%B9%20%281%29%26%3D%3F%27%2A%21%40%2C%3B%3A%24.jpg";

typedef struct
{
  const char *method;
  const char *host; /* with scheme and port */
  const char *path; /* as a name, not escaped */
  const char *region;
  guint seconds; /* 0 when headers are signed */
  const char *body;
  const char *signature;
} Vector;

static const Vector vectors[] = {
  { "GET", "https://examplebucket.s3.amazonaws.com", "/test.txt", "us-east-1", 86400, NULL,
    "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404" },
  { "GET", "http://127.0.0.1:9000", "/bucket/My Pictures/a+b~c/纸船 (1)&=?'*!@,;:$.jpg", "us-east-1", 3600, NULL,
    "e7606c046b747c1777374e5fe96796ab829a316359730bec9f3c1e5b35c27003" },
  { "PUT", "http://127.0.0.1:9000", "/bucket/My Pictures/a+b~c/纸船 (1)&=?'*!@,;:$.jpg", "us-east-1", 0, "a picture",
    "0322666204d88da9aad286b681e56aa7711002cd61d9b9a8aa93c89dce36fed9" },
  { "DELETE", "https://examplebucket.s3.eu-central-1.amazonaws.com:443", "/x.jpg", "eu-central-1", 0, NULL,
    "4497b10587821f322e79e9ffc5082e918ba8eff0a91f7ee7bcc414f3a61bdb3b" },
  /* OSS by its S3-compatible endpoint, which knows bucket names only as part of the host. */
  { "GET", "https://rushes.s3.oss-cn-hangzhou.aliyuncs.com", "/图片/x.jpg", "cn-hangzhou", 3600, NULL,
    "35ba7bcb0947e2f09b8970a368432379ab6c4990fc0674d85a2197a829fcfb47" },
  { "PUT", "https://rushes.s3.oss-cn-hangzhou.aliyuncs.com", "/图片/x.jpg", "cn-hangzhou", 0, "a picture",
    "c3d1e95f6078738e21e21220247b8909f020b6dde7c210f18b7a438650a3d673" },
};

/* Midnight UTC, as somebody's clock in China shows it. */
static GDateTime *
example_time (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (8 * 3600);

  return g_date_time_new (zone, 2013, 5, 24, 8, 0, 0);
}

static const char *
find_header (RushesHttpRequest *request, const char *name)
{
  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    if (g_ascii_strcasecmp (g_ptr_array_index (request->headers, i), name) == 0)
      return g_ptr_array_index (request->headers, i + 1);

  return NULL;
}

static void
check_headers (const Vector *vector, const char *address, const RushesSigv4Key *key, GDateTime *now)
{
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new (vector->method, address);
  g_autofree char *expected =
      g_strdup_printf ("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/%s/s3/aws4_request, "
                       "SignedHeaders=%shost;x-amz-content-sha256;x-amz-date, Signature=%s",
                       vector->region, vector->body != NULL ? "content-type;" : "", vector->signature);
  g_autofree char *hash =
      g_compute_checksum_for_string (G_CHECKSUM_SHA256, vector->body != NULL ? vector->body : "", -1);

  if (vector->body != NULL)
    {
      request->bytes = g_bytes_new_static (vector->body, strlen (vector->body));
      request->media_type = g_strdup ("image/jpeg");
    }
  rushes_sigv4_sign (request, key, now);

  g_assert_cmpstr (find_header (request, "Authorization"), ==, expected);
  g_assert_cmpstr (find_header (request, "X-Amz-Date"), ==, "20130524T000000Z");
  g_assert_cmpstr (find_header (request, "X-Amz-Content-Sha256"), ==, hash);
}

static void
check_address (const Vector *vector, const char *address, const RushesSigv4Key *key, GDateTime *now)
{
  g_autofree char *presigned = rushes_sigv4_presign (vector->method, address, key, now, vector->seconds);
  g_autofree char *expected = g_strdup_printf (
      "%s?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%%2F20130524%%2F%s%%2Fs3"
      "%%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=%u&X-Amz-SignedHeaders=host"
      "&X-Amz-Signature=%s",
      address, vector->region, vector->seconds, vector->signature);

  g_assert_cmpstr (presigned, ==, expected);
}

static void
test_vector (gconstpointer data)
{
  const Vector *vector = data;
  const RushesSigv4Key key = { "AKIAIOSFODNN7EXAMPLE", example_secret, vector->region };
  g_autoptr (GDateTime) now = example_time ();
  g_autofree char *path = rushes_sigv4_escape (vector->path);
  g_autofree char *address = g_strconcat (vector->host, path, NULL);

  if (vector->seconds > 0)
    check_address (vector, address, &key, now);
  else
    check_headers (vector, address, &key, now);
}

static void
test_escape (void)
{
  g_autofree char *path = rushes_sigv4_escape (odd_name);
  g_autofree char *again = rushes_sigv4_escape ("100%25");

  g_assert_cmpstr (path, ==, odd_path);
  /* What looks escaped is a name like any other. */
  g_assert_cmpstr (again, ==, "100%2525");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/upload/sigv4/escape", test_escape);
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *path = g_strdup_printf ("/upload/sigv4/%u-%s-%s", i + 1, vectors[i].method,
                                               vectors[i].seconds > 0 ? "address" : "headers");

      g_test_add_data_func (path, &vectors[i], test_vector);
    }

  return g_test_run ();
}
