/* rushes-model-check.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>

#include "rushes-draft-private.h"
#include "rushes-error.h"

static GError *
refuse (RushesErrorCode code, const char *field, char *sentence)
{
  g_autofree char *taken = sentence;
  GError *error = rushes_error_new (code, "%s", taken);

  rushes_error_set_field (error, field);
  return error;
}

static GError *
check_retired (RushesModel *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  if (self->retired == NULL || g_strcmp0 (today, self->retired) < 0)
    return NULL;
  /* Translators: model, and a date. */
  return refuse (
      RUSHES_ERROR_MODEL_RETIRED, "model",
      g_strdup_printf (_ ("%s is not offered any more since %s. Choose another model."), self->name, self->retired));
}

/* What is there, as bits of RushesWants. */
static RushesWants
look_what_is_there (const RushesBrief *brief, const char *prompt)
{
  return (brief->references[RUSHES_ROLE_FIRST_FRAME]->len > 0 ? RUSHES_WANTS_FIRST_FRAME : 0) |
         (brief->references[RUSHES_ROLE_LAST_FRAME]->len > 0 ? RUSHES_WANTS_LAST_FRAME : 0) |
         (brief->references[RUSHES_ROLE_REFERENCE]->len > 0 ? RUSHES_WANTS_REFERENCES : 0) |
         (*prompt != '\0' ? RUSHES_WANTS_PROMPT : 0);
}

static GError *
check_missing (RushesModel *self, const RushesBrief *brief)
{
  g_autofree char *prompt = rushes_brief_get_whole_prompt (brief);
  RushesWants there = look_what_is_there (brief, prompt);
  glong length = g_utf8_strlen (prompt, -1);

  if (self->first_frame == RUSHES_INPUT_REQUIRED && !(there & RUSHES_WANTS_FIRST_FRAME))
    return refuse (RUSHES_ERROR_BAD_REQUEST, "image", g_strdup_printf (_ ("%s needs a picture."), self->name));
  if (self->last_frame == RUSHES_INPUT_REQUIRED && !(there & RUSHES_WANTS_LAST_FRAME))
    return refuse (RUSHES_ERROR_BAD_REQUEST, "last_image", g_strdup_printf (_ ("%s needs a last frame."), self->name));
  if (self->prompt == RUSHES_INPUT_REQUIRED && !(there & RUSHES_WANTS_PROMPT))
    return refuse (RUSHES_ERROR_BAD_REQUEST, "prompt", g_strdup (_ ("Say what should happen.")));
  if (self->any_of != 0 && !(there & self->any_of))
    return self->any_of & RUSHES_WANTS_PROMPT
               ? refuse (RUSHES_ERROR_BAD_REQUEST, "prompt", g_strdup (_ ("Give a picture or say what should happen.")))
               : refuse (RUSHES_ERROR_BAD_REQUEST, "image", g_strdup_printf (_ ("%s needs a picture."), self->name));

  if (self->prompt_limit > 0 && length > self->prompt_limit)
    return refuse (RUSHES_ERROR_BAD_REQUEST, "prompt",
                   g_strdup_printf (_ ("The prompt has %ld characters; %s takes at most %d."), length, self->name,
                                    self->prompt_limit));
  return NULL;
}

GError *
rushes_model_check (RushesModel *self, RushesDraft *draft)
{
  GError *error;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  if ((error = check_retired (self)) != NULL || (error = check_missing (self, rushes_draft_peek (draft))) != NULL)
    return error;

  return rushes_model_find_misfit (self, rushes_draft_peek (draft));
}
