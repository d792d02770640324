/* rushes-upload-places.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-provider-settings.h"
#include "rushes-upload-list.h"

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
show (RushesUploadPlaces *self, RushesUploadList *list)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->items);
  guint n_front = 0, n_back = 0;

  self->items = g_ptr_array_ref (list->places);
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
  if (g_set_str (&self->chosen, list->chosen))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOSEN]);
}

static gboolean
keep (RushesUploadPlaces *self, RushesUploadList *list, GError **error)
{
  if (!rushes_upload_list_save (list, self->file, error))
    return FALSE;

  g_clear_error (&self->error);
  show (self, list);

  return TRUE;
}

/* What another process wrote. While the file cannot be read the places stay as they were. */
static void
look_again (RushesUploadPlaces *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesUploadList) list = rushes_upload_list_load (self->file, &error);

  if (list != NULL)
    show (self, list);
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

  return rushes_upload_list_find (self->items, id, NULL);
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
    return rushes_upload_list_find (self->items, own, NULL);

  return self->chosen != NULL ? rushes_upload_list_find (self->items, self->chosen, NULL) : NULL;
}

gboolean
rushes_upload_places_set (RushesUploadPlaces *self, RushesUploadPlace *place, GError **error)
{
  g_autoptr (RushesUploadList) list = NULL;
  guint position;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (place), FALSE);

  if (!(list = rushes_upload_list_load (self->file, error)))
    return FALSE;
  if (rushes_upload_list_find (list->places, rushes_upload_place_get_id (place), &position) != NULL)
    g_set_object ((RushesUploadPlace **) &list->places->pdata[position], place);
  else
    g_ptr_array_add (list->places, g_object_ref (place));
  if (list->places->len == 1 && list->chosen == NULL)
    list->chosen = g_strdup (rushes_upload_place_get_id (place));

  return keep (self, list, error);
}

static gboolean
require (RushesUploadList *list, const char *id, guint *position, GError **error)
{
  if (rushes_upload_list_find (list->places, id, position) != NULL)
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_NOT_FOUND, _ ("There is no upload place “%s”."), id);

  return FALSE;
}

gboolean
rushes_upload_places_remove (RushesUploadPlaces *self, const char *id, GError **error)
{
  g_autoptr (RushesUploadList) list = NULL;
  guint position;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  if (!(list = rushes_upload_list_load (self->file, error)) || !require (list, id, &position, error))
    return FALSE;
  g_ptr_array_remove_index (list->places, position);
  if (g_strcmp0 (list->chosen, id) == 0)
    g_clear_pointer (&list->chosen, g_free);

  return keep (self, list, error);
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
  g_autoptr (RushesUploadList) list = NULL;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACES (self), FALSE);

  if (!(list = rushes_upload_list_load (self->file, error)) || (id != NULL && !require (list, id, NULL, error)))
    return FALSE;
  g_set_str (&list->chosen, id);

  return keep (self, list, error);
}
