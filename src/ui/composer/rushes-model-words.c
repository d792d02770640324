/* rushes-model-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-model-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* So many lengths from second to second are told by the first and the last. */
#define MANY_LENGTHS 4

static char *
write_range (double from, double to)
{
  if (from == to)
    /* Translators: a length in seconds, as short as can be */
    return g_strdup_printf (_ ("%g s"), from);
  /* Translators: the shortest and the longest length in seconds: “4–15 s” */
  return g_strdup_printf (_ ("%g–%g s"), from, to);
}

static gboolean
has_all_seconds (const double *lengths, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (fabs (lengths[i] - lengths[i - 1] - 1) > 1e-6)
      return FALSE;
  return TRUE;
}

char *
rushes_model_words_lengths (RushesModel *model)
{
  g_autoptr (GString) list = NULL;
  const double *lengths;
  double minimum, maximum, step;
  gsize n;

  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);

  if (rushes_model_get_duration_range (model, &minimum, &maximum, &step))
    return write_range (minimum, maximum);
  lengths = rushes_model_get_durations (model, &n);
  if (n == 0)
    return g_strdup ("");
  if (n == 1 || (n >= MANY_LENGTHS && has_all_seconds (lengths, n)))
    return write_range (lengths[0], lengths[n - 1]);
  list = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    /* Translators: stands between things in a list: “5, 10”, “480p, 720p” */
    g_string_append_printf (list, "%s%g", i > 0 ? _ (", ") : "", lengths[i]);
  /* Translators: %s is a list of lengths in seconds: “5, 10” */
  return g_strdup_printf (_ ("%s s"), list->str);
}

char *
rushes_model_words_sizes (RushesModel *model)
{
  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);

  return g_strjoinv (_ (", "), (char **) rushes_model_get_resolutions (model));
}

/* A day ("2026-10-01") in few words; as it is when it is none. */
static char *
write_day (const char *day, GDateTime *now)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *midnight = g_strconcat (day, "T00:00:00", NULL);
  g_autoptr (GDateTime) date = g_date_time_new_from_iso8601 (midnight, zone);

  if (date == NULL)
    return g_strdup (day);
  if (now != NULL && g_date_time_get_year (date) == g_date_time_get_year (now))
    return g_date_time_format (date, C_ ("day of this year", "%-e %b"));
  return g_date_time_format (date, C_ ("day of another year", "%-e %b %Y"));
}

char *
rushes_model_words_retirement (RushesModel *model, GDateTime *now)
{
  g_autofree char *day = NULL;

  g_return_val_if_fail (RUSHES_IS_MODEL (model), NULL);
  g_return_val_if_fail (now != NULL, NULL);

  if (rushes_model_get_retired (model) == NULL)
    return NULL;
  day = write_day (rushes_model_get_retired (model), now);
  if (rushes_model_get_is_retired (model))
    /* Translators: %s is the date since when a service no longer offers a model */
    return g_strdup_printf (_ ("retired since %s"), day);
  /* Translators: %s is the date from which a service no longer offers a model */
  return g_strdup_printf (_ ("until %s"), day);
}

char *
rushes_model_words_price (const RushesPrice *price, gboolean narrow)
{
  g_return_val_if_fail (price != NULL, NULL);

  if (!narrow)
    return rushes_price_to_display (price);
  if (price->kind == RUSHES_PRICE_UNKNOWN)
    return g_strdup (C_ ("price", "unknown"));
  return rushes_price_to_badge (price);
}

char *
rushes_model_words_source (RushesModel *model, RushesDraft *draft)
{
  const char *as_of, *source;
  g_autofree char *day = NULL;

  if (!rushes_model_get_price_source (model, draft, &as_of, &source))
    return NULL;
  day = write_day (as_of, NULL);
  if (source == NULL)
    /* Translators: %s is a date; of a price */
    return g_strdup_printf (_ ("As of %s"), day);
  /* Translators: of a price: a date, and the address of the page that says so */
  return g_strdup_printf (_ ("As of %s, by %s"), day, source);
}

char *
rushes_model_words_listed (GDateTime *time, GDateTime *now)
{
  gint64 minutes;
  guint n;

  g_return_val_if_fail (now != NULL, NULL);

  if (time == NULL)
    return g_strdup (_ ("Never asked for its models"));
  minutes = MAX (0, g_date_time_difference (now, time) / G_TIME_SPAN_MINUTE);
  if (minutes < 1)
    return g_strdup (_ ("Listed just now"));
  if (minutes < 60)
    {
      n = (guint) minutes;
      return g_strdup_printf (ngettext ("Listed %u minute ago", "Listed %u minutes ago", n), n);
    }
  if (minutes < 24 * 60)
    {
      n = (guint) (minutes / 60);
      return g_strdup_printf (ngettext ("Listed %u hour ago", "Listed %u hours ago", n), n);
    }
  n = (guint) (minutes / (24 * 60));
  return g_strdup_printf (ngettext ("Listed %u day ago", "Listed %u days ago", n), n);
}
