/* test-model-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a service says of its models, read as a stranger's words. */

#include <string.h>

#include "rushes-error.h"
#include "rushes-model-stock.h"
#include "rushes-protocol.h"
#include "rushes-provider.h"
#include "rushes-test.h"

#define BASE_URL "https://openrouter.ai/api/v1"

static RushesDescription *
load (const char *id)
{
  g_autoptr (GError) error = NULL;
  RushesDescription *description = rushes_description_new_shipped (id, &error);

  g_assert_no_error (error);
  return description;
}

/* Single quotes stand for double ones. */
static RushesHttpReply *
make_reply (guint status, const char *form)
{
  g_autofree char *text = g_strdelimit (g_strdup (form), "'", '"');
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return rushes_http_reply_new (status, NULL, body, BASE_URL "/videos/models");
}

static GPtrArray *
read_list (RushesDescription *description, guint status, const char *form, GError **error)
{
  g_autoptr (RushesHttpReply) reply = make_reply (status, form);
  g_autofree char *cursor = NULL;

  return rushes_protocol_read_list (rushes_description_get_protocol (description), reply, BASE_URL, "2026-11-22",
                                    &cursor, error);
}

/* The models of a list, by way of the stock, as a provider has them. */
static RushesModelStock *
stock_list (RushesDescription *description, const char *form)
{
  g_autoptr (RushesModelBase) base = rushes_model_base_new (description);
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 22, 10, 0, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sheets = read_list (description, 200, form, &error);
  RushesModelStock *stock = rushes_model_stock_new ();

  g_assert_no_error (error);
  rushes_model_stock_set_list (stock, sheets, time, base);
  return stock;
}

static RushesModel *
only_model (RushesModelStock *stock)
{
  g_assert_cmpuint (stock->listed->len, ==, 1);
  return g_ptr_array_index (stock->listed, 0);
}

static char *
describe (RushesModel *model)
{
  g_autofree char *resolutions = g_strjoinv (",", (char **) rushes_model_get_resolutions (model));
  g_autofree char *aspects = g_strjoinv (",", (char **) rushes_model_get_aspects (model));
  g_autoptr (GString) durations = g_string_new (NULL);
  gsize n;
  const double *list = rushes_model_get_durations (model, &n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (durations, "%s%g", i > 0 ? "," : "", list[i]);
  return g_strdup_printf (
      "%s|%s|%s|%d%d%d|%d%d", durations->str, resolutions, aspects,
      rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME), rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME),
      rushes_model_get_max_references (model), rushes_model_get_has_audio (model), rushes_model_get_has_seed (model));
}

static void
assert_describes (RushesModel *model, const char *expected)
{
  g_autofree char *text = describe (model);

  g_assert_cmpstr (text, ==, expected);
}

/* ---- what a list says ---- */

static void
test_facts (void)
{
  g_autoptr (RushesDescription) description = load ("openrouter");
  g_autoptr (RushesModelStock) stock = stock_list (
      description, "{'data':[{'id':'acme/loop-1','name':'Loop 1','description':'First line.\\nSecond line.',"
                   "'supported_resolutions':['4K','720p'],'supported_aspect_ratios':['16:9'],'supported_sizes':null,"
                   "'supported_durations':[8,4,6],'supported_frame_images':['first_frame'],'generate_audio':false,"
                   "'seed':true,'pricing_skus':{'duration_seconds':'0.05'}}]}");
  RushesModel *model = only_model (stock);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  RushesPrice price;

  g_assert_cmpstr (rushes_model_get_id (model), ==, "acme/loop-1");
  g_assert_cmpstr (rushes_model_get_sent_as (model), ==, "acme/loop-1");
  g_assert_cmpstr (rushes_model_get_name (model), ==, "Loop 1");
  g_assert_cmpstr (rushes_model_get_summary (model), ==, "First line.");
  assert_describes (model, "4,6,8|4k,720p|16:9|103|01");
  g_assert_cmpfloat (rushes_model_get_default_duration (model), ==, 4);

  rushes_draft_set_model (draft, "openrouter", "acme/loop-1");
  rushes_draft_set_duration (draft, 6);
  price = rushes_model_estimate (model, draft);
  g_assert_cmpint (price.kind, ==, RUSHES_PRICE_ESTIMATE);
  g_assert_cmpint (price.high.micros, ==, 300000);
  g_assert_cmpstr (price.high.currency, ==, "USD");
}

/* Nulls say nothing: then a model is like any other; an empty list says that there is nothing. */
static void
test_nothing_said (void)
{
  g_autoptr (RushesDescription) description = load ("openrouter");
  g_autoptr (RushesModelStock) stock =
      stock_list (description, "{'data':[{'id':'acme/x','name':null,'supported_resolutions':null,"
                               "'supported_aspect_ratios':[],'supported_durations':null,'supported_frame_images':[],"
                               "'generate_audio':null,'seed':null,'pricing_skus':{}}]}");
  RushesModel *model = only_model (stock);
  double minimum, maximum, step;

  g_assert_cmpstr (rushes_model_get_name (model), ==, "acme/x");
  g_assert_true (rushes_model_get_duration_range (model, &minimum, &maximum, &step));
  assert_describes (model, "|480p,720p,1080p||003|11");
}

/* What costs money is reckoned only where all of what the service says of it is understood. */
static void
test_prices (void)
{
  static const char *const skus[] = {
    "{'duration_seconds_with_audio':'0.4','duration_seconds_with_audio_4k':'0.6'}",
    "{'duration_seconds':'-1'}",
    "{'duration_seconds':'1e400'}",
    "{'duration_seconds':null}",
    "{'duration_seconds':{'amount':'0.1'}}",
    "'free'",
  };
  g_autoptr (RushesDescription) description = load ("openrouter");

  for (guint i = 0; i < G_N_ELEMENTS (skus); i++)
    {
      g_autofree char *form =
          g_strdup_printf ("{'data':[{'id':'acme/x','supported_durations':[5],'pricing_skus':%s}]}", skus[i]);
      g_autoptr (RushesModelStock) stock = stock_list (description, form);
      g_autoptr (RushesDraft) draft = rushes_draft_new ();

      rushes_draft_set_model (draft, "openrouter", "acme/x");
      g_assert_cmpint (rushes_model_estimate (only_model (stock), draft).kind, ==, RUSHES_PRICE_UNKNOWN);
    }
}

/* One that is spoilt is left out, and takes no other with it. */
static void
test_hostile (void)
{
  g_autoptr (RushesDescription) description = load ("openrouter");
  g_autofree char *long_id = g_strnfill (201, 'x');
  g_autofree char *long_name = g_strnfill (5000, 'n');
  g_autofree char *form = g_strdup_printf (
      "{'data':[null,1,'text',[],{},{'id':7},{'id':''},{'id':null},{'id':{'a':1}},{'id':'two words'},{'id':'%s'},"
      "{'id':'new\\nline'},{'id':'bidi\xe2\x80\xae'},"
      "{'id':'acme/good','name':'%s','description':'a\\u202eb\\u0007c','supported_durations':[0,-5,'8s','x',1e99,4,4],"
      "'supported_resolutions':['huge','720p','720P',{}],'supported_aspect_ratios':['16:9','1:0','0:1','-1:2','auto'],"
      "'supported_frame_images':{'first_frame':true},'generate_audio':'perhaps','seed':[[]]},"
      "{'id':'acme/good','name':'Again'},"
      "{'id':'{prompt}','supported_durations':[5]}]}",
      long_id, long_name);
  g_autoptr (RushesModelStock) stock = stock_list (description, form);
  RushesModel *model;

  /* 7 is a name as good as any. */
  g_assert_cmpuint (stock->listed->len, ==, 3);
  g_assert_cmpstr (rushes_model_get_id (g_ptr_array_index (stock->listed, 0)), ==, "7");
  model = g_ptr_array_index (stock->listed, 1);
  g_assert_cmpstr (rushes_model_get_id (model), ==, "acme/good");
  g_assert_cmpint (g_utf8_strlen (rushes_model_get_name (model), -1), ==, 100);
  g_assert_null (strstr (rushes_model_get_summary (model), "\xe2\x80\xae"));
  g_assert_null (strchr (rushes_model_get_summary (model), '\a'));
  assert_describes (model, "4,8|720p|16:9|113|11");
  /* Braces of others are nothing but braces. */
  g_assert_cmpstr (rushes_model_get_id (g_ptr_array_index (stock->listed, 2)), ==, "{prompt}");
}

static void
test_no_list (void)
{
  static const struct
  {
    guint status;
    const char *body;
    RushesErrorCode code;
  } cases[] = {
    { 200, "{'data':null}", RUSHES_ERROR_PROTOCOL },
    { 200, "{'data':{'id':'x'}}", RUSHES_ERROR_PROTOCOL },
    { 200, "<html>", RUSHES_ERROR_PROTOCOL },
    { 200, "", RUSHES_ERROR_PROTOCOL },
    { 401, "{'error':{'code':401,'message':'No auth'}}", RUSHES_ERROR_AUTH },
    { 500, "", RUSHES_ERROR_PROVIDER },
  };
  g_autoptr (RushesDescription) description = load ("openrouter");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (read_list (description, cases[i].status, cases[i].body, &error));
      g_assert_error (error, RUSHES_ERROR, cases[i].code);
    }
}

/* Pages are asked for by what the page before gave, at the same address; only models for clips are of interest. */
static void
test_pages (void)
{
  g_autoptr (RushesDescription) description = load ("fal");
  RushesProtocol *protocol = rushes_description_get_protocol (description);
  g_autoptr (RushesHttpReply) reply = make_reply (
      200, "{'models':[{'endpoint_id':'acme/clip','metadata':{'display_name':'Clip','category':'image-to-video'}},"
           "{'endpoint_id':'acme/song','metadata':{'category':'text-to-audio'}},{'endpoint_id':'acme/what'}],"
           "'next_cursor':'https://evil.example/?a&b','has_more':true}");
  g_autofree char *cursor = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sheets =
      rushes_protocol_read_list (protocol, reply, "https://queue.fal.run", "2026-11-22", &cursor, &error);
  g_autoptr (RushesHttpRequest) first = NULL;
  g_autoptr (RushesHttpRequest) next = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (sheets->len, ==, 1);
  g_assert_cmpuint (rushes_protocol_get_n_list_parts (protocol), ==, 2);
  first = rushes_protocol_build_list (protocol, 1, NULL, "https://queue.fal.run", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (first->address, ==, "https://api.fal.ai/v1/models?category=image-to-video&status=active");
  g_assert_false (first->with_key);
  next = rushes_protocol_build_list (protocol, 0, cursor, "https://queue.fal.run", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (next->address, ==,
                   "https://api.fal.ai/v1/models?category=text-to-video&status=active"
                   "&cursor=https%3A%2F%2Fevil.example%2F%3Fa%26b");
}

/* ---- what is kept ---- */

static GFile *
make_file (void)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autoptr (GFile) place = g_file_new_build_filename (folder, "deep", "models", NULL);

  return rushes_model_stock_get_file (place, "openrouter", BASE_URL);
}

static void
test_kept (void)
{
  g_autoptr (RushesDescription) description = load ("openrouter");
  g_autoptr (RushesModelBase) base = rushes_model_base_new (description);
  g_autoptr (RushesModelStock) stock =
      stock_list (description, "{'data':[{'id':'acme/a','name':'A','supported_durations':[5,7]},{'id':'acme/b'}]}");
  g_autoptr (GFile) file = make_file ();
  g_autoptr (RushesModelStock) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (rushes_model_stock_save (stock, file, &error));
  g_assert_no_error (error);
  loaded = rushes_model_stock_load (file, base);
  g_assert_cmpuint (loaded->listed->len, ==, 2);
  g_assert_true (g_date_time_equal (loaded->time, stock->time));
  assert_describes (g_ptr_array_index (loaded->listed, 0), "5,7|480p,720p,1080p|16:9,9:16,1:1,4:3,3:4,21:9|113|11");
}

/* A file that is spoilt is as none; what is spoilt within it is left out. */
static void
test_spoilt (void)
{
  static const struct
  {
    const char *text;
    guint n_models;
  } cases[] = {
    { "", 0 },
    { "{", 0 },
    { "[]", 0 },
    { "{}{}", 0 },
    { "{\"version\":2,\"time\":\"2026-11-22T10:00:00Z\",\"models\":[{\"id\":\"a/a\"}]}", 0 },
    { "{\"version\":\"1\",\"time\":\"2026-11-22T10:00:00Z\",\"models\":[{\"id\":\"a/a\"}]}", 0 },
    { "{\"version\":1,\"models\":[{\"id\":\"a/a\"}]}", 0 },
    { "{\"version\":1,\"time\":\"2026-11-22T10:00:00Z\",\"models\":{\"id\":\"a/a\"}}", 0 },
    { "{\"version\":1,\"time\":\"2026-11-22T10:00:00Z\",\"models\":["
      "{\"id\":\"a/a\",\"inputs\":[]},{\"id\":\"a/b\",\"inputs\":{\"references\":{}}},{\"id\":\"a/"
      "c\",\"durations\":[]},"
      "{\"id\":\"a/d\",\"wings\":2},{\"id\":\"a/e\",\"inputs\":{\"first_frame\":[]}},{\"id\":\"a/f\"}]}",
      1 },
  };
  g_autoptr (RushesDescription) description = load ("openrouter");
  g_autoptr (RushesModelBase) base = rushes_model_base_new (description);
  g_autoptr (GFile) file = make_file ();
  g_autoptr (RushesModelStock) none = rushes_model_stock_load (file, base);
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_cmpuint (none->listed->len, ==, 0);
  g_assert_true (g_file_make_directory_with_parents (folder, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesModelStock) stock = NULL;

      g_assert_true (g_file_set_contents (g_file_peek_path (file), cases[i].text, -1, NULL));
      stock = rushes_model_stock_load (file, base);
      g_assert_cmpuint (stock->listed->len, ==, cases[i].n_models);
    }
}

/* Nobody lists more. */
static void
test_many (void)
{
  static const char text[] =
      "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\",\"engine\":\"http\",\"regions\":[],"
      "\"auth\":{\"scheme\":\"none\"},\"default_model\":\"a\",\"any_model\":\"a\","
      "\"models\":[{\"id\":\"a\",\"name\":\"A\",\"durations\":[5]}],"
      "\"protocol\":{\"submit\":{\"path\":\"/\"},\"status\":{\"path\":\"/{task_id}\"},\"answer\":{\"task\":[\"id\"]},"
      "\"models\":{\"path\":\"/models\",\"at\":[\"data\"],\"id\":\"{item.id}\"}}}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "kites.json", &error);
  g_autoptr (GString) form = g_string_new ("{'data':[");
  g_autoptr (RushesModelStock) stock = NULL;
  gint64 start;

  g_assert_no_error (error);
  for (guint i = 0; i < RUSHES_MAX_LISTED + 1; i++)
    g_string_append_printf (form, "%s{'id':'model-%u'}", i > 0 ? "," : "", i);
  g_string_append (form, "]}");
  start = g_get_monotonic_time ();
  stock = stock_list (description, form->str);
  g_test_message ("%u models in %.0f ms", stock->listed->len, (g_get_monotonic_time () - start) / 1000.0);
  g_assert_cmpuint (stock->listed->len, ==, RUSHES_MAX_LISTED);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model-list/facts", test_facts);
  g_test_add_func ("/model-list/nothing-said", test_nothing_said);
  g_test_add_func ("/model-list/prices", test_prices);
  g_test_add_func ("/model-list/hostile", test_hostile);
  g_test_add_func ("/model-list/no-list", test_no_list);
  g_test_add_func ("/model-list/pages", test_pages);
  g_test_add_func ("/model-list/kept", test_kept);
  g_test_add_func ("/model-list/spoilt", test_spoilt);
  g_test_add_func ("/model-list/many", test_many);

  return g_test_run ();
}
