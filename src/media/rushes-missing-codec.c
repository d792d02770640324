/* rushes-missing-codec.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-missing-codec.h"

#include <glib/gi18n.h>
#include <gst/pbutils/pbutils.h>

#include "rushes-async.h"
#include "rushes-error.h"

struct _RushesMissingCodec
{
  char *name;
  char *media;
  char *detail; /* as the program that installs reads it */
};

G_DEFINE_BOXED_TYPE (RushesMissingCodec, rushes_missing_codec, rushes_missing_codec_ref, rushes_missing_codec_unref)

RushesMissingCodec *
rushes_missing_codec_read (GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  RushesMissingCodec *self;
  const GValue *detail;
  const GstCaps *caps;
  const char *media;

  g_return_val_if_fail (GST_IS_MESSAGE (message), NULL);

  if (!gst_is_missing_plugin_message (message) ||
      g_strcmp0 (gst_structure_get_string (structure, "type"), "decoder") != 0)
    return NULL;
  detail = gst_structure_get_value (structure, "detail");
  if (!GST_VALUE_HOLDS_CAPS (detail))
    return NULL;

  /* A silent clip is better than none. */
  caps = gst_value_get_caps (detail);
  media = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  if (g_str_has_prefix (media, "audio/"))
    return NULL;

  self = g_atomic_rc_box_new0 (RushesMissingCodec);
  self->name = gst_pb_utils_get_codec_description (caps);
  self->media = g_strdup (media);
  self->detail = gst_missing_plugin_message_get_installer_detail (message);
  if (self->name == NULL)
    self->name = gst_missing_plugin_message_get_description (message);

  return self;
}

RushesMissingCodec *
rushes_missing_codec_ref (RushesMissingCodec *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  RushesMissingCodec *self = data;

  g_free (self->name);
  g_free (self->media);
  g_free (self->detail);
}

void
rushes_missing_codec_unref (RushesMissingCodec *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

const char *
rushes_missing_codec_get_name (RushesMissingCodec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
rushes_missing_codec_get_media (RushesMissingCodec *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->media;
}

/* ---- what brings it ---- */

gboolean
rushes_missing_codec_can_install (void)
{
  return gst_install_plugins_supported ();
}

static void
installed (GstInstallPluginsReturn result, gpointer data)
{
  dex_promise_resolve_int (data, result);
  dex_unref (data);
}

/* Looks at every plug-in there is, which takes a while. */
static DexFuture *
look_again (gpointer data)
{
  return dex_future_new_for_boolean (gst_update_registry ());
}

static DexFuture *
judge (DexFuture *future, gpointer data)
{
  RushesMissingCodec *self = data;

  switch (g_value_get_int (dex_future_get_value (future, NULL)))
    {
    case GST_INSTALL_PLUGINS_SUCCESS:
    case GST_INSTALL_PLUGINS_PARTIAL_SUCCESS:
      return rushes_async_work (look_again, NULL, NULL);

    case GST_INSTALL_PLUGINS_USER_ABORT:
    case GST_INSTALL_PLUGINS_INSTALL_IN_PROGRESS:
      return dex_future_new_false ();

    case GST_INSTALL_PLUGINS_NOT_FOUND:
      return dex_future_new_for_error (
          /* Translators: %s is what GStreamer calls a way of coding pictures, such as “H.265”. */
          rushes_error_new (RUSHES_ERROR_UNSUPPORTED, _ ("No decoder for %s was found to install."), self->name));

    default:
      return dex_future_new_for_error (
          rushes_error_new (RUSHES_ERROR_INTERNAL,
                            /* Translators: %s is what GStreamer calls a way of coding pictures, such as “H.265”. */
                            _ ("The decoder for %s could not be installed. Install it as other programs are installed "
                               "on this system."),
                            self->name));
    }
}

DexFuture *
rushes_missing_codec_install (RushesMissingCodec *self)
{
  const char *details[2] = { NULL };
  GstInstallPluginsReturn begun;
  DexPromise *promise;

  g_return_val_if_fail (self != NULL, NULL);

  details[0] = self->detail;
  promise = dex_promise_new ();
  begun = gst_install_plugins_async (details, NULL, installed, dex_ref (promise));
  if (begun != GST_INSTALL_PLUGINS_STARTED_OK)
    installed (begun, promise);

  return dex_future_then (DEX_FUTURE (promise), judge, rushes_missing_codec_ref (self),
                          (GDestroyNotify) rushes_missing_codec_unref);
}
