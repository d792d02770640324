/* rushes-takes-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-takes-group.h"

#include <glib/gi18n.h>

#include "rushes-http-provider.h"
#include "rushes-provider-settings.h"
#include "rushes-queue.h"

/* A list that is longer than this is searched rather than looked through. */
#define SEARCHED 8

struct _RushesTakesGroup
{
  AdwPreferencesGroup parent_instance;

  RushesProvider *provider;
  GSettings *settings;
  gboolean following;

  AdwComboRow *model;
  AdwEntryRow *model_name; /* where a service takes any */
  GtkWidget *slots;
  GtkWidget *time_limit;
  GtkWidget *tries;
  GtkWidget *delay;
};

G_DEFINE_FINAL_TYPE (RushesTakesGroup, rushes_takes_group, ADW_TYPE_PREFERENCES_GROUP)

/* ---- numbers ---- */

/* A number of the settings that has a value for "as usual": what that is, and how it is written. */
typedef struct
{
  double usual;
  double unset;
} Number;

static double
number_of (GVariant *variant)
{
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_DOUBLE))
    return g_variant_get_double (variant);
  if (g_variant_is_of_type (variant, G_VARIANT_TYPE_UINT32))
    return g_variant_get_uint32 (variant);

  return g_variant_get_int32 (variant);
}

static gboolean
read_number (GValue *value, GVariant *variant, gpointer data)
{
  const Number *number = data;
  double stored = number_of (variant);

  g_value_set_double (value, stored == number->unset ? number->usual : stored);

  return TRUE;
}

/* What is as usual stays unset, so that it follows the description. */
static GVariant *
write_number (const GValue *value, const GVariantType *type, gpointer data)
{
  const Number *number = data;
  double shown = g_value_get_double (value);

  if (shown == number->usual)
    shown = number->unset;
  if (g_variant_type_equal (type, G_VARIANT_TYPE_DOUBLE))
    return g_variant_new_double (shown);
  if (g_variant_type_equal (type, G_VARIANT_TYPE_UINT32))
    return g_variant_new_uint32 (shown);

  return g_variant_new_int32 (shown);
}

static void
bind_number (RushesTakesGroup *self, GtkWidget *row, const char *key, double usual, double unset)
{
  Number *number = g_new (Number, 1);

  *number = (Number) { usual, unset };
  g_settings_bind_with_mapping (self->settings, key, row, "value", G_SETTINGS_BIND_DEFAULT, read_number, write_number,
                                number, g_free);
}

/* The queue's own, which hold where a provider has none. */
static double
usual_of_queue (const char *property)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (RUSHES_TYPE_QUEUE);
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_CLASS (klass), property);

  if (G_IS_PARAM_SPEC_UINT (pspec))
    return G_PARAM_SPEC_UINT (pspec)->default_value;

  return G_PARAM_SPEC_DOUBLE (pspec)->default_value;
}

/* ---- the model ---- */

static const char *
get_usual_model (RushesTakesGroup *self)
{
  return rushes_description_get_default_model (rushes_provider_get_description (self->provider));
}

static char *
get_model (RushesTakesGroup *self)
{
  char *id = g_settings_get_string (self->settings, "model");

  if (*id == '\0')
    g_set_str (&id, get_usual_model (self));

  return id;
}

static void
set_model (RushesTakesGroup *self, const char *id)
{
  g_settings_set_string (self->settings, "model", g_str_equal (id, get_usual_model (self)) ? "" : id);
}

/* Where among those that are listed; as many as there are when it is not. */
static guint
find_model (RushesTakesGroup *self, const char *id)
{
  GListModel *models = rushes_provider_get_models (self->provider);
  guint n = g_list_model_get_n_items (models);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      if (g_str_equal (rushes_model_get_id (model), id))
        return i;
    }
  return n;
}

static void
show_model (RushesTakesGroup *self)
{
  g_autofree char *chosen = get_model (self);
  guint selected = find_model (self, chosen);
  gboolean other = selected == g_list_model_get_n_items (rushes_provider_get_models (self->provider));

  self->following = TRUE;
  adw_combo_row_set_selected (self->model, selected);
  self->following = FALSE;
  adw_entry_row_set_show_apply_button (self->model_name, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->model_name), other ? chosen : "");
  adw_entry_row_set_show_apply_button (self->model_name, TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->model_name), other);
}

static void
model_chosen (RushesTakesGroup *self)
{
  g_autoptr (RushesModel) model = NULL;

  if (self->following || self->provider == NULL)
    return;
  model = g_list_model_get_item (rushes_provider_get_models (self->provider), adw_combo_row_get_selected (self->model));
  if (model != NULL)
    {
      set_model (self, rushes_model_get_id (model));
      show_model (self);
      return;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->model_name), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->model_name));
}

static void
model_typed (RushesTakesGroup *self)
{
  g_autofree char *id = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->model_name))));

  set_model (self, *id != '\0' ? id : get_usual_model (self));
  show_model (self);
}

static void
fill_models (RushesTakesGroup *self)
{
  GListModel *models = rushes_provider_get_models (self->provider);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n = g_list_model_get_n_items (models);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (models, i);

      gtk_string_list_append (names, rushes_model_get_name (model));
    }
  if (rushes_description_get_any_model (rushes_provider_get_description (self->provider)) != NULL)
    /* Translators: another model than those in the list, by its name. */
    gtk_string_list_append (names, C_ ("model", "Other…"));
  n = g_list_model_get_n_items (G_LIST_MODEL (names));

  self->following = TRUE;
  adw_combo_row_set_model (self->model, G_LIST_MODEL (names));
  self->following = FALSE;
  adw_combo_row_set_enable_search (self->model, n > SEARCHED);
  adw_combo_row_set_search_match_mode (self->model, GTK_STRING_FILTER_MATCH_MODE_SUBSTRING);
  gtk_widget_set_visible (GTK_WIDGET (self->model), n > 1);
}

/* ---- the object ---- */

void
rushes_takes_group_set_provider (RushesTakesGroup *self, RushesProvider *provider)
{
  RushesDescription *description;
  gboolean remote = RUSHES_IS_HTTP_PROVIDER (provider);

  g_return_if_fail (RUSHES_IS_TAKES_GROUP (self));
  g_return_if_fail (RUSHES_IS_PROVIDER (provider));
  g_return_if_fail (self->provider == NULL);

  self->provider = g_object_ref (provider);
  self->settings = rushes_provider_settings_get (rushes_provider_get_id (provider));
  description = rushes_provider_get_description (provider);
  fill_models (self);
  show_model (self);
  bind_number (self, self->slots, "slots", rushes_description_get_slots (description), 0);
  bind_number (self, self->time_limit, "time-limit", rushes_description_get_time_limit (description), 0);
  bind_number (self, self->tries, "tries", usual_of_queue ("tries"), -1);
  bind_number (self, self->delay, "delay", usual_of_queue ("delay"), -1);
  /* What this computer makes is neither accepted nor refused. */
  gtk_widget_set_visible (self->tries, remote);
  gtk_widget_set_visible (self->delay, remote);
}

static void
rushes_takes_group_dispose (GObject *object)
{
  RushesTakesGroup *self = RUSHES_TAKES_GROUP (object);

  self->following = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), RUSHES_TYPE_TAKES_GROUP);
  g_clear_object (&self->provider);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (rushes_takes_group_parent_class)->dispose (object);
}

static void
rushes_takes_group_class_init (RushesTakesGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_takes_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-takes-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesTakesGroup, model);
  gtk_widget_class_bind_template_child (widget_class, RushesTakesGroup, model_name);
  gtk_widget_class_bind_template_child (widget_class, RushesTakesGroup, slots);
  gtk_widget_class_bind_template_child (widget_class, RushesTakesGroup, time_limit);
  gtk_widget_class_bind_template_child (widget_class, RushesTakesGroup, tries);
  gtk_widget_class_bind_template_child (widget_class, RushesTakesGroup, delay);
  gtk_widget_class_bind_template_callback (widget_class, model_chosen);
  gtk_widget_class_bind_template_callback (widget_class, model_typed);
}

static void
rushes_takes_group_init (RushesTakesGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
