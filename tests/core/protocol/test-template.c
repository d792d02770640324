/* test-template.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-error.h"
#include "rushes-test-protocol.h"
#include "rushes-test.h"

#define FULL                                                                                                           \
  "\"prompt\":\"A kite\",\"negative_prompt\":\"rain\",\"duration\":7.5,\"resolution\":\"1080p\","                      \
  "\"aspect\":\"9:16\",\"frame_rate\":30,\"audio\":true,\"parameters\":{\"style\":\"ink\",\"loop\":\"true\","          \
  "\"steps\":\"5\"}"

/* What the submit of a description with this body sends, as JSON. */
static char *
make (const char *body, const char *draft, const char *pictures, RushesPictureForm form)
{
  g_autofree char *text = g_strdup_printf ("\"json\":%s", body);
  g_autoptr (GError) error = NULL;
  RushesDescription *description = rushes_test_describe ("protocol.submit", text, FALSE, &error);
  g_autoptr (RushesTestTake) take = NULL;
  g_autoptr (RushesHttpRequest) request = NULL;

  g_assert_no_error (error);
  take = rushes_test_take_new (description, draft, pictures, form);
  request = rushes_protocol_build (take->protocol, RUSHES_OPERATION_SUBMIT, &take->task, &error);
  g_assert_no_error (error);
  return json_to_string (request->json, FALSE);
}

typedef struct
{
  const char *body;
  const char *draft;
  const char *pictures;
  RushesPictureForm form;
  const char *made;
} Case;

static void
check (const Case *cases, guint n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *made = make (cases[i].body, cases[i].draft, cases[i].pictures, cases[i].form);

      g_test_message ("%s", cases[i].body);
      g_assert_cmpstr (made, ==, cases[i].made);
    }
}

static void
test_values (void)
{
  static const Case cases[] = {
    { "{\"a\":\"{prompt}\",\"b\":\"{negative_prompt}\",\"c\":\"{model}\",\"d\":\"{model.wind}\"}", FULL, NULL, 0,
      "{\"a\":\"A kite\",\"b\":\"rain\",\"c\":\"kite/red\",\"d\":7}" },
    { "{\"a\":\"{duration}\",\"b\":\"{frame_rate}\",\"c\":\"{seed}\",\"d\":\"{resolution}\",\"e\":\"{aspect}\"}", FULL,
      NULL, 0, "{\"a\":7.5,\"b\":30,\"c\":7,\"d\":\"1080p\",\"e\":\"9:16\"}" },
    { "{\"a\":\"{width}\",\"b\":\"{height}\",\"c\":\"{width}x{height}\",\"d\":\"{audio}\",\"e\":\"{mode}\"}", FULL,
      NULL, 0, "{\"a\":1080,\"b\":1920,\"c\":\"1080x1920\",\"d\":true,\"e\":\"text\"}" },
    { "{\"a\":\"{parameter.style}\",\"b\":\"{parameter.loop}\",\"c\":\"{parameter.steps}\",\"d\":\"{own_id}\"}", FULL,
      NULL, 0, "{\"a\":\"ink\",\"b\":true,\"c\":5,\"d\":\"own\"}" },
    /* defaults, and what has no value */
    { "{\"a\":\"{parameter.style}\",\"b\":\"{parameter.loop}\",\"c\":\"{parameter.steps}\",\"d\":\"{duration}\"}", NULL,
      NULL, 0, "{\"b\":false,\"c\":20,\"d\":5}" },
    { "{\"a\":\"{negative_prompt}\",\"b\":\"{watermark}\",\"c\":\"{first_frame}\",\"d\":1}", NULL, NULL, 0,
      "{\"d\":1}" },
    /* what is no value is as it stands */
    { "{\"a\":null,\"b\":[],\"c\":{},\"d\":\"\",\"e\":1.5,\"f\":\"{{x}}\"}", NULL, NULL, 0,
      "{\"a\":null,\"b\":[],\"c\":{},\"d\":\"\",\"e\":1.5,\"f\":\"{x}\"}" },
    { "{\"z\":1,\"a\":\"{prompt}\",\"m\":2}", NULL, NULL, 0, "{\"z\":1,\"a\":\"A kite\",\"m\":2}" },
    /* filters */
    { "{\"a\":\"{duration|text}\",\"b\":\"{duration|integer}\",\"c\":\"{duration|integer|text}\",\"d\":\"{duration}"
      "s\"}",
      FULL, NULL, 0, "{\"a\":\"7.5\",\"b\":8,\"c\":\"8\",\"d\":\"7.5s\"}" },
    { "{\"a\":\"{resolution|upper}\",\"b\":\"{prompt|lower}\",\"c\":\"{audio|text}\"}", FULL, NULL, 0,
      "{\"a\":\"1080P\",\"b\":\"a kite\",\"c\":\"true\"}" },
    /* text with one value missing is nothing */
    { "{\"a\":\"{prompt} {negative_prompt}\",\"b\":1}", NULL, NULL, 0, "{\"b\":1}" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_pictures (void)
{
  static const Case cases[] = {
    { "{\"a\":\"{first_frame}\",\"t\":\"{first_frame.type}\"}", NULL, "f", RUSHES_FORM_DATA,
      "{\"a\":\"data:image/png;base64,UE5H\",\"t\":\"image/png\"}" },
    { "{\"a\":\"{first_frame}\"}", NULL, "f", RUSHES_FORM_BASE64, "{\"a\":\"UE5H\"}" },
    { "{\"a\":\"{first_frame|data}\"}", NULL, "f", RUSHES_FORM_PART, "{\"a\":\"data:image/png;base64,UE5H\"}" },
    { "{\"a\":\"{first_frame|data}\"}", NULL, "f", RUSHES_FORM_ADDRESS,
      "{\"a\":\"https://cdn.kites.example/first-1.png\"}" },
    { "{\"a\":\"{first_frame}\",\"b\":\"{last_frame}\"}", NULL, "fl", RUSHES_FORM_ADDRESS,
      "{\"a\":\"https://cdn.kites.example/first-1.png\",\"b\":\"https://cdn.kites.example/last-1.png\"}" },
    { "{\"a\":\"{first_frame}\",\"b\":\"{mode}\"}", NULL, "f", RUSHES_FORM_PART, "{\"b\":\"first\"}" },
    { "{\"a\":[{\"$each\":\"references\",\"value\":{\"n\":\"{number}\",\"u\":\"{reference}\"}}],\"m\":\"{mode}\"}",
      NULL, "rr", RUSHES_FORM_BASE64,
      "{\"a\":[{\"n\":1,\"u\":\"UE5H\"},{\"n\":2,\"u\":\"UE5H\"}],\"m\":\"references\"}" },
    { "{\"a\":[{\"$each\":\"references\",\"value\":\"{reference}\"},\"x\"]}", NULL, NULL, 0, "{\"a\":[\"x\"]}" },
    { "{\"a\":[{\"$each\":\"references\",\"value\":\"{reference}\"}]}", NULL, NULL, 0, "{}" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

/* What goes with a value that is missing, and what stays. */
static void
test_missing (void)
{
  static const char list[] = "{\"c\":[{\"type\":\"text\",\"text\":\"{prompt}\"},"
                             "{\"type\":\"image\",\"image\":{\"url\":\"{first_frame}\"},\"role\":\"first\"},"
                             "{\"type\":\"image\",\"image\":{\"url\":\"{last_frame}\"},\"role\":\"last\"}]}";
  static const Case cases[] = {
    { list, NULL, NULL, 0, "{\"c\":[{\"type\":\"text\",\"text\":\"A kite\"}]}" },
    { list, NULL, "l", RUSHES_FORM_BASE64,
      "{\"c\":[{\"type\":\"text\",\"text\":\"A "
      "kite\"},{\"type\":\"image\",\"image\":{\"url\":\"UE5H\"},\"role\":\"last\"}]}" },
    { "{\"i\":{\"url\":\"{first_frame}\"},\"o\":{\"x\":{\"y\":\"{last_frame}\"}}}", NULL, NULL, 0, "{}" },
    { "{\"o\":{\"mode\":\"fast\",\"negative\":\"{negative_prompt}\"}}", NULL, NULL, 0, "{\"o\":{\"mode\":\"fast\"}}" },
    { "{\"a\":[{\"type\":\"x\"}]}", NULL, NULL, 0, "{\"a\":[{\"type\":\"x\"}]}" },
    { "{\"a\":[\"{negative_prompt}\"]}", NULL, NULL, 0, "{}" },
    { "{\"m\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"{prompt}\"}]}]}", "\"prompt\":\"\"", NULL,
      0, "{}" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

static void
test_made (void)
{
  static const Case cases[] = {
    { "{\"s\":{\"$switch\":[{\"when\":{\"audio\":true},\"value\":\"on\"},{\"value\":\"off\"}]}}", FULL, NULL, 0,
      "{\"s\":\"on\"}" },
    { "{\"s\":{\"$switch\":[{\"when\":{\"audio\":true},\"value\":\"on\"},{\"value\":\"off\"}]}}", NULL, NULL, 0,
      "{\"s\":\"off\"}" },
    { "{\"s\":{\"$switch\":[{\"when\":{\"picture\":true},\"value\":\"{aspect}\"}]},\"x\":1}", NULL, NULL, 0,
      "{\"x\":1}" },
    { "{\"s\":{\"$switch\":[{\"when\":{\"region\":[\"West\"]},\"value\":1},{\"value\":2}]}}", NULL, NULL, 0,
      "{\"s\":1}" },
    { "{\"s\":{\"$switch\":[{\"when\":{\"region\":[\"East\"]},\"value\":1},{\"value\":2}]}}", NULL, NULL, 0,
      "{\"s\":2}" },
    { "{\"r\":{\"$map\":\"{aspect}\",\"to\":{\"16:9\":\"1280:720\",\"9:16\":\"720:1280\"}}}", FULL, NULL, 0,
      "{\"r\":\"720:1280\"}" },
    { "{\"r\":{\"$map\":\"{resolution} {aspect}\",\"to\":{\"1080p 9:16\":{\"w\":1080}}}}", FULL, NULL, 0,
      "{\"r\":{\"w\":1080}}" },
    { "{\"r\":{\"$map\":\"{duration}\",\"to\":{\"5\":\"short\"},\"else\":\"{duration}\"}}", FULL, NULL, 0,
      "{\"r\":7.5}" },
    { "{\"r\":{\"$map\":\"{duration}\",\"to\":{\"10\":\"long\"}},\"x\":1}", NULL, NULL, 0, "{\"x\":1}" },
    { "{\"r\":{\"$map\":\"{negative_prompt}\",\"to\":{},\"else\":\"none\"},\"x\":1}", NULL, NULL, 0, "{\"x\":1}" },
    { "{\"t\":{\"$text\":{\"image_url\":\"{first_frame}\",\"n\":[1,\"{seed}\"]}}}", NULL, "f", RUSHES_FORM_BASE64,
      "{\"t\":\"{\\\"image_url\\\":\\\"UE5H\\\",\\\"n\\\":[1,7]}\"}" },
    { "{\"t\":{\"$text\":{\"image_url\":\"{first_frame}\"}},\"x\":1}", NULL, NULL, 0, "{\"x\":1}" },
  };

  check (cases, G_N_ELEMENTS (cases));
}

/* Paths, queries and headers: what a value may and may not do to them. */
static void
test_addresses (void)
{
  static const struct
  {
    const char *path;
    const char *task_id;
    const char *address; /* NULL: there is none */
  } cases[] = {
    { "/v1/{task_id}", "a", "https://api.kites.example/v1/a" },
    { "/v1/{task_id}/x", "veo3:17-Y Q/H?#%", "https://api.kites.example/v1/veo3%3A17-Y%20Q%2FH%3F%23%25/x" },
    { "/v1/{task_id}", "..", NULL },
    { "/v1/{task_id}", ".", NULL },
    { "/v1/{task_id}", "../../admin", "https://api.kites.example/v1/..%2F..%2Fadmin" },
    { "/v1/{task_id}", NULL, NULL },
    { "/v1/{task_id|raw}", "models/x/operations/abc", "https://api.kites.example/v1/models/x/operations/abc" },
    { "/v1/{task_id|raw}", "a/../b", NULL },
    { "/v1/{task_id|raw}", "/a", NULL },
    { "/v1/{task_id|raw}", "a?b=c", "https://api.kites.example/v1/a%3Fb%3Dc" },
    { "/v1/{task_id|raw}", "纸", "https://api.kites.example/v1/%E7%BA%B8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("\"path\":\"%s\"", cases[i].path);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesTestTake) take = NULL;
      g_autoptr (RushesHttpRequest) request = NULL;

      take = rushes_test_take_new (rushes_test_describe ("protocol.status", text, FALSE, &error), NULL, NULL, 0);
      take->task.task_id = cases[i].task_id;
      request = rushes_protocol_build (take->protocol, RUSHES_OPERATION_STATUS, &take->task, &error);
      if (cases[i].address == NULL)
        {
          g_assert_null (request);
          g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
          continue;
        }
      g_assert_no_error (error);
      g_assert_cmpstr (request->address, ==, cases[i].address);
    }
}

static void
test_headers (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesTestTake) take = NULL;
  g_autoptr (RushesTestTake) broken = NULL;
  g_autoptr (RushesHttpRequest) request = NULL;
  g_autoptr (RushesHttpRequest) none = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  RushesDescription *description = rushes_test_describe (
      "protocol.submit",
      "\"query\":{\"a b\":\"{prompt}\",\"n\":\"{negative_prompt}\",\"logs\":1},"
      "\"headers\":{\"X-Model\":\"{model}\",\"x-version\":\"4\",\"X-None\":\"{negative_prompt}\"}",
      FALSE, &error);

  g_assert_no_error (error);
  take = rushes_test_take_new (g_object_ref (description), NULL, NULL, 0);
  request = rushes_protocol_build (take->protocol, RUSHES_OPERATION_SUBMIT, &take->task, &error);
  g_assert_no_error (error);
  node = rushes_http_request_to_json (request);
  json = json_to_string (json_object_get_member (json_node_get_object (node), "headers"), FALSE);
  g_assert_cmpstr (json, ==, "{\"X-Model\":\"kite/red\",\"x-version\":\"4\"}");
  g_assert_cmpstr (request->address, ==, "https://api.kites.example/v1/videos?a%20b=A%20kite&logs=1");
  g_object_unref (description);

  description = rushes_test_describe ("protocol.submit", "\"headers\":{\"X-Prompt\":\"{prompt}\"}", FALSE, &error);
  broken = rushes_test_take_new (description, "\"prompt\":\"a\\r\\nHost: evil\"", NULL, 0);
  none = rushes_protocol_build (broken->protocol, RUSHES_OPERATION_SUBMIT, &broken->task, &error);
  g_assert_null (none);
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

static void
test_form (void)
{
  static const char form[] =
      "\"json\":null,\"form\":[{\"name\":\"model\",\"value\":\"{model}\"},{\"name\":\"seconds\",\"value\":\"{duration}"
      "\"},"
      "{\"name\":\"none\",\"value\":\"{negative_prompt}\"},{\"name\":\"input\",\"picture\":\"{first_frame}\"},"
      "{\"name\":\"url\",\"value\":\"{first_frame}\"},{\"name\":\"set\",\"value\":{\"a\":\"{seed}\"}},"
      "{\"$each\":\"references\",\"value\":{\"name\":\"ref{number}\",\"picture\":\"{reference}\"}}]";
  static const struct
  {
    const char *pictures;
    RushesPictureForm picture_form;
    const char *body;
  } cases[] = {
    { "frr", RUSHES_FORM_PART,
      "[{\"name\":\"model\",\"value\":\"kite/red\"},{\"name\":\"seconds\",\"value\":\"5\"},"
      "{\"name\":\"input\",\"filename\":\"first-1.png\",\"content_type\":\"image/png\",\"length\":3},"
      "{\"name\":\"set\",\"value\":\"{\\\"a\\\":7}\"},"
      "{\"name\":\"ref1\",\"filename\":\"reference-1.png\",\"content_type\":\"image/png\",\"length\":3},"
      "{\"name\":\"ref2\",\"filename\":\"reference-2.png\",\"content_type\":\"image/png\",\"length\":3}]" },
    { "f", RUSHES_FORM_ADDRESS,
      "[{\"name\":\"model\",\"value\":\"kite/red\"},{\"name\":\"seconds\",\"value\":\"5\"},"
      "{\"name\":\"url\",\"value\":\"https://cdn.kites.example/first-1.png\"},"
      "{\"name\":\"set\",\"value\":\"{\\\"a\\\":7}\"}]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesTestTake) take =
          rushes_test_take_new (rushes_test_describe ("protocol.submit", form, FALSE, &error), NULL, cases[i].pictures,
                                cases[i].picture_form);
      g_autoptr (RushesHttpRequest) request =
          rushes_protocol_build (take->protocol, RUSHES_OPERATION_SUBMIT, &take->task, &error);
      g_autoptr (JsonNode) node = NULL;
      g_autofree char *body = NULL;

      g_assert_no_error (error);
      node = rushes_http_request_to_json (request);
      body = json_to_string (json_object_get_member (json_node_get_object (node), "body"), FALSE);
      g_assert_cmpstr (body, ==, cases[i].body);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/template/values", test_values);
  g_test_add_func ("/template/pictures", test_pictures);
  g_test_add_func ("/template/missing", test_missing);
  g_test_add_func ("/template/made", test_made);
  g_test_add_func ("/template/addresses", test_addresses);
  g_test_add_func ("/template/headers", test_headers);
  g_test_add_func ("/template/form", test_form);

  return g_test_run ();
}
