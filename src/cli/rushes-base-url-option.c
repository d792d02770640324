/* rushes-base-url-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-base-url-option.h"

#include <glib/gi18n.h>

#include "rushes-http-provider.h"
#include "rushes-invocation.h"

gboolean
rushes_base_url_apply (const char *typed, RushesProvider *provider, GError **error)
{
  g_autofree char *url = NULL;

  if (typed == NULL)
    return TRUE;
  if (!RUSHES_IS_HTTP_PROVIDER (provider))
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("%s works on this computer: --base-url is not for it."),
                        rushes_provider_get_name (provider));
      return FALSE;
    }

  return (url = rushes_invocation_read_text (typed, "--base-url", error)) != NULL &&
         rushes_http_provider_set_base_url (RUSHES_HTTP_PROVIDER (provider), url, error);
}
