/* rushes-simulated-token.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-simulated-token.h"

#include <string.h>

#include "rushes-simulated-body.h"

static GBytes *
decode_segment (const char *segment)
{
  g_autoptr (GString) text = g_string_new (segment);
  guchar *data;
  gsize length;

  /* base64url without padding, RFC 7515. */
  if (strspn (segment, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") != text->len)
    return NULL;
  g_string_replace (text, "-", "+", 0);
  g_string_replace (text, "_", "/", 0);
  while (text->len % 4 != 0)
    g_string_append_c (text, '=');
  data = g_base64_decode (text->str, &length);
  return g_bytes_new_take (data, length);
}

static JsonObject *
decode_object (const char *segment)
{
  g_autoptr (GBytes) bytes = decode_segment (segment);
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (bytes == NULL ||
      !json_parser_load_from_data (parser, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL) ||
      (root = json_parser_get_root (parser)) == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return json_object_ref (json_node_get_object (root));
}

static gboolean
is_signature (const char *token, const char *secret, const char *segment)
{
  g_autoptr (GBytes) given = decode_segment (segment);
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret));
  guint8 wanted[32];
  gsize length = sizeof wanted;

  g_hmac_update (hmac, (const guchar *) token, segment - 1 - token);
  g_hmac_get_digest (hmac, wanted, &length);
  return given != NULL && g_bytes_get_size (given) == length &&
         memcmp (g_bytes_get_data (given, NULL), wanted, length) == 0;
}

RushesSimulatedTokenFault
rushes_simulated_token_judge (const char *token, const char *issuer, const char *secret, gint64 now)
{
  g_auto (GStrv) segments = g_strsplit (token, ".", -1);
  g_autoptr (JsonObject) header = NULL;
  g_autoptr (JsonObject) payload = NULL;

  if (g_strv_length (segments) != 3 || (header = decode_object (segments[0])) == NULL ||
      (payload = decode_object (segments[1])) == NULL ||
      g_strcmp0 (rushes_simulated_body_text (header, "alg"), "HS256") != 0 ||
      g_strcmp0 (rushes_simulated_body_text (header, "typ"), "JWT") != 0 ||
      g_strcmp0 (rushes_simulated_body_text (payload, "iss"), issuer) != 0 ||
      !is_signature (token, secret, strrchr (token, '.') + 1))
    return RUSHES_TOKEN_WRONG;
  if (json_object_get_int_member_with_default (payload, "nbf", G_MAXINT64) > now)
    return RUSHES_TOKEN_EARLY;
  if (json_object_get_int_member_with_default (payload, "exp", 0) <= now)
    return RUSHES_TOKEN_EXPIRED;
  return RUSHES_TOKEN_FINE;
}
