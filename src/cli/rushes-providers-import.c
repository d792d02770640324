/* rushes-providers-import.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-providers-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-http-provider.h"
#include "rushes-table.h"

/* What is typed for a slot that is not used. */
#define NONE "none"

/* ---- what is bound ---- */

static JsonObject *
place_to_listing (RushesSlot slot, const RushesWorkflowPlace *place, const char *state)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "slot", rushes_slot_get_word (slot));
  json_object_set_string_member (object, "state", state);
  if (place != NULL)
    {
      json_object_set_string_member (object, "place", place->id);
      json_object_set_string_member (object, "node", place->title);
      json_object_set_string_member (object, "value", place->value);
    }
  return object;
}

/* "6.text (Positive Prompt)" */
static char *
place_to_display (const RushesWorkflowPlace *place)
{
  return g_strdup_printf ("%s (%s)", place->id, place->title);
}

JsonArray *
rushes_workflow_bound_to_listing (GPtrArray *bound)
{
  JsonArray *list = json_array_new ();

  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    if (bound->pdata[slot] != NULL)
      json_array_add_object_element (list, place_to_listing (slot, bound->pdata[slot], "bound"));
  return list;
}

void
rushes_workflow_bound_to_table (GPtrArray *bound, RushesTable *table)
{
  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    if (bound->pdata[slot] != NULL)
      {
        g_autofree char *place = place_to_display (bound->pdata[slot]);

        rushes_table_add (table, rushes_slot_get_title (slot), place);
      }
}

static void
list_candidates (RushesWorkflow *workflow, RushesSlot slot, RushesTable *table, RushesPrinter *printer)
{
  GPtrArray *candidates = rushes_workflow_get_candidates (workflow, slot);

  for (guint i = 0; i < candidates->len; i++)
    {
      const RushesWorkflowPlace *place = g_ptr_array_index (candidates, i);
      g_autofree char *typed = g_strdup_printf ("--bind %s=%s", rushes_slot_get_word (slot), place->id);

      rushes_printer_emit (printer, place_to_listing (slot, place, "open"));
      rushes_table_add (table, typed, place->title, place->value);
    }
}

void
rushes_workflow_list (RushesWorkflow *workflow, RushesPrinter *printer)
{
  g_autoptr (RushesTable) table = rushes_table_new (_ ("Place"), _ ("Node"), _ ("Value"), NULL);

  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    {
      const RushesWorkflowPlace *place = rushes_workflow_get_place (workflow, slot);
      g_autofree char *bound = place != NULL ? g_strdup_printf ("%s=%s", rushes_slot_get_word (slot), place->id) : NULL;

      if (rushes_workflow_is_open (workflow, slot))
        list_candidates (workflow, slot, table, printer);
      else if (bound != NULL)
        {
          rushes_printer_emit (printer, place_to_listing (slot, place, "bound"));
          rushes_table_add (table, bound, place->title, place->value);
        }
    }
  rushes_table_print (table, printer);
}

gboolean
rushes_workflow_is_settled (RushesWorkflow *workflow, GError **error)
{
  g_autoptr (GString) open = g_string_new (NULL);
  RushesSlot first = RUSHES_N_SLOTS;
  GPtrArray *candidates;

  for (guint slot = 0; slot < RUSHES_N_SLOTS; slot++)
    if (rushes_workflow_is_open (workflow, slot))
      {
        first = MIN (first, slot);
        g_string_append_printf (open, "%s%s", open->len > 0 ? ", " : "", rushes_slot_get_word (slot));
      }
  if (first == RUSHES_N_SLOTS)
    return rushes_workflow_check (workflow, error);

  candidates = rushes_workflow_get_candidates (workflow, first);
  rushes_set_error (
      error, RUSHES_ERROR_BAD_REQUEST,
      /* Translators: the first %s is a list of words such as “prompt, seed”, the others make an example of
       * what to type. */
      _ ("It is not certain what these are in the workflow: %s. Say it with --bind, such as --bind %s=%s, "
         "or --bind %s=none for what is not to be set."),
      open->str, rushes_slot_get_word (first), ((const RushesWorkflowPlace *) g_ptr_array_index (candidates, 0))->id,
      rushes_slot_get_word (first));
  return FALSE;
}

/* ---- adding ---- */

static gboolean
bind_typed (RushesWorkflow *workflow, const char *typed, GError **error)
{
  g_autofree char *text = rushes_invocation_read_text (typed, "--bind", error);
  char *place = text != NULL ? strchr (text, '=') : NULL;
  RushesSlot slot;

  if (text == NULL)
    return FALSE;
  if (place != NULL)
    *place++ = '\0';
  if (place == NULL || *place == '\0' || !rushes_slot_from_word (text, &slot))
    {
      rushes_set_error (
          error, RUSHES_ERROR_BAD_REQUEST,
          _ ("“%s” cannot be bound: --bind takes prompt, negative, first_frame, last_frame, width, height, "
             "frames, frame_rate, seed or output, then = and a place such as 6.text."),
          text);
      return FALSE;
    }
  return rushes_workflow_bind (workflow, slot, g_str_equal (place, NONE) ? NULL : place, error);
}

/* "wan" of "/home/me/wan.json" */
static char *
make_name (const char *file)
{
  const char *dot = strrchr (file, '.');

  if (g_str_equal (file, "-"))
    return g_strdup (_ ("Workflow"));
  return dot != NULL && dot > file ? g_strndup (file, dot - file) : g_strdup (file);
}

GBytes *
rushes_providers_import (RushesInvocation *self,
                         GBytes *bytes,
                         const char *file,
                         const RushesImportOptions *options,
                         GError **error)
{
  g_autoptr (RushesWorkflow) workflow = rushes_workflow_new (bytes, file, error);
  RushesRegistry *registry = rushes_invocation_get_registry (self);
  RushesProvider *comfyui = rushes_registry_find (registry, "comfyui");
  g_autofree char *id = NULL;
  g_autofree char *usual = NULL;
  g_autofree char *name = NULL;
  g_autofree char *url = NULL;

  if (workflow == NULL)
    return NULL;
  for (char **typed = options->bind; typed != NULL && *typed != NULL; typed++)
    if (!bind_typed (workflow, *typed, error))
      return NULL;
  if (!rushes_workflow_is_settled (workflow, error))
    {
      rushes_workflow_list (workflow, rushes_invocation_get_printer (self));
      return NULL;
    }
  if (options->id != NULL && !(id = rushes_invocation_read_text (options->id, "--id", error)))
    return NULL;
  usual = make_name (id != NULL ? id : file);
  name = options->name != NULL ? rushes_invocation_read_text (options->name, "--name", error)
                               : rushes_registry_derive_name (registry, usual, id);
  if (name == NULL ||
      (options->base_url != NULL && !(url = rushes_invocation_read_text (options->base_url, "--base-url", error))))
    return NULL;
  if (url == NULL && RUSHES_IS_HTTP_PROVIDER (comfyui))
    url = g_strdup (rushes_http_provider_get_base_url (RUSHES_HTTP_PROVIDER (comfyui)));
  if (id == NULL)
    id = rushes_registry_derive_id (registry, name, NULL, "workflow");
  return rushes_workflow_describe (workflow, id, name, url, error);
}
