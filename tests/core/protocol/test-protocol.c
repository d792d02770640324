/* test-protocol.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

static RushesTestTake *
new_take (const char *place, const char *members)
{
  g_autoptr (GError) error = NULL;
  RushesDescription *description = rushes_test_describe (place, members, FALSE, &error);

  g_assert_no_error (error);
  return rushes_test_take_new (description, NULL, NULL, 0);
}

static RushesAnswer *
read_answer (RushesTestTake *take, RushesOperation operation, RushesHttpReply *reply, GError **error)
{
  RushesAnswer *answer =
      rushes_protocol_read_answer (take->protocol, operation, &take->task, reply, take->spool, error);

  g_assert_true ((answer == NULL) == (*error != NULL));
  return answer;
}

/* ---- what was accepted, and what was not ---- */

static void
test_submits (void)
{
  static const struct
  {
    guint status;
    const char *body;
    const char *retry_after;
    int code; /* -1: accepted */
    RushesCharged charged;
    gboolean retryable;
  } cases[] = {
    { 200, "{\"id\":\"7\"}", NULL, -1, 0, FALSE },
    { 202, "{\"id\":831922345719271433}", NULL, -1, 0, FALSE },
    /* refusals in the service's own words */
    { 400, "{\"message\":\"no\"}", NULL, RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_NO, FALSE },
    { 401, "{\"error\":{\"code\":\"key\"}}", NULL, RUSHES_ERROR_AUTH, RUSHES_CHARGED_NO, FALSE },
    { 402, "{\"message\":\"no\"}", NULL, RUSHES_ERROR_QUOTA, RUSHES_CHARGED_NO, FALSE },
    { 403, "{\"message\":\"no\"}", NULL, RUSHES_ERROR_FORBIDDEN, RUSHES_CHARGED_NO, FALSE },
    { 404, "{\"message\":\"no\"}", NULL, RUSHES_ERROR_NOT_FOUND, RUSHES_CHARGED_NO, FALSE },
    { 422, "{\"message\":\"no\"}", NULL, RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_NO, FALSE },
    { 429, "{\"message\":\"slow\"}", NULL, RUSHES_ERROR_RATE_LIMITED, RUSHES_CHARGED_NO, TRUE },
    { 429, "{\"message\":\"There is No Money left\"}", NULL, RUSHES_ERROR_QUOTA, RUSHES_CHARGED_NO, FALSE },
    { 503, "{\"message\":\"busy\"}", "5", RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_NO, TRUE },
    { 400, "{\"error\":{\"code\":\"policy.violence\"}}", NULL, RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO, FALSE },
    /* of somebody in between, or of a kind that says nothing */
    { 401, "<html>Sign in</html>", NULL, RUSHES_ERROR_AUTH, RUSHES_CHARGED_MAYBE, FALSE },
    { 401, "", NULL, RUSHES_ERROR_AUTH, RUSHES_CHARGED_MAYBE, FALSE },
    { 429, "{\"detail\":\"?\"}", NULL, RUSHES_ERROR_RATE_LIMITED, RUSHES_CHARGED_MAYBE, FALSE },
    { 503, "{\"message\":\"busy\"}", NULL, RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_MAYBE, FALSE },
    { 500, "{\"message\":\"oops\"}", NULL, RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_MAYBE, FALSE },
    { 502, "<html>Bad Gateway</html>", NULL, RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_MAYBE, FALSE },
    { 504, "", NULL, RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_MAYBE, FALSE },
    { 408, "{\"message\":\"late\"}", NULL, RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_MAYBE, FALSE },
    { 409, "{\"message\":\"twice\"}", NULL, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE, FALSE },
    /* a job within a bad status */
    { 500, "{\"id\":\"7\",\"state\":\"queued\"}", NULL, -1, 0, FALSE },
    { 400, "{\"id\":\"7\",\"state\":\"queued\",\"message\":\"?\"}", NULL, -1, 0, FALSE },
    { 502, "{\"id\":\"7\"}", NULL, -1, 0, FALSE },
    { 400, "{\"id\":\"request-7\",\"message\":\"no\"}", NULL, RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_NO, FALSE },
    /* good statuses that say nothing, or no */
    { 200, "{}", NULL, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE, FALSE },
    { 200, "<html>", NULL, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE, FALSE },
    { 200, "", NULL, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE, FALSE },
    { 200, "{\"id\":\"\"}", NULL, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE, FALSE },
    { 200, "{\"id\":99999999999999999999}", NULL, RUSHES_ERROR_PROTOCOL, RUSHES_CHARGED_MAYBE, FALSE },
    { 200, "{\"fine\":false}", NULL, RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO, FALSE },
    { 200, "{\"state\":\"failed\",\"error\":{\"code\":\"blocked\"}}", NULL, RUSHES_ERROR_REJECTED, RUSHES_CHARGED_NO,
      FALSE },
    { 200, "{\"state\":\"failed\"}", NULL, RUSHES_ERROR_PROVIDER, RUSHES_CHARGED_MAYBE, FALSE },
    /* redirects */
    { 301, "", NULL, RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_MAYBE, FALSE },
    { 307, "{\"id\":\"7\"}", NULL, RUSHES_ERROR_BAD_REQUEST, RUSHES_CHARGED_MAYBE, FALSE },
  };
  g_autoptr (RushesTestTake) take = new_take ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const headers[] = { "Retry-After", cases[i].retry_after, NULL };
      g_autoptr (RushesHttpReply) reply =
          rushes_test_reply (cases[i].status, cases[i].body, cases[i].retry_after != NULL ? headers : NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error);

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      if (cases[i].code < 0)
        {
          g_assert_no_error (error);
          g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_WAITING);
          g_assert_nonnull (answer->task_id);
          g_assert_cmpstr (answer->host, ==, "https://api.kites.example");
          continue;
        }
      g_assert_error (error, RUSHES_ERROR, cases[i].code);
      g_assert_cmpint (rushes_error_get_charged (error), ==, cases[i].charged);
      g_assert_cmpint (rushes_error_get_retryable (error), ==, cases[i].retryable);
      g_assert_cmpuint (rushes_error_get_http_status (error), ==,
                        strstr (cases[i].body, "9999") != NULL ? 0 : cases[i].status);
    }
}

static void
test_redirect (void)
{
  static const char *const headers[] = { "Location", "https://www.kites.example/v1/videos?key=secret\x1b[31m", NULL };
  g_autoptr (RushesTestTake) take = new_take ("", NULL);
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (302, "", headers);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error);

  g_assert_null (answer);
  g_assert_cmpstr (error->message, ==,
                   "The address answers with a redirect to https://www.kites.example/v1/videos; set the base URL.");
}

/* What the description says of refusals stands instead of what is usual. */
static void
test_own_refusals (void)
{
  g_autoptr (RushesTestTake) take = new_take ("protocol.submit", "\"refusals\":[418]");
  static const struct
  {
    guint status;
    RushesCharged charged;
  } cases[] = { { 418, RUSHES_CHARGED_NO }, { 400, RUSHES_CHARGED_MAYBE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (cases[i].status, "{\"message\":\"no\"}", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error));
      g_assert_cmpint (rushes_error_get_charged (error), ==, cases[i].charged);
    }
}

/* "5xx cost nothing" is said of tasks; that a submit was not accepted, only by words or by name. */
static void
test_rules_of_submits (void)
{
  static const struct
  {
    const char *rule;
    RushesCharged charged;
  } cases[] = {
    { "{\"status\":[500],\"error\":\"PROVIDER\",\"charged\":\"no\",\"retry\":true}", RUSHES_CHARGED_MAYBE },
    { "{\"status\":[500],\"in\":[\"submit\"],\"error\":\"PROVIDER\",\"charged\":\"no\",\"retry\":true}",
      RUSHES_CHARGED_NO },
    { "{\"words\":\"full\",\"error\":\"PROVIDER\",\"charged\":\"no\",\"retry\":true}", RUSHES_CHARGED_NO },
    { "{\"words\":\"full\",\"error\":\"PROVIDER\",\"retry\":true}", RUSHES_CHARGED_MAYBE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *members = g_strdup_printf ("\"failures\":[%s]", cases[i].rule);
      g_autoptr (RushesTestTake) take = new_take ("protocol.answer", members);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (500, "{\"message\":\"The pool is full\"}", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error));
      g_assert_cmpint (rushes_error_get_charged (error), ==, cases[i].charged);
      g_assert_cmpint (rushes_error_get_retryable (error), ==, cases[i].charged == RUSHES_CHARGED_NO);
    }
}

/* A refusal of a language model comes as prose. */
static void
test_prose (void)
{
  g_autoptr (RushesTestTake) take = new_take ("", "\"waiting\":\"synchronous\"");
  static const struct
  {
    const char *body;
    const char *words;
  } cases[] = {
    { "{\"text\":\"I can\\u001b[1mnot do this.\\n\"}", "I can␛[1mnot do this." },
    { "{\"text\":\"\"}", NULL },
    { "data: {\"text\":\"I can\"}\n\ndata: {\"text\":\"not.\"}\n\ndata: [DONE]\n\n", "I cannot." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
      g_assert_cmpstr (error->message, ==, "Kites answered without a clip.");
      g_assert_cmpstr (rushes_error_get_words (error), ==, cases[i].words);
      g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
      g_assert_false (rushes_error_get_retryable (error));
    }
}

static void
test_streams (void)
{
  static const char *const bodies[] = {
    "data: {\"text\":\"<think>45%\"}\n\ndata: {\"text\":\"</think><video src=\\\"https://x.ex\"}\n\n"
    "data: {\"text\":\"ample/a\\\">\"}\n\ndata: [DONE]\n\n",
    "event: message\r\ndata: {\"text\":\r\ndata: \"https://x.example/a\"}\r\n\r\n: keep-alive\r\n\r\n",
    "data:{\"url\":\"https://x.example/a\"}",
  };
  g_autoptr (RushesTestTake) take = new_take ("", "\"waiting\":\"synchronous\"");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, bodies[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error);

      g_assert_no_error (error);
      g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
      g_assert_cmpuint (answer->outputs->len, ==, 1);
      g_assert_cmpstr (((RushesOutput *) g_ptr_array_index (answer->outputs, 0))->uri, ==, "https://x.example/a");
    }
}

/* ---- how a task is doing ---- */

static void
test_states (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int phase; /* -1: an error */
    double progress;
    int place;
    int code; /* of the error; -1 */
  } cases[] = {
    { 200, "{\"state\":\"QUEUED\",\"ahead\":3}", RUSHES_PHASE_WAITING, -1, 3, -1 },
    { 200, "{\"state\":\"IN_QUEUE\"}", RUSHES_PHASE_WAITING, -1, -1, -1 },
    { 200, "{\"state\":\"NOT_START\"}", RUSHES_PHASE_WAITING, -1, -1, -1 },
    { 200, "{\"state\":\"TASK_STATUS_QUEUED\"}", RUSHES_PHASE_WAITING, -1, -1, -1 },
    { 200, "{\"state\":\"Flying\",\"progress\":\"42%\"}", RUSHES_PHASE_RUNNING, 0.42, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":42}", RUSHES_PHASE_RUNNING, 0.42, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":0.42}", RUSHES_PHASE_RUNNING, 0.42, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":1}", RUSHES_PHASE_RUNNING, 0.01, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":1.0}", RUSHES_PHASE_RUNNING, 1, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":99.5}", RUSHES_PHASE_RUNNING, 0.995, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":100}", RUSHES_PHASE_RUNNING, 1, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":\"0.5 %\"}", RUSHES_PHASE_RUNNING, 0.005, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":500}", RUSHES_PHASE_RUNNING, 1, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":-1}", RUSHES_PHASE_RUNNING, 0, -1, -1 },
    { 200, "{\"state\":\"running\",\"progress\":\"soon\"}", RUSHES_PHASE_RUNNING, -1, -1, -1 },
    { 200, "{\"state\":\"unknown\"}", RUSHES_PHASE_RUNNING, -1, -1, -1 },
    { 200, "{\"state\":\"pondering\"}", RUSHES_PHASE_RUNNING, -1, -1, -1 },
    { 202, "", RUSHES_PHASE_RUNNING, -1, -1, -1 },
    { 200, "{}", RUSHES_PHASE_RUNNING, -1, -1, -1 },
    { 200, "{\"state\":\"done\"}", RUSHES_PHASE_DONE, -1, -1, -1 },
    { 200, "{\"url\":\"https://x.example/a\"}", RUSHES_PHASE_DONE, -1, -1, -1 },
    { 200, "{\"state\":\"canceled\"}", RUSHES_PHASE_CANCELLED, -1, -1, -1 },
    { 200, "{\"state\":\"FAILURE\"}", RUSHES_PHASE_FAILED, -1, -1, RUSHES_ERROR_PROVIDER },
    { 200, "{\"state\":\"expired\"}", RUSHES_PHASE_FAILED, -1, -1, RUSHES_ERROR_TIMEOUT },
    { 200, "{\"state\":\"done\",\"fine\":false}", RUSHES_PHASE_FAILED, -1, -1, RUSHES_ERROR_REJECTED },
    /* a job within a bad status; a status that ends; and questions that failed */
    { 500, "{\"state\":\"failed\",\"error\":{\"code\":500}}", RUSHES_PHASE_FAILED, -1, -1, RUSHES_ERROR_PROVIDER },
    { 400, "{\"message\":\"Bad from the start\"}", RUSHES_PHASE_FAILED, -1, -1, RUSHES_ERROR_BAD_REQUEST },
    { 400, "<html>", -1, 0, 0, RUSHES_ERROR_BAD_REQUEST },
    { 401, "{\"message\":\"key\"}", -1, 0, 0, RUSHES_ERROR_AUTH },
    { 402, "{\"message\":\"pay\"}", -1, 0, 0, RUSHES_ERROR_QUOTA },
    { 403, "{\"message\":\"no\"}", -1, 0, 0, RUSHES_ERROR_FORBIDDEN },
    { 404, "{\"message\":\"what\"}", -1, 0, 0, RUSHES_ERROR_NOT_FOUND },
    { 410, "", -1, 0, 0, RUSHES_ERROR_NOT_FOUND },
    { 429, "{\"message\":\"slow\"}", -1, 0, 0, RUSHES_ERROR_RATE_LIMITED },
    { 500, "{\"message\":\"oops\"}", -1, 0, 0, RUSHES_ERROR_PROVIDER },
    { 500, "{\"state\":\"running\"}", -1, 0, 0, RUSHES_ERROR_PROVIDER },
    { 200, "<html>Sign in to the hotel</html>", -1, 0, 0, RUSHES_ERROR_PROTOCOL },
    { 200, "OK", -1, 0, 0, RUSHES_ERROR_PROTOCOL },
    { 200, "{\"state\":\"running\"}{\"state\":\"done\"}", RUSHES_PHASE_RUNNING, -1, -1, -1 },
  };
  g_autoptr (RushesTestTake) take = new_take ("", NULL);

  take->task.task_id = "7";
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (cases[i].status, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_STATUS, reply, &error);

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      if (cases[i].phase < 0)
        {
          g_assert_error (error, RUSHES_ERROR, cases[i].code);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpint (answer->phase, ==, cases[i].phase);
      g_assert_cmpfloat_with_epsilon (answer->progress, cases[i].progress, 1e-9);
      g_assert_cmpint (answer->place, ==, cases[i].place);
      if (cases[i].code >= 0)
        g_assert_error (answer->error, RUSHES_ERROR, cases[i].code);
      else
        g_assert_no_error (answer->error);
    }
}

static void
test_progress_in_text (void)
{
  static const struct
  {
    const char *progress;
    const char *body;
    double found;
  } cases[] = {
    { "{\"at\":[\"logs[*].message\"],\"find\":\"(\\\\d{1,3})\\\\s*%\"}",
      "{\"logs\":[{\"message\":\"10%\"},{\"message\":\"Step 40% of 50 %\"},{\"message\":\"saving\"}]}", 0.5 },
    { "{\"at\":[\"progress\"],\"of\":100}", "{\"progress\":0.5}", 0.005 },
    { "{\"at\":[\"progress\"],\"of\":1}", "{\"progress\":1}", 1 },
    /* one that would go on for ever */
    { "{\"at\":[\"progress\"],\"find\":\"^((a+)+)+$\"}",
      "{\"progress\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\"}", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *members = g_strdup_printf ("\"progress\":%s", cases[i].progress);
      g_autoptr (RushesTestTake) take = new_take ("protocol.answer", members);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_STATUS, reply, &error);

      g_assert_no_error (error);
      g_assert_cmpfloat_with_epsilon (answer->progress, cases[i].found, 1e-9);
    }
}

/* Who pays for a task that failed: the reply first, then the failure, then the kind of it. */
static void
test_charged (void)
{
  static const struct
  {
    const char *body;
    RushesCharged charged;
  } cases[] = {
    { "{\"state\":\"failed\",\"error\":{\"code\":\"blocked\"}}", RUSHES_CHARGED_NO },
    { "{\"state\":\"failed\",\"error\":{\"code\":\"blocked\"},\"cost\":0.5}", RUSHES_CHARGED_YES },
    { "{\"state\":\"failed\",\"cost\":0}", RUSHES_CHARGED_NO },
    { "{\"state\":\"failed\",\"message\":\"no money\"}", RUSHES_CHARGED_YES },
    { "{\"state\":\"failed\"}", RUSHES_CHARGED_MAYBE },
    { "{\"state\":\"expired\"}", RUSHES_CHARGED_NO },
  };
  g_autoptr (RushesTestTake) take = new_take ("protocol.answer", "\"charged\":{\"QUOTA\":\"yes\"}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_STATUS, reply, &error);

      g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_FAILED);
      g_assert_cmpint (rushes_error_get_charged (answer->error), ==, cases[i].charged);
    }
}

static void
test_waits (void)
{
  static const struct
  {
    const char *headers[5];
    double seconds;
  } cases[] = {
    { { NULL }, 0 },
    { { "Retry-After", "7", NULL }, 7 },
    { { "Retry-After", "Sat, 21 Nov 2026 10:01:00 GMT", "Date", "Sat, 21 Nov 2026 10:00:00 GMT", NULL }, 60 },
    { { "retry-after-ms", "1500", "Retry-After", "2", NULL }, 1.5 },
    { { "retry-after-ms", "soon", "Retry-After", "2", NULL }, 2 },
  };
  g_autoptr (RushesTestTake) take = new_take ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (429, "{\"message\":\"slow\"}", cases[i].headers);
      g_autoptr (GError) error = NULL;

      g_assert_null (read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error));
      g_assert_cmpfloat (rushes_error_get_retry_after (error), ==, cases[i].seconds);
    }
}

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
  g_autoptr (RushesTestTake) take = new_take ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_STATUS, reply, &error);
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
      g_autoptr (RushesTestTake) take = new_take ("protocol.answer.clips", cases[i].rule);
      g_autofree char *body = g_strdup_printf ("{\"url\":\"https://x.example/a\"%s%s",
                                               cases[i].body[1] != '}' ? "," : "", cases[i].body + 1);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, body, cases[i].date != NULL ? headers : NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_STATUS, reply, &error);
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
  g_autoptr (RushesTestTake) take = new_take ("", NULL);
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
          read_answer (take, i == 0 ? RUSHES_OPERATION_STATUS : RUSHES_OPERATION_SUBMIT, reply, &error);
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

static void
test_inline_nowhere (void)
{
  g_autoptr (RushesTestTake) take = new_take ("", NULL);
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, "{\"b64\":\"AAAA\"}", NULL);
  g_autoptr (GError) error = NULL;

  g_object_unref (take->spool);
  take->spool = g_file_new_for_path ("/nowhere/at/all/spool");
  g_assert_null (read_answer (take, RUSHES_OPERATION_SUBMIT, reply, &error));
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
      g_autoptr (RushesTestTake) take = new_take ("protocol.answer.cost", members);
      g_autofree char *body = g_strdup_printf ("{\"state\":\"running\",\"cost\":%s}", cases[i].cost);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_answer (take, RUSHES_OPERATION_STATUS, reply, &error);
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

/* ---- whom is asked ---- */

static void
test_addresses (void)
{
  static const struct
  {
    const char *target;
    const char *address; /* NULL: nothing is sent */
  } cases[] = {
    { "https://api.kites.example/q/7", "https://api.kites.example/q/7?logs=1" },
    { "https://rest.kites.example/q/7?a=b", "https://rest.kites.example/q/7?a=b&logs=1" },
    { "/q/7", "https://api.kites.example/q/7?logs=1" },
    { "https://evil.example/q/7", NULL },
    { "http://api.kites.example/q/7", NULL },
    { "https://api.kites.example:8443/q/7", NULL },
    { "https://api.kites.example@evil.example/q", NULL },
    { "https://api.kites.example.evil.example/q", NULL },
    { "//evil.example/q", NULL },
    { "q/7", NULL },
    { "file:///etc/passwd", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *last = g_strdup_printf ("{\"cancel_url\":\"%s\"}", cases[i].target);
      g_autoptr (RushesTestTake) take =
          new_take ("protocol", "\"status\":{\"path\":\"/v1/{task_id}\",\"query\":{\"logs\":1}},"
                                "\"cancel\":{\"method\":\"PUT\",\"address\":[\"cancel_url\"],\"query\":{\"logs\":1}}");
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, last, NULL);

      take->task.task_id = "7";
      take->task.poll_target = cases[i].target;
      take->task.submitted = reply;
      for (RushesOperation operation = RUSHES_OPERATION_STATUS; operation <= RUSHES_OPERATION_CANCEL; operation += 2)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (RushesHttpRequest) request =
              rushes_protocol_build (take->protocol, operation, &take->task, &error);

          g_test_message ("%s", cases[i].target);
          if (cases[i].address == NULL)
            {
              g_assert_null (request);
              g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
              continue;
            }
          g_assert_no_error (error);
          g_assert_cmpstr (request->address, ==, cases[i].address);
          g_assert_true (request->with_key);
          g_assert_false (request->is_submit);
        }
    }
}

static void
test_routes (void)
{
  g_autoptr (GError) error = NULL;
  RushesDescription *description = rushes_test_describe (
      "",
      "\"routes\":[{\"when\":{\"mode\":[\"first\"]},\"submit\":{\"method\":\"POST\",\"path\":\"/image\"},"
      "\"answer\":{\"task\":[\"data.id\"]}}]",
      FALSE, &error);
  g_autoptr (RushesTestTake) image = NULL;
  g_autoptr (RushesTestTake) text = NULL;
  g_autoptr (RushesHttpRequest) submit = NULL;
  g_autoptr (RushesHttpRequest) status = NULL;
  g_autoptr (RushesHttpRequest) plain = NULL;
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, "{\"id\":\"a\",\"data\":{\"id\":\"b\"}}", NULL);
  g_autoptr (RushesAnswer) one = NULL;
  g_autoptr (RushesAnswer) other = NULL;

  g_assert_no_error (error);
  image = rushes_test_take_new (g_object_ref (description), NULL, "f", RUSHES_FORM_DATA);
  text = rushes_test_take_new (description, NULL, NULL, 0);
  image->task.task_id = "7";

  submit = rushes_protocol_build (image->protocol, RUSHES_OPERATION_SUBMIT, &image->task, &error);
  g_assert_cmpstr (submit->address, ==, "https://api.kites.example/image");
  g_assert_true (submit->is_submit);
  g_assert_cmpfloat (submit->first_byte, ==, 180);
  status = rushes_protocol_build (image->protocol, RUSHES_OPERATION_STATUS, &image->task, &error);
  g_assert_cmpstr (status->address, ==, "https://api.kites.example/v1/videos/7");
  plain = rushes_protocol_build (text->protocol, RUSHES_OPERATION_SUBMIT, &text->task, &error);
  g_assert_cmpstr (plain->address, ==, "https://api.kites.example/v1/videos");

  one = read_answer (image, RUSHES_OPERATION_SUBMIT, reply, &error);
  g_assert_cmpstr (one->task_id, ==, "b");
  other = read_answer (text, RUSHES_OPERATION_SUBMIT, reply, &error);
  g_assert_cmpstr (other->task_id, ==, "a");

  g_assert_true (rushes_protocol_has (text->protocol, NULL, RUSHES_OPERATION_CANCEL));
  g_assert_false (rushes_protocol_has (text->protocol, &text->task, RUSHES_OPERATION_RESULT));
  g_assert_null (rushes_protocol_build (text->protocol, RUSHES_OPERATION_RESULT, &text->task, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
}

static void
test_normalize (void)
{
  static const struct
  {
    const char *typed;
    const char *url; /* NULL: refused */
  } cases[] = {
    { "https://api.kites.example", "https://api.kites.example" },
    { " https://API.kites.example/v1/ \n", "https://api.kites.example" },
    { "https://gw.example/kites/v1", "https://gw.example/kites" },
    { "https://gw.example:8443//", "https://gw.example:8443" },
    { "http://localhost:8091/v1", "http://localhost:8091" },
    { "http://192.168.1.5:8091", "http://192.168.1.5:8091" },
    { "http://gpu-box:8091", "http://gpu-box:8091" },
    { "http://printer.local", "http://printer.local" },
    { "http://api.kites.example", NULL },
    { "http://134744072", NULL },
    { "https://api.balloons.example/v1", NULL },
    { "https://API.BALLOONS.example", NULL },
    { "https://me:you@gw.example", NULL },
    { "https://gw.example/?key=1", NULL },
    { "gw.example", NULL },
    { "ftp://gw.example", NULL },
    { "", NULL },
  };
  g_autoptr (RushesTestTake) take = new_take ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *url = rushes_protocol_normalize_url (take->protocol, cases[i].typed, &error);

      g_test_message ("%s", cases[i].typed);
      g_assert_cmpstr (url, ==, cases[i].url);
      if (cases[i].url == NULL)
        g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
    }
}

static void
test_consent (void)
{
  static const struct
  {
    RushesOperation operation;
    guint status;
    const char *body;
    int code; /* -1: fine */
  } cases[] = {
    { RUSHES_OPERATION_CANCEL, 204, "", -1 },
    { RUSHES_OPERATION_CANCEL, 202, "{\"status\":\"CANCELLATION_REQUESTED\"}", -1 },
    { RUSHES_OPERATION_CANCEL, 405, "", RUSHES_ERROR_UNSUPPORTED },
    { RUSHES_OPERATION_CANCEL, 404, "", RUSHES_ERROR_NOT_FOUND },
    { RUSHES_OPERATION_CANCEL, 400, "{\"message\":\"late\"}", RUSHES_ERROR_BAD_REQUEST },
    { RUSHES_OPERATION_CANCEL, 200, "{\"fine\":false}", RUSHES_ERROR_REJECTED },
    { RUSHES_OPERATION_TEST, 200, "{}", -1 },
    { RUSHES_OPERATION_TEST, 200, "<html>", RUSHES_ERROR_PROTOCOL },
    { RUSHES_OPERATION_TEST, 200, "", RUSHES_ERROR_PROTOCOL },
    { RUSHES_OPERATION_TEST, 401, "{}", RUSHES_ERROR_AUTH },
    { RUSHES_OPERATION_TEST, 404, "{}", RUSHES_ERROR_NOT_FOUND },
    { RUSHES_OPERATION_TEST, 204, "", RUSHES_ERROR_PROVIDER },
  };
  g_autoptr (RushesTestTake) take = new_take ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (cases[i].status, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      gboolean is_fine = rushes_protocol_read_consent (take->protocol, cases[i].operation, &take->task, reply, &error);

      g_test_message ("%u %s", cases[i].status, cases[i].body);
      g_assert_cmpint (is_fine, ==, cases[i].code < 0);
      if (cases[i].code >= 0)
        g_assert_error (error, RUSHES_ERROR, cases[i].code);
    }
}

/* A key is fine where the service says so with a bad status, unless it speaks of the key. */
static void
test_good_statuses (void)
{
  g_autoptr (RushesTestTake) take =
      new_take ("protocol",
                "\"test\":{\"path\":\"/tasks/0\",\"good\":[200,404]},"
                "\"answer\":{\"task\":[\"id\"],\"code\":[\"code\"],"
                "\"failures\":[{\"code\":[\"1000\"],\"error\":\"AUTH\"},{\"code\":[\"1*\"],\"error\":\"NOT_FOUND\"}]}");
  g_autoptr (RushesHttpReply) unknown = rushes_test_reply (404, "{\"code\":1203}", NULL);
  g_autoptr (RushesHttpReply) refused = rushes_test_reply (404, "{\"code\":1000}", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (rushes_protocol_read_consent (take->protocol, RUSHES_OPERATION_TEST, NULL, unknown, &error));
  g_assert_no_error (error);
  g_assert_false (rushes_protocol_read_consent (take->protocol, RUSHES_OPERATION_TEST, NULL, refused, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_AUTH);
}

/* ---- pictures ---- */

static void
test_upload (void)
{
  g_autoptr (RushesTestTake) take = new_take ("", NULL);
  g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autoptr (GBytes) large_bytes = g_bytes_new_take (g_malloc0 (1001), 1001);
  g_autoptr (RushesSentPicture) picture =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, bytes, "image/png", "first-frame.png");
  g_autoptr (RushesSentPicture) large =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, large_bytes, "image/png", "large.png");
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (
      201, "{\"put\":\"https://bucket.example/?s=1\",\"fields\":{\"key\":\"k\",\"n\":1},\"get\":\"kites://7\"}", NULL);
  g_autoptr (RushesHttpReply) empty = rushes_test_reply (200, "{}", NULL);
  g_autoptr (RushesHttpReply) refusal = rushes_test_reply (401, "{\"message\":\"key\"}", NULL);
  g_autoptr (RushesHttpRequest) first = NULL;
  g_autoptr (RushesHttpRequest) second = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) empty_error = NULL;
  g_autoptr (GError) refusal_error = NULL;
  g_autoptr (GError) large_error = NULL;
  g_autofree char *given = NULL;
  g_autofree char *body = NULL;
  g_autoptr (JsonNode) node = NULL;
  double lifetime;

  g_assert_true (rushes_protocol_has (take->protocol, &take->task, RUSHES_OPERATION_UPLOAD));
  g_assert_cmpuint (rushes_protocol_get_n_upload_steps (take->protocol), ==, 2);
  first = rushes_protocol_build_upload (take->protocol, 0, &take->task, picture, values, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->address, ==, "https://rest.kites.example/upload");
  g_assert_true (first->with_key);
  body = json_to_string (first->json, FALSE);
  g_assert_cmpstr (body, ==, "{\"name\":\"first-frame.png\",\"type\":\"image/png\",\"size\":3}");

  /* Nothing is known yet of where to put it. */
  g_assert_null (rushes_protocol_build_upload (take->protocol, 1, &take->task, picture, values, &empty_error));
  g_assert_error (empty_error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
  g_clear_error (&empty_error);
  g_assert_false (rushes_protocol_read_upload (take->protocol, 0, empty, values, &empty_error));
  g_assert_error (empty_error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
  g_assert_false (rushes_protocol_read_upload (take->protocol, 0, refusal, values, &refusal_error));
  g_assert_error (refusal_error, RUSHES_ERROR, RUSHES_ERROR_AUTH);

  g_assert_true (rushes_protocol_read_upload (take->protocol, 0, reply, values, &error));
  second = rushes_protocol_build_upload (take->protocol, 1, &take->task, picture, values, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (second->address, ==, "https://bucket.example/?s=1");
  g_assert_false (second->with_key);
  g_assert_cmpuint (second->headers->len, ==, 0);
  node = rushes_http_request_to_json (second);
  g_free (body);
  body = json_to_string (json_object_get_member (json_node_get_object (node), "body"), FALSE);
  g_assert_cmpstr (body, ==,
                   "[{\"name\":\"key\",\"value\":\"k\"},{\"name\":\"n\",\"value\":\"1\"},"
                   "{\"name\":\"file\",\"filename\":\"first-frame.png\",\"content_type\":\"image/png\",\"length\":3}]");

  given = rushes_protocol_finish_upload (take->protocol, values, &lifetime, &error);
  g_assert_cmpstr (given, ==, "kites://7");
  g_assert_cmpfloat (lifetime, ==, 86400);

  g_assert_null (rushes_protocol_build_upload (take->protocol, 0, &take->task, large, values, &large_error));
  g_assert_error (large_error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpstr (rushes_error_get_field (large_error), ==, "image");
}

/* With the key a picture only goes to the service's own. */
static void
test_upload_elsewhere (void)
{
  g_autoptr (RushesTestTake) take =
      new_take ("", "\"upload\":{\"steps\":[{\"path\":\"/a\",\"read\":{\"put\":[\"put\"]}},"
                    "{\"method\":\"PUT\",\"address\":\"{put}\",\"picture\":\"{picture}\"}],\"gives\":\"{put}\"}");
  static const struct
  {
    const char *put;
    gboolean is_sent;
  } cases[] = { { "https://evil.example/", FALSE }, { "https://rest.kites.example/p", TRUE }, { "/p", TRUE } };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("PNG", 3);
  g_autoptr (RushesSentPicture) picture =
      rushes_sent_picture_new (RUSHES_ROLE_FIRST_FRAME, RUSHES_FORM_UPLOAD, bytes, "image/png", "first-frame.png");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autoptr (RushesHttpRequest) request = NULL;
      g_autoptr (GError) error = NULL;

      g_hash_table_insert (values, g_strdup ("put"), g_strdup (cases[i].put));
      request = rushes_protocol_build_upload (take->protocol, 1, &take->task, picture, values, &error);
      g_assert_cmpint (request != NULL, ==, cases[i].is_sent);
      if (request != NULL)
        {
          g_assert_cmpmem (g_bytes_get_data (request->bytes, NULL), g_bytes_get_size (request->bytes), "PNG", 3);
          g_assert_cmpstr (request->media_type, ==, "image/png");
        }
    }
}

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
  g_autoptr (RushesTestTake) take = new_take (
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
      answer = read_answer (take, operation, reply, &error);
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

  g_test_add_func ("/protocol/submits", test_submits);
  g_test_add_func ("/protocol/redirect", test_redirect);
  g_test_add_func ("/protocol/own-refusals", test_own_refusals);
  g_test_add_func ("/protocol/rules-of-submits", test_rules_of_submits);
  g_test_add_func ("/protocol/prose", test_prose);
  g_test_add_func ("/protocol/streams", test_streams);
  g_test_add_func ("/protocol/states", test_states);
  g_test_add_func ("/protocol/progress-in-text", test_progress_in_text);
  g_test_add_func ("/protocol/charged", test_charged);
  g_test_add_func ("/protocol/waits", test_waits);
  g_test_add_func ("/protocol/outputs", test_outputs);
  g_test_add_func ("/protocol/expiry", test_expiry);
  g_test_add_func ("/protocol/inline", test_inline);
  g_test_add_func ("/protocol/inline-nowhere", test_inline_nowhere);
  g_test_add_func ("/protocol/cost", test_cost);
  g_test_add_func ("/protocol/addresses", test_addresses);
  g_test_add_func ("/protocol/routes", test_routes);
  g_test_add_func ("/protocol/normalize", test_normalize);
  g_test_add_func ("/protocol/consent", test_consent);
  g_test_add_func ("/protocol/good-statuses", test_good_statuses);
  g_test_add_func ("/protocol/upload", test_upload);
  g_test_add_func ("/protocol/upload-elsewhere", test_upload_elsewhere);
  g_test_add_func ("/protocol/mutated", test_mutated);

  return g_test_run ();
}
