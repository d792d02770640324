/* rushes-providers-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-base-url-option.h"
#include "rushes-description.h"
#include "rushes-http-provider.h"
#include "rushes-invocation.h"
#include "rushes-json-reader.h"
#include "rushes-listing.h"
#include "rushes-provider-facts.h"
#include "rushes-providers-private.h"
#include "rushes-standard-streams.h"
#include "rushes-table.h"

RushesProvider *
rushes_providers_require (RushesInvocation *self, GError **error)
{
  g_autofree char *id =
      rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The provider"), error);

  return id != NULL ? rushes_registry_require (rushes_invocation_get_registry (self), id, error) : NULL;
}

static JsonObject *
provider_to_listing (RushesRegistry *registry, RushesProvider *provider)
{
  JsonObject *object = rushes_provider_to_listing (provider);

  json_object_set_boolean_member (object, "own", rushes_registry_is_own (registry, provider));
  return object;
}

/* What of the person's own could not be read, beside the result. */
static void
remark_errors (RushesInvocation *self)
{
  GPtrArray *errors = rushes_registry_get_errors (rushes_invocation_get_registry (self));

  for (guint i = 0; i < errors->len; i++)
    rushes_printer_complain (rushes_invocation_get_printer (self),
                             ((const GError *) g_ptr_array_index (errors, i))->message);
}

static int
list (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  RushesRegistry *registry = rushes_invocation_get_registry (self);
  GListModel *providers = G_LIST_MODEL (registry);
  g_autoptr (RushesTable) table = rushes_table_new (_ ("ID"), _ ("Name"), _ ("State"), _ ("Summary"), NULL);
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;

  rushes_registry_refresh_keys (registry);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RushesProvider) provider = g_list_model_get_item (providers, i);

      rushes_printer_emit (printer, provider_to_listing (registry, provider));
      rushes_table_add (table, rushes_provider_get_id (provider), rushes_provider_get_name (provider),
                        rushes_provider_get_state_phrase (provider), rushes_provider_get_summary (provider));
    }
  rushes_table_print (table, printer);
  remark_errors (self);

  return 0;
}

/* "3–20 s", or "5, 10 s" */
static char *
durations_to_display (RushesModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);
  double minimum, maximum, step;
  const double *durations;
  gsize n;

  if (rushes_model_get_duration_range (model, &minimum, &maximum, &step))
    /* Translators: a range of seconds. */
    return g_strdup_printf (_ ("%g–%g s"), minimum, maximum);

  durations = rushes_model_get_durations (model, &n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%s%g", i > 0 ? ", " : "", durations[i]);
  /* Translators: a list of numbers of seconds. */
  return g_strdup_printf (_ ("%s s"), text->str);
}

static char *
frame_rates_to_display (RushesModel *model)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n;
  const int *rates = rushes_model_get_frame_rates (model, &n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "%s%d", i > 0 ? ", " : "", rates[i]);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static const char *
input_to_display (RushesInput input)
{
  switch (input)
    {
    case RUSHES_INPUT_REQUIRED:
      return C_ ("input", "required");
    case RUSHES_INPUT_OPTIONAL:
      return C_ ("input", "optional");
    default:
      return C_ ("input", "no");
    }
}

static char *
parameter_to_display (const RushesParameter *parameter)
{
  g_autoptr (GString) choices = g_string_new (NULL);

  switch (parameter->kind)
    {
    case RUSHES_PARAMETER_SWITCH:
      return g_strdup ("true, false");

    case RUSHES_PARAMETER_INTEGER:
    case RUSHES_PARAMETER_NUMBER:
      return g_strdup_printf ("%g–%g", parameter->minimum, parameter->maximum);

    case RUSHES_PARAMETER_CHOICE:
      for (guint i = 0; i < parameter->choices->len; i++)
        {
          const RushesParameterChoice *choice = g_ptr_array_index (parameter->choices, i);

          g_string_append_printf (choices, "%s%s", i > 0 ? ", " : "", choice->value);
        }
      return g_string_free_and_steal (g_steal_pointer (&choices));

    default:
      return g_strdup (_ ("text"));
    }
}

static void
add_optional (RushesTable *table, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    rushes_table_add (table, title, text);
}

/* What --extend gives. */
static const char *
stretch_to_display (RushesModel *model)
{
  switch (rushes_model_get_stretch (model)->kind)
    {
    case RUSHES_STRETCH_WHOLE:
      return _ ("the whole clip, longer");
    case RUSHES_STRETCH_PART:
      return _ ("the new part alone");
    case RUSHES_STRETCH_NONE:
    default:
      return NULL;
    }
}

static void
say_model (RushesPrinter *printer, RushesModel *model)
{
  g_autoptr (RushesTable) table = rushes_table_new (rushes_model_get_id (model), rushes_model_get_name (model), NULL);
  g_autofree char *durations = durations_to_display (model);
  g_autofree char *resolutions = g_strjoinv (", ", (char **) rushes_model_get_resolutions (model));
  g_autofree char *aspects = g_strjoinv (", ", (char **) rushes_model_get_aspects (model));
  g_autofree char *frame_rates = frame_rates_to_display (model);
  GPtrArray *parameters = rushes_model_get_parameters (model);

  add_optional (table, "", rushes_model_get_summary (model));
  add_optional (table, _ ("retired"), rushes_model_get_retired (model));
  rushes_table_add (table, _ ("length"), durations);
  add_optional (table, _ ("resolution"), resolutions);
  add_optional (table, _ ("aspect"), aspects);
  add_optional (table, _ ("frame rate"), frame_rates);
  rushes_table_add (table, _ ("prompt"), input_to_display (rushes_model_get_prompt_input (model)));
  rushes_table_add (table, _ ("picture"), input_to_display (rushes_model_get_input (model, RUSHES_ROLE_FIRST_FRAME)));
  rushes_table_add (table, _ ("last frame"), input_to_display (rushes_model_get_input (model, RUSHES_ROLE_LAST_FRAME)));
  add_optional (table, "--extend", stretch_to_display (model));
  for (guint i = 0; i < parameters->len; i++)
    {
      const RushesParameter *parameter = g_ptr_array_index (parameters, i);
      g_autofree char *name = g_strdup_printf ("--set %s", parameter->name);
      g_autofree char *values = parameter_to_display (parameter);
      g_autofree char *line = g_strdup_printf ("%s (%s)", parameter->title, values);

      rushes_table_add (table, name, line);
    }
  rushes_table_print (table, printer);
}

static int
show (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesKeyFacts) key = NULL;
  g_autoptr (RushesTable) table = NULL;
  g_autoptr (GPtrArray) bound = NULL;
  g_autofree char *parallel = NULL;
  g_autofree char *limit = NULL;
  RushesProvider *provider;
  RushesModel *fallback;
  JsonObject *result;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(provider = rushes_providers_require (self, &error)))
    return rushes_invocation_fail (self, error);

  if (RUSHES_IS_HTTP_PROVIDER (provider))
    key = rushes_key_facts_ask (RUSHES_HTTP_PROVIDER (provider));
  fallback = rushes_provider_find_model (provider, NULL);
  parallel = g_strdup_printf ("%u", rushes_provider_get_slots (provider));
  limit = g_strdup_printf (_ ("%g s"), rushes_provider_get_time_limit (provider));

  result = provider_to_listing (rushes_invocation_get_registry (self), provider);
  rushes_provider_facts_to_listing (provider, key, result);
  bound = rushes_workflow_list_bound (rushes_provider_get_description (provider));
  if (bound != NULL)
    json_object_set_array_member (result, "workflow", rushes_workflow_bound_to_listing (bound));
  rushes_printer_emit (printer, result);
  table = rushes_table_new (rushes_provider_get_id (provider), rushes_provider_get_name (provider), NULL);
  add_optional (table, "", rushes_provider_get_summary (provider));
  rushes_table_add (table, _ ("state"), rushes_provider_get_state_phrase (provider));
  rushes_table_add (table, _ ("model"), fallback != NULL ? rushes_model_get_id (fallback) : NULL);
  rushes_table_add (table, _ ("at once"), parallel);
  rushes_table_add (table, _ ("time limit"), limit);
  rushes_provider_facts_to_table (provider, key, table);
  if (bound != NULL)
    rushes_workflow_bound_to_table (bound, table);
  rushes_table_print (table, printer);

  return 0;
}

/* Asks the service, when that is wanted: for its list, or for what one model takes. */
static gboolean
ask_for_models (RushesProvider *provider, const char *model_id, GError **error)
{
  g_autoptr (GObject) described = NULL;

  if (model_id == NULL)
    return dex_await (rushes_provider_refresh_models (provider), error);
  described = dex_await_object (rushes_provider_describe_model (provider, model_id), error);
  return described != NULL;
}

/* When the service listed what the description does not have. */
static void
remark_time (RushesPrinter *printer, RushesProvider *provider)
{
  GDateTime *time = rushes_provider_get_models_time (provider);
  g_autofree char *shown = time != NULL ? rushes_time_to_display (g_date_time_to_unix_usec (time)) : NULL;

  if (!rushes_provider_can_list_models (provider))
    return;
  rushes_printer_say (printer, "%s", "");
  if (shown != NULL)
    /* Translators: a provider, and a date with a time. */
    rushes_printer_say (printer, _ ("%s listed its models on %s. Ask again with --refresh."),
                        rushes_provider_get_name (provider), shown);
  else
    /* Translators: %s is a provider. */
    rushes_printer_say (printer, _ ("%s can say which models it has: ask with --refresh."),
                        rushes_provider_get_name (provider));
}

/* Whether anybody listed it, or said what it takes: a service that takes any name has a model for each. */
static gboolean
is_known (RushesProvider *provider, RushesModel *model)
{
  return rushes_provider_lists_model (provider, model) || rushes_model_get_sheet (model) != NULL;
}

static JsonObject *
listed_model_to_listing (RushesProvider *provider, RushesModel *model)
{
  JsonObject *object = rushes_model_to_listing (model);
  GDateTime *time = rushes_provider_get_models_time (provider);
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;
  gboolean own = rushes_provider_is_own_model (provider, rushes_model_get_id (model));
  gboolean known = is_known (provider, model);

  /* Whether and by whom it is known, and of a model that the service listed also since when. */
  json_object_set_boolean_member (object, "known", known);
  json_object_set_boolean_member (object, "described", own);
  if (!own && known && text != NULL)
    json_object_set_string_member (object, "listed", text);
  else
    json_object_set_null_member (object, "listed");
  return object;
}

static int
say_one (RushesInvocation *self, RushesProvider *provider, const char *model_id)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  RushesModel *model = rushes_provider_find_model (provider, model_id);
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (model != NULL)
    {
      rushes_printer_emit (printer, listed_model_to_listing (provider, model));
      say_model (printer, model);
      if (!is_known (provider, model))
        {
          rushes_printer_say (printer, "%s", "");
          rushes_printer_say (printer,
                              /* Translators: a model that was asked for, and a provider. */
                              _ ("“%s” is not among the listed models of %s. The name is sent as typed; what is shown "
                                 "above is only assumed, and what the model really takes is not known."),
                              rushes_model_get_id (model), rushes_provider_get_name (provider));
        }
      return 0;
    }
  name = rushes_clean_words (model_id);
  /* Translators: a provider, and a model that was asked for. */
  error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s has no model “%s”."), rushes_provider_get_name (provider),
                            name);
  rushes_error_set_field (error, "model");
  return rushes_invocation_fail (self, error);
}

static int
models (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  gboolean refresh = FALSE;
  g_autofree char *base_url = NULL;
  const GOptionEntry entries[] = {
    { "refresh", 0, 0, G_OPTION_ARG_NONE, &refresh, N_ ("Ask the service now, instead of what it said last"), NULL },
    { "base-url", 0, 0, G_OPTION_ARG_FILENAME, &base_url, N_ ("Ask there this time"), N_ ("URL") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *model_id = NULL;
  RushesProvider *provider;
  GListModel *list_of_models;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  rushes_invocation_set_notes (self, _ ("With --refresh and a MODEL the service is asked what that model takes."));
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(provider = rushes_providers_require (self, &error)) || !rushes_base_url_apply (base_url, provider, &error) ||
      (rushes_invocation_get_argument (self, 1) != NULL &&
       !(model_id = rushes_invocation_read_text (rushes_invocation_get_argument (self, 1), _ ("The model"), &error))) ||
      !dex_await (rushes_provider_load_models (provider), &error) ||
      (refresh && !ask_for_models (provider, model_id, &error)))
    return rushes_invocation_fail (self, error);

  if (model_id != NULL)
    return say_one (self, provider, model_id);
  list_of_models = rushes_provider_get_models (provider);
  for (guint i = 0; i < g_list_model_get_n_items (list_of_models); i++)
    {
      g_autoptr (RushesModel) model = g_list_model_get_item (list_of_models, i);

      rushes_printer_emit (printer, listed_model_to_listing (provider, model));
      if (i > 0)
        rushes_printer_say (printer, "%s", "");
      say_model (printer, model);
    }
  remark_time (printer, provider);

  return 0;
}

/* Whether it is about a provider that ships, which may say more than others. */
static gboolean
ships (GBytes *bytes)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (RushesJsonReader) reader = NULL;
  g_autofree char *path = NULL;
  const char *id;
  gsize length;
  gconstpointer data = g_bytes_get_data (bytes, &length);

  json_parser_set_strict (parser, TRUE);
  if (data == NULL || !json_parser_load_from_data (parser, data, length, NULL) || json_parser_get_root (parser) == NULL)
    return FALSE;

  reader = rushes_json_reader_new (json_parser_get_root (parser), "-");
  id = rushes_json_reader_get_string (reader, "id", "");
  path = g_strconcat (RESOURCE_PATH "/providers/", id, ".json", NULL);
  return g_resources_get_info (path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL);
}

static RushesDescription *
read_description (GBytes *bytes, const char *name, GError **error)
{
  return ships (bytes) ? rushes_description_new_from_bytes (bytes, name, error)
                       : rushes_description_new_strange (bytes, name, error);
}

static int
check_workflow (RushesInvocation *self, GBytes *bytes, const char *typed, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesWorkflow) workflow = rushes_workflow_new (bytes, name, &error);
  g_autofree char *shown = rushes_show_path (typed);

  if (workflow != NULL)
    rushes_workflow_list (workflow, rushes_invocation_get_printer (self));
  if (workflow == NULL || !rushes_workflow_is_settled (workflow, &error))
    {
      rushes_invocation_fail (self, error);
      return 2;
    }
  /* Translators: %s is a file. */
  rushes_printer_say (rushes_invocation_get_printer (self), _ ("%s is fine: it is a workflow that can be added."),
                      shown);
  return 0;
}

static int
check (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *shown = NULL;
  JsonObject *result;
  const char *typed;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;

  typed = rushes_invocation_get_argument (self, 0);
  name = g_filename_display_name (typed);
  bytes = dex_await_boxed (rushes_load_typed_file (typed), &error);
  if (bytes != NULL && rushes_workflow_recognize (bytes))
    return check_workflow (self, bytes, typed, name);
  if (bytes == NULL || !(description = read_description (bytes, name, &error)))
    {
      /* Whatever is wrong with it, it is the input that is. */
      rushes_invocation_fail (self, error);
      return 2;
    }

  shown = rushes_show_path (typed);
  result = json_object_new ();
  json_object_set_string_member (result, "provider", rushes_description_get_id (description));
  json_object_set_boolean_member (result, "valid", TRUE);
  rushes_printer_emit (printer, result);
  /* Translators: a file, and the id of the provider it describes. */
  rushes_printer_say (printer, _ ("%s is fine: it describes the provider “%s”."), shown,
                      rushes_description_get_id (description));

  return 0;
}

static const RushesVerb verbs[] = {
  { "list", NULL, N_ ("Show the providers"), 0, 0, list },
  { "show", N_ ("ID"), N_ ("Show what is known of a provider"), 1, 1, show },
  { "models", N_ ("ID [MODEL]"), N_ ("Show a provider’s models and what they can do"), 1, 2, models },
  { "test", N_ ("ID"), N_ ("Ask a service something that costs nothing, to see whether address and key are fine"), 1, 1,
    rushes_providers_test },
  { "add", N_ ("FILE|URL"),
    N_ ("Add a provider from its description or a workflow of ComfyUI, or another server; - reads standard input"), 1,
    1, rushes_providers_add },
  { "remove", N_ ("ID"), N_ ("Remove a provider that you added"), 1, 1, rushes_providers_remove },
  { "check", N_ ("FILE"), N_ ("Check a description of a provider, or a workflow; - reads standard input"), 1, 1,
    check },
  { NULL },
};

const RushesCommand rushes_providers_command = {
  "providers",
  N_ ("Look after what makes the clips, and see what it can do"),
  verbs,
};
