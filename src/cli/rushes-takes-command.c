/* rushes-takes-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-base-url-option.h"
#include "rushes-clip-saver.h"
#include "rushes-consent-option.h"
#include "rushes-destination.h"
#include "rushes-invocation.h"
#include "rushes-listing.h"
#include "rushes-standard-streams.h"
#include "rushes-support-pack.h"
#include "rushes-takes-line.h"
#include "rushes-takes-listing.h"
#include "rushes-watch.h"

/* Opens the library and finds the take that the first argument names; NULL with the error. */
static RushesTake *
find_take (RushesInvocation *self, RushesLibrary **library, GError **error)
{
  g_autofree char *id = NULL;

  if (!(id = rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The take"), error)) ||
      !(*library = rushes_invocation_open_library (self, error)))
    return NULL;
  return rushes_invocation_find_take (*library, id, error);
}

/* ---- show ---- */

static int
show (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (JsonNode) description = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  JsonObject *listing;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(take = find_take (self, &library, &error)) ||
      !(description = dex_await_boxed (rushes_library_describe_take (library, take), &error)))
    return rushes_invocation_fail (self, error);

  rushes_take_say (take, description, printer);
  listing = rushes_take_to_listing (take);
  json_object_set_member (listing, "details", g_steal_pointer (&description));
  rushes_printer_emit (printer, listing);

  return 0;
}

/* ---- one thing done to a take ---- */

static int
save (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean force = FALSE, no_recipe = FALSE;
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Write over a file that exists"), NULL },
    { "no-recipe", 0, 0, G_OPTION_ARG_NONE, &no_recipe, N_ ("Do not put the recipe into that file"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesDestination) destination = NULL;
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GFile) written = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  const char *typed;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;

  typed = rushes_invocation_get_argument (self, 1);
  if (rushes_destination_is_stream (typed))
    rushes_printer_yield_output (printer);
  if (!(take = find_take (self, &library, &error)))
    return rushes_invocation_fail (self, error);
  if (rushes_take_get_clip (take) == NULL)
    error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s", _ ("This take has no clip yet."));
  if (error == NULL && (destination = rushes_destination_new (typed, force, 1, &error)) != NULL && no_recipe)
    rushes_destination_set_with_recipe (destination, FALSE);
  if (destination == NULL || !rushes_destination_deliver (destination, library, take, &written, &error))
    return rushes_invocation_fail (self, error);

  if (written != NULL)
    {
      g_autofree char *shown = rushes_show_path (g_file_peek_path (written));

      rushes_printer_say (printer, _ ("Saved to %s"), shown);
      if (rushes_clip_saver_get_lack (written) != NULL)
        rushes_printer_remark (printer, "%s", rushes_clip_saver_get_lack (written));
    }
  rushes_printer_emit (printer, rushes_take_to_listing (take));

  return 0;
}

static int
pack (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
    { "force", 0, 0, G_OPTION_ARG_NONE, &force, N_ ("Write over a file that exists"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  RushesLibrary *library;
  JsonObject *result;
  const char *typed;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;

  typed = rushes_invocation_get_argument (self, 1);
  if (rushes_destination_is_stream (typed))
    rushes_printer_yield_output (printer);
  if (!(take = find_take (self, &library, &error)) ||
      !(bytes = dex_await_boxed (rushes_support_pack_make (library, rushes_invocation_get_registry (self), take, NULL),
                                 &error)) ||
      !rushes_write_typed_file (typed, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), force, &error))
    return rushes_invocation_fail (self, error);
  if (rushes_destination_is_stream (typed))
    return 0;

  file = g_file_new_for_commandline_arg (typed);
  result = json_object_new ();
  rushes_file_add_to_listing (file, result);
  rushes_printer_emit (printer, result);
  shown = rushes_show_path (typed);
  rushes_printer_say (printer, _ ("Wrote %s"), shown);
  rushes_printer_remark (printer, "%s",
                         _ ("No key and no picture is in it, but the prompt is; read it before you hand it on."));

  return 0;
}

/* Waits for what is done to a take, and says @sentence then. */
static int
say_done (RushesInvocation *self, RushesTake *take, DexFuture *work, const char *sentence)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GError) error = NULL;

  if (!dex_await (work, &error))
    return rushes_invocation_fail (self, error);

  rushes_printer_say (printer, "%s", sentence);
  rushes_printer_emit (printer, rushes_take_to_listing (take));

  return 0;
}

static int delete (RushesInvocation *self)
{
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(take = find_take (self, &library, &error)))
    return rushes_invocation_fail (self, error);

  return say_done (self, take, rushes_library_set_deleted (library, take, TRUE),
                   _ ("Deleted; its files stay for 30 days."));
}

static int
star (RushesInvocation *self)
{
  gboolean remove = FALSE;
  const GOptionEntry entries[] = {
    { "remove", 0, 0, G_OPTION_ARG_NONE, &remove, N_ ("Take the star off"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(take = find_take (self, &library, &error)))
    return rushes_invocation_fail (self, error);

  return say_done (self, take, rushes_library_star (library, take, !remove),
                   remove ? _ ("Took the star off.") : _ ("Starred."));
}

static int
note (RushesInvocation *self)
{
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  RushesLibrary *library;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(text = rushes_invocation_read_text (rushes_invocation_get_argument (self, 1), _ ("The note"), &error)) ||
      !(take = find_take (self, &library, &error)))
    return rushes_invocation_fail (self, error);

  return say_done (self, take, rushes_library_set_note (library, take, text),
                   *text != '\0' ? _ ("Noted.") : _ ("Removed the note."));
}

/* ---- work that goes on ---- */

typedef struct
{
  RushesQueue *queue;
  RushesWatch *watch;
} Work;

static void
work_clear (Work *self)
{
  g_clear_pointer (&self->watch, rushes_watch_free);
  g_clear_object (&self->queue);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static void
work_begin (Work *self, RushesInvocation *invocation, RushesLibrary *library)
{
  self->queue = rushes_queue_new (library, rushes_invocation_get_registry (invocation),
                                  rushes_invocation_get_fitter (invocation));
  self->watch = rushes_watch_new (invocation, library, self->queue);
}

/* Reads the line of a verb that takes --quiet; FALSE with @status when that was all. */
static gboolean
parse_quiet (RushesInvocation *self, const GOptionEntry *more, int *status)
{
  gboolean quiet = FALSE;
  const GOptionEntry entries[] = {
    { "quiet", 'q', 0, G_OPTION_ARG_NONE, &quiet, N_ ("Say nothing but errors"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  if (more != NULL)
    rushes_invocation_add_options (self, NULL, more);
  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, status))
    return FALSE;
  rushes_printer_set_quiet (rushes_invocation_get_printer (self), quiet);

  return TRUE;
}

/* Waits for one take, which is taken. */
static int
work_follow (Work *self, RushesTake *take)
{
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (takes, take);

  return rushes_watch_run (self->watch, takes);
}

/* The provider that made it, at another server where one was named. */
static gboolean
redirect (RushesInvocation *self, RushesTake *take, const char *base_url, GError **error)
{
  RushesRequest *request = rushes_take_get_request (take);
  RushesProvider *provider;

  if (base_url == NULL)
    return TRUE;
  provider = request != NULL ? rushes_registry_require (rushes_invocation_get_registry (self),
                                                        rushes_request_get_provider_id (request), error)
                             : NULL;
  if (provider == NULL && request == NULL)
    rushes_set_error (error, RUSHES_ERROR_STORAGE, _ ("What was asked for with this take cannot be read any more."));

  return provider != NULL && rushes_base_url_apply (base_url, provider, error);
}

/* Nothing is written, and so nothing is bought, before everything that stands against it was agreed to. */
static gboolean
make_again (RushesQueue *queue, RushesTake *take, RushesConsent *consent, GError **error)
{
  g_autoptr (GError) refusal = NULL;

  while (!dex_await (rushes_queue_retry_with_consent (queue, take, consent), &refusal))
    {
      if (!rushes_consent_ask (consent, refusal, error))
        return FALSE;
      g_clear_error (&refusal);
    }

  return TRUE;
}

static int
retry (RushesInvocation *self)
{
  gboolean yes = FALSE;
  g_autofree char *base_url = NULL;
  g_autofree char *max_cost = NULL;
  const GOptionEntry entries[] = {
    { "base-url", 0, 0, G_OPTION_ARG_FILENAME, &base_url,
      N_ ("The address of its server, for this once; it gets no stored key but "
          "its own"),
      N_ ("URL") },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes,
      N_ ("Go on although it may be paid for twice, or without a known price although a limit is set"), NULL },
    { "max-cost", 0, 0, G_OPTION_ARG_FILENAME, &max_cost,
      N_ ("Go on without a known price, and refuse what may cost more than this: 5, 0.50USD"), N_ ("AMOUNT") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (Work) work = { 0 };
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesConsent consent;
  RushesLibrary *library;
  int status;

  if (!parse_quiet (self, entries, &status))
    return status;

  if (!rushes_consent_read (yes, max_cost, &consent, &error) || !(take = find_take (self, &library, &error)) ||
      !redirect (self, take, base_url, &error))
    return rushes_invocation_fail (self, error);
  work_begin (&work, self, library);
  if (!make_again (work.queue, take, &consent, &error))
    return rushes_consent_fail (self, error);

  return work_follow (&work, g_steal_pointer (&take));
}

static int
check (RushesInvocation *self)
{
  g_auto (Work) work = { 0 };
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  int status;

  if (!parse_quiet (self, NULL, &status))
    return status;

  if (!(take = find_take (self, &library, &error)))
    return rushes_invocation_fail (self, error);
  work_begin (&work, self, library);
  dex_await_int (rushes_queue_check (work.queue, take), &error);
  if (error != NULL)
    return rushes_invocation_fail (self, error);

  /* What is alive is waited for; of what is not, it is said what it stays. */
  return work_follow (&work, g_steal_pointer (&take));
}

static int
forget (RushesInvocation *self)
{
  g_auto (Work) work = { 0 };
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(take = find_take (self, &library, &error)))
    return rushes_invocation_fail (self, error);
  work_begin (&work, self, library);

  return say_done (self, take, rushes_queue_forget (work.queue, take),
                   _ ("Forgotten. What it cost stays uncertain, and counts as spent."));
}

/* The takes that somebody began and nobody works on; those of processes that live are left to them. */
static gboolean
adopt (RushesQueue *queue, GPtrArray *candidates, gboolean named, GPtrArray *adopted, GError **error)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      RushesTake *take = g_ptr_array_index (candidates, i);
      g_autoptr (GError) cause = NULL;
      int n = 0;

      /* What came in with a backup is gone on with when it is named. */
      if (named || !rushes_take_get_elsewhere (take))
        n = dex_await_int (rushes_queue_resume (queue, take), &cause);

      if (cause != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
      if (n > 0)
        g_ptr_array_add (adopted, g_object_ref (take));
    }

  return TRUE;
}

static int
resume (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_auto (Work) work = { 0 };
  g_autoptr (GPtrArray) candidates = NULL;
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  int status;

  if (!parse_quiet (self, NULL, &status))
    return status;

  if (rushes_invocation_get_argument (self, 0) != NULL)
    {
      RushesTake *take = find_take (self, &library, &error);

      if (take == NULL)
        return rushes_invocation_fail (self, error);
      candidates = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (candidates, take);
    }
  else if (!(library = rushes_invocation_open_library (self, &error)) ||
           !(candidates = rushes_takes_load_active (library, &error)))
    return rushes_invocation_fail (self, error);

  work_begin (&work, self, library);
  if (!adopt (work.queue, candidates, rushes_invocation_get_argument (self, 0) != NULL, takes, &error))
    return rushes_invocation_fail (self, error);
  if (takes->len == 0)
    {
      rushes_printer_remark (printer, "%s", _ ("There is nothing to go on with."));
      return 0;
    }

  return rushes_watch_run (work.watch, takes);
}

static const char *
describe_cancel (RushesTakeState state)
{
  if (rushes_take_state_is_end (state))
    return _ ("Cancelled.");
  if (state == RUSHES_TAKE_STATE_LEFT)
    return _ ("What was accepted cannot be cancelled there. Rushes does not wait for it any more; it may still cost.");
  if (state == RUSHES_TAKE_STATE_UNCONFIRMED)
    return _ (
        "Nobody knows whether it was accepted, so that there is nothing to cancel yet; it may have cost. Check it "
        "again, or forget it.");
  return _ ("Asked for its end; the process that works on it heeds that.");
}

static int
cancel (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_auto (Work) work = { 0 };
  g_autoptr (RushesTake) take = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(take = find_take (self, &library, &error)))
    return rushes_invocation_fail (self, error);
  if (rushes_take_state_is_end (rushes_take_get_state (take)))
    {
      error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("This take has ended already: it is %s."),
                                rushes_take_state_to_display (rushes_take_get_state (take)));
      return rushes_invocation_fail (self, error);
    }

  work_begin (&work, self, library);
  if (!dex_await (rushes_queue_cancel (work.queue, take), &error))
    return rushes_invocation_fail (self, error);

  /* Where nobody worked on it, this process has taken it over, to end it. */
  if (rushes_queue_get_n_active (work.queue) > 0)
    dex_await (rushes_queue_await (work.queue, take), NULL);

  rushes_printer_say (printer, "%s", describe_cancel (rushes_take_get_state (take)));
  rushes_printer_emit (printer, rushes_take_to_listing (take));

  return 0;
}

static const RushesVerb verbs[] = {
  { "list", NULL, N_ ("Show takes, newest first"), 0, 0, rushes_takes_list },
  { "show", N_ ("ID"), N_ ("Show all that is known of a take"), 1, 1, show },
  { "save", N_ ("ID FILE"), N_ ("Copy a take’s clip to a file, into a folder, or with - to standard output"), 2, 2,
    save },
  { "pack", N_ ("ID FILE"), N_ ("Write all about a take into one file for support, without keys and pictures"), 2, 2,
    pack },
  { "retry", N_ ("ID"), N_ ("Make a failed or cancelled take again, and wait for it"), 1, 1, retry },
  { "check", N_ ("ID"), N_ ("Ask once more what became of a take, and go on with it where it is alive"), 1, 1, check },
  { "forget", N_ ("ID"), N_ ("Give up a take of which nobody knows whether it was accepted"), 1, 1, forget },
  { "resume", N_ ("[ID]"), N_ ("Go on with what an earlier process left, and wait for it"), 0, 1, resume },
  { "cancel", N_ ("ID"), N_ ("End a take that is in work"), 1, 1, cancel },
  { "move", N_ ("ID --first|--up|--down"), N_ ("Give a take that is in line another place there"), 1, 1,
    rushes_takes_move },
  { "pause", NULL, N_ ("Submit nothing new until “rushes takes go”"), 0, 0, rushes_takes_pause },
  { "go", NULL, N_ ("Let a paused queue go on"), 0, 0, rushes_takes_go },
  { "delete", N_ ("ID"), N_ ("Delete a take; its files stay for 30 days"), 1, 1, delete },
  { "star", N_ ("ID"), N_ ("Put a star on a take"), 1, 1, star },
  { "note", N_ ("ID TEXT"), N_ ("Write a note on a take; an empty one removes it"), 2, 2, note },
  { NULL },
};

const RushesCommand rushes_takes_command = { "takes", N_ ("Look after takes, what was made and is being made"), verbs };
