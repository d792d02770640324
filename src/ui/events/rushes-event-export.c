/* rushes-event-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-export.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-event-item.h"

typedef struct
{
  GPtrArray *items;
  GFile *file;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_ptr_array_unref (self->items);
  g_object_unref (self->file);
  g_free (self);
}

static gboolean
write_items (Export *self, GError **error)
{
  g_autoptr (GCancellable) given_up = g_cancellable_new ();
  g_autoptr (GFileOutputStream) file =
      g_file_replace (self->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, NULL, error);
  g_autoptr (GOutputStream) stream = NULL;

  if (file == NULL)
    return FALSE;
  stream = g_buffered_output_stream_new_sized (G_OUTPUT_STREAM (file), 256 * 1024);
  for (guint i = 0; i < self->items->len; i++)
    {
      g_autofree char *line = rushes_event_item_to_json (g_ptr_array_index (self->items, i));

      if (!g_output_stream_write_all (stream, line, strlen (line), NULL, NULL, error))
        {
          /* Closed so, the file that was there before stays. */
          g_cancellable_cancel (given_up);
          g_output_stream_close (G_OUTPUT_STREAM (file), given_up, NULL);
          return FALSE;
        }
    }
  return g_output_stream_close (stream, NULL, error);
}

static DexFuture *
export_in_thread (gpointer data)
{
  Export *self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (write_items (self, &error))
    return dex_future_new_for_int ((int) self->items->len);
  name = g_file_get_basename (self->file);
  /* Translators: the name of a file, and the system's own reason. */
  return dex_future_new_for_error (
      rushes_error_new (RUSHES_ERROR_STORAGE, _ ("“%s” cannot be written: %s"), name, error->message));
}

DexFuture *
rushes_event_export (GListModel *events, GFile *file)
{
  Export *self;
  guint n;

  dex_return_error_if_fail (G_IS_LIST_MODEL (events));
  dex_return_error_if_fail (G_IS_FILE (file));

  self = g_new0 (Export, 1);
  self->file = g_object_ref (file);
  n = g_list_model_get_n_items (events);
  self->items = g_ptr_array_new_full (n, g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->items, g_list_model_get_item (events, i));
  return rushes_async_work (export_in_thread, self, export_free);
}
