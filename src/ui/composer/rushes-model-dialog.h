/* rushes-model-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-provider.h"

G_BEGIN_DECLS

/* Asks for the name of a model that a provider does not list, over the window that @parent is in. */
void         rushes_model_dialog_ask    (GtkWidget           *parent,
                                         RushesProvider      *provider,
                                         GAsyncReadyCallback  callback,
                                         gpointer             data);
/* The model of that name; NULL when the person thought better of it. Borrowed from the provider. */
RushesModel *rushes_model_dialog_finish (GObject             *dialog,
                                         GAsyncResult        *result);

G_END_DECLS
