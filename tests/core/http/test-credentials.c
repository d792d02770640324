/* test-credentials.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <json-glib/json-glib.h>
#include <string.h>

#include "rushes-credentials-private.h"
#include "rushes-error.h"
#include "rushes-http-address.h"
#include "rushes-test.h"

#define KEY  "sk-a/b+c=d.e~f-1234567890"
#define HOST "https://api.example.com"

static RushesCredentials *
make (RushesAuthScheme scheme, const char *name, const char *key, const char *origin)
{
  const char *origins[] = { origin, NULL };

  return rushes_credentials_new (scheme, name, FALSE, key, origins);
}

/* The header that a message bears afterwards. */
static char *
apply (RushesCredentials *credentials, const char *address, const char *header)
{
  g_autoptr (SoupMessage) message = soup_message_new ("GET", address);

  rushes_credentials_apply (credentials, message);
  return g_strdup (soup_message_headers_get_one (soup_message_get_request_headers (message), header));
}

static void
test_schemes (void)
{
  static const struct
  {
    RushesAuthScheme scheme;
    const char *name, *header, *value;
  } cases[] = {
    { RUSHES_AUTH_NONE, NULL, "Authorization", NULL },
    { RUSHES_AUTH_BEARER, NULL, "Authorization", "Bearer " KEY },
    { RUSHES_AUTH_KEY, NULL, "Authorization", "Key " KEY },
    { RUSHES_AUTH_TOKEN, NULL, "Authorization", "Token " KEY },
    { RUSHES_AUTH_HEADER, "X-API-Key", "X-API-Key", KEY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesCredentials) credentials = make (cases[i].scheme, cases[i].name, "  " KEY "\n", HOST);
      g_autofree char *value = apply (credentials, HOST "/v1", cases[i].header);

      g_assert_cmpstr (value, ==, cases[i].value);
    }
}

static void
test_query (void)
{
  g_autoptr (RushesCredentials) credentials = make (RUSHES_AUTH_QUERY, "key", "a&b=c d%", HOST);
  static const struct
  {
    const char *before, *after;
  } cases[] = {
    { HOST "/v1", HOST "/v1?key=a%26b%3Dc%20d%25" },
    { HOST "/v1?x=%2f", HOST "/v1?x=%2f&key=a%26b%3Dc%20d%25" },
    { "https://other.example.com/v1", "https://other.example.com/v1" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GUri) uri = rushes_http_parse_address (cases[i].before, NULL);
      g_autoptr (SoupMessage) message = soup_message_new_from_uri ("GET", uri);
      g_autofree char *address = NULL;

      rushes_credentials_apply (credentials, message);
      address = g_uri_to_string (soup_message_get_uri (message));
      g_assert_cmpstr (address, ==, cases[i].after);
    }
}

/* Where a key of each origin goes, and where not. */
static void
test_fit (void)
{
  static const struct
  {
    const char *origin, *address;
    gboolean fits;
  } cases[] = {
    { HOST, HOST "/v1/clips?x#y", TRUE },
    { HOST, "https://API.example.com:443/", TRUE },
    { HOST "/v1/", HOST "/", TRUE },
    { HOST, "https://api.example.com:8443/", FALSE },
    { HOST, "http://api.example.com/", FALSE },
    { HOST, "https://example.com/", FALSE },
    { HOST, "https://api.example.com.evil.net/", FALSE },
    { HOST, "https://api.example.com@evil.net/", FALSE },
    { HOST, "https://evil.net/?api.example.com", FALSE },
    { "http://api.example.com", "http://api.example.com/", FALSE },
    { "http://93.184.216.34", "http://93.184.216.34/", FALSE },
    { "http://[2606:2800:220:1::1]:80", "http://[2606:2800:220:1::1]/", FALSE },
    { "http://134744072", "http://134744072/", FALSE },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080/v1", TRUE },
    { "http://127.0.0.1:8080", "http://127.0.0.1:8081/v1", FALSE },
    { "http://[::1]:8080", "http://[::1]:8080/v1", TRUE },
    { "http://localhost", "http://localhost:80/", TRUE },
    { "http://192.168.1.5:8091", "http://192.168.1.5:8091/", TRUE },
    { "http://studio.local", "http://studio.local/", TRUE },
    { "http://gpubox:8000", "http://gpubox:8000/", TRUE },
    { "https://bücher.example", "https://xn--bcher-kva.example/", TRUE },
    { "nonsense", HOST "/", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesCredentials) credentials = make (RUSHES_AUTH_HEADER, "X-Key", "k", cases[i].origin);
      g_autoptr (GUri) uri = g_uri_parse (cases[i].address, SOUP_HTTP_URI_FLAGS, NULL);
      g_autofree char *value = apply (credentials, cases[i].address, "X-Key");
      g_autoptr (GError) refusal = rushes_credentials_refuse (credentials, uri);

      g_test_message ("%s → %s", cases[i].origin, cases[i].address);
      g_assert_cmpint (rushes_credentials_fit (credentials, uri), ==, cases[i].fits);
      g_assert_cmpstr (value, ==, cases[i].fits ? "k" : NULL);
      if (cases[i].fits)
        g_assert_no_error (refusal);
      else
        g_assert_error (refusal, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
    }
}

static void
assert_refused (const char *key, const char *origin, const char *address, const char *words)
{
  g_autoptr (RushesCredentials) credentials = make (RUSHES_AUTH_BEARER, NULL, key, origin);
  g_autoptr (GUri) uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GError) error = rushes_credentials_refuse (credentials, uri);

  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
  g_assert_null (strstr (error->message, "sk-"));
}

static void
test_refuse (void)
{
  assert_refused (KEY, HOST, "https://evil.example.net/",
                  "not sent to evil.example.net, because it was given for " HOST);
  assert_refused (KEY, "http://api.example.com", "http://api.example.com/", "over http, where others could read it");
  assert_refused ("sk-a\nEvil: 1", HOST, HOST "/", "characters that no key has");
  assert_refused ("sk-é", HOST, HOST "/", "characters that no key has");
}

static void
test_origin (void)
{
  static const struct
  {
    const char *address, *origin;
  } cases[] = {
    { "https://api.example.com/v1?x", "https://api.example.com" },
    { "HTTPS://API.Example.com:443", "https://api.example.com" },
    { "http://example.com:80/", "http://example.com" },
    { "http://example.com:8080/", "http://example.com:8080" },
    { "https://example.com:80/", "https://example.com:80" },
    { "http://[::1]:9/", "http://[::1]:9" },
    { "https://user:word@example.com/", "https://example.com" },
    { "ftp://example.com/", NULL },
    { "example.com", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *origin = rushes_origin_of (cases[i].address);

      g_assert_cmpstr (origin, ==, cases[i].origin);
    }
}

/* ---- tokens ---- */

static char *
decode (const char *part, gsize *length)
{
  g_autofree char *text = g_strconcat (part, "===", NULL);

  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');
  text[(strlen (part) + 3) / 4 * 4] = '\0';
  return (char *) g_base64_decode (text, length);
}

static char *
mint (const char *key)
{
  const char *origins[] = { HOST, NULL };
  g_autoptr (RushesCredentials) credentials = rushes_credentials_new (RUSHES_AUTH_BEARER, NULL, TRUE, key, origins);

  return apply (credentials, HOST "/v1", "Authorization");
}

static void
assert_minted (const char *key)
{
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *value = mint (key);
  gint64 after = g_get_real_time () / G_USEC_PER_SEC;
  g_auto (GStrv) parts = NULL;
  g_autoptr (JsonNode) head = NULL;
  g_autoptr (JsonNode) claims = NULL;
  g_autofree char *head_text = NULL;
  g_autofree char *claims_text = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *signed_text = NULL;
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) "the secret", 10);
  JsonObject *object;
  guint8 digest[32];
  gsize length, n_digest = sizeof digest;
  gint64 now;

  g_assert_true (g_str_has_prefix (value, "Bearer "));
  g_assert_null (strpbrk (value, "=+/"));
  parts = g_strsplit (value + strlen ("Bearer "), ".", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);

  head_text = decode (parts[0], &length);
  head = json_from_string (head_text, NULL);
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (head), "alg"), ==, "HS256");
  g_assert_cmpstr (json_object_get_string_member (json_node_get_object (head), "typ"), ==, "JWT");

  claims_text = decode (parts[1], &length);
  claims = json_from_string (claims_text, NULL);
  object = json_node_get_object (claims);
  g_assert_cmpuint (json_object_get_size (object), ==, 3);
  g_assert_cmpstr (json_object_get_string_member (object, "iss"), ==, "AK\"1");
  now = json_object_get_int_member (object, "nbf") + 5;
  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, after);
  g_assert_cmpint (json_object_get_int_member (object, "exp"), ==, now + 1800);

  signed_text = g_strconcat (parts[0], ".", parts[1], NULL);
  g_hmac_update (hmac, (const guchar *) signed_text, -1);
  g_hmac_get_digest (hmac, digest, &n_digest);
  signature = decode (parts[2], &length);
  g_assert_cmpmem (signature, length, digest, n_digest);
}

static void
test_mint (void)
{
  g_autofree char *whole = mint ("api-key-of-one-part");

  assert_minted ("AK\"1:the secret");
  assert_minted ("AK\"1|the secret");
  assert_minted (" AK\"1 : the secret ");
  g_assert_cmpstr (whole, ==, "Bearer api-key-of-one-part");
}

/* ---- redaction ---- */

static void
assert_redacted (RushesCredentials *credentials, const char *text, const char *expected)
{
  g_autofree char *redacted = rushes_credentials_redact (credentials, text);

  g_assert_cmpstr (redacted, ==, expected);
}

static void
test_redact (void)
{
  g_autoptr (RushesCredentials) credentials = make (RUSHES_AUTH_BEARER, NULL, KEY, HOST);
  g_autofree char *escaped = g_uri_escape_string (KEY, NULL, FALSE);
  g_autofree char *lower = g_ascii_strdown (escaped, -1);
  g_autofree char *query = g_strdup_printf ("https://x/?key=%s&a=1", escaped);
  g_autofree char *query_lower = g_strdup_printf ("https://x/?key=%s&a=1", lower);

  assert_redacted (credentials, "", "");
  assert_redacted (credentials, "nothing in it", "nothing in it");
  assert_redacted (credentials, KEY, "***");
  assert_redacted (credentials, "Incorrect API key provided: " KEY ". See " KEY,
                   "Incorrect API key provided: ***. See ***");
  assert_redacted (credentials, query, "https://x/?key=***&a=1");
  g_assert_nonnull (strstr (lower, "%2f"));
  assert_redacted (credentials, query_lower, "https://x/?key=***&a=1");
  assert_redacted (credentials, "{\"k\":\"sk-a\\/b+c=d.e~f-1234567890\"}", "{\"k\":\"***\"}");
  assert_redacted (credentials, "sk-a/b+c=d.e~f-123456789", "sk-a/b+c=d.e~f-123456789");
}

/* In base64 wherever it stands within what was encoded, in both alphabets, padded or not. */
static void
test_redact_base64 (void)
{
  static const char *const before[] = { "", "a", "ab", "abc", "user:", "Bearer " };
  static const char *const after[] = { "", ":", "xx", "\n\n\n" };
  static const char *const keys[] = { KEY, "\x7f\x7f>>??~~key", "12345678" };

  for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
    for (gsize i = 0; i < G_N_ELEMENTS (before); i++)
      for (gsize j = 0; j < G_N_ELEMENTS (after); j++)
        for (guint url = 0; url < 2; url++)
          {
            g_autoptr (RushesCredentials) credentials = make (RUSHES_AUTH_BEARER, NULL, keys[k], HOST);
            g_autofree char *plain = g_strconcat (before[i], keys[k], after[j], NULL);
            g_autofree char *encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
            g_autofree char *text = NULL;
            g_autofree char *redacted = NULL;
            g_autofree char *kept = NULL;

            if (url)
              {
                g_strdelimit (encoded, "+", '-');
                g_strdelimit (encoded, "/", '_');
                encoded[strcspn (encoded, "=")] = '\0';
              }
            text = g_strdup_printf ("\"%s\", and more", encoded);
            redacted = rushes_credentials_redact (credentials, text);
            /* Whole groups of what stood before it may stay, nothing else. */
            kept = g_strndup (encoded, strlen (before[i]) / 3 * 4);
            g_free (text);
            text = g_strdup_printf ("\"%s***\", and more", kept);
            g_assert_cmpstr (redacted, ==, text);
          }
}

static void
test_redact_pair (void)
{
  const char *origins[] = { HOST, NULL };
  g_autoptr (RushesCredentials) credentials =
      rushes_credentials_new (RUSHES_AUTH_BEARER, NULL, TRUE, "ACCESS123:SECRET456", origins);
  g_autofree char *token = apply (credentials, HOST "/", "Authorization");
  g_autofree char *echo = g_strdup_printf ("{\"got\":\"%s\"}", token);
  g_autofree char *foreign = mint ("SOMEBODY:ELSES_SECRET");
  assert_redacted (credentials, "ACCESS123:SECRET456", "***");
  assert_redacted (credentials, "signed with SECRET456 of ACCESS123", "signed with *** of ***");
  assert_redacted (credentials, echo, "{\"got\":\"Bearer ***\"}");

  /* Somebody else's token is not ours to hide: it may belong to the address of a clip. */
  assert_redacted (credentials, foreign, foreign);
}

/* A key that is hardly one is looked for only where it stands alone. */
static void
test_redact_short (void)
{
  g_autoptr (RushesCredentials) credentials = make (RUSHES_AUTH_BEARER, NULL, "sk", HOST);
  g_autoptr (RushesCredentials) empty = make (RUSHES_AUTH_BEARER, NULL, "", HOST);

  assert_redacted (credentials, "the task asks for \"sk\"", "the task asks for \"***\"");
  assert_redacted (empty, "the task", "the task");
}

/* What a program reads on keeps its meaning, whatever somebody uses for a key. */
static void
test_redact_reply (void)
{
  static const struct
  {
    const char *key, *body, *expected;
  } cases[] = {
    { KEY, "{\"k\":\"xsk-a\\u002Fb\\u002bc=d.e~f-1234567890x\"}", "{\"k\":\"x***x\"}" },
    { "sk-11112222333>>??", "c2stMTExMTIyMjIzMzM\\u002BPj8/", "***" },
    { "1234567890abcdef%7", "?key=1234567890abcdef%257&x", "?key=***&x" },
    { "1234567890abcdef%7", "1234567890abcdef%7 \\u0025331234567890abcdef", "*** \\u0025331234567890abcdef" },
    { "hunter2024-hunter2024", "{\"a\":\"\\/\\/aHVudGVyMjAyNC1odW50ZXIyMDI0\"}", "{\"a\":\"\\/\\/***\"}" },
    { "hunter2024", "Incorrect API key provided: hunter2024.", "Incorrect API key provided: ***." },
    { "hunter2024", "{\"got\":\"Bearer hunter2024\"}", "{\"got\":\"Bearer ***\"}" },
    { "hunter2024", "{\"a\":\"Key:\\nhunter2024\\n\"}", "{\"a\":\"Key:\\n***\\n\"}" },
    { "hunter2024", "%22hunter2024%22 \\u0022hunter2024\\u0022", "%22***%22 \\u0022***\\u0022" },
    { "hunter2024", "?key=hunter2024&b=aHVudGVyMjAyNA==", "?key=***&b=***" },
    { "12345678", "{\"id\":\"task-12345678\",\"n\":123456789}", "{\"id\":\"task-12345678\",\"n\":123456789}" },
    { "grok2api", "{\"url\":\"https:\\/\\/x.example\\/grok2api\\/a.mp4\"}",
      "{\"url\":\"https:\\/\\/x.example\\/grok2api\\/a.mp4\"}" },
    { "localhost", "{\"url\":\"http://localhost:8000/a.mp4\"}", "{\"url\":\"http://localhost:8000/a.mp4\"}" },
    { "default", "{\"model\":\"default\"}", "{\"model\":\"default\"}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesCredentials) credentials = make (RUSHES_AUTH_BEARER, NULL, cases[i].key, HOST);
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      g_autoptr (GBytes) redacted = rushes_credentials_redact_body (credentials, body);
      g_autofree char *header = rushes_credentials_redact_header (credentials, cases[i].body);

      g_assert_cmpmem (g_bytes_get_data (redacted, NULL), g_bytes_get_size (redacted), cases[i].expected,
                       strlen (cases[i].expected));
      g_assert_cmpstr (header, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/credentials/schemes", test_schemes);
  g_test_add_func ("/credentials/query", test_query);
  g_test_add_func ("/credentials/fit", test_fit);
  g_test_add_func ("/credentials/refuse", test_refuse);
  g_test_add_func ("/credentials/origin", test_origin);
  g_test_add_func ("/credentials/mint", test_mint);
  g_test_add_func ("/credentials/redact", test_redact);
  g_test_add_func ("/credentials/redact-base64", test_redact_base64);
  g_test_add_func ("/credentials/redact-pair", test_redact_pair);
  g_test_add_func ("/credentials/redact-short", test_redact_short);
  g_test_add_func ("/credentials/redact-reply", test_redact_reply);

  return g_test_run ();
}
