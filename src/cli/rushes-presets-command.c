/* rushes-presets-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>
#include <unistd.h>

#include "rushes-invocation.h"
#include "rushes-listing.h"
#include "rushes-standard-streams.h"
#include "rushes-table.h"

static int
list (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTable) table = rushes_table_new (_ ("ID"), _ ("Name"), _ ("Group"), _ ("Prompt"), NULL);
  GListModel *presets;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;

  presets = G_LIST_MODEL (rushes_invocation_get_presets (self));
  for (guint i = 0; i < g_list_model_get_n_items (presets); i++)
    {
      g_autoptr (RushesPreset) preset = g_list_model_get_item (presets, i);

      rushes_printer_emit (printer, rushes_preset_to_listing (preset));
      rushes_table_add (table, rushes_preset_get_id (preset), rushes_preset_get_name (preset),
                        rushes_preset_get_group (preset), rushes_preset_get_prompt (preset));
    }
  rushes_table_print (table, printer);

  return 0;
}

static int
add (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *id = NULL;
  g_autofree char *shown = NULL;
  RushesPreset *preset;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(name = rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The name"), &error)) ||
      !(prompt = rushes_invocation_read_text (rushes_invocation_get_argument (self, 1), _ ("The prompt"), &error)) ||
      !rushes_folders_ensure (rushes_invocation_get_folders (self), &error) ||
      !(id = dex_await_string (rushes_presets_add (rushes_invocation_get_presets (self), name, prompt), &error)))
    return rushes_invocation_fail (self, error);

  preset = rushes_presets_find (rushes_invocation_get_presets (self), id);
  shown = rushes_clean_words (rushes_preset_get_name (preset));
  rushes_printer_emit (printer, rushes_preset_to_listing (preset));
  rushes_printer_say (printer, _ ("Kept the preset “%s”."), shown);

  return 0;
}

static int
remove_preset (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesPreset) preset = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(name = rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The name"), &error)) ||
      !g_set_object (&preset, rushes_invocation_require_preset (self, name, &error)) ||
      !dex_await (rushes_presets_remove (rushes_invocation_get_presets (self), preset), &error))
    return rushes_invocation_fail (self, error);

  shown = rushes_clean_words (rushes_preset_get_name (preset));
  rushes_printer_emit (printer, rushes_preset_to_listing (preset));
  rushes_printer_say (printer, _ ("Removed the preset “%s”."), shown);

  return 0;
}

static int
import (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *result;
  int status, n = 0;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(bytes = dex_await_boxed (rushes_load_typed_file (rushes_invocation_get_argument (self, 0)), &error)) ||
      !rushes_folders_ensure (rushes_invocation_get_folders (self), &error) ||
      ((n = dex_await_int (rushes_presets_import (rushes_invocation_get_presets (self), bytes), &error)) == 0 &&
       error != NULL))
    return rushes_invocation_fail (self, error);

  result = json_object_new ();
  json_object_set_int_member (result, "imported", n);
  rushes_printer_emit (printer, result);
  rushes_printer_say (printer, ngettext ("%d preset was taken over.", "%d presets were taken over.", n), n);

  return 0;
}

static int export (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean all = FALSE, lines = FALSE, force = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, N_ ("With those that ship with Rushes"), NULL },
    { "lines", 0, 0, G_OPTION_ARG_NONE, &lines, N_ ("As lines “name:prompt” instead of JSON"), NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Write over a file that exists"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  g_autoptr (GFile) file = NULL;
  JsonObject *result;
  const char *typed;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;

  typed = rushes_invocation_get_argument (self, 0);
  text = rushes_presets_export (rushes_invocation_get_presets (self), all, lines);
  if (g_str_equal (typed, "-"))
    rushes_printer_yield_output (printer);
  if (!rushes_write_typed_file (typed, text, strlen (text), force, &error))
    return rushes_invocation_fail (self, error);
  if (g_str_equal (typed, "-"))
    return 0;

  file = g_file_new_for_commandline_arg (typed);
  result = json_object_new ();
  rushes_file_add_to_listing (file, result);
  rushes_printer_emit (printer, result);
  shown = rushes_show_path (typed);
  rushes_printer_say (printer, _ ("Wrote %s"), shown);

  return 0;
}

static const RushesVerb verbs[] = {
  { "list", NULL, N_ ("Show the presets"), 0, 0, list },
  { "add", N_ ("NAME PROMPT"), N_ ("Keep a preset of your own, or change it"), 2, 2, add },
  { "remove", N_ ("NAME"), N_ ("Remove a preset; one that ships with Rushes is hidden"), 1, 1, remove_preset },
  { "import", N_ ("FILE"), N_ ("Take over presets from JSON or from lines “name:prompt”; - reads standard input"), 1, 1,
    import },
  { "export", N_ ("FILE"), N_ ("Write your own presets to a file; - writes them to standard output"), 1, 1, export },
  { NULL },
};

const RushesCommand rushes_presets_command = {
  "presets",
  N_ ("Look after presets, the texts that go before a prompt"),
  verbs,
};
