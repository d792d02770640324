/* test-description.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-description.h"
#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-model.h"
#include "rushes-protocol.h"
#include "rushes-test.h"

#define CREDIT(amount, currency)                                                                                       \
  "\"amount\":\"" amount "\",\"currency\":\"" currency "\",\"as_of\":\"2026-08-01\",\"source\":\"x\""
#define MODEL "{\"id\":\"m\",\"name\":\"M\",\"durations\":[5,10]}"
#define SERVICE                                                                                                        \
  "\"regions\":[{\"name\":\"All\",\"url\":\"https://api.one.example\"}],\"auth\":{\"scheme\":\"bearer\"},"             \
  "\"protocol\":{\"submit\":{\"method\":\"POST\",\"path\":\"/v1\"},\"status\":{\"path\":\"/v1/{task_id}\"},"           \
  "\"answer\":{\"task\":[\"id\"]}}"
#define HEAD "\"version\":1,\"id\":\"one\",\"name\":\"One\",\"engine\":\"http\",\"default_model\":\"m\"," SERVICE

static RushesDescription *
describe (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return rushes_description_new_from_bytes (bytes, "one.json", error);
}

static void
test_animatic (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) self = rushes_description_new_shipped ("animatic", &error);
  g_autoptr (RushesModel) model = NULL;
  double minimum, maximum, step;
  const int *rates;
  gsize n_rates, n_durations;
  GPtrArray *parameters;
  RushesParameter *parameter;

  g_assert_no_error (error);
  g_assert_cmpstr (rushes_description_get_id (self), ==, "animatic");
  g_assert_cmpstr (rushes_description_get_name (self), ==, "Animatic");
  g_assert_cmpstr (rushes_description_get_engine (self), ==, "animatic");
  g_assert_cmpuint (rushes_description_get_slots (self), ==, 1);
  g_assert_cmpfloat (rushes_description_get_time_limit (self), ==, 3600);
  g_assert_cmpuint (strlen (rushes_description_get_hash (self)), ==, 64);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (rushes_description_get_json (self)));
  g_assert_cmpuint (g_list_model_get_n_items (rushes_description_get_models (self)), ==, 1);

  model = g_list_model_get_item (rushes_description_get_models (self), 0);
  g_assert_cmpstr (rushes_model_get_id (model), ==, rushes_description_get_default_model (self));
  g_assert_cmpstr (rushes_model_get_provider_id (model), ==, "animatic");
  g_assert_true (rushes_model_get_duration_range (model, &minimum, &maximum, &step));
  g_assert_cmpfloat (minimum, ==, 3);
  g_assert_cmpfloat (maximum, ==, 20);
  g_assert_cmpfloat (step, ==, 1);
  rushes_model_get_durations (model, &n_durations);
  g_assert_cmpuint (n_durations, ==, 0);
  g_assert_cmpfloat (rushes_model_get_default_duration (model), ==, 5);
  g_assert_cmpuint (g_strv_length ((GStrv) rushes_model_get_resolutions (model)), ==, 3);
  g_assert_cmpstr (rushes_model_get_default_resolution (model), ==, "720p");
  g_assert_cmpuint (g_strv_length ((GStrv) rushes_model_get_aspects (model)), ==, 5);
  g_assert_cmpstr (rushes_model_get_default_aspect (model), ==, "16:9");
  rates = rushes_model_get_frame_rates (model, &n_rates);
  g_assert_cmpuint (n_rates, ==, 3);
  g_assert_cmpint (rates[2], ==, 60);
  g_assert_cmpint (rushes_model_get_default_frame_rate (model), ==, 30);
  g_assert_cmpint (rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME), ==, RUSHES_INPUT_OPTIONAL);
  g_assert_cmpint (rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME), ==, RUSHES_INPUT_NONE);
  g_assert_cmpint (rushes_model_get_input (model, RUSHES_ROLE_REFERENCE), ==, RUSHES_INPUT_NONE);
  g_assert_cmpint (rushes_model_get_prompt_input (model), ==, RUSHES_INPUT_OPTIONAL);
  g_assert_true (rushes_model_get_has_seed (model));
  g_assert_true (rushes_model_get_has_audio (model));
  g_assert_false (rushes_model_get_has_negative (model));
  g_assert_false (rushes_model_get_has_watermark (model));
  g_assert_cmpint (rushes_model_get_max_count (model), ==, 8);

  parameters = rushes_model_get_parameters (model);
  g_assert_cmpuint (parameters->len, ==, 2);
  parameter = g_ptr_array_index (parameters, 0);
  g_assert_cmpstr (parameter->name, ==, "caption");
  g_assert_cmpint (parameter->kind, ==, RUSHES_PARAMETER_SWITCH);
  g_assert_cmpstr (parameter->fallback, ==, "false");
  parameter = g_ptr_array_index (parameters, 1);
  g_assert_cmpstr (parameter->name, ==, "move");
  g_assert_cmpstr (parameter->fallback, ==, "auto");
  g_assert_cmpuint (parameter->choices->len, ==, 10);
  g_assert_cmpstr (((RushesParameterChoice *) g_ptr_array_index (parameter->choices, 9))->value, ==, "drift");
}

static void
test_unknown (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_description_new_shipped ("nobody", &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
}

static void
test_defaults (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) self = describe ("{" HEAD ",\"models\":[" MODEL "]}", &error);
  g_autoptr (RushesModel) model = NULL;
  double interval, slowest;

  g_assert_no_error (error);
  g_assert_null (rushes_description_get_summary (self));
  g_assert_cmpuint (rushes_description_get_slots (self), ==, 1);
  g_assert_cmpfloat (rushes_description_get_time_limit (self), ==, 1800);
  rushes_description_get_poll (self, &interval, &slowest);
  g_assert_cmpfloat (interval, ==, 2);
  g_assert_cmpfloat (slowest, ==, 10);

  model = g_list_model_get_item (rushes_description_get_models (self), 0);
  g_assert_cmpfloat (rushes_model_get_default_duration (model), ==, 5);
  g_assert_null (rushes_model_get_default_resolution (model));
  g_assert_null (rushes_model_get_resolutions (model)[0]);
  g_assert_cmpint (rushes_model_get_default_frame_rate (model), ==, 0);
  g_assert_cmpint (rushes_model_get_max_count (model), ==, 1);
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    RushesErrorCode code;
    const char *complaint;
  } cases[] = {
    { "", RUSHES_ERROR_BAD_REQUEST, "one.json is not valid JSON: it is empty." },
    { "{ \"version\": 1,\n  \"id\" }", RUSHES_ERROR_BAD_REQUEST,
      "one.json is not valid JSON: the mistake is in line 2, at column *." },
    { "{ \"version\": 1, }", RUSHES_ERROR_BAD_REQUEST,
      "one.json is not valid JSON: the mistake is in line 1, at column *." },
    { "{ \"name\": \"\xff\" }", RUSHES_ERROR_BAD_REQUEST, "one.json is not valid JSON: its text is not UTF-8." },
    { "[]", RUSHES_ERROR_BAD_REQUEST, "one.json: an object*" },
    { "{" HEAD "}", RUSHES_ERROR_BAD_REQUEST, "one.json: “models” is missing." },
    { "{\"version\":2}", RUSHES_ERROR_BAD_REQUEST, "one.json: “id” is missing." },
    { "{\"version\":2,\"id\":\"one\",\"name\":\"One\",\"engine\":\"http\",\"default_model\":\"m\",\"models\":[" MODEL
      "]}",
      RUSHES_ERROR_BAD_REQUEST, "one.json: version: a whole number from 1 to 1 is expected." },
    { "{\"version\":1,\"id\":\"One\",\"name\":\"One\",\"engine\":\"http\",\"default_model\":\"m\",\"models\":[" MODEL
      "]}",
      RUSHES_ERROR_BAD_REQUEST, "one.json: id: 2 to 40 of a–z, 0–9 and - are expected." },
    { "{\"version\":1,\"id\":\"one\",\"name\":\"One\",\"engine\":\"ftp\",\"default_model\":\"m\",\"models\":[" MODEL
      "]}",
      RUSHES_ERROR_BAD_REQUEST, "one.json: engine: one of these words is expected: animatic, http." },
    { "{" HEAD ",\"models\":[]}", RUSHES_ERROR_BAD_REQUEST, "one.json: default_model: there is no model “m”." },
    { "{" HEAD ",\"models\":[" MODEL "," MODEL "]}", RUSHES_ERROR_BAD_REQUEST,
      "one.json: models[1].id: there is another “m” already." },
    { "{" HEAD ",\"slots\":0,\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST, "one.json: slots: a whole number*" },
    { "{" HEAD ",\"time_limit\":7200,\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST, "one.json: time_limit: *" },
    { "{" HEAD ",\"poll\":{\"interval\":5,\"slowest\":2},\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST,
      "one.json: poll.slowest: a number from 5 to 600 is expected." },
    { "{" HEAD ",\"colour\":\"red\",\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST,
      "one.json: “colour” is not known here." },
    { "{" HEAD ",\"credit\":0.01,\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST, "one.json: credit: an object*" },
    { "{" HEAD ",\"credit\":{\"amount\":\"0.01\",\"currency\":\"USD\",\"source\":\"x\"},\"models\":[" MODEL "]}",
      RUSHES_ERROR_BAD_REQUEST, "one.json: credit: “as_of” is missing." },
    { "{" HEAD ",\"credit\":{" CREDIT ("0", "USD") "},\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST,
      "one.json: credit.amount: what one credit is worth is expected, a decimal number in quotes." },
    { "{" HEAD ",\"credit\":{" CREDIT ("1000001", "USD") "},\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST,
      "one.json: credit.amount: what one credit is worth is expected, a decimal number in quotes." },
    { "{" HEAD ",\"credit\":{" CREDIT ("a cent", "USD") "},\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST,
      "one.json: credit.amount: what one credit is worth is expected, a decimal number in quotes." },
    { "{" HEAD ",\"credit\":{" CREDIT ("0.01", "credits:one") "},\"models\":[" MODEL "]}", RUSHES_ERROR_BAD_REQUEST,
      "one.json: credit.currency: a code of three capital letters is expected." },
    { "{" HEAD ",\"credit\":{" CREDIT ("0.01", "USD") ",\"per\":\"clip\"},\"models\":[" MODEL "]}",
      RUSHES_ERROR_BAD_REQUEST, "one.json: credit: “per” is not known here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesDescription) self = describe (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (self);
      g_assert_error (error, RUSHES_ERROR, (int) cases[i].code);
      if (!g_pattern_match_simple (cases[i].complaint, error->message))
        g_error ("“%s” does not match “%s”", error->message, cases[i].complaint);
    }
}

/* Prices in credits are told with their worth, and others are not. */
static void
test_credit (void)
{
  static const struct
  {
    const char *credit;
    const char *currency;
    gint64 worth; /* -1: not known */
  } cases[] = {
    { ",\"credit\":{" CREDIT ("0.14", "USD") "}", "credits:one", 490000 },
    { ",\"credit\":{" CREDIT ("0.14", "USD") "}", "USD", -1 },
    { "", "credits:one", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{" HEAD "%s,\"models\":[{\"id\":\"m\",\"name\":\"M\",\"durations\":[5],"
                                               "\"prices\":[{\"amount\":\"0.7\",\"currency\":\"%s\",\"per\":\"second\","
                                               "\"as_of\":\"2026-08-01\",\"source\":\"x\"}]}]}",
                                               cases[i].credit, cases[i].currency);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesDescription) self = describe (text, &error);
      g_autoptr (RushesModel) model = NULL;
      g_autoptr (RushesDraft) draft = rushes_draft_new ();
      RushesPrice price;

      g_assert_no_error (error);
      model = g_list_model_get_item (rushes_description_get_models (self), 0);
      price = rushes_model_estimate (model, draft);
      g_assert_cmpint (price.high.micros, ==, 3500000);
      g_assert_cmpstr (price.worth.currency, ==, cases[i].worth < 0 ? NULL : "USD");
      g_assert_cmpint (price.worth.micros, ==, MAX (cases[i].worth, 0));
      g_assert_cmpint (rushes_description_get_credit (self).micros, ==, *cases[i].credit != '\0' ? 140000 : 0);
    }
}

/* Mistakes in a model: what stands behind "durations" in it, and what is said of it. */
static void
test_model_mistakes (void)
{
  static const struct
  {
    const char *members;
    const char *complaint;
  } cases[] = {
    { "\"name\":\"M\"", "“durations” is missing." },
    { "\"durations\":5", "durations: a list [ … ] is expected." },
    { "\"durations\":[]", "durations: at least one length is expected." },
    { "\"durations\":[\"5\"]", "durations[0]: a number is expected." },
    { "\"durations\":[5,5]", "durations[1]: the lengths must grow." },
    { "\"durations\":{\"minimum\":5}", "durations: “maximum” is missing." },
    { "\"durations\":{\"minimum\":5,\"maximum\":4,\"step\":1}",
      "durations.maximum: a number from 5 to 3600 is expected." },
    { "\"durations\":{\"minimum\":5,\"maximum\":9,\"step\":0}",
      "durations.step: a number from 0.001 to 3600 is expected." },
    { "\"durations\":[5],\"default_duration\":6", "default_duration: this is not one of the values above." },
    { "\"durations\":{\"minimum\":5,\"maximum\":9,\"step\":2},\"default_duration\":6",
      "default_duration: this is not one of the values above." },
    { "\"durations\":[5],\"resolutions\":[\"big\"]", "resolutions: “big” is no size such as 720p or 1280x720." },
    { "\"durations\":[5],\"resolutions\":[\"720p\"],\"default_resolution\":\"1080p\"",
      "default_resolution: this is not one of the values above." },
    { "\"durations\":[5],\"aspects\":[\"wide\"]", "aspects: “wide” is no aspect ratio such as 16:9." },
    { "\"durations\":[5],\"frame_rates\":[0]", "frame_rates[0]: a whole number from 1 to 240 is expected." },
    { "\"durations\":[5],\"frame_rates\":[24],\"default_frame_rate\":30",
      "default_frame_rate: this is not one of the values above." },
    { "\"durations\":[5],\"inputs\":{\"first_frame\":true}", "inputs.first_frame: text in quotes is expected." },
    { "\"durations\":[5],\"inputs\":{\"middle\":\"none\"}", "inputs: “middle” is not known here." },
    { "\"durations\":[5],\"prompt\":{\"limit\":5}", "prompt: “input” is missing." },
    { "\"durations\":[5],\"any_of\":[\"luck\"]",
      "any_of[0]: one of these words is expected: first_frame, last_frame, references, prompt." },
    { "\"durations\":[5],\"max_count\":0", "max_count: a whole number from 1 to 100 is expected." },
    { "\"durations\":[5],\"retired\":\"soon\"", "retired: a date such as 2026-10-01 is expected." },
    { "\"durations\":[5],\"parameters\":[{\"name\":\"a\",\"title\":\"A\",\"kind\":\"switch\"}]",
      "parameters[0]: “default” is missing." },
    { "\"durations\":[5],\"parameters\":[{\"name\":\"a\",\"title\":\"A\",\"kind\":\"choice\",\"default\":\"x\","
      "\"choices\":[{\"value\":\"y\",\"title\":\"Y\"}]}]",
      "parameters[0].default: this is not one of the values above." },
    { "\"durations\":[5],\"parameters\":[{\"name\":\"a\",\"title\":\"A\",\"kind\":\"integer\",\"default\":7,"
      "\"minimum\":0,\"maximum\":5}]",
      "parameters[0].default: this is not one of the values above." },
    { "\"durations\":[5],\"parameters\":[{\"name\":\"a\",\"title\":\"A\",\"kind\":\"text\",\"default\":\"\"},"
      "{\"name\":\"a\",\"title\":\"B\",\"kind\":\"text\",\"default\":\"\"}]",
      "parameters[1].name: there is another “a” already." },
    { "\"durations\":[5],\"prices\":[{\"amount\":\"0.1\",\"currency\":\"USD\",\"per\":\"clip\"}]",
      "prices[0]: “as_of” is missing." },
    { "\"durations\":[5],\"prices\":[{\"amount\":\"-1\",\"currency\":\"USD\",\"per\":\"clip\",\"as_of\":\"2026-01-01\","
      "\"source\":\"s\"}]",
      "prices[0].amount: a decimal number in quotes is expected." },
    { "\"durations\":[5],\"prices\":[{\"amount\":\"1\",\"currency\":\"dollars\",\"per\":\"clip\","
      "\"as_of\":\"2026-01-01\",\"source\":\"s\"}]",
      "prices[0].currency: a code of three capital letters or “credits:PROVIDER” is expected." },
    { "\"durations\":[5],\"prices\":[{\"amount\":\"1\",\"currency\":\"USD\",\"per\":\"day\",\"as_of\":\"2026-01-01\","
      "\"source\":\"s\"}]",
      "prices[0].per: one of these words is expected: second, clip, image, megapixel, 1k_tokens, extended_second." },
    { "\"durations\":[5],\"prices\":[{\"amount\":\"1\",\"currency\":\"USD\",\"per\":\"clip\",\"as_of\":\"2026-01-01\","
      "\"source\":\"s\",\"when\":{\"weather\":\"fine\"}}]",
      "prices[0].when: “weather” is not known here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name =
          strstr (cases[i].members, "\"name\":\"M\"") ? g_strdup ("") : g_strdup ("\"name\":\"M\",");
      g_autofree char *text = g_strdup_printf ("{" HEAD ",\"models\":[{\"id\":\"m\",%s%s}]}", name, cases[i].members);
      g_autofree char *expected =
          g_strdup_printf ("one.json: models[0]%s%s",
                           g_unichar_isalpha (g_utf8_get_char (cases[i].complaint)) ? "." : ": ", cases[i].complaint);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesDescription) self = describe (text, &error);

      g_assert_null (self);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, expected);
    }
}

static RushesDescription *
describe_own (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return rushes_description_new_strange (bytes, "home.json", error);
}

/* A few lines make another server of a kind. */
static void
test_base (void)
{
  static const char text[] = "{\"version\":1,\"id\":\"home\",\"base\":\"openai-compatible\",\"name\":\"At Home\","
                             "\"slots\":3,\"base_url\":\"http://192.168.1.5:8091/v1/\"}";
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) self = describe_own (text, &error);
  g_autoptr (RushesDescription) base = rushes_description_new_shipped ("openai-compatible", NULL);
  g_auto (GStrv) hosts = NULL;
  RushesProtocol *protocol;
  RushesRegion *region;

  g_assert_no_error (error);
  g_assert_cmpstr (rushes_description_get_id (self), ==, "home");
  g_assert_cmpstr (rushes_description_get_name (self), ==, "At Home");
  g_assert_cmpuint (rushes_description_get_slots (self), ==, 3);
  g_assert_cmpstr (rushes_description_get_default_model (self), ==, rushes_description_get_default_model (base));
  g_assert_cmpuint (g_list_model_get_n_items (rushes_description_get_models (self)), ==,
                    g_list_model_get_n_items (rushes_description_get_models (base)));
  g_assert_cmpuint (strlen (rushes_description_get_hash (self)), ==, 64);

  protocol = rushes_description_get_protocol (self);
  g_assert_cmpuint (rushes_protocol_get_regions (protocol)->len, ==, 1);
  region = g_ptr_array_index (rushes_protocol_get_regions (protocol), 0);
  g_assert_cmpstr (region->name, ==, "At Home");
  g_assert_cmpstr (region->url, ==, "http://192.168.1.5:8091");
  g_assert_cmpint (rushes_protocol_needs_key (protocol), ==,
                   rushes_protocol_needs_key (rushes_description_get_protocol (base)));
  hosts = rushes_description_list_hosts (self);
  g_assert_cmpuint (g_strv_length (hosts), ==, 1);
  g_assert_cmpstr (hosts[0], ==, "192.168.1.5");

  /* What was merged reads as a description of its own. */
  {
    g_autofree char *merged = json_to_string (rushes_description_get_json (self), FALSE);
    g_autoptr (RushesDescription) again = describe_own (merged, &error);

    g_assert_no_error (error);
    g_assert_cmpstr (rushes_description_get_id (again), ==, "home");
  }
}

/* Another account: the same hosts, but none of the variables that hold the first one's key. */
static void
test_base_keys (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) self =
      describe_own ("{\"version\":1,\"id\":\"kling-two\",\"base\":\"kling\",\"name\":\"Kling, the other\"}", &error);
  g_autoptr (RushesDescription) base = rushes_description_new_shipped ("kling", NULL);

  g_assert_no_error (error);
  g_assert_null (rushes_protocol_get_environment (rushes_description_get_protocol (self))[0]);
  g_assert_nonnull (rushes_protocol_get_environment (rushes_description_get_protocol (base))[0]);
  g_assert_null (rushes_protocol_get_origins (rushes_description_get_protocol (self))[0]);
  g_assert_cmpuint (rushes_protocol_get_regions (rushes_description_get_protocol (self))->len, ==,
                    rushes_protocol_get_regions (rushes_description_get_protocol (base))->len);
}

static void
test_base_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *complaint;
  } cases[] = {
    { "[]", "home.json: an object { … } is expected." },
    { "{\"version\":1,\"id\":\"kling\",\"base\":\"kling\",\"name\":\"K\"}",
      "home.json: id: “kling” comes with Rushes already. Choose another one." },
    { "{\"version\":1,\"base\":\"kling\",\"name\":\"K\"}", "home.json: “id” is missing." },
    { "{\"version\":1,\"id\":\"two\",\"base\":\"kling\"}", "home.json: “name” is missing." },
    { "{\"version\":1,\"id\":\"two\",\"base\":\"kling\",\"name\":\"K\",\"submit\":{},\"protocol\":{}}",
      "home.json: submit: there can be only one of “submit” and “protocol”." },
    { "{\"version\":1,\"id\":\"two\",\"base\":\"kling\",\"name\":\"K\",\"submit\":7}",
      "home.json: protocol.submit: an object { … } is expected." },
    { "{\"version\":1,\"id\":\"two\",\"base\":7}", "home.json: base: text in quotes is expected." },
    { "{\"version\":1,\"id\":\"two\",\"base\":\"kling\",\"name\":\"K\",\"colour\":1}",
      "home.json: “colour” is not known here." },
    { "{\"version\":1,\"id\":\"gate\",\"base\":\"grok-chat\",\"name\":\"G\",\"base_url\":\"https://api.x.ai/v1\"}",
      "home.json: base_url: api.x.ai is another service. Use the provider “xai” for it." },
    { "{\"version\":1,\"id\":\"gate\",\"base\":\"grok-chat\",\"name\":\"G\",\"base_url\":\"http://gate.example\"}",
      "home.json: base_url: Key and pictures would go to gate.example where everybody can read them. Use https." },
    /* Its upload needs an origin that is not inherited with it. */
    { "{\"version\":1,\"id\":\"two\",\"base\":\"pika\",\"name\":\"P\"}",
      "home.json: upload.steps[0].base: this is none of “origins”." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesDescription) self = describe_own (cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_null (self);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_cmpstr (error->message, ==, cases[i].complaint);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/description/credit", test_credit);
  g_test_add_func ("/description/animatic", test_animatic);
  g_test_add_func ("/description/unknown", test_unknown);
  g_test_add_func ("/description/defaults", test_defaults);
  g_test_add_func ("/description/mistakes", test_mistakes);
  g_test_add_func ("/description/model-mistakes", test_model_mistakes);
  g_test_add_func ("/description/base", test_base);
  g_test_add_func ("/description/base-keys", test_base_keys);
  g_test_add_func ("/description/base-mistakes", test_base_mistakes);

  return g_test_run ();
}
