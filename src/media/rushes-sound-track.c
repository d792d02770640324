/* rushes-sound-track.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-sound-track.h"

#include <math.h>

#include "rushes-move.h"

#define FADE_SECONDS 1.2
#define LEVEL        0.04 /* of the chord's peak, about -30 dBFS on average */
#define ROOM         0.003

/* Chords that rest in themselves, as steps of the tempered scale above their root. */
static const int chords[][4] = {
  { 0, 7, 12, 16 }, /* major, open */
  { 0, 7, 12, 15 }, /* minor, open */
  { 0, 7, 14, 16 }, /* with the ninth */
  { 0, 5, 12, 17 }, /* fourths */
  { 0, 7, 11, 16 }, /* major seventh */
  { 0, 7, 10, 15 }, /* minor seventh */
};

/* One tone: a pointer that turns, which is a sine without asking for one 48000 times a second. */
typedef struct
{
  double re, im;           /* where the pointer is */
  double turn_re, turn_im; /* one sample further */
  double left, right;      /* how loud on each side */
  double sway, sway_turn;  /* a slow swell of its own: its phase, and the step of a sample */
} Tone;

static void
tone_init (Tone *self, double hertz, double gain, double side, GRand *dice)
{
  double phase = g_rand_double_range (dice, 0, 2 * G_PI), turn = 2 * G_PI * hertz / RUSHES_SOUND_RATE;

  self->re = cos (phase);
  self->im = sin (phase);
  self->turn_re = cos (turn);
  self->turn_im = sin (turn);
  self->left = gain * sqrt (0.5 - side / 2);
  self->right = gain * sqrt (0.5 + side / 2);
  self->sway = g_rand_double_range (dice, 0, 2 * G_PI);
  self->sway_turn = 2 * G_PI * g_rand_double_range (dice, 0.07, 0.16) / RUSHES_SOUND_RATE;
}

static double
next (Tone *self)
{
  double re = self->re * self->turn_re - self->im * self->turn_im;

  self->im = self->re * self->turn_im + self->im * self->turn_re;
  self->re = re;
  return self->im;
}

/* The whole track between -1 and 1, as loud as it happens to be. */
static double
play (float *track, gsize n, GRand *dice)
{
  const int *chord = chords[g_rand_int_range (dice, 0, G_N_ELEMENTS (chords))];
  double root = 110 * pow (2, g_rand_int_range (dice, -3, 4) / 12.0);
  Tone tones[12];
  double swell[G_N_ELEMENTS (tones)], room[2] = { 0 }, sum = 0;

  /* Each note on both sides, a hair apart in pitch, which makes it wide; and its octave, faintly. */
  for (int i = 0; i < 4; i++)
    {
      double hertz = root * pow (2, chord[i] / 12.0), gain = 1.0 / (1 + 0.55 * i);

      tone_init (&tones[3 * i], hertz * 0.9985, gain * 0.6, -0.7, dice);
      tone_init (&tones[3 * i + 1], hertz * 1.0015, gain * 0.6, 0.7, dice);
      tone_init (&tones[3 * i + 2], hertz * 2, gain * 0.14, i % 2 ? 0.3 : -0.3, dice);
    }

  for (gsize i = 0; i < n; i++)
    {
      double sides[2] = { 0 };

      for (guint k = 0; k < G_N_ELEMENTS (tones); k++)
        {
          double value;

          if (i % 64 == 0)
            swell[k] = 0.7 + 0.3 * sin (tones[k].sway + tones[k].sway_turn * i);
          value = next (&tones[k]) * swell[k];
          sides[0] += value * tones[k].left;
          sides[1] += value * tones[k].right;
        }
      for (int side = 0; side < 2; side++)
        {
          /* Noise with little above the lowest tones. */
          room[side] += (g_rand_double_range (dice, -1, 1) - room[side]) * 0.04;
          track[2 * i + side] = (float) (sides[side] + ROOM * room[side]);
          sum += track[2 * i + side] * track[2 * i + side];
        }
    }

  return sqrt (sum / (2 * n));
}

gint16 *
rushes_sound_track_new (gsize n, gint64 seed)
{
  g_autofree float *track = g_new (float, 2 * n);
  gint16 *samples = g_new (gint16, 2 * n);
  g_autoptr (GRand) dice = rushes_dice (seed, 's');
  double gain = 32767 * LEVEL / play (track, n, dice);
  gsize fade = MIN ((gsize) (FADE_SECONDS * RUSHES_SOUND_RATE), n / 3);

  for (gsize i = 0; i < n; i++)
    {
      double loud = gain;

      if (i < fade)
        loud *= rushes_ease ((double) i / fade);
      if (n - 1 - i < fade)
        loud *= rushes_ease ((double) (n - 1 - i) / fade);
      for (int side = 0; side < 2; side++)
        samples[2 * i + side] = (gint16) lround (CLAMP (loud * track[2 * i + side], -32767, 32767));
    }

  return samples;
}
