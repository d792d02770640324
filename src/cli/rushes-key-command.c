/* rushes-key-command.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-command.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-credentials.h"
#include "rushes-http-provider.h"
#include "rushes-invocation.h"
#include "rushes-key-listing.h"
#include "rushes-protocol.h"
#include "rushes-terminal.h"

static RushesHttpProvider *
require_service (RushesInvocation *self, GError **error)
{
  g_autofree char *id =
      rushes_invocation_read_text (rushes_invocation_get_argument (self, 0), _ ("The provider"), error);
  RushesProvider *provider = NULL;

  if (id == NULL || !(provider = rushes_registry_require (rushes_invocation_get_registry (self), id, error)))
    return NULL;
  if (RUSHES_IS_HTTP_PROVIDER (provider))
    return RUSHES_HTTP_PROVIDER (provider);

  rushes_set_error (error, RUSHES_ERROR_UNSUPPORTED, _ ("%s works on this computer and needs no key."),
                    rushes_provider_get_name (provider));
  return NULL;
}

static int
set (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesKeyFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *variable = NULL;
  g_autofree char *origins = NULL;
  RushesHttpProvider *provider;
  JsonObject *result;
  const char *name;
  char *key;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(provider = require_service (self, &error)))
    return rushes_invocation_fail (self, error);

  name = rushes_provider_get_name (RUSHES_PROVIDER (provider));
  /* Where it may go must be known before anybody types it. */
  if (rushes_http_provider_get_base_url (provider) == NULL)
    {
      error = rushes_provider_get_problem (RUSHES_PROVIDER (provider));
      return rushes_invocation_fail (self, error);
    }

  /* Translators: what is asked for on a terminal; %s is a provider. */
  prompt = g_strdup_printf (_ ("Key for %s (it is not shown): "), name);
  if (!(key = rushes_terminal_read_key (prompt, &error)))
    return rushes_invocation_fail (self, error);
  dex_await (rushes_http_provider_set_key (provider, key, FALSE), &error);
  rushes_key_forget (key);
  if (error != NULL)
    return rushes_invocation_fail (self, error);

  facts = rushes_key_facts_new (provider);
  origins = g_strjoinv (", ", facts->origins);
  result = json_object_new ();
  json_object_set_string_member (result, "provider", rushes_provider_get_id (RUSHES_PROVIDER (provider)));
  json_object_set_string_member (result, "key", "stored");
  json_object_set_array_member (result, "origins", rushes_key_facts_list_origins (facts));
  rushes_printer_emit (printer, result);
  /* Translators: a provider, and one address or more. */
  rushes_printer_say (printer, _ ("The key for %s is in the keyring. It goes to %s and nowhere else."), name, origins);

  variable = rushes_key_variable (rushes_provider_get_id (RUSHES_PROVIDER (provider)));
  if (g_getenv (variable) != NULL)
    rushes_printer_remark (printer, _ ("%s is set, and goes before it."), variable);

  return 0;
}

static int
clear (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesKeyFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  RushesHttpProvider *provider;
  JsonObject *result;
  const char *name;
  gboolean there;
  int status;

  if (!rushes_invocation_parse (self, &status))
    return status;
  if (!(provider = require_service (self, &error)))
    return rushes_invocation_fail (self, error);

  name = rushes_provider_get_name (RUSHES_PROVIDER (provider));
  there = dex_await_boolean (rushes_http_provider_clear_key (provider), &error);
  if (error == NULL && !there)
    error = rushes_error_new (RUSHES_ERROR_KEYRING,
                              /* Translators: %s is a provider. */
                              _ ("There is no keyring here, and so no key for %s was removed. One that was kept before "
                                 "is there again with the keyring."),
                              name);
  if (error != NULL)
    status = rushes_invocation_fail (self, error);
  else
    {
      status = 0;
      result = json_object_new ();
      json_object_set_string_member (result, "provider", rushes_provider_get_id (RUSHES_PROVIDER (provider)));
      json_object_set_boolean_member (result, "cleared", TRUE);
      rushes_printer_emit (printer, result);
      rushes_printer_say (printer, _ ("The keyring holds no key for %s any more."), name);
    }

  facts = rushes_key_facts_ask (provider);
  if (facts->source != NULL)
    rushes_printer_remark (printer, _ ("%s is still set, and is used."), facts->source);

  return status;
}

static int
status (RushesInvocation *self)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  g_autoptr (RushesKeyFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  RushesHttpProvider *provider;
  int exit_status;

  if (!rushes_invocation_parse (self, &exit_status))
    return exit_status;
  if (!(provider = require_service (self, &error)))
    return rushes_invocation_fail (self, error);

  facts = rushes_key_facts_ask (provider);
  sentence = rushes_key_facts_to_sentence (facts, RUSHES_PROVIDER (provider));
  rushes_printer_emit (printer, rushes_key_facts_to_listing (facts, RUSHES_PROVIDER (provider)));
  rushes_printer_say (printer, "%s", sentence);

  return rushes_key_facts_get_exit_status (facts);
}

static const RushesVerb verbs[] = {
  { "set", N_ ("PROVIDER"),
    N_ ("Keep a key in the keyring; it is read from standard input, or asked for without showing it"), 1, 1, set },
  { "clear", N_ ("PROVIDER"), N_ ("Remove a key from the keyring"), 1, 1, clear },
  { "status", N_ ("PROVIDER"), N_ ("Show which key is used, and where it may go, but not the key"), 1, 1, status },
  { NULL },
};

const RushesCommand rushes_key_command = {
  "key",
  N_ ("Look after the keys of services"),
  verbs,
};
