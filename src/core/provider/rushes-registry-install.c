/* rushes-registry-install.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-registry-private.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-protocol.h"
#include "rushes-provider-settings.h"

/* ---- the file, on a work thread ---- */

typedef struct
{
  char *path;
  GBytes *bytes;
} Writing;

static Writing *
writing_new (RushesRegistry *self, const char *id, GBytes *bytes)
{
  g_autofree char *name = g_strconcat (id, ".json", NULL);
  Writing *writing = g_new0 (Writing, 1);

  writing->path = g_build_filename (g_file_peek_path (rushes_folders_get_providers (self->folders)), name, NULL);
  writing->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;

  return writing;
}

static void
writing_free (Writing *writing)
{
  g_free (writing->path);
  g_clear_pointer (&writing->bytes, g_bytes_unref);
  g_free (writing);
}

static DexFuture *
write_file (gpointer data)
{
  Writing *writing = data;
  g_autoptr (GError) error = NULL;
  gconstpointer text;
  gsize length;

  text = g_bytes_get_data (writing->bytes, &length);
  if (!g_file_set_contents_full (writing->path, text, length,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &error))
    return dex_future_new_for_error (rushes_error_translate (error));
  return dex_future_new_true ();
}

static DexFuture *
delete_file (gpointer data)
{
  Writing *writing = data;
  g_autofree char *name = NULL;

  if (g_unlink (writing->path) == 0 || errno == ENOENT)
    return dex_future_new_true ();

  name = g_filename_display_name (writing->path);
  /* Translators: a file, and the system's own words. */
  return dex_future_new_for_error (
      rushes_error_new (RUSHES_ERROR_STORAGE, _ ("“%s” cannot be removed: %s."), name, g_strerror (errno)));
}

/* ---- putting in ---- */

typedef struct
{
  RushesRegistry *registry;
  RushesDescription *description;
  GBytes *bytes;
  char *id;
} Errand;

static void
errand_free (Errand *errand)
{
  g_object_unref (errand->registry);
  g_clear_object (&errand->description);
  g_clear_pointer (&errand->bytes, g_bytes_unref);
  g_free (errand->id);
  g_free (errand);
}

static gboolean
has_other_hosts (RushesProvider *old, RushesDescription *description)
{
  g_auto (GStrv) before = rushes_description_list_hosts (rushes_provider_get_description (old));
  g_auto (GStrv) after = rushes_description_list_hosts (description);

  return !g_strv_equal ((const char *const *) before, (const char *const *) after);
}

static DexFuture *
install_in_fiber (gpointer data)
{
  Errand *errand = data;
  RushesRegistry *self = errand->registry;
  const char *id = rushes_description_get_id (errand->description);
  RushesProvider *old = rushes_registry_find (self, id);
  g_autoptr (GError) error = NULL;

  /* Whoever trusted the old hosts has not said so of the new ones. */
  if (old != NULL && has_other_hosts (old, errand->description) &&
      !dex_await (rushes_keyring_clear (self->keyring, id), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  if (!rushes_folders_ensure (self->folders, &error) ||
      !dex_await (rushes_async_work (write_file, writing_new (self, id, errand->bytes), (GDestroyNotify) writing_free),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  rushes_registry_take_out (self, id);
  rushes_registry_insert (self, errand->description);
  return dex_future_new_take_object (g_object_ref (rushes_registry_find (self, id)));
}

DexFuture *
rushes_registry_install (RushesRegistry *self, GBytes *bytes, const char *name)
{
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (GError) error = NULL;
  Errand *errand;

  dex_return_error_if_fail (RUSHES_IS_REGISTRY (self));
  dex_return_error_if_fail (bytes != NULL && name != NULL);
  dex_return_error_if_fail (self->folders != NULL);

  if (!(description = rushes_description_new_strange (bytes, name, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  errand = g_new0 (Errand, 1);
  errand->registry = g_object_ref (self);
  errand->description = g_steal_pointer (&description);
  errand->bytes = g_bytes_ref (bytes);
  return rushes_async_spawn (install_in_fiber, errand, (GDestroyNotify) errand_free);
}

GPtrArray *
rushes_registry_pick_new (RushesRegistry *self, GPtrArray *descriptions)
{
  GPtrArray *picked = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), picked);
  g_return_val_if_fail (descriptions != NULL, picked);

  for (guint i = 0; i < descriptions->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (descriptions, i);
      g_autoptr (GError) error = NULL;
      g_autoptr (RushesDescription) description = rushes_description_new_strange (bytes, "-", &error);

      if (description == NULL)
        g_info ("A provider of the backup is left out: %s", error->message);
      else if (rushes_registry_find (self, rushes_description_get_id (description)) == NULL)
        g_ptr_array_add (picked, g_bytes_ref (bytes));
    }

  return picked;
}

static GBytes *
write_server (const char *id, const char *name, const char *base, const char *base_url)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "version");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "id");
  json_builder_add_string_value (builder, id);
  json_builder_set_member_name (builder, "base");
  json_builder_add_string_value (builder, base);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, name);
  json_builder_set_member_name (builder, "base_url");
  json_builder_add_string_value (builder, base_url);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
rushes_registry_describe_server (const char *id,
                                 const char *name,
                                 const char *base,
                                 const char *base_url,
                                 GError **error)
{
  g_autoptr (RushesDescription) description = NULL;
  g_autofree char *url = NULL;

  g_return_val_if_fail (id != NULL && name != NULL && base != NULL && base_url != NULL, NULL);

  if (!(description = rushes_description_new_shipped (base, error)))
    return NULL;
  if (rushes_description_get_protocol (description) == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is no service that could be at another address."),
                        base);
      return NULL;
    }
  if (!(url = rushes_protocol_normalize_url (rushes_description_get_protocol (description), base_url, error)))
    return NULL;

  return write_server (id, name, base, url);
}

DexFuture *
rushes_registry_install_server (RushesRegistry *self,
                                const char *id,
                                const char *name,
                                const char *base,
                                const char *base_url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *file = NULL;

  dex_return_error_if_fail (RUSHES_IS_REGISTRY (self));

  if (!(bytes = rushes_registry_describe_server (id, name, base, base_url, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  file = g_strconcat (id, ".json", NULL);
  return rushes_registry_install (self, bytes, file);
}

/* ---- taking out ---- */

static DexFuture *
uninstall_in_fiber (gpointer data)
{
  Errand *errand = data;
  RushesRegistry *self = errand->registry;
  g_autoptr (GError) error = NULL;

  if (!dex_await (rushes_keyring_clear (self->keyring, errand->id), &error) ||
      !dex_await (rushes_async_work (delete_file, writing_new (self, errand->id, NULL), (GDestroyNotify) writing_free),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));

  rushes_provider_settings_reset (errand->id);
  rushes_registry_take_out (self, errand->id);
  return dex_future_new_true ();
}

DexFuture *
rushes_registry_uninstall (RushesRegistry *self, const char *id)
{
  Errand *errand;

  dex_return_error_if_fail (RUSHES_IS_REGISTRY (self));
  dex_return_error_if_fail (id != NULL);

  if (!rushes_registry_is_own_id (self, id))
    return dex_future_new_for_error (rushes_error_new (
        RUSHES_ERROR_BAD_REQUEST, _ ("“%s” is no provider that you added, and only such can be removed."), id));

  errand = g_new0 (Errand, 1);
  errand->registry = g_object_ref (self);
  errand->id = g_strdup (id);
  return rushes_async_spawn (uninstall_in_fiber, errand, (GDestroyNotify) errand_free);
}
