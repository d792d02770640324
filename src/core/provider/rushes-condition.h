/* rushes-condition.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-brief.h"
#include "rushes-json-reader.h"

G_BEGIN_DECLS

/**
 * RushesCondition:
 *
 * The `when` of a description ("Conditions" in data/providers/SCHEMA.md): for prices, rules of models, routes and
 * values of requests. Immutable.
 */
typedef struct _RushesCondition RushesCondition;

/* What a take is, seen from its pictures. */
typedef enum
{
  RUSHES_MODE_TEXT,
  RUSHES_MODE_FIRST,
  RUSHES_MODE_LAST,
  RUSHES_MODE_FIRST_LAST,
  RUSHES_MODE_REFERENCES,
} RushesMode;

RushesMode       rushes_mode_of         (const RushesBrief     *brief);
/* "text", "first", "last", "first_last", "references" */
const char      *rushes_mode_to_string  (RushesMode             mode);

/* Reads the object that @reader stands in; what is wrong is the reader's to tell. */
RushesCondition *rushes_condition_read  (RushesJsonReader      *reader) G_GNUC_WARN_UNUSED_RESULT;
void             rushes_condition_free  (RushesCondition       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesCondition, rushes_condition_free)
/* Whether it holds only for takes that make a clip longer. */
gboolean         rushes_condition_is_for_extending (const RushesCondition *self);
/* NULL always holds. @region is the name of the base URL's region; NULL when it is of none, or not yet known. */
gboolean         rushes_condition_holds (const RushesCondition *self,
                                         const RushesBrief     *brief,
                                         const char            *region);

G_END_DECLS
