/* rushes-command.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _RushesInvocation RushesInvocation;

/* One thing that can be asked for: `rushes takes save`. Its function runs in a fiber and returns the exit status. */
typedef struct
{
  const char *word;       /* "save"; NULL for what the command does without a verb, which comes first */
  const char *parameters; /* "ID FILE" for the help, translatable; NULL when it takes none */
  const char *summary;    /* a phrase for the list in the help, translatable */
  guint       min_arguments;
  guint       max_arguments;
  int       (*run) (RushesInvocation *invocation);
} RushesVerb;

/* A subcommand: `rushes takes`. */
typedef struct
{
  const char       *word;
  const char       *summary; /* translatable */
  const RushesVerb *verbs;   /* up to one without a function */
} RushesCommand;

extern const RushesCommand rushes_generate_command;
extern const RushesCommand rushes_takes_command;
extern const RushesCommand rushes_projects_command;
extern const RushesCommand rushes_presets_command;
extern const RushesCommand rushes_providers_command;
extern const RushesCommand rushes_key_command;
extern const RushesCommand rushes_uploads_command;
extern const RushesCommand rushes_events_command;
extern const RushesCommand rushes_ledger_command;
extern const RushesCommand rushes_library_command;
extern const RushesCommand rushes_limits_command;
extern const RushesCommand rushes_recipe_command;

G_END_DECLS
