/* test-sound-track.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "rushes-sound-track.h"
#include "rushes-test.h"

#define N (3 * RUSHES_SOUND_RATE)

static double
level (const gint16 *samples, gsize from, gsize n)
{
  double sum = 0;

  for (gsize i = 2 * from; i < 2 * (from + n); i++)
    sum += (double) samples[i] * samples[i];
  return 20 * log10 (sqrt (sum / (2 * n)) / 32768 + 1e-9);
}

static void
test_quiet (void)
{
  for (gint64 seed = 0; seed < 12; seed++)
    {
      g_autofree gint16 *samples = rushes_sound_track_new (N, seed);
      int step = 0, peak = 0;

      g_assert_cmpfloat (level (samples, RUSHES_SOUND_RATE, RUSHES_SOUND_RATE), >, -36);
      g_assert_cmpfloat (level (samples, RUSHES_SOUND_RATE, RUSHES_SOUND_RATE), <, -25);
      /* From and to nothing, without a click on the way. */
      g_assert_cmpfloat (level (samples, 0, 480), <, -80);
      g_assert_cmpfloat (level (samples, N - 480, 480), <, -80);
      for (gsize i = 2; i < 2 * N; i++)
        {
          step = MAX (step, ABS (samples[i] - samples[i - 2]));
          peak = MAX (peak, ABS (samples[i]));
        }
      g_assert_cmpint (step, <, 500);
      g_assert_cmpint (peak, <, 8000);
      g_assert_cmpint (peak, >, 600);
    }
}

static void
test_seed (void)
{
  g_autofree gint16 *one = rushes_sound_track_new (N, 5), *same = rushes_sound_track_new (N, 5);
  g_autofree gint16 *other = rushes_sound_track_new (N, 6);

  g_assert_cmpmem (one, N * 4, same, N * 4);
  g_assert_true (memcmp (one, other, N * 4) != 0);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/sound-track/quiet", test_quiet);
  g_test_add_func ("/sound-track/seed", test_seed);
  return g_test_run ();
}
