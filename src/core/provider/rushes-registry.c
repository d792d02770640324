/* rushes-registry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-registry-private.h"

#include <glib/gi18n.h>

#include "rushes-error.h"
#include "rushes-http-provider.h"
#include "rushes-provider-id.h"

/* Those that ship, in the order they are shown: those that most people come for, then those that need an address. What
 * is not listed follows by name. */
static const char *const order[] = {
  "kling",
  "seedance",
  "gemini",
  "minimax",
  "dashscope",
  "runway",
  "xai",
  "luma",
  "vidu",
  "ltx",
  "pika",
  "fal",
  "openrouter",
  "replicate",
  "jiekou",
  "comfyui",
  "vllm-omni",
  "sglang",
  "localai",
  "stable-diffusion-cpp",
  "openai-compatible",
  "sora2",
  "grok-chat",
  "dyuapi",
};

static void
entry_free (RushesRegistryEntry *entry)
{
  g_free (entry->id);
  g_clear_object (&entry->provider);
  g_free (entry);
}

static RushesProvider *
make_provider (RushesRegistry *self, RushesDescription *description)
{
  RushesProvider *provider = rushes_http_provider_new (description, self->keyring);

  if (self->folders != NULL)
    rushes_http_provider_set_cache (RUSHES_HTTP_PROVIDER (provider), rushes_folders_get_models (self->folders));
  return provider;
}

/* Borrowed. */
static RushesProvider *
ask_for_provider (RushesRegistry *self, RushesRegistryEntry *entry)
{
  g_autoptr (RushesDescription) description = NULL;
  g_autoptr (GError) error = NULL;

  if (entry->provider != NULL)
    return entry->provider;

  if (!(description = rushes_description_new_shipped (entry->id, &error)))
    g_error ("%s", error->message);
  entry->provider = make_provider (self, description);
  return entry->provider;
}

static GType
rushes_registry_get_item_type (GListModel *list)
{
  return RUSHES_TYPE_PROVIDER;
}

static guint
rushes_registry_get_n_items (GListModel *list)
{
  return RUSHES_REGISTRY (list)->entries->len;
}

static gpointer
rushes_registry_get_item (GListModel *list, guint position)
{
  RushesRegistry *self = RUSHES_REGISTRY (list);

  return position < self->entries->len
             ? g_object_ref (ask_for_provider (self, g_ptr_array_index (self->entries, position)))
             : NULL;
}

static void
rushes_registry_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rushes_registry_get_item_type;
  iface->get_n_items = rushes_registry_get_n_items;
  iface->get_item = rushes_registry_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RushesRegistry,
                               rushes_registry,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rushes_registry_list_model_init))

static void
rushes_registry_finalize (GObject *object)
{
  RushesRegistry *self = RUSHES_REGISTRY (object);

  g_ptr_array_unref (self->entries);
  g_ptr_array_unref (self->errors);
  g_clear_object (&self->folders);
  g_clear_object (&self->keyring);

  G_OBJECT_CLASS (rushes_registry_parent_class)->finalize (object);
}

static void
rushes_registry_class_init (RushesRegistryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_registry_finalize;
}

static void
rushes_registry_init (RushesRegistry *self)
{
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) g_error_free);
}

RushesRegistry *
rushes_registry_new (void)
{
  return g_object_new (RUSHES_TYPE_REGISTRY, NULL);
}

/* ---- the order ---- */

static guint
rank_of (const RushesRegistryEntry *entry)
{
  guint rank = 0;

  if (entry->is_own)
    return G_N_ELEMENTS (order) + 1;
  while (rank < G_N_ELEMENTS (order) && !g_str_equal (order[rank], entry->id))
    rank++;
  return rank;
}

/* One's own by name; names of others are not known before they are read. */
static gboolean
goes_before (const RushesRegistryEntry *one, const RushesRegistryEntry *other)
{
  guint a = rank_of (one);
  guint b = rank_of (other);

  if (a != b)
    return a < b;
  if (one->is_own)
    return g_utf8_collate (rushes_provider_get_name (one->provider), rushes_provider_get_name (other->provider)) < 0;
  return strcmp (one->id, other->id) < 0;
}

/* Takes @provider. */
static RushesRegistryEntry *
entry_new (const char *id, RushesProvider *provider, gboolean is_own)
{
  RushesRegistryEntry *entry = g_new0 (RushesRegistryEntry, 1);

  entry->id = g_strdup (id);
  entry->provider = provider;
  entry->is_own = is_own;

  return entry;
}

/* Takes @entry. */
static void
insert (RushesRegistry *self, RushesRegistryEntry *entry)
{
  guint position = self->entries->len;

  while (position > self->n_local && goes_before (entry, g_ptr_array_index (self->entries, position - 1)))
    position--;
  g_ptr_array_insert (self->entries, position, entry);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

void
rushes_registry_insert (RushesRegistry *self, RushesDescription *description)
{
  insert (self, entry_new (rushes_description_get_id (description), make_provider (self, description), TRUE));
}

static RushesRegistryEntry *
find_entry (RushesRegistry *self, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RushesRegistryEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_strcmp0 (entry->id, id) == 0)
        return entry;
    }
  return NULL;
}

void
rushes_registry_insert_shipped (RushesRegistry *self, const char *id)
{
  insert (self, entry_new (id, NULL, FALSE));
}

void
rushes_registry_take_out (RushesRegistry *self, const char *id)
{
  guint position;

  if (!g_ptr_array_find (self->entries, find_entry (self, id), &position))
    return;
  g_ptr_array_remove_index (self->entries, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
}

/* ---- what there is ---- */

void
rushes_registry_add (RushesRegistry *self, RushesProvider *provider)
{
  g_return_if_fail (RUSHES_IS_REGISTRY (self));
  g_return_if_fail (RUSHES_IS_PROVIDER (provider));
  g_return_if_fail (find_entry (self, rushes_provider_get_id (provider)) == NULL);

  g_ptr_array_add (self->entries, entry_new (rushes_provider_get_id (provider), g_object_ref (provider), FALSE));
  g_list_model_items_changed (G_LIST_MODEL (self), self->entries->len - 1, 0, 1);
}

gboolean
rushes_registry_is_own_id (RushesRegistry *self, const char *id)
{
  const RushesRegistryEntry *entry = find_entry (self, id);

  return entry != NULL && entry->is_own;
}

gboolean
rushes_registry_is_own (RushesRegistry *self, RushesProvider *provider)
{
  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), FALSE);
  g_return_val_if_fail (RUSHES_IS_PROVIDER (provider), FALSE);

  return rushes_registry_is_own_id (self, rushes_provider_get_id (provider));
}

char *
rushes_registry_describe_hosts (RushesDescription *description)
{
  g_auto (GStrv) hosts = NULL;
  g_autofree char *list = NULL;
  g_autofree char *clean = NULL;

  g_return_val_if_fail (RUSHES_IS_DESCRIPTION (description), NULL);

  hosts = rushes_description_list_hosts (description);
  if (hosts[0] == NULL)
    return g_strdup (_ ("Your key and your pictures will be sent to the address that you give it."));

  list = g_strjoinv (", ", hosts);
  clean = rushes_clean_words (list);
  /* Translators: %s is a list of names of hosts. */
  return g_strdup_printf (_ ("Your key and your pictures will be sent to: %s."), clean);
}

RushesProvider *
rushes_registry_find (RushesRegistry *self, const char *id)
{
  RushesRegistryEntry *entry;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);

  entry = find_entry (self, id);
  return entry != NULL ? ask_for_provider (self, entry) : NULL;
}

RushesProvider *
rushes_registry_find_or_make (RushesRegistry *self, const char *id, GBytes *frozen, GError **error)
{
  g_autoptr (RushesDescription) description = NULL;
  g_autofree char *name = NULL;
  RushesProvider *provider;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  provider = rushes_registry_find (self, id);
  if (provider != NULL)
    return g_object_ref (provider);
  if (frozen == NULL || self->keyring == NULL)
    {
      rushes_set_error (error, RUSHES_ERROR_NOT_FOUND, _ ("The provider “%s” is not there any more."), id);
      return NULL;
    }

  /* It was read and accepted when the attempt was submitted. */
  name = g_strconcat (id, ".json", NULL);
  if (!(description = rushes_description_new_from_bytes (frozen, name, error)))
    return NULL;
  if (rushes_description_get_protocol (description) == NULL ||
      !g_str_equal (rushes_description_get_id (description), id))
    {
      rushes_set_error (error, RUSHES_ERROR_NOT_FOUND, _ ("The provider “%s” is not there any more."), id);
      return NULL;
    }
  return make_provider (self, description);
}

static gboolean
is_taken (const char *id, gpointer data)
{
  return rushes_registry_find (data, id) != NULL;
}

char *
rushes_registry_derive_id (RushesRegistry *self, const char *name, const char *address, const char *fallback)
{
  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);

  return rushes_provider_id_derive (name, address, fallback, is_taken, self);
}

static gboolean
is_called (RushesRegistry *self, const char *name, const char *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RushesRegistryEntry *entry = g_ptr_array_index (self->entries, i);

      if (g_strcmp0 (entry->id, id) != 0 &&
          g_str_equal (rushes_provider_get_name (ask_for_provider (self, entry)), name))
        return TRUE;
    }
  return FALSE;
}

char *
rushes_registry_derive_name (RushesRegistry *self, const char *name, const char *id)
{
  char *derived;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  derived = g_strdup (name);
  for (guint i = 2; is_called (self, derived, id); i++)
    {
      g_free (derived);
      derived = g_strdup_printf ("%s %u", name, i);
    }
  return derived;
}

RushesProvider *
rushes_registry_require (RushesRegistry *self, const char *id, GError **error)
{
  g_autoptr (GStrvBuilder) builder = NULL;
  g_autofree char *all = NULL;
  g_auto (GStrv) ids = NULL;
  g_autoptr (GError) refusal = NULL;
  RushesProvider *provider;

  g_return_val_if_fail (RUSHES_IS_REGISTRY (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  provider = rushes_registry_find (self, id);
  if (provider != NULL)
    return provider;

  builder = g_strv_builder_new ();
  for (guint i = 0; i < self->entries->len; i++)
    g_strv_builder_add (builder, ((const RushesRegistryEntry *) g_ptr_array_index (self->entries, i))->id);
  ids = g_strv_builder_end (builder);
  all = g_strjoinv (", ", ids);
  /* Translators: a name that was asked for, and a list of those there are. */
  refusal = rushes_error_new (RUSHES_ERROR_BAD_REQUEST, _ ("There is no provider “%s”; there are: %s."), id, all);
  rushes_error_set_field (refusal, "provider");
  g_propagate_error (error, g_steal_pointer (&refusal));
  return NULL;
}
