/* test-library-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-stage.h"
#include "rushes-strip.h"

/* ---- cards ---- */

static void
test_states (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A <b>kite</b> over the dunes");
  RushesTakeCard *card = rushes_stage_card (stage, take);
  GtkWidget *bar;
  g_autofree char *title = NULL;

  g_object_get (card, "title", &title, NULL);
  g_assert_cmpstr (title, ==, "A <b>kite</b> over the dunes");
  g_assert_nonnull (rushes_stage_find (GTK_WIDGET (card), GTK_TYPE_LABEL, "A <b>kite</b> over the dunes"));
  rushes_stage_await_words (stage, take, "In line, Red Kite · now");
  g_assert_null (rushes_stage_find (GTK_WIDGET (card), GTK_TYPE_PROGRESS_BAR, NULL));

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_RUNNING, NULL);
  rushes_library_report (stage->library, take, 0.42, "Rendering 42 %");
  rushes_stage_await_words (stage, take, "Rendering 42 %, Red Kite · now");
  bar = rushes_stage_find (GTK_WIDGET (card), GTK_TYPE_PROGRESS_BAR, NULL);
  g_assert_nonnull (bar);
  g_assert_cmpfloat_with_epsilon (gtk_progress_bar_get_fraction (GTK_PROGRESS_BAR (bar)), 0.42, 0.001);
  g_assert_nonnull (rushes_stage_find (GTK_WIDGET (card), GTK_TYPE_LABEL, "0:00"));

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_await_words (stage, take, "1 s, Red Kite · ");
  rushes_stage_await_words (stage, take, ", not saved");
  g_assert_null (rushes_stage_find (GTK_WIDGET (card), GTK_TYPE_PROGRESS_BAR, NULL));
  g_assert_nonnull (rushes_stage_find (GTK_WIDGET (card), GTK_TYPE_LABEL, "Not saved"));

  rushes_stage_expect (rushes_library_star (stage->library, take, TRUE));
  rushes_stage_await_words (stage, take, ", starred");
}

static gboolean
has_picture (RushesStage *self, gpointer data)
{
  GtkWidget *picture = rushes_stage_find (GTK_WIDGET (rushes_stage_card (self, data)), GTK_TYPE_PICTURE, NULL);

  return gtk_picture_get_paintable (GTK_PICTURE (picture)) != NULL;
}

/* Whether the pointer is told something when it rests on the first words of a card, which are its title. */
static gboolean
tells_title (RushesStage *stage, RushesTake *take)
{
  GtkWidget *card = GTK_WIDGET (rushes_stage_card (stage, take));
  GtkWidget *title = rushes_stage_find (card, GTK_TYPE_LABEL, rushes_take_get_title (take));
  g_autoptr (GtkTooltip) tooltip = g_object_new (GTK_TYPE_TOOLTIP, NULL);
  gboolean told = FALSE;

  g_assert_true (gtk_widget_get_has_tooltip (title));
  g_signal_emit_by_name (title, "query-tooltip", 1, 1, FALSE, tooltip, &told);

  return told;
}

static void
test_tooltip (void)
{
  g_autofree char *words = g_strnfill (300, 'w');
  const char *prompts[] = { "a kite", words, NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);

  rushes_stage_await_n (stage, 2);
  rushes_stage_await_words (stage, takes->pdata[1], "In line");
  gtk_test_widget_wait_for_draw (stage->window);
  g_assert_false (tells_title (stage, takes->pdata[0]));
  g_assert_true (tells_title (stage, takes->pdata[1]));
}

static gboolean
is_blank (RushesStage *self, gpointer data)
{
  GtkWidget *card = GTK_WIDGET (rushes_stage_card (self, data));
  GtkWidget *image = rushes_stage_find (card, GTK_TYPE_IMAGE, NULL);

  return image != NULL && g_strcmp0 (gtk_image_get_icon_name (GTK_IMAGE (image)), "text-x-generic-symbolic") == 0;
}

static void
test_picture (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A kite");
  GtkWidget *picture = rushes_stage_find (GTK_WIDGET (rushes_stage_card (stage, take)), GTK_TYPE_PICTURE, NULL);
  GdkPaintable *paintable;

  /* Words alone have none. */
  rushes_stage_await (stage, is_blank, take);
  g_assert_null (gtk_picture_get_paintable (GTK_PICTURE (picture)));

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_await (stage, has_picture, take);
  paintable = gtk_picture_get_paintable (GTK_PICTURE (picture));
  g_assert_cmpfloat_with_epsilon (gdk_paintable_get_intrinsic_aspect_ratio (paintable), 320.0 / 180.0, 0.02);
  g_assert_false (is_blank (stage, take));
}

static GtkPicture *
picture_of (RushesStage *self, RushesTake *take)
{
  return GTK_PICTURE (rushes_stage_find (GTK_WIDGET (rushes_stage_card (self, take)), GTK_TYPE_PICTURE, NULL));
}

typedef struct
{
  RushesTake *take;
  guint frame;
} Glimpse;

static gboolean
glimpses (RushesStage *self, gpointer data)
{
  Glimpse *glimpse = data;
  GdkPaintable *paintable = gtk_picture_get_paintable (picture_of (self, glimpse->take));

  return RUSHES_IS_STRIP (paintable) && rushes_strip_get_frame (RUSHES_STRIP (paintable)) == glimpse->frame;
}

static gboolean
stands_still (RushesStage *self, gpointer data)
{
  return GDK_IS_TEXTURE (gtk_picture_get_paintable (picture_of (self, data)));
}

/* The pointer's place on a card is that in the clip; a take in work has none, and nothing moves for who wants it so. */
static void
test_preview (void)
{
  const char *prompts[] = { "working", "ready", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  RushesTake *working = g_ptr_array_index (takes, 0);
  RushesTake *ready = g_ptr_array_index (takes, 1);

  rushes_stage_bring (stage, ready, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_await (stage, has_picture, ready);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE, NULL);
  rushes_test_point (GTK_WIDGET (rushes_stage_card (stage, ready)), 0.52, 0.4);
  rushes_stage_await (stage, glimpses, (&(Glimpse) { ready, 10 }));
  rushes_test_point (GTK_WIDGET (rushes_stage_card (stage, ready)), 0.98, 0.4);
  rushes_stage_await (stage, glimpses, (&(Glimpse) { ready, 19 }));

  rushes_test_point (GTK_WIDGET (rushes_stage_card (stage, working)), 0.5, 0.4);
  rushes_stage_await (stage, stands_still, ready);
  g_assert_null (gtk_picture_get_paintable (picture_of (stage, working)));

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  rushes_take_card_preview (rushes_stage_card (stage, ready), 10);
  g_assert_true (stands_still (stage, ready));
}

/* All tiles are 16:9, whatever is in them, and never narrower than their size says. */
static void
test_tiles (void)
{
  const char *prompts[] = { "one", "two", "three", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  const char *sizes[] = { "small", "large", "medium" };
  const int least[] = { 156, 320, 224 };
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_NETWORK, "The line is down.");

  rushes_stage_bring (stage, g_ptr_array_index (takes, 0), RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_bring (stage, g_ptr_array_index (takes, 1), RUSHES_TAKE_STATE_FAILED, error);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (stage->page), "view.tile-size", "s", sizes[i]);
      for (guint n = 0; n < takes->len; n++)
        {
          RushesTakeCard *card = rushes_stage_card (stage, g_ptr_array_index (takes, n));
          GtkWidget *frame = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (card)));
          int width, height;

          gtk_test_widget_wait_for_draw (stage->window);
          width = gtk_widget_get_width (frame);
          height = gtk_widget_get_height (frame);
          g_assert_cmpint (width, >=, least[i]);
          g_assert_cmpfloat_with_epsilon ((double) width / height, 16.0 / 9.0, 0.02);
        }
    }
}

static gboolean
is_remixed (RushesStage *self, gpointer data)
{
  return self->remixed == data;
}

static void
test_remedies (void)
{
  const char *prompts[] = { "edit", "retry", "check", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  RushesTake *refused = g_ptr_array_index (takes, 0);
  RushesTake *broken = g_ptr_array_index (takes, 1);
  RushesTake *lost = g_ptr_array_index (takes, 2);
  g_autoptr (GError) rejected = rushes_error_new (RUSHES_ERROR_REJECTED, "The picture shows a trademark.");
  g_autoptr (GError) network = rushes_error_new (RUSHES_ERROR_NETWORK, "The line is down.");
  GtkWidget *button;

  rushes_stage_bring (stage, refused, RUSHES_TAKE_STATE_FAILED, rejected);
  rushes_stage_bring (stage, broken, RUSHES_TAKE_STATE_FAILED, network);
  rushes_stage_bring (stage, lost, RUSHES_TAKE_STATE_UNCONFIRMED, NULL);
  rushes_stage_await_words (stage, refused, "Declined by Kites. The picture shows a trademark. Nothing was charged.");
  rushes_stage_await_words (stage, broken, "Failed. The line is down. Nothing was charged.");
  rushes_stage_await_words (stage, lost,
                            "Not Confirmed. This may have been accepted and charged. Kites did not answer.");
  g_assert_nonnull (rushes_stage_find (GTK_WIDGET (rushes_stage_card (stage, lost)), GTK_TYPE_BUTTON, "Check Again"));

  button = rushes_stage_find (GTK_WIDGET (rushes_stage_card (stage, refused)), GTK_TYPE_BUTTON, "Edit…");
  g_assert_nonnull (button);
  rushes_stage_click (stage, button, 1);
  rushes_stage_await (stage, is_remixed, refused);
  /* The press of the button was not one of the card. */
  g_assert_null (stage->opened);

  button = rushes_stage_find (GTK_WIDGET (rushes_stage_card (stage, broken)), GTK_TYPE_BUTTON, "Retry");
  g_assert_nonnull (button);
  rushes_stage_click (stage, button, 1);
  rushes_stage_await_words (stage, broken, "Preparing, Red Kite · now");
}

/* ---- finding ---- */

static void
search (RushesStage *stage, const char *words)
{
  rushes_library_page_search (stage->page);
  gtk_editable_set_text (stage->page->search_entry, words);
}

static void
test_search (void)
{
  const char *prompts[] = { "A paper boat on a rainy street", "雨夜街上的纸船", "Lanterns over the quay", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  g_autoptr (RushesTake) found = NULL;

  rushes_stage_await_n (stage, 3);
  search (stage, "rainy bo");
  rushes_stage_await_n (stage, 1);
  found = g_list_model_get_item (G_LIST_MODEL (stage->page->selection), 0);
  g_assert_true (found == g_ptr_array_index (takes, 0));
  /* What is found by words tells where it is. */
  rushes_stage_await_words (stage, found, "Red Kite · My Project");

  search (stage, "纸船");
  rushes_stage_await_words (stage, g_ptr_array_index (takes, 1), "In line");
  rushes_stage_await_n (stage, 1);

  search (stage, "\"AND (");
  rushes_stage_await_n (stage, 0);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stage->page->stack), ==, "nothing");
  g_assert_false (rushes_library_page_get_empty (stage->page));

  gtk_search_bar_set_search_mode (stage->page->search_bar, FALSE);
  rushes_stage_await_n (stage, 3);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stage->page->stack), ==, "grid");
}

/* Typing anywhere on the page searches. */
static void
test_type_to_search (void)
{
  const char *prompts[] = { "boat", "moon", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);

  rushes_stage_focus (stage, g_ptr_array_index (takes, 0));
  rushes_stage_press (stage, "b o a");
  rushes_stage_await_n (stage, 1);
  g_assert_cmpstr (gtk_editable_get_text (stage->page->search_entry), ==, "boa");
}

static void
test_filters (void)
{
  const char *prompts[] = { "ready", "working", "failed", "starred and saved", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_NETWORK, "The line is down.");
  g_autofree char *path = rushes_test_folder ();
  g_autoptr (GFile) copy = g_file_new_build_filename (path, "copy.mp4", NULL);
  const struct
  {
    const char *filter;
    guint n;
    guint which; /* one that is there */
  } cases[] = { { "active", 1, 1 }, { "failed", 1, 2 }, { "starred", 1, 3 }, { "not-saved", 1, 0 }, { "all", 4, 0 } };

  rushes_stage_bring (stage, g_ptr_array_index (takes, 0), RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_bring (stage, g_ptr_array_index (takes, 2), RUSHES_TAKE_STATE_FAILED, error);
  rushes_stage_bring (stage, g_ptr_array_index (takes, 3), RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_expect (rushes_library_star (stage->library, g_ptr_array_index (takes, 3), TRUE));
  rushes_stage_expect (
      rushes_library_save_clip (stage->library, g_ptr_array_index (takes, 3), copy, RUSHES_SAVE_DEFAULT));

  gtk_search_bar_set_search_mode (stage->page->search_bar, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      adw_toggle_group_set_active_name (stage->page->filters, cases[i].filter);
      rushes_stage_await_n (stage, cases[i].n);
      rushes_stage_card (stage, g_ptr_array_index (takes, cases[i].which));
    }

  /* A filter goes with the bar that shows it. */
  adw_toggle_group_set_active_name (stage->page->filters, "failed");
  rushes_stage_await_n (stage, 1);
  gtk_search_bar_set_search_mode (stage->page->search_bar, FALSE);
  rushes_stage_await_n (stage, 4);
}

static void
test_sort (void)
{
  const char *prompts[] = { "first", "second", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  g_autoptr (RushesTake) newest = NULL;
  g_autoptr (RushesTake) oldest = NULL;

  rushes_stage_await_n (stage, 2);
  newest = g_list_model_get_item (G_LIST_MODEL (stage->page->selection), 0);
  g_assert_true (newest == g_ptr_array_index (takes, 1));
  gtk_widget_activate_action (GTK_WIDGET (stage->page), "view.sort", "s", "oldest");
  rushes_stage_await_n (stage, 2);
  oldest = g_list_model_get_item (G_LIST_MODEL (stage->page->selection), 0);
  g_assert_true (oldest == g_ptr_array_index (takes, 0));
  gtk_widget_activate_action (GTK_WIDGET (stage->page), "view.sort", "s", "newest");
}

static void
test_empty (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  GtkWidget *blank = gtk_label_new ("Make your first take");
  g_autoptr (RushesTake) take = NULL;

  g_assert_true (rushes_library_page_get_empty (stage->page));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stage->page->stack), ==, "empty");
  g_assert_false (gtk_widget_get_visible (stage->page->select_button));
  rushes_library_page_set_blank (stage->page, blank);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stage->page->stack), ==, "blank");

  take = rushes_stage_order_one (stage, "A kite");
  rushes_stage_await_n (stage, 1);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (stage->page->stack), ==, "grid");
  g_assert_false (rushes_library_page_get_empty (stage->page));
  g_assert_true (gtk_widget_get_visible (stage->page->select_button));
}

/* ---- keys ---- */

static gboolean
is_opened (RushesStage *self, gpointer data)
{
  return self->opened == data;
}

static void
test_open (void)
{
  const char *prompts[] = { "first", "second", "third", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);

  rushes_stage_focus (stage, g_ptr_array_index (takes, 2));
  rushes_stage_press (stage, "Return");
  rushes_stage_await (stage, is_opened, g_ptr_array_index (takes, 2));
  rushes_stage_press (stage, "Right space");
  rushes_stage_await (stage, is_opened, g_ptr_array_index (takes, 1));
  rushes_stage_click (stage, GTK_WIDGET (rushes_stage_card (stage, g_ptr_array_index (takes, 0))), 1);
  rushes_stage_await (stage, is_opened, g_ptr_array_index (takes, 0));
}

static gboolean
is_starred (RushesStage *self, gpointer data)
{
  return rushes_take_get_starred (data);
}

static gboolean
has_undo (RushesStage *self, gpointer data)
{
  return rushes_stage_find (self->window, GTK_TYPE_BUTTON, "_Undo") != NULL;
}

static void
test_keys (void)
{
  const char *prompts[] = { "first", "second", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  RushesTake *take = g_ptr_array_index (takes, 1);

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_focus (stage, take);
  rushes_stage_press (stage, "ctrl+d");
  rushes_stage_await (stage, is_starred, take);

  rushes_stage_press (stage, "Delete");
  rushes_stage_await_n (stage, 1);
  g_assert_true (rushes_take_get_deleted (take));
  rushes_stage_await (stage, has_undo, NULL);
  rushes_stage_click (stage, rushes_stage_find (stage->window, GTK_TYPE_BUTTON, "_Undo"), 1);
  rushes_stage_await_n (stage, 2);
  g_assert_false (rushes_take_get_deleted (take));
}

static gboolean
has_question (RushesStage *self, gpointer data)
{
  GtkWidget *dialog = rushes_stage_find (self->window, ADW_TYPE_ALERT_DIALOG, NULL);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  return dialog != NULL && focus != NULL && gtk_widget_is_ancestor (focus, dialog);
}

static gboolean
has_no_question (RushesStage *self, gpointer data)
{
  return rushes_stage_find (self->window, ADW_TYPE_ALERT_DIALOG, NULL) == NULL;
}

/* What is being made is not thrown away by one key. */
static void
test_delete_in_work (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A kite");

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_RUNNING, NULL);
  rushes_stage_focus (stage, take);
  rushes_stage_press (stage, "Delete");
  rushes_stage_await (stage, has_question, NULL);
  rushes_stage_press (stage, "Escape");
  rushes_stage_await (stage, has_no_question, NULL);
  g_assert_false (rushes_take_get_deleted (take));

  rushes_stage_focus (stage, take);
  rushes_stage_press (stage, "Delete");
  rushes_stage_await (stage, has_question, NULL);
  rushes_stage_press (stage, "alt+d");
  rushes_stage_await_n (stage, 0);
  g_assert_true (rushes_take_get_deleted (take));
}

static gboolean
has_menu (RushesStage *self, gpointer data)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->page->menu)) == GPOINTER_TO_INT (data);
}

static gboolean
has_clip_on_clipboard (RushesStage *self, gpointer data)
{
  GdkContentProvider *content = gdk_clipboard_get_content (gtk_widget_get_clipboard (self->window));
  GValue value = G_VALUE_INIT;
  gboolean has;

  if (content == NULL)
    return FALSE;
  g_value_init (&value, GDK_TYPE_FILE_LIST);
  has = gdk_content_provider_get_value (content, &value, NULL);
  if (has)
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (&value));

      g_assert_true (g_file_equal (files->data, rushes_clip_get_file (rushes_take_get_clip (data))));
    }
  g_value_unset (&value);

  return has;
}

static void
test_menu (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A kite");

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_focus (stage, take);
  rushes_stage_press (stage, "shift+F10");
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (TRUE));
  rushes_stage_press (stage, "Escape");
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (FALSE));

  rushes_stage_click (stage, GTK_WIDGET (rushes_stage_card (stage, take)), 3);
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (TRUE));
  rushes_stage_press (stage, "c");
  rushes_stage_await (stage, has_clip_on_clipboard, take);
}

static gboolean
is_forgotten (RushesStage *self, gpointer data)
{
  return rushes_take_get_state (data) == RUSHES_TAKE_STATE_FAILED;
}

/* What is unconfirmed has its ways out in the menu too. */
static void
test_menu_of_unconfirmed (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A kite");

  rushes_stage_bring (stage, take, RUSHES_TAKE_STATE_UNCONFIRMED, NULL);
  rushes_stage_focus (stage, take);
  rushes_stage_press (stage, "shift+F10");
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (TRUE));
  rushes_stage_press (stage, "u");
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (FALSE));
  rushes_stage_await (stage, has_question, NULL);
  adw_dialog_close (ADW_DIALOG (rushes_stage_find (stage->window, ADW_TYPE_ALERT_DIALOG, NULL)));
  rushes_stage_await (stage, has_no_question, NULL);
  g_assert_cmpint (rushes_take_get_state (take), ==, RUSHES_TAKE_STATE_UNCONFIRMED);

  rushes_stage_focus (stage, take);
  rushes_stage_press (stage, "shift+F10");
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (TRUE));
  rushes_stage_press (stage, "f");
  rushes_stage_await (stage, is_forgotten, take);
}

/* ---- the line ---- */

static gboolean
is_before (RushesStage *self, gpointer data)
{
  RushesTake **pair = data;

  return rushes_take_get_turn (pair[0]) < rushes_take_get_turn (pair[1]);
}

/* By keys, and by the menu. */
static void
test_line (void)
{
  const char *prompts[] = { "first", "second", "third", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);
  RushesTake *first = g_ptr_array_index (takes, 0);
  RushesTake *second = g_ptr_array_index (takes, 1);
  RushesTake *third = g_ptr_array_index (takes, 2);

  rushes_stage_focus (stage, third);
  rushes_stage_press (stage, "alt+Home");
  rushes_stage_await (stage, is_before, ((RushesTake *[]) { third, first }));
  g_assert_true (is_before (stage, (RushesTake *[]) { first, second }));
  rushes_stage_press (stage, "alt+Down");
  rushes_stage_await (stage, is_before, ((RushesTake *[]) { first, third }));
  g_assert_true (is_before (stage, (RushesTake *[]) { third, second }));

  rushes_stage_press (stage, "shift+F10");
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (TRUE));
  rushes_stage_press (stage, "u");
  rushes_stage_await (stage, is_before, ((RushesTake *[]) { third, first }));
  rushes_stage_await (stage, has_menu, GINT_TO_POINTER (FALSE));
}

static gboolean
is_paused (RushesStage *self, gpointer data)
{
  GtkWidget *banner = rushes_stage_find (self->window, ADW_TYPE_BANNER, NULL);

  return rushes_library_get_paused (self->library) == GPOINTER_TO_INT (data) &&
         (banner != NULL && adw_banner_get_revealed (ADW_BANNER (banner))) == GPOINTER_TO_INT (data);
}

static gboolean
has_go_on (RushesStage *self, gpointer data)
{
  GtkWidget *button = rushes_stage_find (self->window, GTK_TYPE_BUTTON, "Go _On");

  return button != NULL && gtk_widget_get_height (button) > 0;
}

static void
test_pause (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "A kite");

  rushes_stage_focus (stage, take);
  rushes_stage_press (stage, "ctrl+shift+p");
  rushes_stage_await (stage, is_paused, GINT_TO_POINTER (TRUE));
  rushes_stage_await (stage, has_go_on, NULL);
  rushes_stage_click (stage, rushes_stage_find (stage->window, GTK_TYPE_BUTTON, "Go _On"), 1);
  rushes_stage_await (stage, is_paused, GINT_TO_POINTER (FALSE));
}

/* ---- where one was ---- */

static gboolean
is_focused (RushesStage *self, gpointer data)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  return focus != NULL && gtk_widget_get_first_child (focus) == GTK_WIDGET (rushes_stage_card (self, data));
}

/* The neighbour of a take that is deleted has the focus then, the last one its predecessor. */
static void
test_focus_stays (void)
{
  const char *prompts[] = { "one", "two", "three", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (GPtrArray) takes = rushes_stage_order (stage, prompts);

  for (guint i = 0; i < takes->len; i++)
    rushes_stage_bring (stage, g_ptr_array_index (takes, i), RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_focus (stage, g_ptr_array_index (takes, 1));
  rushes_stage_press (stage, "Delete");
  rushes_stage_await_n (stage, 2);
  rushes_stage_await (stage, is_focused, g_ptr_array_index (takes, 0));
  rushes_stage_press (stage, "Delete");
  rushes_stage_await_n (stage, 1);
  rushes_stage_await (stage, is_focused, g_ptr_array_index (takes, 2));

  /* The last deletion is taken back, and no more. */
  rushes_stage_press (stage, "ctrl+z");
  rushes_stage_await_n (stage, 2);
  g_assert_false (rushes_take_get_deleted (g_ptr_array_index (takes, 0)));
  rushes_stage_press (stage, "ctrl+z");
  rushes_stage_press (stage, "Delete");
  rushes_stage_await_n (stage, 1);
  g_assert_true (rushes_take_get_deleted (g_ptr_array_index (takes, 1)));
}

static double
place_of (RushesStage *self, RushesTake *take)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (rushes_stage_card (self, take)), self->window, &bounds));

  return bounds.origin.y;
}

/* What comes on top does not move what one looks at further down; who is at the top sees what comes. */
static void
test_new_on_top (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autofree const char **prompts = g_new0 (const char *, 101);
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GPtrArray) more = NULL;
  g_autoptr (RushesTake) top = NULL;
  RushesTake *middle;
  double before;

  for (guint i = 0; i < 100; i++)
    prompts[i] = "A kite";
  takes = rushes_stage_order (stage, prompts);
  rushes_stage_await_n (stage, 100);
  top = rushes_stage_order_one (stage, "first of all");
  rushes_stage_await_n (stage, 101);
  rushes_test_await_rest (GTK_WIDGET (rushes_stage_card (stage, top)));
  g_assert_cmpfloat (place_of (stage, top), >, 0);

  gtk_grid_view_scroll_to (stage->page->grid, 60, GTK_LIST_SCROLL_NONE, NULL);
  middle = g_ptr_array_index (takes, 100 - 60);
  rushes_stage_focus (stage, middle);
  rushes_test_await_rest (GTK_WIDGET (rushes_stage_card (stage, middle)));
  before = place_of (stage, middle);
  prompts[40] = NULL;
  more = rushes_stage_order (stage, prompts);
  rushes_stage_await_n (stage, 141);
  rushes_test_await_rest (GTK_WIDGET (rushes_stage_card (stage, middle)));
  g_assert_cmpfloat_with_epsilon (place_of (stage, middle), before, 1);
  rushes_stage_await (stage, is_focused, middle);
}

/* ---- many ---- */

#define MANY 5000

static void
test_many (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autofree const char **prompts = g_new0 (const char *, MANY + 1);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (RushesTake) oldest = NULL;
  guint n_first;

  for (guint i = 0; i < MANY; i++)
    {
      char *word = g_strdup_printf ("Take %u", i);

      g_ptr_array_add (words, word);
      prompts[i] = word;
    }
  takes = rushes_stage_order (stage, prompts);
  oldest = g_object_ref (g_ptr_array_index (takes, 0));
  g_clear_pointer (&takes, g_ptr_array_unref);
  rushes_stage_await_n (stage, MANY);
  gtk_test_widget_wait_for_draw (stage->window);
  n_first = rushes_stage_count_cards (stage);
  g_assert_cmpuint (n_first, >, 0);
  g_assert_cmpuint (n_first, <, 300);

  for (guint i = 1; i <= 10; i++)
    {
      gtk_grid_view_scroll_to (stage->page->grid, i * MANY / 10 - 1, GTK_LIST_SCROLL_NONE, NULL);
      gtk_test_widget_wait_for_draw (stage->window);
      g_assert_cmpuint (rushes_stage_count_cards (stage), <, 300);
    }
  rushes_stage_await_words (stage, oldest, "In line, Red Kite · now");

  /* All of them can be meant, also those of which nothing is known yet. */
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (stage->page->selection));
  g_assert_cmpstr (adw_window_title_get_title (stage->page->selection_title), ==, "5000 Selected");
  g_assert_cmpuint (stage->page->selected->len, <, MANY);
  gtk_widget_activate_action (GTK_WIDGET (stage->page), "selection.delete", NULL);
  rushes_stage_await (stage, has_question, NULL);
  adw_dialog_close (ADW_DIALOG (rushes_stage_find (stage->window, ADW_TYPE_ALERT_DIALOG, NULL)));
  rushes_stage_await (stage, has_no_question, NULL);
  gtk_selection_model_unselect_range (GTK_SELECTION_MODEL (stage->page->selection), 20, MANY - 21);
  gtk_widget_activate_action (GTK_WIDGET (stage->page), "selection.star", NULL);
  rushes_stage_await (stage, is_starred, oldest);
}

static gboolean
rests (RushesStage *self, gpointer data)
{
  return self->page->rest == 0;
}

/* No pictures are made of what flies past; who scrolls slowly sees them all. */
static void
test_scrolling (void)
{
  const char *prompts[60] = { "kite 1", NULL };
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (stage->page->scroller);
  g_autoptr (GPtrArray) takes = NULL;
  RushesTake *last;

  for (guint i = 1; i < G_N_ELEMENTS (prompts) - 1; i++)
    prompts[i] = "kite";
  takes = rushes_stage_order (stage, prompts);
  last = takes->pdata[takes->len - 1];
  rushes_stage_await_n (stage, takes->len);
  gtk_test_widget_wait_for_draw (stage->window);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, 2 * gtk_adjustment_get_page_size (adjustment));

  gtk_adjustment_set_value (adjustment, 1);
  rushes_stage_await (stage, rests, NULL);
  gtk_adjustment_set_value (adjustment, 2);
  gtk_adjustment_set_value (adjustment, 2 + gtk_adjustment_get_page_size (adjustment));
  g_assert_cmpuint (stage->page->rest, !=, 0);
  gtk_adjustment_set_value (adjustment, 0);
  rushes_stage_bring (stage, last, RUSHES_TAKE_STATE_READY, NULL);
  rushes_stage_await (stage, rests, NULL);
  rushes_stage_await (stage, has_picture, last);
}

static gboolean
tells_problem (RushesStage *self, gpointer data)
{
  return adw_banner_get_revealed (self->page->problem) &&
         strstr (adw_banner_get_title (self->page->problem), "removed or replaced") != NULL;
}

/* The library's file goes under the open window: that stays to be read, also for who comes back later. */
static void
test_library_gone (void)
{
  g_autoptr (RushesStage) stage = rushes_stage_open ();
  g_autoptr (RushesTake) take = rushes_stage_order_one (stage, "a kite");
  g_autoptr (GFile) file = g_file_get_child (rushes_folders_get_data (stage->folders), "library.db");

  rushes_stage_await_n (stage, 1);
  g_assert_false (adw_banner_get_revealed (stage->page->problem));
  g_assert_true (g_file_delete (file, NULL, NULL));
  rushes_stage_await (stage, tells_problem, NULL);
}

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/library-page/states", test_states);
  g_test_add_func ("/library-page/tooltip", test_tooltip);
  g_test_add_func ("/library-page/picture", test_picture);
  g_test_add_func ("/library-page/preview", test_preview);
  g_test_add_func ("/library-page/tiles", test_tiles);
  g_test_add_func ("/library-page/remedies", test_remedies);
  g_test_add_func ("/library-page/search", test_search);
  g_test_add_func ("/library-page/type-to-search", test_type_to_search);
  g_test_add_func ("/library-page/filters", test_filters);
  g_test_add_func ("/library-page/sort", test_sort);
  g_test_add_func ("/library-page/empty", test_empty);
  g_test_add_func ("/library-page/open", test_open);
  g_test_add_func ("/library-page/keys", test_keys);
  g_test_add_func ("/library-page/delete-in-work", test_delete_in_work);
  g_test_add_func ("/library-page/menu", test_menu);
  g_test_add_func ("/library-page/menu-of-unconfirmed", test_menu_of_unconfirmed);
  g_test_add_func ("/library-page/line", test_line);
  g_test_add_func ("/library-page/pause", test_pause);
  g_test_add_func ("/library-page/focus-stays", test_focus_stays);
  g_test_add_func ("/library-page/new-on-top", test_new_on_top);
  g_test_add_func ("/library-page/many", test_many);
  g_test_add_func ("/library-page/scrolling", test_scrolling);
  g_test_add_func ("/library-page/library-gone", test_library_gone);

  return g_test_run ();
}
