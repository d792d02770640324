/* rushes-protocol-cancel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

/* NULL when there is no such step. */
static const RushesCall *
get_step (RushesProtocol *self, const RushesTask *task, guint step)
{
  const RushesCall *cancel = rushes_protocol_get_call (self, task, RUSHES_OPERATION_CANCEL);

  return cancel != NULL && cancel->before != NULL && step < cancel->before->len
             ? g_ptr_array_index (cancel->before, step)
             : NULL;
}

guint
rushes_protocol_get_n_cancel_steps (RushesProtocol *self, const RushesTask *task)
{
  const RushesCall *cancel;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && task != NULL, 0);

  cancel = rushes_protocol_get_call (self, task, RUSHES_OPERATION_CANCEL);
  return cancel != NULL && cancel->before != NULL ? cancel->before->len : 0;
}

RushesHttpRequest *
rushes_protocol_build_cancel_step (RushesProtocol *self, guint step, const RushesTask *task, GError **error)
{
  RushesTemplateInput input = { .task = task };
  const RushesCall *call;
  g_autofree char *address = NULL;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && task != NULL && task->base_url != NULL, NULL);

  call = get_step (self, task, step);
  g_return_val_if_fail (call != NULL && call->path != NULL, NULL);

  input.region = rushes_protocol_get_region (self, task);
  address = rushes_protocol_make_address (call, &input, error);
  return address != NULL ? rushes_protocol_build_call (self, call, address, &input, error) : NULL;
}

static gboolean
names_task (const RushesView *view, RushesJsonPath *path, const char *task_id)
{
  for (guint i = 0; i < view->roots->len; i++)
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (path, g_ptr_array_index (view->roots, i));

      for (guint n = 0; n < found->len; n++)
        {
          g_autofree char *text = rushes_json_node_to_text (g_ptr_array_index (found, n), NULL);

          if (g_strcmp0 (text, task_id) == 0)
            return TRUE;
        }
    }
  return FALSE;
}

gboolean
rushes_protocol_is_still_there (RushesProtocol *self, guint step, const RushesTask *task, RushesHttpReply *reply)
{
  g_auto (RushesView) view = { 0 };
  const RushesCall *call;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && task != NULL && reply != NULL, FALSE);

  call = get_step (self, task, step);
  g_return_val_if_fail (call != NULL, FALSE);
  if (call->still == NULL)
    return TRUE;
  rushes_view_init (&view, reply);
  for (guint i = 0; i < call->still->len; i++)
    if (names_task (&view, g_ptr_array_index (call->still, i), task->task_id))
      return TRUE;
  return FALSE;
}
