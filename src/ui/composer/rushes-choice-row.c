/* rushes-choice-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-choice-row.h"

#include "rushes-fit.h"

/* What fits beside a title in the composer. */
#define MOST_TOGGLES 5

struct _RushesChoiceRow
{
  AdwActionRow parent_instance;

  char **values;
  char **titles;
  char *value;
  GtkWidget *chooser;
  AdwToggleGroup *toggles; /* NULL when they are too many */
  GtkDropDown *drop_down;  /* shown in their place where they do not fit */
  gboolean following;
};

enum
{
  PROP_VALUE = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesChoiceRow, rushes_choice_row, ADW_TYPE_ACTION_ROW)

static void
show_value (RushesChoiceRow *self)
{
  guint place = GTK_INVALID_LIST_POSITION;

  for (guint i = 0; self->values != NULL && self->values[i] != NULL; i++)
    if (g_strcmp0 (self->values[i], self->value) == 0)
      place = i;

  if (self->drop_down == NULL)
    return;
  self->following = TRUE;
  if (self->toggles != NULL)
    adw_toggle_group_set_active (self->toggles, place);
  gtk_drop_down_set_selected (self->drop_down, place);
  self->following = FALSE;
}

static void
choose (RushesChoiceRow *self, guint place)
{
  if (!self->following && place < g_strv_length (self->values))
    rushes_choice_row_set_value (self, self->values[place]);
}

static void
toggled (RushesChoiceRow *self)
{
  choose (self, adw_toggle_group_get_active (self->toggles));
}

static void
selected (RushesChoiceRow *self)
{
  choose (self, gtk_drop_down_get_selected (self->drop_down));
}

static GtkWidget *
make_toggles (RushesChoiceRow *self)
{
  GtkWidget *group = adw_toggle_group_new ();

  for (gsize i = 0; self->titles[i] != NULL; i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_label (toggle, self->titles[i]);
      adw_toggle_set_name (toggle, self->values[i]);
      adw_toggle_group_add (ADW_TOGGLE_GROUP (group), toggle);
    }
  gtk_widget_add_css_class (group, "numeric");
  g_signal_connect_object (group, "notify::active", G_CALLBACK (toggled), self, G_CONNECT_SWAPPED);

  return group;
}

static void
name_chooser (RushesChoiceRow *self, gpointer chooser)
{
  gtk_accessible_update_property (chooser, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)), -1);
}

static void
remove_chooser (RushesChoiceRow *self)
{
  if (self->chooser != NULL)
    adw_action_row_remove (ADW_ACTION_ROW (self), self->chooser);
  self->chooser = NULL;
  self->toggles = NULL;
  self->drop_down = NULL;
}

/* Whoever shows the row all the same says what there is no choosing of just now. */
static void
show_only_choice (RushesChoiceRow *self)
{
  self->chooser = gtk_label_new (self->titles[0]);
  gtk_widget_add_css_class (self->chooser, "dim-label");
  gtk_widget_add_css_class (self->chooser, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->chooser);
}

void
rushes_choice_row_set_choices (RushesChoiceRow *self, const char *const *values, const char *const *titles)
{
  guint n;

  g_return_if_fail (RUSHES_IS_CHOICE_ROW (self));
  g_return_if_fail (values != NULL && titles != NULL);

  if (self->values != NULL && g_strv_equal ((const char *const *) self->values, values) &&
      g_strv_equal ((const char *const *) self->titles, titles))
    return;

  remove_chooser (self);
  g_strfreev (self->values);
  g_strfreev (self->titles);
  self->values = g_strdupv ((char **) values);
  self->titles = g_strdupv ((char **) titles);

  n = g_strv_length (self->values);
  gtk_widget_set_visible (GTK_WIDGET (self), n > 1);
  if (n < 2)
    {
      if (n == 1)
        show_only_choice (self);
      return;
    }

  self->following = TRUE;
  self->chooser = gtk_drop_down_new_from_strings ((const char *const *) self->titles);
  self->drop_down = GTK_DROP_DOWN (self->chooser);
  name_chooser (self, self->drop_down);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (selected), self, G_CONNECT_SWAPPED);
  /* Words that end in dots choose nothing: large text, or a telephone, brings the drop-down back. */
  if (n <= MOST_TOGGLES)
    {
      self->toggles = ADW_TOGGLE_GROUP (make_toggles (self));
      name_chooser (self, self->toggles);
      self->chooser = rushes_fit_new (GTK_WIDGET (self->toggles), GTK_WIDGET (self->drop_down));
    }
  gtk_widget_set_valign (self->chooser, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->chooser);
  show_value (self);
}

const char *
rushes_choice_row_get_value (RushesChoiceRow *self)
{
  g_return_val_if_fail (RUSHES_IS_CHOICE_ROW (self), NULL);

  return self->value;
}

void
rushes_choice_row_set_value (RushesChoiceRow *self, const char *value)
{
  g_return_if_fail (RUSHES_IS_CHOICE_ROW (self));

  if (!g_set_str (&self->value, value))
    return;
  show_value (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
rushes_choice_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VALUE:
      g_value_set_string (value, RUSHES_CHOICE_ROW (object)->value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_choice_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_VALUE:
      rushes_choice_row_set_value (RUSHES_CHOICE_ROW (object), g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_choice_row_finalize (GObject *object)
{
  RushesChoiceRow *self = RUSHES_CHOICE_ROW (object);

  g_strfreev (self->values);
  g_strfreev (self->titles);
  g_free (self->value);

  G_OBJECT_CLASS (rushes_choice_row_parent_class)->finalize (object);
}

static void
rushes_choice_row_class_init (RushesChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rushes_choice_row_get_property;
  object_class->set_property = rushes_choice_row_set_property;
  object_class->finalize = rushes_choice_row_finalize;

  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rushes_choice_row_init (RushesChoiceRow *self)
{
}

GtkWidget *
rushes_choice_row_new (const char *title)
{
  return g_object_new (RUSHES_TYPE_CHOICE_ROW, "title", title, "use-markup", FALSE, NULL);
}
