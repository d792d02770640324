/* rushes-providers-change.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-providers-private.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-description.h"
#include "rushes-http-provider.h"
#include "rushes-key-listing.h"
#include "rushes-listing.h"
#include "rushes-standard-streams.h"
#include "rushes-terminal.h"

#define USUAL_BASE "openai-compatible"

/* ---- adding ---- */

typedef struct
{
  char *id;
  char *base;
  char *name;
  char *base_url;
  char **bind;
  gboolean yes;
} AddOptions;

static void
add_options_clear (AddOptions *self)
{
  g_free (self->id);
  g_free (self->base);
  g_free (self->name);
  g_free (self->base_url);
  g_strfreev (self->bind);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static gboolean
is_address (const char *typed)
{
  return g_ascii_strncasecmp (typed, "http://", 7) == 0 || g_ascii_strncasecmp (typed, "https://", 8) == 0;
}

/* The few lines that stand for another server; @file is what errors call them. */
static GBytes *
describe_server (const char *typed, const AddOptions *options, char **file, GError **error)
{
  g_autofree char *url = rushes_invocation_read_text (typed, _ ("The address"), error);
  g_autofree char *id = NULL;
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;

  if (url == NULL)
    return NULL;
  if (options->bind != NULL || options->base_url != NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("--bind and --base-url are for a workflow of ComfyUI."));
      return NULL;
    }
  if (options->id == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                        _ ("A server needs a name of its own to be called by: --id home, for example."));
      return NULL;
    }
  if (!(id = rushes_invocation_read_text (options->id, "--id", error)) ||
      !(base = rushes_invocation_read_text (options->base != NULL ? options->base : USUAL_BASE, "--base", error)) ||
      !(name = rushes_invocation_read_text (options->name != NULL ? options->name : id, "--name", error)))
    return NULL;

  *file = g_strconcat (id, ".json", NULL);
  return rushes_registry_describe_server (id, name, base, url, error);
}

/* A description as it is, or what a workflow becomes. */
static GBytes *
load_file (RushesInvocation *self, const char *typed, const AddOptions *options, char **file, GError **error)
{
  const RushesImportOptions import = { options->id, options->name, options->base_url, options->bind };
  g_autoptr (GBytes) bytes = dex_await_boxed (rushes_load_typed_file (typed), error);

  if (bytes == NULL)
    return NULL;
  *file = g_filename_display_basename (typed);
  if (options->base == NULL && (options->bind != NULL || rushes_workflow_recognize (bytes)))
    return rushes_providers_import (self, bytes, *file, &import, error);
  if (options->id != NULL || options->base != NULL || options->name != NULL || options->base_url != NULL)
    {
      g_autoptr (RushesDescription) description = rushes_description_new_from_bytes (bytes, *file, error);

      /* What is no description at all is not to blame on the options. */
      if (description == NULL)
        return NULL;
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, "%s",
                        _ ("--id, --base, --name and --base-url are for the address of a server or for a workflow; a "
                           "description says all this itself."));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

gboolean
rushes_providers_agree (RushesInvocation *self, RushesDescription *description, gboolean yes, GError **error)
{
  const char *id = rushes_description_get_id (description);
  RushesProvider *old = rushes_registry_find (rushes_invocation_get_registry (self), id);
  g_autofree char *hosts = rushes_registry_describe_hosts (description);
  g_autofree char *name = rushes_clean_words (rushes_description_get_name (description));
  g_autofree char *question = NULL;

  /* Translators: the name of a provider, and its id. */
  question = old != NULL ? g_strdup_printf (_ ("Put %s in the place of the provider “%s” that is there?"), name, id)
                         : g_strdup_printf (_ ("Add %s as the provider “%s”?"), name, id);
  if (yes)
    rushes_printer_remark (rushes_invocation_get_printer (self), "%s", hosts);
  return rushes_terminal_agree (hosts, question, yes, error);
}

int
rushes_providers_add (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  RushesRegistry *registry = rushes_invocation_get_registry (self);
  g_auto (AddOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "id", 0, 0, G_OPTION_ARG_FILENAME, &options.id, N_ ("What a server or a workflow is called, such as home"),
      N_ ("ID") },
    { "base", 0, 0, G_OPTION_ARG_FILENAME, &options.base,
      N_ ("The provider that a server is spoken to like (openai-compatible)"), N_ ("ID") },
    { "name", 0, 0, G_OPTION_ARG_FILENAME, &options.name, N_ ("What it is called for people"), N_ ("NAME") },
    { "base-url", 0, 0, G_OPTION_ARG_FILENAME, &options.base_url,
      N_ ("Where the ComfyUI is that runs a workflow (as for the provider comfyui)"), N_ ("URL") },
    { "bind", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.bind,
      N_ ("What an input of a workflow is: prompt=6.text, seed=3.seed, last_frame=none; may be repeated"),
      N_ ("WHAT=PLACE") },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &options.yes, N_ ("Agree beforehand to where keys and pictures go"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *file = NULL;
  g_autofree char *name = NULL;
  const char *typed;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;

  typed = rushes_invocation_get_argument (self, 0);
  bytes = is_address (typed) ? describe_server (typed, &options, &file, &error)
                             : load_file (self, typed, &options, &file, &error);
  if (bytes == NULL)
    {
      /* Whatever is wrong with it, it is the input that is. */
      rushes_invocation_fail (self, error);
      return 2;
    }
  if (!(description = rushes_description_new_strange (bytes, file, &error)))
    {
      /* Whatever is wrong with it, it is the input that is. */
      rushes_invocation_fail (self, error);
      return 2;
    }
  if (!rushes_providers_agree (self, description, options.yes, &error) ||
      !(provider = dex_await_object (rushes_registry_install (registry, bytes, file), &error)))
    return rushes_invocation_fail (self, error);

  name = rushes_clean_words (rushes_provider_get_name (provider));
  rushes_printer_emit (printer, rushes_provider_to_listing (provider));
  /* Translators: the name of a provider, and its id. */
  rushes_printer_say (printer, _ ("Added %s as “%s”."), name, rushes_provider_get_id (provider));

  return 0;
}

/* ---- removing ---- */

int
rushes_providers_remove (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  RushesRegistry *registry = rushes_invocation_get_registry (self);
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, N_ ("Do not ask"), NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *facts = NULL;
  JsonObject *result;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!g_set_object (&provider, rushes_providers_require (self, &error)))
    return rushes_invocation_fail (self, error);

  name = rushes_clean_words (rushes_provider_get_name (provider));
  if (!rushes_registry_is_own (registry, provider))
    {
      error = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("%s ships with Rushes and cannot be removed."), name);
      return rushes_invocation_fail (self, error);
    }

  facts = g_strdup_printf (_ ("The key of %s and its settings go with it; takes that were made stay."), name);
  if (!rushes_terminal_agree (facts, _ ("Remove it?"), yes, &error) ||
      !dex_await (rushes_registry_uninstall (registry, rushes_provider_get_id (provider)), &error))
    return rushes_invocation_fail (self, error);

  result = json_object_new ();
  json_object_set_string_member (result, "provider", rushes_provider_get_id (provider));
  json_object_set_boolean_member (result, "removed", TRUE);
  rushes_printer_emit (printer, result);
  rushes_printer_say (printer, _ ("Removed %s."), name);

  return 0;
}

/* ---- testing ---- */

static RushesHttpProvider *
require_service (RushesInvocation *self, GError **error)
{
  RushesProvider *provider = rushes_providers_require (self, error);

  if (provider == NULL || RUSHES_IS_HTTP_PROVIDER (provider))
    return provider != NULL ? RUSHES_HTTP_PROVIDER (provider) : NULL;

  rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED, _ ("%s works on this computer; there is nobody to be asked."),
                    rushes_provider_get_name (provider));
  return NULL;
}

int
rushes_providers_test (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autofree char *typed = NULL;
  const GOptionEntry entries[] = {
    { "base-url", 0, 0, G_OPTION_ARG_FILENAME, &typed, N_ ("Ask there this time"), N_ ("URL") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (RushesKeyFacts) key = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  RushesHttpProvider *provider;
  JsonObject *result;
  int status;

  rushes_invocation_add_options (self, NULL, entries);
  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(provider = require_service (self, &error)) ||
      (typed != NULL && (!(url = rushes_invocation_read_text (typed, "--base-url", &error)) ||
                         !rushes_http_provider_set_base_url (provider, url, &error))) ||
      !dex_await (rushes_http_provider_test (provider), &error))
    return rushes_invocation_fail (self, error);

  result = json_object_new ();
  json_object_set_string_member (result, "provider", rushes_provider_get_id (RUSHES_PROVIDER (provider)));
  json_object_set_boolean_member (result, "answers", TRUE);
  json_object_set_string_member (result, "base_url", rushes_http_provider_get_base_url (provider));
  rushes_printer_emit (printer, result);
  key = rushes_key_facts_new (provider);
  rushes_printer_say (printer,
                      rushes_key_facts_get_exit_status (key) == 0
                          /* Translators: a provider, and its address. */
                          ? _ ("%s answers at %s, and takes the key.")
                          /* Translators: a provider, and its address. */
                          : _ ("%s answers at %s."),
                      rushes_provider_get_name (RUSHES_PROVIDER (provider)),
                      rushes_http_provider_get_base_url (provider));

  return 0;
}
