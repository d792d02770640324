/* rushes-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-answer.h"

G_DEFINE_BOXED_TYPE (RushesAnswer, rushes_answer, rushes_answer_ref, rushes_answer_unref)

static void
output_free (RushesOutput *output)
{
  g_free (output->uri);
  g_free (output->clip_id);
  g_free (output);
}

RushesAnswer *
rushes_answer_new (RushesPhase phase)
{
  RushesAnswer *self = g_new0 (RushesAnswer, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->phase = phase;
  self->progress = -1;
  self->place = -1;
  self->cost.kind = RUSHES_PRICE_UNKNOWN;

  return self;
}

RushesAnswer *
rushes_answer_ref (RushesAnswer *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rushes_answer_unref (RushesAnswer *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->task_id);
  g_free (self->host);
  g_free (self->poll_target);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->words);
  g_free (self);
}

void
rushes_answer_add_output (RushesAnswer *self, const char *uri, gint64 expires, const char *clip_id)
{
  RushesOutput *output;

  g_return_if_fail (self != NULL && uri != NULL);

  if (self->outputs == NULL)
    self->outputs = g_ptr_array_new_with_free_func ((GDestroyNotify) output_free);
  output = g_new0 (RushesOutput, 1);
  output->uri = g_strdup (uri);
  output->expires = expires;
  output->clip_id = g_strdup (clip_id);
  g_ptr_array_add (self->outputs, output);
}
