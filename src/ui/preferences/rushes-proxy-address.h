/* rushes-proxy-address.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The address of a proxy as it was typed, brought into shape: "proxy.lan:3128" is "http://proxy.lan:3128". BAD_REQUEST
 * with a sentence for what is none, and for one with a name or password in it: settings are no place for those. */
char *rushes_proxy_address_normalize (const char  *typed,
                                      GError     **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
