/* test-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "rushes-error.h"
#include "rushes-test.h"

static void
test_details (void)
{
  g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_RATE_LIMITED, "%s is busy.", "Kling");
  g_autoptr (GError) copy = NULL;

  g_assert_cmpint (rushes_error_get_charged (error), ==, RUSHES_CHARGED_NO);
  g_assert_null (rushes_error_get_words (error));

  rushes_error_set_charged (error, RUSHES_CHARGED_MAYBE);
  rushes_error_set_http_status (error, 429);
  rushes_error_set_words (error, "slow \033[31mdown");
  rushes_error_set_field (error, "duration");
  rushes_error_set_retryable (error, TRUE);
  rushes_error_set_retry_after (error, 2.5);

  copy = g_error_copy (error);
  rushes_error_set_words (error, NULL);

  g_assert_error (copy, RUSHES_ERROR, RUSHES_ERROR_RATE_LIMITED);
  g_assert_cmpstr (copy->message, ==, "Kling is busy.");
  g_assert_cmpint (rushes_error_get_charged (copy), ==, RUSHES_CHARGED_MAYBE);
  g_assert_cmpuint (rushes_error_get_http_status (copy), ==, 429);
  g_assert_cmpstr (rushes_error_get_words (copy), ==, "slow ␛[31mdown");
  g_assert_cmpstr (rushes_error_get_field (copy), ==, "duration");
  g_assert_true (rushes_error_get_retryable (copy));
  g_assert_cmpfloat (rushes_error_get_retry_after (copy), ==, 2.5);
}

static void
test_names (void)
{
  for (RushesErrorCode code = RUSHES_ERROR_AUTH; code <= RUSHES_ERROR_INTERNAL; code++)
    g_assert_cmpint (rushes_error_code_from_string (rushes_error_code_to_string (code)), ==, code);
  for (RushesCharged charged = RUSHES_CHARGED_NO; charged <= RUSHES_CHARGED_YES; charged++)
    g_assert_cmpint (rushes_charged_from_string (rushes_charged_to_string (charged)), ==, charged);

  g_assert_cmpint (rushes_error_code_from_string ("FROM_THE_FUTURE"), ==, RUSHES_ERROR_INTERNAL);
  g_assert_cmpint (rushes_charged_from_string (NULL), ==, RUSHES_CHARGED_MAYBE);
}

static void
test_exit_statuses (void)
{
  static const struct
  {
    RushesErrorCode code;
    int status;
  } table[] = {
    { RUSHES_ERROR_INTERNAL, 1 },      { RUSHES_ERROR_BAD_REQUEST, 2 }, { RUSHES_ERROR_UNSUPPORTED, 2 },
    { RUSHES_ERROR_MODEL_RETIRED, 2 }, { RUSHES_ERROR_AUTH, 3 },        { RUSHES_ERROR_FORBIDDEN, 3 },
    { RUSHES_ERROR_QUOTA, 4 },         { RUSHES_ERROR_REJECTED, 5 },    { RUSHES_ERROR_NETWORK, 6 },
    { RUSHES_ERROR_TLS, 6 },           { RUSHES_ERROR_PROTOCOL, 8 },    { RUSHES_ERROR_PROVIDER, 8 },
    { RUSHES_ERROR_RATE_LIMITED, 8 },  { RUSHES_ERROR_NOT_FOUND, 8 },   { RUSHES_ERROR_STORAGE, 9 },
    { RUSHES_ERROR_MEDIA, 9 },         { RUSHES_ERROR_KEYRING, 10 },    { RUSHES_ERROR_CANCELLED, 130 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = rushes_error_new (table[i].code, "So it is.");

      g_assert_cmpint (rushes_error_get_exit_status (error), ==, table[i].status);
    }
}

static void
test_translate (void)
{
  static const struct
  {
    int io_code;
    RushesErrorCode code;
  } table[] = {
    { G_IO_ERROR_NO_SPACE, RUSHES_ERROR_STORAGE },
    { G_IO_ERROR_READ_ONLY, RUSHES_ERROR_STORAGE },
    { G_IO_ERROR_PERMISSION_DENIED, RUSHES_ERROR_STORAGE },
    { G_IO_ERROR_CANCELLED, RUSHES_ERROR_CANCELLED },
    { G_IO_ERROR_CONNECTION_REFUSED, RUSHES_ERROR_NETWORK },
    { G_IO_ERROR_NOT_FOUND, RUSHES_ERROR_NOT_FOUND },
    { G_IO_ERROR_FAILED, RUSHES_ERROR_INTERNAL },
  };
  g_autoptr (GError) full = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOSPC, "No space left on device");
  g_autoptr (GError) translated = rushes_error_translate (full);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = g_error_new (G_IO_ERROR, table[i].io_code, "The system says no");
      g_autoptr (GError) ours = rushes_error_translate (error);

      g_assert_error (ours, RUSHES_ERROR, (int) table[i].code);
    }

  g_assert_error (translated, RUSHES_ERROR, RUSHES_ERROR_STORAGE);
  g_assert_nonnull (strstr (translated->message, "disk is full"));
}

static void
test_clean_words (void)
{
  g_autofree char *title = rushes_clean_words ("\033]0;owned\a");
  g_autofree char *bidi = rushes_clean_words ("abc\342\200\256def");
  g_autofree char *broken = rushes_clean_words ("a\377b\302\233c");
  g_autofree char *plain = rushes_clean_words ("纸船, two\nlines");
  g_autofree char *endless = NULL;
  g_autofree char *cut = NULL;

  endless = g_strnfill (1 << 20, 'x');
  cut = rushes_clean_words (endless);

  g_assert_cmpstr (title, ==, "␛]0;owned␇");
  g_assert_cmpstr (bidi, ==, "abc\357\277\275def");
  g_assert_cmpstr (broken, ==, "a\357\277\275b\357\277\275c");
  g_assert_cmpstr (plain, ==, "纸船, two\nlines");
  g_assert_cmpuint (strlen (cut), ==, 2000);
}

/* A sentence that quotes somebody stays one line, in which nothing is hidden. */
static void
test_clean_sentence (void)
{
  g_autofree char *endless = g_strnfill (1 << 20, 'x');
  g_autoptr (GError) error =
      rushes_error_new (RUSHES_ERROR_BAD_REQUEST, "%s: “%s” is missing.", "a\nb\tc", "\033]0;owned\a\342\200\256");
  g_autoptr (GError) cut = NULL;

  g_assert_cmpstr (error->message, ==, "a b c: “␛]0;owned␇\357\277\275” is missing.");
  rushes_set_error (&cut, RUSHES_ERROR_BAD_REQUEST, "%s is missing.", endless);
  g_assert_cmpuint (strlen (cut->message), <, 5000);
  g_assert_true (g_str_has_suffix (cut->message, "x…"));
}

int
main (int argc, char *argv[])
{
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/error/details", test_details);
  g_test_add_func ("/error/names", test_names);
  g_test_add_func ("/error/exit-statuses", test_exit_statuses);
  g_test_add_func ("/error/translate", test_translate);
  g_test_add_func ("/error/clean-words", test_clean_words);
  g_test_add_func ("/error/clean-sentence", test_clean_sentence);

  return g_test_run ();
}
