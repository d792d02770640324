/* rushes-fuzz-replay.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A target without libFuzzer.
 *
 *   replay-NAME                    a test: the seeds, what was found once (found/NAME), and mutations of both
 *   replay-NAME FILE...            the input in each of the files
 *   replay-NAME --seeds FOLDER     writes the seeds and what was found once, for libFuzzer to begin with
 *   replay-NAME --words FILE       writes a dictionary of their words
 */

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "rushes-fuzz.h"

/* The mutations are the same in every run and on every computer. */
#define RANDOM_SEED 20261121
#define LARGEST     (64 * 1024)

static GPtrArray *seeds;
static int n_mutations = 300;

static void
try_input (const guint8 *data, gsize size)
{
  /* A block of exactly this size, so that the sanitizer sees every byte read too far; also of none. */
  guint8 *copy = malloc (size);

  if (size > 0)
    memcpy (copy, data, size);
  LLVMFuzzerTestOneInput (copy, size);
  free (copy);
}

static void
try_bytes (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  try_input (data, size);
}

static void
load_seeds (void)
{
  g_autofree char *found = g_build_filename ("tests/fuzz/found", FUZZ_TARGET, NULL);

  seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  rushes_fuzz_add_seeds (seeds);
  g_assert_cmpuint (seeds->len, >, 0);
  rushes_fuzz_add_files (seeds, found, "", G_MAXSIZE);
}

/* ---- mutations ---- */

static void
put (GByteArray *bytes, gsize place, const void *data, gsize size)
{
  gsize n_behind = bytes->len - place;
  g_autofree guint8 *copy = g_memdup2 (data, size); /* which may be a piece of the same array */

  g_byte_array_set_size (bytes, (guint) (bytes->len + size));
  memmove (bytes->data + place + size, bytes->data + place, n_behind);
  if (size > 0)
    memcpy (bytes->data + place, copy, size);
}

static void
change (GByteArray *bytes, GRand *random)
{
  static const char *const scraps[] = { "null",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        "\"",
                                        "\\",
                                        ",",
                                        ":",
                                        "99999999999999999999",
                                        "-1",
                                        "1e999",
                                        "true",
                                        "\xff",
                                        "\\u0000",
                                        "https://",
                                        "data: ",
                                        "%",
                                        "{}",
                                        "[[[[[[",
                                        "\n\n",
                                        "\r",
                                        "<think>",
                                        "\xe2\x80\xae",
                                        "\x7f\xff\xff\xff" };
  static const guint8 extremes[] = { 0x00, 0x01, 0x7f, 0x80, 0xff };
  guint32 place = bytes->len > 0 ? (guint32) g_rand_int_range (random, 0, (gint32) bytes->len) : 0;
  guint32 most = (guint32) g_rand_int_range (random, 1, 33);
  guint32 length = MIN (most, bytes->len - place);
  const char *scrap = scraps[g_rand_int_range (random, 0, G_N_ELEMENTS (scraps))];
  gsize size;
  const guint8 *other =
      g_bytes_get_data (g_ptr_array_index (seeds, g_rand_int_range (random, 0, (gint32) seeds->len)), &size);

  switch (g_rand_int_range (random, 0, 7))
    {
    case 0:
      if (length > 0)
        bytes->data[place] ^= (guint8) (1 << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      if (length > 0)
        memset (bytes->data + place, extremes[g_rand_int_range (random, 0, G_N_ELEMENTS (extremes))], MIN (length, 8));
      break;
    case 2:
      if (length > 0)
        g_byte_array_remove_range (bytes, place, length);
      break;
    case 3:
      put (bytes, place, scrap, strlen (scrap));
      break;
    case 4:
      put (bytes, place, bytes->data + place, length);
      break;
    case 5:
      if (size > 0)
        {
          gsize from = (gsize) g_rand_int_range (random, 0, (gint32) size);

          put (bytes, place, other + from, MIN (size - from, length + 32));
        }
      break;
    default:
      if (g_rand_int_range (random, 0, 8) == 0)
        g_byte_array_set_size (bytes, place);
      break;
    }
}

/* ---- tests ---- */

static void
test_seeds (void)
{
  for (guint i = 0; i < seeds->len; i++)
    try_bytes (g_ptr_array_index (seeds, i));
  try_input (NULL, 0);
}

static void
test_mutated (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (RANDOM_SEED);

  for (int i = 0; i < n_mutations; i++)
    {
      GBytes *seed = g_ptr_array_index (seeds, g_rand_int_range (random, 0, (gint32) seeds->len));
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      gsize size;
      const guint8 *data = g_bytes_get_data (seed, &size);

      g_byte_array_append (bytes, data, (guint) MIN (size, LARGEST));
      for (int n = g_rand_int_range (random, 1, 9); n > 0; n--)
        change (bytes, random);
      try_input (bytes->data, bytes->len);
    }
}

/* ---- for libFuzzer ---- */

static int
write_seeds (const char *folder)
{
  g_mkdir_with_parents (folder, 0755);
  for (guint i = 0; i < seeds->len; i++)
    {
      GBytes *bytes = g_ptr_array_index (seeds, i);
      g_autofree char *name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA1, bytes);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), NULL))
        return 1;
    }
  return 0;
}

static gboolean
is_word (guint8 c)
{
  return g_ascii_isalnum (c) || c == '_' || c == '-';
}

static void
add_words (GHashTable *words, const guint8 *data, gsize size)
{
  for (gsize start = 0, end; start < size; start = end + 1)
    {
      for (end = start; end < size && is_word (data[end]);)
        end++;
      if (end - start >= 3 && end - start <= 32)
        g_hash_table_add (words, g_strndup ((const char *) data + start, end - start));
    }
}

static int
write_words (const char *path)
{
  g_autoptr (GHashTable) words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) lines = g_string_new (NULL);
  GHashTableIter iter;
  gpointer word;

  for (guint i = 0; i < seeds->len; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (g_ptr_array_index (seeds, i), &size);

      add_words (words, data, size);
    }
  g_hash_table_iter_init (&iter, words);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    g_string_append_printf (lines, "\"%s\"\n", (char *) word);

  return g_file_set_contents (path, lines->str, (gssize) lines->len, NULL) ? 0 : 1;
}

static int
replay (char **paths)
{
  for (; *paths != NULL; paths++)
    {
      g_autofree char *data = NULL;
      gsize size;
      g_autoptr (GError) error = NULL;

      if (!g_file_get_contents (*paths, &data, &size, &error))
        {
          g_printerr ("%s\n", error->message);
          return 1;
        }
      g_print ("%s\n", *paths);
      try_input ((guint8 *) data, size);
    }
  return 0;
}

int
main (int argc, char **argv)
{
  int status;

  LLVMFuzzerInitialize (&argc, &argv);
  load_seeds ();
  if (argc == 3 && g_str_equal (argv[1], "--seeds"))
    status = write_seeds (argv[2]);
  else if (argc == 3 && g_str_equal (argv[1], "--words"))
    status = write_words (argv[2]);
  else if (argc > 1 && *argv[1] != '-')
    status = replay (argv + 1);
  else
    {
      g_test_init (&argc, &argv, NULL);
      if (argc == 3 && g_str_equal (argv[1], "--mutations"))
        n_mutations = atoi (argv[2]);
      g_test_add_func ("/fuzz/" FUZZ_TARGET "/seeds", test_seeds);
      g_test_add_func ("/fuzz/" FUZZ_TARGET "/mutated", test_mutated);
      status = g_test_run ();
    }
  g_ptr_array_unref (seeds);
  return status;
}
