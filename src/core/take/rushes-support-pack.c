/* rushes-support-pack.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-support-pack.h"

#include <glib/gi18n.h>
#include <libsoup/soup.h>
#include <locale.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/utsname.h>

#include "rushes-async.h"
#include "rushes-attempt.h"
#include "rushes-error.h"
#include "rushes-http-provider.h"
#include "rushes-scrubber.h"

/* Of a reply; a longer one is the clip itself. */
#define MAX_REPLY (64 * 1024)

typedef struct
{
  RushesLibrary *library;
  RushesRegistry *registry;
  RushesTake *take;
  char **versions;
} Packing;

static void
packing_free (gpointer data)
{
  Packing *packing = data;

  g_object_unref (packing->library);
  g_object_unref (packing->registry);
  g_object_unref (packing->take);
  g_strfreev (packing->versions);
  g_free (packing);
}

/* ---- the platform ---- */

static JsonObject *
describe_platform (const Packing *packing)
{
  JsonObject *object = json_object_new ();
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  g_autofree char *glib = g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  g_autofree char *soup =
      g_strdup_printf ("%u.%u.%u", soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version ());
  const char *desktop = g_getenv ("XDG_CURRENT_DESKTOP");
  struct utsname kernel;

  json_object_set_string_member (object, "system", name != NULL ? name : "");
  if (uname (&kernel) == 0)
    {
      json_object_set_string_member (object, "kernel", kernel.release);
      json_object_set_string_member (object, "machine", kernel.machine);
    }
  json_object_set_boolean_member (object, "sandbox", g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS));
  json_object_set_string_member (object, "desktop", desktop != NULL ? desktop : "");
  json_object_set_string_member (object, "language", setlocale (LC_MESSAGES, NULL));
  json_object_set_string_member (object, "GLib", glib);
  json_object_set_string_member (object, "libsoup", soup);
  json_object_set_string_member (object, "SQLite", sqlite3_libversion ());
  for (guint i = 0; packing->versions[i] != NULL && packing->versions[i + 1] != NULL; i += 2)
    json_object_set_string_member (object, packing->versions[i], packing->versions[i + 1]);
  return object;
}

/* ---- the take ---- */

/* What the person calls things tells nothing of what went wrong. */
static void
drop_private (JsonObject *take)
{
  json_object_remove_member (take, "note");
  if (json_object_has_member (take, "project"))
    json_object_remove_member (json_object_get_object_member (take, "project"), "name");
}

static void
hide_names (RushesScrubber *scrubber, RushesRequest *request)
{
  for (int role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    for (guint i = 0; i < rushes_request_get_n_references (request, role); i++)
      rushes_scrubber_hide (scrubber, rushes_reference_get_name (rushes_request_get_reference (request, role, i)));
}

static JsonArray *
get_attempts (JsonObject *take)
{
  return json_object_get_array_member (take, "attempts");
}

/* By their digests, as the attempts name them. */
static JsonObject *
collect_descriptions (const Packing *packing, JsonObject *take)
{
  JsonArray *attempts = get_attempts (take);
  JsonObject *descriptions = json_object_new ();

  for (guint i = 0; i < json_array_get_length (attempts); i++)
    {
      const char *hash =
          json_object_get_string_member_with_default (json_array_get_object_element (attempts, i), "description", NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonParser) parser = json_parser_new ();

      if (hash == NULL || json_object_has_member (descriptions, hash) ||
          !(bytes = dex_await_boxed (rushes_library_load_description (packing->library, hash), NULL)) ||
          !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL))
        continue;
      json_object_set_member (descriptions, hash, json_parser_steal_root (parser));
    }
  return descriptions;
}

/* ---- requests and replies ---- */

/* The same function that builds what is sent, with *** for the key; for the server that the newest attempt went to. */
static JsonNode *
rehearse (const Packing *packing, RushesProvider *provider, JsonObject *take)
{
  JsonObject *attempt = json_array_get_object_element (get_attempts (take), 0);
  const char *own_id = json_object_get_string_member (attempt, "id");
  const char *host = json_object_get_string_member_with_default (attempt, "host", NULL);
  const GError *lost = rushes_request_get_problem (rushes_take_get_request (packing->take));
  g_autoptr (GFile) spool =
      g_file_get_child (rushes_folders_get_spool (rushes_library_get_folders (packing->library)), own_id);
  g_autoptr (RushesJob) job = rushes_job_new (rushes_take_get_request (packing->take), own_id, spool,
                                              rushes_library_get_fitter (packing->library));
  g_autoptr (GError) error = NULL;
  JsonNode *list;

  if (provider == NULL)
    return json_node_init_string (json_node_alloc (), _ ("The provider is not here any more."));
  if (lost != NULL)
    return json_node_init_string (json_node_alloc (), lost->message);
  if (host != NULL)
    rushes_job_set_task (job, json_object_get_string_member_with_default (attempt, "task_id", NULL), host, NULL);
  list = dex_await_boxed (rushes_provider_rehearse (provider, job), &error);
  return list != NULL ? list : json_node_init_string (json_node_alloc (), error->message);
}

static DexFuture *
read_reply (gpointer data)
{
  GFile *spool = data;
  g_autoptr (GFileInputStream) stream = g_file_read (spool, NULL, NULL);
  g_autofree char *text = g_malloc0 (MAX_REPLY + 1);
  gsize length = 0;

  if (stream == NULL || !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_REPLY, &length, NULL, NULL))
    return dex_future_new_for_error (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "-"));
  /* Where the room that was made for it is not filled there are zeros, which end the text too. */
  return dex_future_new_take_string (g_steal_pointer (&text));
}

static JsonObject *
collect_replies (const Packing *packing, JsonObject *take)
{
  GFile *folder = rushes_folders_get_spool (rushes_library_get_folders (packing->library));
  JsonArray *attempts = get_attempts (take);
  JsonObject *replies = json_object_new ();

  for (guint i = 0; i < json_array_get_length (attempts); i++)
    {
      const char *id = json_object_get_string_member (json_array_get_object_element (attempts, i), "id");
      g_autoptr (GFile) spool = g_file_get_child (folder, id);
      g_autofree char *text =
          dex_await_string (rushes_async_work (read_reply, g_object_ref (spool), g_object_unref), NULL);

      if (text != NULL && *text != '\0')
        json_object_set_string_member (replies, id, text);
    }
  return replies;
}

/* ---- the whole ---- */

static GPtrArray *
list_credentials (RushesProvider *provider)
{
  return provider != NULL && RUSHES_IS_HTTP_PROVIDER (provider)
             ? dex_await_boxed (rushes_http_provider_list_credentials (RUSHES_HTTP_PROVIDER (provider)), NULL)
             : NULL;
}

typedef struct
{
  RushesScrubber *scrubber;
  JsonNode *whole;
} Printing;

static void
printing_free (gpointer data)
{
  Printing *printing = data;

  rushes_scrubber_free (printing->scrubber);
  json_node_unref (printing->whole);
  g_free (printing);
}

/* On a thread: a request may have whole pictures in it. */
static DexFuture *
print (gpointer data)
{
  Printing *printing = data;
  g_autoptr (JsonNode) clean = rushes_scrubber_clean_json (printing->scrubber, printing->whole);
  g_autofree char *text = json_to_string (clean, TRUE);
  char *line = g_strconcat (text, "\n", NULL);

  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_new_take (line, strlen (line)));
}

static DexFuture *
pack_fiber (gpointer data)
{
  Packing *packing = data;
  RushesProvider *provider = rushes_registry_find (
      packing->registry, rushes_request_get_provider_id (rushes_take_get_request (packing->take)));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *made = g_date_time_format_iso8601 (now);
  g_autoptr (GPtrArray) credentials = NULL;
  g_autoptr (JsonNode) description = NULL;
  g_autoptr (JsonNode) whole = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GError) error = NULL;
  Printing *printing;
  JsonObject *object, *take;

  if (!(description = dex_await_boxed (rushes_library_describe_take (packing->library, packing->take), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  take = json_node_get_object (description);
  drop_private (take);

  object = json_object_new ();
  json_node_take_object (whole, object);
  json_object_set_string_member (object, "program", "Rushes " APP_VERSION);
  json_object_set_string_member (object, "made", made);
  json_object_set_object_member (object, "platform", describe_platform (packing));
  json_object_set_object_member (object, "take", json_object_ref (take));
  json_object_set_member (object, "requests", rehearse (packing, provider, take));
  json_object_set_object_member (object, "replies", collect_replies (packing, take));
  json_object_set_object_member (object, "descriptions", collect_descriptions (packing, take));

  credentials = list_credentials (provider);
  printing = g_new0 (Printing, 1);
  printing->scrubber = rushes_scrubber_new (credentials);
  hide_names (printing->scrubber, rushes_take_get_request (packing->take));
  printing->whole = g_steal_pointer (&whole);
  return rushes_async_work (print, printing, printing_free);
}

DexFuture *
rushes_support_pack_make (RushesLibrary *library,
                          RushesRegistry *registry,
                          RushesTake *take,
                          const char *const *versions)
{
  static const char *const none[] = { NULL };
  Packing *packing;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (library));
  dex_return_error_if_fail (RUSHES_IS_REGISTRY (registry));
  dex_return_error_if_fail (rushes_library_get_fitter (library) != NULL);
  dex_return_error_if_fail (RUSHES_IS_TAKE (take) && rushes_take_get_loaded (take));

  packing = g_new0 (Packing, 1);
  packing->library = g_object_ref (library);
  packing->registry = g_object_ref (registry);
  packing->take = g_object_ref (take);
  packing->versions = g_strdupv ((char **) (versions != NULL ? versions : none));
  return rushes_async_spawn (pack_fiber, packing, packing_free);
}

char *
rushes_support_pack_suggest (RushesTake *take)
{
  g_return_val_if_fail (RUSHES_IS_TAKE (take), NULL);

  return g_strdup_printf ("rushes-%.13s.json", rushes_take_get_id (take));
}
