/* rushes-spending-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-spending-words.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define CREDITS "credits:"

/* What is not there any more is called what it was called by. */
static const char *
name_provider (const char *id, RushesRegistry *registry)
{
  RushesProvider *provider = rushes_registry_find (registry, id);

  return provider != NULL ? rushes_provider_get_name (provider) : id;
}

static const char *
name_model (const char *provider_id, const char *id, RushesRegistry *registry)
{
  RushesProvider *provider = rushes_registry_find (registry, provider_id);
  RushesModel *model = provider != NULL ? rushes_provider_find_model (provider, id) : NULL;

  return model != NULL ? rushes_model_get_name (model) : id;
}

char *
rushes_spending_words_currency (const char *currency, RushesRegistry *registry)
{
  if (!g_str_has_prefix (currency, CREDITS))
    return g_strdup (currency);

  /* Translators: %s is a provider. */
  return g_strdup_printf (_ ("Credits of %s"), name_provider (currency + strlen (CREDITS), registry));
}

char *
rushes_spending_words_entry (const RushesLedgerEntry *entry, RushesRegistry *registry)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local_usec (entry->at);
  /* Translators: a day and a time, as g_date_time_format() has them: “21 November, 14:05”. */
  g_autofree char *time = g_date_time_format (at, _ ("%e %B %Y, %H:%M"));

  return g_strdup_printf ("%s · %s · %s · %s", name_provider (entry->provider, registry),
                          name_model (entry->provider, entry->model, registry), g_strchug (time),
                          rushes_ledger_kind_to_display (entry->kind));
}

static char *
name_month (const char *month)
{
  g_autoptr (GDateTime) begin = g_date_time_new_local (atoi (month), atoi (month + strlen ("2026-")), 1, 0, 0, 0);

  /* Translators: a month, as g_date_time_format() has it: “November 2026”. */
  return begin != NULL ? g_date_time_format (begin, _ ("%OB %Y")) : g_strdup (month);
}

static char *
name_model_total (const char *name, RushesRegistry *registry)
{
  g_auto (GStrv) parts = g_strsplit (name, "/", 2);

  if (g_strv_length (parts) != 2)
    return g_strdup (name);

  return g_strdup_printf ("%s · %s", name_provider (parts[0], registry), name_model (parts[0], parts[1], registry));
}

char *
rushes_spending_words_total (const RushesLedgerTotal *total, RushesRegistry *registry)
{
  switch (total->group)
    {
    case RUSHES_TOTALS_PROVIDER:
      return g_strdup (name_provider (total->name, registry));
    case RUSHES_TOTALS_MODEL:
      return name_model_total (total->name, registry);
    case RUSHES_TOTALS_MONTH:
      return name_month (total->name);
    case RUSHES_TOTALS_PROJECT:
    case RUSHES_TOTALS_ALL:
    default:
      return g_strdup (total->name);
    }
}
