/* test-keyring.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-keyring.h"
#include "rushes-test.h"

/* The order in which a key is looked for, with the keyring in a file, as it is in a sandbox. */

static const char *const origins[] = { "https://api.kites.example", NULL };
static const char *const elsewhere[] = { "https://evil.example", NULL };
static const char *const variables[] = { "KITES_KEY", NULL };

static const RushesKeyOwner owner = { "kites", origins, variables, FALSE };
static const RushesKeyOwner stranger = { "kites", elsewhere, variables, FALSE };
static const RushesKeyOwner foreign = { "kites", elsewhere, variables, TRUE };

static RushesKeyring *
new_keyring (void)
{
  return g_object_new (RUSHES_TYPE_KEYRING, NULL);
}

static void
assert_key (RushesKeyring *keyring, const RushesKeyOwner *asking, const char *value, RushesKeyState state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RushesKey) key = dex_await_boxed (rushes_keyring_look_up (keyring, asking), &error);

  g_assert_no_error (error);
  g_assert_cmpstr (key->value, ==, value);
  g_assert_cmpint (key->state, ==, state);
  g_assert_cmpstrv (key->origins, asking->origins);
  g_assert_cmpint (rushes_keyring_get_state (keyring, asking), ==, state);
}

static void
assert_none (RushesKeyring *keyring, const RushesKeyOwner *asking, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (dex_await_boxed (rushes_keyring_look_up (keyring, asking), &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_AUTH);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not speak of “%s”.", error->message, words);
}

static void
store (RushesKeyring *keyring, const RushesKeyOwner *asking, const char *value)
{
  g_autoptr (GError) error = NULL;

  dex_await (rushes_keyring_store (keyring, asking, value), &error);
  g_assert_no_error (error);
}

static void
clear (RushesKeyring *keyring)
{
  g_autoptr (GError) error = NULL;

  dex_await (rushes_keyring_clear (keyring, "kites"), &error);
  g_assert_no_error (error);
}

static int
refresh (RushesKeyring *keyring, const RushesKeyOwner *asking)
{
  g_autoptr (GError) error = NULL;
  int state = dex_await_int (rushes_keyring_refresh (keyring, asking), &error);

  g_assert_no_error (error);
  return state;
}

static void
test_store (void)
{
  g_autoptr (RushesKeyring) keyring = new_keyring ();
  g_autoptr (RushesKeyring) next_start = new_keyring ();

  g_assert_cmpint (rushes_keyring_get_state (keyring, &owner), ==, RUSHES_KEY_UNKNOWN);
  g_assert_cmpint (refresh (keyring, &owner), ==, RUSHES_KEY_NONE);
  assert_none (keyring, &owner, "RUSHES_KEY_KITES");

  store (keyring, &owner, " sk-stored\n");
  g_assert_cmpint (rushes_keyring_get_state (keyring, &owner), ==, RUSHES_KEY_STORED);
  assert_key (keyring, &owner, "sk-stored", RUSHES_KEY_STORED);

  g_assert_cmpint (rushes_keyring_get_state (next_start, &owner), ==, RUSHES_KEY_UNKNOWN);
  g_assert_cmpint (refresh (next_start, &owner), ==, RUSHES_KEY_STORED);
  assert_key (next_start, &owner, "sk-stored", RUSHES_KEY_STORED);

  store (keyring, &owner, "sk-newer");
  assert_key (next_start, &owner, "sk-newer", RUSHES_KEY_STORED);

  clear (keyring);
  g_assert_cmpint (rushes_keyring_get_state (keyring, &owner), ==, RUSHES_KEY_NONE);
  assert_none (next_start, &owner, "rushes key set kites");
  /* There is nothing any more, which is what was asked for. */
  clear (keyring);
}

/* A stored key does not go where it was not saved for. */
static void
test_origins (void)
{
  g_autoptr (RushesKeyring) keyring = new_keyring ();

  store (keyring, &owner, "sk-stored");
  assert_none (keyring, &stranger, "https://evil.example");
  g_assert_cmpint (rushes_keyring_get_state (keyring, &stranger), ==, RUSHES_KEY_NONE);
  g_assert_cmpint (refresh (keyring, &stranger), ==, RUSHES_KEY_NONE);

  /* Saved anew for another address it no longer is for the first. */
  store (keyring, &stranger, "sk-other");
  assert_key (keyring, &stranger, "sk-other", RUSHES_KEY_STORED);
  assert_none (keyring, &owner, "https://api.kites.example");

  clear (keyring);
  assert_none (keyring, &stranger, "kites");
}

static void
test_session (void)
{
  g_autoptr (RushesKeyring) keyring = new_keyring ();

  store (keyring, &owner, "sk-stored");
  rushes_keyring_keep (keyring, &owner, "sk-session");
  assert_key (keyring, &owner, "sk-session", RUSHES_KEY_SESSION);
  assert_none (keyring, &stranger, "https://evil.example");

  /* What is stored afterwards stands in its place. */
  store (keyring, &owner, "sk-later");
  assert_key (keyring, &owner, "sk-later", RUSHES_KEY_STORED);

  rushes_keyring_keep (keyring, &owner, "sk-session");
  clear (keyring);
  assert_none (keyring, &owner, "kites");
}

static void
test_variables (void)
{
  g_autoptr (RushesKeyring) keyring = new_keyring ();

  g_setenv ("KITES_KEY", "sk-own", TRUE);
  assert_key (keyring, &owner, "sk-own", RUSHES_KEY_ENVIRONMENT);

  store (keyring, &owner, "sk-stored");
  assert_key (keyring, &owner, "sk-stored", RUSHES_KEY_STORED);

  rushes_keyring_keep (keyring, &owner, "sk-session");
  g_setenv ("RUSHES_KEY_KITES", "sk-ours", TRUE);
  assert_key (keyring, &owner, "sk-ours", RUSHES_KEY_ENVIRONMENT);
  g_assert_cmpint (refresh (keyring, &owner), ==, RUSHES_KEY_ENVIRONMENT);

  /* Set but empty: no key, wherever else there may be one. */
  g_setenv ("RUSHES_KEY_KITES", "", TRUE);
  assert_none (keyring, &owner, "RUSHES_KEY_KITES");
  g_assert_cmpint (rushes_keyring_get_state (keyring, &owner), ==, RUSHES_KEY_NONE);
  g_assert_cmpint (refresh (keyring, &owner), ==, RUSHES_KEY_NONE);

  g_unsetenv ("RUSHES_KEY_KITES");
  clear (keyring);
  assert_key (keyring, &owner, "sk-own", RUSHES_KEY_ENVIRONMENT);
  g_unsetenv ("KITES_KEY");
}

/* An address that was typed for one run gets only what the same person typed for it. */
static void
test_foreign_base (void)
{
  g_autoptr (RushesKeyring) keyring = new_keyring ();

  g_setenv ("KITES_KEY", "sk-own", TRUE);
  store (keyring, &owner, "sk-stored");
  rushes_keyring_keep (keyring, &stranger, "sk-session");
  assert_none (keyring, &foreign, "RUSHES_KEY_KITES");
  g_assert_cmpint (rushes_keyring_get_state (keyring, &foreign), ==, RUSHES_KEY_NONE);
  g_assert_cmpint (refresh (keyring, &foreign), ==, RUSHES_KEY_NONE);

  g_setenv ("RUSHES_KEY_KITES", "sk-ours", TRUE);
  assert_key (keyring, &foreign, "sk-ours", RUSHES_KEY_ENVIRONMENT);

  g_unsetenv ("RUSHES_KEY_KITES");
  g_unsetenv ("KITES_KEY");
  clear (keyring);
}

static void
test_refusals (void)
{
  const char *const nowhere[] = { NULL };
  const RushesKeyOwner homeless = { "kites", nowhere, NULL, FALSE };
  g_autoptr (RushesKeyring) keyring = new_keyring ();
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) lines = NULL;
  g_autoptr (GError) base = NULL;

  g_assert_false (dex_await (rushes_keyring_store (keyring, &owner, " "), &empty));
  g_assert_error (empty, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_false (dex_await (rushes_keyring_store (keyring, &owner, "sk-one\nHost: evil"), &lines));
  g_assert_error (lines, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_false (dex_await (rushes_keyring_store (keyring, &homeless, "sk-one"), &base));
  g_assert_error (base, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  g_assert_cmpint (refresh (keyring, &owner), ==, RUSHES_KEY_NONE);
}

static void
count_change (RushesKeyring *keyring, const char *provider_id, gpointer data)
{
  g_assert_cmpstr (provider_id, ==, "kites");
  ++*(guint *) data;
}

static void
test_changed (void)
{
  g_autoptr (RushesKeyring) keyring = new_keyring ();
  guint n = 0;

  g_signal_connect (keyring, "changed", G_CALLBACK (count_change), &n);
  refresh (keyring, &owner);
  g_assert_cmpuint (n, ==, 1);
  refresh (keyring, &owner);
  g_assert_cmpuint (n, ==, 1);
  store (keyring, &owner, "sk-stored");
  g_assert_cmpuint (n, ==, 2);
  assert_key (keyring, &owner, "sk-stored", RUSHES_KEY_STORED);
  g_assert_cmpuint (n, ==, 2);
  rushes_keyring_keep (keyring, &owner, "sk-session");
  g_assert_cmpuint (n, ==, 3);
  store (keyring, &owner, "sk-stored");
  g_assert_cmpuint (n, ==, 4);
  clear (keyring);
  g_assert_cmpuint (n, ==, 5);
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  rushes_test_use_keyring ();

  rushes_test_add_fiber ("/secret/keyring/store", test_store);
  rushes_test_add_fiber ("/secret/keyring/origins", test_origins);
  rushes_test_add_fiber ("/secret/keyring/session", test_session);
  rushes_test_add_fiber ("/secret/keyring/variables", test_variables);
  rushes_test_add_fiber ("/secret/keyring/foreign-base", test_foreign_base);
  rushes_test_add_fiber ("/secret/keyring/refusals", test_refusals);
  rushes_test_add_fiber ("/secret/keyring/changed", test_changed);

  return g_test_run ();
}
