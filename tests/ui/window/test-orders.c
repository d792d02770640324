/* test-orders.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-again.h"
#include "rushes-models-dialog.h"
#include "rushes-set.h"

/* Orders that are more than one press of Generate: kept within a budget, and more of a take that is there. "mill" has
 * two models with prices, neither of which ever gets ready. */

static RushesProvider *
new_mill (void)
{
  return rushes_set_new_provider (
      "{\"version\":1,\"id\":\"mill\",\"name\":\"Mill\"," RUSHES_SET_SERVICE
      ",\"slots\":4,\"default_model\":\"wind\",\"models\":["
      "{\"id\":\"wind\",\"name\":\"Wind\",\"durations\":[5],\"resolutions\":[\"480p\",\"720p\"],\"aspects\":[\"1:1\"],"
      "\"prompt\":{\"input\":\"required\"},\"seed\":true,\"max_count\":10,\"prices\":["
      "{\"amount\":\"0.80\",\"currency\":\"USD\",\"per\":\"clip\",\"when\":{\"resolutions\":[\"720p\"]},"
      "\"as_of\":\"2026-10-01\",\"source\":\"https://mill.example\"},"
      "{\"amount\":\"0.50\",\"currency\":\"USD\",\"per\":\"clip\",\"as_of\":\"2026-10-01\","
      "\"source\":\"https://mill.example\"}]},"
      "{\"id\":\"tide\",\"name\":\"Tide\",\"durations\":[5],\"prompt\":{\"input\":\"required\"},"
      "\"max_count\":10}]}",
      NULL);
}

static RushesSet *
open_set (void)
{
  RushesSet *set = rushes_set_open ();
  g_autoptr (RushesProvider) mill = new_mill ();

  rushes_registry_add (set->registry, mill);
  rushes_set_compose (set);
  rushes_set_choose (set, "mill");
  rushes_draft_set_prompt (rushes_set_draft (set), "a paper boat");
  rushes_draft_set_resolution (rushes_set_draft (set), "480p");
  rushes_set_await_words (set, "Generate · about $0.50");

  return set;
}

static gboolean
has_takes (RushesSet *set, gconstpointer n)
{
  return rushes_set_count (set) == GPOINTER_TO_UINT (n) && !set->composer->ordering;
}

static RushesTake *
get_take (RushesSet *set, guint n)
{
  g_autoptr (RushesTake) take = g_list_model_get_item (set->takes, n);

  return take;
}

/* ---- a budget ---- */

static GtkWidget *
find_budget (RushesSet *set)
{
  GtkWidget *group = GTK_WIDGET (set->composer->settings_group);

  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (rushes_set_find (group, ADW_TYPE_EXPANDER_ROW, "More")), TRUE);
  rushes_set_await_words (set, "Spend at Most");
  return rushes_set_find (group, ADW_TYPE_ENTRY_ROW, "Spend at Most (USD)");
}

static gboolean
can_generate (RushesSet *set, gconstpointer data)
{
  return gtk_widget_is_sensitive (set->composer->generate_button);
}

static void
test_budget (void)
{
  g_autoptr (RushesSet) set = open_set ();
  GtkEditable *budget;

  rushes_draft_set_count (rushes_set_draft (set), 4);
  rushes_set_await_words (set, "Generate 4 Takes · about $2.00");
  budget = GTK_EDITABLE (find_budget (set));
  gtk_widget_grab_focus (GTK_WIDGET (budget));
  rushes_set_type ("1.20");
  rushes_set_await_words (set, "Generate 2 of 4 Takes · about $1.00");
  rushes_set_await_words (set, "2 takes more would pass $1.20 and are left out.");
  g_assert_true (can_generate (set, NULL));

  rushes_set_press ("ctrl+Return");
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (2));

  /* Not even one: a reason instead of a button, also where nobody knows. */
  gtk_editable_set_text (budget, "0.2");
  rushes_set_await_words (set, "One take costs about $0.50, which is more than $0.20.");
  g_assert_false (can_generate (set, NULL));
  gtk_editable_set_text (budget, "1,20");
  g_assert_true (can_generate (set, NULL));
  rushes_draft_set_model (rushes_set_draft (set), "mill", "tide");
  rushes_set_await_words (set, "Nobody knows what this costs, so that $1.20 cannot be kept to.");
  g_assert_false (can_generate (set, NULL));
  gtk_editable_set_text (budget, "much");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (budget), "error"));
  g_assert_false (can_generate (set, NULL));
  gtk_editable_set_text (budget, "");
  rushes_set_await_words (set, "Generate 4 Takes · price unknown");
  g_assert_true (can_generate (set, NULL));
  g_assert_cmpuint (rushes_set_count (set), ==, 2);
}

static void
test_budget_of_a_batch (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (RushesProvider) mill = rushes_set_new_provider (
      "{\"version\":1,\"id\":\"mill\",\"name\":\"Mill\"," RUSHES_SET_SERVICE
      ",\"default_model\":\"wind\",\"models\":[{\"id\":\"wind\",\"name\":\"Wind\",\"durations\":[5],"
      "\"inputs\":{\"first_frame\":\"optional\"},\"prompt\":{\"input\":\"optional\"},\"prices\":["
      "{\"amount\":\"0.50\",\"currency\":\"USD\",\"per\":\"clip\",\"as_of\":\"2026-10-01\","
      "\"source\":\"https://mill.example\"}]}]}",
      NULL);
  g_autoptr (GFile) one = rushes_set_picture ("one", 100, 100);
  g_autoptr (GFile) two = rushes_set_picture ("two", 120, 100);
  g_autoptr (GFile) three = rushes_set_picture ("three", 140, 100);
  RushesMoney most;

  rushes_registry_add (set->registry, mill);
  rushes_set_compose (set);
  rushes_set_choose (set, "mill");
  rushes_set_bring (set, (GFile *[]) { one, two, three }, 3);
  rushes_set_await_words (set, "Make one take for each of 3 pictures");
  g_object_set (set->composer->batch_row, "accepted", TRUE, NULL);
  rushes_set_await_words (set, "Generate 3 Takes · about $1.50");
  g_assert_true (rushes_money_parse ("1", "USD", &most));
  rushes_draft_set_budget (rushes_set_draft (set), most);
  rushes_set_await_words (set, "Generate 2 of 3 Takes · about $1.00");
  rushes_composer_generate (set->composer);
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (2));

  /* It is kept, with the draft. */
  rushes_set_reopen (set);
  g_assert_cmpint (rushes_draft_get_budget (rushes_set_draft (set)).micros, ==, 1000000);
}

/* ---- more of a take ---- */

static void
activate (RushesSet *set, const char *action, GVariant *target)
{
  g_action_group_activate_action (G_ACTION_GROUP (set->window), action, target);
}

/* All labels of a menu and its submenus, in lines. */
static void
list_labels (GMenuModel *menu, GString *labels)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_string_append_printf (labels, "%s\n", label);
      if (submenu != NULL)
        list_labels (submenu, labels);
    }
}

static char *
read_menu (RushesSet *set, RushesTake *take)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GString *labels = g_string_new (NULL);

  rushes_again_fill_menu (menu, set->registry, take);
  list_labels (G_MENU_MODEL (menu), labels);
  return g_string_free (labels, FALSE);
}

static void
test_variations (void)
{
  g_autoptr (RushesSet) set = open_set ();
  g_autoptr (GHashTable) seeds = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autofree char *labels = NULL;
  g_autofree char *id = NULL;

  rushes_composer_generate (set->composer);
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (1));
  id = g_strdup (rushes_take_get_id (get_take (set, 0)));
  labels = read_menu (set, get_take (set, 0));
  g_assert_cmpstr (labels, ==, "Make Four Variations · about $2.00\n");

  /* What stands in the composer meanwhile is another matter; two presses are one order. */
  rushes_draft_set_prompt (rushes_set_draft (set), "something else");
  activate (set, "vary", g_variant_new_string (id));
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (5));
  rushes_set_await_words (set, "4 more takes are in work");
  /* However long it took. */
  set->composer->last_order_time = g_get_monotonic_time () + G_TIME_SPAN_HOUR;
  activate (set, "vary", g_variant_new_string (id));
  rushes_set_await_words (set, "Already queued");
  g_assert_cmpuint (rushes_set_count (set), ==, 5);
  g_assert_cmpstr (rushes_draft_get_prompt (rushes_set_draft (set)), ==, "something else");

  for (guint i = 0; i < 5; i++)
    {
      RushesRequest *request = rushes_take_get_request (get_take (set, i));
      gint64 seed = rushes_request_get_seed (request);

      g_assert_cmpstr (rushes_request_get_prompt (request), ==, "a paper boat");
      g_hash_table_add (seeds, g_memdup2 (&seed, sizeof seed));
    }
  g_assert_cmpuint (g_hash_table_size (seeds), ==, 5);
}

static gboolean
is_ready (RushesSet *set, gconstpointer n)
{
  return rushes_set_count (set) > 0 && rushes_take_get_state (get_take (set, 0)) == RUSHES_TAKE_STATE_READY;
}

static RushesTake *
find_other (RushesSet *set, RushesTake *take)
{
  return get_take (set, 0) == take ? get_take (set, 1) : get_take (set, 0);
}

/* A draft that is really rendered becomes a larger one with the same seed. */
static void
test_final (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autofree char *labels = NULL;
  RushesRequest *draft, *final;
  RushesTake *take;

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "a paper boat");
  rushes_draft_set_resolution (rushes_set_draft (set), "480p");
  rushes_draft_set_duration (rushes_set_draft (set), 3);
  rushes_composer_generate (set->composer);
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (1));
  take = get_take (set, 0);
  labels = read_menu (set, take);
  g_assert_null (strstr (labels, "Final"));
  rushes_set_await (set, is_ready, NULL);
  g_free (labels);
  labels = read_menu (set, take);
  g_assert_nonnull (strstr (labels, "Make _Final\n"));
  g_assert_nonnull (strstr (labels, "Animatic · 720p · free\n"));
  g_assert_null (strstr (labels, "480p"));

  activate (set, "finish", g_variant_new ("(sss)", rushes_take_get_id (take), "animatic", "720p"));
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (2));
  draft = rushes_take_get_request (take);
  final = rushes_take_get_request (find_other (set, take));
  g_assert_cmpint (rushes_request_get_seed (final), ==, rushes_request_get_seed (draft));
  g_assert_cmpstr (rushes_request_get_resolution (final), ==, "720p");
  g_assert_cmpfloat (rushes_request_get_duration (final), ==, 3);
}

/* ---- several models ---- */

static GtkWidget *
find_check (RushesSet *set, const char *model)
{
  GtkWidget *row = rushes_set_find (GTK_WIDGET (set->window), ADW_TYPE_ACTION_ROW, model);

  g_assert_nonnull (row);
  return adw_action_row_get_activatable_widget (ADW_ACTION_ROW (row));
}

static gboolean
has_dialog (RushesSet *set, gconstpointer data)
{
  return rushes_set_find (GTK_WIDGET (set->window), RUSHES_TYPE_MODELS_DIALOG, NULL) != NULL;
}

static void
test_several_models (void)
{
  g_autoptr (RushesSet) set = open_set ();
  g_autoptr (GHashTable) models = g_hash_table_new (g_str_hash, g_str_equal);
  GtkWidget *dialog, *generate;

  gtk_widget_activate_action (GTK_WIDGET (set->composer), "composer.several-models", NULL);
  rushes_set_await (set, has_dialog, NULL);
  dialog = rushes_set_find (GTK_WIDGET (set->window), RUSHES_TYPE_MODELS_DIALOG, NULL);
  rushes_test_await_words (dialog, "Generate 1 Take · about $0.50");
  rushes_test_await_words (dialog, "Choose two to four models.");
  generate = gtk_widget_get_ancestor (rushes_test_await_words (dialog, "Generate 1 Take"), GTK_TYPE_BUTTON);
  g_assert_false (gtk_widget_is_sensitive (generate));

  /* One that needs a picture cannot, and says so. */
  g_assert_null (find_check (set, "Linen"));
  g_assert_true (rushes_test_says (dialog, "Linen needs a picture."));

  g_assert_true (gtk_check_button_get_active (GTK_CHECK_BUTTON (find_check (set, "Wind"))));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (set, "Tide")), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find_check (set, "Animatic")), TRUE);
  rushes_test_await_words (dialog, "Generate 3 Takes · about $0.50 + price unknown");
  g_assert_true (gtk_widget_is_sensitive (generate));
  g_signal_emit_by_name (generate, "clicked");
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (3));

  for (guint i = 0; i < 3; i++)
    {
      RushesRequest *request = rushes_take_get_request (get_take (set, i));

      g_assert_cmpstr (rushes_request_get_prompt (request), ==, "a paper boat");
      g_hash_table_add (models, (gpointer) rushes_request_get_model_id (request));
    }
  g_assert_cmpuint (g_hash_table_size (models), ==, 3);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/orders/budget", test_budget);
  g_test_add_func ("/orders/budget-of-a-batch", test_budget_of_a_batch);
  g_test_add_func ("/orders/variations", test_variations);
  g_test_add_func ("/orders/final", test_final);
  g_test_add_func ("/orders/several-models", test_several_models);

  return g_test_run ();
}
