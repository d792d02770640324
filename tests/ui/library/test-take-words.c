/* test-take-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-take-words.h"

#include "rushes-take-private.h"
#include "rushes-test.h"

#define SECOND G_GINT64_CONSTANT (1000000)
#define NOW    (G_GINT64_CONSTANT (1795000000) * SECOND)

static RushesTake *
new_take (RushesTakeState state, gint64 since, const GError *error)
{
  g_autoptr (JsonNode) node = json_from_string (
      "{\"version\":1,\"provider\":\"kites\",\"model\":\"red\",\"prompt\":\"A kite\",\"duration\":5,\"seed\":7}", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path ("/references");
  g_autoptr (GError) problem = NULL;
  g_autoptr (RushesRequest) request = rushes_request_from_json (node, folder, &problem);
  RushesTake *take = rushes_take_new ("0193a000-0000-7000-8000-000000000000");
  RushesPrice price = { RUSHES_PRICE_FREE };

  g_assert_no_error (problem);
  rushes_take_set_row (take, "project", request, NOW - 3600 * SECOND, state, since, error, NULL, &price, FALSE, NULL,
                       NULL, FALSE, FALSE);

  return take;
}

static void
test_elapsed (void)
{
  static const struct
  {
    double progress;
    double typical;
    int seconds;
    const char *words;
  } cases[] = {
    { -1, 0, 72, "1:12" },
    { -1, 0, 3725, "1:02:05" },
    { -1, 180, 38, "0:38, usually about 3 min" },
    { -1, 60, 5, "0:05, usually about 1 min" },
    { -1, 20, 5, "0:05, usually less than a minute" },
    { -1, 60, 75, "1:15, longer than usual" },
    { 0.42, 0, 72, "1:12, about 1:40 left" },
    { 0.42, 30, 72, "1:12, about 1:40 left" },
    { 0.03, 2, 1, "0:01, about 0:35 left" },
    { 0.9, 0, 60, "1:00, a few seconds left" },
    { 0, 100, 10, "0:10, about 1:30 left" },
    { 0, 0, 10, "0:10" },
    /* The clock was set back since. */
    { -1, 0, -3600, "0:00" },
    { 0, 100, -365 * 86400, "0:00, about 1:40 left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RushesTake) take = new_take (RUSHES_TAKE_STATE_RUNNING, NOW - cases[i].seconds * SECOND, NULL);
      g_autofree char *words = NULL;

      rushes_take_set_live (take, cases[i].progress, NULL);
      words = rushes_take_words_elapsed (take, cases[i].typical, NOW);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Before it runs there is nothing honest to say. */
static void
test_elapsed_silent (void)
{
  const RushesTakeState states[] = { RUSHES_TAKE_STATE_QUEUED, RUSHES_TAKE_STATE_PREPARING,
                                     RUSHES_TAKE_STATE_DOWNLOADING };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autoptr (RushesTake) take = new_take (states[i], NOW - 10 * SECOND, NULL);

      g_assert_null (rushes_take_words_elapsed (take, 60, NOW));
    }
}

static void
test_stage (void)
{
  g_autoptr (RushesTake) take = new_take (RUSHES_TAKE_STATE_RUNNING, NOW, NULL);
  g_autofree char *plain = rushes_take_words_stage (take);
  g_autofree char *told = NULL;
  g_autofree char *cancelling = NULL;

  g_assert_cmpstr (plain, ==, "Rendering");
  rushes_take_set_live (take, -1, "Queued at Kites, 4 ahead");
  told = rushes_take_words_stage (take);
  g_assert_cmpstr (told, ==, "Queued at Kites, 4 ahead");
  rushes_take_set_marks (take, "project", FALSE, NULL, NULL, TRUE, FALSE);
  cancelling = rushes_take_words_stage (take);
  g_assert_cmpstr (cancelling, ==, "Cancelling…");
}

static void
test_remedy (void)
{
  static const struct
  {
    RushesTakeState state;
    RushesErrorCode code;
    RushesRemedy remedy;
    const char *label;
  } cases[] = {
    { RUSHES_TAKE_STATE_FAILED, RUSHES_ERROR_NETWORK, RUSHES_REMEDY_RETRY, "Retry" },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_ERROR_STORAGE, RUSHES_REMEDY_RETRY, "Retry" },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_ERROR_REJECTED, RUSHES_REMEDY_EDIT, "Edit…" },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_ERROR_BAD_REQUEST, RUSHES_REMEDY_EDIT, "Edit…" },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_ERROR_MODEL_RETIRED, RUSHES_REMEDY_EDIT, "Edit…" },
    { RUSHES_TAKE_STATE_CANCELLED, RUSHES_ERROR_CANCELLED, RUSHES_REMEDY_RETRY, "Retry" },
    { RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_ERROR_NETWORK, RUSHES_REMEDY_CHECK, "Check Again" },
    { RUSHES_TAKE_STATE_LEFT, RUSHES_ERROR_TIMEOUT, RUSHES_REMEDY_PICK_UP, "Pick Up Again" },
    { RUSHES_TAKE_STATE_EXPIRED, RUSHES_ERROR_NOT_FOUND, RUSHES_REMEDY_CHECK, "Check Again" },
    /* Its clip is not there any more. */
    { RUSHES_TAKE_STATE_READY, RUSHES_ERROR_INTERNAL, RUSHES_REMEDY_EDIT, "Edit…" },
    { RUSHES_TAKE_STATE_RUNNING, RUSHES_ERROR_INTERNAL, RUSHES_REMEDY_NONE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = rushes_error_new (cases[i].code, "So it is.");
      g_autoptr (RushesTake) take = new_take (cases[i].state, NOW, error);
      RushesRemedy remedy = rushes_take_words_remedy (take);

      g_assert_cmpint (remedy, ==, cases[i].remedy);
      g_assert_cmpstr (rushes_take_words_remedy_label (remedy), ==, cases[i].label);
    }
}

/* Whether money was spent is part of every bad news from a service. */
static void
test_reason (void)
{
  static const struct
  {
    RushesTakeState state;
    RushesCharged charged;
    const char *words;
    gboolean warns;
  } cases[] = {
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_NO, "The wind fell. Nothing was charged." },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, "The wind fell. It may have been charged." },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_YES, "The wind fell. It was charged." },
    { RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE, "This may have been accepted and charged. The wind fell." },
    { RUSHES_TAKE_STATE_UNCONFIRMED, RUSHES_CHARGED_MAYBE, "The wind fell.", TRUE },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_MAYBE, "The wind fell.", TRUE },
    { RUSHES_TAKE_STATE_FAILED, RUSHES_CHARGED_YES, "The wind fell. It was charged.", TRUE },
  };
  g_autoptr (RushesRegistry) registry = rushes_registry_new ();
  g_autoptr (RushesTake) expired = new_take (RUSHES_TAKE_STATE_EXPIRED, NOW, NULL);
  g_autoptr (RushesTake) ready = new_take (RUSHES_TAKE_STATE_READY, NOW, NULL);
  g_autofree char *lost = rushes_take_words_reason (expired, registry);
  g_autofree char *gone = NULL;
  g_autofree char *heading = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = rushes_error_new (RUSHES_ERROR_PROVIDER, "The wind fell.");
      g_autoptr (RushesTake) take = NULL;
      g_autofree char *words = NULL;

      rushes_error_set_charged (error, cases[i].charged);
      rushes_error_set_warns (error, cases[i].warns);
      take = new_take (cases[i].state, NOW, error);
      words = rushes_take_words_reason (take, registry);
      g_assert_cmpstr (words, ==, cases[i].words);
    }

  /* A clip that was made was paid for. */
  g_assert_cmpstr (lost, ==, "kites does not have this clip any more. It was charged.");

  /* So was one that was removed to make room. */
  gone = rushes_take_words_reason (ready, registry);
  g_assert_cmpstr (gone, ==, "It is not in the library any more. Its recipe makes another one.");
  heading = rushes_take_words_trouble (ready, registry);
  g_assert_cmpstr (heading, ==, "Clip Not Kept");
}

static void
test_when (void)
{
  static const struct
  {
    const char *now;
    const char *words;
  } cases[] = {
    { "2026-03-10T23:59:00Z", "14:05" },
    { "2026-03-11T00:01:00Z", "Yesterday" },
    { "2026-03-12T00:01:00Z", "10 Mar" },
    { "2027-03-12T00:01:00Z", "Mar 2026" },
  };
  g_autoptr (RushesTake) take = rushes_take_new ("0193a000-0000-7000-8000-000000000000");
  RushesPrice price = { RUSHES_PRICE_FREE };
  g_autoptr (RushesTake) active = new_take (RUSHES_TAKE_STATE_RUNNING, NOW, NULL);
  g_autofree char *now = rushes_take_words_when (active, NOW);
  g_autoptr (GDateTime) created = g_date_time_new_from_iso8601 ("2026-03-10T14:05:00Z", NULL);

  g_assert_cmpstr (now, ==, "now");
  rushes_take_set_row (take, "project", NULL, g_date_time_to_unix_usec (created), RUSHES_TAKE_STATE_READY, 0, NULL,
                       NULL, &price, FALSE, NULL, NULL, FALSE, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) at = g_date_time_new_from_iso8601 (cases[i].now, NULL);
      g_autofree char *words = rushes_take_words_when (take, g_date_time_to_unix_usec (at));

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_length (void)
{
  static const struct
  {
    double seconds;
    const char *words;
  } cases[] = { { 5, "5 s" }, { 5.04, "5 s" }, { 4.966, "5 s" }, { 2.5, "2.5 s" }, { 59.9, "1:00" }, { 65.2, "1:05" } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = rushes_take_words_length (cases[i].seconds);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char *argv[])
{
  g_setenv ("TZ", "UTC", TRUE);
  rushes_test_init (&argc, &argv);

  g_test_add_func ("/take-words/elapsed", test_elapsed);
  g_test_add_func ("/take-words/elapsed-silent", test_elapsed_silent);
  g_test_add_func ("/take-words/stage", test_stage);
  g_test_add_func ("/take-words/remedy", test_remedy);
  g_test_add_func ("/take-words/reason", test_reason);
  g_test_add_func ("/take-words/when", test_when);
  g_test_add_func ("/take-words/length", test_length);

  return g_test_run ();
}
