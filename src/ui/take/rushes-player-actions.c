/* rushes-player-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-player-actions.h"

#include <math.h>

#include "rushes-player.h"
#include "rushes-shuttle.h"

static void
step (GSimpleAction *action, GVariant *frames, gpointer data)
{
  rushes_transport_step (data, g_variant_get_int32 (frames));
}

static void
go_to_start (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rushes_transport_seek (data, 0.0);
}

static void
go_to_end (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rushes_transport_seek (data, rushes_transport_get_duration (data));
}

static void
mark_in (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rushes_player_mark_in (data);
}

static void
mark_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rushes_player_mark_out (data);
}

static void
clear_marks (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  rushes_player_clear_marks (data);
}

static void
add_action (GSimpleActionGroup *group, RushesTransport *player, const char *name, const char *type, GCallback activate)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, type != NULL ? G_VARIANT_TYPE (type) : NULL);

  g_signal_connect_object (action, "activate", activate, player, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

static void
add_property (GSimpleActionGroup *group, RushesTransport *player, const char *name)
{
  g_autoptr (GPropertyAction) action = g_property_action_new (name, player, name);

  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
}

static void
add_key (GtkEventController *keys, guint key, const char *action, GVariant *target)
{
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (key, 0), gtk_named_action_new (action));

  gtk_shortcut_set_arguments (shortcut, target);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
}

void
rushes_player_actions_install (GtkWidget *widget, RushesTransport *player)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (RUSHES_IS_TRANSPORT (player));

  add_property (group, player, "playing");
  add_property (group, player, "loop");
  add_property (group, player, "muted");
  add_property (group, player, "rate");
  add_action (group, player, "step", "i", G_CALLBACK (step));
  add_action (group, player, "start", NULL, G_CALLBACK (go_to_start));
  add_action (group, player, "end", NULL, G_CALLBACK (go_to_end));
  if (RUSHES_IS_PLAYER (player))
    {
      add_action (group, player, "mark-in", NULL, G_CALLBACK (mark_in));
      add_action (group, player, "mark-out", NULL, G_CALLBACK (mark_out));
      add_action (group, player, "clear-marks", NULL, G_CALLBACK (clear_marks));
      add_key (keys, GDK_KEY_i, "player.mark-in", NULL);
      add_key (keys, GDK_KEY_o, "player.mark-out", NULL);
    }
  gtk_widget_insert_action_group (widget, "player", G_ACTION_GROUP (group));

  add_key (keys, GDK_KEY_space, "player.playing", NULL);
  add_key (keys, GDK_KEY_comma, "player.step", g_variant_new_int32 (-1));
  add_key (keys, GDK_KEY_period, "player.step", g_variant_new_int32 (1));
  add_key (keys, GDK_KEY_Home, "player.start", NULL);
  add_key (keys, GDK_KEY_End, "player.end", NULL);
  gtk_widget_add_controller (widget, keys);
  rushes_shuttle_install (widget, player);
}

char *
rushes_player_words_moment (double seconds)
{
  int tenths = (int) floor (MAX (seconds, 0.0) * 10 + 1e-6);

  if (tenths >= 36000)
    return g_strdup_printf ("%d:%02d:%02d.%d", tenths / 36000, tenths / 600 % 60, tenths / 10 % 60, tenths % 10);

  return g_strdup_printf ("%d:%02d.%d", tenths / 600, tenths / 10 % 60, tenths % 10);
}
