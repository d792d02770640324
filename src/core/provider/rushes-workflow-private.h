/* rushes-workflow-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-workflow.h"

G_BEGIN_DECLS

/* The id of the one model. */
#define RUSHES_WORKFLOW_MODEL "workflow"

/* A node, as the workflow has it; everything is borrowed from the JSON. */
typedef struct
{
  const char *id;
  const char *kind;  /* its class_type */
  const char *title; /* as people called it; else @kind */
  JsonObject *inputs;
} RushesWorkflowNode;

typedef struct
{
  GPtrArray           *candidates; /* RushesWorkflowPlace */
  RushesWorkflowPlace *place;      /* NULL */
  gboolean             is_open;
} RushesWorkflowSlot;

struct _RushesWorkflow
{
  GObject             parent_instance;

  char               *path;
  JsonNode           *root;
  GArray             *nodes; /* RushesWorkflowNode, in the order of the file */
  RushesWorkflowSlot  slots[RUSHES_N_SLOTS];
};

/* NULL. */
const RushesWorkflowNode *rushes_workflow_find_node (RushesWorkflow           *self,
                                                     const char               *id);
/* The node that an input is linked to; NULL when it holds a value, or is not there. */
const RushesWorkflowNode *rushes_workflow_follow    (RushesWorkflow           *self,
                                                     const RushesWorkflowNode *node,
                                                     const char               *input);
/* Whether what stands in the input of a node is a value that @slot can stand for. */
gboolean                  rushes_workflow_fits      (const RushesWorkflowNode *node,
                                                     const char               *input,
                                                     RushesSlot                slot);
RushesWorkflowPlace      *rushes_workflow_place_new (const RushesWorkflowNode *node,
                                                     const char               *input) G_GNUC_WARN_UNUSED_RESULT;
void                      rushes_workflow_place_free (RushesWorkflowPlace     *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesWorkflowPlace, rushes_workflow_place_free)
/* Whether a node saves a video of a kind that can be a clip; whether it saves anything. */
gboolean                  rushes_workflow_is_clip   (const RushesWorkflowNode *node);
gboolean                  rushes_workflow_saves     (const RushesWorkflowNode *node);

/* Fills the slots of a workflow whose nodes are read. */
void                      rushes_workflow_find      (RushesWorkflow           *self);

G_END_DECLS
