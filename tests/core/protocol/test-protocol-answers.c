/* test-protocol-answers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What replies of services come to: what was accepted, who pays, what may be sent again. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

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
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const char *const headers[] = { "Retry-After", cases[i].retry_after, NULL };
      g_autoptr (RushesHttpReply) reply =
          rushes_test_reply (cases[i].status, cases[i].body, cases[i].retry_after != NULL ? headers : NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error);

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
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (302, "", headers);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error);

  g_assert_null (answer);
  g_assert_cmpstr (error->message, ==,
                   "The address answers with a redirect to https://www.kites.example/v1/videos; set the base URL.");
}

/* What the description says of refusals stands instead of what is usual. */
static void
test_own_refusals (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.submit", "\"refusals\":[418]");
  static const struct
  {
    guint status;
    RushesCharged charged;
  } cases[] = { { 418, RUSHES_CHARGED_NO }, { 400, RUSHES_CHARGED_MAYBE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (cases[i].status, "{\"message\":\"no\"}", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error));
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
      g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", members);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (500, "{\"message\":\"The pool is full\"}", NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error));
      g_assert_cmpint (rushes_error_get_charged (error), ==, cases[i].charged);
      g_assert_cmpint (rushes_error_get_retryable (error), ==, cases[i].charged == RUSHES_CHARGED_NO);
    }
}

/* A refusal of a language model comes as prose. */
static void
test_prose (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", "\"waiting\":\"synchronous\"");
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

      g_assert_null (rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error));
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
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", "\"waiting\":\"synchronous\"");

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, bodies[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error);

      g_assert_no_error (error);
      g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
      g_assert_cmpuint (answer->outputs->len, ==, 1);
      g_assert_cmpstr (((RushesOutput *) g_ptr_array_index (answer->outputs, 0))->uri, ==, "https://x.example/a");
    }
}

/* The service's own words go with an error, and nobody else's. */
static void
test_words (void)
{
  static const struct
  {
    const char *body;
    const char *words;
  } cases[] = {
    { "{\"error\":{\"message\":\"Not\\u202e so\"},\"message\":\"x\"}", "Not\357\277\275 so" },
    { "{\"error\":\"text\",\"message\":\"Further down\"}", "Further down" },
    { "{\"error\":{\"code\":\"AuditFailed\"}}", "AuditFailed" },
    { "no tokens in the pool\n", "no tokens in the pool" },
    { "  <html><title>Bad Gateway</title>", NULL },
    { "{\"detail\":\"nobody asked\"}", NULL },
    { "\xff\xfe", "\357\277\275\357\277\275" },
    { "", NULL },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (500, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error));
      g_assert_cmpstr (rushes_error_get_words (error), ==, cases[i].words);
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
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);

  take->task.task_id = "7";
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (cases[i].status, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error);

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
      g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", members);
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error);

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
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", "\"charged\":{\"QUOTA\":\"yes\"}");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, cases[i].body, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = rushes_test_read (take, RUSHES_OPERATION_STATUS, reply, &error);

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
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesHttpReply) reply = rushes_test_reply (429, "{\"message\":\"slow\"}", cases[i].headers);
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error));
      g_assert_cmpfloat (rushes_error_get_retry_after (error), ==, cases[i].seconds);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/protocol-answers/submits", test_submits);
  g_test_add_func ("/protocol-answers/redirect", test_redirect);
  g_test_add_func ("/protocol-answers/own-refusals", test_own_refusals);
  g_test_add_func ("/protocol-answers/rules-of-submits", test_rules_of_submits);
  g_test_add_func ("/protocol-answers/prose", test_prose);
  g_test_add_func ("/protocol-answers/streams", test_streams);
  g_test_add_func ("/protocol-answers/words", test_words);
  g_test_add_func ("/protocol-answers/states", test_states);
  g_test_add_func ("/protocol-answers/progress-in-text", test_progress_in_text);
  g_test_add_func ("/protocol-answers/charged", test_charged);
  g_test_add_func ("/protocol-answers/waits", test_waits);

  return g_test_run ();
}
