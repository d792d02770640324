/* rushes-move-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-move.h"

#include <string.h>

static const char *const kind_names[] = {
  [RUSHES_MOVE_PUSH_IN] = "push-in",     [RUSHES_MOVE_PULL_OUT] = "pull-out",   [RUSHES_MOVE_PAN_LEFT] = "pan-left",
  [RUSHES_MOVE_PAN_RIGHT] = "pan-right", [RUSHES_MOVE_PAN_UP] = "pan-up",       [RUSHES_MOVE_PAN_DOWN] = "pan-down",
  [RUSHES_MOVE_TILT_UP] = "tilt-up",     [RUSHES_MOVE_TILT_DOWN] = "tilt-down", [RUSHES_MOVE_DRIFT] = "drift",
};

/* What words may leave open. */
enum
{
  EITHER_SIDE = RUSHES_MOVE_DRIFT + 1, /* left or right */
  EITHER_TILT,
  NONE,
};

gboolean
rushes_move_kind_from_name (const char *name, RushesMoveKind *kind)
{
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (kind_names); i++)
    if (g_str_equal (name, kind_names[i]))
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

/* English: a word for the move, perhaps some that add nothing ("slowly", "to the"), and one that says where to. */

typedef enum
{
  IN,
  OUT,
  LEFT,
  RIGHT,
  UP,
  DOWN,
  N_WAYS,
} Way;

static const char *const ways[N_WAYS] = {
  [IN] = "in into inward inwards closer forward forwards toward towards",
  [OUT] = "out outward outwards back backward backwards away",
  [LEFT] = "left leftward leftwards",
  [RIGHT] = "right rightward rightwards",
  [UP] = "up upward upwards",
  [DOWN] = "down downward downwards",
};

static const struct
{
  const char *words;
  gboolean of_camera; /* other things do this too: only where the camera is named before it */
  int kinds[N_WAYS];
  int alone;
} verbs[] = {
  { "push pushes pushing pull pulls pulling",
    FALSE,
    { RUSHES_MOVE_PUSH_IN, RUSHES_MOVE_PULL_OUT, NONE, NONE, NONE, NONE },
    NONE },
  { "zoom zooms zooming dolly dollies dollying",
    FALSE,
    { RUSHES_MOVE_PUSH_IN, RUSHES_MOVE_PULL_OUT, RUSHES_MOVE_PAN_LEFT, RUSHES_MOVE_PAN_RIGHT, NONE, NONE },
    RUSHES_MOVE_PUSH_IN },
  { "panning pans truck trucks trucking",
    FALSE,
    { NONE, NONE, RUSHES_MOVE_PAN_LEFT, RUSHES_MOVE_PAN_RIGHT, RUSHES_MOVE_PAN_UP, RUSHES_MOVE_PAN_DOWN },
    NONE },
  /* A pan alone is in most kitchens, and tilt-shift is a lens. */
  { "pan pans panning",
    TRUE,
    { NONE, NONE, RUSHES_MOVE_PAN_LEFT, RUSHES_MOVE_PAN_RIGHT, RUSHES_MOVE_PAN_UP, RUSHES_MOVE_PAN_DOWN },
    EITHER_SIDE },
  { "pan",
    FALSE,
    { NONE, NONE, RUSHES_MOVE_PAN_LEFT, RUSHES_MOVE_PAN_RIGHT, RUSHES_MOVE_PAN_UP, RUSHES_MOVE_PAN_DOWN },
    NONE },
  { "tilt tilts tilting", TRUE, { NONE, NONE, NONE, NONE, RUSHES_MOVE_TILT_UP, RUSHES_MOVE_TILT_DOWN }, EITHER_TILT },
  { "tilt tilts tilting", FALSE, { NONE, NONE, NONE, NONE, RUSHES_MOVE_TILT_UP, RUSHES_MOVE_TILT_DOWN }, NONE },
  { "crane cranes craning pedestal pedestals boom booms booming jib jibs",
    FALSE,
    { NONE, NONE, NONE, NONE, RUSHES_MOVE_PAN_UP, RUSHES_MOVE_PAN_DOWN },
    NONE },
  { "move moves moving track tracks tracking glide glides gliding slide slides sliding creep creeps creeping fly flies "
    "flying sweep sweeps sweeping go goes going",
    TRUE,
    { RUSHES_MOVE_PUSH_IN, RUSHES_MOVE_PULL_OUT, RUSHES_MOVE_PAN_LEFT, RUSHES_MOVE_PAN_RIGHT, RUSHES_MOVE_PAN_UP,
      RUSHES_MOVE_PAN_DOWN },
    NONE },
  { "rise rises rising ascend ascends ascending", TRUE, { NONE, NONE, NONE, NONE, NONE, NONE }, RUSHES_MOVE_PAN_UP },
  { "descend descends descending sink sinks sinking",
    TRUE,
    { NONE, NONE, NONE, NONE, NONE, NONE },
    RUSHES_MOVE_PAN_DOWN },
  { "drift drifts drifting", FALSE, { NONE, NONE, NONE, NONE, NONE, NONE }, RUSHES_MOVE_DRIFT },
  { "float floats floating hover hovers hovering orbit orbits orbiting",
    TRUE,
    { NONE, NONE, NONE, NONE, NONE, NONE },
    RUSHES_MOVE_DRIFT },
};

static const char fillers[] =
    "slow slowly gentle gently smooth smoothly soft softly steady steadily very the a to camera shot straight "
    "quick quickly fast slightly across over from move movement";
static const char negatives[] = "no not dont don't never without avoid avoids nor";
static const char cameras[] = "camera cameras shot lens view";

static gboolean
is_one_of (const char *word, const char *list)
{
  gsize n = strlen (word);

  for (const char *found = list; n > 0 && (found = strstr (found, word)) != NULL; found += n)
    if ((found == list || found[-1] == ' ') && (found[n] == ' ' || found[n] == '\0'))
      return TRUE;

  return FALSE;
}

typedef struct
{
  char *text;
  gsize at; /* byte of the prompt */
} Word;

static void
word_clear (gpointer data)
{
  g_free (((Word *) data)->text);
}

/* An empty word stands for a pause: what it parts does not belong together. */
static GArray *
split (const char *prompt)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (Word));
  const char *p = prompt;

  g_array_set_clear_func (words, word_clear);
  while (*p != '\0')
    {
      const char *start = p;
      g_autofree char *text = NULL;

      while (g_ascii_isalpha (*p) || (*p == '\'' && p > start))
        p++;
      if (p > start)
        text = g_ascii_strdown (start, p - start);
      else if (strchr (".,;:!?()\n", *p++) != NULL)
        text = g_strdup ("");
      if (text != NULL)
        {
          Word word = { g_steal_pointer (&text), start - prompt };

          g_array_append_val (words, word);
        }
    }

  return words;
}

static const char *
word_at (GArray *words, gsize i)
{
  return i < words->len ? g_array_index (words, Word, i).text : "";
}

static gboolean
stands_before (GArray *words, guint i, guint reach, const char *list)
{
  for (guint k = i; k-- > 0 && i - k <= reach && *word_at (words, k) != '\0';)
    if (is_one_of (word_at (words, k), list))
      return TRUE;

  return FALSE;
}

/* "from left to right" goes right. */
static Way
find_way (GArray *words, guint i)
{
  gboolean from = FALSE;

  for (guint k = i + 1; k <= i + 6 && *word_at (words, k) != '\0'; k++)
    {
      const char *word = word_at (words, k);
      gboolean is_way = FALSE;

      for (Way way = 0; way < N_WAYS; way++)
        if (is_one_of (word, ways[way]))
          {
            if (!from)
              return way;
            is_way = TRUE;
          }
      if (is_way)
        from = FALSE;
      else if (!is_one_of (word, fillers))
        break;
      if (g_str_equal (word, "from"))
        from = TRUE;
    }

  return N_WAYS;
}

static int
read_english (const char *prompt, gsize *at)
{
  g_autoptr (GArray) words = split (prompt);

  for (guint i = 0; i < words->len; i++)
    for (guint v = 0; v < G_N_ELEMENTS (verbs); v++)
      {
        Way way;
        int kind;

        if (*word_at (words, i) == '\0' || !is_one_of (word_at (words, i), verbs[v].words) ||
            stands_before (words, i, 3, negatives) || (verbs[v].of_camera && !stands_before (words, i, 4, cameras)))
          continue;
        way = find_way (words, i);
        kind = way < N_WAYS ? verbs[v].kinds[way] : verbs[v].alone;
        if (kind == NONE)
          continue;
        *at = g_array_index (words, Word, i).at;
        return kind;
      }

  return NONE;
}

/* Chinese: words are not set apart, so these are looked for anywhere; "*" stands for up to four characters
 * ("向左缓缓平移"). */
static const struct
{
  const char *words;
  int kind;
} phrases[] = {
  { "推近 推进 推镜 推向 前推 慢推 缓推 镜头推 镜头靠近 拉近 放大 向前*推 向前*移 往前*推", RUSHES_MOVE_PUSH_IN },
  { "拉远 拉镜 拉出 拉开 后拉 慢拉 缓拉 镜头远离 缩小 推远 向后*拉 向后*移 往后*拉 向后*退", RUSHES_MOVE_PULL_OUT },
  { "左摇 左移 左平移 左横移 向左*移 向左*摇 往左*移 往左*摇 从右到左 从右至左 从右向左", RUSHES_MOVE_PAN_LEFT },
  { "右摇 右移 右平移 右横移 向右*移 向右*摇 往右*移 往右*摇 从左到右 从左至右 从左向右", RUSHES_MOVE_PAN_RIGHT },
  { "上摇 向上*摇 往上*摇 上仰 向上*仰", RUSHES_MOVE_TILT_UP },
  { "下摇 向下*摇 往下*摇 下俯 向下*俯", RUSHES_MOVE_TILT_DOWN },
  { "上移 升镜 镜头上升 镜头升 向上*移 往上*移", RUSHES_MOVE_PAN_UP },
  { "下移 降镜 镜头下降 镜头降 向下*移 往下*移", RUSHES_MOVE_PAN_DOWN },
  { "俯仰", EITHER_TILT },
  { "平移 横移 横摇 摇镜 摇摄 镜头摇", EITHER_SIDE },
  { "漂移 漂浮 飘移 飘浮 漂动 游移 镜头环绕 环绕镜头", RUSHES_MOVE_DRIFT },
};

static const char *const chinese_negatives[] = { "不要", "不", "无", "没有", "别", "禁止", "避免", "勿" };
static const char *const chinese_fillers[] = { "镜头", "任何", "出现", "使用" };

static gboolean
is_denied (const char *prompt, const char *found)
{
  g_autofree char *before = g_strndup (prompt, found - prompt);

  for (guint i = 0; i < G_N_ELEMENTS (chinese_fillers); i++)
    if (g_str_has_suffix (before, chinese_fillers[i]))
      before[strlen (before) - strlen (chinese_fillers[i])] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (chinese_negatives); i++)
    if (g_str_has_suffix (before, chinese_negatives[i]))
      return TRUE;

  return FALSE;
}

static const char *
find_phrase (const char *prompt, const char *phrase)
{
  const char *star = strchr (phrase, '*');
  g_autofree char *head = star != NULL ? g_strndup (phrase, star - phrase) : g_strdup (phrase);

  for (const char *found = prompt; (found = strstr (found, head)) != NULL; found += strlen (head))
    {
      const char *rest = found + strlen (head), *tail;

      if (is_denied (prompt, found))
        continue;
      if (star == NULL)
        return found;
      tail = strstr (rest, star + 1);
      if (tail != NULL && g_utf8_strlen (rest, tail - rest) <= 4)
        return found;
    }

  return NULL;
}

static int
read_chinese (const char *prompt, gsize *at)
{
  int kind = NONE;

  *at = G_MAXSIZE;
  for (guint i = 0; i < G_N_ELEMENTS (phrases); i++)
    {
      g_auto (GStrv) words = g_strsplit (phrases[i].words, " ", -1);

      for (char **word = words; *word != NULL; word++)
        {
          const char *found = find_phrase (prompt, *word);

          if (found != NULL && (gsize) (found - prompt) < *at)
            {
              *at = found - prompt;
              kind = phrases[i].kind;
            }
        }
    }

  return kind;
}

gboolean
rushes_move_kind_from_words (const char *prompt, gint64 seed, RushesMoveKind *kind)
{
  gsize english_at = G_MAXSIZE, chinese_at = G_MAXSIZE;
  int english, chinese, found;
  g_autoptr (GRand) dice = rushes_dice (seed, 'w');

  if (prompt == NULL)
    return FALSE;
  english = read_english (prompt, &english_at);
  chinese = read_chinese (prompt, &chinese_at);
  found = english_at < chinese_at ? english : chinese;

  if (found == EITHER_SIDE)
    found = g_rand_boolean (dice) ? RUSHES_MOVE_PAN_LEFT : RUSHES_MOVE_PAN_RIGHT;
  else if (found == EITHER_TILT)
    found = g_rand_boolean (dice) ? RUSHES_MOVE_TILT_UP : RUSHES_MOVE_TILT_DOWN;
  if (found == NONE)
    return FALSE;
  *kind = found;
  return TRUE;
}
