/* test-protocol-mutated.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Replies with anything in them. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

/* ---- whatever may come ---- */

static char *
mutate (const char *text)
{
  static const char *const scraps[] = { "null",     "{",      "}",    "[",    "]",
                                        "\"",       "\\",     ",",    ":",    "99999999999999999999",
                                        "-1",       "1e999",  "true", "\xff", "\\u0000",
                                        "https://", "data: ", "%",    "{}",   "[[[[[[",
                                        "\n\n",     "<think>" };
  GString *mutated = g_string_new (text);

  for (int n = g_test_rand_int_range (1, 6); n > 0 && mutated->len > 0; n--)
    {
      gsize place = g_test_rand_int_range (0, (int) mutated->len);
      gsize most = g_test_rand_int_range (1, 12);
      gsize length = MIN (most, mutated->len - place);

      switch (g_test_rand_int_range (0, 4))
        {
        case 0:
          mutated->str[place] = (char) g_test_rand_int_range (1, 256);
          break;
        case 1:
          g_string_erase (mutated, place, length);
          break;
        case 2:
          g_string_insert (mutated, place, scraps[g_test_rand_int_range (0, G_N_ELEMENTS (scraps))]);
          break;
        default:
          {
            g_autofree char *piece = g_strndup (mutated->str + place, length);

            g_string_insert (mutated, g_test_rand_int_range (0, (int) mutated->len), piece);
          }
          break;
        }
    }
  return g_string_free_and_steal (mutated);
}

/* Every reply gives an answer or an error with a sentence, whatever is in it, and nothing is read beyond it. */
static void
test_mutated (void)
{
  static const char *const seeds[] = {
    "{\"id\":\"7\",\"state\":\"running\",\"progress\":\"42%\",\"ahead\":3,\"cost\":0.5}",
    "{\"id\":831922345719271433,\"state\":\"done\",\"url\":\"https://x.example/a.mp4?x=1&y=%2f\",\"at\":1795255200}",
    "{\"state\":\"failed\",\"error\":{\"code\":\"policy.x\",\"message\":\"No money, no kites\"}}",
    "{\"urls\":[\"/a.mp4\",\"//x.example/b\",null,7],\"b64\":\"data:video/mp4;base64,AAAAGGZ0eXA=\"}",
    "data: {\"text\":\"<think>5%\"}\n\ndata: {\"text\":\"</think>![v](https://x.example/a) <video poster='/p' "
    "src='/v'>\"}\n\n",
    "{\"text\":\"```json\\n{\\\"url\\\":\\\"https:\\\\/\\\\/x.example\\\\/a\\\"}\\n``` &lt;video "
    "src=&quot;/v&quot;&gt;\"}",
    "",
  };
  static const guint statuses[] = { 200, 200, 200, 202, 301, 400, 401, 404, 429, 500, 503 };
  g_autoptr (RushesTestTake) take = rushes_test_take_change (
      "protocol.answer.clips", "\"expires_at\":[\"at\"],\"lifetime_at\":[\"progress\"],\"content\":\"/c/{task_id}\"");
  guint answers = 0, errors = 0;

  for (guint i = 0; i < 1500; i++)
    {
      const char *const headers[] = { "Retry-After", i % 3 == 0 ? "Sat, 21 Nov 2026 10:01:00 GMT" : "x", NULL };
      g_autofree char *body = mutate (seeds[i % G_N_ELEMENTS (seeds)]);
      guint status = statuses[g_test_rand_int_range (0, G_N_ELEMENTS (statuses))];
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (status, body, headers);
      RushesOperation operation = g_test_rand_int_range (0, 3);
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) consent_error = NULL;
      g_autoptr (RushesAnswer) answer = NULL;
      g_autoptr (RushesHttpRequest) request = NULL;

      take->task.last = reply;
      take->task.task_id = body;
      answer = rushes_test_read (take, operation, reply, &error);
      if (answer != NULL)
        {
          answers++;
          g_assert_true ((answer->phase == RUSHES_PHASE_FAILED) == (answer->error != NULL));
          g_assert_true (answer->progress == -1 || (answer->progress >= 0 && answer->progress <= 1));
        }
      else
        {
          errors++;
          g_assert_cmpint (error->domain, ==, RUSHES_ERROR);
          g_assert_true (g_str_has_suffix (error->message, "."));
          g_assert_true (g_utf8_validate (error->message, -1, NULL));
        }
      rushes_protocol_read_consent (take->protocol, RUSHES_OPERATION_CANCEL, &take->task, reply, &consent_error);
      request = rushes_protocol_build (take->protocol, RUSHES_OPERATION_STATUS, &take->task, NULL);
      g_assert_true (request == NULL || g_str_has_prefix (request->address, "https://api.kites.example/v1/videos/"));
      take->task.last = NULL;
      take->task.task_id = NULL;
    }
  /* Both sides of the code are reached. */
  g_assert_cmpuint (answers, >, 100);
  g_assert_cmpuint (errors, >, 100);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/protocol-mutated/mutated", test_mutated);

  return g_test_run ();
}
