/* fuzz-link-finder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What a language model writes, with the address of a clip somewhere in it. */

#include <string.h>

#include "rushes-credentials.h"
#include "rushes-fuzz.h"
#include "rushes-link-finder.h"

static GPtrArray *
find (const char *text, const char *base_url, gboolean unfinished)
{
  GPtrArray *links = rushes_link_finder_find (text, base_url, unfinished);

  g_assert_cmpuint (links->len, <=, RUSHES_LINK_FINDER_MAX_LINKS);
  for (guint i = 0; i < links->len; i++)
    {
      const char *link = g_ptr_array_index (links, i);
      g_autofree char *origin = rushes_origin_of (link);

      g_assert_nonnull (origin);
      g_assert_true (g_str_has_prefix (origin, "https://") || g_strcmp0 (origin, base_url) == 0);
      for (guint j = 0; j < i; j++)
        g_assert_cmpstr (g_ptr_array_index (links, j), !=, link);
    }
  return links;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const bases[] = { NULL, "http://gateway:8000" };
  g_autofree char *text = g_strndup ((const char *) data, size);

  for (gsize i = 0; i < G_N_ELEMENTS (bases); i++)
    {
      g_autoptr (GPtrArray) whole = find (text, bases[i], FALSE);
      g_autoptr (GPtrArray) early = find (text, bases[i], TRUE);
      g_autofree char *likely = rushes_link_finder_find_likely (text, bases[i], TRUE);

      g_assert_true (likely == NULL || g_strcmp0 (likely, early->len > 0 ? g_ptr_array_index (early, 0) : NULL) == 0);
    }

  return 0;
}

void
rushes_fuzz_add_seeds (GPtrArray *seeds)
{
  static const char *const texts[] = {
    "Here it is: https://cdn.example/a.mp4?sig=1&x=%2f",
    "<think>https://cdn.example/no.mp4</think><video poster=\"/p.jpg\" src='/v/1.mp4' controls></video>",
    "&lt;video&gt;&lt;source src=&quot;https:\\/\\/cdn.example\\/b.webm&quot;&gt;&lt;/video&gt;",
    "[the clip](http://gateway:8000/files/video/7) ![poster](https://cdn.example/p.png)",
    "```json\n{\"url\": \"https:\\u002f\\u002fcdn.example\\u002fc\", \"thumbnail\": \"/t.jpg\"}\n```",
    "视频：https://cdn.example/影片.mp4。 (see <https://cdn.example/generated_video/d>)",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    rushes_fuzz_add_text (seeds, texts[i]);
  rushes_fuzz_add_files (seeds, "tests/fixtures/providers/grok-chat", ".json", 16 * 1024);
}
