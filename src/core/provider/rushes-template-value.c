/* rushes-template-value.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-template-private.h"

#include <math.h>
#include <string.h>

#include "rushes-input-names.h"
#include "rushes-model-private.h"
#include "rushes-request-private.h"

/* ---- nodes; empty text is none ---- */

static JsonNode *
text_node (const char *text)
{
  return text != NULL && *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
integer_node (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

/* Whole numbers are written as such. */
static JsonNode *
number_node (double number)
{
  if (number == floor (number) && fabs (number) < 1e15)
    return integer_node ((gint64) number);
  return json_node_init_double (json_node_alloc (), number);
}

static JsonNode *
boolean_node (gboolean truth)
{
  return json_node_init_boolean (json_node_alloc (), truth);
}

/* ---- pictures ---- */

static const RushesSentPicture *
find_picture (const RushesTemplateInput *input, RushesReferenceRole role)
{
  GPtrArray *pictures = input->task != NULL ? input->task->pictures : NULL;

  for (guint i = 0; pictures != NULL && i < pictures->len; i++)
    {
      const RushesSentPicture *picture = g_ptr_array_index (pictures, i);

      if (picture->role == role)
        return picture;
    }
  return NULL;
}

/* True, or nothing. */
static JsonNode *
uploaded_node (const RushesTask *task)
{
  for (guint i = 0; task->pictures != NULL && i < task->pictures->len; i++)
    if (((const RushesSentPicture *) g_ptr_array_index (task->pictures, i))->form == RUSHES_FORM_UPLOAD)
      return boolean_node (TRUE);
  return NULL;
}

const RushesSentPicture *
rushes_name_get_picture (RushesName name, const RushesTemplateInput *input)
{
  switch (name)
    {
    case RUSHES_NAME_FIRST_FRAME:
    case RUSHES_NAME_FIRST_FRAME_TYPE:
      return find_picture (input, RUSHES_ROLE_FIRST_FRAME);
    case RUSHES_NAME_LAST_FRAME:
    case RUSHES_NAME_LAST_FRAME_TYPE:
      return find_picture (input, RUSHES_ROLE_LAST_FRAME);
    case RUSHES_NAME_REFERENCE:
    case RUSHES_NAME_REFERENCE_TYPE:
      return input->reference;
    case RUSHES_NAME_PICTURE:
    case RUSHES_NAME_PICTURE_TYPE:
    case RUSHES_NAME_PICTURE_NAME:
    case RUSHES_NAME_PICTURE_SIZE:
      return input->picture;
    default:
      return NULL;
    }
}

static JsonNode *
base64_node (const RushesSentPicture *picture, const char *prefix)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (picture->bytes, &size);
  g_autofree char *base64 = g_base64_encode (data, size);
  g_autofree char *text = g_strconcat (prefix, base64, NULL);

  return text_node (text);
}

static JsonNode *
data_node (const RushesSentPicture *picture)
{
  g_autofree char *prefix = g_strdup_printf ("data:%s;base64,", picture->media_type);

  return base64_node (picture, prefix);
}

static JsonNode *
picture_node (const RushesSentPicture *picture, const RushesTemplateInput *input)
{
  if (picture == NULL)
    return NULL;
  if (picture == input->picture)
    return base64_node (picture, "");

  switch (picture->form)
    {
    case RUSHES_FORM_DATA:
      return data_node (picture);
    case RUSHES_FORM_BASE64:
      return base64_node (picture, "");
    case RUSHES_FORM_UPLOAD:
    case RUSHES_FORM_ADDRESS:
      return text_node (picture->address);
    case RUSHES_FORM_PART:
    default:
      return NULL;
    }
}

/* ---- what the take is asked for ---- */

JsonNode *
rushes_parameter_get_value (RushesModel *model, const RushesBrief *brief, const char *name)
{
  const RushesParameter *parameter = rushes_model_find_parameter (model, name);
  const char *value = g_hash_table_lookup (brief->parameters, name);

  if (parameter == NULL)
    return NULL;
  if (value == NULL)
    value = parameter->fallback;

  switch (parameter->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      return boolean_node (g_str_equal (value, "true"));
    case RUSHES_PARAMETER_INTEGER:
    case RUSHES_PARAMETER_NUMBER:
      return number_node (g_ascii_strtod (value, NULL));
    case RUSHES_PARAMETER_CHOICE:
    case RUSHES_PARAMETER_TEXT:
    default:
      return text_node (value);
    }
}

static JsonNode *
size_node (const RushesBrief *brief, gboolean is_width)
{
  int width, height;

  if (brief->resolution == NULL || !rushes_resolution_to_size (brief->resolution, brief->aspect, &width, &height))
    return NULL;
  return integer_node (is_width ? width : height);
}

/* From the first picture to the one with which the length is over, both counted. */
static JsonNode *
frames_node (const RushesBrief *brief)
{
  if (brief->duration <= 0 || brief->frame_rate <= 0)
    return NULL;
  return integer_node ((gint64) round (brief->duration * brief->frame_rate) + 1);
}

static JsonNode *
prompt_node (RushesModel *model, const RushesBrief *brief)
{
  g_autofree char *prompt = rushes_model_write_prompt (model, brief);

  return text_node (prompt);
}

static JsonNode *
take_node (const RushesPiece *piece, RushesModel *model, const RushesBrief *brief)
{
  JsonNode *value;

  switch (piece->name)
    {
    case RUSHES_NAME_PROMPT:
      return prompt_node (model, brief);
    case RUSHES_NAME_NEGATIVE_PROMPT:
      return text_node (brief->negative_prompt);
    case RUSHES_NAME_MODEL:
      return text_node (rushes_model_get_sent_as (model));
    case RUSHES_NAME_MODEL_VALUE:
      value = rushes_model_get_value (model, piece->argument);
      return value != NULL ? json_node_copy (value) : NULL;
    case RUSHES_NAME_PARAMETER:
      return rushes_parameter_get_value (model, brief, piece->argument);
    case RUSHES_NAME_DURATION:
      return brief->duration > 0 ? number_node (brief->duration) : NULL;
    case RUSHES_NAME_FRAME_RATE:
      return brief->frame_rate > 0 ? integer_node (brief->frame_rate) : NULL;
    case RUSHES_NAME_FRAMES:
      return frames_node (brief);
    case RUSHES_NAME_SEED:
      return brief->seed >= 0 ? integer_node (brief->seed) : NULL;
    case RUSHES_NAME_RESOLUTION:
      return text_node (brief->resolution);
    case RUSHES_NAME_ASPECT:
      return text_node (brief->aspect);
    case RUSHES_NAME_WIDTH:
    case RUSHES_NAME_HEIGHT:
      return size_node (brief, piece->name == RUSHES_NAME_WIDTH);
    case RUSHES_NAME_AUDIO:
      return rushes_model_get_has_audio (model) ? boolean_node (brief->audio) : NULL;
    case RUSHES_NAME_WATERMARK:
      return rushes_model_get_has_watermark (model) ? boolean_node (brief->watermark) : NULL;
    case RUSHES_NAME_MODE:
      return text_node (rushes_mode_to_string (rushes_mode_of (brief)));
    case RUSHES_NAME_EXTENDED_TASK_ID:
      return brief->extension != NULL ? text_node (brief->extension->task_id) : NULL;
    case RUSHES_NAME_EXTENDED_CLIP_ID:
      return brief->extension != NULL ? text_node (brief->extension->clip_id) : NULL;
    case RUSHES_NAME_EXTENDED_ADDRESS:
      return brief->extension != NULL ? text_node (brief->extension->address) : NULL;
    default:
      return NULL;
    }
}

/* ---- what was answered ---- */

static JsonNode *
find_in (RushesJsonPath *path, JsonNode *root)
{
  g_autoptr (GPtrArray) found = root != NULL ? rushes_json_path_find (path, root) : NULL;

  for (guint i = 0; found != NULL && i < found->len; i++)
    {
      JsonNode *node = g_ptr_array_index (found, i);
      g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) ? rushes_json_node_to_text (node, NULL) : NULL;

      if (!JSON_NODE_HOLDS_VALUE (node) || (text != NULL && *text != '\0'))
        return json_node_copy (node);
    }
  return NULL;
}

static JsonNode *
find_in_reply (RushesJsonPath *path, RushesHttpReply *reply)
{
  return find_in (path, reply != NULL ? rushes_http_reply_get_json (reply) : NULL);
}

static JsonNode *
reply_node (const RushesPiece *piece, const RushesTask *task)
{
  JsonNode *node = find_in_reply (piece->path, task->last);

  return node != NULL ? node : find_in_reply (piece->path, task->submitted);
}

/* Objects and lists are no words. */
static JsonNode *
item_node (const RushesPiece *piece, JsonNode *item)
{
  JsonNode *node = find_in (piece->path, item);

  if (node != NULL && !JSON_NODE_HOLDS_VALUE (node))
    g_clear_pointer (&node, json_node_unref);
  return node;
}

/* ---- all of them ---- */

static JsonNode *
get_plain (const RushesPiece *piece, const RushesTemplateInput *input)
{
  const RushesTask *task = input->task;
  const RushesSentPicture *picture = rushes_name_get_picture (piece->name, input);
  const RushesBrief *brief;

  switch (piece->name)
    {
    case RUSHES_NAME_FIRST_FRAME:
    case RUSHES_NAME_LAST_FRAME:
    case RUSHES_NAME_REFERENCE:
    case RUSHES_NAME_PICTURE:
      return picture_node (picture, input);
    case RUSHES_NAME_FIRST_FRAME_TYPE:
    case RUSHES_NAME_LAST_FRAME_TYPE:
    case RUSHES_NAME_REFERENCE_TYPE:
    case RUSHES_NAME_PICTURE_TYPE:
      return picture != NULL ? text_node (picture->media_type) : NULL;
    case RUSHES_NAME_PICTURE_NAME:
      return picture != NULL ? text_node (picture->name) : NULL;
    case RUSHES_NAME_PICTURE_SIZE:
      return picture != NULL ? integer_node (g_bytes_get_size (picture->bytes)) : NULL;
    case RUSHES_NAME_NUMBER:
      return integer_node (input->number);
    case RUSHES_NAME_READ:
      return input->values != NULL ? text_node (g_hash_table_lookup (input->values, piece->argument)) : NULL;
    case RUSHES_NAME_OWN_ID:
      return task != NULL ? text_node (task->own_id) : NULL;
    case RUSHES_NAME_UPLOADED:
      return task != NULL ? uploaded_node (task) : NULL;
    case RUSHES_NAME_TASK_ID:
      return task != NULL ? text_node (task->task_id) : NULL;
    case RUSHES_NAME_REPLY:
      return task != NULL ? reply_node (piece, task) : NULL;
    case RUSHES_NAME_ITEM:
      return item_node (piece, input->item);
    default:
      if (task == NULL || task->request == NULL || task->model == NULL)
        return NULL;
      brief = rushes_request_peek (task->request);
      if (piece->name == RUSHES_NAME_INPUTS)
        return rushes_input_names_make (task->model->input_names, task->model, brief, input);
      return take_node (piece, rushes_model_narrow_once (task->model, brief), brief);
    }
}

JsonNode *
rushes_name_get_value (RushesName name, const RushesTemplateInput *input)
{
  const RushesPiece piece = { .name = name };

  return get_plain (&piece, input);
}

static JsonNode *
apply_filter (JsonNode *node, RushesFilter filter)
{
  g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) ? rushes_json_node_to_text (node, NULL) : NULL;
  g_autofree char *changed = NULL;
  char *end;
  double number;

  if (text == NULL || filter == RUSHES_FILTER_RAW || filter == RUSHES_FILTER_DATA)
    return json_node_copy (node);

  switch (filter)
    {
    case RUSHES_FILTER_UPPER:
      changed = g_ascii_strup (text, -1);
      return text_node (changed);
    case RUSHES_FILTER_LOWER:
      changed = g_ascii_strdown (text, -1);
      return text_node (changed);
    case RUSHES_FILTER_INTEGER:
      number = g_ascii_strtod (text, &end);
      if (end == text || *end != '\0' || !(fabs (number) < 1e15))
        return json_node_copy (node);
      return integer_node ((gint64) round (number));
    case RUSHES_FILTER_TEXT:
    default:
      return text_node (text);
    }
}

gboolean
rushes_piece_has_filter (const RushesPiece *self, RushesFilter filter)
{
  for (guint i = 0; i < self->filters->len; i++)
    if (g_array_index (self->filters, RushesFilter, i) == filter)
      return TRUE;
  return FALSE;
}

JsonNode *
rushes_piece_get_value (const RushesPiece *self, const RushesTemplateInput *input)
{
  const RushesSentPicture *picture = rushes_name_get_picture (self->name, input);
  JsonNode *value;

  if (picture != NULL && (picture->form == RUSHES_FORM_PART || picture->form == RUSHES_FORM_BASE64) &&
      rushes_piece_has_filter (self, RUSHES_FILTER_DATA))
    value = data_node (picture);
  else
    value = get_plain (self, input);

  for (guint i = 0; value != NULL && i < self->filters->len; i++)
    {
      g_autoptr (JsonNode) old = g_steal_pointer (&value);

      value = apply_filter (old, g_array_index (self->filters, RushesFilter, i));
    }
  return value;
}
