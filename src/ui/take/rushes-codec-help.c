/* rushes-codec-help.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-codec-help.h"

#include <glib/gi18n.h>

/* The packages that decode what services make: Debian 13's by the “Gstreamer-Decoders” of its packages; Fedora's own
 * have neither H.264 nor H.265, for which there is RPM Fusion. */
static const struct
{
  const char *media;
  const char *debian;
  const char *fedora;
} packages[] = {
  { "video/x-h264", "gstreamer1.0-libav", NULL },
  { "video/x-h265", "gstreamer1.0-libav", NULL },
  { "video/x-vp8", "gstreamer1.0-plugins-good", "gstreamer1-plugins-good" },
  { "video/x-vp9", "gstreamer1.0-plugins-good", "gstreamer1-plugins-good" },
  { "video/x-av1", "gstreamer1.0-plugins-bad", "gstreamer1-plugin-dav1d" },
};

char *
rushes_codec_help_sentence (RushesMissingCodec *codec)
{
  /* Translators: %s is what GStreamer calls a way of coding pictures, such as “H.265”. */
  return g_strdup_printf (
      _ ("This system has no decoder for %s. The clip itself is whole: it can be saved, and another "
         "program may be able to play it."),
      rushes_missing_codec_get_name (codec));
}

char *
rushes_codec_help_for (RushesCodecSystem system, const char *media, const char *name)
{
  guint i = 0;

  while (i < G_N_ELEMENTS (packages) && !g_str_equal (packages[i].media, media))
    i++;

  if (system == RUSHES_CODEC_SYSTEM_FLATPAK)
    return g_strdup_printf (
        /* Translators: %s is a command. */
        _ ("In Flatpak decoders are parts of the runtime. This fetches those that were left out: %s"),
        "flatpak update");
  if (i < G_N_ELEMENTS (packages) && system == RUSHES_CODEC_SYSTEM_DEBIAN)
    {
      g_autofree char *command = g_strdup_printf ("sudo apt install %s", packages[i].debian);

      /* Translators: the decoder that is missing; %s is a command. */
      return g_strdup_printf (_ ("This installs it: %s"), command);
    }
  if (i < G_N_ELEMENTS (packages) && system == RUSHES_CODEC_SYSTEM_FEDORA && packages[i].fedora != NULL)
    {
      g_autofree char *command = g_strdup_printf ("sudo dnf install %s", packages[i].fedora);

      /* Translators: the decoder that is missing; %s is a command. */
      return g_strdup_printf (_ ("This installs it: %s"), command);
    }
  if (i < G_N_ELEMENTS (packages) && system == RUSHES_CODEC_SYSTEM_FEDORA)
    return g_strdup_printf (
        /* Translators: the decoder that is missing; RPM Fusion is a collection of packages, %s a command. */
        _ ("RPM Fusion has it. Once that is set up (rpmfusion.org), this installs it: %s"),
        "sudo dnf install gstreamer1-plugin-libav libavcodec-freeworld");

  /* Translators: %s is what GStreamer calls a way of coding pictures, such as “H.265”. */
  return g_strdup_printf (_ ("Look among the packages of this system for a plug-in of GStreamer that decodes %s."),
                          name);
}

static RushesCodecSystem
find_system (void)
{
  g_autofree char *id = g_get_os_info (G_OS_INFO_KEY_ID);
  g_autofree char *like = g_get_os_info ("ID_LIKE");
  g_auto (GStrv) ids = NULL;
  g_autofree char *all = g_strdup_printf ("%s %s", id != NULL ? id : "", like != NULL ? like : "");

  if (g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS))
    return RUSHES_CODEC_SYSTEM_FLATPAK;

  ids = g_strsplit (all, " ", -1);
  if (g_strv_contains ((const char *const *) ids, "debian"))
    return RUSHES_CODEC_SYSTEM_DEBIAN;

  return g_strv_contains ((const char *const *) ids, "fedora") ? RUSHES_CODEC_SYSTEM_FEDORA : RUSHES_CODEC_SYSTEM_OTHER;
}

char *
rushes_codec_help_here (RushesMissingCodec *codec)
{
  return rushes_codec_help_for (find_system (), rushes_missing_codec_get_media (codec),
                                rushes_missing_codec_get_name (codec));
}
