/* rushes-simulator.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulator.h"

#include <gio/gio.h>
#include <string.h>

#include "rushes-simulated-faults.h"
#include "rushes-simulated-record.h"

struct _RushesSimulator
{
  GObject parent_instance;

  const RushesSimulatedService *service;
  RushesSimulatedFaults *faults;
  RushesSimulatedCourse course;
  char *key;
  char *count_file;
  GBytes *clip;
  char *etag;
  SoupServer *server;
  SoupServer *elsewhere;
  char *origin;
  char *elsewhere_origin;
  GPtrArray *tasks;
  GHashTable *notes;
  RushesSimulatedRecord *record;
  guint counts[RUSHES_SIMULATED_N_COUNTS];
  guint n_asked;
  guint serial;
};

G_DEFINE_FINAL_TYPE (RushesSimulator, rushes_simulator, G_TYPE_OBJECT)

static const char *const count_names[RUSHES_SIMULATED_N_COUNTS] = {
  "submits", "refusals", "polls", "results", "cancels", "uploads", "models", "downloads", "wrong_keys", "leaks",
};

static void
rushes_simulator_finalize (GObject *object)
{
  RushesSimulator *self = RUSHES_SIMULATOR (object);

  soup_server_disconnect (self->server);
  soup_server_disconnect (self->elsewhere);
  g_clear_object (&self->server);
  g_clear_object (&self->elsewhere);
  g_clear_pointer (&self->faults, rushes_simulated_faults_free);
  g_clear_pointer (&self->record, rushes_simulated_record_free);
  g_ptr_array_unref (self->tasks);
  g_hash_table_unref (self->notes);
  g_clear_pointer (&self->clip, g_bytes_unref);
  g_free (self->etag);
  g_free (self->key);
  g_free (self->count_file);
  g_free (self->origin);
  g_free (self->elsewhere_origin);
  G_OBJECT_CLASS (rushes_simulator_parent_class)->finalize (object);
}

static void
rushes_simulator_class_init (RushesSimulatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_simulator_finalize;
}

/* ---- what is asked of it by the services ---- */

const char *
rushes_simulator_get_origin (RushesSimulator *self)
{
  return self->origin;
}

const char *
rushes_simulator_get_elsewhere (RushesSimulator *self)
{
  return self->elsewhere_origin;
}

const RushesSimulatedService *
rushes_simulator_get_service (RushesSimulator *self)
{
  return self->service;
}

const char *
rushes_simulator_get_key (RushesSimulator *self)
{
  return self->key;
}

gboolean
rushes_simulator_has_fault (RushesSimulator *self, const char *name, const char **value)
{
  return rushes_simulated_faults_has (self->faults, name, value);
}

gboolean
rushes_simulator_use_fault (RushesSimulator *self, const char *name, const char **value)
{
  return rushes_simulated_faults_use (self->faults, name, value);
}

const char *const *
rushes_simulator_list_faults (void)
{
  return rushes_simulated_faults_list ();
}

GBytes *
rushes_simulator_get_clip (RushesSimulator *self)
{
  return self->clip;
}

const char *
rushes_simulator_get_etag (RushesSimulator *self)
{
  return self->etag;
}

GHashTable *
rushes_simulator_get_notes (RushesSimulator *self)
{
  return self->notes;
}

guint
rushes_simulator_next (RushesSimulator *self)
{
  return ++self->serial;
}

/* Those that are done cost; so do those that nobody asked about. */
static guint
count_charges (RushesSimulator *self)
{
  guint n = 0;

  for (guint i = 0; i < self->tasks->len; i++)
    n += rushes_simulated_task_get_state (self->tasks->pdata[i]) == RUSHES_SIMULATED_DONE;
  return n;
}

static JsonObject *
describe_counts (RushesSimulator *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < RUSHES_SIMULATED_N_COUNTS; i++)
    json_object_set_int_member (object, count_names[i], self->counts[i]);
  json_object_set_int_member (object, "charges", count_charges (self));
  return object;
}

static char *
write_node (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return json_to_string (node, TRUE);
}

guint
rushes_simulator_get_n_asked (RushesSimulator *self)
{
  return self->n_asked;
}

void
rushes_simulator_note_asked (RushesSimulator *self)
{
  self->n_asked++;
}

void
rushes_simulator_count (RushesSimulator *self, RushesSimulatedCount what)
{
  g_autofree char *text = NULL;

  self->counts[what]++;
  if (self->count_file == NULL)
    return;
  text = write_node (describe_counts (self));
  if (!g_file_set_contents (self->count_file, text, -1, NULL))
    g_warning ("%s cannot be written", self->count_file);
}

RushesSimulatedTask *
rushes_simulator_add_task (RushesSimulator *self,
                           const char *id,
                           const char *own_id,
                           const char *kind,
                           JsonObject *request)
{
  RushesSimulatedTask *task = rushes_simulated_task_new (id, own_id, kind, request, &self->course);

  g_ptr_array_add (self->tasks, task);
  rushes_simulator_count (self, RUSHES_SIMULATED_COUNT_SUBMITS);
  return task;
}

RushesSimulatedTask *
rushes_simulator_find_task (RushesSimulator *self, const char *id)
{
  for (guint i = 0; id != NULL && i < self->tasks->len; i++)
    {
      RushesSimulatedTask *task = self->tasks->pdata[i];

      if (strcmp (rushes_simulated_task_get_id (task), id) == 0 ||
          g_strcmp0 (rushes_simulated_task_get_own_id (task), id) == 0)
        return task;
    }
  return NULL;
}

/* ---- keys ---- */

static gboolean
is_key_right (RushesSimulator *self, RushesSimulatedCall *call, const RushesSimulatedRoute *route)
{
  const char *value =
      rushes_simulated_call_get_header (call, self->service->scheme != NULL ? "Authorization" : self->service->header);
  gsize length;

  if (value == NULL)
    return self->service->key_optional || (route != NULL && route->open);
  if (self->service->scheme != NULL)
    {
      length = strlen (self->service->scheme);
      if (strncmp (value, self->service->scheme, length) != 0 || value[length] != ' ')
        return FALSE;
      value += length + 1;
    }
  return strcmp (value, self->key) == 0 || (self->service->accepts != NULL && self->service->accepts (call, value));
}

/* Whether a request to the other host brings something that only the service should see. */
static gboolean
brings_key (RushesSimulator *self, SoupServerMessage *message)
{
  SoupMessageHeadersIter iter;
  const char *name, *value;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  soup_message_headers_iter_init (&iter, soup_server_message_get_request_headers (message));
  while (soup_message_headers_iter_next (&iter, &name, &value))
    if (g_ascii_strcasecmp (name, "Authorization") == 0 || g_ascii_strcasecmp (name, "Cookie") == 0 ||
        strstr (value, self->key) != NULL)
      return TRUE;
  return query != NULL && strstr (query, self->key) != NULL;
}

/* ---- answering ---- */

static const RushesSimulatedRoute *
find_route (RushesSimulator *self, RushesSimulatedCall *call, gboolean elsewhere, gboolean *other_method)
{
  *other_method = FALSE;
  for (const RushesSimulatedRoute *route = self->service->routes; route->handle != NULL; route++)
    {
      if (route->elsewhere != elsewhere || !rushes_simulated_call_match (call, route->path))
        continue;
      if (strcmp (route->method, rushes_simulated_call_get_method (call)) == 0)
        return route;
      *other_method = TRUE;
    }
  return NULL;
}

static void
refuse (RushesSimulator *self, RushesSimulatedCall *call, RushesRefusal why, const char *message)
{
  rushes_simulated_call_refuse (call, why, RUSHES_PROBLEM_VALUE, "", message);
}

static void
add_retry_after (RushesSimulator *self, RushesSimulatedCall *call, const char *value)
{
  if (strcmp (value, "date") == 0)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (GDateTime) soon = g_date_time_add_seconds (now, 2);
      g_autofree char *text = soup_date_time_to_string (soon, SOUP_DATE_HTTP);

      rushes_simulated_call_add_header (call, "Retry-After", text);
    }
  else if (strcmp (value, "ms") == 0)
    rushes_simulated_call_add_header (call, "retry-after-ms", "700");
  else if (*value != '\0')
    rushes_simulated_call_add_header (call, "Retry-After", value);
}

/* Faults in which nothing is accepted; TRUE when there is one. */
static gboolean
refuse_submit (RushesSimulator *self, RushesSimulatedCall *call)
{
  static const struct
  {
    const char *name;
    RushesRefusal why;
  } refusals[] = {
    { "balance", RUSHES_REFUSAL_BALANCE },     { "reject", RUSHES_REFUSAL_MODERATION },
    { "bad-request", RUSHES_REFUSAL_REQUEST }, { "unknown-model", RUSHES_REFUSAL_MODEL },
    { "server-error", RUSHES_REFUSAL_SERVER },
  };
  const char *value;

  if (rushes_simulator_use_fault (self, "html", &value))
    {
      rushes_simulated_call_reply_text (
          call, *value != '\0' ? strtoul (value, NULL, 10) : 502, "text/html",
          "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1>"
          "</center><hr><center>nginx</center></body></html>");
      return TRUE;
    }
  if (rushes_simulator_use_fault (self, "rate-limit", &value))
    {
      add_retry_after (self, call, value);
      refuse (self, call, RUSHES_REFUSAL_RATE, NULL);
      return TRUE;
    }
  if (rushes_simulator_use_fault (self, "submit-503-retry-after", &value))
    {
      add_retry_after (self, call, *value != '\0' ? value : "1");
      refuse (self, call, RUSHES_REFUSAL_BUSY, NULL);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (rushes_simulator_use_fault (self, refusals[i].name, NULL))
      {
        refuse (self, call, refusals[i].why, NULL);
        return TRUE;
      }
  return FALSE;
}

/* Faults of the first N questions about a task; TRUE when there is one. */
static gboolean
refuse_poll (RushesSimulator *self, RushesSimulatedCall *call, guint polls)
{
  static const struct
  {
    const char *name;
    RushesRefusal why;
  } refusals[] = {
    { "poll-404-first", RUSHES_REFUSAL_NOT_FOUND },
    { "poll-500", RUSHES_REFUSAL_SERVER },
    { "poll-401", RUSHES_REFUSAL_KEY },
    { "poll-429", RUSHES_REFUSAL_RATE },
  };
  const char *value;

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (rushes_simulator_has_fault (self, refusals[i].name, &value) && polls <= MAX (1, strtoul (value, NULL, 10)))
      {
        refuse (self, call, refusals[i].why, NULL);
        return TRUE;
      }
  return FALSE;
}

static RushesSimulatedTask *
find_asked (RushesSimulator *self, const RushesSimulatedRoute *route, RushesSimulatedCall *call)
{
  g_auto (GStrv) names = NULL;

  if (route->task_query == NULL)
    return rushes_simulator_find_task (self, rushes_simulated_call_get_segment (call, "id"));
  names = g_strsplit (route->task_query, "|", -1);
  for (guint i = 0; names[i] != NULL; i++)
    if (rushes_simulated_call_get_query (call, names[i]) != NULL)
      return rushes_simulator_find_task (self, rushes_simulated_call_get_query (call, names[i]));
  return NULL;
}

/* Routes that speak of a task: finds it, counts, and does what the faults say; FALSE when the call has been answered.
 */
static gboolean
prepare (RushesSimulator *self, const RushesSimulatedRoute *route, RushesSimulatedCall *call)
{
  RushesSimulatedTask *task;

  if (route->purpose == RUSHES_SIMULATED_SUBMIT)
    return !refuse_submit (self, call);
  if (route->purpose == RUSHES_SIMULATED_MODELS)
    rushes_simulator_count (self, RUSHES_SIMULATED_COUNT_MODELS);
  if (route->purpose == RUSHES_SIMULATED_OTHER || route->purpose == RUSHES_SIMULATED_UPLOAD ||
      route->purpose == RUSHES_SIMULATED_MODELS)
    return TRUE;
  task = find_asked (self, route, call);
  if (task == NULL)
    {
      refuse (self, call, RUSHES_REFUSAL_NOT_FOUND, NULL);
      return FALSE;
    }
  rushes_simulated_call_set_task (call, task);
  switch (route->purpose)
    {
    case RUSHES_SIMULATED_POLL:
      rushes_simulator_count (self, RUSHES_SIMULATED_COUNT_POLLS);
      return !refuse_poll (self, call, rushes_simulated_task_poll (task));
    case RUSHES_SIMULATED_RESULT:
      rushes_simulator_count (self, RUSHES_SIMULATED_COUNT_RESULTS);
      return TRUE;
    case RUSHES_SIMULATED_CANCEL:
      if (!rushes_simulator_use_fault (self, "cancel-refused", NULL))
        return TRUE;
      refuse (self, call, RUSHES_REFUSAL_CANCEL, NULL);
      return FALSE;
    default:
      return TRUE;
    }
}

static void
finish_submit (RushesSimulator *self, RushesSimulatedCall *call)
{
  gboolean accepted = rushes_simulated_call_get_made (call) != NULL;
  const char *value;

  if (!accepted)
    {
      rushes_simulator_count (self, RUSHES_SIMULATED_COUNT_REFUSALS);
      rushes_simulated_call_send (call, RUSHES_SIMULATED_SEND_WHOLE);
      return;
    }
  if (rushes_simulator_use_fault (self, "slow-submit", &value))
    rushes_simulated_call_set_delay (call, (*value != '\0' ? g_ascii_strtod (value, NULL) : 5) * 1000);
  if (rushes_simulator_use_fault (self, "no-task-id", NULL))
    rushes_simulated_call_drop_id (call);
  if (rushes_simulator_use_fault (self, "reset-submit", NULL))
    rushes_simulated_call_send (call, RUSHES_SIMULATED_SEND_RESET);
  else if (rushes_simulator_use_fault (self, "truncate-reply", NULL))
    rushes_simulated_call_send (call, RUSHES_SIMULATED_SEND_HALF);
  else
    rushes_simulated_call_send (call, RUSHES_SIMULATED_SEND_WHOLE);
}

/* Anything but the answer to a submit. */
static void
send_reply (RushesSimulator *self, RushesSimulatedCall *call)
{
  rushes_simulated_call_send (call, rushes_simulated_call_gives_clip (call) &&
                                            rushes_simulator_use_fault (self, "truncated-clip", NULL)
                                        ? RUSHES_SIMULATED_SEND_HALF
                                        : RUSHES_SIMULATED_SEND_WHOLE);
}

static void
answer (RushesSimulator *self, RushesSimulatedCall *call)
{
  gboolean other_method;
  const RushesSimulatedRoute *route = find_route (self, call, FALSE, &other_method);
  gboolean right = is_key_right (self, call, route);

  if (!right || rushes_simulator_has_fault (self, "refuse-key", NULL))
    {
      rushes_simulator_count (self, RUSHES_SIMULATED_COUNT_WRONG_KEYS);
      refuse (self, call, RUSHES_REFUSAL_KEY, NULL);
    }
  else if (route == NULL)
    refuse (self, call, other_method ? RUSHES_REFUSAL_METHOD : RUSHES_REFUSAL_NOT_FOUND, NULL);
  else if (prepare (self, route, call))
    route->handle (call);
  g_assert (rushes_simulated_call_get_status (call) != 0);
  rushes_simulated_record_add (self->record, call, FALSE, right);
  if (route != NULL && route->purpose == RUSHES_SIMULATED_SUBMIT)
    finish_submit (self, call);
  else
    send_reply (self, call);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  RushesSimulator *self = user_data;
  g_autoptr (RushesSimulatedCall) call = rushes_simulated_call_new (self, message);

  rushes_simulated_call_set_query (call, query);
  answer (self, call);
}

/* ---- the other host ---- */

static void
on_request_elsewhere (SoupServer *server,
                      SoupServerMessage *message,
                      const char *path,
                      GHashTable *query,
                      gpointer user_data)
{
  RushesSimulator *self = user_data;
  g_autoptr (RushesSimulatedCall) call = rushes_simulated_call_new (self, message);
  const RushesSimulatedRoute *route;
  RushesSimulatedTask *task = NULL;
  gboolean other_method, leaks = brings_key (self, message), is_clip;

  rushes_simulated_call_set_query (call, query);
  is_clip = rushes_simulated_call_match (call, "/clips/{id}/video.mp4");
  if (is_clip)
    task = rushes_simulator_find_task (self, rushes_simulated_call_get_segment (call, "id"));
  if (leaks)
    {
      rushes_simulator_count (self, RUSHES_SIMULATED_COUNT_LEAKS);
      rushes_simulated_call_reply_text (call, 400, "text/plain", "This host must not see a key.");
    }
  else if (is_clip && strcmp (rushes_simulated_call_get_method (call), "GET") != 0)
    /* Addresses that are signed for GET are so for nothing else. */
    rushes_simulated_call_reply_text (call, 403, "application/xml",
                                      "<Error><Code>SignatureDoesNotMatch</Code></Error>");
  else if (task != NULL)
    {
      const char *signature = rushes_simulated_call_get_query (call, "X-Signature");
      guint serial = signature != NULL ? strtoul (signature, NULL, 10) : 0;
      g_autofree char *number = g_strdup_printf ("%u", serial);
      g_autofree char *wanted = g_strdup_printf ("%u/%08x==", serial, g_str_hash (number));

      if (g_strcmp0 (signature, wanted) == 0)
        rushes_simulated_call_reply_clip (call, task);
      else
        rushes_simulated_call_reply_text (call, 403, "application/xml",
                                          "<Error><Code>SignatureDoesNotMatch</Code></Error>");
    }
  else if ((route = find_route (self, call, TRUE, &other_method)) != NULL)
    route->handle (call);
  else
    rushes_simulated_call_reply_text (call, 404, "text/plain", "Not found");
  g_assert (rushes_simulated_call_get_status (call) != 0);
  rushes_simulated_record_add (self->record, call, TRUE, FALSE);
  send_reply (self, call);
}

/* ---- what tests ask ---- */

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  RushesSimulator *self = user_data;
  g_autofree char *text = NULL;

  if (strcmp (path, "/_simulator/requests") == 0)
    text = rushes_simulated_record_write (self->record);
  else
    text = write_node (describe_counts (self));
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, text, strlen (text));
}

/* ---- life ---- */

static void
rushes_simulator_init (RushesSimulator *self)
{
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->server = soup_server_new ("server-header", "simulator ", NULL);
  self->elsewhere = soup_server_new ("server-header", "elsewhere ", NULL);
  self->record = rushes_simulated_record_new ();
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  soup_server_add_handler (self->server, "/_simulator", on_asked, self, NULL);
  soup_server_add_handler (self->elsewhere, NULL, on_request_elsewhere, self, NULL);
}

static void
on_socket (SoupServer *server,
           SoupServerMessage *message,
           const char *path,
           SoupWebsocketConnection *connection,
           gpointer user_data)
{
  RushesSimulator *self = user_data;

  self->service->speak (self, connection);
}

static gboolean
load_clip (RushesSimulator *self, const char *path, GError **error)
{
  g_autofree char *sum = NULL;

  if (path != NULL)
    {
      char *data;
      gsize length;

      if (!g_file_get_contents (path, &data, &length, error))
        return FALSE;
      self->clip = g_bytes_new_take (data, length);
    }
  else if ((self->clip = g_resources_lookup_data ("/io/github/rushes_app/Simulator/clip.mp4", 0, error)) == NULL)
    return FALSE;
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->clip);
  self->etag = g_strdup_printf ("\"%.16s\"", sum);
  return TRUE;
}

RushesSimulator *
rushes_simulator_new (const RushesSimulatedService *service, const RushesSimulatorOptions *options, GError **error)
{
  g_autoptr (RushesSimulator) self = g_object_new (RUSHES_TYPE_SIMULATOR, NULL);
  const char *value;

  self->service = service;
  self->key = g_strdup (options->key != NULL ? options->key : service->key);
  self->count_file = g_strdup (options->count_file);
  self->course.polls = options->polls;
  self->course.speed = options->speed > 0 ? options->speed : 1;
  if ((self->faults = rushes_simulated_faults_new (options->faults, service, error)) == NULL ||
      !load_clip (self, options->clip, error))
    return NULL;
  if (service->socket_path != NULL && !rushes_simulator_has_fault (self, "no-socket", NULL))
    soup_server_add_websocket_handler (self->server, service->socket_path, NULL, NULL, on_socket, self, NULL);
  self->course.never = rushes_simulator_has_fault (self, "never", NULL);
  self->course.fails = rushes_simulator_has_fault (self, "fail", NULL);
  if (rushes_simulator_has_fault (self, "fail-then-done", &value))
    self->course.fails_first = MAX (1, strtoul (value, NULL, 10));
  return g_steal_pointer (&self);
}

static char *
listen_local (SoupServer *server, guint port, GError **error)
{
  g_autoslist (GUri) uris = NULL;

  if (!soup_server_listen_local (server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  uris = soup_server_get_uris (server);
  return g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
}

gboolean
rushes_simulator_listen (RushesSimulator *self, guint port, GError **error)
{
  return (self->origin = listen_local (self->server, port, error)) != NULL &&
         (self->elsewhere_origin = listen_local (self->elsewhere, 0, error)) != NULL;
}
