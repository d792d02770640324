/* test-protocol-clips.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Where clips lie, how long, and what they cost. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

/* ---- clips ---- */

static void
test_outputs (void)
{
  static const struct
  {
    const char *body;
    const char *uris; /* with blanks between */
  } cases[] = {
    { "{\"state\":\"done\",\"url\":\"https://x.example/a?X-Sig=%2f+b\"}", "https://x.example/a?X-Sig=%2f+b" },
    { "{\"state\":\"done\",\"url\":\"/files/a.mp4\"}", "https://api.kites.example/files/a.mp4" },
    { "{\"state\":\"done\",\"url\":\"//cdn.example/a.mp4\"}", "https://cdn.example/a.mp4" },
    { "{\"state\":\"done\",\"url\":\" https://x.example/a \"}", "https://x.example/a" },
    { "{\"state\":\"done\",\"url\":null,\"urls\":[\"https://x.example/a\",\"https://x.example/b\"]}",
      "https://x.example/a https://x.example/b" },
    { "{\"state\":\"done\",\"url\":\"file:///etc/passwd\",\"urls\":[\"javascript:1\",\"https://x.example/a\"]}",
      "https://x.example/a" },
    { "{\"state\":\"done\",\"url\":\"https://x.example/a\\nb\"}", "" },
    { "{\"state\":\"done\",\"url\":\"\",\"text\":\"see https://x.example/v.mp4\"}", "https://x.example/v.mp4" },
    { "{\"state\":\"done\",\"url\":7}", "" },
    { "{\"state\":\"done\"}", "" },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error);
      g_autoptr (GString) uris = g_string_new (NULL);

      g_assert_no_error (error);
      for (guint n = 0; answer->outputs != NULL && n < answer->outputs->len; n++)
        g_string_append_printf (uris, "%s%s", n > 0 ? " " : "",
                                ((RushesOutput *) g_ptr_array_index (answer->outputs, n))->uri);
      g_assert_cmpstr (uris->str, ==, cases[i].uris);
    }
}

static void
test_expiry (void)
{
  static const struct
  {
    const char *rule;
    const char *body;
    const char *date;
    double seconds; /* from now; 0: not known */
  } cases[] = {
    { "\"lifetime\":60", "{}", NULL, 60 },
    { "\"lifetime\":60,\"lifetime_at\":[\"ttl\"]", "{\"ttl\":\"3600\"}", NULL, 3600 },
    { "\"lifetime\":60,\"lifetime_at\":[\"ttl\"]", "{\"ttl\":\"soon\"}", NULL, 60 },
    { "\"expires_at\":[\"at\"]", "{\"at\":1795258800}", "Sat, 21 Nov 2026 09:00:00 GMT", 2 * 3600 },
    { "\"expires_at\":[\"at\"]", "{\"at\":1795258800000}", "Sat, 21 Nov 2026 09:00:00 GMT", 2 * 3600 },
    { "\"expires_at\":[\"at\"]", "{\"at\":\"2026-11-21T10:00:00Z\"}", "Sat, 21 Nov 2026 09:00:00 GMT", 3600 },
    { "\"expires_at\":[\"at\"]", "{\"at\":\"2026-11-21T10:00:00\"}", "Sat, 21 Nov 2026 09:00:00 GMT", 3600 },
    { "\"expires_at\":[\"at\"]", "{\"at\":\"tomorrow\"}", NULL, 0 },
    { "\"expires_at\":[\"at\"]", "{\"at\":1e300}", NULL, 0 },
    { "\"expires_at\":[\"at\"]", "{}", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const headers[] = { "Date", cases[i].date, NULL };
      g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer.clips", cases[i].rule);
      g_autofree char *body = g_strdup_printf ("{\"url\":\"https://x.example/a\"%s%s",
                                               cases[i].body[1] != '}' ? "," : "", cases[i].body + 1);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, body, cases[i].date != NULL ? headers : NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error);
      const RushesOutput *output = g_ptr_array_index (answer->outputs, 0);

      g_test_message ("%s", body);
      if (cases[i].seconds == 0)
        g_assert_cmpint (output->expires, ==, 0);
      else
        g_assert_cmpfloat_with_epsilon ((output->expires - g_get_real_time ()) / 1e6, cases[i].seconds, 5);
    }
}

/* Bytes within a reply: in base64, larger than one piece, and as the body itself. */
static void
test_inline (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
  gsize size = 300000;
  g_autofree guchar *clip = g_malloc (size);
  g_autofree char *base64 = NULL;
  g_autofree char *json = NULL;
  g_autofree char *expected = g_strconcat (g_file_peek_path (take->spool), ".clip", NULL);

  for (gsize i = 0; i < size; i++)
    clip[i] = i * 7;
  memcpy (clip,
          "\0\0\0\x18"
          "ftypisom",
          12);
  base64 = g_base64_encode (clip, size);
  json = g_strdup_printf ("{\"state\":\"done\",\"b64\":\"data:video/mp4;base64,%s\"}", base64);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) body = i == 0 ? g_bytes_new (json, strlen (json)) : g_bytes_new (clip, size);
      g_autoptr (RushesHttpReply) reply = rushes_http_reply_new (200, NULL, body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer =
          rushes_test_read (take, i == 0 ? RUSHES_OPERATION_STATUS : RUSHES_OPERATION_SUBMIT, reply, &error);
      g_autofree char *path = NULL;
      g_autofree char *found = NULL;
      gsize length;

      g_assert_no_error (error);
      g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
      path = g_filename_from_uri (((RushesOutput *) g_ptr_array_index (answer->outputs, 0))->uri, NULL, &error);
      g_assert_cmpstr (path, ==, expected);
      g_file_get_contents (path, &found, &length, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (found, length, clip, size);
    }
}

/* Only what is base64 to its end is a clip. */
static void
test_base64 (void)
{
  static const struct
  {
    const char *text;  /* as it stands in JSON */
    const char *clip;  /* NULL: it is none */
    const char *words; /* in the sentence about that */
  } cases[] = {
    { "QUJDREU=", "ABCDE", NULL },
    { "QUJDRA==", "ABCD", NULL },
    { "QUJDREVG", "ABCDEF", NULL },
    { "QUJDREU", "ABCDE", NULL },
    { " QUJD\\r\\n\\tREU = \\n", "ABCDE", NULL },
    { "////++++", "\xff\xff\xff\xfb\xef\xbe", NULL },
    { "\\//\\u002f/+\\u002B++", "\xff\xff\xff\xfb\xef\xbe", NULL },
    { "____----", "\xff\xff\xff\xfb\xef\xbe", NULL },
    { "data:video/mp4;base64,QUJD", "ABC", NULL },
    { "DATA:;codecs=avc1;Base64,QUJD", "ABC", NULL },
    { "QUJ%D", NULL, "“%”" },
    { "QUJ\\u00e9D", NULL, "not in base64" },
    { "QUJDR", NULL, "cut short" },
    { "QUJDRA=", NULL, "cut short" },
    { "QUJDRA===", NULL, "“=”" },
    { "QUJD=", NULL, "“=”" },
    { "QUJDRA==QUJD", NULL, "“Q”" },
    { "=QUJ", NULL, "“=”" },
    { "data:video/mp4,QUJD", NULL, "without base64" },
    { "data:video/mp4;base64", NULL, "cut short" },
    { "data:video/mp4;base64,", NULL, "empty" },
    { "<html>", NULL, "“<”" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
      g_autofree char *json = g_strdup_printf ("{\"state\":\"done\",\"b64\":\"%s\"}", cases[i].text);
      g_autofree char *path = g_strconcat (g_file_peek_path (take->spool), ".clip", NULL);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, json, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error);
      g_autofree char *found = NULL;

      g_test_message ("%s: %s", cases[i].text, error != NULL ? error->message : "");
      if (cases[i].clip != NULL)
        {
          g_assert_no_error (error);
          g_assert_true (g_file_get_contents (path, &found, NULL, NULL));
          g_assert_cmpstr (found, ==, cases[i].clip);
          continue;
        }
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
      g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
    }
}

static void
test_inline_nowhere (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, "{\"b64\":\"AAAA\"}", NULL);
  g_autoptr (GError) error = NULL;

  g_object_unref (take->spool);
  take->spool = g_file_new_for_path ("/nowhere/at/all/spool");
  g_assert_null (rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
}

static void
test_cost (void)
{
  static const struct
  {
    const char *unit;
    const char *cost;
    const char *amount; /* NULL: none was reported */
  } cases[] = {
    { "1", "3.2", "3.2" },
    { "1", "\"3.5\"", "3.5" },
    { "0.01", "60", "0.6" },
    { "0.0000000001", "4200000000", "0.42" },
    { "0.0000000001", "1", "0.000001" },
    { "0.1", "0.1", "0.01" },
    { "0.14", "3.5", "0.49" },
    { "99999.9", "99999.9", "9999980000.01" },
    { "1", "1e-5", "0.00001" },
    { "1", "0", "0" },
    { "3", "\"333333333333.333333\"", "999999999999.999999" },
    { "1", "-1", NULL },
    { "1", "\"free\"", NULL },
    { "1", "1e300", NULL },
    { "1", "null", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *members = g_strdup_printf ("\"unit\":\"%s\"", cases[i].unit);
      g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer.cost", members);
      g_autofree char *body = g_strdup_printf ("{\"state\":\"running\",\"cost\":%s}", cases[i].cost);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error);
      g_autofree char *amount = NULL;

      g_test_message ("%s × %s", cases[i].cost, cases[i].unit);
      if (cases[i].amount == NULL)
        {
          g_assert_cmpint (answer->cost.kind, ==, RUSHES_PRICE_UNKNOWN);
          continue;
        }
      g_assert_cmpint (answer->cost.kind, ==, RUSHES_PRICE_REPORTED);
      amount = rushes_money_to_amount (answer->cost.high);
      g_assert_cmpstr (amount, ==, cases[i].amount);
      g_assert_cmpstr (answer->cost.high.currency, ==, "USD");
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/protocol-clips/outputs", test_outputs);
  g_test_add_func ("/protocol-clips/expiry", test_expiry);
  g_test_add_func ("/protocol-clips/inline", test_inline);
  g_test_add_func ("/protocol-clips/base64", test_base64);
  g_test_add_func ("/protocol-clips/inline-nowhere", test_inline_nowhere);
  g_test_add_func ("/protocol-clips/cost", test_cost);

  return g_test_run ();
}
