/* rushes-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-notifier.h"

#include <glib/gi18n.h>

#include "rushes-ui.h"

#define THUMBNAIL_WIDTH 256
#define WORKING         "working"

struct _RushesNotifier
{
  GObject parent_instance;

  GtkApplication *application;
  RushesStudio *studio;
};

G_DEFINE_FINAL_TYPE (RushesNotifier, rushes_notifier, G_TYPE_OBJECT)

/* Some desktops read the body as markup and others do not, so the person's own words stand in the title, which none
 * does. */
static void
send (RushesNotifier *self, RushesTake *take, GFile *thumbnail)
{
  g_autoptr (GNotification) notification = g_notification_new (rushes_take_get_title (take));
  gboolean ready = rushes_take_get_state (take) == RUSHES_TAKE_STATE_READY;

  g_notification_set_body (notification, ready ? _ ("The take is ready.") : _ ("The take could not be made."));
  g_notification_set_default_action_and_target (notification, "app.open-take", "s", rushes_take_get_id (take));
  if (thumbnail != NULL)
    {
      g_autoptr (GIcon) icon = g_file_icon_new (thumbnail);

      g_notification_set_icon (notification, icon);
    }
  g_application_send_notification (G_APPLICATION (self->application), rushes_take_get_id (take), notification);
}

static void
thumbnail_made (gpointer object, DexFuture *future, gpointer data)
{
  const GValue *value = dex_future_get_value (future, NULL);

  send (object, data, value != NULL ? g_value_get_object (value) : NULL);
  g_application_release (G_APPLICATION (RUSHES_NOTIFIER (object)->application));
}

static gboolean
is_focused (RushesNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  return window != NULL && gtk_window_is_active (window);
}

static void
take_ended (RushesNotifier *self, RushesTake *take)
{
  RushesTakeState state = rushes_take_get_state (take);

  /* Nobody needs to be told what they asked for, or what is only waiting. */
  if (state != RUSHES_TAKE_STATE_READY && state != RUSHES_TAKE_STATE_FAILED && state != RUSHES_TAKE_STATE_EXPIRED)
    return;
  if (is_focused (self))
    return;
  /* With its last take a program without a window ends, but not before that was said. */
  g_application_hold (G_APPLICATION (self->application));
  rushes_when (rushes_thumbnailer_load_take (rushes_studio_get_thumbnailer (self->studio), take, THUMBNAIL_WIDTH), self,
               thumbnail_made, g_object_ref (take), g_object_unref);
}

static void
rushes_notifier_finalize (GObject *object)
{
  g_clear_object (&RUSHES_NOTIFIER (object)->studio);

  G_OBJECT_CLASS (rushes_notifier_parent_class)->finalize (object);
}

static void
rushes_notifier_class_init (RushesNotifierClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_notifier_finalize;
}

static void
rushes_notifier_init (RushesNotifier *self)
{
}

RushesNotifier *
rushes_notifier_new (GtkApplication *application, RushesStudio *studio)
{
  RushesNotifier *self = g_object_new (RUSHES_TYPE_NOTIFIER, NULL);

  self->application = application;
  self->studio = g_object_ref (studio);
  g_signal_connect_object (rushes_studio_get_queue (studio), "take-ended", G_CALLBACK (take_ended), self,
                           G_CONNECT_SWAPPED);

  return self;
}

void
rushes_notifier_say_working (RushesNotifier *self, guint n_takes)
{
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *body = NULL;

  g_return_if_fail (RUSHES_IS_NOTIFIER (self));

  if (n_takes == 0)
    {
      g_application_withdraw_notification (G_APPLICATION (self->application), WORKING);
      return;
    }

  notification = g_notification_new (_ ("Rushes Goes On in the Background"));
  body = g_strdup_printf (ngettext ("%u take is being made. Rushes ends by itself when it is done.",
                                    "%u takes are being made. Rushes ends by itself when they are done.", n_takes),
                          n_takes);
  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  g_application_send_notification (G_APPLICATION (self->application), WORKING, notification);
}
