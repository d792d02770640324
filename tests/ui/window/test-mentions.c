/* test-mentions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-mention-popover.h"
#include "rushes-set.h"

/* Pictures that the prompt names. "kites" calls its references [1], [2] …; "loom" has no names for its own. */

#define KITES                                                                                                          \
  "{\"version\":1,\"id\":\"kites\",\"name\":\"Kites\"," RUSHES_SET_SERVICE ",\"default_model\":\"kite\",\"models\":["  \
  "{\"id\":\"kite\",\"name\":\"Kite\",\"durations\":[5],\"prices\":[],"                                                \
  "\"inputs\":{\"first_frame\":\"optional\",\"references\":3},"                                                        \
  "\"prompt\":{\"input\":\"required\",\"limit\":60,\"names\":\"[{number}]\"}}]}"

static gboolean
has_prompt (RushesSet *set, gconstpointer words)
{
  return g_strcmp0 (rushes_draft_get_prompt (rushes_set_draft (set)), words) == 0;
}

static gboolean
has_references (RushesSet *set, gconstpointer names)
{
  g_autoptr (GString) all = g_string_new (NULL);
  RushesDraft *draft = rushes_set_draft (set);

  for (guint i = 0; i < rushes_draft_get_n_references (draft, RUSHES_ROLE_REFERENCE); i++)
    g_string_append (all, rushes_reference_get_name (rushes_draft_get_reference (draft, RUSHES_ROLE_REFERENCE, i)));
  return g_str_equal (all->str, names);
}

static GtkWidget *
reference_well (RushesSet *set, guint n)
{
  GtkWidget *well = gtk_widget_get_first_child (GTK_WIDGET (set->composer->reference_wells));

  while (n-- > 0)
    well = gtk_widget_get_next_sibling (well);
  return well;
}

/* Three references, "a", "b" and "c", and the cursor in the prompt. */
static RushesSet *
open_set (void)
{
  RushesSet *set = rushes_set_open ();
  g_autoptr (RushesProvider) kites = rushes_set_new_provider (KITES, NULL);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  rushes_registry_add (set->registry, kites);
  rushes_set_compose (set);
  rushes_set_choose (set, "kites");
  for (const char *name = "abc"; *name != '\0'; name++)
    {
      const char words[] = { *name, '\0' };
      g_autoptr (GFile) file = rushes_set_picture (words, 160, 90);

      g_list_store_append (files, file);
    }
  rushes_well_take_files (RUSHES_WELL (reference_well (set, 0)), G_LIST_MODEL (files));
  rushes_set_await (set, has_references, "abc");
  rushes_composer_focus_prompt (set->composer);
  rushes_set_await_rest (set, GTK_WIDGET (set->composer->prompt));

  return set;
}

static gboolean
is_popover (GtkWidget *widget, gconstpointer data)
{
  return RUSHES_IS_MENTION_POPOVER (widget);
}

static GtkWidget *
find_popover (RushesSet *set)
{
  return rushes_set_search (GTK_WIDGET (set->composer->prompt), is_popover, NULL);
}

static gboolean
is_offered (RushesSet *set, gconstpointer data)
{
  return gtk_widget_get_mapped (find_popover (set));
}

static gboolean
is_not_offered (RushesSet *set, gconstpointer data)
{
  return !gtk_widget_get_mapped (find_popover (set));
}

static void
test_keys (void)
{
  g_autoptr (RushesSet) set = open_set ();

  rushes_set_type ("hey @");
  rushes_set_await (set, is_offered, NULL);
  g_assert_true (rushes_test_says (find_popover (set), "@3"));
  g_assert_true (rushes_test_says (find_popover (set), "c"));
  rushes_set_press ("Down");
  rushes_set_press ("Return");
  rushes_set_await (set, has_prompt, "hey @2 ");
  rushes_set_await (set, is_not_offered, NULL);

  /* Up from the first is the last; the typing goes on behind it. */
  rushes_set_type ("and @");
  rushes_set_await (set, is_offered, NULL);
  rushes_set_press ("Up");
  rushes_set_press ("Return");
  rushes_set_type ("run");
  rushes_set_await (set, has_prompt, "hey @2 and @3 run");

  /* Who wants none goes on typing, or says so. */
  rushes_set_type (" @");
  rushes_set_await (set, is_offered, NULL);
  rushes_set_type ("1");
  rushes_set_await (set, has_prompt, "hey @2 and @3 run @1");
  rushes_set_await (set, is_not_offered, NULL);
  rushes_set_type (" @");
  rushes_set_await (set, is_offered, NULL);
  rushes_set_press ("Escape");
  rushes_set_await (set, is_not_offered, NULL);
  rushes_set_press ("Return");
  rushes_set_await (set, has_prompt, "hey @2 and @3 run @1 @\n");

  /* Within a word it is no name. */
  rushes_set_type ("me@");
  rushes_set_await (set, has_prompt, "hey @2 and @3 run @1 @\nme@");
  g_assert_true (is_not_offered (set, NULL));
}

/* One step back is what was there before the name. */
static void
test_pointer_and_undo (void)
{
  g_autoptr (RushesSet) set = open_set ();
  GtkWidget *label;

  rushes_set_type ("@");
  rushes_set_await (set, is_offered, NULL);
  label = rushes_set_find (find_popover (set), GTK_TYPE_LABEL, "@3");
  gtk_widget_activate (gtk_widget_get_ancestor (label, GTK_TYPE_LIST_BOX_ROW));
  rushes_set_await (set, has_prompt, "@3 ");
  rushes_set_await (set, is_not_offered, NULL);
  rushes_set_press ("ctrl+z");
  rushes_set_await (set, has_prompt, "@");
  rushes_set_press ("ctrl+shift+z");
  rushes_set_await (set, has_prompt, "@3 ");

  /* The focus never left. */
  rushes_set_type ("flies");
  rushes_set_await (set, has_prompt, "@3 flies");
}

static gboolean
is_refused (RushesSet *set, gconstpointer words)
{
  return gtk_widget_get_mapped (GTK_WIDGET (set->composer->missing)) &&
         strstr (gtk_label_get_label (set->composer->missing), words) != NULL;
}

static gboolean
is_accepted (RushesSet *set, gconstpointer data)
{
  return gtk_widget_get_sensitive (set->composer->generate_button);
}

/* The names go along with the pictures, which is said; a picture that is gone is not mistaken for another. */
static void
test_pictures_move (void)
{
  g_autoptr (RushesSet) set = open_set ();
  GtkWidget *undo;

  g_assert_true (rushes_test_says (reference_well (set, 1), "@2"));
  rushes_draft_set_prompt (rushes_set_draft (set), "@1 to @2 and @3");
  rushes_set_await (set, is_accepted, NULL);

  gtk_widget_activate_action (reference_well (set, 0), "well.remove", NULL);
  rushes_set_await (set, has_references, "bc");
  g_assert_true (has_prompt (set, "@? to @1 and @2"));
  g_assert_true (is_refused (set, "a picture that is gone"));
  rushes_set_await_words (set, "The prompt calls it @? now");

  undo = rushes_set_find (GTK_WIDGET (set->window), GTK_TYPE_BUTTON, "Undo");
  gtk_widget_activate (undo);
  rushes_set_await (set, has_references, "abc");
  g_assert_true (has_prompt (set, "@1 to @2 and @3"));

  rushes_draft_set_prompt (rushes_set_draft (set), "@2 and @3");
  gtk_widget_activate_action (reference_well (set, 0), "well.remove", NULL);
  rushes_set_await (set, has_references, "bc");
  g_assert_true (has_prompt (set, "@1 and @2"));
  rushes_set_await (set, is_accepted, NULL);

  rushes_composer_pictures_moved (set->composer, RUSHES_WELL_RIGHT, RUSHES_WELL (reference_well (set, 0)));
  g_assert_true (has_references (set, "cb"));
  g_assert_true (has_prompt (set, "@2 and @1"));

  /* Undoing the text does not bring names back that would mean others now. */
  rushes_composer_focus_prompt (set->composer);
  rushes_set_press ("ctrl+z");
  rushes_set_press ("ctrl+End");
  rushes_set_type ("!");
  rushes_set_await (set, has_prompt, "@2 and @1!");

  rushes_draft_set_prompt (rushes_set_draft (set), "@1 and @3");
  rushes_set_await (set, is_refused, "there are only 2 references");
}

/* A model without names gets what was typed, and says so; its prompt is left alone. */
static void
test_no_names (void)
{
  g_autoptr (RushesSet) set = open_set ();

  rushes_draft_set_prompt (rushes_set_draft (set), "@1 and @2");
  rushes_set_choose (set, "loom");
  rushes_set_await (set, has_references, "ab");
  rushes_set_await_words (set, "Linen does not know pictures by name: @1 is sent as it stands.");
  g_assert_false (rushes_test_says (reference_well (set, 1), "@2"));
  gtk_widget_activate_action (reference_well (set, 0), "well.remove", NULL);
  rushes_set_await (set, has_references, "b");
  g_assert_true (has_prompt (set, "@1 and @2"));

  rushes_composer_focus_prompt (set->composer);
  rushes_set_press ("ctrl+End");
  rushes_set_type (" @");
  rushes_set_await (set, has_prompt, "@1 and @2 @");
  g_assert_true (is_not_offered (set, NULL));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/mentions/keys", test_keys);
  g_test_add_func ("/mentions/pointer-and-undo", test_pointer_and_undo);
  g_test_add_func ("/mentions/pictures-move", test_pictures_move);
  g_test_add_func ("/mentions/no-names", test_no_names);

  return g_test_run ();
}
