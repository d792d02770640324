/* rushes-forecast.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-picture-fitter.h"
#include "rushes-reference.h"

G_BEGIN_DECLS

/**
 * RushesForecast:
 *
 * What will be sent of a picture to a service, found out by making it: "Will be sent as 1280 × 720 JPEG, 410 kB".
 *
 * Property, notified: words (string; NULL when there is nothing to say).
 */
#define RUSHES_TYPE_FORECAST (rushes_forecast_get_type ())
G_DECLARE_FINAL_TYPE (RushesForecast, rushes_forecast, RUSHES, FORECAST, GObject)

RushesForecast *rushes_forecast_new       (RushesPictureFitter       *fitter);
/* NULL for no picture, or for one that is sent as it is. */
void            rushes_forecast_set       (RushesForecast            *self,
                                           RushesReference           *picture,
                                           const RushesPictureLimits *limits);
const char     *rushes_forecast_get_words (RushesForecast            *self);

G_END_DECLS
