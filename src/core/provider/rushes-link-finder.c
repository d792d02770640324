/* rushes-link-finder.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-link-finder.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "rushes-credentials.h"
#include "rushes-http-address.h"

/* No address of a clip is longer. */
#define MAX_ADDRESS 8192

/* JSON within JSON within JSON. */
#define MAX_NESTING 4
#define MAX_DEPTH   64

/* No answer has more; what stands behind them is not looked at. */
#define MAX_TAGS      256
#define MAX_ADDRESSES 1024

/* How likely an address is a clip's. */
typedef enum
{
  RANK_VIDEO,
  RANK_SOURCE,
  RANK_ENDING,
  RANK_MARKDOWN,
  RANK_GATEWAY,
  RANK_OTHER,
  N_RANKS,
} Rank;

typedef struct
{
  char *origin;              /* of the base URL; NULL */
  GPtrArray *ranks[N_RANKS]; /* char *, borrowed from @seen */
  GHashTable *seen;          /* char *, a set */
  GHashTable *pictures;      /* char *, a set */
  guint n_addresses;         /* that were looked at */
  gboolean unfinished;       /* the text may go on */
} Search;

/* ---- what an address is like ---- */

/* Whether the path ends in one of @endings. */
static gboolean
has_ending (const char *address, const char *const *endings)
{
  g_autofree char *path = g_strndup (address, strcspn (address, "?#"));
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; endings[i] != NULL; i++)
    if (g_str_has_suffix (lower, endings[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_picture (const char *address)
{
  static const char *const endings[] = { ".jpg", ".jpeg", ".png", ".gif",  ".webp", ".avif",
                                         ".bmp", ".svg",  ".ico", ".heic", ".tiff", NULL };

  return has_ending (address, endings);
}

static gboolean
is_video (const char *address)
{
  static const char *const endings[] = { ".mp4", ".webm", ".mov", ".m4v", NULL };

  return has_ending (address, endings);
}

/* Paths under which gateways keep videos; one of them hides the name in base64. */
static gboolean
is_gateway_path (const char *address)
{
  const char *hidden = strstr (address, "/images/p_");
  g_autofree char *text = NULL;
  g_autofree guchar *path = NULL;
  gsize size;

  if (strstr (address, "/v1/files/video") != NULL || strstr (address, "generated_video") != NULL)
    return TRUE;
  if (hidden == NULL)
    return FALSE;

  hidden += strlen ("/images/p_");
  text = g_strndup (hidden, strcspn (hidden, "/?#."));
  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');
  path = g_base64_decode (text, &size);
  return g_strstr_len ((const char *) path, size, "generated_video") != NULL;
}

/* The whole address when it may be asked for: https, or http of the base URL's own origin. */
static char *
complete (Search *search, const char *text, gsize length)
{
  g_autofree char *address = NULL;
  g_autofree char *origin = NULL;

  if (length > MAX_ADDRESS || search->n_addresses == MAX_ADDRESSES)
    return NULL;
  search->n_addresses++;
  address = g_strndup (text, length);
  g_strstrip (address);
  if (g_str_has_prefix (address, "//"))
    {
      char *whole = g_strconcat ("https:", address, NULL);

      g_free (address);
      address = whole;
    }
  else if (*address == '/' && search->origin != NULL)
    {
      char *whole = g_strconcat (search->origin, address, NULL);

      g_free (address);
      address = whole;
    }
  for (const guchar *p = (const guchar *) address; *p != '\0'; p++)
    if (*p <= 0x20 || *p == 0x7f)
      return NULL;

  origin = rushes_origin_of (address);
  if (origin == NULL || (!g_str_has_prefix (origin, "https://") && g_strcmp0 (origin, search->origin) != 0))
    return NULL;
  return g_steal_pointer (&address);
}

static void
add (Search *search, Rank rank, const char *text, gsize length)
{
  char *address;

  if (search->ranks[rank]->len == RUSHES_LINK_FINDER_MAX_LINKS)
    return;
  address = complete (search, text, length);
  /* The same one may stand in several ranks; it then counts in the first. */
  if (address != NULL && !is_picture (address) &&
      !g_ptr_array_find_with_equal_func (search->ranks[rank], address, g_str_equal, NULL))
    g_ptr_array_add (search->ranks[rank], address);
  else
    g_free (address);
}

static void
add_picture (Search *search, const char *text, gsize length)
{
  char *address = complete (search, text, length);

  if (address != NULL)
    g_hash_table_add (search->pictures, address);
}

/* ---- HTML ---- */

/* The value of an attribute within a tag, which ends at @end; NULL. In one that is not closed yet what stands within
 * quotes is whole. */
static const char *
find_attribute (const char *tag, const char *end, const char *name, gsize *length)
{
  gboolean is_open = *end == '\0';
  gsize name_length = strlen (name);

  for (const char *p = tag; p + name_length < end; p++)
    {
      const char *value;

      if (g_ascii_strncasecmp (p, name, name_length) != 0 || !g_ascii_isspace (p[-1]))
        continue;
      for (value = p + name_length; value < end && g_ascii_isspace (*value); value++)
        ;
      if (value == end || *value != '=')
        continue;
      for (value++; value < end && g_ascii_isspace (*value); value++)
        ;
      if (value < end && (*value == '"' || *value == '\''))
        {
          const char *close = memchr (value + 1, *value, end - value - 1);

          if (close == NULL && is_open)
            return NULL;
          *length = (close != NULL ? close : end) - value - 1;
          return value + 1;
        }
      *length = strcspn (value, " \t\r\n>");
      return value + *length < end || !is_open ? value : NULL;
    }
  return NULL;
}

/* The end of a tag that begins at @tag: a > that is not within quotes. In a text that may go on also its end. */
static const char *
find_tag_end (const Search *search, const char *tag, const char *end)
{
  char quote = '\0';

  for (const char *p = tag; p < end; p++)
    {
      if (quote != '\0')
        quote = *p == quote ? '\0' : quote;
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (*p == '>')
        return p;
      if (p - tag > 4 * MAX_ADDRESS)
        return NULL;
    }
  return search->unfinished ? end : NULL;
}

static gboolean
is_tag (const char *text, const char *name)
{
  gsize length = strlen (name);

  return g_ascii_strncasecmp (text, name, length) == 0 && g_ascii_isspace (text[length]);
}

static void
search_tags (Search *search, const char *text, gsize size)
{
  const char *end = text + size;
  guint n_tags = 0;

  for (const char *p = text; n_tags < MAX_TAGS && (p = memchr (p, '<', end - p)) != NULL; p++)
    {
      gboolean is_clip = is_tag (p, "<video"), is_source = is_tag (p, "<source");
      const char *tag_end, *value;
      gsize length;

      if (!is_clip && !is_source && !is_tag (p, "<img"))
        continue;
      n_tags++;
      if ((tag_end = find_tag_end (search, p, end)) == NULL)
        continue;
      if ((value = find_attribute (p + 1, tag_end, "poster", &length)) != NULL)
        add_picture (search, value, length);
      if ((value = find_attribute (p + 1, tag_end, "type", &length)) != NULL && is_source && length >= 6 &&
          g_ascii_strncasecmp (value, "image/", 6) == 0)
        is_source = FALSE;
      if ((value = find_attribute (p + 1, tag_end, "src", &length)) == NULL)
        continue;
      if (is_clip || is_source)
        add (search, is_clip ? RANK_VIDEO : RANK_SOURCE, value, length);
      else
        add_picture (search, value, length);
    }
}

/* ---- plain text and Markdown ---- */

/* How long an address is that begins at @text: to what cannot be in one, without what ends a sentence. 0 when the rest
 * of it may still come: at the end of the text, or where JSON that is not whole escapes a character. */
static gsize
measure_address (const Search *search, const char *text)
{
  gsize length = 0;
  int open = 0;

  for (const guchar *p = (const guchar *) text; *p > 0x20 && *p < 0x7f && strchr ("<>\"'`{}|\\^", *p) == NULL; p++)
    {
      if (*p == '(')
        open++;
      if ((*p == ')' || *p == ']') && --open < 0)
        break;
      length++;
    }
  if (search->unfinished && (text[length] == '\0' || text[length] == '\\'))
    return 0;
  while (length > 0 && strchr (".,;:!?*_", text[length - 1]) != NULL)
    length--;
  return length;
}

static gboolean
begins_address (const char *text)
{
  return g_ascii_strncasecmp (text, "https://", 8) == 0 || g_ascii_strncasecmp (text, "http://", 7) == 0;
}

static void
add_plain (Search *search, const char *text, gsize length)
{
  g_autofree char *address = g_strndup (text, MIN (length, MAX_ADDRESS));

  add (search, is_video (address) ? RANK_ENDING : is_gateway_path (address) ? RANK_GATEWAY : RANK_OTHER, text, length);
}

static void
search_plain (Search *search, const char *text, gsize size)
{
  const char *end = text + size;

  for (const char *p = text; p < end && search->n_addresses < MAX_ADDRESSES; p++)
    if ((*p == 'h' || *p == 'H') && begins_address (p))
      {
        gsize length = measure_address (search, p);

        if (length > 0)
          add_plain (search, p, length);
        p += MAX (length, 1) - 1;
      }
}

/* [words](address) and ![words](address). */
static void
search_markdown (Search *search, const char *text, gsize size)
{
  const char *end = text + size;

  for (const char *p = text; (p = memchr (p, ']', end - p)) != NULL; p++)
    if (p[1] == '(')
      {
        const char *address = p + 2;
        gsize length;

        if (*address == '<')
          address++;
        if ((begins_address (address) || *address == '/') && (length = measure_address (search, address)) > 0)
          add (search, RANK_MARKDOWN, address, length);
      }
}

/* ---- JSON ---- */

static void search_text (Search *search, const char *text, guint nesting);

/* Members that hold pictures, by what they are called. */
static gboolean
names_picture (const char *name)
{
  static const char *const words[] = { "poster", "thumb", "cover", "image", "preview", "avatar" };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;
  return FALSE;
}

static void
search_json (Search *search, JsonNode *node, guint depth, guint nesting)
{
  if (depth > MAX_DEPTH)
    return;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObject *object = json_node_get_object (node);
      g_autoptr (GList) members = json_object_get_members (object);

      for (const GList *member = members; member != NULL; member = member->next)
        if (!names_picture (member->data))
          search_json (search, json_object_get_member (object, member->data), depth + 1, nesting);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      search_json (search, json_array_get_element (json_node_get_array (node), i), depth + 1, nesting);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node) != NULL)
    search_text (search, json_node_get_string (node), nesting + 1);
}

/* The JSON in a text: all of it, what a fence holds, or what stands between the first and the last brace. @from and
 * @length tell which part of the text it is. */
static JsonNode *
parse_json (const char *text, gsize *from, gsize *length)
{
  const char *fence = strstr (text, "```");
  const char *start = strpbrk (fence != NULL ? fence : text, "{[");
  const char *end = NULL;
  g_autoptr (JsonParser) parser = NULL;

  if (start == NULL)
    return NULL;
  if (fence != NULL)
    end = strstr (start, "```");
  if (end == NULL)
    end = text + strlen (text);
  while (end > start && end[-1] != (*start == '{' ? '}' : ']'))
    end--;

  /* Not an immutable one: it ends the program over two objects in a row. */
  parser = json_parser_new ();
  if (end == start || !json_parser_load_from_data (parser, start, end - start, NULL))
    return NULL;
  *from = start - text;
  *length = end - start;
  return json_parser_steal_root (parser);
}

/* ---- text ---- */

/* Entities that HTML has for what stands in addresses and tags. */
static gsize
read_entity (const char *text, gunichar *meaning)
{
  static const struct
  {
    const char *name;
    gunichar meaning;
  } entities[] = { { "&amp;", '&' },  { "&lt;", '<' },    { "&gt;", '>' },
                   { "&quot;", '"' }, { "&apos;", '\'' }, { "&nbsp;", ' ' } };
  gboolean is_hex = text[1] == '#' && (text[2] == 'x' || text[2] == 'X');
  const char *digits = text + (is_hex ? 3 : 2);
  char *end;
  guint64 code;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (g_str_has_prefix (text, entities[i].name))
      {
        *meaning = entities[i].meaning;
        return strlen (entities[i].name);
      }
  if (text[1] != '#' || !g_ascii_isxdigit (*digits))
    return 0;
  code = g_ascii_strtoull (digits, &end, is_hex ? 16 : 10);
  if (*end != ';' || end - digits > 6 || code == 0 || !g_unichar_validate ((gunichar) code))
    return 0;
  *meaning = (gunichar) code;
  return end + 1 - text;
}

static GString *
unescape (const char *text, gsize size)
{
  GString *plain = g_string_sized_new (size);

  for (const char *p = text; p < text + size && *p != '\0';)
    {
      gunichar meaning;
      gsize length = *p == '&' ? read_entity (p, &meaning) : 0;

      if (length > 0)
        {
          g_string_append_unichar (plain, meaning);
          p += length;
        }
      else
        g_string_append_c (plain, *p++);
    }
  return plain;
}

static char *
find_caseless (const char *text, const char *what)
{
  gsize length = strlen (what);

  for (const char *p = text; (p = strchr (p, *what)) != NULL; p++)
    if (g_ascii_strncasecmp (p, what, length) == 0)
      return (char *) p;
  return NULL;
}

/* What a model thinks is no answer; one that never ends is all that follows. */
static GString *
cut_thoughts (const GString *text)
{
  GString *rest = g_string_sized_new (text->len);
  const char *p = text->str;
  const char *open;

  while (p != NULL && (open = find_caseless (p, "<think>")) != NULL)
    {
      const char *close = find_caseless (open, "</think>");

      g_string_append_len (rest, p, open - p);
      p = close != NULL ? close + strlen ("</think>") : NULL;
    }
  if (p != NULL)
    g_string_append (rest, p);
  return rest;
}

static gboolean
ends_with_blank (const char *text, gsize size)
{
  return size > 0 && g_ascii_isspace (text[size - 1]);
}

static void
search_stretch (Search *search, const char *text, gsize size)
{
  g_autofree char *stretch = g_strndup (text, size);
  g_autofree char *bare = g_strstrip (g_strdup (stretch));
  gsize length = strlen (stretch);

  /* Gateways that do not know their own address. */
  if (*bare == '/' && strpbrk (bare, " \t\r\n<>\"") == NULL && (!search->unfinished || ends_with_blank (text, size)))
    add_plain (search, bare, strlen (bare));
  search_tags (search, stretch, length);
  search_markdown (search, stretch, length);
  search_plain (search, stretch, length);
}

static void
search_text (Search *search, const char *text, guint nesting)
{
  g_autoptr (GString) plain = NULL;
  g_autoptr (GString) answer = NULL;
  g_autoptr (JsonNode) json = NULL;
  gboolean unfinished = search->unfinished;
  gsize from, length;

  if (nesting > MAX_NESTING)
    return;
  plain = unescape (text, strnlen (text, RUSHES_LINK_FINDER_MAX_TEXT));
  answer = cut_thoughts (plain);
  json = parse_json (answer->str, &from, &length);
  if (json == NULL)
    {
      /* JSON that is not whole does not say yet what its addresses are of. */
      search_stretch (search, answer->str, unfinished ? strcspn (answer->str, "{") : answer->len);
      return;
    }
  search->unfinished = FALSE;
  search_json (search, json, 0, nesting);
  search_stretch (search, answer->str, from);
  search->unfinished = unfinished;
  search_stretch (search, answer->str + from + length, answer->len - from - length);
}

static GPtrArray *
find (const char *text, const char *base_url, gboolean unfinished, Rank last)
{
  GPtrArray *links = g_ptr_array_new_with_free_func (g_free);
  Search search = { .unfinished = unfinished };

  search.origin = base_url != NULL ? rushes_origin_of (base_url) : NULL;
  search.seen = g_hash_table_new (g_str_hash, g_str_equal);
  search.pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < N_RANKS; i++)
    search.ranks[i] = g_ptr_array_new_with_free_func (g_free);

  search_text (&search, text, 0);
  for (guint rank = 0; rank <= last; rank++)
    for (guint i = 0; i < search.ranks[rank]->len && links->len < RUSHES_LINK_FINDER_MAX_LINKS; i++)
      {
        const char *address = g_ptr_array_index (search.ranks[rank], i);

        if (g_hash_table_contains (search.seen, address) || g_hash_table_contains (search.pictures, address))
          continue;
        g_ptr_array_add (links, g_strdup (address));
        g_hash_table_add (search.seen, g_ptr_array_index (links, links->len - 1));
      }

  for (guint i = 0; i < N_RANKS; i++)
    g_ptr_array_unref (search.ranks[i]);
  g_hash_table_unref (search.seen);
  g_hash_table_unref (search.pictures);
  g_free (search.origin);
  return links;
}

GPtrArray *
rushes_link_finder_find (const char *text, const char *base_url, gboolean unfinished)
{
  g_return_val_if_fail (text != NULL, g_ptr_array_new ());

  return find (text, base_url, unfinished, RANK_OTHER);
}

char *
rushes_link_finder_find_likely (const char *text, const char *base_url, gboolean unfinished)
{
  g_autoptr (GPtrArray) links = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  links = find (text, base_url, unfinished, RANK_OTHER - 1);
  return links->len > 0 ? g_strdup (g_ptr_array_index (links, 0)) : NULL;
}
