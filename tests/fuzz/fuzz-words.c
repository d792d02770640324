/* fuzz-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What people type and services say in one line: amounts, addresses, waiting times, paths, patterns of search, words.
 */

#include <string.h>

#include "rushes-credentials.h"
#include "rushes-error.h"
#include "rushes-fuzz.h"
#include "rushes-http-address.h"
#include "rushes-http-error.h"
#include "rushes-json-path.h"
#include "rushes-limits.h"
#include "rushes-search.h"
#include "rushes-utf8.h"

static void
read_money (const char *text)
{
  RushesMoney money;
  g_autofree char *amount = NULL;
  g_autofree char *display = NULL;
  RushesMoney again;

  if (!rushes_limits_parse_money (text, "usd", &money))
    return;
  amount = rushes_money_to_amount (money);
  display = rushes_money_to_display (money);
  g_assert_true (rushes_money_parse (amount, "USD", &again));
  g_assert_cmpint (again.micros, ==, money.micros);
  g_assert_cmpint (money.micros, >=, 0);
}

static void
read_address (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = rushes_http_parse_address (text, &error);
  g_autoptr (GUri) base = rushes_http_parse_address ("https://api.example.com/v1/x?y", NULL);
  g_autoptr (GUri) next = rushes_http_follow (base, text, NULL);
  g_autofree char *origin = rushes_origin_of (text);

  g_assert_true ((uri != NULL) == (error == NULL));
  if (error != NULL)
    rushes_fuzz_check_error (error);
  else
    {
      g_autofree char *written = g_uri_to_string (uri);

      g_assert_true (g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0');
      g_assert_null (strpbrk (written, " \r\n\t"));
      rushes_http_is_private_name (g_uri_get_host (uri));
    }
  if (next != NULL)
    g_assert_cmpstr (g_uri_get_scheme (next), ==, "https");
}

static void
read_path (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesJsonPath) path = rushes_json_path_new (text, &error);
  g_autoptr (JsonNode) root =
      json_from_string ("{\"data\":{\"videos\":[{\"url\":\"a\",\"type\":\"video\"},7,null,[[]]]}}", NULL);

  if (path == NULL)
    rushes_fuzz_check_error (error);
  else
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (path, root);

      g_assert_nonnull (found);
    }
}

static void
read_bytes (const char *bytes, gsize size)
{
  guint n_repaired = 0;
  g_autoptr (GString) text = rushes_utf8_repair (bytes, size, &n_repaired);

  g_assert_true (rushes_utf8_is_whole (text->str, text->len));
  g_assert_true (rushes_utf8_is_whole (bytes, size) == (n_repaired == 0));
  if (n_repaired == 0)
    g_assert_cmpmem (text->str, text->len, bytes, size);
}

static void
read_header (const char *text)
{
  g_autoptr (SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);

  if (strpbrk (text, "\r\n") != NULL)
    return;
  soup_message_headers_append (headers, "Retry-After", text);
  g_assert_true (rushes_http_get_retry_after (headers) >= 0);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *clean = rushes_clean_words (text);
  g_autofree char *twice = rushes_clean_words (clean);

  g_assert_cmpstr (clean, ==, twice);
  g_assert_true (g_utf8_validate (clean, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (clean, -1), <=, 2000);

  read_bytes ((const char *) data, size);
  read_money (text);
  read_header (text);
  if (g_utf8_validate (text, -1, NULL))
    {
      g_autofree char *index = rushes_search_index (text);
      g_autofree char *query = rushes_search_query (text);

      read_address (text);
      read_path (text);
    }

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  static const char *const texts[] = {
    "12.345678",
    "0.0000001",
    "https://user:word@[::ffff:10.0.0.1]:8443/a b?x=%2f#y",
    "//other.example/..%2f",
    "http://127.1/",
    "data.videos[type=video].url",
    "data.videos[*][0]",
    "Sat, 21 Nov 2026 10:01:00 GMT",
    "120",
    "\xe7\xba\xb8\xe8\x88\xb9 foo-bar AND \"x",
    "\x1b]0;x\x07<b>\xe2\x80\xae\xed\xa0\x80\xf0\x9f\x8e",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rushes_fuzz_add_text (seeds, texts[i]);
}
