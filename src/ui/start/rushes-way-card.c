/* rushes-way-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-way-card.h"

struct _RushesWayCard
{
  GtkButton parent_instance;

  char *symbol;
  char *title;
  char *subtitle;
  gboolean busy;
  GtkOrientation orientation;
};

enum
{
  PROP_SYMBOL = 1,
  PROP_TITLE,
  PROP_SUBTITLE,
  PROP_BUSY,
  PROP_ORIENTATION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (RushesWayCard, rushes_way_card, GTK_TYPE_BUTTON)

static char *
get_sign (RushesWayCard *self, gboolean busy)
{
  return g_strdup (busy ? "spinner" : "symbol");
}

static void
rushes_way_card_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  RushesWayCard *self = RUSHES_WAY_CARD (object);

  switch (id)
    {
    case PROP_SYMBOL:
      g_value_set_string (value, self->symbol);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    case PROP_ORIENTATION:
      g_value_set_enum (value, self->orientation);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_way_card_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesWayCard *self = RUSHES_WAY_CARD (object);
  gboolean changed = FALSE;

  switch (id)
    {
    case PROP_SYMBOL:
      changed = g_set_str (&self->symbol, g_value_get_string (value));
      break;
    case PROP_TITLE:
      changed = g_set_str (&self->title, g_value_get_string (value));
      break;
    case PROP_SUBTITLE:
      changed = g_set_str (&self->subtitle, g_value_get_string (value));
      break;
    case PROP_BUSY:
      changed = self->busy != g_value_get_boolean (value);
      self->busy = g_value_get_boolean (value);
      gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_BUSY, self->busy, -1);
      break;
    case PROP_ORIENTATION:
      changed = (int) self->orientation != g_value_get_enum (value);
      self->orientation = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

static void
rushes_way_card_finalize (GObject *object)
{
  RushesWayCard *self = RUSHES_WAY_CARD (object);

  g_free (self->symbol);
  g_free (self->title);
  g_free (self->subtitle);

  G_OBJECT_CLASS (rushes_way_card_parent_class)->finalize (object);
}

static void
rushes_way_card_class_init (RushesWayCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = rushes_way_card_get_property;
  object_class->set_property = rushes_way_card_set_property;
  object_class->finalize = rushes_way_card_finalize;

  properties[PROP_SYMBOL] = g_param_spec_string ("symbol", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, flags);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, flags);
  properties[PROP_ORIENTATION] =
      g_param_spec_enum ("orientation", NULL, NULL, GTK_TYPE_ORIENTATION, GTK_ORIENTATION_VERTICAL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-way-card.ui");
  gtk_widget_class_bind_template_callback (widget_class, get_sign);
}

static void
rushes_way_card_init (RushesWayCard *self)
{
  self->orientation = GTK_ORIENTATION_VERTICAL;
  gtk_widget_init_template (GTK_WIDGET (self));
}
