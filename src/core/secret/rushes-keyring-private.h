/* rushes-keyring-private.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-keyring.h"

G_BEGIN_DECLS

/* What the keyring and its friends know of a key; see rushes-keyring.h. */

RushesKey      *rushes_key_new               (const char           *value,
                                              const char * const   *origins,
                                              const char           *source,
                                              RushesKeyState        state) G_GNUC_WARN_UNUSED_RESULT;
/* A key that was saved for @origins may serve @owner when the base URL is among them: a copy that goes to no other
 * origins than both name. NULL when it may not. */
RushesKey      *rushes_key_narrow            (const RushesKey      *self,
                                              const RushesKeyOwner *owner) G_GNUC_WARN_UNUSED_RESULT;
gboolean        rushes_key_owner_is_among    (const RushesKeyOwner *owner,
                                              const char * const   *origins);

/* RUSHES_KEY_<ID>. TRUE when it is set; @key is then NULL when it is empty, which says that there is no key, or holds
 * what is none. */
gboolean        rushes_key_find_variable     (const RushesKeyOwner *owner,
                                              RushesKey           **key);
/* The provider's own variables, and pairs of them; NULL when none is set. */
RushesKey      *rushes_key_find_own_variable (const RushesKeyOwner *owner) G_GNUC_WARN_UNUSED_RESULT;

/* A copy that outlives the caller, for fibers. */
RushesKeyOwner *rushes_key_owner_copy        (const RushesKeyOwner *self) G_GNUC_WARN_UNUSED_RESULT;
void            rushes_key_owner_free        (RushesKeyOwner       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesKeyOwner, rushes_key_owner_free)

/* ---- the keyring ---- */

/* What the keyring of the desktop said last about a provider. */
typedef struct
{
  RushesKeyState   state;   /* NONE, STORED, LOCKED or ABSENT */
  char           **origins; /* of STORED */
} RushesKeyRecord;

struct _RushesKeyring
{
  GObject     parent_instance;

  GHashTable *session;   /* provider id → RushesKey */
  GHashTable *records;   /* provider id → RushesKeyRecord */
  DexFuture  *unlocking; /* while the dialog may be up; NULL */
};

/* Remembers it, and tells it when it is news. */
void            rushes_keyring_note          (RushesKeyring        *self,
                                              const char           *provider_id,
                                              RushesKeyState        state,
                                              const char * const   *origins);
/* TRUE when the question is answered before the keyring is asked; @key is then what was found, or NULL: there is none,
 * and nobody else is to be asked. */
gboolean        rushes_keyring_find_before   (RushesKeyring        *self,
                                              const RushesKeyOwner *owner,
                                              RushesKey           **key);
/* A RUSHES_SECRET_ERROR in plain words. */
GError         *rushes_keyring_explain       (const GError         *error,
                                              const char           *provider_id) G_GNUC_WARN_UNUSED_RESULT;

/* One question on its way, for fibers. */
typedef struct
{
  RushesKeyring  *keyring;
  RushesKeyOwner *owner;
  RushesKey      *key; /* of a store */
} RushesKeyQuestion;

RushesKeyQuestion *rushes_key_question_new   (RushesKeyring        *keyring,
                                              const RushesKeyOwner *owner) G_GNUC_WARN_UNUSED_RESULT;
void            rushes_key_question_free     (RushesKeyQuestion    *self);

G_END_DECLS
