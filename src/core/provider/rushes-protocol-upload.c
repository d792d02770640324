/* rushes-protocol-upload.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>

guint
rushes_protocol_get_n_upload_steps (RushesProtocol *self)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self), 0);
  return self->upload->len;
}

/* An address that an earlier step read. With the key it must be the service's own. */
static char *
make_given_address (RushesProtocol *self, const RushesCall *call, const RushesTemplateInput *input, GError **error)
{
  g_autofree char *given = rushes_template_make_text (call->address_text, input);
  g_autofree char *address = given != NULL ? rushes_protocol_resolve (given, input->task->base_url) : NULL;

  if (address == NULL || (call->with_key && !rushes_protocol_owns (self, address, input->task->base_url)))
    {
      /* Translators: %s is a provider. */
      rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s does not say where to put the picture."), self->name);
      return NULL;
    }
  return g_steal_pointer (&address);
}

RushesHttpRequest *
rushes_protocol_build_upload (RushesProtocol *self,
                              guint step,
                              const RushesTask *task,
                              const RushesSentPicture *picture,
                              GHashTable *values,
                              GError **error)
{
  RushesTemplateInput input = { .task = task, .picture = picture, .values = values };
  const RushesCall *call;
  g_autofree char *address = NULL;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && step < self->upload->len, NULL);
  g_return_val_if_fail (task != NULL && task->base_url != NULL && picture != NULL && values != NULL, NULL);

  if (self->upload_max_bytes > 0 && g_bytes_get_size (picture->bytes) > (gsize) self->upload_max_bytes)
    {
      g_autofree char *most = g_format_size (self->upload_max_bytes);
      GError *refusal =
          /* Translators: a provider, and an amount of data such as 16 MB. */
          rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s takes no picture of more than %s."), self->name, most);

      rushes_error_set_field (refusal, "image");
      g_propagate_error (error, refusal);
      return NULL;
    }

  call = g_ptr_array_index (self->upload, step);
  input.region = rushes_protocol_get_region (self, task);
  address = call->address_text != NULL ? make_given_address (self, call, &input, error)
                                       : rushes_protocol_make_address (call, &input, error);
  return address != NULL ? rushes_protocol_build_call (self, call, address, &input, error) : NULL;
}

/* Objects and lists are kept as JSON. */
static char *
find_value (const RushesView *view, GPtrArray *paths)
{
  char *text = rushes_view_find_text (view, paths, NULL);

  for (guint i = 0; text == NULL && rushes_view_has_json (view) && i < paths->len; i++)
    {
      g_autoptr (GPtrArray) found =
          rushes_json_path_find (g_ptr_array_index (paths, i), g_ptr_array_index (view->roots, 0));

      if (found->len > 0 && !JSON_NODE_HOLDS_VALUE (g_ptr_array_index (found, 0)))
        text = json_to_string (g_ptr_array_index (found, 0), FALSE);
    }
  return text;
}

gboolean
rushes_protocol_read_upload (RushesProtocol *self,
                             guint step,
                             RushesHttpReply *reply,
                             GHashTable *values,
                             GError **error)
{
  g_auto (RushesView) view = { 0 };
  const RushesCall *call;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && step < self->upload->len, FALSE);
  g_return_val_if_fail (reply != NULL && values != NULL, FALSE);

  rushes_view_init (&view, reply);
  call = g_ptr_array_index (self->upload, step);
  if (!rushes_http_reply_is_good (reply) || rushes_protocol_is_unfine (self, NULL, &view))
    {
      const RushesFailure *failure = rushes_protocol_match (self, NULL, RUSHES_OPERATION_UPLOAD, &view, FALSE);

      g_propagate_error (error, rushes_protocol_make_error (self, NULL, RUSHES_OPERATION_UPLOAD, &view, failure));
      return FALSE;
    }

  for (guint i = 0; i < call->read->len; i++)
    {
      const RushesReadValue *value = g_ptr_array_index (call->read, i);
      char *text = find_value (&view, value->paths);

      if (text == NULL)
        {
          g_propagate_error (error, rushes_protocol_make_protocol_error (self, &view));
          return FALSE;
        }
      g_hash_table_replace (values, g_strdup (value->name), text);
    }
  return TRUE;
}

char *
rushes_protocol_finish_upload (RushesProtocol *self,
                               const RushesSentPicture *picture,
                               GHashTable *values,
                               double *lifetime,
                               GError **error)
{
  RushesTemplateInput input = { .picture = picture, .values = values };
  char *address;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && self->upload_gives != NULL && values != NULL, NULL);

  address = rushes_template_make_text (self->upload_gives, &input);
  if (address == NULL)
    /* Translators: %s is a provider. */
    rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s does not say where the picture lies."), self->name);
  if (lifetime != NULL)
    *lifetime = self->upload_lifetime;
  return address;
}
