/* rushes-keyring.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <libdex.h>

G_BEGIN_DECLS

/* Where a provider's key is, as far as it is known. */
typedef enum
{
  RUSHES_KEY_UNKNOWN,     /* nobody looked yet */
  RUSHES_KEY_NONE,
  RUSHES_KEY_ENVIRONMENT, /* RUSHES_KEY_<ID>, or the provider's own variable */
  RUSHES_KEY_SESSION,     /* kept until this process ends */
  RUSHES_KEY_STORED,      /* in the keyring */
  RUSHES_KEY_LOCKED,      /* the keyring holds one, and is locked */
  RUSHES_KEY_ABSENT,      /* there is no keyring, and no key elsewhere */
} RushesKeyState;

/* Whose key it is, and where it may go. */
typedef struct
{
  const char         *provider_id;
  const char * const *origins;     /* that of the base URL that is used first, then those of the description;
                                    * NULL-terminated */
  const char * const *environment; /* of a shipped description only: the provider's own variables; NULL */
  gboolean            foreign_base; /* the base URL was given for this run alone: only RUSHES_KEY_<ID> may go there */
  const char         *name;         /* of the provider, for people; NULL says the id */
} RushesKeyOwner;

/* A key that was found. */
typedef struct
{
  char           *value;
  char          **origins; /* those that it may be sent to */
  char           *source;  /* "RUSHES_KEY_RUNWAY", "FAL_KEY", or NULL for session and keyring */
  RushesKeyState  state;   /* ENVIRONMENT, SESSION or STORED */
} RushesKey;

#define RUSHES_TYPE_KEY (rushes_key_get_type ())
GType      rushes_key_get_type (void);
RushesKey *rushes_key_copy     (const RushesKey *self);
/* Overwrites the value. */
void       rushes_key_free     (RushesKey       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesKey, rushes_key_free)

/* A key as it was typed or pasted, without the blanks around it; for rushes_key_forget(). BAD_REQUEST with a sentence
 * that does not repeat it for what is empty, very long, or has characters that no header can bear. */
char      *rushes_key_tidy     (const char      *typed,
                                GError         **error) G_GNUC_WARN_UNUSED_RESULT;
/* Overwrites and frees a text that held a key; NULL is fine. */
void       rushes_key_forget   (char            *text);

/**
 * RushesKeyring:
 *
 * Where keys are: RUSHES_KEY_<ID> (set but empty says: no key), this session, the keyring of the desktop (libsecret,
 * asynchronous: 5 s, or 60 s while it shows its dialog), and last the provider's own variable. A stored key carries
 * the origins it was saved for: it is found only while that of the base URL is among them, and goes to no other. When
 * the keyring holds a key, and is locked, no variable stands in for it. One for each process; main thread.
 *
 * Signal ::changed (provider id): what is known of this provider's key changed.
 */
#define RUSHES_TYPE_KEYRING (rushes_keyring_get_type ())
G_DECLARE_FINAL_TYPE (RushesKeyring, rushes_keyring, RUSHES, KEYRING, GObject)

/* Borrowed. */
RushesKeyring  *rushes_keyring_get_default (void);
/* What is known without asking anybody. */
RushesKeyState  rushes_keyring_get_state   (RushesKeyring        *self,
                                            const RushesKeyOwner *owner);
/* Looks without unlocking anything, and resolves to the state (an int); a keyring that does not answer is ABSENT. */
DexFuture      *rushes_keyring_refresh     (RushesKeyring        *self,
                                            const RushesKeyOwner *owner) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a #RushesKey. Rejects with AUTH when there is none, and KEYRING with plain words when the keyring is
 * locked and stays so, or does not answer. */
DexFuture      *rushes_keyring_look_up     (RushesKeyring        *self,
                                            const RushesKeyOwner *owner) G_GNUC_WARN_UNUSED_RESULT;
/* Every key that is known for the provider without asking the person, wherever it may go: resolves to a GPtrArray of
 * #RushesKey, maybe empty. To find them in what others are shown, and for nothing else. */
DexFuture      *rushes_keyring_list        (RushesKeyring        *self,
                                            const RushesKeyOwner *owner) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to TRUE. Rejects with KEYRING: there is none, it is locked, it refuses; the sentence names the other ways;
 * and with BAD_REQUEST for what is no key, and while there is no base URL. */
DexFuture      *rushes_keyring_store       (RushesKeyring        *self,
                                            const RushesKeyOwner *owner,
                                            const char           *value) G_GNUC_WARN_UNUSED_RESULT;
/* For this session; @value is what rushes_key_tidy() gave, and there is a base URL. */
void            rushes_keyring_keep        (RushesKeyring        *self,
                                            const RushesKeyOwner *owner,
                                            const char           *value);
/* From the session and the keyring. Resolves to whether there is a keyring, which then holds none. */
DexFuture      *rushes_keyring_clear       (RushesKeyring        *self,
                                            const char           *provider_id) G_GNUC_WARN_UNUSED_RESULT;
/* "RUSHES_KEY_OPENAI_COMPATIBLE" */
char           *rushes_key_variable        (const char           *provider_id) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
