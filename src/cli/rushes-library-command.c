/* rushes-library-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-archive.h"
#include "rushes-async.h"
#include "rushes-checkup.h"
#include "rushes-clip-room.h"
#include "rushes-invocation.h"
#include "rushes-listing.h"
#include "rushes-restored.h"
#include "rushes-sandbox.h"

static void
set_size (JsonObject *object, const char *member, guint64 size)
{
  json_object_set_int_member (object, member, MIN (size, G_MAXINT64));
}

/* ---- info ---- */

static int
info (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  const RushesClipLimits none = { 0 };
  g_autoptr (RushesClipRoom) room = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *size = NULL;
  RushesLibrary *library;
  JsonObject *object;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(library = rushes_invocation_open_library (self, &error)) ||
      !(room = dex_await_boxed (rushes_library_prune (library, &none, TRUE), &error)))
    return rushes_invocation_fail (self, error);

  folder = g_file_get_path (rushes_folders_get_data (rushes_library_get_folders (library)));
  shown = rushes_show_path (folder);
  size = g_format_size (room->size);
  /* Translators: a folder */
  rushes_printer_say (printer, _ ("The library is in %s"), shown);
  rushes_printer_say (printer, ngettext ("It has %u clip of %s.", "It has %u clips of %s in all.", room->n_clips),
                      room->n_clips, size);
  object = json_object_new ();
  json_object_set_string_member (object, "folder", folder);
  json_object_set_int_member (object, "clips", room->n_clips);
  set_size (object, "size", room->size);
  json_object_set_boolean_member (object, "paused", rushes_library_get_paused (library));
  rushes_printer_emit (printer, object);

  return 0;
}

/* ---- prune ---- */

/* "500MB", "20 GB", a number of bytes. */
static gboolean
read_size (const char *typed, guint64 *size, GError **error)
{
  static const struct
  {
    const char *unit;
    double bytes;
  } units[] = { { "", 1 },      { "B", 1 },        { "KB", 1e3 },        { "MB", 1e6 },          { "GB", 1e9 },
                { "TB", 1e12 }, { "KIB", 1024.0 }, { "MIB", 1048576.0 }, { "GIB", 1073741824.0 } };
  g_autofree char *text = rushes_invocation_read_text (typed, "--max-size", error);
  g_autofree char *unit = NULL;
  char *rest;
  double number;

  if (text == NULL)
    return FALSE;
  number = g_ascii_strtod (text, &rest);
  unit = g_ascii_strup (g_strchug (rest), -1);
  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (rest != text && number > 0 && g_str_equal (unit, units[i].unit) && number * units[i].bytes < G_MAXINT64)
      {
        *size = number * units[i].bytes;
        return *size > 0;
      }

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                    _ ("--max-size cannot be “%s”. It is a size such as 500MB or 20GB."), text);
  return FALSE;
}

static gboolean
read_limits (const char *max_size, const char *max_clips, gboolean unsaved, RushesClipLimits *limits, GError **error)
{
  gint64 most;

  if (max_size == NULL && max_clips == NULL)
    *limits = rushes_clip_limits_read ();
  if ((max_size != NULL && !read_size (max_size, &limits->size, error)) ||
      (max_clips != NULL && !rushes_invocation_read_integer (max_clips, "--max-clips", 1, G_MAXINT32, &most, error)))
    return FALSE;
  if (max_clips != NULL)
    limits->most = most;
  limits->unsaved = unsaved;
  if (limits->most > 0 || limits->size > 0)
    return TRUE;

  rushes_set_error (
      error, RUSHES_ERROR_BAD_REQUEST, "%s",
      _ ("Nothing says how many clips to keep. Give --max-size or --max-clips, or set it in Preferences."));
  return FALSE;
}

static void
say_room (const RushesClipRoom *room, gboolean dry_run, RushesPrinter *printer)
{
  g_autofree char *size = g_format_size (room->size_pruned);
  g_autofree char *spared = g_format_size (room->size_spared);

  rushes_printer_say (
      printer,
      dry_run ? ngettext ("%u clip of %s would be removed.", "%u clips of %s in all would be removed.", room->n_pruned)
              : ngettext ("Removed %u clip of %s.", "Removed %u clips of %s in all.", room->n_pruned),
      room->n_pruned, size);
  if (room->n_spared > 0)
    rushes_printer_remark (printer,
                           ngettext ("%u older clip of %s stays: it lies nowhere else. --unsaved removes it as well.",
                                     "%u older clips of %s in all stay: they lie nowhere else. --unsaved removes them "
                                     "as well.",
                                     room->n_spared),
                           room->n_spared, spared);
}

static int
prune (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autofree char *max_size = NULL;
  g_autofree char *max_clips = NULL;
  gboolean dry_run = FALSE, unsaved = FALSE;
  const GOptionEntry entries[] = {
    { "max-size", 0, 0, G_OPTION_ARG_FILENAME, &max_size, N_ ("How large all clips may be: 500MB, 20GB"), N_ ("SIZE") },
    { "max-clips", 0, 0, G_OPTION_ARG_FILENAME, &max_clips, N_ ("How many clips are kept"), N_ ("N") },
    { "unsaved", 0, 0, G_OPTION_ARG_NONE, &unsaved, N_ ("Remove also those that were saved nowhere else"), NULL },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &dry_run, N_ ("Show what would be removed, and do nothing"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  RushesClipLimits limits = { 0 };
  g_autoptr (RushesClipRoom) room = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  JsonObject *object;
  JsonArray *takes;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!read_limits (max_size, max_clips, unsaved, &limits, &error) ||
      !(library = rushes_invocation_open_library (self, &error)) ||
      !(room = dex_await_boxed (rushes_library_prune (library, &limits, dry_run), &error)))
    return rushes_invocation_fail (self, error);

  object = json_object_new ();
  takes = json_array_new ();
  for (guint i = 0; i < room->takes->len; i++)
    {
      const char *id = g_ptr_array_index (room->takes, i);

      json_array_add_string_element (takes, id);
      rushes_printer_say (printer, "  %.*s", RUSHES_SHORT_ID, id);
    }
  json_object_set_boolean_member (object, "dry_run", dry_run);
  json_object_set_int_member (object, "pruned", room->n_pruned);
  set_size (object, "pruned_size", room->size_pruned);
  json_object_set_int_member (object, "unsaved", room->n_unsaved);
  json_object_set_int_member (object, "spared", room->n_spared);
  json_object_set_array_member (object, "takes", takes);
  rushes_printer_emit (printer, object);
  say_room (room, dry_run, printer);

  return 0;
}

/* ---- what takes its time ---- */

#define LOOK_SECONDS 0.2

typedef struct
{
  gpointer object;
  void (*cancel) (gpointer object);
  double (*get_fraction) (gpointer object);
} Pass;

static gboolean
on_interrupt (gpointer data)
{
  const Pass *pass = data;

  pass->cancel (pass->object);

  return G_SOURCE_CONTINUE;
}

/* Ctrl+C ends it well, and so does a terminal that is closed: nothing half stays behind. */
static gboolean
await_pass (RushesInvocation *self, Pass pass, DexFuture *work, GError **error)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (DexFuture) taken = work;
  guint sources[] = {
    g_unix_signal_add (SIGINT, on_interrupt, &pass),
    g_unix_signal_add (SIGTERM, on_interrupt, &pass),
    g_unix_signal_add (SIGHUP, on_interrupt, &pass),
  };

  while (dex_future_is_pending (taken))
    {
      g_autofree char *line = g_strdup_printf (_ ("%d %% done"), (int) (pass.get_fraction (pass.object) * 100));

      rushes_printer_show_progress (printer, line);
      dex_await (dex_future_first (dex_ref (taken), rushes_async_sleep (LOOK_SECONDS), NULL), NULL);
    }
  rushes_printer_show_progress (printer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);

  return dex_future_get_value (taken, error) != NULL;
}

/* ---- backup and restore ---- */

static void
cancel_archive (gpointer archive)
{
  rushes_archive_cancel (archive);
}

static double
get_fraction (gpointer archive)
{
  return rushes_archive_get_fraction (archive);
}

static gboolean
await_archive (RushesInvocation *self, RushesArchive *archive, DexFuture *work, GError **error)
{
  return await_pass (self, (Pass) { archive, cancel_archive, get_fraction }, work, error);
}

static JsonObject *
report_to_json (const RushesArchiveReport *report)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "takes", report->n_takes);
  json_object_set_int_member (object, "clips", report->n_clips);
  json_object_set_int_member (object, "pictures", report->n_pictures);
  json_object_set_int_member (object, "known", report->n_known);
  json_object_set_int_member (object, "waiting", report->n_waiting);
  json_object_set_int_member (object, "missing", report->n_missing);

  return object;
}

static void
remark_missing (RushesPrinter *printer, const RushesArchiveReport *report)
{
  if (report->n_missing > 0)
    rushes_printer_remark (printer,
                           ngettext ("%u file was left out: it was not there, or not what it had been.",
                                     "%u files were left out: they were not there, or not what they had been.",
                                     report->n_missing),
                           report->n_missing);
}

static RushesArchive *
name_archive (RushesInvocation *self, GError **error)
{
  const char *typed = rushes_invocation_get_argument (self, 0);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (typed);
  g_autofree char *name = g_filename_display_name (typed);

  if (!g_file_is_native (file) || !rushes_sandbox_hides (g_file_peek_path (file)))
    return rushes_archive_new (file);

  g_propagate_error (error, rushes_sandbox_error_new (name));
  return NULL;
}

static int
backup (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean with_clips = FALSE, force = FALSE;
  const GOptionEntry entries[] = {
    { "with-clips", 0, 0, G_OPTION_ARG_NONE, &with_clips, N_ ("With all clips, to move to another computer"), NULL },
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Write over a file that exists"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesArchive) archive = NULL;
  g_autoptr (GError) error = NULL;
  const RushesArchiveReport *report;
  RushesLibrary *library;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(archive = name_archive (self, &error)) || !(library = rushes_invocation_open_library (self, &error)) ||
      !await_archive (self, archive, rushes_archive_write (archive, library, with_clips, force), &error))
    return rushes_invocation_fail (self, error);

  report = rushes_archive_get_report (archive);
  rushes_printer_say (printer, ngettext ("Backed up %u take.", "Backed up %u takes.", report->n_takes),
                      report->n_takes);
  if (with_clips)
    rushes_printer_say (printer, ngettext ("With %u clip.", "With %u clips.", report->n_clips), report->n_clips);
  remark_missing (printer, report);
  rushes_printer_emit (printer, report_to_json (report));

  return 0;
}

static int
restore (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes,
      N_ ("Agree beforehand to where keys and pictures go with the providers of the backup"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesArchive) archive = NULL;
  g_autoptr (JsonObject) result = NULL;
  g_autoptr (GError) error = NULL;
  const RushesArchiveReport *report;
  RushesLibrary *library;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(archive = name_archive (self, &error)) || !(library = rushes_invocation_open_library (self, &error)) ||
      !await_archive (self, archive, rushes_archive_restore (archive, library), &error))
    return rushes_invocation_fail (self, error);

  report = rushes_archive_get_report (archive);
  rushes_printer_say (printer, ngettext ("%u take is new.", "%u takes are new.", report->n_takes), report->n_takes);
  rushes_printer_say (printer, ngettext ("%u clip came in.", "%u clips came in.", report->n_clips), report->n_clips);
  rushes_printer_say (printer,
                      ngettext ("%u take was here already and stays as it is.",
                                "%u takes were here already and stay as they are.", report->n_known),
                      report->n_known);
  if (report->n_waiting > 0)
    rushes_printer_remark (printer,
                           ngettext ("%u take was in work where the backup was made. Nobody waits for it here until "
                                     "“rushes takes check” asks for it.",
                                     "%u takes were in work where the backup was made. Nobody waits for them here "
                                     "until “rushes takes check” asks for them.",
                                     report->n_waiting),
                           report->n_waiting);
  remark_missing (printer, report);
  result = report_to_json (report);
  if (!rushes_restored_bring_in (self, archive, library, yes, result, &error))
    return rushes_invocation_fail (self, error);
  rushes_printer_emit (printer, g_steal_pointer (&result));

  return 0;
}

/* ---- check ---- */

/* As for an error of the kind STORAGE. */
#define NOT_WHOLE 9

static void
cancel_checkup (gpointer checkup)
{
  rushes_checkup_cancel (checkup);
}

static double
get_checked (gpointer checkup)
{
  return rushes_checkup_get_fraction (checkup);
}

static JsonArray *
problems_to_json (GPtrArray *problems)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < problems->len; i++)
    {
      const RushesCheckupProblem *problem = g_ptr_array_index (problems, i);
      g_autofree char *path = g_filename_display_name (problem->path);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "kind", rushes_checkup_kind_to_string (problem->kind));
      if (problem->take != NULL)
        json_object_set_string_member (object, "take", problem->take);
      json_object_set_string_member (object, "path", path);
      json_object_set_string_member (object, "message", problem->sentence);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonObject *
checkup_to_json (const RushesCheckupReport *report, gboolean hashes)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "takes", report->n_takes);
  json_object_set_int_member (object, "clips", report->n_clips);
  set_size (object, "size", report->size);
  json_object_set_int_member (object, "pictures", report->n_pictures);
  json_object_set_boolean_member (object, "hashes", hashes);
  json_object_set_int_member (object, "spooled", report->n_spooled);
  json_object_set_int_member (object, "unknown", report->n_unknown);
  json_object_set_array_member (object, "problems", problems_to_json (report->problems));

  return object;
}

static void
say_checkup (RushesPrinter *printer, const RushesCheckupReport *report)
{
  g_autofree char *size = g_format_size (report->size);

  rushes_printer_say (printer, ngettext ("The library has %u take.", "The library has %u takes.", report->n_takes),
                      report->n_takes);
  rushes_printer_say (printer, ngettext ("It has %u clip of %s.", "It has %u clips of %s in all.", report->n_clips),
                      report->n_clips, size);
  rushes_printer_say (printer, ngettext ("It has %u picture.", "It has %u pictures.", report->n_pictures),
                      report->n_pictures);
  if (report->n_spooled > 0)
    rushes_printer_say (printer,
                        ngettext ("Of %u take, what a service answered is kept until its clip is there.",
                                  "Of %u takes, what services answered is kept until their clips are there.",
                                  report->n_spooled),
                        report->n_spooled);
  if (report->n_unknown > 0)
    rushes_printer_say (printer,
                        ngettext ("%u take that was submitted is unknown to the library. It is found again when Rushes "
                                  "is started.",
                                  "%u takes that were submitted are unknown to the library. They are found again when "
                                  "Rushes is started.",
                                  report->n_unknown),
                        report->n_unknown);
  if (report->problems->len == 0)
    rushes_printer_say (printer, "%s", _ ("All is well."));
}

static int
check (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean hashes = FALSE;
  const GOptionEntry entries[] = {
    { "hashes", 0, 0, G_OPTION_ARG_NONE, &hashes, N_ ("Read all clips and pictures, and compare their SHA-256"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesCheckup) checkup = NULL;
  g_autoptr (GError) error = NULL;
  const RushesCheckupReport *report;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  checkup = rushes_checkup_new (rushes_invocation_get_folders (self), hashes);
  if (!await_pass (self, (Pass) { checkup, cancel_checkup, get_checked }, rushes_checkup_run (checkup), &error))
    return rushes_invocation_fail (self, error);

  report = rushes_checkup_get_report (checkup);
  for (guint i = 0; i < report->problems->len; i++)
    rushes_printer_complain (printer,
                             ((const RushesCheckupProblem *) g_ptr_array_index (report->problems, i))->sentence);
  say_checkup (printer, report);
  rushes_printer_emit (printer, checkup_to_json (report, hashes));

  return report->problems->len > 0 ? NOT_WHOLE : 0;
}

static const RushesVerb verbs[] = {
  { "info", NULL, N_ ("Show where the library is and how large its clips are"), 0, 0, info },
  { "check", NULL, N_ ("Look whether the library and its files are whole; nothing is changed"), 0, 0, check },
  { "backup", N_ ("FILE"), N_ ("Write the library into one file"), 1, 1, backup },
  { "restore", N_ ("FILE"), N_ ("Bring in from a backup what is not here; nothing that is here changes"), 1, 1,
    restore },
  { "prune", NULL, N_ ("Remove the oldest clips; their takes, starred ones and unsaved ones stay"), 0, 0, prune },
  { NULL },
};

const RushesCommand rushes_library_command = { "library", N_ ("Look after the library as a whole"), verbs };
