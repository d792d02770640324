/* rushes-prompt.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "rushes-draft.h"
#include "rushes-library.h"
#include "rushes-presets.h"
#include "rushes-thumbnailer.h"

G_BEGIN_DECLS

/**
 * RushesPrompt:
 *
 * The words of a draft: one field of two paragraphs, the chosen preset's text in front and what the person types under it. Grows with its text up to
 * a height, undoes, counts when the model's limit is near, and walks through earlier prompts. "/name " at its start picks a preset; "@" offers the
 * pictures that the model knows by name.
 *
 * Signals: ::pictures-pasted (GdkClipboard) when a paste holds pictures and no text.
 */
#define RUSHES_TYPE_PROMPT (rushes_prompt_get_type ())
G_DECLARE_FINAL_TYPE (RushesPrompt, rushes_prompt, RUSHES, PROMPT, AdwBin)

void       rushes_prompt_set_library (RushesPrompt  *self,
                                      RushesLibrary *library,
                                      RushesPresets *presets);
void       rushes_prompt_set_draft   (RushesPrompt  *self,
                                      RushesDraft   *draft);
/* Of the pictures that are offered. */
void       rushes_prompt_set_thumbnailer (RushesPrompt      *self,
                                          RushesThumbnailer *thumbnailer);
/* Whose limit is counted against, in whose unit, and whose names pictures have. */
void       rushes_prompt_set_model   (RushesPrompt  *self,
                                      RushesModel   *model);
/* Puts an earlier prompt (-1) or a later one (1) in place of what is there; undo brings it back. */
void       rushes_prompt_walk        (RushesPrompt  *self,
                                      int            step);
/* Puts words in place of those that are there for good: what undo would bring back is not true any more. */
void       rushes_prompt_rewrite     (RushesPrompt  *self,
                                      const char    *text);
/* Forgets the earlier prompts that were looked up, since a new one was made. */
void       rushes_prompt_renew       (RushesPrompt  *self);

G_END_DECLS
