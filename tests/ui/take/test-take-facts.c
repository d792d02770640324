/* test-take-facts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-facts.h"

#include "rushes-codec-help.h"
#include "rushes-description.h"
#include "rushes-player-actions.h"
#include "rushes-test.h"

static RushesModel *
get_model (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_shipped ("animatic", &error);
  RushesModel *model;

  g_assert_no_error (error);
  model = g_list_model_get_item (rushes_description_get_models (description), 0);
  return model;
}

static void
test_settings (void)
{
  g_autoptr (RushesModel) model = get_model ();
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;
  g_autofree char *silent = NULL;
  g_autofree char *loud = NULL;

  rushes_draft_set_model (draft, "animatic", rushes_model_get_id (model));
  rushes_draft_set_prompt (draft, "a kite");
  rushes_draft_set_duration (draft, 7);
  rushes_draft_set_aspect (draft, "9:16");
  rushes_draft_set_resolution (draft, "1080p");
  rushes_draft_set_frame_rate (draft, 24);
  rushes_draft_set_audio (draft, FALSE);
  request = rushes_request_new (draft, model, 0);
  silent = rushes_take_facts_settings (request, model);
  g_assert_cmpstr (silent, ==, "7 s, 9:16, 1080p, 24 fps, no sound");

  g_clear_object (&request);
  rushes_draft_set_audio (draft, TRUE);
  request = rushes_request_new (draft, model, 0);
  loud = rushes_take_facts_settings (request, NULL);
  g_assert_cmpstr (loud, ==, "7 s, 9:16, 1080p, 24 fps, sound");
}

static void
test_values (void)
{
  g_autoptr (RushesModel) model = get_model ();
  GPtrArray *parameters = rushes_model_get_parameters (model);

  for (guint i = 0; i < parameters->len; i++)
    {
      const RushesParameter *parameter = g_ptr_array_index (parameters, i);
      g_autofree char *words = NULL;

      if (g_str_equal (parameter->name, "caption"))
        {
          words = rushes_take_facts_value (parameter, "true");
          g_assert_cmpstr (words, ==, "On");
        }
      else if (g_str_equal (parameter->name, "move"))
        {
          words = rushes_take_facts_value (parameter, "push-in");
          g_assert_cmpstr (words, ==, "Push in");
        }
    }
  g_assert_cmpuint (parameters->len, >=, 2);
}

static void
test_format (void)
{
  RushesClipFacts clip = { .size = 8400000,
                           .width = 1920,
                           .height = 1080,
                           .frame_rate = 24000.0 / 1001,
                           .video_codec = "h264",
                           .audio_codec = "aac" };
  g_autofree char *whole = rushes_take_facts_format (&clip);
  g_autofree char *little = NULL;

  g_assert_cmpstr (whole, ==, "1920 × 1080, H.264, 23.98 fps, sound, 8.4\u00a0MB");

  clip = (RushesClipFacts) { .video_codec = "theora" };
  little = rushes_take_facts_format (&clip);
  g_assert_cmpstr (little, ==, "theora, no sound");
}

static void
test_numbers (void)
{
  static const struct
  {
    gint64 seed;
    const char *words;
  } seeds[] = { { 0, "0" }, { 7, "7" }, { 1234, "1\u00a0234" }, { 418220931, "418\u00a0220\u00a0931" }, { -1, "-1" } };
  static const struct
  {
    double seconds;
    const char *words;
  } spans[] = { { 0, "0.0 s" }, { 0.44, "0.4 s" }, { 9.96, "10 s" }, { 59.4, "59 s" }, { 141, "2 min 21 s" } },
    moments[] = { { 0, "0:00.0" }, { 2.14, "0:02.1" }, { 59.99, "0:59.9" }, { 60, "1:00.0" }, { 3661.5, "1:01:01.5" } };

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autofree char *words = rushes_take_facts_seed (seeds[i].seed);

      g_assert_cmpstr (words, ==, seeds[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (spans); i++)
    {
      g_autofree char *words = rushes_take_facts_span (spans[i].seconds);

      g_assert_cmpstr (words, ==, spans[i].words);
    }
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *words = rushes_player_words_moment (moments[i].seconds);

      g_assert_cmpstr (words, ==, moments[i].words);
    }
}

static void
test_stages (void)
{
  static const char json[] = "{\"attempts\":[{\"id\":\"second\",\"steps\":["
                             "{\"state\":\"queued\",\"at\":\"2026-11-21T10:00:00Z\"},"
                             "{\"state\":\"preparing\",\"at\":\"2026-11-21T10:00:00.010000Z\"},"
                             "{\"state\":\"running\",\"at\":\"2026-11-21T10:00:02.010000Z\"},"
                             "{\"state\":\"downloading\",\"at\":\"2026-11-21T10:01:12.010000Z\"},"
                             "{\"state\":\"ready\",\"at\":\"2026-11-21T10:01:13.510000Z\"}]},"
                             "{\"id\":\"first\",\"steps\":[{\"state\":\"queued\",\"at\":\"2026-11-21T09:00:00Z\"}]}]}";
  g_autoptr (JsonNode) description = json_from_string (json, NULL);
  g_autoptr (JsonNode) empty = json_from_string ("{\"attempts\":[]}", NULL);
  g_autoptr (GPtrArray) stages = rushes_take_facts_stages (description);
  g_autoptr (GPtrArray) none = rushes_take_facts_stages (empty);
  g_autofree char *reply = rushes_take_facts_reply (description);
  g_autofree char *no_reply = rushes_take_facts_reply (empty);
  static const struct
  {
    const char *name;
    double seconds;
  } expected[] = { { "Preparing", 2 }, { "Rendering", 70 }, { "Saving", 1.5 } };

  g_assert_cmpuint (stages->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < stages->len; i++)
    {
      const RushesStage *stage = g_ptr_array_index (stages, i);

      g_assert_cmpstr (stage->name, ==, expected[i].name);
      g_assert_cmpfloat_with_epsilon (stage->seconds, expected[i].seconds, 1e-3);
    }
  g_assert_cmpuint (none->len, ==, 0);

  g_assert_nonnull (strstr (reply, "second"));
  g_assert_null (strstr (reply, "first"));
  g_assert_null (no_reply);
}

static void
test_origin (void)
{
  g_autofree char *none = rushes_take_facts_origin (RUSHES_ORIGIN_NONE);
  g_autofree char *label = rushes_take_facts_origin (RUSHES_ORIGIN_AIGC);
  g_autofree char *both = rushes_take_facts_origin (RUSHES_ORIGIN_AIGC | RUSHES_ORIGIN_C2PA);

  g_assert_cmpstr (none, ==, "Nothing is said in the file");
  g_assert_cmpstr (label, ==, "label for generated clips (AIGC)");
  g_assert_cmpstr (both, ==, "content credentials (C2PA), label for generated clips (AIGC)");
}

static void
test_copy (void)
{
  static const char json[] =
      "{\"attempts\":[{\"results\":[{\"uri\":\"https://a/b\"},{\"expires\":\"2026-12-21T12:30:00Z\"}]}]}";
  g_autoptr (JsonNode) description = json_from_string (json, NULL);
  g_autoptr (JsonNode) unknown = json_from_string ("{\"attempts\":[{\"results\":[{\"uri\":\"https://a/b\"}]}]}", NULL);
  g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 ("2026-12-21T12:30:00Z", NULL);
  g_autoptr (GDateTime) local = g_date_time_to_local (at);
  g_autofree char *when = g_date_time_format (local, "%-d %B, %H:%M");
  g_autofree char *kept = rushes_take_facts_copy (description, g_date_time_to_unix_usec (at) - 1);
  g_autofree char *gone = rushes_take_facts_copy (description, g_date_time_to_unix_usec (at) + 1);

  g_assert_true (g_str_has_prefix (kept, "Kept until "));
  g_assert_true (g_str_has_suffix (kept, when));
  g_assert_true (g_str_has_prefix (gone, "Gone since "));
  g_assert_null (rushes_take_facts_copy (unknown, 0));
}

static void
test_extended (void)
{
  g_autoptr (RushesModel) whole = NULL;
  g_autoptr (RushesModel) part = NULL;
  const RushesExtension extension = { .seconds = 5.04 };
  static const char model[] = "{\"id\":\"kite\",\"name\":\"Kite\",\"durations\":[5],\"extend\":{\"gives\":\"%s\"}}";
  g_autofree char *one = g_strdup_printf (model, "whole");
  g_autofree char *other = g_strdup_printf (model, "part");
  g_autoptr (JsonNode) first = json_from_string (one, NULL);
  g_autoptr (JsonNode) second = json_from_string (other, NULL);
  g_autofree char *all = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *unknown = rushes_take_facts_extended (&extension, NULL);

  whole = rushes_model_from_json (first, "kites", "kites.json", NULL);
  part = rushes_model_from_json (second, "kites", "kites.json", NULL);
  all = rushes_take_facts_extended (&extension, whole);
  rest = rushes_take_facts_extended (&extension, part);
  g_assert_cmpstr (all, ==, "The whole clip: 5.04 s as they were, and what is new");
  g_assert_cmpstr (rest, ==, "Only what is new, to follow the 5.04 s that there were");
  g_assert_cmpstr (unknown, ==, "A clip of 5.04 s");
}

/* What is typed there must be what the packages are called. */
static void
test_codec_help (void)
{
  static const struct
  {
    RushesCodecSystem system;
    const char *media;
    const char *command;
  } rows[] = {
    { RUSHES_CODEC_SYSTEM_DEBIAN, "video/x-h265", "sudo apt install gstreamer1.0-libav" },
    { RUSHES_CODEC_SYSTEM_DEBIAN, "video/x-av1", "sudo apt install gstreamer1.0-plugins-bad" },
    { RUSHES_CODEC_SYSTEM_DEBIAN, "video/x-wmv", "a plug-in of GStreamer that decodes WMV" },
    { RUSHES_CODEC_SYSTEM_FEDORA, "video/x-h264",
      "(rpmfusion.org), this installs it: sudo dnf install gstreamer1-plugin-libav libavcodec-freeworld" },
    { RUSHES_CODEC_SYSTEM_FEDORA, "video/x-vp9", "This installs it: sudo dnf install gstreamer1-plugins-good" },
    { RUSHES_CODEC_SYSTEM_FEDORA, "video/x-wmv", "a plug-in of GStreamer that decodes WMV" },
    { RUSHES_CODEC_SYSTEM_FLATPAK, "video/x-h265", "flatpak update" },
    { RUSHES_CODEC_SYSTEM_OTHER, "video/x-h264", "a plug-in of GStreamer that decodes H.264" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const char *name = g_str_equal (rows[i].media, "video/x-wmv") ? "WMV" : "H.264";
      g_autofree char *help = rushes_codec_help_for (rows[i].system, rows[i].media, name);

      if (strstr (help, rows[i].command) == NULL)
        g_error ("“%s” does not say “%s”.", help, rows[i].command);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/take-facts/settings", test_settings);
  g_test_add_func ("/take-facts/values", test_values);
  g_test_add_func ("/take-facts/format", test_format);
  g_test_add_func ("/take-facts/numbers", test_numbers);
  g_test_add_func ("/take-facts/stages", test_stages);
  g_test_add_func ("/take-facts/origin", test_origin);
  g_test_add_func ("/take-facts/copy", test_copy);
  g_test_add_func ("/take-facts/extended", test_extended);
  g_test_add_func ("/take-facts/codec-help", test_codec_help);

  return g_test_run ();
}
