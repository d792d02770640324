/* rushes-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-decoder.h"

#include <gst/pbutils/pbutils.h>

#define PROPERTY "direct-rendering"

static void
element_added (GstBin *bin, GstBin *sub_bin, GstElement *element, gpointer data)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (element), PROPERTY) != NULL)
    g_object_set (element, PROPERTY, FALSE, NULL);
}

void
rushes_decoder_keep_apart (GstBin *bin)
{
  g_return_if_fail (GST_IS_BIN (bin));

  g_signal_connect (bin, "deep-element-added", G_CALLBACK (element_added), NULL);
}

char *
rushes_decoder_read_missing (GstMessage *message)
{
  const GstStructure *structure = gst_message_get_structure (message);
  const GValue *detail;
  const char *media;

  g_return_val_if_fail (GST_IS_MESSAGE (message), NULL);

  if (!gst_is_missing_plugin_message (message) ||
      g_strcmp0 (gst_structure_get_string (structure, "type"), "decoder") != 0)
    return NULL;
  detail = gst_structure_get_value (structure, "detail");
  if (!GST_VALUE_HOLDS_CAPS (detail))
    return NULL;

  /* A silent clip is better than none. */
  media = gst_structure_get_name (gst_caps_get_structure (gst_value_get_caps (detail), 0));

  return g_str_has_prefix (media, "audio/") ? NULL : gst_missing_plugin_message_get_description (message);
}
