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

/* What the keyring of the desktop said last about a provider. */
typedef struct
{
  RushesKeyState state; /* NONE, STORED, LOCKED or ABSENT */
  char **origins;       /* of STORED */
} Record;

struct _RushesKeyring
{
  GObject parent_instance;

  GHashTable *session;  /* provider id → RushesKey */
  GHashTable *records;  /* provider id → Record */
  DexFuture *unlocking; /* while the dialog may be up; NULL */
};

G_DEFINE_FINAL_TYPE (RushesKeyring, rushes_keyring, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
record_free (Record *record)
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

static void
set_record (RushesKeyring *self, const char *provider_id, RushesKeyState state, const char *const *origins)
{
  static const char *const none[] = { NULL };
  Record *old = g_hash_table_lookup (self->records, provider_id);
  Record *record;

  if (origins == NULL)
    origins = none;
  if (old != NULL && old->state == state && g_strv_equal ((const char *const *) old->origins, origins))
    return;

  record = g_new0 (Record, 1);
  record->state = state;
  record->origins = g_strdupv ((char **) origins);
  g_hash_table_insert (self->records, g_strdup (provider_id), record);
  g_signal_emit (self, signals[CHANGED], 0, provider_id);
}

/* TRUE when the question is answered before the keyring is asked; @key is then what was found, or NULL: there is none,
 * and nobody else is to be asked. */
static gboolean
find_before (RushesKeyring *self, const RushesKeyOwner *owner, RushesKey **key)
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
  const Record *record;

  g_return_val_if_fail (RUSHES_IS_KEYRING (self), RUSHES_KEY_UNKNOWN);
  g_return_val_if_fail (owner != NULL && owner->provider_id != NULL, RUSHES_KEY_UNKNOWN);

  if (find_before (self, owner, &key))
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

/* ---- asking ---- */

/* One question on its way. */
typedef struct
{
  RushesKeyring *keyring;
  RushesKeyOwner *owner;
  RushesKey *key; /* of a store */
} Question;

static Question *
question_new (RushesKeyring *self, const RushesKeyOwner *owner)
{
  Question *question = g_new0 (Question, 1);

  question->keyring = g_object_ref (self);
  question->owner = rushes_key_owner_copy (owner);

  return question;
}

static void
question_free (Question *question)
{
  g_object_unref (question->keyring);
  rushes_key_owner_free (question->owner);
  g_clear_pointer (&question->key, rushes_key_free);
  g_free (question);
}

static GError *
explain (const GError *error, const char *provider_id)
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
choose (Question *question, GPtrArray *items)
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
  set_record (question->keyring, question->owner->provider_id, state, (const char *const *) known);

  return chosen;
}

static void
note_absence (Question *question)
{
  set_record (question->keyring, question->owner->provider_id, RUSHES_KEY_ABSENT, NULL);
}

static DexFuture *
refresh_in_fiber (gpointer data)
{
  Question *question = data;
  g_autoptr (RushesKey) key = NULL;
  g_autoptr (GPtrArray) items = NULL;

  if (!find_before (question->keyring, question->owner, &key))
    {
      if ((items = dex_await_boxed (rushes_secret_search (question->owner->provider_id, FALSE), NULL)))
        choose (question, items);
      else
        note_absence (question);
    }

  return dex_future_new_for_int (rushes_keyring_get_state (question->keyring, question->owner));
}

DexFuture *
rushes_keyring_refresh (RushesKeyring *self, const RushesKeyOwner *owner)
{
  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (owner != NULL && owner->provider_id != NULL);

  return rushes_async_spawn (refresh_in_fiber, question_new (self, owner), (GDestroyNotify) question_free);
}

/* Several that wait for the same keyring ask once. */
static void
unlock (Question *question)
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
ask_keyring (Question *question, GError **error)
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
new_auth_error (Question *question)
{
  const RushesKeyOwner *owner = question->owner;
  const char *id = owner->provider_id;
  const RushesKey *kept = g_hash_table_lookup (question->keyring->session, id);
  const Record *record = g_hash_table_lookup (question->keyring->records, id);
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
    /* Translators: the first %s is the id of a provider, “kling”, the second an address. */
    return rushes_error_new (RUSHES_ERROR_AUTH,
                             _ ("The key of “%s” was kept for another address. Enter it once more to send it to %s."),
                             id, owner->origins[0]);
  /* Translators: the first two %s are the id of a provider, “kling”, the third the name of an environment variable. */
  return rushes_error_new (
      RUSHES_ERROR_AUTH, _ ("There is no key for “%s”. Enter one in Preferences, with “rushes key set %s”, or set %s."),
      id, id, variable);
}

static DexFuture *
look_up_in_fiber (gpointer data)
{
  Question *question = data;
  g_autoptr (RushesKey) key = NULL;
  g_autoptr (GError) error = NULL;

  if (!find_before (question->keyring, question->owner, &key))
    {
      key = ask_keyring (question, &error);
      if (g_error_matches (error, RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_ABSENT))
        {
          note_absence (question);
          g_clear_error (&error);
        }
      /* A key that is there but locked up is the one that the person chose. */
      if (key == NULL && !g_error_matches (error, RUSHES_SECRET_ERROR, RUSHES_SECRET_ERROR_LOCKED))
        key = rushes_key_find_own_variable (question->owner);
    }

  if (key != NULL)
    return dex_future_new_take_boxed (RUSHES_TYPE_KEY, g_steal_pointer (&key));
  return dex_future_new_for_error (error != NULL ? explain (error, question->owner->provider_id)
                                                 : new_auth_error (question));
}

DexFuture *
rushes_keyring_look_up (RushesKeyring *self, const RushesKeyOwner *owner)
{
  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (owner != NULL && owner->provider_id != NULL);

  return rushes_async_spawn (look_up_in_fiber, question_new (self, owner), (GDestroyNotify) question_free);
}

/* ---- changing ---- */

static DexFuture *
store_in_fiber (gpointer data)
{
  Question *question = data;
  RushesKeyring *self = question->keyring;
  const char *id = question->owner->provider_id;
  const char *const *origins = (const char *const *) question->key->origins;
  g_autoptr (GError) error = NULL;

  if (!dex_await (rushes_secret_store (id, origins, question->key->value), &error))
    return dex_future_new_for_error (explain (error, id));

  if (g_hash_table_remove (self->session, id))
    g_hash_table_remove (self->records, id); /* told by the next line, whatever was known before */
  set_record (self, id, RUSHES_KEY_STORED, origins);
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
  Question *question;
  char *tidy;

  dex_return_error_if_fail (RUSHES_IS_KEYRING (self));
  dex_return_error_if_fail (owner != NULL && owner->provider_id != NULL && value != NULL);

  if (!has_base (owner))
    return dex_future_new_for_error (rushes_error_new (
        RUSHES_ERROR_BAD_REQUEST, "%s", _ ("A key is kept for one address alone. Give the base URL first.")));
  if (!(tidy = rushes_key_tidy (value, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  question = question_new (self, owner);
  question->key = rushes_key_new (tidy, owner->origins, NULL, RUSHES_KEY_STORED);
  rushes_key_forget (tidy);
  return rushes_async_spawn (store_in_fiber, question, (GDestroyNotify) question_free);
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
  Question *question = data;
  RushesKeyring *self = question->keyring;
  const char *id = question->owner->provider_id;
  g_autoptr (GError) error = NULL;

  if (g_hash_table_remove (self->session, id))
    g_signal_emit (self, signals[CHANGED], 0, id);

  if (dex_await (rushes_secret_clear (id), &error))
    set_record (self, id, RUSHES_KEY_NONE, NULL);
  else if (error->code == RUSHES_SECRET_ERROR_ABSENT)
    note_absence (question);
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

  return rushes_async_spawn (clear_in_fiber, question_new (self, &owner), (GDestroyNotify) question_free);
}
