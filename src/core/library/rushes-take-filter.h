/* rushes-take-filter.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  RUSHES_TAKES_ALL,
  RUSHES_TAKES_ACTIVE,    /* in progress, left and unconfirmed ones too */
  RUSHES_TAKES_FAILED,
  RUSHES_TAKES_STARRED,
  RUSHES_TAKES_NOT_SAVED, /* ready, and never saved elsewhere */
} RushesTakeKind;

typedef enum
{
  RUSHES_SORT_NEWEST,
  RUSHES_SORT_OLDEST,
} RushesTakeSort;

/**
 * RushesTakeFilter:
 *
 * Which takes a list shows. A value object: a list keeps a copy.
 * @search: words as the person typed them, matched against prompt, model, provider and project; Chinese in single
 * characters
 * @state: one state by its word ("failed"); overrides kind
 */
typedef struct
{
  char           *project_id; /* NULL: all projects */
  RushesTakeKind  kind;
  char           *search;     /* NULL */
  char           *state;      /* NULL */
  RushesTakeSort  sort;
} RushesTakeFilter;

#define RUSHES_TYPE_TAKE_FILTER (rushes_take_filter_get_type ())
GType             rushes_take_filter_get_type (void);
RushesTakeFilter *rushes_take_filter_new      (void) G_GNUC_WARN_UNUSED_RESULT;
RushesTakeFilter *rushes_take_filter_copy     (const RushesTakeFilter *self) G_GNUC_WARN_UNUSED_RESULT;
void              rushes_take_filter_free     (RushesTakeFilter       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesTakeFilter, rushes_take_filter_free)

G_END_DECLS
