/* rushes-registry.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "rushes-folders.h"
#include "rushes-keyring.h"
#include "rushes-provider.h"

G_BEGIN_DECLS

/**
 * RushesRegistry:
 *
 * The providers that are known, in the order they are shown: a GListModel of RushesProvider. main() adds what needs
 * the media library; services come from the descriptions that ship and from the person's own.
 */
#define RUSHES_TYPE_REGISTRY (rushes_registry_get_type ())
G_DECLARE_FINAL_TYPE (RushesRegistry, rushes_registry, RUSHES, REGISTRY, GObject)

RushesRegistry *rushes_registry_new         (void);
/* Two of the same id are a mistake of the program. */
void            rushes_registry_add         (RushesRegistry *self,
                                             RushesProvider *provider);
/* Adds a service for each description that ships and for each file in @folder. A file that cannot be read is left out
 * and told. */
void            rushes_registry_load        (RushesRegistry *self,
                                             RushesFolders  *folders,
                                             RushesKeyring  *keyring);
/* GError, one for each description of the person's own that was left out: file, place and reason. */
GPtrArray      *rushes_registry_get_errors  (RushesRegistry *self);
/* What adding a description would mean: the hosts that would get key and pictures, as text for people. */
char           *rushes_registry_describe_hosts (RushesDescription *description) G_GNUC_WARN_UNUSED_RESULT;
/* Writes @bytes, a description from outside that was read and accepted, into the folder and adds its provider; one of
 * the same id that is the person's own is replaced, and when its hosts changed its key is cleared. Resolves to the
 * #RushesProvider. BAD_REQUEST for an id that ships, STORAGE. */
DexFuture      *rushes_registry_install     (RushesRegistry *self,
                                             GBytes         *bytes,
                                             const char     *name) G_GNUC_WARN_UNUSED_RESULT;
/* The few lines of a description for another server of a kind ("openai-compatible") at @base_url, as it was typed.
 * BAD_REQUEST for an address that cannot be one, and for a kind that there is not. */
GBytes         *rushes_registry_describe_server (const char    *id,
                                                 const char    *name,
                                                 const char    *base,
                                                 const char    *base_url,
                                                 GError       **error) G_GNUC_WARN_UNUSED_RESULT;
/* A few lines for another server of a kind ("openai-compatible"): resolves as rushes_registry_install(). */
DexFuture      *rushes_registry_install_server (RushesRegistry *self,
                                                const char     *id,
                                                const char     *name,
                                                const char     *base,
                                                const char     *base_url) G_GNUC_WARN_UNUSED_RESULT;
/* Removes a provider of the person's own with its key and settings. Resolves to TRUE; BAD_REQUEST for one that ships. */
DexFuture      *rushes_registry_uninstall   (RushesRegistry *self,
                                             const char     *id) G_GNUC_WARN_UNUSED_RESULT;
/* Of @descriptions, GBytes from a stranger, those that can be read and whose ids are not here, for the person to be asked
 * about before rushes_registry_install(): an array of GBytes. Full reference. */
GPtrArray      *rushes_registry_pick_new    (RushesRegistry *self,
                                             GPtrArray      *descriptions) G_GNUC_WARN_UNUSED_RESULT;
/* Whether it is the person's own. */
gboolean        rushes_registry_is_own      (RushesRegistry *self,
                                             RushesProvider *provider);
/* The provider of @id, or, when it was removed meanwhile, one made from the description that an attempt was submitted
 * with, whose JSON the library kept. A new reference; NULL with an error when that cannot be read. */
RushesProvider *rushes_registry_find_or_make (RushesRegistry *self,
                                              const char     *id,
                                              GBytes         *frozen,
                                              GError        **error) G_GNUC_WARN_UNUSED_RESULT;
/* Borrowed; NULL. */
RushesProvider *rushes_registry_find        (RushesRegistry *self,
                                             const char     *id);
/* An id that none of them has; see rushes_provider_id_derive(). */
char           *rushes_registry_derive_id   (RushesRegistry *self,
                                             const char     *name,
                                             const char     *address,
                                             const char     *fallback) G_GNUC_WARN_UNUSED_RESULT;
/* @name, or with a number behind it, such as "My Wan 2", when another provider than that of @id (NULL: any) is called so. */
char           *rushes_registry_derive_name (RushesRegistry *self,
                                             const char     *name,
                                             const char     *id) G_GNUC_WARN_UNUSED_RESULT;
/* The provider of @id, or a BAD_REQUEST that lists the ones there are. */
RushesProvider *rushes_registry_require     (RushesRegistry *self,
                                             const char     *id,
                                             GError        **error);

G_END_DECLS
