/* rushes-provider-id.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rushes-provider-id.h"

#define MIN_ID 2
#define MAX_ID 40
/* Room for what makes it unlike others: "-12". */
#define MAX_STEM (MAX_ID - 4)

/* NULL when too little is left of it. */
static char *
make_plain (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "C");
  GString *plain = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0' && plain->len < MAX_STEM; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (plain, g_ascii_tolower (*p));
    else if (plain->len > 0 && plain->str[plain->len - 1] != '-')
      g_string_append_c (plain, '-');
  while (plain->len > 0 && plain->str[plain->len - 1] == '-')
    g_string_truncate (plain, plain->len - 1);
  if (plain->len >= MIN_ID)
    return g_string_free_and_steal (plain);

  g_string_free (plain, TRUE);
  return NULL;
}

char *
rushes_provider_id_derive (const char *name,
                           const char *address,
                           const char *fallback,
                           gboolean (*is_taken) (const char *id, gpointer data),
                           gpointer data)
{
  g_autofree char *stem = NULL;
  g_autoptr (GUri) uri = NULL;
  char *id;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (fallback != NULL, NULL);

  stem = make_plain (name);
  if (stem == NULL && address != NULL)
    uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);
  if (uri != NULL && g_uri_get_host (uri) != NULL)
    stem = make_plain (g_uri_get_host (uri));
  if (stem == NULL)
    stem = g_strdup (fallback);

  id = g_strdup (stem);
  for (guint i = 2; is_taken (id, data); i++)
    {
      g_free (id);
      id = g_strdup_printf ("%s-%u", stem, i);
    }

  return id;
}
