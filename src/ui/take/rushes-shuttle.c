/* rushes-shuttle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-shuttle.h"

#include <math.h>
#include <string.h>

#define QUICKEST 4
/* Milliseconds between two steps back, which are seeks: what decoders do backwards differs too much. */
#define TICK 40
/* Seconds; whoever moved it further was not this. */
#define FAR 0.5

typedef struct
{
  RushesTransport *transport;
  int speed;    /* -4 … 4; 0 while it is not at work */
  double rate;  /* what the person chose */
  double at;    /* backwards: where it is, in seconds */
  gint64 since; /* backwards: the last step, monotonic */
  guint tick;
  gulong watch;     /* what is done to it otherwise */
  gboolean held[3]; /* J, K, L */
} Shuttle;

static const guint keys[] = { GDK_KEY_j, GDK_KEY_k, GDK_KEY_l };

enum
{
  BACK,
  STILL,
  FORTH,
};

static void
set_rate (Shuttle *self, double rate)
{
  g_object_set (self->transport, "rate", rate, NULL);
}

static void
stop (Shuttle *self)
{
  if (self->speed > 1)
    set_rate (self, self->rate);
  self->speed = 0;
  g_clear_handle_id (&self->tick, g_source_remove);
}

static void
stand (Shuttle *self)
{
  stop (self);
  rushes_transport_set_playing (self->transport, FALSE);
}

static gboolean
step_back (gpointer data)
{
  Shuttle *self = data;
  gint64 now = g_get_monotonic_time ();
  double position = rushes_transport_get_position (self->transport);

  if (fabs (position - self->at) > FAR)
    self->at = position;
  self->at += self->speed * (double) (now - self->since) / G_USEC_PER_SEC;
  self->since = now;
  rushes_transport_seek (self->transport, MAX (self->at, 0.0));
  if (self->at > 0)
    return G_SOURCE_CONTINUE;

  self->tick = 0;
  stop (self);
  return G_SOURCE_REMOVE;
}

static void
go_back (Shuttle *self)
{
  int speed = self->speed < 0 ? MAX (2 * self->speed, -QUICKEST) : -1;

  stand (self);
  self->speed = speed;
  self->at = rushes_transport_get_position (self->transport);
  self->since = g_get_monotonic_time ();
  self->tick = g_timeout_add (TICK, step_back, self);
}

static void
go_forth (Shuttle *self)
{
  int speed = self->speed > 0 ? MIN (2 * self->speed, QUICKEST) : 1;

  if (self->speed <= 0)
    {
      stop (self);
      g_object_get (self->transport, "rate", &self->rate, NULL);
    }
  self->speed = speed;
  if (speed > 1)
    set_rate (self, speed);
  rushes_transport_set_playing (self->transport, TRUE);
}

/* Space, a button, the end of the clip. */
static void
playing_changed (Shuttle *self)
{
  gboolean playing = rushes_transport_get_playing (self->transport);

  if (playing ? self->speed < 0 : self->speed > 0)
    stop (self);
}

static int
find_key (guint keyval)
{
  for (int i = 0; i < (int) G_N_ELEMENTS (keys); i++)
    if (gdk_keyval_to_lower (keyval) == keys[i])
      return i;

  return -1;
}

static gboolean
pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, Shuttle *self)
{
  int key = find_key (keyval);
  gboolean repeated;

  if (key < 0 || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;

  repeated = self->held[key];
  self->held[key] = TRUE;
  if (key == STILL)
    stand (self);
  else if (self->held[STILL])
    rushes_transport_step (self->transport, key == FORTH ? 1 : -1);
  else if (!repeated && key == FORTH)
    go_forth (self);
  else if (!repeated)
    go_back (self);

  return GDK_EVENT_STOP;
}

static void
released (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state, Shuttle *self)
{
  int key = find_key (keyval);

  if (key >= 0)
    self->held[key] = FALSE;
}

/* What is released elsewhere is not heard of. */
static void
left (GtkEventControllerFocus *controller, Shuttle *self)
{
  memset (self->held, 0, sizeof self->held);
}

static void
shuttle_free (gpointer data)
{
  Shuttle *self = data;

  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_signal_handler (&self->watch, self->transport);
  g_object_unref (self->transport);
  g_free (self);
}

void
rushes_shuttle_install (GtkWidget *widget, RushesTransport *transport)
{
  GtkEventController *controller = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  Shuttle *self = g_new0 (Shuttle, 1);

  self->transport = g_object_ref (transport);
  self->rate = 1.0;
  self->watch = g_signal_connect_swapped (transport, "notify::playing", G_CALLBACK (playing_changed), self);
  g_signal_connect (controller, "key-pressed", G_CALLBACK (pressed), self);
  g_signal_connect (controller, "key-released", G_CALLBACK (released), self);
  g_signal_connect (focus, "leave", G_CALLBACK (left), self);
  g_object_set_data_full (G_OBJECT (controller), "shuttle", self, shuttle_free);
  gtk_widget_add_controller (widget, controller);
  gtk_widget_add_controller (widget, focus);
}
