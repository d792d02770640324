/* rushes-providers-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-invocation.h"
#include "rushes-table.h"
#include "rushes-workflow.h"

G_BEGIN_DECLS

/* The verbs of `rushes providers`, between its files. */

/* The provider that the first argument names; NULL with a BAD_REQUEST. Borrowed. */
RushesProvider *rushes_providers_require (RushesInvocation  *invocation,
                                          GError           **error);

/* Shows where keys and pictures would go, and asks. FALSE with why it is not to be added. */
gboolean        rushes_providers_agree   (RushesInvocation  *invocation,
                                          RushesDescription *description,
                                          gboolean           yes,
                                          GError           **error);
int             rushes_providers_add     (RushesInvocation  *invocation);
int             rushes_providers_remove  (RushesInvocation  *invocation);
int             rushes_providers_test    (RushesInvocation  *invocation);

/* What was typed about a workflow, each as its bytes; NULL for nothing. */
typedef struct
{
  char  *id;
  char  *name;
  char  *base_url;
  char **bind; /* "prompt=6.text" */
} RushesImportOptions;

/* The description that a workflow becomes; @file is what errors call it. Where something is not certain the candidates are
 * listed, and it is a BAD_REQUEST. */
GBytes         *rushes_providers_import  (RushesInvocation          *invocation,
                                          GBytes                    *bytes,
                                          const char                *file,
                                          const RushesImportOptions *options,
                                          GError                   **error) G_GNUC_WARN_UNUSED_RESULT;
/* Prints what each slot means, and may mean. */
void            rushes_workflow_list     (RushesWorkflow            *workflow,
                                          RushesPrinter             *printer);
/* As rushes_workflow_check(), with a sentence that says what to type. */
gboolean        rushes_workflow_is_settled (RushesWorkflow          *workflow,
                                          GError                   **error);
/* What rushes_workflow_list_bound() gives. */
JsonArray      *rushes_workflow_bound_to_listing (GPtrArray         *bound) G_GNUC_WARN_UNUSED_RESULT;
void            rushes_workflow_bound_to_table   (GPtrArray         *bound,
                                          RushesTable               *table);

G_END_DECLS
