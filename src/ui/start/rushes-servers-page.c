/* rushes-servers-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-servers-page.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-link.h"
#include "rushes-note-row.h"
#include "rushes-protocol.h"
#include "rushes-provider-settings.h"
#include "rushes-server-search.h"
#include "rushes-ui.h"

/* What most servers speak like that have no description of their own. */
#define USUAL_KIND "openai-compatible"

struct _RushesServersPage
{
  AdwNavigationPage parent_instance;

  RushesRegistry *registry;
  GListStore *choices;   /* RushesProvider: those that may be at an address */
  GPtrArray *found_rows; /* GtkWidget */
  GPtrArray *kind_rows;  /* GtkWidget, each with its "provider" */
  gboolean looking;
  char *asked; /* the address that is asked at, as it was typed; NULL */

  AdwPreferencesGroup *found;
  RushesNoteRow *note;
  GtkWidget *look;
  GtkLabel *look_label;
  GtkWidget *spinner;
  GtkWidget *kinds;
  AdwComboRow *kind;
  GtkEditable *address;
  RushesNoteRow *address_note;
};

enum
{
  PICKED,
  KEY_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesServersPage, rushes_servers_page, ADW_TYPE_NAVIGATION_PAGE)

static RushesProtocol *
get_protocol (gpointer provider)
{
  return rushes_description_get_protocol (rushes_provider_get_description (provider));
}

/* The first region needs no setting. */
static void
set_address (RushesHttpProvider *provider, const char *base_url)
{
  g_autoptr (GSettings) settings = rushes_provider_settings_get (rushes_provider_get_id (RUSHES_PROVIDER (provider)));
  GPtrArray *regions = rushes_protocol_get_regions (get_protocol (provider));
  gboolean usual = regions->len > 0 && g_str_equal (((const RushesRegion *) regions->pdata[0])->url, base_url);

  g_settings_set_string (settings, "base-url", usual ? "" : base_url);
}

/* ---- looking on this computer ---- */

static void
use (GtkWidget *button, RushesServersPage *self)
{
  RushesHttpProvider *provider = g_object_get_data (G_OBJECT (button), "provider");

  set_address (provider, g_object_get_data (G_OBJECT (button), "address"));
  g_signal_emit (self, signals[PICKED], 0, provider);
}

static GtkWidget *
make_found_row (RushesServersPage *self, const RushesServer *server)
{
  const char *name = rushes_provider_get_name (RUSHES_PROVIDER (server->provider));
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
  GtkWidget *icon = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *button = gtk_button_new_with_label (_ ("Use"));
  g_autofree char *place = rushes_link_describe (server->base_url);
  /* Translators: the name of a program, and where it runs: “127.0.0.1:8188”. */
  g_autofree char *label = g_strdup_printf (_ ("Use %s at %s"), name, place);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), place);
  gtk_widget_add_css_class (icon, "success");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "provider", g_object_ref (server->provider), g_object_unref);
  g_object_set_data_full (G_OBJECT (button), "address", g_strdup (server->base_url), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (use), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);

  return row;
}

static void
clear_found (RushesServersPage *self)
{
  for (guint i = 0; i < self->found_rows->len; i++)
    adw_preferences_group_remove (self->found, self->found_rows->pdata[i]);
  g_ptr_array_set_size (self->found_rows, 0);
  rushes_note_row_say (self->note, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->found), FALSE);
}

static gboolean
is_found (GPtrArray *servers, gpointer provider)
{
  for (guint i = 0; i < servers->len; i++)
    if (((const RushesServer *) servers->pdata[i])->provider == provider)
      return TRUE;
  return FALSE;
}

/* Below what runs stands what could. */
static void
show_kinds (RushesServersPage *self, GPtrArray *servers)
{
  guint n_shown = 0;

  for (guint i = 0; i < self->kind_rows->len; i++)
    {
      gboolean shown = !is_found (servers, g_object_get_data (self->kind_rows->pdata[i], "provider"));

      gtk_widget_set_visible (self->kind_rows->pdata[i], shown);
      n_shown += shown;
    }
  gtk_widget_set_visible (self->kinds, n_shown > 0);
}

static void
set_looking (RushesServersPage *self, gboolean looking)
{
  self->looking = looking;
  gtk_widget_set_visible (self->spinner, looking);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->look), GTK_ACCESSIBLE_STATE_BUSY, looking, -1);
}

static void
tell (RushesServersPage *self, guint n)
{
  g_autofree char *words = g_strdup_printf (ngettext ("%u program runs here", "%u programs run here", n), n);

  gtk_accessible_announce (GTK_ACCESSIBLE (self), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

static void
looked (gpointer object, DexFuture *future, gpointer data)
{
  RushesServersPage *self = object;
  const GValue *value = dex_future_get_value (future, NULL);
  GPtrArray *servers = g_value_get_boxed (value);
  gboolean had_focus = gtk_widget_has_focus (self->look);

  set_looking (self, FALSE);
  gtk_label_set_label (self->look_label, _ ("Try Again"));
  if (servers->len > 0)
    gtk_widget_remove_css_class (self->look, "suggested-action");
  else
    gtk_widget_add_css_class (self->look, "suggested-action");

  for (guint i = 0; i < servers->len; i++)
    {
      GtkWidget *row = make_found_row (self, servers->pdata[i]);

      adw_preferences_group_add (self->found, row);
      g_ptr_array_add (self->found_rows, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->found), TRUE);
  show_kinds (self, servers);
  if (servers->len == 0)
    rushes_note_row_say (self->note, _ ("None of them runs here. Start one, wait until it is ready, and try again."),
                         NULL);
  else
    {
      tell (self, servers->len);
      if (had_focus)
        gtk_widget_grab_focus (self->found_rows->pdata[0]);
    }
}

static void
look (RushesServersPage *self)
{
  if (self->looking)
    return;
  clear_found (self);
  set_looking (self, TRUE);
  rushes_when (rushes_server_search (G_LIST_MODEL (self->registry)), self, looked, NULL, NULL);
}

/* ---- elsewhere ---- */

static void
refuse_address (RushesServersPage *self, const GError *error)
{
  gtk_widget_add_css_class (GTK_WIDGET (self->address), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_TRUE, -1);
  rushes_note_row_say (self->address_note, error->message, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
}

static void
address_edited (RushesServersPage *self)
{
  g_clear_pointer (&self->asked, g_free);
  gtk_widget_remove_css_class (GTK_WIDGET (self->address), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID,
                               GTK_ACCESSIBLE_INVALID_FALSE, -1);
  rushes_note_row_hint (self->address_note, NULL, NULL);
}

typedef struct
{
  RushesHttpProvider *provider;
  char *base_url;
} Question;

static void
question_free (gpointer data)
{
  Question *self = data;

  g_object_unref (self->provider);
  g_free (self->base_url);
  g_free (self);
}

static void
answered (gpointer object, DexFuture *future, gpointer data)
{
  RushesServersPage *self = object;
  const Question *question = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) ours = NULL;

  /* It was changed meanwhile. */
  if (g_strcmp0 (self->asked, question->base_url) != 0)
    return;
  g_clear_pointer (&self->asked, g_free);
  rushes_note_row_hint (self->address_note, NULL, NULL);
  if (dex_future_get_value (future, &error) != NULL)
    {
      set_address (question->provider, question->base_url);
      g_signal_emit (self, signals[PICKED], 0, question->provider);
      return;
    }

  ours = rushes_error_translate (error);
  if (g_error_matches (ours, RUSHES_ERROR, RUSHES_ERROR_AUTH) ||
      g_error_matches (ours, RUSHES_ERROR, RUSHES_ERROR_FORBIDDEN))
    {
      set_address (question->provider, question->base_url);
      g_signal_emit (self, signals[KEY_WANTED], 0, question->provider);
    }
  else
    refuse_address (self, ours);
}

static void
address_typed (RushesServersPage *self)
{
  RushesHttpProvider *provider = adw_combo_row_get_selected_item (self->kind);
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  Question *question;

  url = rushes_protocol_normalize_url (get_protocol (provider), gtk_editable_get_text (self->address), &error);
  if (url == NULL)
    {
      refuse_address (self, error);
      return;
    }
  question = g_new0 (Question, 1);
  question->provider = g_object_ref (provider);
  question->base_url = g_strdup (url);
  g_set_str (&self->asked, url);
  rushes_note_row_hint (self->address_note, _ ("Asking whether it is there…"), NULL);
  rushes_when (rushes_server_ask (provider, url), self, answered, question, question_free);
}

/* ---- what there is ---- */

static void
open_homepage (GtkWidget *row)
{
  rushes_link_open (row, rushes_protocol_get_homepage (get_protocol (g_object_get_data (G_OBJECT (row), "provider"))));
}

static GtkWidget *
make_kind_row (RushesProvider *provider)
{
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL);
  const char *summary = rushes_description_get_summary (rushes_provider_get_description (provider));

  g_object_set_data_full (G_OBJECT (row), "provider", g_object_ref (provider), g_object_unref);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rushes_protocol_get_server (get_protocol (provider)));
  if (summary != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), summary);
  if (rushes_protocol_get_homepage (get_protocol (provider)) != NULL)
    {
      GtkWidget *icon = gtk_image_new_from_icon_name ("adw-external-link-symbolic");
      g_autofree char *place = rushes_link_describe (rushes_protocol_get_homepage (get_protocol (provider)));

      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_tooltip_text (row, place);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), icon);
      g_signal_connect (row, "activated", G_CALLBACK (open_homepage), NULL);
    }

  return row;
}

static char *
name_provider (RushesProvider *provider, gpointer data)
{
  return g_strdup (rushes_provider_get_name (provider));
}

static void
rushes_servers_page_shown (AdwNavigationPage *page)
{
  gtk_widget_grab_focus (RUSHES_SERVERS_PAGE (page)->look);
}

void
rushes_servers_page_set_registry (RushesServersPage *self, RushesRegistry *registry)
{
  g_autoptr (GtkExpression) name =
      gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (name_provider), NULL, NULL);

  g_return_if_fail (RUSHES_IS_SERVERS_PAGE (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));
  g_return_if_fail (self->registry == NULL);

  self->registry = g_object_ref (registry);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (registry), i);

      if (rushes_server_is_kind (provider) || g_str_equal (rushes_provider_get_id (provider), USUAL_KIND))
        g_list_store_append (self->choices, provider);
      if (rushes_server_is_kind (provider))
        {
          GtkWidget *row = make_kind_row (provider);

          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->kinds), row);
          g_ptr_array_add (self->kind_rows, row);
        }
    }
  adw_combo_row_set_expression (self->kind, name);
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (self->choices));
}

/* ---- the object ---- */

static void
rushes_servers_page_dispose (GObject *object)
{
  RushesServersPage *self = RUSHES_SERVERS_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_SERVERS_PAGE);
  g_clear_object (&self->registry);

  G_OBJECT_CLASS (rushes_servers_page_parent_class)->dispose (object);
}

static void
rushes_servers_page_finalize (GObject *object)
{
  RushesServersPage *self = RUSHES_SERVERS_PAGE (object);

  g_clear_object (&self->choices);
  g_ptr_array_unref (self->found_rows);
  g_ptr_array_unref (self->kind_rows);
  g_free (self->asked);

  G_OBJECT_CLASS (rushes_servers_page_parent_class)->finalize (object);
}

static void
rushes_servers_page_class_init (RushesServersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = rushes_servers_page_dispose;
  object_class->finalize = rushes_servers_page_finalize;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = rushes_servers_page_shown;

  signals[PICKED] =
      g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RUSHES_TYPE_HTTP_PROVIDER);
  signals[KEY_WANTED] = g_signal_new ("key-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                      RUSHES_TYPE_HTTP_PROVIDER);

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-servers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, found);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, note);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, look);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, look_label);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, kinds);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, kind);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, address);
  gtk_widget_class_bind_template_child (widget_class, RushesServersPage, address_note);
  gtk_widget_class_bind_template_callback (widget_class, look);
  gtk_widget_class_bind_template_callback (widget_class, address_typed);
  gtk_widget_class_bind_template_callback (widget_class, address_edited);
}

static void
rushes_servers_page_init (RushesServersPage *self)
{
  self->choices = g_list_store_new (RUSHES_TYPE_PROVIDER);
  self->found_rows = g_ptr_array_new ();
  self->kind_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
