/* rushes-upload-sweep.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-sweep.h"

#include <string.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-upload-secret.h"
#include "rushes-uploads.h"

#define PLACE_PREFIX "place:"

typedef struct
{
  RushesLibrary *library;
  RushesUploadPlaces *places;
  RushesKeyring *keyring;
  RushesHttp *http;
} Sweep;

static void
sweep_free (gpointer data)
{
  Sweep *self = data;

  g_object_unref (self->library);
  g_clear_object (&self->places);
  g_clear_object (&self->keyring);
  g_clear_object (&self->http);
  g_free (self);
}

static gboolean
remove_one (Sweep *self, const RushesUpload *upload)
{
  RushesUploadPlace *found = rushes_upload_places_find (self->places, upload->place + strlen (PLACE_PREFIX));
  g_autoptr (RushesUploadPlace) place = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  if (!g_set_object (&place, found))
    return FALSE;

  secret = dex_await_string (rushes_upload_place_find_secret (place, self->keyring), &error);
  if (error == NULL)
    dex_await (rushes_upload_place_remove (place, self->http, secret, upload->name, upload->removal), &error);
  if (error != NULL && !g_error_matches (error, RUSHES_ERROR, RUSHES_ERROR_UNSUPPORTED))
    {
      g_debug ("A copy stays for now: %s", error->message);
      return FALSE;
    }

  return dex_await (rushes_library_forget_upload (self->library, upload->name), NULL);
}

static void
fill_in (Sweep *self)
{
  if (self->places == NULL)
    self->places = g_object_ref (rushes_upload_places_get_default ());
  if (self->keyring == NULL)
    self->keyring = g_object_ref (rushes_keyring_get_default ());
  if (self->http == NULL)
    self->http = rushes_http_usual ();
}

static DexFuture *
sweep_fiber (gpointer data)
{
  Sweep *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) stale = dex_await_boxed (rushes_library_list_stale_uploads (self->library), &error);
  int n = 0;

  if (stale == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (stale->len > 0)
    fill_in (self);
  for (guint i = 0; i < stale->len; i++)
    if (remove_one (self, g_ptr_array_index (stale, i)))
      n++;

  return dex_future_new_for_int (n);
}

DexFuture *
rushes_upload_sweep (RushesLibrary *library, RushesUploadPlaces *places, RushesKeyring *keyring, RushesHttp *http)
{
  Sweep *sweep;

  dex_return_error_if_fail (RUSHES_IS_LIBRARY (library));
  dex_return_error_if_fail (places == NULL || RUSHES_IS_UPLOAD_PLACES (places));
  dex_return_error_if_fail (keyring == NULL || RUSHES_IS_KEYRING (keyring));
  dex_return_error_if_fail (http == NULL || RUSHES_IS_HTTP (http));

  sweep = g_new0 (Sweep, 1);
  sweep->library = g_object_ref (library);
  g_set_object (&sweep->places, places);
  g_set_object (&sweep->keyring, keyring);
  g_set_object (&sweep->http, http);

  return rushes_async_spawn (sweep_fiber, sweep, sweep_free);
}
