/* rushes-keyring-ask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-keyring-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-secret.h"

RushesKeyQuestion *
rushes_key_question_new (RushesKeyring *self, const RushesKeyOwner *owner)
{
  RushesKeyQuestion *question = g_new0 (RushesKeyQuestion, 1);

  question->keyring = g_object_ref (self);
  question->owner = rushes_key_owner_copy (owner);

  return question;
}

void
rushes_key_question_free (RushesKeyQuestion *question)
{
  g_object_unref (question->keyring);
  rushes_key_owner_free (question->owner);
  g_clear_pointer (&question->key, rushes_key_free);
  g_free (question);
}

GError *
rushes_keyring_explain (const GError *error, const char *provider_id)
{
  g_autofree char *variable = rushes_key_variable (provider_id);
  g_autofree char *words = NULL;

  switch (error->code)
    {
    case RUSHES_SECRET_ERROR_ABSENT:
      return rushes_error_new (RUSHES_ERROR_KEYRING,
                               /* Translators: %s is the name of an environment variable. */
                               _ ("There is no keyring here. Set %s, or keep the key for this session only."),
                               variable);

    case RUSHES_SECRET_ERROR_LOCKED:
      return rushes_error_new (
          RUSHES_ERROR_KEYRING, "%s",
          _ ("The keyring is locked. Unlock it and try again, or keep the key for this session only."));

    case RUSHES_SECRET_ERROR_SILENT:
      return rushes_error_new (RUSHES_ERROR_KEYRING,
                               _ ("The keyring does not answer. Set %s, or keep the key for this session only."),
                               variable);

    default:
      words = rushes_clean_words (error->message);
      return rushes_error_new (RUSHES_ERROR_KEYRING,
                               /* Translators: the first %s are the keyring's own words, the second is the name of an
                                * environment variable. */
                               _ ("The keyring refuses (%s). Set %s, or keep the key for this session only."), words,
                               variable);
    }
}

/* Remembers what was found, and gives the newest item that may serve; borrowed, NULL. */
static SecretRetrievable *
choose (RushesKeyQuestion *question, GPtrArray *items)
{
  RushesKeyState state = RUSHES_KEY_NONE;
  g_auto (GStrv) known = NULL;
  SecretRetrievable *chosen = NULL;

  for (guint i = 0; i < items->len && chosen == NULL; i++)
    {
      SecretRetrievable *item = g_ptr_array_index (items, i);
      g_auto (GStrv) origins = rushes_secret_list_origins (item);

      if (rushes_secret_is_locked (item))
        {
          if (state == RUSHES_KEY_NONE)
            state = RUSHES_KEY_LOCKED;
          continue;
        }
      if (rushes_key_owner_is_among (question->owner, (const char *const *) origins))
        chosen = item;
      if (chosen != NULL || state != RUSHES_KEY_STORED)
        {
          g_strfreev (known);
          known = g_steal_pointer (&origins);
        }
      state = RUSHES_KEY_STORED;
    }
  rushes_keyring_note (question->keyring, question->owner->provider_id, state, (const char *const *) known);

  return chosen;
}

static DexFuture *
refresh_in_fiber (gpointer data)
{
  RushesKeyQuestion *question = data;
  g_autoptr (RushesKey) key = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (!rushes_keyring_find_before (question->keyring, question->owner, &key))
    {
      if ((items = dex_await_boxed (rushes_secret_search (question->owner->provider_id, FALSE), NULL)))
        choose (question, items);
      else
        rushes_keyring_note (question->keyring, question->owner->provider_id, RUSHES_KEY_ABSENT, NULL);
    }

  return dex_future_new_for_int (rushes_keyring_get_state (question->keyring, question->owner));
}

DexFuture *
rushes_keyring_refresh (RushesKeyring *self, const RushesKeyOwner *owner)
{
  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (owner != NULL && owner->provider_id != NULL);

  return rushes_async_spawn (refresh_in_fiber, rushes_key_question_new (self, owner),
                             (GDestroyNotify) rushes_key_question_free);
}

/* Several that wait for the same keyring ask once. */
static void
unlock (RushesKeyQuestion *question)
{
  RushesKeyring *self = question->keyring;

  if (self->unlocking == NULL)
    {
      self->unlocking = rushes_secret_search (question->owner->provider_id, TRUE);
      /* Who asked may go; the others still wait for it. */
      dex_future_disown (dex_ref (self->unlocking));
    }
  dex_await (dex_ref (self->unlocking), NULL);
  if (self->unlocking != NULL && !dex_future_is_pending (self->unlocking))
    dex_clear (&self->unlocking);
}

static gboolean
holds_locked (GPtrArray *items)
{
  for (guint i = 0; i < items->len; i++)
    if (rushes_secret_is_locked (g_ptr_array_index (items, i)))
      return TRUE;
  return FALSE;
}

/* NULL without an error when the keyring holds none that may serve. */
static RushesKey *
ask_keyring (RushesKeyQuestion *question, GError **error)
{
  const char *id = question->owner->provider_id;
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (SecretValue) value = NULL;
  g_autoptr (RushesKey) key = NULL;
  g_auto (GStrv) origins = NULL;
  SecretRetrievable *item;

  if (!(items = dex_await_boxed (rushes_secret_search (id, FALSE), error)))
    return NULL;

  item = choose (question, items);
  if (item == NULL && holds_locked (items))
    {
      unlock (question);
      g_clear_pointer (&items, g_ptr_array_unref);
      if (!(items = dex_await_boxed (rushes_secret_search (id, FALSE), error)))
        return NULL;
      item = choose (question, items);
      if (item == NULL && holds_locked (items))
        {
          g_set_error_literal (error, RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_LOCKED, "-");
          return NULL;
        }
    }

  if (item == NULL || !(value = dex_await_boxed (rushes_secret_load (item), error)))
    return NULL;
  origins = rushes_secret_list_origins (item);
  key = rushes_key_new (secret_value_get_text (value), (const char *const *) origins, NULL, RUSHES_KEY_STORED);

  return rushes_key_narrow (key, question->owner);
}

static GError *
new_auth_error (RushesKeyQuestion *question)
{
  const RushesKeyOwner *owner = question->owner;
  const char *id = owner->provider_id;
  const char *name = owner->name != NULL ? owner->name : id;
  const RushesKey *kept = g_hash_table_lookup (question->keyring->session, id);
  const RushesKeyRecord *record = g_hash_table_lookup (question->keyring->records, id);
  g_autofree char *variable = rushes_key_variable (id);

  if (g_getenv (variable) != NULL)
    return rushes_error_new (RUSHES_ERROR_AUTH, _ ("%s is set, but holds no key."), variable);
  if (owner->foreign_base)
    return rushes_error_new (
        RUSHES_ERROR_AUTH,
        /* Translators: %s is the name of an environment variable. */
        _ ("An address that was given for this time alone gets no key that is kept. Set %s to send it one."), variable);
  if (owner->origins != NULL && owner->origins[0] != NULL &&
      (kept != NULL || (record != NULL && record->state == RUSHES_KEY_STORED)))
    /* Translators: the first %s is a provider, the second an address. */
    return rushes_error_new (RUSHES_ERROR_AUTH,
                             _ ("The key of “%s” was kept for another address. Enter it once more to send it to %s."),
                             name, owner->origins[0]);
  /* Translators: a provider, its id (“kling”), and the name of an environment variable. */
  return rushes_error_new (
      RUSHES_ERROR_AUTH, _ ("There is no key for “%s”. Enter one in Preferences, with “rushes key set %s”, or set %s."),
      name, id, variable);
}

static DexFuture *
look_up_in_fiber (gpointer data)
{
  RushesKeyQuestion *question = data;
  g_autoptr (RushesKey) key = NULL;
  g_autoptr (GError) error = NULL;

  if (!rushes_keyring_find_before (question->keyring, question->owner, &key))
    {
      key = ask_keyring (question, &error);
      /* One that was started anew since the last time takes a second introduction. */
      if (g_error_matches (error, RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_OTHER))
        {
          g_clear_error (&error);
          key = ask_keyring (question, &error);
        }
      if (g_error_matches (error, RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_ABSENT))
        {
          rushes_keyring_note (question->keyring, question->owner->provider_id, RUSHES_KEY_ABSENT, NULL);
          g_clear_error (&error);
        }
      /* A key that is there but locked up is the one that the person chose. */
      if (key == NULL && !g_error_matches (error, RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_LOCKED))
        key = rushes_key_find_own_variable (question->owner);
    }

  if (key != NULL)
    return dex_future_new_take_boxed (RUSHES_TYPE_KEY, g_steal_pointer (&key));
  return dex_future_new_for_error (error != NULL ? rushes_keyring_explain (error, question->owner->provider_id)
                                                 : new_auth_error (question));
}

DexFuture *
rushes_keyring_look_up (RushesKeyring *self, const RushesKeyOwner *owner)
{
  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (owner != NULL && owner->provider_id != NULL);

  return rushes_async_spawn (look_up_in_fiber, rushes_key_question_new (self, owner),
                             (GDestroyNotify) rushes_key_question_free);
}

/* ---- all there are ---- */

static void
add_variables (GPtrArray *keys, const RushesKeyOwner *owner)
{
  RushesKey *key = NULL;

  if (rushes_key_find_variable (owner, &key) && key != NULL)
    g_ptr_array_add (keys, key);
  for (guint i = 0; owner->environment != NULL && owner->environment[i] != NULL; i++)
    {
      const char *const one[] = { owner->environment[i], NULL };
      const RushesKeyOwner narrow = { owner->provider_id, owner->origins, one, owner->foreign_base };

      if ((key = rushes_key_find_own_variable (&narrow)) != NULL)
        g_ptr_array_add (keys, key);
    }
}

static void
add_stored (GPtrArray *keys, const char *provider_id)
{
  g_autoptr (GPtrArray) items = dex_await_boxed (rushes_secret_search (provider_id, FALSE), NULL);

  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      SecretRetrievable *item = g_ptr_array_index (items, i);
      g_auto (GStrv) origins = NULL;
      g_autoptr (SecretValue) value = NULL;

      if (rushes_secret_is_locked (item) || !(value = dex_await_boxed (rushes_secret_load (item), NULL)) ||
          secret_value_get_text (value) == NULL)
        continue;
      origins = rushes_secret_list_origins (item);
      g_ptr_array_add (
          keys, rushes_key_new (secret_value_get_text (value), (const char *const *) origins, NULL, RUSHES_KEY_STORED));
    }
}

static DexFuture *
list_in_fiber (gpointer data)
{
  RushesKeyQuestion *question = data;
  const RushesKey *kept = g_hash_table_lookup (question->keyring->session, question->owner->provider_id);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func ((GDestroyNotify) rushes_key_free);

  add_variables (keys, question->owner);
  if (kept != NULL)
    g_ptr_array_add (keys, rushes_key_copy (kept));
  add_stored (keys, question->owner->provider_id);

  return dex_future_new_take_boxed (G_TYPE_PTR_ARRAY, g_steal_pointer (&keys));
}

DexFuture *
rushes_keyring_list (RushesKeyring *self, const RushesKeyOwner *owner)
{
  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (owner != NULL && owner->provider_id != NULL);

  return rushes_async_spawn (list_in_fiber, rushes_key_question_new (self, owner),
                             (GDestroyNotify) rushes_key_question_free);
}
