/* rushes-json-schema.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  RUSHES_SCHEMA_OTHER, /* objects, and what says nothing of itself */
  RUSHES_SCHEMA_BOOLEAN,
  RUSHES_SCHEMA_INTEGER,
  RUSHES_SCHEMA_NUMBER,
  RUSHES_SCHEMA_TEXT,
  RUSHES_SCHEMA_LIST,
} RushesSchemaType;

/**
 * RushesSchemaProperty:
 *
 * One property of an object in JSON Schema, as OpenAPI documents have them, with what it refers to (`$ref` within the
 * document, `allOf`, `anyOf` and `oneOf` with one that is not null) already looked up.
 */
typedef struct
{
  char             *name;
  RushesSchemaType  type;
  gboolean          is_address; /* a text that is one, by its format */
  gboolean          of_texts;   /* of LIST */
  JsonArray        *choices;    /* borrowed; NULL */
  JsonNode         *fallback;   /* borrowed; NULL */
  gboolean          has_minimum;
  gboolean          has_maximum;
  double            minimum;
  double            maximum;
  gint64            most;       /* of LIST: how many elements; 0: no limit is said */
  gint64            longest;    /* of TEXT: how many characters; 0 */
  const char       *title;      /* as it was written; borrowed; NULL */
  const char       *words;      /* likewise, the description */
  gint64            order;      /* x-order; else its place */
  gboolean          required;
} RushesSchemaProperty;

void       rushes_schema_property_free (RushesSchemaProperty *self);

/* The properties of @schema, which stands in @document, in their order. NULL when it is no object with properties, or has
 * more than 200. All that is borrowed lives as long as @document. */
GPtrArray *rushes_json_schema_read     (JsonNode             *document,
                                        JsonNode             *schema) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
