/* rushes-ways.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-ways.h"

#include "rushes-way-card.h"

struct _RushesWays
{
  GtkBox parent_instance;

  gboolean busy;

  GtkWidget *service;
  GtkWidget *server;
};

enum
{
  PROP_BUSY = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesWays, rushes_ways, GTK_TYPE_BOX)

static void
clicked (RushesWays *self, GtkWidget *card)
{
  const char *way = card == self->service ? "service" : card == self->server ? "server" : "animatic";

  g_signal_emit (self, signals[CHOSEN], 0, way);
}

/* One below the other there is room for words beside the symbol. */
static GtkOrientation
get_across (RushesWays *self, GtkOrientation orientation)
{
  return orientation == GTK_ORIENTATION_VERTICAL ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;
}

/* Side by side they are as wide as each other. */
static gboolean
is_row (RushesWays *self, GtkOrientation orientation)
{
  return orientation == GTK_ORIENTATION_HORIZONTAL;
}

static void
rushes_ways_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, RUSHES_WAYS (object)->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_ways_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  RushesWays *self = RUSHES_WAYS (object);

  switch (id)
    {
    case PROP_BUSY:
      if (self->busy == g_value_get_boolean (value))
        return;
      self->busy = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rushes_ways_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_WAYS);

  G_OBJECT_CLASS (rushes_ways_parent_class)->dispose (object);
}

static void
rushes_ways_class_init (RushesWaysClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = rushes_ways_get_property;
  object_class->set_property = rushes_ways_set_property;
  object_class->dispose = rushes_ways_dispose;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUSHES_TYPE_WAY_CARD);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-ways.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesWays, service);
  gtk_widget_class_bind_template_child (widget_class, RushesWays, server);
  gtk_widget_class_bind_template_callback (widget_class, clicked);
  gtk_widget_class_bind_template_callback (widget_class, get_across);
  gtk_widget_class_bind_template_callback (widget_class, is_row);
}

static void
rushes_ways_init (RushesWays *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
