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

G_END_DECLS
