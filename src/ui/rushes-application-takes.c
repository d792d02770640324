/* rushes-application-takes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-application-private.h"

#include "rushes-take-saver.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

typedef struct _Errand Errand;

typedef struct
{
  const char *name;
  gboolean in_window; /* the others are done without one, unless something is to be said */
  void (*run) (Errand *errand);
} ErrandKind;

/* The program stays for it. */
struct _Errand
{
  RushesApplication *application;
  const ErrandKind *kind;
  char *id;
  RushesTake *take; /* once it is found */
};

static void
errand_clear (gpointer data)
{
  Errand *self = data;

  g_application_release (G_APPLICATION (self->application));
  g_object_unref (self->application);
  g_free (self->id);
  g_clear_object (&self->take);
}

static void
errand_unref (gpointer data)
{
  g_rc_box_release_full (data, errand_clear);
}

static RushesWindow *
show_window (RushesApplication *self)
{
  g_application_activate (G_APPLICATION (self));

  return rushes_application_get_window (self);
}

/* Without a window there is none to say it in. */
static void
complain (Errand *errand, const GError *error)
{
  RushesWindow *window = show_window (errand->application);

  if (errand->take != NULL)
    rushes_window_open_take (window, errand->take);
  rushes_toast_error (GTK_WIDGET (window), error);
}

/* ---- what is done ---- */

static void
open_take (Errand *errand)
{
  rushes_window_open_take (rushes_application_get_window (errand->application), errand->take);
}

static void
save_take (Errand *errand)
{
  RushesApplication *self = errand->application;
  RushesWindow *window = rushes_application_get_window (self);

  rushes_window_open_take (window, errand->take);
  if (rushes_take_get_clip (errand->take) != NULL)
    rushes_take_saver_ask (GTK_WIDGET (window), rushes_studio_get_library (self->studio), errand->take);
}

static void
shown (GObject *source, GAsyncResult *result, gpointer data)
{
  Errand *errand = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_file_launcher_open_containing_folder_finish (GTK_FILE_LAUNCHER (source), result, &error) &&
      !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    complain (errand, error);
  errand_unref (errand);
}

/* Where the person put it, else where the library has it. */
static void
show_take (Errand *errand)
{
  const char *uri = rushes_take_get_saved_to (errand->take);
  RushesClip *clip = rushes_take_get_clip (errand->take);
  g_autoptr (GtkFileLauncher) launcher = NULL;
  g_autoptr (GFile) file = NULL;

  if (uri != NULL)
    file = g_file_new_for_uri (uri);
  else if (clip != NULL)
    file = g_object_ref (rushes_clip_get_file (clip));
  if (file == NULL)
    {
      rushes_window_open_take (show_window (errand->application), errand->take);
      return;
    }
  launcher = gtk_file_launcher_new (file);
  gtk_file_launcher_open_containing_folder (launcher, GTK_WINDOW (rushes_application_get_window (errand->application)),
                                            NULL, shown, g_rc_box_acquire (errand));
}

static void
retried (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    complain (data, error);
}

/* Any program of this session may ask for it: what costs something, or may, is left to the person. */
static void
retry_take (Errand *errand)
{
  RushesApplication *self = errand->application;

  if (rushes_notifier_can_retry (self->notifier, errand->take))
    rushes_when (rushes_queue_retry (rushes_studio_get_queue (self->studio), errand->take), self, retried,
                 g_rc_box_acquire (errand), errand_unref);
  else
    rushes_window_open_take (show_window (self), errand->take);
}

static const ErrandKind kinds[] = {
  { "open-take", TRUE, open_take },
  { "save-take", TRUE, save_take },
  { "show-take", FALSE, show_take },
  { "retry-take", FALSE, retry_take },
};

/* ---- from the action to the take ---- */

static void
take_found (gpointer object, DexFuture *future, gpointer data)
{
  RushesApplication *self = object;
  Errand *errand = data;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  /* The program is being ended. */
  if (self->notifier == NULL)
    return;
  if (value == NULL)
    {
      complain (errand, error);
      return;
    }
  errand->take = g_value_dup_object (value);
  g_application_withdraw_notification (G_APPLICATION (self), rushes_take_get_id (errand->take));
  if (errand->kind->in_window)
    show_window (self);
  errand->kind->run (errand);
}

/* Takes @errand. */
static void
begin (RushesApplication *self, Errand *errand)
{
  rushes_when (rushes_library_find_take (rushes_studio_get_library (self->studio), errand->id), self, take_found,
               errand, errand_unref);
}

static void
take_action (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  RushesApplication *self = data;
  Errand *errand = g_rc_box_new0 (Errand);
  const char *name = g_action_get_name (G_ACTION (action));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      errand->kind = &kinds[i];
  errand->application = g_object_ref (self);
  errand->id = g_variant_dup_string (parameter, NULL);
  g_application_hold (G_APPLICATION (self));
  /* At once, while what the desktop said of this activation still holds. */
  if (errand->kind->in_window)
    g_application_activate (G_APPLICATION (self));

  if (self->studio != NULL)
    {
      begin (self, errand);
      return;
    }
  g_ptr_array_add (self->errands, errand);
  rushes_application_open_library (self);
}

void
rushes_application_add_takes_actions (RushesApplication *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (kinds[i].name, G_VARIANT_TYPE_STRING);

      g_signal_connect_object (action, "activate", G_CALLBACK (take_action), self, 0);
      g_action_map_add_action (G_ACTION_MAP (self), G_ACTION (action));
    }
}

GPtrArray *
rushes_application_new_errands (void)
{
  return g_ptr_array_new_with_free_func (errand_unref);
}

void
rushes_application_do_errands (RushesApplication *self)
{
  while (self->errands->len > 0)
    begin (self, g_ptr_array_steal_index (self->errands, 0));
}
