/* rushes-preset-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-preset-import.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* Names that a question lists. */
#define MAX_NAMES 5

typedef struct
{
  RushesPresets *presets;
  GBytes *bytes;
} Import;

static Import *
import_new (RushesPresets *presets, GBytes *bytes)
{
  Import *import = g_new0 (Import, 1);

  import->presets = g_object_ref (presets);
  import->bytes = g_bytes_ref (bytes);

  return import;
}

static void
import_free (gpointer data)
{
  Import *import = data;

  g_object_unref (import->presets);
  g_bytes_unref (import->bytes);
  g_free (import);
}

/* What was said of the import before goes: this is the answer to what was done last, and does not wait. */
static void
tell (gpointer widget, DexFuture *future, gpointer data)
{
  AdwToast *before = g_object_get_data (G_OBJECT (widget), "import-toast");
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  int n = value != NULL ? g_value_get_int (value) : 0;
  g_autofree char *sentence =
      n == 0 ? g_strdup (_ ("All of these presets are here already"))
             : g_strdup_printf (ngettext ("%d preset was taken over", "%d presets were taken over", n), n);
  AdwToast *toast = value == NULL ? rushes_toast_error (widget, error) : rushes_toast (widget, sentence);

  if (before != NULL)
    adw_toast_dismiss (before);
  g_object_set_data_full (G_OBJECT (widget), "import-toast", toast != NULL ? g_object_ref (toast) : NULL,
                          g_object_unref);
}

static void
answered (AdwAlertDialog *dialog, const char *response, GtkWidget *widget)
{
  Import *import = g_object_get_data (G_OBJECT (dialog), "import");

  if (g_str_equal (response, "cancel"))
    return;
  rushes_when (g_str_equal (response, "replace") ? rushes_presets_import (import->presets, import->bytes)
                                                 : rushes_presets_bring_in (import->presets, import->bytes),
               widget, tell, NULL, NULL);
}

static char *
list_names (char **names)
{
  g_autoptr (GString) list = g_string_new (NULL);
  guint n = g_strv_length (names);

  for (guint i = 0; i < MIN (n, MAX_NAMES); i++)
    {
      g_autofree char *name = rushes_clean_words (names[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? "\n" : "", name);
    }
  if (n > MAX_NAMES)
    g_string_append (list, "\n…");

  return g_string_free_and_steal (g_steal_pointer (&list));
}

static void
ask (GtkWidget *widget, Import *import, char **clashes)
{
  guint n = g_strv_length (clashes);
  g_autofree char *names = list_names (clashes);
  g_autofree char *body = g_strdup_printf (ngettext ("A preset of this name has another text here:\n\n%s",
                                                     "Presets of these names have other texts here:\n\n%s", n),
                                           names);
  AdwDialog *dialog = adw_alert_dialog_new (ngettext ("Replace the Preset?", "Replace Presets?", n), body);

  g_object_set_data_full (G_OBJECT (dialog), "import", import_new (import->presets, import->bytes), import_free);
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "both", _ ("_Keep Both"),
                                  "replace", _ ("_Replace"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "replace", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), "both");
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered), widget, 0);
  adw_dialog_present (dialog, widget);
}

static void
tried (gpointer widget, DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL && G_VALUE_HOLDS (value, G_TYPE_STRV))
    ask (widget, data, g_value_get_boxed (value));
  else
    tell (widget, future, NULL);
}

static void
take_over (GtkWidget *widget, RushesPresets *presets, GBytes *bytes)
{
  rushes_when (rushes_presets_import_peacefully (presets, bytes), widget, tried, import_new (presets, bytes),
               import_free);
}

void
rushes_preset_import_text (GtkWidget *widget, RushesPresets *presets, const char *text)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_PRESETS (presets));
  g_return_if_fail (text != NULL);

  bytes = g_bytes_new (text, strlen (text));
  take_over (widget, presets, bytes);
}

/* As much as a file of presets may have, and a byte, by which it is refused. */
static DexFuture *
load_file (gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (data, NULL, &error);
  g_autofree char *text = g_malloc (RUSHES_PRESETS_MAX_BYTES + 1);
  gsize length;

  if (input == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (input), text, RUSHES_PRESETS_MAX_BYTES + 1, &length, NULL, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new (text, length));
}

static void
file_read (gpointer object, DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  if (value != NULL)
    take_over (object, data, g_value_get_boxed (value));
  else
    tell (object, future, NULL);
}

void
rushes_preset_import_file (GtkWidget *widget, RushesPresets *presets, GFile *file)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_PRESETS (presets));
  g_return_if_fail (G_IS_FILE (file));

  rushes_when (rushes_async_work (load_file, g_object_ref (file), g_object_unref), widget, file_read,
               g_object_ref (presets), g_object_unref);
}
