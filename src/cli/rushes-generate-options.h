/* rushes-generate-options.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-invocation.h"
#include "rushes-recipe.h"

G_BEGIN_DECLS

/* What `rushes generate` was told, as it was typed; NULL where nothing was. */
typedef struct
{
  char     *recipe;
  char     *extend;
  char     *provider;
  char     *model;
  char     *base_url;
  char     *preset;
  char     *negative_prompt;
  char    **images;
  char     *last_image;
  char    **references;
  char     *duration;
  char     *resolution;
  char     *aspect;
  char     *frame_rate;
  char     *seed;
  gboolean  audio;
  gboolean  no_audio;
  gboolean  watermark;
  gboolean  no_watermark;
  char    **settings; /* NAME=VALUE */
  char     *count;
  char     *project;
  char     *output;
  gboolean  force;
  gboolean  no_recipe;
  char     *handling;
  char     *timeout;
  char     *tries;
  char     *delay;
  char     *interval;
  gboolean  yes;
  char     *max_cost;
  gboolean  no_wait;
  gboolean  dry_run;
  gboolean  quiet;
} RushesGenerateOptions;

void         rushes_generate_options_clear    (RushesGenerateOptions *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RushesGenerateOptions, rushes_generate_options_clear)

/* Declares the options; parsing fills @self, which must stay where it is until then. */
void         rushes_generate_options_declare  (RushesGenerateOptions *self,
                                               RushesInvocation      *invocation);
/* Only what a project can have as its defaults. */
void         rushes_generate_options_declare_defaults (RushesGenerateOptions *self,
                                               RushesInvocation      *invocation);
/* What the defaults of @project say goes into @draft, and into @self where nothing was said. */
void         rushes_generate_options_take_defaults (RushesGenerateOptions *self,
                                               RushesProject         *project,
                                               RushesDraft           *draft,
                                               GFile                 *references_folder);
/* The model that was chosen, that of @recipe (NULL: none), or the default one of the default provider; NULL with a
 * BAD_REQUEST that lists what there is. What the recipe names and is not here gives way, with a note in @notes, an array
 * of RushesNote. Borrowed. */
RushesModel *rushes_generate_options_find_model (RushesGenerateOptions *self,
                                                 RushesInvocation      *invocation,
                                                 RushesRecipe          *recipe,
                                                 GPtrArray             *notes,
                                                 GError               **error);
/* Fills @draft, maybe after a recipe did, with everything but pictures; @prompt as it was typed, NULL for none; @model may
 * be NULL, and then it stays as it was. BAD_REQUEST for what cannot be understood. */
gboolean     rushes_generate_options_fill     (RushesGenerateOptions *self,
                                               RushesInvocation      *invocation,
                                               const char            *prompt,
                                               RushesModel           *model,
                                               RushesDraft           *draft,
                                               GError               **error);

G_END_DECLS
