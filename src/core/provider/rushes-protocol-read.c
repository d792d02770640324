/* rushes-protocol-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-protocol-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-http-address.h"
#include "rushes-model-private.h"

#define MAX_UPLOAD_LIFETIME (10 * 365 * 86400.0)
#define MAX_UPLOAD_BYTES    (G_GINT64_CONSTANT (1) << 40)

static const char *const schemes[] = { "none", "bearer", "key", "token", "header", "query", NULL };
static const char *const key_needs[] = { "required", "optional", NULL };
static const char *const pairs[] = { "hs256", NULL };
static const char *const waitings[] = { "poll", "synchronous", NULL };

G_STATIC_ASSERT (G_N_ELEMENTS (schemes) == RUSHES_AUTH_QUERY + 2);

/* ---- addresses ---- */

static GUri *
read_address (RushesJsonReader *reader, const char *member)
{
  const char *text = rushes_json_reader_get_string (reader, member, NULL);
  g_autoptr (GUri) uri = text != NULL ? rushes_http_parse_address (text, NULL) : NULL;

  if (text == NULL)
    return NULL;
  if (uri == NULL)
    {
      rushes_json_reader_complain (reader, member, "%s", _ ("an address such as https://example.com is expected."));
      return NULL;
    }
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !rushes_http_is_near_name (g_uri_get_host (uri)))
    rushes_json_reader_complain (reader, member, "%s",
                                 _ ("https is expected: plain http only goes to this computer and its network."));
  return g_steal_pointer (&uri);
}

/* For people: any address that a browser may open. */
static char *
read_page (RushesJsonReader *reader, const char *member)
{
  g_autoptr (GUri) uri = read_address (reader, member);

  return uri != NULL ? g_strdup (rushes_json_reader_get_string (reader, member, NULL)) : NULL;
}

static void
region_free (RushesRegion *region)
{
  g_free (region->name);
  g_free (region->url);
  g_free (region);
}

static void
read_region (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  const char *name = rushes_json_reader_get_string (reader, "name", "");
  const char *url = rushes_json_reader_get_string (reader, "url", "");
  g_autoptr (GUri) uri = read_address (reader, "url");
  RushesRegion *region = g_new0 (RushesRegion, 1);

  rushes_json_reader_need (reader, "name", "url", NULL);
  if (uri != NULL && (g_str_has_suffix (url, "/") || strpbrk (url, "?#") != NULL || g_uri_get_userinfo (uri) != NULL))
    rushes_json_reader_complain (reader, "url", "%s", _ ("nothing may follow the path, and no slash may end it."));

  region->name = rushes_translate_text (name);
  region->url = g_strdup (url);
  g_ptr_array_add (service->protocol->regions, region);
  g_ptr_array_add (service->protocol->region_names, g_strdup (name));
}

static void
read_regions (RushesServiceReader *service)
{
  RushesProtocol *self = service->protocol;

  self->regions = g_ptr_array_new_with_free_func ((GDestroyNotify) region_free);
  self->region_names = g_ptr_array_new_with_free_func (g_free);
  if (!rushes_json_reader_enter_list (service->reader, "regions"))
    return;
  while (rushes_json_reader_next (service->reader))
    if (rushes_json_reader_enter_object (service->reader, NULL))
      {
        read_region (service);
        rushes_json_reader_leave (service->reader);
      }
  rushes_json_reader_leave (service->reader);
}

static void
read_origins (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  g_autoptr (GStrvBuilder) origins = g_strv_builder_new ();

  if (rushes_json_reader_enter_list (reader, "origins"))
    {
      while (rushes_json_reader_next (reader))
        {
          const char *text = rushes_json_reader_get_string (reader, NULL, "");
          g_autoptr (GUri) uri = read_address (reader, NULL);
          g_autofree char *origin = uri != NULL ? rushes_origin_of (text) : NULL;

          if (uri != NULL && g_strcmp0 (origin, text) != 0)
            rushes_json_reader_complain (reader, NULL, "%s", _ ("scheme and host are expected, without a path."));
          g_strv_builder_add (origins, text);
        }
      rushes_json_reader_leave (reader);
    }
  service->protocol->origins = g_strv_builder_end (origins);
}

static void
read_foreign (RushesServiceReader *service)
{
  RushesProtocol *self = service->protocol;

  self->foreign = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (rushes_json_reader_enter_object (service->reader, "foreign"))
    {
      g_autoptr (GList) hosts = rushes_json_reader_list_members (service->reader);

      for (const GList *host = hosts; host != NULL; host = host->next)
        g_hash_table_insert (self->foreign, g_ascii_strdown (host->data, -1),
                             g_strdup (rushes_json_reader_get_string (service->reader, host->data, "")));
      rushes_json_reader_leave (service->reader);
    }
}

/* ---- fields ---- */

void
rushes_field_free (RushesField *self)
{
  g_free (self->name);
  rushes_template_free (self->value);
  g_free (self);
}

/* The names of headers that are the program's own affair: who is spoken to, with which key, and how bodies go. */
static gboolean
is_our_header (const char *name)
{
  static const char *const ours[] = { "authorization", "host",       "cookie", "content-length",  "content-type",
                                      "connection",    "keep-alive", "te",     "trailer",         "transfer-encoding",
                                      "upgrade",       "expect",     "range",  "accept-encoding", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_strv_contains (ours, lower) || g_str_has_prefix (lower, "proxy-");
}

static gboolean
is_token (const char *name)
{
  return g_regex_match_simple ("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$", name, G_REGEX_DOLLAR_ENDONLY, 0);
}

/* What no header may hold. */
static gboolean
has_control (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    if (*p < 0x20 || *p == 0x7f)
      return TRUE;
  return FALSE;
}

static void
check_header (RushesJsonReader *reader, const char *name)
{
  JsonNode *value = rushes_json_reader_get_node (reader, name);

  if (!is_token (name))
    rushes_json_reader_complain (reader, NULL, _ ("“%s” cannot be the name of a header."), name);
  else if (is_our_header (name))
    rushes_json_reader_complain (reader, NULL, _ ("the header “%s” may not be set here."), name);
  if (value != NULL && JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING &&
      has_control (json_node_get_string (value)))
    rushes_json_reader_complain (reader, name, "%s", _ ("a header may hold no control characters."));
}

GPtrArray *
rushes_fields_read (RushesServiceReader *service, const char *member, RushesNames names, gboolean are_headers)
{
  GPtrArray *fields = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_field_free);
  RushesTemplateNames known = service->names;

  known.names = names;
  if (rushes_json_reader_enter_object (service->reader, member))
    {
      g_autoptr (GList) members = rushes_json_reader_list_members (service->reader);

      for (const GList *name = members; name != NULL; name = name->next)
        {
          RushesField *field = g_new0 (RushesField, 1);

          if (are_headers)
            check_header (service->reader, name->data);
          field->name = g_strdup (name->data);
          field->value = rushes_template_read (service->reader, name->data, &known);
          g_ptr_array_add (fields, field);
        }
      rushes_json_reader_leave (service->reader);
    }
  return fields;
}

/* ---- the key ---- */

static void
read_environment (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  RushesProtocol *self = service->protocol;

  self->environment = rushes_json_reader_get_strings (reader, "environment");
  for (guint i = 0; self->environment[i] != NULL; i++)
    if (!g_regex_match_simple ("^[A-Z][A-Z0-9_]*(\\|[A-Z][A-Z0-9_]*)?$", self->environment[i], G_REGEX_DOLLAR_ENDONLY,
                               0))
      rushes_json_reader_complain (reader, "environment", _ ("“%s” is no variable such as KITES_API_KEY."),
                                   self->environment[i]);
  /* A stranger could name the one that holds another service's key. */
  if (service->strange && self->environment[0] != NULL)
    rushes_json_reader_complain (reader, "environment", "%s",
                                 _ ("only descriptions that come with Rushes may name variables."));
}

static void
read_auth_name (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  RushesProtocol *self = service->protocol;
  const char *member = self->scheme == RUSHES_AUTH_HEADER ? "header" : "query";

  if (self->scheme != RUSHES_AUTH_HEADER && self->scheme != RUSHES_AUTH_QUERY)
    return;
  rushes_json_reader_need (reader, member, NULL);
  self->auth_name = g_strdup (rushes_json_reader_get_string (reader, member, ""));
  if (!is_token (self->auth_name) || (self->scheme == RUSHES_AUTH_HEADER && is_our_header (self->auth_name)))
    rushes_json_reader_complain (reader, member, _ ("“%s” cannot bear a key."), self->auth_name);
}

static void
read_auth (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  RushesProtocol *self = service->protocol;

  if (!rushes_json_reader_enter_object (reader, "auth"))
    {
      self->environment = g_new0 (char *, 1);
      return;
    }
  rushes_json_reader_need (reader, "scheme", NULL);
  self->scheme = rushes_json_reader_get_word (reader, "scheme", schemes, RUSHES_AUTH_NONE);
  self->key_optional = rushes_json_reader_get_word (reader, "key", key_needs, 0) == 1;
  self->mint = rushes_json_reader_get_word (reader, "pair", pairs, -1) == 0;
  read_auth_name (service);
  read_environment (service);
  rushes_json_reader_leave (reader);
}

/* ---- takes ---- */

void
rushes_route_free (RushesRoute *self)
{
  g_clear_pointer (&self->when, rushes_condition_free);
  for (guint i = 0; i < RUSHES_N_OPERATIONS; i++)
    g_clear_pointer (&self->calls[i], rushes_call_free);
  g_clear_pointer (&self->reading, rushes_reading_free);
  g_free (self);
}

/* Whether our own id stands anywhere in a request. */
static gboolean
names_own_id (JsonNode *call)
{
  g_autofree char *text = json_to_string (call, FALSE);

  return g_regex_match_simple ("(?<!\\{)\\{own_id[|}]", text, 0, 0);
}

/* Likewise, what there is of the clip that is made longer. */
static RushesExtended
find_extended (JsonNode *call)
{
  g_autofree char *text = json_to_string (call, FALSE);
  RushesExtended found = 0;

  if (g_regex_match_simple ("(?<!\\{)\\{extended\\.task_id[|}]", text, 0, 0))
    found |= RUSHES_EXTENDED_TASK_ID;
  if (g_regex_match_simple ("(?<!\\{)\\{extended\\.clip_id[|}]", text, 0, 0))
    found |= RUSHES_EXTENDED_CLIP_ID;
  if (g_regex_match_simple ("(?<!\\{)\\{extended\\.address[|}]", text, 0, 0))
    found |= RUSHES_EXTENDED_ADDRESS;
  return found;
}

/* What the protocol has, and this route does not. */
static void
read_without (RushesServiceReader *service, RushesRoute *route)
{
  static const char *const words[] = { "lookup", "cancel", "stream", "socket", NULL };
  static const RushesOperation operations[] = { RUSHES_OPERATION_LOOKUP, RUSHES_OPERATION_CANCEL,
                                                RUSHES_OPERATION_STREAM, RUSHES_OPERATION_SOCKET };

  if (!rushes_json_reader_enter_list (service->reader, "without"))
    return;
  while (rushes_json_reader_next (service->reader))
    route->without |= 1u << operations[rushes_json_reader_get_word (service->reader, NULL, words, 0)];
  rushes_json_reader_leave (service->reader);
}

static void
read_calls (RushesServiceReader *service, RushesRoute *route)
{
  static const char *const members[] = {
    [RUSHES_OPERATION_SUBMIT] = "submit", [RUSHES_OPERATION_STATUS] = "status", [RUSHES_OPERATION_RESULT] = "result",
    [RUSHES_OPERATION_LOOKUP] = "lookup", [RUSHES_OPERATION_CANCEL] = "cancel", [RUSHES_OPERATION_STREAM] = "stream",
    [RUSHES_OPERATION_SOCKET] = "socket",
  };

  if (rushes_json_reader_enter_object (service->reader, "answer"))
    {
      route->reading = rushes_reading_read (service);
      rushes_json_reader_leave (service->reader);
    }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i] != NULL && rushes_json_reader_enter_object (service->reader, members[i]))
      {
        route->calls[i] = rushes_call_read (service, i);
        rushes_json_reader_leave (service->reader);
        if (route->calls[i]->still != NULL)
          rushes_json_reader_complain (service->reader, members[i], _ ("“%s” is not known here."), "still");
        route->calls[i]->sends_own_id = names_own_id (rushes_json_reader_get_node (service->reader, members[i]));
        route->calls[i]->extended = find_extended (rushes_json_reader_get_node (service->reader, members[i]));
      }
}

static const RushesCall *
find_call (const RushesServiceReader *service, const RushesRoute *route, RushesOperation operation)
{
  if (route->without & 1u << operation)
    return NULL;
  return route->calls[operation] != NULL ? route->calls[operation] : service->protocol->all->calls[operation];
}

/* Without a path or an address of its own a status can only be asked for where the submit said. */
static void
check_status (RushesServiceReader *service, const char *member, const RushesRoute *route)
{
  const RushesRoute *all = service->protocol->all;
  const RushesCall *status = find_call (service, route, RUSHES_OPERATION_STATUS);
  const RushesReading *reading = route->reading != NULL ? route->reading : all->reading;

  if (status != NULL && status->path == NULL && status->address == NULL &&
      (reading == NULL || reading->status_address->len == 0))
    rushes_json_reader_complain (service->reader, member, "%s",
                                 _ ("“path” is missing, as “answer” has no “status_address”."));
}

/* Nothing is found by an id that was never sent, and what is not found might be bought twice. */
static void
check_lookup (RushesServiceReader *service, const RushesRoute *route)
{
  const RushesCall *submit = find_call (service, route, RUSHES_OPERATION_SUBMIT);
  const RushesCall *lookup = find_call (service, route, RUSHES_OPERATION_LOOKUP);

  if (lookup != NULL && !lookup->sends_own_id)
    rushes_json_reader_complain (service->reader, "lookup", "%s",
                                 _ ("“{own_id}” is missing: it is what is looked for."));
  else if (lookup != NULL && submit != NULL && !submit->sends_own_id)
    rushes_json_reader_complain (service->reader, "lookup", "%s",
                                 _ ("“submit” does not send “{own_id}”, so nothing can be found by it."));
}

/* Sent for a take that makes nothing longer it would have nothing to say, and the other way round it would buy another
 * clip. */
static void
check_extending (RushesServiceReader *service, const RushesRoute *route)
{
  const RushesCall *submit = route->calls[RUSHES_OPERATION_SUBMIT];
  gboolean is_for = rushes_condition_is_for_extending (route->when);

  if (submit != NULL && submit->extended != 0 && !is_for)
    rushes_json_reader_complain (service->reader, "submit", "%s",
                                 _ ("“{extended.…}” has a value only in a route for “extending”: true."));
  else if (is_for && (submit == NULL || submit->extended == 0))
    rushes_json_reader_complain (service->reader, "submit", "%s",
                                 _ ("nothing says which clip is extended, such as “{extended.task_id}”."));
}

static void
read_protocol (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  RushesProtocol *self = service->protocol;

  self->all = g_new0 (RushesRoute, 1);
  if (rushes_json_reader_enter_object (reader, "protocol"))
    {
      rushes_json_reader_need (reader, "submit", "answer", NULL);
      if (!self->is_synchronous)
        rushes_json_reader_need (reader, "status", NULL);
      read_calls (service, self->all);
      if (rushes_json_reader_enter_object (reader, "test"))
        {
          self->all->calls[RUSHES_OPERATION_TEST] = rushes_call_read (service, RUSHES_OPERATION_TEST);
          rushes_json_reader_leave (reader);
        }
      self->listing = rushes_listing_read (service);
      self->schemas = rushes_schemas_read (service);
      if ((self->listing != NULL || self->schemas != NULL) && !service->takes_any)
        rushes_json_reader_complain (reader, self->listing != NULL ? "models" : "schema", "%s",
                                     _ ("“any_model” is missing: a model that is not listed here is like that one."));
      check_status (service, "status", self->all);
      check_lookup (service, self->all);
      check_extending (service, self->all);
      if (self->all->reading != NULL && self->all->reading->task->len == 0 && !self->is_synchronous)
        rushes_json_reader_complain (reader, "answer", _ ("“%s” is missing."), "task");
      rushes_json_reader_leave (reader);
    }

  self->routes = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_route_free);
  if (rushes_json_reader_enter_list (reader, "routes"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            RushesRoute *route = g_new0 (RushesRoute, 1);

            g_ptr_array_add (self->routes, route);
            rushes_json_reader_need (reader, "when", NULL);
            if (rushes_json_reader_enter_object (reader, "when"))
              {
                route->when = rushes_condition_read (reader);
                rushes_json_reader_leave (reader);
              }
            read_without (service, route);
            read_calls (service, route);
            check_extending (service, route);
            check_status (service, "status", route);
            check_lookup (service, route);
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }
}

/* ---- pictures ---- */

static void
read_upload (RushesServiceReader *service)
{
  RushesJsonReader *reader = service->reader;
  RushesProtocol *self = service->protocol;
  g_autoptr (GHashTable) read = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RushesTemplateNames names;

  self->upload = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_call_free);
  if (!rushes_json_reader_enter_object (reader, "upload"))
    return;

  rushes_json_reader_need (reader, "steps", "gives", NULL);
  service->names.read = read;
  if (rushes_json_reader_enter_list (reader, "steps"))
    {
      while (rushes_json_reader_next (reader))
        if (rushes_json_reader_enter_object (reader, NULL))
          {
            RushesCall *step = rushes_call_read (service, RUSHES_OPERATION_UPLOAD);

            g_ptr_array_add (self->upload, step);
            for (guint i = 0; i < step->read->len; i++)
              g_hash_table_add (read, g_strdup (((RushesReadValue *) g_ptr_array_index (step->read, i))->name));
            rushes_json_reader_leave (reader);
          }
      rushes_json_reader_leave (reader);
    }
  names = service->names;
  names.names = RUSHES_NAMES_PICTURE;
  self->upload_gives = rushes_template_read (reader, "gives", &names);
  self->upload_lifetime = rushes_json_reader_get_number (reader, "lifetime", 1, MAX_UPLOAD_LIFETIME, 0);
  self->upload_max_bytes = rushes_json_reader_get_integer (reader, "max_bytes", 1, MAX_UPLOAD_BYTES, 0);
  service->names.read = NULL;
  rushes_json_reader_leave (reader);
}

/* ---- all of it ---- */

/* The names that any of the models has, in @member: those of an object, or those that objects of a list bear. */
static GHashTable *
collect_names (RushesJsonReader *reader, const char *member)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  JsonNode *models = rushes_json_reader_get_node (reader, "models");
  g_autofree char *text = g_strdup_printf ("[*].%s%s", member, g_str_equal (member, "values") ? "" : "[*].name");
  g_autoptr (RushesJsonPath) path = rushes_json_path_new (text, NULL);
  g_autoptr (GPtrArray) found = models != NULL ? rushes_json_path_find (path, models) : g_ptr_array_new ();

  for (guint i = 0; i < found->len; i++)
    {
      JsonNode *node = g_ptr_array_index (found, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        {
          g_autoptr (GList) members = json_object_get_members (json_node_get_object (node));

          for (const GList *name = members; name != NULL; name = name->next)
            g_hash_table_add (names, g_strdup (name->data));
        }
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
        g_hash_table_add (names, json_node_dup_string (node));
    }
  return names;
}

RushesProtocol *
rushes_protocol_read (RushesJsonReader *reader, gboolean strange)
{
  RushesProtocol *self = g_object_new (RUSHES_TYPE_PROTOCOL, NULL);
  g_autoptr (GHashTable) values = collect_names (reader, "values");
  g_autoptr (GHashTable) parameters = collect_names (reader, "parameters");
  RushesServiceReader service = { .reader = reader,
                                  .protocol = self,
                                  .strange = strange,
                                  .takes_any = rushes_json_reader_has (reader, "any_model"),
                                  .names = { 0, values, parameters, NULL } };

  rushes_json_reader_need (reader, "regions", "auth", "protocol", NULL);
  self->id = g_strdup (rushes_json_reader_get_string (reader, "id", ""));
  self->name = rushes_translate_text (rushes_json_reader_get_string (reader, "name", ""));
  self->homepage = read_page (reader, "homepage");
  self->key_page = read_page (reader, "key_page");
  self->example_url = g_strdup (rushes_json_reader_get_string (reader, "example_url", NULL));
  if (rushes_json_reader_has (reader, "server"))
    self->server = rushes_translate_text (rushes_json_reader_get_string (reader, "server", ""));
  self->trim = rushes_json_reader_get_strings (reader, "trim");
  for (guint i = 0; self->trim[i] != NULL; i++)
    if (self->trim[i][0] != '/' || self->trim[i][1] == '\0' || g_str_has_suffix (self->trim[i], "/"))
      rushes_json_reader_complain (reader, "trim", _ ("“%s” is no end of an address such as /v1."), self->trim[i]);
  self->is_synchronous = rushes_json_reader_get_word (reader, "waiting", waitings, 0) == 1;

  self->credit = rushes_credit_read (reader);
  read_regions (&service);
  read_origins (&service);
  read_foreign (&service);
  read_auth (&service);
  self->headers = rushes_fields_read (&service, "headers", RUSHES_NAMES_TAKE, TRUE);
  read_protocol (&service);
  read_upload (&service);
  return self;
}
