/* test-values.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rushes-clip.h"
#include "rushes-error.h"
#include "rushes-folders.h"
#include "rushes-reference.h"
#include "rushes-settings.h"
#include "rushes-take-state.h"
#include "rushes-test.h"

#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void
test_states (void)
{
  RushesTakeState state;

  for (RushesTakeState s = RUSHES_TAKE_STATE_QUEUED; s <= RUSHES_TAKE_STATE_LEFT; s++)
    {
      g_assert_true (rushes_take_state_from_string (rushes_take_state_to_string (s), &state));
      g_assert_cmpint (state, ==, s);
      /* A clip that is safe never leaves its state, and nothing is entered twice. */
      g_assert_false (rushes_take_state_can_follow (RUSHES_TAKE_STATE_READY, s));
      g_assert_false (rushes_take_state_can_follow (s, s));
      /* Nothing but a submit may lead to not knowing whether it was accepted. */
      g_assert_true (rushes_take_state_can_follow (s, RUSHES_TAKE_STATE_UNCONFIRMED) ==
                     (s == RUSHES_TAKE_STATE_SUBMITTING));
    }

  g_assert_false (rushes_take_state_from_string ("forgotten", &state));
  /* Only what was prepared is submitted; above all nothing that may have been accepted. */
  for (RushesTakeState s = RUSHES_TAKE_STATE_QUEUED; s <= RUSHES_TAKE_STATE_LEFT; s++)
    g_assert_true (rushes_take_state_can_follow (s, RUSHES_TAKE_STATE_SUBMITTING) ==
                   (s == RUSHES_TAKE_STATE_PREPARING));
}

static void
test_reference (void)
{
  g_autoptr (GFile) folder = g_file_new_for_path ("/library/references");
  g_autoptr (GFile) file = g_file_get_child (folder, SHA ".jpg");
  g_autoptr (RushesReference) reference =
      rushes_reference_new (SHA, "image/jpeg", 3000, 2000, 12345, "Löwe \xff.jpg", file);
  g_autoptr (JsonNode) node = rushes_reference_to_json (reference);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (RushesReference) again = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (strstr (text, "/library"));
  g_assert_true (g_utf8_validate (text, -1, NULL));
  again = rushes_reference_from_json (node, folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_reference_get_sha256 (again), ==, SHA);
  g_assert_cmpint (rushes_reference_get_width (again), ==, 3000);
  g_assert_cmpint (rushes_reference_get_size (again), ==, 12345);
  g_assert_true (g_file_equal (rushes_reference_get_file (again), file));
}

static void
test_hostile_references (void)
{
  static const char *const texts[] = {
    "[]",
    "{}",
    "{\"sha256\":\"" SHA "\",\"type\":\"image/png\",\"width\":1,\"height\":1,\"file\":\"../../../etc/passwd\"}",
    "{\"sha256\":\"" SHA "\",\"type\":\"image/png\",\"width\":1,\"height\":1,\"file\":\"" SHA "/../../x.png\"}",
    "{\"sha256\":\"..\",\"type\":\"image/png\",\"width\":1,\"height\":1,\"file\":\"../x\"}",
    "{\"sha256\":\"" SHA "\",\"type\":7,\"width\":1,\"height\":1,\"file\":\"" SHA ".png\"}",
    "{\"sha256\":\"" SHA "\",\"type\":\"image/png\",\"width\":0,\"height\":1,\"file\":\"" SHA ".png\"}",
    "{\"sha256\":\"" SHA "\",\"type\":\"image/png\",\"width\":99999999999,\"height\":1,\"file\":\"" SHA ".png\"}",
    "{\"sha256\":\"" SHA "\",\"type\":\"image/png\",\"width\":\"1\",\"height\":1,\"file\":\"" SHA ".png\"}",
  };
  g_autoptr (GFile) folder = g_file_new_for_path ("/library/references");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = json_from_string (texts[i], NULL);
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", texts[i]);
      g_assert_null (rushes_reference_from_json (node, folder, &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_PROTOCOL);
    }
}

static void
test_folders (void)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) root = g_file_new_for_path (path);
  g_autoptr (GFile) data = g_file_get_child (root, "data");
  g_autoptr (GFile) cache = g_file_get_child (root, "cache");
  g_autoptr (GFile) blocked = NULL;
  g_autoptr (RushesFolders) folders = rushes_folders_new (data, cache);
  g_autoptr (RushesFolders) impossible = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_false (g_file_query_exists (data, NULL));
  g_assert_true (rushes_folders_ensure (folders, &error));
  g_assert_no_error (error);
  g_assert_true (rushes_folders_ensure (folders, &error));
  g_assert_cmpint (g_stat (g_file_peek_path (rushes_folders_get_spool (folders)), &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0700);

  blocked = g_file_get_child (root, "a-file");
  g_assert_true (g_file_replace_contents (blocked, "x", 1, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error));
  impossible = rushes_folders_new (blocked, cache);
  g_assert_false (rushes_folders_ensure (impossible, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (error->message, "a-file"));
}

/* Settings follow XDG_CONFIG_HOME, whatever bus there is. */
static void
test_settings (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "rushes", "settings.ini", NULL);
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (GSettings) same = rushes_settings_get ();

  g_assert_true (settings == same);
  g_assert_cmpint (g_settings_get_int (settings, "window-width"), ==, 1200);
  g_assert_true (g_settings_set_int (settings, "window-width", 1000));
  g_settings_sync ();
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_clip (void)
{
  const RushesClipFacts facts = { 1000, 5.0, 1280, 720, 30, 150, "mp4", "h264", "aac" };
  g_autoptr (GFile) file = g_file_new_for_path ("/library/clips/x.mp4");
  g_autoptr (RushesClip) clip = rushes_clip_new (file, &facts, SHA);
  g_autofree char *codec = NULL;
  double duration;
  int width;

  g_object_get (clip, "video-codec", &codec, "duration", &duration, "width", &width, NULL);
  g_assert_cmpstr (codec, ==, "h264");
  g_assert_cmpfloat (duration, ==, 5.0);
  g_assert_cmpint (width, ==, 1280);
}

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/values/states", test_states);
  g_test_add_func ("/values/reference", test_reference);
  g_test_add_func ("/values/hostile-references", test_hostile_references);
  g_test_add_func ("/values/folders", test_folders);
  g_test_add_func ("/values/settings", test_settings);
  g_test_add_func ("/values/clip", test_clip);

  return g_test_run ();
}
