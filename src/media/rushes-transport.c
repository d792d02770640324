/* rushes-transport.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-transport.h"

G_DEFINE_INTERFACE (RushesTransport, rushes_transport, G_TYPE_OBJECT)

static void
rushes_transport_default_init (RushesTransportInterface *iface)
{
  const GParamFlags read_only = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags read_write = read_only | G_PARAM_WRITABLE;

  g_object_interface_install_property (iface, g_param_spec_boolean ("playing", NULL, NULL, FALSE, read_write));
  g_object_interface_install_property (iface,
                                       g_param_spec_double ("position", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only));
  g_object_interface_install_property (iface,
                                       g_param_spec_double ("duration", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only));
  g_object_interface_install_property (iface, g_param_spec_boolean ("loop", NULL, NULL, FALSE, read_write));
  g_object_interface_install_property (iface, g_param_spec_double ("rate", NULL, NULL, 0.1, 4, 1, read_write));
  g_object_interface_install_property (iface, g_param_spec_double ("volume", NULL, NULL, 0, 1, 1, read_write));
  g_object_interface_install_property (iface, g_param_spec_boolean ("muted", NULL, NULL, FALSE, read_write));
  g_object_interface_install_property (iface,
                                       g_param_spec_double ("frame-rate", NULL, NULL, 0, G_MAXDOUBLE, 0, read_only));
  g_object_interface_install_property (iface, g_param_spec_boolean ("has-audio", NULL, NULL, FALSE, read_only));
}

void
rushes_transport_seek (RushesTransport *self, double seconds)
{
  g_return_if_fail (RUSHES_IS_TRANSPORT (self));

  RUSHES_TRANSPORT_GET_IFACE (self)->seek (self, seconds);
}

void
rushes_transport_step (RushesTransport *self, int frames)
{
  g_return_if_fail (RUSHES_IS_TRANSPORT (self));

  RUSHES_TRANSPORT_GET_IFACE (self)->step (self, frames);
}

gboolean
rushes_transport_get_playing (RushesTransport *self)
{
  gboolean playing;

  g_return_val_if_fail (RUSHES_IS_TRANSPORT (self), FALSE);

  g_object_get (self, "playing", &playing, NULL);

  return playing;
}

void
rushes_transport_set_playing (RushesTransport *self, gboolean playing)
{
  g_return_if_fail (RUSHES_IS_TRANSPORT (self));

  g_object_set (self, "playing", playing, NULL);
}

static double
get_seconds (RushesTransport *self, const char *property)
{
  double seconds;

  g_object_get (self, property, &seconds, NULL);

  return seconds;
}

double
rushes_transport_get_position (RushesTransport *self)
{
  g_return_val_if_fail (RUSHES_IS_TRANSPORT (self), 0);

  return get_seconds (self, "position");
}

double
rushes_transport_get_duration (RushesTransport *self)
{
  g_return_val_if_fail (RUSHES_IS_TRANSPORT (self), 0);

  return get_seconds (self, "duration");
}
