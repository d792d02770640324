/* rushes-address-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-address-group.h"

#include <glib/gi18n.h>

#include "rushes-link.h"
#include "rushes-note-row.h"
#include "rushes-protocol.h"
#include "rushes-provider-settings.h"
#include "rushes-provider-status.h"
#include "rushes-toast.h"

struct _RushesAddressGroup
{
  AdwPreferencesGroup parent_instance;

  RushesHttpProvider *provider;
  GSettings *settings;
  gboolean following;
  char *other_id; /* the provider that the typed address belongs to; NULL */

  AdwComboRow *region;
  AdwEntryRow *address;
  RushesNoteRow *address_note;
};

G_DEFINE_FINAL_TYPE (RushesAddressGroup, rushes_address_group, ADW_TYPE_PREFERENCES_GROUP)

static RushesDescription *
get_description (RushesAddressGroup *self)
{
  return rushes_provider_get_description (RUSHES_PROVIDER (self->provider));
}

static GPtrArray *
get_regions (RushesAddressGroup *self)
{
  return rushes_protocol_get_regions (rushes_description_get_protocol (get_description (self)));
}

/* Without the mark that it was edited: what is shown is what holds. */
static void
show_text (AdwEntryRow *row, const char *text)
{
  adw_entry_row_set_show_apply_button (row, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  adw_entry_row_set_show_apply_button (row, TRUE);
}

static void
mark (gpointer row, gboolean wrong)
{
  if (wrong)
    gtk_widget_add_css_class (row, "error");
  else
    gtk_widget_remove_css_class (row, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

/* ---- the address ---- */

/* The region that is used; as many as there are for another address. */
static guint
find_region (RushesAddressGroup *self, const char *url)
{
  GPtrArray *regions = get_regions (self);

  if (*url == '\0')
    return 0;
  for (guint i = 0; i < regions->len; i++)
    if (g_strcmp0 (((const RushesRegion *) regions->pdata[i])->url, url) == 0)
      return i;

  return regions->len;
}

/* What helps to find the right address: where the region is, or an example. */
static void
show_hint (RushesAddressGroup *self)
{
  GPtrArray *regions = get_regions (self);
  guint selected = adw_combo_row_get_selected (self->region);
  const char *example = rushes_protocol_get_example_url (rushes_description_get_protocol (get_description (self)));
  g_autofree char *host = NULL;
  g_autofree char *hint = NULL;

  if (regions->len > 0 && selected < regions->len)
    host = rushes_link_describe (((const RushesRegion *) regions->pdata[selected])->url);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->region), host);

  if (example != NULL && gtk_widget_get_visible (GTK_WIDGET (self->address)) &&
      *gtk_editable_get_text (GTK_EDITABLE (self->address)) == '\0')
    /* Translators: %s is an address, http://localhost:8091. */
    hint = g_strdup_printf (_ ("The address looks like %s."), example);
  rushes_note_row_hint (self->address_note, hint, NULL);
}

static void
show_address (RushesAddressGroup *self)
{
  g_autofree char *url = g_settings_get_string (self->settings, "base-url");
  guint region = find_region (self, url);
  gboolean other = region == get_regions (self)->len;

  self->following = TRUE;
  adw_combo_row_set_selected (self->region, region);
  self->following = FALSE;
  show_text (self->address, other ? url : "");
  gtk_widget_set_visible (GTK_WIDGET (self->address), other || get_regions (self)->len == 0);
  mark (self->address, FALSE);
  show_hint (self);
}

static void
set_url (RushesAddressGroup *self, const char *url)
{
  RushesProviderStatus *status = rushes_provider_status_of (RUSHES_PROVIDER (self->provider));

  g_settings_set_string (self->settings, "base-url",
                         find_region (self, url) == 0 && get_regions (self)->len > 0 ? "" : url);
  rushes_provider_status_forget (status);
  rushes_provider_status_refresh (status);
}

static void
region_chosen (RushesAddressGroup *self)
{
  GPtrArray *regions;
  guint selected = adw_combo_row_get_selected (self->region);

  if (self->following || self->provider == NULL)
    return;

  regions = get_regions (self);
  if (selected < regions->len)
    {
      set_url (self, ((const RushesRegion *) regions->pdata[selected])->url);
      show_address (self);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->address), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  show_hint (self);
}

/* The provider that a host belongs to, when people take it for this service's. */
static const char *
find_foreign (RushesAddressGroup *self, const char *typed)
{
  JsonObject *root = json_node_get_object (rushes_description_get_json (get_description (self)));
  JsonObject *foreign =
      json_object_has_member (root, "foreign") ? json_object_get_object_member (root, "foreign") : NULL;
  g_autofree char *text = strstr (typed, "://") != NULL ? g_strdup (typed) : g_strconcat ("https://", typed, NULL);
  g_autoptr (GUri) uri = g_uri_parse (g_strstrip (text), G_URI_FLAGS_NONE, NULL);

  if (foreign == NULL || uri == NULL || g_uri_get_host (uri) == NULL)
    return NULL;

  return json_object_get_string_member_with_default (foreign, g_uri_get_host (uri), NULL);
}

static void
refuse_address (RushesAddressGroup *self, const char *typed, const GError *error)
{
  g_autofree char *button = NULL;

  g_set_str (&self->other_id, find_foreign (self, typed));
  if (self->other_id != NULL)
    {
      g_autoptr (RushesDescription) other = rushes_description_new_shipped (self->other_id, NULL);

      /* Translators: %s is the name of a service. */
      button =
          g_strdup_printf (_ ("Use %s Instead"), other != NULL ? rushes_description_get_name (other) : self->other_id);
    }
  mark (self->address, TRUE);
  rushes_note_row_say (self->address_note, error->message, button);
}

static void
address_typed (RushesAddressGroup *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->address));
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;

  if (*typed != '\0' || get_regions (self)->len > 0)
    {
      url = rushes_protocol_normalize_url (rushes_description_get_protocol (get_description (self)), typed, &error);
      if (url == NULL)
        {
          refuse_address (self, typed, error);
          gtk_widget_grab_focus (GTK_WIDGET (self->address));
          return;
        }
    }
  set_url (self, url != NULL ? url : "");
  show_address (self);
}

static void
address_edited (RushesAddressGroup *self)
{
  mark (self->address, FALSE);
  if (self->provider != NULL)
    show_hint (self);
}

static void
use_other (RushesAddressGroup *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "preferences.show-provider", "s", self->other_id);
}

/* ---- the object ---- */

static void
fill_regions (RushesAddressGroup *self)
{
  GPtrArray *regions = get_regions (self);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < regions->len; i++)
    gtk_string_list_append (names, ((const RushesRegion *) regions->pdata[i])->name);
  /* Translators: another server than those in the list, by its address. */
  gtk_string_list_append (names, _ ("Other…"));
  self->following = TRUE;
  adw_combo_row_set_model (self->region, G_LIST_MODEL (names));
  self->following = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->region), regions->len > 0);
}

void
rushes_address_group_set_provider (RushesAddressGroup *self, RushesHttpProvider *provider)
{
  g_return_if_fail (RUSHES_IS_ADDRESS_GROUP (self));
  g_return_if_fail (RUSHES_IS_HTTP_PROVIDER (provider));
  g_return_if_fail (self->provider == NULL);

  self->provider = g_object_ref (provider);
  self->settings = rushes_provider_settings_get (rushes_provider_get_id (RUSHES_PROVIDER (provider)));
  fill_regions (self);
  show_address (self);
}

static void
rushes_address_group_dispose (GObject *object)
{
  RushesAddressGroup *self = RUSHES_ADDRESS_GROUP (object);

  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_ADDRESS_GROUP);
  g_clear_object (&self->provider);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->other_id, g_free);

  G_OBJECT_CLASS (rushes_address_group_parent_class)->dispose (object);
}

static void
rushes_address_group_class_init (RushesAddressGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_address_group_dispose;

  g_type_ensure (RUSHES_TYPE_NOTE_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-address-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesAddressGroup, region);
  gtk_widget_class_bind_template_child (widget_class, RushesAddressGroup, address);
  gtk_widget_class_bind_template_child (widget_class, RushesAddressGroup, address_note);
  gtk_widget_class_bind_template_callback (widget_class, region_chosen);
  gtk_widget_class_bind_template_callback (widget_class, address_typed);
  gtk_widget_class_bind_template_callback (widget_class, address_edited);
  gtk_widget_class_bind_template_callback (widget_class, use_other);
}

static void
rushes_address_group_init (RushesAddressGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
