/* rushes-fuzz.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "rushes-fuzz.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rushes-core.h"
#include "rushes-error.h"

static char *folder;

static int
remove_one (const char *path, const struct stat *info, int kind, struct FTW *where)
{
  if (where->level > 0)
    remove (path);
  return 0;
}

void
rushes_fuzz_clean (void)
{
  nftw (folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void
remove_folder (void)
{
  rushes_fuzz_clean ();
  g_rmdir (folder);
  g_clear_pointer (&folder, g_free);
}

/* A complaint ends it like any crash, by a signal that libFuzzer knows and keeps the input for. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0)
    return G_LOG_WRITER_HANDLED;
  g_log_writer_standard_streams (level, fields, n_fields, NULL);
  abort ();
}

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* In memory where that can be, for a target may write a library many times a second. */
  folder =
      g_build_filename (g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : g_get_tmp_dir (), "rushes-fuzz-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (folder));
  atexit (remove_folder);
  g_log_set_writer_func (write_log, NULL, NULL);
  rushes_core_init ();

  return 0;
}

char *
rushes_fuzz_source (const char *below)
{
  return g_build_filename (g_getenv ("RUSHES_SOURCE"), below, NULL);
}

char *
rushes_fuzz_path (const char *name)
{
  return g_build_filename (folder, name, NULL);
}

GFile *
rushes_fuzz_file (const char *name, const uint8_t *data, size_t size)
{
  g_autofree char *path = rushes_fuzz_path (name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents_full (path, (const char *) data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);

  return g_file_new_for_path (path);
}

void
rushes_fuzz_add_text (GPtrArray *seeds, const char *text)
{
  g_ptr_array_add (seeds, g_bytes_new (text, strlen (text)));
}

void
rushes_fuzz_add_files (GPtrArray *seeds, const char *below, const char *suffix, gsize most)
{
  g_autofree char *path = rushes_fuzz_source (below);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) files = g_dir_open (path, 0, NULL);
  const char *name;

  while (files != NULL && (name = g_dir_read_name (files)) != NULL)
    if (g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);

  for (guint i = 0; i < names->len; i++)
    {
      char *data;
      gsize size;

      if (!g_file_get_contents (g_ptr_array_index (names, i), &data, &size, NULL))
        g_error ("%s cannot be read", (char *) g_ptr_array_index (names, i));
      if (size <= most)
        g_ptr_array_add (seeds, g_bytes_new_take (data, size));
      else
        g_free (data);
    }
}

char *
rushes_fuzz_take_line (const char **rest, const char *end)
{
  const char *start = *rest;
  const char *line_end = start < end ? memchr (start, '\n', (gsize) (end - start)) : NULL;

  *rest = line_end != NULL ? line_end + 1 : end;
  return g_strndup (start, (gsize) ((line_end != NULL ? line_end : end) - start));
}

void
rushes_fuzz_check_words (const char *words)
{
  g_autofree char *clean = NULL;

  if (words == NULL)
    return;
  g_assert_true (g_utf8_validate (words, -1, NULL));
  clean = rushes_clean_words (words);
  g_assert_cmpstr (clean, ==, words);
}

static gboolean
is_sentence (const char *message)
{
  if (!g_utf8_validate (message, -1, NULL) || !(g_str_has_suffix (message, ".") || g_str_has_suffix (message, "…")))
    return FALSE;
  for (const char *c = message; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

void
rushes_fuzz_check_error (const GError *error)
{
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, RUSHES_ERROR);
  if (!is_sentence (error->message))
    g_error ("this is no sentence: %s", error->message);
  rushes_fuzz_check_words (rushes_error_get_words (error));
  g_assert_true (rushes_error_get_retry_after (error) >= 0);
}
