/* test-protocol-stream.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Answers that come as event streams, and streams of states. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-socket-listener.h"
#include "rushes-stream-listener.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

#define ANSWER                                                                                                         \
  "\"stream\":{\"text\":[\"delta.say\"],\"thoughts\":[\"delta.think\"],\"end\":[\"done\"]},"                           \
  "\"progress\":{\"at\":[\"stream.all\"],\"of\":100,\"find\":\"([0-9]{1,3}) *%\"},"                                    \
  "\"clips\":{\"at\":[\"clip\"],\"text\":[\"stream.text\"]},\"message\":[\"error.message\",\"stream.text\"],"          \
  "\"failures\":[{\"at\":[\"refused\"],\"error\":\"RATE_LIMITED\"},{\"status\":[200],\"at\":[\"error\",\"error."       \
  "message\"],\"error\":\"PROVIDER\"}]"

#define SAY(text)   "data: {\"delta\":{\"say\":\"" text "\"}}\r\n\r\n"
#define THINK(text) "data: {\"delta\":{\"think\":\"" text "\"}}\n\n"
#define LINK        "https://api.kites.example/a.mp4"

static const char *const as_stream[] = { "Content-Type", "text/event-stream; charset=utf-8", NULL };
static const char *const as_json[] = { "Content-Type", "application/json", NULL };

/* What it is after all of @body was heard, in pieces of @size bytes. */
static double
hear (RushesTestTake *take, const char *body, gsize size)
{
  g_autoptr (RushesStreamListener) listener = rushes_stream_listener_new (take->protocol, &take->task);

  for (gsize i = 0; body[i] != '\0'; i += MIN (size, strlen (body + i)))
    rushes_stream_listener_hear (listener, body + i, MIN (size, strlen (body + i)));
  return rushes_stream_listener_get_progress (listener);
}

static void
test_progress (void)
{
  static const struct
  {
    const char *body;
    double progress;
  } cases[] = {
    { "", -1 },
    { ": hello\n\n: hello\n\n", -1 },
    { SAY ("<think>视频已生成5%\\n"), 0.05 },
    { SAY ("<think>视频已生成5%\\n") SAY ("视频已生成45%\\n") ": still here\n\n", 0.45 },
    { SAY ("<think>Generating video, 5% done\\n") SAY ("Generating video, 62 % done\\n</think>"), 0.62 },
    { THINK ("Video is being generated: 17%\\n") THINK ("视频正在生成 71%\\n"), 0.71 },
    { SAY ("正在生成视频中，当前进度4") SAY ("5 %"), 0.45 },
    { THINK ("10%") SAY ("20%"), 0.20 },
    { THINK ("100%") SAY (LINK) "data: [DONE]\n\n", 1 },
    { "\xEF\xBB\xBF" SAY ("7%"), 0.07 },
    { "data: no JSON, 50%\n\n", -1 },
    { SAY ("30%") "data: {\"delta\":{\"say\":\"40%\"}}\n", 0.30 },
    { "{\"text\":\"50%\"}\n\n" SAY ("60%"), -1 },
    { "<html>50%</html>", -1 },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", ANSWER);
  g_autoptr (RushesTestTake) plain = rushes_test_take_change ("protocol.answer", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize size = 1; size < 100; size += 7)
      {
        g_test_message ("%s in pieces of %zu", cases[i].body, size);
        g_assert_cmpfloat_with_epsilon (hear (take, cases[i].body, size), cases[i].progress, 0.0001);
      }
  g_assert_cmpfloat (hear (plain, SAY ("30%"), 10), ==, -1);
}

static void
test_never_less (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", ANSWER);
  g_autoptr (RushesStreamListener) listener = rushes_stream_listener_new (take->protocol, &take->task);

  rushes_stream_listener_hear (listener, SAY ("90%"), strlen (SAY ("90%")));
  rushes_stream_listener_hear (listener, THINK ("50%"), strlen (THINK ("50%")));
  g_assert_cmpfloat_with_epsilon (rushes_stream_listener_get_progress (listener), 0.9, 0.0001);
  rushes_stream_listener_hear (listener, SAY ("95%"), strlen (SAY ("95%")));
  g_assert_cmpfloat_with_epsilon (rushes_stream_listener_get_progress (listener), 0.95, 0.0001);
}

/* No more than the end is kept, and looked at, however much is said. */
static void
test_much (void)
{
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", ANSWER);
  g_autoptr (RushesStreamListener) listener = rushes_stream_listener_new (take->protocol, &take->task);
  gint64 begin = g_get_monotonic_time ();

  for (guint i = 0; i < 2000; i++)
    rushes_stream_listener_hear (listener, SAY ("много слов "), strlen (SAY ("много слов ")));
  g_assert_cmpfloat (rushes_stream_listener_get_progress (listener), ==, -1);
  rushes_stream_listener_hear (listener, SAY ("99%"), strlen (SAY ("99%")));
  g_assert_cmpfloat_with_epsilon (rushes_stream_listener_get_progress (listener), 0.99, 0.0001);
  /* Hours of a service that says only that it is still there. */
  for (guint i = 0; i < 10000; i++)
    rushes_stream_listener_hear (listener, ": still here\n\n", strlen (": still here\n\n"));
  g_assert_cmpfloat_with_epsilon (rushes_stream_listener_get_progress (listener), 0.99, 0.0001);
  g_test_message ("2000 events in %.2f s", (g_get_monotonic_time () - begin) / 1e6);
}

/* How many bytes of @body were heard when the address of a clip was known; 0 for never. */
static gsize
await_link (RushesTestTake *take, const char *body)
{
  g_autoptr (RushesStreamListener) listener = rushes_stream_listener_new (take->protocol, &take->task);
  gsize n_treasures = 0;
  gsize found = 0;

  for (gsize i = 0; body[i] != '\0'; i++)
    {
      n_treasures += rushes_stream_listener_hear (listener, body + i, 1) == RUSHES_STREAM_TREASURE;
      if (found == 0 && rushes_stream_listener_get_link (listener) != NULL)
        found = i + 1;
    }
  if (found > 0)
    g_assert_cmpstr (rushes_stream_listener_get_link (listener), ==, LINK);
  g_assert_cmpuint (n_treasures, ==, found > 0);
  return found;
}

static void
test_link (void)
{
  static const struct
  {
    const char *before;
    const char *after;
  } cases[] = {
    { SAY ("<think>" LINK "-not 5%") SAY ("</think>[video](") SAY (LINK) SAY (")"), SAY ("Enjoy!") },
    { SAY ("https://api.kit") SAY ("es.example/a") SAY (".mp4") SAY ("\\n"), SAY ("More.") },
    { SAY (LINK) "data: {\"done\":\"stop\"}\n\n", "data: [DONE]\n\n" },
    { ": hello\n\n" THINK ("https://api.kites.example/not.mp4 ") "data: {\"clip\":\"" LINK "\"}\n\n", SAY ("Enjoy!") },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", ANSWER);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body = g_strconcat (cases[i].before, cases[i].after, NULL);
      gsize heard = await_link (take, body);

      g_test_message ("%s", body);
      /* Events of CRLF are over at the CR. */
      g_assert_cmpuint (heard, <=, strlen (cases[i].before));
      g_assert_cmpuint (heard, >=, strlen (cases[i].before) - 1);
    }
  g_assert_cmpuint (await_link (take, SAY (LINK)), ==, 0);
  g_assert_cmpuint (await_link (take, SAY ("<think>" LINK " ")), ==, 0);
  g_assert_cmpuint (await_link (take, THINK (LINK " ")), ==, 0);
  g_assert_cmpuint (await_link (take, "{\"clip\":\"" LINK "\"}"), ==, 0);
}

/* ---- the answer ---- */

static RushesAnswer *
read_body (RushesTestTake *take, const char *body, const char *const *headers, GError **error)
{
  g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, body, headers);
  g_autoptr (RushesHttpReply) loaded = NULL;

  /* As the process that sent it reads it, and the one that comes after a crash. */
  g_assert_true (rushes_http_reply_save (reply, take->spool, error));
  loaded = rushes_http_reply_load (take->spool, error);
  g_assert_nonnull (loaded);
  return rushes_test_read (take, RUSHES_OPERATION_SUBMIT, loaded, error);
}

static void
test_answer (void)
{
  static const char *const bodies[] = {
    SAY ("<think>" LINK "-not 5%") SAY ("</think>[video](") SAY (LINK ")") "data: [DONE]\n\n",
    ": hello\n\n" THINK ("https://api.kites.example/not.mp4") SAY (LINK),
    "\xEF\xBB\xBF" SAY (LINK),
    "id: 7\ndata: {\"delta\":\ndata: {\"say\":\"" LINK "\"}}\n\n",
    "\r\rretry: 5\r\r"
    "data:{\"delta\":{\"say\":\"" LINK "\"}}",
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", ANSWER);

  for (guint i = 0; i < 2 * G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesAnswer) answer = read_body (take, bodies[i / 2], i % 2 == 0 ? as_stream : as_json, &error);

      g_test_message ("%s", bodies[i / 2]);
      g_assert_no_error (error);
      g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
      g_assert_cmpuint (answer->outputs->len, ==, 1);
      g_assert_cmpstr (((RushesOutput *) g_ptr_array_index (answer->outputs, 0))->uri, ==, LINK);
    }
}

static void
test_failures (void)
{
  static const struct
  {
    const char *body;
    RushesErrorCode code;
    const char *words;
  } cases[] = {
    { THINK ("45%") "data: {\"error\":{\"message\":\"gone\"}}\n\n", RUSHES_ERROR_PROVIDER, "gone" },
    { THINK ("45%") "data: {\"error\":\"gone\"}\n\n", RUSHES_ERROR_PROVIDER, NULL },
    /* A refusal that is one for certain, if it were not for what came before. */
    { SAY (LINK " ") "data: {\"refused\":\"yes\"}\n\n", RUSHES_ERROR_RATE_LIMITED, NULL },
    { THINK ("45%") SAY ("I would ") SAY ("rather not.") "data: [DONE]\n\n", RUSHES_ERROR_PROTOCOL,
      "I would rather not." },
    { SAY ("<think>never ends"), RUSHES_ERROR_PROTOCOL, NULL },
    { ": nothing\n\n", RUSHES_ERROR_PROTOCOL, NULL },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", ANSWER);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].body);
      g_assert_null (read_body (take, cases[i].body, as_stream, &error));
      g_assert_error (error, RUSHES_ERROR, (int) cases[i].code);
      g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
      g_assert_false (rushes_error_get_retryable (error));
      if (cases[i].words != NULL)
        g_assert_cmpstr (rushes_error_get_words (error), ==, cases[i].words);
    }
}

/* As a process leaves it that is killed in the middle: only what is whole counts, and nothing is sent again. */
static void
test_cut (void)
{
  static const char *const bodies[] = {
    SAY ("<think>" LINK "-not 5%") SAY ("</think>[video](") SAY (LINK) SAY (")") "data: [DONE]\n\n",
    THINK ("5%") SAY ("https://api.kites.example/") SAY ("a.mp4") "data: {\"done\":\"stop\"}\n\n",
    "{\"clip\":\n\"" LINK "\"\n}\n",
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol.answer", ANSWER);

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      gboolean is_stream = *bodies[i] != '{';
      gboolean found = FALSE;

      for (gsize n = 0; n <= strlen (bodies[i]); n++)
        {
          g_autofree char *text = g_strndup (bodies[i], n);
          g_autoptr (RushesHttpReply) reply = rushes_test_reply (200, text, is_stream ? as_stream : as_json);
          g_autoptr (GError) error = NULL;
          g_autoptr (RushesAnswer) answer = NULL;

          reply->cut = TRUE;
          answer = rushes_test_read (take, RUSHES_OPERATION_SUBMIT, reply, &error);
          g_assert_true (answer != NULL || !found);
          found = answer != NULL;
          if (!found)
            {
              g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
              g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_MAYBE);
              g_assert_false (rushes_error_get_retryable (error));
              continue;
            }
          g_assert_cmpint (answer->phase, ==, RUSHES_PHASE_DONE);
          g_assert_cmpuint (answer->outputs->len, ==, 1);
          g_assert_cmpstr (((RushesOutput *) g_ptr_array_index (answer->outputs, 0))->uri, ==, LINK);
        }
      g_assert_true (found == is_stream);
    }
}

/* ---- streams of states ---- */

static void
test_target (void)
{
  g_autoptr (RushesTestTake) take =
      rushes_test_take_change ("protocol", "\"stream\":{\"behind\":\"/stream\",\"query\":{\"logs\":\"1\"}}");
  g_autoptr (RushesTestTake) none = rushes_test_take_change ("protocol", NULL);
  g_autoptr (RushesHttpRequest) usual = NULL;
  g_autoptr (RushesHttpRequest) given = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (rushes_protocol_has (none->protocol, &none->task, RUSHES_OPERATION_STREAM));
  g_assert_true (rushes_protocol_has (take->protocol, &take->task, RUSHES_OPERATION_STREAM));
  take->task.task_id = "a/b";
  usual = rushes_protocol_build (take->protocol, RUSHES_OPERATION_STREAM, &take->task, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (usual->method, ==, "GET");
  g_assert_cmpstr (usual->address, ==, "https://api.kites.example/v1/videos/a%2Fb/stream?logs=1");
  g_assert_true (usual->with_key);

  take->task.poll_target = "https://rest.kites.example/7/status?x=1";
  given = rushes_protocol_build (take->protocol, RUSHES_OPERATION_STREAM, &take->task, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (given->address, ==, "https://rest.kites.example/7/status/stream?logs=1");

  take->task.poll_target = "https://evil.example/7/status";
  g_assert_null (rushes_protocol_build (take->protocol, RUSHES_OPERATION_STREAM, &take->task, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
}

/* ---- sockets ---- */

#define SOCKET                                                                                                         \
  "\"socket\":{\"path\":\"/ws\",\"query\":{\"clientId\":\"{own_id}\"},\"task\":[\"data.task\"],"                       \
  "\"progress\":{\"at\":[\"data.value\"],\"of\":[\"data.max\"],\"part\":[\"data.node\"],\"parts\":2},"                 \
  "\"ask\":[{\"at\":[\"type\"],\"is\":[\"success\",\"error\"]},{\"at\":[\"type\"],\"is\":[\"node\"],"                  \
  "\"without\":[\"data.node\"]}]}"

/* In this order, of one task: parts come one behind the other, and nothing is ever less than before. */
static void
test_socket (void)
{
  static const struct
  {
    const char *message;
    double progress;
    gboolean ask;
  } cases[] = {
    { "{\"type\":\"status\",\"data\":{\"value\":1,\"max\":2}}", -1, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"8\",\"value\":9,\"max\":10,\"node\":\"3\"}}", -1, FALSE },
    { "{\"type\":\"success\",\"data\":{\"task\":\"8\"}}", -1, FALSE },
    { "{\"type\":\"success\"}", -1, FALSE },
    { "no JSON", -1, FALSE },
    { "", -1, FALSE },
    { "{\"type\":\"node\",\"data\":{\"task\":\"7\",\"node\":\"3\"}}", -1, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":0,\"max\":10,\"node\":\"3\"}}", 0, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":5,\"max\":10,\"node\":\"3\"}}", 0.25, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":4,\"max\":10,\"node\":\"3\"}}", 0.25, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":-4,\"max\":10,\"node\":\"3\"}}", 0.25, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":4,\"max\":0,\"node\":\"3\"}}", 0.25, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":\"nan\",\"max\":10,\"node\":\"3\"}}", 0.25, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":99,\"max\":10,\"node\":\"3\"}}", 0.5, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":2,\"max\":10,\"node\":\"4\"}}", 0.6, FALSE },
    { "{\"type\":\"p\",\"data\":{\"task\":\"7\",\"value\":9,\"max\":10,\"node\":\"5\"}}", 0.6, FALSE },
    { "{\"type\":\"error\",\"data\":{\"task\":\"7\"}}", 0.6, TRUE },
    { "{\"type\":\"node\",\"data\":{\"task\":\"7\",\"node\":null}}", 0.6, TRUE },
  };
  g_autoptr (RushesTestTake) take = rushes_test_take_change ("protocol", SOCKET);
  g_autoptr (RushesTestTake) plain = rushes_test_take_change ("protocol", NULL);
  g_autoptr (RushesSocketListener) listener = NULL;
  g_autoptr (RushesHttpRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  take->task.task_id = "7";
  listener = rushes_socket_listener_new (take->protocol, &take->task);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RushesServerEvent event = { "message", cases[i].message, strlen (cases[i].message), "" };

      g_test_message ("%s", cases[i].message);
      g_assert_cmpint (rushes_socket_listener_hear (listener, &event), ==, cases[i].ask);
      g_assert_cmpfloat_with_epsilon (rushes_socket_listener_get_progress (listener), cases[i].progress, 0.0001);
    }
  request = rushes_protocol_build (take->protocol, RUSHES_OPERATION_SOCKET, &take->task, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (request->address, ==, "https://api.kites.example/ws?clientId=own");
  g_assert_null (rushes_socket_listener_new (plain->protocol, &plain->task));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/protocol-stream/progress", test_progress);
  g_test_add_func ("/protocol-stream/never-less", test_never_less);
  g_test_add_func ("/protocol-stream/much", test_much);
  g_test_add_func ("/protocol-stream/link", test_link);
  g_test_add_func ("/protocol-stream/answer", test_answer);
  g_test_add_func ("/protocol-stream/cut", test_cut);
  g_test_add_func ("/protocol-stream/failures", test_failures);
  g_test_add_func ("/protocol-stream/target", test_target);
  g_test_add_func ("/protocol/stream/socket", test_socket);

  return g_test_run ();
}
