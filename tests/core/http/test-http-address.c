/* test-http-address.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <libsoup/soup.h>

#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-http-error.h"
#include "rushes-test.h"

static void
test_parse (void)
{
  static const char *const cases[][2] = {
    { "https://example.com/a.png", "https://example.com/a.png" },
    { "  HTTP://example.com \n", "http://example.com/" },
    { "https://example.com/a b/港.png?x=é", "https://example.com/a%20b/%E6%B8%AF.png?x=%C3%A9" },
    /* What was signed stays byte for byte. */
    { "https://example.com/a%2fb%7e/../c?sig=a%2fb+c%3D&t=%7ex#top",
      "https://example.com/a%2fb%7e/../c?sig=a%2fb+c%3D&t=%7ex" },
    { "https://me:p%40ss@example.com:8443?q", "https://me:p%40ss@example.com:8443/?q" },
    { "http://[::1]:8080/v1", "http://[::1]:8080/v1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = rushes_http_parse_address (cases[i][0], &error);
      g_autofree char *text = NULL;

      g_assert_no_error (error);
      text = g_uri_to_string (uri);
      g_assert_cmpstr (text, ==, cases[i][1]);
    }
}

static void
test_parse_refused (void)
{
  static const char *const cases[] = {
    "",           "example.com/a.png", "file:///etc/passwd",     "ftp://example.com/a",
    "https://",   "https:///a",        "javascript:alert(1)",    "data:image/png;base64,AA",
    "http://[::", "http://a b/",       "https://example.com:abc"
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      if (rushes_http_parse_address (cases[i], &error) != NULL)
        g_error ("“%s” was taken", cases[i]);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
    }
}

static void
test_follow (void)
{
  static const struct
  {
    const char *base;
    const char *location;
    const char *expected; /* NULL when it is refused */
  } cases[] = {
    { "https://a.example/x/y?q", "z", "https://a.example/x/z" },
    { "https://a.example/x/y", "/z%2fz?k=a%2fb", "https://a.example/z%2fz?k=a%2fb" },
    { "https://a.example/x/y", "../z?next=https://b.example/", "https://a.example/z?next=https://b.example/" },
    { "https://a.example/x?k", "?l=%7e", "https://a.example/x?l=%7e" },
    { "https://a.example/x", "https://b.example?k=%2f#f", "https://b.example/?k=%2f" },
    { "https://a.example/x", "//b.example/y", "https://b.example/y" },
    { "http://a.example/x", "https://b.example/y", "https://b.example/y" },
    { "http://a.example/x", "http://b.example/y z", "http://b.example/y%20z" },
    { "https://a.example/x", "http://a.example/x", NULL },
    { "http://a.example/x", "file:///etc/passwd", NULL },
    { "http://a.example/x", "data:text/plain,a", NULL },
    { "http://a.example/x", "http://", NULL },
    { "http://a.example/x", NULL, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) base = rushes_http_parse_address (cases[i].base, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GUri) uri = rushes_http_follow (base, cases[i].location, &error);
      g_autofree char *text = uri != NULL ? g_uri_to_string (uri) : NULL;

      g_assert_cmpstr (text, ==, cases[i].expected);
      if (cases[i].expected == NULL)
        g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
      else
        g_assert_no_error (error);
    }
}

static void
test_private (void)
{
  static const char *const privates[] = {
    "127.0.0.1",
    "127.255.0.9",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "100.64.0.1",
    "100.127.255.1",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fc00::1",
    "fdff::1",
    "fe80::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:a00:1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "fec0::1",
    "localhost",
    "LocalHost.",
    "app.localhost",
    "printer.local",
  };
  static const char *const publics[] = {
    "8.8.8.8",          "172.15.255.255", "172.32.0.1", "100.63.255.255",        "100.128.0.0", "198.18.0.1",
    "198.19.255.255",   "192.167.1.1",    "223.1.1.1",  "2606:4700::1111",       "2001:db8::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "example.com",    "local",      "localhost.example.com",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (privates); i++)
    if (!rushes_http_is_private_name (privates[i]))
      g_error ("%s is private", privates[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (publics); i++)
    if (rushes_http_is_private_name (publics[i]))
      g_error ("%s is public", publics[i]);

  /* A name without a dot is looked for in one's own network, a number is an address that may be anywhere. */
  g_assert_true (rushes_http_is_near_name ("gpu-box"));
  g_assert_true (rushes_http_is_near_name ("127.0.0.1"));
  g_assert_false (rushes_http_is_near_name ("134744072"));
  g_assert_false (rushes_http_is_near_name ("0x08080808"));
  g_assert_false (rushes_http_is_near_name ("2001:db8::1"));
  g_assert_false (rushes_http_is_near_name ("example.com"));
}

static void
test_retry_after (void)
{
  static const struct
  {
    const char *retry_after;
    const char *date;
    double expected;
  } cases[] = {
    { "120", NULL, 120 },
    { "0", NULL, 0 },
    { NULL, NULL, 0 },
    { "soon", NULL, 0 },
    { "-5", NULL, 0 },
    /* The other side's clock may be wrong: only the difference counts. */
    { "Wed, 21 Oct 2015 07:28:30 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 30 },
    { "Wed, 21 Oct 2015 07:27:00 GMT", "Wed, 21 Oct 2015 07:28:00 GMT", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

      if (cases[i].retry_after != NULL)
        soup_message_headers_append (headers, "Retry-After", cases[i].retry_after);
      if (cases[i].date != NULL)
        soup_message_headers_append (headers, "Date", cases[i].date);
      g_assert_cmpfloat (rushes_http_get_retry_after (headers), ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/http/address/parse", test_parse);
  g_test_add_func ("/http/address/parse-refused", test_parse_refused);
  g_test_add_func ("/http/address/follow", test_follow);
  g_test_add_func ("/http/address/private", test_private);
  g_test_add_func ("/http/address/retry-after", test_retry_after);

  return g_test_run ();
}
