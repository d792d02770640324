/* rushes-keyring.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-keyring-private.h"

#include <glib/gi18n.h>

#include "rushes-async.h"
#include "rushes-error.h"
#include "rushes-secret.h"

G_DEFINE_FINAL_TYPE (RushesKeyring, rushes_keyring, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
record_free (RushesKeyRecord *record)
{
  g_strfreev (record->origins);
  g_free (record);
}

static void
rushes_keyring_finalize (GObject *object)
{
  RushesKeyring *self = RUSHES_KEYRING (object);

  g_hash_table_unref (self->session);
  g_hash_table_unref (self->records);
  dex_clear (&self->unlocking);

  G_OBJECT_CLASS (rushes_keyring_parent_class)->finalize (object);
}

static void
rushes_keyring_class_init (RushesKeyringClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rushes_keyring_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rushes_keyring_init (RushesKeyring *self)
{
  self->session = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) rushes_key_free);
  self->records = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) record_free);
}

RushesKeyring *
rushes_keyring_get_default (void)
{
  static RushesKeyring *keyring;

  if (keyring == NULL)
    keyring = g_object_new (RUSHES_TYPE_KEYRING, NULL);
  return keyring;
}

/* ---- what is known ---- */

void
rushes_keyring_note (RushesKeyring *self, const char *provider_id, RushesKeyState state, const char *const *origins)
{
  static const char *const none[] = { NULL };
  RushesKeyRecord *old = g_hash_table_lookup (self->records, provider_id);
  RushesKeyRecord *record;

  if (origins == NULL)
    origins = none;
  if (old != NULL && old->state == state && g_strv_equal ((const char *const *) old->origins, origins))
    return;

  record = g_new0 (RushesKeyRecord, 1);
  record->state = state;
  record->origins = g_strdupv ((char **) origins);
  g_hash_table_insert (self->records, g_strdup (provider_id), record);
  g_signal_emit (self, signals[CHANGED], 0, provider_id);
}

gboolean
rushes_keyring_find_before (RushesKeyring *self, const RushesKeyOwner *owner, RushesKey **key)
{
  const RushesKey *kept;

  if (rushes_key_find_variable (owner, key))
    return TRUE;
  *key = NULL;
  if (owner->foreign_base)
    return TRUE;

  kept = g_hash_table_lookup (self->session, owner->provider_id);
  if (kept != NULL)
    *key = rushes_key_narrow (kept, owner);
  return *key != NULL;
}

RushesKeyState
rushes_keyring_get_state (RushesKeyring *self, const RushesKeyOwner *owner)
{
  g_autoptr (RushesKey) key = NULL;
  const RushesKeyRecord *record;

  g_return_val_if_fail (RUSHES_IS_KEYRING (self), RUSHES_KEY_UNKNOWN);
  g_return_val_if_fail (owner != NULL && owner->provider_id != NULL, RUSHES_KEY_UNKNOWN);

  if (rushes_keyring_find_before (self, owner, &key))
    return key != NULL ? key->state : RUSHES_KEY_NONE;

  record = g_hash_table_lookup (self->records, owner->provider_id);
  if (record != NULL && record->state == RUSHES_KEY_LOCKED)
    return RUSHES_KEY_LOCKED;
  if (record != NULL && record->state == RUSHES_KEY_STORED &&
      rushes_key_owner_is_among (owner, (const char *const *) record->origins))
    return RUSHES_KEY_STORED;

  key = rushes_key_find_own_variable (owner);
  if (key != NULL)
    return RUSHES_KEY_ENVIRONMENT;
  if (record == NULL)
    return RUSHES_KEY_UNKNOWN;
  return record->state == RUSHES_KEY_ABSENT ? RUSHES_KEY_ABSENT : RUSHES_KEY_NONE;
}

/* ---- changing ---- */

static DexFuture *
store_in_fiber (gpointer data)
{
  RushesKeyQuestion *question = data;
  RushesKeyring *self = question->keyring;
  const char *id = question->owner->provider_id;
  const char *const *origins = (const char *const *) question->key->origins;
  g_autoptr (GError) error = NULL;

  if (!dex_await (rushes_secret_store (id, origins, question->key->value), &error))
    return dex_future_new_for_error (rushes_keyring_explain (error, id));

  if (g_hash_table_remove (self->session, id))
    g_hash_table_remove (self->records, id); /* told by the next line, whatever was known before */
  rushes_keyring_note (self, id, RUSHES_KEY_STORED, origins);
  return dex_future_new_true ();
}

static gboolean
has_base (const RushesKeyOwner *owner)
{
  return owner->origins != NULL && owner->origins[0] != NULL;
}

DexFuture *
rushes_keyring_store (RushesKeyring *self, const RushesKeyOwner *owner, const char *value)
{
  g_autoptr (GError) error = NULL;
  RushesKeyQuestion *question;
  char *tidy;

  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (owner != NULL && owner->provider_id != NULL && value != NULL);

  if (!has_base (owner))
    return dex_future_new_for_error (rushes_error_new (
        RUSHES_ERROR_BAD_REQUEST, "%s", _ ("A key is kept for one address alone. Give the base URL first.")));
  if (!(tidy = rushes_key_tidy (value, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  question = rushes_key_question_new (self, owner);
  question->key = rushes_key_new (tidy, owner->origins, NULL, RUSHES_KEY_STORED);
  rushes_key_forget (tidy);
  return rushes_async_spawn (store_in_fiber, question, (GDestroyNotify) rushes_key_question_free);
}

void
rushes_keyring_keep (RushesKeyring *self, const RushesKeyOwner *owner, const char *value)
{
  g_return_if_fail (RUSHES_IS_KEYRING (self));
  g_return_if_fail (owner != NULL && owner->provider_id != NULL && value != NULL);
  g_return_if_fail (has_base (owner));

  g_hash_table_insert (self->session, g_strdup (owner->provider_id),
                       rushes_key_new (value, owner->origins, NULL, RUSHES_KEY_SESSION));
  g_signal_emit (self, signals[CHANGED], 0, owner->provider_id);
}

static DexFuture *
clear_in_fiber (gpointer data)
{
  RushesKeyQuestion *question = data;
  RushesKeyring *self = question->keyring;
  const char *id = question->owner->provider_id;
  g_autoptr (GError) error = NULL;

  if (g_hash_table_remove (self->session, id))
    g_signal_emit (self, signals[CHANGED], 0, id);

  if (dex_await (rushes_secret_clear (id), &error))
    rushes_keyring_note (self, id, RUSHES_KEY_NONE, NULL);
  else if (error->code == RUSHES_SECRET_ERROR_ABSENT)
    {
      rushes_keyring_note (self, id, RUSHES_KEY_ABSENT, NULL);
      return dex_future_new_false ();
    }
  else if (error->code == RUSHES_SECRET_ERROR_LOCKED)
    return dex_future_new_for_error (
        rushes_error_new (RUSHES_ERROR_KEYRING, "%s", _ ("The keyring is locked. Unlock it and try again.")));
  else
    return dex_future_new_for_error (rushes_error_new (
        RUSHES_ERROR_KEYRING, "%s", _ ("The keyring does not answer; what it holds is still there. Try again later.")));

  return dex_future_new_true ();
}

DexFuture *
rushes_keyring_clear (RushesKeyring *self, const char *provider_id)
{
  const RushesKeyOwner owner = { .provider_id = provider_id };

  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (provider_id != NULL);

  return rushes_async_spawn (clear_in_fiber, rushes_key_question_new (self, &owner),
                             (GDestroyNotify) rushes_key_question_free);
}
