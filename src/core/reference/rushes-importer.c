/* rushes-importer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-importer.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-picture-intake.h"

struct _RushesImporter
{
  GObject parent_instance;

  RushesFolders *folders;
  RushesPictureFitter *fitter;
};

G_DEFINE_FINAL_TYPE (RushesImporter, rushes_importer, G_TYPE_OBJECT)

static void
rushes_importer_finalize (GObject *object)
{
  RushesImporter *self = RUSHES_IMPORTER (object);

  g_clear_object (&self->folders);
  g_clear_object (&self->fitter);

  G_OBJECT_CLASS (rushes_importer_parent_class)->finalize (object);
}

static void
rushes_importer_class_init (RushesImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_importer_finalize;
}

static void
rushes_importer_init (RushesImporter *self)
{
}

RushesImporter *
rushes_importer_new (RushesFolders *folders, RushesPictureFitter *fitter)
{
  RushesImporter *self;

  g_return_val_if_fail (RUSHES_IS_FOLDERS (folders), NULL);
  g_return_val_if_fail (RUSHES_IS_PICTURE_FITTER (fitter), NULL);

  self = g_object_new (RUSHES_TYPE_IMPORTER, NULL);
  self->folders = g_object_ref (folders);
  self->fitter = g_object_ref (fitter);
  return self;
}

typedef struct
{
  RushesPictureFitter *fitter;
  RushesPictureIntake *intake;
} Import;

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->fitter);
  rushes_picture_intake_unref (import->intake);
  g_free (import);
}

/* Copy, look, keep: only what could be decoded from the copy gets its final name. */
static DexFuture *
import_fiber (gpointer data)
{
  Import *import = data;
  g_autoptr (RushesPictureFacts) facts = NULL;
  g_autoptr (RushesReference) reference = NULL;
  g_autoptr (GError) error = NULL;

  if (!dex_await (rushes_picture_intake_copy (import->intake), &error) ||
      !(facts = dex_await_boxed (rushes_picture_fitter_probe (import->fitter,
                                                              rushes_picture_intake_get_copy (import->intake),
                                                              rushes_picture_intake_get_name (import->intake)),
                                 &error)) ||
      !(reference = dex_await_object (rushes_picture_intake_keep (import->intake, facts), &error)))
    {
      g_autoptr (GError) translated = rushes_error_translate (error);

      dex_await (rushes_picture_intake_discard (import->intake), NULL);
      return dex_future_new_for_error (g_steal_pointer (&translated));
    }

  return dex_future_new_take_object (g_steal_pointer (&reference));
}

static DexFuture *
import (RushesImporter *self, RushesPictureIntake *intake)
{
  Import *order = g_new0 (Import, 1);

  order->fitter = g_object_ref (self->fitter);
  order->intake = intake;
  return rushes_async_spawn (import_fiber, order, import_free);
}

DexFuture *
rushes_importer_import_file (RushesImporter *self, GFile *file)
{
  g_return_val_if_fail (RUSHES_IS_IMPORTER (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  return import (self, rushes_picture_intake_new_for_file (self->folders, file));
}

DexFuture *
rushes_importer_import_bytes (RushesImporter *self, GBytes *bytes, const char *name)
{
  g_autoptr (GInputStream) stream = NULL;

  g_return_val_if_fail (RUSHES_IS_IMPORTER (self), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  stream = g_memory_input_stream_new_from_bytes (bytes);
  return import (self, rushes_picture_intake_new_for_stream (self->folders, stream, name));
}

DexFuture *
rushes_importer_import_stream (RushesImporter *self, GInputStream *stream, const char *name)
{
  g_return_val_if_fail (RUSHES_IS_IMPORTER (self), NULL);
  g_return_val_if_fail (G_IS_INPUT_STREAM (stream), NULL);

  return import (self, rushes_picture_intake_new_for_stream (self->folders, stream, name));
}

typedef struct
{
  RushesPictureFitter *fitter;
  GFile *folder;
  char *sha256;
  char *name;
} Find;

static void
find_free (gpointer data)
{
  Find *find = data;

  g_object_unref (find->fitter);
  g_object_unref (find->folder);
  g_free (find->sha256);
  g_free (find->name);
  g_free (find);
}

/* On a thread. Its name begins with what is looked for, and goes on with what kind of picture it is. */
static DexFuture *
look_up (gpointer data)
{
  Find *find = data;
  g_autoptr (GFileEnumerator) files = NULL;

  files = g_file_enumerate_children (find->folder, G_FILE_ATTRIBUTE_STANDARD_NAME, G_FILE_QUERY_INFO_NONE, NULL, NULL);
  while (files != NULL)
    {
      GFileInfo *info;
      GFile *file;

      if (!g_file_enumerator_iterate (files, &info, &file, NULL, NULL) || info == NULL)
        break;
      if (g_str_has_prefix (g_file_info_get_name (info), find->sha256))
        return dex_future_new_take_object (g_object_ref (file));
    }
  return dex_future_new_for_error (
      rushes_error_new (RUSHES_ERROR_NOT_FOUND, "%s", _ ("This picture is not in the library.")));
}

static DexFuture *
find_fiber (gpointer data)
{
  Find *find = data;
  g_autoptr (RushesPictureFacts) facts = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  if (!(file = dex_await_object (rushes_async_work (look_up, find, NULL), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!(info = dex_await_object (
            dex_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, G_PRIORITY_DEFAULT),
            NULL)) ||
      !(facts = dex_await_boxed (rushes_picture_fitter_probe (find->fitter, file, find->name), NULL)))
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_NOT_FOUND, "%s", _ ("This picture is damaged in the library.")));

  return dex_future_new_take_object (rushes_reference_new (find->sha256, facts->media_type, facts->width, facts->height,
                                                           g_file_info_get_size (info), find->name, file));
}

DexFuture *
rushes_importer_find (RushesImporter *self, const char *sha256, const char *name)
{
  Find *find;

  dex_return_error_if_fail (RUSHES_IS_IMPORTER (self));
  dex_return_error_if_fail (sha256 != NULL && name != NULL);

  find = g_new0 (Find, 1);
  find->fitter = g_object_ref (self->fitter);
  find->folder = g_object_ref (rushes_folders_get_references (self->folders));
  find->sha256 = g_strdup (sha256);
  find->name = g_strdup (name);
  return rushes_async_spawn (find_fiber, find, find_free);
}
