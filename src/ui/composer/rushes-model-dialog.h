/* rushes-model-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-provider.h"

G_BEGIN_DECLS

/* An AdwAlertDialog that asks for the name of a model that a provider does not list. */
AdwDialog   *rushes_model_dialog_new       (RushesProvider *provider);
/* What the person's response stands for: the model of that name; NULL when they thought better of it. Borrowed. */
RushesModel *rushes_model_dialog_get_model (AdwDialog      *dialog,
                                            const char     *response);

G_END_DECLS
