/* test-preferences-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-error.h"
#include "rushes-link.h"
#include "rushes-provider-id.h"
#include "rushes-proxy-address.h"
#include "rushes-test.h"

/* What Preferences make of addresses and names. */

static void
test_proxy (void)
{
  static const struct
  {
    const char *typed;
    const char *address;
  } cases[] = {
    { "proxy.lan:3128", "http://proxy.lan:3128" },    { "  http://proxy.lan:3128/ ", "http://proxy.lan:3128" },
    { "https://proxy.lan", "https://proxy.lan" },     { "socks5://127.0.0.1:1080", "socks5://127.0.0.1:1080" },
    { "socks5://[::1]:1080", "socks5://[::1]:1080" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *address = rushes_proxy_address_normalize (cases[i].typed, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (address, ==, cases[i].address);
    }
}

static void
test_proxy_refused (void)
{
  static const char *const typed[] = { "", " ", "http://", "ftp://proxy.lan", "a b c", "http://proxy.lan:port" };

  for (gsize i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rushes_proxy_address_normalize (typed[i], &error));
      g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
    }
}

/* Neither kept nor repeated. */
static void
test_proxy_password (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_proxy_address_normalize ("http://me:hunter2@proxy.lan:3128", &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_nonnull (strstr (error->message, "password"));
  g_assert_null (strstr (error->message, "hunter2"));
}

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

  g_test_add_func ("/preferences/words/proxy", test_proxy);
  g_test_add_func ("/preferences/words/proxy-refused", test_proxy_refused);
  g_test_add_func ("/preferences/words/proxy-password", test_proxy_password);
  g_test_add_func ("/preferences/words/id", test_id);
  g_test_add_func ("/preferences/words/link", test_link);

  return g_test_run ();
}
