/* test-link-finder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-link-finder.h"
#include "rushes-test.h"

#define BASE "http://gw.local:8000/v1"

/* What is found, with blanks between. */
static char *
find (const char *text, const char *base_url)
{
  g_autoptr (GPtrArray) links = rushes_link_finder_find (text, base_url, FALSE);

  g_ptr_array_add (links, NULL);
  return g_strjoinv (" ", (char **) links->pdata);
}

static void
test_found (void)
{
  static const struct
  {
    const char *text;
    const char *found;
  } cases[] = {
    { "", "" },
    { "I cannot help with that.", "" },
    /* HTML, as several versions of the gateways write it */
    { "<video src=\"https://gw.example/images/users-x-generated_video.mp4\" controls=\"controls\" "
      "width=\"500\"></video>\n",
      "https://gw.example/images/users-x-generated_video.mp4" },
    { "<video id=\"video\" controls=\"\" preload=\"none\" poster=\"https://gw.example/v1/files/image/a.jpg\">\n"
      "  <source id=\"mp4\" src=\"https://gw.example/v1/files/video/b.mp4?x=1&amp;y=2\" type=\"video/mp4\">\n</video>",
      "https://gw.example/v1/files/video/b.mp4?x=1&y=2" },
    { "<video poster='https://gw.example/p/1' src='https://gw.example/v/1'></video>", "https://gw.example/v/1" },
    { "<VIDEO SRC=https://gw.example/v/1 controls>", "https://gw.example/v/1" },
    { "&lt;video src=&quot;https://gw.example/v/1&quot;&gt;", "https://gw.example/v/1" },
    { "<video src=\"https://gw.example/a>b\">", "https://gw.example/a>b https://gw.example/a" },
    { "<source src=\"https://a.example/s\"><video src=\"https://a.example/v\">",
      "https://a.example/v https://a.example/s" },
    { "<picture><source type=\"image/webp\" srcset=\"x\" src=\"https://a.example/s\"></picture>", "" },
    { "<img src=\"https://a.example/p\"> and https://a.example/p", "" },
    /* Markdown */
    { "[video](https://gw.example/v1/files/video/b.mp4)", "https://gw.example/v1/files/video/b.mp4" },
    { "[video](https://gw.example/get?id=1)", "https://gw.example/get?id=1" },
    { "![clip](<https://gw.example/get?id=1>)", "https://gw.example/get?id=1" },
    { "[v](/v1/files/video?id=7)", "http://gw.local:8000/v1/files/video?id=7" },
    { "...\n![Generated Image](https://gw.example/images/xxx.jpg)\n", "" },
    { "[a](https://x.example/a_(1).mp4)", "https://x.example/a_(1).mp4" },
    /* plain */
    { "https://gw.example/v1/files/video?id=abc123\n", "https://gw.example/v1/files/video?id=abc123" },
    { "Here: https://x.example/a.mp4. Enjoy!", "https://x.example/a.mp4" },
    { "(see https://x.example/a.mp4)", "https://x.example/a.mp4" },
    { "**https://x.example/a.mp4**", "https://x.example/a.mp4" },
    { "看https://x.example/a.mp4，谢谢", "https://x.example/a.mp4" },
    { "HTTPS://x.example/A.MP4", "HTTPS://x.example/A.MP4" },
    { "/v1/files/video/b.mp4\n", "http://gw.local:8000/v1/files/video/b.mp4" },
    { "docs at https://x.example/help, clip at https://x.example/c.webm?sig=a%2Fb",
      "https://x.example/c.webm?sig=a%2Fb https://x.example/help" },
    { "https://x.example/one https://x.example/images/p_dXNlcnMtZ2VuZXJhdGVkX3ZpZGVvLm1wNA https://x.example/two",
      "https://x.example/images/p_dXNlcnMtZ2VuZXJhdGVkX3ZpZGVvLm1wNA https://x.example/one https://x.example/two" },
    { "https://x.example/a.png https://x.example/b.JPEG?x=1", "" },
    { "https://x.example/a.mp4 https://x.example/a.mp4", "https://x.example/a.mp4" },
    /* what is no answer */
    { "<think>maybe https://x.example/draft.mp4</think>https://x.example/final", "https://x.example/final" },
    { "<think>视频已生成5%\nhttps://x.example/draft.mp4", "" },
    { "&lt;think&gt;https://x.example/draft.mp4&lt;/think&gt; https://x.example/b.mp4", "https://x.example/b.mp4" },
    { "<THINK>a</THINK><think>https://x.example/1</think>https://x.example/2", "https://x.example/2" },
    /* who may be asked */
    { "http://x.example/a.mp4", "" },
    { "http://gw.local:8000/a.mp4", "http://gw.local:8000/a.mp4" },
    { "http://gw.local:8001/a.mp4", "" },
    { "file:///etc/passwd ftp://x.example/a.mp4 javascript:alert(1)", "" },
    { "<video src=\"javascript:alert(1)\">", "" },
    { "[x](//cdn.example/a.mp4)", "https://cdn.example/a.mp4" },
    /* JSON in text */
    { "{\"video_url\":\"https:\\/\\/x.example\\/a?b=1\\u0026c=2\",\"thumbnail_url\":\"https://x.example/t\"}",
      "https://x.example/a?b=1&c=2" },
    { "Done!\n```json\n{\"url\": \"https://x.example/a\", \"poster\": \"https://x.example/p\"}\n```\nBye",
      "https://x.example/a" },
    { "[{\"type\":\"video\",\"path\":\"/files/a.mp4\"}]", "http://gw.local:8000/files/a.mp4" },
    { "{\"text\":\"<video src='https://x.example/v' poster='https://x.example/p'>\"}", "https://x.example/v" },
    { "{}{} https://x.example/a.mp4", "https://x.example/a.mp4" },
    { "{ not JSON } https://x.example/a.mp4", "https://x.example/a.mp4" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find (cases[i].text, BASE);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_no_base (void)
{
  g_autofree char *found = find ("<video src=\"/a.mp4\"> http://a.example/b.mp4 https://a.example/c.mp4", NULL);

  g_assert_cmpstr (found, ==, "https://a.example/c.mp4");
}

static void
test_bounds (void)
{
  g_autoptr (GString) many = g_string_new (NULL);
  g_autoptr (GString) large = g_string_new (NULL);
  g_autoptr (GPtrArray) links = NULL;
  g_autofree char *none = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append_printf (many, "https://x.example/%u.mp4 ", i);
  links = rushes_link_finder_find (many->str, NULL, FALSE);
  g_assert_cmpuint (links->len, ==, RUSHES_LINK_FINDER_MAX_LINKS);
  g_assert_cmpstr (g_ptr_array_index (links, 0), ==, "https://x.example/0.mp4");

  while (large->len < RUSHES_LINK_FINDER_MAX_TEXT)
    g_string_append (large, "words and ");
  g_string_append (large, "https://x.example/late.mp4");
  none = find (large->str, NULL);
  g_assert_cmpstr (none, ==, "");
}

static gboolean
is_in (GPtrArray *links, const char *link)
{
  return g_ptr_array_find_with_equal_func (links, link, g_str_equal, NULL);
}

/* A text comes in pieces: whatever there is of it, no address is taken before all of it is there. */
static void
test_unfinished (void)
{
  static const struct
  {
    const char *text;
    const char *until; /* the first part of the text of which the address is known to be whole; NULL: none is */
  } cases[] = {
    { "<think>https://x.example/not.mp4 </think>\n<video src=\"https://gw.example/images/a-generated_video.mp4\" "
      "controls=\"controls\"></video>\n",
      "<think>https://x.example/not.mp4 </think>\n<video src=\"https://gw.example/images/a-generated_video.mp4\"" },
    { "<video id=\"video\" preload=\"none\" poster=\"https://gw.example/v1/files/video/p?a=1\">\n"
      "  <source id=\"mp4\" src=\"https://gw.example/v1/files/video/b?x=1&amp;y=2\" type=\"video/mp4\">\n</video>",
      "<video id=\"video\" preload=\"none\" poster=\"https://gw.example/v1/files/video/p?a=1\">\n"
      "  <source id=\"mp4\" src=\"https://gw.example/v1/files/video/b?x=1&amp;y=2\"" },
    { "<VIDEO SRC=https://gw.example/v1/files/video/1 controls>", "<VIDEO SRC=https://gw.example/v1/files/video/1 " },
    { "&lt;video src=&quot;https://gw.example/v/1.mp4&quot;&gt;",
      "&lt;video src=&quot;https://gw.example/v/1.mp4&quot;" },
    { "[video](https://gw.example/a_(1).mp4) here", "[video](https://gw.example/a_(1).mp4)" },
    { "[video](<https://gw.example/get?id=1>)", "[video](<https://gw.example/get?id=1>" },
    { "[v](/v1/files/video?id=7)", "[v](/v1/files/video?id=7)" },
    { "https://gw.example/v1/files/video?id=abc123\n", "https://gw.example/v1/files/video?id=abc123\n" },
    { "/v1/files/video/abc.mp4\n", "/v1/files/video/abc.mp4\n" },
    { "Here: https://x.example/a.mp4. Enjoy!", "Here: https://x.example/a.mp4. " },
    { "看https://x.example/a.mp4，谢谢", "看https://x.example/a.mp4\xEF" },
    { "{\"poster\":\"https://x.example/p.mp4\",\"video_url\":\"https:\\/\\/x.example\\/a.mp4?x=1\\u0026y=2\"}\n",
      "{\"poster\":\"https://x.example/p.mp4\",\"video_url\":\"https:\\/\\/x.example\\/a.mp4?x=1\\u0026y=2\"}" },
    { "[\"https://x.example/a.mp4?x=1\\u0026y=2\"]", "[\"https://x.example/a.mp4?x=1\\u0026y=2\"]" },
    { "https://x.example/a.mp4", NULL },
    { "<video src=\"https://x.example/a.mp4", NULL },
    { "https://x.example/docs ", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) whole = rushes_link_finder_find (cases[i].text, BASE, FALSE);
      gsize length = strlen (cases[i].text);

      g_test_message ("%s", cases[i].text);
      for (gsize n = 0; n <= length; n++)
        {
          g_autofree char *part = g_strndup (cases[i].text, n);
          g_autoptr (GPtrArray) links = rushes_link_finder_find (part, BASE, TRUE);
          g_autofree char *likely = rushes_link_finder_find_likely (part, BASE, TRUE);
          gboolean is_whole = cases[i].until != NULL && n >= strlen (cases[i].until);

          for (guint j = 0; j < links->len; j++)
            g_assert_true (is_in (whole, g_ptr_array_index (links, j)));
          if (is_whole != (likely != NULL))
            g_error ("“%s” gives %s", part, likely);
          if (likely != NULL)
            g_assert_cmpstr (likely, ==, g_ptr_array_index (whole, 0));
        }
    }
}

/* Texts that would take for ever if any part of them were looked at again for each other part. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "<video ",
                                        "<think>a</think>",
                                        "<think>",
                                        "](",
                                        "https://a.b/",
                                        "http://a.b/ ",
                                        "&lt;",
                                        "&#",
                                        "{\"",
                                        "[[",
                                        "<video src='a",
                                        "](/a",
                                        "```",
                                        "<",
                                        "https://x.example/a.png " };
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) links = NULL;
      g_autofree char *likely = NULL;

      while (text->len < 64 * 1024)
        g_string_append (text, pieces[i]);
      g_test_message ("%s", pieces[i]);
      links = rushes_link_finder_find (text->str, BASE, FALSE);
      g_assert_cmpuint (links->len, <=, RUSHES_LINK_FINDER_MAX_LINKS);
      likely = rushes_link_finder_find_likely (text->str, BASE, TRUE);
    }
  /* Hours, were it quadratic. */
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/link-finder/found", test_found);
  g_test_add_func ("/link-finder/no-base", test_no_base);
  g_test_add_func ("/link-finder/bounds", test_bounds);
  g_test_add_func ("/link-finder/unfinished", test_unfinished);
  g_test_add_func ("/link-finder/hostile", test_hostile);

  return g_test_run ();
}
