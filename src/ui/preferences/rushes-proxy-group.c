/* rushes-proxy-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-proxy-group.h"

#include <glib/gi18n.h>

#include "rushes-note-row.h"
#include "rushes-provider-settings.h"
#include "rushes-proxy.h"
#include "rushes-settings.h"
#include "rushes-toast.h"
#include "rushes-ui.h"

enum
{
  PROXY_USUAL,
  PROXY_NONE,
  PROXY_OTHER,
};

struct _RushesProxyGroup
{
  AdwPreferencesGroup parent_instance;

  GSettings *settings;
  RushesRegistry *registry;
  gboolean following;

  AdwComboRow *proxy;
  AdwEntryRow *address;
  AdwEntryRow *password;
  RushesNoteRow *note;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesProxyGroup, rushes_proxy_group, ADW_TYPE_PREFERENCES_GROUP)

/* Without the mark that it was edited: what is shown is what holds. */
static void
show_text (AdwEntryRow *row, const char *text)
{
  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (row, TRUE);
}

static void
mark (RushesProxyGroup *self, gboolean wrong)
{
  GtkWidget *row = GTK_WIDGET (self->address);

  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* ---- the password ---- */

static gboolean
is_shown (RushesProxyGroup *self, const char *address)
{
  g_autofree char *proxy = self->settings != NULL ? g_settings_get_string (self->settings, "proxy") : NULL;

  return g_strcmp0 (proxy, address) == 0;
}

static void
show_state (RushesProxyGroup *self, RushesKeyState state)
{
  gboolean kept = state == RUSHES_KEY_STORED || state == RUSHES_KEY_SESSION;
  const char *sentence = _ ("There is no password for this proxy yet.");

  if (state == RUSHES_KEY_STORED)
    sentence = _ ("The password is in the keyring.");
  else if (state == RUSHES_KEY_SESSION)
    sentence = _ ("There is no keyring that takes the password. It is kept until Rushes is closed.");
  else if (state == RUSHES_KEY_LOCKED)
    sentence = _ ("The password is in the keyring, which is locked.");
  else if (state == RUSHES_KEY_ENVIRONMENT)
    sentence = _ ("The password is that of the environment variable RUSHES_PROXY_PASSWORD.");
  rushes_note_row_hint (self->note, sentence, kept ? _ ("Remove the Password") : NULL);
}

static void
looked (gpointer object, DexFuture *future, gpointer data)
{
  RushesProxyGroup *self = object;
  const GValue *value = dex_future_get_value (future, NULL);

  if (is_shown (self, data))
    show_state (self, value != NULL ? (RushesKeyState) g_value_get_int (value) : RUSHES_KEY_ABSENT);
}

static void
look (RushesProxyGroup *self, const char *address)
{
  rushes_when (rushes_proxy_look (address), self, looked, g_strdup (address), g_free);
}

static void
kept (gpointer object, DexFuture *future, gpointer data)
{
  RushesProxyGroup *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (!is_shown (self, data))
    return;
  if (value != NULL)
    show_state (self, (RushesKeyState) g_value_get_int (value));
  else
    rushes_note_row_say (self->note, error->message, NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
keep (RushesProxyGroup *self, const char *address, const char *password)
{
  rushes_when (rushes_proxy_keep_password (address, password), self, kept, g_strdup (address), g_free);
}

static void
password_typed (RushesProxyGroup *self)
{
  g_autofree char *proxy = g_settings_get_string (self->settings, "proxy");
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->password));

  if (*typed != '\0' && rushes_proxy_has_user (proxy))
    keep (self, proxy, typed);
  show_text (self->password, "");
}

static void
forgotten (gpointer object, DexFuture *future, gpointer data)
{
  RushesProxyGroup *self = object;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    rushes_toast_error (GTK_WIDGET (self), error);
  if (is_shown (self, data))
    look (self, data);
}

static void
forget (RushesProxyGroup *self, const char *address)
{
  rushes_when (rushes_proxy_forget (address), self, forgotten, g_strdup (address), g_free);
}

static void
forget_password (RushesProxyGroup *self)
{
  g_autofree char *proxy = g_settings_get_string (self->settings, "proxy");

  gtk_widget_grab_focus (GTK_WIDGET (self->password));
  forget (self, proxy);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* ---- the address ---- */

static gboolean
is_used (RushesProxyGroup *self, const char *address)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *usual = g_settings_get_string (settings, "proxy");

  if (g_str_equal (usual, address))
    return TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (self->registry), i);
      g_autoptr (GSettings) own = rushes_provider_settings_get (rushes_provider_get_id (provider));
      g_autofree char *proxy = g_settings_get_string (own, "proxy");

      if (g_str_equal (proxy, address))
        return TRUE;
    }
  return FALSE;
}

static void
show_proxy (RushesProxyGroup *self)
{
  g_autofree char *proxy = g_settings_get_string (self->settings, "proxy");
  gboolean none = g_str_equal (proxy, RUSHES_PROXY_NONE);
  gboolean other = *proxy != '\0' && !none;
  gboolean with_user = other && rushes_proxy_has_user (proxy);

  self->following = TRUE;
  adw_combo_row_set_selected (self->proxy, other ? PROXY_OTHER : none ? PROXY_NONE : PROXY_USUAL);
  self->following = FALSE;
  show_text (self->address, other ? proxy : "");
  gtk_widget_set_visible (GTK_WIDGET (self->address), other);
  gtk_widget_set_visible (GTK_WIDGET (self->password), with_user);
  mark (self, FALSE);
  rushes_note_row_say (self->note, NULL, NULL);
  if (with_user)
    look (self, proxy);
}

/* No password stays behind for a proxy that nobody uses any more. */
static void
set_proxy (RushesProxyGroup *self, const char *proxy)
{
  g_autofree char *old = g_settings_get_string (self->settings, "proxy");

  g_settings_set_string (self->settings, "proxy", proxy);
  if (rushes_proxy_has_user (old) && !is_used (self, old))
    forget (self, old);
  show_proxy (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
proxy_chosen (RushesProxyGroup *self)
{
  guint selected = adw_combo_row_get_selected (self->proxy);

  if (self->following || self->settings == NULL)
    return;
  if (selected != PROXY_OTHER)
    {
      set_proxy (self, selected == PROXY_NONE ? RUSHES_PROXY_NONE : "");
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->address), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
address_typed (RushesProxyGroup *self)
{
  g_autoptr (GError) error = NULL;
  char *password = NULL;
  g_autofree char *proxy =
      rushes_proxy_normalize (gtk_editable_get_text (GTK_EDITABLE (self->address)), &password, &error);

  if (proxy == NULL)
    {
      mark (self, TRUE);
      rushes_note_row_say (self->note, error->message, NULL);
      gtk_widget_grab_focus (GTK_WIDGET (self->address));
      return;
    }
  set_proxy (self, proxy);
  if (password != NULL)
    keep (self, proxy, password);
  else if (rushes_proxy_has_user (proxy))
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  rushes_key_forget (password);
}

static void
address_edited (RushesProxyGroup *self)
{
  if (!gtk_widget_has_css_class (GTK_WIDGET (self->address), "error"))
    return;
  mark (self, FALSE);
  rushes_note_row_say (self->note, NULL, NULL);
}

/* ---- the object ---- */

void
rushes_proxy_group_set_place (RushesProxyGroup *self, GSettings *settings, RushesRegistry *registry)
{
  g_autoptr (GtkStringList) choices = NULL;
  g_autoptr (GSettings) usual = rushes_settings_get ();

  g_return_if_fail (RUSHES_IS_PROXY_GROUP (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (self->settings == NULL);

  choices = gtk_string_list_new (
      (const char *[]) { /* Translators: which proxy. The second is for a provider: the same as all others have. */
                         settings == usual ? _ ("As in the System") : _ ("As for All"), C_ ("proxy", "None"),
                         /* Translators: another proxy than those in the list, by its address. */
                         C_ ("proxy", "Other…"), NULL });
  self->following = TRUE;
  adw_combo_row_set_model (self->proxy, G_LIST_MODEL (choices));
  self->following = FALSE;
  self->settings = g_object_ref (settings);
  self->registry = g_object_ref (registry);
  show_proxy (self);
}

static void
rushes_proxy_group_dispose (GObject *object)
{
  RushesProxyGroup *self = RUSHES_PROXY_GROUP (object);

  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_PROXY_GROUP);
  g_clear_object (&self->settings);
  g_clear_object (&self->registry);

  G_OBJECT_CLASS (rushes_proxy_group_parent_class)->dispose (object);
}

static void
rushes_proxy_group_class_init (RushesProxyGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_proxy_group_dispose;

  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-proxy-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesProxyGroup, proxy);
  gtk_widget_class_bind_template_child (widget_class, RushesProxyGroup, address);
  gtk_widget_class_bind_template_child (widget_class, RushesProxyGroup, password);
  gtk_widget_class_bind_template_child (widget_class, RushesProxyGroup, note);
  gtk_widget_class_bind_template_callback (widget_class, proxy_chosen);
  gtk_widget_class_bind_template_callback (widget_class, address_typed);
  gtk_widget_class_bind_template_callback (widget_class, address_edited);
  gtk_widget_class_bind_template_callback (widget_class, password_typed);
  gtk_widget_class_bind_template_callback (widget_class, forget_password);
}

static void
rushes_proxy_group_init (RushesProxyGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
