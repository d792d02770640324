/* rushes-upload-place-read.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-upload-place-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rushes-http-address.h"

/* What a person writes of a place, checked member by member. */

#define MAX_ID       40
#define MAX_NAME     80
#define MAX_PREFIX   500
#define LIFETIME     3600
#define MIN_LIFETIME 600
#define MAX_LIFETIME (7 * 24 * 3600) /* the most that SigV4 knows */

static gboolean
is_made_of (const char *text, const char *letters)
{
  return *text != '\0' && text[strspn (text, letters)] == '\0';
}

static gboolean
is_plain (const char *text)
{
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++)
    if (*p < 0x20 || *p == 0x7f)
      return FALSE;

  return TRUE;
}

static char *
read_id (RushesJsonReader *reader)
{
  const char *id = rushes_json_reader_get_string (reader, "id", "place");

  if (!is_made_of (id, G_CSET_a_2_z G_CSET_DIGITS "-") || strlen (id) > MAX_ID)
    rushes_json_reader_complain (reader, "id", "%s", _ ("small letters, digits and hyphens are expected, at most 40."));

  return g_strdup (id);
}

static char *
read_name (RushesJsonReader *reader)
{
  g_autofree char *name = g_strstrip (g_strdup (rushes_json_reader_get_string (reader, "name", "?")));

  if (*name == '\0' || g_utf8_strlen (name, -1) > MAX_NAME || !is_plain (name))
    rushes_json_reader_complain (reader, "name", "%s", _ ("one line of at most 80 characters is expected."));

  return g_steal_pointer (&name);
}

/* A word of which the other side makes something, kept as it is. */
static char *
read_word (RushesJsonReader *reader, const char *member, const char *fallback)
{
  const char *word = rushes_json_reader_get_string (reader, member, fallback);

  if (word != NULL && (*word == '\0' || !is_plain (word)))
    rushes_json_reader_complain (reader, member, "%s", _ ("a word is expected."));

  return g_strdup (word);
}

/* With a host as it is sent, for that is signed; with @folder it gets the slash at its end. NULL when it is absent or a
 * mistake. */
static char *
read_address (RushesJsonReader *reader, const char *member, gboolean folder)
{
  const char *text = rushes_json_reader_get_string (reader, member, NULL);
  g_autoptr (GUri) uri = text != NULL ? rushes_http_parse_address (text, NULL) : NULL;
  g_autofree char *origin = uri != NULL ? rushes_origin_of (text) : NULL;

  if (text == NULL)
    return NULL;
  if (origin == NULL || g_uri_get_userinfo (uri) != NULL)
    {
      rushes_json_reader_complain (reader, member, "%s",
                                   origin == NULL ? _ ("an address that begins with https:// or http:// is expected.")
                                                  : _ ("the name of a user does not belong into the address."));
      return NULL;
    }

  return g_strconcat (origin, g_uri_get_path (uri), folder && !g_str_has_suffix (g_uri_get_path (uri), "/") ? "/" : "",
                      g_uri_get_query (uri) != NULL ? "?" : NULL, g_uri_get_query (uri), NULL);
}

/* Those that HTTP needs for itself, and those that carry secrets, which are kept elsewhere. */
static gboolean
is_free_header (const char *name)
{
  static const char *const taken[] = { "Authorization", "Connection", "Content-Length",    "Content-Type", "Cookie",
                                       "Host",          "TE",         "Transfer-Encoding", "Upgrade" };

  for (gsize i = 0; i < G_N_ELEMENTS (taken); i++)
    if (g_ascii_strcasecmp (name, taken[i]) == 0)
      return FALSE;

  return g_ascii_strncasecmp (name, "Proxy-", strlen ("Proxy-")) != 0 &&
         is_made_of (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "!#$%&'*+-.^_`|~");
}

static void
read_headers (RushesUploadPlace *self, RushesJsonReader *reader)
{
  g_autoptr (GList) names = NULL;

  if (!rushes_json_reader_enter_object (reader, "headers"))
    return;

  names = rushes_json_reader_list_members (reader);
  for (const GList *name = names; name != NULL; name = name->next)
    {
      const char *value = rushes_json_reader_get_string (reader, name->data, "");

      if (!is_free_header (name->data))
        rushes_json_reader_complain (reader, name->data, "%s", _ ("this header cannot be set."));
      else if (!is_plain (value))
        rushes_json_reader_complain (reader, name->data, "%s", _ ("one line of text is expected."));
      g_ptr_array_add (self->headers, g_strdup (name->data));
      g_ptr_array_add (self->headers, g_strdup (value));
    }
  rushes_json_reader_leave (reader);
}

static RushesJsonPath *
read_path (RushesJsonReader *reader, const char *member)
{
  const char *text = rushes_json_reader_get_string (reader, member, NULL);
  g_autoptr (GError) mistake = NULL;
  RushesJsonPath *path = text != NULL ? rushes_json_path_new (text, &mistake) : NULL;

  if (mistake != NULL)
    rushes_json_reader_complain (reader, member, "%s", mistake->message);

  return path;
}

/* A folder within the bucket. Its dots and empty steps would be names to S3, and nothing to what lies between. */
static char *
read_prefix (RushesJsonReader *reader)
{
  const char *prefix = rushes_json_reader_get_string (reader, "prefix", "");
  gsize length = strlen (prefix);
  g_auto (GStrv) steps = NULL;

  if (length == 0)
    return g_strdup ("");

  if (prefix[length - 1] == '/')
    length--;
  steps = g_strsplit (prefix, "/", -1);
  for (gsize i = 0, n = g_strv_length (steps); i < n; i++)
    if (g_str_equal (steps[i], ".") || g_str_equal (steps[i], "..") || (*steps[i] == '\0' && (i == 0 || i < n - 1)) ||
        !is_plain (steps[i]) || length > MAX_PREFIX)
      {
        rushes_json_reader_complain (reader, "prefix", "%s", _ ("a folder such as “pictures/rushes” is expected."));
        break;
      }

  return g_strdup_printf ("%.*s/", (int) length, prefix);
}

static void
read_s3 (RushesUploadPlace *self, RushesJsonReader *reader)
{
  g_autoptr (GUri) endpoint = NULL;

  rushes_json_reader_need (reader, "endpoint", "bucket", "access_key", NULL);
  self->url = read_address (reader, "endpoint", TRUE);
  self->bucket = read_word (reader, "bucket", NULL);
  self->region = read_word (reader, "region", "us-east-1");
  self->prefix = read_prefix (reader);
  self->access_key = read_word (reader, "access_key", NULL);
  self->path_style = rushes_json_reader_get_boolean (reader, "path_style", TRUE);
  self->lifetime = (guint) rushes_json_reader_get_integer (reader, "lifetime", MIN_LIFETIME, MAX_LIFETIME, LIFETIME);

  if (self->bucket != NULL && !is_made_of (self->bucket, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-._"))
    rushes_json_reader_complain (reader, "bucket", "%s", _ ("letters, digits, hyphens and full stops are expected."));
  if (!is_made_of (self->region, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_"))
    rushes_json_reader_complain (reader, "region", "%s", _ ("a region such as “eu-central-1” is expected."));
  if (self->access_key != NULL && strpbrk (self->access_key, " /,=") != NULL)
    rushes_json_reader_complain (reader, "access_key", "%s", _ ("the ID of an access key is expected."));

  if (self->url == NULL)
    return;
  endpoint = rushes_http_parse_address (self->url, NULL);
  if (g_uri_get_query (endpoint) != NULL)
    rushes_json_reader_complain (reader, "endpoint", "%s", _ ("an address without a query is expected."));
  else if (!self->path_style && g_hostname_is_ip_address (g_uri_get_host (endpoint)))
    rushes_json_reader_complain (reader, "path_style", "%s",
                                 _ ("true is expected: a bucket cannot stand before the numbers of a host."));
}

static void
read_put (RushesUploadPlace *self, RushesJsonReader *reader)
{
  rushes_json_reader_need (reader, "url", NULL);
  self->url = read_address (reader, "url", TRUE);
  self->public_url = read_address (reader, "public_url", TRUE);
  self->user = read_word (reader, "user", NULL);
  read_headers (self, reader);

  if (self->public_url == NULL)
    self->public_url = g_strdup (self->url);
  if (self->user != NULL && strchr (self->user, ':') != NULL)
    rushes_json_reader_complain (reader, "user", "%s", _ ("a name without a colon is expected."));
}

static void
read_form (RushesUploadPlace *self, RushesJsonReader *reader)
{
  rushes_json_reader_need (reader, "url", NULL);
  self->url = read_address (reader, "url", FALSE);
  self->field = read_word (reader, "field", "file");
  self->answer = read_path (reader, "answer");
  self->removal = read_path (reader, "delete");
  read_headers (self, reader);

  if (self->removal != NULL && self->answer == NULL)
    rushes_json_reader_complain (reader, NULL, "%s", _ ("“delete” needs “answer”: both stand in the same reply."));
}

static void
read_folder (RushesUploadPlace *self, RushesJsonReader *reader)
{
  rushes_json_reader_need (reader, "path", "public_url", NULL);
  self->path = g_strdup (rushes_json_reader_get_string (reader, "path", "/"));
  self->public_url = read_address (reader, "public_url", TRUE);

  if (!g_path_is_absolute (self->path))
    rushes_json_reader_complain (reader, "path", "%s", _ ("a folder that begins with “/” is expected."));
}

RushesUploadPlace *
rushes_upload_place_new_from_json (JsonNode *node, const char *file, GError **error)
{
  static const char *const kinds[] = { "s3", "put", "form", "folder", NULL };
  static void (*const readers[]) (RushesUploadPlace *self, RushesJsonReader *reader) = {
    [RUSHES_UPLOAD_S3] = read_s3,
    [RUSHES_UPLOAD_PUT] = read_put,
    [RUSHES_UPLOAD_FORM] = read_form,
    [RUSHES_UPLOAD_FOLDER] = read_folder,
  };
  g_autoptr (RushesUploadPlace) self = NULL;
  g_autoptr (RushesJsonReader) reader = NULL;
  int kind;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (file != NULL, NULL);

  self = g_object_new (RUSHES_TYPE_UPLOAD_PLACE, NULL);
  reader = rushes_json_reader_new (node, file);
  rushes_json_reader_need (reader, "id", "name", "kind", NULL);
  self->id = read_id (reader);
  self->name = read_name (reader);
  kind = rushes_json_reader_get_word (reader, "kind", kinds, -1);
  if (kind >= 0)
    {
      self->kind = (RushesUploadKind) kind;
      readers[kind](self, reader);
    }
  if (!rushes_json_reader_finish (reader, error))
    return NULL;

  self->json = json_to_string (node, FALSE);
  return g_steal_pointer (&self);
}
