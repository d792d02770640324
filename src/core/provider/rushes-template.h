/* rushes-template.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-json-reader.h"
#include "rushes-protocol.h"

G_BEGIN_DECLS

/**
 * RushesTemplate:
 *
 * JSON or text of a description in which values of a take stand in braces ("Values" in data/providers/SCHEMA.md).
 * Read strictly, filled in as often as one likes. Immutable.
 */
typedef struct _RushesTemplate RushesTemplate;

/* Which names a template may hold: bits. */
typedef enum
{
  RUSHES_NAMES_TAKE      = 1 << 0, /* prompt, model, first_frame … */
  RUSHES_NAMES_TASK      = 1 << 1, /* task_id, reply.PATH */
  RUSHES_NAMES_PICTURE   = 1 << 2, /* picture, picture.type …, and what earlier steps of an upload read */
  RUSHES_NAMES_REFERENCE = 1 << 3, /* reference, number: within $each */
  RUSHES_NAMES_ITEM      = 1 << 4, /* item.PATH: of a list of models */
} RushesNames;

/* What is known when a template is read. Everything is borrowed. */
typedef struct
{
  RushesNames  names;
  GHashTable  *model_values; /* the names of model.NAME, char *, a set; NULL */
  GHashTable  *parameters;   /* of parameter.NAME, char *, a set; NULL */
  GHashTable  *read;         /* what earlier steps of an upload read, or else comes by name, char *, a set; NULL */
} RushesTemplateNames;

/* What it is filled in with. Everything is borrowed, and may be NULL. */
typedef struct
{
  const RushesTask        *task;
  const char              *region;    /* of the base URL */
  const RushesSentPicture *picture;   /* that is being uploaded */
  GHashTable              *values;    /* char * → char *, what earlier steps of an upload read, or else comes by name */
  const RushesSentPicture *reference; /* within $each */
  guint                    number;    /* within $each; from 1 */
  JsonNode                *item;      /* of a list of models */
} RushesTemplateInput;

/* Reads the member, or with NULL the element that @reader stands at; what is wrong is the reader's to tell. Never NULL:
 * a mistake gives a template of nothing. */
RushesTemplate          *rushes_template_read         (RushesJsonReader           *reader,
                                                       const char                 *member,
                                                       const RushesTemplateNames  *names) G_GNUC_WARN_UNUSED_RESULT;
/* A path such as "/v1/videos/{task_id}". */
RushesTemplate          *rushes_template_read_path    (RushesJsonReader           *reader,
                                                       const char                 *member,
                                                       const RushesTemplateNames  *names) G_GNUC_WARN_UNUSED_RESULT;
/* Text that is nothing but the name of a picture: "{first_frame}". */
RushesTemplate          *rushes_template_read_picture (RushesJsonReader           *reader,
                                                       const char                 *member,
                                                       const RushesTemplateNames  *names) G_GNUC_WARN_UNUSED_RESULT;
void                     rushes_template_free         (RushesTemplate             *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTemplate, rushes_template_free)

/* What it stands for: members in the order of the description. NULL for nothing. */
JsonNode                *rushes_template_make         (const RushesTemplate       *self,
                                                       const RushesTemplateInput  *input) G_GNUC_WARN_UNUSED_RESULT;
/* The same as text: numbers and truth values written out, objects and lists as JSON. NULL for nothing. */
char                    *rushes_template_make_text    (const RushesTemplate       *self,
                                                       const RushesTemplateInput  *input) G_GNUC_WARN_UNUSED_RESULT;
/* A path with every value percent-encoded as one segment. BAD_REQUEST when one is missing, or would lead elsewhere. */
char                    *rushes_template_make_path    (const RushesTemplate       *self,
                                                       const RushesTemplateInput  *input,
                                                       GError                    **error) G_GNUC_WARN_UNUSED_RESULT;
/* The picture that it names, when it is sent as a file: as a part, or by an upload. Borrowed; NULL. */
const RushesSentPicture *rushes_template_find_file    (const RushesTemplate       *self,
                                                       const RushesTemplateInput  *input);
/* The reference pictures of a take, in their order; borrowed. */
GPtrArray               *rushes_template_list_references (const RushesTemplateInput *input) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
