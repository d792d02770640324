/* rushes-secret.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libdex.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* The items of ours in the keyring of the desktop: libsecret as futures. Every call ends: after 5 s when the keyring
 * does not answer, after 60 s where it may be showing its dialog.
 *
 * An item bears four attributes, "application" (always ours), "provider", "profile" and "origins" (in one text, with
 * blanks between them). Attributes alone decide what a search finds, because a keyring that was never unlocked does not
 * compare schema names; so those of what was found are compared here.
 *
 * "profile" is "default", or, where the data folder is not the account's own, a digest of its path: tests and second
 * libraries have keys of their own. */

typedef enum
{
  RUSHES_SECRET_ERROR_ABSENT, /* there is no keyring */
  RUSHES_SECRET_ERROR_LOCKED, /* it is locked, and stays so */
  RUSHES_SECRET_ERROR_SILENT, /* it does not answer */
  RUSHES_SECRET_ERROR_OTHER,  /* in its own words */
} RushesSecretErrorCode;

#define RUSHES_SECRET_ERROR (rushes_secret_error_quark ())
GQuark      rushes_secret_error_quark  (void);

/* Resolves to a GPtrArray of SecretRetrievable, the newest first: those that are locked too. With @unlock the keyring
 * may ask the person; what is still locked afterwards was refused. */
DexFuture  *rushes_secret_search       (const char         *provider_id,
                                        gboolean            unlock) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to a SecretValue; for an item that is not locked. */
DexFuture  *rushes_secret_load         (SecretRetrievable  *item) G_GNUC_WARN_UNUSED_RESULT;
/* Stores @value, and then removes what else there is for the provider. May ask the person. Resolves to TRUE. */
DexFuture  *rushes_secret_store        (const char         *provider_id,
                                        const char * const *origins,
                                        const char         *value) G_GNUC_WARN_UNUSED_RESULT;
/* Resolves to TRUE when nothing is left. May ask the person. */
DexFuture  *rushes_secret_clear        (const char         *provider_id) G_GNUC_WARN_UNUSED_RESULT;

gboolean    rushes_secret_is_locked    (SecretRetrievable  *item);
/* NULL-terminated, and empty when it is locked: then nobody can tell. */
char      **rushes_secret_list_origins (SecretRetrievable  *item) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
