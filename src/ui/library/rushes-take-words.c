/* rushes-take-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-take-words.h"

#include <glib/gi18n.h>
#include <math.h>

RushesRemedy
rushes_take_words_remedy (RushesTake *take)
{
  const GError *error = rushes_take_get_error (take);

  switch (rushes_take_get_state (take))
    {
    case RUSHES_TAKE_STATE_CANCELLED:
      return RUSHES_REMEDY_RETRY;

    case RUSHES_TAKE_STATE_FAILED:
      if (g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_REJECTED) ||
          g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST) ||
          g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED) ||
          g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_MODEL_RETIRED))
        return RUSHES_REMEDY_EDIT;
      return RUSHES_REMEDY_RETRY;

    case RUSHES_TAKE_STATE_EXPIRED:
    case RUSHES_TAKE_STATE_UNCONFIRMED:
      return RUSHES_REMEDY_CHECK;

    case RUSHES_TAKE_STATE_LEFT:
      return RUSHES_REMEDY_PICK_UP;

    case RUSHES_TAKE_STATE_QUEUED:
    case RUSHES_TAKE_STATE_PREPARING:
    case RUSHES_TAKE_STATE_SUBMITTING:
    case RUSHES_TAKE_STATE_RUNNING:
    case RUSHES_TAKE_STATE_DOWNLOADING:
      return RUSHES_REMEDY_NONE;

    case RUSHES_TAKE_STATE_READY:
    default:
      return rushes_take_words_is_pruned (take) ? RUSHES_REMEDY_EDIT : RUSHES_REMEDY_NONE;
    }
}

gboolean
rushes_take_words_is_pruned (RushesTake *take)
{
  return rushes_take_get_loaded (take) && rushes_take_get_state (take) == RUSHES_TAKE_STATE_READY &&
         rushes_take_get_clip (take) == NULL;
}

const char *
rushes_take_words_remedy_label (RushesRemedy remedy)
{
  switch (remedy)
    {
    case RUSHES_REMEDY_RETRY:
      return _ ("Retry");
    case RUSHES_REMEDY_EDIT:
      /* Translators: a button on a take that was refused: brings its words and pictures back, to be changed. */
      return _ ("Edit…");
    case RUSHES_REMEDY_CHECK:
      /* Translators: a button: asks the provider once more what became of a take. */
      return _ ("Check Again");
    case RUSHES_REMEDY_PICK_UP:
      /* Translators: a button: waits again for a take that its provider still works on. */
      return _ ("Pick Up Again");
    case RUSHES_REMEDY_NONE:
    default:
      return NULL;
    }
}

static RushesProvider *
provider_of (RushesTake *take, RushesRegistry *registry)
{
  RushesRequest *request = rushes_take_get_request (take);

  return request != NULL ? rushes_registry_find (registry, rushes_request_get_provider_id (request)) : NULL;
}

gboolean
rushes_take_words_can_check (RushesTake *take, RushesRegistry *registry)
{
  RushesProvider *provider = provider_of (take, registry);

  return rushes_take_get_askable (take) && !rushes_take_state_is_active (rushes_take_get_state (take)) &&
         (provider == NULL || !rushes_provider_get_is_local (provider));
}

static const char *
provider_name (RushesTake *take, RushesRegistry *registry)
{
  RushesProvider *provider = provider_of (take, registry);

  return provider != NULL ? rushes_provider_get_name (provider)
                          : rushes_request_get_provider_id (rushes_take_get_request (take));
}

char *
rushes_take_words_model (RushesTake *take, RushesRegistry *registry)
{
  RushesRequest *request = rushes_take_get_request (take);
  RushesProvider *provider = provider_of (take, registry);
  RushesModel *model = NULL;

  if (request == NULL)
    return g_strdup ("");
  if (provider != NULL)
    model = rushes_provider_find_model (provider, rushes_request_get_model_id (request));

  return g_strdup (model != NULL ? rushes_model_get_name (model) : rushes_request_get_model_id (request));
}

char *
rushes_take_words_when (RushesTake *take, gint64 now)
{
  g_autoptr (GDateTime) created = NULL;
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GDateTime) created_here = NULL;
  g_autoptr (GDateTime) today_here = NULL;
  GDate created_day;
  GDate today_day;
  int days;

  if (rushes_take_state_is_active (rushes_take_get_state (take)))
    /* Translators: under a take that is being made. */
    return g_strdup (C_ ("time", "now"));

  created = g_date_time_new_from_unix_utc_usec (rushes_take_get_created (take));
  today = g_date_time_new_from_unix_utc_usec (now);
  if (created == NULL || today == NULL)
    return g_strdup ("");
  created_here = g_date_time_to_local (created);
  today_here = g_date_time_to_local (today);

  g_date_clear (&created_day, 1);
  g_date_clear (&today_day, 1);
  g_date_set_dmy (&created_day, g_date_time_get_day_of_month (created_here), g_date_time_get_month (created_here),
                  g_date_time_get_year (created_here));
  g_date_set_dmy (&today_day, g_date_time_get_day_of_month (today_here), g_date_time_get_month (today_here),
                  g_date_time_get_year (today_here));
  days = g_date_days_between (&created_day, &today_day);

  if (days == 0)
    /* Translators: the time of day of a take that was made today. */
    return g_date_time_format (created_here, C_ ("time of today", "%R"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (g_date_time_get_year (created_here) == g_date_time_get_year (today_here))
    /* Translators: the day of a take that was made earlier this year.
       xgettext:no-c-format */
    return g_date_time_format (created_here, C_ ("day of this year", "%-e %b"));

  /* Translators: the month of a take that was made in an earlier year.
     xgettext:no-c-format */
  return g_date_time_format (created_here, C_ ("month of an earlier year", "%b %Y"));
}

char *
rushes_take_words_stage (RushesTake *take)
{
  const char *message = rushes_take_get_message (take);

  if (rushes_take_get_cancelling (take))
    return g_strdup (_ ("Cancelling…"));
  if (message != NULL && *message != '\0')
    return g_strdup (message);

  switch (rushes_take_get_state (take))
    {
    case RUSHES_TAKE_STATE_QUEUED:
      return g_strdup (_ ("In line"));
    case RUSHES_TAKE_STATE_PREPARING:
      return g_strdup (_ ("Preparing"));
    case RUSHES_TAKE_STATE_SUBMITTING:
      return g_strdup (_ ("Sending"));
    case RUSHES_TAKE_STATE_RUNNING:
      return g_strdup (_ ("Rendering"));
    case RUSHES_TAKE_STATE_DOWNLOADING:
      return g_strdup (_ ("Saving"));
    case RUSHES_TAKE_STATE_READY:
    case RUSHES_TAKE_STATE_FAILED:
    case RUSHES_TAKE_STATE_CANCELLED:
    case RUSHES_TAKE_STATE_EXPIRED:
    case RUSHES_TAKE_STATE_UNCONFIRMED:
    case RUSHES_TAKE_STATE_LEFT:
    default:
      return g_strdup ("");
    }
}

static char *
clock_words (double seconds)
{
  int whole = (int) MAX (seconds, 0);

  if (whole >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);

  return g_strdup_printf ("%d:%02d", whole / 60, whole % 60);
}

char *
rushes_take_words_elapsed (RushesTake *take, double typical, gint64 now)
{
  /* A clock that was set back makes nothing last less than no time. */
  double seconds = MAX (now - rushes_take_get_state_since (take), 0) / (double) G_USEC_PER_SEC;
  double progress = rushes_take_get_progress (take);
  g_autofree char *clock = clock_words (seconds);
  g_autofree char *rest = NULL;
  double left;

  if (rushes_take_get_state (take) != RUSHES_TAKE_STATE_RUNNING || rushes_take_get_cancelling (take))
    return NULL;

  /* What it took so far says more than earlier takes do, once there is enough of it. */
  if (progress >= 0.02 && seconds >= 1)
    left = seconds * (1 - progress) / progress;
  else if (typical > 0 && progress >= 0)
    left = typical - seconds;
  else if (typical > seconds)
    {
      int minutes = (int) lround (typical / 60);

      if (minutes < 1)
        /* Translators: a take without known progress: the time so far, and what earlier takes took. */
        return g_strdup_printf (_ ("%s, usually less than a minute"), clock);
      /* Translators: a take without known progress: the time so far, and what earlier takes took. */
      return g_strdup_printf (ngettext ("%s, usually about %d min", "%s, usually about %d min", minutes), clock,
                              minutes);
    }
  else if (typical > 0)
    return g_strdup_printf (_ ("%s, longer than usual"), clock);
  else
    return g_steal_pointer (&clock);

  if (left < 8)
    /* Translators: the time so far. */
    return g_strdup_printf (_ ("%s, a few seconds left"), clock);

  /* To the second it would only flicker. */
  rest = clock_words (ceil (left / 5) * 5);

  /* Translators: the time so far, and the time that is left. */
  return g_strdup_printf (_ ("%s, about %s left"), clock, rest);
}

char *
rushes_take_words_trouble (RushesTake *take, RushesRegistry *registry)
{
  const GError *error = rushes_take_get_error (take);

  switch (rushes_take_get_state (take))
    {
    case RUSHES_TAKE_STATE_FAILED:
      if (g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_REJECTED))
        /* Translators: %s is a provider: its rules do not allow this content. */
        return g_strdup_printf (_ ("Declined by %s"), provider_name (take, registry));
      if (g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED))
        return g_strdup (C_ ("take", "Given Up"));
      return g_strdup (C_ ("take", "Failed"));
    case RUSHES_TAKE_STATE_CANCELLED:
      return g_strdup (C_ ("take", "Cancelled"));
    case RUSHES_TAKE_STATE_EXPIRED:
      /* Translators: a take whose clip the provider does not have any more. */
      return g_strdup (C_ ("take", "Expired"));
    case RUSHES_TAKE_STATE_UNCONFIRMED:
      /* Translators: a take that was sent, with no answer whether it is being made. */
      return g_strdup (C_ ("take", "Not Confirmed"));
    case RUSHES_TAKE_STATE_LEFT:
      /* Translators: %s is a provider that works on a take nobody waits for. */
      return g_strdup_printf (_ ("Still Running at %s"), provider_name (take, registry));
    case RUSHES_TAKE_STATE_QUEUED:
    case RUSHES_TAKE_STATE_PREPARING:
    case RUSHES_TAKE_STATE_SUBMITTING:
    case RUSHES_TAKE_STATE_RUNNING:
    case RUSHES_TAKE_STATE_DOWNLOADING:
      return NULL;
    case RUSHES_TAKE_STATE_READY:
    default:
      /* Translators: a take whose clip is not in the library any more. */
      return rushes_take_words_is_pruned (take) ? g_strdup (_ ("Clip Not Kept")) : NULL;
    }
}

static char *
sentence_for (RushesTake *take, RushesRegistry *registry)
{
  const GError *error = rushes_take_get_error (take);

  if (error != NULL && (!g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_CANCELLED) ||
                        rushes_take_get_state (take) == RUSHES_TAKE_STATE_FAILED))
    return g_strdup (error->message);

  switch (rushes_take_get_state (take))
    {
    case RUSHES_TAKE_STATE_CANCELLED:
      return g_strdup (_ ("You stopped it."));
    case RUSHES_TAKE_STATE_EXPIRED:
      return g_strdup_printf (_ ("%s does not have this clip any more."), provider_name (take, registry));
    case RUSHES_TAKE_STATE_UNCONFIRMED:
      return g_strdup_printf (_ ("%s did not answer."), provider_name (take, registry));
    case RUSHES_TAKE_STATE_LEFT:
      if (rushes_take_get_elsewhere (take))
        return g_strdup (_ ("It came with a backup; the computer that it comes from may still wait for it."));
      return g_strdup (_ ("Nobody waits for it; the clip can still be picked up."));
    case RUSHES_TAKE_STATE_FAILED:
    case RUSHES_TAKE_STATE_QUEUED:
    case RUSHES_TAKE_STATE_PREPARING:
    case RUSHES_TAKE_STATE_SUBMITTING:
    case RUSHES_TAKE_STATE_RUNNING:
    case RUSHES_TAKE_STATE_DOWNLOADING:
    case RUSHES_TAKE_STATE_READY:
    default:
      return g_strdup (_ ("Nothing is known about why."));
    }
}

char *
rushes_take_words_reason (RushesTake *take, RushesRegistry *registry)
{
  RushesTakeState state = rushes_take_get_state (take);
  RushesProvider *provider = provider_of (take, registry);
  /* A clip that was made and is gone was paid for. */
  RushesCharged charged = state == RUSHES_TAKE_STATE_EXPIRED ? RUSHES_CHARGED_YES : RUSHES_CHARGED_MAYBE;
  g_autofree char *sentence = NULL;

  if (rushes_take_words_is_pruned (take))
    return g_strdup (rushes_take_get_saved_to (take) != NULL
                         ? _ ("It was removed from the library to make room, after it had been saved elsewhere.")
                         : _ ("It is not in the library any more. Its recipe makes another one."));
  if (state == RUSHES_TAKE_STATE_READY || rushes_take_state_is_active (state))
    return NULL;

  sentence = sentence_for (take, registry);
  /* That it may have been charged is said once. */
  if (rushes_take_get_error (take) != NULL && rushes_error_get_warns (rushes_take_get_error (take)) &&
      rushes_error_get_charged (rushes_take_get_error (take)) == RUSHES_CHARGED_MAYBE)
    return g_steal_pointer (&sentence);
  if (state == RUSHES_TAKE_STATE_UNCONFIRMED)
    /* Translators: of a take that was sent; %s is a whole sentence on what is known of it. */
    return g_strdup_printf (_ ("This may have been accepted and charged. %s"), sentence);
  if (!rushes_take_state_is_end (state) || (provider != NULL && rushes_provider_get_is_local (provider)))
    return g_steal_pointer (&sentence);

  if (rushes_take_get_error (take) != NULL)
    charged = rushes_error_get_charged (rushes_take_get_error (take));

  switch (charged)
    {
    case RUSHES_CHARGED_NO:
      /* Translators: %s is a whole sentence on why a take failed. */
      return g_strdup_printf (_ ("%s Nothing was charged."), sentence);
    case RUSHES_CHARGED_YES:
      /* Translators: %s is a whole sentence on why a take failed. */
      return g_strdup_printf (_ ("%s It was charged."), sentence);
    case RUSHES_CHARGED_MAYBE:
    default:
      /* Translators: %s is a whole sentence on why a take failed. */
      return g_strdup_printf (_ ("%s It may have been charged."), sentence);
    }
}

char *
rushes_take_words_length (double seconds)
{
  if (seconds >= 59.5)
    return clock_words (round (seconds));
  /* Clips are a frame longer or shorter than they were asked to be. */
  if (fabs (seconds - round (seconds)) < 0.15)
    /* Translators: the length of a clip in seconds. */
    return g_strdup_printf (_ ("%.0f s"), round (seconds));

  /* Translators: the length of a clip in seconds. */
  return g_strdup_printf (_ ("%.1f s"), seconds);
}
