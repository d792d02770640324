/* rushes-model-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-brief.h"
#include "rushes-json-reader.h"
#include "rushes-model.h"

G_BEGIN_DECLS

/* What a price is reckoned by. */
typedef enum
{
  RUSHES_PER_SECOND,
  RUSHES_PER_CLIP,
  RUSHES_PER_IMAGE,
  RUSHES_PER_MEGAPIXEL,
  RUSHES_PER_1K_TOKENS,
  RUSHES_N_PER,
} RushesPer;

/* One of a model's prices, and the requests it is for. */
typedef struct
{
  RushesMoney  money;
  RushesPer    per;

  /* It holds when each of these that is set agrees. */
  char       **resolutions;      /* NULL: whatever */
  char       **aspects;          /* NULL */
  double       minimum_duration; /* 0 */
  double       maximum_duration; /* HUGE_VAL */
  int          audio;            /* TRUE, FALSE; -1 whatever */
  int          picture;          /* TRUE, FALSE; -1 whatever */
  GHashTable  *parameters;       /* char * → char *; NULL */
} RushesRate;

/* What a model may want one of: bits of "any_of". */
typedef enum
{
  RUSHES_WANTS_FIRST_FRAME = 1 << 0,
  RUSHES_WANTS_LAST_FRAME  = 1 << 1,
  RUSHES_WANTS_REFERENCES  = 1 << 2,
  RUSHES_WANTS_PROMPT      = 1 << 3,
} RushesWants;

struct _RushesModel
{
  GObject       parent_instance;

  char         *id;
  char         *name;
  char         *summary;
  char         *provider_id;
  char         *retired;

  GArray       *durations;        /* double; empty with a range */
  double        minimum_duration;
  double        maximum_duration;
  double        duration_step;    /* 0 with a list */
  double        default_duration;
  char        **resolutions;
  char         *default_resolution;
  char        **aspects;
  char         *default_aspect;
  GArray       *frame_rates;      /* int */
  int           default_frame_rate;

  RushesInput   first_frame;
  RushesInput   last_frame;
  int           max_references;
  RushesInput   prompt;
  int           prompt_limit;
  RushesWants   any_of;
  gboolean      has_negative;
  gboolean      has_seed;
  gboolean      has_audio;
  gboolean      has_watermark;
  int           max_count;
  GPtrArray    *parameters;       /* RushesParameter */
  GPtrArray    *rates;            /* RushesRate; NULL when nothing is known of prices */
};

RushesModel           *rushes_model_new             (const char        *provider_id);
void                   rushes_rate_free             (RushesRate        *self);
/* Reads the object that @reader stands in. Mistakes are the reader's to tell: what this gives is whole only when
 * there was none. */
RushesModel           *rushes_model_read            (RushesJsonReader  *reader,
                                                     const char        *provider_id);
/* Text of a description, in the person's language; free with g_free(). */
char                  *rushes_translate_text        (const char        *text);

/* "16:9" as width divided by height; 0 for other words. */
double                 rushes_aspect_to_ratio       (const char        *aspect);
const RushesParameter *rushes_model_find_parameter  (RushesModel       *self,
                                                     const char        *name);
/* Whether @value can be the value of a parameter. */
gboolean               rushes_parameter_accepts     (const RushesParameter *self,
                                                     const char        *value);
/* What is not set gets the model's default, and what the model does not know goes. */
void                   rushes_model_complete        (RushesModel       *self,
                                                     RushesBrief       *brief);
/* The first thing in @brief that the model cannot do, as an UNSUPPORTED error; NULL. */
GError                *rushes_model_find_misfit     (RushesModel       *self,
                                                     const RushesBrief *brief);

G_END_DECLS
