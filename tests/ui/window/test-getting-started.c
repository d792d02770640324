/* test-getting-started.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <libsoup/soup.h>

#include "rushes-getting-started.h"
#include "rushes-http-provider.h"
#include "rushes-provider-settings.h"
#include "rushes-set.h"
#include "rushes-take-page.h"
#include "rushes-test-simulator.h"

/* Each way of somebody who begins, up to the clip. */

/* ---- what there is ---- */

/* A provider as it ships, which is at @url instead of its usual address; NULL for that. */
static RushesProvider *
add_provider (RushesSet *set, const char *id, const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) shipped = rushes_description_new_shipped (id, &error);
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  json = json_node_copy (rushes_description_get_json (shipped));
  if (url != NULL)
    {
      JsonArray *regions = json_array_new ();
      JsonObject *region = json_object_new ();

      json_object_set_string_member (region, "name", "This Computer");
      json_object_set_string_member (region, "url", url);
      json_array_add_object_element (regions, region);
      json_object_set_array_member (json_node_get_object (json), "regions", regions);
    }
  text = json_to_string (json, FALSE);
  bytes = g_bytes_new (text, strlen (text));
  description = rushes_description_new_from_bytes (bytes, id, &error);
  g_assert_no_error (error);
  provider = rushes_http_provider_new (description, rushes_keyring_get_default ());
  rushes_provider_set_interval (provider, 0.1);
  rushes_registry_add (set->registry, provider);

  return rushes_registry_find (set->registry, id);
}

static void
welcome (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  const guint *status = data;

  soup_server_message_set_status (message, *status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{\"ok\":true}", 11);
}

/* Something that has nothing to do with clips, and answers to everything with *@status. */
static SoupServer *
open_other_server (guint *status, char **url)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, welcome, status, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  *url = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return server;
}

/* ---- looking and pressing ---- */

static GtkWidget *
get_dialog (RushesSet *set)
{
  return rushes_set_find (GTK_WIDGET (set->window), RUSHES_TYPE_GETTING_STARTED, NULL);
}

static gboolean
is_open (RushesSet *self, gconstpointer data)
{
  return get_dialog (self) != NULL;
}

static gboolean
is_closed (RushesSet *self, gconstpointer data)
{
  return !is_open (self, NULL);
}

static gboolean
shows_page (RushesSet *self, gconstpointer title)
{
  GtkWidget *view = is_open (self, NULL) ? rushes_set_find (get_dialog (self), ADW_TYPE_NAVIGATION_VIEW, NULL) : NULL;

  return view != NULL &&
         g_str_equal (adw_navigation_page_get_title (adw_navigation_view_get_visible_page (ADW_NAVIGATION_VIEW (view))),
                      title);
}

typedef struct
{
  GType type;
  const char *words;
} Wanted;

static gboolean
has_widget (RushesSet *self, gconstpointer data)
{
  const Wanted *wanted = data;

  return rushes_set_find (GTK_WIDGET (self->window), wanted->type, wanted->words) != NULL;
}

static GtkWidget *
await_widget (RushesSet *set, GType type, const char *words)
{
  const Wanted wanted = { type, words };

  rushes_set_await (set, has_widget, &wanted);
  return rushes_set_find (GTK_WIDGET (set->window), type, words);
}

static void
choose_way (RushesSet *set, const char *way, const char *title)
{
  rushes_set_click (set, rushes_set_await_words (set, way));
  rushes_set_await (set, shows_page, title);
}

/* The button that stands alone below the page. */
static GtkWidget *
get_continue (RushesSet *set)
{
  return gtk_widget_get_ancestor (rushes_set_await_words (set, "Continue"), GTK_TYPE_BUTTON);
}

static gboolean
can_continue (RushesSet *self, gconstpointer data)
{
  return gtk_widget_is_sensitive (get_continue (self));
}

static gboolean
is_filled_in (RushesSet *self, gconstpointer provider_id)
{
  RushesDraft *draft = rushes_set_draft (self);

  return g_strcmp0 (rushes_draft_get_provider_id (draft), provider_id) == 0 &&
         rushes_draft_get_n_references (draft, RUSHES_ROLE_FIRST_FRAME) == 1 &&
         *rushes_draft_get_prompt (draft) != '\0' && gtk_widget_get_mapped (GTK_WIDGET (self->composer->prompt));
}

static gboolean
can_generate (RushesSet *self, gconstpointer data)
{
  return gtk_widget_is_sensitive (self->composer->generate_button);
}

static gboolean
is_ready (RushesSet *self, gconstpointer data)
{
  g_autoptr (RushesTake) take = g_list_model_get_item (self->takes, 0);

  return take != NULL && rushes_take_get_loaded (take) && rushes_take_get_state (take) == RUSHES_TAKE_STATE_READY &&
         rushes_take_get_clip (take) != NULL;
}

static gboolean
shows_take_page (RushesSet *self, gconstpointer data)
{
  return RUSHES_IS_TAKE_PAGE (adw_navigation_view_get_visible_page (self->window->places));
}

/* The composer is filled in, with the price on its button, and nothing was bought; the person presses the button, and
 * looks at the clip. */
static void
make_clip (RushesSet *set, RushesTestSimulator *simulator, const char *provider_id, const char *price)
{
  g_autoptr (RushesTake) take = NULL;

  rushes_set_await (set, is_closed, NULL);
  rushes_set_await (set, is_filled_in, provider_id);
  rushes_set_await_words (set, price);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 0);
  g_assert_cmpuint (rushes_set_count (set), ==, 0);
  rushes_set_await (set, can_generate, NULL);
  rushes_set_press ("ctrl+Return");
  rushes_set_await (set, is_ready, NULL);
  g_assert_cmpuint (rushes_test_simulator_count (simulator, "submits"), ==, 1);
  take = g_list_model_get_item (set->takes, 0);
  rushes_window_open_take (set->window, take);
  rushes_set_await (set, shows_take_page, NULL);
}

/* ---- a key ---- */

static gboolean
shows_no_row (RushesSet *self, gconstpointer title)
{
  return rushes_set_find (GTK_WIDGET (self->window), ADW_TYPE_ACTION_ROW, title) == NULL;
}

static void
test_service (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (RushesSet) set = rushes_set_open ();
  GtkWidget *entry;

  add_provider (set, "kling", "http://127.0.0.1:1");
  add_provider (set, "runway", rushes_test_simulator_get_url (simulator));
  add_provider (set, "sora2", "http://127.0.0.1:1");
  choose_way (set, "I Have a Key for…", "I Have a Key for…");
  await_widget (set, ADW_TYPE_ACTION_ROW, "Kling AI");

  /* What is typed searches, ids too, as names are translated; Enter takes what is left. */
  rushes_set_type ("sora2");
  rushes_set_await (set, shows_no_row, "Kling AI");
  await_widget (set, ADW_TYPE_ACTION_ROW, "Sora 2 Relays");
  rushes_set_press ("ctrl+a");
  rushes_set_type ("runw");
  rushes_set_await (set, shows_page, "I Have a Key for…");
  await_widget (set, ADW_TYPE_ACTION_ROW, "Runway");
  rushes_set_press ("Return");
  rushes_set_await (set, shows_page, "Runway");

  entry = await_widget (set, ADW_TYPE_PASSWORD_ENTRY_ROW, "API Key");
  g_assert_false (gtk_widget_is_sensitive (get_continue (set)));
  gtk_widget_grab_focus (entry);
  rushes_set_type ("mistyped");
  rushes_set_await (set, can_continue, NULL);
  rushes_set_click (set, get_continue (set));
  rushes_set_await_words (set, "Runway refuses the key.");
  g_assert_true (shows_page (set, "Runway"));
  g_assert_false (gtk_widget_is_sensitive (get_continue (set)));

  rushes_set_click (set, await_widget (set, GTK_TYPE_BUTTON, "Replace…"));
  await_widget (set, ADW_TYPE_PASSWORD_ENTRY_ROW, "New API Key");
  rushes_set_type (RUSHES_TEST_KEY);
  rushes_set_press ("Return");
  rushes_set_await_words (set, "It works. The test cost nothing.");
  g_assert_true (shows_page (set, "Runway"));
  rushes_set_await (set, can_continue, NULL);
  rushes_set_press ("Return");
  make_clip (set, simulator, "runway", "Generate · about");
}

static gboolean
has_prompt (RushesSet *self, gconstpointer prompt)
{
  return g_strcmp0 (rushes_draft_get_prompt (rushes_set_draft (self)), prompt) == 0;
}

/* Who has a key does not enter it again; and what lay in the composer comes back. */
static void
test_key_at_hand (void)
{
  g_autoptr (RushesTestSimulator) simulator = rushes_test_simulator_new ("runway", NULL);
  g_autoptr (RushesSet) set = rushes_set_open ();
  RushesProvider *runway = add_provider (set, "runway", rushes_test_simulator_get_url (simulator));

  rushes_test_expect (rushes_http_provider_set_key (RUSHES_HTTP_PROVIDER (runway), RUSHES_TEST_KEY, TRUE));
  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "a teapot");
  gtk_widget_activate_action (GTK_WIDGET (set->window), "win.getting-started", NULL);
  rushes_set_await (set, shows_page, "Getting Started");
  choose_way (set, "I Have a Key for…", "I Have a Key for…");
  rushes_set_await_words (set, "Key for this session");
  rushes_set_click (set, await_widget (set, ADW_TYPE_ACTION_ROW, "Runway"));
  rushes_set_await (set, is_closed, NULL);
  rushes_set_await (set, is_filled_in, "runway");

  rushes_set_click (set, await_widget (set, GTK_TYPE_BUTTON, "Undo"));
  rushes_set_await (set, has_prompt, "a teapot");
}

/* ---- a graphics card ---- */

static void
forget_addresses (void)
{
  rushes_provider_settings_reset ("comfyui");
  rushes_provider_settings_reset ("sglang");
  rushes_provider_settings_reset ("vllm-omni");
}

/* What is found is what it says it is, and what else runs there is nothing. */
static void
test_server (void)
{
  g_autoptr (RushesTestSimulator) comfyui = rushes_test_simulator_new ("comfyui", NULL);
  g_autoptr (RushesTestSimulator) sglang = rushes_test_simulator_new ("openai-compatible", "sglang", NULL);
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (SoupServer) other = NULL;
  g_autofree char *url = NULL;
  guint status = 200;

  other = open_other_server (&status, &url);
  add_provider (set, "comfyui", rushes_test_simulator_get_url (comfyui));
  /* The same address, and something else. */
  add_provider (set, "vllm-omni", rushes_test_simulator_get_url (sglang));
  add_provider (set, "sglang", rushes_test_simulator_get_url (sglang));
  add_provider (set, "localai", url);
  choose_way (set, "I Have a Graphics Card", "I Have a Graphics Card");
  await_widget (set, ADW_TYPE_ACTION_ROW, "ComfyUI (python main.py)");
  g_assert_null (rushes_set_find (get_dialog (set), ADW_TYPE_ACTION_ROW, "ComfyUI"));

  rushes_set_click (set, rushes_set_await_words (set, "Look for Programs"));
  await_widget (set, ADW_TYPE_ACTION_ROW, "ComfyUI");
  g_assert_nonnull (rushes_set_find (get_dialog (set), ADW_TYPE_ACTION_ROW, "SGLang"));
  g_assert_null (rushes_set_find (get_dialog (set), ADW_TYPE_ACTION_ROW, "vLLM-Omni"));
  g_assert_null (rushes_set_find (get_dialog (set), ADW_TYPE_ACTION_ROW, "LocalAI"));
  /* What runs need not be started. */
  g_assert_null (rushes_set_find (get_dialog (set), ADW_TYPE_ACTION_ROW, "ComfyUI (python main.py)"));
  g_assert_nonnull (rushes_set_find (get_dialog (set), ADW_TYPE_ACTION_ROW, "LocalAI (local-ai run)"));

  rushes_set_click (set, await_widget (set, ADW_TYPE_ACTION_ROW, "ComfyUI"));
  make_clip (set, comfyui, "comfyui", "Generate · free");
  g_assert_cmpuint (rushes_test_simulator_count (sglang, "submits"), ==, 0);
  soup_server_disconnect (other);
  forget_addresses ();
}

/* Nothing runs, then something does; and back and forth. */
static void
test_nothing_found (void)
{
  g_autoptr (RushesTestSimulator) sglang = NULL;
  g_autoptr (RushesSet) set = rushes_set_open ();
  RushesProvider *provider = add_provider (set, "sglang", "http://127.0.0.1:1");
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("sglang");

  choose_way (set, "I Have a Graphics Card", "I Have a Graphics Card");
  rushes_set_click (set, rushes_set_await_words (set, "Look for Programs"));
  rushes_set_await_words (set, "None of them runs here.");
  rushes_set_press ("alt+Left");
  rushes_set_await (set, shows_page, "Getting Started");
  rushes_set_press ("Escape");
  rushes_set_await (set, is_closed, NULL);
  g_assert_nonnull (set->window->first_start);

  choose_way (set, "I Have a Graphics Card", "I Have a Graphics Card");
  rushes_set_click (set, rushes_set_await_words (set, "Look for Programs"));
  rushes_set_await_words (set, "None of them runs here.");
  sglang = rushes_test_simulator_new ("openai-compatible", "sglang", NULL);
  g_settings_set_string (settings, "base-url", rushes_test_simulator_get_url (sglang));
  rushes_set_click (set, rushes_set_await_words (set, "Try Again"));
  rushes_set_click (set, await_widget (set, ADW_TYPE_ACTION_ROW, "SGLang"));
  g_assert_nonnull (provider);
  make_clip (set, sglang, "sglang", "Generate · free");
  forget_addresses ();
}

static void
type_address (RushesSet *set, const char *url)
{
  GtkWidget *entry = await_widget (set, ADW_TYPE_ENTRY_ROW, "Server Address");

  gtk_editable_set_text (GTK_EDITABLE (entry), url);
  g_signal_emit_by_name (entry, "apply");
}

/* Wholly, in what scrolls around it. */
static gboolean
is_in_view (gpointer widget, gconstpointer data)
{
  GtkWidget *viewport = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t whole = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (viewport), gtk_widget_get_height (viewport));
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, viewport, &bounds) && bounds.size.height > 0 &&
         graphene_rect_contains_rect (&whole, &bounds);
}

static void
test_elsewhere (void)
{
  g_autoptr (RushesTestSimulator) comfyui = rushes_test_simulator_new ("comfyui", NULL);
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (SoupServer) other = NULL;
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("comfyui");
  g_autofree char *url = NULL;
  g_autofree char *kept = NULL;
  guint status = 200;

  other = open_other_server (&status, &url);
  add_provider (set, "comfyui", NULL);
  add_provider (set, "vllm-omni", NULL);
  add_provider (set, "sglang", NULL);
  add_provider (set, "localai", NULL);
  add_provider (set, "stable-diffusion-cpp", NULL);
  choose_way (set, "I Have a Graphics Card", "I Have a Graphics Card");
  type_address (set, "http://example.com");
  rushes_set_await (set, shows_page, "I Have a Graphics Card");
  /* Nobody looks for what is wrong below the edge. */
  rushes_test_await (is_in_view, rushes_set_await_words (set, "Use https."), NULL);
  /* What needs no scheme is asked for, and is not there. */
  type_address (set, "localhost:1");
  rushes_test_await (is_in_view, rushes_set_await_words (set, "localhost"), NULL);
  type_address (set, url);
  rushes_set_await_words (set, "The address answers, but not as ComfyUI does.");
  kept = g_settings_get_string (settings, "base-url");
  g_assert_cmpstr (kept, ==, "");

  /* One that wants a key is asked for it. */
  status = 401;
  type_address (set, url);
  rushes_set_await (set, shows_page, "ComfyUI");
  await_widget (set, ADW_TYPE_PASSWORD_ENTRY_ROW, "API Key (Optional)");
  rushes_set_press ("alt+Left");
  rushes_set_await (set, shows_page, "I Have a Graphics Card");

  type_address (set, rushes_test_simulator_get_url (comfyui));
  make_clip (set, comfyui, "comfyui", "Generate · free");
  soup_server_disconnect (other);
  forget_addresses ();
}

/* ---- without either ---- */

static void
test_animatic (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  gtk_widget_activate_action (GTK_WIDGET (set->window), "win.getting-started", NULL);
  rushes_set_await (set, shows_page, "Getting Started");
  rushes_test_assert_fits (adw_dialog_get_child (ADW_DIALOG (get_dialog (set))), 360);
  rushes_set_click (set, rushes_test_await_words (get_dialog (set), "Just Try It"));
  rushes_set_await (set, is_closed, NULL);
  /* What is made then, the first start's own test waits for. */
  rushes_set_await (set, shows_take_page, NULL);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  g_test_add_func ("/getting-started/service", test_service);
  g_test_add_func ("/getting-started/key-at-hand", test_key_at_hand);
  g_test_add_func ("/getting-started/server", test_server);
  g_test_add_func ("/getting-started/nothing-found", test_nothing_found);
  g_test_add_func ("/getting-started/elsewhere", test_elsewhere);
  g_test_add_func ("/getting-started/animatic", test_animatic);

  return g_test_run ();
}
