/* rushes-model-fit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "rushes-draft-private.h"
#include "rushes-error.h"

#define MAX_ROUNDS 4

/* Fitting and checking are one walk over the same rules: the walk changes a copy of the draft, and keeps for each
 * change the note that fitting tells, and for the first change the refusal that checking gives. */
typedef struct
{
  RushesModel *model; /* what its rules leave of it */
  gboolean narrowed;
  RushesBrief *brief;
  GPtrArray *notes; /* RushesNote */
  GError *refusal;
} Fitting;

void
rushes_note_free (RushesNote *self)
{
  g_free (self->field);
  g_free (self->asked);
  g_free (self->used);
  g_free (self->message);
  g_free (self);
}

/* Takes the two sentences: what became of the value, and what the model can do. */
static void
give_way (Fitting *fitting, const char *field, const char *asked, const char *used, char *message, char *rule)
{
  RushesNote *note = g_new0 (RushesNote, 1);
  g_autofree char *sentence = rule;

  note->field = g_strdup (field);
  note->asked = g_strdup (asked);
  note->used = g_strdup (used);
  note->message = message;
  g_ptr_array_add (fitting->notes, note);

  if (fitting->refusal == NULL)
    {
      fitting->refusal = rushes_error_new (RUSHES_ERROR_UNSUPPORTED, "%s", sentence);
      rushes_error_set_field (fitting->refusal, field);
    }
}

/* Something that the model does not take at all. Takes the sentence. */
static void
leave_out (Fitting *fitting, const char *field, const char *asked, char *rule)
{
  give_way (fitting, field, asked, NULL, g_strdup (rule), rule);
}

/* ---- lengths ---- */

static double
nearest_duration (RushesModel *model, double seconds)
{
  double nearest;

  if (model->can.duration_step > 0)
    {
      double steps =
          floor ((model->can.maximum_duration - model->can.minimum_duration) / model->can.duration_step + 1e-6);
      double step = round ((seconds - model->can.minimum_duration) / model->can.duration_step);

      return model->can.minimum_duration + CLAMP (step, 0, steps) * model->can.duration_step;
    }

  nearest = g_array_index (model->can.durations, double, 0);
  for (guint i = 1; i < model->can.durations->len; i++)
    {
      double duration = g_array_index (model->can.durations, double, i);

      if (fabs (duration - seconds) < fabs (nearest - seconds))
        nearest = duration;
    }
  return nearest;
}

/* What there is to choose from; when rules hold, for this take alone. */
static char *
describe_durations (Fitting *fitting)
{
  RushesModel *model = fitting->model;
  g_autoptr (GString) list = NULL;

  if (model->can.duration_step > 0)
    return g_strdup_printf (fitting->narrowed
                                /* Translators: model, shortest and longest length in seconds. */
                                ? _ ("With these settings %s makes clips of %g to %g s.")
                                /* Translators: model, shortest and longest length in seconds. */
                                : _ ("%s makes clips of %g to %g s."),
                            model->name, model->can.minimum_duration, model->can.maximum_duration);

  list = g_string_new (NULL);
  for (guint i = 0; i < model->can.durations->len; i++)
    g_string_append_printf (list, "%s%g", i > 0 ? ", " : "", g_array_index (model->can.durations, double, i));
  return g_strdup_printf (fitting->narrowed
                              /* Translators: model, and a list of lengths in seconds, "5, 10". */
                              ? _ ("With these settings %s makes clips of %s s.")
                              /* Translators: model, and a list of lengths in seconds, "5, 10". */
                              : _ ("%s makes clips of %s s."),
                          model->name, list->str);
}

static void
fit_duration (Fitting *fitting)
{
  RushesModel *model = fitting->model;
  double asked = fitting->brief->duration;
  double used = asked > 0 ? nearest_duration (model, asked) : model->can.default_duration;

  fitting->brief->duration = used;
  if (asked > 0 && fabs (used - asked) > 1e-6)
    {
      g_autofree char *asked_text = g_strdup_printf ("%g", asked);
      g_autofree char *used_text = g_strdup_printf ("%g", used);

      give_way (fitting, "duration", asked_text, used_text,
                /* Translators: model, a length in seconds, and another. */
                g_strdup_printf (_ ("%s cannot make %g s; the length is %g s now."), model->name, asked, used),
                describe_durations (fitting));
    }
}

/* ---- sizes and frame rates ---- */

static double
resolution_to_number (const char *resolution)
{
  int width, height;

  return rushes_resolution_to_size (resolution, NULL, &width, &height) ? MIN (width, height) : 0;
}

/* The word nearest to @asked by what @to_number says of each, in ratio; @fallback for a word it does not know. */
static const char *
nearest_word (char **words, const char *asked, const char *fallback, double (*to_number) (const char *word))
{
  double number = to_number (asked);
  double least = HUGE_VAL;
  const char *nearest = fallback;

  if (g_strv_contains ((const char *const *) words, asked))
    return asked;
  for (guint i = 0; number > 0 && words[i] != NULL; i++)
    {
      double distance = fabs (log (to_number (words[i]) / number));

      if (distance < least)
        {
          least = distance;
          nearest = words[i];
        }
    }
  return nearest;
}

static void
fit_resolution (Fitting *fitting)
{
  RushesModel *model = fitting->model;
  g_autofree char *asked = g_steal_pointer (&fitting->brief->resolution);
  g_autofree char *all = g_strjoinv (", ", model->can.resolutions);
  const char *used;

  if (model->can.resolutions[0] == NULL)
    {
      if (asked != NULL)
        leave_out (fitting, "resolution", asked, g_strdup_printf (_ ("%s has no choice of resolution."), model->name));
      return;
    }

  used = asked == NULL
             ? model->can.default_resolution
             : nearest_word (model->can.resolutions, asked, model->can.default_resolution, resolution_to_number);
  fitting->brief->resolution = g_strdup (used);
  if (asked != NULL && !g_str_equal (asked, used))
    give_way (fitting, "resolution", asked, used,
              /* Translators: model, a resolution such as 4k, and another. */
              g_strdup_printf (_ ("%s cannot make %s; the resolution is %s now."), model->name, asked, used),
              /* Translators: model, and a list of resolutions, "480p, 720p". */
              g_strdup_printf (fitting->narrowed ? _ ("With these settings %s makes the resolutions %s.")
                                                 : _ ("%s makes the resolutions %s."),
                               model->name, all));
}

static void
fit_aspect (Fitting *fitting)
{
  RushesModel *model = fitting->model;
  g_autofree char *asked = g_steal_pointer (&fitting->brief->aspect);
  g_autofree char *all = g_strjoinv (", ", model->can.aspects);
  const char *used;

  if (model->can.aspects[0] == NULL)
    {
      if (asked != NULL)
        leave_out (fitting, "aspect", asked, g_strdup_printf (_ ("%s has no choice of aspect ratio."), model->name));
      return;
    }

  used = asked == NULL ? model->can.default_aspect
                       : nearest_word (model->can.aspects, asked, model->can.default_aspect, rushes_aspect_to_ratio);
  fitting->brief->aspect = g_strdup (used);
  if (asked != NULL && !g_str_equal (asked, used))
    give_way (fitting, "aspect", asked, used,
              /* Translators: model, an aspect ratio such as 21:9, and another. */
              g_strdup_printf (_ ("%s cannot make %s; the aspect ratio is %s now."), model->name, asked, used),
              /* Translators: model, and a list of aspect ratios, "16:9, 9:16". */
              g_strdup_printf (fitting->narrowed ? _ ("With these settings %s makes the aspect ratios %s.")
                                                 : _ ("%s makes the aspect ratios %s."),
                               model->name, all));
}

static void
fit_frame_rate (Fitting *fitting)
{
  RushesModel *model = fitting->model;
  int asked = fitting->brief->frame_rate;
  int used = model->can.default_frame_rate;
  g_autofree char *asked_text = g_strdup_printf ("%d", asked);
  g_autofree char *used_text = NULL;
  g_autoptr (GString) all = g_string_new (NULL);

  fitting->brief->frame_rate = used;
  if (asked == 0 || used == asked)
    return;

  if (model->can.frame_rates->len == 0)
    {
      leave_out (fitting, "frame_rate", asked_text,
                 g_strdup_printf (_ ("%s has no choice of frame rate."), model->name));
      return;
    }

  for (guint i = 0; i < model->can.frame_rates->len; i++)
    {
      int rate = g_array_index (model->can.frame_rates, int, i);

      if (abs (rate - asked) < abs (used - asked))
        used = rate;
      g_string_append_printf (all, "%s%d", i > 0 ? ", " : "", rate);
    }
  fitting->brief->frame_rate = used;
  if (used == asked)
    return;

  used_text = g_strdup_printf ("%d", used);
  give_way (fitting, "frame_rate", asked_text, used_text,
            /* Translators: model, a number of frames, and another. */
            g_strdup_printf (_ ("%s cannot make %d frames a second; it is %d now."), model->name, asked, used),
            /* Translators: model, and a list of numbers, "24, 30, 60". */
            g_strdup_printf (fitting->narrowed ? _ ("With these settings %s makes %s frames a second.")
                                               : _ ("%s makes %s frames a second."),
                             model->name, all->str));
}

static void
fit_count (Fitting *fitting)
{
  int asked = fitting->brief->count;
  int used = MIN (asked, fitting->model->max_count);
  g_autofree char *asked_text = g_strdup_printf ("%d", asked);
  g_autofree char *used_text = g_strdup_printf ("%d", used);
  char *rule;

  fitting->brief->count = used;
  if (used == asked)
    return;

  rule = g_strdup_printf (ngettext ("%s makes at most %d take at once.", "%s makes at most %d takes at once.", used),
                          fitting->model->name, used);
  give_way (fitting, "count", asked_text, used_text, g_strdup (rule), rule);
}

/* ---- what it is given ---- */

static void
fit_pictures (Fitting *fitting)
{
  RushesModel *model = fitting->model;
  GPtrArray *first = fitting->brief->references[RUSHES_ROLE_FIRST_FRAME];
  GPtrArray *last = fitting->brief->references[RUSHES_ROLE_LAST_FRAME];
  GPtrArray *references = fitting->brief->references[RUSHES_ROLE_REFERENCE];

  if (first->len > 0 && model->can.first_frame == RUSHES_INPUT_NONE)
    {
      leave_out (fitting, "image", rushes_reference_get_name (first->pdata[0]),
                 g_strdup_printf (_ ("%s takes no picture to begin with."), model->name));
      g_ptr_array_set_size (first, 0);
    }
  if (last->len > 0 && model->can.last_frame == RUSHES_INPUT_NONE)
    {
      leave_out (fitting, "last_image", rushes_reference_get_name (last->pdata[0]),
                 g_strdup_printf (_ ("%s takes no last frame."), model->name));
      g_ptr_array_set_size (last, 0);
    }
  if (references->len > 0 && model->can.max_references == 0)
    {
      leave_out (fitting, "reference", rushes_reference_get_name (references->pdata[0]),
                 g_strdup_printf (_ ("%s takes no reference pictures."), model->name));
      g_ptr_array_set_size (references, 0);
    }
  while (references->len > (guint) model->can.max_references)
    {
      leave_out (fitting, "reference", rushes_reference_get_name (references->pdata[references->len - 1]),
                 g_strdup_printf (ngettext ("%s takes at most %d reference picture.",
                                            "%s takes at most %d reference pictures.", model->can.max_references),
                                  model->name, model->can.max_references));
      g_ptr_array_set_size (references, references->len - 1);
    }
}

static void
fit_rest (Fitting *fitting)
{
  RushesModel *model = fitting->model;
  RushesBrief *brief = fitting->brief;

  if (*brief->negative_prompt != '\0' && !model->can.has_negative)
    {
      leave_out (fitting, "negative_prompt", brief->negative_prompt,
                 g_strdup_printf (_ ("%s takes no negative prompt."), model->name));
      g_set_str (&brief->negative_prompt, "");
    }
  if (brief->seed >= 0 && !model->can.has_seed)
    {
      g_autofree char *asked = g_strdup_printf ("%" G_GINT64_FORMAT, brief->seed);

      leave_out (fitting, "seed", asked, g_strdup_printf (_ ("%s takes no seed."), model->name));
      brief->seed = -1;
    }
  if (brief->audio && !model->can.has_audio)
    {
      leave_out (fitting, "audio", "true", g_strdup_printf (_ ("%s makes no sound."), model->name));
      brief->audio = FALSE;
    }
  if (brief->watermark && !model->has_watermark)
    {
      leave_out (fitting, "watermark", "true", g_strdup_printf (_ ("%s adds no watermark."), model->name));
      brief->watermark = FALSE;
    }
}

static void
fit_parameters (Fitting *fitting)
{
  g_autofree const char **names = NULL;
  guint n_names;

  names = rushes_brief_list_parameters (fitting->brief, &n_names);
  for (guint i = 0; i < n_names; i++)
    {
      const RushesParameter *parameter = rushes_model_find_parameter (fitting->model, names[i]);
      const char *value = g_hash_table_lookup (fitting->brief->parameters, names[i]);
      char *rule;

      if (parameter == NULL)
        {
          leave_out (fitting, names[i], value,
                     /* Translators: model, and the name of a setting. */
                     g_strdup_printf (_ ("%s has no setting “%s”."), fitting->model->name, names[i]));
          g_hash_table_remove (fitting->brief->parameters, names[i]);
        }
      else if (!rushes_parameter_accepts (parameter, value))
        {
          /* Translators: model, a value, and the name of a setting. */
          rule = g_strdup_printf (_ ("%s knows no value “%s” of “%s”."), fitting->model->name, value, names[i]);
          give_way (fitting, names[i], value, parameter->fallback, g_strdup (rule), rule);
          g_hash_table_replace (fitting->brief->parameters, g_strdup (names[i]), g_strdup (parameter->fallback));
        }
    }
}

/* Makes @brief anew what @fitting->model can do. */
static void
fit_to_model (Fitting *fitting, const RushesBrief *brief)
{
  g_clear_pointer (&fitting->brief, rushes_brief_free);
  g_clear_error (&fitting->refusal);
  g_ptr_array_set_size (fitting->notes, 0);
  fitting->brief = rushes_brief_copy (brief);

  fit_pictures (fitting);
  fit_duration (fitting);
  fit_resolution (fitting);
  fit_aspect (fitting);
  fit_frame_rate (fitting);
  fit_count (fitting);
  fit_rest (fitting);
  fit_parameters (fitting);
}

static void
fitting_clear (Fitting *fitting)
{
  g_clear_pointer (&fitting->brief, rushes_brief_free);
  g_clear_pointer (&fitting->notes, g_ptr_array_unref);
  g_clear_error (&fitting->refusal);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fitting, fitting_clear)

/* Which rules of a model hold may change by what they change. So the brief is fitted to the rules that hold for what
 * was asked, and where others hold for what came out, to those, each time from what was asked, so that the notes tell
 * of one change and not of a path. A description whose rules chase each other is left where it is after some rounds. */
static void
fit (Fitting *fitting, RushesModel *model, const RushesBrief *brief)
{
  RushesModel *narrowed;

  fitting->model = model;
  fitting->notes = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_note_free);

  /* Pictures that the model never takes do not count. */
  fitting->brief = rushes_brief_copy (brief);
  fit_pictures (fitting);
  narrowed = rushes_model_narrow_once (model, fitting->brief);

  for (guint round = 0; round < MAX_ROUNDS && (round == 0 || fitting->model != narrowed); round++)
    {
      fitting->model = narrowed;
      fitting->narrowed = narrowed != model;
      fit_to_model (fitting, brief);
      narrowed = rushes_model_narrow_once (model, fitting->brief);
    }
}

RushesModel *
rushes_model_narrow (RushesModel *self, RushesDraft *draft)
{
  g_auto (Fitting) fitting = { 0 };

  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  if (self->rules->len > 0)
    fit (&fitting, self, rushes_draft_peek (draft));
  return g_object_ref (fitting.model != NULL ? fitting.model : self);
}

GPtrArray *
rushes_model_fit (RushesModel *self, RushesDraft *draft)
{
  g_auto (Fitting) fitting = { 0 };

  g_return_val_if_fail (RUSHES_IS_MODEL (self), NULL);
  g_return_val_if_fail (RUSHES_IS_DRAFT (draft), NULL);

  fit (&fitting, self, rushes_draft_peek (draft));
  rushes_draft_adopt (draft, fitting.brief);
  return g_steal_pointer (&fitting.notes);
}

RushesModel *
rushes_model_complete (RushesModel *self, RushesBrief *brief)
{
  g_auto (Fitting) fitting = { 0 };
  RushesBrief old;

  fit (&fitting, self, brief);
  rushes_model_set_parameters (self, fitting.brief);
  if (self->prompt == RUSHES_INPUT_NONE)
    {
      g_set_str (&fitting.brief->prompt, "");
      g_clear_pointer (&fitting.brief->preset_id, g_free);
      g_clear_pointer (&fitting.brief->preset_text, g_free);
    }

  old = *brief;
  *brief = *fitting.brief;
  *fitting.brief = old;
  return fitting.model;
}

RushesModel *
rushes_model_find_misfit (RushesModel *self, const RushesBrief *brief, GError **refusal)
{
  g_auto (Fitting) fitting = { 0 };

  fit (&fitting, self, brief);
  *refusal = g_steal_pointer (&fitting.refusal);
  return fitting.model;
}
