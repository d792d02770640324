/* test-event-inspector.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rushes-event-inspector.h"
#include "rushes-event-item.h"
#include "rushes-event-request.h"
#include "rushes-event-view.h"
#include "rushes-http-provider.h"
#include "rushes-test.h"
#include "rushes-test-window.h"

#define LIMIT_SECONDS 30.0

/* More than the list keeps. */
#define MANY       30000
#define ROWS       10000
#define BURST      1000 /* events that are written at once */
#define PER_SECOND 10000

/* Microseconds of CPU time of the main thread: what one turn of its loop may take. */
#define LONGEST_TURN 50000

/* ---- a server on a thread of its own ---- */

typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  char *base;
  GMutex mutex;
  GCond cond;
} Server;

typedef struct
{
  SoupServerMessage *message;
  guint n;
  gboolean complete;
  gboolean endless;
} Flood;

static void
say (SoupServerMessage *message, const char *text)
{
  soup_message_body_append (soup_server_message_get_response_body (message), SOUP_MEMORY_COPY, text, strlen (text));
}

static gboolean
say_some (Flood *flood, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (; n > 0 && flood->n < MANY; n--, flood->n++)
    g_string_append_printf (text, "id: %u\ndata: {\"n\":%u}\n\n", flood->n, flood->n);
  if (text->len > 0)
    say (flood->message, text->str);
  else if (!flood->complete)
    {
      flood->complete = TRUE;
      soup_message_body_complete (soup_server_message_get_response_body (flood->message));
    }
  return !flood->complete;
}

static gboolean
say_steadily (gpointer data)
{
  Flood *flood = data;
  gboolean more = say_some (flood, PER_SECOND / 100);

  soup_server_message_unpause (flood->message);
  return more;
}

/* As fast as it is read. */
static void
on_wrote_chunk (SoupServerMessage *message, Flood *flood)
{
  if (flood->endless)
    flood->n = 0;
  if (!flood->complete)
    say_some (flood, BURST);
}

static void
flood_free (gpointer data)
{
  g_free (data);
}

static void
begin_flood (Server *self, SoupServerMessage *message, const char *path)
{
  Flood *flood = g_new0 (Flood, 1);
  gboolean steadily = g_str_equal (path, "/steady");

  flood->message = message;
  flood->endless = g_str_equal (path, "/endless");
  g_object_set_data_full (G_OBJECT (message), "flood", flood, flood_free);
  if (steadily)
    {
      g_autoptr (GSource) source = g_timeout_source_new (10);

      g_source_set_callback (source, say_steadily, flood, NULL);
      g_source_attach (source, self->context);
      return;
    }
  g_signal_connect (message, "wrote-chunk", G_CALLBACK (on_wrote_chunk), flood);
  say_some (flood, BURST);
}

static void
answer (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Server *self = data;
  SoupMessageHeaders *in = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *out = soup_server_message_get_response_headers (message);
  SoupMessageBody *body = soup_server_message_get_response_body (message);

  soup_server_message_set_status (message, 200, NULL);
  soup_message_headers_replace (out, "Content-Type", "text/event-stream");
  soup_message_headers_set_encoding (out, SOUP_ENCODING_CHUNKED);
  if (g_str_equal (path, "/many") || g_str_equal (path, "/steady") || g_str_equal (path, "/endless"))
    {
      begin_flood (self, message, path);
      return;
    }
  if (g_str_equal (path, "/ends"))
    {
      say (message, "retry: 1\nid: 7\ndata: one\n\n");
      soup_message_body_complete (body);
      return;
    }
  if (g_str_equal (path, "/open"))
    {
      say (message, "event: <b>bold</b>\ndata: first \e]0;x\n\ndata: {\"a\":[1,2]}\n\nevent: last\ndata: third\n\n");
      return;
    }
  if (g_str_equal (path, "/mirror"))
    {
      const char *key = soup_message_headers_get_one (in, "Authorization");
      const char *own = soup_message_headers_get_one (in, "X-Kite");
      g_autofree char *text =
          g_strdup_printf ("data: %s %s %s\n\n", soup_server_message_get_method (message),
                           g_strcmp0 (key, "Bearer abc") == 0 ? "key" : "no key", own != NULL ? own : "-");

      say (message, text);
      soup_message_body_complete (body);
      return;
    }
  if (g_str_equal (path, "/broken-text"))
    {
      say (message, "data: a\xff\xfe z\n\n");
      soup_message_body_complete (body);
      return;
    }
  if (g_str_equal (path, "/large"))
    {
      g_autofree char *text = g_strnfill (9 * 1024 * 1024, 'x');

      say (message, "data: ");
      say (message, text);
      say (message, "\n\n");
      soup_message_body_complete (body);
      return;
    }
  soup_message_headers_set_encoding (out, SOUP_ENCODING_CONTENT_LENGTH);
  if (g_str_equal (path, "/401") || g_str_equal (path, "/403"))
    soup_server_message_set_status (message, (guint) atoi (path + 1), NULL);
  else if (g_str_equal (path, "/page"))
    {
      soup_message_headers_replace (out, "Content-Type", "text/html");
      soup_message_headers_set_content_length (out, 3);
      say (message, "<p>");
      soup_message_body_complete (body);
    }
  else
    soup_server_message_set_status (message, 404, NULL);
}

static gpointer
serve (gpointer data)
{
  Server *self = data;
  g_autoptr (SoupServer) soup = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  soup = soup_server_new (NULL, NULL);
  soup_server_add_handler (soup, NULL, answer, self, NULL);
  soup_server_listen_local (soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (soup);
  g_mutex_lock (&self->mutex);
  self->base = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_main_loop_run (self->loop);
  soup_server_disconnect (soup);
  g_clear_object (&soup);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static Server *
server_new (void)
{
  Server *self = g_new0 (Server, 1);

  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("server", serve, self);
  g_mutex_lock (&self->mutex);
  while (self->base == NULL)
    g_cond_wait (&self->cond, &self->mutex);
  g_mutex_unlock (&self->mutex);
  return self;
}

static void
server_free (Server *self)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self->base);
  g_free (self);
}

/* ---- the window ---- */

typedef struct
{
  Server *server;
  RushesEventInspector *window;
  RushesEventView *view;
  GtkWidget *request;
  RushesRegistry *registry;
  guint n_changes;
  guint n_away; /* changes when the person left the end */
} Stage;

static gpointer
part_of_window (Stage *self, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self->window), RUSHES_TYPE_EVENT_INSPECTOR, name);
}

static gpointer
part_of_view (Stage *self, const char *name)
{
  return gtk_widget_get_template_child (GTK_WIDGET (self->view), RUSHES_TYPE_EVENT_VIEW, name);
}

static gpointer
part_of_request (Stage *self, const char *name)
{
  return gtk_widget_get_template_child (self->request, RUSHES_TYPE_EVENT_REQUEST, name);
}

static void
on_changed (GListModel *list, guint position, guint removed, guint added, Stage *self)
{
  self->n_changes++;
}

static Stage *
stage_new (void)
{
  Stage *self = g_new0 (Stage, 1);

  rushes_test_window_init ();
  self->registry = rushes_registry_new ();
  self->server = server_new ();
  self->window = rushes_event_inspector_new (NULL, self->registry);
  self->view = part_of_window (self, "view");
  self->request = part_of_window (self, "request");
  g_signal_connect (rushes_event_view_get_log (self->view), "items-changed", G_CALLBACK (on_changed), self);
  gtk_window_present (GTK_WINDOW (self->window));
  return self;
}

static void
stage_free (Stage *self)
{
  RushesEventInspector *window = self->window;

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  while (window != NULL && g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (window);
  g_object_unref (self->registry);
  server_free (self->server);
  g_free (self);
}

static gboolean
tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
aim (Stage *self, const char *path, double max_events)
{
  g_autofree char *address = g_strconcat (self->server->base, path, NULL);

  gtk_editable_set_text (part_of_request (self, "address"), address);
  adw_spin_row_set_value (part_of_request (self, "max_events"), max_events);
}

static void
toggle (Stage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self->window), "inspector.toggle", NULL);
}

static const char *
button_label (Stage *self)
{
  return gtk_button_get_label (part_of_window (self, "connect"));
}

static gboolean
is_over (Stage *self, gconstpointer data)
{
  return g_str_equal (button_label (self), "_Connect") &&
         rushes_event_log_get_n_waiting (rushes_event_view_get_log (self->view)) == 0;
}

static guint
count_rows (Stage *self)
{
  return g_list_model_get_n_items (rushes_event_view_get_shown (self->view));
}

static gboolean
has_rows (Stage *self, gconstpointer n)
{
  return count_rows (self) == GPOINTER_TO_UINT (n);
}

static void
assert_row (Stage *self, guint position, const char *data)
{
  g_autoptr (RushesEventItem) item = g_list_model_get_item (rushes_event_view_get_shown (self->view), position);

  g_assert_nonnull (item);
  g_assert_cmpstr (rushes_event_item_get_data (item), ==, data);
}

static void
assert_sentence (Stage *self, const char *part)
{
  const char *sentence = gtk_label_get_label (part_of_window (self, "sentence"));

  if (strstr (sentence, part) == NULL)
    g_error ("“%s” is not in “%s”", part, sentence);
  g_assert_true (gtk_widget_get_mapped (part_of_window (self, "sentence")));
}

/* ---- many events ---- */

static gint64
thread_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);

  return (gint64) now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static gboolean
is_at_end (Stage *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (part_of_view (self, "scroller"));

  return gtk_adjustment_get_upper (adjustment) > 10 * ROWS &&
         gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
             gtk_adjustment_get_upper (adjustment) - 1;
}

static gboolean
is_small (Stage *self, gconstpointer data)
{
  return gtk_widget_get_height (GTK_WIDGET (self->window)) <= 520;
}

static void
test_many (gconstpointer path)
{
  Stage *self = stage_new ();
  gint64 limit = g_get_monotonic_time () + (gint64) (LIMIT_SECONDS * G_USEC_PER_SEC);
  gint64 longest = 0;
  guint source;

  /* The first frame, with its fonts and shaders, is not what is measured. */
  aim (self, "/open", 0);
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (3));
  toggle (self);
  rushes_test_await (is_over, self, NULL);

  self->n_changes = 0;
  aim (self, path, 0);
  source = g_timeout_add (10, tick, NULL);
  toggle (self);
  while (!is_over (self, NULL))
    {
      gint64 begin = thread_time ();

      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, thread_time () - begin);
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
    }
  g_source_remove (source);

  assert_sentence (self, "server ended");
  g_assert_cmpuint (count_rows (self), ==, ROWS);
  g_assert_cmpuint (rushes_event_log_get_n_left_out (rushes_event_view_get_log (self->view)), ==, MANY - ROWS);
  for (guint i = 0; i < ROWS; i++)
    {
      g_autofree char *data = g_strdup_printf ("{\"n\":%u}", MANY - ROWS + i);

      assert_row (self, i, data);
    }
  g_assert_nonnull (strstr (gtk_label_get_label (part_of_view (self, "note")), "20000"));
  /* The newest is in sight, and stays there when there is less room. */
  rushes_test_await (is_at_end, self, NULL);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 520);
  rushes_test_await (is_small, self, NULL);
  rushes_test_await (is_at_end, self, NULL);
  /* Many events are one change. */
  g_assert_cmpuint (self->n_changes, <, MANY / 20);
  g_test_message ("%u changes; the longest turn of the main loop took %.1f ms", self->n_changes, longest / 1000.0);
  g_assert_cmpint (longest, <, LONGEST_TURN);

  stage_free (self);
}

static gboolean
has_changed (Stage *self, gconstpointer n)
{
  return self->n_changes >= GPOINTER_TO_UINT (n);
}

/* A server that never pauses does not keep the window from drawing, nor from being used. The list changes in frames
 * only. */
static void
test_endless (void)
{
  Stage *self = stage_new ();

  aim (self, "/endless", 0);
  toggle (self);
  rushes_test_await (has_changed, self, GUINT_TO_POINTER (50));
  g_assert_cmpstr (button_label (self), ==, "_Stop");
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, "Listening was ended");

  stage_free (self);
}

/* What moves while events come may be moved back once, but not again and again. */
static gboolean
is_left_alone (Stage *self, gconstpointer data)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (part_of_view (self, "scroller"));
  gboolean at_end = gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
                    gtk_adjustment_get_upper (adjustment) - 100;

  if (at_end)
    {
      gtk_adjustment_set_value (adjustment, 0);
      self->n_away = self->n_changes;
    }
  return !at_end && self->n_changes >= self->n_away + 10;
}

/* Who looks at earlier events is not pulled to the end by later ones. */
static void
test_away (void)
{
  Stage *self = stage_new ();

  aim (self, "/endless", 0);
  toggle (self);
  rushes_test_await (has_changed, self, GUINT_TO_POINTER (5));
  rushes_test_await (is_left_alone, self, NULL);
  toggle (self);
  rushes_test_await (is_over, self, NULL);

  stage_free (self);
}

/* ---- looking ---- */

static gboolean
is_at_work (Stage *self, gconstpointer data)
{
  return rushes_event_log_get_n_waiting (rushes_event_view_get_log (self->view)) == 3;
}

static void
test_pause (void)
{
  Stage *self = stage_new ();

  gtk_toggle_button_set_active (part_of_view (self, "pause"), TRUE);
  aim (self, "/open", 0);
  toggle (self);
  g_assert_cmpstr (button_label (self), ==, "_Stop");
  rushes_test_await (is_at_work, self, NULL);
  g_assert_cmpuint (count_rows (self), ==, 0);
  gtk_toggle_button_set_active (part_of_view (self, "pause"), FALSE);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (3));
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, "ended");

  stage_free (self);
}

static char *
get_data (Stage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (part_of_view (self, "data"));
  char *text;

  g_object_get (buffer, "text", &text, NULL);
  return text;
}

static void
test_choose (void)
{
  Stage *self = stage_new ();
  GtkListView *list;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  aim (self, "/open", 3);
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (3));
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, "as many events");

  list = part_of_view (self, "list");
  g_assert_false (gtk_widget_get_visible (part_of_view (self, "detail")));
  gtk_selection_model_select_item (gtk_list_view_get_model (list), 0, TRUE);
  g_assert_true (gtk_widget_get_visible (part_of_view (self, "detail")));
  first = get_data (self);
  g_assert_cmpstr (first, ==, "first ␛]0;x");
  g_assert_cmpstr (gtk_label_get_label (part_of_view (self, "detail_title")), ==, "<b>bold</b>");
  g_assert_false (gtk_label_get_use_markup (part_of_view (self, "detail_title")));
  gtk_selection_model_select_item (gtk_list_view_get_model (list), 1, TRUE);
  second = get_data (self);
  g_assert_cmpstr (second, ==, "{\n  \"a\": [\n    1,\n    2\n  ]\n}");

  gtk_editable_set_text (part_of_view (self, "filter"), "LAST");
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (1));
  assert_row (self, 0, "third");
  gtk_editable_set_text (part_of_view (self, "filter"), "");
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (3));

  g_signal_emit_by_name (part_of_view (self, "clear"), "clicked");
  g_assert_cmpuint (count_rows (self), ==, 0);
  g_assert_false (gtk_widget_get_visible (part_of_view (self, "detail")));
  g_assert_false (gtk_widget_get_mapped (part_of_window (self, "sentence")));

  stage_free (self);
}

/* ---- the request ---- */

static void
test_key (void)
{
  Stage *self = stage_new ();

  aim (self, "/mirror", 0);
  adw_combo_row_set_selected (part_of_request (self, "auth"), 1);
  toggle (self);
  g_assert_cmpstr (button_label (self), ==, "_Connect");
  g_assert_true (gtk_widget_get_visible (part_of_window (self, "status")));
  g_assert_true (adw_expander_row_get_expanded (part_of_request (self, "options")));

  gtk_editable_set_text (part_of_request (self, "token"), "abc");
  adw_combo_row_set_selected (part_of_request (self, "method"), 1);
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (1));
  rushes_test_await (is_over, self, NULL);
  assert_row (self, 0, "POST key -");
  g_assert_false (adw_expander_row_get_expanded (part_of_request (self, "options")));

  adw_combo_row_set_selected (part_of_request (self, "auth"), 0);
  adw_combo_row_set_selected (part_of_request (self, "method"), 0);
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (1));
  rushes_test_await (is_over, self, NULL);
  assert_row (self, 0, "GET no key -");

  stage_free (self);
}

static GtkWidget *
find_header_row (GtkWidget *widget)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "RushesEventHeaderRow"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_header_row (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_headers (void)
{
  Stage *self = stage_new ();
  GtkWidget *row;
  GtkEditable *name, *value;

  aim (self, "/mirror", 0);
  g_signal_emit_by_name (part_of_request (self, "add_header"), "activated");
  row = find_header_row (self->request);
  g_assert_nonnull (row);
  name = GTK_EDITABLE (gtk_widget_get_template_child (row, G_OBJECT_TYPE (row), "name"));
  value = GTK_EDITABLE (gtk_widget_get_template_child (row, G_OBJECT_TYPE (row), "value"));

  gtk_editable_set_text (name, "authorization");
  toggle (self);
  g_assert_cmpstr (button_label (self), ==, "_Connect");
  gtk_editable_set_text (name, "X Kite");
  toggle (self);
  g_assert_cmpstr (button_label (self), ==, "_Connect");
  gtk_editable_set_text (name, "X-Kite");
  gtk_editable_set_text (value, "red");
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (1));
  rushes_test_await (is_over, self, NULL);
  assert_row (self, 0, "GET no key red");

  g_signal_emit_by_name (row, "remove");
  g_assert_null (find_header_row (self->request));
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (1));
  rushes_test_await (is_over, self, NULL);
  assert_row (self, 0, "GET no key -");

  stage_free (self);
}

static void
fail (Stage *self, const char *path, const char *sentence)
{
  aim (self, path, 0);
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, sentence);
}

static gboolean
shake_hands (GThreadedSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             GTlsCertificate *certificate)
{
  g_autoptr (GIOStream) tls = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);

  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, NULL);
  return TRUE;
}

/* A server with a certificate that nobody vouches for. */
static void
fail_tls (Stage *self)
{
  g_autofree char *pem = g_test_build_filename (G_TEST_DIST, "core", "http", "self-signed.pem", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (pem, &error);
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (1);
  g_autofree char *address = NULL;

  g_assert_no_error (error);
  address = g_strdup_printf ("https://127.0.0.1:%u/",
                             g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error));
  g_assert_no_error (error);
  /* Its thread may be at it for longer than this test. */
  g_signal_connect_data (service, "run", G_CALLBACK (shake_hands), g_object_ref (certificate),
                         (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  gtk_editable_set_text (part_of_request (self, "address"), address);
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, "certificate");
  g_socket_service_stop (service);
}

/* Each failure says which one it is. */
static void
test_failures (void)
{
  Stage *self = stage_new ();

  gtk_editable_set_text (part_of_request (self, "address"), "");
  toggle (self);
  assert_sentence (self, "Type the address");
  gtk_editable_set_text (part_of_request (self, "address"), "ftp://example.com/");
  toggle (self);
  g_assert_cmpstr (button_label (self), ==, "_Connect");

  fail (self, "/page", "text/html");
  fail (self, "/401", "asks for a sign-in");
  fail (self, "/403", "does not give this");
  fail (self, "/large", "larger than 8.0");
  fail_tls (self);
  fail (self, "/broken-text", "server ended");
  g_assert_nonnull (strstr (gtk_label_get_label (part_of_window (self, "figures")), "2 places were no UTF-8"));
  adw_spin_row_set_value (part_of_request (self, "idle_seconds"), 1);
  fail (self, "/open", "stopped in the middle");
  adw_spin_row_set_value (part_of_request (self, "idle_seconds"), 0);

  aim (self, "/none", 0);
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, "127.0.0.1");
  g_assert_cmpuint (count_rows (self), ==, 0);

  gtk_editable_set_text (part_of_request (self, "address"), "http://127.0.0.1:1/");
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, "127.0.0.1");

  stage_free (self);
}

/* The stream ends; it is come back to as often as was asked for, and then said so. */
static void
test_reconnects (void)
{
  Stage *self = stage_new ();

  aim (self, "/ends", 0);
  adw_spin_row_set_value (part_of_request (self, "reconnects"), 2);
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  assert_sentence (self, "2 reconnects are used up");
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (3));
  g_assert_nonnull (strstr (gtk_label_get_label (part_of_window (self, "figures")), "2 reconnects"));

  stage_free (self);
}

static RushesProvider *
make_provider (Stage *self)
{
  g_autofree char *json = g_strdup_printf (
      "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\",\"engine\":\"http\",\"waiting\":\"synchronous\","
      "\"regions\":[{\"name\":\"World\",\"url\":\"%s\"}],\"auth\":{\"scheme\":\"bearer\"},"
      "\"protocol\":{\"submit\":{\"method\":\"POST\",\"path\":\"/"
      "v1\",\"json\":{}},\"answer\":{\"clips\":{\"at\":[\"url\"]}}},"
      "\"default_model\":\"kite\",\"models\":[{\"id\":\"kite\",\"name\":\"Kite\",\"durations\":[5]}]}",
      self->server->base);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "kites.json", &error);

  g_assert_no_error (error);
  return rushes_http_provider_new (description, rushes_keyring_get_default ());
}

/* The key of a service goes to its own addresses, and to no others. */
static void
test_provider_key (void)
{
  Stage *self = stage_new ();
  Server *other = server_new ();
  g_autoptr (RushesProvider) provider = make_provider (self);
  g_autofree char *elsewhere = g_strconcat (other->base, "/mirror", NULL);

  g_setenv ("RUSHES_KEY_KITES", "abc", TRUE);
  rushes_registry_add (self->registry, provider);
  aim (self, "/mirror", 0);
  adw_combo_row_set_selected (part_of_request (self, "auth"), 3);
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (1));
  rushes_test_await (is_over, self, NULL);
  assert_row (self, 0, "GET key -");

  gtk_editable_set_text (part_of_request (self, "address"), elsewhere);
  toggle (self);
  rushes_test_await (is_over, self, NULL);
  g_assert_cmpuint (count_rows (self), ==, 0);
  assert_sentence (self, "127.0.0.1");

  g_unsetenv ("RUSHES_KEY_KITES");
  server_free (other);
  stage_free (self);
}

static gboolean
is_written (Stage *self, gconstpointer path)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, "third") != NULL &&
         g_str_has_suffix (text, "}\n");
}

/* What is shown is exported, as the command line prints it. */
static void
test_export (void)
{
  Stage *self = stage_new ();
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) file = g_file_new_build_filename (path, "two.jsonl", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  aim (self, "/open", 3);
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (3));
  rushes_test_await (is_over, self, NULL);
  gtk_editable_set_text (part_of_view (self, "filter"), "IR");
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (2));

  rushes_event_view_export_to (self->view, file);
  rushes_test_await (is_written, self, g_file_peek_path (file));
  g_assert_true (g_file_get_contents (g_file_peek_path (file), &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (g_str_has_prefix (lines[0], "{\"type\":\"event\",\"event_type\":\"<b>bold</b>\""));
  g_assert_nonnull (strstr (lines[1], "\"data\":\"third\""));

  stage_free (self);
}

/* Closing is the end of listening, too. */
static void
test_close (void)
{
  Stage *self = stage_new ();

  aim (self, "/open", 0);
  toggle (self);
  rushes_test_await (has_rows, self, GUINT_TO_POINTER (3));
  stage_free (self);
}

int
main (int argc, char **argv)
{
  /* Shaders that are compiled for a graphics processor that is none would be counted as the window's own work. This one
   * draws every pixel in the main thread, and is counted. */
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  rushes_test_init (&argc, &argv);

  g_test_add_data_func ("/events/inspector/many", "/many", test_many);
  g_test_add_data_func ("/events/inspector/steady", "/steady", test_many);
  g_test_add_func ("/events/inspector/endless", test_endless);
  g_test_add_func ("/events/inspector/away", test_away);
  g_test_add_func ("/events/inspector/pause", test_pause);
  g_test_add_func ("/events/inspector/choose", test_choose);
  g_test_add_func ("/events/inspector/key", test_key);
  g_test_add_func ("/events/inspector/headers", test_headers);
  g_test_add_func ("/events/inspector/failures", test_failures);
  g_test_add_func ("/events/inspector/reconnects", test_reconnects);
  g_test_add_func ("/events/inspector/provider-key", test_provider_key);
  g_test_add_func ("/events/inspector/export", test_export);
  g_test_add_func ("/events/inspector/close", test_close);

  return g_test_run ();
}
