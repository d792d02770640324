/* test-cli-help.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "rushes-cli-run.h"
#include "rushes-test.h"

static void
assert_says (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("“%s” is not in: %s", words[i], text);
}

static void
test_program (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) help = run_rushes (home, "--help", NULL);
  g_autoptr (Run) short_help = run_rushes (home, "-h", NULL);
  g_autoptr (Run) version = run_rushes (home, "--version", NULL);
  const char *const words[] = { "Usage:",    "generate", "takes",     "projects", "presets",
                                "providers", "--help",   "--version", NULL };

  g_assert_cmpint (help->status, ==, 0);
  assert_says (help->out, words);
  g_assert_cmpstr (help->err, ==, "");
  g_assert_cmpstr (short_help->out, ==, help->out);
  g_assert_cmpint (version->status, ==, 0);
  g_assert_true (g_regex_match_simple ("^rushes [0-9]+\\.[0-9]+", version->out, 0, 0));
  /* Nobody asked for a library. */
  g_assert_false (g_file_test (home->library, G_FILE_TEST_EXISTS));
}

static void
test_generate (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "--help", NULL);
  const char *const words[] = {
    "rushes generate [OPTION…] [PROMPT]",
    "-p, --provider=",
    "-m, --model=",
    "--preset=",
    "--negative=",
    "-i, --image=",
    "--last-image=",
    "--reference=",
    "-d, --duration=",
    "-r, --resolution=",
    "-a, --aspect=",
    "--fps=",
    "--seed=",
    "--audio",
    "--no-audio",
    "--watermark",
    "--no-watermark",
    "--set=",
    "-n, --count=",
    "--project=",
    "-o, --output=",
    "--force",
    "--timeout=",
    "--no-wait",
    "--dry-run",
    "--json",
    "-q, --quiet",
    "-h, --help",
    "Exit status:",
    NULL,
  };

  g_assert_cmpint (run->status, ==, 0);
  assert_says (run->out, words);
  g_assert_cmpstr (run->err, ==, "");
}

/* What a command does without a verb. */
static void
test_ledger (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "ledger", "--help", NULL);
  g_autoptr (Run) many = run_rushes (home, "ledger", "charge", NULL);
  const char *const words[] = {
    "rushes ledger [OPTION…]", "--from=",          "--to=", "--project=", "--uncertain", "--csv", "--totals", "--json",
    "ledger charged TAKE",     "not-charged TAKE", NULL
  };

  g_assert_cmpint (run->status, ==, 0);
  assert_says (run->out, words);
  g_assert_cmpstr (run->err, ==, "");
  assert_refused (many, 2, "charge");
}

static const struct
{
  const char *command;
  const char *verb;
  const char *words[6];
} verbs[] = {
  { "takes", "list", { "--state=", "--starred", "--project=", "--search=", "--after=", NULL } },
  { "takes", "show", { "[OPTION…] ID", "--json", NULL } },
  { "takes", "save", { "[OPTION…] ID FILE", "--force", NULL } },
  { "takes", "retry", { "[OPTION…] ID", "--base-url=", "--yes", "--max-cost=", "--quiet", NULL } },
  { "takes", "check", { "[OPTION…] ID", "--quiet", NULL } },
  { "takes", "forget", { "[OPTION…] ID", NULL } },
  { "takes", "resume", { "[OPTION…] [ID]", "--quiet", NULL } },
  { "takes", "cancel", { "[OPTION…] ID", NULL } },
  { "takes", "delete", { "[OPTION…] ID", NULL } },
  { "takes", "star", { "[OPTION…] ID", "--remove", NULL } },
  { "takes", "note", { "[OPTION…] ID TEXT", NULL } },
  { "projects", "list", { "--json", NULL } },
  { "projects", "create", { "[OPTION…] NAME", NULL } },
  { "projects", "rename", { "[OPTION…] PROJECT NAME", NULL } },
  { "projects", "delete", { "[OPTION…] PROJECT", NULL } },
  { "presets", "list", { "--json", NULL } },
  { "presets", "add", { "[OPTION…] NAME PROMPT", NULL } },
  { "presets", "remove", { "[OPTION…] NAME", NULL } },
  { "presets", "import", { "[OPTION…] FILE", NULL } },
  { "presets", "export", { "[OPTION…] FILE", "--all", "--lines", "--force", NULL } },
  { "providers", "list", { "--json", NULL } },
  { "providers", "show", { "[OPTION…] ID", NULL } },
  { "providers", "models", { "[OPTION…] ID", NULL } },
  { "providers", "check", { "[OPTION…] FILE", NULL } },
  { "providers", "test", { "[OPTION…] ID", "--base-url=", NULL } },
  { "providers", "add", { "[OPTION…] FILE|URL", "--id=", "--base=", "--name=", "--yes", NULL } },
  { "providers", "remove", { "[OPTION…] ID", "--yes", NULL } },
  { "key", "set", { "[OPTION…] PROVIDER", "--json", NULL } },
  { "key", "clear", { "[OPTION…] PROVIDER", NULL } },
  { "key", "status", { "[OPTION…] PROVIDER", NULL } },
  { "uploads", "list", { "--json", NULL } },
  { "uploads", "add", { "[OPTION…] FILE", NULL } },
  { "uploads", "test", { "[OPTION…] ID", NULL } },
  { "uploads", "secret", { "[OPTION…] ID", NULL } },
  { "uploads", "choose", { "[OPTION…] ID", NULL } },
  { "uploads", "remove", { "[OPTION…] ID", NULL } },
  { "ledger", "charged", { "[OPTION…] TAKE", "--amount=", "--json", NULL } },
  { "ledger", "not-charged", { "[OPTION…] TAKE", "--json", NULL } },
  { "limits", "list", { "--json", NULL } },
  { "limits", "set", { "[OPTION…] day|month AMOUNT CURRENCY", "--json", NULL } },
  { "limits", "clear", { "[OPTION…] day|month [CURRENCY]", NULL } },
};

/* Every verb is listed by its command and explains itself. */
static void
test_verbs (void)
{
  g_autoptr (Home) home = home_new ();

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (Run) command = run_rushes (home, verbs[i].command, "--help", NULL);
      g_autoptr (Run) verb = run_rushes (home, verbs[i].command, verbs[i].verb, "--help", NULL);
      g_autofree char *usage = g_strdup_printf ("rushes %s %s", verbs[i].command, verbs[i].verb);

      g_assert_cmpint (command->status, ==, 0);
      g_assert_nonnull (strstr (command->out, verbs[i].verb));
      g_assert_cmpint (verb->status, ==, 0);
      g_assert_nonnull (strstr (verb->out, usage));
      assert_says (verb->out, verbs[i].words);
    }
}

/* The help and README tell the same exit statuses. */
static void
test_exit_statuses (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = run_rushes (home, "generate", "--help", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("RUSHES_SOURCE"), "README.md", NULL);
  g_autofree char *readme = NULL;
  const char *const sources[] = { "Exit status: ", "the exit status says what happened (" };
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_free);

  g_assert_true (g_file_get_contents (path, &readme, NULL, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      const char *begin = strstr (i == 0 ? run->out : readme, sources[i]);
      g_autofree char *list = NULL;
      g_autoptr (GRegex) words = g_regex_new ("[^0-9]+", 0, 0, NULL);

      g_assert_nonnull (begin);
      begin += strlen (sources[i]);
      list = g_strndup (begin, strcspn (begin, ".)"));
      g_ptr_array_add (lists, g_regex_replace_literal (words, list, -1, 0, " ", 0, NULL));
    }
  g_assert_cmpstr (g_strstrip (lists->pdata[0]), ==, "0 2 3 4 5 6 7 8 9 10 11 130");
  g_assert_cmpstr (g_strstrip (lists->pdata[1]), ==, lists->pdata[0]);
}

/* A word that names nothing was meant as a command; a file or an address is for the window. */
static void
test_words (void)
{
  const char *const commands[] = { "genrate", "take", "" };
  const char *const files[] = { "boats",          "dangling", "no-such.jpg", "./nowhere", "https://example.com/boat",
                                "file:///nowhere" };
  g_autoptr (Home) home = home_new ();
  g_autofree char *link = home_path (home, "dangling");
  g_autoptr (GFile) file = g_file_new_for_path (link);

  home_write (home, "boats", "");
  g_assert_true (g_file_make_symbolic_link (file, "nowhere", NULL, NULL));
  /* Where there is a window it has no display to come up on. */
  g_subprocess_launcher_setenv (home->launcher, "GDK_BACKEND", "x11", TRUE);
  g_subprocess_launcher_unsetenv (home->launcher, "DISPLAY");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (Run) run = run_rushes (home, commands[i], "a boat", NULL);
      g_autofree char *sentence = g_strdup_printf ("“rushes” has no command “%s”.", commands[i]);

      assert_refused (run, 2, sentence);
      g_assert_nonnull (strstr (run->err, "“rushes --help” lists them."));
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (Run) run = run_rushes (home, files[i], NULL);

      g_assert_cmpint (run->status, !=, 0);
      g_assert_null (strstr (run->err, "no command"));
      g_assert_nonnull (strstr (run->err, "“rushes --help” tells what"));
    }
}

static void
test_mistakes (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) option = run_rushes (home, "generate", "--frobnicate", NULL);
  g_autoptr (Run) value = run_rushes (home, "generate", "fox", "--duration", NULL);
  g_autoptr (Run) verb = run_rushes (home, "takes", "frobnicate", NULL);
  g_autoptr (Run) none = run_rushes (home, "takes", NULL);
  g_autoptr (Run) few = run_rushes (home, "takes", "save", "01987c5e", NULL);
  g_autoptr (Run) many = run_rushes (home, "generate", "a", "fox", NULL);
  g_autoptr (Run) json = run_rushes (home, "generate", "--json", "--frobnicate", NULL);

  assert_refused (option, 2, "--frobnicate");
  g_assert_nonnull (strstr (option->err, "rushes generate --help"));
  assert_refused (value, 2, "--duration");
  assert_refused (verb, 2, "frobnicate");
  g_assert_nonnull (strstr (verb->err, "rushes takes --help"));
  assert_refused (none, 2, "rushes takes");
  assert_refused (few, 2, "ID FILE");
  assert_refused (many, 2, "quotes");

  assert_refused (json, 2, "--frobnicate");
  g_assert_cmpuint (json->events->len, ==, 1);
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (find_event (json, "error"), "error"), "code"), ==,
      "BAD_REQUEST");
  g_assert_false (g_file_test (home->library, G_FILE_TEST_EXISTS));
}

/* What is outside of its bounds is refused, and not bent; nothing was begun. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *option;
    const char *value;
    const char *words;
  } cases[] = {
    { "--timeout", "0", "--timeout needs a number from 1 to 3600, not “0”." },
    { "--timeout", "1h", "--timeout needs a number, not “1h”." },
    { "--timeout", "3601s", "--timeout needs a number from 1 to 3600, not “3601s”." },
    { "--tries", "9", "--tries needs a whole number from 0 to 5, not “9”." },
    { "--delay", "-1", "--delay needs a number from 0 to 600, not “-1”." },
    { "--poll-interval", "0.01", "--poll-interval needs a number from 0.1 to 600, not “0.01”." },
  };
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) amount = run_rushes (home, "limits", "set", "day", "-5", "USD", NULL);
  g_autoptr (Run) behind = run_rushes (home, "limits", "set", "--", "day", "-.5", "USD", NULL);
  g_autoptr (Run) option = run_rushes (home, "limits", "set", "day", "-5", "USD", "--json", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Run) run = run_rushes (home, "generate", "boats", cases[i].option, cases[i].value, NULL);

      assert_refused (run, 2, cases[i].words);
    }
  assert_refused (amount, 2, "“-5” is negative, and “rushes limits set” takes no negative number.");
  assert_refused (behind, 2, "“-.5” is negative");
  assert_refused (option, 2, "“-5” is negative");
  g_assert_cmpuint (option->events->len, ==, 1);
  g_assert_false (g_file_test (home->library, G_FILE_TEST_EXISTS));
}

/* What was typed is any bytes; what comes back is text, and cannot command a terminal. */
static void
test_bytes (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) prompt = run_rushes (home, "generate", "fox \xff\xfe", NULL);
  g_autoptr (Run) escape = run_rushes (home, "takes", "\033]0;owned\007\xe2\x80\xae", NULL);
  g_autoptr (Run) json = run_rushes (home, "generate", "--json", "--image", "no\xffsuch.png", NULL);

  assert_refused (prompt, 2, "UTF-8");
  assert_refused (escape, 2, "owned");
  g_assert_null (strchr (escape->err, '\033'));
  g_assert_null (strchr (escape->err, '\007'));
  g_assert_null (strstr (escape->err, "\xe2\x80\xae"));
  assert_refused (json, 2, "such.png");
  g_assert_true (g_utf8_validate (json->out, -1, NULL));
  g_assert_true (g_utf8_validate (json->err, -1, NULL));
}

/* In a locale without Unicode the words that were typed in UTF-8 are still taken as such. */
static void
test_plain_locale (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = NULL;
  JsonObject *body;

  g_subprocess_launcher_setenv (home->launcher, "LC_ALL", "C", TRUE);
  run = run_rushes (home, "generate", "纸船 on a lake", "--dry-run", "--json", NULL);
  g_assert_cmpint (run->status, ==, 0);
  body = json_object_get_object_member (find_event (run, "request"), "body");
  g_assert_cmpstr (json_object_get_string_member (body, "prompt"), ==, "纸船 on a lake");
}

/* No standard descriptors at all: nothing is written where it does not belong. */
static void
test_closed_descriptors (void)
{
  g_autoptr (Home) home = home_new ();
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) after = NULL;
  const char *const shell[] = { "sh", "-c", "exec \"$0\" \"$@\" <&- >&- 2>&-", NULL };

  home->wrapper = g_strdupv ((char **) shell);
  run = run_rushes (home, "projects", "create", "Closed", NULL);
  g_assert_cmpint (run->status, ==, 0);

  g_clear_pointer (&home->wrapper, g_strfreev);
  after = run_rushes (home, "projects", "list", NULL);
  g_assert_cmpint (after->status, ==, 0);
  g_assert_nonnull (strstr (after->out, "Closed"));
}

int
main (int argc, char **argv)
{
  rushes_test_init (&argc, &argv);
  g_test_add_func ("/cli/help/program", test_program);
  g_test_add_func ("/cli/help/generate", test_generate);
  g_test_add_func ("/cli/help/ledger", test_ledger);
  g_test_add_func ("/cli/help/verbs", test_verbs);
  g_test_add_func ("/cli/help/exit-statuses", test_exit_statuses);
  g_test_add_func ("/cli/help/words", test_words);
  g_test_add_func ("/cli/help/mistakes", test_mistakes);
  g_test_add_func ("/cli/help/numbers", test_numbers);
  g_test_add_func ("/cli/help/bytes", test_bytes);
  g_test_add_func ("/cli/help/plain-locale", test_plain_locale);
  g_test_add_func ("/cli/help/closed-descriptors", test_closed_descriptors);

  return g_test_run ();
}
