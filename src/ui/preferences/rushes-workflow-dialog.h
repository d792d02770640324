/* rushes-workflow-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-registry.h"
#include "rushes-workflow.h"

G_BEGIN_DECLS

/**
 * RushesWorkflowDialog:
 *
 * What the inputs of a workflow of ComfyUI are, as far as that was found, and where its server is. Add waits until all is
 * settled, and says what is not.
 *
 * Signals: ::added (RushesProvider), after which it is closed.
 */
#define RUSHES_TYPE_WORKFLOW_DIALOG (rushes_workflow_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RushesWorkflowDialog, rushes_workflow_dialog, RUSHES, WORKFLOW_DIALOG, AdwDialog)

/* @name, with a number when another provider has it, is what the provider is called unless somebody says otherwise. */
AdwDialog *rushes_workflow_dialog_new (RushesRegistry *registry,
                                       RushesWorkflow *workflow,
                                       const char     *name);

G_END_DECLS
