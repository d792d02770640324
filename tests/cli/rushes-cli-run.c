/* rushes-cli-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-cli-run.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rushes-container.h"
#include "rushes-test.h"

#define EVENT_SECONDS 60

/* ---- homes ---- */

Home *
home_new (void)
{
  static const char *const variables[] = { "HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME",
                                           "XDG_STATE_HOME" };
  static const char *const names[] = { "home", "data", "cache", "config", "state" };
  Home *self = g_new0 (Home, 1);

  self->folder = rushes_test_folder ();
  self->work = g_build_filename (self->folder, "work", NULL);
  self->library = g_build_filename (self->folder, "data", "rushes", NULL);
  g_assert_cmpint (g_mkdir (self->work, 0700), ==, 0);

  self->launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                              G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (self->launcher, self->work);
  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      g_autofree char *path = g_build_filename (self->folder, names[i], NULL);

      g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
      g_subprocess_launcher_setenv (self->launcher, variables[i], path, TRUE);
    }
  /* No display and no session bus: the command line needs neither. */
  g_subprocess_launcher_unsetenv (self->launcher, "DISPLAY");
  g_subprocess_launcher_unsetenv (self->launcher, "WAYLAND_DISPLAY");
  g_subprocess_launcher_unsetenv (self->launcher, "DBUS_SESSION_BUS_ADDRESS");
  g_subprocess_launcher_setenv (self->launcher, "LC_ALL", "C.UTF-8", TRUE);

  return self;
}

void
home_free (Home *self)
{
  g_clear_object (&self->launcher);
  g_strfreev (self->wrapper);
  g_free (self->folder);
  g_free (self->work);
  g_free (self->library);
  g_free (self);
}

/* Whether bwrap can do this here; containers often forbid it. */
static gboolean
confinement_works (const char *const *words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocess) process = NULL;

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, (gpointer) words[i]);
  g_ptr_array_add (argv, (gpointer) "true");
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

static gboolean
confine (Home *self, GStrvBuilder *builder)
{
  g_strfreev (self->wrapper);
  self->wrapper = g_strv_builder_end (builder);
  if (confinement_works ((const char *const *) self->wrapper))
    return TRUE;
  g_test_skip ("bwrap cannot make namespaces here");
  return FALSE;
}

gboolean
home_be_somebody (Home *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (geteuid () != 0)
    return TRUE;
  g_strv_builder_add_many (builder, "bwrap", "--unshare-user", "--uid", "1000", "--cap-drop", "ALL", "--dev-bind", "/",
                           "/", NULL);
  return confine (self, builder);
}

gboolean
home_confine (Home *self, ...)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *word;
  va_list words;

  g_strv_builder_add_many (builder, "bwrap", "--dev-bind", "/", "/", NULL);
  va_start (words, self);
  while ((word = va_arg (words, const char *)) != NULL)
    g_strv_builder_add (builder, word);
  va_end (words);
  return confine (self, builder);
}

char *
home_path (Home *self, const char *name)
{
  return g_build_filename (self->work, name, NULL);
}

void
home_write (Home *self, const char *name, const char *text)
{
  g_autofree char *path = home_path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

gboolean
home_has (Home *self, const char *name)
{
  g_autofree char *path = home_path (self, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      n += g_file_test (path, G_FILE_TEST_IS_DIR) ? count_files (path) : 1;
    }
  return n;
}

guint
home_count_files (Home *self, const char *folder)
{
  g_autofree char *path = g_build_filename (self->library, folder, NULL);

  return count_files (path);
}

guint
home_count_work (Home *self)
{
  return count_files (self->work);
}

/* ---- runs ---- */

void
run_free (Run *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

/* nftw() hands nothing on. */
static const char *sought;

static int
assert_not_sought (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  g_autofree char *bytes = NULL;
  gsize size;

  if (kind == FTW_F && S_ISREG (info->st_mode) && g_file_get_contents (path, &bytes, &size, NULL) &&
      memmem (bytes, size, sought, strlen (sought)) != NULL)
    g_error ("%s holds the key.", path);
  return 0;
}

void
run_assert_no_key (Run *self, Home *home, const char *key)
{
  g_assert_null (strstr (self->out, key));
  g_assert_null (strstr (self->err, key));
  sought = key;
  g_assert_cmpint (nftw (home->folder, assert_not_sought, 16, FTW_PHYS), ==, 0);
}

static GSubprocess *
start (Home *home, va_list words)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;
  const char *word;

  for (guint i = 0; home->wrapper != NULL && home->wrapper[i] != NULL; i++)
    g_ptr_array_add (argv, home->wrapper[i]);
  g_ptr_array_add (argv, (gpointer) g_getenv ("RUSHES_BINARY"));
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) word);
  g_ptr_array_add (argv, NULL);

  process = g_subprocess_launcher_spawnv (home->launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

static void
add_event (Run *self, const char *line)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_has_prefix (line, "{\""))
    return;
  node = json_from_string (line, &error);
  g_assert_no_error (error);
  g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
  g_ptr_array_add (self->events, json_object_ref (json_node_get_object (node)));
}

static char *
text_of (GBytes *bytes)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return size > 0 ? g_strndup (data, size) : g_strdup ("");
}

/* The sanitizer remarks on fibers, which are the work of libdex. */
static void
drop_remarks_on_fibers (char *text)
{
  char *remark;

  while ((remark = strstr (text, "WARNING: ASan doesn't fully support makecontext/swapcontext")) != NULL)
    {
      char *end = strchr (remark, '\n');

      while (remark > text && remark[-1] != '\n')
        remark--;
      memmove (remark, end + 1, strlen (end));
    }
}

static Run *
run_new (GSubprocess *process, GBytes *out, GBytes *err)
{
  static const char *const noises[] = { "CRITICAL", "WARNING", "Sanitizer", "runtime error", "(process:" };
  Run *self = g_new0 (Run, 1);
  g_auto (GStrv) lines = NULL;

  self->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                      : 128 + g_subprocess_get_term_sig (process);
  self->bytes = g_bytes_ref (out);
  self->out = text_of (out);
  self->err = text_of (err);
  drop_remarks_on_fibers (self->err);
  self->events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  lines = g_strsplit (self->out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    add_event (self, lines[i]);

  /* Words of libraries and sanitizers are never for the person. */
  for (guint i = 0; i < G_N_ELEMENTS (noises); i++)
    if (strstr (self->err, noises[i]) != NULL)
      g_error ("It printed: %s", self->err);

  return self;
}

static Run *
communicate (GSubprocess *process, GBytes *input)
{
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  g_autoptr (GError) error = NULL;

  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  g_subprocess_communicate (process, input != NULL ? input : nothing, NULL, &out, &err, &error);
  g_assert_no_error (error);
  return run_new (process, out, err);
}

Run *
run_rushes (Home *home, ...)
{
  g_autoptr (GSubprocess) process = NULL;
  va_list words;

  va_start (words, home);
  process = start (home, words);
  va_end (words);

  return communicate (process, NULL);
}

Run *
run_rushes_input (Home *home, GBytes *input, ...)
{
  g_autoptr (GSubprocess) process = NULL;
  va_list words;

  va_start (words, input);
  process = start (home, words);
  va_end (words);

  return communicate (process, input);
}

typedef struct
{
  GBytes *out;
  GBytes *err;
  gboolean over;
} Served;

static void
on_communicated (GObject *source, GAsyncResult *result, gpointer data)
{
  Served *served = data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_finish (G_SUBPROCESS (source), result, &served->out, &served->err, &error);
  g_assert_no_error (error);
  served->over = TRUE;
}

static gboolean
is_over (gpointer data)
{
  return ((Served *) data)->over;
}

Run *
run_rushes_served (Home *home, ...)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GSubprocess) process = NULL;
  Served served = { 0 };
  Run *run;
  va_list words;

  va_start (words, home);
  process = start (home, words);
  va_end (words);

  g_subprocess_communicate_async (process, nothing, NULL, on_communicated, &served);
  g_assert_true (rushes_test_until (is_over, &served, EVENT_SECONDS));
  run = run_new (process, served.out, served.err);
  g_bytes_unref (served.out);
  g_bytes_unref (served.err);

  return run;
}

GSubprocess *
start_rushes (Home *home, ...)
{
  GSubprocess *process;
  va_list words;

  va_start (words, home);
  process = start (home, words);
  va_end (words);

  return process;
}

static void
read_line (GObject *source, GAsyncResult *result, gpointer data)
{
  char **line = data;
  g_autoptr (GError) error = NULL;

  *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (*line);
}

static gboolean
is_there (gpointer data)
{
  return *(char **) data != NULL;
}

JsonObject *
await_event (GDataInputStream *lines, const char *event)
{
  for (;;)
    {
      g_autofree char *line = NULL;
      g_autoptr (JsonNode) node = NULL;
      JsonObject *object;

      g_data_input_stream_read_line_async (lines, G_PRIORITY_DEFAULT, NULL, read_line, &line);
      g_assert_true (rushes_test_until (is_there, &line, EVENT_SECONDS));
      node = json_from_string (line, NULL);
      g_assert_nonnull (node);
      object = json_node_get_object (node);
      if (g_str_equal (json_object_get_string_member (object, "event"), event))
        return json_object_ref (object);
    }
}

Run *
finish_run (GSubprocess *process)
{
  return communicate (process, NULL);
}

/* ---- what is expected ---- */

void
assert_refused (Run *run, int status, const char *words)
{
  g_auto (GStrv) lines = g_strsplit (run->err, "\n", -1);
  const char *sentence = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_prefix (lines[i], "rushes: "))
      {
        g_assert_null (sentence);
        sentence = lines[i];
      }

  g_test_message ("%d: %s", run->status, run->err);
  g_assert_nonnull (sentence);
  g_assert_true (g_str_has_suffix (sentence, "."));
  if (strstr (sentence, words) == NULL)
    g_error ("“%s” does not speak of “%s”.", sentence, words);
  g_assert_cmpint (run->status, ==, status);
}

static int
rank_of (const char *event)
{
  static const char *const order[] = { "queued", "preparing", "submitted", "progress", "downloading" };
  static const char *const last[] = { "completed", "failed", "cancelled", "expired", "left", "unconfirmed" };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    if (g_str_equal (event, order[i]))
      return i;
  for (guint i = 0; i < G_N_ELEMENTS (last); i++)
    if (g_str_equal (event, last[i]))
      return G_N_ELEMENTS (order);
  g_error ("There is no event “%s” of a take.", event);
}

JsonObject *
assert_story (Run *run, const char *take)
{
  JsonObject *last = NULL;
  const char *attempt = NULL;
  int rank = -1;

  for (guint i = 0; i < run->events->len; i++)
    {
      JsonObject *event = g_ptr_array_index (run->events, i);
      const char *name = json_object_get_string_member (event, "event");
      int next;

      if (!json_object_has_member (event, "take"))
        continue;
      if (take == NULL)
        take = json_object_get_string_member (event, "take");
      if (g_strcmp0 (json_object_get_string_member (event, "take"), take) != 0)
        continue;

      next = rank_of (name);
      /* Another attempt begins from the beginning. */
      if (g_str_equal (name, "preparing"))
        {
          if (attempt != NULL && !g_str_equal (attempt, json_object_get_string_member (event, "attempt")))
            rank = 0;
          attempt = json_object_get_string_member (event, "attempt");
        }
      /* Each stage once and in order, only progress again and again, and nothing after the last. */
      g_assert_cmpint (next, >=, rank);
      g_assert_true (next > rank || g_str_equal (name, "progress"));
      g_assert_cmpint (rank, <, 5);
      rank = next;
      last = event;
    }

  g_assert_nonnull (last);
  g_assert_cmpint (rank, ==, 5);
  return last;
}

guint
count_events (Run *run, const char *event)
{
  guint n = 0;

  for (guint i = 0; i < run->events->len; i++)
    if (g_strcmp0 (json_object_get_string_member_with_default (g_ptr_array_index (run->events, i), "event", NULL),
                   event) == 0)
      n++;
  return n;
}

JsonObject *
find_event (Run *run, const char *event)
{
  g_assert_cmpuint (count_events (run, event), ==, 1);
  for (guint i = 0;; i++)
    if (g_strcmp0 (json_object_get_string_member_with_default (g_ptr_array_index (run->events, i), "event", NULL),
                   event) == 0)
      return g_ptr_array_index (run->events, i);
}

void
read_clip (const char *path, RushesClipFacts *facts)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  rushes_container_read_facts (file, facts, &error);
  g_assert_no_error (error);
}
