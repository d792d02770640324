/* rushes-simulated-faults.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-simulated-service.h"

G_BEGIN_DECLS

typedef struct _RushesSimulatedFaults RushesSimulatedFaults;

/* The faults that are switched on: "NAME", "NAME=VALUE", each with "@N" behind it for the first N times only ("@always"
 * for those that would else happen once). NULL with a sentence in @error when one is neither of the framework's nor of
 * @service's. */
RushesSimulatedFaults *rushes_simulated_faults_new  (const char *const            *faults,
                                                     const RushesSimulatedService *service,
                                                     GError                      **error) G_GNUC_WARN_UNUSED_RESULT;
void                   rushes_simulated_faults_free (RushesSimulatedFaults        *self);
/* Whether @name is on and not used up; @value ("" for none) may be NULL. */
gboolean               rushes_simulated_faults_has  (RushesSimulatedFaults        *self,
                                                     const char                   *name,
                                                     const char                  **value);
gboolean               rushes_simulated_faults_use  (RushesSimulatedFaults        *self,
                                                     const char                   *name,
                                                     const char                  **value);
/* Those of the framework: pairs of name and what it does, up to NULL. */
const char *const     *rushes_simulated_faults_list (void);

G_END_DECLS
