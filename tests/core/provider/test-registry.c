/* test-registry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "rushes-error.h"
#include "rushes-http-provider.h"
#include "rushes-provider-settings.h"
#include "rushes-registry.h"
#include "rushes-test.h"

static const char kites[] =
    "{\"version\": 1, \"id\": \"kites\", \"name\": \"Kites\", \"engine\": \"http\", \"default_model\": \"k1\", "
    "\"models\": [{\"id\": \"k1\", \"name\": \"K1\", \"durations\": [5]}], \"regions\": [{\"name\": \"World\", "
    "\"url\": \"https://%s\"}], \"auth\": {\"scheme\": \"bearer\"}, \"protocol\": {\"submit\": {\"method\": \"POST\", "
    "\"path\": \"/v1/videos\", \"json\": {\"prompt\": \"{prompt}\"}}, \"status\": {\"path\": "
    "\"/v1/videos/{task_id}\"}, \"answer\": {\"task\": [\"id\"], \"state\": {\"at\": [\"status\"]}, \"clips\": "
    "{\"at\": [\"url\"]}}}}";

/* A folder of its own, what is known of it, and a keyring. */
typedef struct
{
  GFile *data;
  RushesFolders *folders;
  RushesKeyring *keyring;
  RushesRegistry *registry;
} House;

static void
house_start (House *self)
{
  g_clear_object (&self->registry);
  self->registry = rushes_registry_new ();
  rushes_registry_load (self->registry, self->folders, self->keyring);
}

static void
house_init (House *self)
{
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GError) error = NULL;

  self->data = g_file_new_for_path (path);
  self->folders = rushes_folders_new (self->data, self->data);
  rushes_folders_ensure (self->folders, &error);
  g_assert_no_error (error);
  self->keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  house_start (self);
}

static void
house_clear (House *self)
{
  g_clear_object (&self->registry);
  g_clear_object (&self->keyring);
  g_clear_object (&self->folders);
  g_clear_object (&self->data);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (House, house_clear)

static char *
path_of (House *self, const char *name)
{
  return g_build_filename (g_file_peek_path (rushes_folders_get_providers (self->folders)), name, NULL);
}

static void
put (House *self, const char *name, const char *text)
{
  g_autofree char *path = path_of (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static GBytes *
new_kites (const char *host)
{
  g_autoptr (GString) text = g_string_new (kites);

  g_string_replace (text, "%s", host, 1);
  return g_string_free_to_bytes (g_steal_pointer (&text));
}

static RushesProvider *
install_kites (House *self, const char *host)
{
  g_autoptr (GBytes) bytes = new_kites (host);
  g_autoptr (GError) error = NULL;
  RushesProvider *provider = dex_await_object (rushes_registry_install (self->registry, bytes, "kites.json"), &error);

  g_assert_no_error (error);
  return provider;
}

static void
set_key (RushesProvider *provider, const char *key)
{
  g_autoptr (GError) error = NULL;

  dex_await (rushes_http_provider_set_key (RUSHES_HTTP_PROVIDER (provider), key, FALSE), &error);
  g_assert_no_error (error);
}

static int
look_for_key (RushesProvider *provider)
{
  return dex_await_int (rushes_http_provider_refresh (RUSHES_HTTP_PROVIDER (provider)), NULL);
}

static guint
position_of (RushesRegistry *registry, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (registry)); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (G_LIST_MODEL (registry), i);

      if (g_str_equal (rushes_provider_get_id (provider), id))
        return i;
    }
  return G_MAXUINT;
}

/* Everything that ships can be read, and stands in its order; the renderer, which main() adds, is not read here. */
static void
test_shipped (void)
{
  g_auto (House) house = { 0 };
  g_auto (GStrv) names = g_resources_enumerate_children ("/io/github/rushes_app/Rushes/providers", 0, NULL);

  house_init (&house);
  g_assert_cmpuint (rushes_registry_get_errors (house.registry)->len, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (house.registry)), ==, g_strv_length (names) - 1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *id = g_strndup (names[i], strlen (names[i]) - strlen (".json"));
      RushesProvider *provider = rushes_registry_find (house.registry, id);

      if (g_str_equal (id, "animatic"))
        {
          g_assert_null (provider);
          continue;
        }
      g_assert_true (RUSHES_IS_HTTP_PROVIDER (provider));
      g_assert_false (rushes_registry_is_own (house.registry, provider));
    }
  g_assert_cmpuint (position_of (house.registry, "xai"), <, position_of (house.registry, "jiekou"));
  g_assert_cmpuint (position_of (house.registry, "jiekou"), <, position_of (house.registry, "openai-compatible"));
  g_assert_cmpuint (position_of (house.registry, "sora2"), <, position_of (house.registry, "dyuapi"));
}

static void
use_address (RushesProvider *provider, const char *address)
{
  g_autoptr (GError) error = NULL;

  rushes_http_provider_set_base_url (RUSHES_HTTP_PROVIDER (provider), address, &error);
  g_assert_no_error (error);
}

/* What a model costs, and whether there is one at all, may hang on where the service is spoken to. */
static void
test_regions (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GError) refusal = NULL;
  RushesProvider *provider;
  RushesModel *model, *chinese, *typed;

  house_init (&house);
  provider = rushes_registry_find (house.registry, "seedance");
  model = rushes_provider_find_model (provider, "dreamina-seedance-2-5-260628");
  chinese = rushes_provider_find_model (provider, "doubao-seedance-2-0-mini-260615");
  typed = rushes_provider_find_model (provider, "ep-20260601-abcde");
  rushes_draft_set_prompt (draft, "a kite");
  rushes_draft_set_duration (draft, 5);
  rushes_draft_set_resolution (draft, "720p");

  g_assert_cmpint (rushes_model_estimate (model, draft).high.micros, ==, 1156000);
  g_assert_true (rushes_model_get_is_offered (model));
  g_assert_false (rushes_model_get_is_offered (chinese));
  refusal = rushes_model_check (chinese, draft);
  g_assert_error (refusal, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (refusal->message, "“BytePlus”"));

  use_address (provider, "https://ark.cn-beijing.volces.com/api/v3/");
  g_assert_cmpint (rushes_model_estimate (model, draft).kind, ==, RUSHES_PRICE_UNKNOWN);
  g_assert_true (rushes_model_get_is_offered (chinese));
  g_assert_null (rushes_model_check (chinese, draft));
  g_assert_true (rushes_model_get_is_offered (typed));

  /* Nobody knows what is behind an address of one's own. */
  use_address (provider, "https://relay.example/api/v3");
  g_assert_cmpint (rushes_model_estimate (model, draft).kind, ==, RUSHES_PRICE_UNKNOWN);
  g_assert_true (rushes_model_get_is_offered (model));
  g_assert_true (rushes_model_get_is_offered (chinese));
}

static RushesCancelKind
ask_cancel_kind (RushesProvider *provider, const char *model_id)
{
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (RushesRequest) request = NULL;

  rushes_draft_set_model (draft, rushes_provider_get_id (provider), model_id);
  rushes_draft_set_prompt (draft, "a kite");
  request = rushes_request_new (draft, rushes_provider_find_model (provider, model_id), 0);
  return rushes_provider_get_cancel_kind (provider, request);
}

/* One interface of a service may know what the other does not. */
static void
test_cancel_kinds (void)
{
  g_auto (House) house = { 0 };
  RushesProvider *provider;

  house_init (&house);
  provider = rushes_registry_find (house.registry, "minimax");
  g_assert_cmpint (ask_cancel_kind (provider, "MiniMax-H3"), ==, RUSHES_CANCEL_STOPS_COST);
  g_assert_cmpint (ask_cancel_kind (provider, "MiniMax-Hailuo-2.3"), ==, RUSHES_CANCEL_NONE);
  g_assert_cmpint (rushes_provider_get_cancel_kind (provider, NULL), ==, RUSHES_CANCEL_STOPS_COST);
}

static void
assert_error (House *house, guint n, const char *file, const char *words)
{
  const GError *error = g_ptr_array_index (rushes_registry_get_errors (house->registry), n);

  g_test_message ("%s", error->message);
  g_assert_true (error->domain == RUSHES_ERROR);
  if (strstr (error->message, file) == NULL || strstr (error->message, words) == NULL)
    g_error ("“%s” does not speak of “%s” and “%s”.", error->message, file, words);
}

/* What is wrong with one file is told, and the others are there. */
static void
test_own (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (GBytes) bytes = new_kites ("api.kites.example");
  g_autofree char *huge = g_strnfill (1024 * 1024 + 1, ' ');
  g_autofree char *folder = NULL;
  g_autofree char *pipe = NULL;
  const char *text = g_bytes_get_data (bytes, NULL);
  RushesProvider *provider;

  house_init (&house);
  put (&house, "kites.json", text);
  put (&house, "a-broken.json", "{\"version\": 1,");
  put (&house, "b-other.json", text);
  put (&house, "xai.json", "{\"version\": 1, \"id\": \"xai\", \"base\": \"xai\", \"name\": \"Not xAI\"}");
  put (&house, "y-huge.json", huge);
  put (&house, "notes.txt", "no description");
  put (&house, "home.json",
       "{\"version\": 1, \"id\": \"home\", \"base\": \"openai-compatible\", \"name\": \"At Home\", \"base_url\": "
       "\"http://192.168.1.5:8091\"}");
  folder = path_of (&house, "z-folder.json");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  pipe = path_of (&house, "z-pipe.json");
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  house_start (&house);
  g_assert_cmpuint (rushes_registry_get_errors (house.registry)->len, ==, 6);
  assert_error (&house, 0, "a-broken.json", "JSON");
  assert_error (&house, 1, "b-other.json", "kites.json");
  assert_error (&house, 2, "xai.json", "Rushes");
  assert_error (&house, 3, "y-huge.json", "");
  assert_error (&house, 4, "z-folder.json", "no file");
  assert_error (&house, 5, "z-pipe.json", "no file");

  provider = rushes_registry_find (house.registry, "kites");
  g_assert_true (rushes_registry_is_own (house.registry, provider));
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)), ==,
                   "https://api.kites.example");
  provider = rushes_registry_find (house.registry, "home");
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)), ==, "http://192.168.1.5:8091");
  /* One's own stand behind what ships, by name. */
  g_assert_cmpuint (position_of (house.registry, "home"), ==, position_of (house.registry, "kites") - 1);
  g_assert_cmpuint (position_of (house.registry, "dyuapi"), <, position_of (house.registry, "home"));
  /* The shipped one is not another's. */
  g_assert_cmpstr (rushes_provider_get_name (rushes_registry_find (house.registry, "xai")), !=, "Not xAI");
}

static void
count_change (GListModel *list, guint position, guint removed, guint added, int *data)
{
  *data += (int) added - (int) removed;
}

static void
test_install (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (RushesProvider) newer = NULL;
  g_autoptr (RushesProvider) moved = NULL;
  g_autofree char *path = NULL;
  GStatBuf info;
  int n = 0;

  house_init (&house);
  g_signal_connect (house.registry, "items-changed", G_CALLBACK (count_change), &n);
  provider = install_kites (&house, "api.kites.example");
  g_assert_cmpint (n, ==, 1);
  g_assert_true (rushes_registry_find (house.registry, "kites") == provider);
  g_assert_true (rushes_registry_is_own (house.registry, provider));
  path = path_of (&house, "kites.json");
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  /* The same hosts once more: the key stays. */
  set_key (provider, "sk-kites");
  newer = install_kites (&house, "api.kites.example");
  g_assert_true (newer != provider);
  g_assert_cmpint (n, ==, 1);
  g_assert_cmpint (look_for_key (newer), ==, RUSHES_KEY_STORED);

  /* The next start finds it too. */
  house_start (&house);
  g_assert_cmpint (look_for_key (rushes_registry_find (house.registry, "kites")), ==, RUSHES_KEY_STORED);

  /* Other hosts: whoever trusted the old ones has not trusted these. Not even when they come back. */
  moved = install_kites (&house, "api.kites.invalid");
  g_assert_cmpint (look_for_key (moved), ==, RUSHES_KEY_NONE);
  g_clear_object (&moved);
  moved = install_kites (&house, "api.kites.example");
  g_assert_cmpint (look_for_key (moved), ==, RUSHES_KEY_NONE);
}

static void
assert_refused (DexFuture *future, RushesErrorCode code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (future, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, RUSHES_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not speak of “%s”.", error->message, words);
}

static void
test_refusals (void)
{
  g_auto (House) house = { 0 };
  const char shadow[] = "{\"version\": 1, \"id\": \"xai\", \"base\": \"xai\", \"name\": \"Mine\"}";
  g_autoptr (GBytes) shadowing = g_bytes_new_static (shadow, strlen (shadow));
  g_autoptr (GBytes) broken = g_bytes_new_static ("{", 1);
  guint n;

  house_init (&house);
  n = g_list_model_get_n_items (G_LIST_MODEL (house.registry));
  assert_refused (rushes_registry_install (house.registry, shadowing, "xai.json"), RUSHES_ERROR_BAD_REQUEST,
                  "xai.json");
  assert_refused (rushes_registry_install (house.registry, broken, "some.json"), RUSHES_ERROR_BAD_REQUEST, "some.json");
  assert_refused (rushes_registry_install_server (house.registry, "No Id", "x", "openai-compatible", "http://10.0.0.1"),
                  RUSHES_ERROR_BAD_REQUEST, "id");
  assert_refused (rushes_registry_install_server (house.registry, "home", "x", "nobody", "http://10.0.0.1"),
                  RUSHES_ERROR_BAD_REQUEST, "nobody");
  assert_refused (rushes_registry_install_server (house.registry, "home", "x", "animatic", "http://10.0.0.1"),
                  RUSHES_ERROR_BAD_REQUEST, "animatic");
  assert_refused (
      rushes_registry_install_server (house.registry, "home", "x", "openai-compatible", "http://public.example"),
      RUSHES_ERROR_BAD_REQUEST, "http");
  assert_refused (rushes_registry_uninstall (house.registry, "xai"), RUSHES_ERROR_BAD_REQUEST, "xai");
  assert_refused (rushes_registry_uninstall (house.registry, "nobody"), RUSHES_ERROR_BAD_REQUEST, "nobody");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (house.registry)), ==, n);
}

static void
test_server (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (GSettings) settings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  house_init (&house);
  provider = dex_await_object (rushes_registry_install_server (house.registry, "home", "At “Home”", "openai-compatible",
                                                               " http://192.168.1.5:8091/v1/ "),
                               &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_provider_get_name (provider), ==, "At “Home”");
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (provider)), ==, "http://192.168.1.5:8091");

  settings = rushes_provider_settings_get ("home");
  g_settings_set_string (settings, "model", "other");
  set_key (provider, "sk-home");

  dex_await (rushes_registry_uninstall (house.registry, "home"), &error);
  g_assert_no_error (error);
  g_assert_null (rushes_registry_find (house.registry, "home"));
  path = path_of (&house, "home.json");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_null (g_settings_get_user_value (settings, "model"));
  g_assert_cmpint (look_for_key (provider), ==, RUSHES_KEY_NONE);
}

static void
test_hosts (void)
{
  g_autoptr (GBytes) bytes = new_kites ("api.kites.example");
  g_autoptr (RushesDescription) description = rushes_description_new_strange (bytes, "kites.json", NULL);
  g_autoptr (RushesDescription) open = rushes_description_new_shipped ("openai-compatible", NULL);
  g_autofree char *hosts = rushes_registry_describe_hosts (description);
  g_autofree char *any = rushes_registry_describe_hosts (open);

  g_assert_nonnull (strstr (hosts, "api.kites.example"));
  g_assert_nonnull (strstr (any, "address"));
}

/* An attempt goes on with the description that it was submitted with when its provider is gone. */
static void
test_frozen (void)
{
  g_auto (House) house = { 0 };
  g_autoptr (RushesProvider) installed = NULL;
  g_autoptr (RushesProvider) found = NULL;
  g_autoptr (RushesProvider) made = NULL;
  g_autoptr (RushesProvider) server = NULL;
  g_autoptr (RushesProvider) made_server = NULL;
  g_autoptr (GBytes) frozen = NULL;
  g_autoptr (GBytes) frozen_server = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  house_init (&house);
  installed = install_kites (&house, "api.kites.example");
  text = json_to_string (rushes_description_get_json (rushes_provider_get_description (installed)), FALSE);
  frozen = g_bytes_new_take (text, strlen (text));
  found = rushes_registry_find_or_make (house.registry, "kites", frozen, &error);
  g_assert_true (found == installed);

  dex_await (rushes_registry_uninstall (house.registry, "kites"), &error);
  g_assert_no_error (error);
  made = rushes_registry_find_or_make (house.registry, "kites", frozen, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (made)), ==, "https://api.kites.example");
  g_assert_null (rushes_registry_find (house.registry, "kites"));

  server = dex_await_object (
      rushes_registry_install_server (house.registry, "home", "Home", "openai-compatible", "http://10.0.0.7:8091"),
      NULL);
  text = json_to_string (rushes_description_get_json (rushes_provider_get_description (server)), FALSE);
  frozen_server = g_bytes_new_take (text, strlen (text));
  dex_await (rushes_registry_uninstall (house.registry, "home"), NULL);
  made_server = rushes_registry_find_or_make (house.registry, "home", frozen_server, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (made_server)), ==, "http://10.0.0.7:8091");

  g_assert_null (rushes_registry_find_or_make (house.registry, "kites", NULL, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (rushes_registry_find_or_make (house.registry, "boats", frozen, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  rushes_test_add_fiber ("/provider/registry/shipped", test_shipped);
  rushes_test_add_fiber ("/provider/registry/regions", test_regions);
  rushes_test_add_fiber ("/provider/registry/cancel-kinds", test_cancel_kinds);
  rushes_test_add_fiber ("/provider/registry/own", test_own);
  rushes_test_add_fiber ("/provider/registry/install", test_install);
  rushes_test_add_fiber ("/provider/registry/refusals", test_refusals);
  rushes_test_add_fiber ("/provider/registry/server", test_server);
  rushes_test_add_fiber ("/provider/registry/hosts", test_hosts);
  rushes_test_add_fiber ("/provider/registry/frozen", test_frozen);

  return g_test_run ();
}
