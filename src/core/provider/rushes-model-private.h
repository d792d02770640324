/* rushes-model-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-brief.h"
#include "rushes-condition.h"
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
  RUSHES_PER_EXTENDED_SECOND, /* of the clip that is made longer */
  RUSHES_N_PER,
} RushesPer;

/* One of a model's prices, and the requests it is for. */
typedef struct
{
  RushesMoney      money;
  RushesMoney      credit; /* what one is worth, of credits; a currency of NULL: nobody says */
  RushesPer        per;
  RushesCondition *when; /* NULL: all */
  char            *as_of;
  char            *source;
} RushesRate;

/* What a model may want one of: bits of "any_of". */
typedef enum
{
  RUSHES_WANTS_FIRST_FRAME = 1 << 0,
  RUSHES_WANTS_LAST_FRAME  = 1 << 1,
  RUSHES_WANTS_REFERENCES  = 1 << 2,
  RUSHES_WANTS_PROMPT      = 1 << 3,
} RushesWants;

/* What the limit of a prompt counts. */
typedef enum
{
  RUSHES_UNIT_CHARACTERS,
  RUSHES_UNIT_UTF16,
  RUSHES_UNIT_BYTES,
} RushesUnit;

/* How a service names pictures in a prompt. Immutable. */
typedef struct _RushesNaming RushesNaming;

/* What rules may change. In a rule NULL, 0 and -1 leave what there is; in a model all of it is set. */
typedef struct
{
  GArray   *durations;          /* double; empty with a range */
  double    minimum_duration;
  double    maximum_duration;
  double    duration_step;      /* 0 with a list */
  double    default_duration;
  char    **resolutions;        /* empty: no choice */
  char     *default_resolution;
  char    **aspects;
  char     *default_aspect;
  GArray   *frame_rates;        /* int */
  int       default_frame_rate;
  int       has_inputs;         /* whether the next three are set */
  int       first_frame;        /* RushesInput */
  int       last_frame;
  int       max_references;
  int       has_negative;       /* TRUE, FALSE */
  int       has_seed;
  int       has_audio;
} RushesAbilities;

/* In what form pictures are sent, and what they must be. Immutable. */
typedef struct _RushesPictures RushesPictures;

/* What a model calls what it is given (see rushes-input-names.h). Immutable. */
typedef struct _RushesInputNames RushesInputNames;

struct _RushesModel
{
  GObject          parent_instance;

  char            *id;
  char            *sent_as;      /* NULL: the service is not told */
  char            *name;
  char            *summary;
  char            *provider_id;
  char            *retired;
  char           **not_in;       /* the regions in which it is not offered */
  char            *region;       /* of the base URL, as conditions have it; NULL: of none, or not known */
  gboolean         is_elsewhere; /* it is not offered at that base URL */
  GHashTable      *values;       /* char * → JsonNode */

  RushesAbilities  can;
  GPtrArray       *rules;        /* RushesRule; empty in a model that was narrowed */
  GHashTable      *narrowed;     /* which rules hold, as the bits of a guint64 → RushesModel */
  RushesPictures  *pictures;     /* NULL: they are sent as they are */

  RushesInput      prompt;
  int              prompt_limit;
  RushesUnit       prompt_unit;
  RushesNaming    *naming;       /* NULL: it has no names for pictures */
  RushesWants      any_of;
  gboolean         has_watermark;
  int              max_count;
  GPtrArray       *parameters;   /* RushesParameter */
  GPtrArray       *rates;        /* RushesRate; NULL when nothing is known of prices */
  RushesStretch    stretch;      /* what its clips are made longer to */
  RushesInputNames *input_names; /* what the model calls what it is given; NULL: the protocol says */
  JsonNode        *sheet;        /* what the service said of it; NULL: nothing */
};

RushesModel           *rushes_model_new             (const char            *provider_id);
/* Reads the object that @reader stands in, a member of "models". @pictures are those of the provider; NULL. @credit is what
 * one of its credits is worth. Mistakes are the reader's to tell: what this gives is whole only when there was none. */
RushesModel           *rushes_model_read            (RushesJsonReader      *reader,
                                                     const char            *provider_id,
                                                     RushesPictures        *pictures,
                                                     RushesMoney            credit) G_GNUC_WARN_UNUSED_RESULT;
/* Text of a description, in the person's language; free with g_free(). */
char                  *rushes_translate_text        (const char            *text);

/* Where the service is spoken to; NULL at an address that is of no region. */
void                   rushes_model_set_region      (RushesModel           *self,
                                                     const char            *region);

/* ---- what rules may change ---- */

/* Nothing at all. */
void                   rushes_abilities_init        (RushesAbilities       *self);
/* Reads from the object that @reader stands in what stands over @model. @self is all zero. */
void                   rushes_abilities_read        (RushesAbilities       *self,
                                                     RushesJsonReader      *reader,
                                                     const RushesAbilities *model);
void                   rushes_abilities_clear       (RushesAbilities       *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesAbilities, rushes_abilities_clear)
/* What is set in @rule stands instead of what is set in @self. A default that is none of the values any more gives way
 * to the first of them. */
void                   rushes_abilities_overlay     (RushesAbilities       *self,
                                                     const RushesAbilities *rule);
void                   rushes_model_read_rules      (RushesModel           *self,
                                                     RushesJsonReader      *reader);
/* The model that holds for @brief as it stands. Borrowed. */
RushesModel           *rushes_model_narrow_once     (RushesModel           *self,
                                                     const RushesBrief     *brief);

/* ---- pictures ---- */

/* Reads the member "pictures" of the object that @reader stands in; what it does not say is as in @base (NULL). Gives a
 * reference of @base when there is no such member. */
RushesPictures        *rushes_pictures_read         (RushesJsonReader      *reader,
                                                     RushesPictures        *base) G_GNUC_WARN_UNUSED_RESULT;
RushesPictures        *rushes_pictures_ref          (RushesPictures        *self);
void                   rushes_pictures_unref        (RushesPictures        *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesPictures, rushes_pictures_unref)

/* ---- pictures that a prompt names ---- */

/* Reads what the object that @reader stands in, a member "prompt", says of names; NULL when it says nothing. */
RushesNaming          *rushes_naming_read           (RushesJsonReader      *reader) G_GNUC_WARN_UNUSED_RESULT;
RushesNaming          *rushes_naming_ref            (RushesNaming          *self);
void                   rushes_naming_unref          (RushesNaming          *self);
/* The whole prompt as the service gets it: a picture that is there has the service's own name. */
char                  *rushes_model_write_prompt    (RushesModel           *self,
                                                     const RushesBrief     *brief) G_GNUC_WARN_UNUSED_RESULT;
/* The first name in the prompt of a picture that is not there, as a BAD_REQUEST; NULL. */
GError                *rushes_model_check_names     (RushesModel           *self,
                                                     const RushesBrief     *brief) G_GNUC_WARN_UNUSED_RESULT;

/* ---- prices ---- */

void                   rushes_model_read_prices     (RushesModel           *self,
                                                     RushesJsonReader      *reader,
                                                     RushesMoney            credit);
/* Reads the member "credit" of the root that @reader stands in: what one credit of the service is worth. Its currency is
 * NULL when nobody says. */
RushesMoney            rushes_credit_read           (RushesJsonReader      *reader);
/* Tells what @price is worth, when it is in credits and @credit says what one is. */
void                   rushes_price_appraise        (RushesPrice           *price,
                                                     RushesMoney            credit);

/* ---- parameters ---- */

void                   rushes_model_read_parameters (RushesModel           *self,
                                                     RushesJsonReader      *reader);
void                   rushes_parameter_free        (RushesParameter       *self);
const RushesParameter *rushes_model_find_parameter  (RushesModel           *self,
                                                     const char            *name);
/* What is not set among @brief's parameters gets its fallback. */
void                   rushes_model_set_parameters  (RushesModel           *self,
                                                     RushesBrief           *brief);
/* Whether @value can be the value of a parameter. */
gboolean               rushes_parameter_accepts     (const RushesParameter *self,
                                                     const char            *value);

/* ---- fitting ---- */

/* "16:9" as width divided by height; 0 for other words. */
double                 rushes_aspect_to_ratio       (const char            *aspect);
/* What is not set gets the model's default, and what the model does not know goes. Gives the model that holds for
 * what comes out; borrowed. */
RushesModel           *rushes_model_complete        (RushesModel           *self,
                                                     RushesBrief           *brief);
/* The model that holds for @brief; borrowed. And the first thing in @brief that it cannot do, as an UNSUPPORTED error;
 * NULL. */
RushesModel           *rushes_model_find_misfit     (RushesModel           *self,
                                                     const RushesBrief     *brief,
                                                     GError               **refusal);

G_END_DECLS
