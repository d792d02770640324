/* rushes-project.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-project-private.h"

struct _RushesProject
{
  GObject parent_instance;

  char *id;
  char *name;
  gint64 created;
  guint n_takes;
  char *draft_text;
  JsonNode *draft;
  char *defaults_text;
  JsonNode *defaults;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_N_TAKES,
  PROP_CREATED,
  PROP_DEFAULTS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (RushesProject, rushes_project, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
rushes_project_finalize (GObject *object)
{
  RushesProject *self = RUSHES_PROJECT (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->draft_text);
  g_clear_pointer (&self->draft, json_node_unref);
  g_free (self->defaults_text);
  g_clear_pointer (&self->defaults, json_node_unref);

  G_OBJECT_CLASS (rushes_project_parent_class)->finalize (object);
}

static void
rushes_project_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  RushesProject *self = RUSHES_PROJECT (object);

  switch (property_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;
    case PROP_NAME:
      g_value_set_string (value, self->name);
      break;
    case PROP_N_TAKES:
      g_value_set_uint (value, self->n_takes);
      break;
    case PROP_CREATED:
      g_value_set_int64 (value, self->created);
      break;
    case PROP_DEFAULTS:
      g_value_set_boxed (value, self->defaults);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
rushes_project_class_init (RushesProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = rushes_project_finalize;
  object_class->get_property = rushes_project_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_N_TAKES] = g_param_spec_uint ("n-takes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_CREATED] = g_param_spec_int64 ("created", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_DEFAULTS] = g_param_spec_boxed ("defaults", NULL, NULL, JSON_TYPE_NODE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_project_init (RushesProject *self)
{
}

RushesProject *
rushes_project_new (const RushesProjectRow *row)
{
  RushesProject *self = g_object_new (RUSHES_TYPE_PROJECT, NULL);

  self->id = g_strdup (row->id);
  self->created = row->created;
  rushes_project_set_row (self, row);

  return self;
}

void
rushes_project_set_row (RushesProject *self, const RushesProjectRow *row)
{
  g_return_if_fail (RUSHES_IS_PROJECT (self));

  if (g_set_str (&self->draft_text, row->draft))
    {
      g_clear_pointer (&self->draft, json_node_unref);
      self->draft = row->draft != NULL ? json_from_string (row->draft, NULL) : NULL;
    }
  if (g_set_str (&self->defaults_text, row->defaults))
    {
      g_clear_pointer (&self->defaults, json_node_unref);
      self->defaults = row->defaults != NULL ? json_from_string (row->defaults, NULL) : NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DEFAULTS]);
    }
  if (self->n_takes != row->n_takes)
    {
      self->n_takes = row->n_takes;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_TAKES]);
    }
  if (g_set_str (&self->name, row->name))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

const char *
rushes_project_get_id (RushesProject *self)
{
  g_return_val_if_fail (RUSHES_IS_PROJECT (self), NULL);

  return self->id;
}

const char *
rushes_project_get_name (RushesProject *self)
{
  g_return_val_if_fail (RUSHES_IS_PROJECT (self), NULL);

  return self->name;
}

guint
rushes_project_get_n_takes (RushesProject *self)
{
  g_return_val_if_fail (RUSHES_IS_PROJECT (self), 0);

  return self->n_takes;
}

gint64
rushes_project_get_created (RushesProject *self)
{
  g_return_val_if_fail (RUSHES_IS_PROJECT (self), 0);

  return self->created;
}

JsonNode *
rushes_project_get_draft (RushesProject *self)
{
  g_return_val_if_fail (RUSHES_IS_PROJECT (self), NULL);

  return self->draft;
}

JsonNode *
rushes_project_get_defaults (RushesProject *self)
{
  g_return_val_if_fail (RUSHES_IS_PROJECT (self), NULL);

  return self->defaults;
}

GFile *
rushes_project_get_folder (RushesProject *self)
{
  const char *uri;

  g_return_val_if_fail (RUSHES_IS_PROJECT (self), NULL);

  if (self->defaults == NULL || !JSON_NODE_HOLDS_OBJECT (self->defaults))
    return NULL;
  uri = json_object_get_string_member_with_default (json_node_get_object (self->defaults), "folder", NULL);

  return uri != NULL ? g_file_new_for_uri (uri) : NULL;
}

static void
row_free (RushesProjectRow *row)
{
  g_free (row->id);
  g_free (row->name);
  g_free (row->draft);
  g_free (row->defaults);
  g_free (row);
}

GPtrArray *
rushes_project_load_rows (RushesDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  g_autoptr (RushesQuery) query = NULL;
  g_autoptr (GError) failure = NULL;

  query =
      rushes_database_query (database, error,
                             "SELECT id, name, created, draft, defaults,"
                             " (SELECT count (*) FROM takes WHERE project_id = projects.id AND takes.deleted IS NULL)"
                             " FROM projects WHERE deleted IS NULL",
                             "");
  if (query == NULL)
    return NULL;
  while (rushes_query_next (query, &failure))
    {
      RushesProjectRow *row = g_new0 (RushesProjectRow, 1);

      row->id = g_strdup (rushes_query_get_text (query, 0));
      row->name = g_strdup (rushes_query_get_text (query, 1));
      row->created = rushes_query_get_int (query, 2);
      row->draft = g_strdup (rushes_query_get_text (query, 3));
      row->defaults = g_strdup (rushes_query_get_text (query, 4));
      row->n_takes = rushes_query_get_int (query, 5);
      g_ptr_array_add (rows, row);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }

  return g_steal_pointer (&rows);
}
