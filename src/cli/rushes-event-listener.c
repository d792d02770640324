/* rushes-event-listener.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-event-listener.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <libdex.h>
#include <signal.h>
#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"

/* The events of a summary are kept in memory; what does not fit is counted. */
#define SUMMARY_BYTES (32 * 1024 * 1024)

/* Types that are counted each for itself: a stream may make up new ones for ever. */
#define MAX_TYPES   1000
#define OTHER_TYPES "…"

/* Bytes that are cleaned at a time; rushes_clean_words() takes no more than 2000 characters. */
#define PIECE 1024

typedef enum
{
  COMPLETED,
  MAX_EVENTS,
  MAX_TIME,
  CANCELLED,
  FAILED,
} End;

static const char *const ends[] = { "completed", "max_events", "timeout", "cancelled", "failed" };

typedef struct
{
  RushesEventSource *source;
  RushesPrinter *printer;
  const RushesListening *limits;
  GCancellable *cancellable;
  gint64 begin; /* monotonic, µs */
  End end;
  guint64 n_events;
  JsonArray *events; /* of the summary; NULL when only counted */
  gsize n_bytes;
  guint64 n_left_out;
  GHashTable *types; /* char * → guint64 * */
} Listener;

/* ---- one event ---- */

static void
count_type (Listener *self, const char *type)
{
  guint64 *n;

  if (!g_hash_table_contains (self->types, type) && g_hash_table_size (self->types) >= MAX_TYPES)
    type = OTHER_TYPES;
  n = g_hash_table_lookup (self->types, type);
  if (n == NULL)
    {
      n = g_new0 (guint64, 1);
      g_hash_table_insert (self->types, g_strdup (type), n);
    }
  (*n)++;
}

static void
say_event (Listener *self, const RushesServerEvent *event)
{
  g_autofree char *data = rushes_server_event_get_text (event);
  g_autoptr (GString) text = g_string_new (NULL);

  if (!g_str_equal (event->type, "message"))
    {
      g_autofree char *type = rushes_clean_words (event->type);

      g_string_append_printf (text, "[%s] ", type);
    }
  for (const char *p = data; *p != '\0';)
    {
      const char *end = strlen (p) > PIECE ? g_utf8_find_prev_char (p, p + PIECE) : p + strlen (p);
      g_autofree char *piece = g_strndup (p, end - p);
      g_autofree char *clean = rushes_clean_words (piece);

      g_string_append (text, clean);
      p = end;
    }
  rushes_printer_say (self->printer, "%s", text->str);
}

static void
end_here (Listener *self, End end)
{
  self->end = end;
  g_cancellable_cancel (self->cancellable);
}

static void
on_event (RushesEventSource *source, const RushesServerEvent *event, Listener *self)
{
  gsize n_bytes = event->length + strlen (event->type) + strlen (event->id);
  gboolean is_kept = self->events != NULL && self->n_bytes + n_bytes <= SUMMARY_BYTES;
  gboolean is_emitted = !self->limits->summary_only && rushes_printer_get_json (self->printer);
  g_autoptr (JsonObject) object =
      is_kept || is_emitted ? rushes_server_event_to_json (event, g_get_real_time ()) : NULL;

  self->n_events++;
  count_type (self, event->type);
  if (is_emitted)
    rushes_printer_emit (self->printer, json_object_ref (object));
  else if (!self->limits->summary_only)
    say_event (self, event);
  if (is_kept)
    {
      self->n_bytes += n_bytes;
      json_array_add_object_element (self->events, g_steal_pointer (&object));
    }
  else
    self->n_left_out++;

  if (self->limits->max_events > 0 && self->n_events >= self->limits->max_events)
    end_here (self, MAX_EVENTS);
  else if (rushes_printer_is_unheard (self->printer))
    end_here (self, CANCELLED);
}

static void
on_broken (RushesEventSource *source, const GError *reason, Listener *self)
{
  rushes_printer_remark (self->printer, "%s",
                         reason != NULL ? reason->message : _ ("The stream ended; connecting again."));
}

/* ---- what ends it ---- */

static gboolean
on_time_over (gpointer data)
{
  end_here (data, MAX_TIME);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_signal (gpointer data)
{
  end_here (data, CANCELLED);
  return G_SOURCE_CONTINUE;
}

/* ---- the summary ---- */

static char *
describe_types (Listener *self)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (self->types), (GCompareFunc) strcmp);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const GList *name = names; name != NULL; name = name->next)
    {
      g_autofree char *clean = rushes_clean_words (name->data);

      g_string_append_printf (text, "%s%s %" G_GUINT64_FORMAT, text->len > 0 ? ", " : "", clean,
                              *(guint64 *) g_hash_table_lookup (self->types, name->data));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static JsonObject *
types_to_json (Listener *self)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer name, n;

  g_hash_table_iter_init (&iter, self->types);
  while (g_hash_table_iter_next (&iter, &name, &n))
    json_object_set_int_member (object, name, *(guint64 *) n);
  return object;
}

static void
summarize (Listener *self, const GError *error)
{
  guint64 n_repaired = rushes_event_source_get_n_repaired (self->source);
  double seconds = (g_get_monotonic_time () - self->begin) / (double) G_USEC_PER_SEC;
  g_autofree char *count =
      g_strdup_printf (ngettext ("%d event in %.1f s.", "%d events in %.1f s.", MIN (self->n_events, G_MAXINT)),
                       (int) MIN (self->n_events, G_MAXINT), seconds);
  g_autofree char *types = describe_types (self);
  JsonObject *object = json_object_new ();

  rushes_printer_remark (self->printer, "%s", count);
  if (g_hash_table_size (self->types) > 1)
    rushes_printer_remark (self->printer, "%s", types);
  if (n_repaired > 0)
    rushes_printer_remark (self->printer,
                           ngettext ("%d place was no UTF-8 and was replaced.",
                                     "%d places were no UTF-8 and were replaced.", MIN (n_repaired, G_MAXINT)),
                           (int) MIN (n_repaired, G_MAXINT));

  json_object_set_string_member (object, "type", "summary");
  json_object_set_string_member (object, "status", ends[self->end]);
  json_object_set_int_member (object, "total_events", self->n_events);
  json_object_set_int_member (object, "reconnects", rushes_event_source_get_n_reconnects (self->source));
  json_object_set_double_member (object, "connection_duration", seconds);
  json_object_set_object_member (object, "types", types_to_json (self));
  json_object_set_int_member (object, "replaced", n_repaired);
  if (self->events != NULL)
    {
      json_object_set_array_member (object, "events", json_array_ref (self->events));
      json_object_set_int_member (object, "left_out", self->n_left_out);
    }
  json_object_set_string_member (object, "summary", count);
  if (error != NULL)
    json_object_set_object_member (object, "error", rushes_error_to_json (error));
  else
    json_object_set_null_member (object, "error");
  rushes_printer_emit (self->printer, object);
}

int
rushes_listen (RushesEventSource *source, RushesPrinter *printer, const RushesListening *listening)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GHashTable) types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (JsonArray) events = listening->max_events > 0 ? json_array_new () : NULL;
  g_autoptr (GError) error = NULL;
  Listener self = {
    .source = source,
    .printer = printer,
    .limits = listening,
    .cancellable = cancellable,
    .begin = g_get_monotonic_time (),
    .end = FAILED,
    .events = events,
    .types = types,
  };
  guint sources[] = {
    g_unix_signal_add (SIGINT, on_signal, &self),
    g_unix_signal_add (SIGTERM, on_signal, &self),
    listening->max_time > 0 ? g_timeout_add ((guint) (listening->max_time * 1000), on_time_over, &self) : 0,
  };

  g_signal_connect (source, "event", G_CALLBACK (on_event), &self);
  g_signal_connect (source, "broken", G_CALLBACK (on_broken), &self);
  if (dex_await (rushes_event_source_run (source, cancellable), &error))
    self.end = COMPLETED;
  g_signal_handlers_disconnect_by_data (source, &self);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (sources[i] != 0)
      g_source_remove (sources[i]);

  if (self.end != FAILED)
    g_clear_error (&error);
  summarize (&self, error);
  if (error != NULL)
    {
      rushes_printer_complain (printer, error->message);
      return rushes_error_get_exit_status (error);
    }
  return self.end == CANCELLED ? 130 : 0;
}
