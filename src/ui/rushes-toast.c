/* rushes-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-toast.h"

#include "rushes-error.h"

AdwToast *
rushes_toast (GtkWidget *widget, const char *sentence)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  AdwToast *toast;

  /* A window is above its overlay. */
  if (overlay == NULL && ADW_IS_APPLICATION_WINDOW (widget))
    overlay = adw_application_window_get_content (ADW_APPLICATION_WINDOW (widget));
  if (!ADW_IS_TOAST_OVERLAY (overlay))
    return NULL;

  toast = g_object_new (ADW_TYPE_TOAST, "use-markup", FALSE, "title", sentence, NULL);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);

  return toast;
}

AdwToast *
rushes_toast_error (GtkWidget *widget, const GError *error)
{
  g_autoptr (GError) ours = rushes_error_translate (error);

  if (g_error_matches (ours, RUSHES_ERROR, RUSHES_ERROR_CANCELLED))
    return NULL;

  return rushes_toast (widget, ours->message);
}

AdwToast *
rushes_toast_file (GtkWidget *widget, DexFuture *future, const char *sentence, GFile *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) whole = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    return rushes_toast_error (widget, error);

  base = g_file_get_basename (file);
  name = g_filename_display_name (base);
  whole = g_string_new (sentence);
  g_string_replace (whole, "%s", name, 1);

  return rushes_toast (widget, whole->str);
}
