/* test-key.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-error.h"
#include "rushes-key-mark.h"
#include "rushes-keyring-private.h"
#include "rushes-test.h"

static const char *const origins[] = { "https://api.kites.example", "https://files.kites.example", NULL };

static void
test_variable (void)
{
  g_autofree char *plain = rushes_key_variable ("kling");
  g_autofree char *dashed = rushes_key_variable ("openai-compatible");
  g_autofree char *digits = rushes_key_variable ("sora2");

  g_assert_cmpstr (plain, ==, "RUSHES_KEY_KLING");
  g_assert_cmpstr (dashed, ==, "RUSHES_KEY_OPENAI_COMPATIBLE");
  g_assert_cmpstr (digits, ==, "RUSHES_KEY_SORA2");
}

static void
assert_no_key (const char *typed)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rushes_key_tidy (typed, &error));
  g_assert_error (error, RUSHES_ERROR, RUSHES_ERROR_BAD_REQUEST);
  /* What was pasted by mistake may be a secret of another kind. */
  if (strlen (typed) > 3)
    g_assert_null (strstr (error->message, typed));
}

static void
test_tidy (void)
{
  g_autofree char *long_one = g_strnfill (9000, 'k');
  g_autofree char *key = rushes_key_tidy (" \tsk-live_4|b:c=\r\n", NULL);

  g_assert_cmpstr (key, ==, "sk-live_4|b:c=");
  assert_no_key ("");
  assert_no_key (" \n");
  assert_no_key ("sk-one sk-two");
  assert_no_key ("sk-one\r\nHost: evil.example");
  assert_no_key ("sk-\xe2\x80\x8bone");
  assert_no_key (long_one);
}

static void
test_copy (void)
{
  g_autoptr (RushesKey) key = rushes_key_new ("sk-one", origins, "FAL_KEY", RUSHES_KEY_ENVIRONMENT);
  g_autoptr (RushesKey) copy = g_boxed_copy (RUSHES_TYPE_KEY, key);

  g_assert_cmpstr (copy->value, ==, "sk-one");
  g_assert_true (copy->value != key->value);
  g_assert_cmpstrv (copy->origins, origins);
  g_assert_cmpstr (copy->source, ==, "FAL_KEY");
  g_assert_cmpint (copy->state, ==, RUSHES_KEY_ENVIRONMENT);
}

/* A key goes where both the one who kept it and the one who asks want it, and nowhere when the base URL is another. */
static void
test_narrow (void)
{
  const char *const same[] = { "https://api.kites.example", NULL };
  const char *const more[] = { "https://api.kites.example", "https://new.kites.example", NULL };
  const char *const second[] = { "https://files.kites.example", "https://api.kites.example", NULL };
  const char *const port[] = { "https://api.kites.example:8443", "https://api.kites.example", NULL };
  const char *const insecure[] = { "http://api.kites.example", NULL };
  const char *const none[] = { NULL };
  const struct
  {
    const char *const *asked;
    const char *const *given;
  } cases[] = {
    { origins, origins }, { same, same },     { more, same }, { second, second },
    { port, NULL },       { insecure, NULL }, { none, NULL },
  };
  g_autoptr (RushesKey) key = rushes_key_new ("sk-one", origins, NULL, RUSHES_KEY_STORED);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const RushesKeyOwner owner = { .provider_id = "kites", .origins = cases[i].asked };
      g_autoptr (RushesKey) narrowed = rushes_key_narrow (key, &owner);

      if (cases[i].given == NULL)
        g_assert_null (narrowed);
      else
        g_assert_cmpstrv (narrowed->origins, cases[i].given);
    }
}

static void
test_own_variables (void)
{
  const char *const variables[] = { "KITES_KEY", "KITES_ACCESS|KITES_SECRET", NULL };
  const RushesKeyOwner owner = { .provider_id = "kites", .origins = origins, .environment = variables };
  const RushesKeyOwner plain = { .provider_id = "kites", .origins = origins };
  RushesKey *key;

  g_assert_null (rushes_key_find_own_variable (&owner));

  g_setenv ("KITES_ACCESS", "access", TRUE);
  g_assert_null (rushes_key_find_own_variable (&owner));

  g_setenv ("KITES_SECRET", "secret", TRUE);
  key = rushes_key_find_own_variable (&owner);
  g_assert_cmpstr (key->value, ==, "access|secret");
  g_assert_cmpstr (key->source, ==, "KITES_ACCESS|KITES_SECRET");
  g_assert_cmpstrv (key->origins, origins);
  rushes_key_free (key);
  g_assert_null (rushes_key_find_own_variable (&plain));

  g_setenv ("KITES_KEY", "", TRUE);
  key = rushes_key_find_own_variable (&owner);
  g_assert_cmpstr (key->value, ==, "access|secret");
  rushes_key_free (key);

  g_setenv ("KITES_KEY", "sk-one\n", TRUE);
  key = rushes_key_find_own_variable (&owner);
  g_assert_cmpstr (key->value, ==, "sk-one");
  g_assert_cmpstr (key->source, ==, "KITES_KEY");
  rushes_key_free (key);

  g_unsetenv ("KITES_KEY");
  g_unsetenv ("KITES_ACCESS");
  g_unsetenv ("KITES_SECRET");
}

/* Which key it was is known again, but neither the key nor, in another library, which one. */
static void
test_mark (void)
{
  g_autoptr (RushesKey) one = rushes_key_new ("sk-one", origins, "FAL_KEY", RUSHES_KEY_ENVIRONMENT);
  g_autoptr (RushesKey) same = rushes_key_new ("sk-one", origins, NULL, RUSHES_KEY_STORED);
  g_autoptr (RushesKey) two = rushes_key_new ("sk-two", origins, NULL, RUSHES_KEY_SESSION);
  g_autoptr (RushesKeyMark) mark = rushes_key_mark_of (one, 7);
  g_autoptr (RushesKeyMark) again = rushes_key_mark_of (same, 7);
  g_autoptr (RushesKeyMark) other = rushes_key_mark_of (two, 7);
  g_autoptr (RushesKeyMark) elsewhere = rushes_key_mark_of (one, 8);
  g_autoptr (RushesKeyMark) none = rushes_key_mark_of (NULL, 7);
  g_autoptr (RushesKeyMark) none_elsewhere = rushes_key_mark_of (NULL, 8);
  g_autofree char *plain = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "sk-one", -1);

  g_assert_cmpstr (mark->source, ==, "variable");
  g_assert_cmpstr (again->source, ==, "keyring");
  g_assert_cmpstr (other->source, ==, "session");
  g_assert_cmpstr (none->source, ==, "none");
  g_assert_cmpuint (strlen (mark->print), ==, 16);
  g_assert_cmpuint (strspn (mark->print, "0123456789abcdef"), ==, 16);
  g_assert_false (g_str_has_prefix (plain, mark->print));
  g_assert_null (none->print);

  g_assert_true (rushes_key_mark_equal (mark, again));
  g_assert_true (rushes_key_mark_equal (none, none_elsewhere));
  g_assert_false (rushes_key_mark_equal (mark, other));
  g_assert_false (rushes_key_mark_equal (mark, elsewhere));
  g_assert_false (rushes_key_mark_equal (mark, none));
  g_assert_false (rushes_key_mark_equal (none, mark));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/secret/key/variable", test_variable);
  g_test_add_func ("/secret/key/tidy", test_tidy);
  g_test_add_func ("/secret/key/copy", test_copy);
  g_test_add_func ("/secret/key/narrow", test_narrow);
  g_test_add_func ("/secret/key/own-variables", test_own_variables);
  g_test_add_func ("/secret/key/mark", test_mark);

  return g_test_run ();
}
