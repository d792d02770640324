/* rushes-catalogue-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-library.h"
#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesCatalogueDialog:
 *
 * All models of all services in one list that can be searched, narrowed and sorted, with what each can do and what a clip costs.
 *
 * Signal ::chosen (RushesModel) when the person takes one; the dialog closes.
 */
#define RUSHES_TYPE_CATALOGUE_DIALOG (rushes_catalogue_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesCatalogueDialog, rushes_catalogue_dialog, RUSHES, CATALOGUE_DIALOG, AdwDialog)

/* Prices are those of @draft, whose model is marked. */
AdwDialog *rushes_catalogue_dialog_new (RushesRegistry *registry,
                                        RushesLibrary  *library,
                                        RushesDraft    *draft);

G_END_DECLS
