/* rushes-protocol-schema.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-brief.h"
#include "rushes-input-names.h"
#include "rushes-json-schema.h"
#include "rushes-model-sheet.h"
#include "rushes-schema-sheet.h"

/* One way to ask. */
typedef struct
{
  RushesCondition *when; /* NULL: any model */
  RushesCall *call;
  GPtrArray *document; /* where the document is in the reply; empty: it is the reply */
} SchemaCall;

struct _RushesSchemas
{
  GPtrArray *calls;  /* SchemaCall */
  GPtrArray *input;  /* where the schema is in the document */
  GHashTable *names; /* char * → char ** */
  char **left_out;
};

static void
schema_call_free (SchemaCall *self)
{
  g_clear_pointer (&self->when, rushes_condition_free);
  rushes_call_free (self->call);
  g_ptr_array_unref (self->document);
  g_free (self);
}

void
rushes_schemas_free (RushesSchemas *self)
{
  g_ptr_array_unref (self->calls);
  g_ptr_array_unref (self->input);
  g_hash_table_unref (self->names);
  g_strfreev (self->left_out);
  g_free (self);
}

/* ---- reading the description ---- */

static SchemaCall *
read_call (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  SchemaCall *self = g_new0 (SchemaCall, 1);

  if (rushes_json_reader_enter_object (reader, "when"))
    {
      self->when = rushes_condition_read (reader);
      rushes_json_reader_leave (reader);
    }
  self->call = rushes_call_read (service, RUSHES_OPERATION_MODELS);
  self->document = rushes_paths_read (reader, "document");
  return self;
}

static void
read_names (RushesSchemas *self, RushesJsonReader *reader)
{
  if (!rushes_json_reader_enter_object (reader, "names"))
    return;
  /* What is no such word is left for the reader to find unknown. */
  for (guint i = 0; rushes_input_words[i] != NULL; i++)
    if (rushes_json_reader_has (reader, rushes_input_words[i]))
      g_hash_table_insert (self->names, g_strdup (rushes_input_words[i]),
                           rushes_json_reader_get_strings (reader, rushes_input_words[i]));
  rushes_json_reader_leave (reader);
}

RushesSchemas *
rushes_schemas_read (RushesServiceReader *service)
{
  static const char *const words[] = { "id", "id.name", "id.version" };
  RushesJsonReader *reader = service->reader;
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  RushesSchemas *self;

  if (!rushes_json_reader_enter_object (reader, "schema"))
    return NULL;

  rushes_json_reader_need (reader, "calls", "input", "names", NULL);
  self = g_new0 (RushesSchemas, 1);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    g_hash_table_add (names, (gpointer) words[i]);
  service->names.read = names;
  self->calls = g_ptr_array_new_with_free_func ((GDestroyNotify) schema_call_free);
  if (rushes_json_reader_enter_list (reader, "calls"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            g_ptr_array_add (self->calls, read_call (service));
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }
  service->names.read = NULL;
  self->input = rushes_paths_read (reader, "input");
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_strfreev);
  read_names (self, reader);
  self->left_out = rushes_json_reader_get_strings (reader, "leave_out");
  rushes_json_reader_leave (reader);
  return self;
}

/* ---- the request ---- */

static const SchemaCall *
find_call (RushesProtocol *self, const char *model_id)
{
  g_autoptr (RushesBrief) brief = rushes_brief_new ();

  brief->model_id = g_strdup (model_id);
  for (guint i = 0; self->schemas != NULL && i < self->schemas->calls->len; i++)
    {
      const SchemaCall *call = g_ptr_array_index (self->schemas->calls, i);

      if (rushes_condition_holds (call->when, brief, NULL))
        return call;
    }
  return NULL;
}

gboolean
rushes_protocol_describes_model (RushesProtocol *self, const char *model_id)
{
  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && model_id != NULL, FALSE);

  return rushes_model_id_is_good (model_id) && find_call (self, model_id) != NULL;
}

RushesHttpRequest *
rushes_protocol_build_schema (RushesProtocol *self, const char *model_id, const char *base_url, GError **error)
{
  const SchemaCall *call;
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) halves = NULL;
  RushesTask task = { .base_url = base_url };
  RushesTemplateInput input = { .task = &task, .values = values };
  g_autofree char *address = NULL;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && model_id != NULL && base_url != NULL, NULL);

  call = find_call (self, model_id);
  g_return_val_if_fail (call != NULL, NULL);
  halves = g_strsplit (model_id, ":", 2);
  g_hash_table_insert (values, (gpointer) "id", (gpointer) model_id);
  g_hash_table_insert (values, (gpointer) "id.name", halves[0]);
  g_hash_table_insert (values, (gpointer) "id.version", halves[0] != NULL ? halves[1] : NULL);
  input.region = rushes_protocol_get_region (self, &task);
  address = rushes_protocol_make_address (call->call, &input, error);
  return address != NULL ? rushes_protocol_build_call (self, call->call, address, &input, error) : NULL;
}

/* ---- the reply ---- */

static JsonNode *
find_object (GPtrArray *paths, JsonNode *root)
{
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GPtrArray) found = rushes_json_path_find (g_ptr_array_index (paths, i), root);

      for (guint j = 0; j < found->len; j++)
        if (JSON_NODE_HOLDS_OBJECT ((JsonNode *) g_ptr_array_index (found, j)))
          return g_ptr_array_index (found, j);
    }
  return NULL;
}

JsonNode *
rushes_protocol_read_schema (RushesProtocol *self,
                             const char *model_id,
                             RushesHttpReply *reply,
                             const char *base_url,
                             GError **error)
{
  RushesTask task = { .base_url = base_url };
  const SchemaCall *call;
  JsonNode *root, *document, *schema;
  g_autoptr (GPtrArray) properties = NULL;
  g_autoptr (GError) problem = NULL;
  g_autofree char *model = NULL;

  g_return_val_if_fail (RUSHES_IS_PROTOCOL (self) && model_id != NULL && reply != NULL, NULL);

  model = rushes_clean_words (model_id);
  if (!rushes_protocol_read_consent (self, RUSHES_OPERATION_MODELS, &task, reply, &problem))
    {
      if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
        {
          /* Translators: a provider, and the name of a model. */
          g_autofree char *sentence = g_strdup_printf (_ ("%s does not know the model “%s”."), self->name, model);

          g_set_str (&problem->message, sentence);
        }
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  call = find_call (self, model_id);
  g_return_val_if_fail (call != NULL, NULL);
  root = rushes_http_reply_get_json (reply);
  document = call->document->len > 0 ? find_object (call->document, root) : root;
  schema = document != NULL ? find_object (self->schemas->input, document) : NULL;
  properties = schema != NULL ? rushes_json_schema_read (document, schema) : NULL;
  if (properties == NULL)
    {
      /* Translators: a provider, and the name of a model. */
      rushes_set_error (error, RUSHES_ERROR_PROTOCOL, _ ("%s does not say what “%s” takes."), self->name, model);
      return NULL;
    }
  return rushes_schema_make_sheet (model_id, properties, self->schemas->names,
                                   (const char *const *) self->schemas->left_out, error);
}
