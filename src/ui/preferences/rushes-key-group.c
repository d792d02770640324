/* rushes-key-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-key-group.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-link.h"
#include "rushes-note-row.h"
#include "rushes-protocol.h"
#include "rushes-provider-status.h"
#include "rushes-test-row.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

struct _RushesKeyGroup
{
  AdwPreferencesGroup parent_instance;

  RushesHttpProvider *provider;
  RushesProviderStatus *status;
  gboolean replacing;
  gboolean storing;
  gboolean refused; /* the note says why the key was not taken */

  AdwActionRow *key;
  GtkWidget *replace;
  GtkWidget *remove;
  AdwEntryRow *entry;
  RushesNoteRow *note;
  AdwActionRow *key_page;
  RushesTestRow *test;
};

enum
{
  TYPED,
  TAKEN,
  REFUSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesKeyGroup, rushes_key_group, ADW_TYPE_PREFERENCES_GROUP)

static RushesProtocol *
get_protocol (RushesKeyGroup *self)
{
  return rushes_description_get_protocol (rushes_provider_get_description (RUSHES_PROVIDER (self->provider)));
}

/* ---- what is shown ---- */

static void
show_key (RushesKeyGroup *self, const char *title, const char *subtitle, gboolean replaceable, gboolean removable)
{
  gtk_widget_set_visible (GTK_WIDGET (self->key), title != NULL);
  if (title != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key), title);
  adw_action_row_set_subtitle (self->key, subtitle);
  gtk_widget_set_visible (self->replace, replaceable && !self->replacing);
  gtk_widget_set_visible (self->remove, removable);
  gtk_widget_set_visible (GTK_WIDGET (self->entry), title == NULL || self->replacing);
}

static void
show_environment (RushesKeyGroup *self)
{
  const char *id = rushes_provider_get_id (RUSHES_PROVIDER (self->provider));
  g_autofree char *own = rushes_key_variable (id);
  const char *variable = rushes_provider_status_get_variable (self->status);
  gboolean wins = g_strcmp0 (variable, own) == 0;

  show_key (self, rushes_provider_status_get_words (self->status),
            wins ? _ ("It was set outside of Rushes, and goes before any other.")
                 : _ ("It was set outside of Rushes. A key that you store here goes before it."),
            !wins, FALSE);
}

/* A key can do without the keyring, for a while. */
static void
show_other_way (RushesKeyGroup *self)
{
  RushesKeyState state = rushes_provider_status_get_key_state (self->status);
  const char *sentence = NULL;

  if (state == RUSHES_KEY_ABSENT)
    sentence = _ ("There is no keyring on this system that could store a key. Rushes can keep it until it ends.");
  else if (state == RUSHES_KEY_LOCKED && self->replacing)
    sentence = _ ("The keyring is locked, and will be asked for when the key is stored. Rushes can also keep the key "
                  "until it ends.");
  rushes_note_row_say (self->note, sentence, sentence != NULL ? _ ("Keep for This Session") : NULL);
}

static void
show_state (RushesKeyGroup *self)
{
  gboolean needed = rushes_protocol_needs_key (get_protocol (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), self->replacing ? _ ("New API Key")
                                                                    : needed        ? _ ("API Key")
                                                                                    : _ ("API Key (Optional)"));
  switch (rushes_provider_status_get_key_state (self->status))
    {
    case RUSHES_KEY_STORED:
      show_key (self, _ ("A key is stored"), _ ("It is in your keyring, and never shown again."), TRUE, TRUE);
      break;
    case RUSHES_KEY_SESSION:
      show_key (self, _ ("A key is kept for this session"), _ ("It is forgotten when Rushes ends."), TRUE, TRUE);
      break;
    case RUSHES_KEY_LOCKED:
      show_key (self, _ ("A key is stored"),
                _ ("The keyring that it is in is locked. It will be asked for when the key is needed."), TRUE, TRUE);
      break;
    case RUSHES_KEY_ENVIRONMENT:
      show_environment (self);
      break;
    case RUSHES_KEY_UNKNOWN:
    case RUSHES_KEY_NONE:
    case RUSHES_KEY_ABSENT:
    default:
      show_key (self, NULL, NULL, FALSE, FALSE);
    }

  if (!self->refused)
    show_other_way (self);
}

static void
show_verdict (RushesKeyGroup *self)
{
  g_autofree char *verdict = NULL;
  g_autofree char *words = NULL;
  gboolean good;

  g_object_get (self->status, "verdict", &verdict, "service-words", &words, "good", &good, NULL);
  rushes_test_row_show (self->test, good, verdict, words);
}

static void
show_testing (RushesKeyGroup *self)
{
  gboolean testing;

  g_object_get (self->status, "testing", &testing, NULL);
  rushes_test_row_set_running (self->test, testing);
}

/* ---- entering a key ---- */

static void
clear_entry (RushesKeyGroup *self)
{
  /* What is cleared is not to be applied. */
  adw_entry_row_set_show_apply_button (self->entry, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  adw_entry_row_set_show_apply_button (self->entry, TRUE);
}

static void
set_storing (RushesKeyGroup *self, gboolean storing)
{
  self->storing = storing;
  gtk_editable_set_editable (GTK_EDITABLE (self->entry), !storing);
}

static void
took_key (RushesKeyGroup *self, const char *news)
{
  gboolean had_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->entry)) != NULL;

  self->replacing = FALSE;
  self->refused = FALSE;
  clear_entry (self);
  rushes_provider_status_forget (self->status);
  show_state (self);
  if (had_focus)
    gtk_widget_child_focus (GTK_WIDGET (self->test), GTK_DIR_TAB_FORWARD);
  rushes_toast (GTK_WIDGET (self), news);
  g_signal_emit (self, signals[TAKEN], 0);
}

/* @way: there is another one to keep it */
static void
refuse_key (RushesKeyGroup *self, const GError *error, gboolean way)
{
  self->refused = TRUE;
  rushes_note_row_say (self->note, error->message, way ? _ ("Keep for This Session") : NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  g_signal_emit (self, signals[REFUSED], 0);
}

static void
stored (gpointer object, DexFuture *future, gpointer data)
{
  RushesKeyGroup *self = object;
  g_autoptr (GError) error = NULL;

  set_storing (self, FALSE);
  if (dex_future_get_value (future, &error) != NULL)
    {
      took_key (self, _ ("Saved in the keyring"));
    }
  else
    {
      g_autoptr (GError) ours = rushes_error_translate (error);

      refuse_key (self, ours, g_error_matches (ours, RUSHES_ERROR, RUSHES_ERROR_KEYRING));
    }
}

static void
kept (gpointer object, DexFuture *future, gpointer data)
{
  RushesKeyGroup *self = object;
  g_autoptr (GError) error = NULL;

  set_storing (self, FALSE);
  if (dex_future_get_value (future, &error) != NULL)
    took_key (self, _ ("Kept until Rushes ends"));
  else
    {
      g_autoptr (GError) ours = rushes_error_translate (error);

      refuse_key (self, ours, FALSE);
    }
}

/* Nothing of it is kept here. */
static void
take_key (RushesKeyGroup *self, gboolean session_only)
{
  g_autoptr (GError) error = NULL;
  char *value = rushes_key_tidy (gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error);

  if (value == NULL)
    {
      refuse_key (self, error, session_only);
    }
  else if (!self->storing)
    {
      set_storing (self, TRUE);
      rushes_when (rushes_http_provider_set_key (self->provider, value, session_only), self,
                   session_only ? kept : stored, NULL, NULL);
    }
  rushes_key_forget (value);
}

static void
key_typed (RushesKeyGroup *self)
{
  take_key (self, FALSE);
}

gboolean
rushes_key_group_has_typed (RushesKeyGroup *self)
{
  g_return_val_if_fail (RUSHES_IS_KEY_GROUP (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->entry)) &&
         *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0';
}

void
rushes_key_group_take_typed (RushesKeyGroup *self)
{
  g_return_if_fail (RUSHES_IS_KEY_GROUP (self));

  take_key (self, FALSE);
}

static void
edited (RushesKeyGroup *self)
{
  g_signal_emit (self, signals[TYPED], 0);
}

static void
keep_key (RushesKeyGroup *self)
{
  take_key (self, TRUE);
}

static void
replace_key (RushesKeyGroup *self)
{
  self->replacing = TRUE;
  show_state (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

/* ---- taking it away ---- */

static void
cleared (gpointer object, DexFuture *future, gpointer data)
{
  RushesKeyGroup *self = object;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    {
      rushes_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->replacing = FALSE;
  self->refused = FALSE;
  clear_entry (self);
  rushes_provider_status_forget (self->status);
  show_state (self);
  rushes_toast (GTK_WIDGET (self), _ ("The key was removed"));
}

static void
removal_answered (RushesKeyGroup *self, const char *response)
{
  if (g_str_equal (response, "remove"))
    rushes_when (rushes_http_provider_clear_key (self->provider), self, cleared, NULL, NULL);
}

static void
remove_key (RushesKeyGroup *self)
{
  AdwDialog *dialog = adw_alert_dialog_new (_ ("Remove the Key?"), NULL);

  /* Translators: %s is the name of a service. */
  adw_alert_dialog_format_body (
      ADW_ALERT_DIALOG (dialog),
      _ ("The key of %s cannot be shown again. Takes that are in work there wait until there is a key."),
      rushes_provider_get_name (RUSHES_PROVIDER (self->provider)));
  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _ ("_Cancel"), "remove", _ ("_Remove"), NULL);
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (removal_answered), self, G_CONNECT_SWAPPED);
  adw_dialog_present (dialog, GTK_WIDGET (self));
}

/* ---- the rest ---- */

static void
open_key_page (RushesKeyGroup *self)
{
  rushes_link_open (GTK_WIDGET (self), rushes_protocol_get_key_page (get_protocol (self)));
}

static void
run_test (RushesKeyGroup *self)
{
  rushes_provider_status_test (self->status);
}

void
rushes_key_group_set_provider (RushesKeyGroup *self, RushesHttpProvider *provider)
{
  const char *key_page;

  g_return_if_fail (RUSHES_IS_KEY_GROUP (self));
  g_return_if_fail (RUSHES_IS_HTTP_PROVIDER (provider));
  g_return_if_fail (self->provider == NULL);

  self->provider = g_object_ref (provider);
  self->status = g_object_ref (rushes_provider_status_of (RUSHES_PROVIDER (provider)));
  key_page = rushes_protocol_get_key_page (get_protocol (self));
  if (key_page != NULL)
    {
      g_autofree char *host = rushes_link_describe (key_page);

      adw_action_row_set_subtitle (self->key_page, host);
      gtk_widget_set_visible (GTK_WIDGET (self->key_page), TRUE);
    }
  g_signal_connect_object (self->status, "notify::key-state", G_CALLBACK (show_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->status, "notify::verdict", G_CALLBACK (show_verdict), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->status, "notify::testing", G_CALLBACK (show_testing), self, G_CONNECT_SWAPPED);
  show_state (self);
  show_verdict (self);
  show_testing (self);
}

static void
rushes_key_group_dispose (GObject *object)
{
  RushesKeyGroup *self = RUSHES_KEY_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_KEY_GROUP);
  g_clear_object (&self->provider);
  g_clear_object (&self->status);

  G_OBJECT_CLASS (rushes_key_group_parent_class)->dispose (object);
}

static void
rushes_key_group_class_init (RushesKeyGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_key_group_dispose;

  signals[TYPED] =
      g_signal_new ("typed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TAKEN] =
      g_signal_new ("taken", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] =
      g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  g_type_ensure (RUSHES_TYPE_TEST_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-key-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesKeyGroup, key);
  gtk_widget_class_bind_template_child (widget_class, RushesKeyGroup, replace);
  gtk_widget_class_bind_template_child (widget_class, RushesKeyGroup, remove);
  gtk_widget_class_bind_template_child (widget_class, RushesKeyGroup, entry);
  gtk_widget_class_bind_template_child (widget_class, RushesKeyGroup, note);
  gtk_widget_class_bind_template_child (widget_class, RushesKeyGroup, key_page);
  gtk_widget_class_bind_template_child (widget_class, RushesKeyGroup, test);
  gtk_widget_class_bind_template_callback (widget_class, replace_key);
  gtk_widget_class_bind_template_callback (widget_class, remove_key);
  gtk_widget_class_bind_template_callback (widget_class, key_typed);
  gtk_widget_class_bind_template_callback (widget_class, edited);
  gtk_widget_class_bind_template_callback (widget_class, keep_key);
  gtk_widget_class_bind_template_callback (widget_class, open_key_page);
  gtk_widget_class_bind_template_callback (widget_class, run_test);
}

static void
rushes_key_group_init (RushesKeyGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
