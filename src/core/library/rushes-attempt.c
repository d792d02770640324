/* rushes-attempt.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-attempt-private.h"

G_DEFINE_BOXED_TYPE (RushesAttempt, rushes_attempt, rushes_attempt_copy, rushes_attempt_free)

static void
output_free (RushesOutput *output)
{
  g_free (output->uri);
  g_free (output->clip_id);
  g_free (output);
}

void
rushes_attempt_add_output (GPtrArray *outputs, const char *uri, gint64 expires, const char *clip_id)
{
  RushesOutput *output = g_new0 (RushesOutput, 1);

  output->uri = g_strdup (uri);
  output->expires = expires;
  output->clip_id = g_strdup (clip_id);
  g_ptr_array_add (outputs, output);
}

GPtrArray *
rushes_attempt_copy_outputs (const GPtrArray *outputs)
{
  GPtrArray *copy = g_ptr_array_new_with_free_func ((GDestroyNotify) output_free);

  for (guint i = 0; outputs != NULL && i < outputs->len; i++)
    {
      const RushesOutput *output = g_ptr_array_index (outputs, i);

      rushes_attempt_add_output (copy, output->uri, output->expires, output->clip_id);
    }

  return copy;
}

static void
clear (RushesAttempt *self)
{
  g_free (self->id);
  g_free (self->own_id);
  g_free (self->take_id);
  g_free (self->runner);
  g_free (self->task_id);
  g_free (self->host);
  g_free (self->poll_target);
  g_free (self->description);
  g_clear_pointer (&self->key, rushes_key_mark_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->outputs, g_ptr_array_unref);
}

RushesAttempt *
rushes_attempt_copy (const RushesAttempt *self)
{
  RushesAttempt *copy = g_new (RushesAttempt, 1);

  *copy = *self;
  copy->id = g_strdup (self->id);
  copy->own_id = g_strdup (self->own_id);
  copy->take_id = g_strdup (self->take_id);
  copy->runner = g_strdup (self->runner);
  copy->task_id = g_strdup (self->task_id);
  copy->host = g_strdup (self->host);
  copy->poll_target = g_strdup (self->poll_target);
  copy->description = g_strdup (self->description);
  copy->key = self->key != NULL ? rushes_key_mark_copy (self->key) : NULL;
  copy->error = self->error != NULL ? g_error_copy (self->error) : NULL;
  copy->outputs = rushes_attempt_copy_outputs (self->outputs);

  return copy;
}

void
rushes_attempt_assign (RushesAttempt *self, const RushesAttempt *from)
{
  g_autofree RushesAttempt *copy = rushes_attempt_copy (from);

  clear (self);
  *self = *copy;
}

void
rushes_attempt_free (RushesAttempt *self)
{
  clear (self);
  g_free (self);
}
