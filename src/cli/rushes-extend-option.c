/* rushes-extend-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-extend-option.h"

#include <glib/gi18n.h>

#include "rushes-base-url-option.h"
#include "rushes-extending.h"

/* Who makes it, and what it looks like, is settled by the clip. */
static gboolean
check_alone (const RushesGenerateOptions *options, GError **error)
{
  const struct
  {
    const char *name;
    gboolean given;
  } others[] = {
    { "--recipe", options->recipe != NULL },
    { "--provider", options->provider != NULL },
    { "--model", options->model != NULL },
    { "--image", options->images != NULL && options->images[0] != NULL },
    { "--last-image", options->last_image != NULL },
    { "--reference", options->references != NULL && options->references[0] != NULL },
    { "--resolution", options->resolution != NULL },
    { "--aspect", options->aspect != NULL },
    { "--fps", options->frame_rate != NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (others[i].given)
      {
        /* Translators: an option of the command line. */
        rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST,
                          _ ("--extend goes on as the clip is: %s does not go with it."), others[i].name);
        return FALSE;
      }
  return TRUE;
}

static RushesProject *
find_project (RushesLibrary *library, RushesTake *take)
{
  return rushes_library_find_project (library, rushes_take_get_project_id (take));
}

RushesDraft *
rushes_extend_option_read (RushesGenerateOptions *options, RushesInvocation *invocation, GError **error)
{
  RushesRegistry *registry = rushes_invocation_get_registry (invocation);
  g_autofree char *id = NULL;
  g_autoptr (RushesTake) take = NULL;
  RushesLibrary *library;
  RushesProvider *provider;
  RushesRequest *request;
  RushesProject *project;

  if (!check_alone (options, error) || !(id = rushes_invocation_read_text (options->extend, "--extend", error)))
    return NULL;
  library = options->dry_run ? rushes_invocation_open_library_to_read (invocation, error)
                             : rushes_invocation_open_library (invocation, error);
  if (library == NULL || !(take = rushes_invocation_find_take (library, id, error)))
    return NULL;

  request = rushes_take_get_request (take);
  options->provider = g_strdup (rushes_request_get_provider_id (request));
  options->model = g_strdup (rushes_request_get_model_id (request));
  if (options->project == NULL && (project = find_project (library, take)) != NULL)
    options->project = g_strdup (rushes_project_get_name (project));
  if (!(provider = rushes_registry_require (registry, options->provider, error)) ||
      !rushes_base_url_apply (options->base_url, provider, error))
    return NULL;
  return dex_await_object (rushes_extending_begin (library, registry, take, options->dry_run), error);
}
