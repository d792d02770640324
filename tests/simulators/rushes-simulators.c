/* rushes-simulators.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulator.h"

extern const RushesSimulatedService rushes_simulated_comfyui;
extern const RushesSimulatedService rushes_simulated_dashscope;
extern const RushesSimulatedService rushes_simulated_dyuapi;
extern const RushesSimulatedService rushes_simulated_fal;
extern const RushesSimulatedService rushes_simulated_gemini;
extern const RushesSimulatedService rushes_simulated_grok_chat;
extern const RushesSimulatedService rushes_simulated_jiekou;
extern const RushesSimulatedService rushes_simulated_kling;
extern const RushesSimulatedService rushes_simulated_localai;
extern const RushesSimulatedService rushes_simulated_ltx;
extern const RushesSimulatedService rushes_simulated_luma;
extern const RushesSimulatedService rushes_simulated_minimax;
extern const RushesSimulatedService rushes_simulated_openai_compatible;
extern const RushesSimulatedService rushes_simulated_openrouter;
extern const RushesSimulatedService rushes_simulated_pika;
extern const RushesSimulatedService rushes_simulated_replicate;
extern const RushesSimulatedService rushes_simulated_runway;
extern const RushesSimulatedService rushes_simulated_seedance;
extern const RushesSimulatedService rushes_simulated_sglang;
extern const RushesSimulatedService rushes_simulated_sora2;
extern const RushesSimulatedService rushes_simulated_stable_diffusion_cpp;
extern const RushesSimulatedService rushes_simulated_vidu;
extern const RushesSimulatedService rushes_simulated_vllm_omni;
extern const RushesSimulatedService rushes_simulated_xai;

const RushesSimulatedService *const *
rushes_simulator_list_services (void)
{
  static const RushesSimulatedService *const services[] = {
    &rushes_simulated_comfyui,
    &rushes_simulated_dashscope,
    &rushes_simulated_dyuapi,
    &rushes_simulated_fal,
    &rushes_simulated_gemini,
    &rushes_simulated_grok_chat,
    &rushes_simulated_jiekou,
    &rushes_simulated_kling,
    &rushes_simulated_localai,
    &rushes_simulated_luma,
    &rushes_simulated_ltx,
    &rushes_simulated_minimax,
    &rushes_simulated_openai_compatible,
    &rushes_simulated_openrouter,
    &rushes_simulated_pika,
    &rushes_simulated_replicate,
    &rushes_simulated_runway,
    &rushes_simulated_seedance,
    &rushes_simulated_sglang,
    &rushes_simulated_sora2,
    &rushes_simulated_stable_diffusion_cpp,
    &rushes_simulated_vidu,
    &rushes_simulated_vllm_omni,
    &rushes_simulated_xai,
    NULL,
  };

  return services;
}
