/* rushes-projects-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-generate-options.h"
#include "rushes-invocation.h"
#include "rushes-listing.h"
#include "rushes-table.h"

/* The project that the n-th argument names; NULL with the error. */
static RushesProject *
find_project (RushesInvocation *self, RushesLibrary *library, guint n, GError **error)
{
  g_autofree char *wanted =
      rushes_invocation_read_text (rushes_invocation_get_argument (self, n), _ ("The project"), error);
  RushesProject *project;

  if (wanted == NULL)
    return NULL;
  project = rushes_library_find_project (library, wanted);
  if (project == NULL)
    rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                      _ ("There is no project “%s”; “rushes projects list” shows those that there are."), wanted);
  return project;
}

static int
list (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesTable) table = rushes_table_new (_ ("ID"), _ ("Takes"), _ ("Made"), _ ("Name"), NULL);
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  GListModel *projects;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(library = rushes_invocation_open_library (self, &error)))
    return rushes_invocation_fail (self, error);

  projects = rushes_library_get_projects (library);
  for (guint i = 0; i < g_list_model_get_n_items (projects); i++)
    {
      g_autoptr (RushesProject) project = g_list_model_get_item (projects, i);
      g_autofree char *n_takes = g_strdup_printf ("%u", rushes_project_get_n_takes (project));
      g_autofree char *made = rushes_time_to_display (rushes_project_get_created (project));
      g_autofree char *id = g_strndup (rushes_project_get_id (project), RUSHES_SHORT_ID);

      rushes_printer_emit (printer, rushes_project_to_listing (project));
      rushes_table_add (table, id, n_takes, made, rushes_project_get_name (project));
    }
  rushes_table_print (table, printer);

  return 0;
}

static int
create (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesProject) project = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  RushesLibrary *library;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(name = rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The name"), &error)) ||
      !(library = rushes_invocation_open_library (self, &error)) ||
      !(project = dex_await_object (rushes_library_create_project (library, name), &error)))
    return rushes_invocation_fail (self, error);

  shown = rushes_clean_words (rushes_project_get_name (project));
  rushes_printer_emit (printer, rushes_project_to_listing (project));
  rushes_printer_say (printer, _ ("Made the project “%s”."), shown);

  return 0;
}

static int
rename_project (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  RushesLibrary *library;
  RushesProject *project;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(name = rushes_invocation_read_text (rushes_invocation_get_argument (self, 1), _ ("The name"), &error)) ||
      !(library = rushes_invocation_open_library (self, &error)) ||
      !(project = find_project (self, library, 0, &error)) ||
      !dex_await (rushes_library_rename_project (library, project, name), &error))
    return rushes_invocation_fail (self, error);

  shown = rushes_clean_words (rushes_project_get_name (project));
  rushes_printer_emit (printer, rushes_project_to_listing (project));
  rushes_printer_say (printer, _ ("The project is now called “%s”."), shown);

  return 0;
}

static int delete (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesProject) project = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  RushesLibrary *library;
  RushesProject *found;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(library = rushes_invocation_open_library (self, &error)) || !(found = find_project (self, library, 0, &error)))
    return rushes_invocation_fail (self, error);

  project = g_object_ref (found);
  if (!dex_await (rushes_library_delete_project (library, project), &error))
    return rushes_invocation_fail (self, error);

  shown = rushes_clean_words (rushes_project_get_name (project));
  rushes_printer_emit (printer, rushes_project_to_listing (project));
  rushes_printer_say (printer, _ ("Deleted the project “%s” and its takes."), shown);

  return 0;
}

/* ---- defaults ---- */

static void
say_defaults (RushesProject *project, RushesPrinter *printer)
{
  JsonNode *defaults = rushes_project_get_defaults (project);
  g_autoptr (GList) members = NULL;

  if (defaults == NULL || !JSON_NODE_HOLDS_OBJECT (defaults))
    {
      rushes_printer_say (printer, "%s", _ ("Its takes begin with nothing set."));
      return;
    }

  rushes_printer_say (printer, "%s", _ ("Its takes begin with:"));
  members = json_object_get_members (json_node_get_object (defaults));
  for (GList *member = members; member != NULL; member = member->next)
    {
      JsonNode *node = json_object_get_member (json_node_get_object (defaults), member->data);
      g_autofree char *text = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
                                  ? json_node_dup_string (node)
                                  : json_to_string (node, FALSE);
      g_autofree char *shown = rushes_clean_words (text);

      if (*shown != '\0' && !g_str_equal (member->data, "version"))
        rushes_printer_say (printer, "  %s: %s", (const char *) member->data, shown);
    }
}

static int
show (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  RushesLibrary *library;
  RushesProject *project;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(library = rushes_invocation_open_library (self, &error)) ||
      !(project = find_project (self, library, 0, &error)))
    return rushes_invocation_fail (self, error);

  shown = rushes_clean_words (rushes_project_get_name (project));
  rushes_printer_emit (printer, rushes_project_to_listing (project));
  rushes_printer_say (printer, "%s", shown);
  say_defaults (project, printer);

  return 0;
}

/* A folder that is there, whole; NULL with a BAD_REQUEST. */
static GFile *
find_folder (const char *typed, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_commandline_arg (typed);

  if (g_file_query_file_type (folder, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    return g_steal_pointer (&folder);
  rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("There is no folder “%s”."), typed);
  return NULL;
}

/* What can be known to be wrong is said now, and not with every take. */
static gboolean
settle (RushesGenerateOptions *options, RushesInvocation *invocation, RushesDraft *draft, GError **error)
{
  RushesModel *model = NULL;
  g_autoptr (GPtrArray) notes = NULL;

  if ((options->provider != NULL &&
       !(model = rushes_generate_options_find_model (options, invocation, NULL, NULL, error))) ||
      !rushes_generate_options_fill (options, invocation, NULL, model, draft, error))
    return FALSE;
  if (model != NULL)
    notes = rushes_model_fit (model, draft);
  for (guint i = 0; notes != NULL && i < notes->len; i++)
    rushes_printer_remark (rushes_invocation_get_printer (invocation), "%s",
                           ((RushesNote *) g_ptr_array_index (notes, i))->message);
  return TRUE;
}

static int
set (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean clear = FALSE;
  const GOptionEntry entries[] = {
    { "clear", 0, 0, G_OPTION_ARG_NONE, &clear, N_ ("Forget first what was set before"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (RushesGenerateOptions) options = { 0 };
  g_autoptr (RushesDraft) draft = rushes_draft_new ();
  g_autoptr (GFile) folder = NULL;
  g_autoptr (JsonNode) empty = NULL;
  g_autoptr (JsonNode) filled = NULL;
  g_autoptr (GError) error = NULL;
  RushesLibrary *library;
  RushesProject *project;
  int status;

  rushes_generate_options_declare_defaults (&options, self);
  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(library = rushes_invocation_open_library (self, &error)) ||
      !(project = find_project (self, library, 0, &error)))
    return rushes_invocation_fail (self, error);

  empty = rushes_draft_to_json (draft);
  if (!clear)
    rushes_generate_options_take_defaults (&options, project, draft,
                                           rushes_folders_get_references (rushes_library_get_folders (library)));
  if ((options.output != NULL && !(folder = find_folder (options.output, &error))) ||
      !settle (&options, self, draft, &error))
    return rushes_invocation_fail (self, error);
  filled = rushes_draft_to_json (draft);
  if (!dex_await (
          rushes_library_set_defaults (library, project, json_node_equal (empty, filled) ? NULL : draft, folder),
          &error))
    return rushes_invocation_fail (self, error);

  rushes_printer_emit (printer, rushes_project_to_listing (project));
  say_defaults (project, printer);

  return 0;
}

static const RushesVerb verbs[] = {
  { "list", NULL, N_ ("Show the projects"), 0, 0, list },
  { "create", N_ ("NAME"), N_ ("Make a project"), 1, 1, create },
  { "rename", N_ ("PROJECT NAME"), N_ ("Give a project another name"), 2, 2, rename_project },
  { "show", N_ ("PROJECT"), N_ ("Show a project and what its takes begin with"), 1, 1, show },
  { "set", N_ ("PROJECT"), N_ ("Say what its takes begin with, in the window and with --project"), 1, 1, set },
  { "delete", N_ ("PROJECT"), N_ ("Delete a project with its takes; their files stay for 30 days"), 1, 1, delete },
  { NULL },
};

const RushesCommand rushes_projects_command = { "projects", N_ ("Look after projects, the folders of takes"), verbs };
