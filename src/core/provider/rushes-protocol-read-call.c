/* rushes-protocol-read-call.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAX_GRACE      3600
#define GRACE          120
#define MAX_FIRST_BYTE 3600
#define FIRST_BYTE     60
#define OF_SUBMIT      180
#define OF_SYNCHRONOUS 3600

static const char *const methods[] = { "GET", "POST", "PUT", "DELETE", NULL };
static const char *const charges[] = { "no", "maybe", "yes", NULL };

/* ---- small lists ---- */

GPtrArray *
rushes_paths_read (RushesJsonReader *reader, const char *member)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_json_path_free);

  if (rushes_json_reader_enter_list (reader, member))
    {
      while (rushes_json_reader_next (reader))
        {
          const char *text = rushes_json_reader_get_string (reader, NULL, NULL);
          g_autoptr (GError) error = NULL;
          RushesJsonPath *path = text != NULL ? rushes_json_path_new (text, &error) : NULL;

          if (path != NULL)
            g_ptr_array_add (paths, path);
          else if (error != NULL)
            rushes_json_reader_complain (reader, NULL, "%s", error->message);
        }
      rushes_json_reader_leave (reader);
    }
  return paths;
}

/* Values that are compared with what stands at a path: texts, numbers and truth values, as text; NULL when absent. */
char **
rushes_scalars_read (RushesJsonReader *reader, const char *member)
{
  g_autoptr (GStrvBuilder) values = g_strv_builder_new ();

  if (!rushes_json_reader_enter_list (reader, member))
    return NULL;
  while (rushes_json_reader_next (reader))
    {
      g_autofree char *text = rushes_json_node_to_text (rushes_json_reader_get_node (reader, NULL), NULL);

      if (text != NULL)
        g_strv_builder_add (values, text);
      else
        rushes_json_reader_complain (reader, NULL, "%s", _ ("text, a number, true or false is expected."));
    }
  rushes_json_reader_leave (reader);
  return g_strv_builder_end (values);
}

GArray *
rushes_statuses_read (RushesJsonReader *reader, const char *member)
{
  GArray *statuses;

  if (!rushes_json_reader_enter_list (reader, member))
    return NULL;

  statuses = g_array_new (FALSE, FALSE, sizeof (guint));
  while (rushes_json_reader_next (reader))
    {
      guint status = rushes_json_reader_get_integer (reader, NULL, 100, 599, 200);

      g_array_append_val (statuses, status);
    }
  rushes_json_reader_leave (reader);
  return statuses;
}

gboolean
rushes_statuses_have (const GArray *statuses, guint status)
{
  for (guint i = 0; statuses != NULL && i < statuses->len; i++)
    if (g_array_index (statuses, guint, i) == status)
      return TRUE;
  return FALSE;
}

/* ---- bodies ---- */

static void
form_part_free (RushesFormPart *part)
{
  g_clear_pointer (&part->name, rushes_template_free);
  g_clear_pointer (&part->value, rushes_template_free);
  g_clear_pointer (&part->each, form_part_free);
  g_free (part);
}

/* Reads the object that the reader stands in. */
static RushesFormPart *
read_form_part (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  static const char *const lists[] = { "references", NULL };
  RushesFormPart *part = g_new0 (RushesFormPart, 1);
  RushesTemplateNames inside = *names;

  if (rushes_json_reader_has (reader, "$each"))
    {
      part->kind = RUSHES_FORM_PART_EACH;
      inside.names |= RUSHES_NAMES_REFERENCE;
      rushes_json_reader_get_word (reader, "$each", lists, 0);
      rushes_json_reader_need (reader, "value", NULL);
      if (rushes_json_reader_enter_object (reader, "value"))
        {
          if (rushes_json_reader_has (reader, "$each"))
            rushes_json_reader_complain (reader, NULL, _ ("“%s” is not known here."), "$each");
          part->each = read_form_part (reader, &inside);
          rushes_json_reader_leave (reader);
        }
      return part;
    }
  if (rushes_json_reader_has (reader, "fields"))
    {
      part->kind = RUSHES_FORM_PART_FIELDS;
      part->value = rushes_template_read (reader, "fields", names);
      return part;
    }

  rushes_json_reader_need (reader, "name", NULL);
  part->name = rushes_template_read (reader, "name", names);
  if (rushes_json_reader_has (reader, "picture"))
    {
      part->kind = RUSHES_FORM_PART_FILE;
      part->value = rushes_template_read_picture (reader, "picture", names);
      return part;
    }
  part->kind = RUSHES_FORM_PART_FIELD;
  rushes_json_reader_need (reader, "value", NULL);
  part->value = rushes_template_read (reader, "value", names);
  return part;
}

static GPtrArray *
read_form (RushesJsonReader *reader, const RushesTemplateNames *names)
{
  GPtrArray *form;

  if (!rushes_json_reader_enter_list (reader, "form"))
    return NULL;

  form = g_ptr_array_new_with_free_func ((GDestroyNotify) form_part_free);
  while (rushes_json_reader_next (reader))
    if (rushes_json_reader_enter_object (reader, NULL))
      {
        g_ptr_array_add (form, read_form_part (reader, names));
        rushes_json_reader_leave (reader);
      }
  rushes_json_reader_leave (reader);
  return form;
}

static void
read_body (RushesCall *self, RushesJsonReader *reader, RushesOperation operation, const RushesTemplateNames *names)
{
  guint n_bodies = 0;

  if (rushes_json_reader_has (reader, "json"))
    {
      self->json = rushes_template_read (reader, "json", names);
      n_bodies++;
    }
  if (rushes_json_reader_has (reader, "form"))
    {
      self->form = read_form (reader, names);
      n_bodies++;
    }
  if (operation == RUSHES_OPERATION_UPLOAD && rushes_json_reader_has (reader, "picture"))
    {
      self->picture = rushes_template_read_picture (reader, "picture", names);
      n_bodies++;
    }
  if (n_bodies > 1)
    rushes_json_reader_complain (reader, NULL, "%s", _ ("there can be only one of “json”, “form” and “picture”."));
  if (n_bodies > 0 && g_str_equal (self->method, "GET"))
    rushes_json_reader_complain (reader, "method", "%s", _ ("a request with a body cannot be a GET."));
}

/* ---- where it goes ---- */

static void
read_behind (RushesCall *self, RushesJsonReader *reader)
{
  self->behind = g_strdup (rushes_json_reader_get_string (reader, "behind", NULL));
  if (self->behind != NULL && (*self->behind != '/' || strpbrk (self->behind, "?#") != NULL))
    rushes_json_reader_complain (reader, "behind", "%s", _ ("a path that begins with / is expected."));
}

/* A list of models may lie where the key never goes. */
static void
read_base (RushesCall *self, RushesServiceReader *service, RushesOperation operation)
{
  RushesJsonReader *reader = service->reader;
  g_autofree char *origin = NULL;

  self->base = g_strdup (rushes_json_reader_get_string (reader, "base", NULL));
  if (self->base == NULL || g_strv_contains ((const char *const *) service->protocol->origins, self->base))
    return;

  origin = rushes_origin_of (self->base);
  if (operation != RUSHES_OPERATION_MODELS || rushes_json_reader_get_boolean (reader, "key", TRUE))
    rushes_json_reader_complain (reader, "base", "%s", _ ("this is none of “origins”."));
  else if (!g_str_has_prefix (self->base, "https://") || g_strcmp0 (origin, self->base) != 0)
    rushes_json_reader_complain (reader, "base", "%s", _ ("an origin such as https://api.kites.example is expected."));
}

static void
read_target (RushesCall *self,
             RushesServiceReader *service,
             RushesOperation operation,
             const RushesTemplateNames *names)
{
  RushesJsonReader *reader = service->reader;
  gboolean has_address = rushes_json_reader_has (reader, "address");

  if (rushes_json_reader_has (reader, "path"))
    self->path = rushes_template_read_path (reader, "path", names);
  if (has_address && operation == RUSHES_OPERATION_UPLOAD)
    self->address_text = rushes_template_read (reader, "address", names);
  else if (has_address && operation != RUSHES_OPERATION_SUBMIT && operation != RUSHES_OPERATION_LOOKUP &&
           operation != RUSHES_OPERATION_TEST && operation != RUSHES_OPERATION_MODELS &&
           operation != RUSHES_OPERATION_SOCKET)
    self->address = rushes_paths_read (reader, "address");

  if (operation == RUSHES_OPERATION_STREAM)
    read_behind (self, reader);

  if (self->behind != NULL && (self->path != NULL || has_address))
    rushes_json_reader_complain (reader, NULL, "%s", _ ("“behind” stands instead of “path” and “address”."));
  else if (self->path != NULL && has_address)
    rushes_json_reader_complain (reader, NULL, "%s", _ ("there can be only one of “path” and “address”."));
  else if (self->path == NULL && !has_address && self->behind == NULL && operation != RUSHES_OPERATION_STATUS)
    rushes_json_reader_complain (reader, NULL, _ ("“%s” is missing."), "path");

  read_base (self, service, operation);
}

/* ---- what is so only of some ---- */

static void
read_values (RushesCall *self, RushesJsonReader *reader)
{
  g_autoptr (GList) members = NULL;

  if (!rushes_json_reader_enter_object (reader, "read"))
    return;
  members = rushes_json_reader_list_members (reader);
  for (const GList *member = members; member != NULL; member = member->next)
    {
      RushesReadValue *value = g_new0 (RushesReadValue, 1);

      value->name = g_strdup (member->data);
      value->paths = rushes_paths_read (reader, member->data);
      g_ptr_array_add (self->read, value);
      if (!g_regex_match_simple ("^[a-z][a-z0-9_]*$", value->name, G_REGEX_DOLLAR_ENDONLY, 0))
        rushes_json_reader_complain (reader, member->data, "%s", _ ("small letters, digits and _ are expected."));
    }
  rushes_json_reader_leave (reader);
}

/* The key, the balance and the proxy are matters of the question, and never end a task. */
static void
check_final (const RushesCall *self, RushesJsonReader *reader)
{
  static const guint never[] = { 401, 402, 403, 407 };

  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    if (rushes_statuses_have (self->statuses, never[i]))
      rushes_json_reader_complain (reader, "final", _ ("%u is about the key or the balance and never ends a task."),
                                   never[i]);
}

static void
read_lookup (RushesCall *self, RushesJsonReader *reader)
{
  if (rushes_json_reader_has (reader, "echo"))
    self->echo = rushes_paths_read (reader, "echo");
  self->grace = rushes_json_reader_get_number (reader, "grace", 1, MAX_GRACE, GRACE);
  self->unique = rushes_json_reader_get_boolean (reader, "unique", FALSE);
}

/* What is sent before a cancel is read as one, but has nothing before it. */
static void
read_before (RushesCall *self, RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;

  if (rushes_json_reader_has (reader, "still"))
    self->still = rushes_paths_read (reader, "still");
  if (!rushes_json_reader_enter_list (reader, "before"))
    return;
  self->before = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_call_free);
  while (rushes_json_reader_next (reader))
    if (rushes_json_reader_enter_object (reader, NULL))
      {
        if (rushes_json_reader_has (reader, "before"))
          rushes_json_reader_complain (reader, NULL, _ ("“%s” is not known here."), "before");
        g_ptr_array_add (self->before, rushes_call_read (service, RUSHES_OPERATION_CANCEL));
        rushes_json_reader_leave (reader);
      }
  rushes_json_reader_leave (reader);
}

static void
read_test (RushesCall *self, RushesJsonReader *reader)
{
  self->statuses = rushes_statuses_read (reader, "good");
  if (rushes_json_reader_has (reader, "at"))
    self->at = rushes_paths_read (reader, "at");
  self->is = rushes_scalars_read (reader, "is");
  if (rushes_json_reader_has (reader, "without"))
    self->without = rushes_paths_read (reader, "without");
  if ((self->is != NULL || self->without != NULL) && self->at == NULL)
    rushes_json_reader_complain (reader, NULL, _ ("“%s” is missing."), "at");
}

static void
read_particulars (RushesCall *self, RushesServiceReader *service, RushesOperation operation)
{
  RushesJsonReader *reader = service->reader;

  switch (operation)
    {
    case RUSHES_OPERATION_SUBMIT:
      self->statuses = rushes_statuses_read (reader, "refusals");
      break;
    case RUSHES_OPERATION_STATUS:
    case RUSHES_OPERATION_RESULT:
      self->statuses = rushes_statuses_read (reader, "final");
      check_final (self, reader);
      break;
    case RUSHES_OPERATION_LOOKUP:
      read_lookup (self, reader);
      break;
    case RUSHES_OPERATION_CANCEL:
      self->deletes_finished = rushes_json_reader_get_boolean (reader, "deletes_finished", FALSE);
      self->charged = rushes_json_reader_get_word (reader, "charged", charges, RUSHES_CHARGED_MAYBE);
      read_before (self, service);
      break;
    case RUSHES_OPERATION_TEST:
      read_test (self, reader);
      break;
    case RUSHES_OPERATION_UPLOAD:
      read_values (self, reader);
      break;
    case RUSHES_OPERATION_MODELS:
    case RUSHES_OPERATION_STREAM:
      break;
    case RUSHES_OPERATION_SOCKET:
      self->messages = rushes_socket_reading_read (reader);
      if (!g_str_equal (self->method, "GET"))
        rushes_json_reader_complain (reader, "method", _ ("“%s” is expected."), "GET");
      break;
    case RUSHES_N_OPERATIONS:
    default:
      g_return_if_reached ();
    }
}

static RushesNames
names_of (RushesOperation operation)
{
  switch (operation)
    {
    case RUSHES_OPERATION_SUBMIT:
    case RUSHES_OPERATION_LOOKUP:
      return RUSHES_NAMES_TAKE;
    case RUSHES_OPERATION_TEST:
    case RUSHES_OPERATION_MODELS:
      return 0;
    case RUSHES_OPERATION_UPLOAD:
      return RUSHES_NAMES_TAKE | RUSHES_NAMES_PICTURE;
    default:
      return RUSHES_NAMES_TAKE | RUSHES_NAMES_TASK;
    }
}

/* ---- a request ---- */

static void
read_value_free (RushesReadValue *value)
{
  g_free (value->name);
  g_ptr_array_unref (value->paths);
  g_free (value);
}

void
rushes_call_free (RushesCall *self)
{
  g_free (self->method);
  g_clear_pointer (&self->path, rushes_template_free);
  g_free (self->base);
  g_free (self->behind);
  g_clear_pointer (&self->address, g_ptr_array_unref);
  g_clear_pointer (&self->address_text, rushes_template_free);
  g_clear_pointer (&self->query, g_ptr_array_unref);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->json, rushes_template_free);
  g_clear_pointer (&self->form, g_ptr_array_unref);
  g_clear_pointer (&self->picture, rushes_template_free);
  g_clear_pointer (&self->statuses, g_array_unref);
  g_clear_pointer (&self->read, g_ptr_array_unref);
  g_clear_pointer (&self->echo, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_ptr_array_unref);
  g_clear_pointer (&self->still, g_ptr_array_unref);
  g_clear_pointer (&self->at, g_ptr_array_unref);
  g_strfreev (self->is);
  g_clear_pointer (&self->without, g_ptr_array_unref);
  g_clear_pointer (&self->messages, rushes_socket_reading_free);
  g_free (self);
}

RushesCall *
rushes_call_read (RushesServiceReader *service, RushesOperation operation)
{
  RushesJsonReader *reader = service->reader;
  RushesCall *self = g_new0 (RushesCall, 1);
  RushesTemplateNames names = service->names;
  double first_byte = FIRST_BYTE;

  names.names = names_of (operation);
  if (operation == RUSHES_OPERATION_SUBMIT)
    first_byte = service->protocol->is_synchronous ? OF_SYNCHRONOUS : OF_SUBMIT;

  self->read = g_ptr_array_new_with_free_func ((GDestroyNotify) read_value_free);
  self->method = g_strdup (methods[rushes_json_reader_get_word (reader, "method", methods, 0)]);
  read_target (self, service, operation, &names);
  self->query = rushes_fields_read (service, "query", names.names, FALSE);
  self->headers = rushes_fields_read (service, "headers", names.names, TRUE);
  read_body (self, reader, operation, &names);
  self->with_key = rushes_json_reader_get_boolean (reader, "key", TRUE);
  self->first_byte = rushes_json_reader_get_number (reader, "first_byte", 1, MAX_FIRST_BYTE, first_byte);
  read_particulars (self, service, operation);
  return self;
}
