/* rushes-parameter-row.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-model.h"

G_BEGIN_DECLS

/* A row for a parameter of a model's own, of the kind that suits it, which writes what the person sets into @draft and follows it. The row does not outlive
 * the model. */
GtkWidget *rushes_parameter_row_new (RushesModel           *model,
                                     const RushesParameter *parameter,
                                     RushesDraft           *draft);

G_END_DECLS
