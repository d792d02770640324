/* rushes-shortcuts.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-shortcuts.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *title;
  const char *keys;   /* as GTK reads them, several apart by spaces */
  const char *action; /* with its target, bound in every window; NULL when a widget sees to it */
} Shortcut;

typedef struct
{
  const char *title;
  Shortcut shortcuts[20]; /* the last is empty */
} Group;

static const Group groups[] = {
  { N_ ("General"),
    { { N_ ("New take"), "<Control>n", "win.new-take" },
      { N_ ("Generate"), "<Control>Return", "win.generate" },
      { N_ ("Show or hide the composer"), "F9", "win.composer" },
      { N_ ("All models"), "<Control>m", "win.models" },
      { N_ ("Search"), "<Control>f", "win.search" },
      { N_ ("Back"), "Escape", NULL },
      { N_ ("Main menu"), "F10", NULL },
      { N_ ("Preferences"), "<Control>comma", "app.preferences('')" },
      { N_ ("Keyboard shortcuts"), "<Control>question", "app.shortcuts" },
      { N_ ("Close the window"), "<Control>w", "window.close" },
      { N_ ("Quit"), "<Control>q", "app.quit" } } },
  { N_ ("Composer"),
    { { N_ ("Paste a picture"), "<Control>v", NULL },
      { N_ ("Remove a picture"), "Delete", NULL },
      { N_ ("All that can be done with a picture"), "<Shift>F10", NULL },
      { N_ ("Earlier prompt"), "<Alt>Up", NULL },
      { N_ ("Later prompt"), "<Alt>Down", NULL },
      { N_ ("Undo"), "<Control>z", NULL } } },
  { N_ ("Library"),
    { { N_ ("Open the take"), "Return", NULL },
      { N_ ("Save the clip"), "<Control>s", NULL },
      { N_ ("Copy the clip"), "<Control>c", NULL },
      { N_ ("Star"), "<Control>d", NULL },
      { N_ ("Delete"), "Delete", NULL },
      { N_ ("Take the last deletion back"), "<Control>z", NULL },
      { N_ ("Select the take"), "<Control>space", NULL },
      { N_ ("Select the takes from here on"), "<Shift>Left <Shift>Right <Shift>Up <Shift>Down", NULL },
      { N_ ("Select all takes"), "<Control>a", NULL },
      { N_ ("Make the next in line"), "<Alt>Home", NULL },
      { N_ ("Move up or down in line"), "<Alt>Up <Alt>Down", NULL },
      { N_ ("Pause the queue, or let it go on"), "<Control><Shift>p", NULL },
      { N_ ("What can be done"), "<Shift>F10", NULL } } },
  { N_ ("Takes"),
    { { N_ ("Save the clip"), "<Control>s", NULL },
      { N_ ("Copy the clip"), "<Control>c", NULL },
      { N_ ("Star"), "<Control>d", NULL },
      { N_ ("Extend the clip"), "<Control>e", NULL },
      { N_ ("Delete"), "Delete", NULL },
      { N_ ("All that can be done with a take"), "Menu", NULL } } },
  { N_ ("Player"),
    { { N_ ("Play or pause"), "space", NULL },
      { N_ ("Previous frame"), "comma", NULL },
      { N_ ("Next frame"), "period", NULL },
      { N_ ("Backwards; again for quicker"), "j", NULL },
      { N_ ("Stand still; held with J or L: single frames"), "k", NULL },
      { N_ ("Forwards; again for quicker"), "l", NULL },
      { N_ ("To the start or the end"), "Home End", NULL },
      { N_ ("Mark the first or the last frame"), "i o", NULL },
      { N_ ("Fullscreen"), "f F11", NULL } } },
  { N_ ("Event Stream Inspector"),
    { { N_ ("Connect, or stop"), "<Control>Return", NULL },
      { N_ ("Filter the events"), "<Control>f", NULL },
      { N_ ("Copy the event"), "<Control>c", NULL },
      { N_ ("Export the events"), "<Control>s", NULL } } },
};

void
rushes_shortcuts_bind (GtkApplication *application)
{
  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    for (const Shortcut *shortcut = groups[g].shortcuts; shortcut->title != NULL; shortcut++)
      {
        g_auto (GStrv) keys = g_strsplit (shortcut->keys, " ", -1);

        if (shortcut->action != NULL)
          gtk_application_set_accels_for_action (application, shortcut->action, (const char *const *) keys);
      }
}

static char *
describe_key (const char *text)
{
  guint key;
  GdkModifierType modifiers;

  gtk_accelerator_parse (text, &key, &modifiers);

  return gtk_accelerator_get_label (key, modifiers);
}

static GtkWidget *
make_row (const Shortcut *shortcut)
{
  GtkWidget *row = adw_action_row_new ();
  /* With large letters not all keys of one shortcut fit on a line. */
  GtkWidget *box = adw_wrap_box_new ();
  g_auto (GStrv) keys = g_strsplit (shortcut->keys, " ", -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (shortcut->title));
  adw_wrap_box_set_child_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_line_spacing (ADW_WRAP_BOX (box), 6);
  adw_wrap_box_set_align (ADW_WRAP_BOX (box), 1);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  for (gsize i = 0; keys[i] != NULL; i++)
    {
      g_autofree char *words = describe_key (keys[i]);
      GtkWidget *label = gtk_label_new (words);

      gtk_widget_add_css_class (label, "keycap");
      adw_wrap_box_append (ADW_WRAP_BOX (box), label);
    }

  return row;
}

AdwDialog *
rushes_shortcuts_dialog_new (void)
{
  AdwDialog *dialog = adw_dialog_new ();
  GtkWidget *view = adw_toolbar_view_new ();
  GtkWidget *page = adw_preferences_page_new ();

  for (gsize g = 0; g < G_N_ELEMENTS (groups); g++)
    {
      GtkWidget *group = adw_preferences_group_new ();

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ (groups[g].title));
      for (const Shortcut *shortcut = groups[g].shortcuts; shortcut->title != NULL; shortcut++)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), make_row (shortcut));
      adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
    }

  adw_toolbar_view_add_top_bar (ADW_TOOLBAR_VIEW (view), adw_header_bar_new ());
  adw_toolbar_view_set_content (ADW_TOOLBAR_VIEW (view), page);
  adw_dialog_set_title (dialog, _ ("Keyboard Shortcuts"));
  adw_dialog_set_content_width (dialog, 480);
  adw_dialog_set_content_height (dialog, 620);
  adw_dialog_set_child (dialog, view);

  return dialog;
}
