/* rushes-workflow.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-description.h"

G_BEGIN_DECLS

/* What a take asks for and a workflow has a place for; and, last, the node whose video becomes the clip. */
typedef enum
{
  RUSHES_SLOT_PROMPT,
  RUSHES_SLOT_NEGATIVE,
  RUSHES_SLOT_FIRST_FRAME,
  RUSHES_SLOT_LAST_FRAME,
  RUSHES_SLOT_WIDTH,
  RUSHES_SLOT_HEIGHT,
  RUSHES_SLOT_FRAMES,
  RUSHES_SLOT_FRAME_RATE,
  RUSHES_SLOT_SEED,
  RUSHES_SLOT_OUTPUT,
  RUSHES_N_SLOTS,
} RushesSlot;

/* "first_frame", as it is typed. */
const char *rushes_slot_get_word  (RushesSlot  slot);
/* "First Frame", for people, translated. */
const char *rushes_slot_get_title (RushesSlot  slot);
/* FALSE for a word that is none. */
gboolean    rushes_slot_from_word (const char *word,
                                   RushesSlot *slot);

/* An input of a node that holds a value and no link; for the output a node. */
typedef struct
{
  char *id;    /* "6.text", of the output "58" */
  char *node;  /* "6" */
  char *input; /* "text"; NULL for the output */
  char *title; /* how the workflow calls the node, safe to show */
  char *value; /* the first words of what stands there, likewise; of the output what kind of node it is */
} RushesWorkflowPlace;

/**
 * RushesWorkflow:
 *
 * A workflow of ComfyUI, in the format that its “Export (API)” writes: an object of nodes, each with a `class_type` and
 * `inputs`, which are values or links (`["6", 0]`). It is read as a stranger's file. Where the words of a take, its
 * pictures and numbers belong is found by the names of nodes and inputs; what that does not settle stays open, until
 * somebody says it. Nobody follows links but for one step.
 *
 * It becomes a description of a provider that is built on `comfyui` (data/providers/SCHEMA.md), with one model.
 */
#define RUSHES_TYPE_WORKFLOW (rushes_workflow_get_type ())
G_DECLARE_FINAL_TYPE (RushesWorkflow, rushes_workflow, RUSHES, WORKFLOW, GObject)

/* Whether a file looks like a workflow, in whichever of the two formats, and not like a description. */
gboolean        rushes_workflow_recognize      (GBytes          *bytes);
/* @path names the file in errors. BAD_REQUEST for the format in which ComfyUI keeps its own, with what to do, for what
 * is no workflow, for one without a node that saves a video, and for one beyond the bounds (1 MiB, 500 nodes, depth
 * 32). */
RushesWorkflow *rushes_workflow_new            (GBytes          *bytes,
                                                const char      *path,
                                                GError         **error);

/* RushesWorkflowPlace, those that a slot may mean, the likely ones first. Borrowed. */
GPtrArray      *rushes_workflow_get_candidates (RushesWorkflow  *self,
                                                RushesSlot       slot);
/* The one that it means; NULL when it is open, or means none. Borrowed. */
const RushesWorkflowPlace *rushes_workflow_get_place (RushesWorkflow *self,
                                                RushesSlot       slot);
/* Whether it is not settled what it means. */
gboolean        rushes_workflow_is_open        (RushesWorkflow  *self,
                                                RushesSlot       slot);
/* Settles it: the id of any place with a value of the right kind, a candidate or not; NULL: none. BAD_REQUEST. */
gboolean        rushes_workflow_bind           (RushesWorkflow  *self,
                                                RushesSlot       slot,
                                                const char      *id,
                                                GError         **error);
/* Whether all is settled, and goes together; else a BAD_REQUEST with a sentence. */
gboolean        rushes_workflow_check          (RushesWorkflow  *self,
                                                GError         **error);
/* The description, for rushes_registry_install(). @base_url is where the server is, as it was typed; NULL: on this
 * computer. BAD_REQUEST as rushes_workflow_check(), and for what cannot be an address. */
GBytes         *rushes_workflow_describe       (RushesWorkflow  *self,
                                                const char      *id,
                                                const char      *name,
                                                const char      *base_url,
                                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* For each slot what it means in a description that came from a workflow: an array of #RUSHES_N_SLOTS
 * RushesWorkflowPlace, NULL for none. NULL when the description did not. Free the array. */
GPtrArray      *rushes_workflow_list_bound     (RushesDescription *description) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
