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

#include "rushes-csv.h"
#include "rushes-invocation.h"
#include "rushes-ledger-totals.h"
#include "rushes-listing.h"
#include "rushes-table.h"

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

static const char *
kind_to_display (const char *kind)
{
  if (g_str_equal (kind, "hold"))
    /* Translators: of money that a take is expected to cost */
    return C_ ("ledger", "set aside");
  if (g_str_equal (kind, "settle"))
    return C_ ("ledger", "paid");
  if (g_str_equal (kind, "refund"))
    return C_ ("ledger", "given back");

  return C_ ("ledger", "uncertain");
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
say_record (RushesPrinter *printer, const RushesLedgerEntry *entry)
{
  g_autoptr (GString) record = g_string_new (NULL);
  g_autofree char *at = rushes_time_to_iso8601 (entry->at);
  g_autofree char *amount = NULL;
  g_autofree char *worth = NULL;
  g_autofree char *attempt = g_strdup_printf ("%d", entry->attempt);

  if (entry->price.high.currency != NULL)
    amount = rushes_money_to_amount (entry->price.high);
  if (entry->price.worth.currency != NULL)
    worth = rushes_money_to_amount (entry->price.worth);
  rushes_csv_add_plain (record, at);
  rushes_csv_add_plain (record, entry->day);
  rushes_csv_add_plain (record, entry->kind);
  rushes_csv_add_plain (record, entry->counts ? "yes" : "no");
  rushes_csv_add_plain (record, amount != NULL ? amount : "");
  rushes_csv_add_words (record, entry->price.high.currency);
  rushes_csv_add_plain (record, worth != NULL ? worth : "");
  rushes_csv_add_words (record, entry->price.worth.currency);
  rushes_csv_add_words (record, entry->provider);
  rushes_csv_add_words (record, entry->model);
  rushes_csv_add_words (record, entry->project);
  rushes_csv_add_plain (record, entry->take_id);
  rushes_csv_add_plain (record, attempt);
  rushes_csv_add_words (record, entry->prompt);
  rushes_printer_say (printer, "%s\r", record->str);
}

static void
print_entries (GPtrArray *entries, gboolean csv, RushesPrinter *printer)
{
  g_autoptr (RushesTable) table = rushes_table_new (C_ ("ledger", "Time"), _ ("Entry"), _ ("Cost"), _ ("Take"),
                                                    _ ("Provider"), _ ("Model"), _ ("Project"), NULL);

  if (csv)
    rushes_printer_say (
        printer,
        "time,day,entry,counts,amount,currency,worth,worth_currency,provider,model,project,take,attempt,prompt\r");
  for (guint i = 0; i < entries->len; i++)
    {
      const RushesLedgerEntry *entry = g_ptr_array_index (entries, i);
      g_autofree char *time = rushes_time_to_display (entry->at);
      g_autofree char *cost = rushes_price_to_display (&entry->price);
      g_autofree char *take = g_strndup (entry->take_id, RUSHES_SHORT_ID);

      rushes_printer_emit (printer, to_listing (entry));
      if (csv)
        say_record (printer, entry);
      else
        rushes_table_add (table, time, kind_to_display (entry->kind), cost, take, entry->provider, entry->model,
                          entry->project);
    }
  if (!csv)
    rushes_table_print (table, printer);
}

static int
show (RushesInvocation *self, const Options *options)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  RushesLedgerFilter filter = { .uncertain = options->uncertain };
  g_autoptr (GPtrArray) entries = NULL;
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
      !(library = rushes_invocation_open_library (self, &error)))
    return rushes_invocation_fail (self, error);
  if (name != NULL && !(project = rushes_library_find_project (library, name)))
    {
      rushes_set_error (&error, RUSHES_ERROR_BAD_REQUEST, _ ("There is no project “%s”."), name);
      return rushes_invocation_fail (self, error);
    }

  filter.from = from;
  filter.to = to;
  filter.project = project != NULL ? rushes_project_get_id (project) : NULL;
  if (!(entries = dex_await_boxed (rushes_library_list_ledger (library, &filter), &error)))
    return rushes_invocation_fail (self, error);

  if (options->totals)
    rushes_ledger_totals_print (entries, options->csv, printer);
  else
    print_entries (entries, options->csv, printer);

  return 0;
}

/* ---- what a person found out ---- */

static int
judge (RushesInvocation *self, const char *word)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean charged = g_str_equal (word, "charged");
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  RushesLibrary *library;

  if (!charged && !g_str_equal (word, "not-charged"))
    {
      g_autofree char *shown = rushes_clean_words (word);

      rushes_set_error (&error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("“rushes ledger” knows charged and not-charged, not “%s”."), shown);
      return rushes_invocation_misused (self, error);
    }
  if (rushes_invocation_get_argument (self, 1) == NULL)
    {
      rushes_set_error (&error, RUSHES_ERROR_BAD_REQUEST, _ ("“rushes ledger %s” needs a take."), word);
      return rushes_invocation_misused (self, error);
    }
  if (!(id = rushes_invocation_read_text (rushes_invocation_get_argument (self, 1), _ ("The take"), &error)) ||
      !(library = rushes_invocation_open_library (self, &error)) ||
      !(take = dex_await_object (rushes_library_find_take (library, id), &error)) ||
      !dex_await (rushes_library_end_uncertain (library, take, charged), &error))
    return rushes_invocation_fail (self, error);

  rushes_printer_emit (printer, rushes_take_to_listing (take));
  rushes_printer_say (printer, "%s",
                      charged ? _ ("Noted: you were charged. It counts as it was estimated.")
                              : _ ("Noted: you were not charged. It counts no more."));

  return 0;
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
  const char *word;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  rushes_invocation_set_notes (self, _ ("“rushes ledger charged TAKE” and “rushes ledger not-charged TAKE” end what is "
                                        "uncertain, once\nyou have looked at the provider’s bill."));
  if (!rushes_invocation_parse (self, &status))
    return status;

  word = rushes_invocation_get_argument (self, 0);

  return word != NULL ? judge (self, word) : show (self, &options);
}

static const RushesVerb verbs[] = {
  { NULL, N_ ("[charged|not-charged TAKE]"), N_ ("Show what takes were expected to cost, and did cost."), 0, 2,
    ledger },
  { NULL },
};

const RushesCommand rushes_ledger_command = { "ledger", N_ ("Show what takes cost"), verbs };
