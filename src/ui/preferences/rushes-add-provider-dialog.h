/* rushes-add-provider-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"

G_BEGIN_DECLS

/**
 * RushesAddProviderDialog:
 *
 * The two ways to a provider of the person's own: another server of a kind that is known, by its address, or a file
 * that describes a service or is a workflow of ComfyUI, chosen or dropped. Before a description is taken it is told who
 * will get the key and the pictures; of a workflow, what its inputs are. A provider that came into being is opened in
 * Preferences, which the dialog stands over.
 */
#define RUSHES_TYPE_ADD_PROVIDER_DIALOG (rushes_add_provider_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesAddProviderDialog, rushes_add_provider_dialog, RUSHES, ADD_PROVIDER_DIALOG, AdwDialog)

/* @opener is a widget of Preferences; not kept. */
AdwDialog *rushes_add_provider_dialog_new       (RushesRegistry          *registry,
                                                 GtkWidget               *opener);
/* Reads a description, or a workflow, and asks what is to be asked before it is added; what the file dialog does with
 * what was chosen. */
void       rushes_add_provider_dialog_read_file (RushesAddProviderDialog *self,
                                                 GFile                   *file);

G_END_DECLS
