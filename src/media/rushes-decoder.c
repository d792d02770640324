/* rushes-decoder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-decoder.h"

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
