/* rushes-animatic.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesAnimatic:
 *
 * The provider that renders on this computer: a still picture with a camera move, or a title card, with an optional
 * caption and a quiet sound track. The same request gives the same frames.
 */
#define RUSHES_TYPE_ANIMATIC (rushes_animatic_get_type ())
G_DECLARE_FINAL_TYPE (RushesAnimatic, rushes_animatic, RUSHES, ANIMATIC, RushesProvider)

/* NULL and an error only when the description that ships is broken. GStreamer is started by the first submit, off the
 * main thread. */
RushesProvider *rushes_animatic_new (GError **error);

G_END_DECLS
