/* rushes-upload-place.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <string.h>
#include <sys/random.h>

#include "rushes-http-address.h"

G_DEFINE_FINAL_TYPE (RushesUploadPlace, rushes_upload_place, G_TYPE_OBJECT)

static void
rushes_upload_place_finalize (GObject *object)
{
  RushesUploadPlace *self = RUSHES_UPLOAD_PLACE (object);

  g_free (self->json);
  g_free (self->id);
  g_free (self->name);
  g_free (self->url);
  g_free (self->public_url);
  g_ptr_array_unref (self->headers);
  g_free (self->bucket);
  g_free (self->region);
  g_free (self->prefix);
  g_free (self->access_key);
  g_free (self->user);
  g_free (self->field);
  g_clear_pointer (&self->answer, rushes_json_path_free);
  g_clear_pointer (&self->removal, rushes_json_path_free);
  g_free (self->path);

  G_OBJECT_CLASS (rushes_upload_place_parent_class)->finalize (object);
}

static void
rushes_upload_place_class_init (RushesUploadPlaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_upload_place_finalize;
}

static void
rushes_upload_place_init (RushesUploadPlace *self)
{
  self->headers = g_ptr_array_new_with_free_func (g_free);
}

JsonNode *
rushes_upload_place_to_json (RushesUploadPlace *self)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (self), NULL);

  return json_from_string (self->json, NULL);
}

/* ---- what it is ---- */

const char *
rushes_upload_place_get_id (RushesUploadPlace *self)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (self), NULL);

  return self->id;
}

const char *
rushes_upload_place_get_name (RushesUploadPlace *self)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (self), NULL);

  return self->name;
}

RushesUploadKind
rushes_upload_place_get_kind (RushesUploadPlace *self)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (self), RUSHES_UPLOAD_FOLDER);

  return self->kind;
}

gboolean
rushes_upload_place_get_origin (RushesUploadPlace *self, char **origin)
{
  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (self), FALSE);

  if (origin != NULL)
    *origin = self->url != NULL ? rushes_origin_of (self->url) : NULL;

  return self->url != NULL;
}

/* Nobody can guess it: whoever knows the name may see the picture. */
char *
rushes_upload_place_make_name (RushesUploadPlace *self, const char *media_type)
{
  static const struct
  {
    const char *media_type;
    const char *extension;
  } kinds[] = {
    { "image/jpeg", ".jpg" }, { "image/png", ".png" },   { "image/webp", ".webp" },
    { "image/gif", ".gif" },  { "image/avif", ".avif" }, { "image/heic", ".heic" },
  };
  guint8 bytes[16];
  GString *name;

  g_return_val_if_fail (RUSHES_IS_UPLOAD_PLACE (self), NULL);
  g_return_val_if_fail (media_type != NULL, NULL);

  if (getentropy (bytes, sizeof bytes) != 0)
    g_error ("The system gives no random numbers.");

  name = g_string_new (NULL);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (name, "%02x", bytes[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].media_type, media_type))
      g_string_append (name, kinds[i].extension);

  return g_string_free_and_steal (name);
}

char *
rushes_upload_locate (const char *folder, const char *name)
{
  int n_path = (int) strcspn (folder, "?");

  return g_strdup_printf ("%.*s%s%s", n_path, folder, name, folder + n_path);
}

gboolean
rushes_upload_is_public (RushesUploadPlace *self)
{
  g_autoptr (GUri) uri = rushes_http_parse_address (self->url, NULL);

  return !rushes_http_is_near_name (g_uri_get_host (uri));
}
