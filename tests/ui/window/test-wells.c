/* test-wells.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-set.h"

/* Pictures change their wells by a drag, by the menu of a well and by keys. "loom" takes a first and a last frame and
 * two references. */

static const char *
name_of (RushesSet *set, RushesReferenceRole role, guint n)
{
  RushesReference *reference = rushes_draft_get_reference (rushes_set_draft (set), role, n);

  return reference != NULL ? rushes_reference_get_name (reference) : "";
}

/* "first last reference reference", without those that are not there. */
static gboolean
lie (RushesSet *set, gconstpointer names)
{
  g_autoptr (GString) all = g_string_new (NULL);

  g_string_append_printf (all, "%s|%s|%s|%s", name_of (set, RUSHES_ROLE_FIRST_FRAME, 0),
                          name_of (set, RUSHES_ROLE_LAST_FRAME, 0), name_of (set, RUSHES_ROLE_REFERENCE, 0),
                          name_of (set, RUSHES_ROLE_REFERENCE, 1));

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

/* Brings a picture into any well, as its dialog does. */
static void
bring (GtkWidget *well, const char *name)
{
  g_autoptr (GFile) file = rushes_set_picture (name, 160, 90);
  g_autoptr (GListStore) files = g_list_store_new (G_TYPE_FILE);

  g_list_store_append (files, file);
  rushes_well_take_files (RUSHES_WELL (well), G_LIST_MODEL (files));
}

static RushesSet *
open_set (void)
{
  RushesSet *set = rushes_set_open ();

  rushes_set_compose (set);
  rushes_set_choose (set, "loom");
  bring (GTK_WIDGET (set->composer->first_well), "a");
  rushes_set_await (set, lie, "a|||");

  return set;
}

static gboolean
has_menu (GtkWidget *well, gconstpointer data)
{
  return rushes_test_says (well, "Replace");
}

static gboolean
has_no_menu (GtkWidget *well, gconstpointer data)
{
  return !rushes_test_says (well, "Replace");
}

static void
open_menu (GtkWidget *well)
{
  rushes_set_await_rest (NULL, well);
  rushes_test_click (well, GDK_BUTTON_SECONDARY);
  rushes_test_await (has_menu, well, NULL);
}

/* Opens the menu of the well and chooses what has @key underlined. */
static void
choose (GtkWidget *well, const char *key)
{
  open_menu (well);
  rushes_set_press (key);
  rushes_test_await (has_no_menu, well, NULL);
}

static void
test_menu (void)
{
  g_autoptr (RushesSet) set = open_set ();
  GtkWidget *first = GTK_WIDGET (set->composer->first_well);
  GtkWidget *last = GTK_WIDGET (set->composer->last_well);

  /* Only what can be is offered. */
  open_menu (first);
  g_assert_true (rushes_test_says (first, "Move to Last Frame") || rushes_test_says (first, "Move to _Last Frame"));
  g_assert_false (rushes_test_says (first, "wap First and Last"));
  g_assert_false (rushes_test_says (first, "Right"));
  rushes_set_press ("l");
  rushes_set_await (set, lie, "|a||");

  bring (first, "b");
  rushes_set_await (set, lie, "b|a||");
  choose (first, "w");
  rushes_set_await (set, lie, "a|b||");
  choose (last, "w");
  rushes_set_await (set, lie, "b|a||");

  /* To the references, where they change places, and back. */
  choose (last, "e");
  rushes_set_await (set, lie, "b||a|");
  bring (reference_well (set, 1), "c");
  rushes_set_await (set, lie, "b||a|c");
  choose (reference_well (set, 0), "g");
  rushes_set_await (set, lie, "b||c|a");
  choose (reference_well (set, 1), "o");
  rushes_set_await (set, lie, "b||a|c");
  choose (reference_well (set, 1), "f");
  rushes_set_await (set, lie, "c||a|b");
  choose (reference_well (set, 0), "l");
  rushes_set_await (set, lie, "c|a|b|");
  choose (last, "m");
  rushes_set_await (set, lie, "c||b|");
}

static gboolean
is_full (RushesSet *set, gconstpointer data)
{
  return reference_well (set, 1) != NULL;
}

/* What the model would not take there is not offered: the picture would be gone. */
static void
test_no_room (void)
{
  g_autoptr (RushesSet) set = open_set ();
  GtkWidget *first = GTK_WIDGET (set->composer->first_well);

  bring (reference_well (set, 0), "b");
  rushes_set_await (set, lie, "a||b|");
  rushes_set_await (set, is_full, NULL);
  bring (reference_well (set, 1), "c");
  rushes_set_await (set, lie, "a||b|c");
  open_menu (first);
  g_assert_false (rushes_test_says (first, "eferences"));
  rushes_set_press ("Escape");
  rushes_test_await (has_no_menu, first, NULL);
}

static void
test_drag (void)
{
  g_autoptr (RushesSet) set = open_set ();
  GtkWidget *first = GTK_WIDGET (set->composer->first_well);

  bring (reference_well (set, 0), "b");
  rushes_set_await (set, lie, "a||b|");
  bring (reference_well (set, 1), "c");
  rushes_set_await (set, lie, "a||b|c");
  rushes_set_await_rest (set, reference_well (set, 1));

  /* A reference changes places with the first frame, and with another. */
  rushes_set_drag (set, reference_well (set, 0), first);
  rushes_set_await (set, lie, "b||a|c");
  rushes_set_await_rest (set, reference_well (set, 1));
  rushes_set_drag (set, reference_well (set, 1), reference_well (set, 0));
  rushes_set_await (set, lie, "b||c|a");
}

/* With the keyboard alone. */
static void
test_keys (void)
{
  g_autoptr (RushesSet) set = open_set ();
  g_autoptr (GFile) file = rushes_set_picture ("d", 64, 48);
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_file (file, NULL);
  GtkWidget *first = GTK_WIDGET (set->composer->first_well);
  GtkWidget *last = GTK_WIDGET (set->composer->last_well);

  rushes_set_await_rest (set, first);
  gtk_widget_grab_focus (rushes_set_find (first, GTK_TYPE_BUTTON, "Remove Picture"));
  rushes_set_press ("shift+F10");
  rushes_test_await (has_menu, first, NULL);
  rushes_set_press ("l");
  rushes_set_await (set, lie, "|a||");

  /* What is pasted goes where the focus is. */
  rushes_set_await_rest (set, last);
  gtk_widget_grab_focus (rushes_set_find (last, GTK_TYPE_BUTTON, "Remove Picture"));
  gdk_clipboard_set_texture (gtk_widget_get_clipboard (last), texture);
  rushes_set_press ("ctrl+v");
  rushes_set_await (set, lie, "|Pasted Picture||");
  rushes_set_await_rest (set, last);
  gtk_widget_grab_focus (rushes_set_find (last, GTK_TYPE_BUTTON, "Remove Picture"));
  rushes_set_press ("Delete");
  rushes_set_await (set, lie, "|||");
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/wells/menu", test_menu);
  g_test_add_func ("/wells/no-room", test_no_room);
  g_test_add_func ("/wells/drag", test_drag);
  g_test_add_func ("/wells/keys", test_keys);

  return g_test_run ();
}
