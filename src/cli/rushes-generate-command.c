/* rushes-generate-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-async.h"
#include "rushes-consent-option.h"
#include "rushes-credentials.h"
#include "rushes-dry-run.h"
#include "rushes-extend-option.h"
#include "rushes-generate-options.h"
#include "rushes-http-provider.h"
#include "rushes-pictures.h"
#include "rushes-recipe-option.h"
#include "rushes-settings.h"
#include "rushes-settle.h"
#include "rushes-take-events.h"
#include "rushes-watch.h"

/* Values outside are refused. */
#define LONGEST_TIMEOUT 3600
#define LONGEST_DELAY   600
#define MOST_TRIES      5

/* Nobody is asked more often. */
#define SHORTEST_INTERVAL 0.1

/* What there is to know before anything is touched. */
typedef struct
{
  RushesModel *model;
  RushesDraft *draft;
  RushesDestination *destination;
  RushesConsent consent;
  /* Negative where nothing was said. */
  double timeout;
  gint64 tries;
  RushesHandling handling;
  double delay;
  double interval;
} Plan;

static void
plan_clear (Plan *self)
{
  g_clear_object (&self->draft);
  g_clear_pointer (&self->destination, rushes_destination_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static void
tell_notes (RushesPrinter *printer, GPtrArray *notes)
{
  for (guint i = 0; i < notes->len; i++)
    {
      const RushesNote *note = g_ptr_array_index (notes, i);

      rushes_printer_emit (printer, rushes_event_new_note (note));
      rushes_printer_remark (printer, "%s", note->message);
    }
}

static gboolean
read_patience (const RushesGenerateOptions *options, Plan *plan, GError **error)
{
  plan->timeout = plan->tries = plan->delay = plan->interval = -1;
  return (options->timeout == NULL || rushes_invocation_read_number_within (options->timeout, "--timeout", "s", 1,
                                                                            LONGEST_TIMEOUT, &plan->timeout, error)) &&
         (options->tries == NULL ||
          rushes_invocation_read_integer (options->tries, "--tries", 0, MOST_TRIES, &plan->tries, error)) &&
         (options->delay == NULL || rushes_invocation_read_number_within (options->delay, "--delay", "s", 0,
                                                                          LONGEST_DELAY, &plan->delay, error)) &&
         (options->interval == NULL ||
          rushes_invocation_read_number_within (options->interval, "--poll-interval", "s", SHORTEST_INTERVAL,
                                                LONGEST_DELAY, &plan->interval, error));
}

static gboolean
read_handling (const RushesGenerateOptions *options, Plan *plan, GError **error)
{
  if (options->handling == NULL || rushes_handling_from_string (options->handling, &plan->handling))
    return TRUE;

  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("--handling is “%s”, and it can be download, stream or auto."),
                    options->handling);
  return FALSE;
}

static void
set_patience (const Plan *plan, RushesInvocation *invocation, RushesQueue *queue)
{
  RushesRegistry *registry = rushes_invocation_get_registry (invocation);

  if (plan->timeout >= 0)
    g_object_set (queue, "time-limit", plan->timeout, NULL);
  if (plan->tries >= 0)
    g_object_set (queue, "tries", (guint) plan->tries, NULL);
  if (plan->delay >= 0)
    g_object_set (queue, "delay", plan->delay, NULL);
  if (plan->interval >= 0)
    rushes_provider_set_interval (rushes_registry_find (registry, rushes_model_get_provider_id (plan->model)),
                                  plan->interval);
}

/* There is nobody who would go on with what this process renders itself. */
static gboolean
settle_waiting (RushesGenerateOptions *options, RushesProvider *provider, GPtrArray *notes, GError **error)
{
  RushesNote *note;

  if (!options->no_wait)
    return TRUE;

  if (!rushes_provider_get_is_local (provider))
    {
      if (options->output == NULL)
        return TRUE;
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("--output needs the clip, and --no-wait does not wait for it."));
      return FALSE;
    }

  note = g_new0 (RushesNote, 1);
  note->field = g_strdup ("no_wait");
  note->asked = g_strdup ("true");
  note->used = g_strdup ("false");
  note->message = g_strdup_printf (_ ("%s works inside this command, so the command waits for it."),
                                   rushes_provider_get_name (provider));
  g_ptr_array_add (notes, note);
  options->no_wait = FALSE;
  return TRUE;
}

/* The one that was named, else the one that was open last. */
static RushesProject *
find_project (RushesLibrary *library, const char *typed, GError **error)
{
  g_autoptr (GSettings) settings = rushes_settings_get ();
  g_autofree char *last = g_settings_get_string (settings, "project");
  g_autofree char *name = NULL;
  RushesProject *project;

  if (typed != NULL)
    {
      if (!(name = rushes_invocation_read_text (typed, "--project", error)))
        return NULL;
      project = rushes_library_find_project (library, name);
      if (project == NULL)
        rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                          _ ("There is no project “%s”; “rushes projects create” makes one."), name);
      return project;
    }

  project = *last != '\0' ? rushes_library_find_project (library, last) : NULL;
  if (project == NULL)
    {
      g_autoptr (RushesProject) first = g_list_model_get_item (rushes_library_get_projects (library), 0);

      project = first;
    }
  return project;
}

/* Of a project that was named: nobody is to pay for what was chosen in a window that happened to be open last. */
static gboolean
take_defaults (Plan *self, RushesGenerateOptions *options, RushesInvocation *invocation, GError **error)
{
  RushesFolders *folders = rushes_invocation_get_folders (invocation);
  RushesLibrary *library;
  RushesProject *project;

  if (options->project == NULL)
    return TRUE;
  if (!(library = rushes_invocation_open_library (invocation, error)) ||
      !(project = find_project (library, options->project, error)))
    return FALSE;
  rushes_generate_options_take_defaults (options, project, self->draft, rushes_folders_get_references (folders));
  return TRUE;
}

static gboolean
make_plan (Plan *self, RushesGenerateOptions *options, RushesInvocation *invocation, GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_note_free);
  g_autoptr (GPtrArray) settled = NULL;
  g_autoptr (RushesRecipe) recipe = NULL;
  g_autofree char *provider_id = g_strdup (options->provider);
  g_autofree char *model_id = g_strdup (options->model);
  RushesProvider *provider;
  guint n_clips;

  self->draft = options->extend != NULL ? rushes_extend_option_read (options, invocation, error) : rushes_draft_new ();
  if (self->draft == NULL)
    return FALSE;
  if ((options->recipe != NULL && !(recipe = rushes_recipe_option_read (options, invocation, error))) ||
      (options->extend == NULL && !take_defaults (self, options, invocation, error)))
    return FALSE;
  /* What a recipe says goes before what the takes of the project begin with. */
  if (recipe != NULL)
    {
      g_set_str (&options->provider, provider_id);
      g_set_str (&options->model, model_id);
    }
  if (!(self->model = rushes_generate_options_find_model (options, invocation, recipe, notes, error)))
    return FALSE;
  if (recipe != NULL)
    rushes_recipe_option_fill (options, recipe, self->model, self->draft, notes);
  if (!rushes_generate_options_fill (options, invocation, rushes_invocation_get_argument (invocation, 0), self->model,
                                     self->draft, error) ||
      !read_patience (options, self, error) || !read_handling (options, self, error) ||
      !rushes_consent_read (options->yes, options->max_cost, &self->consent, error) ||
      !rushes_pictures_check (options, error))
    return FALSE;

  rushes_pictures_stand_in (options, self->draft);
  provider =
      rushes_registry_find (rushes_invocation_get_registry (invocation), rushes_model_get_provider_id (self->model));
  if (!(settled = rushes_draft_settle (self->draft, self->model, error)) ||
      !settle_waiting (options, provider, settled, error))
    return FALSE;
  g_ptr_array_extend_and_steal (notes, g_steal_pointer (&settled));

  n_clips = rushes_draft_get_count (self->draft) * rushes_pictures_count (options);
  if (options->output != NULL &&
      !(self->destination = rushes_destination_new (options->output, options->force, n_clips, error)))
    return FALSE;
  if (self->destination != NULL && options->no_recipe)
    rushes_destination_set_with_recipe (self->destination, FALSE);

  tell_notes (rushes_invocation_get_printer (invocation), notes);
  return TRUE;
}

static gboolean
check_provider (RushesInvocation *invocation, RushesModel *model, GError **error)
{
  RushesProvider *provider =
      rushes_registry_find (rushes_invocation_get_registry (invocation), rushes_model_get_provider_id (model));
  g_autoptr (GError) problem = NULL;

  /* Whether there is a key is known only when somebody looked. */
  if (RUSHES_IS_HTTP_PROVIDER (provider))
    dex_await (rushes_http_provider_refresh (RUSHES_HTTP_PROVIDER (provider)), NULL);
  problem = rushes_provider_get_problem (provider);
  if (problem == NULL)
    return TRUE;
  /* The window has a place for a key beside these words; here the ways to give one have to be said. */
  if (g_error_matches (problem, RUSHES_ERROR, RUSHES_ERROR_AUTH) && RUSHES_IS_HTTP_PROVIDER (provider))
    {
      g_autoptr (GError) reason = NULL;
      g_autoptr (RushesCredentials) credentials =
          dex_await_boxed (rushes_http_provider_get_credentials (RUSHES_HTTP_PROVIDER (provider)), &reason);

      if (credentials != NULL)
        return TRUE;
      if (g_error_matches (reason, RUSHES_ERROR, RUSHES_ERROR_AUTH))
        {
          g_propagate_error (error, g_steal_pointer (&reason));
          return FALSE;
        }
    }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static int
make_clips (RushesInvocation *invocation, const RushesGenerateOptions *options, Plan *plan)
{
  g_autoptr (RushesImporter) importer =
      rushes_importer_new (rushes_invocation_get_folders (invocation), rushes_invocation_get_fitter (invocation));
  g_autofree char *order = rushes_new_id ();
  g_autoptr (RushesQueue) queue = NULL;
  g_autoptr (RushesWatch) watch = NULL;
  g_autoptr (GPtrArray) batch = NULL;
  g_autoptr (GPtrArray) takes = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  RushesProject *project;

  if (!check_provider (invocation, plan->model, &error) ||
      !(library = rushes_invocation_open_library (invocation, &error)) ||
      !(project = find_project (library, options->project, &error)) ||
      !rushes_pictures_import (options, importer, FALSE, plan->draft, &batch, &error))
    return rushes_invocation_fail (invocation, error);

  queue = rushes_queue_new (library, rushes_invocation_get_registry (invocation),
                            rushes_invocation_get_fitter (invocation));
  set_patience (plan, invocation, queue);
  if (options->handling != NULL)
    rushes_queue_set_handling (queue, plan->handling);
  watch = rushes_watch_new (invocation, library, queue);
  rushes_watch_set_destination (watch, plan->destination);
  rushes_watch_set_no_wait (watch, options->no_wait);

  takes = dex_await_boxed (
      rushes_queue_generate_with_consent (queue, project, plan->draft, batch, order, &plan->consent), &error);
  if (takes == NULL)
    return rushes_consent_fail (invocation, error);

  return rushes_watch_run (watch, takes);
}

static int
generate (RushesInvocation *invocation)
{
  RushesPrinter *printer = rushes_invocation_get_printer (invocation);
  g_auto (RushesGenerateOptions) options = { 0 };
  g_auto (Plan) plan = { 0 };
  g_autoptr (GError) error = NULL;
  int status;

  rushes_generate_options_declare (&options, invocation);
  rushes_invocation_set_notes (invocation, _ ("Exit status: 0 done, 2 not possible as asked, 3 key "
                                              "refused, 4 no balance or a limit, 5 content declined, 6 no\n"
                                              "connection, 7 still running, 8 the service failed, 9 disk "
                                              "or clip, 10 keyring, 11 unconfirmed,\n"
                                              "130 interrupted."));
  if (!rushes_invocation_parse (invocation, &status))
    return status;

  rushes_printer_set_quiet (printer, options.quiet);
  if (options.output != NULL && rushes_destination_is_stream (options.output))
    rushes_printer_yield_output (printer);

  if (!make_plan (&plan, &options, invocation, &error))
    return rushes_invocation_fail (invocation, error);

  return options.dry_run ? rushes_dry_run (invocation, &options, plan.model, plan.draft)
                         : make_clips (invocation, &options, &plan);
}

static const RushesVerb verbs[] = {
  { NULL, N_ ("[PROMPT]"),
    N_ ("Make a clip from words, a picture, or both, and wait until it is "
        "there."),
    0, 1, generate },
  { NULL },
};

const RushesCommand rushes_generate_command = { "generate", N_ ("Make a clip from words, a picture, or both"), verbs };
