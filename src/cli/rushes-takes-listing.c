/* rushes-takes-listing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-takes-listing.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-listing.h"
#include "rushes-table.h"

#define DEFAULT_LIMIT 50

/* What `takes list` was told, as it was typed. */
typedef struct
{
  char *state;
  char *project;
  char *search;
  char *after;
  char *limit;
  gboolean starred;
} ListOptions;

static void
list_options_clear (ListOptions *self)
{
  g_free (self->state);
  g_free (self->project);
  g_free (self->search);
  g_free (self->after);
  g_free (self->limit);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ListOptions, list_options_clear)

GPtrArray *
rushes_takes_load_active (RushesLibrary *library, GError **error)
{
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();

  filter->kind = RUSHES_TAKES_ACTIVE;
  filter->sort = RUSHES_SORT_OLDEST;
  return dex_await_boxed (rushes_library_page_takes (library, filter, NULL, G_MAXINT), error);
}

static RushesTakeFilter *
make_filter (const ListOptions *options, RushesLibrary *library, GError **error)
{
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();

  if (options->starred)
    filter->kind = RUSHES_TAKES_STARRED;
  if (options->state != NULL)
    {
      RushesTakeState state;

      filter->state = g_strdup (options->state);
      if (!rushes_take_state_from_string (options->state, &state))
        {
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                            _ ("There is no state “%s”. There are queued, preparing, submitting, running, downloading, "
                               "ready, failed, cancelled, expired, unconfirmed and left."),
                            options->state);
          return NULL;
        }
    }
  if (options->search != NULL && !(filter->search = rushes_invocation_read_text (options->search, "--search", error)))
    return NULL;
  if (options->project != NULL)
    {
      g_autofree char *name = rushes_invocation_read_text (options->project, "--project", error);
      RushesProject *project;

      if (name == NULL)
        return NULL;
      project = rushes_library_find_project (library, name);
      if (project == NULL)
        {
          rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                            _ ("There is no project “%s”; “rushes projects list” shows those that there are."), name);
          return NULL;
        }
      filter->project_id = g_strdup (rushes_project_get_id (project));
    }

  return g_steal_pointer (&filter);
}

static char *
describe_result (RushesTake *take)
{
  RushesClip *clip = rushes_take_get_clip (take);
  const GError *error = rushes_take_get_error (take);

  if (clip != NULL)
    return g_strdup_printf (_ ("%.3g s"), rushes_clip_get_facts (clip)->duration);
  return g_strdup (error != NULL && error->domain == RUSHES_ERROR ? rushes_error_code_to_string (error->code) : "");
}

static void
say_row (RushesTable *table, RushesTake *take)
{
  RushesRequest *request = rushes_take_get_request (take);
  g_autofree char *id = g_strndup (rushes_take_get_id (take), RUSHES_SHORT_ID);
  g_autofree char *made = rushes_time_to_display (rushes_take_get_created (take));
  g_autofree char *result = describe_result (take);
  g_autofree char *model =
      g_strdup_printf ("%s/%s", rushes_request_get_provider_id (request), rushes_request_get_model_id (request));

  rushes_table_add (table, id, rushes_take_state_to_display (rushes_take_get_state (take)), result, made,
                    rushes_take_get_starred (take) ? "★" : "", model, rushes_take_get_title (take));
}

static gboolean
list_page (RushesInvocation *self, const ListOptions *options, guint limit, GError **error)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTable) table =
      rushes_table_new (_ ("ID"), _ ("State"), _ ("Clip"), _ ("Made"), "", _ ("Model"), _ ("Title"), NULL);
  g_autoptr (RushesTakeFilter) filter = NULL;
  g_autoptr (RushesTake) cursor = NULL;
  g_autoptr (GPtrArray) takes = NULL;
  RushesLibrary *library;

  /* One more than is shown, to know whether there are more. */
  if (!(library = rushes_invocation_open_library (self, error)) || !(filter = make_filter (options, library, error)) ||
      (options->after != NULL && !(cursor = rushes_invocation_find_take (library, options->after, error))) ||
      !(takes = dex_await_boxed (
            rushes_library_page_takes (library, filter, cursor != NULL ? rushes_take_get_id (cursor) : NULL, limit + 1),
            error)))
    return FALSE;

  for (guint i = 0; i < MIN (takes->len, limit); i++)
    {
      RushesTake *take = g_ptr_array_index (takes, i);

      rushes_printer_emit (printer, rushes_take_to_listing (take));
      say_row (table, take);
    }
  rushes_table_print (table, printer);
  if (takes->len > limit)
    rushes_printer_remark (printer, _ ("There are more: go on with “--after %s”."),
                           rushes_take_get_id (g_ptr_array_index (takes, limit - 1)));

  return TRUE;
}

int
rushes_takes_list (RushesInvocation *self)
{
  g_auto (ListOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "state", 0, 0, G_OPTION_ARG_FILENAME, &options.state, N_ ("Only those that are ready, failed, running …"),
      N_ ("STATE") },
    { "starred", 0, 0, G_OPTION_ARG_NONE, &options.starred, N_ ("Only those with a star"), NULL },
    { "project", 0, 0, G_OPTION_ARG_FILENAME, &options.project, N_ ("Only those of a project"), N_ ("NAME") },
    { "search", 0, 0, G_OPTION_ARG_FILENAME, &options.search, N_ ("Only those with these words"), N_ ("WORDS") },
    { "after", 0, 0, G_OPTION_ARG_FILENAME, &options.after, N_ ("Go on after this take"), N_ ("ID") },
    { "limit", 0, 0, G_OPTION_ARG_FILENAME, &options.limit, N_ ("How many at most (50)"), N_ ("N") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  gint64 limit = DEFAULT_LIMIT;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  rushes_invocation_set_notes (
      self, _ ("An ID may be shortened to any beginning of at least 6 characters that only one take has; the list\n"
               "shows enough of it. --json gives it whole."));
  if (!rushes_invocation_parse (self, &status))
    return status;

  if ((options.limit != NULL &&
       !rushes_invocation_read_integer (options.limit, "--limit", 1, 100000, &limit, &error)) ||
      !list_page (self, &options, (guint) limit, &error))
    return rushes_invocation_fail (self, error);

  return 0;
}

/* ---- one take ---- */

static void
add_optional (RushesTable *table, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    rushes_table_add (table, title, text);
}

static void
add_request (RushesTable *table, RushesRequest *request)
{
  g_autofree char *model =
      g_strdup_printf ("%s/%s", rushes_request_get_provider_id (request), rushes_request_get_model_id (request));
  g_autofree char *seed = g_strdup_printf ("%" G_GINT64_FORMAT, rushes_request_get_seed (request));
  const GError *lost = rushes_request_get_problem (request);
  g_autofree char *looks = NULL;

  /* Translators: length in seconds, resolution, aspect ratio and frames a second. */
  looks = g_strdup_printf (_ ("%g s, %s, %s, %d fps"), rushes_request_get_duration (request),
                           rushes_request_get_resolution (request), rushes_request_get_aspect (request),
                           rushes_request_get_frame_rate (request));
  rushes_table_add (table, _ ("model"), model);
  add_optional (table, _ ("prompt"), rushes_request_get_whole_prompt (request));
  if (lost != NULL)
    {
      rushes_table_add (table, _ ("asked for"), lost->message);
      return;
    }
  add_optional (table, _ ("negative prompt"), rushes_request_get_negative_prompt (request));
  rushes_table_add (table, _ ("asked for"), looks);
  rushes_table_add (table, _ ("seed"), seed);
  for (int role = RUSHES_ROLE_FIRST_FRAME; role <= RUSHES_ROLE_REFERENCE; role++)
    for (guint i = 0; i < rushes_request_get_n_references (request, role); i++)
      {
        RushesReference *reference = rushes_request_get_reference (request, role, i);
        g_autofree char *picture = g_strdup_printf (
            "%s (%s, %d×%d)", rushes_reference_get_name (reference), rushes_reference_get_media_type (reference),
            rushes_reference_get_width (reference), rushes_reference_get_height (reference));

        rushes_table_add (table, _ ("picture"), picture);
      }
}

static void
add_clip (RushesTable *table, RushesClip *clip)
{
  const RushesClipFacts *facts = rushes_clip_get_facts (clip);
  g_autofree char *size = g_format_size (facts->size);
  g_autofree char *path = g_filename_display_name (g_file_peek_path (rushes_clip_get_file (clip)));
  g_autofree char *codecs = NULL;
  g_autofree char *text = NULL;

  codecs = g_strconcat (facts->video_codec != NULL ? facts->video_codec : "?", facts->audio_codec != NULL ? "+" : NULL,
                        facts->audio_codec, NULL);
  /* Translators: length in seconds, width and height, frames a second, codecs and size of the file. */
  text = g_strdup_printf (_ ("%.3g s, %d × %d, %.3g fps, %s, %s"), facts->duration, facts->width, facts->height,
                          facts->frame_rate, codecs, size);
  rushes_table_add (table, _ ("clip"), text);
  rushes_table_add (table, _ ("file"), path);
}

static const char *
describe_charged (RushesCharged charged)
{
  switch (charged)
    {
    case RUSHES_CHARGED_NO:
      return _ ("not charged");
    case RUSHES_CHARGED_YES:
      return _ ("charged");
    case RUSHES_CHARGED_MAYBE:
    default:
      return _ ("maybe charged");
    }
}

static void
add_attempts (RushesTable *table, RushesTake *take, JsonObject *description)
{
  JsonArray *attempts = json_object_get_array_member (description, "attempts");

  for (guint i = 0; i < json_array_get_length (attempts); i++)
    {
      JsonObject *attempt = json_array_get_object_element (attempts, i);
      const char *task = json_object_get_string_member_with_default (attempt, "task_id", NULL);
      const char *charged = json_object_get_string_member_with_default (attempt, "charged", NULL);
      RushesTakeState state = RUSHES_TAKE_STATE_QUEUED;
      g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
      g_auto (GStrv) words = NULL;
      g_autofree char *text = NULL;
      g_autofree char *title = NULL;

      rushes_take_state_from_string (json_object_get_string_member (attempt, "state"), &state);
      g_strv_builder_add (parts, rushes_take_state_to_display (state));
      g_strv_builder_add (parts, json_object_get_string_member (attempt, "created"));
      if (task != NULL)
        /* Translators: %s is the id that the provider gave to its work. */
        g_strv_builder_take (parts, g_strdup_printf (_ ("task %s"), task));
      /* Of a clip that is there the price says it. */
      if (charged != NULL && rushes_take_get_clip (take) == NULL)
        g_strv_builder_add (parts, describe_charged (rushes_charged_from_string (charged)));

      words = g_strv_builder_end (parts);
      /* Translators: what stands between the facts of an attempt, “ready, 2026-10-01T10:24:00Z, task 17”. */
      text = g_strjoinv (_ (", "), words);
      /* Translators: the how manieth try at a take. */
      title = g_strdup_printf (_ ("attempt %d"), (int) json_object_get_int_member (attempt, "number"));
      rushes_table_add (table, title, text);
    }
}

void
rushes_take_say (RushesTake *take, JsonNode *description, RushesPrinter *printer)
{
  g_autoptr (RushesTable) table =
      rushes_table_new (rushes_take_get_id (take), rushes_take_state_to_display (rushes_take_get_state (take)), NULL);
  const GError *error = rushes_take_get_error (take);
  JsonObject *project = json_object_get_object_member (json_node_get_object (description), "project");
  g_autofree char *made = rushes_time_to_display (rushes_take_get_created (take));

  add_optional (table, "", error != NULL ? error->message : NULL);
  add_optional (table, "", rushes_take_get_starred (take) ? _ ("starred") : NULL);
  add_optional (table, _ ("note"), rushes_take_get_note (take));
  rushes_table_add (table, _ ("project"), json_object_get_string_member (project, "name"));
  rushes_table_add (table, _ ("made"), made);
  add_request (table, rushes_take_get_request (take));
  if (rushes_take_get_clip (take) != NULL)
    add_clip (table, rushes_take_get_clip (take));
  add_optional (table, _ ("saved to"), rushes_take_get_saved_to (take));
  add_optional (table, "",
                rushes_take_get_cached (take) ? _ ("kept for now only, until it is saved or room is wanted") : NULL);
  add_attempts (table, take, json_node_get_object (description));
  rushes_table_print (table, printer);
}
