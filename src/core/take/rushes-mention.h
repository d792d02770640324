/* rushes-mention.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "rushes-reference.h"

G_BEGIN_DECLS

/**
 * RushesMention:
 *
 * A picture that a prompt names, as people type it: "@1" is the first reference, "@2" the second; "@first" and "@last"
 * are the frames. It is one wherever it does not lie within a word ("name@1", "@1x"); letters of scripts that are written
 * without spaces are no word in this. "@@1" stands for the plain words "@1", and "@?" is what remains of the name of a
 * picture that was taken out. Which of them mean something is up to the model.
 */
typedef enum
{
  RUSHES_MENTION_PICTURE,
  RUSHES_MENTION_PLAIN, /* "@@1" */
  RUSHES_MENTION_GONE,  /* "@?" */
} RushesMentionKind;

typedef struct
{
  RushesMentionKind    kind;
  RushesReferenceRole  role;   /* of PICTURE */
  guint                number; /* of PICTURE, among the references: from 1; 0 ("@0") is none of them */
  const char          *start;  /* in the text: the "@" */
  const char          *end;    /* behind the last sign of it */
} RushesMention;

/* The first one at or behind @from, which is @text or the end of the one before. FALSE when there is none any more. */
gboolean  rushes_mention_find       (const char          *text,
                                     const char          *from,
                                     RushesMention       *mention);
/* Whether an "@" at @place, which is in @text, would begin one. */
gboolean  rushes_mention_may_begin  (const char          *text,
                                     const char          *place);
/* How the n-th picture (from 0) of @role is named: "@2". */
char     *rushes_mention_spell      (RushesReferenceRole  role,
                                     guint                n) G_GNUC_WARN_UNUSED_RESULT;
/* @text with each name that meant a picture of @before meaning the same one of @after, or "@?" where it has no name any
 * more, which @lost tells. Both are what rushes_draft_list_pictures() gives; @named are the roles whose pictures have
 * names, as bits (1 << role). */
char     *rushes_mentions_follow    (const char          *text,
                                     GPtrArray           *before,
                                     GPtrArray           *after,
                                     guint                named,
                                     gboolean            *lost) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
