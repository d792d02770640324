/* rushes-take-page-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-page-private.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "rushes-clip-name.h"
#include "rushes-clip-offer.h"
#include "rushes-clip-opener.h"
#include "rushes-clip-trimming.h"
#include "rushes-extend-dialog.h"
#include "rushes-extending.h"
#include "rushes-frame-grabber.h"
#include "rushes-player-actions.h"
#include "rushes-support-file.h"
#include "rushes-take-deleter.h"
#include "rushes-take-doubt.h"
#include "rushes-take-saver.h"
#include "rushes-take-words.h"
#include "rushes-theatre.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

/* Where rushes_grab_frame() takes the last frame from. */
#define LAST_FRAME (-1.0)

static void
complain (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (object, error);
}

void
rushes_take_page_see_to (RushesTakePage *self, DexFuture *future)
{
  rushes_when (future, self, complain, NULL, NULL);
}

static GFile *
get_file (RushesTakePage *self)
{
  return rushes_clip_get_file (rushes_take_get_clip (self->take));
}

/* ---- the clip ---- */

static void
save (RushesTakePage *self, GVariant *parameter)
{
  rushes_take_saver_ask (GTK_WIDGET (self), self->library, self->take);
}

static void
copy (RushesTakePage *self, GVariant *parameter)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new ();
  g_autoptr (GdkContentProvider) content = NULL;

  g_ptr_array_add (takes, self->take);
  content = rushes_clip_offer_new (self->library, takes);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (self)), content);
  rushes_toast (GTK_WIDGET (self), _ ("Clip copied"));
}

static void
open_with (RushesTakePage *self, GVariant *parameter)
{
  rushes_clip_opener_open_with (GTK_WIDGET (self), get_file (self));
}

/* ---- the link ---- */

/* Where the clip lies at a service, by the newest attempt that was given an address; NULL. */
static const char *
find_link (JsonNode *description)
{
  JsonArray *attempts = json_object_get_array_member (json_node_get_object (description), "attempts");

  for (guint i = 0; i < json_array_get_length (attempts); i++)
    {
      JsonArray *results = json_object_get_array_member (json_array_get_object_element (attempts, i), "results");

      for (guint j = 0; j < json_array_get_length (results); j++)
        {
          JsonObject *result = json_array_get_object_element (results, j);
          const char *uri = json_object_get_string_member_with_default (result, "uri", NULL);

          if (uri != NULL && g_str_has_prefix (uri, "http"))
            return uri;
        }
    }

  return NULL;
}

static void
link_looked_for (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakePage *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  self->linked = value != NULL && find_link (g_value_get_boxed (value)) != NULL;
  rushes_take_page_update_actions (self);
}

void
rushes_take_page_look_for_link (RushesTakePage *self)
{
  rushes_when (rushes_library_describe_take (self->library, self->take), self, link_looked_for, NULL, NULL);
}

static void
link_came (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakePage *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  const char *link = value != NULL ? find_link (g_value_get_boxed (value)) : NULL;

  if (value == NULL)
    rushes_toast_error (GTK_WIDGET (self), error);
  if (link == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), link);
  rushes_toast (GTK_WIDGET (self), _ ("Link copied"));
}

static void
copy_link (RushesTakePage *self, GVariant *parameter)
{
  rushes_when (rushes_library_describe_take (self->library, self->take), self, link_came, NULL, NULL);
}

static void
show_file (RushesTakePage *self, GVariant *parameter)
{
  rushes_clip_opener_show (GTK_WIDGET (self), get_file (self));
}

static void
theatre_gone (gpointer data, GObject *where)
{
  RushesTakePage *self = data;

  self->theatre = NULL;
}

static void
fullscreen (RushesTakePage *self, GVariant *parameter)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->theatre == NULL && GTK_IS_WINDOW (root))
    {
      self->theatre = rushes_theatre_new (RUSHES_TRANSPORT (self->player),
                                          rushes_theatre_make_screen (G_OBJECT (self->player)), GTK_WINDOW (root));
      g_object_weak_ref (G_OBJECT (self->theatre), theatre_gone, self);
    }
  if (self->theatre != NULL)
    gtk_window_present (self->theatre);
}

/* ---- a decoder that is missing ---- */

static void
codec_installed (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (value == NULL)
    rushes_toast_error (object, error);
  else if (g_value_get_boolean (value))
    rushes_take_page_reopen (object);
}

static void
install_codec (RushesTakePage *self, GVariant *parameter)
{
  g_autoptr (RushesMissingCodec) codec = NULL;

  g_object_get (self->player, "missing-codec", &codec, NULL);
  if (codec != NULL)
    rushes_when (rushes_missing_codec_install (codec), self, codec_installed, NULL, NULL);
}

/* ---- single frames ---- */

typedef struct
{
  char *role;
  char *name;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->role);
  g_free (wanted->name);
  g_free (wanted);
}

static void
frame_came (gpointer object, DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  Wanted *wanted = data;

  if (value != NULL)
    g_signal_emit_by_name (object, "use-frame", g_value_get_boxed (value), wanted->role, wanted->name);
  else
    rushes_toast_error (object, error);
}

static void
want_frame (RushesTakePage *self, double seconds, const char *role, char *name)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->role = g_strdup (role);
  wanted->name = name;
  rushes_when (rushes_grab_frame (get_file (self), seconds), self, frame_came, wanted, wanted_free);
}

static void
use_frame (RushesTakePage *self, GVariant *parameter)
{
  double seconds = rushes_player_get_position (self->player);
  g_autofree char *moment = rushes_player_words_moment (seconds);

  /* Translators: a picture that is a frame of a clip; %s is where in it, "0:02.1". */
  want_frame (self, seconds, g_variant_get_string (parameter, NULL), g_strdup_printf (_ ("Frame at %s"), moment));
}

static void
continue_from_end (RushesTakePage *self, GVariant *parameter)
{
  want_frame (self, LAST_FRAME, rushes_reference_role_to_string (RUSHES_ROLE_FIRST_FRAME), g_strdup (_ ("Last frame")));
}

/* ---- a clip that is made longer ---- */

static void
ordered (AdwDialog *dialog, RushesDraft *draft, RushesTakePage *self)
{
  g_signal_emit_by_name (self, "extend", self->take, draft);
}

static void
continue_instead (AdwAlertDialog *dialog, const char *response, RushesTakePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "take.continue", NULL);
}

/* Where the service cannot, the frame that it would begin with is here. */
static void
offer_frame (RushesTakePage *self, const GError *error)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (_ ("Cannot Be Extended"), error->message));

  adw_alert_dialog_add_response (dialog, "close", _ ("_Close"));
  if (gtk_widget_get_visible (GTK_WIDGET (self->controls)))
    {
      adw_alert_dialog_add_response (dialog, "continue", _ ("Continue _From the End"));
      adw_alert_dialog_set_response_appearance (dialog, "continue", ADW_RESPONSE_SUGGESTED);
      g_signal_connect_object (dialog, "response::continue", G_CALLBACK (continue_instead), self, 0);
    }
  adw_alert_dialog_set_close_response (dialog, "close");
  adw_dialog_present (ADW_DIALOG (dialog), GTK_WIDGET (self));
}

static void
extending_begun (gpointer object, DexFuture *future, gpointer data)
{
  RushesTakePage *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  RushesDraft *draft = value != NULL ? g_value_get_object (value) : NULL;
  RushesProvider *provider =
      draft != NULL ? rushes_registry_find (self->registry, rushes_draft_get_provider_id (draft)) : NULL;
  RushesModel *model =
      provider != NULL ? rushes_provider_find_model (provider, rushes_draft_get_model_id (draft)) : NULL;
  AdwDialog *dialog;

  if (error != NULL)
    offer_frame (self, error);
  if (model == NULL)
    return;
  dialog = rushes_extend_dialog_new (model, draft);
  g_signal_connect_object (dialog, "order", G_CALLBACK (ordered), self, 0);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

static void
extend (RushesTakePage *self, GVariant *parameter)
{
  rushes_when (rushes_extending_begin (self->library, self->registry, self->take, FALSE), self, extending_begun, NULL,
               NULL);
}

/* ---- frames that are saved ---- */

static void
frame_written (gpointer object, DexFuture *future, gpointer data)
{
  /* Translators: %s is the name of a file. */
  rushes_toast_file (object, future, _ ("Saved as “%s”"), data);
}

static DexFuture *
write_frame (DexFuture *future, gpointer data)
{
  GBytes *png = g_value_get_boxed (dex_future_get_value (future, NULL));

  return dex_file_replace_contents_bytes (data, png, NULL, FALSE, G_FILE_CREATE_NONE);
}

typedef struct
{
  RushesTakePage *page;
  double seconds;
} FrameSaving;

static void
frame_place_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree FrameSaving *saving = data;
  g_autoptr (RushesTakePage) self = saving->page;
  g_autoptr (GFile) place = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL);

  if (place != NULL)
    rushes_when (dex_future_then (rushes_grab_frame (get_file (self), saving->seconds), write_frame,
                                  g_object_ref (place), g_object_unref),
                 self, frame_written, g_object_ref (place), g_object_unref);
}

/* "Harbour slow push in 0-02-1.png": a colon is not for file names. */
static char *
suggest_frame_name (RushesTakePage *self, double seconds)
{
  g_autofree char *clip_name = rushes_clip_name_suggest (self->library, self->take);
  g_autofree char *moment = rushes_player_words_moment (seconds);
  char *dot = strrchr (clip_name, '.');

  if (dot != NULL)
    *dot = '\0';
  g_strdelimit (moment, ":.", '-');

  return g_strdup_printf ("%s %s.png", clip_name, moment);
}

static void
save_frame (RushesTakePage *self, GVariant *parameter)
{
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();
  FrameSaving *saving = g_new0 (FrameSaving, 1);
  g_autofree char *name = NULL;

  saving->page = g_object_ref (self);
  saving->seconds = rushes_player_get_position (self->player);
  name = suggest_frame_name (self, saving->seconds);
  gtk_file_dialog_set_title (dialog, _ ("Save Frame"));
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL, frame_place_chosen, saving);
}

/* ---- the take ---- */

static void
save_trimmed (RushesTakePage *self, GVariant *parameter)
{
  double mark_in, mark_out;

  g_object_get (self->player, "mark-in", &mark_in, "mark-out", &mark_out, NULL);
  rushes_clip_trimming_ask (GTK_WIDGET (self), self->library, self->take, mark_in, mark_out);
}

static void
remix (RushesTakePage *self, GVariant *parameter)
{
  g_signal_emit_by_name (self, "remix", self->take);
}

static void
retry (RushesTakePage *self, GVariant *parameter)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new ();

  g_ptr_array_add (takes, self->take);
  rushes_take_doubt_make_again (GTK_WIDGET (self), self->queue, takes);
}

static void
check (RushesTakePage *self, GVariant *parameter)
{
  rushes_take_doubt_check (GTK_WIDGET (self), self->queue, self->take);
}

static void
forget (RushesTakePage *self, GVariant *parameter)
{
  rushes_take_doubt_forget (GTK_WIDGET (self), self->queue, self->take);
}

static void
cancel (RushesTakePage *self, GVariant *parameter)
{
  rushes_take_page_see_to (self, rushes_queue_cancel (self->queue, self->take));
}

static void
remedy (RushesTakePage *self, GVariant *parameter)
{
  switch (rushes_take_words_remedy (self->take))
    {
    case RUSHES_REMEDY_RETRY:
      retry (self, NULL);
      break;
    case RUSHES_REMEDY_EDIT:
      remix (self, NULL);
      break;
    case RUSHES_REMEDY_CHECK:
    case RUSHES_REMEDY_PICK_UP:
      check (self, NULL);
      break;
    case RUSHES_REMEDY_NONE:
    default:
      break;
    }
}

static void
support_file (RushesTakePage *self, GVariant *parameter)
{
  rushes_support_file_ask (GTK_WIDGET (self), self->library, self->registry, self->take);
}

static void delete (RushesTakePage *self, GVariant *parameter)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (takes, g_object_ref (self->take));
  rushes_take_deleter_delete (GTK_WIDGET (self), self->library, self->queue, self->registry, takes, NULL);
}

/* ---- the actions ---- */

/* When an action is possible. */
typedef enum
{
  ALWAYS,
  WITH_CLIP,
  WITH_PICTURE,
  WITH_FRAMES,
  WITH_MARKS,
  EXTENSIBLE,
  WITH_LINK,
  IN_WORK,
  ENDED_WITHOUT,
  ASKABLE,
  UNCONFIRMED,
} When;

static const struct
{
  const char *name;
  void (*act) (RushesTakePage *self, GVariant *parameter);
  const char *parameter_type;
  When when;
} actions[] = {
  { "take.save", save, NULL, WITH_CLIP },
  { "take.copy", copy, NULL, WITH_CLIP },
  { "take.open-with", open_with, NULL, WITH_CLIP },
  { "take.copy-link", copy_link, NULL, WITH_LINK },
  { "take.install-codec", install_codec, NULL, WITH_CLIP },
  { "take.show-file", show_file, NULL, WITH_CLIP },
  { "take.fullscreen", fullscreen, NULL, WITH_PICTURE },
  { "take.use-frame", use_frame, "s", WITH_FRAMES },
  { "take.continue", continue_from_end, NULL, WITH_FRAMES },
  { "take.extend", extend, NULL, EXTENSIBLE },
  { "take.save-frame", save_frame, NULL, WITH_FRAMES },
  { "take.save-trimmed", save_trimmed, NULL, WITH_MARKS },
  { "take.remix", remix, NULL, ALWAYS },
  { "take.remedy", remedy, NULL, ALWAYS },
  { "take.retry", retry, NULL, ENDED_WITHOUT },
  { "take.check", check, NULL, ASKABLE },
  { "take.submit-again", retry, NULL, UNCONFIRMED },
  { "take.forget", forget, NULL, UNCONFIRMED },
  { "take.cancel", cancel, NULL, IN_WORK },
  { "take.support-file", support_file, NULL, ALWAYS },
  { "take.delete", delete, NULL, ALWAYS },
};

static void
act (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    if (g_str_equal (name, actions[i].name))
      actions[i].act (RUSHES_TAKE_PAGE (widget), parameter);
}

void
rushes_take_page_install_actions (RushesTakePageClass *klass)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), actions[i].name, actions[i].parameter_type, act);
}

static gboolean
is_possible (RushesTakePage *self, When when)
{
  RushesTakeState state = rushes_take_get_state (self->take);

  switch (when)
    {
    case WITH_CLIP:
      return rushes_take_get_clip (self->take) != NULL;
    case WITH_PICTURE:
      return gtk_widget_get_visible (GTK_WIDGET (self->controls));
    case WITH_FRAMES:
      return gtk_widget_get_visible (GTK_WIDGET (self->controls)) && rushes_take_get_clip (self->take) != NULL;
    case WITH_MARKS:
      return rushes_player_get_is_marked (self->player) && rushes_take_get_clip (self->take) != NULL;
    case EXTENSIBLE:
      return rushes_take_get_clip (self->take) != NULL && rushes_extending_is_known (self->registry, self->take);
    case WITH_LINK:
      return self->linked;
    case IN_WORK:
      return rushes_take_state_is_active (state) && !rushes_take_get_cancelling (self->take);
    case ENDED_WITHOUT:
      return state == RUSHES_TAKE_STATE_FAILED || state == RUSHES_TAKE_STATE_CANCELLED;
    case ASKABLE:
      return rushes_take_words_can_check (self->take, self->registry);
    case UNCONFIRMED:
      return state == RUSHES_TAKE_STATE_UNCONFIRMED;
    case ALWAYS:
    default:
      return TRUE;
    }
}

void
rushes_take_page_update_actions (RushesTakePage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i].name, is_possible (self, actions[i].when));
}
