/* rushes-model-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-model-choice.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesModelList:
 *
 * All models there are to choose from: a section of the favourites that can be used, where there are any, then a section
 * for each provider that is switched on, those that cannot be used now at the end. In the section of a provider come the models, then names that the person typed where a service takes any, then the offer
 * to type another, and last what is not offered any more. It follows the providers and the favourites.
 *
 * Signal ::changed: the providers or favourites are others, or in another state.
 */
#define RUSHES_TYPE_MODEL_LIST (rushes_model_list_get_type ())
G_DECLARE_FINAL_TYPE (RushesModelList, rushes_model_list, RUSHES, MODEL_LIST, GObject)

RushesModelList *rushes_model_list_new         (RushesRegistry  *registry);
/* A GListModel of RushesModelChoice, with sections; another one after each change. Borrowed. */
GListModel      *rushes_model_list_get_choices (RushesModelList *self);
/* Whether it stands in the list: the person may have switched it off. */
gboolean         rushes_model_list_offers      (RushesProvider  *provider);
/* Keeps the name of a model that is not listed, over restarts too, and offers it from now on. */
void             rushes_model_list_remember    (RushesModelList *self,
                                                RushesModel     *model);

G_END_DECLS
