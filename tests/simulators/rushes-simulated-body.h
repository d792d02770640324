/* rushes-simulated-body.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Bodies of requests, JSON or forms, and the strict look at what is in them. */

typedef enum
{
  RUSHES_FIELD_TEXT,
  RUSHES_FIELD_INTEGER,
  RUSHES_FIELD_NUMBER,
  RUSHES_FIELD_SWITCH,  /* true or false */
  RUSHES_FIELD_OBJECT,
  RUSHES_FIELD_LIST,    /* of texts in the forms of @choices, or of objects with @members */
  RUSHES_FIELD_PICTURE, /* a text in one of the forms of @choices: data, base64, http (also https), https, or a scheme */
  RUSHES_FIELD_FILE,    /* a file of a form: a picture */
  RUSHES_FIELD_ANY,
} RushesSimulatedFieldType;

typedef struct _RushesSimulatedField RushesSimulatedField;

/* A member that an object may have; lists of them end with one without a name. */
struct _RushesSimulatedField
{
  const char *name;
  RushesSimulatedFieldType type;
  gboolean required;
  /* Of numbers; of texts the length in code points; of lists the number of elements. Both 0: no limit. */
  double minimum, maximum;
  /* Allowed texts or whole numbers, separated by "|"; of pictures the forms. NULL: any. */
  const char *choices;
  /* Of an object, or of each element of a list. */
  const RushesSimulatedField *members;
};

typedef enum
{
  RUSHES_PROBLEM_UNKNOWN, /* there is no such member */
  RUSHES_PROBLEM_MISSING,
  RUSHES_PROBLEM_TYPE,
  RUSHES_PROBLEM_VALUE,
  RUSHES_PROBLEM_SYNTAX,  /* the whole body cannot be read */
} RushesSimulatedProblemKind;

/* What is wrong with a request. */
typedef struct
{
  RushesSimulatedProblemKind kind;
  char *where;   /* "settings.duration", "images[0]"; "" for the whole */
  char *message;
} RushesSimulatedProblem;

RushesSimulatedProblem *rushes_simulated_problem_new  (RushesSimulatedProblemKind    kind,
                                                       const char                   *where,
                                                       const char                   *message) G_GNUC_WARN_UNUSED_RESULT;
void                    rushes_simulated_problem_free (RushesSimulatedProblem       *problem);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesSimulatedProblem, rushes_simulated_problem_free)

/* A JSON object, or a form as an object: its fields as texts, several of one name as a list, its files as objects with
 * "file", "type", "bytes" and "picture" (the media type by content). NULL when it is neither, or cannot be read. */
JsonObject             *rushes_simulated_body_read    (SoupMessageHeaders           *headers,
                                                       GBytes                       *body,
                                                       gboolean                     *is_form) G_GNUC_WARN_UNUSED_RESULT;
/* NULL when @body has exactly what @fields allow; in a form numbers and switches are texts. */
RushesSimulatedProblem *rushes_simulated_body_check   (JsonObject                   *body,
                                                       const RushesSimulatedField   *fields,
                                                       gboolean                      is_form) G_GNUC_WARN_UNUSED_RESULT;
/* A member's text; NULL where there is none. */
const char             *rushes_simulated_body_text    (JsonObject                   *body,
                                                       const char                   *name);
/* The media type of a picture by its first bytes; NULL when it is none. */
const char             *rushes_simulated_picture_type (const guint8                 *data,
                                                       gsize                         length);

G_END_DECLS
