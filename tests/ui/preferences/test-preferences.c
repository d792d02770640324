/* test-preferences.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-desk.h"

#include "rushes-http-provider.h"
#include "rushes-protocol.h"
#include "rushes-provider-settings.h"
#include "rushes-provider-status.h"
#include "rushes-settings.h"

/* The page of a service that ships, and the list of all. */

static RushesProviderStatus *
get_status (RushesDesk *self, const char *id)
{
  RushesProvider *provider = rushes_registry_find (self->registry, id);

  g_assert_nonnull (provider);

  return rushes_provider_status_of (provider);
}

static gboolean
is_key_stored (RushesDesk *self, gconstpointer id)
{
  return rushes_provider_status_get_key_state (get_status (self, id)) == RUSHES_KEY_STORED;
}

static gboolean
has_no_key (RushesDesk *self, gconstpointer id)
{
  return rushes_provider_status_get_key_state (get_status (self, id)) == RUSHES_KEY_NONE;
}

static const char *
get_subtitle (RushesDesk *self, const char *title)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (rushes_desk_row (self, title)));
}

/* The openai-compatible server at the desk's address. */
static void
show_server (RushesDesk *self)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("openai-compatible");

  g_settings_set_string (settings, "base-url", self->url);
  rushes_preferences_show (self->preferences, "providers/openai-compatible");
  rushes_desk_row (self, "Connection");
}

static void
forget_server (RushesDesk *self)
{
  rushes_provider_settings_reset ("openai-compatible");
  rushes_desk_close (self);
}

/* ---- the list ---- */

static void
test_list (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (desk->registry));

  g_assert_cmpuint (n, >, 5);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (desk->registry), i);

      rushes_desk_row (desk, rushes_provider_get_name (provider));
    }
  g_assert_cmpstr (get_subtitle (desk, "Animatic"), ==, "On this computer · Default");
  rushes_desk_await (desk, has_no_key, "xai");
  g_assert_cmpstr (get_subtitle (desk, "xAI"), ==, "No key");
  g_assert_cmpstr (rushes_provider_status_get_words (get_status (desk, "openai-compatible")), ==, "Needs an address");

  rushes_desk_close (desk);
}

static gboolean
offers (AdwComboRow *row, const char *id)
{
  GListModel *providers = adw_combo_row_get_model (row);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (providers, i);

      if (g_str_equal (rushes_provider_get_id (provider), id))
        return TRUE;
    }
  return FALSE;
}

/* What is switched off cannot become the default; what is the default already is shown until another one is chosen. */
static void
test_default_switched_off (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  AdwComboRow *row = ADW_COMBO_ROW (rushes_desk_row (desk, "Default Provider"));
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autoptr (GSettings) xai = rushes_provider_settings_get ("xai");

  g_assert_true (offers (row, "xai"));
  g_settings_set_boolean (xai, "enabled", FALSE);
  g_assert_false (offers (row, "xai"));
  g_assert_cmpstr (rushes_provider_get_id (adw_combo_row_get_selected_item (row)), ==, "animatic");
  g_settings_set_boolean (xai, "enabled", TRUE);
  g_assert_true (offers (row, "xai"));
  g_assert_cmpstr (rushes_provider_get_id (adw_combo_row_get_selected_item (row)), ==, "animatic");

  g_settings_set_string (settings, "default-provider", "xai");
  g_settings_set_boolean (xai, "enabled", FALSE);
  g_assert_true (offers (row, "xai"));
  g_assert_cmpstr (rushes_provider_get_id (adw_combo_row_get_selected_item (row)), ==, "xai");
  adw_combo_row_set_selected (row, 0);
  g_assert_false (offers (row, "xai"));
  g_assert_cmpstr (rushes_provider_get_id (adw_combo_row_get_selected_item (row)), !=, "xai");

  g_settings_reset (settings, "default-provider");
  g_settings_reset (xai, "enabled");
  rushes_desk_close (desk);
}

static void
test_default (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  AdwComboRow *row = ADW_COMBO_ROW (rushes_desk_row (desk, "Default Provider"));
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *chosen = NULL;

  g_assert_true (RUSHES_IS_PROVIDER (adw_combo_row_get_selected_item (row)));
  g_assert_cmpstr (rushes_provider_get_id (adw_combo_row_get_selected_item (row)), ==, "animatic");

  adw_combo_row_set_selected (row, adw_combo_row_get_selected (row) + 1);
  chosen = g_settings_get_string (settings, "default-provider");
  g_assert_cmpstr (chosen, ==, rushes_provider_get_id (adw_combo_row_get_selected_item (row)));
  g_assert_cmpstr (get_subtitle (desk, "Animatic"), ==, "On this computer");

  /* And as it is set elsewhere. */
  g_settings_reset (settings, "default-provider");
  g_assert_cmpstr (rushes_provider_get_id (adw_combo_row_get_selected_item (row)), ==, "animatic");
  g_assert_cmpstr (get_subtitle (desk, "Animatic"), ==, "On this computer · Default");

  rushes_desk_close (desk);
}

static GtkWidget *
find_switch (GtkWidget *widget)
{
  if (GTK_IS_SWITCH (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_switch (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_enabled (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("animatic");
  GtkWidget *toggle = find_switch (rushes_desk_row (desk, "Animatic"));

  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));
  gtk_switch_set_active (GTK_SWITCH (toggle), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "enabled"));

  rushes_preferences_show (desk->preferences, "providers/animatic");
  g_assert_false (adw_switch_row_get_active (ADW_SWITCH_ROW (rushes_desk_row (desk, "Offer This Provider"))));
  adw_switch_row_set_active (ADW_SWITCH_ROW (rushes_desk_row (desk, "Offer This Provider")), TRUE);
  g_assert_true (gtk_switch_get_active (GTK_SWITCH (toggle)));

  rushes_desk_close (desk);
}

/* What this computer makes has neither key nor address. */
static void
test_local (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  rushes_preferences_show (desk->preferences, "providers/animatic");
  rushes_desk_row (desk, "Time Limit");
  g_assert_false (rushes_desk_has_row (desk, "API Key"));
  g_assert_false (rushes_desk_has_row (desk, "Connection"));
  g_assert_false (rushes_desk_has_row (desk, "Proxy"));
  g_assert_false (rushes_desk_has_row (desk, "Further Tries"));
  g_assert_false (rushes_desk_has_row (desk, "_Remove Provider…"));

  /* Nothing happens for what is not there. */
  rushes_preferences_show (desk->preferences, "providers/nobody");
  rushes_preferences_show (desk->preferences, "");
  g_assert_true (rushes_desk_has_row (desk, "Time Limit"));

  rushes_desk_close (desk);
}

/* ---- keys ---- */

static void
test_key (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  GtkWidget *entry, *row;

  rushes_preferences_show (desk->preferences, "providers/xai");
  entry = rushes_desk_row (desk, "API Key");
  rushes_desk_type (entry, " sk-test\n");
  rushes_desk_await_words (desk, "Saved in the keyring");
  g_assert_true (is_key_stored (desk, "xai"));

  row = rushes_desk_row (desk, "A key is stored");
  g_assert_false (gtk_widget_get_mapped (entry));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");

  rushes_desk_press (desk, row, "Replace…");
  g_assert_true (rushes_desk_row (desk, "New API Key") == entry);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "");
  rushes_desk_type (entry, "sk-other");
  rushes_desk_row (desk, "A key is stored");

  rushes_desk_press (desk, rushes_desk_row (desk, "A key is stored"), "Remove the Key");
  rushes_desk_answer (desk, "cancel");
  g_assert_true (is_key_stored (desk, "xai"));
  rushes_desk_press (desk, rushes_desk_row (desk, "A key is stored"), "Remove the Key");
  rushes_desk_answer (desk, "remove");
  rushes_desk_await (desk, has_no_key, "xai");
  rushes_desk_row (desk, "API Key");

  rushes_desk_close (desk);
}

/* What cannot be a key is refused with a sentence that does not repeat it. */
static void
test_no_key (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  GtkWidget *entry;

  rushes_preferences_show (desk->preferences, "providers/xai");
  entry = rushes_desk_row (desk, "API Key");
  rushes_desk_type (entry, "two words");
  rushes_desk_await_words (desk, "key");
  g_assert_true (has_no_key (desk, "xai"));
  g_assert_true (gtk_widget_get_mapped (entry));

  rushes_desk_close (desk);
}

static void
test_variable (void)
{
  RushesDesk *desk;

  g_setenv ("RUSHES_KEY_XAI", "sk-from-outside", TRUE);
  desk = rushes_desk_open (NULL);
  rushes_preferences_show (desk->preferences, "providers/xai");
  rushes_desk_row (desk, "Key from RUSHES_KEY_XAI");
  g_assert_false (rushes_desk_has_row (desk, "API Key"));
  rushes_desk_close (desk);
  g_unsetenv ("RUSHES_KEY_XAI");
}

/* ---- the test of the connection ---- */

static gboolean
is_held (RushesDesk *self, gconstpointer data)
{
  return self->paused->len > 0;
}

static void
test_good (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  GtkWidget *button;

  show_server (desk);
  button = rushes_desk_button (desk, rushes_desk_row (desk, "Connection"), "Test");
  gtk_widget_grab_focus (button);
  desk->hold = TRUE;
  g_signal_emit_by_name (button, "clicked");
  rushes_desk_await (desk, is_held, NULL);

  /* One at a time; and whoever works with the keyboard stays where they are. */
  g_signal_emit_by_name (button, "clicked");
  g_assert_true (gtk_widget_has_focus (button));
  rushes_desk_release (desk);
  rushes_desk_await_words (desk, "It works");
  g_assert_cmpuint (desk->n_requests, ==, 1);

  forget_server (desk);
}

static gboolean
is_not_refused (RushesDesk *self, gconstpointer id)
{
  return g_str_equal (rushes_provider_status_get_words (get_status (self, id)), "Key stored");
}

static void
test_refused (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  GtkLabel *words;
  gboolean troubled;

  show_server (desk);
  rushes_desk_type (rushes_desk_row (desk, "API Key (Optional)"), "sk-wrong-0123456789abcdef");
  rushes_desk_row (desk, "A key is stored");
  desk->status = 401;
  desk->body = "{\"error\":{\"message\":\"<b>Incorrect</b> API key: "
               "\\u202esk-wrong-0123456789abcdef\",\"code\":\"invalid_api_key\"}}";
  rushes_desk_press (desk, rushes_desk_row (desk, "Connection"), "Test");
  rushes_desk_await_words (desk, "refuses the key");
  g_assert_cmpstr (desk->authorization, ==, "Bearer sk-wrong-0123456789abcdef");

  /* The service's words, as they are, without what they must not have. */
  words = rushes_desk_await_words (desk, "<b>Incorrect</b>");
  g_assert_false (gtk_label_get_use_markup (words));
  g_assert_null (strstr (gtk_label_get_text (words), "sk-wrong-0123456789abcdef"));
  g_assert_null (strstr (gtk_label_get_text (words), "\u202e"));
  g_object_get (get_status (desk, "openai-compatible"), "troubled", &troubled, NULL);
  g_assert_true (troubled);
  g_assert_cmpstr (rushes_provider_status_get_words (get_status (desk, "openai-compatible")), ==, "Key refused");

  /* Another key has not been refused yet. */
  rushes_desk_press (desk, rushes_desk_row (desk, "A key is stored"), "Replace…");
  rushes_desk_type (rushes_desk_row (desk, "New API Key"), "sk-right");
  rushes_desk_await (desk, is_not_refused, "openai-compatible");

  rushes_desk_press (desk, rushes_desk_row (desk, "A key is stored"), "Remove the Key");
  rushes_desk_answer (desk, "remove");
  rushes_desk_await (desk, has_no_key, "openai-compatible");
  forget_server (desk);
}

static void
test_wrong_address (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  show_server (desk);
  desk->status = 404;
  desk->media_type = "text/html";
  desk->body = "<html><body>Not here</body></html>";
  rushes_desk_press (desk, rushes_desk_row (desk, "Connection"), "Test");
  rushes_desk_await_words (desk, "Something answers there");
  g_assert_cmpstr (rushes_provider_status_get_words (get_status (desk, "openai-compatible")), ==, "Does not answer");

  forget_server (desk);
}

static void
test_nobody_there (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  show_server (desk);
  soup_server_disconnect (desk->server);
  rushes_desk_press (desk, rushes_desk_row (desk, "Connection"), "Test");
  rushes_desk_await_words (desk, "refuses the connection");
  g_assert_cmpstr (rushes_provider_status_get_words (get_status (desk, "openai-compatible")), ==, "Does not answer");

  /* The verdict is about the old address. */
  rushes_desk_type (rushes_desk_row (desk, "Server Address"), "http://127.0.0.1:1");
  g_assert_cmpstr (rushes_provider_status_get_words (get_status (desk, "openai-compatible")), !=, "Does not answer");

  forget_server (desk);
}

/* Preferences may be closed meanwhile. */
static void
test_closed_meanwhile (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);

  show_server (desk);
  desk->hold = TRUE;
  rushes_desk_press (desk, rushes_desk_row (desk, "Connection"), "Test");
  rushes_desk_await (desk, is_held, NULL);
  forget_server (desk);
}

/* ---- addresses ---- */

static void
test_address (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("openai-compatible");
  g_autofree char *url = NULL;
  GtkWidget *row;

  rushes_preferences_show (desk->preferences, "providers/openai-compatible");
  row = rushes_desk_row (desk, "Server Address");
  rushes_desk_await_words (desk, "The address looks like http://127.0.0.1:8091.");

  rushes_desk_type (row, "neither here nor there");
  g_assert_true (gtk_widget_has_css_class (row, "error"));
  url = g_settings_get_string (settings, "base-url");
  g_assert_cmpstr (url, ==, "");
  gtk_editable_set_text (GTK_EDITABLE (row), "http://192.168.1.5:8091");
  g_assert_false (gtk_widget_has_css_class (row, "error"));

  rushes_desk_type (row, " http://192.168.1.5:8091/v1/ ");
  g_clear_pointer (&url, g_free);
  url = g_settings_get_string (settings, "base-url");
  g_assert_cmpstr (url, ==, "http://192.168.1.5:8091");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "http://192.168.1.5:8091");

  forget_server (desk);
}

/* xAI's own service is not what Grok over chat speaks to. */
static void
test_foreign (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("grok-chat");
  g_autofree char *url = NULL;

  rushes_preferences_show (desk->preferences, "providers/grok-chat");
  rushes_desk_type (rushes_desk_row (desk, "Server Address"), "https://api.x.ai/v1");
  url = g_settings_get_string (settings, "base-url");
  g_assert_cmpstr (url, ==, "");
  rushes_desk_press (desk, NULL, "Use xAI Instead");
  rushes_desk_await_words (desk, "api.x.ai");

  rushes_desk_close (desk);
}

static void
test_region (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  RushesProvider *kling = rushes_registry_find (desk->registry, "kling");
  GPtrArray *regions =
      rushes_protocol_get_regions (rushes_description_get_protocol (rushes_provider_get_description (kling)));
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("kling");
  g_autofree char *second = NULL;
  g_autofree char *first = NULL;
  AdwComboRow *row;

  g_assert_cmpuint (regions->len, >, 1);
  rushes_preferences_show (desk->preferences, "providers/kling");
  row = ADW_COMBO_ROW (rushes_desk_row (desk, "Region"));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);

  adw_combo_row_set_selected (row, 1);
  second = g_settings_get_string (settings, "base-url");
  g_assert_cmpstr (second, ==, ((const RushesRegion *) regions->pdata[1])->url);
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (kling)), ==, second);

  /* Another address is asked for, and nothing changes until it is there. */
  g_assert_false (rushes_desk_has_row (desk, "Server Address"));
  adw_combo_row_set_selected (row, regions->len);
  rushes_desk_row (desk, "Server Address");
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (kling)), ==, second);

  adw_combo_row_set_selected (row, 0);
  first = g_settings_get_string (settings, "base-url");
  g_assert_cmpstr (first, ==, "");
  g_assert_false (rushes_desk_has_row (desk, "Server Address"));

  rushes_desk_close (desk);
}

static void
test_proxy (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("xai");
  g_autofree char *proxy = NULL;
  AdwComboRow *row;
  GtkWidget *entry;
  const struct
  {
    const char *typed;
    const char *kept;
  } cases[] = { { "ftp://proxy.lan", "direct://" }, { "proxy.lan:3128", "http://proxy.lan:3128" } };

  rushes_preferences_show (desk->preferences, "providers/xai");
  row = ADW_COMBO_ROW (rushes_desk_row (desk, "Proxy"));
  adw_combo_row_set_selected (row, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *kept = NULL;

      adw_combo_row_set_selected (row, 2);
      entry = rushes_desk_row (desk, "Proxy Address");
      rushes_desk_type (entry, cases[i].typed);
      kept = g_settings_get_string (settings, "proxy");
      g_assert_cmpstr (kept, ==, cases[i].kept);
      g_assert_cmpint (gtk_widget_has_css_class (entry, "error"), ==, i == 0);
    }
  adw_combo_row_set_selected (row, 0);
  g_assert_false (rushes_desk_has_row (desk, "Proxy Address"));
  proxy = g_settings_get_string (settings, "proxy");
  g_assert_cmpstr (proxy, ==, "");

  rushes_desk_close (desk);
}

/* ---- habits ---- */

static void
test_numbers (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  RushesDescription *description = rushes_provider_get_description (rushes_registry_find (desk->registry, "xai"));
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("xai");
  AdwSpinRow *limit, *tries, *slots;

  rushes_preferences_show (desk->preferences, "providers/xai");
  limit = ADW_SPIN_ROW (rushes_desk_row (desk, "Time Limit"));
  tries = ADW_SPIN_ROW (rushes_desk_row (desk, "Further Tries"));
  slots = ADW_SPIN_ROW (rushes_desk_row (desk, "At the Same Time"));
  g_assert_cmpfloat (adw_spin_row_get_value (limit), ==, rushes_description_get_time_limit (description));
  g_assert_cmpfloat (adw_spin_row_get_value (tries), ==, 2);
  g_assert_cmpfloat (adw_spin_row_get_value (slots), ==, rushes_description_get_slots (description));

  adw_spin_row_set_value (limit, 60);
  adw_spin_row_set_value (tries, 0);
  adw_spin_row_set_value (slots, 7);
  g_assert_cmpfloat (g_settings_get_double (settings, "time-limit"), ==, 60);
  g_assert_cmpint (g_settings_get_int (settings, "tries"), ==, 0);
  g_assert_cmpuint (g_settings_get_uint (settings, "slots"), ==, 7);

  /* As usual again, whatever that will be. */
  adw_spin_row_set_value (limit, rushes_description_get_time_limit (description));
  adw_spin_row_set_value (tries, 2);
  g_assert_cmpfloat (g_settings_get_double (settings, "time-limit"), ==, 0);
  g_assert_cmpint (g_settings_get_int (settings, "tries"), ==, -1);

  g_settings_set_uint (settings, "slots", 0);
  g_assert_cmpfloat (adw_spin_row_get_value (slots), ==, rushes_description_get_slots (description));

  rushes_desk_close (desk);
}

static void
test_model (void)
{
  RushesDesk *desk = rushes_desk_open (NULL);
  RushesDescription *description = rushes_provider_get_description (rushes_registry_find (desk->registry, "kling"));
  GListModel *models = rushes_description_get_models (description);
  g_autoptr (RushesModel) second = g_list_model_get_item (models, 1);
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("kling");
  g_autofree char *other = NULL;
  g_autofree char *typed = NULL;
  g_autofree char *usual = NULL;
  AdwComboRow *row;
  guint shown;

  rushes_preferences_show (desk->preferences, "providers/kling");
  row = ADW_COMBO_ROW (rushes_desk_row (desk, "Default Model"));
  shown = adw_combo_row_get_selected (row);
  g_assert_cmpuint (shown, !=, 1);

  adw_combo_row_set_selected (row, 1);
  other = g_settings_get_string (settings, "model");
  g_assert_cmpstr (other, ==, rushes_model_get_id (second));

  /* One that is not listed. */
  g_assert_false (rushes_desk_has_row (desk, "Name of the Model"));
  adw_combo_row_set_selected (row, g_list_model_get_n_items (models));
  rushes_desk_type (rushes_desk_row (desk, "Name of the Model"), " kling-v9 ");
  typed = g_settings_get_string (settings, "model");
  g_assert_cmpstr (typed, ==, "kling-v9");

  adw_combo_row_set_selected (row, shown);
  usual = g_settings_get_string (settings, "model");
  g_assert_cmpstr (usual, ==, "");
  g_assert_false (rushes_desk_has_row (desk, "Name of the Model"));

  rushes_desk_close (desk);
}

/* ---- without a mouse ---- */

/* Every row of a page is reached with Tab alone, in the order in which they stand. */
static void
test_keyboard (void)
{
  static const char *const titles[] = { "Offer This Provider", "Website",    "API Key",       "Get a Key",
                                        "Connection",          "Region",     "Proxy",         "Default Model",
                                        "At the Same Time",    "Time Limit", "Further Tries", "First Delay" };
  RushesDesk *desk = rushes_desk_open (NULL);
  gsize n_reached = 0;

  rushes_preferences_show (desk->preferences, "providers/kling");
  rushes_desk_row (desk, titles[0]);
  for (guint i = 0; i < 60 && n_reached < G_N_ELEMENTS (titles); i++)
    {
      GtkWidget *focus, *row;

      gtk_widget_child_focus (desk->window, GTK_DIR_TAB_FORWARD);
      focus = gtk_root_get_focus (GTK_ROOT (desk->window));
      g_assert_nonnull (focus);
      row = ADW_IS_PREFERENCES_ROW (focus) ? focus : gtk_widget_get_ancestor (focus, ADW_TYPE_PREFERENCES_ROW);
      if (row != NULL && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), titles[n_reached]) == 0)
        n_reached++;
    }
  g_assert_cmpuint (n_reached, ==, G_N_ELEMENTS (titles));

  rushes_desk_close (desk);
}

/* Buttons of ours that show only an icon, and switches beside something else, have words for those who do not see. */
static void
assert_named (GtkWidget *widget)
{
  GtkWidget *row = gtk_widget_get_ancestor (widget, ADW_TYPE_ACTION_ROW);
  gboolean ours = row != NULL && !ADW_IS_SPIN_ROW (row) && !ADW_IS_COMBO_ROW (row) && !ADW_IS_SWITCH_ROW (row);

  if (ours && GTK_IS_BUTTON (widget))
    g_assert_true (gtk_widget_get_tooltip_text (widget) != NULL || gtk_button_get_label (GTK_BUTTON (widget)) != NULL);
  if (ours && GTK_IS_SWITCH (widget))
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_named (child);
}

static void
test_names (void)
{
  static const char *const places[] = { "providers", "providers/kling", "providers/openai-compatible" };
  RushesDesk *desk = rushes_desk_open (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      rushes_preferences_show (desk->preferences, places[i]);
      rushes_desk_row (desk, i == 0 ? "Default Provider" : "Offer This Provider");
      assert_named (GTK_WIDGET (desk->preferences));
    }

  rushes_desk_close (desk);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  g_test_add_func ("/preferences/list", test_list);
  g_test_add_func ("/preferences/default", test_default);
  g_test_add_func ("/preferences/default-switched-off", test_default_switched_off);
  g_test_add_func ("/preferences/enabled", test_enabled);
  g_test_add_func ("/preferences/local", test_local);
  g_test_add_func ("/preferences/key", test_key);
  g_test_add_func ("/preferences/no-key", test_no_key);
  g_test_add_func ("/preferences/variable", test_variable);
  g_test_add_func ("/preferences/test/good", test_good);
  g_test_add_func ("/preferences/test/refused", test_refused);
  g_test_add_func ("/preferences/test/wrong-address", test_wrong_address);
  g_test_add_func ("/preferences/test/nobody-there", test_nobody_there);
  g_test_add_func ("/preferences/test/closed-meanwhile", test_closed_meanwhile);
  g_test_add_func ("/preferences/address", test_address);
  g_test_add_func ("/preferences/foreign", test_foreign);
  g_test_add_func ("/preferences/region", test_region);
  g_test_add_func ("/preferences/proxy", test_proxy);
  g_test_add_func ("/preferences/numbers", test_numbers);
  g_test_add_func ("/preferences/model", test_model);
  g_test_add_func ("/preferences/keyboard", test_keyboard);
  g_test_add_func ("/preferences/names", test_names);

  return g_test_run ();
}
