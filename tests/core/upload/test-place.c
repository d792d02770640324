/* test-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-test.h"
#include "rushes-upload-place.h"

#define S3     "'id':'a','name':'A','kind':'s3','endpoint':'https://s3.example.com','bucket':'b','access_key':'AK'"
#define PUT    "'id':'a','name':'A','kind':'put','url':'https://example.com/in'"
#define FORM   "'id':'a','name':'A','kind':'form','url':'https://example.com/upload.php'"
#define FOLDER "'id':'a','name':'A','kind':'folder','path':'/srv/www','public_url':'https://example.com/'"

static RushesUploadPlace *
read_place (const char *members, GError **error)
{
  g_autofree char *text = g_strdelimit (g_strdup_printf ("{%s}", members), "'", '"');
  g_autoptr (GError) mistake = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &mistake);

  g_assert_no_error (mistake);

  return rushes_upload_place_new_from_json (node, "places.json: places[3]", error);
}

static void
test_kinds (void)
{
  static const struct
  {
    const char *members;
    RushesUploadKind kind;
    const char *origin;
  } cases[] = {
    { S3 ",'region':'auto','prefix':'纸船/','path_style':false,'lifetime':604800", RUSHES_UPLOAD_S3,
      "https://s3.example.com" },
    { S3 ",'prefix':'a/b~ c'", RUSHES_UPLOAD_S3, "https://s3.example.com" },
    { PUT ",'public_url':'https://cdn.example.com','user':'maria','headers':{'X-Album':'Rushes'}", RUSHES_UPLOAD_PUT,
      "https://example.com" },
    { PUT, RUSHES_UPLOAD_PUT, "https://example.com" },
    { FORM ",'field':'image[]','answer':'data.url','delete':'data.delete_url'", RUSHES_UPLOAD_FORM,
      "https://example.com" },
    { FORM, RUSHES_UPLOAD_FORM, "https://example.com" },
    { FOLDER, RUSHES_UPLOAD_FOLDER, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesUploadPlace) place = read_place (cases[i].members, &error);
      g_autoptr (RushesUploadPlace) again = NULL;
      g_autoptr (JsonNode) node = NULL;
      g_autoptr (JsonNode) node_again = NULL;
      g_autofree char *origin = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (rushes_upload_place_get_id (place), ==, "a");
      g_assert_cmpstr (rushes_upload_place_get_name (place), ==, "A");
      g_assert_cmpint (rushes_upload_place_get_kind (place), ==, cases[i].kind);
      g_assert_cmpint (rushes_upload_place_get_origin (place, &origin), ==, cases[i].origin != NULL);
      g_assert_cmpstr (origin, ==, cases[i].origin);

      /* What is written is what was read. */
      node = rushes_upload_place_to_json (place);
      again = rushes_upload_place_new_from_json (node, "again", &error);
      g_assert_no_error (error);
      node_again = rushes_upload_place_to_json (again);
      g_assert_true (json_node_equal (node, node_again));
    }
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *members;
    const char *words; /* that the sentence has */
  } cases[] = {
    { "'name':'A','kind':'put','url':'https://example.com'", "“id” is missing." },
    { "'id':'Ä','name':'A','kind':'put','url':'https://example.com'", "id: small letters" },
    { "'id':'a','name':' ','kind':'put','url':'https://example.com'", "name: one line" },
    { "'id':'a','name':'A','kind':'ftp'", "kind: one of these words is expected: s3, put, form, folder." },
    { S3 ",'secret':'psst'", "“secret” is not known here." },
    { S3 ",'lifetime':60", "lifetime: a whole number from 600 to 604800" },
    { S3 ",'prefix':'/a'", "prefix: a folder such as" },
    { S3 ",'prefix':'a/../b'", "prefix: a folder such as" },
    { S3 ",'prefix':'a//b'", "prefix: a folder such as" },
    { S3 ",'region':'eu central'", "region: a region such as" },
    { "'id':'a','name':'A','kind':'s3','endpoint':'s3.example.com','bucket':'b','access_key':'AK'",
      "endpoint: an address that begins" },
    { "'id':'a','name':'A','kind':'s3','endpoint':'https://a:b@example.com','bucket':'b','access_key':'AK'",
      "endpoint: the name of a user" },
    { "'id':'a','name':'A','kind':'s3','endpoint':'https://example.com/?a=b','bucket':'b','access_key':'AK'",
      "endpoint: an address without a query" },
    { "'id':'a','name':'A','kind':'s3','endpoint':'https://10.0.0.1','bucket':'b','access_key':'AK','path_style':false",
      "path_style: true is expected" },
    { "'id':'a','name':'A','kind':'s3','endpoint':'https://example.com','bucket':'b/c','access_key':'AK'",
      "bucket: letters, digits" },
    { "'id':'a','name':'A','kind':'s3','endpoint':'https://example.com','bucket':'b','access_key':'A K'",
      "access_key: the ID" },
    { "'id':'a','name':'A','kind':'put'", "“url” is missing." },
    { PUT ",'user':'a:b'", "user: a name without a colon" },
    { PUT ",'headers':{'Authorization':'Basic eA=='}", "headers.Authorization: this header cannot be set." },
    { PUT ",'headers':{'Proxy-Connection':'x'}", "this header cannot be set." },
    { PUT ",'headers':{'X-A B':'x'}", "this header cannot be set." },
    { PUT ",'headers':{'X-A':'x\\r\\nHost: y'}", "headers.X-A: one line of text" },
    { PUT ",'headers':{'X-A':1}", "headers.X-A: text in quotes" },
    { FORM ",'delete':'a.b'", "“delete” needs “answer”" },
    { FORM ",'answer':'a..b'", "answer: " },
    { "'id':'a','name':'A','kind':'folder','path':'www','public_url':'https://example.com/'", "path: a folder that" },
    { "'id':'a','name':'A','kind':'folder','path':'/www'", "“public_url” is missing." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesUploadPlace) place = read_place (cases[i].members, &error);

      g_assert_null (place);
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_true (g_str_has_prefix (error->message, "places.json: places[3]"));
      if (strstr (error->message, cases[i].words) == NULL)
        g_error ("“%s” does not say “%s”.", error->message, cases[i].words);
    }
}

static void
test_names (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesUploadPlace) place = read_place (FOLDER, &error);
  g_autofree char *jpeg = rushes_upload_place_make_name (place, "image/jpeg");
  g_autofree char *other = rushes_upload_place_make_name (place, "image/jpeg");
  g_autofree char *webp = rushes_upload_place_make_name (place, "image/webp");
  g_autofree char *odd = rushes_upload_place_make_name (place, "../../etc");

  g_assert_cmpstr (jpeg, !=, other);
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{32}\\.jpg$", jpeg, 0, 0));
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{32}\\.webp$", webp, 0, 0));
  g_assert_true (g_regex_match_simple ("^[0-9a-f]{32}$", odd, 0, 0));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/upload/place/kinds", test_kinds);
  g_test_add_func ("/upload/place/mistakes", test_mistakes);
  g_test_add_func ("/upload/place/names", test_names);

  return g_test_run ();
}
