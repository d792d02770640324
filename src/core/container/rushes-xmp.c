/* rushes-xmp.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-xmp.h"

#include <string.h>

#define NAMESPACE "https://rushes-app.github.io/ns/recipe/1/"

char *
rushes_xmp_print_recipe (const char *recipe, const char *description)
{
  g_autofree char *escaped = g_markup_escape_text (recipe, -1);
  g_autofree char *words = g_markup_escape_text (description, -1);

  return g_strconcat ("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                      "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                      "<rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                      " xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:rushes=\"" NAMESPACE "\">\n"
                      "<xmp:CreatorTool>Rushes " APP_VERSION "</xmp:CreatorTool>\n"
                      "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
                      words,
                      "</rdf:li></rdf:Alt></dc:description>\n"
                      "<rushes:recipe>",
                      escaped,
                      "</rushes:recipe>\n"
                      "</rdf:Description>\n"
                      "</rdf:RDF>\n"
                      "</x:xmpmeta>\n"
                      "<?xpacket end=\"r\"?>",
                      NULL);
}

/* GMarkup knows no namespaces: the prefix that ours has is found on the way. */
typedef struct
{
  char *name;      /* PREFIX:recipe */
  GString *recipe; /* what was found so far */
  gboolean inside;
} Search;

static void
start_element (GMarkupParseContext *context,
               const char *element,
               const char **names,
               const char **values,
               gpointer data,
               GError **error)
{
  Search *self = data;

  for (gsize i = 0; self->name == NULL && names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "xmlns:") && g_str_equal (values[i], NAMESPACE))
      self->name = g_strconcat (names[i] + strlen ("xmlns:"), ":recipe", NULL);
  if (self->name == NULL || self->recipe != NULL)
    return;

  for (gsize i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], self->name))
      {
        self->recipe = g_string_new (values[i]);
        return;
      }
  if (g_str_equal (element, self->name))
    {
      self->recipe = g_string_new (NULL);
      self->inside = TRUE;
    }
}

static void
end_element (GMarkupParseContext *context, const char *element, gpointer data, GError **error)
{
  Search *self = data;

  if (self->inside && g_str_equal (element, self->name))
    self->inside = FALSE;
}

static void
text (GMarkupParseContext *context, const char *text, gsize length, gpointer data, GError **error)
{
  Search *self = data;

  if (self->inside)
    g_string_append_len (self->recipe, text, (gssize) length);
}

char *
rushes_xmp_find_recipe (const char *packet, gsize length)
{
  const GMarkupParser parser = { start_element, end_element, text };
  Search search = { 0 };
  g_autoptr (GMarkupParseContext) context =
      g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &search, NULL);
  gboolean is_whole = g_markup_parse_context_parse (context, packet, (gssize) length, NULL) &&
                      g_markup_parse_context_end_parse (context, NULL);

  g_free (search.name);
  if (search.recipe != NULL && is_whole)
    return g_string_free_and_steal (search.recipe);
  if (search.recipe != NULL)
    g_string_free (search.recipe, TRUE);
  return NULL;
}
