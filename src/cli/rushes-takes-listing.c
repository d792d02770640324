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

static void
resolve (DexPromise *promise)
{
  if (dex_future_is_pending (DEX_FUTURE (promise)))
    dex_promise_resolve_boolean (promise, TRUE);
}

/* The n-th take of a list, with its row; NULL past the end. */
static RushesTake *
load_item (GListModel *list, guint n)
{
  g_autoptr (RushesTake) take = g_list_model_get_item (list, n);

  if (take != NULL && !rushes_take_get_loaded (take))
    {
      g_autoptr (DexPromise) promise = dex_promise_new ();
      gulong handler = g_signal_connect_swapped (take, "notify::loaded", G_CALLBACK (resolve), promise);

      dex_await (dex_ref (DEX_FUTURE (promise)), NULL);
      g_signal_handler_disconnect (take, handler);
    }

  return g_steal_pointer (&take);
}

GPtrArray *
rushes_takes_load_active (RushesLibrary *library, GError **error)
{
  g_autoptr (RushesTakeFilter) filter = rushes_take_filter_new ();
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GPtrArray) takes = g_ptr_array_new_with_free_func (g_object_unref);
  RushesTake *take;

  filter->kind = RUSHES_TAKES_ACTIVE;
  filter->sort = RUSHES_SORT_OLDEST;
  list = rushes_library_list_takes (library, filter);
  while ((take = load_item (list, takes->len)) != NULL)
    g_ptr_array_add (takes, take);

  return g_steal_pointer (&takes);
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
          rushes_set_error (error, RUSHES_ERROR_NOT_FOUND,
                            _ ("There is no project “%s”; “rushes projects list” shows those that there are."), name);
          return NULL;
        }
      filter->project_id = g_strdup (rushes_project_get_id (project));
    }

  return g_steal_pointer (&filter);
}

/* Where the page begins: after the take that the cursor names. */
static guint
find_first (GListModel *list, const char *cursor)
{
  guint n = 0;

  /* Ids sort by creation, and the newest come first; placeholders know theirs. */
  for (; cursor != NULL; n++)
    {
      g_autoptr (RushesTake) take = g_list_model_get_item (list, n);

      if (take == NULL || strcmp (rushes_take_get_id (take), cursor) < 0)
        break;
    }

  return n;
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

static int
list_page (RushesInvocation *self, const ListOptions *options, guint limit, GError **error)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTable) table =
      rushes_table_new (_ ("ID"), _ ("State"), _ ("Clip"), _ ("Made"), "", _ ("Model"), _ ("Title"), NULL);
  g_autoptr (RushesTakeFilter) filter = NULL;
  g_autoptr (RushesTake) cursor = NULL;
  g_autoptr (RushesTake) last = NULL;
  g_autoptr (GListModel) list = NULL;
  RushesLibrary *library;
  guint first, n = 0;

  if (!(library = rushes_invocation_open_library (self, RUSHES_LIBRARY_OPEN_READ_ONLY, error)) ||
      !(filter = make_filter (options, library, error)) ||
      (options->after != NULL &&
       !(cursor = dex_await_object (rushes_library_find_take (library, options->after), error))))
    return -1;

  list = rushes_library_list_takes (library, filter);
  first = find_first (list, cursor != NULL ? rushes_take_get_id (cursor) : NULL);
  for (; n < limit; n++)
    {
      g_autoptr (RushesTake) take = load_item (list, first + n);

      if (take == NULL)
        break;
      rushes_printer_emit (printer, rushes_take_to_listing (take));
      say_row (table, take);
      g_set_object (&last, take);
    }

  rushes_table_print (table, printer);
  if (first + n < g_list_model_get_n_items (list))
    rushes_printer_remark (printer, _ ("There are more: go on with “--after %s”."), rushes_take_get_id (last));

  return 0;
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
       !rushes_invocation_read_integer (options.limit, "--limit", 1, G_MAXINT, &limit, &error)) ||
      list_page (self, &options, (guint) limit, &error) != 0)
    return rushes_invocation_fail (self, error);

  return 0;
}

/* ---- one take ---- */

void
rushes_take_say (RushesTake *take, JsonNode *description, RushesPrinter *printer)
{
}
