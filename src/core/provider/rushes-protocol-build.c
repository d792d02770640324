/* rushes-protocol-build.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* ---- where it goes ---- */

char *
rushes_protocol_make_address (const RushesCall *call, const RushesTemplateInput *input, GError **error)
{
  g_autofree char *path = rushes_template_make_path (call->path, input, error);
  /* Whoever points the program at another server means all of the service. */
  const char *base = call->base != NULL && input->region != NULL ? call->base : input->task->base_url;

  return path != NULL ? g_strconcat (base, path, NULL) : NULL;
}

static char *
find_address (GPtrArray *paths, RushesHttpReply *reply)
{
  g_auto (RushesView) view = { 0 };

  if (reply == NULL)
    return NULL;
  rushes_view_init (&view, reply);
  return rushes_view_find_text (&view, paths, NULL);
}

/* An address that the service gave: it gets the key, so it must be the service's own. */
static char *
make_own_address (RushesProtocol *self, const char *given, const RushesTask *task, GError **error)
{
  g_autofree char *address = given != NULL ? rushes_protocol_resolve (given, task->base_url) : NULL;

  if (address == NULL)
    {
      /* Translators: %s is a provider. */
      rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s does not say where to ask about this task."), self->name);
      return NULL;
    }
  if (!rushes_protocol_owns (self, address, task->base_url))
    {
      g_autofree char *origin = rushes_origin_of (address);

      /* Translators: a provider and an address. */
      rushes_set_error (error, RUSHES_ERROR_PROTOCOL,
                        _ ("%s names %s to ask about this task, which does not belong to it. Nothing was sent there."),
                        self->name, origin);
      return NULL;
    }
  return g_steal_pointer (&address);
}

static char *
find_target (RushesProtocol *self,
             const RushesCall *call,
             RushesOperation operation,
             const RushesTemplateInput *input,
             GError **error)
{
  const RushesTask *task = input->task;
  g_autofree char *given = NULL;

  if (call->behind != NULL)
    {
      const RushesCall *status = rushes_protocol_get_call (self, task, RUSHES_OPERATION_STATUS);
      g_autofree char *address = status != NULL ? find_target (self, status, RUSHES_OPERATION_STATUS, input, error)
                                                : make_own_address (self, NULL, task, error);
      gsize length = address != NULL ? strcspn (address, "?#") : 0;

      return address != NULL ? g_strdup_printf ("%.*s%s", (int) length, address, call->behind) : NULL;
    }
  if (operation == RUSHES_OPERATION_STATUS && task->poll_target != NULL)
    return make_own_address (self, task->poll_target, task, error);
  if (call->path != NULL)
    return rushes_protocol_make_address (call, input, error);
  if (call->address != NULL)
    {
      given = find_address (call->address, task->last);
      if (given == NULL)
        given = find_address (call->address, task->submitted);
    }
  return make_own_address (self, given, task, error);
}

gboolean
rushes_protocol_can_ask (RushesProtocol *self, RushesOperation operation, const RushesTask *task)
{
  RushesTemplateInput input = { .task = task };
  const RushesCall *call = rushes_protocol_get_call (self, task, operation);
  g_autofree char *target = NULL;

  if (call == NULL)
    return FALSE;
  if (call->path != NULL)
    target = rushes_template_make_path (call->path, &input, NULL);
  else if (call->address != NULL && (target = find_address (call->address, task->last)) == NULL)
    target = find_address (call->address, task->submitted);
  return target != NULL;
}

/* ---- what it bears ---- */

char *
rushes_protocol_add_query (const char *address, GPtrArray *query, const RushesTemplateInput *input)
{
  GString *whole = g_string_new (address);

  for (guint i = 0; i < query->len; i++)
    {
      const RushesField *field = g_ptr_array_index (query, i);
      g_autofree char *value = rushes_template_make_text (field->value, input);

      if (value == NULL)
        continue;
      g_string_append_c (whole, strchr (whole->str, '?') == NULL ? '?' : '&');
      g_string_append_uri_escaped (whole, field->name, NULL, FALSE);
      g_string_append_c (whole, '=');
      g_string_append_uri_escaped (whole, value, NULL, FALSE);
    }
  return g_string_free_and_steal (whole);
}

static gboolean
has_field (GPtrArray *fields, const char *name)
{
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    if (g_ascii_strcasecmp (((RushesField *) g_ptr_array_index (fields, i))->name, name) == 0)
      return TRUE;
  return FALSE;
}

/* Headers that @others have too are left to them. */
static gboolean
add_headers (RushesHttpRequest *request,
             GPtrArray *fields,
             GPtrArray *others,
             const RushesTemplateInput *input,
             GError **error)
{
  for (guint i = 0; i < fields->len; i++)
    {
      const RushesField *field = g_ptr_array_index (fields, i);
      g_autofree char *value = NULL;

      if (has_field (others, field->name) || (value = rushes_template_make_text (field->value, input)) == NULL)
        continue;
      for (const guchar *p = (const guchar *) value; *p != '\0'; p++)
        if (*p < 0x20 || *p == 0x7f)
          {
            rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                              _ ("The header “%s” cannot be sent: its value holds control characters."), field->name);
            return FALSE;
          }
      rushes_http_request_add_header (request, field->name, value);
    }
  return TRUE;
}

static void
add_field (RushesHttpRequest *request, const char *name, const char *text)
{
  rushes_http_request_add_part (request, name, NULL, NULL, g_bytes_new (text, strlen (text)));
}

/* What an earlier step read is kept as text: an object among it as JSON. */
static JsonNode *
make_members (const RushesTemplate *template, const RushesTemplateInput *input)
{
  g_autoptr (JsonNode) node = rushes_template_make (template, input);

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
    {
      JsonNode *parsed = json_from_string (json_node_get_string (node), NULL);

      json_node_unref (node);
      node = parsed;
    }
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

static void
add_members (RushesHttpRequest *request, const RushesTemplate *template, const RushesTemplateInput *input)
{
  g_autoptr (JsonNode) node = make_members (template, input);
  g_autoptr (GList) members = node != NULL ? json_object_get_members (json_node_get_object (node)) : NULL;

  for (const GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *value = json_object_get_member (json_node_get_object (node), member->data);
      g_autofree char *text =
          JSON_NODE_HOLDS_VALUE (value) ? rushes_json_node_to_text (value, NULL) : json_to_string (value, FALSE);

      if (text != NULL)
        add_field (request, member->data, text);
    }
}

static void
add_form_part (RushesHttpRequest *request, const RushesFormPart *part, const RushesTemplateInput *input)
{
  g_autofree char *name = part->name != NULL ? rushes_template_make_text (part->name, input) : NULL;
  g_autofree char *text = NULL;
  const RushesSentPicture *picture;

  switch (part->kind)
    {
    case RUSHES_FORM_PART_FIELD:
      text = rushes_template_make_text (part->value, input);
      if (name != NULL && text != NULL)
        add_field (request, name, text);
      break;

    case RUSHES_FORM_PART_FILE:
      picture = rushes_template_find_file (part->value, input);
      if (name != NULL && picture != NULL)
        rushes_http_request_add_part (request, name, picture->name, picture->media_type, g_bytes_ref (picture->bytes));
      break;

    case RUSHES_FORM_PART_FIELDS:
      add_members (request, part->value, input);
      break;

    case RUSHES_FORM_PART_EACH:
    default:
      {
        g_autoptr (GPtrArray) references = rushes_template_list_references (input);

        for (guint i = 0; i < references->len; i++)
          {
            RushesTemplateInput inside = *input;

            inside.reference = g_ptr_array_index (references, i);
            inside.number = i + 1;
            add_form_part (request, part->each, &inside);
          }
      }
      break;
    }
}

static void
add_body (RushesHttpRequest *request, const RushesCall *call, const RushesTemplateInput *input)
{
  const RushesSentPicture *picture = call->picture != NULL ? rushes_template_find_file (call->picture, input) : NULL;

  if (call->json != NULL)
    {
      request->json = rushes_template_make (call->json, input);
      if (request->json == NULL)
        {
          request->json = json_node_new (JSON_NODE_OBJECT);
          json_node_take_object (request->json, json_object_new ());
        }
    }
  for (guint i = 0; call->form != NULL && i < call->form->len; i++)
    add_form_part (request, g_ptr_array_index (call->form, i), input);
  if (picture != NULL)
    {
      request->bytes = g_bytes_ref (picture->bytes);
      request->media_type = g_strdup (picture->media_type);
    }
}

/* ---- all of it ---- */

RushesHttpRequest *
rushes_protocol_build_call (RushesProtocol *self,
                            const RushesCall *call,
                            const char *address,
                            const RushesTemplateInput *input,
                            GError **error)
{
  g_autofree char *whole = rushes_protocol_add_query (address, call->query, input);
  g_autoptr (RushesHttpRequest) request = rushes_http_request_new (call->method, whole);

  if (call->with_key && !add_headers (request, self->headers, call->headers, input, error))
    return NULL;
  if (!add_headers (request, call->headers, NULL, input, error))
    return NULL;
  add_body (request, call, input);
  request->with_key = call->with_key && self->scheme != RUSHES_AUTH_NONE;
  request->first_byte = call->first_byte;
  return g_steal_pointer (&request);
}

/* ---- a clip that is made longer ---- */

gboolean
rushes_protocol_check_extension (RushesProtocol *self, const RushesTask *task, GError **error)
{
  const RushesExtension *extension = rushes_request_get_extension (task->request);
  const RushesCall *submit = rushes_protocol_get_call (self, task, RUSHES_OPERATION_SUBMIT);
  const RushesExtended needed = submit != NULL ? submit->extended : 0;

  if (needed == 0)
    {
      /* Translators: %s is a provider. */
      rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED,
                        _ ("%s has no call that extends this clip. Continue from its last frame instead."), self->name);
      return FALSE;
    }
  if ((needed & RUSHES_EXTENDED_TASK_ID && extension->task_id == NULL) ||
      (needed & RUSHES_EXTENDED_CLIP_ID && extension->clip_id == NULL) ||
      (needed & RUSHES_EXTENDED_ADDRESS && extension->address == NULL))
    {
      /* Translators: %s is a provider. */
      rushes_set_error (error, RUSHES_ERROR_NOT_FOUND,
                        _ ("What %s calls this clip is not known, so it cannot extend it. Continue from its last frame "
                           "instead."),
                        self->name);
      return FALSE;
    }
  return TRUE;
}

RushesHttpRequest *
rushes_protocol_build (RushesProtocol *self, RushesOperation operation, const RushesTask *task, GError **error)
{
  RushesTemplateInput input = { .task = task };
  const RushesCall *call;
  g_autofree char *address = NULL;
  RushesHttpRequest *request;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && task != NULL && task->base_url != NULL, NULL);
  g_return_val_if_fail (operation < RUSHES_N_OPERATIONS && operation != RUSHES_OPERATION_UPLOAD &&
                            operation != RUSHES_OPERATION_MODELS,
                        NULL);

  call = rushes_protocol_get_call (self, task, operation);
  if (call == NULL)
    {
      /* Translators: %s is a provider. */
      rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED, _ ("%s has no way to do this."), self->name);
      return NULL;
    }

  /* A submit that does not say which clip it is about would buy another one. */
  if (operation == RUSHES_OPERATION_SUBMIT && task->request != NULL &&
      rushes_request_get_extension (task->request) != NULL && !rushes_protocol_check_extension (self, task, error))
    return NULL;

  input.region = rushes_protocol_get_region (self, task);
  address = find_target (self, call, operation, &input, error);
  if (address == NULL)
    return NULL;
  request = rushes_protocol_build_call (self, call, address, &input, error);
  if (request != NULL)
    request->is_submit = operation == RUSHES_OPERATION_SUBMIT;
  return request;
}
