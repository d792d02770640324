/* test-preferences-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-error.h"
#include "rushes-link.h"
#include "rushes-provider-id.h"
#include "rushes-test.h"

/* What Preferences make of addresses and names. */

static gboolean
is_taken (const char *id, gpointer data)
{
  return data != NULL && g_strv_contains (data, id);
}

static void
test_id (void)
{
  static const char *const taken[] = { "at-home", "at-home-2", NULL };
  static const struct
  {
    const char *name;
    const char *address;
    const char *const *taken;
    const char *id;
  } cases[] = {
    { "At Home", NULL, NULL, "at-home" },
    { "  The *new* one! ", NULL, NULL, "the-new-one" },
    { "At Home", NULL, taken, "at-home-3" },
    { "Größe", NULL, NULL, "grosse" },
    { "家里", "http://192.168.1.5:8091", NULL, "192-168-1-5" },
    { "家里", NULL, NULL, "server" },
    { "x", NULL, NULL, "server" },
    { "A name that is longer than an id may ever be, by far", NULL, NULL, "a-name-that-is-longer-than-an-id-may" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *id =
          rushes_provider_id_derive (cases[i].name, cases[i].address, "server", is_taken, (gpointer) cases[i].taken);

      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

static void
test_link (void)
{
  static const struct
  {
    const char *address;
    const char *words;
  } cases[] = {
    { "https://www.fal.ai/dashboard/keys", "fal.ai/dashboard/keys" },
    { "https://klingai.com/", "klingai.com" },
    { "https://x.ai/api?from=rushes", "x.ai/api" },
    { "no address", "no address" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = rushes_link_describe (cases[i].address);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/preferences/words/id", test_id);
  g_test_add_func ("/preferences/words/link", test_link);

  return g_test_run ();
}
