/* rushes-clip-offer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip-offer.h"

#include "rushes-async.h"
#include "rushes-clip-name.h"
#include "rushes-clip-outlet.h"
#include "rushes-ui.h"

struct _RushesClipOffer
{
  GdkContentProvider parent_instance;

  GPtrArray *clips; /* GFile */
  GPtrArray *names; /* char *, all different */
};

G_DEFINE_FINAL_TYPE (RushesClipOffer, rushes_clip_offer, GDK_TYPE_CONTENT_PROVIDER)

static void
set_files (GValue *value, GPtrArray *files)
{
  g_value_take_boxed (value, gdk_file_list_new_from_array ((GFile **) files->pdata, files->len));
}

static GdkContentFormats *
rushes_clip_offer_ref_formats (GdkContentProvider *provider)
{
  return gdk_content_formats_union_serialize_mime_types (gdk_content_formats_new_for_gtype (GDK_TYPE_FILE_LIST));
}

/* Rushes itself reads the clips where they are. */
static gboolean
rushes_clip_offer_get_value (GdkContentProvider *provider, GValue *value, GError **error)
{
  if (!G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return GDK_CONTENT_PROVIDER_CLASS (rushes_clip_offer_parent_class)->get_value (provider, value, error);
  set_files (value, RUSHES_CLIP_OFFER (provider)->clips);

  return TRUE;
}

/* ---- for other programs ---- */

typedef struct
{
  GPtrArray *clips;
  GPtrArray *names;
  char *mime_type;
  GOutputStream *stream;
  int priority;
} Handing;

static void
handing_free (gpointer data)
{
  Handing *self = data;

  g_ptr_array_unref (self->clips);
  g_ptr_array_unref (self->names);
  g_free (self->mime_type);
  g_object_unref (self->stream);
  g_free (self);
}

/* The task is kept until this is done, and its data with it. */
static DexFuture *
open_outlets (gpointer data)
{
  const Handing *handing = g_task_get_task_data (data);
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < handing->clips->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GFile *file = rushes_clip_outlet_open (g_ptr_array_index (handing->clips, i),
                                             g_ptr_array_index (handing->names, i), &error);

      if (file == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      g_ptr_array_add (files, file);
    }

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&files));
}

static void
written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (gdk_content_serialize_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
opened (gpointer object, DexFuture *future, gpointer data)
{
  GTask *task = data;
  const Handing *handing = g_task_get_task_data (task);
  g_auto (GValue) list = G_VALUE_INIT;
  GError *error = NULL;
  const GValue *files = dex_future_get_value (future, &error);

  if (files == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_value_init (&list, GDK_TYPE_FILE_LIST);
  set_files (&list, g_value_get_boxed (files));
  gdk_content_serialize_async (handing->stream, handing->mime_type, &list, handing->priority,
                               g_task_get_cancellable (task), written, g_object_ref (task));
}

static void
rushes_clip_offer_write_mime_type_async (GdkContentProvider *provider,
                                         const char *mime_type,
                                         GOutputStream *stream,
                                         int priority,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data)
{
  RushesClipOffer *self = RUSHES_CLIP_OFFER (provider);
  GTask *task = g_task_new (self, cancellable, callback, data);
  Handing *handing = g_new0 (Handing, 1);

  handing->clips = g_ptr_array_ref (self->clips);
  handing->names = g_ptr_array_ref (self->names);
  handing->mime_type = g_strdup (mime_type);
  handing->stream = g_object_ref (stream);
  handing->priority = priority;
  g_task_set_source_tag (task, rushes_clip_offer_write_mime_type_async);
  g_task_set_task_data (task, handing, handing_free);
  rushes_when (rushes_async_work (open_outlets, g_object_ref (task), g_object_unref), self, opened, task,
               g_object_unref);
}

static gboolean
rushes_clip_offer_write_mime_type_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
rushes_clip_offer_finalize (GObject *object)
{
  RushesClipOffer *self = RUSHES_CLIP_OFFER (object);

  g_ptr_array_unref (self->clips);
  g_ptr_array_unref (self->names);

  G_OBJECT_CLASS (rushes_clip_offer_parent_class)->finalize (object);
}

static void
rushes_clip_offer_class_init (RushesClipOfferClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rushes_clip_offer_finalize;
  provider_class->ref_formats = rushes_clip_offer_ref_formats;
  provider_class->get_value = rushes_clip_offer_get_value;
  provider_class->write_mime_type_async = rushes_clip_offer_write_mime_type_async;
  provider_class->write_mime_type_finish = rushes_clip_offer_write_mime_type_finish;
}

static void
rushes_clip_offer_init (RushesClipOffer *self)
{
  self->clips = g_ptr_array_new_with_free_func (g_object_unref);
  self->names = g_ptr_array_new_with_free_func (g_free);
}

/* Several that are dropped into one folder must not want the same name there. */
static char *
make_unlike (const char *name, GPtrArray *others)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *unlike = g_strdup (name);

  for (guint n = 2; g_ptr_array_find_with_equal_func (others, unlike, g_str_equal, NULL); n++)
    {
      g_free (unlike);
      unlike = g_strdup_printf ("%.*s %u%s", (int) (dot - name), name, n, dot);
    }

  return g_steal_pointer (&unlike);
}

GdkContentProvider *
rushes_clip_offer_new (RushesLibrary *library, GPtrArray *takes)
{
  g_autoptr (RushesClipOffer) self = NULL;

  g_return_val_if_fail (RUSHES_IS_LIBRARY (library), NULL);
  g_return_val_if_fail (takes != NULL, NULL);

  self = g_object_new (RUSHES_TYPE_CLIP_OFFER, NULL);
  for (guint i = 0; i < takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (takes, i);
      RushesClip *clip = rushes_take_get_clip (take);
      g_autofree char *name = NULL;

      if (clip == NULL)
        continue;
      name = rushes_clip_name_suggest (library, take);
      g_ptr_array_add (self->clips, g_object_ref (rushes_clip_get_file (clip)));
      g_ptr_array_add (self->names, make_unlike (name, self->names));
    }

  return self->clips->len > 0 ? GDK_CONTENT_PROVIDER (g_steal_pointer (&self)) : NULL;
}
