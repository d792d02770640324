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
  if (!rushes_model_get_is_retired (self))
    return NULL;
  /* Translators: model, and a date. */
  return refuse (
      RUSHES_ERROR_MODEL_RETIRED, "model",
      g_strdup_printf (_ ("%s is not offered any more since %s. Choose another model."), self->name, self->retired));
}

static GError *
check_region (RushesModel *self)
{
  g_autofree char *region = NULL;

  if (!self->is_elsewhere)
    return NULL;
  region = rushes_translate_text (self->region);
  return refuse (RUSHES_ERROR_UNSUPPORTED, "model",
                 /* Translators: a model, and the name of an address of the service, such as Singapore. */
                 g_strdup_printf (_ ("%s is not offered at the address “%s”. Choose another one in Preferences, or "
                                     "another model."),
                                  self->name, region));
}

/* ---- a clip that is made longer ---- */

/* A clip of 15 seconds may well have some frames more. */
#define TOLERANCE 0.5

static GError *
check_seconds (RushesModel *self, double seconds)
{
  const RushesStretch *stretch = &self->stretch;

  if (seconds < stretch->minimum - TOLERANCE)
    /* Translators: a model and two numbers of seconds. */
    return refuse (RUSHES_ERROR_UNSUPPORTED, "extend",
                   g_strdup_printf (_ ("%s extends clips of at least %g s, and this one has %.3g s."), self->name,
                                    stretch->minimum, seconds));
  if (stretch->maximum > 0 && seconds > stretch->maximum + TOLERANCE)
    /* Translators: a model and two numbers of seconds. */
    return refuse (RUSHES_ERROR_UNSUPPORTED, "extend",
                   g_strdup_printf (_ ("%s extends clips of at most %g s, and this one has %.3g s. Continue from its "
                                       "last frame instead."),
                                    self->name, stretch->maximum, seconds));
  return NULL;
}

GError *
rushes_model_check_extension (RushesModel *self, const RushesExtension *extension)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (extension != NULL, NULL);

  if (self->stretch.kind == RUSHES_STRETCH_NONE)
    /* Translators: %s is a model. */
    return refuse (RUSHES_ERROR_UNSUPPORTED, "extend",
                   g_strdup_printf (_ ("%s cannot extend a clip. Continue from its last frame instead."), self->name));
  if (extension->expires > 0 && extension->expires <= g_get_real_time ())
    /* Translators: %s is a model. */
    return refuse (RUSHES_ERROR_NOT_FOUND, "extend",
                   g_strdup_printf (_ ("The service does not keep this clip any more, so %s cannot extend it. Continue "
                                       "from its last frame instead."),
                                    self->name));
  return check_seconds (self, extension->seconds);
}

/* What the person adds to it. */
static GError *
check_extending (RushesModel *self, const RushesBrief *brief)
{
  GError *error;

  if (brief->extension == NULL)
    return NULL;
  if ((error = rushes_model_check_extension (self, brief->extension)) != NULL)
    return error;
  if (rushes_mode_of (brief) != RUSHES_MODE_TEXT)
    return refuse (RUSHES_ERROR_UNSUPPORTED, "image",
                   g_strdup (_ ("A clip is extended by words alone. Take the pictures away.")));
  if (self->stretch.total > 0 && brief->extension->seconds + brief->duration > self->stretch.total + TOLERANCE)
    /* Translators: a model and a number of seconds. */
    return refuse (RUSHES_ERROR_UNSUPPORTED, "duration",
                   g_strdup_printf (_ ("%s extends a clip to %g s at most. Add less, or continue from its last frame "
                                       "instead."),
                                    self->name, self->stretch.total));
  return NULL;
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

/* What is sent counts, which may be longer than what was typed. */
static GError *
check_length (RushesModel *self, const RushesBrief *brief)
{
  g_autofree char *prompt = rushes_model_write_prompt (self, brief);
  glong length = rushes_model_measure (self, prompt);
  char *sentence;

  if (self->prompt_limit == 0 || length <= self->prompt_limit)
    return NULL;

  switch (self->prompt_unit)
    {
    case RUSHES_UNIT_UTF16:
      /* Translators: two numbers around a model. Rare characters, such as emoji, count twice there. */
      sentence = g_strdup_printf (_ ("The prompt counts as %ld characters at %s, which takes at most %d."), length,
                                  self->name, self->prompt_limit);
      break;
    case RUSHES_UNIT_BYTES:
      sentence = g_strdup_printf (_ ("The prompt has %ld bytes; %s takes at most %d."), length, self->name,
                                  self->prompt_limit);
      break;
    case RUSHES_UNIT_CHARACTERS:
    default:
      sentence = g_strdup_printf (_ ("The prompt has %ld characters; %s takes at most %d."), length, self->name,
                                  self->prompt_limit);
      break;
    }
  return refuse (RUSHES_ERROR_BAD_REQUEST, "prompt", sentence);
}

static GError *
check_missing (RushesModel *self, const RushesBrief *brief)
{
  g_autofree char *prompt = rushes_brief_get_whole_prompt (brief);
  RushesWants there = look_what_is_there (brief, prompt);

  if (self->can.first_frame == RUSHES_INPUT_REQUIRED && !(there & RUSHES_WANTS_FIRST_FRAME))
    return refuse (RUSHES_ERROR_BAD_REQUEST, "image", g_strdup_printf (_ ("%s needs a picture."), self->name));
  if (self->can.last_frame == RUSHES_INPUT_REQUIRED && !(there & RUSHES_WANTS_LAST_FRAME))
    return refuse (RUSHES_ERROR_BAD_REQUEST, "last_image", g_strdup_printf (_ ("%s needs a last frame."), self->name));
  if (self->prompt == RUSHES_INPUT_REQUIRED && !(there & RUSHES_WANTS_PROMPT))
    return refuse (RUSHES_ERROR_BAD_REQUEST, "prompt", g_strdup (_ ("Say what should happen.")));
  /* What it goes on from is there. */
  if (self->any_of != 0 && !(there & self->any_of) && brief->extension == NULL)
    return self->any_of & RUSHES_WANTS_PROMPT
               ? refuse (RUSHES_ERROR_BAD_REQUEST, "prompt", g_strdup (_ ("Give a picture or say what should happen.")))
               : refuse (RUSHES_ERROR_BAD_REQUEST, "image", g_strdup_printf (_ ("%s needs a picture."), self->name));

  return NULL;
}

GError *
rushes_model_check (RushesModel *self, RushesDraft *draft)
{
  g_autoptr (GError) misfit = NULL;
  const RushesBrief *brief;
  RushesModel *narrowed;
  GError *error;

  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  brief = rushes_draft_peek (draft);
  narrowed = rushes_model_find_misfit (self, brief, &misfit);
  if ((error = check_retired (self)) != NULL || (error = check_region (self)) != NULL ||
      (error = check_extending (narrowed, brief)) != NULL || (error = check_missing (narrowed, brief)) != NULL ||
      (error = rushes_model_check_names (narrowed, brief)) != NULL || (error = check_length (narrowed, brief)) != NULL)
    return error;
  return g_steal_pointer (&misfit);
}
