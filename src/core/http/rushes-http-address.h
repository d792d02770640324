/* rushes-http-address.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Takes an http or https address as people type and copy it: blanks around it go, characters that an address cannot
 * have are written as %XX, everything else stays byte for byte, so that signatures hold. BAD_REQUEST with a sentence
 * for anything else. */
GUri    *rushes_http_parse_address      (const char       *text,
                                         GError          **error);

/* The address that a redirect from @base leads to. PROTOCOL with a sentence when there is none, when it is neither
 * http nor https, and when it would go from https to http. */
GUri    *rushes_http_follow             (GUri             *base,
                                         const char       *location,
                                         GError          **error);

/* Whether an address belongs to this computer or to a network that is not public: loopback, 10/8, 172.16/12,
 * 192.168/16, 100.64/10, 169.254/16, 0/8, multicast and what is reserved, ::1, fc00::/7, fe80::/10, and IPv6 forms of
 * these. Not 198.18/15, which tunnels hand out for public names. */
gboolean rushes_http_is_private_address (GInetAddress     *address);

/* Whether a host is such an address by its name alone: "localhost", "printer.local", "10.0.0.1", "[::1]". */
gboolean rushes_http_is_private_name    (const char       *host);

/* Whether what goes there in the clear stays on this computer or in its own network: such a host, or one that is called by a
 * name without a dot, as "gpu-box". */
gboolean rushes_http_is_near_name       (const char       *host);

/* The http or https address at which a socket is asked for that has a ws or wss address; NULL for any other. */
char    *rushes_http_unwrap_socket     (const char       *address) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
