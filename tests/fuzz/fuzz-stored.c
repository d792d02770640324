/* fuzz-stored.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What an older version, another program or half a disk may have left in files and rows. The first line says what it
 * is: error, request, draft, place, presets, reply. */

#include <string.h>

#include "rushes-draft.h"
#include "rushes-error.h"
#include "rushes-fuzz.h"
#include "rushes-http-reply.h"
#include "rushes-preset-file.h"
#include "rushes-request.h"
#include "rushes-stored-error.h"
#include "rushes-upload-place.h"

static void
read_error (const char *text)
{
  g_autoptr (GError) error = rushes_stored_error_from_text (text);
  g_autofree char *once = rushes_stored_error_to_text (error);
  g_autoptr (GError) again = rushes_stored_error_from_text (once);
  g_autofree char *twice = rushes_stored_error_to_text (again);

  g_assert_cmpstr (once, ==, twice);
  if (error != NULL)
    rushes_fuzz_check_words (rushes_error_get_words (error));
}

static void
check_request (RushesRequest *request, GFile *folder)
{
  g_autoptr (JsonNode) once = rushes_request_to_json (request);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesRequest) again = rushes_request_from_json (once, folder, &error);
  g_autoptr (JsonNode) twice = NULL;
  g_autofree char *title = rushes_request_get_title (request);
  g_autofree char *first = json_to_string (once, FALSE);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  twice = rushes_request_to_json (again);
  second = json_to_string (twice, FALSE);
  g_assert_cmpstr (first, ==, second);
  g_assert_null (strchr (title, '\n'));
}

static void
read_request (JsonNode *node, GFile *folder)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesRequest) request = rushes_request_from_json (node, folder, &error);

  if (request != NULL)
    check_request (request, folder);
  else
    rushes_fuzz_check_error (error);
}

static void
read_draft (JsonNode *node, GFile *folder)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesDraft) again = rushes_draft_new ();
  g_autoptr (JsonNode) once = NULL;
  g_autoptr (JsonNode) twice = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  rushes_draft_load_json (draft, node, folder);
  once = rushes_draft_to_json (draft);
  rushes_draft_load_json (again, once, folder);
  twice = rushes_draft_to_json (again);
  first = json_to_string (once, FALSE);
  second = json_to_string (twice, FALSE);
  g_assert_cmpstr (first, ==, second);
}

static void
read_place (JsonNode *node)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesUploadPlace) place = rushes_upload_place_new_from_json (node, "upload-places.json", &error);
  g_autofree char *origin = NULL;

  if (place == NULL)
    rushes_fuzz_check_error (error);
  else
    {
      g_autofree char *name = rushes_upload_place_make_name (place, "image/png");

      g_assert_null (strchr (name, '/'));
      if (rushes_upload_place_get_origin (place, &origin))
        g_assert_nonnull (origin);
    }
}

static void
read_presets (const char *rest, const char *end)
{
  g_autoptr (GBytes) bytes = g_bytes_new (rest, (gsize) (end - rest));
  g_autoptr (GFile) file = rushes_fuzz_file ("presets.json", (const uint8_t *) rest, (gsize) (end - rest));
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) file_error = NULL;
  g_autoptr (GPtrArray) entries = rushes_preset_parse_entries (bytes, &error);
  g_autoptr (RushesPresetFile) presets = rushes_preset_file_load (file, &file_error);

  for (guint i = 0; entries != NULL && i < entries->len; i++)
    {
      const RushesPresetEntry *entry = g_ptr_array_index (entries, i);

      g_assert_true (*entry->name != '\0' && *entry->prompt != '\0');
      g_assert_null (strpbrk (entry->name, ":\n"));
      g_assert_null (strchr (entry->prompt, '\n'));
    }
  if (entries == NULL)
    rushes_fuzz_check_error (error);
  if (presets == NULL)
    rushes_fuzz_check_error (file_error);
  else
    g_assert_no_error (file_error);
  rushes_fuzz_clean ();
}

static void
read_reply (const char *rest, const char *end)
{
  g_autoptr (GFile) file = rushes_fuzz_file ("spool", (const uint8_t *) rest, (gsize) (end - rest));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesHttpReply) reply = rushes_http_reply_load (file, &error);

  if (reply != NULL)
    {
      g_assert_cmpuint (g_bytes_get_size (reply->body), <=, (gsize) (end - rest));
      rushes_http_reply_get_json (reply);
    }
  else
    rushes_fuzz_check_error (error);
  rushes_fuzz_clean ();
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  const char *rest = (const char *) data;
  const char *end = rest + size;
  g_autofree char *kind = rushes_fuzz_take_line (&rest, end);
  g_autofree char *text = g_strndup (rest, (gsize) (end - rest));
  g_autoptr (GFile) folder = g_file_new_for_path ("/nowhere");
  g_autoptr (JsonNode) node = NULL;

  if (g_str_equal (kind, "error"))
    read_error (text);
  else if (g_str_equal (kind, "presets"))
    read_presets (rest, end);
  else if (g_str_equal (kind, "reply"))
    read_reply (rest, end);
  else if ((node = json_from_string (text, NULL)) == NULL)
    return 0;
  else if (g_str_equal (kind, "request"))
    read_request (node, folder);
  else if (g_str_equal (kind, "draft"))
    read_draft (node, folder);
  else if (g_str_equal (kind, "place"))
    read_place (node);

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  static const char *const texts[] = {
    "error\n{\"code\":\"RATE_LIMITED\",\"message\":\"Too "
    "fast.\",\"charged\":\"no\",\"http_status\":429,\"words\":\"slow\","
    "\"field\":\"prompt\",\"retryable\":true,\"retry_after\":2.5}",
    "request\n{\"version\":1,\"provider\":\"xai\",\"model\":\"grok-imagine-video\",\"prompt\":\"A paper boat\","
    "\"preset\":{\"id\":\"dolly-in\",\"text\":\"dolly in\"},\"duration\":5,\"resolution\":\"720p\",\"aspect\":\"16:9\","
    "\"frame_rate\":24,\"seed\":7,\"audio\":true,\"parameters\":{\"style\":\"calm\"},"
    "\"references\":[{\"role\":\"first_frame\",\"sha256\":"
    "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
    "\"media_type\":\"image/png\",\"width\":1280,\"height\":720,\"size\":1000,\"name\":\"boat.png\"}]}",
    "draft\n{\"version\":1,\"prompt\":\"A\",\"negative_prompt\":\"B\",\"duration\":1e308,\"seed\":-1,\"count\":4}",
    "place\n{\"id\":\"bucket\",\"name\":\"Bucket\",\"kind\":\"s3\",\"endpoint\":\"https://"
    "s3.example.com\",\"bucket\":\"b\","
    "\"region\":\"us-east-1\",\"access_key\":\"AK\",\"path_style\":true,\"lifetime\":3600,\"prefix\":\"a/b\"}",
    "place\n{\"id\":\"web\",\"name\":\"Web\",\"kind\":\"put\",\"url\":\"https://dav.example.com/x/\",\"user\":\"me\","
    "\"public_url\":\"https://www.example.com/x/\",\"headers\":{\"X-A\":\"b\"}}",
    "place\n{\"id\":\"form\",\"name\":\"Form\",\"kind\":\"form\",\"url\":\"https://up.example.com/"
    "\",\"field\":\"file\","
    "\"answer\":\"files[0].url\",\"delete\":\"files[0].delete\"}",
    "place\n{\"id\":\"dir\",\"name\":\"Dir\",\"kind\":\"folder\",\"path\":\"/srv/www\",\"public_url\":\"https://"
    "x.example/\"}",
    "presets\n{\"version\":1,\"presets\":[{\"name\":\"Dusk\",\"prompt\":\"at dusk\"}],\"hidden\":[\"dolly-in\"]}",
    "presets\nDusk: at dusk\nDawn: at dawn\n",
    "reply\n{\"status\":200,\"address\":\"https://api.x.ai/v1\",\"headers\":{\"Content-Type\":\"application/json\"},"
    "\"length\":8}\n{\"a\":1}\n",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rushes_fuzz_add_text (seeds, texts[i]);
}
