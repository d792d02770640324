/* rushes-fake-fitter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-picture-fitter.h"

G_BEGIN_DECLS

/* A fitter that decodes nothing: what begins with "picture" is a PNG of 64×48, what begins as a JPEG does is one of
 * 32×24, anything else is refused with "Not a picture." Fitted they all are a JPEG of as many bytes as
 * it may have, at most 16 KiB. */
#define RUSHES_TYPE_FAKE_FITTER (rushes_fake_fitter_get_type ())
G_DECLARE_FINAL_TYPE (RushesFakeFitter, rushes_fake_fitter, RUSHES, FAKE_FITTER, GObject)

RushesPictureFitter *rushes_fake_fitter_new (void);

G_END_DECLS
