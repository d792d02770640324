/* test-pictures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

#include "rushes-take-card.h"

static gboolean
can_generate (RushesSet *self, gconstpointer data)
{
  return gtk_widget_is_sensitive (self->composer->generate_button);
}

static const char *
generate_words (RushesSet *self)
{
  return gtk_label_get_label (self->composer->generate_label);
}

static gboolean
has_prompt (RushesSet *self, gconstpointer words)
{
  return g_strcmp0 (rushes_draft_get_prompt (rushes_set_draft (self)), words) == 0;
}

static gboolean
has_no_picture (RushesSet *self, gconstpointer data)
{
  return rushes_draft_get_n_references (rushes_set_draft (self), RUSHES_ROLE_FIRST_FRAME) == 0;
}

static gboolean
offers_batch (RushesSet *self, gconstpointer data)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->composer->batch_row));
}

static void
test_files (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) text = rushes_set_text_file ("letter.png");
  g_autoptr (GFile) picture = rushes_set_picture ("boat.png", 320, 200);
  RushesReference *reference;

  /* The first picture ends the first start. */
  rushes_set_bring (set, &text, 1);
  rushes_set_await_words (set, "Drop a Picture");
  rushes_set_await_words (set, "“letter.png” is not a picture");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (set->composer->first_well)));
  g_assert_null (rushes_well_get_reference (set->composer->first_well));
  g_assert_false (can_generate (set, NULL));

  rushes_set_bring (set, &picture, 1);
  reference = rushes_set_await_picture (set);
  g_assert_cmpstr (rushes_reference_get_name (reference), ==, "boat.png");
  rushes_set_await_words (set, "320 × 200");
  rushes_set_await_words (set, "1280 × 720");
  rushes_set_await (set, can_generate, NULL);
  g_assert_false (offers_batch (set, NULL));

  /* A broken one does not push a good one out. */
  rushes_set_bring (set, &text, 1);
  rushes_set_await_words (set, "“letter.png”");
  g_assert_true (rushes_well_get_reference (set->composer->first_well) == reference);
}

static void
test_batch (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) one = rushes_set_picture ("one.png", 100, 100);
  g_autoptr (GFile) broken = rushes_set_text_file ("broken.png");
  g_autoptr (GFile) two = rushes_set_picture ("two.png", 120, 100);
  g_autoptr (GFile) torn = rushes_set_text_file ("torn.png");
  GtkWidget *check;

  rushes_set_compose (set);
  rushes_set_bring (set, (GFile *[]) { broken, one, torn, two }, 4);
  rushes_set_await (set, offers_batch, NULL);
  g_assert_cmpstr (rushes_reference_get_name (rushes_set_await_picture (set)), ==, "one.png");
  rushes_set_await_words (set, "2 pictures cannot be used: broken.png, torn.png");
  g_assert_cmpstr (generate_words (set), ==, "Generate · free");

  check = rushes_set_find (GTK_WIDGET (set->composer->batch_row), GTK_TYPE_CHECK_BUTTON, NULL);
  rushes_set_click (set, check);
  rushes_set_await_words (set, "Generate 2 Takes · free");
  rushes_set_click (set, check);
  rushes_set_await_words (set, "Generate · free");
  rushes_set_click (set, check);
  rushes_set_await_words (set, "Generate 2 Takes · free");

  rushes_set_choose (set, "animatic");
  rushes_set_press ("ctrl+Return");
  rushes_set_await_words (set, "Generate · free");
  g_assert_cmpuint (rushes_set_count (set), ==, 2);
}

static void
test_paste_picture (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_file (file, NULL);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (set->window));

  /* Anywhere in the window. */
  gdk_clipboard_set_texture (clipboard, texture);
  rushes_set_press ("ctrl+v");
  g_assert_cmpint (rushes_reference_get_width (rushes_set_await_picture (set)), ==, 64);

  /* In the prompt too, where it would say nothing. */
  rushes_draft_clear (rushes_set_draft (set));
  rushes_set_compose (set);
  rushes_set_press ("ctrl+v");
  rushes_set_await_picture (set);
  g_assert_true (has_prompt (set, ""));

  /* Text stays text. */
  rushes_draft_clear (rushes_set_draft (set));
  gdk_clipboard_set_text (clipboard, "a lighthouse");
  rushes_set_compose (set);
  rushes_set_press ("ctrl+v");
  rushes_set_await (set, has_prompt, "a lighthouse");
}

static void
test_paste_files (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (set->window));
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);

  /* Copied files come with their paths as text. */
  gdk_clipboard_set (clipboard, GDK_TYPE_FILE_LIST, list);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
  rushes_set_compose (set);
  rushes_set_press ("ctrl+v");
  g_assert_cmpstr (rushes_reference_get_name (rushes_set_await_picture (set)), ==, "boat.png");
  g_assert_true (has_prompt (set, ""));
}

static void
test_remove_picture (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);
  GtkWidget *well;

  rushes_set_compose (set);
  rushes_set_bring (set, &file, 1);
  rushes_set_await_picture (set);
  well = GTK_WIDGET (set->composer->first_well);
  rushes_set_await_words (set, "64 × 48");
  rushes_set_click (set, rushes_set_find (well, GTK_TYPE_BUTTON, "Remove Picture"));
  rushes_set_await (set, has_no_picture, NULL);
  g_assert_true (gtk_widget_has_focus (rushes_set_find (well, GTK_TYPE_BUTTON, NULL)));
}

static gboolean
has_class (GtkWidget *widget, gconstpointer name)
{
  return gtk_widget_has_css_class (widget, name);
}

/* What the chosen shape leaves out lies under two bars of the same width, and what is between them has that shape. */
static void
test_crop (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("wide.png", 400, 200);
  GtkWidget *well, *left, *right;
  graphene_rect_t left_bounds, right_bounds;
  float shown;

  rushes_set_compose (set);
  rushes_draft_set_aspect (rushes_set_draft (set), "1:1");
  rushes_set_bring (set, &file, 1);
  rushes_set_await_picture (set);
  well = GTK_WIDGET (set->composer->first_well);
  rushes_set_await_rest (set, well);

  left = rushes_set_search (well, has_class, "crop-left");
  right = rushes_set_search (well, has_class, "crop-right");
  g_assert_true (gtk_widget_compute_bounds (left, well, &left_bounds));
  g_assert_true (gtk_widget_compute_bounds (right, well, &right_bounds));
  g_assert_cmpfloat_with_epsilon (left_bounds.size.width, right_bounds.size.width, 1);
  shown = right_bounds.origin.x - left_bounds.origin.x - left_bounds.size.width;
  g_assert_cmpfloat_with_epsilon (shown, left_bounds.size.height, 2);
}

/* ---- what another program offers in several ways ---- */

static GdkContentProvider *
provide (const char *type, const char *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  return gdk_content_provider_new_for_bytes (type, bytes);
}

/* From a browser: the address of a page that is not ours to fetch, and the picture itself. */
static void
test_address_and_pixels (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) file = rushes_set_picture ("boat.png", 64, 48);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (set->window));
  static const char address[] = "http://127.0.0.1:9/picture.png\r\n";
  g_autoptr (GdkContentProvider) both = NULL;
  g_autoptr (GdkContentProvider) one = NULL;
  g_autofree char *png = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  g_file_load_contents (file, NULL, &png, &size, NULL, &error);
  g_assert_no_error (error);
  both =
      gdk_content_provider_new_union ((GdkContentProvider *[]) { provide ("text/uri-list", address, strlen (address)),
                                                                 provide ("image/png", png, size) },
                                      2);
  gdk_clipboard_set_content (clipboard, both);
  rushes_composer_paste (set->composer);
  g_assert_cmpint (rushes_reference_get_width (rushes_set_await_picture (set)), ==, 64);

  /* Without the pixels there is a sentence. */
  rushes_draft_clear (rushes_set_draft (set));
  one = provide ("text/uri-list", address, strlen (address));
  gdk_clipboard_set_content (clipboard, one);
  rushes_composer_paste (set->composer);
  rushes_set_await_words (set, "127.0.0.1");
  g_assert_true (has_no_picture (set, NULL));
}

static void
test_text_is_no_picture (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (set->window)), "just words");
  rushes_set_compose (set);
  rushes_composer_paste (set->composer);
  rushes_set_await_words (set, "There is no picture in what was given to Rushes.");
}

/* ---- drags ---- */

static gboolean
have_changed_places (RushesSet *self, gconstpointer name)
{
  RushesDraft *draft = rushes_set_draft (self);
  RushesReference *last = rushes_draft_get_n_references (draft, RUSHES_ROLE_LAST_FRAME) > 0
                              ? rushes_draft_get_reference (draft, RUSHES_ROLE_LAST_FRAME, 0)
                              : NULL;

  return last != NULL && g_str_equal (rushes_reference_get_name (last), name);
}

static void
test_between_wells (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();
  g_autoptr (GFile) one = rushes_set_picture ("one.png", 160, 90);
  g_autoptr (GFile) two = rushes_set_picture ("two.png", 160, 90);
  RushesReference *first;

  rushes_set_compose (set);
  rushes_set_choose (set, "loom");
  rushes_set_bring (set, &one, 1);
  first = rushes_set_await_picture (set);

  /* To an empty well, and back with another in its place. */
  rushes_set_drag (set, GTK_WIDGET (set->composer->first_well), GTK_WIDGET (set->composer->last_well));
  rushes_set_await (set, have_changed_places, "one.png");
  g_assert_true (has_no_picture (set, NULL));
  rushes_set_bring (set, &two, 1);
  rushes_set_await_picture (set);
  rushes_set_drag (set, GTK_WIDGET (set->composer->last_well), GTK_WIDGET (set->composer->first_well));
  rushes_set_await (set, have_changed_places, "two.png");
  g_assert_true (rushes_set_await_picture (set) == first);
}

static gboolean
has_card (RushesSet *self, gconstpointer data)
{
  return rushes_set_find (GTK_WIDGET (self->window->library_page), RUSHES_TYPE_TAKE_CARD, NULL) != NULL;
}

static void
test_card_is_a_recipe (void)
{
  g_autoptr (RushesSet) set = rushes_set_open ();

  rushes_set_compose (set);
  rushes_draft_set_prompt (rushes_set_draft (set), "a paper boat");
  rushes_composer_generate (set->composer);
  rushes_set_await (set, has_card, NULL);
  rushes_draft_set_prompt (rushes_set_draft (set), "something else");

  rushes_set_drag (set, rushes_set_find (GTK_WIDGET (set->window->library_page), RUSHES_TYPE_TAKE_CARD, NULL),
                   GTK_WIDGET (set->composer->first_well));
  rushes_set_await (set, has_prompt, "a paper boat");
  rushes_set_click (set, rushes_set_find (GTK_WIDGET (set->window), GTK_TYPE_BUTTON, "_Undo"));
  rushes_set_await (set, has_prompt, "something else");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/pictures/files", test_files);
  g_test_add_func ("/pictures/batch", test_batch);
  g_test_add_func ("/pictures/paste-picture", test_paste_picture);
  g_test_add_func ("/pictures/paste-files", test_paste_files);
  g_test_add_func ("/pictures/remove", test_remove_picture);
  g_test_add_func ("/pictures/crop", test_crop);
  g_test_add_func ("/pictures/address-and-pixels", test_address_and_pixels);
  g_test_add_func ("/pictures/text-is-no-picture", test_text_is_no_picture);
  g_test_add_func ("/pictures/between-wells", test_between_wells);
  g_test_add_func ("/pictures/card-is-a-recipe", test_card_is_a_recipe);

  return g_test_run ();
}
