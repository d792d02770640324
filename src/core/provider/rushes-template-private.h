/* rushes-template-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-condition.h"
#include "rushes-json-path.h"
#include "rushes-template.h"

G_BEGIN_DECLS

typedef enum
{
  RUSHES_NAME_PROMPT,
  RUSHES_NAME_NEGATIVE_PROMPT,
  RUSHES_NAME_MODEL,
  RUSHES_NAME_MODEL_VALUE, /* model.NAME */
  RUSHES_NAME_PARAMETER,   /* parameter.NAME */
  RUSHES_NAME_DURATION,
  RUSHES_NAME_FRAME_RATE,
  RUSHES_NAME_FRAMES,
  RUSHES_NAME_SEED,
  RUSHES_NAME_RESOLUTION,
  RUSHES_NAME_ASPECT,
  RUSHES_NAME_WIDTH,
  RUSHES_NAME_HEIGHT,
  RUSHES_NAME_AUDIO,
  RUSHES_NAME_WATERMARK,
  RUSHES_NAME_FIRST_FRAME,
  RUSHES_NAME_FIRST_FRAME_TYPE,
  RUSHES_NAME_LAST_FRAME,
  RUSHES_NAME_LAST_FRAME_TYPE,
  RUSHES_NAME_MODE,
  RUSHES_NAME_INPUTS,      /* all that the model is given, by its own names */
  RUSHES_NAME_UPLOADED,
  RUSHES_NAME_EXTENDED_TASK_ID,
  RUSHES_NAME_EXTENDED_CLIP_ID,
  RUSHES_NAME_EXTENDED_ADDRESS,
  RUSHES_NAME_OWN_ID,
  RUSHES_NAME_TASK_ID,
  RUSHES_NAME_REPLY,       /* reply.PATH */
  RUSHES_NAME_PICTURE,
  RUSHES_NAME_PICTURE_TYPE,
  RUSHES_NAME_PICTURE_NAME,
  RUSHES_NAME_PICTURE_SIZE,
  RUSHES_NAME_REFERENCE,
  RUSHES_NAME_REFERENCE_TYPE,
  RUSHES_NAME_NUMBER,
  RUSHES_NAME_READ,        /* by an earlier step of an upload */
  RUSHES_NAME_ITEM,        /* item.PATH */
} RushesName;

typedef enum
{
  RUSHES_FILTER_TEXT,
  RUSHES_FILTER_INTEGER,
  RUSHES_FILTER_UPPER,
  RUSHES_FILTER_LOWER,
  RUSHES_FILTER_RAW,
  RUSHES_FILTER_DATA,  /* of a picture */
} RushesFilter;

/* A stretch of text as it is, or a value in it. */
typedef struct
{
  char           *literal;  /* NULL for a value */
  RushesName      name;
  char           *argument; /* of MODEL_VALUE, PARAMETER and READ */
  RushesJsonPath *path;     /* of REPLY and ITEM */
  GArray         *filters;  /* RushesFilter */
} RushesPiece;

typedef enum
{
  RUSHES_TEMPLATE_LITERAL,
  RUSHES_TEMPLATE_TEXT,
  RUSHES_TEMPLATE_OBJECT,
  RUSHES_TEMPLATE_LIST,
  RUSHES_TEMPLATE_SWITCH,
  RUSHES_TEMPLATE_MAP,
  RUSHES_TEMPLATE_EACH,
  RUSHES_TEMPLATE_OR,
  RUSHES_TEMPLATE_AS_TEXT,
} RushesTemplateKind;

struct _RushesTemplate
{
  RushesTemplateKind  kind;
  JsonNode           *literal;
  GArray             *pieces;   /* of TEXT: RushesPiece */
  GPtrArray          *names;    /* of OBJECT and MAP: char *, one for each child */
  GPtrArray          *whens;    /* of SWITCH: RushesCondition or NULL, one for each child */
  GPtrArray          *children; /* RushesTemplate; of EACH and AS_TEXT one */
  RushesTemplate     *source;   /* of MAP */
  RushesTemplate     *fallback; /* of MAP; NULL */
};

/* What a name of RUSHES_NAMES_TAKE without an argument stands for; NULL when it has no value. */
JsonNode                *rushes_name_get_value   (RushesName                 name,
                                                  const RushesTemplateInput *input) G_GNUC_WARN_UNUSED_RESULT;
/* The value of a piece that is no literal, with its own type, filters and all; NULL when it has none. */
JsonNode                *rushes_piece_get_value  (const RushesPiece         *self,
                                                  const RushesTemplateInput *input) G_GNUC_WARN_UNUSED_RESULT;
/* A parameter's value with its own type; NULL when it has none. */
JsonNode                *rushes_parameter_get_value (RushesModel            *model,
                                                  const RushesBrief         *brief,
                                                  const char                *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean                 rushes_piece_has_filter (const RushesPiece         *self,
                                                  RushesFilter               filter);
/* The picture that a name stands for; NULL. */
const RushesSentPicture *rushes_name_get_picture (RushesName                 name,
                                                  const RushesTemplateInput *input);

G_END_DECLS
