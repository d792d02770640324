/* rushes-limits.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-limits.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-settings.h"

#define CREDITS "credits:"

static const char *const words[] = { [RUSHES_LIMIT_DAY] = "day", [RUSHES_LIMIT_MONTH] = "month" };
static const char *const keys[] = { [RUSHES_LIMIT_DAY] = "limit-day", [RUSHES_LIMIT_MONTH] = "limit-month" };

const char *
rushes_limits_get_word (RushesLimitPeriod period)
{
  return words[period];
}

static gboolean
is_iso_code (const char *currency)
{
  if (strlen (currency) != 3)
    return FALSE;
  for (const char *p = currency; *p != '\0'; p++)
    if (!g_ascii_isalpha (*p))
      return FALSE;

  return TRUE;
}

gboolean
rushes_limits_parse_money (const char *amount, const char *currency, RushesMoney *money)
{
  g_autofree char *code = NULL;

  if (currency == NULL)
    return rushes_money_parse (amount, NULL, money);
  if (is_iso_code (currency))
    code = g_ascii_strup (currency, -1);
  else if (g_str_has_prefix (currency, CREDITS) && currency[strlen (CREDITS)] != '\0' &&
           g_utf8_validate (currency, -1, NULL))
    code = g_strdup (currency);

  return code != NULL && rushes_money_parse (amount, code, money);
}

static gboolean
read_entry (const char *entry, RushesMoney *money)
{
  g_auto (GStrv) parts = g_strsplit (entry, " ", 2);

  return g_strv_length (parts) == 2 && rushes_limits_parse_money (parts[0], parts[1], money);
}

GArray *
rushes_limits_read (void)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  GArray *limits = g_array_new (FALSE, FALSE, sizeof (RushesLimit));

  for (guint period = 0; period < G_N_ELEMENTS (keys); period++)
    {
      g_auto (GStrv) entries = g_settings_get_strv (settings, keys[period]);

      for (guint i = 0; entries[i] != NULL; i++)
        {
          RushesLimit limit = { period };

          if (read_entry (entries[i], &limit.most))
            g_array_append_val (limits, limit);
          else
            g_warning ("The limit “%s” for a %s is not an amount and a currency.", entries[i], words[period]);
        }
    }

  return limits;
}

/* The limits for the period but that for @currency, with NULL none of them. */
static GStrvBuilder *
collect_others (RushesLimitPeriod period, const char *currency, gboolean *found)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_auto (GStrv) entries = g_settings_get_strv (settings, keys[period]);
  GStrvBuilder *others = g_strv_builder_new ();

  *found = FALSE;
  for (guint i = 0; entries[i] != NULL; i++)
    {
      RushesMoney money;

      if (currency == NULL || (read_entry (entries[i], &money) && g_ascii_strcasecmp (money.currency, currency) == 0))
        *found = TRUE;
      else
        g_strv_builder_add (others, entries[i]);
    }

  return others;
}

static gboolean
write_entries (RushesLimitPeriod period, GStrvBuilder *builder, GError **error)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_auto (GStrv) entries = g_strv_builder_end (builder);

  if (g_settings_set_strv (settings, keys[period], (const char *const *) entries))
    return TRUE;
  rushes_set_error (error, RUSHES_ERROR_STORAGE, "%s",
                    _ ("The limit could not be kept: the settings cannot be written. Check the folder they are in."));

  return FALSE;
}

gboolean
rushes_limits_set (RushesLimitPeriod period, RushesMoney most, GError **error)
{
  gboolean found;
  g_autoptr (GStrvBuilder) entries = collect_others (period, most.currency, &found);
  g_autofree char *amount = rushes_money_to_amount (most);
  g_autofree char *entry = g_strdup_printf ("%s %s", amount, most.currency);

  g_strv_builder_add (entries, entry);

  return write_entries (period, entries, error);
}

gboolean
rushes_limits_clear (RushesLimitPeriod period, const char *currency, gboolean *found, GError **error)
{
  g_autoptr (GStrvBuilder) others = collect_others (period, currency, found);

  return !*found || write_entries (period, others, error);
}

/* The part of a consent that would let through what was refused; NULL where none would. */
static gboolean *
find_answer (RushesConsent *consent, const GError *error)
{
  const char *field = error->domain == RUSHES_ERROR ? rushes_error_get_field (error) : NULL;

  if (field != NULL && error->code == RUSHES_ERROR_QUOTA && g_str_equal (field, "limit"))
    return &consent->past_limits;
  if (field != NULL && error->code == RUSHES_ERROR_QUOTA && g_str_equal (field, "price"))
    return &consent->unknown_price;
  if (field != NULL && error->code == RUSHES_ERROR_BAD_REQUEST && g_str_equal (field, "again"))
    return &consent->again;

  return NULL;
}

gboolean
rushes_limits_can_ask (const GError *error)
{
  RushesConsent consent;

  g_return_val_if_fail (error != NULL, FALSE);

  return find_answer (&consent, error) != NULL;
}

void
rushes_limits_agree (RushesConsent *consent, const GError *error)
{
  gboolean *answer;

  g_return_if_fail (consent != NULL && error != NULL);

  answer = find_answer (consent, error);
  g_return_if_fail (answer != NULL);
  *answer = TRUE;
}
