/* rushes-delivery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-delivery.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-container.h"
#include "rushes-error.h"
#include "rushes-take.h"

/* A source that never delivers what it offered must not keep the well waiting. */
#define PATIENCE_SECONDS 30.0
#define MAX_BYTES        (256 * 1024 * 1024)
#define CHUNK            (1024 * 1024)

/* What is asked for when pixels are offered in several encodings: without loss first. */
static const char *const picture_types[] = {
  "image/png",  "image/webp",    "image/jpeg", "image/avif", "image/heic", "image/heif",
  "image/tiff", "image/svg+xml", "image/gif",  "image/bmp",  NULL,
};

G_DEFINE_BOXED_TYPE (RushesDelivery, rushes_delivery, rushes_delivery_ref, rushes_delivery_unref)

static RushesDelivery *
delivery_new (void)
{
  RushesDelivery *self = g_new0 (RushesDelivery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->references = g_ptr_array_new_with_free_func (g_object_unref);
  self->failures = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
  self->names = g_ptr_array_new_with_free_func (g_free);

  return self;
}

RushesDelivery *
rushes_delivery_ref (RushesDelivery *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
rushes_delivery_unref (RushesDelivery *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->failures);
  g_ptr_array_unref (self->names);
  g_clear_object (&self->recipe);
  g_free (self->recipe_name);
  g_free (self);
}

char *
rushes_delivery_get_complaint (RushesDelivery *self)
{
  guint n = self->failures->len;
  g_autofree char *names = NULL;

  if (n == 0)
    return NULL;
  if (n == 1)
    return g_strdup (((GError *) self->failures->pdata[0])->message);

  g_ptr_array_add (self->names, NULL);
  /* Translators: what stands between the names of files in a list */
  names = g_strjoinv (_ (", "), (char **) self->names->pdata);
  g_ptr_array_remove_index (self->names, n);

  /* Translators: %s are the names of the files */
  return g_strdup_printf (ngettext ("%u picture cannot be used: %s", "%u pictures cannot be used: %s", n), n, names);
}

/* ---- what is offered ---- */

static gboolean
offers (GdkContentFormats *formats, GType type)
{
  g_autoptr (GdkContentFormats) whole =
      gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));

  return gdk_content_formats_contain_gtype (whole, type);
}

static const char *
find_picture_type (GdkContentFormats *formats)
{
  for (gsize i = 0; picture_types[i] != NULL; i++)
    if (gdk_content_formats_contain_mime_type (formats, picture_types[i]))
      return picture_types[i];

  return NULL;
}

gboolean
rushes_delivery_has_files (GdkContentFormats *formats)
{
  return offers (formats, GDK_TYPE_FILE_LIST);
}

gboolean
rushes_delivery_has_text (GdkContentFormats *formats)
{
  return offers (formats, G_TYPE_STRING);
}

gboolean
rushes_delivery_has_pictures (GdkContentFormats *formats)
{
  /* A card of the library brings its clip's file along, but stands for its recipe. */
  if (gdk_content_formats_contain_gtype (formats, RUSHES_TYPE_TAKE))
    return FALSE;

  return gdk_content_formats_contain_gtype (formats, RUSHES_TYPE_REFERENCE) || find_picture_type (formats) != NULL ||
         rushes_delivery_has_files (formats);
}

gboolean
rushes_delivery_may_be_picture (GdkContentFormats *formats)
{
  return rushes_delivery_has_pictures (formats) || rushes_delivery_has_text (formats);
}

/* ---- reading it ---- */

typedef struct
{
  RushesImporter *importer;
  GdkDrop *drop;
  GdkClipboard *clipboard;
  GListModel *files;
} Source;

static Source *
source_new (RushesImporter *importer)
{
  Source *self = g_new0 (Source, 1);

  self->importer = g_object_ref (importer);

  return self;
}

static void
source_free (gpointer data)
{
  Source *self = data;

  g_clear_object (&self->importer);
  g_clear_object (&self->drop);
  g_clear_object (&self->clipboard);
  g_clear_object (&self->files);
  g_free (self);
}

static void
value_read (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = NULL;

  if (GDK_IS_DROP (object))
    value = gdk_drop_read_value_finish (GDK_DROP (object), result, &error);
  else
    value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);

  if (value != NULL)
    dex_promise_resolve (promise, value);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static DexFuture *
read_value (Source *source, GType type)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  GCancellable *cancellable = dex_promise_get_cancellable (promise);

  if (source->drop != NULL)
    gdk_drop_read_value_async (source->drop, type, G_PRIORITY_DEFAULT, cancellable, value_read, dex_ref (promise));
  else
    gdk_clipboard_read_value_async (source->clipboard, type, G_PRIORITY_DEFAULT, cancellable, value_read,
                                    dex_ref (promise));

  return rushes_async_limit (DEX_FUTURE (promise), PATIENCE_SECONDS,
                             _ ("The other program did not hand over what it offered."));
}

static void
stream_opened (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DexPromise) promise = data;
  g_autoptr (GError) error = NULL;
  GInputStream *stream = NULL;

  if (GDK_IS_DROP (object))
    stream = gdk_drop_read_finish (GDK_DROP (object), result, NULL, &error);
  else
    stream = gdk_clipboard_read_finish (GDK_CLIPBOARD (object), result, NULL, &error);

  if (stream != NULL)
    dex_promise_resolve_object (promise, stream);
  else
    dex_promise_reject (promise, g_steal_pointer (&error));
}

static DexFuture *
open_stream (Source *source, const char *type)
{
  DexPromise *promise = dex_promise_new_cancellable ();
  GCancellable *cancellable = dex_promise_get_cancellable (promise);
  const char *types[] = { type, NULL };

  if (source->drop != NULL)
    gdk_drop_read_async (source->drop, types, G_PRIORITY_DEFAULT, cancellable, stream_opened, dex_ref (promise));
  else
    gdk_clipboard_read_async (source->clipboard, types, G_PRIORITY_DEFAULT, cancellable, stream_opened,
                              dex_ref (promise));

  return rushes_async_limit (DEX_FUTURE (promise), PATIENCE_SECONDS,
                             _ ("The other program did not hand over what it offered."));
}

/* Awaits. Pixels come through a pipe of the other program's: its bytes are taken as they are, so that nothing is
 * decoded here. */
static GBytes *
read_pixels (Source *source, const char *type, GError **error)
{
  g_autoptr (GInputStream) stream = dex_await_object (open_stream (source, type), error);
  g_autoptr (GByteArray) all = g_byte_array_new ();

  if (stream == NULL)
    return NULL;

  while (TRUE)
    {
      DexFuture *reading = dex_input_stream_read_bytes (stream, CHUNK, G_PRIORITY_DEFAULT);
      g_autoptr (GBytes) bytes = dex_await_boxed (
          rushes_async_limit (reading, PATIENCE_SECONDS, _ ("The other program did not hand over what it offered.")),
          error);

      if (bytes == NULL)
        return NULL;
      if (g_bytes_get_size (bytes) == 0)
        break;
      if (all->len + g_bytes_get_size (bytes) > MAX_BYTES)
        {
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("The picture is larger than 256 MiB."));
          return NULL;
        }
      g_byte_array_append (all, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
    }

  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

/* An address on a line of its own, as browsers drag and people copy it. */
static GFile *
file_from_text (const char *text)
{
  g_autofree char *line = g_strstrip (g_strdup (text));
  g_autofree char *scheme = g_uri_parse_scheme (line);

  if (scheme == NULL || strpbrk (line, " \t\r\n") != NULL)
    return NULL;
  if (!g_str_equal (scheme, "https") && !g_str_equal (scheme, "http") && !g_str_equal (scheme, "file"))
    return NULL;

  return g_file_new_for_uri (line);
}

static void
file_list_free (GdkFileList *list)
{
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
}

/* Awaits. What is to be imported as files: those of the list, or the one that a text names; maybe none. */
static GPtrArray *
read_files (Source *source, GdkContentFormats *formats)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  if (offers (formats, GDK_TYPE_FILE_LIST))
    {
      GdkFileList *list = dex_await_boxed (read_value (source, GDK_TYPE_FILE_LIST), NULL);
      g_autoptr (GSList) elements = list != NULL ? gdk_file_list_get_files (list) : NULL;

      for (GSList *l = elements; l != NULL; l = l->next)
        g_ptr_array_add (files, g_object_ref (l->data));
      g_clear_pointer (&list, file_list_free);
    }
  if (files->len == 0 && find_picture_type (formats) == NULL && offers (formats, G_TYPE_STRING))
    {
      g_autofree char *text = dex_await_string (read_value (source, G_TYPE_STRING), NULL);
      GFile *file = text != NULL ? file_from_text (text) : NULL;

      if (file != NULL)
        g_ptr_array_add (files, file);
    }

  return g_steal_pointer (&files);
}

static gboolean
is_address (GFile *file)
{
  return !g_file_is_native (file) && g_file_peek_path (file) == NULL;
}

/* ---- bringing it into the library ---- */

static void
add_failure (RushesDelivery *self, const GError *error, const char *name)
{
  g_ptr_array_add (self->failures, rushes_error_translate (error));
  g_ptr_array_add (self->names, rushes_clean_words (name));
}

/* Awaits. */
static gboolean
import_pixels (RushesDelivery *self, Source *source, GBytes *pixels, const char *name, GError **error)
{
  RushesReference *reference = dex_await_object (rushes_importer_import_bytes (source->importer, pixels, name), error);

  if (reference == NULL)
    return FALSE;
  g_ptr_array_add (self->references, reference);

  return TRUE;
}

static DexFuture *
look (gpointer file)
{
  return dex_future_new_for_boolean (rushes_container_is_clip (file));
}

/* Awaits. Whether it is a clip, or what lies beside one: no picture, then. */
static gboolean
has_recipe (GFile *file, const char *name)
{
  return !is_address (file) &&
         (g_str_has_suffix (name, ".rushes.json") ||
          dex_await_boolean (rushes_async_work (look, g_object_ref (file), g_object_unref), NULL));
}

/* Awaits. Of several the first is taken. */
static void
take_recipe (RushesDelivery *self, Source *source, GFile *file, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesRecipe) recipe = dex_await_object (rushes_recipe_load (file), &error);

  if (recipe != NULL && self->recipe == NULL)
    {
      dex_await (rushes_recipe_find_pictures (recipe, source->importer, TRUE), NULL);
      self->recipe = g_steal_pointer (&recipe);
      self->recipe_name = rushes_clean_words (name);
    }
  if (g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND))
    {
      g_clear_error (&error);
      /* Translators: %s is the name of a file */
      error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is a clip that holds no recipe of Rushes."), name);
    }
  if (error != NULL)
    add_failure (self, error, name);
}

/* Awaits. */
static void
import_files (RushesDelivery *self, Source *source, GPtrArray *files, GBytes *pixels)
{
  for (guint i = 0; i < files->len; i++)
    {
      GFile *file = files->pdata[i];
      g_autofree char *name = g_file_get_basename (file);
      g_autoptr (GError) error = NULL;
      RushesReference *reference;

      if (has_recipe (file, name))
        {
          take_recipe (self, source, file, name);
          continue;
        }
      reference = dex_await_object (rushes_importer_import_file (source->importer, file), &error);
      if (reference != NULL)
        g_ptr_array_add (self->references, reference);
      else if (pixels == NULL || files->len > 1 || !import_pixels (self, source, pixels, name, NULL))
        add_failure (self, error, name);
    }
}

static void
finish_drop (Source *source)
{
  if (source->drop != NULL)
    gdk_drop_finish (source->drop, GDK_ACTION_COPY);
  g_clear_object (&source->drop);
}

static DexFuture *
deliver_fiber (gpointer data)
{
  Source *source = data;
  g_autoptr (RushesDelivery) self = delivery_new ();
  g_autoptr (GdkContentFormats) formats = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GBytes) pixels = NULL;
  g_autoptr (GError) error = NULL;
  /* Translators: what a picture is called that came without a name, from the clipboard or out of another window */
  const char *name = source->drop != NULL ? _ ("Dropped Picture") : _ ("Pasted Picture");
  const char *type;
  gboolean remote;

  formats = gdk_content_formats_ref (source->drop != NULL ? gdk_drop_get_formats (source->drop)
                                                          : gdk_clipboard_get_formats (source->clipboard));

  /* A picture of another well is in the library already. */
  if (gdk_content_formats_contain_gtype (formats, RUSHES_TYPE_REFERENCE))
    {
      RushesReference *reference = dex_await_object (read_value (source, RUSHES_TYPE_REFERENCE), NULL);

      if (reference != NULL)
        {
          g_ptr_array_add (self->references, reference);
          finish_drop (source);
          return dex_future_new_take_boxed (RUSHES_TYPE_DELIVERY, g_steal_pointer (&self));
        }
    }

  files = read_files (source, formats);
  type = find_picture_type (formats);
  remote = files->len > 0 && is_address (files->pdata[0]);
  if (type != NULL && (files->len == 0 || remote))
    pixels = read_pixels (source, type, files->len == 0 ? &error : NULL);

  /* From here on nothing more is read from the other program, unless the files are its own temporary ones. */
  if (remote)
    finish_drop (source);

  if (files->len > 0)
    import_files (self, source, files, pixels);
  else if (pixels == NULL || !import_pixels (self, source, pixels, name, &error))
    {
      if (error == NULL)
        error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("There is no picture in what was given to Rushes."));
      add_failure (self, error, name);
    }

  finish_drop (source);

  return dex_future_new_take_boxed (RUSHES_TYPE_DELIVERY, g_steal_pointer (&self));
}

DexFuture *
rushes_delivery_from_drop (RushesImporter *importer, GdkDrop *drop)
{
  Source *source = source_new (importer);

  source->drop = g_object_ref (drop);

  return rushes_async_spawn (deliver_fiber, source, source_free);
}

DexFuture *
rushes_delivery_from_clipboard (RushesImporter *importer, GdkClipboard *clipboard)
{
  Source *source = source_new (importer);

  source->clipboard = g_object_ref (clipboard);

  return rushes_async_spawn (deliver_fiber, source, source_free);
}

static DexFuture *
files_fiber (gpointer data)
{
  Source *source = data;
  g_autoptr (RushesDelivery) self = delivery_new ();
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (source->files); i++)
    g_ptr_array_add (files, g_list_model_get_item (source->files, i));
  import_files (self, source, files, NULL);

  return dex_future_new_take_boxed (RUSHES_TYPE_DELIVERY, g_steal_pointer (&self));
}

DexFuture *
rushes_delivery_from_files (RushesImporter *importer, GListModel *files)
{
  Source *source = source_new (importer);

  source->files = g_object_ref (files);

  return rushes_async_spawn (files_fiber, source, source_free);
}
