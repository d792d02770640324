/* rushes-model-shelf.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"
#include "rushes-model.h"

G_BEGIN_DECLS

/**
 * RushesModelShelf:
 *
 * All models that a provider has: those of its description, those that the service said itself that it has, and, where any
 * name may be given, one for each name that was asked for. An id is only once among them: what the description says
 * of a model goes before what the service lists. A model that gives way to another of its id lives as long as somebody
 * holds it.
 */
typedef struct _RushesModelShelf RushesModelShelf;

RushesModelShelf *rushes_model_shelf_new        (RushesDescription  *description);
void              rushes_model_shelf_free       (RushesModelShelf   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesModelShelf, rushes_model_shelf_free)

/* The description's models in its order, then those that are listed in the service's. Borrowed. */
GListModel       *rushes_model_shelf_get_list   (RushesModelShelf   *self);
/* NULL when there is none of that id, and none can be made. Borrowed. */
RushesModel      *rushes_model_shelf_find       (RushesModelShelf   *self,
                                                 const char         *id);
/* Whether the description itself has it. */
gboolean          rushes_model_shelf_is_described (RushesModelShelf *self,
                                                 const char         *id);
/* @models, of RushesModel, stand instead of those that were listed before; NULL for none. @time is when the service was
 * asked; NULL never. */
void              rushes_model_shelf_set_listed (RushesModelShelf   *self,
                                                 GPtrArray          *models,
                                                 GDateTime          *time);
/* Borrowed; NULL. */
GDateTime        *rushes_model_shelf_get_time   (RushesModelShelf   *self);
/* Of which region the address is that is spoken to; NULL for none. */
void              rushes_model_shelf_set_region (RushesModelShelf   *self,
                                                 const char         *region);

G_END_DECLS
