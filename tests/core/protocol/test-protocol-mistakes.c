/* test-protocol-mistakes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is told of descriptions of services that are not right: file, place and reason. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

static void
check (const char *place, const char *members, gboolean strange, const char *complaint)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_test_describe (place, members, strange, &error);
  g_autofree char *expected = g_strdup_printf ("kites.json: %s", complaint);

  g_test_message ("%s: %s", place, members);
  g_assert_null (description);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpstr (error->message, ==, expected);
}

/* A submit that tells our own id. */
#define SENT "\"submit\":{\"method\":\"POST\",\"path\":\"/\",\"json\":{\"ours\":\"{own_id}\"}}"

typedef struct
{
  const char *place;
  const char *members;
  const char *complaint;
} Mistake;

static void
check_all (const Mistake *mistakes, guint n_mistakes)
{
  for (guint i = 0; i < n_mistakes; i++)
    check (mistakes[i].place, mistakes[i].members, FALSE, mistakes[i].complaint);
}

static void
test_right (void)
{
  static const struct
  {
    const char *place;
    const char *members;
  } cases[] = {
    { "", NULL },
    { "", "\"waiting\":\"synchronous\"" },
    { "",
      "\"origins\":[\"https://rest.kites.example\",\"https://rest.kites.example:8443\",\"http://localhost:8080\"]" },
    { "", "\"regions\":[{\"name\":\"Here\",\"url\":\"http://127.0.0.1:8091\"}]" },
    { "", "\"auth\":{\"scheme\":\"header\",\"header\":\"x-goog-api-key\",\"key\":\"optional\"}" },
    { "",
      "\"auth\":{\"scheme\":\"query\",\"query\":\"key\",\"environment\":[\"KITES_KEY\",\"KITES_ID|KITES_SECRET\"]}" },
    { "", "\"auth\":{\"scheme\":\"bearer\",\"pair\":\"hs256\"}" },
    { "", "\"routes\":[{\"when\":{\"mode\":[\"text\"]},\"submit\":{\"method\":\"POST\",\"path\":\"/t\"}}]" },
    { "protocol", "\"status\":{\"path\":\"/v1/{reply.data[0].id}\"}" },
    { "protocol.answer", "\"failures\":[{\"at\":[\"ok\"],\"is\":[false,0,\"no\"],\"error\":\"AUTH\"}]" },
    { "protocol.answer", "\"charged\":{\"REJECTED\":\"no\",\"PROVIDER\":\"maybe\"}" },
    { "protocol.answer.clips", "\"content\":\"/v1/{task_id}/content?variant=video\"" },
    { "protocol.submit", "\"json\":{\"a\":\"{{\",\"b\":\"}}\"}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesDescription) description =
          rushes_test_describe (cases[i].place, cases[i].members, FALSE, &error);

      g_test_message ("%s: %s", cases[i].place, cases[i].members);
      g_assert_no_error (error);
      g_assert_nonnull (rushes_description_get_protocol (description));
    }
}

static void
test_service (void)
{
  static const Mistake mistakes[] = {
    { "", "\"regions\":null", "“regions” is missing." },
    { "", "\"auth\":null", "“auth” is missing." },
    { "", "\"protocol\":null", "“protocol” is missing." },
    { "", "\"key_url\":\"https://kites.example\"", "“key_url” is not known here." },
    { "", "\"homepage\":\"kites\"", "homepage: an address such as https://example.com is expected." },
    { "", "\"homepage\":\"javascript:alert(1)\"", "homepage: an address such as https://example.com is expected." },
    { "", "\"key_page\":\"http://kites.example\"",
      "key_page: https is expected: plain http only goes to this computer and its network." },
    { "", "\"regions\":[{\"name\":\"W\"}]", "regions[0]: “url” is missing." },
    { "", "\"regions\":[{\"name\":\"W\",\"url\":\"http://api.kites.example\"}]",
      "regions[0].url: https is expected: plain http only goes to this computer and its network." },
    { "", "\"regions\":[{\"name\":\"W\",\"url\":\"https://api.kites.example/\"}]",
      "regions[0].url: nothing may follow the path, and no slash may end it." },
    { "", "\"regions\":[{\"name\":\"W\",\"url\":\"https://me:you@api.kites.example\"}]",
      "regions[0].url: nothing may follow the path, and no slash may end it." },
    { "", "\"origins\":[\"http://rest.kites.example\"]",
      "origins[0]: https is expected: plain http only goes to this computer and its network." },
    { "", "\"origins\":[\"https://rest.kites.example/v1\"]",
      "origins[0]: scheme and host are expected, without a path." },
    { "", "\"trim\":[\"v1\"]", "trim: “v1” is no end of an address such as /v1." },
    { "", "\"waiting\":\"long\"", "waiting: one of these words is expected: poll, synchronous." },
    { "", "\"any_model\":\"blue\"", "any_model: there is no model “blue”." },
    { "", "\"auth\":{\"scheme\":\"magic\"}",
      "auth.scheme: one of these words is expected: none, bearer, key, token, header, query." },
    { "", "\"auth\":{}", "auth: “scheme” is missing." },
    { "", "\"auth\":{\"scheme\":\"header\"}", "auth: “header” is missing." },
    { "", "\"auth\":{\"scheme\":\"header\",\"header\":\"Cookie\"}", "auth.header: “Cookie” cannot bear a key." },
    { "", "\"auth\":{\"scheme\":\"header\",\"header\":\"X Key\"}", "auth.header: “X Key” cannot bear a key." },
    { "", "\"auth\":{\"scheme\":\"bearer\",\"header\":\"X\"}", "auth: “header” is not known here." },
    { "", "\"auth\":{\"scheme\":\"bearer\",\"environment\":[\"my key\"]}",
      "auth.environment: “my key” is no variable such as KITES_API_KEY." },
    { "", "\"headers\":{\"X Y\":\"1\"}", "headers: “X Y” cannot be the name of a header." },
    { "", "\"headers\":{\"Authorization\":\"1\"}", "headers: the header “Authorization” may not be set here." },
    { "", "\"headers\":{\"proxy-authorization\":\"1\"}",
      "headers: the header “proxy-authorization” may not be set here." },
    { "", "\"headers\":{\"X-A\":\"a\\r\\nHost: b\"}", "headers.X-A: a header may hold no control characters." },
    { "", "\"routes\":[{\"submit\":{\"path\":\"/\"}}]", "routes[0]: “when” is missing." },
    { "", "\"routes\":[{\"when\":{\"picture\":true},\"submit\":{\"path\":\"/{extended.task_id}\"}}]",
      "routes[0].submit: “{extended.…}” has a value only in a route for “extending”: true." },
    { "", "\"routes\":[{\"when\":{\"extending\":true},\"submit\":{\"path\":\"/extend\"}}]",
      "routes[0].submit: nothing says which clip is extended, such as “{extended.task_id}”." },
    { "", "\"routes\":[{\"when\":{},\"without\":[\"status\"]}]",
      "routes[0].without[0]: one of these words is expected: lookup, cancel, stream, socket." },
    { "", "\"routes\":[{\"when\":{\"colour\":1}}]", "routes[0].when: “colour” is not known here." },
    { "", "\"routes\":[{\"when\":{},\"test\":{\"path\":\"/\"}}]", "routes[0]: “test” is not known here." },
    { "", "\"upload\":{\"steps\":[]}", "upload: “gives” is missing." },
    { "", "\"upload\":{\"steps\":[{\"path\":\"/\"}],\"gives\":\"{file_url}\"}",
      "upload.gives: there is no value “file_url” here." },
    { "", "\"upload\":{\"steps\":[{\"path\":\"/\",\"read\":{\"URL\":[\"a\"]}}],\"gives\":\"x\"}",
      "upload.steps[0].read.URL: small letters, digits and _ are expected." },
  };

  check_all (mistakes, G_N_ELEMENTS (mistakes));
}

static void
test_requests (void)
{
  static const Mistake mistakes[] = {
    { "protocol", "\"submit\":null", "protocol: “submit” is missing." },
    { "protocol", "\"status\":null", "protocol: “status” is missing." },
    { "protocol", "\"answer\":null", "protocol: “answer” is missing." },
    { "protocol", "\"refund\":{}", "protocol: “refund” is not known here." },
    { "protocol.submit", "\"verb\":\"POST\"", "protocol.submit: “verb” is not known here." },
    { "protocol.submit", "\"method\":\"PATCH\"",
      "protocol.submit.method: one of these words is expected: GET, POST, PUT, DELETE." },
    { "protocol.submit", "\"method\":\"GET\"", "protocol.submit.method: a request with a body cannot be a GET." },
    { "protocol.submit", "\"path\":null", "protocol.submit: “path” is missing." },
    { "protocol.submit", "\"path\":\"videos\"", "protocol.submit.path: a path that begins with / is expected." },
    { "protocol.submit", "\"path\":\"//evil.example/\"",
      "protocol.submit.path: a path that begins with / is expected." },
    { "protocol.submit", "\"path\":\"{model|raw}\"", "protocol.submit.path: a path that begins with / is expected." },
    { "protocol.submit", "\"path\":\"/{task_id}\"", "protocol.submit.path: there is no value “task_id” here." },
    { "protocol.submit", "\"address\":[\"url\"]", "protocol.submit: there can be only one of “path” and “address”." },
    { "protocol.submit", "\"base\":\"https://evil.example\"", "protocol.submit.base: this is none of “origins”." },
    { "protocol.submit", "\"form\":[]", "protocol.submit: there can be only one of “json”, “form” and “picture”." },
    { "protocol.submit", "\"picture\":\"{first_frame}\"", "protocol.submit: “picture” is not known here." },
    { "protocol.submit", "\"first_byte\":0", "protocol.submit.first_byte: a number from 1 to 3600 is expected." },
    { "protocol.submit", "\"refusals\":[\"400\"]", "protocol.submit.refusals[0]: a whole number is expected." },
    { "protocol.submit", "\"refusals\":[42]",
      "protocol.submit.refusals[0]: a whole number from 100 to 599 is expected." },
    { "protocol.submit", "\"final\":[400]", "protocol.submit: “final” is not known here." },
    { "protocol.submit", "\"headers\":{\"Host\":\"x\"}",
      "protocol.submit.headers: the header “Host” may not be set here." },
    { "protocol.submit", "\"json\":null,\"form\":[{\"value\":\"x\"}]", "protocol.submit.form[0]: “name” is missing." },
    { "protocol.submit", "\"json\":null,\"form\":[{\"name\":\"a\"}]", "protocol.submit.form[0]: “value” is missing." },
    { "protocol.submit", "\"json\":null,\"form\":[{\"name\":\"a\",\"picture\":\"{prompt}\"}]",
      "protocol.submit.form[0].picture: the name of a picture is expected, “{first_frame}”." },
    { "protocol.status", "\"path\":null", "protocol.status: “path” is missing, as “answer” has no “status_address”." },
    { "protocol.status", "\"final\":[401]",
      "protocol.status.final: 401 is about the key or the balance and never ends a task." },
    { "protocol", "\"stream\":{\"behind\":\"stream\"}",
      "protocol.stream.behind: a path that begins with / is expected." },
    { "protocol", "\"stream\":{\"behind\":\"/a?b\"}",
      "protocol.stream.behind: a path that begins with / is expected." },
    { "protocol", "\"stream\":{\"behind\":\"/a\",\"path\":\"/b\"}",
      "protocol.stream: “behind” stands instead of “path” and “address”." },
    { "protocol", "\"stream\":{}", "protocol.stream: “path” is missing." },
    { "protocol", "\"socket\":{\"path\":\"/ws\"}", "protocol.socket: “task” is missing." },
    { "protocol", "\"socket\":{\"task\":[\"id\"]}", "protocol.socket: “path” is missing." },
    { "protocol", "\"socket\":{\"method\":\"POST\",\"path\":\"/ws\",\"task\":[\"id\"]}",
      "protocol.socket.method: “GET” is expected." },
    { "protocol", "\"socket\":{\"path\":\"/ws\",\"task\":[\"id\"],\"progress\":{\"at\":[\"a\"]}}",
      "protocol.socket.progress: “of” is missing." },
    { "protocol", "\"socket\":{\"path\":\"/ws\",\"task\":[\"id\"],\"ask\":[{\"is\":[\"end\"]}]}",
      "protocol.socket.ask[0]: “at” is missing." },
    { "protocol.status", "\"behind\":\"/a\"", "protocol.status: “behind” is not known here." },
    { "protocol.answer", "\"stream\":{\"words\":[\"a\"]}", "protocol.answer.stream: “words” is not known here." },
    { "protocol.cancel", "\"charged\":\"perhaps\"",
      "protocol.cancel.charged: one of these words is expected: no, maybe, yes." },
    { "protocol.test", "\"path\":\"/{prompt}\"", "protocol.test.path: there is no value “prompt” here." },

    /* What is looked for must have been sent. */
    { "protocol", "\"lookup\":{\"path\":\"/find/{own_id}\"}",
      "protocol.lookup: “submit” does not send “{own_id}”, so nothing can be found by it." },
    { "protocol", SENT ",\"lookup\":{\"path\":\"/find/{{own_id}}\"}",
      "protocol.lookup: “{own_id}” is missing: it is what is looked for." },
    { "protocol", SENT ",\"lookup\":{\"path\":\"/find/{task_id}\"}",
      "protocol.lookup.path: there is no value “task_id” here." },
    { "protocol", SENT ",\"lookup\":{\"address\":[\"url\"]}", "protocol.lookup: “address” is not known here." },
    { "protocol", SENT ",\"lookup\":{\"path\":\"/{own_id}\",\"grace\":0}",
      "protocol.lookup.grace: a number from 1 to 3600 is expected." },
    { "protocol", SENT ",\"lookup\":{\"path\":\"/{own_id}\",\"unique\":1}",
      "protocol.lookup.unique: true or false is expected." },
    { "protocol", SENT ",\"cancel\":{\"path\":\"/x\",\"still\":[\"id\"]}",
      "protocol.cancel: “still” is not known here." },
    { "protocol", SENT ",\"cancel\":{\"path\":\"/x\",\"before\":[{\"path\":\"/y\",\"before\":[]}]}",
      "protocol.cancel.before[0]: “before” is not known here." },
    { "protocol", SENT ",\"lookup\":{\"path\":\"/{own_id}\",\"echo\":\"id\"}",
      "protocol.lookup.echo: a list [ … ] is expected." },
    { "protocol", SENT ",\"lookup\":{\"path\":\"/{own_id}\",\"final\":[400]}",
      "protocol.lookup: “final” is not known here." },
    { "protocol.submit", "\"unique\":true", "protocol.submit: “unique” is not known here." },
    { "",
      "\"protocol\":{" SENT ",\"status\":{\"path\":\"/{task_id}\"},\"answer\":{\"task\":[\"id\"]},"
      "\"lookup\":{\"path\":\"/{own_id}\"}},"
      "\"routes\":[{\"when\":{\"picture\":true},\"submit\":{\"path\":\"/picture\"}}]",
      "routes[0].lookup: “submit” does not send “{own_id}”, so nothing can be found by it." },
  };

  check_all (mistakes, G_N_ELEMENTS (mistakes));
}

static void
test_values (void)
{
  static const Mistake mistakes[] = {
    { "protocol.submit", "\"json\":{\"a\":[1,\"{colour}\"]}",
      "protocol.submit.json.a[1]: there is no value “colour” here." },
    { "protocol.submit", "\"json\":{\"a\":\"{}\"}", "protocol.submit.json.a: there is no value “” here." },
    { "protocol.submit", "\"json\":\"{model.rain}\"", "protocol.submit.json: there is no value “model.rain” here." },
    { "protocol.submit", "\"json\":\"{parameter.rain}\"",
      "protocol.submit.json: there is no value “parameter.rain” here." },
    { "protocol.submit", "\"json\":\"{reply.id}\"", "protocol.submit.json: there is no value “reply.id” here." },
    { "protocol.status", "\"query\":{\"a\":\"{reply.a[}\"}",
      "protocol.status.query.a: there is no value “reply.a[” here." },
    { "protocol.submit", "\"json\":\"{reference}\"", "protocol.submit.json: there is no value “reference” here." },
    { "protocol.submit", "\"json\":\"{picture}\"", "protocol.submit.json: there is no value “picture” here." },
    { "protocol.submit", "\"json\":\"{prompt|shout}\"", "protocol.submit.json: there is no filter “shout” here." },
    { "protocol.submit", "\"json\":\"{prompt|data}\"", "protocol.submit.json: there is no filter “data” here." },
    { "protocol.submit", "\"json\":\"{prompt|raw}\"", "protocol.submit.json: there is no filter “raw” here." },
    { "protocol.submit", "\"json\":\"{prompt\"", "protocol.submit.json: a brace has no partner in “{prompt”." },
    { "protocol.submit", "\"json\":\"prompt}\"", "protocol.submit.json: a brace has no partner in “prompt}”." },
    { "protocol.submit", "\"json\":{\"a\":{\"$pick\":1}}", "protocol.submit.json.a: “$pick” is not known here." },
    { "protocol.submit", "\"json\":{\"a\":{\"$map\":\"{aspect}\"}}", "protocol.submit.json.a: “to” is missing." },
    { "protocol.submit", "\"json\":{\"a\":{\"$map\":\"{aspect}\",\"to\":{},\"b\":1}}",
      "protocol.submit.json.a: “b” is not known here." },
    { "protocol.submit", "\"json\":{\"a\":{\"$switch\":[{\"when\":{}}]}}",
      "protocol.submit.json.a.$switch[0]: “value” is missing." },
    { "protocol.submit", "\"json\":{\"a\":{\"$switch\":[{\"when\":{\"sun\":1},\"value\":1}]}}",
      "protocol.submit.json.a.$switch[0].when: “sun” is not known here." },
    { "protocol.submit", "\"json\":[{\"$each\":\"frames\",\"value\":1}]",
      "protocol.submit.json[0].$each: one of these words is expected: references." },
  };

  check_all (mistakes, G_N_ELEMENTS (mistakes));
}

static void
test_answers (void)
{
  static const Mistake mistakes[] = {
    { "protocol.answer", "\"task\":null", "protocol.answer: “task” is missing." },
    { "protocol.answer", "\"task\":\"id\"", "protocol.answer.task: a list [ … ] is expected." },
    { "protocol.answer", "\"task\":[\"a..b\"]",
      "protocol.answer.task[0]: “a..b” is no path such as data.videos[0].url." },
    { "protocol.answer", "\"result\":[]", "protocol.answer: “result” is not known here." },
    { "protocol.answer.state", "\"at\":null", "protocol.answer.state: “at” is missing." },
    { "protocol.answer.state", "\"paused\":[\"x\"]", "protocol.answer.state: “paused” is not known here." },
    { "protocol.answer.progress", "\"of\":10", "protocol.answer.progress.of: 1 or 100 is expected." },
    { "protocol.answer.progress", "\"find\":\"([0-9\"",
      "protocol.answer.progress.find: “([0-9” is no regular expression." },
    { "protocol.answer.progress", "\"find\":\"[0-9]+\"",
      "protocol.answer.progress.find: a group in parentheses is expected." },
    { "protocol.answer.clips", "\"content\":\"content\"",
      "protocol.answer.clips.content: a path that begins with / is expected." },
    { "protocol.answer.clips", "\"lifetime\":0",
      "protocol.answer.clips.lifetime: a number from 1 to 3.1536e+08 is expected." },
    { "protocol.answer.cost", "\"currency\":null", "protocol.answer.cost: “currency” is missing." },
    { "protocol.answer.cost", "\"currency\":\"dollars\"",
      "protocol.answer.cost.currency: a code of three capital letters or “credits:PROVIDER” is expected." },
    { "protocol.answer.cost", "\"unit\":\"1e-10\"",
      "protocol.answer.cost.unit: a decimal number in quotes is expected." },
    { "protocol.answer", "\"fine\":{\"at\":[\"code\"]}", "protocol.answer.fine: “is” is missing." },
    { "protocol.answer", "\"fine\":{\"at\":[\"code\"],\"is\":[{}]}",
      "protocol.answer.fine.is[0]: text, a number, true or false is expected." },
    { "protocol.answer", "\"charged\":{\"RAIN\":\"no\"}", "protocol.answer.charged: “RAIN” is not known here." },
    { "protocol.answer", "\"failures\":[{\"status\":[400]}]", "protocol.answer.failures[0]: “error” is missing." },
    { "protocol.answer", "\"failures\":[{\"error\":\"AUTH\"}]",
      "protocol.answer.failures[0]: nothing says which failure this is." },
    { "protocol.answer", "\"failures\":[{\"status\":[400],\"error\":\"INTERNAL\"}]",
      "protocol.answer.failures[0].error: one of these words is expected: AUTH, FORBIDDEN, QUOTA, RATE_LIMITED, "
      "REJECTED, "
      "BAD_REQUEST, UNSUPPORTED, MODEL_RETIRED, NOT_FOUND, TIMEOUT, PROVIDER." },
    { "protocol.answer", "\"failures\":[{\"is\":[1],\"error\":\"AUTH\"}]",
      "protocol.answer.failures[0]: “at” is missing." },
    { "protocol.answer", "\"failures\":[{\"words\":\"(\",\"error\":\"AUTH\"}]",
      "protocol.answer.failures[0].words: “(” is no regular expression." },
    { "protocol.answer", "\"failures\":[{\"in\":[\"poll\"],\"error\":\"AUTH\"}]",
      "protocol.answer.failures[0].in[0]: one of these words is expected: submit, status, result, lookup, cancel, "
      "test, upload, models." },
  };

  check_all (mistakes, G_N_ELEMENTS (mistakes));
}

/* What only descriptions that ship may say, and what nobody may. */
static void
test_strange (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_test_describe ("", NULL, TRUE, &error);
  g_autofree char *hosts = NULL;
  g_auto (GStrv) list = NULL;

  g_assert_no_error (error);
  list = rushes_description_list_hosts (description);
  hosts = g_strjoinv (" ", list);
  g_assert_cmpstr (hosts, ==, "api.kites.example east.kites.example rest.kites.example");

  check ("", "\"auth\":{\"scheme\":\"bearer\",\"environment\":[\"GITHUB_TOKEN\"]}", TRUE,
         "auth.environment: only descriptions that come with Rushes may name variables.");
  check ("", "\"id\":\"animatic\"", TRUE, "id: “animatic” comes with Rushes already. Choose another one.");
  check ("", "\"engine\":\"animatic\"", TRUE, "engine: “http” is expected.");
  check ("", "\"base\":\"nobody\"", TRUE, "base: there is no service “nobody” that comes with Rushes.");
  check ("", "\"base\":\"animatic\"", TRUE, "base: there is no service “animatic” that comes with Rushes.");
  check ("", "\"regions\":[{\"name\":\"W\",\"url\":\"http://api.kites.example\"}]", TRUE,
         "regions[0].url: https is expected: plain http only goes to this computer and its network.");
  /* Only what comes from outside may be built on another one. */
  check ("", "\"base\":\"kling\"", FALSE, "“base” is not known here.");
}

static void
test_bounds (void)
{
  g_autoptr (GString) deep = g_string_new ("\"json\":");
  g_autoptr (GString) large = g_string_new ("\"summary\":\"");
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (GError) deep_error = NULL;
  g_autoptr (GError) large_error = NULL;

  for (guint i = 0; i < 80; i++)
    g_string_append_c (deep, '[');
  for (guint i = 0; i < 80; i++)
    g_string_append_c (deep, ']');
  description = rushes_test_describe ("protocol.submit", deep->str, TRUE, &deep_error);
  g_assert_null (description);
  g_assert_error (deep_error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (deep_error->message, "too deep"));

  while (large->len < 1024 * 1024)
    g_string_append (large, "wind ");
  g_string_append_c (large, '"');
  description = rushes_test_describe ("", large->str, TRUE, &large_error);
  g_assert_null (description);
  g_assert_error (large_error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (large_error->message, "larger than"));
}

/* What is read of a service's own words about its models. */
static void
test_models (void)
{
  static const Mistake mistakes[] = {
    { "protocol", "\"models\":{\"path\":\"/m\",\"at\":[\"data\"],\"id\":\"{item.id}\"}",
      "protocol.models: “any_model” is missing: a model that is not listed here is like that one." },
    { "protocol", "\"models\":{\"path\":\"/m\",\"at\":[\"data\"]}", "protocol.models: “id” is missing." },
    { "protocol", "\"models\":{\"path\":\"/m\",\"at\":[\"data\"],\"id\":\"{prompt}\"}",
      "protocol.models.id: there is no value “prompt” here." },
    { "protocol", "\"models\":{\"path\":\"/m\",\"at\":[\"data\"],\"id\":\"{item.}\"}",
      "protocol.models.id: there is no value “item.” here." },
    { "protocol", "\"models\":{\"path\":\"/{model}\",\"at\":[\"data\"],\"id\":\"x\"}",
      "protocol.models.path: there is no value “model” here." },
    { "protocol", "\"models\":{\"path\":\"/m\",\"base\":\"https://x.example\",\"at\":[\"data\"],\"id\":\"x\"}",
      "protocol.models.base: this is none of “origins”." },
    { "protocol",
      "\"models\":{\"path\":\"/m\",\"base\":\"http://x.example\",\"key\":false,\"at\":[\"data\"],\"id\":\"x\"}",
      "protocol.models.base: an origin such as https://api.kites.example is expected." },
    { "protocol", "\"models\":{\"path\":\"/m\",\"at\":[\"data\"],\"id\":\"x\",\"audio\":{}}",
      "protocol.models.audio: “at” is missing." },
    { "protocol", "\"models\":{\"path\":\"/m\",\"at\":[\"data\"],\"id\":\"x\",\"parts\":[]}",
      "protocol.models.parts: at least one is expected." },
    { "protocol", "\"schema\":{\"calls\":[],\"input\":[\"a\"]}", "protocol.schema: “names” is missing." },
    { "protocol", "\"schema\":{\"calls\":[],\"input\":[\"a\"],\"names\":{\"wings\":[\"w\"]}}",
      "protocol.schema.names: “wings” is not known here." },
    { "protocol", "\"schema\":{\"calls\":[{\"path\":\"/{part}\"}],\"input\":[\"a\"],\"names\":{}}",
      "protocol.schema.calls[0].path: there is no value “part” here." },
  };

  check_all (mistakes, G_N_ELEMENTS (mistakes));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/protocol-mistakes/right", test_right);
  g_test_add_func ("/protocol-mistakes/service", test_service);
  g_test_add_func ("/protocol-mistakes/requests", test_requests);
  g_test_add_func ("/protocol-mistakes/values", test_values);
  g_test_add_func ("/protocol-mistakes/answers", test_answers);
  g_test_add_func ("/protocol-mistakes/strange", test_strange);
  g_test_add_func ("/protocol-mistakes/bounds", test_bounds);
  g_test_add_func ("/protocol-mistakes/models", test_models);

  return g_test_run ();
}
