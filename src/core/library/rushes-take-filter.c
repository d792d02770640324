/* rushes-take-filter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-filter.h"

G_DEFINE_BOXED_TYPE (RushesTakeFilter, rushes_take_filter, rushes_take_filter_copy, rushes_take_filter_free)

RushesTakeFilter *
rushes_take_filter_new (void)
{
  return g_new0 (RushesTakeFilter, 1);
}

RushesTakeFilter *
rushes_take_filter_copy (const RushesTakeFilter *self)
{
  RushesTakeFilter *copy = rushes_take_filter_new ();

  *copy = *self;
  copy->project_id = g_strdup (self->project_id);
  copy->search = g_strdup (self->search);
  copy->state = g_strdup (self->state);

  return copy;
}

void
rushes_take_filter_free (RushesTakeFilter *self)
{
  g_free (self->project_id);
  g_free (self->search);
  g_free (self->state);
  g_free (self);
}
