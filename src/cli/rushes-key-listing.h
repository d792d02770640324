/* rushes-key-listing.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "rushes-http-provider.h"

G_BEGIN_DECLS

/**
 * RushesKeyFacts:
 *
 * What may be told of a service's key: everything but the key.
 */
typedef struct
{
  RushesKeyState   state;
  gboolean         needed;  /* the service works only with one */
  char            *source;  /* the name of the variable that holds it; NULL when none does */
  char           **origins; /* those that it may be sent to; of a key that is not there, those that it might */
} RushesKeyFacts;

/* What is known without asking anybody. */
RushesKeyFacts *rushes_key_facts_new             (RushesHttpProvider   *provider) G_GNUC_WARN_UNUSED_RESULT;
/* The same after a look into the keyring, which is not unlocked by it; in a fiber. */
RushesKeyFacts *rushes_key_facts_ask             (RushesHttpProvider   *provider) G_GNUC_WARN_UNUSED_RESULT;
void            rushes_key_facts_free            (RushesKeyFacts       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RushesKeyFacts, rushes_key_facts_free)

/* {"provider":…,"key":"stored","needed":…,"source":…,"origins":[…]} */
JsonObject     *rushes_key_facts_to_listing      (const RushesKeyFacts *self,
                                                  RushesProvider       *provider) G_GNUC_WARN_UNUSED_RESULT;
JsonArray      *rushes_key_facts_list_origins    (const RushesKeyFacts *self) G_GNUC_WARN_UNUSED_RESULT;
/* "stored", "environment", "none" …, for JSON. */
const char     *rushes_key_facts_get_word        (const RushesKeyFacts *self);
/* A phrase for listings, translated: "in the keyring". */
char           *rushes_key_facts_to_display      (const RushesKeyFacts *self) G_GNUC_WARN_UNUSED_RESULT;
/* The whole sentence for people. */
char           *rushes_key_facts_to_sentence     (const RushesKeyFacts *self,
                                                  RushesProvider       *provider) G_GNUC_WARN_UNUSED_RESULT;
/* 0 when there is one, 3 when there is none, 10 when the keyring is locked. */
int             rushes_key_facts_get_exit_status (const RushesKeyFacts *self);

G_END_DECLS
