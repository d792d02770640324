/* test-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rushes-error.h"
#include "rushes-provider-settings.h"
#include "rushes-test.h"
#include "rushes-upload-place.h"

static GFile *
make_file (const char *text)
{
  g_autofree char *folder = rushes_test_folder ();
  g_autofree char *path = g_build_filename (folder, "rushes", "upload-places.json", NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  if (text != NULL)
    {
      g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

      g_assert_no_errno (g_mkdir (parent, 0700));
      g_assert_true (g_file_set_contents (path, json, -1, NULL));
    }

  return g_file_new_for_path (path);
}

static RushesUploadPlace *
make_place (const char *id, const char *folder)
{
  g_autofree char *text = g_strdup_printf (
      "{\"id\":\"%s\",\"name\":\"%s\",\"kind\":\"folder\",\"path\":\"%s\",\"public_url\":\"https://%s/\"}", id, id,
      folder, id);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return rushes_upload_place_new_from_json (node, "test", NULL);
}

static void
set (RushesUploadPlaces *places, const char *id, const char *folder)
{
  g_autoptr (RushesUploadPlace) place = make_place (id, folder);
  g_autoptr (GError) error = NULL;

  rushes_upload_places_set (places, place, &error);
  g_assert_no_error (error);
}

/* "a b c", the chosen one in brackets */
static char *
show (RushesUploadPlaces *places)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (places)); i++)
    {
      g_autoptr (RushesUploadPlace) place = g_list_model_get_item (G_LIST_MODEL (places), i);
      const char *id = rushes_upload_place_get_id (place);

      g_string_append_printf (text, g_strcmp0 (id, rushes_upload_places_get_chosen (places)) == 0 ? "%s[%s]" : "%s%s",
                              i > 0 ? " " : "", id);
    }

  return g_string_free_and_steal (g_steal_pointer (&text));
}

#define assert_places(places, expected)                                                                                \
  G_STMT_START                                                                                                         \
    {                                                                                                                  \
      g_autofree char *shown_places = show (places);                                                                   \
                                                                                                                       \
      g_assert_cmpstr (shown_places, ==, expected);                                                                    \
    }                                                                                                                  \
  G_STMT_END

static void
note_change (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%u-%u+%u ", position, removed, added);
}

static void
note_chosen (GObject *object, GParamSpec *pspec, gpointer data)
{
  g_string_append (data, "chosen ");
}

static void
test_life (void)
{
  g_autoptr (GFile) file = make_file (NULL);
  g_autoptr (RushesUploadPlaces) places = rushes_upload_places_new (file);
  g_autoptr (RushesUploadPlaces) again = NULL;
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  RushesUploadPlace *first;
  struct stat info;

  g_signal_connect (places, "items-changed", G_CALLBACK (note_change), changes);
  g_signal_connect (places, "notify::chosen", G_CALLBACK (note_chosen), changes);
  g_assert_null (rushes_upload_places_get_error (places));
  assert_places (places, "");

  /* The first one is used at once. */
  set (places, "a", "/srv/a");
  set (places, "b", "/srv/b");
  set (places, "c", "/srv/c");
  assert_places (places, "[a] b c");
  first = rushes_upload_places_find (places, "a");
  set (places, "b", "/srv/other");
  assert_places (places, "[a] b c");
  g_assert_true (rushes_upload_places_find (places, "a") == first);
  g_assert_cmpstr (changes->str, ==, "0-0+1 chosen 1-0+1 2-0+1 1-1+1 ");

  g_assert_true (rushes_upload_places_set_chosen (places, "c", &error));
  assert_places (places, "a b [c]");
  g_assert_false (rushes_upload_places_set_chosen (places, "nowhere", &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (rushes_upload_places_remove (places, "c", &error));
  assert_places (places, "a b");
  g_assert_null (rushes_upload_places_get_chosen (places));
  g_assert_false (rushes_upload_places_remove (places, "c", &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);

  again = rushes_upload_places_new (file);
  assert_places (again, "a b");
  g_assert_no_errno (g_stat (g_file_peek_path (file), &info));
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
}

/* Two processes: neither takes away what the other wrote. */
static void
test_two_writers (void)
{
  g_autoptr (GFile) file = make_file (NULL);
  g_autoptr (RushesUploadPlaces) one = rushes_upload_places_new (file);
  g_autoptr (RushesUploadPlaces) other = rushes_upload_places_new (file);
  g_autoptr (GError) error = NULL;

  set (one, "a", "/srv/a");
  set (other, "b", "/srv/b");
  assert_places (other, "[a] b");
  g_assert_true (rushes_upload_places_set_chosen (one, "b", &error));
  assert_places (one, "a [b]");
}

static gboolean
has_two (gpointer places)
{
  return g_list_model_get_n_items (places) == 2;
}

static gboolean
has_error (gpointer places)
{
  return rushes_upload_places_get_error (places) != NULL;
}

static gboolean
has_none (gpointer places)
{
  return g_list_model_get_n_items (places) == 0;
}

/* A window shows what the command line adds. */
static void
test_other_process (void)
{
  g_autoptr (GFile) file = make_file ("{'places':[]}");
  g_autoptr (RushesUploadPlaces) window = rushes_upload_places_new (file);
  g_autoptr (RushesUploadPlaces) other = rushes_upload_places_new (file);

  set (other, "a", "/srv/a");
  set (other, "b", "/srv/b");
  g_assert_true (rushes_test_until (has_two, window, 20));
  assert_places (window, "[a] b");

  g_assert_true (g_file_set_contents (g_file_peek_path (file), "{", -1, NULL));
  g_assert_true (rushes_test_until (has_error, window, 20));
  assert_places (window, "[a] b");
  g_assert_true (g_file_set_contents (g_file_peek_path (file), "{\"places\":[]}", -1, NULL));
  g_assert_true (rushes_test_until (has_none, window, 20));
  g_assert_null (rushes_upload_places_get_error (window));
}

static void
test_mistakes (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "{", " is not valid JSON: the mistake is in line 1, at column " },
    { "", " is not valid JSON: it is empty." },
    { "[]", "an object" },
    { "{}", "“places” is missing." },
    { "{'places':[{'id':'a'}]}", ": places[0]: “name” is missing." },
    { "{'places':[{'id':'a','name':'A','kind':'folder','path':'/a','public_url':'https://a/'},"
      "{'id':'a','name':'B','kind':'folder','path':'/b','public_url':'https://b/'}]}",
      "places[1]: there is another place called “a”." },
    { "{'places':[],'chosen':'a'}", "chosen: there is no place called “a”." },
    { "{'places':[],'colour':'red'}", "“colour” is not known here." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GFile) file = make_file (cases[i].text);
      g_autoptr (RushesUploadPlaces) places = rushes_upload_places_new (file);
      g_autoptr (RushesUploadPlace) place = make_place ("b", "/srv/b");
      g_autofree char *json = g_strdelimit (g_strdup (cases[i].text), "'", '"');
      g_autofree char *kept = NULL;
      g_autoptr (GError) error = NULL;

      assert_places (places, "");
      g_assert_error (rushes_upload_places_get_error (places), RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_true (g_str_has_prefix (rushes_upload_places_get_error (places)->message, g_file_peek_path (file)));
      if (strstr (rushes_upload_places_get_error (places)->message, cases[i].words) == NULL)
        g_error ("“%s” does not say “%s”.", rushes_upload_places_get_error (places)->message, cases[i].words);

      /* What the person wrote is left for the person to mend. */
      g_assert_false (rushes_upload_places_set (places, place, &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
      g_assert_true (g_file_get_contents (g_file_peek_path (file), &kept, NULL, NULL));
      g_assert_cmpstr (kept, ==, json);
    }
}

static void
test_choice (void)
{
  g_autoptr (GFile) file = make_file (NULL);
  g_autoptr (RushesUploadPlaces) places = rushes_upload_places_new (file);
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("jiekou");
  RushesUploadPlace *place;

  g_assert_null (rushes_upload_places_choose (places, "jiekou"));
  set (places, "a", "/srv/a");
  set (places, "b", "/srv/b");
  place = rushes_upload_places_choose (places, "jiekou");
  g_assert_cmpstr (rushes_upload_place_get_id (place), ==, "a");

  g_settings_set_string (settings, "upload-place", "b");
  place = rushes_upload_places_choose (places, "jiekou");
  g_assert_cmpstr (rushes_upload_place_get_id (place), ==, "b");
  place = rushes_upload_places_choose (places, "kling");
  g_assert_cmpstr (rushes_upload_place_get_id (place), ==, "a");

  /* A picture does not go to another place than the one that was chosen for it. */
  g_assert_true (rushes_upload_places_remove (places, "b", NULL));
  g_assert_null (rushes_upload_places_choose (places, "jiekou"));
  g_settings_reset (settings, "upload-place");
}

static void
test_default (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "rushes", "upload-places.json", NULL);

  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  set (rushes_upload_places_get_default (), "a", "/srv/a");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (rushes_upload_places_get_default () == rushes_upload_places_get_default ());
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/upload/places/life", test_life);
  g_test_add_func ("/upload/places/two-writers", test_two_writers);
  g_test_add_func ("/upload/places/other-process", test_other_process);
  g_test_add_func ("/upload/places/mistakes", test_mistakes);
  g_test_add_func ("/upload/places/choice", test_choice);
  g_test_add_func ("/upload/places/default", test_default);

  return g_test_run ();
}
