/* rushes-restored.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-restored.h"

#include <glib/gi18n.h>
#include <libdex.h>

#include "rushes-presets.h"
#include "rushes-providers-private.h"

static gboolean
bring_presets (RushesInvocation *self,
               RushesArchive *archive,
               RushesLibrary *library,
               JsonObject *result,
               GError **error)
{
  GBytes *bytes = rushes_archive_get_presets (archive);
  g_autoptr (RushesPresets) presets = NULL;
  g_autoptr (GError) refusal = NULL;
  int n = 0;

  if (bytes != NULL)
    {
      presets = rushes_presets_new (rushes_library_get_folders (library));
      n = dex_await_int (rushes_presets_bring_in (presets, bytes), &refusal);
    }
  if (n > 0)
    rushes_printer_say (rushes_invocation_get_printer (self), ngettext ("%d preset came in.", "%d presets came in.", n),
                        n);
  json_object_set_int_member (result, "presets", n);
  if (refusal == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&refusal));
  return FALSE;
}

/* What the person does not agree to stays away, and is no reason to end otherwise than well. */
static gboolean
offer (RushesInvocation *self, GBytes *bytes, gboolean yes, JsonObject *result, GError **error)
{
  RushesPrinter *printer = rushes_invocation_get_printer (self);
  RushesRegistry *registry = rushes_invocation_get_registry (self);
  g_autoptr (RushesDescription) description = rushes_description_new_strange (bytes, "-", error);
  g_autoptr (RushesProvider) provider = NULL;
  g_autoptr (GError) refusal = NULL;
  g_autofree char *name = NULL;

  if (description == NULL)
    return FALSE;
  name = rushes_clean_words (rushes_description_get_name (description));
  if (!rushes_providers_agree (self, description, yes, &refusal))
    {
      json_array_add_string_element (json_object_get_array_member (result, "left_out"),
                                     rushes_description_get_id (description));
      /* Translators: the name of a provider, and its id. */
      rushes_printer_remark (printer, _ ("The backup holds the provider %s (“%s”) too, which was not added."), name,
                             rushes_description_get_id (description));
      if (!g_error_matches (refusal, RUSHES_ERROR, RUSHES_ERROR_CANCELLED))
        rushes_printer_remark (printer, "%s", refusal->message);
      return TRUE;
    }

  provider = dex_await_object (rushes_registry_install (registry, bytes, "-"), error);
  if (provider == NULL)
    return FALSE;
  json_array_add_string_element (json_object_get_array_member (result, "providers"), rushes_provider_get_id (provider));
  /* Translators: the name of a provider, and its id. */
  rushes_printer_say (printer, _ ("Added %s as “%s”."), name, rushes_provider_get_id (provider));

  return TRUE;
}

gboolean
rushes_restored_bring_in (RushesInvocation *self,
                          RushesArchive *archive,
                          RushesLibrary *library,
                          gboolean yes,
                          JsonObject *result,
                          GError **error)
{
  g_autoptr (GPtrArray) providers =
      rushes_registry_pick_new (rushes_invocation_get_registry (self), rushes_archive_get_providers (archive));

  json_object_set_array_member (result, "providers", json_array_new ());
  json_object_set_array_member (result, "left_out", json_array_new ());
  if (!bring_presets (self, archive, library, result, error))
    return FALSE;
  for (guint i = 0; i < providers->len; i++)
    if (!offer (self, g_ptr_array_index (providers, i), yes, result, error))
      return FALSE;

  return TRUE;
}
