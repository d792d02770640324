/* test-move-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-move.h"
#include "rushes-test.h"

#define NOTHING (-1)

static int
read_words (const char *prompt, gint64 seed)
{
  RushesMoveKind kind;

  return rushes_move_kind_from_words (prompt, seed, &kind) ? (int) kind : NOTHING;
}

static void
test_words (void)
{
  static const struct
  {
    const char *prompt;
    int kind;
  } prompts[] = {
    { "slow push in, evening light", RUSHES_MOVE_PUSH_IN },
    { "Push-in on the lighthouse", RUSHES_MOVE_PUSH_IN },
    { "the camera slowly pushes in towards the boat", RUSHES_MOVE_PUSH_IN },
    { "Dolly in to the window", RUSHES_MOVE_PUSH_IN },
    { "zooming in on her face", RUSHES_MOVE_PUSH_IN },
    { "a slow zoom", RUSHES_MOVE_PUSH_IN },
    { "Camera moves slowly forward through fog", RUSHES_MOVE_PUSH_IN },
    { "pull out to reveal the valley", RUSHES_MOVE_PULL_OUT },
    { "camera pulls slowly back", RUSHES_MOVE_PULL_OUT },
    { "zoom out", RUSHES_MOVE_PULL_OUT },
    { "dollying gently backwards", RUSHES_MOVE_PULL_OUT },
    { "pan left", RUSHES_MOVE_PAN_LEFT },
    { "Slow pan to the left over the roofs", RUSHES_MOVE_PAN_LEFT },
    { "pan from left to right", RUSHES_MOVE_PAN_RIGHT },
    { "the shot tracks right", RUSHES_MOVE_PAN_RIGHT },
    { "panning right across the harbour", RUSHES_MOVE_PAN_RIGHT },
    { "pan up", RUSHES_MOVE_PAN_UP },
    { "crane up over the trees", RUSHES_MOVE_PAN_UP },
    { "the camera rises", RUSHES_MOVE_PAN_UP },
    { "pedestal down", RUSHES_MOVE_PAN_DOWN },
    { "tilt up to the sky", RUSHES_MOVE_TILT_UP },
    { "slowly tilting down", RUSHES_MOVE_TILT_DOWN },
    { "drifting through space", RUSHES_MOVE_DRIFT },
    { "camera floats", RUSHES_MOVE_DRIFT },
    { "evening, pan left, then zoom in", RUSHES_MOVE_PAN_LEFT },
    { "no zoom, pan right", RUSHES_MOVE_PAN_RIGHT },
    /* Presets that ship. */
    { "Slow push in, steady camera, shallow depth of field", RUSHES_MOVE_PUSH_IN },
    { "Slow pull out revealing the surroundings, steady camera, deep focus", RUSHES_MOVE_PULL_OUT },
    { "Slow pan right at an even speed, level horizon", RUSHES_MOVE_PAN_RIGHT },
    { "Slow tilt up from the foreground toward the sky, locked tripod", RUSHES_MOVE_TILT_UP },
    { "Camera orbits slowly around the subject", RUSHES_MOVE_DRIFT },
    { "Crane shot rising above the scene until the horizon comes into view", RUSHES_MOVE_PAN_UP },
    { "Smooth aerial drone shot gliding forward over the landscape, wide lens", RUSHES_MOVE_PUSH_IN },
    { "Gentle camera drift, floating and almost imperceptible, calm pace", RUSHES_MOVE_DRIFT },
    { "The object floats weightless and rotates slowly", NOTHING },
    { "Locked-off tripod shot, static frame, only the subject moves", NOTHING },

    { "镜头缓缓推近纸船", RUSHES_MOVE_PUSH_IN },
    { "慢慢推进", RUSHES_MOVE_PUSH_IN },
    { "推镜，黄昏的光", RUSHES_MOVE_PUSH_IN },
    { "镜头拉近", RUSHES_MOVE_PUSH_IN },
    { "镜头向前缓慢移动", RUSHES_MOVE_PUSH_IN },
    { "拉远，露出整座城市", RUSHES_MOVE_PULL_OUT },
    { "拉镜头", RUSHES_MOVE_PULL_OUT },
    { "镜头向左平移", RUSHES_MOVE_PAN_LEFT },
    { "镜头向左缓缓平移", RUSHES_MOVE_PAN_LEFT },
    { "左摇", RUSHES_MOVE_PAN_LEFT },
    { "镜头右摇，海面", RUSHES_MOVE_PAN_RIGHT },
    { "镜头从左到右", RUSHES_MOVE_PAN_RIGHT },
    { "镜头上摇到天空", RUSHES_MOVE_TILT_UP },
    { "下摇", RUSHES_MOVE_TILT_DOWN },
    { "镜头上升", RUSHES_MOVE_PAN_UP },
    { "向下移动", RUSHES_MOVE_PAN_DOWN },
    { "漂移", RUSHES_MOVE_DRIFT },
    { "不要推近，镜头右移", RUSHES_MOVE_PAN_RIGHT },
    { "雨夜，slow push in", RUSHES_MOVE_PUSH_IN },

    { "", NOTHING },
    { "a paper boat on a pond", NOTHING },
    { "an egg in a frying pan", NOTHING },
    { "pushing a cart up the hill", NOTHING },
    { "a man moves left", NOTHING },
    { "he pulls the door", NOTHING },
    { "tilt-shift photograph of a street", NOTHING },
    { "no zoom", NOTHING },
    { "without any panning left", NOTHING },
    { "don't push in", NOTHING },
    { "a still shot. Left of it a tree", NOTHING },
    { "不推近", NOTHING },
    { "没有镜头拉远", NOTHING },
    { "纸船漂在池塘上", NOTHING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      int kind = read_words (prompts[i].prompt, 1);

      if (kind != prompts[i].kind)
        g_error ("“%s” was read as %d, not %d", prompts[i].prompt, kind, prompts[i].kind);
    }
}

static void
test_left_open (void)
{
  static const char *const prompts[] = { "the camera pans across the roofs", "镜头平移" };

  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      gboolean left = FALSE, right = FALSE;

      for (gint64 seed = 0; seed < 40; seed++)
        {
          int kind = read_words (prompts[i], seed);

          g_assert_true (kind == RUSHES_MOVE_PAN_LEFT || kind == RUSHES_MOVE_PAN_RIGHT);
          g_assert_cmpint (kind, ==, read_words (prompts[i], seed));
          left = left || kind == RUSHES_MOVE_PAN_LEFT;
          right = right || kind == RUSHES_MOVE_PAN_RIGHT;
        }
      g_assert_true (left && right);
    }
  g_assert_cmpint (read_words ("俯仰", 3), >=, RUSHES_MOVE_TILT_UP);
}

static void
test_names (void)
{
  RushesMoveKind kind;

  g_assert_true (rushes_move_kind_from_name ("tilt-down", &kind));
  g_assert_cmpint (kind, ==, RUSHES_MOVE_TILT_DOWN);
  g_assert_false (rushes_move_kind_from_name ("auto", &kind));
  g_assert_false (rushes_move_kind_from_name (NULL, &kind));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/move-words/words", test_words);
  g_test_add_func ("/move-words/left-open", test_left_open);
  g_test_add_func ("/move-words/names", test_names);
  return g_test_run ();
}
