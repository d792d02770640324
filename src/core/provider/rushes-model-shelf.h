/* rushes-model-shelf.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"
#include "rushes-model-sheet.h"
#include "rushes-model.h"
#include "rushes-request.h"

G_BEGIN_DECLS

/**
 * RushesModelShelf:
 *
 * All models that a provider has: those of its description, those that the service said itself that it has, and, where any
 * name may be given, one for each name that was asked for. An id is only once among them: what the description says
 * of a model goes before what the service says of itself, and a model's own schema before the list. A model that gives way
 * to another of its id lives as long as somebody holds it.
 */
typedef struct _RushesModelShelf RushesModelShelf;

RushesModelShelf *rushes_model_shelf_new        (RushesDescription  *description);
void              rushes_model_shelf_free       (RushesModelShelf   *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesModelShelf, rushes_model_shelf_free)

/* The description's models in its order, then those that are listed in the service's. Borrowed. */
GListModel       *rushes_model_shelf_get_list   (RushesModelShelf   *self);
gboolean          rushes_model_shelf_lists      (RushesModelShelf   *self,
                                                 RushesModel        *model);
/* NULL when there is none of that id, and none can be made. Borrowed. */
RushesModel      *rushes_model_shelf_find       (RushesModelShelf   *self,
                                                 const char         *id);
/* The model that a frozen request is for, with what the service had said of it then, whatever is known of it now. NULL as
 * above. Borrowed. */
RushesModel      *rushes_model_shelf_find_frozen (RushesModelShelf  *self,
                                                 RushesRequest      *request);
/* Whether the description itself has it. */
gboolean          rushes_model_shelf_is_own     (RushesModelShelf   *self,
                                                 const char         *id);
/* @listed and @schemas, of RushesModel, stand instead of those before; NULL for none. Of @schemas those that are listed stand
 * there, and the others are found by their names. @time is when the service was asked for its list; NULL never. */
void              rushes_model_shelf_set_listed (RushesModelShelf   *self,
                                                 GPtrArray          *listed,
                                                 GPtrArray          *schemas,
                                                 GDateTime          *time);
/* What sheets of this provider are laid over; NULL. Borrowed. */
RushesModelBase  *rushes_model_shelf_get_base   (RushesModelShelf   *self);
/* Borrowed; NULL. */
GDateTime        *rushes_model_shelf_get_time   (RushesModelShelf   *self);
/* Of which region the address is that is spoken to; NULL for none. */
void              rushes_model_shelf_set_region (RushesModelShelf   *self,
                                                 const char         *region);

G_END_DECLS
