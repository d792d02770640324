/* rushes-ledger-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <stdio.h>
#include <string.h>

#include "rushes-invocation.h"
#include "rushes-listing.h"
#include "rushes-money-option.h"
#include "rushes-table.h"
#include "rushes-totals-listing.h"

typedef struct
{
  char *from;
  char *to;
  char *project;
  gboolean uncertain;
  gboolean csv;
  gboolean totals;
} Options;

static void
options_clear (Options *self)
{
  g_free (self->from);
  g_free (self->to);
  g_free (self->project);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* ---- what stands there ---- */

/* A day as "2026-08-01"; TRUE with NULL for none. */
static gboolean
read_day (const char *typed, const char *option, char **day, GError **error)
{
  guint y, m, d;
  int length = 0;

  if (typed == NULL)
    return TRUE;
  if (!(*day = rushes_invocation_read_text (typed, option, error)))
    return FALSE;
  if (strlen (*day) == 10 && strspn (*day, "0123456789-") == 10 &&
      sscanf (*day, "%4u-%2u-%2u%n", &y, &m, &d, &length) == 3 && length == 10 && g_date_valid_dmy (d, m, y))
    return TRUE;
  /* Translators: an option, and what was typed after it. */
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s needs a day such as 2026-08-01, not “%s”."), option, *day);

  return FALSE;
}

static JsonObject *
to_listing (const RushesLedgerEntry *entry)
{
  JsonObject *object = json_object_new ();
  g_autofree char *at = rushes_time_to_iso8601 (entry->at);
  JsonNode *cost = rushes_price_to_json (&entry->price);

  json_object_set_string_member (object, "at", at);
  json_object_set_string_member (object, "day", entry->day);
  json_object_set_string_member (object, "kind", entry->kind);
  json_object_set_boolean_member (object, "counts", entry->counts);
  if (cost != NULL)
    json_object_set_member (object, "cost", cost);
  else
    json_object_set_null_member (object, "cost");
  json_object_set_string_member (object, "provider", entry->provider);
  json_object_set_string_member (object, "model", entry->model);
  json_object_set_string_member (object, "project", entry->project);
  json_object_set_string_member (object, "take", entry->take_id);
  json_object_set_int_member (object, "attempt", entry->attempt);
  json_object_set_string_member (object, "prompt", entry->prompt);

  return object;
}

static void
print_entries (GPtrArray *entries, RushesPrinter *printer)
{
  g_autoptr (RushesTable) table = rushes_table_new (C_ ("ledger", "Time"), _ ("Entry"), _ ("Cost"), _ ("Take"),
                                                    _ ("Provider"), _ ("Model"), _ ("Project"), NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *time = rushes_time_to_display (entry->at);
      g_autofree char *cost = rushes_price_to_display (&entry->price);
      g_autofree char *take = g_strndup (entry->take_id, RUSHES_SHORT_ID);

      rushes_printer_emit (printer, to_listing (entry));
      rushes_table_add (table, time, rushes_ledger_kind_to_display (entry->kind), cost, take, entry->provider,
                        entry->model, entry->project);
    }
  rushes_table_print (table, printer);
}

static gboolean
print_csv (RushesLibrary *library, const RushesLedgerFilter *filter, RushesPrinter *printer, GError **error)
{
  g_autoptr (GBytes) csv = dex_await_boxed (rushes_library_export_ledger (library, filter), error);
  gsize length;
  const char *text;

  if (csv == NULL)
    return FALSE;
  /* The printer ends the last line itself. */
  text = g_bytes_get_data (csv, &length);
  rushes_printer_say (printer, "%.*s", (int) length - 1, text);

  return TRUE;
}

static gboolean
print (RushesLibrary *library,
       const RushesLedgerFilter *filter,
       const Options *options,
       RushesPrinter *printer,
       GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (options->csv && !options->totals)
    return print_csv (library, filter, printer, error);
  rows = dex_await_boxed (options->totals ? rushes_library_sum_ledger (library, filter)
                                          : rushes_library_list_ledger (library, filter),
                          error);
  if (rows == NULL)
    return FALSE;
  if (options->totals)
    rushes_totals_print (rows, options->csv, printer);
  else
    print_entries (rows, printer);

  return TRUE;
}

static int
show (RushesInvocation *self, const Options *options)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  RushesLedgerFilter filter = { .uncertain = options->uncertain };
  g_autoptr (GError) error = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *name = NULL;
  RushesProject *project = NULL;
  RushesLibrary *library;

  if (options->csv && rushes_printer_get_json (printer))
    rushes_set_error (&error, RUSHES_ERROR_BAD_REQUEST, _ ("--csv and --json cannot both be had. Choose one."));
  if (error != NULL || !read_day (options->from, "--from", &from, &error) ||
      !read_day (options->to, "--to", &to, &error) ||
      (options->project != NULL && !(name = rushes_invocation_read_text (options->project, "--project", &error))) ||
      !(library = rushes_invocation_open_library_to_read (self, &error)))
    return rushes_invocation_fail (self, error);
  if (name != NULL && !(project = rushes_library_find_project (library, name)))
    {
      rushes_set_error (&error, RUSHES_ERROR_BAD_REQUEST, _ ("There is no project “%s”."), name);
      return rushes_invocation_fail (self, error);
    }

  filter.from = from;
  filter.to = to;
  filter.project = project != NULL ? rushes_project_get_id (project) : NULL;
  if (!print (library, &filter, options, printer, &error))
    return rushes_invocation_fail (self, error);

  return 0;
}

/* ---- what a person found out ---- */

static int
judge (RushesInvocation *self, gboolean charged, const RushesMoney *amount)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *cost = NULL;
  RushesLibrary *library;

  if (!(id = rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The take"), &error)) ||
      !(library = rushes_invocation_open_library (self, &error)) ||
      !(take = rushes_invocation_find_take (library, id, &error)) ||
      !dex_await (rushes_library_end_uncertain (library, rushes_take_get_id (take), 0, charged, amount), &error))
    return rushes_invocation_fail (self, error);

  rushes_printer_emit (printer, rushes_take_to_listing (take));
  if (!charged)
    rushes_printer_say (printer, "%s", _ ("Noted: you were not charged. It counts no more."));
  else if (amount == NULL)
    rushes_printer_say (printer, "%s", _ ("Noted: you were charged. It counts as it was estimated."));
  else
    {
      RushesMoney money = *amount;

      if (money.currency == NULL)
        money.currency = rushes_take_get_price (take)->high.currency;
      cost = rushes_money_to_display (money);
      /* Translators: %s is an amount of money: “$0.50”. */
      rushes_printer_say (printer, _ ("Noted: you were charged %s."), cost);
    }

  return 0;
}

static int
charged (RushesInvocation *self)
{
  g_autofree char *typed = NULL;
  const GOptionEntry entries[] = {
    { "amount", 0, 0, G_OPTION_ARG_FILENAME, &typed, N_ ("What it really cost: 0.50, 0.50USD, 10credits:kling"),
      N_ ("AMOUNT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  RushesMoney amount;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (typed != NULL && !rushes_money_option_read (typed, "--amount", &amount, &error))
    return rushes_invocation_fail (self, error);

  return judge (self, TRUE, typed != NULL ? &amount : NULL);
}

static int
not_charged (RushesInvocation *self)
{
  int status;

  return rushes_invocation_parse (self, &status) ? judge (self, FALSE, NULL) : status;
}

static int
ledger (RushesInvocation *self)
{
  g_auto (Options) options = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &options.from, N_ ("Only this day and later, such as 2026-08-01"),
      N_ ("DATE") },
    { "to", 0, 0, G_OPTION_ARG_FILENAME, &options.to, N_ ("Only this day and earlier"), N_ ("DATE") },
    { "project", 0, 0, G_OPTION_ARG_FILENAME, &options.project, N_ ("Only this project"), N_ ("NAME") },
    { "uncertain", 0, 0, G_OPTION_ARG_NONE, &options.uncertain,
      N_ ("Only what may have been charged, and nobody knows"), NULL },
    { "csv", 0, 0, G_OPTION_ARG_NONE, &options.csv, N_ ("As a table for spreadsheets"), NULL },
    { "totals", 0, 0, G_OPTION_ARG_NONE, &options.totals, N_ ("What it comes to by provider, model, project and month"),
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  rushes_invocation_set_notes (self, _ ("“rushes ledger charged TAKE” and “rushes ledger not-charged TAKE” end what is "
                                        "uncertain, once\nyou have looked at the provider’s bill."));

  return rushes_invocation_parse (self, &status) ? show (self, &options) : status;
}

static const RushesVerb verbs[] = {
  { NULL, NULL, N_ ("Show what takes were expected to cost, and did cost."), 0, 0, ledger },
  { "charged", N_ ("TAKE"), N_ ("Say that what was uncertain was charged"), 1, 1, charged },
  { "not-charged", N_ ("TAKE"), N_ ("Say that what was uncertain was not charged"), 1, 1, not_charged },
  { NULL },
};

const RushesCommand rushes_ledger_command = { "ledger", N_ ("Show what takes cost"), verbs };
