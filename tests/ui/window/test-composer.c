/* test-composer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

#include "rushes-choice-row.h"

static gboolean
can_generate (RushesSet *self, gconstpointer data)
{
  return gtk_widget_is_sensitive (self->composer->generate_button);
}

static gboolean
cannot_generate (RushesSet *self, gconstpointer data)
{
  return !gtk_widget_is_sensitive (self->composer->generate_button);
}

static GtkWidget *
find_row (RushesSet *self, const char *title)
{
  return rushes_set_find (GTK_WIDGET (self->composer->settings_group), ADW_TYPE_PREFERENCES_ROW, title);
}

static const char *
generate_words (RushesSet *self)
{
  return gtk_label_get_label (self->composer->generate_label);
}

/* ---- words ---- */

static gboolean
has_preset (RushesSet *self, gconstpointer id)
{
  return g_strcmp0 (rushes_draft_get_preset_id (rushes_set_draft (self)), id) == 0;
}

static gboolean
has_prompt (RushesSet *self, gconstpointer words)
{
  return g_strcmp0 (rushes_draft_get_prompt (rushes_set_draft (self)), words) == 0;
}

static void
test_typing (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_compose (set);
  rushes_set_await (set, cannot_generate, NULL);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (set->composer->missing)));
  g_assert_cmpstr (gtk_label_get_label (set->composer->missing), !=, "");

  rushes_set_type ("a paper boat");
  rushes_set_await (set, has_prompt, "a paper boat");
  g_assert_true (can_generate (set, NULL));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (set->composer->missing)));
  g_assert_cmpstr (generate_words (set), ==, "Generate · free");

  /* Words set from elsewhere arrive, and undo brings back what was typed. */
  rushes_draft_set_prompt (rushes_set_draft (set), "a kite");
  rushes_set_press ("ctrl+z");
  rushes_set_await (set, has_prompt, "a paper boat");
}

static void
test_slash_preset (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  GtkWidget *drop_down;

  rushes_set_compose (set);
  rushes_set_type ("/turntable a red shoe");
  rushes_set_await (set, has_prompt, "a red shoe");
  g_assert_true (has_preset (set, "turntable"));
  rushes_set_await_words (set, "The subject turns once around");
  drop_down = rushes_set_find (GTK_WIDGET (set->composer->preset_picker), GTK_TYPE_DROP_DOWN, NULL);
  g_assert_true (RUSHES_IS_PRESET (gtk_drop_down_get_selected_item (GTK_DROP_DOWN (drop_down))));

  /* A slash anywhere else is a slash. */
  rushes_draft_set_preset (rushes_set_draft (set), NULL, NULL);
  rushes_set_type (" /turntable now");
  rushes_set_await (set, has_prompt, "a red shoe /turntable now");
  g_assert_true (has_preset (set, NULL));
}

static gboolean
has_no_words (RushesSet *self, gconstpointer words)
{
  return rushes_set_find (GTK_WIDGET (self->window), GTK_TYPE_LABEL, words) == NULL;
}

/* A list that is still being searched throws the focus out again. */
static gboolean
goes_into_list (RushesSet *self, gconstpointer data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  if (focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_LIST_VIEW) != NULL)
    return TRUE;
  rushes_set_press ("Down");
  return FALSE;
}

static void
test_preset_picker (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  GtkDropDown *drop_down;
  GListModel *items;
  guint start, end;

  rushes_set_compose (set);
  drop_down = GTK_DROP_DOWN (rushes_set_find (GTK_WIDGET (set->composer->preset_picker), GTK_TYPE_DROP_DOWN, NULL));
  items = gtk_drop_down_get_model (drop_down);
  g_assert_cmpuint (g_list_model_get_n_items (items), >, 24);

  /* No preset stands alone, then come the groups. */
  gtk_section_model_get_section (GTK_SECTION_MODEL (items), 0, &start, &end);
  g_assert_cmpuint (end, ==, 1);
  gtk_section_model_get_section (GTK_SECTION_MODEL (items), 1, &start, &end);
  g_assert_cmpuint (start, ==, 1);
  g_assert_cmpuint (end, >, 2);

  /* Searched and picked with the keyboard. */
  gtk_widget_grab_focus (GTK_WIDGET (drop_down));
  rushes_set_press ("space");
  rushes_set_await_words (set, "Camera");
  rushes_set_type ("snow");
  rushes_set_await (set, has_no_words, "Camera");
  rushes_set_await (set, goes_into_list, NULL);
  rushes_set_press ("Return");
  rushes_set_await (set, has_preset, "first-snow");
}

static void
test_counter (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_compose (set);
  rushes_set_choose (set, "loom");
  rushes_draft_set_prompt (rushes_set_draft (set), "short");
  g_assert_null (rushes_set_find (GTK_WIDGET (set->composer->prompt), GTK_TYPE_LABEL, "5 of 40"));
  rushes_draft_set_prompt (rushes_set_draft (set),
                           "这是三十八个字这是三十八个字这是三十八个字这是三十八个字这是三十八个字哦哦哦");
  rushes_set_await_words (set, "38 of 40");
}

/* ---- settings ---- */

static gboolean
are_apart (GtkWidget *one, GtkWidget *other)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (one));
  graphene_rect_t a, b;

  return gtk_widget_compute_bounds (one, root, &a) && gtk_widget_compute_bounds (other, root, &b) &&
         !graphene_rect_intersection (&a, &b, NULL);
}

static void
count_dismissed (AdwToast *toast, guint *n_dismissed)
{
  (*n_dismissed)++;
}

static void
test_settings_follow_the_model (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  RushesDraft *draft;
  GtkWidget *news;
  guint n_dismissed = 0;

  rushes_set_compose (set);
  draft = rushes_set_draft (set);
  g_assert_cmpstr (rushes_draft_get_provider_id (draft), ==, "animatic");
  g_assert_nonnull (find_row (set, "Frames per Second"));
  g_assert_nonnull (find_row (set, "Takes"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (set->composer->last_well)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (set->composer->reference_wells)));
  rushes_draft_set_duration (draft, 5);
  rushes_draft_set_aspect (draft, "16:9");
  rushes_draft_set_count (draft, 3);
  rushes_draft_set_audio (draft, TRUE);

  /* The person picks another model; what cannot stay gives way, and one toast says so. */
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (set, "Model")), 1);
  g_assert_cmpstr (rushes_draft_get_provider_id (draft), ==, "loom");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 4);
  g_assert_cmpstr (rushes_draft_get_aspect (draft), !=, "16:9");
  g_assert_cmpint (rushes_draft_get_count (draft), ==, 1);
  news = rushes_set_await_words (set, "4 settings were changed to what Linen can do");
  rushes_set_await_rest (set, news);
  /* In the composer, above its button: in a window that is not much wider it would lie over that. */
  g_assert_true (gtk_widget_is_ancestor (news, GTK_WIDGET (set->composer)));
  g_assert_true (are_apart (news, set->composer->generate_button));
  g_assert_false (pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (news))));

  /* What is told next does not wait for that to go. */
  g_signal_connect (set->composer->told, "dismissed", G_CALLBACK (count_dismissed), &n_dismissed);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (set, "Model")), 0);
  rushes_draft_set_count (draft, 3);
  adw_combo_row_set_selected (ADW_COMBO_ROW (find_row (set, "Model")), 1);
  g_assert_cmpuint (n_dismissed, ==, 1);

  g_assert_null (find_row (set, "Frames per Second"));
  g_assert_null (find_row (set, "Takes"));
  g_assert_null (find_row (set, "Resolution"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (set->composer->last_well)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (set->composer->reference_wells)));

  /* What the person toggles arrives in the draft, and the other way. */
  rushes_choice_row_set_value (RUSHES_CHOICE_ROW (find_row (set, "Duration")), "8");
  g_assert_cmpfloat (rushes_draft_get_duration (draft), ==, 8);
  rushes_draft_set_aspect (draft, "9:16");
  g_assert_cmpstr (rushes_choice_row_get_value (RUSHES_CHOICE_ROW (find_row (set, "Aspect Ratio"))), ==, "9:16");
}

static void
test_more (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  RushesDraft *draft;
  AdwExpanderRow *more;
  GtkWidget *seed, *move;

  rushes_set_compose (set);
  draft = rushes_set_draft (set);
  more = ADW_EXPANDER_ROW (find_row (set, "More"));
  g_assert_cmpstr (adw_expander_row_get_subtitle (more), ==, "Random seed, no sound");
  adw_expander_row_set_expanded (more, TRUE);
  rushes_set_await_words (set, "Sound");

  seed = find_row (set, "Seed (random when empty)");
  gtk_editable_set_text (GTK_EDITABLE (seed), "42");
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, 42);
  gtk_editable_insert_text (GTK_EDITABLE (seed), "x", 1, &(int) { 2 });
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, 42);
  g_assert_true (gtk_widget_has_css_class (seed, "error"));
  gtk_editable_set_text (GTK_EDITABLE (seed), "");
  g_assert_cmpint (rushes_draft_get_seed (draft), ==, -1);
  adw_switch_row_set_active (ADW_SWITCH_ROW (find_row (set, "Sound")), TRUE);
  g_assert_true (rushes_draft_get_audio (draft));
  g_assert_cmpstr (adw_expander_row_get_subtitle (more), ==, "Random seed, with sound");

  move = find_row (set, "Camera move");
  g_assert_cmpstr (rushes_choice_row_get_value (RUSHES_CHOICE_ROW (move)), ==, "auto");
  rushes_choice_row_set_value (RUSHES_CHOICE_ROW (move), "drift");
  g_assert_cmpstr (rushes_draft_get_parameter (draft, "move"), ==, "drift");

  rushes_set_choose (set, "loom");
  g_assert_null (find_row (set, "Camera move"));
  g_assert_nonnull (find_row (set, "Weave"));
  g_assert_nonnull (find_row (set, "Negative Prompt"));
  g_assert_null (find_row (set, "Sound"));
}

static void
test_length_as_words (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  GtkWidget *row;

  rushes_set_compose (set);
  row = find_row (set, "Duration");
  g_assert_true (ADW_IS_SPIN_ROW (row));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "5 s");
  gtk_editable_set_text (GTK_EDITABLE (row), "12");
  adw_spin_row_update (ADW_SPIN_ROW (row));
  g_assert_cmpfloat (rushes_draft_get_duration (rushes_set_draft (set)), ==, 12);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "12 s");
}

/* ---- generate ---- */

static gboolean
has_takes (RushesSet *self, gconstpointer n)
{
  return rushes_set_count (self) == GPOINTER_TO_UINT (n) && gtk_widget_is_sensitive (self->composer->generate_button);
}

static void
test_double_press (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  GtkWidget *another;

  rushes_set_compose (set);
  rushes_set_type ("a paper boat");
  rushes_set_await (set, has_prompt, "a paper boat");
  rushes_composer_generate (set->composer);
  g_assert_true (cannot_generate (set, NULL));
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (1));

  rushes_composer_generate (set->composer);
  rushes_set_await_words (set, "Already queued");
  g_assert_cmpuint (rushes_set_count (set), ==, 1);
  another = rushes_set_find (GTK_WIDGET (set->window), GTK_TYPE_BUTTON, "_Make Another");
  rushes_set_click (set, another);
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (2));

  /* Something else is another order at once. */
  rushes_draft_set_prompt (rushes_set_draft (set), "a kite");
  rushes_composer_generate (set->composer);
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (3));
  g_assert_true (has_prompt (set, "a kite"));
}

static void
test_earlier_prompts (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "the first");
  rushes_composer_generate (set->composer);
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (1));
  rushes_draft_set_prompt (rushes_set_draft (set), "the second");
  rushes_composer_generate (set->composer);
  rushes_set_await (set, has_takes, GUINT_TO_POINTER (2));
  rushes_draft_set_prompt (rushes_set_draft (set), "not yet made");

  rushes_composer_focus_prompt (set->composer);
  rushes_set_press ("alt+Up");
  rushes_set_await (set, has_prompt, "the second");
  rushes_set_press ("alt+Up");
  rushes_set_await (set, has_prompt, "the first");
  rushes_set_press ("alt+Down");
  rushes_set_press ("alt+Down");
  rushes_set_await (set, has_prompt, "not yet made");
}

/* ---- the draft ---- */

static void
test_draft_survives (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);

  rushes_set_compose (set);
  rushes_set_bring (set, &file, 1);
  rushes_set_await_picture (set);
  rushes_set_type ("half a sente");
  rushes_set_await (set, has_prompt, "half a sente");
  rushes_draft_set_aspect (rushes_set_draft (set), "9:16");

  rushes_set_reopen (set);
  g_assert_true (has_prompt (set, "half a sente"));
  g_assert_cmpstr (rushes_draft_get_aspect (rushes_set_draft (set)), ==, "9:16");
  g_assert_cmpstr (rushes_reference_get_name (rushes_set_await_picture (set)), ==, "boat.png");
}

static void
test_start_over (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "a thousand words");
  gtk_widget_activate_action (GTK_WIDGET (set->composer), "composer.clear", NULL);
  g_assert_true (has_prompt (set, ""));
  rushes_set_await_words (set, "The composer is empty");
  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->window), GTK_TYPE_BUTTON, "_Undo"));
  rushes_set_await (set, has_prompt, "a thousand words");
}

static gboolean
is_folded (RushesSet *self, gconstpointer data)
{
  return !gtk_widget_get_mapped (GTK_WIDGET (self->composer));
}

/* What it says then is said where it is seen. */
static void
test_news_while_folded (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  GtkWidget *news;

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "a kite");
  gtk_widget_activate_action (GTK_WIDGET (set->window), "win.composer", NULL);
  rushes_set_await (set, is_folded, NULL);
  gtk_widget_activate_action (GTK_WIDGET (set->composer), "composer.clear", NULL);
  news = rushes_set_await_words (set, "The composer is empty");
  g_assert_false (gtk_widget_is_ancestor (news, GTK_WIDGET (set->composer)));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/composer/typing", test_typing);
  g_test_add_func ("/composer/slash-preset", test_slash_preset);
  g_test_add_func ("/composer/preset-picker", test_preset_picker);
  g_test_add_func ("/composer/counter", test_counter);
  g_test_add_func ("/composer/settings-follow-the-model", test_settings_follow_the_model);
  g_test_add_func ("/composer/more", test_more);
  g_test_add_func ("/composer/length-as-words", test_length_as_words);
  g_test_add_func ("/composer/double-press", test_double_press);
  g_test_add_func ("/composer/earlier-prompts", test_earlier_prompts);
  g_test_add_func ("/composer/draft-survives", test_draft_survives);
  g_test_add_func ("/composer/start-over", test_start_over);
  g_test_add_func ("/composer/news-while-folded", test_news_while_folded);

  return g_test_run ();
}
