/* test-services-table.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What each service that is described can do, for test-services.c. */

typedef enum
{
  WORDS = 1 << 0,    /* makes clips from words alone */
  PICTURES = 1 << 1, /* takes pictures without a place of the person's own */
  WAITS = 1 << 2,    /* is asked about its tasks */
  CANCELS = 1 << 3,
  RENEWS = 1 << 4,    /* gives another address for a clip when it is asked again */
  KNOWS = 1 << 5,     /* can be asked by our own id, which it takes only once */
  LAST = 1 << 6,      /* takes a last frame beside the first */
  REFERS = 1 << 7,    /* takes pictures to refer to */
  STORES = 1 << 8,    /* has a place of its own for pictures that are too large to be sent */
  BRIEF = 1 << 9,     /* what the others show for all is not gone through once more */
  OWN = 1 << 10,      /* a program on one's own computer: nothing to pay, and no moderation */
  NAMELESS = 1 << 11, /* has one model, of which nothing is said in a request */
  ENCLOSED = 1 << 12, /* the clip lies in the answer */
  STUBBORN = 1 << 13, /* stops only what waits in its line */
} Abilities;

/* What is asked of a service. */
typedef struct
{
  const char *id;
  const char *dialect;       /* a switch of the simulator; NULL */
  const char *text_model;    /* NULL: the default one */
  const char *picture_model; /* also for two frames, and for references */
  Abilities abilities;
  const char *path; /* what of the base URL follows the origin; NULL */
} Service;

static const Service services[] = {
  { "sora2", NULL, "veo3.1", "veo3.1", WORDS | PICTURES | WAITS | RENEWS },
  { "grok-chat", NULL, "grok-imagine-1.0-video", "grok-imagine-0.9", WORDS | PICTURES },
  { "xai", NULL, "grok-imagine-video", "grok-imagine-video-1.5", WORDS | PICTURES | WAITS | RENEWS },
  { "jiekou", NULL, NULL, NULL, WORDS | WAITS | RENEWS },
  { "kling", NULL, "kling-v2-6", "kling-v2-6", WORDS | PICTURES | WAITS | RENEWS | KNOWS },
  { "kling", NULL, "kling-3.0", "kling-3.0", WORDS | PICTURES | WAITS | RENEWS | KNOWS },
  { "runway", NULL, "gen4.5", "gen4.5", WORDS | PICTURES | WAITS | CANCELS | RENEWS },
  { "pika", NULL, NULL, NULL, WORDS | PICTURES | WAITS | CANCELS | RENEWS },
  { "dyuapi", NULL, NULL, NULL, WORDS | PICTURES | WAITS | RENEWS },
  { "openai-compatible", "vllm", "default", "default", WORDS | PICTURES | WAITS | CANCELS },
  { "openai-compatible", "sglang", "default", "default", WORDS | PICTURES | WAITS },
  { "openai-compatible", "newapi", "kling-v3", "kling-v3", WORDS | PICTURES | WAITS | RENEWS },
  { "openai-compatible", "litellm", "sora-2", "sora-2", WORDS | PICTURES | WAITS },
  { "seedance", "cancel-running", "dreamina-seedance-2-5-260628", "dreamina-seedance-2-0-260128",
    BRIEF | WORDS | PICTURES | WAITS | CANCELS | LAST | REFERS, "/api/v3" },
  { "minimax", "cancel-running", "MiniMax-H3", "MiniMax-H3",
    BRIEF | WORDS | PICTURES | WAITS | CANCELS | LAST | REFERS },
  { "minimax", "late-file@1", "MiniMax-Hailuo-2.3", "MiniMax-Hailuo-02", BRIEF | WORDS | PICTURES | WAITS | LAST },
  { "gemini", "late-file@1", NULL, NULL, BRIEF | WORDS | PICTURES | WAITS | CANCELS | LAST | REFERS },
  { "gemini", NULL, "veo-3.1-generate-preview", "veo-3.1-generate-preview",
    BRIEF | WORDS | PICTURES | WAITS | LAST | REFERS },
  { "luma", NULL, NULL, NULL, BRIEF | WORDS | PICTURES | WAITS | LAST },
  { "luma", "dreaming", "ray-2", NULL, BRIEF | WORDS | WAITS },
  { "vidu", "cancel-running", NULL, "viduq1", BRIEF | WORDS | PICTURES | WAITS | CANCELS | LAST | REFERS, "/ent/v2" },
  { "ltx", NULL, NULL, NULL, BRIEF | WORDS | PICTURES | WAITS | LAST | STORES },
  { "dashscope", "cancel-running", "wan2.7", "wan2.7",
    BRIEF | WORDS | PICTURES | WAITS | CANCELS | LAST | REFERS | STORES, "/api/v1" },
  { "fal", NULL, NULL, "fal-ai/veo3.1", BRIEF | WORDS | PICTURES | WAITS | CANCELS | LAST | REFERS | STORES },
  { "replicate", "list@1", NULL, "google/veo-3.1", BRIEF | WORDS | PICTURES | WAITS | CANCELS | LAST | REFERS | STORES,
    "/v1" },
  { "openrouter", "signed@1", NULL, NULL, BRIEF | WORDS | PICTURES | WAITS | LAST | REFERS, "/api/v1" },
  { "comfyui", NULL, "wan2.2-ti2v-5b", "wan2.2-ti2v-5b", BRIEF | OWN | WORDS | PICTURES | WAITS | CANCELS },
  { "vllm-omni", NULL, NULL, NULL, BRIEF | OWN | WORDS | PICTURES | WAITS | CANCELS },
  { "sglang", NULL, NULL, NULL, BRIEF | OWN | WORDS | PICTURES | WAITS },
  { "localai", NULL, NULL, NULL, BRIEF | OWN | WORDS | PICTURES | LAST },
  { "stable-diffusion-cpp", NULL, NULL, NULL,
    BRIEF | OWN | NAMELESS | ENCLOSED | STUBBORN | WORDS | PICTURES | WAITS | LAST },
  { "comfyui", "own-ids", "ltx-video-2b", "ltx-video-2b", BRIEF | OWN | WORDS | PICTURES | WAITS | CANCELS },
};

G_END_DECLS
