/* test-models.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

#include "rushes-choice-row.h"
#include "rushes-http-provider.h"
#include "rushes-model-choice.h"
#include "rushes-provider-settings.h"
#include "rushes-upload-place.h"

/* Large clips are 8 s long; a picture gives the shape; and one model is gone. */
static const char KITES[] =
    "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\"," RUSHES_SET_SERVICE ",\"slots\":4,\"default_model\":\"old\","
    "\"any_model\":\"kite\","
    "\"pictures\":{\"as\":[\"data\"],\"types\":[\"image/jpeg\"],\"max_edge\":640,\"max_aspect\":2},"
    "\"models\":[{\"id\":\"old\",\"name\":\"Old Kite\",\"durations\":[4],\"retired\":\"2020-01-31\"},"
    "{\"id\":\"kite\",\"name\":\"Kite\",\"durations\":[4,6,8],\"resolutions\":[\"720p\",\"1080p\"],"
    "\"aspects\":[\"16:9\",\"9:16\"],\"inputs\":{\"first_frame\":\"optional\"},"
    "\"prompt\":{\"input\":\"optional\",\"limit\":10,\"unit\":\"bytes\"},\"seed\":true,"
    "\"parameters\":[{\"name\":\"mode\",\"title\":\"Mode\",\"kind\":\"choice\",\"default\":\"fast\",\"choices\":["
    "{\"value\":\"fast\",\"title\":\"Fast\"},{\"value\":\"fine\",\"title\":\"Fine\"}]}],\"rules\":["
    "{\"when\":{\"parameters\":{\"mode\":\"fine\"}},\"resolutions\":[\"1080p\"]},"
    "{\"when\":{\"resolutions\":[\"1080p\"]},\"durations\":[8],\"seed\":false},"
    "{\"when\":{\"picture\":true},\"aspects\":[]}]},"
    "{\"id\":\"parts\",\"name\":\"Kite Parts\",\"durations\":[4],"
    "\"inputs\":{\"last_frame\":\"required\",\"references\":2}}]}";

static RushesProvider *
add_kites (RushesSet *self, const char *problem)
{
  g_autoptr (RushesProvider) kites = rushes_set_new_provider (KITES, problem);

  rushes_registry_add (self->registry, kites);
  return kites;
}

static GtkWidget *
find_row (RushesSet *self, const char *title)
{
  return rushes_set_find (GTK_WIDGET (self->composer->settings_group), ADW_TYPE_PREFERENCES_ROW, title);
}

static AdwComboRow *
get_model_row (RushesSet *self)
{
  return ADW_COMBO_ROW (find_row (self, "Model"));
}

/* The list of models: "Animatic: Animatic; Loom: Linen". */
static char *
list_models (RushesSet *self)
{
  GListModel *choices = adw_combo_row_get_model (get_model_row (self));
  g_autoptr (GString) list = g_string_new (NULL);
  RushesProvider *last = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (RushesModelChoice) choice = g_list_model_get_item (choices, i);
      RushesProvider *provider = rushes_model_choice_get_provider (choice);

      if (provider != last)
        g_string_append_printf (list, "%s%s:", i > 0 ? "; " : "", rushes_provider_get_name (provider));
      else
        g_string_append_c (list, ',');
      g_string_append_printf (list, " %s", rushes_model_choice_get_name (choice));
      last = provider;
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* As a person does; by its name. */
static void
pick (RushesSet *self, const char *name)
{
  GListModel *choices = adw_combo_row_get_model (get_model_row (self));

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (RushesModelChoice) choice = g_list_model_get_item (choices, i);

      if (g_str_equal (rushes_model_choice_get_name (choice), name))
        {
          adw_combo_row_set_selected (get_model_row (self), i);
          return;
        }
    }
  g_assert_not_reached ();
}

static const char *
get_chosen (RushesSet *self)
{
  return rushes_model_choice_get_name (adw_combo_row_get_selected_item (get_model_row (self)));
}

static gboolean
shows_button (RushesSet *self, const char *label)
{
  return rushes_set_find (GTK_WIDGET (self->composer), GTK_TYPE_BUTTON, label) != NULL;
}

/* ---- rules ---- */

static void
test_rules (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);
  RushesDraft *draft;
  GtkWidget *mode;

  add_kites (set, NULL);
  rushes_set_compose (set);
  pick (set, "Kite");
  draft = rushes_set_draft (set);
  rushes_draft_set_seed (draft, 7);
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 4);
  g_assert_nonnull (rushes_set_find (find_row (set, "Duration"), ADW_TYPE_TOGGLE_GROUP, NULL));

  /* What is chosen in one row changes what there is in others, and what must change is told. */
  rushes_choice_row_set_value (RUSHES_CHOICE_ROW (find_row (set, "Resolution")), "1080p");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 8);
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, -1);
  rushes_set_await_words (set, "2 settings were changed to what Kite can do");
  /* The only length there is stays in sight. */
  g_assert_null (rushes_set_find (find_row (set, "Duration"), ADW_TYPE_TOGGLE_GROUP, NULL));
  g_assert_nonnull (rushes_set_find (find_row (set, "Duration"), GTK_TYPE_LABEL, "8 s"));

  rushes_choice_row_set_value (RUSHES_CHOICE_ROW (find_row (set, "Resolution")), "720p");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 8);
  rushes_choice_row_set_value (RUSHES_CHOICE_ROW (find_row (set, "Duration")), "6");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 6);

  /* A setting of the model's own stays in its place while the rest follows it. */
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (find_row (set, "More")), TRUE);
  rushes_set_await_words (set, "Mode");
  mode = find_row (set, "Mode");
  rushes_choice_row_set_value (RUSHES_CHOICE_ROW (mode), "fine");
  g_assert_cmpstr (rushes_draft_get_resolution (draft), ==, "1080p");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 8);
  g_assert_true (find_row (set, "Mode") == mode);
  rushes_choice_row_set_value (RUSHES_CHOICE_ROW (mode), "fast");

  /* A picture gives the shape: there is nothing to choose, until it goes. */
  g_assert_nonnull (find_row (set, "Aspect Ratio"));
  rushes_set_bring (set, &file, 1);
  rushes_set_await_picture (set);
  g_assert_null (find_row (set, "Aspect Ratio"));
  g_assert_null (rushes_draft_get_aspect (draft));
  rushes_draft_set_reference (draft, RUSHES_ROLE_FIRST_FRAME, 0, NULL);
  g_assert_nonnull (find_row (set, "Aspect Ratio"));
  g_assert_cmpstr (rushes_draft_get_aspect (draft), ==, "16:9");
}

/* A picture that the model does not take does not lie in a well that is not shown. */
static void
test_pictures_without_a_well (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);

  add_kites (set, NULL);
  rushes_set_compose (set);
  pick (set, "Old Kite");
  rushes_set_bring (set, &file, 1);
  rushes_set_await_words (set, "Old Kite takes no picture to begin with.");
  g_assert_null (rushes_draft_get_reference (rushes_set_draft (set), RUSHES_ROLE_FIRST_FRAME, 0));
}

static gboolean
has_references (RushesSet *self, gconstpointer n)
{
  return rushes_draft_get_n_references (rushes_set_draft (self), RUSHES_ROLE_REFERENCE) == GPOINTER_TO_UINT (n);
}

/* A picture that was brought nowhere in particular goes where the model takes one. */
static void
test_references_alone (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) boat = rushes_set_picture ("boat.png", 64, 48);
  g_autoptr (GFile) kite = rushes_set_picture ("kite.png", 65, 48);
  g_autoptr (GFile) wind = rushes_set_picture ("wind.png", 66, 48);

  add_kites (set, NULL);
  rushes_set_compose (set);
  pick (set, "Kite Parts");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (set->composer->first_well)));
  g_assert_nonnull (rushes_set_find (GTK_WIDGET (set->composer->last_well), GTK_TYPE_LABEL, "Needed"));
  g_assert_nonnull (rushes_set_find (GTK_WIDGET (set->composer->reference_wells), GTK_TYPE_LABEL, "Optional"));

  rushes_set_bring (set, &boat, 1);
  rushes_set_await (set, has_references, GUINT_TO_POINTER (1));
  rushes_set_bring (set, (GFile *[]) { kite, wind }, 2);
  rushes_set_await (set, has_references, GUINT_TO_POINTER (2));
  g_assert_cmpstr (
      rushes_reference_get_name (rushes_draft_get_reference (rushes_set_draft (set), RUSHES_ROLE_REFERENCE, 1)), ==,
      "kite.png");
}

static void
test_counter_in_bytes (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  add_kites (set, NULL);
  rushes_set_compose (set);
  pick (set, "Kite");
  rushes_draft_set_prompt (rushes_set_draft (set), "纸船船");
  rushes_set_await_words (set, "9 of 10");
  rushes_draft_set_prompt (rushes_set_draft (set), "纸船船船");
  rushes_set_await_words (set, "The prompt has 12 bytes; Kite takes at most 10.");
}

static void
test_what_is_sent (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("wide.png", 1600, 400);
  g_autofree char *caption = NULL;

  add_kites (set, NULL);
  rushes_set_compose (set);
  rushes_set_bring (set, &file, 1);
  rushes_set_await_words (set, "Rendered at");
  /* Where nobody says what is sent, nothing is said. */
  pick (set, "Linen");
  g_object_get (set->composer->first_well, "caption", &caption, NULL);
  g_assert_null (caption);
  pick (set, "Kite");
  rushes_set_await_words (set, "Will be sent as \u2066640 × 320\u2069 JPEG, ");
}

/* ---- the list ---- */

static void
settings_opened (GSimpleAction *action, GVariant *place, gpointer data)
{
  g_set_str ((char **) data, g_variant_get_string (place, NULL));
}

static gboolean
is_told (RushesSet *self, gconstpointer place)
{
  return *(char *const *) place != NULL;
}

static void
test_locked (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GSimpleAction) action = g_simple_action_new ("preferences", G_VARIANT_TYPE_STRING);
  g_autofree char *place = NULL;
  g_autofree char *locked = NULL;
  g_autofree char *free = NULL;
  RushesProvider *kites = add_kites (set, NULL);

  g_signal_connect (action, "activate", G_CALLBACK (settings_opened), &place);
  g_action_map_add_action (G_ACTION_MAP (gtk_window_get_application (GTK_WINDOW (set->window))), G_ACTION (action));

  /* In its place while it can be used, at the end when it cannot. */
  rushes_set_compose (set);
  rushes_set_give_problem (rushes_registry_find (set->registry, "loom"), "Loom needs a key.");
  locked = list_models (set);
  g_assert_cmpstr (locked, ==, "Animatic: Animatic; Kites: Kite, Kite Parts, Other Model…, Old Kite; Loom: Linen");
  g_assert_cmpstr (get_chosen (set), ==, "Animatic");

  rushes_set_give_problem (kites, "Kites needs a key.");
  rushes_draft_set_prompt (rushes_set_draft (set), "a kite");
  g_assert_false (shows_button (set, "_Open Settings"));
  pick (set, "Kite");
  rushes_set_await_words (set, "Kites needs a key.");
  g_assert_false (gtk_widget_is_sensitive (set->composer->generate_button));
  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->composer), GTK_TYPE_BUTTON, "_Open Settings"));
  rushes_set_await (set, is_told, &place);
  g_assert_cmpstr (place, ==, "providers/kites");

  /* With the key all is well, without a further click. */
  rushes_set_give_problem (kites, NULL);
  g_assert_cmpstr (get_chosen (set), ==, "Kite");
  g_assert_true (gtk_widget_is_sensitive (set->composer->generate_button));
  g_assert_false (shows_button (set, "_Open Settings"));
  rushes_set_give_problem (rushes_registry_find (set->registry, "loom"), NULL);
  free = list_models (set);
  g_assert_cmpstr (free, ==, "Animatic: Animatic; Loom: Linen; Kites: Kite, Kite Parts, Other Model…, Old Kite");
  g_assert_cmpstr (rushes_draft_get_provider_id (rushes_set_draft (set)), ==, "kites");

  g_action_map_remove_action (G_ACTION_MAP (gtk_window_get_application (GTK_WINDOW (set->window))), "preferences");
}

static gboolean
is_locked (RushesSet *self, gconstpointer models)
{
  g_autofree char *list = list_models (self);

  return g_str_equal (list, models);
}

/* Whether a service has a key is asked for when it appears, and not when somebody presses the button. */
static void
test_asks_for_keys (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GString) json = g_string_new (KITES);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (RushesProvider) kites = NULL;
  g_autoptr (RushesProvider) gulls = NULL;
  g_autoptr (GError) error = NULL;

  g_string_replace (json, "\"scheme\":\"none\"", "\"scheme\":\"bearer\"", 1);
  g_string_replace (json, "\"regions\":[]", "\"regions\":[{\"name\":\"World\",\"url\":\"https://kites.example\"}]", 1);
  bytes = g_bytes_new (json->str, json->len);
  description = rushes_description_new_from_bytes (bytes, "kites.json", &error);
  g_assert_no_error (error);
  kites = rushes_http_provider_new (description, rushes_keyring_get_default ());
  g_string_replace (json, "\"id\":\"kites\",\"name\":\"Kites\"", "\"id\":\"gulls\",\"name\":\"Gulls\"", 1);
  gulls = rushes_set_new_provider (json->str, NULL);

  rushes_set_compose (set);
  rushes_registry_add (set->registry, kites);
  rushes_registry_add (set->registry, gulls);
  rushes_set_await (set, is_locked,
                    "Animatic: Animatic; Loom: Linen; Gulls: Kite, Kite Parts, Other Model…, Old Kite; "
                    "Kites: Kite, Kite Parts, Other Model…, Old Kite");
}

static void
test_retired (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GSettings) settings = g_object_ref (set->composer->settings);

  add_kites (set, NULL);
  g_settings_set_string (settings, "default-provider", "kites");
  rushes_set_reopen (set);
  rushes_set_compose (set);
  g_settings_reset (settings, "default-provider");

  /* It is the service's default, but nobody is led there. */
  g_assert_cmpstr (get_chosen (set), ==, "Kite");
  gtk_widget_grab_focus (GTK_WIDGET (get_model_row (set)));
  rushes_set_press ("space");
  rushes_set_await_words (set, "retired since 31 Jan 2020");
  rushes_set_press ("Escape");
  pick (set, "Old Kite");
  rushes_set_await_words (set, "Old Kite is not offered any more since 2020-01-31. Choose another model.");
  g_assert_false (shows_button (set, "_Open Settings"));
}

static gboolean
has_model (RushesSet *self, gconstpointer id)
{
  return g_strcmp0 (rushes_draft_get_model_id (rushes_set_draft (self)), id) == 0;
}

static gboolean
has_no_dialog (RushesSet *self, gconstpointer data)
{
  return adw_application_window_get_visible_dialog (ADW_APPLICATION_WINDOW (self->window)) == NULL;
}

static void
test_other_model (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autofree char *models = NULL;
  g_autofree char *again = NULL;

  add_kites (set, NULL);
  rushes_set_compose (set);
  pick (set, "Kite");

  /* Thought better of. */
  pick (set, "Other Model…");
  rushes_set_await_words (set, "Kites also takes models that are not in the list.");
  rushes_set_press ("Escape");
  rushes_set_await (set, has_no_dialog, NULL);
  g_assert_true (has_model (set, "kite"));
  g_assert_cmpstr (get_chosen (set), ==, "Kite");

  pick (set, "Other Model…");
  rushes_set_await_words (set, "Model Name");
  rushes_set_type (" kite-9 ");
  rushes_set_press ("Return");
  rushes_set_await (set, has_model, "kite-9");
  g_assert_cmpstr (get_chosen (set), ==, "kite-9");
  models = list_models (set);
  g_assert_cmpstr (models, ==,
                   "Animatic: Animatic; Loom: Linen; Kites: Kite, Kite Parts, kite-9, Other Model…, Old Kite");
  /* It can what the one can that stands for it. */
  g_assert_nonnull (find_row (set, "Resolution"));

  /* The name is kept, and offered where it is not used. */
  rushes_set_reopen (set);
  rushes_set_compose (set);
  g_assert_cmpstr (get_chosen (set), ==, "kite-9");
  pick (set, "Linen");
  again = list_models (set);
  g_assert_cmpstr (again, ==, models);
}

static gboolean
lacks_place (RushesSet *self)
{
  return g_str_equal (gtk_label_get_label (self->composer->missing), "Gulls needs an upload place for pictures.");
}

static void
test_upload_place (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);
  g_autoptr (GString) json = g_string_new (KITES);
  g_autoptr (RushesProvider) gulls = NULL;
  g_autoptr (JsonNode) node = json_from_string ("{\"id\":\"home\",\"name\":\"Home\",\"kind\":\"folder\","
                                                "\"path\":\"/tmp\",\"public_url\":\"https://home.example/\"}",
                                                NULL);
  g_autoptr (RushesUploadPlace) place = rushes_upload_place_new_from_json (node, "home", NULL);
  RushesUploadPlaces *places = rushes_upload_places_get_default ();

  g_string_replace (json, "\"as\":[\"data\"]", "\"as\":[\"address\"]", 1);
  g_string_replace (json, "\"id\":\"kites\",\"name\":\"Kites\"", "\"id\":\"gulls\",\"name\":\"Gulls\"", 1);
  gulls = rushes_set_new_provider (json->str, NULL);
  rushes_registry_add (set->registry, gulls);
  rushes_set_compose (set);
  pick (set, "Kite");
  rushes_draft_set_prompt (rushes_set_draft (set), "a gull");
  g_assert_false (lacks_place (set));
  g_assert_true (gtk_widget_is_sensitive (set->composer->generate_button));

  rushes_set_bring (set, &file, 1);
  rushes_set_await_picture (set);
  g_assert_true (lacks_place (set));
  g_assert_false (gtk_widget_is_sensitive (set->composer->generate_button));
  g_assert_true (shows_button (set, "_Open Settings"));

  /* The first place there is is taken. */
  g_assert_true (rushes_upload_places_set (places, place, NULL));
  g_assert_false (lacks_place (set));
  g_assert_true (gtk_widget_is_sensitive (set->composer->generate_button));
  g_assert_false (shows_button (set, "_Open Settings"));
  g_assert_true (rushes_upload_places_remove (places, "home", NULL));
  g_assert_true (lacks_place (set));
}

/* Who is switched off is not offered, and a draft for it goes to another. */
static void
test_switched_off (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GSettings) settings = rushes_provider_settings_get ("kites");
  g_autofree char *off = NULL;
  g_autofree char *on = NULL;

  add_kites (set, NULL);
  rushes_set_compose (set);
  pick (set, "Kite");
  g_settings_set_boolean (settings, "enabled", FALSE);
  off = list_models (set);
  g_assert_cmpstr (off, ==, "Animatic: Animatic; Loom: Linen");
  g_assert_cmpstr (get_chosen (set), ==, "Animatic");
  g_assert_cmpstr (rushes_draft_get_provider_id (rushes_set_draft (set)), ==, "animatic");

  /* Also when a recipe names it. */
  rushes_draft_set_model (rushes_set_draft (set), "kites", "kite");
  g_assert_cmpstr (rushes_draft_get_provider_id (rushes_set_draft (set)), ==, "animatic");
  rushes_set_await_words (set, "The model of the recipe is not here; Animatic is used.");

  g_settings_reset (settings, "enabled");
  on = list_models (set);
  g_assert_cmpstr (on, ==, "Animatic: Animatic; Loom: Linen; Kites: Kite, Kite Parts, Other Model…, Old Kite");
}

/* Providers that come while the window is open are there. */
static void
test_new_provider (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  rushes_set_compose (set);
  pick (set, "Linen");
  before = list_models (set);
  g_assert_cmpstr (before, ==, "Animatic: Animatic; Loom: Linen");
  add_kites (set, NULL);
  after = list_models (set);
  g_assert_cmpstr (after, ==, "Animatic: Animatic; Loom: Linen; Kites: Kite, Kite Parts, Other Model…, Old Kite");
  g_assert_cmpstr (get_chosen (set), ==, "Linen");
  g_assert_true (has_model (set, "linen"));
}

static gboolean
has_no_words (RushesSet *self, gconstpointer words)
{
  return rushes_set_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, words) == NULL;
}

/* The name of a service finds its models. */
static void
test_search (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GString) json = g_string_new (KITES);

  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *text = g_strdup_printf ("\"id\":\"kites-%u\",\"name\":\"Gulls\"", i);
      g_autoptr (RushesProvider) provider = NULL;

      g_string_assign (json, KITES);
      g_string_replace (json, "\"id\":\"kites\",\"name\":\"Kites\"", text, 1);
      provider = rushes_set_new_provider (json->str, NULL);
      rushes_registry_add (set->registry, provider);
    }
  rushes_set_compose (set);
  gtk_widget_grab_focus (GTK_WIDGET (get_model_row (set)));
  rushes_set_press ("space");
  rushes_set_await_words (set, "Gulls");
  rushes_set_type ("loom");
  rushes_set_await (set, has_no_words, "Gulls");
  rushes_set_press ("Down");
  rushes_set_press ("Return");
  rushes_set_await (set, has_model, "linen");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/models/rules", test_rules);
  g_test_add_func ("/models/pictures-without-a-well", test_pictures_without_a_well);
  g_test_add_func ("/models/references-alone", test_references_alone);
  g_test_add_func ("/models/counter-in-bytes", test_counter_in_bytes);
  g_test_add_func ("/models/what-is-sent", test_what_is_sent);
  g_test_add_func ("/models/locked", test_locked);
  g_test_add_func ("/models/asks-for-keys", test_asks_for_keys);
  g_test_add_func ("/models/retired", test_retired);
  g_test_add_func ("/models/other-model", test_other_model);
  g_test_add_func ("/models/upload-place", test_upload_place);
  g_test_add_func ("/models/switched-off", test_switched_off);
  g_test_add_func ("/models/new-provider", test_new_provider);
  g_test_add_func ("/models/search", test_search);

  return g_test_run ();
}
