/* rushes-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-toast.h"

#include "rushes-error.h"

/* Of a line, where there is room for more. */
#define MOST_COLUMNS 60

/* The nearest that is to be seen: the composer has one of its own, and may be folded away. */
static GtkWidget *
find_overlay (GtkWidget *widget)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *outer = overlay;

  /* A window is above its overlay. */
  if (overlay == NULL && ADW_IS_APPLICATION_WINDOW (widget))
    return adw_application_window_get_content (ADW_APPLICATION_WINDOW (widget));

  while (outer != NULL && !gtk_widget_get_mapped (outer))
    if ((outer = gtk_widget_get_ancestor (gtk_widget_get_parent (outer), ADW_TYPE_TOAST_OVERLAY)) != NULL)
      overlay = outer;
  return overlay;
}

/* A sentence has as many lines as it needs; a title would be cut off. */
static GtkWidget *
make_label (const char *sentence)
{
  GtkWidget *label = gtk_label_new (sentence);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_COLUMNS);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  return label;
}

AdwToast *
rushes_toast (GtkWidget *widget, const char *sentence)
{
  GtkWidget *overlay = find_overlay (widget);
  AdwToast *toast;

  if (!ADW_IS_TOAST_OVERLAY (overlay))
    return NULL;

  toast = g_object_new (ADW_TYPE_TOAST, "custom-title", make_label (sentence), NULL);
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
