/* rushes-upload-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-provider-settings.h"

#define MAX_BYTES (1024 * 1024)

struct _RushesUploadPlaces
{
  GObject parent_instance;

  GFile *file;
  GFileMonitor *monitor; /* NULL where there is none */
  GPtrArray *items;      /* RushesUploadPlace, in the order of the file */
  char *chosen;
  GError *error;
};

enum
{
  PROP_0,
  PROP_CHOSEN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static GType
rushes_upload_places_get_item_type (GListModel *model)
{
  return RUSHES_TYPE_UPLOAD_PLACE;
}

static guint
rushes_upload_places_get_n_items (GListModel *model)
{
  return RUSHES_UPLOAD_PLACES (model)->items->len;
}

static gpointer
rushes_upload_places_get_item (GListModel *model, guint position)
{
  RushesUploadPlaces *self = RUSHES_UPLOAD_PLACES (model);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position)) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_upload_places_get_item_type;
  iface->get_n_items = rushes_upload_places_get_n_items;
  iface->get_item = rushes_upload_places_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesUploadPlaces,
                               rushes_upload_places,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
rushes_upload_places_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  RushesUploadPlaces *self = RUSHES_UPLOAD_PLACES (object);

  switch (prop_id)
    {
    case PROP_CHOSEN:
      g_value_set_string (value, self->chosen);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rushes_upload_places_finalize (GObject *object)
{
  RushesUploadPlaces *self = RUSHES_UPLOAD_PLACES (object);

  g_clear_object (&self->file);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_free (self->chosen);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (rushes_upload_places_parent_class)->finalize (object);
}

static void
rushes_upload_places_class_init (RushesUploadPlacesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rushes_upload_places_get_property;
  object_class->finalize = rushes_upload_places_finalize;

  properties[PROP_CHOSEN] = g_param_spec_string ("chosen", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_upload_places_init (RushesUploadPlaces *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/* ---- the file ---- */

/* What stands in the file. */
typedef struct
{
  GPtrArray *places; /* RushesUploadPlace */
  char *chosen;
} Contents;

static Contents *
contents_new (void)
{
  Contents *self = g_new0 (Contents, 1);

  self->places = g_ptr_array_new_with_free_func (g_object_unref);

  return self;
}

static void
contents_free (Contents *self)
{
  g_ptr_array_unref (self->places);
  g_free (self->chosen);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Contents, contents_free)

static RushesUploadPlace *
find (GPtrArray *places, const char *id, guint *position)
{
  for (guint i = 0; i < places->len; i++)
    {
      RushesUploadPlace *place = g_ptr_array_index (places, i);

      if (g_str_equal (rushes_upload_place_get_id (place), id))
        {
          if (position != NULL)
            *position = i;
          return place;
        }
    }

  return NULL;
}

/* TRUE with nothing in @text when there is no file. */
static gboolean
load_text (GFile *file, char **text, GError **error)
{
  g_autoptr (GError) cause = NULL;
  gsize length;

  if (!g_file_load_contents (file, NULL, text, &length, NULL, &cause))
    {
      if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
        return TRUE;
      g_propagate_error (error, rushes_error_translate (cause));
      return FALSE;
    }
  if (length <= MAX_BYTES)
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is too large for a list of upload places."),
                    g_file_peek_path (file));

  return FALSE;
}

static gboolean
read_places (RushesJsonReader *reader, const char *path, Contents *contents, GError **error)
{
  rushes_json_reader_need (reader, "places", NULL);
  if (!rushes_json_reader_enter_list (reader, "places"))
    return TRUE;

  while (rushes_json_reader_next (reader))
    {
      g_autofree char *where = g_strdup_printf ("%s: places[%u]", path, contents->places->len);
      RushesUploadPlace *place =
          rushes_upload_place_new_from_json (rushes_json_reader_get_node (reader, NULL), where, error);

      if (place == NULL)
        return FALSE;
      if (find (contents->places, rushes_upload_place_get_id (place), NULL) != NULL)
        rushes_json_reader_complain (reader, NULL, _ ("there is another place called “%s”."),
                                     rushes_upload_place_get_id (place));
      g_ptr_array_add (contents->places, place);
    }
  rushes_json_reader_leave (reader);

  return TRUE;
}

static Contents *
load (GFile *file, GError **error)
{
  g_autoptr (Contents) contents = contents_new ();
  const char *path = g_file_peek_path (file);
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) cause = NULL;
  g_autofree char *text = NULL;

  if (!load_text (file, &text, error))
    return NULL;
  if (text == NULL)
    return g_steal_pointer (&contents);
  if (!(root = json_from_string (text, &cause)))
    {
      /* Translators: the first %s is a file's name, the second says where and why. */
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s is not valid JSON: %s."), path,
                        cause != NULL ? cause->message : _ ("it is empty"));
      return NULL;
    }

  reader = rushes_json_reader_new (root, path);
  if (!read_places (reader, path, contents, error))
    return NULL;
  contents->chosen = g_strdup (rushes_json_reader_get_string (reader, "chosen", NULL));
  if (contents->chosen != NULL && find (contents->places, contents->chosen, NULL) == NULL)
    rushes_json_reader_complain (reader, "chosen", _ ("there is no place called “%s”."), contents->chosen);

  return rushes_json_reader_finish (reader, error) ? g_steal_pointer (&contents) : NULL;
}

static char *
print (Contents *contents)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *places = json_array_new ();
  g_autofree char *text = NULL;

  json_node_take_object (root, object);
  if (contents->chosen != NULL)
    json_object_set_string_member (object, "chosen", contents->chosen);
  for (guint i = 0; i < contents->places->len; i++)
    json_array_add_element (places, rushes_upload_place_to_json (g_ptr_array_index (contents->places, i)));
  json_object_set_array_member (object, "places", places);
  text = json_to_string (root, TRUE);

  return g_strconcat (text, "\n", NULL);
}

/* Addresses, buckets and users' names are nobody else's business. */
static gboolean
save (GFile *file, Contents *contents, GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *text = print (contents);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) cause = NULL;

  g_mkdir_with_parents (folder, 0700);
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &cause))
    return TRUE;

  /* Translators: the first %s is a file, the second the system's own words. */
  rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("The upload places cannot be written to “%s”: %s."), path,
                    cause->message);

  return FALSE;
}

/* ---- what is shown ---- */

static gboolean
is_same (RushesUploadPlace *a, RushesUploadPlace *b)
{
  g_autoptr (JsonNode) one = rushes_upload_place_to_json (a);
  g_autoptr (JsonNode) other = rushes_upload_place_to_json (b);

  return json_node_equal (one, other);
}

/* A place that did not change stays the same object, and only what differs is told. */
static void
show (RushesUploadPlaces *self, Contents *contents)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint n_front = 0, n_back = 0;

  self->items = g_ptr_array_ref (contents->places);
  while (n_front < MIN (old->len, self->items->len) && is_same (old->pdata[n_front], self->items->pdata[n_front]))
    {
      g_set_object ((GObject **) &self->items->pdata[n_front], old->pdata[n_front]);
      n_front++;
    }
  while (n_back < MIN (old->len, self->items->len) - n_front &&
         is_same (old->pdata[old->len - 1 - n_back], self->items->pdata[self->items->len - 1 - n_back]))
    {
      g_set_object ((GObject **) &self->items->pdata[self->items->len - 1 - n_back], old->pdata[old->len - 1 - n_back]);
      n_back++;
    }

  if (n_front + n_back < MAX (old->len, self->items->len))
    g_list_model_items_changed (G_LIST_MODEL (self), n_front, old->len - n_front - n_back,
                                self->items->len - n_front - n_back);
  if (g_set_str (&self->chosen, contents->chosen))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

static gboolean
keep (RushesUploadPlaces *self, Contents *contents, GError **error)
{
  if (!save (self->file, contents, error))
    return FALSE;

  g_clear_error (&self->error);
  show (self, contents);

  return TRUE;
}

/* What another process wrote. While the file cannot be read the places stay as they were. */
static void
look_again (RushesUploadPlaces *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Contents) contents = load (self->file, &error);

  if (contents != NULL)
    show (self, contents);
  g_clear_error (&self->error);
  self->error = g_steal_pointer (&error);
}

/* ---- for everybody ---- */

RushesUploadPlaces *
rushes_upload_places_new (GFile *file)
{
  RushesUploadPlaces *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (RUSHES_TYPE_UPLOAD_PLACES, NULL);
  self->file = g_object_ref (file);
  if ((self->monitor = g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL)))
    g_signal_connect_object (self->monitor, "changed", G_CALLBACK (look_again), self, G_CONNECT_SWAPPED);
  look_again (self);

  return self;
}

RushesUploadPlaces *
rushes_upload_places_get_default (void)
{
  static RushesUploadPlaces *places;

  if (places == NULL)
    {
      g_autoptr (GFile) file =
          g_file_new_build_filename (g_get_user_config_dir (), "rushes", "upload-places.json", NULL);

      places = rushes_upload_places_new (file);
    }

  return places;
}

const GError *
rushes_upload_places_get_error (RushesUploadPlaces *self)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), NULL);

  return self->error;
}

RushesUploadPlace *
rushes_upload_places_find (RushesUploadPlaces *self, const char *id)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return find (self->items, id, NULL);
}

RushesUploadPlace *
rushes_upload_places_choose (RushesUploadPlaces *self, const char *provider_id)
{
  g_autoptr (GSettings) settings = NULL;
  g_autofree char *own = NULL;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), NULL);
  g_return_val_if_fail (provider_id != NULL, NULL);

  settings = rushes_provider_settings_get (provider_id);
  own = g_settings_get_string (settings, "upload-place");
  if (*own != '\0')
    return find (self->items, own, NULL);

  return self->chosen != NULL ? find (self->items, self->chosen, NULL) : NULL;
}

gboolean
rushes_upload_places_set (RushesUploadPlaces *self, RushesUploadPlace *place, GError **error)
{
  g_autoptr (Contents) contents = NULL;
  guint position;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (place), FALSE);

  if (!(contents = load (self->file, error)))
    return FALSE;
  if (find (contents->places, rushes_upload_place_get_id (place), &position) != NULL)
    g_set_object ((RushesUploadPlace **) &contents->places->pdata[position], place);
  else
    g_ptr_array_add (contents->places, g_object_ref (place));
  if (contents->places->len == 1 && contents->chosen == NULL)
    contents->chosen = g_strdup (rushes_upload_place_get_id (place));

  return keep (self, contents, error);
}

static gboolean
require (Contents *contents, const char *id, guint *position, GError **error)
{
  if (find (contents->places, id, position) != NULL)
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_NOT_FOUND, _ ("There is no upload place “%s”."), id);

  return FALSE;
}

gboolean
rushes_upload_places_remove (RushesUploadPlaces *self, const char *id, GError **error)
{
  g_autoptr (Contents) contents = NULL;
  guint position;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (!(contents = load (self->file, error)) || !require (contents, id, &position, error))
    return FALSE;
  g_ptr_array_remove_index (contents->places, position);
  if (g_strcmp0 (contents->chosen, id) == 0)
    g_clear_pointer (&contents->chosen, g_free);

  return keep (self, contents, error);
}

const char *
rushes_upload_places_get_chosen (RushesUploadPlaces *self)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), NULL);

  return self->chosen;
}

gboolean
rushes_upload_places_set_chosen (RushesUploadPlaces *self, const char *id, GError **error)
{
  g_autoptr (Contents) contents = NULL;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), FALSE);

  if (!(contents = load (self->file, error)) || (id != NULL && !require (contents, id, NULL, error)))
    return FALSE;
  g_set_str (&contents->chosen, id);

  return keep (self, contents, error);
}
