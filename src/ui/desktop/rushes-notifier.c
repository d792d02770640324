/* rushes-notifier.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-notifier.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-sandbox.h"
#include "rushes-settings.h"
#include "rushes-take-words.h"

#define THUMBNAIL_WIDTH 256
#define WORKING         "working"

struct _RushesNotifier
{
  GObject parent_instance;

  GtkApplication *application;
  RushesStudio *studio;
  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (RushesNotifier, rushes_notifier, G_TYPE_OBJECT)

/* ---- of takes ---- */

gboolean
rushes_notifier_can_retry (RushesNotifier *self, RushesTake *take)
{
  RushesRequest *request;
  RushesProvider *provider;

  g_return_val_if_fail (RUSHES_IS_NOTIFIER (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_TAKE (take), FALSE);

  request = rushes_take_get_request (take);
  provider = request != NULL ? rushes_registry_find (rushes_studio_get_registry (self->studio),
                                                     rushes_request_get_provider_id (request))
                             : NULL;

  return rushes_take_get_state (take) == RUSHES_TAKE_STATE_FAILED && provider != NULL &&
         rushes_provider_get_is_local (provider) && rushes_take_words_remedy (take) == RUSHES_REMEDY_RETRY;
}

/* The program may have ended when one of them is pressed: each says all that it needs to know. */
static void
add_buttons (RushesNotifier *self, GNotification *notification, RushesTake *take)
{
  const char *id = rushes_take_get_id (take);

  g_notification_set_default_action_and_target (notification, "app.open-take", "s", id);
  if (rushes_take_get_clip (take) != NULL)
    {
      /* Translators: a button on a notification: keeps the clip in a file. */
      g_notification_add_button_with_target (notification, _ ("Save…"), "app.save-take", "s", id);
      /* Translators: a button on a notification: shows the clip in the file manager. */
      g_notification_add_button_with_target (notification, _ ("Show in Files"), "app.show-take", "s", id);
    }
  else if (rushes_notifier_can_retry (self, take))
    g_notification_add_button_with_target (notification, rushes_take_words_remedy_label (RUSHES_REMEDY_RETRY),
                                           "app.retry-take", "s", id);
}

/* Some desktops read the body as markup and others do not, so the person's own words stand in the title, which none
 * does. */
static void
send (RushesNotifier *self, RushesTake *take, GIcon *thumbnail)
{
  g_autoptr (GNotification) notification = g_notification_new (rushes_take_get_title (take));
  gboolean ready = rushes_take_get_state (take) == RUSHES_TAKE_STATE_READY;

  g_notification_set_body (notification, ready ? _ ("The take is ready.") : _ ("The take could not be made."));
  add_buttons (self, notification, take);
  if (thumbnail != NULL)
    g_notification_set_icon (notification, thumbnail);
  g_application_send_notification (G_APPLICATION (self->application), rushes_take_get_id (take), notification);
}

typedef struct
{
  RushesNotifier *self;
  RushesTake *take;
} News;

static void
news_free (gpointer data)
{
  News *news = data;

  g_application_release (G_APPLICATION (news->self->application));
  g_object_unref (news->self);
  g_object_unref (news->take);
  g_free (news);
}

/* A desktop outside the sandbox cannot look into our files. */
static GIcon *
load_icon (GFile *file)
{
  g_autoptr (GBytes) bytes = NULL;

  if (!rushes_sandbox_is_there ())
    return g_file_icon_new (file);
  bytes = dex_await_boxed (dex_file_load_contents_bytes (file), NULL);

  return bytes != NULL ? g_bytes_icon_new (bytes) : NULL;
}

static DexFuture *
tell_fiber (gpointer data)
{
  News *news = data;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GIcon) icon = NULL;

  if (g_settings_get_boolean (news->self->settings, "notify-thumbnails"))
    file = dex_await_object (
        rushes_thumbnailer_load_take (rushes_studio_get_thumbnailer (news->self->studio), news->take, THUMBNAIL_WIDTH),
        NULL);
  if (file != NULL)
    icon = load_icon (file);
  send (news->self, news->take, icon);

  return dex_future_new_true ();
}

static gboolean
is_focused (RushesNotifier *self)
{
  GtkWindow *window = gtk_application_get_active_window (self->application);

  return window != NULL && gtk_window_is_active (window);
}

/* Nobody needs to be told what they asked for, or what is only waiting. */
static gboolean
is_news (RushesNotifier *self, RushesTake *take)
{
  switch (rushes_take_get_state (take))
    {
    case RUSHES_TAKE_STATE_READY:
      return g_settings_get_boolean (self->settings, "notify-ready");
    case RUSHES_TAKE_STATE_FAILED:
    case RUSHES_TAKE_STATE_EXPIRED:
      return g_settings_get_boolean (self->settings, "notify-failed");
    default:
      return FALSE;
    }
}

static void
take_ended (RushesNotifier *self, RushesTake *take)
{
  News *news;

  if (!is_news (self, take) || is_focused (self))
    return;
  news = g_new0 (News, 1);
  news->self = g_object_ref (self);
  news->take = g_object_ref (take);
  /* With its last take a program without a window ends, but not before that was said. */
  g_application_hold (G_APPLICATION (self->application));
  dex_future_disown (rushes_async_spawn (tell_fiber, news, news_free));
}

static void
rushes_notifier_finalize (GObject *object)
{
  g_clear_object (&RUSHES_NOTIFIER (object)->studio);
  g_clear_object (&RUSHES_NOTIFIER (object)->settings);

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
  self->settings = rushes_settings_get ();
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

/* ---- of the program ---- */

static void
say (RushesNotifier *self, const char *title, const char *body)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_priority (notification, G_NOTIFICATION_PRIORITY_LOW);
  g_application_send_notification (G_APPLICATION (self->application), WORKING, notification);
}

void
rushes_notifier_say_working (RushesNotifier *self, guint n_takes)
{
  g_autofree char *body = NULL;

  g_return_if_fail (RUSHES_IS_NOTIFIER (self));

  if (n_takes == 0)
    {
      g_application_withdraw_notification (G_APPLICATION (self->application), WORKING);
      return;
    }

  body = g_strdup_printf (ngettext ("%u take is being made. Rushes ends by itself when it is done.",
                                    "%u takes are being made. Rushes ends by itself when they are done.", n_takes),
                          n_takes);
  say (self, _ ("Rushes Goes On in the Background"), body);
}

void
rushes_notifier_say_refused (RushesNotifier *self, guint n_takes)
{
  g_autofree char *body = NULL;

  g_return_if_fail (RUSHES_IS_NOTIFIER (self));

  body = g_strdup_printf (ngettext ("It may not go on without a window. %u take will be picked up at the next start.",
                                    "It may not go on without a window. %u takes will be picked up at the next start.",
                                    n_takes),
                          n_takes);
  say (self, _ ("Rushes Has Stopped"), body);
}
