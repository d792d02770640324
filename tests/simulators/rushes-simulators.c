/* rushes-simulators.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulator.h"

extern const RushesSimulatedService rushes_simulated_sora2;

const RushesSimulatedService *const *
rushes_simulator_list_services (void)
{
  static const RushesSimulatedService *const services[] = {
    &rushes_simulated_sora2,
    NULL,
  };

  return services;
}
