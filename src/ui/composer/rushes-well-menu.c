/* rushes-well-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-well-private.h"

static const struct
{
  const char *action;
  RushesWellMoves move;
} moves[] = {
  { "well.move-to-first", RUSHES_WELL_TO_FIRST },
  { "well.move-to-last", RUSHES_WELL_TO_LAST },
  { "well.move-to-references", RUSHES_WELL_TO_REFERENCES },
  { "well.swap", RUSHES_WELL_SWAP },
  { "well.move-left", RUSHES_WELL_LEFT },
  { "well.move-right", RUSHES_WELL_RIGHT },
};

void
rushes_well_set_moves (RushesWell *self, RushesWellMoves possible)
{
  g_return_if_fail (RUSHES_IS_WELL (self));

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), moves[i].action, (possible & moves[i].move) != 0);
}

static void
move_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    if (g_str_equal (name, moves[i].action))
      g_signal_emit_by_name (widget, "moved", moves[i].move);
}

static void
replace_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_well_choose (RUSHES_WELL (widget));
}

static void
paste_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);

  if (rushes_delivery_may_be_picture (gdk_clipboard_get_formats (clipboard)))
    rushes_well_take_clipboard (RUSHES_WELL (widget), clipboard);
  else
    gtk_widget_error_bell (widget);
}

static void
remove_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (rushes_well_get_reference (RUSHES_WELL (widget)) != NULL)
    rushes_well_clear (RUSHES_WELL (widget));
}

static void
menu_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  rushes_well_show_menu (RUSHES_WELL (widget));
}

void
rushes_well_install_actions (GtkWidgetClass *klass)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_install_action (klass, moves[i].action, NULL, move_action);
  gtk_widget_class_install_action (klass, "well.replace", NULL, replace_action);
  gtk_widget_class_install_action (klass, "well.paste", NULL, paste_action);
  gtk_widget_class_install_action (klass, "well.remove", NULL, remove_action);
  gtk_widget_class_install_action (klass, "well.menu", NULL, menu_action);

  gtk_widget_class_add_binding_action (klass, GDK_KEY_v, GDK_CONTROL_MASK, "well.paste", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Delete, GDK_NO_MODIFIER_MASK, "well.remove", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F10, GDK_SHIFT_MASK, "well.menu", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Menu, GDK_NO_MODIFIER_MASK, "well.menu", NULL);
}
