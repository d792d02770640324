/* rushes-event-request.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-request.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-event-header-row.h"
#include "rushes-http-address.h"

/* Frames go before events: a server that never pauses leaves time for both then. */
#define PRIORITY (GDK_PRIORITY_REDRAW + 10)

/* Seconds before another connection, until the stream says otherwise. */
#define PAUSE 3

/* In the order of the drop-down. */
typedef enum
{
  AUTH_NONE,
  AUTH_BEARER,
  AUTH_API_KEY,
  AUTH_PROVIDER,
} Auth;

struct _RushesEventRequest
{
  AdwPreferencesGroup parent_instance;

  GtkWidget *address;
  AdwExpanderRow *options;
  AdwComboRow *method;
  GtkWidget *body_row;
  GtkTextView *body;
  AdwComboRow *auth;
  GtkWidget *auth_header;
  GtkWidget *token;
  AdwComboRow *provider;
  AdwSpinRow *max_events;
  AdwSpinRow *connect_seconds;
  AdwSpinRow *idle_seconds;
  AdwSpinRow *reconnects;
  GtkWidget *last_id;
  GtkWidget *add_header;
  GPtrArray *headers; /* RushesEventHeaderRow, borrowed */
};

enum
{
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (RushesEventRequest, rushes_event_request, ADW_TYPE_PREFERENCES_GROUP)

void
rushes_event_order_free (RushesEventOrder *self)
{
  g_clear_object (&self->http);
  g_clear_object (&self->provider);
  g_free (self->address);
  g_clear_pointer (&self->options.body, g_bytes_unref);
  g_clear_pointer (&self->options.headers, g_ptr_array_unref);
  g_clear_pointer (&self->options.credentials, rushes_credentials_unref);
  g_free ((char *) self->options.last_id);
  g_free (self);
}

/* ---- reading ---- */

static char *
read_text (GtkWidget *entry)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry))));
}

/* What is wrong is in sight, and where the typing goes. */
static void
mark (RushesEventRequest *self, GtkWidget *row)
{
  if (row != self->address)
    adw_expander_row_set_expanded (self->options, TRUE);
  gtk_widget_grab_focus (row);
}

static GUri *
read_address (RushesEventRequest *self, RushesEventOrder *order, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  char *unwrapped;
  char *fragment;

  order->address = read_text (self->address);
  if ((unwrapped = rushes_http_unwrap_socket (order->address)))
    {
      g_free (order->address);
      order->address = unwrapped;
      order->options.socket = TRUE;
    }
  if (*order->address == '\0')
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s", _ ("Type the address of an event stream."));
  else
    uri = rushes_http_parse_address (order->address, error);
  if (uri == NULL)
    {
      gtk_widget_add_css_class (self->address, "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID,
                                   GTK_ACCESSIBLE_INVALID_TRUE, -1);
      mark (self, self->address);
      return NULL;
    }
  if ((fragment = strchr (order->address, '#')) != NULL)
    *fragment = '\0';
  return g_steal_pointer (&uri);
}

static void
read_body (RushesEventRequest *self, RushesEventOrder *order)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->body);
  GtkTextIter begin, end;
  char *text;

  order->options.method = "GET";
  if (adw_combo_row_get_selected (self->method) == 0)
    return;
  order->options.method = "POST";
  gtk_text_buffer_get_bounds (buffer, &begin, &end);
  text = gtk_text_buffer_get_text (buffer, &begin, &end, TRUE);
  order->options.body = g_bytes_new_take (text, strlen (text));
  order->options.body_type = "application/json";
}

static gboolean
read_headers (RushesEventRequest *self, RushesEventOrder *order, GError **error)
{
  order->options.headers = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->headers->len; i++)
    if (!rushes_event_header_row_read (g_ptr_array_index (self->headers, i), order->options.headers, error))
      {
        adw_expander_row_set_expanded (self->options, TRUE);
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_token (RushesEventRequest *self, RushesEventOrder *order, GUri *uri, Auth auth, GError **error)
{
  g_autofree char *origin = rushes_origin_of (order->address);
  const char *const origins[] = { origin, NULL };
  g_autofree char *header = read_text (self->auth_header);
  GError *refusal;
  char *token;

  if (auth == AUTH_API_KEY && !rushes_event_source_takes_header (header))
    {
      g_autofree char *clean = rushes_clean_words (header);

      mark (self, self->auth_header);
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is no header that can be set."), clean);
      return FALSE;
    }
  token = rushes_key_tidy (gtk_editable_get_text (GTK_EDITABLE (self->token)), error);
  if (token == NULL)
    {
      mark (self, self->token);
      return FALSE;
    }
  order->options.credentials = rushes_credentials_new (auth == AUTH_BEARER ? RUSHES_AUTH_BEARER : RUSHES_AUTH_HEADER,
                                                       auth == AUTH_BEARER ? NULL : header, FALSE, token, origins);
  rushes_key_forget (token);
  refusal = rushes_credentials_refuse (order->options.credentials, uri);
  if (refusal != NULL)
    g_propagate_error (error, refusal);
  return refusal == NULL;
}

static gboolean
read_auth (RushesEventRequest *self, RushesEventOrder *order, GUri *uri, GError **error)
{
  Auth auth = adw_combo_row_get_selected (self->auth);
  gpointer provider = adw_combo_row_get_selected_item (self->provider);

  if (auth == AUTH_NONE)
    return TRUE;
  if (auth != AUTH_PROVIDER)
    return read_token (self, order, uri, auth, error);
  if (provider != NULL)
    {
      order->provider = g_object_ref (provider);
      return TRUE;
    }
  mark (self, GTK_WIDGET (self->auth));
  rushes_set_error (error, RUSHES_ERROR_AUTH, "%s", _ ("There is no provider with a key; choose another way."));
  return FALSE;
}

RushesEventOrder *
rushes_event_request_read (RushesEventRequest *self, GError **error)
{
  g_autoptr (RushesEventOrder) order = g_new0 (RushesEventOrder, 1);
  g_autoptr (GUri) uri = NULL;

  g_return_val_if_fail (RUSHES_IS_EVENT_REQUEST (self), NULL);

  if (!(uri = read_address (self, order, error)) || !read_headers (self, order, error) ||
      !read_auth (self, order, uri, error))
    return NULL;
  read_body (self, order);
  order->http = rushes_http_usual ();
  order->max_events = (guint64) adw_spin_row_get_value (self->max_events);
  order->options.connect = adw_spin_row_get_value (self->connect_seconds);
  order->options.idle = adw_spin_row_get_value (self->idle_seconds);
  order->options.reconnects = (guint) adw_spin_row_get_value (self->reconnects);
  order->options.pause = PAUSE;
  order->options.priority = PRIORITY;
  order->options.last_id = read_text (self->last_id);
  return g_steal_pointer (&order);
}

/* ---- the rows ---- */

void
rushes_event_request_fold (RushesEventRequest *self)
{
  g_return_if_fail (RUSHES_IS_EVENT_REQUEST (self));
  adw_expander_row_set_expanded (self->options, FALSE);
}

static void
address_changed (RushesEventRequest *self)
{
  gtk_widget_remove_css_class (self->address, "error");
  gtk_accessible_reset_state (GTK_ACCESSIBLE (self->address), GTK_ACCESSIBLE_STATE_INVALID);
}

static void
activated (RushesEventRequest *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static void
choice_changed (RushesEventRequest *self)
{
  Auth auth = adw_combo_row_get_selected (self->auth);

  gtk_widget_set_visible (self->body_row, adw_combo_row_get_selected (self->method) == 1);
  gtk_widget_set_visible (self->auth_header, auth == AUTH_API_KEY);
  gtk_widget_set_visible (self->token, auth == AUTH_BEARER || auth == AUTH_API_KEY);
  gtk_widget_set_visible (GTK_WIDGET (self->provider), auth == AUTH_PROVIDER);
}

static void
remove_header (RushesEventRequest *self, GtkWidget *row)
{
  g_ptr_array_remove (self->headers, row);
  adw_expander_row_remove (self->options, row);
  gtk_widget_grab_focus (self->add_header);
}

/* The button stays the last row. */
static void
add_header (RushesEventRequest *self)
{
  GtkWidget *row = rushes_event_header_row_new ();

  g_signal_connect_object (row, "remove", G_CALLBACK (remove_header), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->headers, row);
  g_object_ref (self->add_header);
  adw_expander_row_remove (self->options, self->add_header);
  adw_expander_row_add_row (self->options, row);
  adw_expander_row_add_row (self->options, self->add_header);
  g_object_unref (self->add_header);
  gtk_widget_grab_focus (row);
}

static char *
name_provider (gpointer item, gpointer data)
{
  return g_strdup (rushes_provider_get_name (item));
}

static gboolean
has_key (gpointer item, gpointer data)
{
  return RUSHES_IS_HTTP_PROVIDER (item);
}

void
rushes_event_request_set_registry (RushesEventRequest *self, RushesRegistry *registry)
{
  g_autoptr (GtkFilterListModel) providers = NULL;
  g_autoptr (GtkExpression) name = NULL;

  g_return_if_fail (RUSHES_IS_EVENT_REQUEST (self));
  g_return_if_fail (RUSHES_IS_REGISTRY (registry));

  providers = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (registry)),
                                         GTK_FILTER (gtk_custom_filter_new (has_key, NULL, NULL)));
  name = gtk_cclosure_expression_new (G_TYPE_STRING, NULL, 0, NULL, G_CALLBACK (name_provider), NULL, NULL);
  adw_combo_row_set_expression (self->provider, name);
  adw_combo_row_set_model (self->provider, G_LIST_MODEL (providers));
}

static void
rushes_event_request_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RUSHES_TYPE_EVENT_REQUEST);

  G_OBJECT_CLASS (rushes_event_request_parent_class)->dispose (object);
}

static void
rushes_event_request_finalize (GObject *object)
{
  g_ptr_array_unref (RUSHES_EVENT_REQUEST (object)->headers);

  G_OBJECT_CLASS (rushes_event_request_parent_class)->finalize (object);
}

static void
rushes_event_request_class_init (RushesEventRequestClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rushes_event_request_dispose;
  G_OBJECT_CLASS (klass)->finalize = rushes_event_request_finalize;

  signals[ACTIVATED] =
      g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "/ui/rushes-event-request.ui");
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, address);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, options);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, method);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, body_row);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, body);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, auth);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, auth_header);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, token);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, provider);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, max_events);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, connect_seconds);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, idle_seconds);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, reconnects);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, last_id);
  gtk_widget_class_bind_template_child (widget_class, RushesEventRequest, add_header);
  gtk_widget_class_bind_template_callback (widget_class, address_changed);
  gtk_widget_class_bind_template_callback (widget_class, activated);
  gtk_widget_class_bind_template_callback (widget_class, choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, add_header);
}

static void
rushes_event_request_init (RushesEventRequest *self)
{
  self->headers = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
