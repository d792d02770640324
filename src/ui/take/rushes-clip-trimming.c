/* rushes-clip-trimming.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-clip-trimming.h"

#include <glib/gi18n.h>

#include "rushes-clip-name.h"
#include "rushes-inhibitor.h"
#include "rushes-player-actions.h"
#include "rushes-recent.h"
#include "rushes-toast.h"
#include "rushes-trimmer.h"
#include "rushes-ui.h"

typedef struct
{
  GtkWidget *widget; /* only while the person is asked */
  RushesTake *take;
  double from;
  double to;
  char *name;
} Trimming;

static void
trimming_free (gpointer data)
{
  Trimming *trimming = data;

  g_clear_object (&trimming->widget);
  g_object_unref (trimming->take);
  g_free (trimming->name);
  g_free (trimming);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trimming, trimming_free)

static void
saved (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autofree char *name = g_file_get_basename (data);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *sentence = NULL;
  double start, end;

  if (value == NULL)
    {
      rushes_toast_error (object, error);
      return;
    }

  rushes_recent_add (data);
  g_variant_get (g_value_get_variant (value), "(dd)", &start, &end);
  from = rushes_player_words_moment (start);
  to = rushes_player_words_moment (end);
  /* Translators: %s are the name of a file and two moments, "0:02.1". A key frame is one that a video can begin with.
   */
  sentence = g_strdup_printf (_ ("Saved as “%s”: %s to %s, beginning at a key frame"), name, from, to);
  rushes_toast (object, sentence);
}

void
rushes_clip_trimming_save (GtkWidget *widget, RushesTake *take, double from, double to, GFile *place)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_clip (take) != NULL);

  rushes_when (
      rushes_inhibitor_keep (rushes_trimmer_save (rushes_clip_get_file (rushes_take_get_clip (take)), from, to, place)),
      widget, saved, g_object_ref (place), g_object_unref);
}

static void
place_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Trimming) trimming = data;
  g_autoptr (GFile) place = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (place != NULL)
    rushes_clip_trimming_save (trimming->widget, trimming->take, trimming->from, trimming->to, place);
}

static void
checked (gpointer object, DexFuture *future, gpointer data)
{
  const Trimming *wanted = data;
  Trimming *trimming;
  g_autoptr (GtkFileDialog) dialog = NULL;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      rushes_toast_error (object, error);
      return;
    }

  trimming = g_new0 (Trimming, 1);
  trimming->widget = g_object_ref (object);
  trimming->take = g_object_ref (wanted->take);
  trimming->from = wanted->from;
  trimming->to = wanted->to;
  dialog = gtk_file_dialog_new ();
  gtk_file_dialog_set_title (dialog, _ ("Save Trimmed"));
  gtk_file_dialog_set_initial_name (dialog, wanted->name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (object)), NULL, place_chosen, trimming);
}

void
rushes_clip_trimming_ask (GtkWidget *widget, RushesLibrary *library, RushesTake *take, double from, double to)
{
  Trimming *trimming;
  RushesClip *clip;
  g_autofree char *clip_name = NULL;
  g_autofree char *stem = NULL;
  const char *dot;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_clip (take) != NULL);

  clip = rushes_take_get_clip (take);
  clip_name = rushes_clip_name_suggest (library, take);
  dot = strrchr (clip_name, '.');
  trimming = g_new0 (Trimming, 1);
  trimming->take = g_object_ref (take);
  trimming->from = from;
  trimming->to = to;
  stem = g_strndup (clip_name, dot != NULL ? (gsize) (dot - clip_name) : strlen (clip_name));
  /* Translators: the name of a file that is a part of a clip: the clip's, and what it ends in, ".mp4". */
  trimming->name = g_strdup_printf (_ ("%s part%s"), stem, dot != NULL ? dot : "");
  rushes_when (rushes_trimmer_check (rushes_clip_get_file (clip)), widget, checked, trimming, trimming_free);
}
