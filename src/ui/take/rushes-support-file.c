/* rushes-support-file.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-support-file.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#include "rushes-support-pack.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

DexFuture *
rushes_support_file_make (RushesLibrary *library, RushesRegistry *registry, RushesTake *take)
{
  g_autofree char *gtk =
      g_strdup_printf ("%u.%u.%u", gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version ());
  g_autofree char *adw =
      g_strdup_printf ("%u.%u.%u", adw_get_major_version (), adw_get_minor_version (), adw_get_micro_version ());
  g_autofree char *gst = gst_version_string ();
  const char *const versions[] = { "GTK", gtk, "libadwaita", adw, "GStreamer", gst, NULL };

  return rushes_support_pack_make (library, registry, take, versions);
}

static void
written (gpointer object, DexFuture *future, gpointer data)
{
  /* Translators: %s is the name of a file. */
  rushes_toast_file (object, future, _ ("Saved as “%s”, with the prompt, without keys and pictures"), data);
}

static DexFuture *
write_file (DexFuture *future, gpointer file)
{
  GBytes *bytes = g_value_get_boxed (dex_future_get_value (future, NULL));

  return dex_file_replace_contents_bytes (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE);
}

void
rushes_support_file_save (GtkWidget *widget,
                          RushesLibrary *library,
                          RushesRegistry *registry,
                          RushesTake *take,
                          GFile *file)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (G_IS_FILE (file));

  rushes_when (dex_future_then (rushes_support_file_make (library, registry, take), write_file, g_object_ref (file),
                                g_object_unref),
               widget, written, g_object_ref (file), g_object_unref);
}

typedef struct
{
  GtkWidget *widget;
  RushesLibrary *library;
  RushesRegistry *registry;
  RushesTake *take;
} Asking;

static void
file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Asking *asking = data;
  g_autoptr (GtkWidget) widget = asking->widget;
  g_autoptr (RushesLibrary) library = asking->library;
  g_autoptr (RushesRegistry) registry = asking->registry;
  g_autoptr (RushesTake) take = asking->take;
  g_autoptr (GFile) file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (file != NULL)
    rushes_support_file_save (widget, library, registry, take, file);
}

void
rushes_support_file_ask (GtkWidget *widget, RushesLibrary *library, RushesRegistry *registry, RushesTake *take)
{
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autofree char *name = NULL;
  Asking *asking;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_TAKE (take));

  asking = g_new0 (Asking, 1);
  asking->widget = g_object_ref (widget);
  asking->library = g_object_ref (library);
  asking->registry = g_object_ref (registry);
  asking->take = g_object_ref (take);

  dialog = gtk_file_dialog_new ();
  name = rushes_support_pack_suggest (take);
  gtk_file_dialog_set_title (dialog, _ ("Save Support File"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (widget)), NULL, file_chosen, asking);
}
