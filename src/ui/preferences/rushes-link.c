/* rushes-link.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-link.h"

#include "rushes-toast.h"

char *
rushes_link_describe (const char *address)
{
  g_autoptr (GUri) uri = NULL;
  g_autofree char *words = NULL;
  const char *host;
  gsize length;

  g_return_val_if_fail (address != NULL, NULL);

  uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL)
    return g_strdup (address);
  host = g_uri_get_host (uri);
  words = g_strconcat (g_str_has_prefix (host, "www.") ? host + 4 : host, g_uri_get_path (uri), NULL);
  length = strlen (words);
  if (length > 0 && words[length - 1] == '/')
    words[length - 1] = '\0';

  return g_steal_pointer (&words);
}

static void
opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) widget = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    rushes_toast_error (widget, error);
}

void
rushes_link_open (GtkWidget *widget, const char *address)
{
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (address);
  GtkRoot *root;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (address != NULL);

  root = gtk_widget_get_root (widget);
  gtk_uri_launcher_launch (launcher, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL, opened,
                           g_object_ref (widget));
}
