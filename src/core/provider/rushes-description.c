/* rushes-description.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-description-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-error.h"
#include "rushes-json-parse.h"
#include "rushes-model-private.h"
#include "rushes-protocol.h"

/* Raised when the meaning of a member changes; new members do not need it. */
#define VERSION 1

#define MAX_SLOTS          64
#define DEFAULT_TIME_LIMIT 1800
#define MAX_TIME_LIMIT     3600
#define DEFAULT_INTERVAL   2
#define DEFAULT_SLOWEST    10
#define MAX_INTERVAL       600

/* What nobody writes by hand: the bounds of files from outside. */
#define MAX_SIZE  (1024 * 1024)
#define MAX_DEPTH 64

struct _RushesDescription
{
  GObject parent_instance;

  char *id;
  char *name;
  char *summary;
  const char *engine;
  guint slots;
  double time_limit;
  double interval;
  double slowest;
  char *default_model;
  char *any_model;
  RushesMoney credit;
  GListStore *models;
  RushesProtocol *protocol; /* NULL */
  JsonNode *json;
  char *hash;
};

G_DEFINE_FINAL_TYPE (RushesDescription, rushes_description, G_TYPE_OBJECT)

#define HTTP "http"

static const char *const engines[] = { "animatic", HTTP, NULL };

static void
rushes_description_finalize (GObject *object)
{
  RushesDescription *self = RUSHES_DESCRIPTION (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->summary);
  g_free (self->default_model);
  g_free (self->any_model);
  g_clear_object (&self->models);
  g_clear_object (&self->protocol);
  g_clear_pointer (&self->json, json_node_unref);
  g_free (self->hash);

  G_OBJECT_CLASS (rushes_description_parent_class)->finalize (object);
}

static void
rushes_description_class_init (RushesDescriptionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_description_finalize;
}

static void
rushes_description_init (RushesDescription *self)
{
  self->models = g_list_store_new (RUSHES_TYPE_MODEL);
}

static RushesModel *
find_model (RushesDescription *self, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->models)); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (G_LIST_MODEL (self->models), i);

      if (g_strcmp0 (rushes_model_get_id (model), id) == 0)
        return model;
    }
  return NULL;
}

static void
read_models (RushesDescription *self, RushesJsonReader *reader)
{
  g_autoptr (RushesPictures) pictures = NULL;

  self->credit = rushes_credit_read (reader);
  if (g_str_equal (self->engine, HTTP))
    pictures = rushes_pictures_read (reader, NULL);
  if (rushes_json_reader_enter_list (reader, "models"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            g_autoptr (RushesModel) model = rushes_model_read (reader, self->id, pictures, self->credit);

            if (find_model (self, rushes_model_get_id (model)) != NULL)
              rushes_json_reader_complain (reader, "id", _ ("there is another “%s” already."),
                                           rushes_model_get_id (model));
            g_list_store_append (self->models, model);
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }

  self->default_model = g_strdup (rushes_json_reader_get_string (reader, "default_model", ""));
  if (find_model (self, self->default_model) == NULL)
    rushes_json_reader_complain (reader, "default_model", _ ("there is no model “%s”."), self->default_model);
  self->any_model = g_strdup (rushes_json_reader_get_string (reader, "any_model", NULL));
  if (self->any_model != NULL && find_model (self, self->any_model) == NULL)
    rushes_json_reader_complain (reader, "any_model", _ ("there is no model “%s”."), self->any_model);
}

static void
read_root (RushesDescription *self, RushesJsonReader *reader, gboolean strange)
{
  rushes_json_reader_need (reader, "version", "id", "name", "engine", "default_model", "models", NULL);
  rushes_json_reader_get_integer (reader, "version", VERSION, VERSION, VERSION);

  self->id = g_strdup (rushes_json_reader_get_string (reader, "id", ""));
  if (!g_regex_match_simple ("^[a-z0-9-]{2,40}$", self->id, G_REGEX_DOLLAR_ENDONLY, 0))
    rushes_json_reader_complain (reader, "id", "%s", _ ("2 to 40 of a–z, 0–9 and - are expected."));
  self->name = rushes_translate_text (rushes_json_reader_get_string (reader, "name", ""));
  self->summary = rushes_translate_text (rushes_json_reader_get_string (reader, "summary", NULL));
  self->engine = engines[rushes_json_reader_get_word (reader, "engine", engines, 0)];
  if (strange && !g_str_equal (self->engine, HTTP))
    rushes_json_reader_complain (reader, "engine", _ ("“%s” is expected."), HTTP);

  self->slots = rushes_json_reader_get_integer (reader, "slots", 1, MAX_SLOTS, 1);
  self->time_limit = rushes_json_reader_get_number (reader, "time_limit", 1, MAX_TIME_LIMIT, DEFAULT_TIME_LIMIT);
  self->interval = DEFAULT_INTERVAL;
  self->slowest = DEFAULT_SLOWEST;
  if (rushes_json_reader_enter_object (reader, "poll"))
    {
      self->interval = rushes_json_reader_get_number (reader, "interval", 0.001, MAX_INTERVAL, DEFAULT_INTERVAL);
      self->slowest = rushes_json_reader_get_number (reader, "slowest", self->interval, MAX_INTERVAL,
                                                     MAX (DEFAULT_SLOWEST, self->interval));
      rushes_json_reader_leave (reader);
    }

  read_models (self, reader);
  if (g_str_equal (self->engine, HTTP))
    self->protocol = rushes_protocol_read (reader, strange);
}

/* ---- files ---- */

static gboolean
is_deeper (JsonNode *node, guint most)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));

      for (const GList *member = members; member != NULL; member = member->next)
        if (most == 0 || is_deeper (member->data, most - 1))
          return TRUE;
    }
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      if (most == 0 || is_deeper (json_array_get_element (json_node_get_array (node), i), most - 1))
        return TRUE;
  return FALSE;
}

JsonNode *
rushes_description_parse (GBytes *bytes, const char *path, guint depth, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  if (size > MAX_SIZE)
    {
      g_autofree char *most = g_format_size_full (MAX_SIZE, G_FORMAT_SIZE_IEC_UNITS);

      /* Translators: a file's name, and an amount of data such as 1.0 MiB. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is larger than %s."), path, most);
      return NULL;
    }
  if (!(root = rushes_json_parse (data, size, TRUE, path, error)))
    return NULL;
  if (is_deeper (root, depth))
    {
      /* Translators: %s is a file's name. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s holds objects within objects too deep to be read."),
                        path);
      return NULL;
    }
  return g_steal_pointer (&root);
}

/* Takes @root and @hash. */
static RushesDescription *
read_file (JsonNode *root, char *hash, const char *path, gboolean strange, GError **error)
{
  g_autoptr (RushesDescription) self = g_object_new (RUSHES_TYPE_DESCRIPTION, NULL);
  g_autoptr (RushesJsonReader) reader = rushes_json_reader_new (root, path);

  self->json = root;
  self->hash = hash;
  read_root (self, reader, strange);
  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&self) : NULL;
}

RushesDescription *
rushes_description_new_from_bytes (GBytes *bytes, const char *path, GError **error)
{
  JsonNode *root;

  g_return_val_if_fail (bytes != NULL && path != NULL, NULL);

  root = rushes_description_parse (bytes, path, MAX_DEPTH, error);
  return root != NULL ? read_file (root, g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes), path, FALSE, error)
                      : NULL;
}

RushesDescription *
rushes_description_new_strange (GBytes *bytes, const char *path, GError **error)
{
  g_autoptr (RushesDescription) base = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GChecksum) checksum = NULL;
  gsize size;
  gconstpointer data;
  JsonNode *merged;

  g_return_val_if_fail (bytes != NULL && path != NULL, NULL);

  root = rushes_description_parse (bytes, path, MAX_DEPTH, error);
  merged = root != NULL ? rushes_description_merge (root, path, &base, error) : NULL;
  if (merged == NULL)
    return NULL;

  /* What a file with a base says changes with its base. */
  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  data = g_bytes_get_data (bytes, &size);
  g_checksum_update (checksum, data, size);
  if (base != NULL)
    g_checksum_update (checksum, (const guchar *) base->hash, strlen (base->hash));
  return read_file (merged, g_strdup (g_checksum_get_string (checksum)), path, TRUE, error);
}

RushesDescription *
rushes_description_new_shipped (const char *id, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  path = g_strdup_printf (RESOURCE_PATH "/providers/%s.json", id);
  name = g_strdup_printf ("%s.json", id);
  bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  if (bytes == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("There is no provider “%s”."), id);
      return NULL;
    }
  return rushes_description_new_from_bytes (bytes, name, error);
}

const char *
rushes_description_get_id (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->id;
}

const char *
rushes_description_get_name (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->name;
}

const char *
rushes_description_get_summary (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->summary;
}

const char *
rushes_description_get_engine (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->engine;
}

GListModel *
rushes_description_get_models (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return G_LIST_MODEL (self->models);
}

const char *
rushes_description_get_default_model (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->default_model;
}

const char *
rushes_description_get_any_model (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->any_model;
}

guint
rushes_description_get_slots (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), 1);
  return self->slots;
}

double
rushes_description_get_time_limit (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), 1);
  return self->time_limit;
}

void
rushes_description_get_poll (RushesDescription *self, double *interval, double *slowest)
{
  g_return_if_fail (RUSHES_IS_DESCRIPTION (self));

  *interval = self->interval;
  *slowest = self->slowest;
}

RushesProtocol *
rushes_description_get_protocol (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->protocol;
}

RushesMoney
rushes_description_get_credit (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), ((RushesMoney) { 0, NULL }));
  return self->credit;
}

static int
compare_hosts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_host (GPtrArray *hosts, const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  if (host != NULL && !g_ptr_array_find_with_equal_func (hosts, host, g_str_equal, NULL))
    g_ptr_array_add (hosts, g_strdup (host));
}

char **
rushes_description_list_hosts (RushesDescription *self)
{
  g_autoptr (GPtrArray) hosts = g_ptr_array_new_null_terminated (8, g_free, TRUE);
  GPtrArray *regions;
  const char *const *origins;

  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);

  if (self->protocol != NULL)
    {
      regions = rushes_protocol_get_regions (self->protocol);
      origins = rushes_protocol_get_origins (self->protocol);
      for (guint i = 0; i < regions->len; i++)
        add_host (hosts, ((RushesRegion *) g_ptr_array_index (regions, i))->url);
      for (guint i = 0; origins[i] != NULL; i++)
        add_host (hosts, origins[i]);
    }
  g_ptr_array_sort (hosts, compare_hosts);
  return (char **) g_ptr_array_steal (hosts, NULL);
}

JsonNode *
rushes_description_get_json (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->json;
}

const char *
rushes_description_get_hash (RushesDescription *self)
{
  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (self), NULL);
  return self->hash;
}
