/* rushes-event-inspector.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-inspector.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-event-request.h"
#include "rushes-event-source.h"
#include "rushes-event-view.h"
#include "rushes-http-address.h"
#include "rushes-ui.h"

/* Milliseconds between two looks at the figures. */
#define FIGURES_PAUSE 500

typedef enum
{
  SIGN_BUSY,
  SIGN_GOOD,
  SIGN_NEWS,
  SIGN_WARNING,
} Sign;

struct _RushesEventInspector
{
  AdwWindow parent_instance;

  RushesEventOrder *order; /* while one runs */
  GCancellable *cancellable;
  RushesEventSource *source;
  gboolean limit_reached;
  gint64 begin; /* monotonic, µs */
  guint64 n_events;
  guint64 n_bytes;
  guint timer;
  gint64 looked; /* monotonic, µs */
  guint64 n_looked;

  GtkButton *connect;
  RushesEventRequest *request;
  GtkWidget *status;
  GtkStack *status_sign;
  GtkImage *status_image;
  GtkLabel *sentence;
  GtkLabel *figures;
  RushesEventView *view;
};

G_DEFINE_FINAL_TYPE (RushesEventInspector, rushes_event_inspector, ADW_TYPE_WINDOW)

/* ---- the status ---- */

static void
say (RushesEventInspector *self, Sign sign, const char *sentence)
{
  static const char *const icons[] = { NULL, "network-transmit-receive-symbolic", "dialog-information-symbolic",
                                       "dialog-warning-symbolic" };

  gtk_stack_set_visible_child_name (self->status_sign, sign == SIGN_BUSY ? "spinner" : "image");
  if (icons[sign] != NULL)
    gtk_image_set_from_icon_name (self->status_image, icons[sign]);
  if (sign == SIGN_WARNING)
    gtk_widget_add_css_class (GTK_WIDGET (self->status_image), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->status_image), "warning");
  gtk_label_set_label (self->sentence, sentence);
  gtk_widget_set_visible (self->status, TRUE);
  gtk_accessible_announce (GTK_ACCESSIBLE (self), sentence,
                           sign == SIGN_WARNING ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM
                                                : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_LOW);
}

/* Takes @figure. */
static void
add_figure (GString *text, char *figure)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", figure);
  g_free (figure);
}

static int
clamp (guint64 n)
{
  return (int) MIN (n, G_MAXINT);
}

/* What is the same while it runs and when it has ended. */
static void
add_totals (RushesEventInspector *self, GString *text)
{
  guint n_reconnects = rushes_event_source_get_n_reconnects (self->source);
  int n_repaired = clamp (rushes_event_source_get_n_repaired (self->source));

  add_figure (text, g_format_size (self->n_bytes));
  if (n_reconnects > 0)
    add_figure (text, g_strdup_printf (ngettext ("%u reconnect", "%u reconnects", n_reconnects), n_reconnects));
  if (n_repaired > 0)
    add_figure (text, g_strdup_printf (ngettext ("%d place was no UTF-8 and was replaced.",
                                                 "%d places were no UTF-8 and were replaced.", n_repaired),
                                       n_repaired));
}

static void
set_figures (RushesEventInspector *self, const char *text)
{
  gtk_label_set_label (self->figures, text);
  gtk_widget_set_visible (GTK_WIDGET (self->figures), *text != '\0');
}

static gboolean
look (gpointer data)
{
  RushesEventInspector *self = data;
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 now = g_get_monotonic_time ();
  int rate = (int) ((self->n_events - self->n_looked) * G_USEC_PER_SEC / (guint64) MAX (now - self->looked, 1));

  self->looked = now;
  self->n_looked = self->n_events;
  add_figure (text,
              g_strdup_printf (ngettext ("%d event", "%d events", clamp (self->n_events)), clamp (self->n_events)));
  /* Translators: so many events a second. */
  add_figure (text, g_strdup_printf (_ ("%d/s"), rate));
  add_totals (self, text);
  set_figures (self, text->str);
  return G_SOURCE_CONTINUE;
}

static void
sum_up (RushesEventInspector *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double seconds = (double) (g_get_monotonic_time () - self->begin) / G_USEC_PER_SEC;

  add_figure (text, g_strdup_printf (ngettext ("%d event in %.1f s", "%d events in %.1f s", clamp (self->n_events)),
                                     clamp (self->n_events), seconds));
  add_totals (self, text);
  set_figures (self, text->str);
}

/* ---- listening ---- */

static void
show_button (RushesEventInspector *self)
{
  gboolean running = self->order != NULL;

  gtk_button_set_label (self->connect, running ? _ ("_Stop") : _ ("_Connect"));
  gtk_widget_remove_css_class (GTK_WIDGET (self->connect), running ? "suggested-action" : "destructive-action");
  gtk_widget_add_css_class (GTK_WIDGET (self->connect), running ? "destructive-action" : "suggested-action");
}

/* What came of the one that ran. */
static void
end (RushesEventInspector *self, const GError *error)
{
  if (self->limit_reached)
    say (self, SIGN_NEWS, _ ("Stopped: that is as many events as were asked for."));
  else if (error == NULL)
    say (self, SIGN_NEWS, _ ("The server ended the stream."));
  else if (g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED))
    say (self, SIGN_NEWS, error->message);
  else
    say (self, SIGN_WARNING, error->message);
  if (self->n_events > 0)
    sum_up (self);
  else
    set_figures (self, "");
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->source);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->order, rushes_event_order_free);
  show_button (self);
}

static void
ended (gpointer object, DexFuture *future, gpointer source)
{
  RushesEventInspector *self = object;
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  if (source == self->source)
    end (self, error);
}

static void
on_event (RushesEventInspector *self, const RushesServerEvent *event)
{
  RushesEventItem *item = rushes_event_item_new (event);

  self->n_events++;
  self->n_bytes += rushes_event_item_get_size (item);
  rushes_event_view_append (self->view, item);
  if (self->order->max_events > 0 && self->n_events >= self->order->max_events)
    {
      self->limit_reached = TRUE;
      g_cancellable_cancel (self->cancellable);
    }
}

static void
on_connected (RushesEventInspector *self)
{
  say (self, SIGN_GOOD, _ ("Connected."));
}

static void
on_broken (RushesEventInspector *self, const GError *reason)
{
  say (self, SIGN_BUSY, reason != NULL ? reason->message : _ ("The stream ended; connecting again."));
}

static void
run (RushesEventInspector *self)
{
  self->source = rushes_event_source_new (self->order->http, self->order->address, &self->order->options);
  self->begin = self->looked = g_get_monotonic_time ();
  self->timer = g_timeout_add (FIGURES_PAUSE, look, self);
  g_signal_connect_object (self->source, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "connected", G_CALLBACK (on_connected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->source, "broken", G_CALLBACK (on_broken), self, G_CONNECT_SWAPPED);
  rushes_when (rushes_event_source_run (self->source, self->cancellable), self, ended, g_object_ref (self->source),
               g_object_unref);
}

static void
key_found (gpointer object, DexFuture *future, gpointer cancellable)
{
  RushesEventInspector *self = object;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  g_autoptr (GUri) uri = NULL;

  /* Stopped meanwhile. */
  if (cancellable != self->cancellable)
    return;
  if (value != NULL)
    {
      self->order->options.credentials = g_value_dup_boxed (value);
      uri = rushes_http_parse_address (self->order->address, NULL);
      error = rushes_credentials_refuse (self->order->options.credentials, uri);
    }
  if (error != NULL)
    end (self, error);
  else
    run (self);
}

static void
start (RushesEventInspector *self)
{
  g_autoptr (GError) error = NULL;

  if (self->order != NULL)
    return;
  self->limit_reached = FALSE;
  self->n_events = self->n_bytes = self->n_looked = 0;
  set_figures (self, "");
  self->order = rushes_event_request_read (self->request, &error);
  if (self->order == NULL)
    {
      say (self, SIGN_WARNING, error->message);
      return;
    }
  rushes_event_request_fold (self->request);
  rushes_event_view_clear (self->view);
  self->cancellable = g_cancellable_new ();
  say (self, SIGN_BUSY, _ ("Connecting…"));
  show_button (self);
  if (self->order->provider != NULL)
    rushes_when (rushes_http_provider_get_credentials (self->order->provider), self, key_found,
                 g_object_ref (self->cancellable), g_object_unref);
  else
    run (self);
}

static void
stop (RushesEventInspector *self)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (self->cancellable);
  /* The key was still being looked for. */
  if (self->source == NULL)
    {
      error = rushes_error_new (RUSHES_ERROR_CANCELLED, "%s", _ ("Listening was ended."));
      end (self, error);
    }
}

static void
toggle_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  RushesEventInspector *self = RUSHES_EVENT_INSPECTOR (widget);

  if (self->order != NULL)
    stop (self);
  else
    start (self);
}

static void
search_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_event_view_search (RUSHES_EVENT_INSPECTOR (widget)->view);
}

static void
export_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_event_view_export (RUSHES_EVENT_INSPECTOR (widget)->view);
}

/* The sentence of one that has ended speaks of events that are no longer there. */
static void
cleared (RushesEventInspector *self)
{
  if (self->order == NULL)
    gtk_widget_set_visible (self->status, FALSE);
}

static void
rushes_event_inspector_dispose (GObject *object)
{
  RushesEventInspector *self = RUSHES_EVENT_INSPECTOR (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->source);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->order, rushes_event_order_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_EVENT_INSPECTOR);

  G_OBJECT_CLASS (rushes_event_inspector_parent_class)->dispose (object);
}

static void
rushes_event_inspector_class_init (RushesEventInspectorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_event_inspector_dispose;

  gtk_widget_class_install_action (widget_class, "inspector.toggle", NULL, toggle_action);
  gtk_widget_class_install_action (widget_class, "inspector.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "inspector.export", NULL, export_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "inspector.toggle", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Enter, GDK_CONTROL_MASK, "inspector.toggle", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "inspector.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "inspector.export", NULL);

  g_type_ensure (RUSHES_TYPE_EVENT_REQUEST);
  g_type_ensure (RUSHES_TYPE_EVENT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-event-inspector.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, connect);
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, request);
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, status);
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, status_sign);
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, status_image);
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, sentence);
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, figures);
  gtk_widget_class_bind_template_child (widget_class, RushesEventInspector, view);
  gtk_widget_class_bind_template_callback (widget_class, start);
  gtk_widget_class_bind_template_callback (widget_class, cleared);
}

static void
rushes_event_inspector_init (RushesEventInspector *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  show_button (self);
}

RushesEventInspector *
rushes_event_inspector_new (GtkApplication *application, RushesRegistry *registry)
{
  RushesEventInspector *self;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (registry), NULL);

  self = g_object_new (RUSHES_TYPE_EVENT_INSPECTOR, "application", application, NULL);
  rushes_event_request_set_registry (self->request, registry);
  return self;
}
