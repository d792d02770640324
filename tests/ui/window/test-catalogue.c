/* test-catalogue.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-listing.h"

#include "rushes-catalogue-row.h"
#include "rushes-model-choice.h"
#include "rushes-settings.h"

static gboolean
is_check_of (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_CHECK_BUTTON (widget) && g_strcmp0 (gtk_check_button_get_label (GTK_CHECK_BUTTON (widget)), label) == 0;
}

/* A wish in the popover, as a person sets it. */
static void
wish (RushesListing *self, const char *label, gboolean wished)
{
  GtkWidget *popover, *check;

  gtk_menu_button_popup (
      GTK_MENU_BUTTON (rushes_test_find (GTK_WIDGET (self->dialog), GTK_TYPE_MENU_BUTTON, "Narrow the List")));
  rushes_test_await_words (GTK_WIDGET (self->dialog), "Models That Take");
  check = rushes_test_search (GTK_WIDGET (self->dialog), is_check_of, label);
  g_assert_nonnull (check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), wished);
  popover = gtk_widget_get_ancestor (check, GTK_TYPE_POPOVER);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

static void
sort_by (RushesListing *self, const char *order)
{
  gtk_widget_activate_action (GTK_WIDGET (self->view), "models.model-sort", "s", order);
}

#define ALL "ready: Animatic, Linen, Kite 10, Kite 2.1, Paper Dragon, Parting Kite; gone: Old Kite"

static void
test_search (void)
{
  g_autoptr (RushesSet) set = rushes_listing_open_set (NULL);
  RushesListing catalogue = rushes_listing_open (set);

  rushes_listing_await_list (&catalogue, ALL);
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "7 models");
  g_assert_true (rushes_listing_says (&catalogue, "Kite 10", "4, 6, 8, 10 s"));
  g_assert_true (rushes_listing_says (&catalogue, "Kite 10", "720p, 1080p"));
  g_assert_true (rushes_listing_says (&catalogue, "Kite 2.1", "5, 10 s"));
  g_assert_true (rushes_listing_says (&catalogue, "Paper Dragon", "3–12 s"));
  g_assert_true (rushes_listing_says (&catalogue, "Parting Kite", "Kites · until 1 Dec 2999"));
  g_assert_true (rushes_listing_says (&catalogue, "Parting Kite", "unknown"));
  g_assert_true (rushes_listing_says (&catalogue, "Old Kite", "retired since 31 Jan 2020"));
  g_assert_true (rushes_listing_says (&catalogue, "Animatic", "free"));

  /* Whatever has the focus: what is typed is searched, in any order, in names, ids and what a model can do. */
  gtk_widget_grab_focus (GTK_WIDGET (catalogue.view));
  rushes_set_type ("sound kite");
  rushes_listing_await_list (&catalogue, "ready: Kite 10");
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "1 of 7 models");
  rushes_listing_search (&catalogue, "yuan");
  rushes_listing_await_list (&catalogue, "ready: Paper Dragon");
  rushes_listing_search (&catalogue, "KITES 1080P");
  rushes_listing_await_list (&catalogue, "ready: Kite 10");
  rushes_listing_search (&catalogue, "nothing of the kind");
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "No Such Model");

  /* The first Escape takes the words back, the second closes. */
  gtk_widget_grab_focus (GTK_WIDGET (rushes_listing_get_search (&catalogue)));
  rushes_set_press ("Escape");
  rushes_listing_await_list (&catalogue, ALL);
  rushes_set_press ("Escape");
  rushes_set_await (set, rushes_listing_is_closed, NULL);
}

static gboolean
is_spin_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPIN_BUTTON (widget);
}

static void
test_filters (void)
{
  g_autoptr (RushesSet) set = rushes_listing_open_set (NULL);
  RushesListing catalogue = rushes_listing_open (set);
  GtkWidget *most;

  rushes_listing_await_list (&catalogue, ALL);
  wish (&catalogue, "First Frame", TRUE);
  rushes_listing_await_list (&catalogue, "ready: Animatic, Linen, Kite 10");
  wish (&catalogue, "Last Frame", TRUE);
  rushes_listing_await_list (&catalogue, "ready: Linen, Kite 10");
  wish (&catalogue, "References", TRUE);
  rushes_listing_await_list (&catalogue, "ready: Linen");
  wish (&catalogue, "Make Sound", TRUE);
  rushes_test_await_words (GTK_WIDGET (catalogue.dialog), "No Such Model");
  rushes_set_click (set, rushes_test_find (GTK_WIDGET (catalogue.dialog), GTK_TYPE_BUTTON, "Show All"));
  rushes_listing_await_list (&catalogue, ALL);
  wish (&catalogue, "Run on This Computer", TRUE);
  rushes_listing_await_list (&catalogue, "ready: Animatic");
  wish (&catalogue, "Run on This Computer", FALSE);

  /* 5 s cost $0.10, and 4 s $0.40; what is in yuan, or not known, is not known to be within. */
  wish (&catalogue, "Are Favourites", FALSE);
  most = rushes_test_search (GTK_WIDGET (catalogue.dialog), is_spin_button, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (most)), ==, "any");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (most), 0.40);
  rushes_listing_await_list (&catalogue, "ready: Animatic, Linen, Kite 10, Kite 2.1");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (most), 0.39);
  rushes_listing_await_list (&catalogue, "ready: Animatic, Linen, Kite 2.1");
  rushes_listing_close (&catalogue);

  /* What was wished for is forgotten. */
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue, ALL);
  rushes_listing_close (&catalogue);
}

static gboolean
has_takes (RushesSet *set, gconstpointer n)
{
  return rushes_set_count (set) == GPOINTER_TO_UINT (n);
}

static void
order (RushesSet *set, const char *provider_id, const char *model_id)
{
  RushesModel *model = rushes_provider_find_model (rushes_registry_find (set->registry, provider_id), model_id);
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autofree char *id = g_uuid_string_random ();
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) prices = g_array_new (FALSE, FALSE, sizeof (RushesPrice));
  RushesPrice price = { .kind = RUSHES_PRICE_FREE };

  rushes_draft_set_model (draft, provider_id, model_id);
  rushes_draft_set_prompt (draft, "a kite");
  g_ptr_array_add (requests, rushes_request_new (draft, model, 0));
  g_array_append_val (prices, price);
  rushes_test_expect (rushes_library_order (rushes_studio_get_library (set->studio),
                                            rushes_composer_get_project (set->composer), requests, prices, id));
}

static void
test_order (void)
{
  g_autoptr (RushesSet) set = rushes_listing_open_set (NULL);
  g_autoptr (GSettings) settings = rushes_settings_get ();
  RushesListing catalogue;

  order (set, "kites", "yuan");
  order (set, "kites", "yuan");
  order (set, "kites", "k2");
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (3));

  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue,
                             "ready: Paper Dragon, Kite 2.1, Animatic, Linen, Kite 10, Parting Kite; gone: Old Kite");
  sort_by (&catalogue, "name");
  rushes_listing_await_list (&catalogue,
                             "ready: Animatic, Kite 2.1, Kite 10, Linen, Paper Dragon, Parting Kite; gone: Old Kite");
  /* Free, in dollars, in another currency, unknown. */
  sort_by (&catalogue, "price");
  rushes_listing_await_list (&catalogue,
                             "ready: Animatic, Linen, Kite 2.1, Kite 10, Paper Dragon, Parting Kite; gone: Old Kite");
  rushes_listing_close (&catalogue);
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue,
                             "ready: Animatic, Linen, Kite 2.1, Kite 10, Paper Dragon, Parting Kite; gone: Old Kite");
  g_assert_cmpint (g_settings_get_enum (settings, "model-sort"), ==, 1);
  rushes_listing_close (&catalogue);
}

static GtkWidget *
find_in_row (RushesListing *self, const char *name, const char *words)
{
  GtkWidget *found = rushes_test_find (rushes_listing_find_row (self, name), GTK_TYPE_BUTTON, words);

  g_assert_nonnull (found);
  return found;
}

static gboolean
is_favourite (RushesSet *set, gconstpointer names)
{
  g_auto (GStrv) kept = g_settings_get_strv (set->composer->settings, "favourite-models");
  g_autofree char *list = g_strjoinv (" ", kept);

  return g_str_equal (list, names);
}

/* The section at the top of the composer's own list. */
static char *
list_favourites (RushesSet *set)
{
  GtkWidget *row = rushes_set_find (GTK_WIDGET (set->composer), ADW_TYPE_COMBO_ROW, "Model");
  GListModel *choices = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (choices); i++)
    {
      g_autoptr (RushesModelChoice) choice = g_list_model_get_item (choices, i);

      if (rushes_model_choice_get_is_favourite (choice))
        g_string_append_printf (list, "%s/", rushes_model_choice_get_name (choice));
    }
  return g_string_free (list, FALSE);
}

static void
test_favourites (void)
{
  RushesProvider *kites = NULL;
  g_autoptr (RushesSet) set = rushes_listing_open_set (&kites);
  RushesListing catalogue = rushes_listing_open (set);
  g_autofree char *favourites = NULL;
  g_autofree char *usable = NULL;

  rushes_listing_await_list (&catalogue, ALL);
  rushes_set_click (set, find_in_row (&catalogue, "Paper Dragon", "Favourite"));
  rushes_set_await (set, is_favourite, "kites/yuan");
  /* Nothing is pulled away from under the pointer, and the dialog stays. */
  rushes_listing_await_list (&catalogue, ALL);
  rushes_set_click (set, find_in_row (&catalogue, "Linen", "Favourite"));
  rushes_set_await (set, is_favourite, "kites/yuan loom/linen");
  /* By its key: of the row that has the focus. */
  gtk_widget_grab_focus (gtk_widget_get_parent (rushes_listing_find_row (&catalogue, "Old Kite")));
  rushes_set_press ("ctrl+d");
  rushes_set_await (set, is_favourite, "kites/yuan loom/linen kites/old");
  wish (&catalogue, "Are Favourites", TRUE);
  rushes_listing_await_list (&catalogue, "ready: Linen, Paper Dragon; gone: Old Kite");
  rushes_listing_close (&catalogue);

  /* First from then on, here and in the composer, as long as they can be used. */
  rushes_set_reopen (set);
  rushes_set_compose (set);
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue,
                             "favourites: Linen, Paper Dragon; ready: Animatic, Kite 10, Kite 2.1, Parting Kite; "
                             "gone: Old Kite");
  favourites = list_favourites (set);
  g_assert_cmpstr (favourites, ==, "Linen/Paper Dragon/");
  rushes_set_give_problem (kites, "Kites needs a key.");
  rushes_listing_await_list (
      &catalogue,
      "favourites: Linen; ready: Animatic; locked: Kite 10, Kite 2.1, Paper Dragon, Parting Kite; gone: Old Kite");
  usable = list_favourites (set);
  g_assert_cmpstr (usable, ==, "Linen/");
  rushes_set_click (set, find_in_row (&catalogue, "Linen", "Favourite"));
  rushes_set_await (set, is_favourite, "kites/yuan kites/old");
  rushes_listing_close (&catalogue);
}

static void
settings_opened (GSimpleAction *action, GVariant *place, gpointer data)
{
  g_set_str ((char **) data, g_variant_get_string (place, NULL));
}

static gboolean
is_told (RushesSet *set, gconstpointer place)
{
  return *(char *const *) place != NULL;
}

static void
test_locked (void)
{
  RushesProvider *kites = NULL;
  g_autoptr (RushesSet) set = rushes_listing_open_set (&kites);
  g_autoptr (GSimpleAction) action = g_simple_action_new ("preferences", G_VARIANT_TYPE_STRING);
  GActionMap *application = G_ACTION_MAP (rushes_test_get_application ());
  g_autofree char *place = NULL;
  RushesListing catalogue;

  g_signal_connect (action, "activate", G_CALLBACK (settings_opened), &place);
  g_action_map_add_action (application, G_ACTION (action));
  rushes_set_choose (set, "loom");
  rushes_set_give_problem (kites, "Kites needs a key.");
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (
      &catalogue, "ready: Animatic, Linen; locked: Kite 10, Kite 2.1, Paper Dragon, Parting Kite; gone: Old Kite");
  rushes_test_await_words (GTK_WIDGET (catalogue.view), "Not Set Up Yet");

  rushes_set_click (set, find_in_row (&catalogue, "Kite 2.1", "Kites needs a key."));
  rushes_set_await (set, is_told, &place);
  g_assert_cmpstr (place, ==, "providers/kites");
  /* The row leads there too, instead of to a model that cannot be used. */
  g_clear_pointer (&place, g_free);
  rushes_set_click (set, rushes_test_find (rushes_listing_find_row (&catalogue, "Kite 10"), GTK_TYPE_LABEL, "Kite 10"));
  rushes_set_await (set, is_told, &place);
  g_assert_cmpstr (rushes_draft_get_provider_id (rushes_set_draft (set)), ==, "loom");

  /* They can be left out, also the next time. */
  wish (&catalogue, "Also Show What Cannot Be Used", FALSE);
  rushes_listing_await_list (&catalogue, "ready: Animatic, Linen");
  rushes_listing_close (&catalogue);
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue, "ready: Animatic, Linen");
  /* With the key they are there, without a further click. */
  rushes_set_give_problem (kites, NULL);
  rushes_listing_await_list (&catalogue, "ready: Animatic, Linen, Kite 10, Kite 2.1, Paper Dragon, Parting Kite");
  rushes_listing_close (&catalogue);
  g_action_map_remove_action (application, "preferences");
}

static gboolean
has_model (RushesSet *set, gconstpointer id)
{
  return g_strcmp0 (rushes_draft_get_model_id (rushes_set_draft (set)), id) == 0;
}

static gboolean
writes (RushesSet *set, gconstpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (set->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, RUSHES_TYPE_PROMPT) != NULL;
}

static void
test_choose (void)
{
  g_autoptr (RushesSet) set = rushes_listing_open_set (NULL);
  RushesDraft *draft = rushes_set_draft (set);
  RushesListing catalogue;
  GtkWidget *label;

  rushes_draft_set_duration (draft, 6);
  rushes_draft_set_prompt (draft, "a kite");
  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->composer), GTK_TYPE_BUTTON, "All Models"));
  catalogue = rushes_listing_await (set);
  rushes_listing_await_list (&catalogue, ALL);
  /* A second one does not come over it. */
  rushes_set_press ("ctrl+m");

  /* What each costs with these settings, or the nearest that it can: 6 s, 5 s, 6 s. */
  g_assert_true (rushes_listing_says (&catalogue, "Kite 10", "~$0.60"));
  g_assert_true (rushes_listing_says (&catalogue, "Kite 2.1", "~$0.10"));
  g_assert_nonnull (rushes_test_find (rushes_listing_find_row (&catalogue, "Kite 10"), GTK_TYPE_IMAGE, "Chosen"));
  g_assert_null (rushes_test_find (rushes_listing_find_row (&catalogue, "Kite 2.1"), GTK_TYPE_IMAGE, "Chosen"));
  rushes_draft_set_duration (draft, 10);
  rushes_listing_await_said (&catalogue, "Kite 10", "~$1.00");
  rushes_listing_await_said (&catalogue, "Kite 2.1", "~$0.20");

  label = rushes_test_find (rushes_listing_find_row (&catalogue, "Paper Dragon"), GTK_TYPE_LABEL, "Paper Dragon");
  rushes_set_click (set, label);
  rushes_set_await (set, rushes_listing_is_closed, NULL);
  g_assert_true (has_model (set, "yuan"));
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 10);
  g_assert_cmpstr (rushes_draft_get_prompt (draft), ==, "a kite");

  /* What does not go with it gives way, and is told; Enter takes the first that is found. */
  rushes_draft_set_duration (draft, 3);
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue, ALL);
  rushes_set_type ("2.1");
  rushes_listing_await_list (&catalogue, "ready: Kite 2.1");
  rushes_set_press ("Return");
  rushes_set_await (set, rushes_listing_is_closed, NULL);
  g_assert_true (has_model (set, "k2"));
  rushes_set_await_words (set, "Kite 2.1 cannot make 3 s; the length is 5 s now.");

  /* By keys alone. */
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue, ALL);
  rushes_listing_find_row (&catalogue, "Animatic");
  gtk_widget_grab_focus (gtk_widget_get_parent (rushes_listing_find_row (&catalogue, "Animatic")));
  rushes_set_press ("Down Down Return");
  rushes_set_await (set, rushes_listing_is_closed, NULL);
  g_assert_true (has_model (set, "k10"));

  /* A composer that is hidden is seen again. */
  adw_overlay_split_view_set_show_sidebar (set->window->split, FALSE);
  catalogue = rushes_listing_open (set);
  rushes_listing_await_list (&catalogue, ALL);
  rushes_set_click (set, rushes_test_find (rushes_listing_find_row (&catalogue, "Linen"), GTK_TYPE_LABEL, "Linen"));
  rushes_set_await (set, rushes_listing_is_closed, NULL);
  g_assert_true (has_model (set, "linen"));
  g_assert_true (adw_overlay_split_view_get_show_sidebar (set->window->split));
  rushes_set_await (set, writes, NULL);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/catalogue/search", test_search);
  g_test_add_func ("/catalogue/filters", test_filters);
  g_test_add_func ("/catalogue/order", test_order);
  g_test_add_func ("/catalogue/favourites", test_favourites);
  g_test_add_func ("/catalogue/locked", test_locked);
  g_test_add_func ("/catalogue/choose", test_choose);

  return g_test_run ();
}
