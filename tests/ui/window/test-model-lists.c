/* test-model-lists.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-listing.h"

#include "rushes-error.h"
#include "rushes-model-words.h"

/* ---- a service that lists its models itself ---- */

#define RUSHES_TYPE_GUILD (rushes_guild_get_type ())
G_DECLARE_FINAL_TYPE (RushesGuild, rushes_guild, RUSHES, GUILD, RushesProvider)

struct _RushesGuild
{
  RushesProvider parent_instance;

  DexPromise *answer; /* to the last question */
  guint n_asked;
  guint n_loaded;
};

G_DEFINE_FINAL_TYPE (RushesGuild, rushes_guild, RUSHES_TYPE_PROVIDER)

static gboolean
rushes_guild_can_list_models (RushesProvider *provider)
{
  return TRUE;
}

static DexFuture *
rushes_guild_load_models (RushesProvider *provider)
{
  RUSHES_GUILD (provider)->n_loaded++;
  return dex_future_new_true ();
}

static DexFuture *
rushes_guild_refresh_models (RushesProvider *provider)
{
  RushesGuild *self = RUSHES_GUILD (provider);

  self->n_asked++;
  dex_clear (&self->answer);
  self->answer = dex_promise_new ();
  return dex_ref (DEX_FUTURE (self->answer));
}

static void
rushes_guild_finalize (GObject *object)
{
  dex_clear (&RUSHES_GUILD (object)->answer);

  G_OBJECT_CLASS (rushes_guild_parent_class)->finalize (object);
}

static void
rushes_guild_class_init (RushesGuildClass *klass)
{
  RushesProviderClass *provider_class = RUSHES_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rushes_guild_finalize;
  provider_class->can_list_models = rushes_guild_can_list_models;
  provider_class->load_models = rushes_guild_load_models;
  provider_class->refresh_models = rushes_guild_refresh_models;
}

static void
rushes_guild_init (RushesGuild *self)
{
}

static RushesGuild *
add_guild (RushesSet *set, const char *id, const char *name)
{
  g_autofree char *json =
      g_strdup_printf ("{\"version\":1,\"id\":\"%s\",\"name\":\"%s\"," RUSHES_SET_SERVICE
                       ",\"slots\":4,\"default_model\":\"first\",\"models\":[{\"id\":\"first\",\"name\":\"%s One\","
                       "\"durations\":[4],\"prices\":[]}]}",
                       id, name, name);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, "guild.json", &error);
  g_autoptr (RushesProvider) guild = NULL;

  g_assert_no_error (error);
  guild = g_object_new (RUSHES_TYPE_GUILD, "description", description, NULL);
  rushes_registry_add (set->registry, guild);
  return RUSHES_GUILD (guild);
}

/* What it lists from now on: one more model, asked for three days ago. */
static void
list_one (RushesGuild *self, const char *id, const char *name)
{
  g_autofree char *json = g_strdup_printf ("{\"id\":\"%s\",\"name\":\"%s\",\"durations\":[4]}", id, name);
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_days (now, -3);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (models,
                   rushes_model_from_json (node, rushes_provider_get_id (RUSHES_PROVIDER (self)), "guild", &error));
  g_assert_no_error (error);
  rushes_provider_set_listed_models (RUSHES_PROVIDER (self), models, NULL, then);
}

/* ---- services that are asked ---- */

static void
open_services (RushesListing *self)
{
  gtk_menu_button_popup (
      GTK_MENU_BUTTON (rushes_test_find (GTK_WIDGET (self->dialog), GTK_TYPE_MENU_BUTTON, "Lists of the Services")));
  rushes_test_await_words (GTK_WIDGET (self->dialog), "They are asked only when you wish.");
}

static gboolean
is_asked (RushesGuild *guild, gconstpointer n)
{
  return guild->n_asked == GPOINTER_TO_UINT (n);
}

static void
test_services (void)
{
  g_autoptr (RushesSet) set = rushes_listing_open_set (NULL);
  const char *const names[] = { "Alpha", "Beta", "Gamma", "Delta" };
  RushesGuild *guilds[G_N_ELEMENTS (names)];
  RushesListing catalogue = rushes_listing_open (set);

  /* Nobody lists: there is nothing to ask. */
  g_assert_null (rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_MENU_BUTTON, "Lists of the Services"));
  rushes_listing_close (&catalogue);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *id = g_ascii_strdown (names[i], -1);

      guilds[i] = add_guild (set, id, names[i]);
    }
  /* What was fetched earlier is shown, and nobody is asked. */
  catalogue = rushes_listing_open (set);
  g_assert_cmpuint (guilds[0]->n_loaded, >=, 1);
  list_one (guilds[0], "new", "Alpha Two");
  rushes_listing_search (&catalogue, "alpha");
  rushes_listing_await_list (&catalogue, "ready: Alpha One, Alpha Two");
  open_services (&catalogue);
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "Listed 3 days ago");
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "Never asked for its models");
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpuint (guilds[i]->n_asked, ==, 0);

  /* One of them; the answer is in the list at once. */
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Ask Beta for Its Models"));
  rushes_test_await (is_asked, guilds[1], GUINT_TO_POINTER (1));
  list_one (guilds[1], "new", "Beta Two");
  dex_promise_resolve_uint (guilds[1]->answer, 1);
  rushes_listing_search (&catalogue, "beta");
  rushes_listing_await_list (&catalogue, "ready: Beta One, Beta Two");

  /* What goes wrong is told where it was asked, and the list stays. */
  open_services (&catalogue);
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Ask Beta for Its Models"));
  rushes_test_await (is_asked, guilds[1], GUINT_TO_POINTER (2));
  dex_promise_reject (guilds[1]->answer, rushes_error_new (RUSHES_ERROR_NETWORK, "Beta cannot be reached."));
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "Beta cannot be reached.");
  rushes_listing_await_list (&catalogue, "ready: Beta One, Beta Two");

  /* All of them, three at once. */
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Ask All"));
  for (gsize i = 0; i < 3; i++)
    rushes_test_await (is_asked, guilds[i], GUINT_TO_POINTER (i == 1 ? 3 : 1));
  g_assert_cmpuint (guilds[3]->n_asked, ==, 0);
  dex_promise_resolve_uint (guilds[0]->answer, 0);
  rushes_test_await (is_asked, guilds[3], GUINT_TO_POINTER (1));
  /* Closed meanwhile: what comes is kept by the services. */
  rushes_listing_close (&catalogue);
  for (gsize i = 1; i < G_N_ELEMENTS (names); i++)
    dex_promise_resolve_uint (guilds[i]->answer, 0);
}

/* ---- words ---- */

static void
assert_listed (GDateTime *now, int minutes, const char *words)
{
  g_autoptr (GDateTime) then = g_date_time_add_minutes (now, -minutes);
  g_autofree char *written = rushes_model_words_listed (then, now);

  g_assert_cmpstr (written, ==, words);
}

static void
test_words (void)
{
  g_autoptr (RushesProvider) kites = rushes_set_new_provider (rushes_listing_kites, NULL);
  RushesModel *model = rushes_provider_find_model (kites, "k10");
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_new_local (2999, 1, 1, 0, 0, 0);
  g_autofree char *source = rushes_model_words_source (model, draft);
  g_autofree char *this_year = rushes_model_words_retirement (rushes_provider_find_model (kites, "soon"), then);
  g_autofree char *stays = rushes_model_words_retirement (model, then);

  g_assert_cmpstr (source, ==, "As of 1 Aug 2026, by https://kites.example/prices");
  g_assert_cmpstr (this_year, ==, "until 1 Dec");
  g_assert_null (stays);
  assert_listed (now, 0, "Listed just now");
  assert_listed (now, -5, "Listed just now");
  assert_listed (now, 1, "Listed 1 minute ago");
  assert_listed (now, 59, "Listed 59 minutes ago");
  assert_listed (now, 60, "Listed 1 hour ago");
  assert_listed (now, 24 * 60 - 1, "Listed 23 hours ago");
  assert_listed (now, 49 * 60, "Listed 2 days ago");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/model-lists/services", test_services);
  g_test_add_func ("/model-lists/words", test_words);

  return g_test_run ();
}
