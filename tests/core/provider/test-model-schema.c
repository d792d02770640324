/* test-model-schema.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a model's own schema says that it takes, and what it is sent because of that. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-model-stock.h"
#include "rushes-protocol.h"
#include "rushes-provider.h"
#include "rushes-test-model.h"
#include "rushes-test.h"

#define REPLICATE "https://api.replicate.com/v1"

typedef struct
{
  RushesDescription *description;
  RushesModelBase *base;
  RushesModel *model; /* NULL when it was refused */
  GError *error;
} Described;

static void
described_free (Described *self)
{
  g_clear_object (&self->model);
  rushes_model_base_unref (self->base);
  g_object_unref (self->description);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Described, described_free)

/* Single quotes stand for double ones. */
static Described *
describe_reply (const char *provider, const char *id, const char *base_url, const char *form)
{
  g_autofree char *text = g_strdelimit (g_strdup (form), "'", '"');
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  g_autoptr (RushesHttpReply) reply = rushes_http_reply_new (200, NULL, body, base_url);
  g_autoptr (JsonNode) sheet = NULL;
  Described *self = g_new0 (Described, 1);

  self->description = rushes_description_new_shipped (provider, &self->error);
  g_assert_no_error (self->error);
  self->base = rushes_model_base_new (self->description);
  sheet = rushes_protocol_read_schema (rushes_description_get_protocol (self->description), id, reply, base_url,
                                       &self->error);
  if (sheet != NULL)
    {
      self->model = rushes_model_base_make (self->base, sheet, &self->error);
      g_assert_no_error (self->error);
    }
  return self;
}

/* A model of Replicate, of its properties and what is required. */
static Described *
describe (const char *properties, const char *required)
{
  g_autofree char *form = g_strdup_printf (
      "{'owner':'acme','name':'odd','latest_version':{'id':'1','openapi_schema':{'components':{'schemas':{"
      "'aspect':{'enum':['16:9','9:16'],'type':'string'},'loop':{'$ref':'#/components/schemas/loop'},"
      "'Input':{'type':'object','required':[%s],'properties':{%s}}}}}}}",
      required, properties);

  return describe_reply ("replicate", "acme/odd", REPLICATE, form);
}

/* The body of the submit, with first and last frame and two references as addresses where the model takes them. */
static char *
make_body (Described *self, RushesDraft *draft)
{
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (GPtrArray) pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_sent_picture_free);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  g_autoptr (RushesHttpRequest) built = NULL;
  g_autoptr (GError) error = NULL;
  RushesTask task = { .model = self->model, .base_url = REPLICATE, .pictures = pictures };

  rushes_draft_set_model (draft, rushes_description_get_id (self->description), rushes_model_get_id (self->model));
  request = rushes_request_new (draft, self->model, 0);
  for (guint role = 0; role <= RUSHES_ROLE_REFERENCE; role++)
    for (guint i = 0; i < rushes_request_get_n_references (request, role); i++)
      {
        RushesSentPicture *picture = rushes_sent_picture_new (role, RUSHES_FORM_ADDRESS, bytes, "image/png", "p.png");

        picture->address = g_strdup_printf ("https://p.example/%u-%u", role, i);
        g_ptr_array_add (pictures, picture);
      }
  task.request = request;
  built = rushes_protocol_build (rushes_description_get_protocol (self->description), RUSHES_OPERATION_SUBMIT, &task,
                                 &error);
  g_assert_no_error (error);
  g_test_message ("%s", built->address);
  return json_to_string (built->json, FALSE);
}

/* ---- names of a model's own ---- */

static void
test_odd_names (void)
{
  g_autoptr (Described) odd = describe (
      "'text_prompt':{'type':'string','x-order':0,'maxLength':900},"
      "'start_image':{'type':'string','format':'uri','x-order':1},"
      "'tail_image':{'type':'string','format':'uri','nullable':true,'x-order':2},"
      "'subject_reference':{'anyOf':[{'type':'array','items':{'type':'string'},'maxItems':2},{'type':'null'}]},"
      "'seconds':{'enum':['5','10'],'default':'10','type':'string'},"
      "'quality':{'type':'string','enum':['720P','1080P','ultra'],'default':'1080P'},"
      "'aspect_ratio':{'allOf':[{'$ref':'#/components/schemas/aspect'}],'default':'9:16'},"
      "'seed':{'type':'integer','nullable':true},"
      "'style_strength':{'type':'number','minimum':0,'maximum':1,'default':0.5,'title':'Style','description':'How "
      "much.'},"
      "'steps':{'enum':[20,30],'type':'integer','default':30},"
      "'turbo':{'type':'boolean','default':true}",
      "'text_prompt'");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *body = NULL;
  gsize n;

  g_assert_no_error (odd->error);
  g_assert_cmpint (rushes_model_get_prompt_input (odd->model), ==, RUSHES_INPUT_REQUIRED);
  g_assert_cmpint (rushes_model_get_prompt_limit (odd->model), ==, 900);
  g_assert_cmpint (rushes_model_get_input (odd->model, RUSHES_ROLE_FIRST_FRAME), ==, RUSHES_INPUT_OPTIONAL);
  g_assert_cmpint (rushes_model_get_input (odd->model, RUSHES_ROLE_LAST_FRAME), ==, RUSHES_INPUT_OPTIONAL);
  g_assert_cmpint (rushes_model_get_max_references (odd->model), ==, 2);
  g_assert_cmpfloat (rushes_model_get_durations (odd->model, &n)[0], ==, 5);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpfloat (rushes_model_get_default_duration (odd->model), ==, 10);
  g_assert_cmpstr (rushes_model_get_resolutions (odd->model)[1], ==, "1080p");
  g_assert_null (rushes_model_get_resolutions (odd->model)[2]);
  g_assert_cmpstr (rushes_model_get_default_aspect (odd->model), ==, "9:16");
  g_assert_false (rushes_model_get_has_audio (odd->model));
  g_assert_false (rushes_model_get_has_negative (odd->model));
  g_assert_cmpuint (rushes_model_get_parameters (odd->model)->len, ==, 3);

  rushes_draft_set_prompt (draft, "A boat");
  rushes_draft_set_duration (draft, 5);
  rushes_draft_set_seed (draft, 7);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  rushes_test_model_add_picture (draft, RUSHES_ROLE_LAST_FRAME, "b.png");
  rushes_test_model_add_picture (draft, RUSHES_ROLE_REFERENCE, "c.png");
  rushes_draft_set_parameter (draft, "turbo", "false");
  body = make_body (odd, draft);
  g_assert_cmpstr (body, ==,
                   "{\"input\":{\"text_prompt\":\"A boat\",\"start_image\":\"https://p.example/0-0\","
                   "\"tail_image\":\"https://p.example/1-0\",\"subject_reference\":[\"https://p.example/2-0\"],"
                   "\"seconds\":\"5\",\"quality\":\"1080P\",\"aspect_ratio\":\"9:16\",\"seed\":7,\"steps\":30,"
                   "\"style_strength\":0.5,\"turbo\":false}}");
}

/* What is not said is not sent: no length, no size, no seed. */
static void
test_little (void)
{
  g_autoptr (Described) little = describe ("'image':{'type':'string','format':'uri'},"
                                           "'negative_prompt':{'type':'string'},"
                                           "'motion':{'type':'integer','minimum':1,'maximum':9}",
                                           "'image'");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *body = NULL;

  g_assert_no_error (little->error);
  g_assert_cmpint (rushes_model_get_input (little->model, RUSHES_ROLE_FIRST_FRAME), ==, RUSHES_INPUT_REQUIRED);
  g_assert_cmpint (rushes_model_get_prompt_input (little->model), ==, RUSHES_INPUT_NONE);
  g_assert_cmpuint (rushes_model_get_parameters (little->model)->len, ==, 0);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  body = make_body (little, draft);
  g_assert_cmpstr (body, ==, "{\"input\":{\"image\":\"https://p.example/0-0\"}}");
}

/* A length that is told in frames. */
static void
test_frames (void)
{
  g_autoptr (Described) wan =
      describe ("'prompt':{'type':'string'},'num_frames':{'type':'integer','minimum':81,'maximum':121,'default':81},"
                "'frames_per_second':{'type':'integer','minimum':5,'maximum':30,'default':16},"
                "'aspect_ratio':{'type':'string','enum':['auto','16:9'],'default':'auto'},'img':{'type':'string'}",
                "'prompt'");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *body = NULL;
  g_autofree char *with_picture = NULL;
  double minimum, maximum, step;

  g_assert_no_error (wan->error);
  g_assert_true (rushes_model_get_duration_range (wan->model, &minimum, &maximum, &step));
  g_assert_cmpfloat (minimum, ==, 5);
  g_assert_cmpfloat (maximum, ==, 7);
  g_assert_cmpint (rushes_model_get_default_frame_rate (wan->model), ==, 16);
  rushes_draft_set_prompt (draft, "A boat");
  rushes_draft_set_duration (draft, 6);
  body = make_body (wan, draft);
  g_assert_cmpstr (body, ==,
                   "{\"input\":{\"prompt\":\"A boat\",\"frames_per_second\":16,\"num_frames\":97,"
                   "\"aspect_ratio\":\"16:9\"}}");
  /* With a picture the model goes by it, as it does by itself. */
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  with_picture = make_body (wan, draft);
  g_assert_nonnull (strstr (with_picture, "\"img\":\"https://p.example/0-0\""));
  g_assert_null (strstr (with_picture, "aspect_ratio"));
}

static void
test_fal (void)
{
  g_autoptr (Described) clip = describe_reply (
      "fal", "acme/clip/image-to-video", "https://queue.fal.run",
      "{'openapi':'3.0.4','paths':{'/acme/clip/image-to-video/requests/{request_id}/status':{'get':{}},"
      "'/acme/clip/image-to-video':{'post':{'requestBody':{'required':true,'content':{'application/json':{'schema':"
      "{'$ref':'#/components/schemas/ClipInput'}}}}}}},"
      "'components':{'schemas':{'ClipInput':{'type':'object','properties':{"
      "'prompt':{'type':'string','maxLength':2500},'start_image_url':{'type':'string'},"
      "'duration':{'enum':['auto','4s','8s'],'type':'string','default':'8s'},"
      "'generate_audio':{'type':'boolean','default':true},'cfg_scale':{'type':'number','default':0.5,'maximum':1,'"
      "minimum':0},"
      "'sync_mode':{'type':'boolean','default':false},'elements':{'type':'array','items':{'type':'object'}}},"
      "'required':['prompt','start_image_url']}}}}");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *body = NULL;

  g_assert_no_error (clip->error);
  rushes_draft_set_prompt (draft, "A boat");
  rushes_draft_set_duration (draft, 4);
  rushes_draft_set_audio (draft, TRUE);
  rushes_test_model_add_picture (draft, RUSHES_ROLE_FIRST_FRAME, "a.png");
  body = make_body (clip, draft);
  g_assert_cmpstr (body, ==,
                   "{\"prompt\":\"A boat\",\"start_image_url\":\"https://p.example/0-0\",\"duration\":\"4s\","
                   "\"generate_audio\":true,\"cfg_scale\":0.5}");
}

/* ---- what cannot be ---- */

static void
test_refused (void)
{
  static const struct
  {
    const char *properties, *required, *sentence;
  } cases[] = {
    { "'prompt':{'type':'string'},'video':{'type':'string','format':'uri'}", "'prompt','video'",
      "“acme/odd” needs “video”, which Rushes cannot give it." },
    { "'prompt':{'type':'string'},'cam\\u202era':{'type':'object'}", "'cam\\u202era'", NULL },
    { "'speed':{'type':'number','default':1}", "", "“acme/odd” takes neither a prompt nor a picture." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Described) refused = describe (cases[i].properties, cases[i].required);

      g_assert_null (refused->model);
      g_assert_error (refused->error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
      if (cases[i].sentence != NULL)
        g_assert_cmpstr (refused->error->message, ==, cases[i].sentence);
      g_assert_null (strstr (refused->error->message, "\xe2\x80\xae"));
    }
}

/* Circles, what leads out of the document, and what is too much. */
static void
test_hostile (void)
{
  g_autoptr (GString) many = g_string_new ("'prompt':{'type':'string'}");
  g_autoptr (Described) circle =
      describe ("'prompt':{'type':'string'},'mode':{'$ref':'#/components/schemas/loop'},"
                "'other':{'$ref':'https://evil.example/x'},'deep':{'allOf':[{'allOf':[{'allOf':[{}]}]}]},"
                "'a b':{'type':'integer','default':1},'x':{'type':'string','default':'{prompt}'},"
                "'n':{'type':'number','minimum':-1e999,'maximum':5,'default':2}",
                "");
  g_autoptr (Described) flood = NULL;
  g_autoptr (Described) wrong = NULL;
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *body = NULL;

  g_assert_no_error (circle->error);
  rushes_draft_set_prompt (draft, "A boat");
  body = make_body (circle, draft);
  g_assert_cmpstr (body, ==, "{\"input\":{\"prompt\":\"A boat\",\"x\":\"{prompt}\",\"n\":2}}");

  for (guint i = 0; i < 150; i++)
    g_string_append_printf (many, ",'p%u':{'type':'boolean','default':false}", i);
  flood = describe (many->str, "");
  g_assert_no_error (flood->error);
  g_assert_cmpuint (rushes_model_get_parameters (flood->model)->len, ==, 24);

  wrong = describe_reply ("replicate", "acme/odd", REPLICATE, "{'latest_version':{'openapi_schema':[]}}");
  g_assert_error (wrong->error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
}

/* ---- where it is asked ---- */

static void
test_asked (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_shipped ("replicate", &error);
  RushesProtocol *protocol = rushes_description_get_protocol (description);
  g_autoptr (RushesHttpRequest) whole = NULL;
  g_autoptr (RushesHttpRequest) version = NULL;

  whole = rushes_protocol_build_schema (protocol, "acme/odd", REPLICATE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (whole->address, ==, REPLICATE "/models/acme/odd");
  g_assert_true (whole->with_key);
  version = rushes_protocol_build_schema (protocol, "acme/odd:5c7d", REPLICATE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (version->address, ==, REPLICATE "/models/acme/odd/versions/5c7d");

  g_assert_null (rushes_protocol_build_schema (protocol, "acme/../../secrets", REPLICATE, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_false (rushes_protocol_describes_model (protocol, "odd"));
  g_assert_false (rushes_protocol_describes_model (protocol, "acme/od d"));
}

/* ---- kept, and frozen ---- */

/* A take asks for what it was frozen with, whatever is known of the model later. */
static void
test_frozen (void)
{
  g_autoptr (Described) odd = describe ("'prompt':{'type':'string'},'img':{'type':'string','format':'uri'}", "");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (RushesRequest) again = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GFile) folder = g_file_new_for_path ("/nowhere");
  g_autoptr (GError) error = NULL;

  rushes_draft_set_model (draft, "replicate", "acme/odd");
  rushes_draft_set_prompt (draft, "A boat");
  request = rushes_request_new (draft, odd->model, 0);
  json = rushes_request_to_json (request);
  again = rushes_request_from_json (json, folder, &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (rushes_request_get_sheet (again), rushes_model_get_sheet (odd->model)));
}

#define TEST_TYPE_PLAIN (test_plain_get_type ())
G_DECLARE_FINAL_TYPE (TestPlain, test_plain, TEST, PLAIN, RushesProvider)

struct _TestPlain
{
  RushesProvider parent_instance;
};

G_DEFINE_FINAL_TYPE (TestPlain, test_plain, RUSHES_TYPE_PROVIDER)

static void
test_plain_class_init (TestPlainClass *klass)
{
}

static void
test_plain_init (TestPlain *self)
{
}

/* After a restart without a cache: the name is like any other, and the take is made as it was asked for. */
static void
test_without_cache (void)
{
  g_autoptr (Described) odd = describe ("'text':{'type':'string'},'img':{'type':'string','format':'uri'}", "");
  g_autoptr (RushesProvider) provider = g_object_new (TEST_TYPE_PLAIN, "description", odd->description, NULL);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpRequest) built = NULL;
  g_autofree char *body = NULL;
  RushesTask task = { .base_url = REPLICATE };

  rushes_draft_set_model (draft, "replicate", "acme/odd");
  rushes_draft_set_prompt (draft, "A boat");
  request = rushes_request_new (draft, odd->model, 0);
  g_assert_null (rushes_model_get_sheet (rushes_provider_find_model (provider, "acme/odd")));
  task.request = request;
  task.model = rushes_provider_find_model_of (provider, request);
  g_assert_true (rushes_provider_find_model_of (provider, request) == task.model);
  built = rushes_protocol_build (rushes_description_get_protocol (odd->description), RUSHES_OPERATION_SUBMIT, &task,
                                 &error);
  g_assert_no_error (error);
  body = json_to_string (built->json, FALSE);
  g_assert_cmpstr (body, ==, "{\"input\":{\"text\":\"A boat\"}}");

  /* With the cache it is the model that everybody has. */
  g_ptr_array_add (known, odd->model);
  rushes_provider_set_listed_models (provider, NULL, known, NULL);
  g_assert_true (rushes_provider_find_model (provider, "acme/odd") == odd->model);
  g_assert_true (rushes_provider_find_model_of (provider, request) == odd->model);
}

/* A list says what a model is called and what it costs, its schema what it takes. */
static void
test_kept (void)
{
  g_autoptr (Described) odd = describe ("'prompt':{'type':'string'},'img':{'type':'string','format':'uri'}", "");
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) place = g_file_new_for_path (folder);
  g_autoptr (GFile) file = rushes_model_stock_get_file (place, "replicate", REPLICATE);
  g_autoptr (RushesModelStock) stock = rushes_model_stock_new ();
  g_autoptr (RushesModelStock) loaded = NULL;
  g_autoptr (GPtrArray) sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 22, 10, 0, 0);
  g_autoptr (JsonNode) sheet = json_node_copy (rushes_model_get_sheet (odd->model));
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (sheets, json_from_string ("{\"id\":\"acme/odd\",\"name\":\"The Odd One\"}", NULL));
  rushes_model_stock_set_list (stock, sheets, time, odd->base);
  g_assert_nonnull (rushes_model_stock_add_schema (stock, sheet, odd->base, &error));
  g_assert_no_error (error);
  g_assert_true (rushes_model_stock_save (stock, file, &error));
  g_assert_no_error (error);
  loaded = rushes_model_stock_load (file, odd->base);
  g_assert_cmpuint (loaded->schemas->len, ==, 1);
  g_assert_cmpstr (rushes_model_get_name (g_ptr_array_index (loaded->schemas, 0)), ==, "The Odd One");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model-schema/odd-names", test_odd_names);
  g_test_add_func ("/model-schema/little", test_little);
  g_test_add_func ("/model-schema/frames", test_frames);
  g_test_add_func ("/model-schema/fal", test_fal);
  g_test_add_func ("/model-schema/refused", test_refused);
  g_test_add_func ("/model-schema/hostile", test_hostile);
  g_test_add_func ("/model-schema/asked", test_asked);
  g_test_add_func ("/model-schema/frozen", test_frozen);
  g_test_add_func ("/model-schema/without-cache", test_without_cache);
  g_test_add_func ("/model-schema/kept", test_kept);

  return g_test_run ();
}
