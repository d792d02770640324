/* rushes-take-deleter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-deleter.h"

#include <glib/gi18n.h>

#include "rushes-toast.h"
#include "rushes-ui.h"

/* What the window calls the last deletion. */
#define LAST "rushes-last-deletion"

/* Lives as long as the dialog or the toast that may still need it, whatever becomes of the page that began it. */
typedef struct
{
  GWeakRef widget;
  RushesLibrary *library;
  RushesQueue *queue;
  GPtrArray *takes;
  RushesDeletedFunc deleted;
} Deletion;

static void
deletion_clear (gpointer data)
{
  Deletion *self = data;

  g_weak_ref_clear (&self->widget);
  g_object_unref (self->library);
  g_object_unref (self->queue);
  g_ptr_array_unref (self->takes);
}

static void
deletion_unref (gpointer data)
{
  g_rc_box_release_full (data, deletion_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deletion, deletion_unref)

static void
complain (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

/* The window stays where a page goes. */
static void
see_to_it (GtkWidget *window, DexFuture *future)
{
  if (window != NULL)
    rushes_when (future, window, complain, NULL, NULL);
  else
    dex_future_disown (future);
}

static void
undo (Deletion *self)
{
  for (guint i = 0; i < self->takes->len; i++)
    dex_future_disown (rushes_library_set_deleted (self->library, g_ptr_array_index (self->takes, i), FALSE));
}

static void
undo_clicked (AdwToast *toast, gpointer data)
{
  undo (data);
}

/* The window remembers the last one, also when nobody saw the toast. */
static void
remember (GtkWidget *window, Deletion *self)
{
  g_object_set_data_full (G_OBJECT (window), LAST, g_rc_box_acquire (self), deletion_unref);
}

gboolean
rushes_take_deleter_undo (GtkWidget *widget)
{
  GtkRoot *window;
  Deletion *last;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), FALSE);

  window = gtk_widget_get_root (widget);
  last = window != NULL ? g_object_get_data (G_OBJECT (window), LAST) : NULL;
  if (last == NULL)
    return FALSE;
  undo (last);
  g_object_set_data (G_OBJECT (window), LAST, NULL);

  return TRUE;
}

static void
closure_unref (gpointer data, GClosure *closure)
{
  deletion_unref (data);
}

static void
delete_now (Deletion *self)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&self->widget);
  GtkWidget *window = widget != NULL ? GTK_WIDGET (gtk_widget_get_root (widget)) : NULL;
  g_autofree char *sentence = NULL;
  AdwToast *toast = NULL;

  for (guint i = 0; i < self->takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (self->takes, i);

      if (rushes_take_get_loaded (take) && rushes_take_state_is_active (rushes_take_get_state (take)))
        see_to_it (window, rushes_queue_cancel (self->queue, take));
      see_to_it (window, rushes_library_set_deleted (self->library, take, TRUE));
    }

  sentence = g_strdup_printf (ngettext ("%u take deleted", "%u takes deleted", self->takes->len), self->takes->len);
  if (widget != NULL)
    toast = rushes_toast (widget, sentence);
  if (toast != NULL)
    {
      adw_toast_set_button_label (toast, _ ("_Undo"));
      g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked), g_rc_box_acquire (self), closure_unref,
                             0);
    }
  if (window != NULL)
    remember (window, self);
  if (widget != NULL && self->deleted != NULL)
    self->deleted (widget);
}

static void
answered (AdwAlertDialog *dialog, const char *response, gpointer data)
{
  if (g_str_equal (response, "delete"))
    delete_now (data);
}

static gboolean
runs_elsewhere (RushesTake *take, RushesRegistry *registry)
{
  RushesProvider *provider =
      rushes_registry_find (registry, rushes_request_get_provider_id (rushes_take_get_request (take)));

  return provider == NULL || !rushes_provider_get_is_local (provider);
}

static void
ask (Deletion *self, GtkWidget *widget, guint n_working, gboolean elsewhere)
{
  AdwDialog *dialog =
      adw_alert_dialog_new (ngettext ("Delete a Take in Progress?", "Delete Takes in Progress?", n_working),
                            elsewhere ? _ ("Rushes stops waiting for it. What was begun may still be charged.")
                                      : _ ("The work on it stops."));

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Keep"), "delete", _ ("_Delete"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), g_rc_box_acquire (self), closure_unref, 0);
  adw_dialog_present (dialog, widget);
}

void
rushes_take_deleter_delete (GtkWidget *widget,
                            RushesLibrary *library,
                            RushesQueue *queue,
                            RushesRegistry *registry,
                            GPtrArray *takes,
                            RushesDeletedFunc deleted)
{
  g_autoptr (Deletion) self = NULL;
  gboolean elsewhere = FALSE;
  guint n_working = 0;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_LIBRARY (library));
  g_return_if_fail (RUSHES_IS_QUEUE (queue));
  g_return_if_fail (takes != NULL);

  self = g_rc_box_new0 (Deletion);
  g_weak_ref_init (&self->widget, widget);
  self->library = g_object_ref (library);
  self->queue = g_object_ref (queue);
  self->takes = g_ptr_array_ref (takes);
  self->deleted = deleted;

  for (guint i = 0; i < takes->len; i++)
    {
      RushesTake *take = g_ptr_array_index (takes, i);

      if (!rushes_take_get_loaded (take) || !rushes_take_state_is_active (rushes_take_get_state (take)))
        continue;
      n_working++;
      elsewhere = elsewhere || runs_elsewhere (take, registry);
    }

  if (n_working > 0)
    ask (self, widget, n_working, elsewhere);
  else
    delete_now (self);
}
