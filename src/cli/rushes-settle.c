/* rushes-settle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-settle.h"

/* How far off, in ratio, is still near. */
#define NEAR 1.1

static gboolean
are_near (double asked, double used)
{
  return asked > 0 && used > 0 && MAX (asked, used) / MIN (asked, used) <= NEAR;
}

static gboolean
durations_hold (RushesModel *model, double seconds)
{
  double minimum, maximum, step;
  gsize n;
  const double *durations;

  if (rushes_model_get_duration_range (model, &minimum, &maximum, &step))
    return seconds >= minimum && seconds <= maximum;

  durations = rushes_model_get_durations (model, &n);
  minimum = maximum = durations[0];
  for (gsize i = 1; i < n; i++)
    {
      minimum = MIN (minimum, durations[i]);
      maximum = MAX (maximum, durations[i]);
    }
  return seconds >= minimum && seconds <= maximum;
}

/* Pixels of the shorter side; 0 for what is no resolution. */
static double
measure_resolution (const char *resolution)
{
  int width, height;

  return rushes_resolution_to_size (resolution, NULL, &width, &height) ? MIN (width, height) : 0;
}

static double
measure_aspect (const char *aspect)
{
  int width, height;

  return rushes_resolution_to_size ("1000p", aspect, &width, &height) ? width / (double) height : 0;
}

/* Takes the value of a note's field over from the draft that was fitted, where that is near enough. */
static void
give_way (RushesDraft *draft, RushesDraft *fitted, RushesModel *model, const char *field)
{
  if (g_str_equal (field, "duration"))
    {
      if (durations_hold (model, rushes_draft_get_duration (draft)))
        rushes_draft_set_duration (draft, rushes_draft_get_duration (fitted));
    }
  else if (g_str_equal (field, "resolution"))
    {
      if (are_near (measure_resolution (rushes_draft_get_resolution (draft)),
                    measure_resolution (rushes_draft_get_resolution (fitted))))
        rushes_draft_set_resolution (draft, rushes_draft_get_resolution (fitted));
    }
  else if (g_str_equal (field, "aspect"))
    {
      if (are_near (measure_aspect (rushes_draft_get_aspect (draft)),
                    measure_aspect (rushes_draft_get_aspect (fitted))))
        rushes_draft_set_aspect (draft, rushes_draft_get_aspect (fitted));
    }
  else if (g_str_equal (field, "frame_rate"))
    {
      if (are_near (rushes_draft_get_frame_rate (draft), rushes_draft_get_frame_rate (fitted)))
        rushes_draft_set_frame_rate (draft, rushes_draft_get_frame_rate (fitted));
    }
  else if (g_str_equal (field, "negative_prompt"))
    rushes_draft_set_negative_prompt (draft, "");
  else if (g_str_equal (field, "seed"))
    rushes_draft_set_seed (draft, -1);
  else if (g_str_equal (field, "audio"))
    rushes_draft_set_audio (draft, FALSE);
  else if (g_str_equal (field, "watermark"))
    rushes_draft_set_watermark (draft, FALSE);
}

GPtrArray *
rushes_draft_settle (RushesDraft *draft, RushesModel *model, GError **error)
{
  g_autoptr (RushesDraft) fitted = rushes_draft_copy (draft);
  g_autoptr (GPtrArray) notes = rushes_model_fit (model, fitted);
  RushesNote *names;
  GError *refusal;

  for (guint i = 0; i < notes->len; i++)
    {
      const RushesNote *note = g_ptr_array_index (notes, i);

      give_way (draft, fitted, model, note->field);
    }

  /* What was too far off stands as it was, and is refused. */
  refusal = rushes_model_check (model, draft);
  if (refusal != NULL)
    {
      g_propagate_error (error, refusal);
      return NULL;
    }

  /* What nobody asked for is the model's own choice. */
  g_ptr_array_unref (rushes_model_fit (model, draft));
  names = rushes_model_note_names (model, draft);
  if (names != NULL)
    g_ptr_array_add (notes, names);
  return g_steal_pointer (&notes);
}
